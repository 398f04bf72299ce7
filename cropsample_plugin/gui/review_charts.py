"""One sample's series against the profiles of its own class and of the suggested one, as a chart."""

from __future__ import annotations

from datetime import date
from typing import Any, Dict, List, Optional, Sequence, Tuple

from qgis.core import QgsFeature
from qgis.PyQt.QtCore import QCoreApplication

from cropsample_plugin.gui.label_review_session import ReviewSample
from cropsample_plugin.gui.review_series import Profile, SeriesSource
from cropsample_plugin.gui.series_chart import ClassProfile, PlottedSeries, SeasonSpan, SeriesChart, SeriesStyle

FEWEST_SUPPORTED = 10
GIVEN_COLOR, SUGGESTED_COLOR, SAMPLE_COLOR = "#2f7ed8", "#d1661a", "#c2489b"


class ReviewCharts:
    """Makes the charts of a review; remembers the profiles of classes.

    Args:
        source: where series come from.
        samples: all samples; those whose label the series supports make the profile of a class, or, where they are
            fewer than `FEWEST_SUPPORTED`, all that it does not contradict.
    """

    def __init__(self, source: SeriesSource, samples: Sequence[ReviewSample]) -> None:
        self.source = source
        self._by_class: Dict[str, List[ReviewSample]] = {}
        for sample in samples:
            if sample.quality != "Remove":
                self._by_class.setdefault(sample.label, []).append(sample)
        self._profiles: Dict[Tuple[str, str], Optional[Profile]] = {}

    def chart(self, sample: ReviewSample, feature: QgsFeature, band: str) -> Optional[SeriesChart]:
        """Return the chart of a sample; None where it has no series."""
        positions, values = self.source.series(sample, feature, band)
        if not positions:
            return None
        series = PlottedSeries(
            _tr("sample {}").format(sample.sample_id), SAMPLE_COLOR, positions, values, style=SeriesStyle.LINE
        )
        profiles = []
        for label, color in ((sample.label, GIVEN_COLOR), (sample.suggested, SUGGESTED_COLOR)):
            profile = self._profile(label, band) if label else None
            if profile is not None and len(profile.mean) == len(positions):
                name = label if self._is_supported(label) else _tr("{}, few supported").format(label)
                profiles.append(ClassProfile(name, color, positions, profile.mean, profile.spread, profile.n_samples))
        return SeriesChart("", band, [series], _seasons(sample, positions), profiles)

    def _profile(self, label: str, band: str) -> Optional[Profile]:
        if (label, band) not in self._profiles:
            chosen = self._by_class.get(label, [])
            if self._is_supported(label):
                chosen = _supported(chosen)
            self._profiles[label, band] = self.source.profile(chosen, band)
        return self._profiles[label, band]

    def _is_supported(self, label: str) -> bool:
        return len(_supported(self._by_class.get(label, []))) >= FEWEST_SUPPORTED


def _supported(samples: Sequence[ReviewSample]) -> List[ReviewSample]:
    return [sample for sample in samples if sample.quality == "Keep"]


def _seasons(sample: ReviewSample, positions: Sequence[Any]) -> List[SeasonSpan]:
    """Return the sample's season, where the positions are dates and the season is known."""
    if not isinstance(positions[0], date) or not (sample.season_dates[0] and sample.season_dates[2]):
        return []
    start, peak, end = (date.fromisoformat(text[:10]) if text else None for text in sample.season_dates)
    return [SeasonSpan(start, peak, end, _tr("season"))]


def _tr(text: str) -> str:
    return QCoreApplication.translate("LabelReview", text)
