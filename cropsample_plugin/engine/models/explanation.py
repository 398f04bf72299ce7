"""What a model looks at, where it is unsure, what it confuses: from predictions on samples that it did not see."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cropsample_plugin.engine.models.evaluation import Evaluation
from cropsample_plugin.engine.models.fitting import Predictor
from cropsample_plugin.engine.models.metrics import error_matrix, macro_f1
from cropsample_plugin.engine.models.training_set import TrainingSet

FloatArray = npt.NDArray[np.float64]

_MOST_SAMPLES = 2000
_N_REPEATS = 5
_MOST_PAIRS = 4
_MOST_EXAMPLES = 3
_UNSURE_MARGIN = 0.2


@dataclass(frozen=True)
class Importance:
    """How much macro F1 falls when values are shuffled among the samples (Breiman 2001, by groups of features).

    Attributes:
        macro_f1: of the model on the samples as they are.
        steps: ``(n_timesteps, 2)`` mean and standard deviation of the fall, all bands of a date shuffled together.
        bands: ``(n_bands + n_static, 2)`` the same, all dates of a band together; static bands last.
        n_samples: samples it was measured on.
    """

    macro_f1: float
    steps: FloatArray
    bands: FloatArray
    n_samples: int


@dataclass(frozen=True)
class ConfusedPair:
    """Samples of one class that were mapped as another.

    Attributes:
        reference, mapped: indices of the classes.
        n_samples: how many.
        share: of the reference class's samples.
        examples: rows of the training set, the most confidently wrong first.
    """

    reference: int
    mapped: int
    n_samples: int
    share: float
    examples: npt.NDArray[np.int64]


@dataclass(frozen=True)
class Certainty:
    """How sure a model is of the samples of one class.

    Attributes:
        class_index: the class, by the reference.
        probability: mean probability of the class that was mapped.
        unsure: share of samples whose two likeliest classes are less than 0.2 apart.
        accuracy_sure, accuracy_unsure: share mapped right among either; NaN without any.
    """

    class_index: int
    probability: float
    unsure: float
    accuracy_sure: float
    accuracy_unsure: float


def permutation_importance(
    predictor: Predictor, samples: TrainingSet, rows: npt.NDArray[np.int64], seed: int
) -> Importance:
    """Measure what a model looks at.

    Args:
        predictor: the model.
        samples: all samples.
        rows: those that the model did not see; of more than 2,000, as many are drawn.
        seed: decides draw and shuffles.
    """
    rng = np.random.default_rng(seed)
    if len(rows) > _MOST_SAMPLES:
        rows = np.sort(rng.choice(rows, _MOST_SAMPLES, replace=False))
    values, static = samples.values[rows], samples.static_values[rows]
    reference = samples.class_indices[rows]

    def score(series: npt.NDArray[np.float32], statics: npt.NDArray[np.float32]) -> float:
        mapped = predictor.predict_probabilities(series, statics).argmax(axis=1)
        return macro_f1(error_matrix(mapped, reference, samples.n_classes))

    whole = score(values, static)

    def fall(place: tuple[slice, slice] | int) -> tuple[float, float]:
        falls = []
        for _ in range(_N_REPEATS):
            order = rng.permutation(len(rows))
            series, statics = values, static
            if isinstance(place, int):
                statics = static.copy()
                statics[:, place] = static[order, place]
            else:
                series = values.copy()
                series[:, place[0], place[1]] = values[order][:, place[0], place[1]]
            falls.append(whole - score(series, statics))
        return float(np.mean(falls)), float(np.std(falls))

    every = slice(None)
    _, n_steps, n_bands = values.shape
    steps = np.array([fall((slice(step, step + 1), every)) for step in range(n_steps)])
    bands = [fall((every, slice(band, band + 1))) for band in range(n_bands)]
    bands += [fall(column) for column in range(static.shape[1])]
    return Importance(whole, steps, np.array(bands).reshape(-1, 2), len(rows))


def confused_pairs(evaluation: Evaluation, samples: TrainingSet) -> list[ConfusedPair]:
    """Return the pairs of classes confused most often, with samples to look at."""
    counts = evaluation.matrix.astype(np.int64).copy()
    np.fill_diagonal(counts, 0)
    totals = evaluation.matrix.sum(axis=0)
    reference = samples.class_indices[evaluation.test_rows]
    mapped = evaluation.probabilities.argmax(axis=1)
    pairs = []
    for place in np.argsort(-counts.ravel(), kind="stable")[:_MOST_PAIRS]:
        said, true = divmod(int(place), len(counts))
        if counts[said, true] == 0:
            break
        wrong = np.flatnonzero((mapped == said) & (reference == true))
        surest = wrong[np.argsort(-evaluation.probabilities[wrong, said], kind="stable")][:_MOST_EXAMPLES]
        share = float(counts[said, true] / totals[true])
        pairs.append(ConfusedPair(true, said, int(counts[said, true]), share, evaluation.test_rows[surest]))
    return pairs


def certainties(evaluation: Evaluation, samples: TrainingSet) -> list[Certainty]:
    """Return how sure the model is of each class that was tested."""
    reference = samples.class_indices[evaluation.test_rows]
    ordered = np.sort(evaluation.probabilities, axis=1)
    is_right = evaluation.probabilities.argmax(axis=1) == reference
    is_unsure = (
        ordered[:, -1] - ordered[:, -2] < _UNSURE_MARGIN if ordered.shape[1] > 1 else np.zeros(len(ordered), bool)
    )
    found = []
    for index in range(samples.n_classes):
        own = reference == index
        if own.any():
            found.append(
                Certainty(
                    index,
                    float(ordered[own, -1].mean()),
                    float(is_unsure[own].mean()),
                    _mean(is_right[own & ~is_unsure]),
                    _mean(is_right[own & is_unsure]),
                )
            )
    return found


def _mean(values: npt.NDArray[np.bool_]) -> float:
    return float(values.mean()) if len(values) else float("nan")
