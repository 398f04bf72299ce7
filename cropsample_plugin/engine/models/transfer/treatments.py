"""The four treatments of fine-tuning of Luo et al. 2025 (arXiv 2507.12590, methods.md 5.5).

R1 trains all layers on the samples as they are. R2 draws each class alike often and weights the loss by inverse
frequency too. R3 trains the head alone on a balanced subset. R4 trains the head on a balanced subset, then draws
each class alike often with loss weights ``1 / sqrt(n_c)`` of mean 1; as in the study only the head moves.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cropsample_plugin.engine.errors import InputError
from cropsample_plugin.engine.models.network_training import Draw

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
BATCH_SIZE = 32
STOPPING_SHARE = 0.25
"""Of 4,000 labels the study learns from 3,000."""


@dataclass(frozen=True)
class Stage:
    """One run of the training loop.

    Attributes:
        head_only: True to train the last layers alone.
        n_epochs: that are run; the weights of the lowest validation loss are kept.
        drawing: ``all`` samples once; ``balanced``: as many of each class as the smallest has; ``weighted``: as many
            draws as samples, each class alike likely.
        loss_weights: ``none``, ``inverse`` or ``inverse_root`` of the class counts.
    """

    head_only: bool
    n_epochs: int
    drawing: str = "all"
    loss_weights: str = "none"


TREATMENTS: dict[str, tuple[Stage, ...]] = {
    "R1": (Stage(head_only=False, n_epochs=40),),
    "R2": (Stage(head_only=False, n_epochs=40, drawing="weighted", loss_weights="inverse"),),
    "R3": (Stage(head_only=True, n_epochs=40, drawing="balanced"),),
    "R4": (
        Stage(head_only=True, n_epochs=20, drawing="balanced"),
        Stage(head_only=True, n_epochs=20, drawing="weighted", loss_weights="inverse_root"),
    ),
}


def treatment_stages(name: str) -> tuple[Stage, ...]:
    """Return the stages of a treatment; `InputError` names those there are."""
    if name not in TREATMENTS:
        raise InputError(f"There is no treatment '{name}'.", f"Choose one of: {', '.join(TREATMENTS)}.")
    return TREATMENTS[name]


def class_weights(counts: IntArray, rule: str) -> FloatArray:
    """Return ``(n_classes,)`` weights of the loss of mean 1 over the classes present; 0 for those absent.

    ``inverse`` is ``1 / n_c`` and ``inverse_root`` is ``1 / sqrt(n_c)``, each divided by its mean: counts of 2, 1
    and 7 give 0.913, 1.826 and 0.261 with ``inverse``.
    """
    present = counts > 0
    safe = np.where(present, counts, 1).astype(np.float64)
    raw = {"none": np.ones(len(counts)), "inverse": 1.0 / safe, "inverse_root": 1.0 / np.sqrt(safe)}[rule]
    weights: FloatArray = np.where(present, raw, 0.0)
    weights /= weights[present].mean()
    return weights


def drawer(classes: IntArray, drawing: str, seed: int) -> Draw:
    """Return what gives the rows of an epoch, for ``(n,)`` classes."""

    def every_once(rng: np.random.Generator) -> IntArray:
        return rng.permutation(len(classes))

    def balanced(rng: np.random.Generator) -> IntArray:
        return rng.permutation(subset)

    def weighted(rng: np.random.Generator) -> IntArray:
        return rng.choice(len(classes), size=len(classes), p=chances)

    counts = np.bincount(classes)
    chances = 1.0 / counts[classes] / np.count_nonzero(counts)
    subset = balanced_rows(classes, seed)
    return {"all": every_once, "balanced": balanced, "weighted": weighted}[drawing]


def balanced_rows(classes: IntArray, seed: int) -> IntArray:
    """Return rows with as many of each class as the smallest class has; the same seed draws the same ones."""
    rng = np.random.default_rng(seed)
    present, counts = np.unique(classes, return_counts=True)
    rows = [rng.permutation(np.flatnonzero(classes == item))[: counts.min()] for item in present]
    return np.sort(np.concatenate(rows))
