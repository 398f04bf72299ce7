"""Weak supervision from end to end: survey the patches, train, score, train again without each term, pack."""

from __future__ import annotations

import importlib
import importlib.metadata
import platform
from contextlib import ExitStack
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from safetensors.numpy import save as save_tensors

from cropsample_plugin.about import plugin_version
from cropsample_plugin.engine.errors import InputError
from cropsample_plugin.engine.models.class_colors import class_colors
from cropsample_plugin.engine.models.classes import ClassInfo
from cropsample_plugin.engine.models.expectations import Expectations
from cropsample_plugin.engine.models.fitting import FitContext, ModelShape
from cropsample_plugin.engine.models.missing_values import MissingRule
from cropsample_plugin.engine.models.network_fitting import Architecture
from cropsample_plugin.engine.models.network_settings import NetworkSettings
from cropsample_plugin.engine.models.packages import ModelPackage
from cropsample_plugin.engine.models.registry import MODELS, model_spec
from cropsample_plugin.engine.models.weak_supervision.fitting import Course, FittedNetwork, fit_patches
from cropsample_plugin.engine.models.weak_supervision.label_raster import (
    AlignedRaster,
    LabelClass,
    LabelReader,
    VoteReader,
)
from cropsample_plugin.engine.models.weak_supervision.patches import (
    PatchGrid,
    PatchReader,
    count_labels,
    draw_patches,
)
from cropsample_plugin.engine.models.weak_supervision.scoring import (
    HeldOut,
    ReferencePixels,
    ReferenceScores,
    score_held_out,
    score_reference,
)
from cropsample_plugin.engine.models.weak_supervision.settings import PatchSettings, RegulariserSettings
from cropsample_plugin.engine.models.weak_supervision.survey import Survey, SurveyPlan, survey_patches
from cropsample_plugin.engine.progress import StepProgress
from cropsample_plugin.engine.timeseries.dated_stack import DatedStack
from cropsample_plugin.engine.timeseries.processing_history import history_of
from cropsample_plugin.engine.timeseries.series import TimeAxis

AS_ASKED = "as asked"
_COUNTING_SHARE, _SURVEY_SHARE = 0.05, 0.15
_MIB = 1024 * 1024
_CACHE_SHARE = 0.25
# TempCNN with the dropout that methods.md 3.2 gives it here; any other network keeps its own.
_DEFAULTS: dict[str, Any] = {"learning_rate": 1.0e-3, "batch_size": 8, "max_epochs": 50, "patience_epochs": 10}
_DEFAULTS_OF_MODEL: dict[str, dict[str, Any]] = {"temp_cnn": {"dropout": 0.2}}


@dataclass(frozen=True)
class WeakSources:
    """What is learned from.

    Attributes:
        stack: path of the dated stack.
        consensus: path of the raster of labels, on any grid.
        agreement: path of the raster of votes, "" for none.
        classes: what the values of the consensus mean.
        reference: samples of known class; None for none.
    """

    stack: str
    consensus: str
    agreement: str
    classes: tuple[LabelClass, ...]
    reference: ReferencePixels | None = None


@dataclass(frozen=True)
class WeakOptions:
    """How to learn.

    Attributes:
        model: a network of the registry with one head.
        settings: its hyperparameters; the batch size counts patches.
        regulariser, patches: see there.
        missing_rule: the rule for missing values, packed with the model.
        with_ablation: also train without each term.
        memory_mb: memory that the process should stay below, in MiB; patches take a quarter of it at most.
        licence: of the model, as the user states it.
    """

    model: str
    settings: NetworkSettings
    regulariser: RegulariserSettings
    patches: PatchSettings
    missing_rule: MissingRule
    with_ablation: bool = False
    memory_mb: int = 4096
    licence: str = ""

    def __post_init__(self) -> None:
        architecture_of(self.model)
        self.patches.check_step(self.settings.batch_size)


@dataclass(frozen=True)
class Variant:
    """One training: what is left out, the network, and how it does."""

    name: str
    regulariser: RegulariserSettings
    fitted: FittedNetwork
    held_out: HeldOut
    reference: ReferenceScores | None


