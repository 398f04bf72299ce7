"""Assess a class map with a reference sample: accuracies and areas with the errors of the sample's design."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from cropsample_plugin.engine.accuracy.accuracy_report import AccuracyReport, write_accuracy_report
from cropsample_plugin.engine.accuracy.accuracy_tables import (
    accuracy_table,
    class_rows,
    dropped_samples_table,
    matrix_table,
    write_publication,
)
from cropsample_plugin.engine.accuracy.assessment import ErrorRule, MapAssessment, assess_map, read_regions
from cropsample_plugin.engine.accuracy.class_counts import ClassMap, Threshold
from cropsample_plugin.engine.accuracy.class_scheme import ClassNames, label_code, make_scheme, read_class_names
from cropsample_plugin.engine.accuracy.designs import VARIANCE_TEXT
from cropsample_plugin.engine.accuracy.estimates import IntervalRule
from cropsample_plugin.engine.accuracy.intervals import INTERVALS, quantile
from cropsample_plugin.engine.accuracy.reference import (
    PlacedSamples,
    ReferenceFields,
    place_samples,
    reasons_text,
)
from cropsample_plugin.engine.accuracy.reference_origin import (
    FROM_REFERENCE,
    Origin,
    chosen_design,
    design_fields,
    origin_of,
    training_overlap,
    warning_of,
)
from cropsample_plugin.engine.accuracy.strata_sources import REFUSE, UNSAMPLED, DesignFields, SurveyPlan, design_weights
from cropsample_plugin.engine.accuracy.survey import Survey, make_survey
from cropsample_plugin.engine.accuracy.threshold_choice import CHOOSE, choose_threshold, read_threshold
from cropsample_plugin.engine.errors import InputError
from cropsample_plugin.engine.output_files import check_output
from cropsample_plugin.engine.progress import StepProgress
from cropsample_plugin.engine.sampling.class_values import whole_numbers
from cropsample_plugin.engine.sampling.map_frame import FrameRules
from cropsample_plugin.engine.timeseries.sample_table import SampleTable
from cropsample_plugin.engine.timeseries.table_output import write_table
from cropsample_plugin.jobs.registry import JobContext, JobResult


@dataclass(frozen=True)
class Parameters:
    """Parameters of ``assessaccuracy``.

    Attributes:
        map: class map, or a map of probabilities or shares with a threshold.
        reference: points with their true class.
        table: GeoPackage table to write: a row per region and class.
        class_field: field with the class of each sample.
        label_fields: instead: one field per labeler.
        design: a name of `designs.DESIGNS`, or ``from_reference``.
        strata: raster of strata on the map's grid; "" for none.
        stratum_field, stratum_size_field, weight_field, cluster_field: see `DesignFields`.
        class_names: names of map values, such as ``1=maize, 5=wheat``, or a table; "" to find them beside the map.
        layer_names: names in the legend of the map's layer: pairs of value and name.
        regions: polygons to assess one by one; "" for none.
        region_field: field with their names.
        confidence: level of the intervals.
        interval: a name of `intervals.INTERVALS`.
        bootstrap_repeats: see `ErrorRule`.
        unsampled_strata: ``refuse`` or ``leave_out``.
        zero, unclassified_values, unclassified, nodata_value: as in ``probabilitysamples``.
        threshold: "" for a class map, a number, or ``choose``.
        accept_non_probability: go on, with a warning in every output, though the sample proves nothing.
        reference_source: file of the user's reference layer, whose record tells where it comes from.
        reference_keywords: keywords of the layer's metadata.
        seed: of the bootstrap.
        matrix, dropped, report, publication: further files to write; "" for none.
    """

    map: str
    reference: str
    table: str
    class_field: str = ""
    label_fields: tuple[str, ...] = ()
    design: str = FROM_REFERENCE
    strata: str = ""
    stratum_field: str = ""
    stratum_size_field: str = ""
    weight_field: str = ""
    cluster_field: str = ""
    class_names: str = ""
    layer_names: tuple[tuple[Any, ...], ...] = ()
    regions: str = ""
    region_field: str = ""
    confidence: float = 0.95
    interval: str = "wilson"
    bootstrap_repeats: int = 0
    unsampled_strata: str = REFUSE
    zero: str = "ask"
    unclassified_values: str = ""
    unclassified: str = "outside"
    nodata_value: float | None = None
    threshold: str = ""
    accept_non_probability: bool = False
    reference_source: str = ""
    reference_keywords: tuple[str, ...] = ()
    seed: int = 42
    matrix: str = ""
    dropped: str = ""
    report: str = ""
    publication: str = ""

    def inputs(self) -> list[str]:
        """Return the files that are read."""
        return [path.split("|")[0] for path in (self.map, self.reference, self.strata, self.regions) if path]

    def rules(self) -> FrameRules:
        """Return what 0, unclassified and nodata mean."""
        values = whole_numbers(self.unclassified_values)
        return FrameRules(self.zero, values, self.unclassified, self.nodata_value)

    def intervals(self) -> IntervalRule:
        """Return how intervals are made."""
        return IntervalRule(self.confidence, self.interval, self.interval)


@dataclass(frozen=True)
class _Judged:
    """The reference, what it is worth, and what was said about it."""

    table: SampleTable
    origin: Origin
    design: str


def run(parameters: Parameters, context: JobContext) -> JobResult:
    """Check the reference, count the map, estimate, and write tables and report."""
    files = _check(parameters)
    judged = _judge(parameters)
    threshold, told_threshold = _threshold(parameters, judged)
    with ClassMap(parameters.map, parameters.rules(), threshold) as class_map:
        if parameters.strata:
            class_map.use_strata(parameters.strata)
        placed = _place(class_map, parameters, judged)
        overlap = training_overlap(placed, parameters.map, (class_map.crs, class_map.transform))
        warning = warning_of((*judged.origin.doubts, *overlap.doubts), accepted=parameters.accept_non_probability)
        tally = class_map.count(StepProgress(context.progress, 0.0, 0.6))
        survey = make_survey(class_map, tally, placed, _names(parameters), _plan(parameters, judged))
        regions = {}
        if parameters.regions:
            progress = StepProgress(context.progress, 0.6, 0.8)
            regions = read_regions(class_map, parameters.regions, parameters.region_field, survey, progress)
        rule = ErrorRule(parameters.intervals(), parameters.bootstrap_repeats, parameters.seed)
        found = assess_map(survey, regions, rule, StepProgress(context.progress, 0.8, 0.95))
        area_text = class_map.areas.how
    notes = tuple(note for note in (told_threshold, *overlap.notes, *found.notes) if note)
    _tell(context, warning, notes, survey)
    _write(parameters, found, (warning, notes, area_text))
    return JobResult(_outputs(parameters, found, (warning, notes), threshold), files, parameters.inputs())


def _check(parameters: Parameters) -> list[str]:
    inputs = parameters.inputs()
    quantile(parameters.confidence)
    for value, allowed in ((parameters.interval, tuple(INTERVALS)), (parameters.unsampled_strata, UNSAMPLED)):
        if value not in allowed:
            raise InputError(f"'{value}' is not one of {', '.join(allowed)}.")
    if parameters.strata and parameters.stratum_field:
        raise InputError("Strata were given as a raster and as a field.", "Give one of the two.")
    if bool(parameters.class_field) == bool(parameters.label_fields):
        raise InputError("Give either a class field, or one field per labeler.")
    wanted = {
        parameters.table: ".gpkg",
        parameters.matrix: ".gpkg",
        parameters.dropped: ".gpkg",
        parameters.report: ".html",
        parameters.publication: ".csv",
    }
    for path, suffix in wanted.items():
        if path or path == parameters.table:
            check_output(path, inputs, (suffix,))
    return [path for path in wanted if path]


def _judge(parameters: Parameters) -> _Judged:
    table = SampleTable.read(parameters.reference)
    origin = origin_of(table, parameters.reference_source or parameters.reference, parameters.reference_keywords)
    warning_of(origin.doubts, accepted=parameters.accept_non_probability)
    design = chosen_design(parameters.design, origin)
    if design not in VARIANCE_TEXT:
        raise InputError(f"There is no design '{design}'.", f"Designs: {', '.join(VARIANCE_TEXT)}.")
    return _Judged(table, origin, design)


def _place(class_map: ClassMap, parameters: Parameters, judged: _Judged) -> PlacedSamples:
    fields = ReferenceFields(parameters.class_field, parameters.label_fields)
    return place_samples(judged.table, fields, (class_map.crs, class_map.transform, class_map.shape))


def _names(parameters: Parameters) -> ClassNames:
    return read_class_names(parameters.map, parameters.class_names, parameters.layer_names)


def _plan(parameters: Parameters, judged: _Judged) -> SurveyPlan:
    given = DesignFields(
        stratum=parameters.stratum_field,
        stratum_size=parameters.stratum_size_field,
        weight=parameters.weight_field,
        cluster=parameters.cluster_field,
    )
    fields = design_fields(judged.design, judged.origin, judged.table, given)
    return SurveyPlan(judged.design, fields, bool(parameters.strata), parameters.unsampled_strata)


def _threshold(parameters: Parameters, judged: _Judged) -> tuple[Threshold | None, str]:
    """Return the threshold and a note when it was chosen from the reference."""
    wanted = read_threshold(parameters.threshold)
    if wanted is None:
        return None, ""
    if wanted != CHOOSE:
        return Threshold(float(wanted)), ""
    with ClassMap(parameters.map, parameters.rules()) as class_map:
        placed = _place(class_map, parameters, judged)
        values = class_map.values_at(placed.rows, placed.columns).astype(np.float64)
        known = np.isfinite(values) if class_map.nodata is None else np.isfinite(values) & (values != class_map.nodata)
    first = [next(label for label in row if label is not None) for row in placed.labels.tolist()]
    scheme = make_scheme([0, 1], _names(parameters), list(dict.fromkeys(first)))
    is_class = np.array([label_code(label, scheme) == scheme.code_by_value[1] for label in first])
    weights = design_weights(placed.table, placed.kept, _plan(parameters, judged).fields)
    weights = np.ones(len(values)) if weights is None else weights
    chosen = choose_threshold(values[known], is_class[known], weights[known])
    name = scheme.names[scheme.code_by_value[1]]
    note = (
        f"The threshold {chosen:g} was chosen from this reference (largest F1 of '{name}'):"
        " accuracies are optimistic, since the same samples chose it and judge it. Areas stay unbiased."
    )
    return Threshold(chosen), note


def _tell(context: JobContext, warning: str, notes: tuple[str, ...], survey: Survey) -> None:
    for note in (warning, *notes):
        if note:
            context.progress.log(note, "warning")
    dropped = survey.samples.dropped
    if dropped:
        context.progress.log(f"{len(dropped)} samples were left out: {reasons_text(dropped)}.", "warning")


def _write(parameters: Parameters, found: MapAssessment, told: tuple[str, tuple[str, ...], str]) -> None:
    warning, notes, area_text = told
    rows = class_rows(found, parameters.confidence, warning)
    write_table(accuracy_table(rows), Path(parameters.table), "accuracy")
    if parameters.matrix:
        write_table(matrix_table(found, warning), Path(parameters.matrix), "error_matrix")
    if parameters.dropped:
        write_table(dropped_samples_table(found.survey.samples), Path(parameters.dropped), "dropped")
    if parameters.publication:
        remarks = [f"Design: {found.survey.design.kind}. Standard errors: {VARIANCE_TEXT[found.survey.design.kind]}."]
        remarks = [text for text in (warning, *remarks, *notes) if text]
        write_publication(found, parameters.confidence, remarks, Path(parameters.publication))
    if parameters.report:
        settings = {
            "map": Path(parameters.map).name,
            "reference": Path(parameters.reference_source or parameters.reference).name,
            "class field": parameters.class_field or ", ".join(parameters.label_fields),
            "design": found.survey.design.kind,
            "confidence level": parameters.confidence,
            "intervals": parameters.interval,
            "pixels of value 0": parameters.zero,
            "threshold": parameters.threshold or "none",
        }
        names_text = _names(parameters).source
        told_all = AccuracyReport(found, parameters.confidence, area_text, names_text, warning, notes, settings)
        write_accuracy_report(told_all, parameters.report)


def _outputs(
    parameters: Parameters, found: MapAssessment, told: tuple[str, tuple[str, ...]], threshold: Threshold | None
) -> dict[str, Any]:
    whole = found.results[0].found
    overall = whole.overall
    return {
        "table": parameters.table,
        "matrix": parameters.matrix,
        "dropped": parameters.dropped,
        "report": parameters.report,
        "publication": parameters.publication,
        "overall_accuracy": float(overall.values[0]),
        "overall_accuracy_se": float(overall.errors[0]),
        "overall_accuracy_low": float(overall.low[0]),
        "overall_accuracy_high": float(overall.high[0]),
        "macro_f1": float(np.nanmean(whole.f1.values)),
        "total_area_ha": float(whole.area),
        "n_samples": whole.n_samples,
        "n_dropped": len(found.survey.samples.dropped),
        "n_more_samples": found.more[0].n_more,
        "threshold_used": None if threshold is None else threshold.value,
        "is_probability_sample": not told[0],
        "warnings": [text for text in (told[0], *told[1]) if text],
        "classes": class_rows(found, parameters.confidence, told[0]),
    }
