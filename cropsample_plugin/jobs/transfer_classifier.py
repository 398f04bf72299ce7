"""Bring a model to another place or year: compare naive, transfer and from scratch, and pack what is recommended."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from pyproj import CRS, Transformer

from cropsample_plugin.engine.errors import InputError
from cropsample_plugin.engine.models.cross_validation.ground import read_place, survey_places
from cropsample_plugin.engine.models.dropped_samples import dropped_table
from cropsample_plugin.engine.models.fitting import FitContext
from cropsample_plugin.engine.models.packages import ModelPackage, load_package, save_package
from cropsample_plugin.engine.models.samples import SampleFields
from cropsample_plugin.engine.models.transfer.departure import Departure, DepartureRow, read_radii, run_departure
from cropsample_plugin.engine.models.transfer.domains import Source, Target
from cropsample_plugin.engine.models.transfer.preparation import PreparedDomain, combine, prepare_domain
from cropsample_plugin.engine.models.transfer.report import (
    TransferReport,
    date_notes,
    scores_table,
    write_transfer_report,
)
from cropsample_plugin.engine.models.transfer.strategies import (
    NEED_LABELS,
    NEED_SOURCE,
    AdaptedModel,
    TransferOptions,
    adapt,
    from_scratch,
    naive,
)
from cropsample_plugin.engine.models.transfer.trial import (
    NAIVE,
    SCRATCH,
    TRANSFER,
    Trial,
    TrialOptions,
    mean_scores,
    run_trial,
)
from cropsample_plugin.engine.models.transfer.verdict import Verdict, judge
from cropsample_plugin.engine.output_files import check_output
from cropsample_plugin.engine.progress import StepProgress
from cropsample_plugin.engine.timeseries.table_output import write_table
from cropsample_plugin.jobs.labeled_series import (
    EXTRACTION_SHARE,
    LabeledSeries,
    LabeledSeriesRequest,
    read_labeled_series,
)
from cropsample_plugin.jobs.registry import JobContext, JobResult

_M_PER_KM = 1000.0
PACK = ("recommended", TRANSFER)
_FEWEST_TESTED = 4


@dataclass(frozen=True)
class Parameters:
    """What to transfer, to what, and where to.

    Attributes:
        model_package: the source model.
        samples: target samples: series layer, or plain samples when `stack` is given; those without a class are the
            pool without labels.
        output: the package to write (.zip).
        class_field: class of each target sample; "" when none has one.
        stack: dated stack of the target; "" when the layer holds the series.
        source_samples: series layer of the source; "" for none. ``zero_label``, ``joint`` and ``dann`` need it.
        source_class_field: class of each source sample; "" for `class_field`.
        strategy, treatment, scaling, learning_rate: see `TransferOptions`.
        season_shift_days: days by which the season of the target is later in the year, 182 between hemispheres.
        group_field, weight_field: see `SampleFields`.
        n_repeats, test_share: see `TrialOptions`.
        pack: ``recommended``: the best of naive, transfer and from scratch; ``transfer``: it, whatever the scores.
        start_point: longitude and latitude in degrees, as text, for the departure-point experiment; "" for none.
        radii: kilometres around it, as text: ``20,25,30``.
        report: the .html to write; "" for none.
        table: scores to write (.gpkg); "" for none.
        dropped: table of dropped samples (.gpkg); "" for none.
        seed: the same seed gives the same package.
        pixels_per_polygon, inner_buffer_m, start_field, end_field: passed on to the extraction.
    """

    model_package: str
    samples: str
    output: str
    class_field: str = ""
    stack: str = ""
    source_samples: str = ""
    source_class_field: str = ""
    strategy: str = "direct"
    treatment: str = "R1"
    scaling: str = "target"
    learning_rate: float = 5.0e-4
    season_shift_days: float = 0.0
    group_field: str = ""
    weight_field: str = ""
    n_repeats: int = 5
    test_share: float = 0.5
    pack: str = PACK[0]
    start_point: str = ""
    radii: str = "20,25,30"
    report: str = ""
    table: str = ""
    dropped: str = ""
    seed: int = 42
    pixels_per_polygon: int = 1
    inner_buffer_m: float = 0.0
    start_field: str = ""
    end_field: str = ""

    def options(self) -> TransferOptions:
        """Check the parameters and return how to adapt."""
        if self.pack not in PACK:
            raise InputError(f"'{self.pack}' cannot be packed.", f"Choose one of: {', '.join(PACK)}.")
        if self.strategy in NEED_SOURCE and not self.source_samples:
            raise InputError(
                f"'{self.strategy}' learns from the samples of the source, and none are given.",
                "Give the source samples, or choose 'direct' or 'fine_tune'.",
            )
        if self.start_point:
            read_place(self.start_point)
            read_radii(self.radii)
        return TransferOptions(self.strategy, self.treatment, self.scaling, self.learning_rate)

    def request(self) -> LabeledSeriesRequest:
        """Return what to read the target's series of."""
        return LabeledSeriesRequest(
            self.samples,
            self.stack,
            self.pixels_per_polygon,
            self.inner_buffer_m,
            self.start_field,
            self.end_field,
            self.seed,
        )


