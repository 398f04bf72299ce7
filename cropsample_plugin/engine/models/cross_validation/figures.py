"""Pictures of the comparison report as SVG text, drawn without a display."""

from __future__ import annotations

import numpy as np

from cropsample_plugin.engine.models.cross_validation.runs import ModelResult
from cropsample_plugin.engine.models.cross_validation.variogram import Variogram
from cropsample_plugin.engine.models.report_figures import new_figure, svg_text

_COLORS = ("#1b6ca8", "#d1495b", "#3b8132", "#e08e0b", "#7a4f9e", "#4a4a4a", "#17a2a2", "#a0522d")


def scores_svg(results: tuple[ModelResult, ...], titles: list[str]) -> str:
    """Draw macro F1 of every fold: honest filled, random hollow, the means as bars."""
    figure = new_figure(6.6, 0.45 * len(results) + 1.1)
    axes = figure.subplots()
    for position, result in enumerate(results):
        for offset, evaluation, face, name in (
            (-0.13, result.honest, _COLORS[0], "honest"),
            (0.13, result.leaky, "none", "random"),
        ):
            scores = [fold.macro_f1 for fold in evaluation.folds]
            height = np.full(len(scores), position + offset)
            label = name if position == 0 else None
            axes.scatter(scores, height, s=22, facecolors=face, edgecolors=_COLORS[0], linewidths=1.0, label=label)
            axes.plot([np.nanmean(scores)] * 2, [position + offset - 0.11, position + offset + 0.11], color="#1c2321")
    axes.set_yticks(range(len(titles)), titles, fontsize=8)
    axes.invert_yaxis()
    axes.set_xlabel("macro F1 of each fold; the stroke is their mean")
    axes.grid(visible=True, axis="x", alpha=0.3)
    axes.legend(fontsize=7, frameon=False)
    return svg_text(figure)


def learning_svg(results: tuple[ModelResult, ...], titles: list[str]) -> str:
    """Draw macro F1 against the number of training samples; a ring marks the plateau."""
    figure = new_figure(6.6, 3.0)
    axes = figure.subplots()
    sizes: list[int] = []
    for position, (result, title) in enumerate(zip(results, titles)):
        if result.curve is None:
            continue
        curve, color = result.curve, _COLORS[position % len(_COLORS)]
        sizes = list(curve.sizes)
        axes.errorbar(sizes, curve.means, curve.deviations, color=color, marker="o", markersize=3, label=title)
        if curve.plateau:
            at = sizes.index(curve.plateau)
            axes.plot(sizes[at], curve.means[at], marker="o", markersize=11, markerfacecolor="none", color=color)
    axes.set_xscale("log")
    axes.set_xticks(sizes, [str(size) for size in sizes])
    axes.minorticks_off()
    axes.set_xlabel("training samples")
    axes.set_ylabel("macro F1")
    axes.grid(visible=True, alpha=0.3)
    axes.legend(fontsize=7, frameon=False)
    return svg_text(figure)


def variogram_svg(found: Variogram) -> str:
    """Draw the variogram of the series, its model and its range."""
    figure = new_figure(4.2, 2.6)
    axes = figure.subplots()
    kilometres = found.distances_m / 1000.0
    axes.scatter(kilometres, found.semivariances, s=14, color=_COLORS[0])
    along = np.linspace(0.0, float(found.distances_m[-1]), 200)
    axes.plot(along / 1000.0, found.model(along), color=_COLORS[1])
    if found.range_m:
        axes.axvline(found.range_m / 1000.0, color="#444444", linewidth=0.8, linestyle=":")
    axes.set_xlabel("distance [km]")
    axes.set_ylabel("semivariance of the series")
    axes.set_ylim(bottom=0)
    return svg_text(figure)
