"""Write a dated stack as a virtual raster whose bands are mosaics of several files, harmonised on reading."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET  # nosec B405 - only written here

from cropsample_plugin.engine.timeseries.raster_header import RasterHeader
from cropsample_plugin.engine.timeseries.stack_grid import StackGrid
from cropsample_plugin.engine.timeseries.stack_vrt import GDAL_TYPES, number_text, source_element

BLOCK_PX = 256
_WHOLE_PX = 1e-6
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class MosaicSource:
    """A file in a mosaic: where its pixels go, and how stored values become those of the band.

    Attributes:
        header: the file.
        number: 1-based number of its band.
        source_box, target_box: column, row, width and height of the part taken, in pixels of the file and of the
            stack; fractions are allowed.
        nodata: stored value that means missing; None for none.
        ratio, shift: value in the band = stored value * ratio + shift.
        resampling: one of `RESAMPLINGS`.
    """

    header: RasterHeader
    number: int
    source_box: Box
    target_box: Box
    nodata: float | None = None
    ratio: float = 1.0
    shift: float = 0.0
    resampling: str = "nearest"


@dataclass(frozen=True)
class MosaicBand:
    """A band of the stack.

    Attributes:
        description: ``YYYY-MM-DD name``.
        dtype, scale, offset, nodata: of its stored values.
        sources: files, the one that lies on top first.
    """

    description: str
    dtype: str
    scale: float
    offset: float
    nodata: float
    sources: tuple[MosaicSource, ...]


def placed(header: RasterHeader, grid: StackGrid) -> tuple[Box, Box] | None:
    """Return which part of a file lies where on a grid of the same reference system; None when none does."""
    to_grid = ~grid.transform * header.transform
    left, top = to_grid * (0.0, 0.0)
    right, bottom = to_grid * (float(header.width), float(header.height))
    box = [max(left, 0.0), max(top, 0.0), min(right, float(grid.width)), min(bottom, float(grid.height))]
    if box[2] <= box[0] or box[3] <= box[1]:
        return None
    across, down = (right - left) / header.width, (bottom - top) / header.height
    source = ((box[0] - left) / across, (box[1] - top) / down, (box[2] - box[0]) / across, (box[3] - box[1]) / down)
    return _rounded(source), _rounded((box[0], box[1], box[2] - box[0], box[3] - box[1]))


def mosaic_document(bands: list[MosaicBand], grid: StackGrid, target: Path, tags: dict[str, str]) -> bytes:
    """Return the VRT as XML; files on the same drive are named relative to the target."""
    root = ET.Element("VRTDataset", rasterXSize=str(grid.width), rasterYSize=str(grid.height))
    if grid.crs is not None:
        ET.SubElement(root, "SRS").text = grid.crs.to_wkt()
    ET.SubElement(root, "GeoTransform").text = ", ".join(repr(float(value)) for value in grid.transform.to_gdal())
    metadata = ET.SubElement(root, "Metadata")
    for name, value in tags.items():
        ET.SubElement(metadata, "MDI", key=name).text = value
    for number, band in enumerate(bands, start=1):
        root.append(_band_element(number, band, target))
    ET.indent(root)
    document: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=False)
    return document


def _band_element(number: int, band: MosaicBand, target: Path) -> ET.Element:
    size = str(BLOCK_PX)
    element = ET.Element(
        "VRTRasterBand", dataType=GDAL_TYPES[band.dtype], band=str(number), blockXSize=size, blockYSize=size
    )
    ET.SubElement(element, "Description").text = band.description
    ET.SubElement(element, "NoDataValue").text = number_text(band.nodata)
    if band.offset != 0.0:
        ET.SubElement(element, "Offset").text = number_text(band.offset)
    if band.scale != 1.0:
        ET.SubElement(element, "Scale").text = number_text(band.scale)
    # The last source of a VRT lies on top.
    for source in reversed(band.sources):
        element.append(_source_element(source, target))
    return element


def _source_element(source: MosaicSource, target: Path) -> ET.Element:
    header = source.header
    changes_values = source.ratio != 1.0 or source.shift != 0.0
    element = ET.Element("ComplexSource" if changes_values or source.nodata is not None else "SimpleSource")
    if source.source_box[2:] != source.target_box[2:]:
        element.set("resampling", source.resampling)
    element.append(source_element(header.path, header.file_path, target))
    ET.SubElement(element, "SourceBand").text = str(source.number)
    ET.SubElement(
        element,
        "SourceProperties",
        RasterXSize=str(header.width),
        RasterYSize=str(header.height),
        DataType=GDAL_TYPES[header.dtypes[source.number - 1]],
        BlockXSize=str(header.block_shape[1]),
        BlockYSize=str(header.block_shape[0]),
    )
    for tag, box in (("SrcRect", source.source_box), ("DstRect", source.target_box)):
        ET.SubElement(element, tag, dict(zip(("xOff", "yOff", "xSize", "ySize"), map(number_text, box))))
    if changes_values:
        ET.SubElement(element, "ScaleOffset").text = number_text(source.shift)
        ET.SubElement(element, "ScaleRatio").text = number_text(source.ratio)
    if source.nodata is not None:
        ET.SubElement(element, "NODATA").text = number_text(source.nodata)
    return element


def _rounded(box: tuple[float, float, float, float]) -> Box:
    """Take whole pixels for what differs from them by rounding alone."""
    column, row, width, height = (
        float(round(value)) if abs(value - round(value)) < _WHOLE_PX else value for value in box
    )
    return column, row, width, height
