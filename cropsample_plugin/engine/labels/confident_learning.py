"""Confident learning: labels that held-out models confidently contradict.

A sample counts as class j when its held-out probability of j reaches the mean such probability of the samples labeled
j. Where that class is not its label, the label is an issue: the off-diagonal of the confident joint. Source: Northcutt
et al. 2021, Journal of Artificial Intelligence Research 70:1373; checked against cleanlab's ``confident_learning``
filter in the tests.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cropsample_plugin.engine.labels.quality_result import KEEP, REMOVE, SUSPECT, QualityResult
from cropsample_plugin.engine.labels.votes import NO_LABEL, IntArray, Label
from cropsample_plugin.engine.progress import Progress, raise_if_canceled

FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True)
class ConfidentSettings:
    """How held-out probabilities are made.

    Attributes:
        n_folds: folds; samples of one group are held out together.
        n_trees: trees of the random forest.
        seed: seed of folds and trees.
        threads: threads to use.
    """

    n_folds: int = 5
    n_trees: int = 200
    seed: int = 42
    threads: int = 1


def held_out_probabilities(
    features: npt.NDArray[np.float32],
    codes: IntArray,
    groups: IntArray,
    settings: ConfidentSettings,
    progress: Progress,
) -> FloatArray:
    """Return ``(n_samples, n_classes)`` from random forests that did not see the sample, nor others of its group."""
    from sklearn.ensemble import RandomForestClassifier
    from sklearn.model_selection import StratifiedGroupKFold

    n_classes = int(codes.max()) + 1
    probabilities = np.zeros((len(codes), n_classes))
    folds = StratifiedGroupKFold(settings.n_folds, shuffle=True, random_state=settings.seed)
    for number, (train, test) in enumerate(folds.split(features, codes, groups)):
        raise_if_canceled(progress)
        forest = RandomForestClassifier(settings.n_trees, random_state=settings.seed, n_jobs=settings.threads)
        forest.fit(features[train], codes[train])
        probabilities[np.ix_(test, forest.classes_)] = forest.predict_proba(features[test])
        progress.report((number + 1) / settings.n_folds)
    return probabilities


def confident_classes(probabilities: FloatArray, codes: IntArray) -> IntArray:
    """Return ``(n_samples,)`` the class each sample confidently counts as, `NO_LABEL` where it counts as none."""
    n_classes = probabilities.shape[1]
    thresholds = np.array(
        [probabilities[codes == code, code].mean() if np.any(codes == code) else 2.0 for code in range(n_classes)]
    )
    confident = np.where(probabilities >= thresholds - 1e-6, probabilities, -1.0)
    best = confident.argmax(axis=1)
    return np.where(confident.max(axis=1) >= 0, best, NO_LABEL).astype(np.int64)


def is_confident_issue(probabilities: FloatArray, codes: IntArray) -> npt.NDArray[np.bool_]:
    """Return ``(n_samples,)``, True where another class is counted confidently and likelier than the label."""
    counted = confident_classes(probabilities, codes)
    result: npt.NDArray[np.bool_] = (counted != NO_LABEL) & (counted != codes) & (probabilities.argmax(axis=1) != codes)
    return result


def judge_by_confident_learning(
    probabilities: FloatArray, codes: IntArray, classes: tuple[Label, ...]
) -> QualityResult:
    """Remove labels that are contradicted confidently; suspect those that another class is likelier than."""
    rows = np.arange(len(codes))
    counted = confident_classes(probabilities, codes)
    likeliest = probabilities.argmax(axis=1)
    own = probabilities[rows, codes]
    others = probabilities.copy()
    others[rows, codes] = -1.0
    is_issue = is_confident_issue(probabilities, codes)
    result = QualityResult.empty(len(codes))
    result.prior[:] = own
    result.margin[:] = own - others.max(axis=1)
    result.category[:] = np.where(is_issue, REMOVE, np.where(likeliest == codes, KEEP, SUSPECT))
    result.suggested[:] = np.where(is_issue, counted, np.where(likeliest != codes, likeliest, NO_LABEL))
    result.scope[:] = "all samples"
    for row in rows:
        rival = classes[others[row].argmax()]
        result.reason[row] = (
            f"models that did not see it give its label {own[row]:.0%} and '{rival}' {others[row].max():.0%}"
        )
    return result
