"""Train a network on a stack with the agreement of land-cover products as its only labels."""

from __future__ import annotations

import shutil
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cropsample_plugin.engine.errors import InputError
from cropsample_plugin.engine.models.fitting import FitContext
from cropsample_plugin.engine.models.hyperparameter_values import read_settings
from cropsample_plugin.engine.models.missing_values import MissingRule
from cropsample_plugin.engine.models.packages import save_package
from cropsample_plugin.engine.models.registry import model_spec
from cropsample_plugin.engine.models.weak_supervision.label_raster import read_label_classes
from cropsample_plugin.engine.models.weak_supervision.options import (
    WeakOptions,
    WeakSources,
    architecture_of,
    weak_hyperparameters,
)
from cropsample_plugin.engine.models.weak_supervision.reference import ReferencePlan, read_reference
from cropsample_plugin.engine.models.weak_supervision.scoring import ReferencePixels
from cropsample_plugin.engine.models.weak_supervision.settings import PatchSettings, RegulariserSettings
from cropsample_plugin.engine.output_files import check_output
from cropsample_plugin.engine.progress import StepProgress
from cropsample_plugin.engine.timeseries.dated_stack import DatedStack
from cropsample_plugin.jobs.labeled_series import LabeledSeriesRequest, read_labeled_series
from cropsample_plugin.jobs.registry import JobContext, JobResult

if TYPE_CHECKING:
    from cropsample_plugin.engine.models.weak_supervision.training import WeakOutcome

_REFERENCE_SHARE = 0.05
_CLASS_WEIGHTS = ("balanced", "none")


@dataclass(frozen=True)
class Parameters:
    """Parameters of ``trainweaklysupervised``.

    Attributes:
        stack: dated stack.
        consensus: raster of class values on any grid.
        model_package: the .zip to write.
        classes: what the values of the consensus mean, as in ``0: non-crop; 1: crop``.
        agreement: votes of the products, as ``productconsensus`` writes them; "" for none.
        report: the .html to write; "" for none.
        model: a network of the registry with one head.
        strength, ramp_epochs, similarity, aggregation, radius_px, spatial_sigma_px, visual_sigma: see
            `RegulariserSettings`.
        patch_size_px, n_patches, held_out_share, class_weights: see `PatchSettings`.
        ablation: also train without each term, for the report.
        reference: samples of known class to score model and vote on; "" for none.
        class_field: their class, the name or value of one of the classes.
        hyperparameters: those that differ from the defaults of weak supervision; the batch size counts patches.
        missing_values, max_missing_share: the rule for missing values.
        seed: the same seed gives the same package.
        licence: licence of the model, written into the package.
    """

    stack: str
    consensus: str
    model_package: str
    classes: str = "0: non-crop; 1: crop"
    agreement: str = ""
    report: str = ""
    model: str = "temp_cnn"
    strength: float = 0.1
    ramp_epochs: int = 5
    similarity: float = 0.9
    aggregation: float = 0.1
    radius_px: int = 3
    spatial_sigma_px: float = 3.0
    visual_sigma: float = 0.0
    patch_size_px: int = 16
    n_patches: int = 160
    held_out_share: float = 0.2
    class_weights: str = "balanced"
    ablation: bool = False
    reference: str = ""
    class_field: str = ""
    hyperparameters: dict[str, Any] = field(default_factory=dict)
    missing_values: str = "linear"
    max_missing_share: float = 0.7
    seed: int = 42
    licence: str = ""

    def options(self, memory_mb: int) -> WeakOptions:
        """Check the parameters and return how to learn."""
        architecture_of(self.model)
        if self.class_weights not in _CLASS_WEIGHTS:
            raise InputError(f"There are no class weights '{self.class_weights}'.", "Choose 'balanced' or 'none'.")
        values = weak_hyperparameters(self.model, self.hyperparameters)
        return WeakOptions(
            self.model,
            read_settings(model_spec(self.model).settings_type, values),  # type: ignore[arg-type] # a network's
            RegulariserSettings(
                self.strength,
                self.ramp_epochs,
                self.similarity,
                self.aggregation,
                self.radius_px,
                self.spatial_sigma_px,
                self.visual_sigma,
            ),
            PatchSettings(
                self.patch_size_px, self.n_patches, self.held_out_share, self.class_weights == _CLASS_WEIGHTS[0]
            ),
            MissingRule(self.missing_values, self.max_missing_share),
            with_ablation=self.ablation,
            memory_mb=memory_mb,
            licence=self.licence,
        )


