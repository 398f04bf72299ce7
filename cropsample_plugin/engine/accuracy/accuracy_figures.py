"""Pictures of the report on accuracy, as SVG text: areas and accuracies with their intervals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Sequence

import numpy as np

from cropsample_plugin.engine.accuracy.designs import FloatArray
from cropsample_plugin.engine.accuracy.estimates import Assessment, Estimate
from cropsample_plugin.engine.labels.quality_figures import svg_text

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_ESTIMATED, _MAPPED, _PRODUCERS = "#1b6ca8", "#9aa5a0", "#c0582b"
_ROW_INCHES = 0.34
_LONGEST_NAME = 34


def areas_svg(names: Sequence[str], found: Assessment, mapped_ha: FloatArray) -> str:
    """Draw the estimated area of each class with its interval, and the mapped area."""
    figure, axes = _figure(len(names))
    areas, places = found.areas(), np.arange(len(names), dtype=np.float64)
    _dots(axes, areas, places, _ESTIMATED, "estimated, with interval")
    axes.plot(mapped_ha, places, "D", color=_MAPPED, markersize=5, label="as mapped (pixel count)", zorder=1)
    axes.set_xlabel("hectares")
    axes.set_xlim(left=0)
    axes.xaxis.set_major_formatter(lambda value, _position: f"{value:,.0f}")
    _finish(axes, names)
    return svg_text(figure)


def accuracies_svg(names: Sequence[str], found: Assessment) -> str:
    """Draw user's and producer's accuracy of each class with their intervals."""
    figure, axes = _figure(len(names))
    places = np.arange(len(names), dtype=np.float64)
    _dots(axes, found.users, places - 0.13, _ESTIMATED, "user's accuracy")
    _dots(axes, found.producers, places + 0.13, _PRODUCERS, "producer's accuracy")
    axes.set_xlim(0.0, 1.0)
    axes.xaxis.set_major_formatter(lambda value, _position: f"{100 * value:.0f} %")
    _finish(axes, names)
    return svg_text(figure)


def scores_svg(names: Sequence[str], values: FloatArray, low: FloatArray, high: FloatArray) -> str:
    """Draw one score of several maps with its intervals, from 0 to 1."""
    figure, axes = _figure(len(names))
    known = np.isfinite(values)
    places = np.arange(len(names), dtype=np.float64)
    around = np.maximum(np.stack([values - low, high - values])[:, known], 0.0)
    axes.errorbar(
        values[known],
        places[known],
        xerr=around,
        fmt="o",
        color=_ESTIMATED,
        markersize=4.5,
        capsize=3,
        linewidth=1.4,
        clip_on=False,
    )
    axes.set_xlim(0.0, 1.0)
    _finish(axes, names)
    return svg_text(figure)


def _figure(n_rows: int) -> tuple[Figure, Axes]:
    from matplotlib.figure import Figure

    figure = Figure(figsize=(7.2, 1.2 + _ROW_INCHES * n_rows), layout="constrained")
    return figure, figure.subplots()


def _dots(axes: Axes, found: Estimate, places: FloatArray | np.ndarray, color: str, label: str) -> None:
    known = np.isfinite(found.values)
    around = np.stack([found.values - found.low, found.high - found.values])[:, known]
    axes.errorbar(
        found.values[known],
        places[known],
        xerr=np.maximum(around, 0.0),
        fmt="o",
        color=color,
        markersize=4.5,
        capsize=3,
        linewidth=1.4,
        label=label,
        clip_on=False,
    )


def _finish(axes: Axes, names: Sequence[str]) -> None:
    shown = [name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…" for name in names]
    axes.set_yticks(np.arange(len(names)), shown, fontsize=8)
    axes.set_ylim(len(names) - 0.5, -0.5)
    axes.tick_params(axis="x", labelsize=8)
    axes.grid(visible=True, axis="x", alpha=0.3)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    if not axes.get_legend_handles_labels()[0]:
        return
    axes.legend(fontsize=8, frameon=False, loc="upper center", bbox_to_anchor=(0.45, -0.12 - 0.5 / len(names)), ncols=2)
