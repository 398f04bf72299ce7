"""Download the area's part of every day: mosaic, warp and harmonise tile by tile, resumable at every tile."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Sequence

import numpy as np
import numpy.typing as npt
import rasterio
import rasterio.warp
from rasterio._err import CPLE_BaseError
from rasterio.enums import Resampling
from rasterio.errors import CRSError, RasterioError, RasterioIOError
from rasterio.vrt import WarpedVRT

from cropsample_plugin.engine.errors import OutputError, error_chain
from cropsample_plugin.engine.progress import Progress, raise_if_canceled
from cropsample_plugin.engine.timeseries.stac.band_assets import WantedBand
from cropsample_plugin.engine.timeseries.stac.day_plan import BandValues, Day, Source
from cropsample_plugin.engine.timeseries.stac.ledger import Fate
from cropsample_plugin.engine.timeseries.stac.remote_files import (
    DamagedFileError,
    MissingFileError,
    RemoteFiles,
    in_threads,
)
from cropsample_plugin.engine.timeseries.stac.target_grid import Tile
from cropsample_plugin.engine.timeseries.stac.tile_journal import TileJournal, identity_of
from cropsample_plugin.engine.timeseries.stack_grid import StackGrid
from cropsample_plugin.engine.timeseries.stacks.tile_store import UNFINISHED_SUFFIX

TILE_PX = 2048
BYTES_PER_THREAD = 160 * 1024 * 1024
_WARP_MEMORY_MB = 32
_TIFF_BLOCK_PX = 256

Stored = npt.NDArray[Any]


@dataclass(frozen=True)
class DownloadPlan:
    """What all tiles have in common.

    Attributes:
        folder: where they go.
        grid: the stack's grid.
        tiles: its parts that are wanted.
        bands: the bands, with how each is stored.
        resampling: of measured bands; classes take the nearest pixel.
        threads: how many days at a time.
    """

    folder: Path
    grid: StackGrid
    tiles: Sequence[Tile]
    bands: Sequence[tuple[WantedBand, BandValues]]
    resampling: str
    threads: int


@dataclass(frozen=True)
class DayTiles:
    """What was downloaded of a day.

    Attributes:
        day: with the scenes that could be read.
        files: names of the tiles by band.
        n_valid: number of pixels with data, of all bands.
        dropped: scenes that could not be read, with the reason.
    """

    day: Day
    files: dict[str, list[tuple[str, Tile]]]
    n_valid: int
    dropped: list[tuple[str, Fate, str]]


class _UnreadableError(Exception):
    def __init__(self, scene: str, fate: Fate, details: str) -> None:
        super().__init__(details)
        self.scene, self.fate, self.details = scene, fate, details


def estimated_bytes(n_days: int, bands: Sequence[tuple[WantedBand, BandValues]], tiles: Sequence[Tile]) -> int:
    """Return the bytes of all tiles before compression: an upper limit of what goes to the disk."""
    pixels = sum(tile.width * tile.height for tile in tiles)
    return n_days * pixels * sum(np.dtype(values.dtype).itemsize for _, values in bands)


def download_days(
    days: Sequence[Day], plan: DownloadPlan, files: RemoteFiles, journal: TileJournal, progress: Progress
) -> list[DayTiles]:
    """Download all days and return them in order of time; what is finished is not downloaded again.

    Raises:
        WebError: a server does not answer in spite of all patience; finished tiles are kept.
        OutputError: a tile cannot be written; likewise.
        CanceledError: the user cancelled; likewise.
    """
    worker = _DayWorker(plan, files, journal, progress)
    done: list[DayTiles] = []
    for _, tiles in in_threads(worker.download, days, plan.threads, progress):
        done.append(tiles)
        progress.report(len(done) / len(days), f"Day {len(done)} of {len(days)}: {tiles.day.date}")
    return sorted(done, key=lambda item: item.day.date)


class _DayWorker:
    def __init__(self, plan: DownloadPlan, files: RemoteFiles, journal: TileJournal, progress: Progress) -> None:
        self._plan = plan
        self._files = files
        self._journal = journal
        self._progress = progress

    def download(self, day: Day) -> DayTiles:
        """Download a day; a scene that turns out unreadable is left out of all its bands."""
        dropped: list[tuple[str, Fate, str]] = []
        while True:
            try:
                return self._once(day, dropped)
            except _UnreadableError as failure:
                dropped.append((failure.scene, failure.fate, failure.details))
                day = day.without(failure.scene)

    def _once(self, day: Day, dropped: list[tuple[str, Fate, str]]) -> DayTiles:
        names: dict[str, list[tuple[str, Tile]]] = {}
        n_valid = 0
        for band, values in self._plan.bands:
            sources = day.sources.get(band.name, ())
            for tile in self._plan.tiles if sources else ():
                raise_if_canceled(self._progress)
                name = f"{day.date}_{_file_part(band.name)}_{tile.row}_{tile.column}.tif"
                n_valid += self._tile(name, band, values, sources, tile)
                names.setdefault(band.name, []).append((name, tile))
        return DayTiles(day, names, n_valid, dropped)

    def _tile(self, name: str, band: WantedBand, values: BandValues, sources: Sequence[Source], tile: Tile) -> int:
        grid = self._plan.grid
        resampling = "nearest" if band.is_class else self._plan.resampling
        what = [(source.address, source.number, vars(source.encoding)) for source in sources]
        place = (grid.transform.to_gdal(), grid.crs and grid.crs.to_wkt(), vars(tile))
        identity = identity_of(what, vars(values), place, resampling)
        known = self._journal.finished(name, identity)
        if known is not None:
            return known
        stored = np.full((tile.height, tile.width), values.nodata, dtype=values.dtype)
        missing = np.ones(stored.shape, dtype=bool)
        for source in sources:
            if missing.any() and _reaches(source, grid, tile):
                self._fill(stored, missing, source, (tile, values, resampling))
        write_tile(self._plan.folder / name, stored, values, (grid, tile))
        n_valid = int(stored.size - missing.sum())
        self._journal.add(name, identity, n_valid)
        return n_valid

    def _fill(
        self, stored: Stored, missing: npt.NDArray[np.bool_], source: Source, how: tuple[Tile, BandValues, str]
    ) -> None:
        """Put a source's values where values are missing so far."""
        tile, values, resampling = how
        try:
            read, is_valid = self._files.read(
                source.address, lambda dataset: _warped(dataset, source, self._plan.grid, tile, resampling)
            )
        except MissingFileError as error:
            raise _UnreadableError(source.scene, Fate.MISSING, str(error)) from error
        except DamagedFileError as error:
            raise _UnreadableError(source.scene, Fate.DAMAGED, str(error)) from error
        take = missing & is_valid
        stored[take] = _changed(read[take], *values.change(source.encoding), np.dtype(values.dtype))
        missing[take] = False


