"""Several maps against one reference: scores of each, and paired differences with intervals."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import stats

from cropsample_plugin.engine.accuracy.designs import (
    POST_STRATIFIED,
    DesignInput,
    FloatArray,
    IntArray,
    SampleDesign,
    Strata,
    make_design,
)
from cropsample_plugin.engine.accuracy.estimates import Assessment, IntervalRule, Labels, assess, ratios
from cropsample_plugin.engine.accuracy.intervals import quantile

BoolArray = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class MapScore:
    """How one map does.

    Attributes:
        name: of the map.
        found: accuracies; counts with rows map, columns reference.
        f1_bounds: ``(n_classes,)`` errors of user's and producer's accuracy carried into F1 as if both were off the
            same way at once: not a standard error, but what some published tables give.
    """

    name: str
    found: Assessment
    f1_bounds: FloatArray


@dataclass(frozen=True)
class PairedDifference:
    """First map less second, on the same samples.

    Attributes:
        first, second: names.
        accuracy, accuracy_error, accuracy_low, accuracy_high: difference of overall accuracy.
        f1, f1_error, f1_low, f1_high: difference of F1 of the class of interest, or of the mean F1.
        only_first, only_second: samples that only one of them has right.
        mcnemar_p: probability of so uneven a split if both were equally accurate (exact binomial); for samples of equal
            weight.
    """

    first: str
    second: str
    accuracy: float
    accuracy_error: float
    accuracy_low: float
    accuracy_high: float
    f1: float
    f1_error: float
    f1_low: float
    f1_high: float
    only_first: int
    only_second: int
    mcnemar_p: float


def score_map(design: SampleDesign, labels: Labels, name: str, rule: IntervalRule) -> MapScore:
    """Return the scores of one map under a design."""
    found = assess(design, labels, rule)
    return MapScore(name, found, f1_bounds(found))


def own_strata_design(map_codes: IntArray, n_classes: int) -> SampleDesign:
    """Return the design of published intercomparisons: strata are map classes, their areas those of the sample."""
    counts = np.bincount(map_codes, minlength=n_classes).astype(np.float64)
    names = tuple(str(number) for number in range(n_classes))
    strata = Strata(map_codes, names, counts, np.full(n_classes, np.nan))
    given = DesignInput(POST_STRATIFIED, float(counts.sum()), np.ones(len(map_codes)), strata=strata)
    return make_design(given)


def f1_bounds(found: Assessment) -> FloatArray:
    """Return the worst-case error of F1 = 2 U P / (U + P) from those of U and P, added without signs."""
    users, producers = found.users.values, found.producers.values
    above = users * found.producers.errors + producers * found.users.errors
    with np.errstate(invalid="ignore", divide="ignore"):
        total = users + producers
        bounds: FloatArray = 2.0 * above / total + 2.0 * users * producers * (
            found.users.errors + found.producers.errors
        ) / (total**2)
    return bounds


def paired_difference(
    design: SampleDesign, pair: tuple[Labels, Labels], names: tuple[str, str], confidence: float, of_class: int | None
) -> PairedDifference:
    """Compare two maps on the same samples; what they have in common does not count as error.

    Args:
        design: of the samples, the same for both.
        pair: labels of both maps.
        names: their names.
        confidence: level of the intervals.
        of_class: the class whose F1 is compared; None for the mean of all.
    """
    reach = quantile(confidence, design.degrees_of_freedom)
    right = [(labels.on_map * labels.memberships).sum(axis=1) for labels in pair]
    accuracy, accuracy_residuals = _difference(design, [(hits[:, None], np.ones((len(hits), 1))) for hits in right])
    f1, f1_residuals = _difference(design, [_f1_terms(labels, of_class) for labels in pair])
    errors = np.sqrt(np.maximum(design.variances(np.stack([accuracy_residuals, f1_residuals], axis=1)), 0.0))
    only_first = int(((right[0] > 0.5) & (right[1] <= 0.5)).sum())  # noqa: PLR2004 - right by most labels
    only_second = int(((right[1] > 0.5) & (right[0] <= 0.5)).sum())  # noqa: PLR2004 - the same
    n_uneven = only_first + only_second
    p_value = float(stats.binomtest(only_first, n_uneven).pvalue) if n_uneven else 1.0
    return PairedDifference(
        *names,
        accuracy,
        float(errors[0]),
        accuracy - reach * float(errors[0]),
        accuracy + reach * float(errors[0]),
        f1,
        float(errors[1]),
        f1 - reach * float(errors[1]),
        f1 + reach * float(errors[1]),
        only_first,
        only_second,
        p_value,
    )


def _f1_terms(labels: Labels, of_class: int | None) -> tuple[FloatArray, FloatArray]:
    both, either = 2.0 * labels.on_map * labels.memberships, labels.on_map + labels.memberships
    return (both, either) if of_class is None else (both[:, [of_class]], either[:, [of_class]])


def _difference(design: SampleDesign, terms: list[tuple[FloatArray, FloatArray]]) -> tuple[float, FloatArray]:
    """Return the difference of two means of ratios and its linearized residuals."""
    values, residuals = [], []
    for above, below in terms:
        found = ratios(design, above, below)
        known = np.isfinite(found.values)
        values.append(float(found.values[known].mean()) if known.any() else float("nan"))
        residuals.append(found.residuals[:, known].mean(axis=1) if known.any() else np.zeros(design.n_samples))
    return values[0] - values[1], residuals[0] - residuals[1]
