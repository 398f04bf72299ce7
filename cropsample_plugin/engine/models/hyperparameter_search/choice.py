"""Which of the trials to recommend: the best score, or the knee of score against time."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from cropsample_plugin.engine.errors import InputError, SamplesError
from cropsample_plugin.engine.knee import knee_position

SCORE = "score"
KNEE = "knee"
CHOICES = (SCORE, KNEE)


@dataclass(frozen=True)
class Trial:
    """One setting that was tried.

    Attributes:
        number: 1 is the model's default.
        values: the hyperparameters that were searched.
        scores: macro F1 of each fold that was run.
        seconds: mean time of training and testing a fold.
        state: ``done``; ``stopped``: after some folds worse than most others; ``failed``.
        reason: why it failed.
    """

    number: int
    values: dict[str, Any]
    scores: tuple[float, ...] = field(default=())
    seconds: float = 0.0
    state: str = "done"
    reason: str = ""

    @property
    def macro_f1(self) -> float:
        """Mean macro F1 of the folds that were run, NaN without any."""
        return float(np.mean(self.scores)) if self.scores else float("nan")


def pareto_front(trials: list[Trial]) -> list[Trial]:
    """Return the finished trials that no other beats in both time and score, fastest first."""
    front: list[Trial] = []
    done = [trial for trial in trials if trial.state == "done"]
    for trial in sorted(done, key=lambda item: (item.seconds, -item.macro_f1, item.number)):
        if not front or trial.macro_f1 > front[-1].macro_f1:
            front.append(trial)
    return front


def choose_trial(trials: list[Trial], choice: str) -> Trial:
    """Return the trial to recommend.

    Args:
        trials: all that were tried.
        choice: ``score``: best mean macro F1, of equals the first; ``knee``: where the front of score against time
            bends most (Kneedle, sensitivity 1; Pandžić et al.), the best score where it does not bend.

    Raises:
        InputError: another choice.
        SamplesError: no trial finished.
    """
    if choice not in CHOICES:
        raise InputError(f"There is no choice '{choice}'.", f"Choose one of: {', '.join(CHOICES)}.")
    done = [trial for trial in trials if trial.state == "done"]
    if not done:
        reasons = sorted({trial.reason for trial in trials if trial.reason})
        raise SamplesError(
            "No setting could be trained. " + " ".join(reasons[:3]),
            "Check the samples, or allow more time.",
        )
    if choice == KNEE:
        front = pareto_front(done)
        knee = knee_position(np.array([t.seconds for t in front]), np.array([t.macro_f1 for t in front]))
        if knee is not None:
            return front[knee]
    return max(done, key=lambda trial: (trial.macro_f1, -trial.number))
