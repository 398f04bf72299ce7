"""Judge the labels of a series layer by one of several methods, named alike, with results alike."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Callable

import numpy as np

from cropsample_plugin.engine.errors import InputError
from cropsample_plugin.engine.labels.confident_learning import (
    ConfidentSettings,
    held_out_probabilities,
    judge_by_confident_learning,
)
from cropsample_plugin.engine.labels.crop_calendar import SampleCalendars
from cropsample_plugin.engine.labels.index_curves import IndexCurves, make_index_curves
from cropsample_plugin.engine.labels.quality_input import QualitySamples
from cropsample_plugin.engine.labels.quality_result import DATA_GAP, NOT_JUDGED, CategoryWeights, QualityResult
from cropsample_plugin.engine.labels.sample_seasons import GapSettings, SampleSeasons, find_sample_seasons
from cropsample_plugin.engine.labels.second_opinion import with_second_opinion
from cropsample_plugin.engine.labels.sits_rule import SitsSettings, judge_by_sits, train_kohonen
from cropsample_plugin.engine.labels.tisqe import TisqeSettings, judge_by_tisqe
from cropsample_plugin.engine.labels.votes import NO_LABEL, IntArray
from cropsample_plugin.engine.progress import Progress, StepProgress
from cropsample_plugin.engine.timeseries.gap_filling import fill_linear
from cropsample_plugin.engine.timeseries.seasons.season_data import SeasonSettings

_LEAST_PER_CLASS = 5


@dataclass(frozen=True)
class QualitySettings:
    """How to judge.

    Attributes:
        method: ``tisqe``, ``combined``, ``sits_som`` or ``confident_learning``.
        band_roles: roles of bands whose names do not tell, such as ``N=nir_mean``.
        greenness: index or band that seasons are found in; "" for the usual one.
        seasons, gaps, tisqe, sits, confident, weights: settings of the steps.
    """

    method: str = "tisqe"
    band_roles: str = ""
    greenness: str = ""
    seasons: SeasonSettings = field(default_factory=SeasonSettings)
    gaps: GapSettings = field(default_factory=GapSettings)
    tisqe: TisqeSettings = field(default_factory=TisqeSettings)
    sits: SitsSettings = field(default_factory=SitsSettings)
    confident: ConfidentSettings = field(default_factory=ConfidentSettings)
    weights: CategoryWeights = field(default_factory=CategoryWeights)


@dataclass(frozen=True)
class QualityOutcome:
    """What was found: the judgements, the seasons and the curves they rest on."""

    result: QualityResult
    seasons: SampleSeasons
    curves: IndexCurves


def judge_labels(
    samples: QualitySamples,
    settings: QualitySettings,
    groups: IntArray,
    progress: Progress,
    calendars: SampleCalendars | None = None,
) -> QualityOutcome:
    """Judge every label.

    Args:
        samples: the labeled series.
        settings: how to judge.
        groups: ``(n_samples,)`` samples of one place, held out together; 0 for samples on their own.
        progress: told the share done.
        calendars: when the crop of each sample grows; None when that is not known.

    Raises:
        InputError: an unknown method, or settings that cannot be.
    """
    if settings.method not in METHODS:
        raise InputError(f"There is no method '{settings.method}'.", f"Choose one of {', '.join(METHODS)}.")
    progress.report(0.0, "Smoothing the series")
    curves = make_index_curves(
        samples.series, samples.positions, roles=settings.band_roles, greenness=settings.greenness
    )
    progress.report(0.1, "Finding seasons")
    seasons = find_sample_seasons(samples, curves, settings.seasons, settings.gaps, calendars)
    progress.report(0.2, "Judging labels")
    step = StepProgress(progress, 0.2, 1.0)
    result = METHODS[settings.method](samples, curves, seasons, settings, groups, step)
    return QualityOutcome(result, seasons, curves)


def _tisqe(
    samples: QualitySamples,
    curves: IndexCurves,
    seasons: SampleSeasons,
    settings: QualitySettings,
    groups: IntArray,  # noqa: ARG001
    progress: Progress,
) -> QualityResult:
    return judge_by_tisqe(samples, curves, seasons, settings.tisqe, progress)


def _sits(
    samples: QualitySamples,
    curves: IndexCurves,  # noqa: ARG001
    seasons: SampleSeasons,
    settings: QualitySettings,
    groups: IntArray,  # noqa: ARG001
    progress: Progress,
) -> QualityResult:
    """Use the bands as they are, as sits does."""
    rows, values = _complete_series(samples)
    trained = train_kohonen(values, settings.sits, progress)
    found = judge_by_sits(trained.neurons, samples.codes[rows], samples.classes, settings.sits)
    return _spread(found, rows, samples, seasons)


def _confident(
    samples: QualitySamples,
    curves: IndexCurves,  # noqa: ARG001
    seasons: SampleSeasons,
    settings: QualitySettings,
    groups: IntArray,
    progress: Progress,
) -> QualityResult:
    rows, values = _complete_series(samples)
    codes = samples.codes[rows]
    sizes = np.bincount(codes, minlength=len(samples.classes))
    is_large = sizes[codes] >= max(_LEAST_PER_CLASS, settings.confident.n_folds)
    rows, values, codes = rows[is_large], values[is_large], codes[is_large]
    if len(np.unique(codes)) < 2:  # noqa: PLR2004 - a label is judged against another
        raise InputError("Fewer than two classes have enough samples.", "Add samples, or ask for fewer folds.")
    alone = samples.n_samples + np.arange(samples.n_samples)
    places = np.where(groups > 0, groups, alone)[rows]
    features = values.reshape(len(rows), -1)
    found_codes, dense = np.unique(codes, return_inverse=True)
    probabilities = held_out_probabilities(features, dense, places, settings.confident, progress)
    classes = tuple(samples.classes[code] for code in found_codes)
    found = judge_by_confident_learning(probabilities, dense, classes)
    known = found.suggested != NO_LABEL
    found.suggested[known] = found_codes[found.suggested[known]]
    return _spread(found, rows, samples, seasons)


def _combined(
    samples: QualitySamples,
    curves: IndexCurves,
    seasons: SampleSeasons,
    settings: QualitySettings,
    groups: IntArray,
    progress: Progress,
) -> QualityResult:
    maps = _tisqe(samples, curves, seasons, settings, groups, StepProgress(progress, 0.0, 0.5))
    forests = _confident(samples, curves, seasons, settings, groups, StepProgress(progress, 0.5, 1.0))
    return with_second_opinion(maps, forests, settings.tisqe)


METHODS: dict[str, Callable[..., QualityResult]] = {
    "tisqe": _tisqe,
    "combined": _combined,
    "sits_som": _sits,
    "confident_learning": _confident,
}


def _complete_series(samples: QualitySamples) -> tuple[IntArray, np.ndarray[tuple[int, ...], np.dtype[np.float32]]]:
    """Return the labeled samples that have a value in each band, gaps filled."""
    filled = fill_linear(samples.series.values, samples.series.axis.positions_days())
    usable = np.isfinite(filled).all(axis=(1, 2)) & (samples.codes != NO_LABEL)
    return np.flatnonzero(usable), filled[usable]


def _spread(found: QualityResult, rows: IntArray, samples: QualitySamples, seasons: SampleSeasons) -> QualityResult:
    """Put judgements of some samples among all; those without evidence are gaps in the data, never wrong."""
    result = QualityResult.empty(samples.n_samples)
    result.reason[:] = "its class has too few samples"
    for name in ("category", "reason", "prior", "posterior", "margin", "suggested", "scope"):
        getattr(result, name)[rows] = getattr(found, name)
    result.maps = [replace(picture, rows=rows[picture.rows]) for picture in found.maps]
    has_gap = seasons.gaps != ""
    has_gap |= ~samples.series.valid_mask.any(axis=(1, 2))
    result.category[has_gap] = DATA_GAP
    result.reason[has_gap] = np.where(seasons.gaps == "", "no clear observation", seasons.gaps)[has_gap]
    unlabeled = samples.codes == NO_LABEL
    result.category[unlabeled] = NOT_JUDGED
    result.reason[unlabeled] = "it has no label"
    result.suggested[has_gap | unlabeled] = NO_LABEL
    return result
