"""Pixels and true area of every class of a map, counted strip by strip, with strata and regions."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any, Iterator, Self

import numpy as np
import numpy.typing as npt
import rasterio
from rasterio.errors import RasterioError
from rasterio.features import rasterize
from rasterio.windows import Window
from rasterio.windows import transform as window_transform

from cropsample_plugin.engine.accuracy.counting_kernels import count_rows
from cropsample_plugin.engine.accuracy.pixel_areas import PixelAreas, pixel_areas
from cropsample_plugin.engine.errors import InputError, StackError, error_chain
from cropsample_plugin.engine.progress import Progress, raise_if_canceled
from cropsample_plugin.engine.sampling.map_frame import TREATMENTS, FrameRules

IntArray = npt.NDArray[np.int64]
FloatArray = npt.NDArray[np.float64]
Value = int | float

_STRIP_BYTES = 8 * 1024 * 1024
_BYTE_VALUES = 256
_MOST_VALUES = 1_000
_MOST_STRATA = 10_000
_SAME_PX = 0.01


@dataclass(frozen=True)
class Threshold:
    """A map of shares or probabilities read as two classes: 1 from this value on, 0 below."""

    value: float


@dataclass
class Tally:
    """Pixels and areas by value.

    Attributes:
        pixels: value to number of pixels.
        areas_m2: value to square metres.
    """

    pixels: dict[Any, float] = field(default_factory=dict)
    areas_m2: dict[Any, float] = field(default_factory=dict)

    def add(self, value: Any, pixels: float, area_m2: float) -> None:  # noqa: ANN401 - a map value, or one with its stratum
        """Count pixels of a value."""
        if pixels:
            self.pixels[value] = self.pixels.get(value, 0.0) + pixels
            self.areas_m2[value] = self.areas_m2.get(value, 0.0) + area_m2


@dataclass(frozen=True)
class _Strip:
    """Map values, and stratum values when they are wanted, of some rows."""

    values: npt.NDArray[Any]
    strata: npt.NDArray[Any] | None


class ClassMap:
    """A class map opened for counting and for looking up samples; use as a context manager.

    Attributes:
        areas: true areas of its pixels.
        nodata: its nodata value, None without one.
    """

    def __init__(self, path: str, rules: FrameRules, threshold: Threshold | None = None) -> None:
        for treatment in (rules.zero, rules.unclassified):
            if treatment not in TREATMENTS:
                raise InputError(f"'{treatment}' is no treatment of pixels.", f"Choose one of {', '.join(TREATMENTS)}.")
        self.path, self.rules, self.threshold = path, rules, threshold
        self._stack = ExitStack()
        self._map = self._open(path, "map")
        self.areas: PixelAreas = pixel_areas(self._map.transform, self._map.crs, self._map.shape)
        self.nodata = self._map.nodata if rules.nodata_value is None else rules.nodata_value
        self._strata: Any = None

    def __enter__(self) -> Self:
        """Return the map."""
        return self

    def __exit__(self, *unused: object) -> None:
        """Close the files."""
        self._stack.close()

    @property
    def crs(self) -> Any:  # noqa: ANN401 - rasterio is untyped
        """The map's reference system."""
        return self._map.crs

    @property
    def transform(self) -> Any:  # noqa: ANN401 - rasterio is untyped
        """Pixel to map coordinates."""
        return self._map.transform

    @property
    def shape(self) -> tuple[int, int]:
        """Height and width in pixels."""
        return int(self._map.height), int(self._map.width)

    def use_strata(self, path: str) -> None:
        """Count by the values of a raster of strata as well.

        Raises:
            InputError: it lies on another grid: sizes of strata would be those of a resampled raster.
        """
        strata = self._open(path, "strata raster")
        same = strata.crs == self._map.crs and strata.shape == self._map.shape
        same = same and strata.transform.almost_equals(self._map.transform, _SAME_PX * abs(self._map.transform.a))
        if not same:
            raise InputError(
                f"The strata raster {path} lies on another grid than the map ({_grid_text(strata)} instead of "
                f"{_grid_text(self._map)}), so the size of its strata on the map is not known.",
                "Warp it to the map's grid first: same reference system, extent and pixel size, nearest neighbour.",
            )
        self._strata = strata

    def count(self, progress: Progress) -> Tally:
        """Return pixels and areas by map value, or by (map value, stratum value) when there are strata.

        Raises:
            InputError: the raster has too many values for a class map.
        """
        tally = Tally()
        height = self.shape[0]
        buffers: tuple[list[Any], ...] = ([], [])
        # One strip is counted while the next one is read, each into memory of its own; both release the interpreter.
        with ThreadPoolExecutor(1) as counter:
            pending: Future[None] | None = None
            for number, window in enumerate(self._strips()):
                raise_if_canceled(progress)
                read = self._read(window, with_strata=True, buffer=buffers[number % 2])
                if pending is not None:
                    pending.result()
                pending = counter.submit(self._count_window, window, read, tally, None)
                progress.report((window.row_off + window.height) / height, "Counting the classes of the map")
            if pending is not None:
                pending.result()
        return tally

    def count_shape(self, shape: Any) -> Tally:  # noqa: ANN401 - shapely is untyped
        """Return pixels and areas by map value of the pixels whose centre lies in a shape in map coordinates."""
        tally = Tally()
        for window in self._strips(shape.bounds):
            self._count_window(window, self._read(window, with_strata=False), tally, shape)
        return tally

    def values_at(self, rows: IntArray, columns: IntArray) -> npt.NDArray[Any]:
        """Return map values of pixels, in reading order of the file for speed."""
        return self._lookup(self._map, rows, columns)

    def strata_at(self, rows: IntArray, columns: IntArray) -> npt.NDArray[Any]:
        """Return stratum values of pixels."""
        return self._lookup(self._strata, rows, columns)

    def classified(self, values: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """Apply the threshold, when there is one; NaN and nodata stay."""
        if self.threshold is None:
            return values
        numbers = values.astype(np.float64)
        known = np.isfinite(numbers) if self.nodata is None else np.isfinite(numbers) & (values != self.nodata)
        return np.where(known, (numbers >= self.threshold.value).astype(np.float64), np.nan)

    def _open(self, path: str, what: str) -> Any:  # noqa: ANN401 - rasterio is untyped
        try:
            return self._stack.enter_context(rasterio.open(path))
        except RasterioError as error:
            raise StackError(
                f"The {what} {path} cannot be read: {error_chain(error)}", "Check that it opens in QGIS."
            ) from error

    def _strips(self, bounds: tuple[float, float, float, float] | None = None) -> Iterator[Window]:
        """Yield windows of whole file blocks, or of the part within bounds in map coordinates."""
        height, width = self.shape
        first, last, left, right = 0, height, 0, width
        if bounds is not None:
            corners = [~self.transform * (x, y) for x in bounds[::2] for y in bounds[1::2]]
            columns, rows = zip(*corners)
            left, right = max(0, int(min(columns))), min(width, int(max(columns)) + 1)
            first, last = max(0, int(min(rows))), min(height, int(max(rows)) + 1)
        block = self._map.block_shapes[0][0]
        row_bytes = width * np.dtype(self._map.dtypes[0]).itemsize
        n_rows = max(block, int(_STRIP_BYTES / max(row_bytes, 1)) // block * block)
        for row in range(first, last, n_rows):
            if right > left:
                yield Window(left, row, right - left, min(n_rows, last - row))

    def _read(self, window: Window, *, with_strata: bool, buffer: list[Any] | None = None) -> _Strip:
        """Read a strip; ``buffer`` keeps the memory of an earlier strip, to be used again."""
        if buffer is None:
            values = self.classified(self._map.read(1, window=window))
        else:
            if not buffer:
                buffer.append(np.empty((int(window.height), int(window.width)), dtype=self._map.dtypes[0]))
            values = self.classified(self._map.read(1, window=window, out=buffer[0][: int(window.height)]))
        strata = self._strata.read(1, window=window) if with_strata and self._strata is not None else None
        return _Strip(values, strata)

    def _count_window(self, window: Window, read: _Strip, tally: Tally, shape: Any) -> None:  # noqa: ANN401 - shapely
        codes, found = _coded(read.values, _MOST_VALUES, self.path)
        n_strata, strata_found = 1, None
        if read.strata is not None:
            strata, strata_found = _coded(read.strata, _MOST_STRATA, self._strata.name)
            n_strata = len(strata_found)
            codes = codes.astype(np.int64) * n_strata + strata
        n_codes = len(found) * n_strata
        if shape is not None:
            inside = _inside(shape, window, self.transform)
            codes = np.where(inside, codes, n_codes)
        self._add(codes, window, (found, strata_found, n_codes), tally)

    def _add(self, codes: npt.NDArray[Any], window: Window, names: tuple[Any, Any, int], tally: Tally) -> None:
        found, strata_found, n_codes = names
        edges = np.clip(self.areas.chunks - window.col_off, 0, window.width)
        keep = np.flatnonzero(np.diff(edges) > 0)
        edges = np.append(edges[keep], edges[keep[-1] + 1]).astype(np.int64)
        counts = np.zeros((window.height, len(keep), n_codes + 1), dtype=np.int64)
        count_rows(codes, edges, counts)
        areas = self.areas.of_rows(window.row_off, window.height)[:, keep]
        pixels = counts.sum(axis=(0, 1))
        square_metres = np.einsum("rck,rc->k", counts, areas)
        n_strata = 1 if strata_found is None else len(strata_found)
        for code in np.flatnonzero(pixels[:n_codes]):
            value = found[code // n_strata]
            name = value if strata_found is None else (value, strata_found[code % n_strata])
            tally.add(_plain(name), float(pixels[code]), float(square_metres[code]))

    def _lookup(self, dataset: Any, rows: IntArray, columns: IntArray) -> npt.NDArray[Any]:  # noqa: ANN401 - rasterio
        values = np.empty(len(rows), dtype=dataset.dtypes[0])
        for position in np.lexsort((columns, rows)):
            values[position] = dataset.read(1, window=Window(int(columns[position]), int(rows[position]), 1, 1))[0, 0]
        return values


def _coded(values: npt.NDArray[Any], most: int, path: str) -> tuple[npt.NDArray[Any], npt.NDArray[Any]]:
    """Return codes from 0 and the value of each code; bytes are their own codes."""
    if values.dtype == np.uint8:
        return values, np.arange(_BYTE_VALUES)
    if values.dtype.kind in "iu":
        low = int(values.min())
        n_values = int(values.max()) - low + 1
        if n_values <= _BYTE_VALUES * _BYTE_VALUES:
            shifted = (values.astype(np.int64) - low).astype(np.int32)
            present = np.flatnonzero(np.bincount(shifted.ravel(), minlength=n_values))
            table = np.zeros(n_values, dtype=np.int32)
            table[present] = np.arange(len(present))
            _check_number(len(present), most, path)
            return table[shifted], present + low
    found, codes = np.unique(values, return_inverse=True)
    _check_number(len(found), most, path)
    return codes.reshape(values.shape).astype(np.int32), found


def _check_number(n_values: int, most: int, path: str) -> None:
    if n_values > most:
        raise InputError(
            f"{path} has more than {most} different values: it is no map of classes.",
            "Choose a class map, or give a threshold when it holds shares or probabilities.",
        )


def _inside(shape: Any, window: Window, transform: Any) -> npt.NDArray[np.bool_]:  # noqa: ANN401 - untyped packages
    size = (int(window.height), int(window.width))
    mask: npt.NDArray[np.bool_] = (
        rasterize([(shape, 1)], size, transform=window_transform(window, transform), dtype="uint8") == 1
    )
    return mask


def _plain(value: Any) -> Any:  # noqa: ANN401 - numpy scalars and pairs of them
    if isinstance(value, tuple):
        return tuple(_plain(item) for item in value)
    number = float(value)
    return int(number) if number.is_integer() else number


def _grid_text(dataset: Any) -> str:  # noqa: ANN401 - rasterio is untyped
    name = dataset.crs.to_string() if dataset.crs else "no reference system"
    size = f"{dataset.width} x {dataset.height} pixels"
    return f"{size} of {abs(dataset.transform.a):g} from ({dataset.bounds.left:g}, {dataset.bounds.top:g}), {name[:40]}"
