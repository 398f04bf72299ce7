"""The model package of a weakly supervised network, and what it says of how the network was made."""

from __future__ import annotations

import importlib.metadata
import platform
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from safetensors.numpy import save as save_tensors

from cropsample_plugin.about import plugin_version
from cropsample_plugin.engine.models.class_colors import class_colors
from cropsample_plugin.engine.models.classes import ClassInfo
from cropsample_plugin.engine.models.expectations import Expectations
from cropsample_plugin.engine.models.packages import ModelPackage
from cropsample_plugin.engine.models.weak_supervision.fitting import FittedNetwork
from cropsample_plugin.engine.models.weak_supervision.label_raster import LabelClass
from cropsample_plugin.engine.models.weak_supervision.options import WeakOptions
from cropsample_plugin.engine.models.weak_supervision.scoring import HeldOut
from cropsample_plugin.engine.models.weak_supervision.survey import Survey
from cropsample_plugin.engine.timeseries.dated_stack import DatedStack
from cropsample_plugin.engine.timeseries.processing_history import history_of
from cropsample_plugin.engine.timeseries.series import TimeAxis


@dataclass(frozen=True)
class Learned:
    """What a package is made of: the survey, the network, and its scores on the patches held out."""

    survey: Survey
    fitted: FittedNetwork
    held_out: HeldOut


def pack(
    stack: DatedStack, classes: tuple[LabelClass, ...], options: WeakOptions, learned: Learned, seed: int
) -> ModelPackage:
    """Return the package; the class values of the consensus are those of the map."""
    survey = learned.survey
    colors = class_colors([item.name for item in classes])
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
        classes=tuple(ClassInfo(item.value, item.value, item.name, color) for item, color in zip(classes, colors)),
        weights=save_tensors(learned.fitted.arrays),
        provenance=_provenance(classes, options, learned, seed),
    )


def _provenance(classes: tuple[LabelClass, ...], options: WeakOptions, learned: Learned, seed: int) -> dict[str, Any]:
    """Return how the model was made as plain JSON values; nothing in it tells the time or the place."""
    survey, labels = learned.survey, learned.held_out.labels
    return {
        "training_samples": {
            "sha256": survey.sha256,
            "n_used": int(survey.n_labels.sum()),
            "n_unlabeled": survey.n_pixels - int(survey.n_labels.sum()),
            "per_class": [
                {"label": item.value, "n_samples": int(count)} for item, count in zip(classes, survey.n_labels)
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
