"""Segments of one tile of a raster, computed here or on the workers of a cluster: the same either way."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import Any, Iterator

import numpy as np
import numpy.typing as npt
import rasterio
import threadpoolctl
from rasterio.windows import Window

from cropsample_plugin.engine.cluster.connection import connected
from cropsample_plugin.engine.cluster.tile_farm import WorkerNeeds, tile_farm
from cropsample_plugin.engine.progress import Progress, raise_if_canceled
from cropsample_plugin.engine.remaining_time import RemainingTime
from cropsample_plugin.engine.sampling.pixel_features import PixelComponents, PixelFeatures
from cropsample_plugin.engine.sampling.segment_kernels import slic_tile

IntArray = npt.NDArray[np.int64]
LabelFile = np.memmap[tuple[int, int], np.dtype[np.int64]]


@dataclass(frozen=True)
class SegmentOptions:
    """How a raster is segmented.

    Attributes:
        object_pixels: about how many pixels an object has.
        min_object_pixels: parts with fewer join a neighbour.
        compactness: how much compact shape counts against likeness of features; 0.1 on standardised features.
        n_components: temporal principal components that are compared.
        n_iterations: rounds of SLIC.
        tile_pixels: side of a tile without its margin at most; many features make tiles smaller.
        seed: choice of the pixels on which the components are fitted.
    """

    object_pixels: int = 100
    min_object_pixels: int = 9
    compactness: float = 0.1
    n_components: int = 4
    n_iterations: int = 6
    tile_pixels: int = 512
    seed: int = 42


@dataclass(frozen=True)
class SegmentWork:
    """What all tiles have in common; sent once to every worker of a cluster."""

    source: PixelFeatures
    components: PixelComponents
    options: SegmentOptions

    @property
    def step(self) -> int:
        """Distance of the seeds in pixels."""
        return max(1, round(float(np.sqrt(self.options.object_pixels))))

    def tiles(self) -> list[Tile]:
        """Return all tiles, row by row."""
        side = max(1, self.source.tile_side(self.options.tile_pixels) // self.step) * self.step
        height, width = self.source.height, self.source.width
        corners = [(row, column) for row in range(0, height, side) for column in range(0, width, side)]
        return [
            Tile(index, row, column, min(row + side, height), min(column + side, width))
            for index, (row, column) in enumerate(corners)
        ]


@dataclass(frozen=True)
class Tile:
    """Rows and columns without margin; the ends are not part of it."""

    index: int
    row: int
    column: int
    end_row: int
    end_column: int


class TileSegmenter:
    """Reads a tile with its margin and names the seed cell that each pixel belongs to."""

    def __init__(self, work: SegmentWork) -> None:
        self._work = work
        self._local = threading.local()
        self._opened: list[rasterio.DatasetReader] = []

    def __call__(self, tile: Tile) -> IntArray:
        """Return ``(height, width)`` seed cells of the raster, counted from 1; 0 where there is none."""
        source, options, step = self._work.source, self._work.options, self._work.step
        top, left = max(0, tile.row - 2 * step), max(0, tile.column - 2 * step)
        bottom, right = min(source.height, tile.end_row + 2 * step), min(source.width, tile.end_column + 2 * step)
        values, usable = source.read(self._dataset(), Window(left, top, right - left, bottom - top))
        with threadpoolctl.threadpool_limits(1):
            projected = self._work.components.project(values)
        spatial_weight = options.compactness / step**2 * options.n_components
        local = slic_tile(projected, usable, step, spatial_weight, options.n_iterations)
        names = _global_names(local, step, (top, left), -(-source.width // step))
        return names[tile.row - top : tile.end_row - top, tile.column - left : tile.end_column - left]

    def close(self) -> None:
        """Close the raster."""
        for dataset in self._opened:
            dataset.close()

    def _dataset(self) -> rasterio.DatasetReader:
        dataset: Any = getattr(self._local, "dataset", None)
        if dataset is None:
            dataset = self._local.dataset = rasterio.open(self._work.source.path)
            self._opened.append(dataset)
        return dataset


def assign_tiles(work: SegmentWork, segments: LabelFile, scheduler: str, progress: Progress) -> None:
    """Segment all tiles into a file of labels.

    Raises:
        ClusterError: no cluster, or a lost one.
        CanceledError: the user cancelled.
    """
    tiles = work.tiles()
    remaining = RemainingTime(len(tiles))
    done = _on_cluster(work, tiles, scheduler, progress) if scheduler else _here(work, tiles, progress)
    for number, (tile, names) in enumerate(done, start=1):
        segments[tile.row : tile.end_row, tile.column : tile.end_column] = names
        remaining.add(1)
        progress.report(number / len(tiles), f"Segmenting{remaining.text()}")


def _here(work: SegmentWork, tiles: list[Tile], progress: Progress) -> Iterator[tuple[Tile, IntArray]]:
    segmenter = TileSegmenter(work)
    try:
        for tile in tiles:
            raise_if_canceled(progress)
            yield tile, segmenter(tile)
    finally:
        segmenter.close()


def _on_cluster(
    work: SegmentWork, tiles: list[Tile], scheduler: str, progress: Progress
) -> Iterator[tuple[Tile, IntArray]]:
    needs = WorkerNeeds((work.source.path,))
    with (
        connected(scheduler, 1, progress) as client,
        tile_farm(client, f"{__name__}:TileSegmenter", work, needs, progress) as farm,
    ):
        progress.log(f"Segmenting on {farm.n_workers} workers with {farm.n_threads} threads.")
        for tile, done in farm.run(tiles, progress):
            yield tile, done.result


def _global_names(local: npt.NDArray[np.int32], step: int, origin: tuple[int, int], cells_across: int) -> IntArray:
    """Turn seed cells of a tile into seed cells of the raster, counted from 1; 0 where there is none."""
    local_across = -(-local.shape[1] // step)
    rows, columns = np.divmod(local.astype(np.int64), local_across)
    names = (rows + origin[0] // step) * cells_across + columns + origin[1] // step + 1
    named: IntArray = np.where(local >= 0, names, 0)
    return named
