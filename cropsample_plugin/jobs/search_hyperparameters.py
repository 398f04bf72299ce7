"""Find hyperparameters that suit the samples; write the trials, the report, and a file that training reads."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path

from cropsample_plugin.engine.errors import InputError
from cropsample_plugin.engine.models.cross_validation.designs import design_folds
from cropsample_plugin.engine.models.dropped_samples import dropped_table
from cropsample_plugin.engine.models.evaluation import CLASS_WEIGHTS
from cropsample_plugin.engine.models.fitting import FitContext
from cropsample_plugin.engine.models.hyperparameter_search.choice import CHOICES, SCORE
from cropsample_plugin.engine.models.hyperparameter_search.report import (
    SearchReport,
    search_table,
    write_hyperparameters,
    write_search_report,
)
from cropsample_plugin.engine.models.hyperparameter_search.search import (
    SearchOptions,
    SearchOutcome,
    search_hyperparameters,
)
from cropsample_plugin.engine.models.missing_values import MissingRule
from cropsample_plugin.engine.models.registry import model_spec
from cropsample_plugin.engine.models.samples import SampleFields, prepare_samples
from cropsample_plugin.engine.output_files import check_output
from cropsample_plugin.engine.progress import StepProgress
from cropsample_plugin.engine.timeseries.sample_table import series_of
from cropsample_plugin.engine.timeseries.table_output import write_table
from cropsample_plugin.jobs.labeled_series import (
    EXTRACTION_SHARE,
    LabeledSeriesRequest,
    read_labeled_series,
)
from cropsample_plugin.jobs.registry import JobContext, JobResult
from cropsample_plugin.jobs.validation_design import DesignParameters, describe_design, find_ground, make_design


@dataclass(frozen=True)
class Parameters(DesignParameters):
    """What to search, on what, and where to; what is not told of here is as in ``crossvalidate``.

    Attributes:
        samples: vector layer: series layer, or plain samples when `stack` is given.
        class_field: field with the class, text or integer.
        model: a name of the registry of models.
        hyperparameters: the .json to write for ``trainclassifier``.
        table: trials to write (.gpkg); "" for none.
        report: the .html to write; "" for none.
        n_trials: settings to try, the default among them.
        choice: ``score`` or ``knee``.
        max_minutes: no trial begins after it; 0 for no limit.
    """

    samples: str
    class_field: str
    hyperparameters: str
    model: str = "random_forest"
    table: str = ""
    report: str = ""
    stack: str = ""
    weight_field: str = ""
    group_field: str = ""
    domain_field: str = ""
    n_trials: int = 30
    choice: str = SCORE
    max_minutes: float = 0.0
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

    def inputs(self) -> list[str]:
        """Return the files that are read."""
        return [path.split("|")[0] for path in (self.samples, self.stack) if path]

    def options(self) -> SearchOptions:
        """Check the parameters and return how to search."""
        if self.class_weights not in CLASS_WEIGHTS:
            raise InputError(f"There are no class weights '{self.class_weights}'.", "Choose 'none' or 'balanced'.")
        if self.choice not in CHOICES:
            raise InputError(f"There is no choice '{self.choice}'.", f"Choose one of: {', '.join(CHOICES)}.")
        return SearchOptions(self.model, self.n_trials, self.choice, self.max_minutes, self.class_weights)


def run(parameters: Parameters, context: JobContext) -> JobResult:
    """Search, then write what was found."""
    spec, options = model_spec(parameters.model), parameters.options()
    _check_outputs(parameters)
    share = EXTRACTION_SHARE if parameters.stack else 0.0
    source = read_labeled_series(parameters.request(), StepProgress(context.progress, 0.0, share), context)
    samples = prepare_samples(
        source.table,
        series_of(source.table),
        SampleFields(parameters.class_field, parameters.weight_field, parameters.group_field, parameters.domain_field),
        MissingRule(parameters.missing_values, parameters.max_missing_share),
        separates_domains=spec.separates_domains,
    )
    ground = find_ground(parameters, source.table, samples)
    design = make_design(parameters, ground)
    folds = design_folds(samples.training_set, ground.places, design)
    device = context.device if context.device in ("cuda", "mps") else "cpu"
    fit_context = FitContext(StepProgress(context.progress, share, 1.0), parameters.seed, context.threads, device)
    outcome = search_hyperparameters(samples.training_set, folds, options, fit_context)
    notes = (*samples.notes, *ground.notes)
    told = SearchReport(
        options, outcome, describe_design(design), samples.training_set.n_samples, notes, _settings(parameters)
    )
    n_dropped = len(samples.dropped_rows) + source.n_lost
    if parameters.dropped:
        write_table(dropped_table(source.table, samples, source.lost), Path(parameters.dropped), "dropped")
    files = [path for path in (parameters.dropped,) if path]
    return _write(parameters, told, {"n_samples": told.n_samples, "n_dropped": n_dropped}, files)


def _write(parameters: Parameters, told: SearchReport, numbers: dict[str, int], files: list[str]) -> JobResult:
    outcome: SearchOutcome = told.outcome
    write_hyperparameters(told.options, outcome, parameters.hyperparameters)
    files = [parameters.hyperparameters, *files]
    if parameters.table:
        write_table(search_table(outcome), Path(parameters.table), "trials")
        files.append(parameters.table)
    if parameters.report:
        write_search_report(told, parameters.report)
        files.append(parameters.report)
    check = outcome.check
    outputs = {
        "hyperparameters": parameters.hyperparameters,
        "table": parameters.table,
        "report": parameters.report,
        "dropped": parameters.dropped,
        "chosen": ", ".join(f"{name} = {value}" for name, value in outcome.chosen.values.items()),
        "macro_f1": outcome.chosen.macro_f1,
        "default_macro_f1": outcome.trials[0].macro_f1,
        "unseen_macro_f1": check.chosen if check else None,
        "unseen_default_macro_f1": check.default if check else None,
        "n_trials": len(outcome.trials),
        **numbers,
    }
    return JobResult(outputs, files, parameters.inputs())


def _settings(parameters: Parameters) -> dict[str, object]:
    given = {name: value for name, value in asdict(parameters).items() if value not in ("", None)}
    paths = ("samples", "stack", "table", "report", "hyperparameters", "dropped")
    return {name: Path(str(value)).name if name in paths else value for name, value in given.items()}


def _check_outputs(parameters: Parameters) -> None:
    inputs = parameters.inputs()
    check_output(parameters.hyperparameters, inputs, (".json",))
    for path, ending in ((parameters.table, ".gpkg"), (parameters.report, ".html"), (parameters.dropped, ".gpkg")):
        if path:
            check_output(path, inputs, (ending,))
