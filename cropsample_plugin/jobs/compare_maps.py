"""Compare several maps with one another and with one reference."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from cropsample_plugin.engine.accuracy.common_reference import (
    AS_PUBLISHED,
    CommonReference,
    ReferenceReading,
    common_reference,
)
from cropsample_plugin.engine.accuracy.comparison_report import ComparisonReport, write_comparison_report
from cropsample_plugin.engine.accuracy.comparison_tables import (
    ENSEMBLE,
    change_rows,
    pair_rows,
    score_rows,
    table_of_all,
)
from cropsample_plugin.engine.accuracy.designs import VARIANCE_TEXT
from cropsample_plugin.engine.accuracy.estimates import Assessment, IntervalRule, Labels, assess
from cropsample_plugin.engine.accuracy.intercomparison import (
    MapScore,
    PairedDifference,
    own_strata_design,
    paired_difference,
    score_map,
)
from cropsample_plugin.engine.accuracy.intervals import interval_named, quantile
from cropsample_plugin.engine.accuracy.map_answers import BINARY, MapSet, majority, read_map_set
from cropsample_plugin.engine.accuracy.map_comparison import ComparisonFiles, PixelComparison, compare_pixels
from cropsample_plugin.engine.accuracy.reference import reasons_text
from cropsample_plugin.engine.accuracy.reference_origin import (
    FROM_REFERENCE,
    chosen_design,
    design_fields,
    origin_of,
    warning_of,
)
from cropsample_plugin.engine.accuracy.strata_sources import DesignFields, SurveyPlan
from cropsample_plugin.engine.errors import InputError
from cropsample_plugin.engine.models.class_colors import class_colors
from cropsample_plugin.engine.output_files import check_output
from cropsample_plugin.engine.progress import StepProgress
from cropsample_plugin.engine.timeseries.sample_table import SampleTable
from cropsample_plugin.engine.timeseries.table_output import write_table
from cropsample_plugin.jobs.registry import JobContext, JobResult

_BINARY_COLORS = ("#bdbdbd", "#4d9221")
_PUBLISHED_TEXT = "strata are the classes of each map with their shares of the sample, as in published intercomparisons"


@dataclass(frozen=True)
class Parameters:
    """Parameters of ``comparemaps``.

    Attributes:
        maps: two or more rasters; the first gives the grid.
        table: GeoPackage table to write: a row per map with its scores; of pairs where there is no reference.
        names: what each map is called; missing ones are called by their file.
        crop_values: per map a preset's name, values that mean crop, or a threshold; empty to compare by class names.
        layer_names: per map the pairs of value and name in the legend of its layer.
        reference: points with their true class; "" for none.
        class_field, earlier_class_field, crop_labels: see `ReferenceReading`.
        design: a name of `designs.DESIGNS`, ``from_reference`` or ``as_published``.
        stratum_field, stratum_size_field, weight_field, cluster_field: see `DesignFields`.
        confidence, interval, accept_non_probability, reference_source, reference_keywords: as in ``assessaccuracy``.
        pairs, changes, report: further files to write; "" for none.
        agreement, ensemble, difference: rasters to write; "" for none.
    """

    maps: tuple[str, ...]
    table: str
    names: tuple[str, ...] = ()
    crop_values: tuple[str, ...] = ()
    layer_names: tuple[Any, ...] = ()
    reference: str = ""
    class_field: str = ""
    earlier_class_field: str = ""
    crop_labels: tuple[str, ...] = ()
    design: str = FROM_REFERENCE
    stratum_field: str = ""
    stratum_size_field: str = ""
    weight_field: str = ""
    cluster_field: str = ""
    confidence: float = 0.95
    interval: str = "wilson"
    accept_non_probability: bool = False
    reference_source: str = ""
    reference_keywords: tuple[str, ...] = ()
    pairs: str = ""
    changes: str = ""
    report: str = ""
    agreement: str = ""
    ensemble: str = ""
    difference: str = ""

    def rule(self) -> IntervalRule:
        """Return how intervals are made."""
        return IntervalRule(self.confidence, self.interval, self.interval)


@dataclass(frozen=True)
class _Judged:
    """What the reference says about the maps."""

    scores: tuple[MapScore, ...] = ()
    differences: tuple[PairedDifference, ...] = ()
    changed: Assessment | None = None
    design: str = ""
    warning: str = ""
    n_dropped: int = 0
    notes: tuple[str, ...] = ()
    reach: float = 0.0


def run(parameters: Parameters, context: JobContext) -> JobResult:
    """Compare the maps pixel by pixel, judge each by the reference, and write tables, rasters and report."""
    inputs = [*parameters.maps, *([parameters.reference.split("|")[0]] if parameters.reference else [])]
    files = _check(parameters, inputs)
    maps = read_map_set(parameters.maps, parameters.names, parameters.crop_values, parameters.layer_names)
    rasters = ComparisonFiles(parameters.agreement, parameters.ensemble, parameters.difference)
    counted = compare_pixels(maps, rasters, StepProgress(context.progress, 0.0, 0.8))
    for name, values in zip(maps.names, counted.unknown):
        if values:
            listed = ", ".join(map(str, sorted(values)[:20]))
            context.progress.log(f"The map '{name}' has values its legend does not know: {listed}.", "warning")
    judged = _judge(parameters, maps, counted) if parameters.reference else _Judged()
    for note in (judged.warning, *judged.notes):
        if note:
            context.progress.log(note, "warning")
    rows = _write(parameters, maps, counted, judged)
    outputs = _outputs(parameters, counted, judged, rows)
    return JobResult({**outputs, "legend": _legend(maps), "n_maps": len(maps.paths)}, files, inputs)


def _check(parameters: Parameters, inputs: list[str]) -> list[str]:
    quantile(parameters.confidence)
    interval_named(parameters.interval)
    written = {
        ".gpkg": (parameters.table, parameters.pairs, parameters.changes),
        ".html": (parameters.report,),
        ".tif": (parameters.agreement, parameters.ensemble, parameters.difference),
    }
    for suffix, paths in written.items():
        for path in paths:
            if path or path is parameters.table:
                check_output(path, inputs, (suffix, ".tiff") if suffix == ".tif" else (suffix,))
    return [path for paths in written.values() for path in paths if path]


def _judge(parameters: Parameters, maps: MapSet, counted: PixelComparison) -> _Judged:
    table = SampleTable.read(parameters.reference)
    origin = origin_of(table, parameters.reference_source or parameters.reference, parameters.reference_keywords)
    warning_of(origin.doubts, accepted=parameters.accept_non_probability)
    design = parameters.design if parameters.design == AS_PUBLISHED else chosen_design(parameters.design, origin)
    if design != AS_PUBLISHED and design not in VARIANCE_TEXT:
        raise InputError(f"There is no design '{design}'.", f"Designs: {', '.join((AS_PUBLISHED, *VARIANCE_TEXT))}.")
    given = DesignFields(
        stratum=parameters.stratum_field,
        stratum_size=parameters.stratum_size_field,
        weight=parameters.weight_field,
        cluster=parameters.cluster_field,
    )
    plan = SurveyPlan(design, design_fields(design, origin, table, given))
    reading = ReferenceReading(parameters.class_field, parameters.earlier_class_field, parameters.crop_labels, plan)
    reference = common_reference(maps, table, reading, counted.common_ha)
    doubts = (*origin.doubts, *(doubt for overlap in reference.overlaps for doubt in overlap.doubts))
    warning = warning_of(doubts, accepted=parameters.accept_non_probability)
    scores, differences = _scores(parameters, maps, reference)
    changed = _changed(parameters, maps, reference)
    dropped = reference.placed.dropped
    notes = tuple(note for overlap in reference.overlaps for note in overlap.notes)
    if dropped:
        notes = (f"{len(dropped)} samples were left out: {reasons_text(dropped)}.", *notes)
    text = _PUBLISHED_TEXT if design == AS_PUBLISHED else f"{design}; {VARIANCE_TEXT[design]}"
    freedom = float("inf") if reference.design is None else reference.design.degrees_of_freedom
    reach = quantile(parameters.confidence, freedom)
    return _Judged(scores, differences, changed, f"Design: {text}.", warning, len(dropped), notes, reach)


def _scores(
    parameters: Parameters, maps: MapSet, reference: CommonReference
) -> tuple[tuple[MapScore, ...], tuple[PairedDifference, ...]]:
    n_classes = len(maps.classes)
    voted = majority(reference.answers, n_classes)
    answers = np.column_stack([reference.answers, voted]).astype(np.int64)
    members = np.eye(n_classes)[reference.labels]
    names = (*maps.names, ENSEMBLE)
    labels = [Labels(maps.classes, column, members) for column in answers.T]
    designs = [reference.design or own_strata_design(column, n_classes) for column in answers.T]
    scores = tuple(
        score_map(design, said, name, parameters.rule()) for design, said, name in zip(designs, labels, names)
    )
    # Strata of one map are not those of another: pairs of published tables are compared as simple random samples.
    shared = reference.design or own_strata_design(np.zeros(len(answers), dtype=np.int64), 1)
    of_class = BINARY.index("crop") if maps.is_binary else None
    differences = tuple(
        paired_difference(
            shared, (labels[one], labels[other]), (names[one], names[other]), parameters.confidence, of_class
        )
        for one in range(len(names))
        for other in range(one + 1, len(names))
    )
    return scores, differences


def _changed(parameters: Parameters, maps: MapSet, reference: CommonReference) -> Assessment | None:
    """Assess pairs of classes, earlier and later, as if each were a class of its own."""
    if reference.earlier is None or reference.design is None:
        return None
    n_classes = len(maps.classes)
    pairs = tuple(f"{first} to {second}" for first in maps.classes for second in maps.classes)
    said = reference.answers[:, 0].astype(np.int64) * n_classes + reference.answers[:, 1]
    there = np.eye(n_classes**2)[reference.earlier * n_classes + reference.labels]
    return assess(reference.design, Labels(pairs, said, there), parameters.rule())


def _write(
    parameters: Parameters, maps: MapSet, counted: PixelComparison, judged: _Judged
) -> dict[str, list[dict[str, Any]]]:
    rows = {
        "scores": score_rows(judged.scores, maps, judged.warning),
        "pairs": pair_rows(maps, counted, judged.differences, judged.warning),
        "changes": change_rows(maps, counted, judged.changed, judged.reach, judged.warning),
    }
    write_table(table_of_all(rows["scores"] or rows["pairs"]), Path(parameters.table), "maps")
    for path, name in ((parameters.pairs, "pairs"), (parameters.changes, "changes")):
        if path:
            write_table(table_of_all(rows[name]), Path(path), name)
    if parameters.report:
        settings = {
            "maps": ", ".join(maps.names),
            "crop values": "; ".join(parameters.crop_values) or "compared by class names",
            "reference": Path(parameters.reference_source or parameters.reference).name or "none",
            "confidence level": parameters.confidence,
            "intervals": parameters.interval,
        }
        told = ComparisonReport(
            maps,
            counted,
            rows["scores"],
            rows["pairs"],
            rows["changes"],
            judged.design,
            judged.warning,
            parameters.confidence,
            judged.notes,
            settings,
        )
        write_comparison_report(told, parameters.report)
    return rows


def _legend(maps: MapSet) -> list[dict[str, Any]]:
    colors = _BINARY_COLORS if maps.is_binary else class_colors(maps.classes)
    return [
        {"class_id": code, "name": name, "color": color} for code, (name, color) in enumerate(zip(maps.classes, colors))
    ]


def _outputs(
    parameters: Parameters, counted: PixelComparison, judged: _Judged, rows: dict[str, list[dict[str, Any]]]
) -> dict[str, Any]:
    single = judged.scores[:-1]
    best = max(single, key=lambda score: float(score.found.overall.values[0])) if single else None
    table = counted.areas_ha[0, 1]
    outputs: dict[str, Any] = {
        name: getattr(parameters, name)
        for name in ("table", "pairs", "changes", "report", "agreement", "ensemble", "difference")
    }
    return {
        **outputs,
        "common_area_ha": counted.common_ha,
        "share_agreed": counted.agreed_ha / counted.common_ha if counted.common_ha else None,
        "changed_area_ha": float(table.sum() - np.trace(table)),
        "n_samples": judged.scores[0].found.n_samples if judged.scores else 0,
        "n_dropped": judged.n_dropped,
        "best_accuracy": None if best is None else float(best.found.overall.values[0]),
        "best_map": None if best is None else best.name,
        "warnings": [text for text in (judged.warning, *judged.notes) if text],
        **{f"{name}_rows": found for name, found in rows.items()},
    }
