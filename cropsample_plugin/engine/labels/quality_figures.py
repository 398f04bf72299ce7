"""Figures of the report on label quality, as SVG text: maps of neurons, and series against class profiles."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import numpy as np

from cropsample_plugin.engine.labels.quality_result import MapPicture
from cropsample_plugin.engine.labels.votes import FloatArray, Label

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_COLORS = ("#4477aa", "#ee6677", "#228833", "#ccbb44", "#66ccee", "#aa3377", "#ee8866", "#44bb99", "#ffaabb", "#999933")


def class_color(code: int) -> str:
    """Return the colour of a class."""
    return _COLORS[code % len(_COLORS)]


def map_svg(picture: MapPicture, classes: tuple[Label, ...]) -> str:
    """Draw a map: every neuron as a square in the colour of its class, paler where the class is mixed."""
    from matplotlib.colors import to_rgb
    from matplotlib.figure import Figure

    counts = picture.counts
    totals = counts.sum(axis=1)
    best = counts.argmax(axis=1)
    share = np.divide(counts.max(axis=1), totals, out=np.zeros(len(totals)), where=totals > 0)
    colors = np.array([to_rgb(class_color(int(code))) for code in best])
    shown = np.where(totals[:, None] > 0, 1.0 - (1.0 - colors) * share[:, None], 0.93)
    figure = Figure(figsize=(3.4, 3.4), layout="constrained")
    axes = figure.subplots()
    axes.imshow(shown.reshape(picture.side, picture.side, 3), interpolation="nearest")
    present = sorted(set(best[totals > 0].tolist()))
    for code in present:
        axes.plot([], [], "s", color=class_color(code), label=str(classes[code]))
    axes.legend(fontsize=7, frameon=False, loc="upper left", bbox_to_anchor=(1.0, 1.0))
    axes.set_xticks([])
    axes.set_yticks([])
    return svg_text(figure)


def series_svg(grid: FloatArray, curve: FloatArray, profile: FloatArray, rival: FloatArray | None) -> str:
    """Draw one sample's curve over the profile of its class and that of the class it looks like.

    Args:
        grid: ``(n_steps,)`` days.
        curve: ``(n_steps,)`` the sample.
        profile: ``(3, n_steps)`` quartiles of its class.
        rival: ``(3, n_steps)`` quartiles of the other class; None for none.
    """
    from matplotlib.figure import Figure

    figure = Figure(figsize=(3.2, 1.9), layout="constrained")
    axes = figure.subplots()
    for quartiles, color, name in ((profile, "#4477aa", "its class"), (rival, "#ee8866", "the other class")):
        if quartiles is not None:
            axes.fill_between(grid, quartiles[0], quartiles[2], color=color, alpha=0.25, linewidth=0, label=name)
            axes.plot(grid, quartiles[1], color=color, linewidth=1)
    axes.plot(grid, curve, color="#1c2321", linewidth=1.4)
    axes.tick_params(labelsize=7)
    axes.legend(fontsize=6, frameon=False)
    return svg_text(figure)


def svg_text(figure: Figure) -> str:
    """Return a figure as SVG text that is the same for the same figure."""
    import matplotlib as mpl
    from matplotlib.backends.backend_svg import FigureCanvasSVG

    FigureCanvasSVG(figure)
    stream = io.StringIO()
    with mpl.rc_context({"svg.hashsalt": "cropsample", "svg.fonttype": "none"}):
        figure.savefig(stream, format="svg", metadata=dict.fromkeys(("Date", "Creator", "Format", "Type")))
    document = stream.getvalue()
    return document[document.index("<svg") :]
