"""The part of the training report that explains a model, with its pictures."""

from __future__ import annotations

from typing import Any

import numpy as np

from cropsample_plugin.engine.models.evaluation import Evaluation
from cropsample_plugin.engine.models.expectations import Expectations
from cropsample_plugin.engine.models.explanation import (
    ConfusedPair,
    Importance,
    certainties,
    confused_pairs,
    permutation_importance,
)
from cropsample_plugin.engine.models.report_figures import new_figure, svg_text
from cropsample_plugin.engine.models.samples import PreparedSamples

_MOST_LABELS = 24
_QUARTILES = (25, 75)


def explanation_context(
    samples: PreparedSamples, expects: Expectations, evaluation: Evaluation | None, seed: int
) -> dict[str, Any] | None:
    """Return what the template shows; None without validation."""
    if evaluation is None or evaluation.predictor is None:
        return None
    training = samples.training_set
    importance = permutation_importance(evaluation.predictor, training, evaluation.predictor_rows, seed)
    names = [item.name for item in samples.classes]
    best_band = int(np.argmax(importance.bands[: training.values.shape[2], 0]))
    return {
        "importance": importance,
        "importance_svg": importance_svg(importance, expects),
        "band": expects.bands[best_band],
        "certainties": [{**vars(item), "name": names[item.class_index]} for item in certainties(evaluation, training)],
        "pairs": [
            {
                **vars(pair),
                "reference": names[pair.reference],
                "mapped": names[pair.mapped],
                "svg": pair_svg(pair, samples, expects, best_band),
            }
            for pair in confused_pairs(evaluation, training)
        ],
    }


def importance_svg(found: Importance, expects: Expectations) -> str:
    """Draw the fall of macro F1 by date and by band."""
    figure = new_figure(7.0, 2.8)
    left, right = figure.subplots(1, 2, width_ratios=(2.0, 1.0), sharey=True)
    labels = [str(label) for label in expects.axis.labels]
    positions = np.arange(len(labels))
    left.bar(positions, found.steps[:, 0], yerr=found.steps[:, 1], color="#3b8132", ecolor="#666666", width=0.8)
    shown = positions[:: max(1, -(-len(labels) // _MOST_LABELS))]
    left.set_xticks(shown, [labels[position] for position in shown], rotation=90, fontsize=6)
    left.set_ylabel("fall of macro F1")
    names = [*expects.bands, *expects.static_bands]
    right.bar(np.arange(len(names)), found.bands[:, 0], yerr=found.bands[:, 1], color="#1b6ca8", ecolor="#666666")
    right.set_xticks(np.arange(len(names)), names, rotation=90, fontsize=7)
    for axes in (left, right):
        axes.grid(visible=True, axis="y", alpha=0.3)
        axes.axhline(0.0, color="#444444", linewidth=0.7)
    return svg_text(figure)


def pair_svg(pair: ConfusedPair, samples: PreparedSamples, expects: Expectations, band: int) -> str:
    """Draw the median and quartiles of two classes in a band, and samples of one that were mapped as the other."""
    training = samples.training_set
    figure = new_figure(3.4, 2.3)
    axes = figure.subplots()
    steps = np.arange(training.values.shape[1])
    for index in (pair.reference, pair.mapped):
        series = training.values[training.class_indices == index, :, band]
        low, high = np.percentile(series, _QUARTILES, axis=0)
        color = samples.classes[index].color
        axes.fill_between(steps, low, high, color=color, alpha=0.25, linewidth=0)
        axes.plot(steps, np.median(series, axis=0), color=color, label=samples.classes[index].name)
    for row in pair.examples:
        axes.plot(steps, training.values[row, :, band], color="#222222", linewidth=0.8, linestyle="--")
    labels = [str(label) for label in expects.axis.labels]
    shown = steps[:: max(1, len(steps) // 4)]
    axes.set_xticks(shown, [labels[step] for step in shown], fontsize=6)
    axes.tick_params(axis="y", labelsize=6)
    axes.set_ylabel(expects.bands[band], fontsize=7)
    axes.legend(fontsize=6, frameon=False)
    return svg_text(figure)
