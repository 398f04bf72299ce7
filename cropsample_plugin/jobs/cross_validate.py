"""Compare models by a validation that holds out parcels, blocks of land, years, regions or far places."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from pathlib import Path

from cropsample_plugin.engine.errors import InputError
from cropsample_plugin.engine.models.cross_validation.designs import Design
from cropsample_plugin.engine.models.cross_validation.ground import Ground
from cropsample_plugin.engine.models.cross_validation.report import (
    ComparisonReport,
    comparison_table,
    write_comparison_report,
)
from cropsample_plugin.engine.models.cross_validation.runs import Comparison, ComparisonOptions, compare_models
from cropsample_plugin.engine.models.dropped_samples import dropped_table
from cropsample_plugin.engine.models.evaluation import CLASS_WEIGHTS
from cropsample_plugin.engine.models.fitting import FitContext
from cropsample_plugin.engine.models.missing_values import MissingRule
from cropsample_plugin.engine.models.registry import model_spec
from cropsample_plugin.engine.models.samples import PreparedSamples, SampleFields, prepare_samples
from cropsample_plugin.engine.output_files import check_output
from cropsample_plugin.engine.progress import StepProgress
from cropsample_plugin.engine.timeseries.sample_table import series_of
from cropsample_plugin.engine.timeseries.table_output import write_table
from cropsample_plugin.jobs.labeled_series import (
    EXTRACTION_SHARE,
    LabeledSeries,
    LabeledSeriesRequest,
    read_labeled_series,
)
from cropsample_plugin.jobs.registry import JobContext, JobResult
from cropsample_plugin.jobs.validation_design import (
    M_PER_KM,
    DesignParameters,
    describe_design,
    find_ground,
    make_design,
)


@dataclass(frozen=True)
class Parameters(DesignParameters):
    """What to compare, on what, and where to.

    Attributes:
        samples: vector layer: series layer, or plain samples when `stack` is given.
        class_field: field with the class, text or integer.
        models: names of the registry of models.
        table: scores to write (.gpkg).
        report: the .html to write; "" for none.
        stack: dated stack to extract the series from; "" when the layer holds them.
        weight_field, group_field, domain_field: see `SampleFields`; "" for none.
        learning_curve: also score with fewer training samples.
        class_weights: ``none`` or ``balanced``.
        missing_values, max_missing_share: the rule for missing values.
        dropped: table of dropped samples (.gpkg); "" for none.
        pixels_per_polygon, inner_buffer_m, start_field, end_field: passed on to the extraction.
    """

    samples: str
    class_field: str
    table: str
    models: list[str] = field(default_factory=lambda: ["random_forest"])
    report: str = ""
    stack: str = ""
    weight_field: str = ""
    group_field: str = ""
    domain_field: str = ""
    learning_curve: bool = True
    class_weights: str = "none"
    missing_values: str = "linear"
    max_missing_share: float = 0.7
    dropped: str = ""
    pixels_per_polygon: int = 1
    inner_buffer_m: float = 0.0
    start_field: str = ""
    end_field: str = ""

    def request(self) -> LabeledSeriesRequest:
        """Return what to read the series of."""
        return LabeledSeriesRequest(
            self.samples,
            self.stack,
            self.pixels_per_polygon,
            self.inner_buffer_m,
            self.start_field,
            self.end_field,
            self.seed,
        )


def run(parameters: Parameters, context: JobContext) -> JobResult:
    """Score the models, then write the table, the report and the dropped samples."""
    specs = [model_spec(name) for name in dict.fromkeys(parameters.models)]
    if not specs:
        raise InputError("No model is chosen.", "Choose one or more models.")
    if parameters.class_weights not in CLASS_WEIGHTS:
        raise InputError(f"There are no class weights '{parameters.class_weights}'.", "Choose 'none' or 'balanced'.")
    _check_outputs(parameters)
    share = EXTRACTION_SHARE if parameters.stack else 0.0
    source = read_labeled_series(parameters.request(), StepProgress(context.progress, 0.0, share), context)
    samples = prepare_samples(
        source.table,
        series_of(source.table),
        SampleFields(parameters.class_field, parameters.weight_field, parameters.group_field, parameters.domain_field),
        MissingRule(parameters.missing_values, parameters.max_missing_share),
        separates_domains=any(spec.separates_domains for spec in specs),
    )
    ground = find_ground(parameters, source.table, samples)
    design = make_design(parameters, ground)
    options = ComparisonOptions(
        {spec.name: spec.settings_type() for spec in specs}, design, parameters.class_weights, parameters.learning_curve
    )
    device = context.device if context.device in ("cuda", "mps") else "cpu"
    progress = StepProgress(context.progress, share, 1.0)
    fit_context = FitContext(progress, parameters.seed, context.threads, device)
    comparison = compare_models(samples.training_set, ground.places, options, fit_context)
    return _write(parameters, source, samples, (comparison, design, ground))


def _write(
    parameters: Parameters,
    source: LabeledSeries,
    samples: PreparedSamples,
    found: tuple[Comparison, Design, Ground],
) -> JobResult:
    comparison, design, ground = found
    write_table(comparison_table(samples, comparison, design.name), Path(parameters.table), "scores")
    files = [parameters.table]
    if parameters.report:
        told = ComparisonReport(
            samples,
            comparison,
            describe_design(design),
            ground.variogram,
            {name: value for name, value in asdict(parameters).items() if value not in ("", None)}
            | {"table": Path(parameters.table).name, "report": Path(parameters.report).name}
            | {"samples": Path(parameters.samples).name, "stack": Path(parameters.stack).name or "none"},
            ground.notes,
            source.lost_reasons,
        )
        write_comparison_report(told, parameters.report)
        files.append(parameters.report)
    n_dropped = len(samples.dropped_rows) + source.n_lost
    if parameters.dropped:
        write_table(dropped_table(source.table, samples, source.lost), Path(parameters.dropped), "dropped")
        files.append(parameters.dropped)
    best = comparison.results[0]
    outputs = {
        "table": parameters.table,
        "report": parameters.report,
        "dropped": parameters.dropped,
        "best_model": best.model,
        "macro_f1": best.honest.macro_f1,
        "overall_accuracy": best.honest.overall_accuracy,
        "random_macro_f1": best.leaky.macro_f1,
        "n_folds": len(comparison.fold_names),
        "block_size_km": design.block_size_m / M_PER_KM,
        "enough_samples": best.curve.plateau if best.curve else 0,
        "n_samples": samples.training_set.n_samples,
        "n_dropped": n_dropped,
    }
    inputs = [path.split("|")[0] for path in (parameters.samples, parameters.stack) if path]
    return JobResult(outputs, files, inputs)


def _check_outputs(parameters: Parameters) -> None:
    inputs = [path.split("|")[0] for path in (parameters.samples, parameters.stack) if path]
    check_output(parameters.table, inputs, (".gpkg",))
    if parameters.report:
        check_output(parameters.report, inputs, (".html",))
    if parameters.dropped:
        check_output(parameters.dropped, inputs, (".gpkg",))
