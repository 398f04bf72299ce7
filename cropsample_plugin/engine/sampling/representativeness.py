"""CRI, the composite representativeness index of a sample set: six components in [0, 1] and their geometric mean.

===== =============================================================================================
str   strata are represented by their share: ``1 - 1/2 sum_h |W_h - n_h / n|``
ric   strata are represented at all: share of strata with a sample
dist  samples are distributed like the objects: ``1 - sum_j v_j KS_j`` over principal components
cov   objects have a sample nearby: ``sum_i w_i exp(-d_i^2 / (2 r^2))``
typ   each object is like its nearest sample: ``exp(-sum_i u_i d_i^2 / s^2)``, ``s^2`` the spread of all, ``u_i``
      weights with which every kind of object counts alike (`PopulationOptions.numbers_of_kinds`)
spa   samples are spread over the map: ``min(1, 5 / (18 sqrt 3) (A / n) / MSSD)``, 1 = hexagonal lattice
===== =============================================================================================

Source: our definition; the published index (RESSOS) states no formula. The first version is
`CRI_VARIANTS["first"]`. The current one replaces the coverage kernel by `typ`; ``docs/sampling.md``
holds the evidence.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Sequence

import numpy as np
import numpy.typing as npt

from cropsample_plugin.engine.errors import InputError, SamplesError
from cropsample_plugin.engine.sampling.nearest_kernels import largest_gap, nearest_sums
from cropsample_plugin.engine.sampling.population import FIRST_OPTIONS, Population, PopulationOptions

IntArray = npt.NDArray[np.int64]
FloatArray = npt.NDArray[np.float64]

COMPONENTS = ("str", "ric", "dist", "cov", "typ", "spa")
SMALLEST_COMPONENT = 1e-6
HEXAGON_MSSD = 5.0 / (18.0 * math.sqrt(3.0))


@dataclass(frozen=True)
class CriVariant:
    """One version of the index.

    Attributes:
        name: how it is called.
        weights: ``(6,)`` weight of each component in the order of `COMPONENTS`, sum 1.
        options: how the population is described for it.
    """

    name: str
    weights: tuple[float, ...]
    options: PopulationOptions = field(default_factory=PopulationOptions)


CRI_VARIANTS: dict[str, CriVariant] = {
    "current": CriVariant("current", (0.0, 0.10, 0.0, 0.0, 0.90, 0.0)),
    "first": CriVariant("first", (0.25, 0.15, 0.25, 0.25, 0.0, 0.10), FIRST_OPTIONS),
}


@dataclass(frozen=True)
class CriScore:
    """How representative a sample set is.

    Attributes:
        cri: the index, in [0, 1].
        components: name of `COMPONENTS` to value in [0, 1]; those without weight are given as well.
    """

    cri: float
    components: dict[str, float]


def variant_named(name: str) -> CriVariant:
    """Return a version of the index; `InputError` lists those there are."""
    if name not in CRI_VARIANTS:
        raise InputError(f"There is no CRI version '{name}'.", f"Versions: {', '.join(CRI_VARIANTS)}.")
    return CRI_VARIANTS[name]


def score_set(population: Population, sample: npt.ArrayLike, variant: CriVariant) -> CriScore:
    """Return the index of one sample set.

    Args:
        population: the objects.
        sample: positions in the population, at least one, none twice.
        variant: version of the index.

    Raises:
        SamplesError: the set is empty, repeats an object, or names one that does not exist.
    """
    values = _components(population, [sample], needed=(True,) * len(COMPONENTS))[0]
    return CriScore(float(combine(values, variant)), dict(zip(COMPONENTS, values.tolist())))


def score_sets(population: Population, samples: Sequence[npt.ArrayLike], variant: CriVariant) -> FloatArray:
    """Return ``(n_sets,)`` indices of many sample sets; components without weight are not computed."""
    needed = tuple(weight > 0 for weight in variant.weights)
    return combine(_components(population, samples, needed), variant)


def combine(values: FloatArray, variant: CriVariant) -> FloatArray:
    """Return the weighted geometric mean of ``(..., 6)`` component values in the order of `COMPONENTS`."""
    combined: FloatArray = np.exp(np.log(np.maximum(values, SMALLEST_COMPONENT)) @ np.array(variant.weights))
    return combined


def _check_sample(population: Population, positions: IntArray) -> None:
    if positions.ndim != 1 or len(positions) == 0:
        raise SamplesError("The sample set is empty.", "Give at least one sample inside an object.")
    if positions.min() < 0 or positions.max() >= population.n_objects:
        raise SamplesError(f"A sample names an object outside 0 .. {population.n_objects - 1}.")
    if len(np.unique(positions)) != len(positions):
        raise SamplesError("The sample set names an object twice.", "Keep one sample per object.")


def _components(population: Population, samples: Sequence[npt.ArrayLike], needed: Sequence[bool]) -> FloatArray:
    """Return ``(n_sets, 6)`` component values, 1 for those that are not needed."""
    sets = [np.asarray(sample, dtype=np.int64) for sample in samples]
    for positions in sets:
        _check_sample(population, positions)
    values = np.ones((len(sets), len(COMPONENTS)))
    for number, positions in enumerate(sets):
        values[number, :2] = _stratum_components(population, positions)
        if needed[2]:
            values[number, 2] = _distribution(population, positions)
    if needed[3] or needed[4]:
        factor = -0.5 / population.kernel_radius**2 if needed[3] else 0.0
        sums = _nearest_sums(population, population.scores, sets, factor)
        values[:, 3] = np.minimum(1.0, sums[:, 1]) if needed[3] else 1.0
        values[:, 4] = np.exp(-sums[:, 0] / population.spread) if population.spread else 1.0
    if needed[5]:
        values[:, 5] = _spatial_spread(population, sets)
    return values


def _nearest_sums(
    population: Population, points: npt.NDArray[np.float32], sets: list[IntArray], kernel_factor: float
) -> FloatArray:
    used, members = np.unique(np.concatenate(sets), return_inverse=True)
    starts = np.concatenate([[0], np.cumsum([len(positions) for positions in sets])])
    by_kind = population.kind_weights if points is population.scores else population.weights
    sums: FloatArray = nearest_sums(points, used, members, starts, by_kind, population.weights, kernel_factor)
    return sums


def _stratum_components(population: Population, sample: IntArray) -> tuple[float, float]:
    counts = np.bincount(population.strata.labels[sample], minlength=population.strata.n_strata)
    distance = 0.5 * float(np.abs(population.stratum_shares - counts / len(sample)).sum())
    return 1.0 - distance, float(np.count_nonzero(counts)) / population.strata.n_strata


def _distribution(population: Population, sample: IntArray) -> float:
    upper = np.sort(population.upper_shares[:, sample], axis=1)
    lower = np.sort(population.lower_shares[:, sample], axis=1)
    gaps = [largest_gap(above, below) for above, below in zip(upper, lower)]
    return 1.0 - float(population.component_shares @ gaps)


def _spatial_spread(population: Population, sets: list[IntArray]) -> FloatArray:
    mean_squared = _nearest_sums(population, population.xy_m, sets, 0.0)[:, 0]
    area_per_sample = population.region_area_m2 / np.array([len(positions) for positions in sets])
    with np.errstate(divide="ignore", invalid="ignore"):
        values = HEXAGON_MSSD * area_per_sample / mean_squared
    spread: FloatArray = np.where(mean_squared > 0, np.minimum(1.0, values), 1.0)
    return spread