@dataclass(frozen=True)
class _Found:
    """What was read, compared and chosen."""

    read: LabeledSeries
    prepared: PreparedDomain
    domains: tuple[Source, Target]
    trial: Trial | None
    departure: list[DepartureRow]
    verdict: Verdict
    packed: str
    adapted: AdaptedModel


def run(parameters: Parameters, context: JobContext) -> JobResult:
    """Compare, judge, adapt with all labels, then write package, report, scores and dropped samples."""
    options = parameters.options()
    _check_outputs(parameters)
    package = load_package(parameters.model_package)
    share = EXTRACTION_SHARE if parameters.stack else 0.0
    read = read_labeled_series(parameters.request(), StepProgress(context.progress, 0.0, share), context)
    fields = SampleFields(parameters.class_field, parameters.weight_field, parameters.group_field)
    prepared = prepare_domain(read.table, fields, package, parameters.season_shift_days)
    source, target = combine(package, prepared, _source_domain(parameters, package, context))
    device = context.device if context.device in ("cuda", "mps") else "cpu"

    def part(start: float, end: float) -> FitContext:
        progress = StepProgress(context.progress, share + (1 - share) * start, share + (1 - share) * end)
        return FitContext(progress, parameters.seed, context.threads, device)

    domains = (source, target)
    trial = _trial(parameters, domains, options, part(0.0, 0.5))
    departure = _departure(parameters, read, (prepared, source, target), options, part(0.5, 0.8))
    verdict = judge(trial, options.strategy)
    packed = verdict.use if parameters.pack == PACK[0] else TRANSFER
    adapted = _adapt(packed, domains, options, part(0.8, 1.0))
    for sentence in (*verdict.sentences, *adapted.notes):
        context.progress.log(sentence, "info")
    return _write(parameters, _Found(read, prepared, domains, trial, departure, verdict, packed, adapted))


def _source_domain(parameters: Parameters, package: ModelPackage, context: JobContext) -> PreparedDomain | None:
    if not parameters.source_samples:
        return None
    field = parameters.source_class_field or parameters.class_field
    if not field:
        raise InputError("The class field of the source samples is not known.", "Name it.")
    table = read_labeled_series(LabeledSeriesRequest(parameters.source_samples), context.progress, context).table
    return prepare_domain(table, SampleFields(field), package, 0.0, "source")


def _trial(
    parameters: Parameters, domains: tuple[Source, Target], options: TransferOptions, context: FitContext
) -> Trial | None:
    """Compare the candidates where there are labels to test with."""
    source, target = domains
    n_labeled = len(target.labeled)
    if n_labeled < _FEWEST_TESTED:
        if options.strategy in NEED_LABELS:
            target.needed_labels(options.strategy)
        if n_labeled:
            context.progress.log(f"{n_labeled} labeled target samples are too few to test with.", "warning")
        return None
    trial = TrialOptions(parameters.n_repeats, parameters.test_share, parameters.seed)
    return run_trial(source, target, options, trial, context)


