"""The assessment of a map and its regions, with errors of the design or of resampled labels."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import shapely
from pyproj import Transformer

from cropsample_plugin.engine.accuracy.bootstrap import Replicates, replicate, spread
from cropsample_plugin.engine.accuracy.class_counts import ClassMap
from cropsample_plugin.engine.accuracy.designs import LOCAL_VARIANCE, FloatArray
from cropsample_plugin.engine.accuracy.estimates import Assessment, IntervalRule, Labels, Region, assess
from cropsample_plugin.engine.accuracy.more_samples import MoreSamples, widest_intervals
from cropsample_plugin.engine.accuracy.strata_sources import ClassAreas, class_areas
from cropsample_plugin.engine.accuracy.survey import Survey
from cropsample_plugin.engine.errors import InputError
from cropsample_plugin.engine.progress import Progress, raise_if_canceled
from cropsample_plugin.engine.sampling.object_geometry import repaired
from cropsample_plugin.engine.timeseries.sample_table import SOURCE_FID, SampleTable

WHOLE_MAP = "whole map"
DEFAULT_REPEATS = 1_000
_FEWEST = 2
_TINY = 1e-12


@dataclass(frozen=True)
class ErrorRule:
    """How errors are found.

    Attributes:
        intervals: level and kind of the intervals.
        n_repeats: repeats of the bootstrap; 0: errors by formula where each sample has one label, `DEFAULT_REPEATS`
            where samples have several.
        seed: of the bootstrap.
    """

    intervals: IntervalRule
    n_repeats: int = 0
    seed: int = 42


@dataclass(frozen=True)
class RegionResult:
    """What was found for the whole map or a region.

    Attributes:
        name: of the region.
        found: accuracies and areas in hectares.
        mapped: areas as mapped.
        sampling_only: standard errors without those of the labels, in the order of `Assessment`'s estimates; None where
            the labels add nothing.
        note: why numbers are missing; "" when none are.
    """

    name: str
    found: Assessment
    mapped: ClassAreas
    sampling_only: Assessment | None = None
    note: str = ""


@dataclass(frozen=True)
class MapAssessment:
    """Everything the assessment found.

    Attributes:
        survey: samples, classes and design.
        labels: what map and reference say.
        results: the whole map first, then regions.
        more: what would halve the widest intervals.
        notes: what the user must know.
    """

    survey: Survey
    labels: Labels
    results: tuple[RegionResult, ...]
    more: tuple[MoreSamples, ...]
    notes: tuple[str, ...]


def assess_map(
    survey: Survey, regions: dict[str, tuple[Region, ClassAreas]], rule: ErrorRule, progress: Progress
) -> MapAssessment:
    """Assess the whole map and its regions.

    Args:
        survey: from `make_survey`.
        regions: name to its samples, area and mapped areas, from `read_regions`.
        rule: how errors are found.
        progress: where to report.
    """
    labels = Labels(survey.scheme.names, survey.sheet.map_codes, survey.sheet.memberships())
    parts: dict[str, tuple[Region | None, ClassAreas]] = {WHOLE_MAP: (None, survey.mapped), **regions}
    results = []
    for number, (name, (region, mapped)) in enumerate(parts.items()):
        raise_if_canceled(progress)
        results.append(_result(survey, labels, (name, region, mapped), rule))
        progress.report((number + 1) / len(parts), f"Estimates of {name}")
    more = widest_intervals(survey.design, labels, results[0].found, survey.strata)
    return MapAssessment(survey, labels, tuple(results), more, _notes(survey, results, rule))


def read_regions(
    class_map: ClassMap, path: str, name_field: str, survey: Survey, progress: Progress
) -> dict[str, tuple[Region, ClassAreas]]:
    """Return samples and mapped areas of each region of a polygon layer; polygons of one name are one region.

    Raises:
        InputError: no polygon of the layer overlaps with the map.
    """
    shapes = _region_shapes(path, name_field, class_map.crs)
    columns, rows = survey.samples.columns + 0.5, survey.samples.rows + 0.5
    t = class_map.transform
    x, y = t.a * columns + t.b * rows + t.c, t.d * columns + t.e * rows + t.f
    found = {}
    for number, (name, shape) in enumerate(shapes.items()):
        raise_if_canceled(progress)
        mapped = class_areas(class_map.count_shape(shape), survey.scheme)
        if mapped.total_ha > 0:
            shapely.prepare(shape)
            found[name] = (Region(shapely.contains_xy(shape, x, y), mapped.total_ha), mapped)
        else:
            progress.log(f"The region '{name}' lies outside the map and is left out.", "warning")
        progress.report((number + 1) / len(shapes), f"Area of {name}")
    if not found:
        raise InputError(f"No region of {path} overlaps with the map.", "Choose polygons of the same place.")
    return found


def _region_shapes(path: str, name_field: str, crs: Any) -> dict[str, Any]:  # noqa: ANN401 - untyped packages
    table = SampleTable.read(path)
    if not table.crs:
        raise InputError(f"The regions {path} have no reference system.", "Assign one in QGIS first.")
    to_map = Transformer.from_crs(table.crs, crs.to_wkt(), always_xy=True)
    shapes, _ = repaired(shapely.from_wkb(table.geometry))
    ids = table.fields.get(SOURCE_FID, table.fids)
    names = table.labels(name_field) if name_field else ids
    together: dict[str, list[Any]] = {}
    for row, (name, shape) in enumerate(zip(names, shapes)):
        if shape is not None and shapely.area(shape) > 0:
            title = str(name) if name is not None else f"feature {ids[row]}"
            moved = shapely.transform(shape, lambda xy: np.stack(to_map.transform(*xy.T), axis=1))
            together.setdefault(title, []).append(moved)
    if not together:
        raise InputError(f"The regions {path} hold no polygon.", "Choose a layer of polygons.")
    return {name: shapely.union_all(parts) for name, parts in together.items()}


def _result(
    survey: Survey, labels: Labels, part: tuple[str, Region | None, ClassAreas], rule: ErrorRule
) -> RegionResult:
    name, region, mapped = part
    n_inside = len(labels.map_codes) if region is None else int(region.is_inside.sum())
    by_formula = assess(survey.design, labels, rule.intervals, region)
    if n_inside < _FEWEST:
        return RegionResult(name, _unknown(by_formula), mapped, None, f"{n_inside} samples: too few for any estimate")
    n_repeats = _n_repeats(survey, rule)
    if not n_repeats:
        return RegionResult(name, by_formula, mapped, None, _short_note(n_inside))
    inside = None if region is None else region.is_inside
    drawn = replicate(survey.design, survey.sheet, n_repeats, rule.seed, inside)
    errors = _errors(drawn)
    found = assess(survey.design, labels, rule.intervals, region, errors)
    return RegionResult(name, found, mapped, by_formula, _short_note(n_inside))


def _n_repeats(survey: Survey, rule: ErrorRule) -> int:
    has_several = survey.sheet.label_codes.shape[1] > 1
    return rule.n_repeats or (DEFAULT_REPEATS if has_several else 0)


def _errors(drawn: Replicates) -> FloatArray:
    return np.concatenate(
        [
            np.atleast_1d(spread(drawn.overall)),
            spread(drawn.users),
            spread(drawn.producers),
            spread(drawn.f1),
            spread(drawn.area_shares),
        ]
    )


def _unknown(found: Assessment) -> Assessment:
    """Return the assessment with every estimate undefined."""

    def blank(name: str) -> Any:  # noqa: ANN401 - an Estimate of the same size
        estimate = getattr(found, name)
        nothing = np.full(len(estimate.values), np.nan)
        return replace(estimate, values=nothing, errors=nothing, low=nothing, high=nothing)

    names = ("overall", "users", "producers", "f1", "area_shares")
    return replace(found, **{name: blank(name) for name in names})


def _short_note(n_inside: int) -> str:
    few = 30
    return f"only {n_inside} samples: errors are rough" if n_inside < few else ""


def _notes(survey: Survey, results: list[RegionResult], rule: ErrorRule) -> tuple[str, ...]:
    notes = list(survey.notes)
    found = results[0].found
    names = survey.scheme.names
    silent = [name for name, n in zip(names, found.users.n_samples) if n == 0 and name in _mapped(survey)]
    if silent:
        notes.append(
            f"No sample lies on the map classes {', '.join(silent)}: nothing can be said about their user's accuracy."
        )
    absent = [name for name, n in zip(names, found.producers.n_samples) if n == 0]
    if absent:
        notes.append(
            f"The reference never found {', '.join(absent)}: an area of 0 is estimated, no proof that there is "
            "none; their producer's accuracy is unknown."
        )
    single = [name for name, n in zip(names, found.users.n_samples) if n == 1]
    if single:
        notes.append(
            f"A single sample lies on the map classes {', '.join(single)}: their user's accuracy is 0 or 1 with nearly "
            "no information, as the interval says."
        )
    shares = found.area_shares
    sure = [name for name, share, error in zip(names, shares.values, shares.errors) if share > 0 and error <= _TINY]
    if sure:
        notes.append(
            f"The sample shows no error in the area of {', '.join(sure)}: its standard error is 0, which is no proof "
            "that there is none; the interval says what so many samples can rule out."
        )
    n_repeats = _n_repeats(survey, rule)
    if n_repeats:
        notes.append(
            f"Standard errors are those of {n_repeats:,} bootstrap repeats; each drawn sample takes the label of one "
            "of its labelers at random."
        )
        if survey.design.kind in LOCAL_VARIANCE:
            notes.append("The bootstrap does not imitate the spread of the samples over the map: errors are too large.")
    return tuple(notes)


def _mapped(survey: Survey) -> set[str]:
    return {name for name, pixels in zip(survey.scheme.names, survey.mapped.pixels) if pixels > 0}
