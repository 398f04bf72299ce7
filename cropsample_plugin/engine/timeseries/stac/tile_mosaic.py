"""Downloaded tiles as a band of a stack."""

from __future__ import annotations

from pathlib import Path
from typing import Sequence

from cropsample_plugin.engine.timeseries.mosaic_vrt import BLOCK_PX, MosaicBand, MosaicSource
from cropsample_plugin.engine.timeseries.raster_header import RasterHeader
from cropsample_plugin.engine.timeseries.stac.day_plan import BandValues
from cropsample_plugin.engine.timeseries.stac.target_grid import Tile
from cropsample_plugin.engine.timeseries.stack_grid import StackGrid


def tile_band(
    description: str, values: BandValues, folder: Path, grid: StackGrid, tiles: Sequence[tuple[str, Tile]]
) -> MosaicBand:
    """Return a band that consists of tiles, which are stored as the band is.

    Args:
        description: ``YYYY-MM-DD name``.
        values: how the band is stored.
        folder: where the tiles lie.
        grid: the stack's grid.
        tiles: file names and places.
    """
    sources = tuple(_source(folder / name, values, grid, tile) for name, tile in tiles)
    return MosaicBand(description, values.dtype, values.scale, values.offset, values.nodata, sources)


def _source(path: Path, values: BandValues, grid: StackGrid, tile: Tile) -> MosaicSource:
    header = RasterHeader(
        path=str(path),
        file_path=str(path),
        descriptions=("",),
        dtypes=(values.dtype,),
        nodata=(values.nodata,),
        scales=(values.scale,),
        offsets=(values.offset,),
        tags={},
        band_tags=({},),
        transform=tile.transform(grid),
        crs=grid.crs,
        width=tile.width,
        height=tile.height,
        block_shape=(BLOCK_PX, BLOCK_PX),
    )
    size = (float(tile.width), float(tile.height))
    return MosaicSource(header, 1, (0.0, 0.0, *size), (float(tile.column), float(tile.row), *size))
