"""The departure-point experiment: labels near where the survey starts, against as many labels spread out.

Within each radius of the start all parcels adapt; beside them stand as many parcels drawn from everywhere. All are
tested on the same parcels beyond the largest radius, of which one half is kept for that alone. Five repeats
(methods.md 4.3 and 4.5).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from cropsample_plugin.engine.errors import InputError
from cropsample_plugin.engine.models.fitting import FitContext
from cropsample_plugin.engine.models.metrics import Matrix, macro_f1, overall_accuracy
from cropsample_plugin.engine.models.training_set import TrainingSet
from cropsample_plugin.engine.models.transfer.domains import DomainSamples, Source, Target
from cropsample_plugin.engine.models.transfer.strategies import TransferOptions
from cropsample_plugin.engine.models.transfer.trial import candidates, score
from cropsample_plugin.engine.progress import StepProgress

NEAR, SPREAD = "near the start", "spread out"
_M_PER_KM = 1000.0
_TEST_SHARE = 0.5


@dataclass(frozen=True)
class Departure:
    """Where a survey starts.

    Attributes:
        distances_m: ``(n labeled,)`` of each labeled sample from the start.
        radii_m: around it, rising.
        n_repeats: draws of the parcels spread out, and trainings.
        seed: decides them, and the test parcels.
    """

    distances_m: npt.NDArray[np.float64]
    radii_m: tuple[float, ...]
    n_repeats: int = 5
    seed: int = 42


@dataclass(frozen=True)
class DepartureRow:
    """One training of one candidate; `missing` names the classes that the test holds and the labels lack."""

    radius_km: float
    placement: str
    repeat: int
    candidate: str
    n_parcels: int
    n_train: int
    n_test: int
    overall_accuracy: float
    macro_f1: float
    missing: tuple[int, ...] = ()


def run_departure(
    source: Source, target: Target, options: TransferOptions, departure: Departure, context: FitContext
) -> list[DepartureRow]:
    """Score the candidates for every radius, placement and repeat.

    Raises:
        InputError: there are no parcels within the smallest or beyond the largest radius.
        CanceledError: the user cancelled.
    """
    labeled = target.labeled
    near = [_groups_within(labeled.samples, departure.distances_m, radius) for radius in departure.radii_m]
    test_groups = _test_groups(labeled.samples, near[-1], departure)
    if not len(near[0]):
        raise InputError(
            f"No labeled parcel lies within {departure.radii_m[0] / _M_PER_KM:g} km of the starting point; the nearest "
            f"is {departure.distances_m.min() / _M_PER_KM:.1f} km away.",
            "Choose a larger radius or another starting point.",
        )
    test = labeled.subset(np.isin(labeled.samples.groups, test_groups))
    others = np.setdiff1d(labeled.samples.groups, test_groups)
    rows: list[DepartureRow] = []
    n_runs = len(near) * departure.n_repeats
    for number in range(n_runs):
        radius, repeat = divmod(number, departure.n_repeats)
        rng = np.random.default_rng([departure.seed, radius, repeat])
        spread = rng.choice(others, size=min(len(near[radius]), len(others)), replace=False)
        for half, (placement, groups) in enumerate(((NEAR, near[radius]), (SPREAD, spread))):
            start = (number + 0.5 * half) / n_runs
            part = StepProgress(context.progress, start, start + 0.5 / n_runs)
            fitting = labeled.subset(np.isin(labeled.samples.groups, groups))
            facts = (departure.radii_m[radius] / _M_PER_KM, placement, repeat + 1)
            run = replace(context, progress=part, seed=departure.seed + repeat, metric_prefix=f"{facts[0]:g} km ")
            rows += _rows(source, Target(fitting, target.pool), test, (options, facts), run)
    return rows


def read_radii(text: str) -> list[float]:
    """Return the radii in kilometres, rising.

    Raises:
        InputError: one is no number, or not above zero.
    """
    try:
        radii = sorted({float(part) for part in text.replace(";", ",").split(",") if part.strip()})
    except ValueError:
        radii = []
    if not radii or radii[0] <= 0 or not np.isfinite(radii[-1]):
        raise InputError(f"The radii '{text}' are no numbers above zero.", "Write kilometres as in '20,25,30'.")
    return radii


def _rows(
    source: Source,
    target: Target,
    test: DomainSamples,
    told: tuple[TransferOptions, tuple[float, str, int]],
    context: FitContext,
) -> list[DepartureRow]:
    options, facts = told
    fitting = target.labeled
    missing = np.setdiff1d(test.samples.class_indices, fitting.samples.class_indices)
    counts = (len(np.unique(fitting.samples.groups)), len(fitting), len(test))
    rows = []
    for name, model in candidates(source, target, test, options, context).items():
        matrix: Matrix = score(model, test)
        scores = (overall_accuracy(matrix), macro_f1(matrix))
        rows.append(DepartureRow(*facts, name, *counts, *scores, tuple(missing.tolist())))
    return rows


def _groups_within(samples: TrainingSet, distances_m: npt.NDArray[np.float64], radius_m: float) -> npt.NDArray[Any]:
    """Return parcels of which every sample lies within the radius."""
    return np.setdiff1d(samples.groups, samples.groups[distances_m > radius_m])


def _test_groups(samples: TrainingSet, within: npt.NDArray[Any], departure: Departure) -> npt.NDArray[Any]:
    """Return half of the parcels beyond the largest radius, drawn once, each class by itself."""
    far = np.flatnonzero(~np.isin(samples.groups, within) & (departure.distances_m > departure.radii_m[-1]))
    if len(np.unique(samples.groups[far])) < 2:  # noqa: PLR2004 - one half must be left
        raise InputError(
            f"Fewer than two labeled parcels lie beyond {departure.radii_m[-1] / _M_PER_KM:g} km of the starting "
            f"point; the farthest sample is {departure.distances_m.max() / _M_PER_KM:.1f} km away.",
            "Choose smaller radii or another starting point.",
        )
    rng = np.random.default_rng(departure.seed)
    held: list[int] = []
    for class_index in np.unique(samples.class_indices[far]):
        groups = np.unique(samples.groups[far[samples.class_indices[far] == class_index]])
        held += rng.permutation(groups)[: max(1, round(_TEST_SHARE * len(groups)))].tolist()
    return np.unique(held)
