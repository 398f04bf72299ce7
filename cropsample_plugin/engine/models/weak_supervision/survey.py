"""What is learned from the patches before training: who is held out, scaling, main components, typical distances."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch

from cropsample_plugin.engine.errors import SamplesError
from cropsample_plugin.engine.models.expectations import ValueRange, measure_ranges
from cropsample_plugin.engine.models.network_training import network_inputs
from cropsample_plugin.engine.models.scaling import Scaling, fit_scaling
from cropsample_plugin.engine.models.weak_supervision.label_raster import LabelClass
from cropsample_plugin.engine.models.weak_supervision.pair_kernel import squared_distances, valid_pairs
from cropsample_plugin.engine.models.weak_supervision.patches import Patch, PatchReader
from cropsample_plugin.engine.progress import Progress, raise_if_canceled

FloatArray = npt.NDArray[np.float32]
IntArray = npt.NDArray[np.int64]
_PIXELS_PER_PATCH = 256
_DISTANCES_PER_PATCH = 2000
_MOST_COMPONENTS = 8


@dataclass(frozen=True)
class Split:
    """Patches by their use, as indices of the grid; no patch is in two of them."""

    fit: IntArray
    stopping: IntArray
    check: IntArray


@dataclass(frozen=True)
class Survey:
    """What the patches are like.

    Attributes:
        split: which patch serves what.
        n_labels: ``(n_classes,)`` labeled pixels of the patches learned from.
        class_weights: ``(n_classes,)`` that give every class the same weight; ones where that is not wanted.
        n_pixels: usable pixels of the patches learned from.
        n_unlabeled_patches: patches learned from without any label.
        n_empty_patches: drawn patches without a usable pixel, left out.
        scaling: fitted on the patches learned from.
        components: ``(n_timesteps * n_inputs, n_components)`` main components of the scaled series.
        typical_distance: median distance of two pixels within one window, in the components.
        ranges: of the bands, in physical units.
        sha256: hash of what was learned from.
    """

    split: Split
    n_labels: IntArray
    class_weights: FloatArray
    n_pixels: int
    n_unlabeled_patches: int
    n_empty_patches: int
    scaling: Scaling
    components: FloatArray
    typical_distance: float
    ranges: tuple[ValueRange, ...]
    sha256: str


@dataclass(frozen=True)
class SurveyPlan:
    """How to survey: shares held out, window of the distances, seed."""

    held_out_share: float
    stopping_share: float
    radius_px: int
    balances_classes: bool
    seed: int


def survey_patches(
    reader: PatchReader, drawn: IntArray, classes: tuple[LabelClass, ...], plan: SurveyPlan, progress: Progress
) -> Survey:
    """Read the drawn patches, split them, and measure those learned from.

    Raises:
        SamplesError: the patches left to learn from lack a class, or all labels of a class have no weight.
    """
    counts, is_used = _count_usable(reader, drawn, len(classes), progress)
    split = split_patches(drawn[is_used], counts[is_used], classes, plan)
    samples = _Samples(len(classes), np.random.default_rng(plan.seed))
    for index in split.fit:
        raise_if_canceled(progress)
        samples.add(reader.read(int(index)))
    scaling, components = samples.scaling(), samples.components()
    is_fit = np.isin(drawn, split.fit)
    stack = reader.stack
    return Survey(
        split,
        counts[is_fit].sum(axis=0),
        _class_weights(samples.weights, classes, is_balanced=plan.balances_classes),
        samples.n_pixels,
        int((counts[is_fit].sum(axis=1) == 0).sum()),
        int((~is_used).sum()),
        scaling,
        components,
        _median_distance(reader, split.fit, (scaling, components), plan.radius_px),
        measure_ranges(samples.raw(), samples.static(), stack.bands, stack.static_bands),
        samples.digest.hexdigest(),
    )


def _count_usable(
    reader: PatchReader, drawn: IntArray, n_classes: int, progress: Progress
) -> tuple[IntArray, npt.NDArray[np.bool_]]:
    """Return ``(n_patches, n_classes)`` labeled pixels with a usable series, and which patches have any pixel."""
    counts = np.zeros((len(drawn), n_classes), dtype=np.int64)
    is_used = np.zeros(len(drawn), dtype=np.bool_)
    for place, index in enumerate(drawn):
        raise_if_canceled(progress)
        progress.report(place / len(drawn), f"Reading patch {place + 1} of {len(drawn)}")
        patch = reader.read(int(index))
        is_used[place] = patch.is_usable.any()
        counts[place] = [(patch.labels == number).sum() for number in range(n_classes)]
    return counts, is_used


def _class_weights(
    weights: npt.NDArray[np.float64], classes: tuple[LabelClass, ...], *, is_balanced: bool
) -> FloatArray:
    """Return the weight of each class out of the summed weights of its labels."""
    if (weights <= 0.0).any():
        lacking = ", ".join(item.name for item, weight in zip(classes, weights) if weight <= 0.0)
        raise SamplesError(
            f"All labels of {lacking} have the weight 0 in the agreement raster.",
            "Choose the agreement that was written with the consensus, or leave it out.",
        )
    balanced = weights.sum() / (len(weights) * weights)
    return (balanced if is_balanced else np.ones(len(weights))).astype(np.float32)


def split_patches(used: IntArray, counts: IntArray, classes: tuple[LabelClass, ...], plan: SurveyPlan) -> Split:
    """Share patches out at random; those held out have labels, and leave every class to learn from.

    Args:
        used: indices of the patches.
        counts: ``(n_patches, n_classes)`` labeled pixels.
        classes: for messages.
        plan: the shares and the seed.
    """
    left = counts.sum(axis=0)
    order = np.random.default_rng(plan.seed).permutation(len(used))
    n_check = max(1, round(plan.held_out_share * len(used)))
    n_stopping = max(1, round(plan.stopping_share * (len(used) - n_check)))
    held_out: list[int] = []
    for place in order:
        if len(held_out) == n_check + n_stopping:
            break
        if counts[place].any() and ((left - counts[place]) > 0).all():
            held_out.append(int(place))
            left = left - counts[place]
    if len(held_out) < 2:  # noqa: PLR2004 - one to stop by, one to check
        few = ", ".join(f"{item.name}: {int((counts[:, n] > 0).sum())}" for n, item in enumerate(classes))
        raise SamplesError(
            f"Too few of the {len(used)} patches have labels to hold some out ({few}).",
            "Draw more patches, choose a smaller patch size, or ask for fewer products to agree.",
        )
    n_check = min(n_check, len(held_out) - 1)
    is_fit = np.ones(len(used), dtype=np.bool_)
    is_fit[held_out] = False
    places = np.array(held_out)
    return Split(used[is_fit], np.sort(used[places[n_check:]]), np.sort(used[places[:n_check]]))


class _Samples:
    """Some pixels of each patch learned from, to fit scaling and components on in bounded memory."""

    def __init__(self, n_classes: int, rng: np.random.Generator) -> None:
        self._rng = rng
        self.weights = np.zeros(n_classes)
        self._values: list[FloatArray] = []
        self._static: list[FloatArray] = []
        self.digest = hashlib.sha256()
        self.n_pixels = 0

    def add(self, patch: Patch) -> None:
        """Draw from a patch, and hash all of it that is learned from."""
        places = np.flatnonzero(patch.is_usable)
        self.n_pixels += len(places)
        self.weights += [patch.weights[patch.labels == number].sum() for number in range(len(self.weights))]
        for array in (patch.values[places], patch.labels, patch.weights):
            self.digest.update(np.ascontiguousarray(array).tobytes())
        drawn = np.sort(self._rng.choice(places, min(_PIXELS_PER_PATCH, len(places)), replace=False))
        self._values.append(patch.values[drawn])
        self._static.append(patch.static_values[drawn])

    def raw(self) -> FloatArray:
        """Return the values drawn."""
        return np.concatenate(self._values)

    def static(self) -> FloatArray:
        """Return the static values drawn."""
        return np.concatenate(self._static)

    def scaling(self) -> Scaling:
        """Fit the scaling."""
        return fit_scaling(self.raw(), self.static())

    def components(self) -> FloatArray:
        """Return the main components of the scaled series, at most eight, each of length 1."""
        inputs = network_inputs(self.raw(), self.static(), self.scaling())
        flat = inputs.reshape(len(inputs), -1).astype(np.float64)
        _, vectors = np.linalg.eigh(np.cov(flat, rowvar=False))
        return np.ascontiguousarray(vectors[:, ::-1][:, :_MOST_COMPONENTS], dtype=np.float32)


def component_grid(patch: Patch, inputs: FloatArray, components: FloatArray) -> FloatArray:
    """Return ``(height, width, n_components)`` of ``(n_usable, n_timesteps, n_inputs)`` inputs; 0 where not usable."""
    grid = np.zeros((*patch.is_usable.shape, components.shape[1]), dtype=np.float32)
    grid[patch.is_usable] = inputs.reshape(len(inputs), -1) @ components
    return grid


def usable_inputs(patch: Patch, scaling: Scaling) -> FloatArray:
    """Return ``(n_usable, n_timesteps, n_inputs)`` scaled inputs of a patch."""
    rows = patch.is_usable.ravel()
    return network_inputs(patch.values[rows], patch.static_values[rows], scaling)


def _median_distance(
    reader: PatchReader, patches: IntArray, learned: tuple[Scaling, FloatArray], radius_px: int
) -> float:
    """Return the median distance of pixels of one window; 1 where all pixels are alike."""
    scaling, components = learned
    found = []
    for index in patches:
        patch = reader.read(int(index))
        grid = component_grid(patch, usable_inputs(patch, scaling), components)
        distances = squared_distances(torch.from_numpy(grid)[None], radius_px)
        pairs = distances[valid_pairs(torch.from_numpy(patch.is_usable)[None], radius_px)].numpy()
        found.append(pairs[:: max(1, len(pairs) // _DISTANCES_PER_PATCH)])
    median = float(np.median(np.sqrt(np.concatenate(found)))) if found else 0.0
    return median if median > 0.0 else 1.0


def labeled_share(survey: Survey) -> float:
    """Return the share of the pixels learned from that have a label."""
    return float(survey.n_labels.sum() / max(1, survey.n_pixels))
