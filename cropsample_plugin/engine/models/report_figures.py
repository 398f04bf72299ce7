"""Figures of the training report as SVG text, drawn without a display."""

from __future__ import annotations

import io

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
    import matplotlib as mpl
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    counter = next(iter(curve[0]))
    names = [name for name in curve[0] if name != counter]
    panels = [[name for name in names if name.endswith(_LOSS_ENDING)]]
    panels.append([name for name in names if not name.endswith(_LOSS_ENDING)])
    panels = [panel for panel in panels if panel]
    figure = Figure(figsize=(3.6 * len(panels), 2.5), layout="constrained")
    FigureCanvasSVG(figure)
    for axes, panel in zip(figure.subplots(1, len(panels), squeeze=False)[0], panels):
        for name in panel:
            points = [(row[counter], row[name]) for row in curve if name in row]
            label = name.replace("_", " ")
            axes.plot(*zip(*points), color=_COLORS.get(name, "#333333"), label=label, linewidth=1.5)
        axes.set_xlabel(counter)
        axes.grid(visible=True, alpha=0.3)
        axes.legend(fontsize=7, frameon=False)
    stream = io.StringIO()
    with mpl.rc_context({"svg.hashsalt": "cropsample", "svg.fonttype": "none"}):
        figure.savefig(stream, format="svg", metadata={"Date": None, "Creator": None})
    document = stream.getvalue()
    return document[document.index("<svg") :]
