"""Models side by side: which is better on the same test samples, and whether that is more than chance.

Sources: Nadeau and Bengio 2003 (variance of fold differences, whose training samples overlap), McNemar 1947 (the
samples on which two models differ; exact binomial test).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cropsample_plugin.engine.models.evaluation import Evaluation

_TWO = 2


@dataclass(frozen=True)
class PairedDifference:
    """How a model does against another on the same folds.

    Attributes:
        first, second: names of the models.
        difference: mean over the folds of macro F1 of the first minus that of the second.
        low, high: 95 % confidence interval of the difference; NaN with one fold.
        p_value: of no difference; of McNemar's test with one fold.
        n_first_only, n_second_only: test samples that the first, or the second, alone gets right.
        mcnemar_p: exact p-value of the two counts being equal by chance; samples of one parcel count as independent.
    """

    first: str
    second: str
    difference: float
    low: float
    high: float
    p_value: float
    n_first_only: int
    n_second_only: int
    mcnemar_p: float


def compare_pair(
    names: tuple[str, str], evaluations: tuple[Evaluation, Evaluation], reference: npt.NDArray[np.int64]
) -> PairedDifference:
    """Compare two evaluations over the same folds.

    Args:
        names: of the models.
        evaluations: of the models, over the same folds.
        reference: ``(n_samples,)`` class of every sample of the training set.
    """
    first, second = evaluations
    scores = [np.array([fold.macro_f1 for fold in evaluation.folds]) for evaluation in evaluations]
    low, high, p_value = corrected_interval(scores[0] - scores[1], first)
    right = [item.probabilities.argmax(axis=1) == reference[item.test_rows] for item in evaluations]
    only = [int((right[0] & ~right[1]).sum()), int((right[1] & ~right[0]).sum())]
    mcnemar = mcnemar_p(*only)
    difference = float(np.nanmean(scores[0] - scores[1])) if len(first.folds) > 1 else first.macro_f1 - second.macro_f1
    p_value = p_value if math.isfinite(p_value) else mcnemar
    return PairedDifference(*names, difference, low, high, p_value, only[0], only[1], mcnemar)


def corrected_interval(differences: npt.NDArray[np.float64], evaluation: Evaluation) -> tuple[float, float, float]:
    """Return low, high and p-value of a mean fold difference, with ``(1 / k + n_test / n_train) * variance``."""
    from scipy.stats import t as student

    known = differences[np.isfinite(differences)]
    if len(known) < _TWO:
        return math.nan, math.nan, math.nan
    ratio = float(np.mean([fold.n_test / fold.n_train for fold in evaluation.folds]))
    error = math.sqrt((1.0 / len(known) + ratio) * float(known.var(ddof=1)))
    mean = float(known.mean())
    if error == 0.0:
        return mean, mean, 1.0 if mean == 0.0 else 0.0
    width = float(student.ppf(0.975, len(known) - 1)) * error
    return mean - width, mean + width, float(2.0 * student.sf(abs(mean) / error, len(known) - 1))


def mcnemar_p(n_first_only: int, n_second_only: int) -> float:
    """Return the exact two-sided p-value of McNemar's test."""
    from scipy.stats import binomtest

    total = n_first_only + n_second_only
    return float(binomtest(n_first_only, total).pvalue) if total else 1.0
