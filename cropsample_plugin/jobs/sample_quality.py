"""Say for each label whether its series supports it, why, and how much it should weigh in training."""

from __future__ import annotations

import tempfile
from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from cropsample_plugin.engine.errors import InputError
from cropsample_plugin.engine.labels.confident_learning import ConfidentSettings
from cropsample_plugin.engine.labels.crop_calendar import CalendarSource, SampleCalendars, read_crop_calendars
from cropsample_plugin.engine.labels.quality import QualityOutcome, QualitySettings, judge_labels
from cropsample_plugin.engine.labels.quality_facts import (
    check_outside_weight,
    describe_quality,
    write_quality_facts,
)
from cropsample_plugin.engine.labels.quality_input import (
    QualityFields,
    QualitySamples,
    duplicate_groups,
    read_quality_samples,
)
from cropsample_plugin.engine.labels.quality_report import write_quality_report
from cropsample_plugin.engine.labels.quality_result import CATEGORIES, CategoryWeights
from cropsample_plugin.engine.labels.quality_tables import (
    index_table,
    judged_layer,
    ledger_rows,
    sample_fields,
    season_table,
    table_of,
)
from cropsample_plugin.engine.labels.sample_seasons import GapSettings
from cropsample_plugin.engine.labels.sits_rule import SitsSettings
from cropsample_plugin.engine.labels.som_evidence import SomSettings
from cropsample_plugin.engine.labels.tisqe import TisqeSettings
from cropsample_plugin.engine.output_files import check_output
from cropsample_plugin.engine.progress import Progress, StepProgress
from cropsample_plugin.engine.timeseries.sample_table import SampleTable
from cropsample_plugin.engine.timeseries.seasons.season_data import SeasonSettings
from cropsample_plugin.engine.timeseries.series import AxisKind
from cropsample_plugin.engine.timeseries.table_output import write_table
from cropsample_plugin.jobs.registry import JobContext, JobResult, job_module, read_parameters


