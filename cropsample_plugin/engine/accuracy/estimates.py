"""Accuracies and areas of a map with their errors, from a reference sample of any design.

Rows of an error matrix are map classes, columns are reference classes.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from cropsample_plugin.engine.accuracy.designs import WITH_STRATA, FloatArray, IntArray, SampleDesign
from cropsample_plugin.engine.accuracy.intervals import across_strata, interval_named, quantile

BoolArray = npt.NDArray[np.bool_]

_TINY = 1e-12


@dataclass(frozen=True)
class Labels:
    """What the map and the reference say at the samples.

    Attributes:
        classes: ``(n_classes,)`` names of all classes of map and reference.
        map_codes: ``(n_samples,)`` class of the map at each sample.
        memberships: ``(n_samples, n_classes)`` share of each class in the labels of a sample; rows add up to 1. With
            one label per sample a single 1.
    """

    classes: tuple[str, ...]
    map_codes: IntArray
    memberships: FloatArray

    @property
    def on_map(self) -> FloatArray:
        """``(n_samples, n_classes)`` 1 where the map has the class, else 0."""
        indicators: FloatArray = np.eye(len(self.classes))[self.map_codes]
        return indicators


@dataclass(frozen=True)
class Estimate:
    """Shares with their errors, one per class or one alone.

    Attributes:
        values: estimates in [0, 1]; NaN where the sample says nothing.
        errors: standard errors.
        low, high: ends of the confidence intervals.
        n_samples: samples that the share is a share of.
    """

    values: FloatArray
    errors: FloatArray
    low: FloatArray
    high: FloatArray
    n_samples: FloatArray


@dataclass(frozen=True)
class Assessment:
    """What a reference sample says about a map or a region of it.

    Attributes:
        area: area of the region, in the unit of the design.
        overall: ``(1,)`` overall accuracy.
        users, producers, f1: ``(n_classes,)``.
        area_shares: ``(n_classes,)`` share of each class in the region's area, by the reference.
        counts: ``(n_classes, n_classes)`` samples; rows map, columns reference.
        proportions: ``(n_classes, n_classes)`` the same as shares of the area.
        n_samples: samples in the region.
    """

    area: float
    overall: Estimate
    users: Estimate
    producers: Estimate
    f1: Estimate
    area_shares: Estimate
    counts: FloatArray
    proportions: FloatArray
    n_samples: int

    def areas(self) -> Estimate:
        """Return the area of each class in the unit of the design."""
        found = self.area_shares
        values, errors = self.area * found.values, self.area * found.errors
        return Estimate(values, errors, self.area * found.low, self.area * found.high, found.n_samples)


@dataclass(frozen=True)
class IntervalRule:
    """How intervals are made.

    Attributes:
        confidence: level, such as 0.95.
        method: a name of `intervals.INTERVALS`, for accuracies.
        area_method: the same for areas.
    """

    confidence: float = 0.95
    method: str = "wilson"
    area_method: str = "wilson"


@dataclass(frozen=True)
class Region:
    """A part of the map.

    Attributes:
        is_inside: ``(n_samples,)`` True for its samples.
        area: its area in the unit of the design.
    """

    is_inside: BoolArray
    area: float


@dataclass(frozen=True)
class Ratios:
    """Ratios of totals.

    Attributes:
        values: ``(n_ratios,)``, NaN where the denominator is zero.
        residuals: ``(n_samples, n_ratios)`` linearized residuals: the variance of their total is that of the ratio.
    """

    values: FloatArray
    residuals: FloatArray


def ratios(design: SampleDesign, numerators: FloatArray, denominators: FloatArray) -> Ratios:
    """Return the ratios of the totals of ``(n_samples, n_ratios)`` numerators and denominators."""
    below = design.totals(denominators)
    is_defined = below > _TINY * design.total_area
    safe = np.where(is_defined, below, 1.0)
    values = design.totals(numerators) / safe
    residuals = (numerators - values * denominators) / safe
    return Ratios(np.where(is_defined, values, np.nan), np.where(is_defined, residuals, 0.0))


def assess(
    design: SampleDesign,
    labels: Labels,
    rule: IntervalRule,
    region: Region | None = None,
    given_errors: FloatArray | None = None,
) -> Assessment:
    """Estimate accuracies and areas of a map, or of a region of it.

    Args:
        design: of all samples; a region needs those outside as well, for its errors.
        labels: of all samples.
        rule: how intervals are made.
        region: None for the whole map.
        given_errors: standard errors from elsewhere (bootstrap), in the order overall, user's, producer's, F1, area
            shares; None for those of the design.
    """
    inside = np.ones(design.n_samples) if region is None else region.is_inside.astype(np.float64)
    area = design.total_area if region is None else region.area
    numerators, denominators = _terms(labels, inside)
    found = ratios(design, numerators, denominators)
    errors = np.sqrt(np.maximum(design.variances(found.residuals), 0.0))
    errors[np.isnan(found.values)] = np.nan
    if given_errors is not None:
        errors = np.where(np.isnan(found.values), np.nan, given_errors)
    overall, users, producers, f1, shares = _intervals(design, found.values, errors, denominators, rule)
    if region is None and design.kind in WITH_STRATA and rule.area_method == "wilson":
        shares = _bounded_by_strata(design, labels, shares, quantile(rule.confidence))
    weighted = labels.on_map * (design.weights * inside)[:, None]
    total = max(float((design.weights * inside).sum()), _TINY)
    return Assessment(
        area,
        overall,
        users,
        producers,
        f1,
        shares,
        counts=(labels.on_map * inside[:, None]).T @ labels.memberships,
        proportions=weighted.T @ labels.memberships / total,
        n_samples=int(inside.sum()),
    )


def _terms(labels: Labels, inside: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return numerators and denominators of overall, user's and producer's accuracy, F1 and area shares, in columns."""
    mapped, member = labels.on_map * inside[:, None], labels.memberships * inside[:, None]
    both = labels.on_map * member
    everything = inside[:, None]
    numerators = np.hstack([both.sum(axis=1, keepdims=True), both, both, 2.0 * both, member])
    denominators = np.hstack([everything, mapped, member, mapped + member, everything.repeat(member.shape[1], axis=1)])
    return numerators, denominators


