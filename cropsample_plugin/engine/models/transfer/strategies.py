"""The ways to bring a model to another place or year: name to what it learns from and how.

``direct`` uses the source model as it is; with target scaling it reads the target by its own moments (trees do not
look at the size of their inputs and stay as they are). ``zero_label``
trains the source's kind of model on source samples brought to the target's moments, at the dates that both observed,
and corrects the class shares. ``joint`` learns from the target's labels and, weighing little, from those samples.
``fill_in`` averages a forest of the target's labels with one in which those samples stand in for missing labels.
``fine_tune`` trains the source's network on. ``dann`` trains it on against a judge of domains.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Callable

import numpy as np
import numpy.typing as npt

from cropsample_plugin.engine.errors import InputError
from cropsample_plugin.engine.models.class_factors import FactoredPredictor, Factors
from cropsample_plugin.engine.models.expectations import measure_ranges
from cropsample_plugin.engine.models.fitting import CurveRow, FitContext, FittedModel, Predictor
from cropsample_plugin.engine.models.packages import ModelPackage
from cropsample_plugin.engine.models.scaling import fit_scaling
from cropsample_plugin.engine.models.training_set import TrainingSet
from cropsample_plugin.engine.models.transfer.class_shares import estimate_shares, share_factors
from cropsample_plugin.engine.models.transfer.domain_moments import Moments, brought_to
from cropsample_plugin.engine.models.transfer.domains import DomainSamples, Source, Target, padded
from cropsample_plugin.engine.models.transfer.season_alignment import common_timesteps
from cropsample_plugin.engine.timeseries.series import TimeAxis

FloatArray = npt.NDArray[np.float32]
SCALINGS = ("source", "target")
SOURCE_WORTH = 10.0
"""Target samples that all source samples of ``joint`` weigh as much as; chosen on Central Asia."""


@dataclass(frozen=True)
class TransferOptions:
    """How to adapt.

    Attributes:
        strategy: a key of `STRATEGIES`.
        treatment: of ``fine_tune``, ``R1`` to ``R4``.
        scaling: ``source`` or ``target``, see `domain_moments`.
        learning_rate: of ``fine_tune``.
    """

    strategy: str = "fine_tune"
    treatment: str = "R1"
    scaling: str = "target"
    learning_rate: float = 5.0e-4

    def __post_init__(self) -> None:
        if self.strategy not in STRATEGIES:
            raise InputError(f"There is no strategy '{self.strategy}'.", f"Choose one of: {', '.join(STRATEGIES)}.")
        if self.scaling not in SCALINGS:
            raise InputError(f"There is no scaling '{self.scaling}'.", "Choose 'source' or 'target'.")


@dataclass(frozen=True)
class AdaptedModel:
    """A model for the target.

    Attributes:
        predictor: of series on the model's whole axis.
        package: makes the package.
        curve: of its training, if any.
        notes: sentences for the report.
    """

    predictor: Predictor
    package: Callable[[], ModelPackage]
    curve: list[CurveRow] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def predict(self, samples: TrainingSet) -> FloatArray:
        """Return ``(n, n_classes)`` probabilities, 0 for classes that the model does not know."""
        found = self.predictor.predict_probabilities(samples.values, samples.static_values)
        return padded(found, samples.n_classes)


@dataclass(frozen=True)
class _SomeSteps:
    """A predictor of some time steps; see `Predictor`."""

    model: Predictor
    timesteps: npt.NDArray[np.int64]

    @property
    def n_classes(self) -> int:
        return self.model.n_classes

    def predict_probabilities(self, values: FloatArray, static_values: FloatArray) -> FloatArray:
        return self.model.predict_probabilities(np.ascontiguousarray(values[:, self.timesteps]), static_values)


def naive(source: Source) -> AdaptedModel:
    """Return the source model as it is."""
    return AdaptedModel(source.package.predictor(), lambda: source.package)


def from_scratch(source: Source, labeled: DomainSamples, context: FitContext) -> AdaptedModel:
    """Train the source's kind of model on the target's labels alone."""
    fitted = source.package.spec.fit(labeled.samples, source.package.settings, context)
    return _adapted(source, fitted, labeled)


def adapt(source: Source, target: Target, options: TransferOptions, context: FitContext) -> AdaptedModel:
    """Adapt the source model by a strategy.

    Raises:
        InputError, SamplesError: the strategy needs what is not given.
        CanceledError: the user cancelled.
    """
    return STRATEGIES[options.strategy](source, target, options, context)


def _direct(source: Source, target: Target, options: TransferOptions, context: FitContext) -> AdaptedModel:  # noqa: ARG001 - one signature for all
    if options.scaling == "source" or not source.package.spec.scales_inputs:
        return naive(source)
    pool = target.everything().samples
    weights = source.package.expects.scaling.step_weights
    scaling = fit_scaling(pool.values, pool.static_values, weights)
    expects = replace(source.package.expects, scaling=scaling)
    package = replace(source.package, expects=expects)
    return AdaptedModel(package.predictor(), lambda: package, notes=["The model reads the target by its own moments."])


def _zero_label(source: Source, target: Target, options: TransferOptions, context: FitContext) -> AdaptedModel:  # noqa: ARG001 - as above
    pool = target.everything()
    timesteps = common_timesteps(source.needed_samples("zero_label").observed, pool.observed)
    moved, shorter = _moved_source(source, pool, timesteps)
    known = DomainSamples(replace(moved.samples, n_classes=source.n_known), moved.observed)
    fitted = source.package.spec.fit(known.samples, source.package.settings, context)
    probabilities = fitted.predictor.predict_probabilities(shorter.samples.values, shorter.samples.static_values)
    counts = np.bincount(known.samples.class_indices, known.samples.weights, source.n_known)
    shares = estimate_shares(probabilities, counts / counts.sum())
    factors = share_factors(shares, counts / counts.sum())
    told = ", ".join(f"{item.name} {share:.0%}" for item, share in zip(source.classes, shares))
    how = (
        f"Learned from {len(known)} source samples at the {len(timesteps)} dates that both domains observed, brought "
        f"to the moments of {len(pool)} target samples."
    )
    notes = [how, f"Shares of the classes in the target, estimated without labels: {told}."]
    return _adapted(source, fitted, known, timesteps, factors, notes)


def _joint(source: Source, target: Target, options: TransferOptions, context: FitContext) -> AdaptedModel:  # noqa: ARG001 - as above
    labeled, pool = target.needed_labels("joint"), target.everything()
    timesteps = common_timesteps(source.needed_samples("joint").observed, pool.observed)
    moved, _ = _moved_source(source, pool, timesteps)
    ours = labeled.at_timesteps(timesteps)
    both = moved.joined(ours)
    training = replace(both.samples, weights=joint_weights(moved.samples, ours.samples))
    fitted = source.package.spec.fit(training, source.package.settings, context)
    how = (
        f"Learned from {len(ours)} target samples and from {len(moved)} source samples, brought to the target's "
        f"moments and class shares and together worth {SOURCE_WORTH:g} target samples, at the {len(timesteps)} dates "
        "that both domains observed."
    )
    return _adapted(source, fitted, DomainSamples(training, both.observed), timesteps, (), [how])


def _fill_in(source: Source, target: Target, options: TransferOptions, context: FitContext) -> AdaptedModel:  # noqa: ARG001 - as above
    from cropsample_plugin.engine.models.transfer.filling_in import fill_in

    labeled, pool = target.needed_labels("fill_in"), target.everything()
    timesteps = common_timesteps(source.needed_samples("fill_in").observed, pool.observed)
    moved, _ = _moved_source(source, pool, timesteps)
    fitted = fill_in(source, labeled, moved, timesteps, context)
    return _adapted(source, fitted, labeled)


def joint_weights(source: TrainingSet, target: TrainingSet) -> npt.NDArray[np.float64]:
    """Return weights of source samples, then of target samples.

    The source's are together worth `SOURCE_WORTH` target samples, and its classes have the target's shares (half a
    sample is added to each class, so that none is shut out).
    """
    ours = np.bincount(source.class_indices, source.weights, source.n_classes)
    theirs = np.bincount(target.class_indices, target.weights, target.n_classes) + 0.5
    weights = source.weights * (theirs / np.where(ours > 0, ours, 1.0))[source.class_indices]
    weights *= SOURCE_WORTH * float(target.weights.mean()) / weights.sum()
    return np.concatenate([weights, target.weights])


def _fine_tune(source: Source, target: Target, options: TransferOptions, context: FitContext) -> AdaptedModel:
    from cropsample_plugin.engine.models.transfer.fine_tuning import FineTuning, fine_tune

    labeled = target.needed_labels("fine_tune")
    chosen = FineTuning(options.treatment, options.learning_rate, options.scaling)
    return _adapted(source, fine_tune(source, labeled.samples, chosen, context), labeled)


def _dann(source: Source, target: Target, options: TransferOptions, context: FitContext) -> AdaptedModel:
    from cropsample_plugin.engine.models.transfer.adversarial_training import Adversarial, train_adversarially

    labeled, pool = source.needed_samples("dann"), target.everything()
    fitted = train_adversarially(source, labeled, pool, Adversarial(scaling=options.scaling), context)
    known = DomainSamples(replace(pool.samples, n_classes=source.n_known), pool.observed)
    return _adapted(source, fitted, known)


Strategy = Callable[[Source, Target, TransferOptions, FitContext], AdaptedModel]
STRATEGIES: dict[str, Strategy] = {
    "direct": _direct,
    "zero_label": _zero_label,
    "joint": _joint,
    "fill_in": _fill_in,
    "fine_tune": _fine_tune,
    "dann": _dann,
}
NEED_LABELS = ("joint", "fill_in", "fine_tune")
NEED_SOURCE = ("zero_label", "joint", "fill_in", "dann")


def _moved_source(
    source: Source, pool: DomainSamples, timesteps: npt.NDArray[np.int64]
) -> tuple[DomainSamples, DomainSamples]:
    """Return source samples brought to the pool's moments, and the pool, both at some time steps."""
    ours, theirs = source.needed_samples("").at_timesteps(timesteps), pool.at_timesteps(timesteps)
    moments = [Moments.of(item.observed, item.samples.static_values) for item in (ours, theirs)]
    values, static = brought_to(ours.samples.values, ours.samples.static_values, moments[0], moments[1])
    observed, _ = brought_to(ours.observed, ours.samples.static_values, moments[0], moments[1])
    return DomainSamples(replace(ours.samples, values=values, static_values=static), observed), theirs


def _adapted(
    source: Source,
    fitted: FittedModel,
    learned: DomainSamples,
    timesteps: npt.NDArray[np.int64] | None = None,
    factors: Factors = (),
    notes: list[str] | None = None,
) -> AdaptedModel:
    """Return a fitted model with its package; `learned` is what it was fitted on."""
    n_classes = learned.samples.n_classes
    predictor: Predictor = FactoredPredictor(fitted.predictor, factors) if factors else fitted.predictor
    if timesteps is not None:
        predictor = _SomeSteps(predictor, timesteps)

    def package() -> ModelPackage:
        expects, axis = source.package.expects, source.package.expects.axis
        kept = range(len(axis)) if timesteps is None else timesteps
        ranges = measure_ranges(learned.observed, learned.samples.static_values, expects.bands, expects.static_bands)
        return replace(
            source.package,
            classes=source.classes[:n_classes],
            weights=fitted.dump(),
            temperature=1.0,
            class_factors=factors,
            expects=replace(
                expects,
                axis=TimeAxis(axis.kind, tuple(axis.labels[step] for step in kept)),
                scaling=fitted.scaling,
                value_ranges=ranges,
            ),
        )

    return AdaptedModel(predictor, package, fitted.curve, [*(notes or []), *fitted.notes])
