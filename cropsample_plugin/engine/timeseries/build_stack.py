"""Build a dated stack out of what the user has."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import rasterio
from rasterio.windows import Window

from cropsample_plugin.engine.errors import InputError, StackError
from cropsample_plugin.engine.output_files import replaced_when_done
from cropsample_plugin.engine.progress import Progress, StepProgress
from cropsample_plugin.engine.timeseries.dated_stack import DatedStack
from cropsample_plugin.engine.timeseries.layouts.recognition import LayoutHints
from cropsample_plugin.engine.timeseries.processing_history import (
    BACKSCATTER_TAG,
    LAYOUT_TAG,
    PREPROCESSING_TAG,
    joined_tags,
)
from cropsample_plugin.engine.timeseries.raster_header import RasterHeader, read_headers
from cropsample_plugin.engine.timeseries.stack_grid import StackGrid, common_grid
from cropsample_plugin.engine.timeseries.stack_sources import BandSource, StackSources, find_sources, natural_key
from cropsample_plugin.engine.timeseries.stack_vrt import GDAL_TYPES, RESAMPLINGS, VirtualBand, vrt_document
from cropsample_plugin.engine.timeseries.warped_sources import warped_header

RASTER_ENDINGS = {".tif", ".tiff", ".jp2", ".img", ".nc", ".nc4", ".h5", ".hdf", ".bil", ".dat", ".asc"}
_QUALITY_FOLDER = "QI_DATA"
_LOOK_PX = 64
_LOOK_DATES = 5
_LARGEST_PHYSICAL = 50.0


@dataclass(frozen=True)
class StackOptions:
    """How a stack is built.

    Attributes:
        hints: what the user said about dates and names.
        scale, offset, nodata: replace what the files say about their dated bands; None keeps it.
        grid_rule: ``refuse`` or ``warp`` rasters on another grid.
        resampling: one of `RESAMPLINGS`, where pixel sizes or grids differ.
    """

    hints: LayoutHints = field(default_factory=LayoutHints)
    scale: float | None = None
    offset: float | None = None
    nodata: float | None = None
    grid_rule: str = "refuse"
    resampling: str = "nearest"


@dataclass(frozen=True)
class BuiltStack:
    """A stack as written, the files that were left out, each with the reason, and the warped files."""

    stack: DatedStack
    skipped: list[tuple[str, str]]
    warped: list[str]


def rasters_in_folder(folder: str, output: str = "") -> tuple[tuple[str, ...], list[tuple[str, str]]]:
    """Return the rasters in a folder and its subfolders in natural order, and those left out with the reason.

    Raises:
        InputError: the folder does not exist or holds no rasters.
    """
    root = Path(folder)
    if not root.is_dir():
        raise InputError(f"The folder {folder} does not exist.", "Choose an existing folder.")
    found, skipped = [], []
    for path in sorted(root.rglob("*"), key=lambda item: natural_key(str(item))):
        if path.suffix.lower() not in RASTER_ENDINGS or path == Path(output) or not path.is_file():
            continue
        if _QUALITY_FOLDER in path.parts:
            skipped.append((str(path), "it is a quality mask of a Sentinel-2 product"))
        else:
            found.append(str(path))
    if not found:
        raise InputError(f"The folder {folder} holds no rasters ({', '.join(sorted(RASTER_ENDINGS))}).")
    return tuple(found), skipped


def build_stack(paths: tuple[str, ...], target: Path, options: StackOptions, progress: Progress) -> BuiltStack:
    """Recognise the layout of rasters and write them as one dated stack.

    Args:
        paths: rasters that GDAL opens.
        target: the ``.vrt`` to write; checked by the caller.
        options: how.
        progress: told of what was recognised, left out, and looks wrong.

    Raises:
        StackError: rasters are damaged, undated, repeat a date, or do not fit on one grid.
        InputError: an option does not fit the rasters.
    """
    if not paths:
        raise InputError("No rasters are given.", "Choose raster files or a folder that holds them.")
    if options.resampling not in RESAMPLINGS:
        raise InputError(f"Unknown resampling '{options.resampling}'.", f"Use one of {', '.join(RESAMPLINGS)}.")
    headers = read_headers(tuple(dict.fromkeys(paths)), StepProgress(progress, 0.0, 0.8))
    sources = find_sources(headers, options.hints)
    _tell(sources, progress)
    used = {band.header.path: band.header for band in sources.bands}
    grid, to_warp = common_grid(list(used.values()), options.grid_rule)
    _check_types(sources.bands, options.nodata)
    warped = _warp(to_warp, grid, target, options)
    bands = [_virtual(band, warped.get(band.header.path, band.header), options) for band in sources.bands]
    document = vrt_document(bands, grid, target, options.resampling, _tags(sources, progress))
    with replaced_when_done(target) as partial:
        partial.write_bytes(document)
    stack = DatedStack.open(target)
    progress.report(0.9, "Looking at values")
    _look_at_values(stack, progress)
    return BuiltStack(stack, sources.skipped, [header.path for header in warped.values()])


def _tell(sources: StackSources, progress: Progress) -> None:
    progress.log(f"Recognised: {'; '.join(sources.layouts)}.")
    for note in sources.notes:
        progress.log(note, "warning")
    for path, reason in sources.skipped:
        progress.log(f"Left out {path}: {reason}.", "warning")


def _tags(sources: StackSources, progress: Progress) -> dict[str, str]:
    """Return how the rasters were recognised, and what was done to them before."""
    dated = {band.header.path: band.header.tags for band in sources.bands if band.day}
    joined = joined_tags(list(dated.values()))
    for name, what in ((PREPROCESSING_TAG, "were preprocessed"), (BACKSCATTER_TAG, "hold radar bands")):
        if " | " in joined.get(name, ""):
            progress.log(f"The rasters {what} differently ({joined[name]}): no model will fit the stack.", "warning")
    return {**joined, LAYOUT_TAG: "; ".join(sources.layouts)}


def _check_types(bands: list[BandSource], nodata: float | None) -> None:
    for band in bands:
        dtype = band.header.dtypes[band.number - 1]
        if dtype not in GDAL_TYPES:
            raise StackError(
                f"{band.header.path} holds {dtype} values, which a stack cannot hold.", "Convert it first."
            )
        if nodata is None or band.day is None or dtype.startswith("float"):
            continue
        limits = np.iinfo(dtype)
        if not (limits.min <= nodata <= limits.max and float(nodata).is_integer()):
            raise InputError(
                f"NODATA {nodata:g} cannot be stored in {band.header.path}, which holds {dtype} values.",
                "Correct NODATA, or leave it empty to keep what the files say.",
            )


def _warp(headers: list[RasterHeader], grid: StackGrid, target: Path, options: StackOptions) -> dict[str, RasterHeader]:
    """Write a warped VRT for each raster into ``<stack>_warped`` beside the stack; keyed by the raster's path."""
    if not headers:
        return {}
    folder = target.parent / f"{target.stem}_warped"
    folder.mkdir(exist_ok=True)
    warped = {}
    for number, header in enumerate(headers, start=1):
        file_name = folder / f"{number:03d}_{header.name}.vrt"
        warped[header.path] = warped_header(header, grid, file_name, options.resampling, options.nodata)
    return warped


