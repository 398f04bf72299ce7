"""Pixels of a probability map as candidates for labeling, with the series of a stack as their features."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import rasterio
from rasterio.windows import Window

from cropsample_plugin.engine.active.candidates import check_probabilities
from cropsample_plugin.engine.errors import InputError, StackError, error_chain
from cropsample_plugin.engine.progress import Progress, raise_if_canceled
from cropsample_plugin.engine.sampling.object_geometry import GroundProjection
from cropsample_plugin.engine.timeseries.dated_stack import DatedStack, to_physical
from cropsample_plugin.engine.timeseries.pixel_reader import read_pixels

FloatArray = npt.NDArray[np.float64]
SingleArray = npt.NDArray[np.float32]
IntArray = npt.NDArray[np.int64]

MOST_CANDIDATES = 1_000_000
_STRIP_PIXELS = 2_000_000


@dataclass(frozen=True)
class CandidatePixels:
    """Pixels with probabilities: all of a map, or a random part of a large one.

    Attributes:
        path: the map.
        xy: ``(n, 2)`` pixel centres in the map's coordinates.
        probabilities: ``(n, n_classes)``.
        class_names: of the bands.
        projection: metres to the map's coordinates.
        pixel_m: side of a pixel in metres.
        n_pixels: pixels of the map that have probabilities; an estimate where only a part was kept.
    """

    path: str
    xy: FloatArray
    probabilities: SingleArray
    class_names: tuple[str, ...]
    projection: GroundProjection
    pixel_m: float
    n_pixels: int

    @property
    def is_part(self) -> bool:
        """True when the pixels are a random part of the map."""
        return self.n_pixels > len(self.xy)


def read_candidate_pixels(path: str, seed: int, progress: Progress) -> CandidatePixels:
    """Read the pixels of a probability map, strip by strip; of more than a million a random million.

    Raises:
        StackError: the map cannot be read.
        InputError: it has one band, holds no probabilities, or has no reference system.
    """
    try:
        with rasterio.open(path) as dataset:
            return _read(dataset, path, seed, progress)
    except rasterio.errors.RasterioIOError as error:
        raise StackError(
            f"The probabilities {path} cannot be read: {error_chain(error)}", "Check that the file opens in QGIS."
        ) from error


def _read(dataset: rasterio.DatasetReader, path: str, seed: int, progress: Progress) -> CandidatePixels:
    if dataset.count < 2:  # noqa: PLR2004 - a choice needs two classes
        raise InputError(
            f"{path} has one band; between one class there is nothing to be unsure of.",
            "Choose the output 'Probabilities' of 'Predict map', a band per class.",
        )
    if dataset.crs is None:
        raise InputError(f"{path} has no coordinate reference system.", "Set it in the layer's properties.")
    share = min(1.0, MOST_CANDIDATES / (dataset.width * dataset.height))
    rng = np.random.default_rng(seed)
    rows_at_once = max(1, _STRIP_PIXELS // dataset.width)
    kept, found, n_valid = [], [], 0
    for top in range(0, dataset.height, rows_at_once):
        raise_if_canceled(progress)
        height = min(rows_at_once, dataset.height - top)
        units = np.arange(top * dataset.width, (top + height) * dataset.width, dtype=np.int64)
        drawn = np.ones(len(units), dtype=bool) if share >= 1 else rng.random(len(units)) < share
        part = _strip(dataset, Window(0, top, dataset.width, height), drawn)
        valid = np.isfinite(part).all(axis=1)
        kept.append(units[drawn][valid])
        found.append(part[valid])
        n_valid += int(valid.sum())
        progress.report((top + height) / dataset.height, "Reading probabilities")
    probabilities = np.concatenate(found)
    check_probabilities(probabilities, path)
    xy = _centres(dataset, np.concatenate(kept))
    names = tuple(text or f"class {number}" for number, text in enumerate(dataset.descriptions, start=1))
    projection = GroundProjection.around(dataset.crs.to_wkt(), tuple(dataset.bounds))
    n_pixels = n_valid if share >= 1 else round(n_valid / share)
    return CandidatePixels(path, xy, probabilities, names, projection, _pixel_m(dataset, projection), n_pixels)


def _strip(dataset: rasterio.DatasetReader, window: Window, drawn: npt.NDArray[np.bool_]) -> SingleArray:
    """Return ``(n drawn, n_bands)`` probabilities of a strip, NaN where nodata."""
    part = np.empty((int(drawn.sum()), dataset.count), dtype=np.float32)
    for band in range(dataset.count):
        stored = dataset.read(band + 1, window=window).ravel()[drawn]
        values = stored.astype(np.float32)
        nodata = dataset.nodatavals[band]
        if nodata is not None:
            values[stored == nodata] = np.nan
        part[:, band] = values * np.float32(dataset.scales[band]) + np.float32(dataset.offsets[band])
    return part


def _centres(dataset: rasterio.DatasetReader, units: IntArray) -> FloatArray:
    rows, columns = np.divmod(units, dataset.width)
    x, y = dataset.transform * (columns + 0.5, rows + 0.5)
    return np.stack([x, y], axis=1)


def _pixel_m(dataset: rasterio.DatasetReader, projection: GroundProjection) -> float:
    """Return the shorter side of the pixel in the middle of the map, in metres."""
    column, row = dataset.width / 2, dataset.height / 2
    corners = [dataset.transform * place for place in ((column, row), (column + 1, row), (column, row + 1))]
    ground = projection.xy_to_ground(np.array(corners))
    return float(min(np.hypot(*(ground[1] - ground[0])), np.hypot(*(ground[2] - ground[0]))))


class StackFeatures:
    """Values of a stack at places: what tells candidates apart.

    Args:
        path: the stack.
        crs: reference system of the places asked for.
        threads: blocks read at once.
        progress: asked for cancelling.
    """

    def __init__(self, path: str, crs: Any, threads: int, progress: Progress) -> None:  # noqa: ANN401 - a CRS as pyproj takes it
        from pyproj import CRS, Transformer

        self._stack = DatedStack.open(path)
        if self._stack.crs is None:
            raise StackError(f"{path} has no coordinate reference system.", "Set it in the layer's properties.")
        self._to_stack = Transformer.from_crs(crs, CRS(self._stack.crs.to_wkt()), always_xy=True)
        self._threads, self._progress = threads, progress

    def at(self, xy: FloatArray) -> SingleArray:
        """Return ``(n, n_bands)`` physical values at ``(n, 2)`` places; NaN where missing or outside the stack."""
        stack = self._stack
        x, y = self._to_stack.transform(xy[:, 0], xy[:, 1])
        columns, rows = ~stack.transform * (np.asarray(x), np.asarray(y))
        columns, rows = np.floor(columns), np.floor(rows)
        inside = (columns >= 0) & (columns < stack.width) & (rows >= 0) & (rows < stack.height)
        features = np.full((len(xy), len(stack.scales)), np.nan, dtype=np.float32)
        places = columns[inside].astype(np.int64), rows[inside].astype(np.int64)
        features[inside] = to_physical(stack, read_pixels(stack, *places, self._threads, self._progress)).T
        return features
