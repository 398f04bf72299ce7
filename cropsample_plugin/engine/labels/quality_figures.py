"""Figures of the report on label quality, as SVG text: maps of neurons, and series against class profiles."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Sequence

import numpy as np

from cropsample_plugin.engine.labels.quality_result import REMOVE, MapPicture
from cropsample_plugin.engine.labels.votes import Column, FloatArray, IntArray, Label

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_COLORS = ("#4477aa", "#ee6677", "#228833", "#ccbb44", "#66ccee", "#aa3377", "#ee8866", "#44bb99", "#ffaabb", "#999933")

_PROFILE_COLORS = ("#4477aa", "#ee8866")
_SQUARE_STRENGTH = 0.6
_MOST_DOTS = 1200
_SPIRAL_RADIUS = 0.4
_GOLDEN_ANGLE = 2.399963


def class_color(code: int) -> str:
    """Return the colour of a class."""
    return _COLORS[code % len(_COLORS)]


def map_svg(picture: MapPicture, classes: tuple[Label, ...], codes: IntArray, categories: Column) -> str:
    """Draw a map: neurons as squares in the colours of their classes, and samples as dots in them.

    A square has the colour of the class that most of its samples have, paler where it is mixed. A dot has the colour
    of the sample's own label; a cross is a sample whose label its series contradicts.

    Args:
        picture: the map.
        classes: names of the classes.
        codes: ``(n_samples,)`` label of every sample.
        categories: ``(n_samples,)`` category of every sample.
    """
    from matplotlib.figure import Figure

    figure = Figure(figsize=(5.8, 4.2), layout="constrained")
    axes = figure.subplots()
    best, totals = _draw_neurons(axes, picture)
    shown = _shown_samples(categories[picture.rows])
    rows, neurons = picture.rows[shown], picture.neurons[shown]
    places = np.stack([neurons % picture.side, neurons // picture.side], axis=1) + _spots(neurons)
    is_contradicted = categories[rows] == REMOVE
    for code in sorted({*best[totals > 0].tolist(), *codes[rows].tolist()}):
        color, is_own = class_color(code), codes[rows] == code
        dots, crosses = places[is_own & ~is_contradicted], places[is_own & is_contradicted]
        axes.scatter(dots[:, 0], dots[:, 1], s=5, color=color, edgecolors="#1c2321", linewidths=0.25)
        axes.scatter(crosses[:, 0], crosses[:, 1], s=15, color="#1c2321", marker="x", linewidths=1.6)
        axes.scatter(crosses[:, 0], crosses[:, 1], s=11, color=color, marker="x", linewidths=0.8)
        axes.plot([], [], "s", color=color, label=str(classes[code]))
    axes.plot([], [], "x", color="#1c2321", markersize=5, label="contradicted")
    axes.legend(fontsize=7, frameon=False, loc="upper left", bbox_to_anchor=(1.0, 1.0))
    axes.set_xticks([])
    axes.set_yticks([])
    return _svg(figure)


def _draw_neurons(axes: Axes, picture: MapPicture) -> tuple[IntArray, FloatArray]:
    """Draw the squares; return each neuron's most frequent class and its number of samples."""
    from matplotlib.colors import to_rgb

    totals = picture.counts.sum(axis=1)
    best = picture.counts.argmax(axis=1)
    share = np.divide(picture.counts.max(axis=1), totals, out=np.zeros(len(totals)), where=totals > 0)
    colors = np.array([to_rgb(class_color(int(code))) for code in best])
    shown = np.where(totals[:, None] > 0, 1.0 - (1.0 - colors) * _SQUARE_STRENGTH * share[:, None], 0.93)
    axes.imshow(shown.reshape(picture.side, picture.side, 3), interpolation="nearest")
    return best, totals


def _shown_samples(categories: Column) -> IntArray:
    """Return the places of at most `_MOST_DOTS` samples: all contradicted ones first, the others evenly taken."""
    contradicted, others = np.flatnonzero(categories == REMOVE), np.flatnonzero(categories != REMOVE)
    room = max(_MOST_DOTS - len(contradicted), 0)
    if len(others) > room:
        others = others[np.linspace(0, len(others) - 1, room).astype(np.int64)] if room else others[:0]
    return np.concatenate([others, contradicted[:_MOST_DOTS]])


def _spots(neurons: IntArray) -> FloatArray:
    """Return ``(n, 2)`` where in its square each sample is drawn: a spiral from the middle, alike in every square."""
    order = np.zeros(len(neurons))
    sizes = np.ones(len(neurons))
    for neuron in np.unique(neurons):
        here = np.flatnonzero(neurons == neuron)
        order[here], sizes[here] = np.arange(len(here)), len(here)
    radius = _SPIRAL_RADIUS * np.sqrt((order + 0.5) / sizes)
    angle = order * _GOLDEN_ANGLE
    return np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1)


def series_svg(
    grid: FloatArray,
    curve: FloatArray,
    profiles: Sequence[tuple[str, FloatArray]],
    season: tuple[float, float] | None = None,
) -> str:
    """Draw one sample's curve over the profile of its class and that of the class it looks like.

    Args:
        grid: ``(n_steps,)`` days.
        curve: ``(n_steps,)`` the sample.
        profiles: name and ``(3, n_steps)`` quartiles of its class, then of the other class if there is one.
        season: first and last day of its season, shaded; None for none.
    """
    from matplotlib.figure import Figure

    figure = Figure(figsize=(3.4, 2.2), layout="constrained")
    axes = figure.subplots()
    if season is not None:
        axes.axvspan(*season, color="#e7ebe9", linewidth=0, zorder=0)
    for (name, quartiles), color in zip(profiles, _PROFILE_COLORS):
        axes.fill_between(grid, quartiles[0], quartiles[2], color=color, alpha=0.25, linewidth=0, label=name)
        axes.plot(grid, quartiles[1], color=color, linewidth=1)
    axes.plot(grid, curve, color="#1c2321", linewidth=1.4)
    axes.set_xlabel("days from the start of the series", fontsize=7)
    axes.tick_params(labelsize=7)
    axes.legend(fontsize=6, frameon=False)
    return _svg(figure)


def _svg(figure: Figure) -> str:
    import matplotlib as mpl
    from matplotlib.backends.backend_svg import FigureCanvasSVG

    FigureCanvasSVG(figure)
    stream = io.StringIO()
    with mpl.rc_context({"svg.hashsalt": "cropsample", "svg.fonttype": "none"}):
        figure.savefig(stream, format="svg", metadata=dict.fromkeys(("Date", "Creator", "Format", "Type")))
    document = stream.getvalue()
    return document[document.index("<svg") :]
