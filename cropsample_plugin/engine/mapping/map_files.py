"""The finished maps: parts put together into tiled, compressed GeoTIFFs with overviews, names and colours.

A map appears under its name only when complete. The same parts give the same bytes: nothing in the files tells
the time, and tiles are written in order.
"""

from __future__ import annotations

import shutil
import zlib
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any, Callable, Iterator, Protocol, Sequence

import numpy as np
import numpy.typing as npt
import rasterio
from rasterio.enums import Resampling
from rasterio.windows import Window

from cropsample_plugin.engine.block_plan import BlockPlan
from cropsample_plugin.engine.errors import OutputError
from cropsample_plugin.engine.mapping.map_mosaic import (
    give_names_to_mosaic,
    is_mosaic,
    make_cloud_optimised,
    tiles_folder,
    write_mosaic,
)
from cropsample_plugin.engine.mapping.map_values import NODATA_UINT16, SCALE, class_nodata, color_of
from cropsample_plugin.engine.mapping.part_store import Part, PartStore
from cropsample_plugin.engine.models.classes import ClassInfo
from cropsample_plugin.engine.progress import Progress, raise_if_canceled

TILE_PX = 256
UNFINISHED_SUFFIX = ".unfinished"
_AUXILIARY_SUFFIX = ".aux.xml"
_WHEN_FULL = "Free some space or choose another folder, then start again: finished parts are kept."
_TAGS = {"AREA_OR_POINT": "Area"}

Layers = npt.NDArray[Any]


class MapGrid(Protocol):
    """Where a raster lies: a dated stack, or another map."""

    @property
    def width(self) -> int:
        """Columns."""

    @property
    def height(self) -> int:
        """Rows."""

    @property
    def transform(self) -> Any:  # noqa: ANN401 - affine is untyped
        """Pixel to map coordinates."""

    @property
    def crs(self) -> Any:  # noqa: ANN401 - rasterio is untyped
        """Coordinate reference system."""


@dataclass(frozen=True)
class MapProduct:
    """One map to write.

    Attributes:
        kind: ``classes``, ``probabilities`` or ``uncertainty``: the layer of a `Part`.
        path: the file.
        n_layers: number of bands.
        dtype: type of the pixels.
        nodata: value outside the area and where nothing could be predicted.
        descriptions: name of each band.
        scale: physical value of one step, 1 for class ids.
        is_cloud_optimised: whether each GeoTIFF is laid out for readers over the network.
    """

    kind: str
    path: Path
    n_layers: int
    dtype: str
    nodata: int
    descriptions: tuple[str, ...]
    scale: float = 1.0
    is_cloud_optimised: bool = False

    @property
    def unfinished_tiles(self) -> Path:
        """Where the tiles of a mosaic grow."""
        return tiles_folder(self.path).with_name(tiles_folder(self.path).name + UNFINISHED_SUFFIX)

    @property
    def unfinished(self) -> Path:
        """Where the file grows."""
        return self.path.with_name(self.path.name + UNFINISHED_SUFFIX)

    def layers(self, part: Part) -> Layers | None:
        """Return ``(n_layers, height, width)`` of a part."""
        layers: Layers | None = getattr(part, self.kind)
        return layers[None] if layers is not None and layers.ndim == 2 else layers  # noqa: PLR2004 - one band


RowReader = Callable[[MapProduct, Window], Layers]


def class_product(path: Path, dtype: str) -> MapProduct:
    """Describe the map of classes."""
    return MapProduct("classes", path, 1, dtype, class_nodata(dtype), ("class",))


def probability_product(path: Path, names: Sequence[str]) -> MapProduct:
    """Describe the map of class probabilities, one band a class."""
    return MapProduct("probabilities", path, len(names), "uint16", NODATA_UINT16, tuple(names), SCALE)


def uncertainty_product(path: Path) -> MapProduct:
    """Describe the map of uncertainty."""
    return MapProduct("uncertainty", path, 1, "uint16", NODATA_UINT16, ("uncertainty (normalised entropy)",), SCALE)


def write_maps(
    products: Sequence[MapProduct],
    classes: Sequence[ClassInfo],
    stack: MapGrid,
    parts: tuple[BlockPlan, PartStore],
    progress: Progress,
) -> None:
    """Write all maps out of finished blocks; blocks that are not there become nodata. See `write_rasters`."""
    write_rasters(products, classes, stack, lambda product, window: _rows(product, window, parts), progress)


def write_rasters(
    products: Sequence[MapProduct],
    classes: Sequence[ClassInfo],
    grid: MapGrid,
    read_rows: RowReader,
    progress: Progress,
) -> None:
    """Write all maps and give them their names at the end.

    Args:
        products: the maps wanted.
        classes: the classes, for colours and names of the class map.
        grid: size, place and coordinate reference system.
        read_rows: gives ``(n_layers, height, width)`` of a map in a window; called for strips from top to bottom.
        progress: where to report.

    Raises:
        OutputError: a file cannot be written.
    """
    try:
        for position, product in enumerate(products):
            progress.report(position / len(products), f"Writing {product.path.name}")
            raise_if_canceled(progress)
            if is_mosaic(product.path):
                write_mosaic(product, classes, grid, read_rows, _write_map)
            else:
                _write_map(product, classes, grid, read_rows)
        for product in products:
            _give_name(product, classes)
    except (OSError, rasterio.errors.RasterioError) as error:
        raise OutputError(
            f"The map {product.path} cannot be written: {error.__cause__ or error}", _WHEN_FULL
        ) from error
    finally:
        for product in products:
            product.unfinished.unlink(missing_ok=True)
            shutil.rmtree(product.unfinished_tiles, ignore_errors=True)


