"""How many more samples, and where, would halve a confidence interval."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from cropsample_plugin.engine.accuracy.designs import (
    CLUSTER,
    POST_STRATIFIED,
    STRATIFIED,
    FloatArray,
    IntArray,
    SampleDesign,
    Strata,
)
from cropsample_plugin.engine.accuracy.estimates import Assessment, Labels, ratios

USERS = "user's accuracy"
PRODUCERS = "producer's accuracy"
AREA = "area"
_STEPS = 200


@dataclass(frozen=True)
class MoreSamples:
    """What it takes to halve an interval.

    Attributes:
        quantity: `USERS`, `PRODUCERS` or `AREA`.
        class_name: of which class.
        half_width: of the interval now: a share, for areas in the unit of the design.
        n_more: samples to add; 0 when the interval has no width that more samples could change.
        places: where to add them: name of the stratum, or a sentence, and how many.
        can_halve: False when even all pixels of the strata concerned do not suffice.
    """

    quantity: str
    class_name: str
    half_width: float
    n_more: int
    places: tuple[tuple[str, int], ...]
    can_halve: bool = True


def widest_intervals(
    design: SampleDesign, labels: Labels, found: Assessment, strata: Strata | None
) -> tuple[MoreSamples, ...]:
    """Return what would halve the widest interval of the areas, and the widest of user's and producer's accuracies."""
    areas = found.areas()
    rows = [
        (USERS, found.users, (found.users.high - found.users.low) / 2.0),
        (PRODUCERS, found.producers, (found.producers.high - found.producers.low) / 2.0),
    ]
    widest = [(AREA, int(np.argmax(np.nan_to_num((areas.high - areas.low) / 2.0))), (areas.high - areas.low) / 2.0)]
    best = max(rows, key=lambda row: float(np.nan_to_num(np.where(row[1].errors > 0, row[2], 0.0)).max()))
    widest.append((best[0], int(np.argmax(np.nan_to_num(np.where(best[1].errors > 0, best[2], 0.0)))), best[2]))
    return tuple(
        _halving(design, labels, strata, (quantity, number, float(widths[number])))
        for quantity, number, widths in widest
    )


def _halving(
    design: SampleDesign, labels: Labels, strata: Strata | None, target: tuple[str, int, float]
) -> MoreSamples:
    quantity, number, width = target
    mapped, member = labels.on_map[:, [number]], labels.memberships[:, [number]]
    terms = {
        USERS: (mapped * member, mapped),
        PRODUCERS: (mapped * member, member),
        AREA: (member, np.ones_like(member)),
    }
    parts = design.variance_parts(ratios(design, *terms[quantity]).residuals)[:, 0]
    name = labels.classes[number]
    if not parts.sum() > 0:
        return MoreSamples(quantity, name, width, 0, ())
    if design.kind == STRATIFIED and strata is not None:
        more, can_halve = added_by_stratum(parts, strata.counts, strata.pixels)
        places = tuple((strata.names[row], int(count)) for row, count in enumerate(more) if count)
        return MoreSamples(quantity, name, width, int(more.sum()), places, can_halve)
    n_more = 3 * design.n_samples
    where = {
        CLUSTER: f"{3 * len(np.unique(design.units))} more primary units anywhere",
        POST_STRATIFIED: "anywhere on the map, at random; fewer when drawn by stratum",
    }
    return MoreSamples(
        quantity, name, width, n_more, ((where.get(design.kind, "anywhere, by the same design"), n_more),)
    )


def added_by_stratum(parts: FloatArray, counts: IntArray, pixels: FloatArray) -> tuple[IntArray, bool]:
    """Return the fewest samples to add to each stratum that quarter a variance, and whether they do.

    A stratum adds part x n / n' to the variance when it has n' instead of n samples; the fewest samples in all are
    n' = max(n, constant x root of (part x n)), the allocation of Neyman that takes nothing away.

    Args:
        parts: ``(n_strata,)`` what each stratum adds to the variance now.
        counts: ``(n_strata,)`` samples in each.
        pixels: ``(n_strata,)`` pixels in each; NaN where unknown.
    """
    most = np.where(np.isfinite(pixels), pixels, np.inf)
    roots = np.sqrt(parts * counts)

    def allocated(constant: float) -> FloatArray:
        return np.minimum(np.maximum(counts, constant * roots), np.maximum(most, counts))

    def variance(sizes: FloatArray) -> float:
        left = np.where(sizes >= most, 0.0, 1.0)
        return float((left * parts * counts / np.maximum(sizes, 1.0)).sum())

    wanted = parts.sum() / 4.0
    low, high = 0.0, 4.0 * float(counts.sum()) / max(float(roots[roots > 0].min()), 1e-300)
    for _ in range(_STEPS):
        middle = (low + high) / 2.0
        low, high = (low, middle) if variance(allocated(middle)) <= wanted else (middle, high)
    more = np.ceil(allocated(high) - counts - 1e-6).astype(np.int64)
    return more, math.isclose(high, low, rel_tol=1e-3) and variance(
        counts.astype(np.float64) + more.astype(np.float64)
    ) <= wanted * 1.001
