"""What was found about each label: category, evidence, reason, weight; the same for every method."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from cropsample_plugin.engine.errors import InputError
from cropsample_plugin.engine.labels.votes import NO_LABEL, Column, FloatArray, IntArray

KEEP = "Keep"
SUSPECT = "Suspect"
REMOVE = "Remove"
DATA_GAP = "DataGap"
NOT_JUDGED = "NA"
LARGEST_SCALE = 3.0
CATEGORIES = (KEEP, SUSPECT, REMOVE, DATA_GAP, NOT_JUDGED)


@dataclass(frozen=True)
class CategoryWeights:
    """How much a sample of each category counts in training, 0 or more.

    Attributes:
        keep, suspect, remove, data_gap, not_judged: weight of each category. Remove counts a little: some of these
            labels are right, and they are what is left of the unusual ones of small classes.
        keeps_class_shares: scale each class so that it weighs as much in all as it has samples, at most
            `LARGEST_SCALE` times: otherwise small classes, whose labels are contradicted most, vanish.
    """

    keep: float = 1.0
    suspect: float = 0.5
    remove: float = 0.05
    data_gap: float = 0.3
    not_judged: float = 0.5
    keeps_class_shares: bool = True

    def of(self, categories: Column, codes: IntArray) -> FloatArray:
        """Return ``(n_samples,)`` weights.

        Args:
            categories: ``(n_samples,)`` category of each sample.
            codes: ``(n_samples,)`` its label.

        Raises:
            InputError: a weight is negative.
        """
        values = (self.keep, self.suspect, self.remove, self.data_gap, self.not_judged)
        if min(values) < 0:
            raise InputError("A weight is negative.", "Weights are 0 or more.")
        by_name = dict(zip(CATEGORIES, values))
        weights = np.array([by_name[name] for name in categories], dtype=np.float64)
        if self.keeps_class_shares:
            for code in np.unique(codes):
                rows = codes == code
                total = weights[rows].sum()
                weights[rows] *= min(LARGEST_SCALE, rows.sum() / total) if total > 0 else 1.0
        return weights


@dataclass(frozen=True)
class IndexRow:
    """The indices chosen for a class in a season."""

    code: int
    season: str
    chosen: tuple[str, ...]
    scores: dict[str, float]
    n_own: int
    n_rest: int


@dataclass(frozen=True)
class MapPicture:
    """One map for the report.

    Attributes:
        title: what was compared, and by which indices.
        side: neurons along a side.
        counts: ``(n_neurons, n_classes)`` samples of each class in each neuron.
        rows: ``(n_mapped,)`` which samples lie on the map.
        neurons: ``(n_mapped,)`` the neuron of each.
    """

    title: str
    side: int
    counts: FloatArray
    rows: IntArray
    neurons: IntArray


@dataclass
class QualityResult:
    """What was found about each sample; filled in step by step.

    Attributes:
        category: ``(n_samples,)`` one of `CATEGORIES`.
        reason: ``(n_samples,)`` why, in words.
        prior, posterior, margin: ``(n_samples,)`` evidence for the sample's own label, NaN where there is none;
            a method without neurons gives its own probability as prior.
        suggested: ``(n_samples,)`` code of the class the evidence speaks for, `NO_LABEL` where it is the label.
        indices: ``(n_samples,)`` indices used, "" for none.
        scope: ``(n_samples,)`` what it was compared with: its season, seasons of its kind, or all samples.
        index_rows: indices chosen by class and season.
        maps: maps for the report.
    """

    category: Column
    reason: Column
    prior: FloatArray
    posterior: FloatArray
    margin: FloatArray
    suggested: IntArray
    indices: Column
    scope: Column
    index_rows: list[IndexRow] = field(default_factory=list)
    maps: list[MapPicture] = field(default_factory=list)

    @classmethod
    def empty(cls, n_samples: int) -> QualityResult:
        """Return a result in which nothing is judged yet."""
        numbers = [np.full(n_samples, np.nan) for _ in range(3)]
        texts = [np.full(n_samples, text, dtype=object) for text in (NOT_JUDGED, "", "", "")]
        suggested = np.full(n_samples, NO_LABEL, dtype=np.int64)
        return cls(texts[0], texts[1], numbers[0], numbers[1], numbers[2], suggested, texts[2], texts[3])
