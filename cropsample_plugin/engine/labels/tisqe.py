"""TISQE: does the series support a sample's label in its season?

Each sample is compared with samples of its own season; where its class has too few there, with seasons of the same
time of the year; and where that does not suffice, with all samples over the whole year. A class with too few samples
even then is not judged. Evidence comes from self-organizing maps of the class against all others.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Iterator

import numpy as np
import numpy.typing as npt

from cropsample_plugin.engine.errors import InputError
from cropsample_plugin.engine.labels.index_choice import IndexChoice, choose_indices
from cropsample_plugin.engine.labels.index_curves import IndexCurves, cut_windows
from cropsample_plugin.engine.labels.quality_input import QualitySamples, is_one_year
from cropsample_plugin.engine.labels.quality_result import (
    DATA_GAP,
    KEEP,
    NOT_JUDGED,
    REMOVE,
    SUSPECT,
    IndexRow,
    MapPicture,
    QualityResult,
)
from cropsample_plugin.engine.labels.sample_seasons import NO_SEASON, SampleSeasons
from cropsample_plugin.engine.labels.som_evidence import SomEvidence, SomSettings, som_evidence, standardised
from cropsample_plugin.engine.labels.votes import NO_LABEL, FloatArray, IntArray
from cropsample_plugin.engine.progress import Progress, StepProgress
from cropsample_plugin.engine.timeseries.seasons.clustering import YEAR_DAYS

SCOPES = ("season", "kind", "year")
_SCOPE_TEXTS = {"season": "its season", "kind": "seasons of its kind", "year": "all samples"}
_MOST_MAPS = 6


@dataclass(frozen=True)
class TisqeSettings:
    """Thresholds and sizes.

    Attributes:
        scope: the narrowest comparison: ``season``, ``kind`` (seasons of all years) or ``year`` (everything).
        min_samples: samples that a class, and all others, need in a comparison.
        n_steps: steps that a season is cut into.
        min_separability: J that an index needs, in [0, 2].
        keep_probability: prior and posterior that Keep needs.
        keep_margin: margin that Keep needs.
        remove_margin: margin at or below which a label is contradicted: Remove.
        season_border_days: days before and after a season that are looked at too.
        som: how maps are made.
    """

    scope: str = "year"
    min_samples: int = 20
    n_steps: int = 24
    min_separability: float = 0.0
    keep_probability: float = 0.6
    keep_margin: float = 0.05
    remove_margin: float = -0.2
    season_border_days: float = 20.0
    som: SomSettings = field(default_factory=SomSettings)


@dataclass(frozen=True)
class _Group:
    """Samples compared with one another, and the window of each one's curve."""

    scope: str
    name: str
    rows: IntArray
    starts: FloatArray
    ends: FloatArray


def judge_by_tisqe(
    samples: QualitySamples,
    indices: IndexCurves,
    seasons: SampleSeasons,
    settings: TisqeSettings,
    progress: Progress,
) -> QualityResult:
    """Judge every label.

    Raises:
        InputError: an unknown scope, or impossible thresholds.
    """
    if settings.scope not in SCOPES:
        raise InputError(f"There is no scope '{settings.scope}'.", f"Choose one of {', '.join(SCOPES)}.")
    if settings.remove_margin >= settings.keep_margin:
        raise InputError("The margin of Remove must be below that of Keep.")
    result = QualityResult.empty(samples.n_samples)
    usable = _set_aside(samples, indices, seasons, result)
    groups = list(_groups(samples, seasons, usable, settings))
    pending = usable.copy()
    for number, group in enumerate(groups):
        step = StepProgress(progress, number / len(groups), (number + 1) / len(groups))
        _judge_group(samples, indices, group, pending, settings, result, step)
    result.reason[pending] = f"its class has fewer than {settings.min_samples} samples to compare with"
    for row in np.flatnonzero(pending):
        if result.indices[row]:
            result.reason[row] = f"no index tells its class from the others ({result.indices[row]})"
            result.indices[row] = ""
    return result


