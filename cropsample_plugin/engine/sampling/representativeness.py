"""CRI, the composite representativeness index of a sample set: six components in [0, 1] and their geometric mean.

===== =============================================================================================
str   strata are represented by their share: ``1 - 1/2 sum_h |W_h - n_h / n|``
ric   strata are represented at all: share of strata with a sample
dist  samples are distributed like the objects: ``1 - sum_j v_j KS_j`` over principal components
cov   objects have a sample nearby: ``sum_i w_i exp(-d_i^2 / (2 r^2))``
typ   each object is like its nearest sample: ``exp(-sum_i u_i d_i^2 / s^2)``, ``s^2`` the spread of all
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
from cropsample_plugin.engine.sampling.nearest_kernels import largest_gap, nearest_squared
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
    "current": CriVariant("current", (0.10, 0.10, 0.10, 0.0, 0.60, 0.10)),
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
    positions = np.asarray(sample, dtype=np.int64)
    _check_sample(population, positions)
    values = _components(population, positions, needed=(True,) * len(COMPONENTS))
    return CriScore(combine(values, variant), dict(zip(COMPONENTS, values.tolist())))


def score_sets(population: Population, samples: Sequence[npt.ArrayLike], variant: CriVariant) -> FloatArray:
    """Return ``(n_sets,)`` indices of many sample sets; components without weight are not computed."""
    needed = tuple(weight > 0 for weight in variant.weights)
    scores = np.empty(len(samples))
    for number, sample in enumerate(samples):
        positions = np.asarray(sample, dtype=np.int64)
        _check_sample(population, positions)
        scores[number] = combine(_components(population, positions, needed), variant)
    return scores


def combine(values: FloatArray, variant: CriVariant) -> float:
    """Return the weighted geometric mean of component values in the order of `COMPONENTS`."""
    return float(np.exp(np.dot(variant.weights, np.log(np.maximum(values, SMALLEST_COMPONENT)))))


def _check_sample(population: Population, positions: IntArray) -> None:
    if positions.ndim != 1 or len(positions) == 0:
        raise SamplesError("The sample set is empty.", "Give at least one sample inside an object.")
    if positions.min() < 0 or positions.max() >= population.n_objects:
        raise SamplesError(f"A sample names an object outside 0 .. {population.n_objects - 1}.")
    if len(np.unique(positions)) != len(positions):
        raise SamplesError("The sample set names an object twice.", "Keep one sample per object.")


def _components(population: Population, sample: IntArray, needed: Sequence[bool]) -> FloatArray:
    values = np.ones(len(COMPONENTS))
    values[:2] = _stratum_components(population, sample)
    if needed[2]:
        values[2] = _distribution(population, sample)
    if needed[3] or needed[4]:
        squared = nearest_squared(population.scores, population.scores[sample]).astype(np.float64)
        values[3] = min(1.0, population.weights @ np.exp(squared * (-0.5 / population.kernel_radius**2)))
        values[4] = np.exp(-(population.unusual_weights @ squared) / population.spread) if population.spread else 1.0
    if needed[5]:
        values[5] = _spatial_spread(population, sample)
    return values


def _stratum_components(population: Population, sample: IntArray) -> tuple[float, float]:
    counts = np.bincount(population.strata.labels[sample], minlength=population.strata.n_strata)
    distance = 0.5 * float(np.abs(population.stratum_shares - counts / len(sample)).sum())
    return 1.0 - distance, float(np.count_nonzero(counts)) / population.strata.n_strata


def _distribution(population: Population, sample: IntArray) -> float:
    upper = np.sort(population.upper_shares[:, sample], axis=1)
    lower = np.sort(population.lower_shares[:, sample], axis=1)
    gaps = [largest_gap(above, below) for above, below in zip(upper, lower)]
    return 1.0 - float(population.component_shares @ gaps)


def _spatial_spread(population: Population, sample: IntArray) -> float:
    squared = nearest_squared(population.xy_m, population.xy_m[sample]).astype(np.float64)
    mean_squared = float(population.weights @ squared)
    if mean_squared <= 0:
        return 1.0
    return min(1.0, HEXAGON_MSSD * population.region_area_m2 / len(sample) / mean_squared)