@dataclass(frozen=True)
class WeakOutcome:
    """The model and how it came about.

    Attributes:
        package: ready to be saved.
        survey: what the patches are like.
        variants: the training as asked first, then those of the ablation.
        notes: sentences for the report.
    """

    package: ModelPackage
    survey: Survey
    variants: tuple[Variant, ...]
    notes: tuple[str, ...]


def weak_hyperparameters(model: str, given: dict[str, Any]) -> dict[str, Any]:
    """Return the hyperparameters given over the defaults of weak supervision."""
    return {**_DEFAULTS, **_DEFAULTS_OF_MODEL.get(model, {}), **given}


def architecture_of(model: str) -> Architecture:
    """Return how a network is built.

    Raises:
        InputError: the model is no network, or has a head each for local and global samples.
    """
    spec = model_spec(model)
    if not issubclass(spec.settings_type, NetworkSettings) or spec.separates_domains:
        suitable = [
            name
            for name, item in MODELS.items()
            if issubclass(item.settings_type, NetworkSettings) and not item.separates_domains
        ]
        raise InputError(
            f"'{model}' cannot learn from neighbours without a label.", f"Choose one of: {', '.join(suitable)}."
        )
    architecture: Architecture = importlib.import_module(spec.module).ARCHITECTURE
    return architecture


def train_weakly(sources: WeakSources, options: WeakOptions, context: FitContext) -> WeakOutcome:
    """Train on patches of a stack with the labels of a consensus.

    The patches held out are scored only; the package holds the model that was scored.

    Raises:
        InputError: a raster does not fit the stack, or there is too little to learn from.
        CanceledError: the user cancelled.
    """
    stack = DatedStack.open(sources.stack)
    with ExitStack() as exits:
        labels = LabelReader(
            exits.enter_context(AlignedRaster(sources.consensus, stack, "The consensus")), sources.classes
        )
        votes = None
        if sources.agreement:
            raster = exits.enter_context(AlignedRaster(sources.agreement, stack, "The agreement"))
            votes = VoteReader(raster, sources.classes)
        grid = PatchGrid.over(stack, options.patches.size_px)
        counts = count_labels(grid, labels, StepProgress(context.progress, 0.0, _COUNTING_SHARE))
        drawn = draw_patches(counts, options.patches.n_patches, np.random.default_rng(context.seed))
        budget = int(options.memory_mb * _MIB * _CACHE_SHARE)
        reader = PatchReader(stack, grid, labels, votes, options.missing_rule, budget)
        exits.callback(reader.close)
        progress = StepProgress(context.progress, _COUNTING_SHARE, _SURVEY_SHARE)
        reader.find_missing_timesteps(drawn, progress)
        plan = SurveyPlan(
            options.patches.held_out_share,
            options.settings.stopping_share,
            options.regulariser.radius_px,
            options.patches.balances_classes,
            context.seed,
        )
        survey = survey_patches(reader, drawn, sources.classes, plan, progress)
        variants = _train_variants(reader, survey, sources, options, context)
        notes = _notes(reader, labels, votes, survey, sources)
    package = _package(stack, sources, options, (survey, variants), context.seed)
    return WeakOutcome(package, survey, variants, (*notes, *variants[0].fitted.notes))


def _train_variants(
    reader: PatchReader, survey: Survey, sources: WeakSources, options: WeakOptions, context: FitContext
) -> tuple[Variant, ...]:
    wanted = {AS_ASKED: options.regulariser}
    if options.with_ablation:
        wanted |= options.regulariser.ablations()
    stack = reader.stack
    shape = ModelShape(stack.n_timesteps, stack.n_bands, len(stack.static_bands), len(sources.classes))
    variants = []
    for number, (name, regulariser) in enumerate(wanted.items()):
        start = _SURVEY_SHARE + (1.0 - _SURVEY_SHARE) * number / len(wanted)
        end = _SURVEY_SHARE + (1.0 - _SURVEY_SHARE) * (number + 1) / len(wanted)
        progress = StepProgress(context.progress, start, end)
        run = replace(context, progress=progress, metric_prefix="" if name == AS_ASKED else f"{name}: ")
        course = Course(architecture_of(options.model), shape, options.settings, regulariser)
        fitted = fit_patches(reader, survey, course, run)
        held_out = score_held_out(reader, survey.split.check, fitted.predictor, progress)
        reference = score_reference(sources.reference, fitted.predictor) if sources.reference is not None else None
        variants.append(Variant(name, regulariser, fitted, held_out, reference))
    return tuple(variants)