def _virtual(band: BandSource, header: RasterHeader, options: StackOptions) -> VirtualBand:
    index = band.number - 1
    # What the user says of scale and nodata is meant for the images, not for static bands such as elevation.
    said = options if band.day else StackOptions()
    return VirtualBand(
        description=band.description,
        header=header,
        number=band.number,
        scale=header.scales[index] if said.scale is None else said.scale,
        offset=header.offsets[index] if said.offset is None else said.offset,
        nodata=header.nodata[index] if said.nodata is None else said.nodata,
    )


def _look_at_values(stack: DatedStack, progress: Progress) -> None:
    """Warn of bands whose values look like scaled integers although no scale is set."""
    if stack.crs is None:
        progress.log("The stack has no reference system: samples cannot be placed on it.", "warning")
    window = _central_window(stack)
    largest: dict[str, float] = {}
    with rasterio.open(stack.path) as dataset:
        for band, name in enumerate(stack.bands):
            numbers = [int(number) for number in stack.band_numbers[:, band] if number]
            for number in numbers[:: max(1, len(numbers) // _LOOK_DATES)]:
                if _is_plain_integer(stack, number, dataset.dtypes[number - 1]):
                    seen = _largest(dataset.read(number, window=window), stack.nodata[number - 1])
                    largest[name] = max(seen, largest.get(name, 0.0))
    unscaled = {name: value for name, value in largest.items() if value > _LARGEST_PHYSICAL}
    if unscaled:
        listed = ", ".join(f"{name} up to {value:g}" for name, value in unscaled.items())
        progress.log(
            f"Values look unscaled ({listed}) and the files set no scale. If they are reflectances or indices stored "
            "as whole numbers, build the stack again with SCALE (often 0.0001): samples and map need the same units.",
            "warning",
        )


def _central_window(stack: DatedStack) -> Window:
    column, row = max(0, stack.width // 2 - _LOOK_PX // 2), max(0, stack.height // 2 - _LOOK_PX // 2)
    return Window(column, row, min(_LOOK_PX, stack.width - column), min(_LOOK_PX, stack.height - row))


def _is_plain_integer(stack: DatedStack, number: int, dtype: str) -> bool:
    return not dtype.startswith("float") and stack.scales[number - 1] == 1.0 and stack.offsets[number - 1] == 0.0


def _largest(stored: npt.NDArray[Any], nodata: float) -> float:
    valid = np.abs(stored[stored != nodata].astype(np.float64))
    return float(valid.max()) if valid.size else 0.0
