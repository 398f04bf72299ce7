"""Figures of the training report as SVG text, drawn without a display."""

from __future__ import annotations

import io
from typing import Any

import numpy as np

from cropsample_plugin.engine.models.calibration import Calibration
from cropsample_plugin.engine.models.fitting import CurveRow

_COLORS = {
    "train_loss": "#8a8a8a",
    "validation_loss": "#d1495b",
    "validation_accuracy": "#2e86ab",
    "validation_macro_f1": "#3b8132",
}
_LOSS_ENDING = "_loss"


def curve_svg(curve: list[CurveRow]) -> str:
    """Draw a learning curve: losses on the left, scores on the right.

    Args:
        curve: rows of one fit; the first column counts epochs or trees.

    Returns:
        An ``<svg>`` element, the same for the same curve.
    """
    counter = next(iter(curve[0]))
    names = [name for name in curve[0] if name != counter]
    panels = [[name for name in names if name.endswith(_LOSS_ENDING)]]
    panels.append([name for name in names if not name.endswith(_LOSS_ENDING)])
    panels = [panel for panel in panels if panel]
    figure = new_figure(3.6 * len(panels), 2.5)
    for axes, panel in zip(figure.subplots(1, len(panels), squeeze=False)[0], panels):
        for name in panel:
            points = [(row[counter], row[name]) for row in curve if name in row]
            label = name.replace("_", " ")
            axes.plot(*zip(*points), color=_COLORS.get(name, "#333333"), label=label, linewidth=1.5)
        axes.set_xlabel(counter)
        axes.grid(visible=True, alpha=0.3)
        axes.legend(fontsize=7, frameon=False)
    return svg_text(figure)


def calibration_svg(found: Calibration) -> str:
    """Draw how often a model was right against how sure it was, without and with the temperature."""
    figure = new_figure(3.4, 3.0)
    axes = figure.subplots()
    axes.plot([0, 1], [0, 1], color="#8a8a8a", linewidth=0.8, linestyle=":")
    for confidences, accuracies, color, name in (
        (found.confidences, found.accuracies, "#d1495b", "as it is"),
        (found.confidences_after, found.accuracies_after, "#2e86ab", f"temperature {found.temperature:.2f}"),
    ):
        known = np.isfinite(confidences)
        axes.plot(confidences[known], accuracies[known], marker="o", markersize=3, color=color, label=name)
    axes.set_xlabel("probability of the predicted class")
    axes.set_ylabel("share right")
    axes.legend(fontsize=7, frameon=False)
    return svg_text(figure)


def new_figure(width: float, height: float) -> Any:  # noqa: ANN401 - matplotlib is imported late
    """Return an empty figure of a size in inches."""
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width, height), layout="constrained")
    FigureCanvasSVG(figure)
    return figure


def svg_text(figure: Any) -> str:  # noqa: ANN401 - matplotlib is imported late
    """Return a figure as an ``<svg>`` element, the same for the same figure."""
    import matplotlib as mpl

    stream = io.StringIO()
    with mpl.rc_context({"svg.hashsalt": "cropsample", "svg.fonttype": "none"}):
        figure.savefig(stream, format="svg", metadata=dict.fromkeys(("Date", "Creator", "Format", "Type")))
    document = stream.getvalue()
    return document[document.index("<svg") :]
