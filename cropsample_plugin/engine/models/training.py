"""Train a classifier from end to end: score it by a protocol, fit it on all samples, pack it."""

from __future__ import annotations

import importlib.metadata
import math
import platform
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from cropsample_plugin.about import plugin_version
from cropsample_plugin.engine.errors import InputError
from cropsample_plugin.engine.models.calibration import Calibration, fit_calibration
from cropsample_plugin.engine.models.evaluation import (
    CLASS_WEIGHTS,
    Evaluation,
    evaluate_folds,
    weighted_for_training,
)
from cropsample_plugin.engine.models.expectations import Expectations, measure_ranges
from cropsample_plugin.engine.models.fitting import FitContext, FittedModel
from cropsample_plugin.engine.models.metrics import class_scores
from cropsample_plugin.engine.models.missing_values import MissingRule
from cropsample_plugin.engine.models.packages import ModelPackage
from cropsample_plugin.engine.models.registry import MODELS, model_spec
from cropsample_plugin.engine.models.samples import PreparedSamples, SampleFields
from cropsample_plugin.engine.models.settings import Settings
from cropsample_plugin.engine.models.validation import Protocol, split_folds
from cropsample_plugin.engine.progress import Progress, StepProgress

CALIBRATIONS = ("none", "temperature")
_RECORDED_PACKAGES = {"skops": ("scikit-learn", "skops"), "safetensors": ("torch", "safetensors")}


@dataclass(frozen=True)
class TrainingOptions:
    """How to train.

    Attributes:
        model: a key of `MODELS`.
        settings: its hyperparameters.
        protocol: how it is scored.
        class_weights: ``none``, or ``balanced`` for the same total weight of every class.
        missing_rule: the rule for missing values, packed with the model.
        fields: the fields that were read, for the record.
        calibration: ``none``, or ``temperature`` to bring the model's probabilities to the temperature that suits
            the validation samples best.
        seed: the same seed gives the same package, byte for byte.
        licence: licence of the model, as the user states it.
        label_quality: what is known of the labels, for the package; None when they were not judged.
    """

    model: str
    settings: Settings
    protocol: Protocol
    class_weights: str
    missing_rule: MissingRule
    fields: SampleFields
    calibration: str = "none"
    seed: int = 42
    licence: str = ""
    label_quality: dict[str, Any] | None = None

    def __post_init__(self) -> None:
        model_spec(self.model)
        if self.class_weights not in CLASS_WEIGHTS:
            raise InputError(f"There are no class weights '{self.class_weights}'.", "Choose 'none' or 'balanced'.")
        if self.calibration not in CALIBRATIONS:
            raise InputError(f"There is no calibration '{self.calibration}'.", "Choose 'none' or 'temperature'.")
        if self.calibration != "none" and self.protocol.name == "none":
            raise InputError(
                "Probabilities are calibrated on validation samples, and there is no validation.",
                "Choose a validation, or no calibration.",
            )


@dataclass(frozen=True)
class TrainingOutcome:
    """A trained model and how it did.

    Attributes:
        package: ready to be saved.
        evaluation: scores on samples the scored models did not see; None without validation.
        fitted: the final model, fitted on all samples, with its learning curve.
        calibration: of the validation samples' probabilities; None without validation.
    """

    package: ModelPackage
    evaluation: Evaluation | None
    fitted: FittedModel
    calibration: Calibration | None = None


def train(
    samples: PreparedSamples,
    options: TrainingOptions,
    progress: Progress,
    *,
    threads: int = 1,
    device: str = "cpu",
    checkpoints: Path | None = None,
) -> TrainingOutcome:
    """Score a model by its protocol, then fit it on all samples.

    The scores are those of models that did not see the samples they were tested on; the packed model has seen
    all samples (of which a network sets a share aside to decide when to stop). An interrupted training of a network
    goes on from the states in `checkpoints`, without those folds that are done.

    Raises:
        InputError: the protocol does not suit the samples.
        CanceledError: the user cancelled.
    """
    spec = MODELS[options.model]
    folds = split_folds(samples.training_set, options.protocol)
    share = len(folds) / (len(folds) + 1)
    context = FitContext(StepProgress(progress, 0.0, share), options.seed, threads, device, checkpoints=checkpoints)
    evaluation = None
    if folds:
        model = (spec, options.settings)
        evaluation = evaluate_folds(samples.training_set, folds, model, options.class_weights, context)
    training_set = weighted_for_training(
        samples.training_set, options.class_weights, separates_domains=spec.separates_domains
    )
    final_context = replace(context, progress=StepProgress(progress, share, 1.0))
    fitted = spec.fit(training_set, options.settings, final_context)
    calibration = None
    if evaluation is not None:
        reference = samples.training_set.class_indices[evaluation.test_rows]
        calibration = fit_calibration(evaluation.probabilities, reference)
    is_calibrated = calibration is not None and options.calibration == "temperature"
    package = ModelPackage(
        model=options.model,
        settings=options.settings,
        expects=_expectations(samples, fitted, options.missing_rule),
        classes=samples.classes,
        weights=fitted.dump(),
        n_global_classes=samples.training_set.n_global_classes,
        provenance={**provenance(samples, options, evaluation), "calibration": _calibration_as_json(calibration)},
        temperature=calibration.temperature if calibration is not None and is_calibrated else 1.0,
    )
    return TrainingOutcome(package, evaluation, fitted, calibration)