def run(parameters: Parameters, context: JobContext) -> JobResult:
    """Train, then write the package and the report.

    While the network trains, the folder ``<package>.training`` holds its state; the same job started again after an
    interruption goes on from there.
    """
    from cropsample_plugin.engine.models.weak_supervision.report import WeakReport, write_weak_report
    from cropsample_plugin.engine.models.weak_supervision.training import train_weakly

    options = parameters.options(context.memory_mb)
    _check_outputs(parameters)
    share = _REFERENCE_SHARE if parameters.reference else 0.0
    reference = _read_reference(parameters, options, StepProgress(context.progress, 0.0, share), context)
    sources = WeakSources(
        parameters.stack,
        parameters.consensus,
        parameters.agreement,
        read_label_classes(parameters.classes),
        reference,
    )
    device = context.device if context.device in ("cuda", "mps") else "cpu"
    states = Path(parameters.model_package).with_suffix(".training")
    fit_context = FitContext(
        StepProgress(context.progress, share, 1.0), parameters.seed, context.threads, device, checkpoints=states
    )
    outcome = train_weakly(sources, options, fit_context)
    save_package(outcome.package, parameters.model_package)
    shutil.rmtree(states, ignore_errors=True)
    for note in outcome.notes:
        context.progress.log(note, "info")
    files = [parameters.model_package]
    if parameters.report:
        n_dropped = reference.n_dropped if reference is not None else 0
        write_weak_report(WeakReport(outcome, sources.classes, _settings(parameters), n_dropped), parameters.report)
        files.append(parameters.report)
    return JobResult(_outputs(parameters, outcome), files, _inputs(parameters))


def _read_reference(
    parameters: Parameters, options: WeakOptions, progress: StepProgress, context: JobContext
) -> ReferencePixels | None:
    if not parameters.reference:
        return None
    if not parameters.class_field:
        raise InputError("The reference has no class field.", "Choose the field with the class of each sample.")
    request = LabeledSeriesRequest(parameters.reference, parameters.stack, seed=parameters.seed)
    source = read_labeled_series(request, progress, context)
    plan = ReferencePlan(
        parameters.class_field, read_label_classes(parameters.classes), options.missing_rule, parameters.agreement
    )
    return read_reference(source.table, plan, DatedStack.open(parameters.stack), source.lost_reasons)


def _inputs(parameters: Parameters) -> list[str]:
    paths = (parameters.stack, parameters.consensus, parameters.agreement, parameters.reference)
    return [path.split("|")[0] for path in paths if path]


def _check_outputs(parameters: Parameters) -> None:
    check_output(parameters.model_package, _inputs(parameters), (".zip",))
    if parameters.report:
        check_output(parameters.report, _inputs(parameters), (".html",))


def _settings(parameters: Parameters) -> dict[str, Any]:
    """Return parameter to value for the report, files by their names."""
    files = ("stack", "consensus", "agreement", "reference", "model_package", "report")
    told = {name: value for name, value in asdict(parameters).items() if value not in ("", {}, None)}
    return {name: Path(str(value)).name if name in files else value for name, value in told.items()}


def _outputs(parameters: Parameters, outcome: WeakOutcome) -> dict[str, Any]:
    survey, main = outcome.survey, outcome.variants[0]
    reference = main.reference
    vote = reference.vote if reference is not None else None
    return {
        "model_package": parameters.model_package,
        "report": parameters.report,
        "label_agreement": main.held_out.labels.overall_accuracy,
        "label_macro_f1": main.held_out.labels.macro_f1,
        "reference_macro_f1": reference.model.macro_f1 if reference is not None else None,
        "vote_macro_f1": vote.macro_f1 if vote is not None else None,
        "n_patches": len(survey.split.fit),
        "n_labels": int(survey.n_labels.sum()),
        "n_pixels": survey.n_pixels,
        "classes": [asdict(item) for item in outcome.package.classes],
    }
