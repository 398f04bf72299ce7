"""Which samples a model is tested on: parcels, blocks of land, years, regions or far places that it has not seen.

Every design keeps the samples of one group (parcel) on one side. ``k_fold`` alone does not: it is the leaky score
that the honest ones are shown beside.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Callable

import numpy as np
import numpy.typing as npt
from scipy.spatial import cKDTree

from cropsample_plugin.engine.errors import InputError, SamplesError
from cropsample_plugin.engine.models.training_set import TrainingSet
from cropsample_plugin.engine.models.validation import Fold, fold_without, stratified_folds

FloatArray = npt.NDArray[np.float64]
Labels = npt.NDArray[Any]
_M_PER_KM = 1000.0
_FEWEST_CLASSES = 2


@dataclass(frozen=True)
class Places:
    """Where and when each sample is from.

    Attributes:
        xy_m: ``(n_samples, 2)`` metres on the ground; None where the samples have no place.
        years: ``(n_samples,)`` season of each sample; None where it is not known.
        regions: ``(n_samples,)`` region of each sample; None where it is not known.
    """

    xy_m: FloatArray | None = None
    years: Labels | None = None
    regions: Labels | None = None


@dataclass(frozen=True)
class Design:
    """How samples are held out.

    Attributes:
        name: a key of `DESIGNS`.
        n_folds: folds of ``k_fold``, ``parcel_groups`` and ``spatial_blocks``.
        block_size_m: side of the blocks of ``spatial_blocks``.
        gap_m: training samples nearer to a test sample than this are left out; 0 for none.
        start_xy_m: starting point of ``distance``.
        radius_m: ``distance`` trains within it and tests beyond.
        seed: decides the split.
    """

    name: str
    n_folds: int = 5
    block_size_m: float = 0.0
    gap_m: float = 0.0
    start_xy_m: tuple[float, float] | None = None
    radius_m: float = 0.0
    seed: int = 42

    def __post_init__(self) -> None:
        if self.name not in DESIGNS:
            raise InputError(f"There is no validation '{self.name}'.", f"Choose one of: {', '.join(DESIGNS)}.")


@dataclass(frozen=True)
class NamedFold:
    """A fold and what is held out in it, such as ``2016``."""

    name: str
    fold: Fold


def design_folds(samples: TrainingSet, places: Places, design: Design) -> list[NamedFold]:
    """Return the folds of a design.

    Raises:
        InputError: the samples have no place, year or region, or too few of them, for the design.
        SamplesError: no fold has two classes to train on and samples to test.
    """
    return usable_folds(samples, places, design)[0]


def usable_folds(samples: TrainingSet, places: Places, design: Design) -> tuple[list[NamedFold], tuple[str, ...]]:
    """Return the folds of a design, and the names of those that lack two classes to train on or samples to test.

    Raises:
        InputError, SamplesError: see `design_folds`.
    """
    folds = DESIGNS[design.name](samples, places, design)
    if design.gap_m > 0:
        folds = [replace(item, fold=_with_gap(item.fold, _needed_places(places), design.gap_m)) for item in folds]
    usable = [item for item in folds if _is_usable(samples, item.fold)]
    if not usable:
        raise SamplesError(
            "No fold has samples to test and two classes to train on.",
            "Use a smaller gap, another validation, or more samples.",
        )
    return usable, tuple(item.name for item in folds if not _is_usable(samples, item.fold))


def _is_usable(samples: TrainingSet, fold: Fold) -> bool:
    trained = samples.class_indices[fold.train_rows]
    return len(fold.test_rows) > 0 and len(np.unique(trained[trained >= 0])) >= _FEWEST_CLASSES


def _random(samples: TrainingSet, places: Places, design: Design) -> list[NamedFold]:  # noqa: ARG001 - one signature for all
    alone = replace(samples, groups=np.arange(samples.n_samples))
    return _shared_out(alone, design)


def _parcels(samples: TrainingSet, places: Places, design: Design) -> list[NamedFold]:  # noqa: ARG001 - as above
    if len(np.unique(samples.groups)) == samples.n_samples:
        raise InputError(
            "Every sample is a group of its own: there are no parcels to keep together.",
            "Name the group field, or choose spatial blocks.",
        )
    n_parcels = len(np.unique(samples.groups[samples.is_local]))
    if n_parcels < design.n_folds:
        raise InputError(
            f"The samples are of {n_parcels} parcels, and {design.n_folds} folds are asked for.",
            "Ask for fewer folds, or sample more parcels.",
        )
    return _shared_out(samples, design)


def _spatial_blocks(samples: TrainingSet, places: Places, design: Design) -> list[NamedFold]:
    blocks = block_numbers(_needed_places(places), samples.groups, design.block_size_m)
    n_blocks = len(np.unique(blocks))
    if n_blocks < design.n_folds:
        raise InputError(
            f"The samples lie in {n_blocks} blocks of {design.block_size_m / _M_PER_KM:g} km, and {design.n_folds} "
            "folds are asked for.",
            "Choose smaller blocks or fewer folds.",
        )
    return _shared_out(replace(samples, groups=blocks), design)


def block_numbers(xy_m: FloatArray, groups: npt.NDArray[np.int64], block_size_m: float) -> npt.NDArray[np.int64]:
    """Return ``(n_samples,)`` the block of each sample; a group is in the block of its centre.

    Raises:
        InputError: the size of the blocks is not positive.
    """
    if not block_size_m > 0:
        raise InputError(f"The blocks are {block_size_m / _M_PER_KM:g} km wide.", "Give a width above zero.")
    _, number = np.unique(groups, return_inverse=True)
    counts = np.bincount(number)
    centres = np.stack([np.bincount(number, weights=column) / counts for column in xy_m.T], axis=1)
    cells = np.floor((centres - centres.min(axis=0)) / block_size_m).astype(np.int64)
    block_of_group = np.unique(cells, axis=0, return_inverse=True)[1].ravel()
    blocks: npt.NDArray[np.int64] = block_of_group[number].astype(np.int64)
    return blocks


def _leave_one_year_out(samples: TrainingSet, places: Places, design: Design) -> list[NamedFold]:  # noqa: ARG001 - as above
    return _one_by_one(samples, places.years, "year", "Name the year field.")


def _leave_one_region_out(samples: TrainingSet, places: Places, design: Design) -> list[NamedFold]:  # noqa: ARG001 - as above
    return _one_by_one(samples, places.regions, "region", "Name the region field.")


def _one_by_one(samples: TrainingSet, values: Labels | None, word: str, remedy: str) -> list[NamedFold]:
    if values is None:
        raise InputError(f"The {word} of the samples is not known.", remedy)
    distinct = sorted(set(values.tolist()), key=str)
    if len(distinct) < 2:  # noqa: PLR2004 - one cannot be left out
        raise InputError(
            f"All samples are of one {word}, {distinct[0]}: it cannot be left out.",
            f"Add samples of another {word}, or choose another validation.",
        )
    folds = []
    for value in distinct:
        test = np.flatnonzero((values == value) & samples.is_local)
        shares_group = np.isin(samples.groups, samples.groups[test])
        train = np.flatnonzero((values != value) & ~shares_group)
        folds.append(NamedFold(str(value), Fold(train, test)))
    return folds


def _distance(samples: TrainingSet, places: Places, design: Design) -> list[NamedFold]:
    xy_m = _needed_places(places)
    if design.start_xy_m is None:
        raise InputError("There is no starting point.", "Give the starting point and the distance around it.")
    away_m = np.hypot(*(xy_m - np.array(design.start_xy_m)).T)
    near = away_m <= design.radius_m
    shares_group = np.isin(samples.groups, samples.groups[near])
    km = design.radius_m / _M_PER_KM
    if not near.any() or shares_group.all():
        where = "within" if not near.any() else "beyond"
        raise InputError(
            f"No sample lies {where} {km:g} km of the starting point; the samples are {away_m.min() / _M_PER_KM:.1f} "
            f"to {away_m.max() / _M_PER_KM:.1f} km away.",
            "Choose another distance or starting point.",
        )
    test = np.flatnonzero(~shares_group & samples.is_local)
    return [NamedFold(f"beyond {km:g} km", Fold(np.flatnonzero(near), test))]


DESIGNS: dict[str, Callable[[TrainingSet, Places, Design], list[NamedFold]]] = {
    "k_fold": _random,
    "parcel_groups": _parcels,
    "spatial_blocks": _spatial_blocks,
    "leave_one_year_out": _leave_one_year_out,
    "leave_one_region_out": _leave_one_region_out,
    "distance": _distance,
}


def _needed_places(places: Places) -> FloatArray:
    if places.xy_m is None:
        raise InputError("The samples have no place.", "Give a layer with geometries, or choose another validation.")
    return places.xy_m


def _with_gap(fold: Fold, xy_m: FloatArray, gap_m: float) -> Fold:
    if len(fold.test_rows) == 0 or len(fold.train_rows) == 0:
        return fold
    nearest = cKDTree(xy_m[fold.test_rows]).query(xy_m[fold.train_rows])[0]
    return Fold(fold.train_rows[nearest >= gap_m], fold.test_rows)


def _shared_out(samples: TrainingSet, design: Design) -> list[NamedFold]:
    """Return folds that test every local sample once, a class that lives in a single group included."""
    rows = np.flatnonzero(samples.is_local)
    n_groups = len(np.unique(samples.groups[rows]))
    largest = int(np.bincount(samples.class_indices[rows]).max())
    n_folds = min(design.n_folds, n_groups, largest)
    if n_folds < 2:  # noqa: PLR2004 - one fold is no split
        raise InputError(
            f"There are too few samples for folds: {n_groups} groups, {largest} samples in the largest class.",
            "Label more samples, or train without validation.",
        )
    tests = stratified_folds(samples, rows, n_folds, design.seed)
    return [NamedFold(str(number), fold_without(samples, test)) for number, test in enumerate(tests, start=1)]