def _set_aside(
    samples: QualitySamples, indices: IndexCurves, seasons: SampleSeasons, result: QualityResult
) -> npt.NDArray[np.bool_]:
    """Mark samples without a label, without a date or without observations; return the others."""
    is_empty = ~np.isfinite(indices.curves).all(axis=(1, 2))
    has_gap = (seasons.gaps != "") | is_empty
    result.category[has_gap] = DATA_GAP
    result.reason[has_gap] = np.where(is_empty, "no clear observation", seasons.gaps)[has_gap]
    undated = samples.date_problems != ""
    result.category[undated] = NOT_JUDGED
    result.reason[undated] = samples.date_problems[undated]
    unlabeled = samples.codes == NO_LABEL
    result.category[unlabeled] = NOT_JUDGED
    result.reason[unlabeled] = "it has no label"
    usable: npt.NDArray[np.bool_] = ~(has_gap | undated | unlabeled)
    return usable


def _groups(
    samples: QualitySamples, seasons: SampleSeasons, usable: npt.NDArray[np.bool_], settings: TisqeSettings
) -> Iterator[_Group]:
    with_season = usable & (seasons.kinds != NO_SEASON)
    narrowest = SCOPES.index(settings.scope)
    if narrowest == 0:
        keys = np.stack([seasons.years, seasons.kinds], axis=1)
        for year, kind in np.unique(keys[with_season], axis=0):
            rows = np.flatnonzero(with_season & (seasons.years == year) & (seasons.kinds == kind))
            yield _season_group("season", f"{year} season {kind + 1}", rows, samples, seasons, settings)
    if narrowest <= 1:
        for kind in np.unique(seasons.kinds[with_season]):
            rows = np.flatnonzero(with_season & (seasons.kinds == kind))
            yield _season_group("kind", f"season {kind + 1} of all years", rows, samples, seasons, settings)
    rows = np.flatnonzero(usable)
    starts, ends = _year_windows(samples, seasons, rows)
    yield _Group("year", "whole year", rows, starts, ends)


def _season_group(
    scope: str, name: str, rows: IntArray, samples: QualitySamples, seasons: SampleSeasons, settings: TisqeSettings
) -> _Group:
    kind = seasons.kinds[rows[0]]
    border = settings.season_border_days
    starts = _moved_to(seasons.starts[rows], samples.origins[rows], float(seasons.kind_starts[kind])) - border
    ends = _moved_to(seasons.ends[rows], samples.origins[rows], float(seasons.kind_ends[kind])) + border
    return _Group(scope, name, rows, starts, np.maximum(ends, starts + 1.0))


def _moved_to(days: FloatArray, origins: FloatArray, day_of_year: float) -> FloatArray:
    """Return the days nearest to the given ones that have a day of the year."""
    away = (day_of_year - (days + origins) + YEAR_DAYS / 2) % YEAR_DAYS - YEAR_DAYS / 2
    result: FloatArray = days + away
    return result


def _year_windows(samples: QualitySamples, seasons: SampleSeasons, rows: IntArray) -> tuple[FloatArray, FloatArray]:
    """Return a year of each series: all of it, or twelve months that start where seasons seldom grow."""
    if is_one_year(samples):
        return np.zeros(len(rows)), np.full(len(rows), samples.span_days)
    reference = np.where(np.isfinite(seasons.peaks), seasons.peaks, samples.days - samples.origins)[rows]
    reference = np.where(np.isfinite(reference), reference, samples.span_days / 2)
    anchor = float(seasons.kind_starts[0]) - 30.0 if len(seasons.kind_starts) else 0.0
    behind = (reference + samples.origins[rows] - anchor) % YEAR_DAYS
    starts = np.clip(reference - behind, 0.0, samples.span_days - YEAR_DAYS)
    return starts, starts + YEAR_DAYS