def _calibration_as_json(calibration: Calibration | None) -> dict[str, float] | None:
    if calibration is None:
        return None
    return {
        "temperature": calibration.temperature,
        "expected_calibration_error": calibration.error_before,
        "expected_calibration_error_with_temperature": calibration.error_after,
    }


def provenance(samples: PreparedSamples, options: TrainingOptions, evaluation: Evaluation | None) -> dict[str, Any]:
    """Return how a model was made as plain JSON values; nothing in it tells the time or the place."""
    counts = {item.label: 0 for item in samples.classes}
    for label in samples.labels:
        counts[label] = counts.get(label, 0) + 1
    return {
        "training_samples": {
            "sha256": samples.sha256,
            "n_used": samples.training_set.n_samples,
            "n_dropped": len(samples.dropped_rows),
            "dropped_by_reason": samples.dropped_by_reason,
            "per_class": [{"label": label, "n_samples": count} for label, count in counts.items()],
            "n_local": int(samples.training_set.is_local.sum()),
        },
        "protocol": {
            **asdict(options.protocol),
            "description": options.protocol.describe(is_grouped=samples.is_grouped),
        },
        "scores": scores_as_json(samples, evaluation),
        "settings": {**asdict(options.fields), "class_weights": options.class_weights, "seed": options.seed},
        "versions": _versions(MODELS[options.model].weights_format),
        "licence": options.licence or "not stated",
        "label_quality": options.label_quality,
    }


def scores_as_json(samples: PreparedSamples, evaluation: Evaluation | None) -> dict[str, Any] | None:
    """Return the scores as plain JSON values, None where one is not defined, or for no validation."""
    if evaluation is None:
        return None
    per_class = class_scores(evaluation.matrix)
    return {
        "overall_accuracy": _number(evaluation.overall_accuracy),
        "macro_f1": _number(evaluation.macro_f1),
        "kappa": _number(evaluation.kappa),
        "auc": _number(evaluation.auc),
        "n_tested": int(evaluation.matrix.sum()),
        "error_matrix": {"rows": "map", "columns": "reference", "counts": evaluation.matrix.tolist()},
        "per_class": [
            {
                "class_id": item.class_id,
                "label": item.label,
                "name": item.name,
                "precision": _number(per_class.precision[position]),
                "recall": _number(per_class.recall[position]),
                "f1": _number(per_class.f1[position]),
                "n_reference": int(per_class.n_reference[position]),
                "n_mapped": int(per_class.n_mapped[position]),
            }
            for position, item in enumerate(samples.classes)
        ],
        "folds": [{name: _number(value) for name, value in asdict(fold).items()} for fold in evaluation.folds],
    }


def _expectations(samples: PreparedSamples, fitted: FittedModel, rule: MissingRule) -> Expectations:
    series = samples.series
    return Expectations(
        series.bands,
        series.static_bands,
        series.axis,
        fitted.scaling,
        rule,
        measure_ranges(series.values, series.static_values, series.bands, series.static_bands),
        samples.preprocessing,
    )


def _number(value: float) -> float | None:
    return value if isinstance(value, int) else float(value) if math.isfinite(value) else None


def _versions(weights_format: str) -> dict[str, str]:
    versions = {"cropsample": plugin_version(), "python": platform.python_version()}
    for name in ("numpy", *_RECORDED_PACKAGES[weights_format]):
        versions[name] = importlib.metadata.version(name)
    return versions
