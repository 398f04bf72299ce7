"""Maps compared pixel by pixel on the grid of the first: agreement, vote and difference, with true areas."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import rasterio

from cropsample_plugin.engine.accuracy.counting_kernels import count_rows
from cropsample_plugin.engine.accuracy.map_answers import MapSet, majority
from cropsample_plugin.engine.accuracy.pixel_areas import PixelAreas, pixel_areas
from cropsample_plugin.engine.accuracy.strata_sources import M2_PER_HA
from cropsample_plugin.engine.labels.product_legends import NO_DATA
from cropsample_plugin.engine.labels.product_reader import ProductGrid, ProductReader
from cropsample_plugin.engine.output_files import replaced_when_done
from cropsample_plugin.engine.progress import Progress, raise_if_canceled

FloatArray = npt.NDArray[np.float64]
Codes = npt.NDArray[np.uint8]

_STRIP_PX = 4_000_000
_TILE_PX = 512


@dataclass(frozen=True)
class ComparisonFiles:
    """Rasters to write; "" for none."""

    agreement: str = ""
    ensemble: str = ""
    difference: str = ""


@dataclass
class PixelComparison:
    """What was counted.

    Attributes:
        areas_ha: (first, second) map to ``(n_classes, n_classes)`` hectares; rows first, columns second.
        mapped_ha: ``(n_maps, n_classes)`` hectares of each map where it has data.
        common_ha: hectares where every map has data.
        agreed_ha: of these, where all say the same.
        how: how pixels became hectares.
    """

    areas_ha: dict[tuple[int, int], FloatArray]
    mapped_ha: FloatArray
    common_ha: float = 0.0
    agreed_ha: float = 0.0
    how: str = ""
    unknown: list[set[int]] = field(default_factory=list)


def compare_pixels(maps: MapSet, files: ComparisonFiles, progress: Progress) -> PixelComparison:
    """Read all maps strip by strip on the first one's grid, count what each pair says, and write rasters.

    Raises:
        InputError: a map cannot be read, or maps do not overlap.
        OutputError: a raster cannot be written.
    """
    n_maps, n_classes = len(maps.paths), len(maps.classes)
    pairs = [(first, second) for first in range(n_maps) for second in range(first + 1, n_maps)]
    counted = PixelComparison({pair: np.zeros((n_classes, n_classes)) for pair in pairs}, np.zeros((n_maps, n_classes)))
    with ProductReader(maps.paths, maps.legends) as reader, ExitStack() as stack:
        areas = pixel_areas(reader.grid.transform, reader.grid.crs, (reader.grid.height, reader.grid.width))
        counted.how = areas.how
        writers = _writers(files, reader.grid, maps, stack)
        n_rows = max(1, _STRIP_PX // reader.grid.width // _TILE_PX) * _TILE_PX
        for row in range(0, reader.grid.height, n_rows):
            raise_if_canceled(progress)
            height = min(n_rows, reader.grid.height - row)
            layers = reader.read_meanings(row, height)
            _count(layers, row, areas, counted)
            window = rasterio.windows.Window(0, row, reader.grid.width, height)
            for write in writers:
                write(layers, window)
            progress.report((row + height) / reader.grid.height, "Comparing the maps")
        counted.unknown = reader.unknown
    _name_classes(files, maps)
    return counted


def _count(layers: Codes, row: int, areas: PixelAreas, counted: PixelComparison) -> None:
    n_classes = counted.mapped_ha.shape[1]
    valid = layers != NO_DATA
    for number, layer in enumerate(layers):
        codes = np.where(valid[number], layer, n_classes)
        counted.mapped_ha[number] += _areas_of(codes, n_classes, row, areas)
    for first, second in counted.areas_ha:
        both = valid[first] & valid[second]
        codes = np.where(both, layers[first].astype(np.int32) * n_classes + layers[second], n_classes**2)
        counted.areas_ha[first, second] += _areas_of(codes, n_classes**2, row, areas).reshape(n_classes, n_classes)
    common = valid.all(axis=0)
    same = common & (layers == layers[0]).all(axis=0)
    found = _areas_of(np.where(same, 0, np.where(common, 1, 2)), 2, row, areas)
    counted.common_ha += float(found.sum())
    counted.agreed_ha += float(found[0])


def _areas_of(codes: npt.NDArray[Any], n_codes: int, row: int, areas: PixelAreas) -> FloatArray:
    """Return ``(n_codes,)`` hectares of codes below ``n_codes``."""
    edges = areas.chunks.astype(np.int64)
    counts = np.zeros((codes.shape[0], len(edges) - 1, n_codes + 1), dtype=np.int64)
    count_rows(codes, edges, counts)
    hectares: FloatArray = np.einsum("rck,rc->k", counts, areas.of_rows(row, codes.shape[0]))[:n_codes] / M2_PER_HA
    return hectares


def _writers(files: ComparisonFiles, grid: ProductGrid, maps: MapSet, stack: ExitStack) -> list[Any]:
    n_classes = len(maps.classes)
    writers: list[Any] = []
    if files.agreement:
        agreement = _open(files.agreement, grid, ("maps with the most frequent class", "maps with data"), stack)

        def write_agreement(layers: Codes, window: Any) -> None:  # noqa: ANN401 - rasterio is untyped
            votes = np.stack([(layers == code).sum(axis=0) for code in range(n_classes)])
            with_data = votes.sum(axis=0).astype(np.uint8)
            most = np.where(with_data > 0, votes.max(axis=0), NO_DATA).astype(np.uint8)
            agreement.write(
                np.stack([most, np.where(with_data > 0, with_data, NO_DATA)]).astype(np.uint8), window=window
            )

        writers.append(write_agreement)
    if files.ensemble:
        ensemble = _open(files.ensemble, grid, ("ensemble",), stack)
        writers.append(
            lambda layers, window: ensemble.write(majority(np.moveaxis(layers, 0, -1), n_classes), 1, window=window)
        )
    if files.difference:
        difference = _open(files.difference, grid, ("first map to second map",), stack)

        def write_difference(layers: Codes, window: Any) -> None:  # noqa: ANN401 - rasterio is untyped
            both = (layers[0] != NO_DATA) & (layers[1] != NO_DATA)
            codes = layers[0].astype(np.int32) * n_classes + layers[1]
            difference.write(np.where(both, codes, NO_DATA).astype(np.uint8), 1, window=window)

        writers.append(write_difference)
    return writers


def _open(path: str, grid: ProductGrid, bands: tuple[str, ...], stack: ExitStack) -> Any:  # noqa: ANN401 - rasterio is untyped
    partial = stack.enter_context(replaced_when_done(Path(path)))
    writer = stack.enter_context(
        rasterio.open(
            partial,
            "w",
            driver="GTiff",
            dtype="uint8",
            count=len(bands),
            width=grid.width,
            height=grid.height,
            crs=grid.crs,
            transform=grid.transform,
            nodata=NO_DATA,
            compress="deflate",
            zlevel=1,
            tiled=True,
            blockxsize=_TILE_PX,
            blockysize=_TILE_PX,
            bigtiff="if_safer",
            interleave="band",
        )
    )
    for number, name in enumerate(bands, start=1):
        writer.set_band_description(number, name)
    return writer


def _name_classes(files: ComparisonFiles, maps: MapSet) -> None:
    """Name the values of vote and difference in the side file that GDAL and QGIS read."""
    pairs = [f"{first} → {second}" for first in maps.classes for second in maps.classes]
    for path, names in ((files.ensemble, list(maps.classes)), (files.difference, pairs)):
        if path:
            inner = "".join(f"<Category>{escape(name, quote=False)}</Category>" for name in names)
            Path(f"{path}.aux.xml").write_text(
                f'<PAMDataset><PAMRasterBand band="1"><CategoryNames>{inner}</CategoryNames></PAMRasterBand>'
                "</PAMDataset>",
                encoding="utf-8",
            )
