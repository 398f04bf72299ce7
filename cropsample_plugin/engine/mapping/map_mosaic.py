"""A map as tiles: GeoTIFFs in a folder of their own and a VRT over them; and one GeoTIFF laid out for the cloud."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Callable, Iterator, Sequence

import rasterio
import rasterio.shutil
from rasterio.windows import Window

from cropsample_plugin.engine.mapping.map_values import color_of
from cropsample_plugin.engine.mapping.mosaic_vrt import VrtBand, VrtSource, vrt_text
from cropsample_plugin.engine.models.classes import ClassInfo

if TYPE_CHECKING:
    from cropsample_plugin.engine.mapping.map_files import MapGrid, MapProduct, RowReader

TILES_SUFFIX = ".tiles"
VRT_SUFFIX = ".vrt"
# A whole number of blocks, so that every tile is cut as one large file would be.
TILE_SIDE_PX = 8192

RasterWriter = Callable[["MapProduct", Sequence[ClassInfo], "MapGrid", "RowReader"], None]


@dataclass(frozen=True)
class _Part:
    """A rectangle of a grid, itself a grid."""

    width: int
    height: int
    transform: Any
    crs: Any


def is_mosaic(path: Path) -> bool:
    """Return whether a map is to become a VRT over tiles."""
    return path.suffix.lower() == VRT_SUFFIX


def tiles_folder(path: Path) -> Path:
    """Return the folder of the tiles of a VRT."""
    return path.with_suffix(TILES_SUFFIX)


def write_mosaic(
    product: MapProduct, classes: Sequence[ClassInfo], grid: MapGrid, read_rows: RowReader, write: RasterWriter
) -> None:
    """Write tiles and VRT under unfinished names.

    Args:
        product: the map.
        classes: see `write_rasters`.
        grid: size and place of the whole.
        read_rows: as in `write_rasters`.
        write: writes one GeoTIFF under its unfinished name.
    """
    folder = product.unfinished_tiles
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    sources = []
    for window in _windows(grid):
        name = f"r{window.row_off:06d}_c{window.col_off:06d}.tif"
        tile = replace(product, path=folder / name)
        part = _Part(window.width, window.height, rasterio.windows.transform(window, grid.transform), grid.crs)
        write(tile, classes, part, _shifted(product, read_rows, window))
        tile.unfinished.replace(tile.path)
        file = f"{tiles_folder(product.path).name}/{name}"
        sources.append(VrtSource(file, window.row_off, window.col_off, window.height, window.width))
    product.unfinished.write_text(vrt_text(grid, _bands(product, classes), sources), encoding="utf-8")


def _shifted(product: MapProduct, read_rows: RowReader, origin: Window) -> RowReader:
    """Read rows of a tile as rows of the whole; the tile asks with its own product and window."""

    def read(_tile: MapProduct, window: Window) -> Any:  # noqa: ANN401 - an array
        row, column = origin.row_off + window.row_off, origin.col_off + window.col_off
        return read_rows(product, Window(column, row, window.width, window.height))

    return read


def _windows(grid: MapGrid) -> Iterator[Window]:
    for row in range(0, grid.height, TILE_SIDE_PX):
        for column in range(0, grid.width, TILE_SIDE_PX):
            yield Window(column, row, min(TILE_SIDE_PX, grid.width - column), min(TILE_SIDE_PX, grid.height - row))


def _bands(product: MapProduct, classes: Sequence[ClassInfo]) -> list[VrtBand]:
    plain = VrtBand(product.dtype, product.nodata, scale=product.scale)
    if product.kind == "classes":
        colors = {info.class_id: color_of(info) for info in classes}
        plain = replace(plain, colors=colors, names={info.class_id: info.name for info in classes})
    return [replace(plain, description=text) for text in product.descriptions]


def give_names_to_mosaic(product: MapProduct) -> None:
    """Put finished tiles, then the VRT, in the place of what was there before."""
    final = tiles_folder(product.path)
    shutil.rmtree(final, ignore_errors=True)
    product.unfinished_tiles.replace(final)
    product.unfinished.replace(product.path)


def make_cloud_optimised(path: Path, dtype: str) -> None:
    """Lay out a GeoTIFF anew so that a reader over the network needs few requests; overviews stay as they are."""
    laid_out = path.with_name(path.name + ".cog")
    predictor = {} if dtype == "uint8" else {"PREDICTOR": "STANDARD"}
    try:
        rasterio.shutil.copy(
            path, laid_out, driver="COG", COMPRESS="DEFLATE", BLOCKSIZE=256, OVERVIEWS="FORCE_USE_EXISTING",
            BIGTIFF="IF_SAFER", **predictor,
        )  # fmt: skip
        laid_out.replace(path)
    finally:
        laid_out.unlink(missing_ok=True)
