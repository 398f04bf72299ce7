"""The population of a representativeness index: everything about the objects that no sample set changes."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from cropsample_plugin.engine.errors import InputError
from cropsample_plugin.engine.sampling.feature_space import KEPT_VARIANCE, feature_space
from cropsample_plugin.engine.sampling.objects import Objects, canonical_order
from cropsample_plugin.engine.sampling.strata import CHOOSE, Strata, cluster_strata

FloatArray = npt.NDArray[np.float64]
Float32Array = npt.NDArray[np.float32]
IntArray = npt.NDArray[np.int64]

NUMBERS_OF_KINDS = (4, 8, 16, 32)
_SMALLEST_RADIUS = 1e-9


@dataclass(frozen=True)
class PopulationOptions:
    """How a population is described.

    Attributes:
        kept_variance: share of the feature variance that the principal components keep.
        weigh_by_area: True lets an object count by its area, False every object alike.
        numbers_of_kinds: the objects are divided into so many kinds, one division after another, and in each division
            every kind counts alike in `typ`, so that rare kinds count more; empty: every object counts by its weight.
        drop_copies: True leaves out features that are a copy of an earlier one, so that none counts twice.
        n_strata: number of strata; 0 chooses; ignored when the objects bring strata.
        criterion: how to choose the number of strata, see `strata.CRITERIA`.
        region_area_m2: area of the study region; 0 takes the bounding box of the objects.
        seed: same seed, same strata.
    """

    kept_variance: float = KEPT_VARIANCE
    weigh_by_area: bool = False
    numbers_of_kinds: tuple[int, ...] = NUMBERS_OF_KINDS
    drop_copies: bool = True
    n_strata: int = CHOOSE
    criterion: str = "silhouette"
    region_area_m2: float = 0.0
    seed: int = 42


FIRST_OPTIONS = PopulationOptions(weigh_by_area=True, numbers_of_kinds=(), drop_copies=False)


@dataclass(frozen=True)
class Population:
    """Objects as the index sees them, in canonical order.

    Attributes:
        rows: ``(n_objects,)`` row of each object in the objects given.
        scores: ``(n_objects, n_components)`` principal component scores.
        component_shares: ``(n_components,)`` share of variance of each component, sum 1.
        weights: ``(n_objects,)`` weight of each object, sum 1.
        kind_weights: ``(n_objects,)`` the same with every kind of object counting alike, sum 1.
        xy_m: ``(n_objects, 2)``, centred on their mean.
        strata: the stratum of each object.
        stratum_names: name of each stratum, as the user has it.
        stratum_shares: ``(n_strata,)`` share of the weights, sum 1.
        upper_shares, lower_shares: ``(n_components, n_objects)`` share of the weights at or below, and strictly
            below, each object's score.
        spread: weighted mean squared distance of the objects to their mean, by `kind_weights`.
        kernel_radius: weighted median distance of the objects to the mean of their stratum.
        region_area_m2: area of the study region.
    """

    rows: IntArray
    scores: Float32Array
    component_shares: FloatArray
    weights: FloatArray
    kind_weights: FloatArray
    xy_m: Float32Array
    strata: Strata
    stratum_names: tuple[object, ...]
    stratum_shares: FloatArray
    upper_shares: FloatArray
    lower_shares: FloatArray
    spread: float
    kernel_radius: float
    region_area_m2: float

    @property
    def n_objects(self) -> int:
        """Number of objects."""
        return len(self.rows)

    def counting_objects_alike(self) -> Population:
        """Return the population with every object, not every kind, counting alike in `typ`."""
        if self.kind_weights is self.weights:
            return self
        spread = _spread(self.scores.astype(np.float64), self.weights)
        return replace(self, kind_weights=self.weights, spread=spread)

    def positions_of(self, rows: npt.NDArray[np.integer]) -> IntArray:
        """Return the positions in the population of rows of the objects given."""
        positions = np.empty(int(self.rows.max()) + 1, dtype=np.int64)
        positions[self.rows] = np.arange(self.n_objects)
        found: IntArray = positions[rows]
        return found


def build_population(objects: Objects, options: PopulationOptions | None = None) -> Population:
    """Describe the objects for the index.

    Args:
        objects: without missing values, see `objects.usable_objects`.
        options: how; the defaults are those of the current index.

    Raises:
        InputError: a value is missing, or an option is impossible.
    """
    options = options or PopulationOptions()
    if not 0 < options.kept_variance <= 1 or options.region_area_m2 < 0:
        raise InputError("The region area cannot be negative; the kept variance lies in (0, 1].")
    rows = canonical_order(objects)
    ordered = objects.subset(rows)
    weights = ordered.areas_ha if options.weigh_by_area else np.ones(len(rows))
    weights = weights / weights.sum()
    space = feature_space(ordered.features, weights, options.kept_variance, drop_copies=options.drop_copies)
    strata, names = _strata_of(ordered, space.scores, weights, options)
    by_kind = _kind_weights(space.scores, weights, options)
    upper, lower = _cumulative_shares(space.scores, weights)
    return Population(
        rows=rows,
        scores=np.ascontiguousarray(space.scores, dtype=np.float32),
        component_shares=space.variance_shares,
        weights=weights,
        kind_weights=by_kind,
        xy_m=np.ascontiguousarray(ordered.xy_m - ordered.xy_m.mean(axis=0), dtype=np.float32),
        strata=strata,
        stratum_names=names,
        stratum_shares=_shares_per_group(strata.labels, weights, strata.n_strata),
        upper_shares=upper,
        lower_shares=lower,
        spread=_spread(space.scores, by_kind),
        kernel_radius=_kernel_radius(space.scores, weights, strata),
        region_area_m2=options.region_area_m2 or _bounding_area(ordered.xy_m),
    )


def _strata_of(
    objects: Objects, scores: FloatArray, weights: FloatArray, options: PopulationOptions
) -> tuple[Strata, tuple[object, ...]]:
    if objects.stratum_names is None:
        strata = cluster_strata(scores, weights, options.n_strata, options.seed, options.criterion)
        return strata, tuple(range(1, strata.n_strata + 1))
    numbered = all(isinstance(name, int) for name in objects.stratum_names)
    keys = np.array([name if numbered else str(name) for name in objects.stratum_names])
    present, first, labels = np.unique(keys, return_index=True, return_inverse=True)
    names = tuple(objects.stratum_names[position] for position in first)
    return Strata(labels.astype(np.int64), len(present), "given with the objects", {}), names


def _kind_weights(scores: FloatArray, weights: FloatArray, options: PopulationOptions) -> FloatArray:
    """Weigh objects so that every kind counts alike, on the mean over several divisions into kinds."""
    if not options.numbers_of_kinds:
        return weights
    totals = np.zeros(len(weights))
    for number in options.numbers_of_kinds:
        kinds = cluster_strata(scores, weights, number, options.seed)
        shares = _shares_per_group(kinds.labels, weights, kinds.n_strata)
        totals += weights / (kinds.n_strata * shares[kinds.labels])
    normalised: FloatArray = totals / totals.sum()
    return normalised


def _spread(scores: FloatArray, weights: FloatArray) -> float:
    return float(weights @ ((scores - weights @ scores) ** 2).sum(axis=1))


def _cumulative_shares(scores: FloatArray, weights: FloatArray) -> tuple[FloatArray, FloatArray]:
    upper = np.empty(scores.T.shape)
    lower = np.empty(scores.T.shape)
    for component, values in enumerate(np.asarray(scores, dtype=np.float32).T):
        _, group = np.unique(values, return_inverse=True)
        shares = _shares_per_group(group.astype(np.int64), weights, int(group.max()) + 1)
        reached = np.cumsum(shares)
        reached /= reached[-1]
        upper[component] = reached[group]
        lower[component] = np.concatenate([[0.0], reached[:-1]])[group]
    return upper, lower


def _shares_per_group(groups: IntArray, weights: FloatArray, n_groups: int) -> FloatArray:
    return np.bincount(groups, weights=weights, minlength=n_groups).astype(np.float64)


def _kernel_radius(scores: FloatArray, weights: FloatArray, strata: Strata) -> float:
    totals = np.bincount(strata.labels, weights=weights, minlength=strata.n_strata)
    sums = np.stack([np.bincount(strata.labels, weights * values, strata.n_strata) for values in scores.T], axis=1)
    distances = np.sqrt(((scores - (sums / totals[:, None])[strata.labels]) ** 2).sum(axis=1))
    order = distances.argsort()
    middle = int(np.searchsorted(np.cumsum(weights[order]), 0.5))
    return max(float(distances[order][min(middle, len(order) - 1)]), _SMALLEST_RADIUS)


def _bounding_area(xy_m: FloatArray) -> float:
    width, height = np.ptp(xy_m, axis=0)
    return float(width * height)