def _intervals(
    design: SampleDesign, values: FloatArray, errors: FloatArray, denominators: FloatArray, rule: IntervalRule
) -> list[Estimate]:
    """Return the estimates of each kind, split at the columns of `_terms`."""
    reach = quantile(rule.confidence, design.degrees_of_freedom)
    weighted = design.weights[:, None] * denominators
    squares = np.maximum((weighted**2).sum(axis=0), 1e-300)
    effective = weighted.sum(axis=0) ** 2 / squares
    counts = (denominators > 0).sum(axis=0).astype(np.float64)
    n_classes = (len(values) - 1) // 4
    edges = [0, 1, *(1 + n_classes * number for number in range(1, 5))]
    estimates = []
    for number, (start, stop) in enumerate(zip(edges[:-1], edges[1:])):
        method = rule.area_method if number == len(edges) - 2 else rule.method
        part = slice(start, stop)
        low, high = interval_named(method)(values[part], errors[part], effective[part], reach)
        estimates.append(Estimate(values[part], errors[part], low, high, counts[part]))
    return estimates


def _bounded_by_strata(design: SampleDesign, labels: Labels, shares: Estimate, reach: float) -> Estimate:
    """Return area shares; those in which no stratum shows any spread get their intervals from those of the strata."""
    is_sure = (shares.errors <= _TINY) & (shares.values > 0)
    if not is_sure.any():
        return shares
    groups, group_of = np.unique(design.groups, return_inverse=True)
    sizes = np.bincount(group_of).astype(np.float64)
    weights = np.bincount(group_of, weights=design.weights)
    members = np.zeros((len(groups), labels.memberships.shape[1]))
    np.add.at(members, group_of, labels.memberships)
    low, high = across_strata(members / sizes[:, None], sizes, weights / weights.sum(), reach)
    return replace(shares, low=np.where(is_sure, low, shares.low), high=np.where(is_sure, high, shares.high))
