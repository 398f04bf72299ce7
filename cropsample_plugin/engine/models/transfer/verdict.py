"""Which model to use in the target, and why: transfer only if it beats the source model as it is."""

from __future__ import annotations

import math
from dataclasses import dataclass

from cropsample_plugin.engine.models.transfer.trial import NAIVE, SCRATCH, TRANSFER, Difference, Trial

MANY_LABELS = 8000
"""Of methods.md 5.6: from about so many target labels on, training from scratch won in nearly all cases."""


@dataclass(frozen=True)
class Verdict:
    """A recommendation.

    Attributes:
        use: ``naive``, ``transfer`` or ``scratch``.
        is_proven: True when test samples speak for it.
        sentences: what to use and why.
    """

    use: str
    is_proven: bool
    sentences: tuple[str, ...]


def judge(trial: Trial | None, strategy: str) -> Verdict:
    """Recommend the candidate with the best mean macro F1; of equals the one that asks for less.

    Args:
        trial: the scores; None where the target has no labels to test with.
        strategy: of the transfer, for the words.
    """
    if trial is None:
        told = (
            f"Not proven: the target has no labels, so that nobody knows whether '{strategy}' beats the source model. "
            "Label some 50 parcels at random and run this again."
        )
        return Verdict(TRANSFER, is_proven=False, sentences=(told,))
    means = {name: item.mean("macro_f1") for name, item in trial.candidates.items()}
    order = [name for name in (NAIVE, TRANSFER, SCRATCH) if name in means]
    best = max(order, key=lambda name: (_known(means[name]), -order.index(name)))
    return Verdict(best, is_proven=True, sentences=_sentences(best, means, trial, strategy))


def _sentences(best: str, means: dict[str, float], trial: Trial, strategy: str) -> tuple[str, ...]:
    names = {
        NAIVE: "the source model as it is",
        TRANSFER: f"the transfer ({strategy})",
        SCRATCH: "a model from scratch",
    }
    shown = ", ".join(f"{names[name]} {value:.3f}" for name, value in means.items())
    sentences = [f"Use {names[best]}. Macro F1 on untouched parcels: {shown}."]
    if best != TRANSFER and means[TRANSFER] <= means[NAIVE]:
        sentences.append("The transfer does not beat the source model as it is: do not use it.")
    doubtful = [item for item in trial.differences if best in (item.first, item.second) and not _is_clear(item)]
    for item in doubtful:
        other = item.second if item.first == best else item.first
        sentences.append(
            f"Against {names[other]} the difference may be chance: {item.difference:+.3f}, 95 % interval "
            f"{_text(item.low)} to {_text(item.high)}. More labeled parcels would tell."
        )
    if trial.n_adapt >= MANY_LABELS and best != SCRATCH:
        sentences.append("With so many labels a model from scratch usually wins: look at it again with other models.")
    return tuple(sentences)


def _is_clear(item: Difference) -> bool:
    return math.isfinite(item.low) and not item.low <= 0.0 <= item.high


def _known(value: float) -> float:
    return value if math.isfinite(value) else -1.0


def _text(value: float) -> str:
    return f"{value:+.3f}" if math.isfinite(value) else "unknown"
