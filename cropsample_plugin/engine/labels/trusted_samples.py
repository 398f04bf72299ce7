"""Samples from a crop layer that can be trusted: confident, alike all around, inside the field, grown before.

The rules are those of a trusted pixel of methods for the Cropland Data Layer (confidence of 90 or more, homogeneous
3 x 3 neighbourhood, 30 m inside the field, class in the rotation of the last years).
"""

from __future__ import annotations

import math
import re
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import rasterio
from rasterio.enums import Resampling
from rasterio.errors import RasterioError
from rasterio.vrt import WarpedVRT
from rasterio.windows import Window
from scipy.ndimage import maximum_filter1d, minimum_filter1d

from cropsample_plugin.engine.errors import InputError, error_chain
from cropsample_plugin.engine.progress import Progress, raise_if_canceled

RULES = ("in the class", "confident", "homogeneous", "inside the field", "grown before")
_FREQUENCY = re.compile(r"^(\d+)\s*>=\s*(\d+)$")
_ROWS = 512
_NEVER_BYTE = 255
Bits = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class TrustRules:
    """What makes a pixel trusted.

    Attributes:
        classes: values of the classes wanted; empty for all.
        min_confidence: of the confidence layer, in its units.
        homogeneity_window_px: odd side of the square that must be of one class.
        inner_buffer_m: distance to the nearest pixel of another class.
        min_years: earlier layers in which the class must occur; 0 for any.
        n_per_class: samples to draw of each class.
        seed: seed of the draw.
    """

    classes: tuple[int, ...] = ()
    min_confidence: float = 90.0
    homogeneity_window_px: int = 3
    inner_buffer_m: float = 30.0
    min_years: int = 1
    n_per_class: int = 200
    seed: int = 42


@dataclass(frozen=True)
class History:
    """An earlier layer: of classes, or of how many years one class was grown.

    Attributes:
        path: the raster.
        class_value: class that a frequency layer is about; None for a layer of classes.
        min_years: years it must have been grown, for a frequency layer.
    """

    path: str
    class_value: int | None = None
    min_years: int = 1


@dataclass
class TrustedDraw:
    """What was counted and drawn.

    Attributes:
        counts: class to pixels left after each of `RULES`.
        picked: class to ``(n, 3)`` key, row and column.
    """

    counts: dict[int, npt.NDArray[np.int64]] = field(default_factory=dict)
    picked: dict[int, npt.NDArray[np.float64]] = field(default_factory=dict)


def read_history(path: str, meaning: str) -> History:
    """Read what an earlier layer means: "" or ``classes``, or ``1 >= 2`` for class 1 grown in two years or more.

    Raises:
        InputError: neither.
    """
    text = meaning.strip().casefold()
    if text in {"", "classes"}:
        return History(path)
    match = _FREQUENCY.match(text)
    if match is None:
        raise InputError(
            f"'{meaning}' does not say what the earlier layer {path} means.",
            "Write 'classes', or '1 >= 2' for a layer of how many years class 1 was grown.",
        )
    return History(path, int(match.group(1)), int(match.group(2)))


class TrustedLayers:
    """The crop layer with its confidence and earlier layers, read on the crop layer's grid."""

    def __init__(self, crop_layer: str, confidence: str, histories: tuple[History, ...]) -> None:
        self._stack = ExitStack()
        self.crop = self._open(crop_layer)
        self.confidence = self._on_grid(confidence) if confidence else None
        self.histories = tuple((item, self._on_grid(item.path)) for item in histories)

    def close(self) -> None:
        """Close every file."""
        self._stack.close()

    def buffer_px(self, inner_buffer_m: float) -> int:
        """Return the inner buffer in pixels, rounded up.

        Raises:
            InputError: the layer is in degrees.
        """
        if inner_buffer_m <= 0:
            return 0
        if self.crop.crs is None or not self.crop.crs.is_projected:
            raise InputError(
                "The inner buffer is in metres, but the crop layer is in degrees.",
                "Reproject the crop layer to a metric reference system, or set the inner buffer to 0.",
            )
        size_m: float = min(self.crop.res) * float(self.crop.crs.linear_units_factor[1])
        return math.ceil(inner_buffer_m / size_m - 1e-6)

    def _open(self, path: str) -> Any:  # noqa: ANN401 - rasterio is untyped
        try:
            return self._stack.enter_context(rasterio.open(path))
        except RasterioError as error:
            raise InputError(f"{path} cannot be read: {error_chain(error)}", "Check that it opens in QGIS.") from error

    def _on_grid(self, path: str) -> Any:  # noqa: ANN401 - rasterio is untyped
        source, crop = self._open(path), self.crop
        if source.shape == crop.shape and source.transform.almost_equals(crop.transform, 1e-3 * crop.res[0]):
            return source
        if source.crs is None or crop.crs is None:
            raise InputError(f"{path} has another grid than the crop layer, and no reference system.")
        options = {"crs": crop.crs, "transform": crop.transform, "width": crop.width, "height": crop.height}
        return self._stack.enter_context(WarpedVRT(source, resampling=Resampling.nearest, **options))


