"""Weak supervision from end to end: survey the patches, train, score, train again without each term, pack."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from cropsample_plugin.engine.models.fitting import FitContext, ModelShape
from cropsample_plugin.engine.models.packages import ModelPackage
from cropsample_plugin.engine.models.weak_supervision.fitting import Course, FittedNetwork, fit_patches
from cropsample_plugin.engine.models.weak_supervision.label_raster import (
    AlignedRaster,
    LabelReader,
    VoteReader,
)
from cropsample_plugin.engine.models.weak_supervision.options import WeakOptions, WeakSources, architecture_of
from cropsample_plugin.engine.models.weak_supervision.packing import Learned, pack
from cropsample_plugin.engine.models.weak_supervision.patches import (
    PatchGrid,
    PatchReader,
    count_labels,
    draw_patches,
)
from cropsample_plugin.engine.models.weak_supervision.scoring import (
    HeldOut,
    ReferenceScores,
    score_held_out,
    score_reference,
)
from cropsample_plugin.engine.models.weak_supervision.settings import RegulariserSettings
from cropsample_plugin.engine.models.weak_supervision.survey import Survey, SurveyPlan, survey_patches
from cropsample_plugin.engine.progress import StepProgress
from cropsample_plugin.engine.timeseries.dated_stack import DatedStack

AS_ASKED = "as asked"
_COUNTING_SHARE, _SURVEY_SHARE = 0.05, 0.15
_MIB = 1024 * 1024
_CACHE_SHARE = 0.25


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
    package = pack(
        stack, sources.classes, options, Learned(survey, variants[0].fitted, variants[0].held_out), context.seed
    )
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