@dataclass(frozen=True)
class Parameters:
    """Parameters of ``samplequality``.

    Attributes:
        input: labeled series layer, or labeled samples when `stack` is given.
        class_field, date_field, start_field, end_field: see `QualityFields`.
        output: GeoPackage of the samples with what was found.
        stack: dated stack to read series from; "" when the layer holds them.
        method, band_roles, greenness: see `QualitySettings`.
        merge_names: take class names that differ in capitals or spaces alone for one.
        scope, min_samples, keep_probability, keep_margin, remove_margin, min_separability: see `TisqeSettings`.
        n_seeds, map_side, seed: see `SomSettings`.
        prior_threshold, posterior_threshold, sits_rounds: see `SitsSettings`.
        n_folds: see `ConfidentSettings`.
        min_observations, max_gap_days, peak_days, match_days: see `GapSettings`.
        min_prominence, min_season_days, max_season_days: see `SeasonSettings`.
        weight_keep, weight_suspect, weight_remove, weight_data_gap, weight_not_judged,
            keep_class_shares: see `CategoryWeights`.
        calendar, calendar_raster, calendar_crop_field, calendar_start_field, calendar_end_field,
            calendar_classes: see `CalendarSource`; "" for none.
        pixels_per_polygon, inner_buffer_m: passed on to the extraction.
        weight_out_of_season: weight of time steps outside of every growing season, see `describe_quality`.
        seasons, indices, ledger, report, dropped, quality_facts: files to write; "" for none.
    """

    input: str
    class_field: str
    output: str
    stack: str = ""
    date_field: str = ""
    start_field: str = ""
    end_field: str = ""
    method: str = "tisqe"
    band_roles: str = ""
    greenness: str = ""
    merge_names: bool = False
    scope: str = "year"
    min_samples: int = 20
    keep_probability: float = 0.6
    keep_margin: float = 0.05
    remove_margin: float = -0.2
    min_separability: float = 0.0
    n_seeds: int = 10
    map_side: int = 0
    seed: int = 42
    prior_threshold: float = 0.6
    posterior_threshold: float = 0.6
    sits_rounds: int = 100
    n_folds: int = 5
    min_observations: int = 6
    max_gap_days: float = 45.0
    peak_days: float = 20.0
    match_days: float = 30.0
    min_prominence: float = 0.1
    min_season_days: float = 60.0
    max_season_days: float = 300.0
    weight_keep: float = 1.0
    weight_suspect: float = 0.5
    weight_remove: float = 0.05
    weight_data_gap: float = 0.3
    weight_not_judged: float = 0.5
    keep_class_shares: bool = True
    pixels_per_polygon: int = 1
    inner_buffer_m: float = 0.0
    seasons: str = ""
    indices: str = ""
    ledger: str = ""
    report: str = ""
    dropped: str = ""
    weight_out_of_season: float = 0.3
    calendar: str = ""
    calendar_raster: str = ""
    calendar_crop_field: str = ""
    calendar_start_field: str = ""
    calendar_end_field: str = ""
    calendar_classes: str = ""
    quality_facts: str = ""

    def calendar_source(self) -> CalendarSource:
        """Return where the crop calendar is read from."""
        return CalendarSource(
            self.calendar,
            self.calendar_raster,
            self.calendar_crop_field,
            self.calendar_start_field,
            self.calendar_end_field,
            self.calendar_classes,
        )

    def settings(self, threads: int) -> QualitySettings:
        """Return how to judge."""
        return QualitySettings(
            method=self.method,
            band_roles=self.band_roles,
            greenness=self.greenness,
            seasons=SeasonSettings(
                min_prominence=self.min_prominence,
                min_length_days=self.min_season_days,
                max_length_days=self.max_season_days,
            ),
            gaps=GapSettings(self.min_observations, self.max_gap_days, self.peak_days, self.match_days),
            tisqe=TisqeSettings(
                scope=self.scope,
                min_samples=self.min_samples,
                min_separability=self.min_separability,
                keep_probability=self.keep_probability,
                keep_margin=self.keep_margin,
                remove_margin=self.remove_margin,
                som=SomSettings(self.n_seeds, self.map_side, seed=self.seed),
            ),
            sits=SitsSettings(
                side=self.map_side or SitsSettings.side,
                n_rounds=self.sits_rounds,
                prior_threshold=self.prior_threshold,
                posterior_threshold=self.posterior_threshold,
                seed=self.seed,
            ),
            confident=ConfidentSettings(n_folds=self.n_folds, seed=self.seed, threads=threads),
            weights=CategoryWeights(
                self.weight_keep,
                self.weight_suspect,
                self.weight_remove,
                self.weight_data_gap,
                self.weight_not_judged,
                self.keep_class_shares,
            ),
        )


def run(parameters: Parameters, context: JobContext) -> JobResult:
    """Read the series, judge the labels, and write samples, seasons, indices, ledger and report."""
    _check_outputs(parameters)
    settings = parameters.settings(context.threads)
    share = 0.3 if parameters.stack else 0.0
    table = _read_table(parameters, StepProgress(context.progress, 0.0, share), context)
    fields = QualityFields(parameters.class_field, parameters.date_field, parameters.start_field, parameters.end_field)
    samples = read_quality_samples(table, fields, merge_names=parameters.merge_names)
    _tell(samples, context.progress)
    groups = duplicate_groups(table, samples)
    calendars = _calendars(parameters, table, samples, context.progress)
    outcome = judge_labels(samples, settings, groups, StepProgress(context.progress, share, 0.95), calendars)
    added, dtypes = sample_fields(samples, outcome, settings.weights, groups)
    write_table(judged_layer(table, added, dtypes), Path(parameters.output), "samples")
    _write_others(parameters, samples, outcome, settings)
    counts = Counter(outcome.result.category.tolist())
    outputs = {f"n_{_output_name(name)}": counts[name] for name in CATEGORIES}
    return JobResult(
        outputs={
            **outputs,
            "output": parameters.output,
            "dropped": parameters.dropped,
            "quality_facts": parameters.quality_facts,
            "n_samples": samples.n_samples,
            "n_seasons": len({name for name in outcome.seasons.names if name}),
            "n_duplicates": int((groups > 0).sum()),
        },
        files=[path for path in _files(parameters) if Path(path).exists()],
        inputs=_inputs(parameters),
    )