def _write_map(product: MapProduct, classes: Sequence[ClassInfo], grid: MapGrid, read_rows: RowReader) -> None:
    with rasterio.open(product.unfinished, "w", **_profile(product, grid)) as target:
        target.update_tags(**_TAGS)
        target.descriptions = product.descriptions
        if product.kind == "classes":
            target.write_colormap(1, _color_table(classes, product.nodata))
        else:
            target.scales = (product.scale,) * product.n_layers
            target.offsets = (0.0,) * product.n_layers
        checksums = []
        for window in _strips(grid):
            strip = read_rows(product, window)
            checksums.append(zlib.crc32(strip.data))
            target.write(strip, window=window)
    _check_content(product, grid, checksums)
    factors = _overview_factors(grid.width, grid.height)
    resampling = Resampling.mode if product.kind == "classes" else Resampling.average
    with rasterio.Env(GDAL_TIFF_OVR_BLOCKSIZE=TILE_PX), rasterio.open(product.unfinished, "r+") as target:
        target.build_overviews(factors, resampling)
    _check_overviews(product, len(factors))
    if product.is_cloud_optimised:
        make_cloud_optimised(product.unfinished, product.dtype)
        _check_content(product, grid, checksums)
        _check_overviews(product, len(factors))


def _strips(stack: MapGrid) -> Iterator[Window]:
    """Go down a raster in strips of whole tiles."""
    for row in range(0, stack.height, TILE_PX):
        yield Window(0, row, stack.width, min(TILE_PX, stack.height - row))


def _check_content(product: MapProduct, stack: MapGrid, checksums: Sequence[int]) -> None:
    """Read everything again: GDAL does not always tell that a full disk cut something off."""
    with rasterio.open(product.unfinished) as written:
        for window, checksum in zip(_strips(stack), checksums, strict=True):
            if zlib.crc32(written.read(window=window).data) != checksum:
                raise _cut_off(product)


def _rows(product: MapProduct, window: Window, parts: tuple[BlockPlan, PartStore]) -> npt.NDArray[Any]:
    """Return ``(n_layers, height, width)`` of a strip of tiles."""
    plan, store = parts
    row, height, left, width = window.row_off, window.height, window.col_off, window.width
    strip = np.full((product.n_layers, height, width), product.nodata, dtype=product.dtype)
    for block in plan.blocks_in_rows(row, row + height):
        begin, end = max(left, block.column), min(left + width, block.column + block.width)
        if begin >= end:
            continue
        part = store.load(block)
        layers = None if part is None else product.layers(part)
        if layers is None:
            continue
        first, last = max(row, block.row), min(row + height, block.row + block.height)
        inside = layers[:, first - block.row : last - block.row, begin - block.column : end - block.column]
        strip[:, first - row : last - row, begin - left : end - left] = inside
    return strip


def _profile(product: MapProduct, stack: MapGrid) -> dict[str, Any]:
    profile: dict[str, Any] = {
        "driver": "GTiff",
        "width": stack.width,
        "height": stack.height,
        "count": product.n_layers,
        "dtype": product.dtype,
        "crs": stack.crs,
        "transform": stack.transform,
        "nodata": product.nodata,
        "tiled": True,
        "blockxsize": TILE_PX,
        "blockysize": TILE_PX,
        "compress": "deflate",
        "interleave": "band",
        "BIGTIFF": "IF_SAFER",
    }
    if product.kind != "classes":
        profile["predictor"] = 2
    return profile


def _color_table(classes: Sequence[ClassInfo], nodata: int) -> dict[int, tuple[int, int, int, int]]:
    table = {info.class_id: (*color_of(info), 255) for info in classes}
    table[nodata] = (0, 0, 0, 0)
    return table


def _overview_factors(width: int, height: int) -> list[int]:
    factors = []
    factor = 2
    while max(width, height) / factor > TILE_PX / 2:
        factors.append(factor)
        factor *= 2
    return factors


def _check_overviews(product: MapProduct, n_overviews: int) -> None:
    with rasterio.open(product.unfinished) as written:
        if any(len(written.overviews(index)) != n_overviews for index in written.indexes):
            raise _cut_off(product)
    for level in range(n_overviews):
        with rasterio.open(product.unfinished, overview_level=level) as overview:
            overview.read(window=Window(overview.width - 1, overview.height - 1, 1, 1))


def _cut_off(product: MapProduct) -> OutputError:
    return OutputError(f"The map {product.path} cannot be written: it was cut off on disk.", _WHEN_FULL)


def _give_name(product: MapProduct, classes: Sequence[ClassInfo]) -> None:
    if is_mosaic(product.path):
        give_names_to_mosaic(product)
        return
    auxiliary = product.path.with_name(product.path.name + _AUXILIARY_SUFFIX)
    auxiliary.unlink(missing_ok=True)
    if product.kind == "classes":
        auxiliary.write_text(_category_names(classes), encoding="utf-8")
    product.unfinished.replace(product.path)


def _category_names(classes: Sequence[ClassInfo]) -> str:
    """Return the side file in which GDAL and QGIS look for the names of raster values."""
    name_by_id = {info.class_id: info.name for info in classes}
    names = (escape(name_by_id.get(class_id, ""), quote=False) for class_id in range(max(name_by_id) + 1))
    lines = "\n".join(f"      <Category>{name}</Category>" for name in names)
    return (
        '<PAMDataset>\n  <PAMRasterBand band="1">\n    <CategoryNames>\n'
        f"{lines}\n"
        "    </CategoryNames>\n  </PAMRasterBand>\n</PAMDataset>\n"
    )