def write_tile(path: Path, stored: Stored, values: BandValues, place: tuple[StackGrid, Tile]) -> None:
    """Write a tile under another name and give it its own when it is complete.

    Raises:
        OutputError: it cannot be written.
    """
    grid, tile = place
    unfinished = path.with_name(path.name + UNFINISHED_SUFFIX)
    is_float = stored.dtype.kind == "f"
    profile: dict[str, Any] = {
        "driver": "GTiff", "width": tile.width, "height": tile.height, "count": 1, "dtype": values.dtype,
        "nodata": values.nodata, "crs": grid.crs, "transform": tile.transform(grid), "compress": "deflate",
        "zlevel": 1, "predictor": 3 if is_float else 2,
    }  # fmt: skip
    if min(tile.width, tile.height) >= _TIFF_BLOCK_PX:
        profile |= {"tiled": True, "blockxsize": _TIFF_BLOCK_PX, "blockysize": _TIFF_BLOCK_PX}
    try:
        with rasterio.open(unfinished, "w", **profile) as dataset:
            dataset.write(stored, 1)
            dataset.scales, dataset.offsets = (values.scale,), (values.offset,)
        unfinished.replace(path)
    except (RasterioError, CPLE_BaseError, OSError) as error:
        unfinished.unlink(missing_ok=True)
        raise OutputError(
            f"{path} cannot be written: {error_chain(error)}",
            "Free some space and start again: finished tiles are kept.",
        ) from error


def _warped(
    dataset: rasterio.DatasetReader, source: Source, grid: StackGrid, tile: Tile, resampling: str
) -> tuple[Stored, npt.NDArray[np.bool_]]:
    """Read the part of a file that a tile covers, on the tile's grid, and which of its pixels are valid."""
    nodata = source.encoding.nodata
    options: dict[str, Any] = {
        "crs": grid.crs, "transform": tile.transform(grid), "width": tile.width, "height": tile.height,
        "resampling": Resampling[resampling], "warp_mem_limit": _WARP_MEMORY_MB,
    }  # fmt: skip
    options |= {"add_alpha": True} if nodata is None else {"src_nodata": nodata, "nodata": nodata}
    try:
        with WarpedVRT(dataset, **options) as warped:
            read = warped.read(source.number)
            if nodata is None:
                return read, warped.read(warped.count) > 0
    except (CPLE_BaseError, CRSError) as error:
        raise RasterioIOError(str(error)) from error
    return read, np.isfinite(read) if np.isnan(nodata) else read != np.asarray(nodata, dtype=read.dtype)


def _changed(stored: Stored, ratio: float, shift: float, dtype: np.dtype[Any]) -> Stored:
    if ratio == 1.0 and shift == 0.0:
        return stored.astype(dtype, copy=False)
    moved = stored.astype(np.float64) * ratio + shift
    if dtype.kind == "f":
        return moved.astype(dtype)
    limits = np.iinfo(dtype)
    return np.clip(np.rint(moved), limits.min, limits.max).astype(dtype)


def _reaches(source: Source, grid: StackGrid, tile: Tile) -> bool:
    """Return whether a file may have pixels in a tile."""
    bounds = StackGrid.of(source.header).bounds
    if source.header.crs != grid.crs:
        bounds = rasterio.warp.transform_bounds(source.header.crs, grid.crs, *bounds)
    left, bottom, right, top = tile.bounds(grid)
    return bool(bounds[0] < right and bounds[2] > left and bounds[1] < top and bounds[3] > bottom)


def _file_part(name: str) -> str:
    return "".join(letter if letter.isalnum() or letter in "-_" else "-" for letter in name)
