"""Train a classifier on a series layer, or on samples and a stack; write the model package and the report."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from cropsample_plugin.engine.labels.quality_facts import QualityFacts, read_quality_facts, series_hash
from cropsample_plugin.engine.models.dropped_samples import dropped_table
from cropsample_plugin.engine.models.hyperparameter_search.report import read_hyperparameters
from cropsample_plugin.engine.models.hyperparameter_values import read_settings
from cropsample_plugin.engine.models.label_quality import quality_record, with_step_weights
from cropsample_plugin.engine.models.missing_values import MissingRule
from cropsample_plugin.engine.models.packages import save_package
from cropsample_plugin.engine.models.registry import model_spec
from cropsample_plugin.engine.models.report import ReportInput, write_report
from cropsample_plugin.engine.models.samples import PreparedSamples, SampleFields, prepare_samples
from cropsample_plugin.engine.models.training import TrainingOptions, TrainingOutcome, scores_as_json, train
from cropsample_plugin.engine.models.validation import Protocol
from cropsample_plugin.engine.output_files import check_output
from cropsample_plugin.engine.progress import Progress, StepProgress
from cropsample_plugin.engine.timeseries.sample_table import SampleTable, series_of
from cropsample_plugin.engine.timeseries.table_output import write_table
from cropsample_plugin.jobs.labeled_series import (
    EXTRACTION_SHARE,
    LabeledSeries,
    LabeledSeriesRequest,
    read_labeled_series,
)
from cropsample_plugin.jobs.registry import JobContext, JobResult


@dataclass(frozen=True)
class Parameters:
    """What to train, on what, and where to.

    Attributes:
        samples: vector layer: series layer, or plain samples when `stack` is given.
        class_field: field with the class, text or integer.
        model: a name of the registry of models, such as ``random_forest`` or ``transformer``.
        model_package: the .zip to write.
        report: the .html to write; "" for none.
        stack: dated stack to extract the series from; "" when the layer holds them.
        weight_field, group_field, domain_field: see `SampleFields`; "" for none.
        quality_facts: file that ``samplequality`` wrote beside the judged samples; "" for none.
        validation: ``holdout``, ``k_fold`` or ``none``.
        n_folds: folds of ``k_fold``.
        validation_share: share that ``holdout`` holds out.
        hyperparameters: those that differ from the model's defaults.
        hyperparameter_file: file of ``searchhyperparameters``, whose values win; "" for none.
        class_weights: ``none`` or ``balanced``.
        calibration: ``none`` or ``temperature``.
        missing_values: ``linear`` or ``refuse``.
        max_missing_share: largest share of missing values that ``linear`` fills.
        seed: the same seed gives the same package.
        licence: licence of the model, written into the package.
        dropped: table of dropped samples (.gpkg); "" puts it beside the package when there are any.
        pixels_per_polygon, inner_buffer_m, start_field, end_field: passed on to the extraction.
    """

    samples: str
    class_field: str
    model: str
    model_package: str
    report: str = ""
    stack: str = ""
    weight_field: str = ""
    group_field: str = ""
    domain_field: str = ""
    quality_facts: str = ""
    validation: str = "k_fold"
    n_folds: int = 5
    validation_share: float = 0.2
    hyperparameters: dict[str, Any] = field(default_factory=dict)
    hyperparameter_file: str = ""
    class_weights: str = "none"
    calibration: str = "none"
    missing_values: str = "linear"
    max_missing_share: float = 0.7
    seed: int = 42
    licence: str = ""
    dropped: str = ""
    pixels_per_polygon: int = 1
    inner_buffer_m: float = 0.0
    start_field: str = ""
    end_field: str = ""

    def fields(self) -> SampleFields:
        """Return the fields to read."""
        return SampleFields(self.class_field, self.weight_field, self.group_field, self.domain_field)

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

    def options(self) -> TrainingOptions:
        """Check the parameters and return how to train."""
        spec = model_spec(self.model)
        found = read_hyperparameters(self.hyperparameter_file, self.model) if self.hyperparameter_file else {}
        return TrainingOptions(
            model=self.model,
            settings=read_settings(spec.settings_type, {**self.hyperparameters, **found}),
            protocol=Protocol(self.validation, self.n_folds, self.validation_share, self.seed),
            class_weights=self.class_weights,
            missing_rule=MissingRule(self.missing_values, self.max_missing_share),
            fields=self.fields(),
            calibration=self.calibration,
            seed=self.seed,
            licence=self.licence,
        )


def run(parameters: Parameters, context: JobContext) -> JobResult:
    """Train, then write the package, the report and the table of dropped samples.

    While a network trains, the folder ``<package>.training`` holds its state; the same job started again after an
    interruption goes on from there.
    """
    options = parameters.options()
    _check_outputs(parameters)
    facts = read_quality_facts(parameters.quality_facts) if parameters.quality_facts else None
    share = EXTRACTION_SHARE if parameters.stack else 0.0
    source = read_labeled_series(parameters.request(), StepProgress(context.progress, 0.0, share), context)
    spec = model_spec(parameters.model)
    samples = prepare_samples(
        source.table,
        series_of(source.table),
        options.fields,
        options.missing_rule,
        separates_domains=spec.separates_domains,
    )
    if facts is not None:
        samples = with_step_weights(samples, facts, spec)
        options = replace(options, label_quality=_quality_record(facts, parameters, source.table))
    _tell(samples, context.progress)
    device = context.device if context.device in ("cuda", "mps") else "cpu"
    progress = StepProgress(context.progress, share, 1.0)
    states = Path(parameters.model_package).with_suffix(".training")
    outcome = train(samples, options, progress, threads=context.threads, device=device, checkpoints=states)
    save_package(outcome.package, parameters.model_package)
    shutil.rmtree(states, ignore_errors=True)
    files = [parameters.model_package]
    dropped = _write_dropped(parameters, source, samples)
    if parameters.report:
        write_report(ReportInput(samples, options, outcome, source.lost_reasons), parameters.report)
        files.append(parameters.report)
    if dropped:
        files.append(dropped)
    inputs = [*_layers(parameters), *([parameters.quality_facts] if parameters.quality_facts else [])]
    return JobResult(_outputs(parameters, source, samples, outcome, dropped), files, inputs)


def _layers(parameters: Parameters) -> list[str]:
    return [path.split("|")[0] for path in (parameters.samples, parameters.stack) if path]


def _quality_record(facts: QualityFacts, parameters: Parameters, table: SampleTable) -> dict[str, Any]:
    labels = table.labels(parameters.class_field)
    found = series_hash(labels, series_of(table))
    return quality_record(facts, model_spec(parameters.model), parameters.weight_field, found)


def _outputs(
    parameters: Parameters, source: LabeledSeries, samples: PreparedSamples, outcome: TrainingOutcome, dropped: str
) -> dict[str, Any]:
    scores = scores_as_json(samples, outcome.evaluation) or {}
    return {
        "model_package": parameters.model_package,
        "report": parameters.report,
        "overall_accuracy": scores.get("overall_accuracy"),
        "macro_f1": scores.get("macro_f1"),
        "kappa": scores.get("kappa"),
        "auc": scores.get("auc"),
        "n_samples": samples.training_set.n_samples,
        "n_dropped": len(samples.dropped_rows) + source.n_lost,
        "dropped": dropped,
        "per_class": scores.get("per_class", []),
        "classes": [
            {"class_id": item.class_id, "label": item.label, "name": item.name, "color": item.color}
            for item in samples.classes
        ],
    }


def _check_outputs(parameters: Parameters) -> None:
    """Refuse outputs that overwrite an input or another output, and folders that are not there, before the work."""
    inputs = [*_layers(parameters), parameters.quality_facts]
    check_output(parameters.model_package, inputs, (".zip",))
    if parameters.report:
        check_output(parameters.report, inputs, (".html",))
    if parameters.dropped:
        check_output(parameters.dropped, inputs, (".gpkg",))


def _tell(samples: PreparedSamples, progress: Progress) -> None:
    for note in samples.notes:
        progress.log(note, "warning")
    for reason, count in samples.dropped_by_reason.items():
        progress.log(f"{count} samples were dropped because {reason}.", "warning")


def _write_dropped(parameters: Parameters, source: LabeledSeries, samples: PreparedSamples) -> str:
    """Write the table of dropped samples when there are any; return its path or ""."""
    if len(samples.dropped_rows) + source.n_lost == 0:
        return ""
    package = Path(parameters.model_package)
    path = Path(parameters.dropped) if parameters.dropped else package.with_name(f"{package.stem}_dropped.gpkg")
    write_table(dropped_table(source.table, samples, source.lost), path, "dropped")
    return str(path)