def _judge_group(  # noqa: PLR0913, PLR0917 - all of one subject
    samples: QualitySamples,
    indices: IndexCurves,
    group: _Group,
    pending: npt.NDArray[np.bool_],
    settings: TisqeSettings,
    result: QualityResult,
    progress: Progress,
) -> None:
    """Judge the samples of the group that are still pending, class by class."""
    codes = samples.codes[group.rows]
    sizes = np.bincount(codes, minlength=len(samples.classes))
    is_large = (sizes >= settings.min_samples) & (len(codes) - sizes >= settings.min_samples)
    wanted = [int(code) for code in np.unique(codes[pending[group.rows]]) if is_large[code]]
    if not wanted:
        return
    windows = cut_windows(indices.curves[group.rows], indices.grid, group.starts, group.ends, settings.n_steps)
    evidence_by_indices: dict[tuple[int, ...], SomEvidence] = {}
    for code in wanted:
        is_own = codes == code
        choice = choose_indices(windows[is_own], windows[~is_own])
        mine = group.rows[is_own & pending[group.rows]]
        names = ", ".join(indices.names[position] for position in choice.chosen)
        result.indices[mine] = names
        result.index_rows.append(_index_row(code, group.name, choice, indices, int(sizes[code]), len(codes)))
        if choice.scores.max() < settings.min_separability:
            continue
        key = tuple(sorted(choice.chosen))
        if key not in evidence_by_indices:
            features = standardised(windows[:, :, list(key)].reshape(len(codes), -1))
            evidence = som_evidence(features, codes, len(samples.classes), settings.som, progress)
            evidence_by_indices[key] = evidence
            if len(result.maps) < _MOST_MAPS:
                title = f"{group.name}: {names}"
                result.maps.append(
                    MapPicture(title, evidence.side, evidence.map_counts, group.rows, evidence.map_neurons)
                )
        places = np.flatnonzero(is_own & pending[group.rows])
        _record(group, places, code, evidence_by_indices[key], samples, settings, result)
        pending[mine[np.isfinite(result.margin[mine])]] = False


def _index_row(code: int, season: str, choice: IndexChoice, indices: IndexCurves, n_own: int, n_all: int) -> IndexRow:
    scores = {name: float(score) for name, score in zip(indices.names, choice.scores)}
    chosen = tuple(indices.names[position] for position in choice.chosen)
    return IndexRow(code, season, chosen, scores, n_own, n_all - n_own)


def _record(  # noqa: PLR0913, PLR0917 - all of one subject
    group: _Group,
    places: IntArray,
    code: int,
    evidence: SomEvidence,
    samples: QualitySamples,
    settings: TisqeSettings,
    result: QualityResult,
) -> None:
    rows = group.rows[places]
    prior, posterior, margin = (part[places] for part in (evidence.prior, evidence.posterior, evidence.margin))
    result.prior[rows], result.posterior[rows], result.margin[rows] = prior, posterior, margin
    result.scope[rows] = _SCOPE_TEXTS[group.scope]
    is_kept = (
        (prior >= settings.keep_probability)
        & (posterior >= settings.keep_probability)
        & (margin >= settings.keep_margin)
    )
    is_contradicted = margin <= settings.remove_margin
    result.category[rows] = np.where(is_contradicted, REMOVE, np.where(is_kept, KEEP, SUSPECT))
    shares = evidence.shares[places].copy()
    shares[:, code] = 0.0
    best = shares.argmax(axis=1)
    has_rival = (shares.max(axis=1) > evidence.shares[places, code]) & ~is_kept
    result.suggested[rows] = np.where(has_rival, best, NO_LABEL)
    for place, row in enumerate(rows):
        result.reason[row] = _reason_text(
            str(result.category[row]), prior[place], margin[place], samples.classes[best[place]], group
        )


def _reason_text(category: str, prior: float, margin: float, rival: object, group: _Group) -> str:
    where = f"{_SCOPE_TEXTS[group.scope]} ({group.name})"
    if category == KEEP:
        return f"its curve is like those of its class in {where}"
    if category == REMOVE:
        return f"its curve is like those of '{rival}', unlike its own class, in {where}; margin {margin:.2f}"
    if margin > 0:
        return f"its curve is near its class, but {1 - prior:.0%} of what is near it is of others in {where}"
    return f"its curve lies between its class and '{rival}' in {where}; margin {margin:.2f}"