def _notes(
    reader: PatchReader, labels: LabelReader, votes: VoteReader | None, survey: Survey, sources: WeakSources
) -> tuple[str, ...]:
    rasters = [item.raster for item in (labels, votes) if item is not None]
    notes = [
        f"{Path(raster.path).name} lies on another grid and was read on the grid of the stack."
        for raster in rasters
        if raster.is_resampled
    ]
    if labels.other_values:
        told = ", ".join(f"{value:g}" for value in sorted(labels.other_values))
        notes.append(f"Values of the consensus that are no class count as no label: {told}.")
    if survey.n_empty_patches:
        notes.append(f"{survey.n_empty_patches} patches without a usable pixel were left out.")
    if survey.n_unlabeled_patches:
        notes.append(f"{survey.n_unlabeled_patches} patches have no label; the regulariser alone learned from them.")
    if reader.ignored_timesteps is not None and reader.ignored_timesteps.any():
        missing = ", ".join(str(date) for date in reader.stack.dates[reader.ignored_timesteps])
        notes.append(f"Dates without any value: {missing}.")
    return (*notes, *(sources.reference.notes if sources.reference is not None else ()))


def _package(
    stack: DatedStack,
    sources: WeakSources,
    options: WeakOptions,
    learned: tuple[Survey, tuple[Variant, ...]],
    seed: int,
) -> ModelPackage:
    survey, variants = learned
    colors = class_colors([item.name for item in sources.classes])
    return ModelPackage(
        model=options.model,
        settings=options.settings,
        expects=Expectations(
            stack.bands,
            stack.static_bands,
            TimeAxis.of_dates(stack.dates),
            survey.scaling,
            options.missing_rule,
            survey.ranges,
            history_of(stack.tags),
        ),
        classes=tuple(
            ClassInfo(item.value, item.value, item.name, color) for item, color in zip(sources.classes, colors)
        ),
        weights=save_tensors(variants[0].fitted.arrays),
        provenance=_provenance(sources, options, survey, variants[0], seed),
    )


def _provenance(
    sources: WeakSources, options: WeakOptions, survey: Survey, variant: Variant, seed: int
) -> dict[str, Any]:
    """Return how the model was made as plain JSON values; nothing in it tells the time or the place."""
    labels = variant.held_out.labels
    return {
        "training_samples": {
            "sha256": survey.sha256,
            "n_used": int(survey.n_labels.sum()),
            "n_unlabeled": survey.n_pixels - int(survey.n_labels.sum()),
            "per_class": [
                {"label": item.value, "n_samples": int(count)} for item, count in zip(sources.classes, survey.n_labels)
            ],
        },
        "weak_supervision": {
            **asdict(options.regulariser),
            **asdict(options.patches),
            "visual_sigma": options.regulariser.visual_sigma or survey.typical_distance,
            "n_patches_learned_from": len(survey.split.fit),
        },
        "protocol": {"name": "held_out_patches", "description": "Agreement with the labels of patches held out"},
        "scores": {
            "agreement_with_labels": _number(labels.overall_accuracy),
            "macro_f1_against_labels": _number(labels.macro_f1),
            "n_tested": labels.n,
            "error_matrix": {"rows": "map", "columns": "labels", "counts": labels.matrix.tolist()},
        },
        "settings": {"seed": seed},
        "versions": {
            "cropsample": plugin_version(),
            "python": platform.python_version(),
            **{name: importlib.metadata.version(name) for name in ("numpy", "torch", "safetensors")},
        },
        "licence": options.licence or "not stated",
        "label_quality": None,
        "calibration": None,
    }


def _number(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
