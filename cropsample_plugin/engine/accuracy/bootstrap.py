"""Standard errors by resampling, with labels drawn anew from those that labelers gave.

Rao & Wu 1988: of the n_h primary units of each stratum n_h - 1 are drawn with replacement and weighted n_h / (n_h - 1),
so that the variance of a total is the design's own. Each drawn sample then takes the label of one of its labelers at
random: what another labeler would have said is part of the error.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cropsample_plugin.engine.accuracy.designs import FloatArray, IntArray, SampleDesign
from cropsample_plugin.engine.progress import Progress, SilentProgress, raise_if_canceled

NO_LABEL = -1
_DRAWS_AT_ONCE = 2_000_000
_FEWEST = 2
BoolArray = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class LabelSheet:
    """The labels of several labelers.

    Attributes:
        map_codes: ``(n_samples,)`` class of the map.
        label_codes: ``(n_samples, n_labelers)`` class each labeler gave, `NO_LABEL` where none.
        n_classes: number of classes.
    """

    map_codes: IntArray
    label_codes: IntArray
    n_classes: int

    def memberships(self) -> FloatArray:
        """Return ``(n_samples, n_classes)`` share of each class among the labels of a sample."""
        counts = np.zeros((len(self.map_codes), self.n_classes))
        for column in self.label_codes.T:
            known = np.flatnonzero(column != NO_LABEL)
            counts[known, column[known]] += 1.0
        shares: FloatArray = counts / counts.sum(axis=1, keepdims=True)
        return shares


@dataclass(frozen=True)
class Replicates:
    """Estimates of every repeat; NaN where a class was not drawn.

    Attributes:
        overall: ``(n_repeats,)``.
        users, producers, f1, area_shares: ``(n_repeats, n_classes)``.
    """

    overall: FloatArray
    users: FloatArray
    producers: FloatArray
    f1: FloatArray
    area_shares: FloatArray


def replicate(
    design: SampleDesign,
    sheet: LabelSheet,
    n_repeats: int,
    seed: int,
    region: BoolArray | None = None,
    progress: Progress | None = None,
) -> Replicates:
    """Repeat the estimates on resampled units with labels drawn from their labelers.

    Args:
        design: of all samples. For lattices and balanced samples the spread over the map is not imitated, so that the
            errors are those of a simple random sample: too large rather than too small.
        sheet: labels.
        n_repeats: number of repeats.
        seed: same seed, same result.
        region: ``(n_samples,)`` True for the samples in a region; None for the whole map.
        progress: asked whether to stop.
    """
    rng = np.random.default_rng(seed)
    units = _members(design)
    weights = design.weights if region is None else design.weights * region
    choices, n_choices = _packed_labels(sheet.label_codes)
    cells = sheet.n_classes**2
    at_once = max(1, _DRAWS_AT_ONCE // max(design.n_samples, 1))
    matrices = np.empty((n_repeats, cells))
    for start in range(0, n_repeats, at_once):
        raise_if_canceled(progress or SilentProgress())
        n_now = min(at_once, n_repeats - start)
        drawn, factors = _draw(units, n_now, rng)
        picked = choices[drawn, (rng.random(drawn.shape) * n_choices[drawn]).astype(np.int8)]
        keys = sheet.map_codes[drawn] * sheet.n_classes + picked + np.arange(n_now)[:, None] * cells
        mass = weights[drawn] * factors
        matrices[start : start + n_now] = np.bincount(
            keys.ravel(), weights=mass.ravel(), minlength=n_now * cells
        ).reshape(n_now, cells)
    return _estimates(matrices.reshape(n_repeats, sheet.n_classes, sheet.n_classes))


def spread(values: FloatArray) -> FloatArray:
    """Return the standard deviation of ``(n_repeats, ...)`` estimates, those that are undefined left out."""
    with np.errstate(invalid="ignore", divide="ignore"):
        known = np.isfinite(values)
        counts = known.sum(axis=0)
        filled = np.where(known, values, 0.0)
        means = filled.sum(axis=0) / counts
        squares = np.where(known, (values - means) ** 2, 0.0).sum(axis=0)
        deviations: FloatArray = np.sqrt(squares / (counts - 1))
    return np.where(counts >= _FEWEST, deviations, np.nan)


@dataclass(frozen=True)
class _Group:
    """Primary units of a stratum: ``(n_units, n_largest)`` samples of each, -1 beyond the last."""

    members: IntArray


def _members(design: SampleDesign) -> list[_Group]:
    groups = []
    for group in np.unique(design.groups):
        samples = np.flatnonzero(design.groups == group)
        _, unit_of, sizes = np.unique(design.units[samples], return_inverse=True, return_counts=True)
        order = np.argsort(unit_of, kind="stable")
        starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
        members = np.full((len(sizes), int(sizes.max())), -1, dtype=np.int64)
        within = np.arange(len(samples)) - np.repeat(starts, sizes)
        members[unit_of[order], within] = samples[order]
        groups.append(_Group(members))
    return groups


def _draw(groups: list[_Group], n_repeats: int, rng: np.random.Generator) -> tuple[IntArray, FloatArray]:
    """Return ``(n_repeats, n_drawn)`` samples and the factor of each one's weight, 0 for places that are empty."""
    drawn, factors = [], []
    for group in groups:
        n_units, largest = group.members.shape
        n_drawn = n_units - 1 if n_units >= _FEWEST else 1
        picked = group.members[rng.integers(n_units, size=(n_repeats, n_drawn))].reshape(n_repeats, -1)
        scale = n_units / n_drawn
        if largest == 1:
            factors.append(np.full(picked.shape[1], scale))
        else:
            factors.append(np.where(picked >= 0, scale, 0.0))
        drawn.append(np.maximum(picked, 0))
    widths = [part.shape[1] for part in drawn]
    if all(part.ndim == 1 for part in factors):
        return np.hstack(drawn), np.concatenate(factors)[None, :]
    together = np.hstack([np.broadcast_to(part, (n_repeats, width)) for part, width in zip(factors, widths)])
    return np.hstack(drawn), together


def _packed_labels(label_codes: IntArray) -> tuple[IntArray, FloatArray]:
    """Return the labels of each sample moved to the left, and how many it has."""
    is_missing = label_codes == NO_LABEL
    order = np.argsort(is_missing, axis=1, kind="stable")
    return np.take_along_axis(label_codes, order, axis=1), (~is_missing).sum(axis=1).astype(np.float64)


def _estimates(matrices: FloatArray) -> Replicates:
    """Return the estimates of ``(n_repeats, n_classes, n_classes)`` areas; rows map, columns reference."""
    total = matrices.sum(axis=(1, 2))
    right = np.diagonal(matrices, axis1=1, axis2=2)
    mapped, found = matrices.sum(axis=2), matrices.sum(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        return Replicates(
            right.sum(axis=1) / total,
            right / mapped,
            right / found,
            2.0 * right / (mapped + found),
            found / total[:, None],
        )