def _departure(
    parameters: Parameters,
    read: LabeledSeries,
    found: tuple[PreparedDomain, Source, Target],
    options: TransferOptions,
    context: FitContext,
) -> list[DepartureRow]:
    if not parameters.start_point:
        return []
    prepared, source, target = found
    labeled = np.array([label is not None for label in prepared.labels])
    xy_m, projection = survey_places(read.table.subset(prepared.used_rows[labeled]))
    if xy_m is None or projection is None or not len(xy_m):
        raise InputError(
            "The labeled target samples have no place, or there are none.",
            "Give a layer with geometries and classes, or leave the starting point empty.",
        )
    longitude, latitude = read_place(parameters.start_point)
    start = Transformer.from_crs(CRS.from_epsg(4326), projection.projected, always_xy=True).transform(
        longitude, latitude
    )
    radii_m = tuple(_M_PER_KM * radius for radius in read_radii(parameters.radii))
    departure = Departure(np.hypot(*(xy_m - np.array(start)).T), radii_m, parameters.n_repeats, parameters.seed)
    return run_departure(source, target, options, departure, context)


def _adapt(packed: str, domains: tuple[Source, Target], options: TransferOptions, context: FitContext) -> AdaptedModel:
    source, target = domains
    if packed == NAIVE:
        return naive(source)
    if packed == SCRATCH:
        return from_scratch(source, target.labeled, context)
    return adapt(source, target, options, context)


def _write(parameters: Parameters, found: _Found) -> JobResult:
    source, target = found.domains
    package = found.adapted.package()
    record = {
        "strategy": parameters.strategy,
        "treatment": parameters.treatment if parameters.strategy == "fine_tune" else None,
        "scaling": parameters.scaling,
        "packed": found.packed,
        "verdict": list(found.verdict.sentences),
        "n_labeled": len(target.labeled),
        "n_unlabeled": len(target.pool),
        "notes": found.adapted.notes,
        "seed": parameters.seed,
    }
    told = {**package.provenance, "transfer": {**record, "scores": mean_scores(found.trial)}}
    save_package(replace(package, provenance=told), parameters.output)
    files = [parameters.output]
    dropped_reasons = (*found.prepared.reasons, *found.read.lost_reasons)
    if parameters.report:
        report = TransferReport(
            source,
            target,
            found.trial,
            found.verdict,
            found.adapted,
            found.departure,
            dropped_reasons,
            _shown(parameters),
            date_notes(found.prepared, package),
        )
        write_transfer_report(report, parameters.report)
        files.append(parameters.report)
    if parameters.table:
        write_table(scores_table(found.trial, found.departure), Path(parameters.table), "scores")
        files.append(parameters.table)
    if parameters.dropped:
        table = dropped_table(found.read.table, found.prepared, found.read.lost)
        write_table(table, Path(parameters.dropped), "dropped")
        files.append(parameters.dropped)
    inputs = [path.split("|")[0] for path in _inputs(parameters)]
    return JobResult(_outputs(parameters, found, len(dropped_reasons)), files, inputs)


def _outputs(parameters: Parameters, found: _Found, n_dropped: int) -> dict[str, Any]:
    _, target = found.domains
    outputs: dict[str, Any] = {
        "output": parameters.output,
        "report": parameters.report,
        "table": parameters.table,
        "dropped": parameters.dropped,
        "recommended": found.verdict.use,
        "verdict": " ".join(found.verdict.sentences),
        "n_labeled": len(target.labeled),
        "n_unlabeled": len(target.pool),
        "n_dropped": n_dropped,
    }
    for name in (NAIVE, TRANSFER, SCRATCH):
        item = found.trial.candidates.get(name) if found.trial else None
        outputs[f"{name}_macro_f1"] = item.mean("macro_f1") if item else None
        outputs[f"{name}_accuracy"] = item.mean("overall_accuracy") if item else None
    return outputs


def _shown(parameters: Parameters) -> dict[str, Any]:
    """Return the parameters for the report, files by their names alone."""
    shown = {name: value for name, value in asdict(parameters).items() if value not in ("", None)}
    files = ("model_package", "samples", "output", "stack", "source_samples", "report", "table", "dropped")
    return {name: Path(value).name if name in files else value for name, value in shown.items()}


def _inputs(parameters: Parameters) -> list[str]:
    paths = (parameters.model_package, parameters.samples, parameters.stack, parameters.source_samples)
    return [path for path in paths if path]


def _check_outputs(parameters: Parameters) -> None:
    inputs = [path.split("|")[0] for path in _inputs(parameters)]
    check_output(parameters.output, inputs, (".zip",))
    for path, extension in ((parameters.report, ".html"), (parameters.table, ".gpkg"), (parameters.dropped, ".gpkg")):
        if path:
            check_output(path, inputs, (extension,))