def draw_trusted(layers: TrustedLayers, rules: TrustRules, progress: Progress) -> TrustedDraw:
    """Apply the rules strip by strip and draw the same number of samples of each class.

    Raises:
        InputError: an impossible rule.
    """
    if rules.homogeneity_window_px < 1 or rules.homogeneity_window_px % 2 == 0:
        raise InputError("The homogeneity window must be an odd number of pixels.", "Use 1, 3, 5 ...")
    buffer_px = layers.buffer_px(rules.inner_buffer_m)
    halo = max(rules.homogeneity_window_px // 2, buffer_px)
    draw = TrustedDraw()
    rng = np.random.default_rng(rules.seed)
    height, width = layers.crop.shape
    for row in range(0, height, _ROWS):
        raise_if_canceled(progress)
        n_rows = min(_ROWS, height - row)
        top, bottom = max(0, row - halo), min(height, row + n_rows + halo)
        window = Window(0, top, width, bottom - top)
        values = layers.crop.read(1, window=window)
        is_valid = layers.crop.read_masks(1, window=window) > 0
        inner = slice(row - top, row - top + n_rows)
        masks = [
            is_valid[inner],
            _confident(layers, window, rules)[inner],
            is_alike(values, rules.homogeneity_window_px)[inner],
            is_alike(values, 2 * buffer_px + 1)[inner],
            _grown_before(layers, window, values, rules)[inner],
        ]
        _collect(values[inner], masks, row, rules, draw, rng)
        progress.report((row + n_rows) / height)
    return draw


def is_alike(values: npt.NDArray[Any], window_px: int) -> Bits:
    """Return True where the whole square around a pixel has its value; beyond the edge nothing differs."""
    if window_px <= 1:
        return np.ones(values.shape, dtype=np.bool_)
    low, high = values, values
    for axis in (0, 1):
        low = minimum_filter1d(low, window_px, axis=axis, mode="nearest")
        high = maximum_filter1d(high, window_px, axis=axis, mode="nearest")
    result: Bits = low == high
    return result


def _confident(layers: TrustedLayers, window: Window, rules: TrustRules) -> Bits:
    if layers.confidence is None:
        return np.ones((int(window.height), int(window.width)), dtype=np.bool_)
    is_known = layers.confidence.read_masks(1, window=window) > 0
    result: Bits = (layers.confidence.read(1, window=window) >= rules.min_confidence) & is_known
    return result


def _grown_before(layers: TrustedLayers, window: Window, values: npt.NDArray[Any], rules: TrustRules) -> Bits:
    """Count earlier layers of the same class; a frequency layer speaks for its own class alone."""
    if not layers.histories:
        return np.ones(values.shape, dtype=np.bool_)
    years = np.zeros(values.shape, dtype=np.int32)
    passed = np.zeros(values.shape, dtype=np.bool_)
    spoken_for: set[int] = set()
    has_classes = False
    for item, source in layers.histories:
        earlier = source.read(1, window=window)
        if item.class_value is None:
            has_classes = True
            years += earlier == values
            continue
        spoken_for.add(item.class_value)
        is_known = (source.read_masks(1, window=window) > 0) & (earlier != _NEVER_BYTE)
        passed |= (values == item.class_value) & is_known & (earlier >= item.min_years)
    if has_classes:
        passed |= years >= rules.min_years
        return passed
    # Nothing is known of classes without a frequency layer: they are not held against their past.
    return passed | ~np.isin(values, list(spoken_for))


def _collect(
    values: npt.NDArray[Any],
    masks: list[Bits],
    row: int,
    rules: TrustRules,
    draw: TrustedDraw,
    rng: np.random.Generator,
) -> None:
    present = [int(value) for value in np.unique(values[masks[0]])]
    for value in present:
        if rules.classes and value not in rules.classes:
            continue
        left = (values == value) & masks[0]
        counts = [int(left.sum())]
        for mask in masks[1:]:
            left &= mask
            counts.append(int(left.sum()))
        before = draw.counts.get(value, np.zeros(len(RULES), dtype=np.int64))
        draw.counts[value] = before + np.array(counts, dtype=np.int64)
        places = np.flatnonzero(left)
        rows, columns = np.divmod(places, values.shape[1])
        found = np.stack([rng.random(len(places)), rows + row, columns], axis=1)
        both = np.concatenate([draw.picked.get(value, np.empty((0, 3))), found])
        draw.picked[value] = both[np.argsort(both[:, 0], kind="stable")[: rules.n_per_class]]
