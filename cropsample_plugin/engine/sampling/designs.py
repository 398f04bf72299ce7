"""Probability designs: every pixel has a known chance to be drawn, so that the sample can prove a map.

simple_random   n pixels without replacement
stratified      n_h pixels without replacement in each stratum
systematic      a square lattice with a random start; the sample size varies by a little
cluster         squares of the map first, pixels within them second
balanced        local pivotal method: spread over the map, and over strata when asked
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Callable

import numpy as np
import numpy.typing as npt

from cropsample_plugin.engine.errors import InputError
from cropsample_plugin.engine.sampling.allocation import allocate
from cropsample_plugin.engine.sampling.local_pivotal import balanced_coordinates, local_pivotal_sample
from cropsample_plugin.engine.sampling.map_frame import MapFrame, per_stratum

IntArray = npt.NDArray[np.int64]
FloatArray = npt.NDArray[np.float64]

LARGEST_BALANCED_FRAME = 200_000
NO_CLUSTER = -1


@dataclass(frozen=True)
class DesignOptions:
    """How a probability sample is drawn.

    Attributes:
        design: a name of `DESIGNS`.
        n_samples: number of samples; expected number for ``systematic``.
        allocation: for ``stratified``: a name of `allocation.ALLOCATIONS`.
        minimum_per_stratum: for ``stratified``: samples every stratum gets at least, for rare classes.
        expected_accuracies: for Neyman allocation: stratum name to expected user's accuracy; 0.7 where not given.
        cluster_pixels: for ``cluster``: side of the squares in pixels.
        samples_per_cluster: for ``cluster``: pixels drawn in each square.
        min_distance_m: samples are at least this far apart; 0 for no such rule.
        seed: same seed, same sample.
    """

    design: str
    n_samples: int
    allocation: str = "proportional"
    minimum_per_stratum: int = 1
    expected_accuracies: dict[str, float] = field(default_factory=dict)
    cluster_pixels: int = 50
    samples_per_cluster: int = 5
    min_distance_m: float = 0.0
    seed: int = 42


@dataclass(frozen=True)
class ProbabilitySample:
    """A drawn sample.

    Attributes:
        units: ``(n,)`` flat pixel positions.
        strata: ``(n,)`` positions in the frame's strata.
        inclusion_probabilities: ``(n,)`` in (0, 1]; the design weight is their inverse.
        clusters: ``(n,)`` number of the square each pixel came with, -1 for designs without clusters.
        warnings: what the user must know before using the weights.
    """

    units: IntArray
    strata: IntArray
    inclusion_probabilities: FloatArray
    clusters: IntArray
    warnings: tuple[str, ...] = ()

    @property
    def design_weights(self) -> FloatArray:
        """``(n,)`` number of pixels that each sample stands for."""
        return 1.0 / self.inclusion_probabilities


Drawn = tuple[IntArray, FloatArray, IntArray]
EXPECTED_ACCURACY = 0.7


def draw_sample(frame: MapFrame, options: DesignOptions) -> ProbabilitySample:
    """Draw a probability sample.

    Raises:
        InputError: unknown design, impossible size, a class that is not on the map, or a minimum distance that
            cannot be kept (the message says how many fit).
    """
    if options.design not in DESIGNS:
        raise InputError(f"There is no design '{options.design}'.", f"Designs: {', '.join(DESIGNS)}.")
    if not 1 <= options.n_samples <= frame.n_units:
        raise InputError(
            f"{options.n_samples} samples cannot be drawn from {frame.n_units} pixels.", "Ask for another number."
        )
    rng = np.random.default_rng(options.seed)
    units, probabilities, clusters = DESIGNS[options.design](frame, options, rng)
    warnings: tuple[str, ...] = ()
    if options.min_distance_m > 0:
        kept = _keep_apart(frame, units, options, rng)
        warnings = _distance_warnings(len(units), len(kept))
        units, probabilities, clusters = units[kept], probabilities[kept], clusters[kept]
    return ProbabilitySample(units, frame.stratum_of(units), probabilities, clusters, warnings)


def _simple_random(frame: MapFrame, options: DesignOptions, rng: np.random.Generator) -> Drawn:
    ranks = rng.choice(frame.n_units, options.n_samples, replace=False)
    return _drawn(frame.units_of_ranks(ranks), options.n_samples / frame.n_units)


def _stratified(frame: MapFrame, options: DesignOptions, rng: np.random.Generator) -> Drawn:
    counts = stratum_counts(frame, options)
    units, probabilities = [], []
    for stratum, count in enumerate(counts):
        ranks = rng.choice(int(frame.sizes[stratum]), int(count), replace=False)
        units.append(frame.units_of_ranks(ranks, stratum))
        probabilities.append(np.full(int(count), count / frame.sizes[stratum]))
    drawn = np.concatenate(units)
    return drawn, np.concatenate(probabilities), np.full(len(drawn), NO_CLUSTER, dtype=np.int64)


def stratum_counts(frame: MapFrame, options: DesignOptions) -> IntArray:
    """Return ``(n_strata,)`` numbers of samples of the stratified design."""
    default = {} if options.allocation != "neyman" else options.expected_accuracies
    accuracies = np.array(per_stratum(default, frame.strata, EXPECTED_ACCURACY, "Expected accuracies"))
    if np.any((accuracies < 0) | (accuracies > 1)):
        raise InputError("Expected accuracies must lie in [0, 1].")
    spreads = np.sqrt(accuracies * (1.0 - accuracies))
    shares = frame.sizes / frame.n_units
    minimum = options.minimum_per_stratum
    return allocate(options.n_samples, shares, frame.sizes, options.allocation, spreads, minimum)


def _systematic(frame: MapFrame, options: DesignOptions, rng: np.random.Generator) -> Drawn:
    """Lay a lattice whose cells hold about the area of one sample; every pixel holds a node with the same chance.

    Whole numbers of cells span the raster, so that the number of nodes does not depend on the start: the estimate of
    a share would be biased otherwise.
    """
    spacing = np.sqrt(frame.n_units / options.n_samples)
    height, width = frame.codes.shape
    n_rows, n_columns = (min(max(1, round(side / spacing)), side) for side in (height, width))
    rows = np.floor((rng.uniform() + np.arange(n_rows)) * height / n_rows).astype(np.int64)
    columns = np.floor((rng.uniform() + np.arange(n_columns)) * width / n_columns).astype(np.int64)
    units = (rows[:, None] * width + columns[None, :]).ravel()
    units = units[frame.stratum_of(units) >= 0]
    if len(units) == 0:
        raise InputError("No node of the lattice fell into the area.", "Ask for more samples.")
    return _drawn(units, n_rows * n_columns / (height * width))


def _cluster(frame: MapFrame, options: DesignOptions, rng: np.random.Generator) -> Drawn:
    side, width = options.cluster_pixels, frame.codes.shape[1]
    if side < 1 or options.samples_per_cluster < 1:
        raise InputError("Squares need at least one pixel and one sample.")
    rows, columns = np.nonzero(frame.codes >= 0)
    across = -(-width // side)
    squares, square_of, sizes = np.unique(
        rows // side * across + columns // side, return_inverse=True, return_counts=True
    )
    n_clusters = -(-options.n_samples // options.samples_per_cluster)
    if n_clusters > len(squares):
        raise InputError(
            f"{n_clusters} squares are needed, the area has {len(squares)}.",
            "Use smaller squares, or more samples in each.",
        )
    order = np.argsort(square_of, kind="stable")
    starts = np.concatenate([[0], np.cumsum(sizes)])
    units, probabilities, clusters = [], [], []
    for square in np.sort(rng.choice(len(squares), n_clusters, replace=False)):
        count = min(options.samples_per_cluster, int(sizes[square]))
        members = order[starts[square] : starts[square + 1]][rng.choice(int(sizes[square]), count, replace=False)]
        units.append(rows[members] * width + columns[members])
        probabilities.append(np.full(count, n_clusters / len(squares) * count / sizes[square]))
        clusters.append(np.full(count, squares[square]))
    return np.concatenate(units), np.concatenate(probabilities), np.concatenate(clusters)


def _balanced(frame: MapFrame, options: DesignOptions, rng: np.random.Generator) -> Drawn:
    """Local pivotal method; of a large map, on a simple random part of its pixels first (chances stay equal)."""
    n_frame = min(frame.n_units, max(LARGEST_BALANCED_FRAME, options.n_samples))
    ranks = np.sort(rng.choice(frame.n_units, n_frame, replace=False))
    units = frame.units_of_ranks(ranks)
    probabilities = np.full(n_frame, options.n_samples / n_frame)
    chosen = local_pivotal_sample(balanced_coordinates(frame.xy_of(units)), probabilities, int(rng.integers(2**31)))
    return _drawn(units[chosen], options.n_samples / frame.n_units)


DESIGNS: dict[str, Callable[[MapFrame, DesignOptions, np.random.Generator], Drawn]] = {
    "simple_random": _simple_random,
    "stratified": _stratified,
    "systematic": _systematic,
    "cluster": _cluster,
    "balanced": _balanced,
}


def _drawn(units: IntArray, probability: float) -> Drawn:
    n_units = len(units)
    return units, np.full(n_units, probability), np.full(n_units, NO_CLUSTER, dtype=np.int64)


def _keep_apart(frame: MapFrame, units: IntArray, options: DesignOptions, rng: np.random.Generator) -> IntArray:
    """Return positions of a subset that keeps the distance, taken in random order."""
    xy = frame.xy_of(units)
    kept: list[int] = []
    for position in rng.permutation(len(units)):
        gaps = ((xy[kept] - xy[position]) ** 2).sum(axis=1)
        if not kept or gaps.min() >= options.min_distance_m**2:
            kept.append(int(position))
    return np.sort(np.array(kept, dtype=np.int64))


def _distance_warnings(n_drawn: int, n_kept: int) -> tuple[str, ...]:
    if n_kept == n_drawn:
        return ("The minimum distance held without leaving any sample out, so the weights are exact.",)
    warning = (
        f"To keep the minimum distance {n_drawn - n_kept} of {n_drawn} samples were left out: only {n_kept} fit. "
        "Inclusion probabilities and weights are then approximate, lower near other samples; for exact weights use "
        "the spatially balanced or the systematic design, which keep samples apart by themselves."
    )
    return (warning,)
