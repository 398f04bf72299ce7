"""Pictures of the sampling reports as SVG text, drawn without a display."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from cropsample_plugin.engine.sampling.cri_curve import CriCurve, CriDistributions
from cropsample_plugin.engine.sampling.zonal import stratum_color

FloatArray = npt.NDArray[np.float64]

_OURS, _STRATIFIED, _RANDOM = "#1b6ca8", "#59a14f", "#8a8a8a"
_MOST_POLYGONS = 5_000
_MOST_NUMBERS = 60
_MAP_WIDTH, _MAP_HEIGHTS = 6.4, (2.6, 6.4)
_POINTS_PER_INCH = 72.0
_SMALLEST_EXTENT_M = 1.0
_SMALLEST_SIDE_POINTS = 1.5
_DOT_AREA, _LONE_DOT_AREA = 2.0, 7.0
_SVG_SETTINGS = {"svg.hashsalt": "cropsample", "svg.fonttype": "none"}


def distribution_svg(found: CriDistributions, chosen: float, chosen_name: str = "this set") -> str:
    """Draw the index of random, stratified and candidate sets, and where the chosen set stands."""
    figure = _figure(6.4, 2.4)
    axes = figure.subplots()
    everything = np.concatenate([found.random, found.stratified, found.candidates])
    bins = np.linspace(everything.min(), max(float(everything.max()), chosen), 41)
    for values, color, name in (
        (found.random, _RANDOM, "random sets"),
        (found.stratified, _STRATIFIED, "stratified sets"),
        (found.candidates, _OURS, "candidate sets"),
    ):
        axes.hist(values, bins=bins, color=color, alpha=0.6, label=name)
    axes.axvline(chosen, color="#c0392b", linewidth=2, label=f"{chosen_name}: {chosen:.3f}")
    axes.set_xlabel("CRI")
    axes.set_ylabel("number of sets")
    axes.legend(fontsize=7, frameon=False)
    return _svg(figure)


def curve_svg(curve: CriCurve, n_samples: int, cri: float) -> str:
    """Draw the index against the number of samples with both thresholds and the chosen set."""
    figure = _figure(6.4, 2.8)
    axes = figure.subplots()
    for values, color, name in (
        (curve.best, _OURS, "best candidate set"),
        (curve.stratified, _STRATIFIED, "median stratified set"),
        (curve.random, _RANDOM, "median random set"),
    ):
        axes.plot(curve.sizes, values, color=color, marker="o", markersize=3, label=name)
    axes.plot([n_samples], [cri], color="#c0392b", marker="*", markersize=11, linestyle="", label="this set")
    for size, name in ((curve.knee, "knee"), (curve.leveled, "gain below 0.03")):
        if size:
            axes.axvline(size, color="#444444", linewidth=0.8, linestyle=":")
            above = axes.get_xaxis_transform()
            axes.text(size, 0.03, f" {name}: {size}", fontsize=7, rotation=90, va="bottom", transform=above)
    axes.set_xscale("log")
    axes.set_xticks(curve.sizes, [str(size) for size in curve.sizes])
    axes.minorticks_off()
    axes.set_xlabel("number of samples")
    axes.set_ylabel("CRI")
    axes.grid(visible=True, alpha=0.3)
    axes.legend(fontsize=7, frameon=False)
    return _svg(figure)


def map_svg(shapes: npt.NDArray[Any], colors: npt.NDArray[Any], points_xy: FloatArray) -> str:
    """Draw objects in their colours and the samples on them; objects too small to be seen become dots.

    Args:
        shapes: ``(n_objects,)`` in metres.
        colors: ``(n_objects,)`` as ``#rrggbb``.
        points_xy: ``(n_samples, 2)`` in metres, numbered in this order where there are few enough to be read.
    """
    west, south, east, north = shapely.total_bounds(shapes)
    across, down = max(east - west, _SMALLEST_EXTENT_M), max(north - south, _SMALLEST_EXTENT_M)
    height = float(np.clip(_MAP_WIDTH * down / across, *_MAP_HEIGHTS))
    figure = _figure(_MAP_WIDTH, height)
    axes = figure.subplots()
    metres_per_point = max(across / _MAP_WIDTH, down / height) / _POINTS_PER_INCH
    _draw_objects(axes, shapes, colors, metres_per_point)
    axes.scatter(*points_xy.T, s=14, facecolors="white", edgecolors="black", linewidths=0.8)
    for number, place in enumerate(points_xy if len(points_xy) <= _MOST_NUMBERS else (), start=1):
        halo = {"boxstyle": "round,pad=0.1", "facecolor": "white", "alpha": 0.7, "linewidth": 0}
        axes.annotate(str(number), place, (3, 3), textcoords="offset points", fontsize=6, bbox=halo)
    axes.set_aspect("equal")
    axes.set_xticks([])
    axes.set_yticks([])
    return _svg(figure)


def _draw_objects(
    axes: Any,  # noqa: ANN401 - matplotlib is imported late
    shapes: npt.NDArray[Any],
    colors: npt.NDArray[Any],
    metres_per_point: float,
) -> None:
    from matplotlib.collections import PolyCollection

    areas = shapely.area(shapes)
    is_visible = float(np.sqrt(np.median(areas))) >= _SMALLEST_SIDE_POINTS * metres_per_point
    if is_visible and len(shapes) <= _MOST_POLYGONS and np.all(areas > 0):
        parts, owners = shapely.get_parts(shapes, return_index=True)
        rings = [shapely.get_coordinates(shapely.get_exterior_ring(part)) for part in parts]
        axes.add_collection(PolyCollection(rings, facecolors=colors[owners], edgecolors="none", rasterized=True))
        axes.autoscale_view()
        return
    centres = shapely.get_coordinates(shapely.centroid(shapes))
    size = _DOT_AREA if is_visible else _LONE_DOT_AREA
    axes.scatter(*centres.T, c=colors, s=size, linewidths=0, rasterized=True)


def stratum_colors(labels: npt.NDArray[np.int64]) -> npt.NDArray[Any]:
    """Return the colour of each object's stratum."""
    palette = np.array([stratum_color(number) for number in range(int(labels.max()) + 1)], dtype=object)
    colors: npt.NDArray[Any] = palette[labels]
    return colors


def unlikeness_colors(unlikeness: FloatArray) -> npt.NDArray[Any]:
    """Return pale to red from well represented (0) to hardly represented (2 and more)."""
    shade = np.clip(unlikeness / 2.0, 0.0, 1.0)
    low, high = np.array([233, 238, 235]), np.array([192, 57, 43])
    mixed = np.rint(low + (high - low) * shade[:, None]).astype(int)
    return np.array([f"#{red:02x}{green:02x}{blue:02x}" for red, green, blue in mixed], dtype=object)


def _figure(width: float, height: float) -> Any:  # noqa: ANN401 - matplotlib is imported late
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width, height), layout="constrained")
    FigureCanvasSVG(figure)
    return figure


def _svg(figure: Any) -> str:  # noqa: ANN401 - matplotlib is imported late
    import matplotlib as mpl

    stream = io.StringIO()
    with mpl.rc_context(_SVG_SETTINGS):
        figure.savefig(stream, format="svg", metadata={"Date": None, "Creator": None}, dpi=130)
    document = stream.getvalue()
    return document[document.index("<svg") :]