def _output_name(category: str) -> str:
    return {"DataGap": "data_gap", "NA": "not_judged"}.get(category, category.lower())


def _files(parameters: Parameters) -> list[str]:
    paths = (parameters.output, parameters.seasons, parameters.indices, parameters.ledger, parameters.report)
    return [path for path in (*paths, parameters.dropped, parameters.quality_facts) if path]


def _inputs(parameters: Parameters) -> list[str]:
    paths = (parameters.input, parameters.stack, parameters.calendar, parameters.calendar_raster)
    return [path for path in paths if path]


def _calendars(
    parameters: Parameters, table: SampleTable, samples: QualitySamples, progress: Progress
) -> SampleCalendars | None:
    source = parameters.calendar_source()
    if not source.is_given:
        if any((source.classes, source.crop_field, source.start_field, source.end_field)):
            raise InputError("Fields or classes of a crop calendar are given without one.", "Give the calendar too.")
        return None
    if samples.series.axis.kind is AxisKind.STEP and not parameters.start_field:
        raise InputError(
            "A crop calendar needs to know when the series start.",
            "Their steps carry no dates: choose the field with the first day of each series.",
        )
    labels = np.array([*samples.classes, None], dtype=object)[samples.codes]
    calendars = read_crop_calendars(source, table, labels)
    without = int((~calendars.is_known).sum())
    if without:
        progress.log(f"{without} samples have no crop calendar; the date alone decides on their seasons.", "warning")
    return calendars


def _check_outputs(parameters: Parameters) -> None:
    inputs = _inputs(parameters)
    check_outside_weight(parameters.weight_out_of_season)
    for path in _files(parameters) or [""]:
        endings = {parameters.report: (".html",), parameters.quality_facts: (".json",)}
        check_output(path, inputs, endings.get(path or "none", (".gpkg",)))


def _read_table(parameters: Parameters, progress: Progress, context: JobContext) -> SampleTable:
    if not parameters.stack:
        return SampleTable.read(parameters.input)
    with tempfile.TemporaryDirectory(prefix="cropsample_") as folder:
        series = str(Path(folder) / "series.gpkg")
        module = job_module("extracttimeseries")
        values = {
            "samples": parameters.input,
            "stack": parameters.stack,
            "output": series,
            "dropped": parameters.dropped,
            "pixels_per_polygon": parameters.pixels_per_polygon,
            "inner_buffer_m": parameters.inner_buffer_m,
            "seed": parameters.seed,
        }
        module.run(
            read_parameters(module, values), JobContext(progress, context.threads, context.memory_mb, context.device)
        )
        return SampleTable.read(series)


def _tell(samples: QualitySamples, progress: Progress) -> None:
    for note in samples.notes:
        progress.log(note, "warning")
    for problem, count in Counter(samples.date_problems.tolist()).items():
        if problem:
            progress.log(f"{count} samples are not judged: {problem}.", "warning")


def _write_others(
    parameters: Parameters, samples: QualitySamples, outcome: QualityOutcome, settings: QualitySettings
) -> None:
    if parameters.seasons:
        write_table(season_table(samples, outcome), Path(parameters.seasons), "seasons")
    if parameters.indices:
        write_table(index_table(samples, outcome), Path(parameters.indices), "indices")
    if parameters.ledger:
        ledger = table_of(ledger_rows(samples, outcome), ("class", "season", *CATEGORIES))
        write_table(ledger, Path(parameters.ledger), "ledger")
    if parameters.quality_facts:
        facts = describe_quality(
            samples, outcome.seasons, outcome.result, asdict(settings), parameters.weight_out_of_season
        )
        write_quality_facts(facts, parameters.quality_facts)
    if parameters.report:
        write_quality_report(samples, outcome, settings, parameters.report)
