"""What a sampling design means for estimates: the area each sample stands for, and the variance of totals.

Every accuracy and every area is a ratio of two totals over the map. An estimator is therefore a set of weights, and its
standard error follows from the variance of one total, that of the residuals (Taylor linearization, Saerndal et al.
1992, 5.5). For strata that are map classes this is Olofsson et al. 2014, eqs. 1 to 11; for other strata Stehman 2014.

simple_random    n pixels
stratified       n_h pixels in each stratum
post_stratified  n pixels, whose strata are known afterwards; variances given the n_h that were drawn
systematic       a lattice; local neighbourhood variance, as no unbiased one exists
balanced         spatially balanced; local neighbourhood variance (Grafstroem & Schelin 2014)
cluster          squares first, pixels in them second; variance between squares (ultimate cluster)
unequal          design weights of any kind, with or without strata; variance as if drawn with replacement
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
from scipy.spatial import cKDTree

from cropsample_plugin.engine.errors import InputError, SamplesError

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

SIMPLE_RANDOM = "simple_random"
STRATIFIED = "stratified"
POST_STRATIFIED = "post_stratified"
SYSTEMATIC = "systematic"
BALANCED = "balanced"
CLUSTER = "cluster"
UNEQUAL = "unequal"
DESIGNS = (SIMPLE_RANDOM, STRATIFIED, POST_STRATIFIED, SYSTEMATIC, BALANCED, CLUSTER, UNEQUAL)
WITH_STRATA = (STRATIFIED, POST_STRATIFIED)
LOCAL_VARIANCE = (SYSTEMATIC, BALANCED)
VARIANCE_TEXT = {
    SIMPLE_RANDOM: "simple random sampling (Cochran 1977)",
    STRATIFIED: "stratified random sampling (Olofsson et al. 2014; Stehman 2014 where strata are not map classes)",
    POST_STRATIFIED: "post-stratification, given the number of samples that fell into each stratum",
    SYSTEMATIC: "local neighbourhood variance of four samples (Grafström & Schelin 2014); no unbiased one exists",
    BALANCED: "local neighbourhood variance of four samples (Grafström & Schelin 2014)",
    CLUSTER: "variance between primary units (ultimate cluster), with Student's t for the intervals",
    UNEQUAL: "design weights, residuals as if drawn with replacement",
}

_CORRECT_FROM = 0.05
_NEIGHBOURS = 4
_FEWEST = 2


@dataclass(frozen=True)
class Strata:
    """Strata of a sample; sizes belong to names, in whatever order either comes.

    Attributes:
        codes: ``(n_samples,)`` position of each sample's stratum in ``names``.
        names: ``(n_strata,)`` names.
        areas: ``(n_strata,)`` area, in the unit of the total area.
        pixels: ``(n_strata,)`` number of pixels, NaN where unknown.
    """

    codes: IntArray
    names: tuple[str, ...]
    areas: FloatArray
    pixels: FloatArray

    @property
    def counts(self) -> IntArray:
        """``(n_strata,)`` number of samples in each."""
        return np.bincount(self.codes, minlength=len(self.names)).astype(np.int64)

    def unsampled(self) -> list[int]:
        """Return positions of strata that have an area and no sample."""
        return np.flatnonzero((self.counts == 0) & (self.areas > 0)).tolist()


@dataclass(frozen=True)
class DesignInput:
    """What is known of how samples were drawn.

    Attributes:
        kind: one of `DESIGNS`.
        total_area: area of the map, any unit; the estimates of areas come in it.
        pixel_areas: ``(n_samples,)`` true area of each sample's pixel; only their ratios count.
        n_pixels: pixels of the map; NaN when unknown.
        strata: for `WITH_STRATA`, may be given for ``unequal``.
        design_weights: ``(n_samples,)`` pixels that each sample stands for, for ``cluster`` and ``unequal``.
        clusters: ``(n_samples,)`` primary unit of each sample, for ``cluster``.
        xy: ``(n_samples, 2)`` places, for ``systematic`` and ``balanced``.
    """

    kind: str
    total_area: float
    pixel_areas: FloatArray
    n_pixels: float = float("nan")
    strata: Strata | None = None
    design_weights: FloatArray | None = None
    clusters: IntArray | None = None
    xy: FloatArray | None = None


@dataclass(frozen=True)
class SampleDesign:
    """A design ready to estimate with.

    Attributes:
        kind: one of `DESIGNS`.
        total_area: area of the map.
        weights: ``(n_samples,)`` area each sample stands for; they add up to the total area.
        groups: ``(n_samples,)`` stratum of each sample; zeros without strata.
        units: ``(n_samples,)`` primary sampling unit of each sample: itself, or its cluster.
        corrections: ``(n_groups,)`` finite population correction, 1 where less than 5 % was sampled.
        neighbours: ``(n_samples, 4)`` nearest samples, itself first; None for designs without local variance.
        lonely: groups with a single unit, whose variance was taken around the mean of all samples.
    """

    kind: str
    total_area: float
    weights: FloatArray
    groups: IntArray
    units: IntArray
    corrections: FloatArray
    neighbours: IntArray | None = None
    lonely: tuple[int, ...] = field(default=())

    @property
    def n_samples(self) -> int:
        """Number of samples."""
        return len(self.weights)

    @property
    def degrees_of_freedom(self) -> float:
        """Degrees of freedom of the intervals: units less strata for clusters, otherwise infinite (normal)."""
        if self.kind != CLUSTER:
            return float("inf")
        return float(len(np.unique(self.units)) - 1)

    def totals(self, values: FloatArray) -> FloatArray:
        """Return ``(n_columns,)`` estimated totals of ``(n_samples, n_columns)`` values per area."""
        totals: FloatArray = self.weights @ values
        return totals

    def variances(self, residuals: FloatArray) -> FloatArray:
        """Return ``(n_columns,)`` variances of totals of ``(n_samples, n_columns)`` residuals that add up to zero."""
        variances: FloatArray = self.variance_parts(residuals).sum(axis=0)
        return variances

    def variance_parts(self, residuals: FloatArray) -> FloatArray:
        """Return ``(n_groups, n_columns)``: what each stratum adds to the variance of a total."""
        if self.neighbours is not None:
            return self._local_variance(residuals, self.neighbours)[None, :]
        totals, group_of_unit = self._unit_totals(self.weights[:, None] * self._centred(residuals))
        n_groups = len(self.corrections)
        n_units = np.bincount(group_of_unit, minlength=n_groups).astype(np.float64)
        is_enough = n_units >= _FEWEST
        means = np.where(is_enough, 1.0 / np.maximum(n_units, 1.0), 0.0)[:, None] * _grouped(
            totals, group_of_unit, n_groups
        )
        squares = _grouped((totals - means[group_of_unit]) ** 2, group_of_unit, n_groups)
        inflation = np.where(is_enough, n_units / np.maximum(n_units - 1.0, 1.0), 1.0)
        parts: FloatArray = squares * (inflation * self.corrections)[:, None]
        return parts

    def _centred(self, residuals: FloatArray) -> FloatArray:
        """Take out the means of strata of known area; a lonely sample keeps its distance from the mean of all, 0."""
        if self.kind not in WITH_STRATA:
            return residuals
        n_groups = len(self.corrections)
        weights = _grouped(self.weights[:, None], self.groups, n_groups)
        means = _grouped(self.weights[:, None] * residuals, self.groups, n_groups) / np.maximum(weights, 1e-300)
        means[list(self.lonely)] = 0.0
        centred: FloatArray = residuals - means[self.groups]
        return centred

    def _unit_totals(self, weighted: FloatArray) -> tuple[FloatArray, IntArray]:
        _, first, unit_of = np.unique(self.units, return_index=True, return_inverse=True)
        return _grouped(weighted, unit_of.astype(np.int64), len(first)), self.groups[first]

    def _local_variance(self, residuals: FloatArray, neighbours: IntArray) -> FloatArray:
        weighted = self.weights[:, None] * residuals
        n_near = neighbours.shape[1]
        local = weighted[neighbours].mean(axis=1)
        variance: FloatArray = n_near / (n_near - 1) * ((weighted - local) ** 2).sum(axis=0)
        return variance


def make_design(given: DesignInput) -> SampleDesign:
    """Turn what is known of the draw into weights and a rule for variances.

    Raises:
        InputError: an unknown design, or an area that is not positive.
        SamplesError: fewer than two samples, weights that are not positive numbers, a stratum without samples, or what
            the design needs is missing.
    """
    _check(given)
    n_samples = len(given.pixel_areas)
    weights, groups, corrections, lonely = _weights(given)
    units = np.arange(n_samples) if given.clusters is None or given.kind != CLUSTER else given.clusters
    if len(np.unique(units)) < _FEWEST:
        raise SamplesError("All samples come from one primary unit.", "A cluster sample needs two or more of them.")
    neighbours = None
    if given.kind in LOCAL_VARIANCE:
        if given.xy is None:
            raise SamplesError(f"The design '{given.kind}' needs the places of the samples.")
        n_near = min(_NEIGHBOURS, n_samples)
        neighbours = cKDTree(given.xy).query(given.xy, n_near)[1].astype(np.int64)
    return SampleDesign(
        given.kind, given.total_area, weights, groups, units.astype(np.int64), corrections, neighbours, lonely
    )


def _check(given: DesignInput) -> None:
    if given.kind not in DESIGNS:
        raise InputError(f"There is no design '{given.kind}'.", f"Designs: {', '.join(DESIGNS)}.")
    if not given.total_area > 0:
        raise InputError("The map has no area.", "Check nodata and the classes left out.")
    if len(given.pixel_areas) < _FEWEST:
        raise SamplesError(
            f"{len(given.pixel_areas)} usable reference samples are too few for any error.", "Give two or more."
        )
    if given.kind in WITH_STRATA and given.strata is None:
        raise SamplesError(f"The design '{given.kind}' needs strata.", "Give a raster or a field of strata.")
    if given.kind == CLUSTER and given.clusters is None:
        raise SamplesError("A cluster design needs the primary unit of each sample.", "Name the field that holds it.")
    if given.kind in (CLUSTER, UNEQUAL):
        check_weights(given.design_weights)


def check_weights(weights: FloatArray | None) -> None:
    """Refuse weights that are missing, negative, zero or no numbers.

    Raises:
        SamplesError: says how many of which kind.
    """
    if weights is None:
        raise SamplesError("This design needs design weights.", "Name the field with them, or another design.")
    problems = {
        "negative": int((weights < 0).sum()),
        "zero": int((weights == 0).sum()),
        "missing or infinite": int((~np.isfinite(weights)).sum()),
    }
    told = [f"{count} {name}" for name, count in problems.items() if count]
    if told:
        raise SamplesError(
            f"Of {len(weights)} design weights are {', '.join(told)}.",
            "A weight is the number of pixels a sample stands for, above 0. Correct the field or remove the samples.",
        )


def _weights(given: DesignInput) -> tuple[FloatArray, IntArray, FloatArray, tuple[int, ...]]:
    n_samples = len(given.pixel_areas)
    if given.kind in WITH_STRATA and given.strata is not None:
        return _stratum_weights(given.strata, given.pixel_areas)
    own = given.design_weights if given.kind in (CLUSTER, UNEQUAL) else None
    raw = given.pixel_areas if own is None else given.pixel_areas * own
    weights = raw * given.total_area / raw.sum()
    groups = np.zeros(n_samples, dtype=np.int64)
    lonely: tuple[int, ...] = ()
    if given.kind == UNEQUAL and given.strata is not None:
        groups, lonely = given.strata.codes, _lonely(given.strata)
    share = n_samples / given.n_pixels if given.kind == SIMPLE_RANDOM else 0.0
    n_groups = int(groups.max()) + 1 if given.strata is None else max(len(given.strata.names), int(groups.max()) + 1)
    return weights, groups, np.full(n_groups, _correction(share)), lonely


def _stratum_weights(
    strata: Strata, pixel_areas: FloatArray
) -> tuple[FloatArray, IntArray, FloatArray, tuple[int, ...]]:
    unsampled = strata.unsampled()
    if unsampled:
        share = strata.areas[unsampled].sum() / strata.areas.sum()
        names = ", ".join(strata.names[number] for number in unsampled)
        raise SamplesError(
            f"No sample lies in the strata {names} ({share:.2%} of the area): nothing can be said about them.",
            "Add samples there, choose other strata, or ask to leave such strata out.",
        )
    counts = strata.counts
    without = [name for name, area, count in zip(strata.names, strata.areas, counts) if count and not area > 0]
    if without:
        raise SamplesError(
            f"Samples lie in the strata {', '.join(without)}, which have no area.",
            "Check that strata and samples match.",
        )
    sums = np.bincount(strata.codes, weights=pixel_areas, minlength=len(strata.names))
    weights = strata.areas[strata.codes] * pixel_areas / sums[strata.codes]
    shares = np.divide(counts, strata.pixels, out=np.zeros(len(counts)), where=strata.pixels > 0)
    corrections = np.array([_correction(share) for share in shares])
    return weights, strata.codes, corrections, _lonely(strata)


def _lonely(strata: Strata) -> tuple[int, ...]:
    """Return strata with one sample of more than one pixel."""
    is_lonely = (strata.counts == 1) & ~(strata.pixels <= 1)
    return tuple(int(number) for number in np.flatnonzero(is_lonely))


def _correction(share: float) -> float:
    """Return 1 - n/N where it matters; below 5 % it is left out, as is the custom (Cochran 1977, 2.6)."""
    return max(0.0, 1.0 - share) if share >= _CORRECT_FROM else 1.0


def _grouped(values: FloatArray, groups: IntArray, n_groups: int) -> FloatArray:
    """Return ``(n_groups, n_columns)`` sums of rows."""
    sums = np.zeros((n_groups, values.shape[1]))
    np.add.at(sums, groups, values)
    return sums
