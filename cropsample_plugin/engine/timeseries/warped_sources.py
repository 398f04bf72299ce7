"""Warp rasters onto the grid of a stack by small VRT files beside it; no pixels are written."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET  # nosec B405 - parses only what GDAL wrote a moment ago

import rasterio
import rasterio.shutil
from rasterio.enums import Resampling
from rasterio.vrt import WarpedVRT

from cropsample_plugin.engine.errors import OutputError, StackError
from cropsample_plugin.engine.timeseries.raster_header import RasterHeader
from cropsample_plugin.engine.timeseries.stack_grid import StackGrid
from cropsample_plugin.engine.timeseries.stack_vrt import source_element


def warped_header(
    header: RasterHeader, grid: StackGrid, target: Path, resampling: str, nodata: float | None
) -> RasterHeader:
    """Write a warped VRT of one raster and return the header of the result.

    Args:
        header: the raster to warp.
        grid: the grid of the stack.
        target: the VRT to write, in an existing folder.
        resampling: name of a rasterio resampling method.
        nodata: stored value that means missing, used outside the raster; None takes the raster's own.

    Raises:
        StackError: an integer raster without nodata: nothing could mark the pixels outside it.
        OutputError: the file cannot be written.
    """
    missing = nodata if nodata is not None else header.nodata[0]
    if missing is None and header.dtypes[0].startswith("float"):
        missing = float("nan")
    if missing is None:
        raise StackError(
            f"{header.path} has no nodata value, so pixels outside it could not be told from data after warping.",
            "Give NODATA.",
        )
    options = {
        "crs": grid.crs,
        "transform": grid.transform,
        "width": grid.width,
        "height": grid.height,
        "resampling": Resampling[resampling],
        "src_nodata": missing,
        "nodata": missing,
        "UNIFIED_SRC_NODATA": "NO",
    }
    with rasterio.open(header.path) as source, WarpedVRT(source, **options) as warped:
        rasterio.shutil.copy(warped, str(target), driver="VRT")
    _name_source_relatively(header, target)
    return replace(
        header,
        path=str(target),
        file_path=str(target),
        nodata=(missing,) * header.count,
        transform=grid.transform,
        crs=grid.crs,
        width=grid.width,
        height=grid.height,
        block_shape=(min(512, grid.height), min(512, grid.width)),
    )


def _name_source_relatively(header: RasterHeader, target: Path) -> None:
    document = ET.parse(target)  # noqa: S314 - GDAL wrote this file a moment ago
    old = document.find("GDALWarpOptions/SourceDataset")
    if old is None:
        raise OutputError(f"{target} is not the virtual raster that GDAL should have written.")
    new = source_element(header.path, header.file_path, target, tag="SourceDataset")
    old.text = new.text
    old.attrib.update(relativeToVRT=new.get("relativeToVRT", "0"))
    document.write(target, encoding="utf-8")
