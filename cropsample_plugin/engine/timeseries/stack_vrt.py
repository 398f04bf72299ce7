"""Write a dated stack as a GDAL virtual raster (VRT): band descriptions, scale, offset and nodata, no pixels."""

from __future__ import annotations

import math
import os
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET  # nosec B405 - only written here

from cropsample_plugin.engine.timeseries.raster_header import RasterHeader
from cropsample_plugin.engine.timeseries.stack_grid import StackGrid

GDAL_TYPES = {
    "uint8": "Byte",
    "int8": "Int8",
    "uint16": "UInt16",
    "int16": "Int16",
    "uint32": "UInt32",
    "int32": "Int32",
    "float32": "Float32",
    "float64": "Float64",
}
RESAMPLINGS = ("nearest", "bilinear", "cubic", "average", "mode")
_NETCDF = "NETCDF"


@dataclass(frozen=True)
class VirtualBand:
    """One band of the virtual raster.

    Attributes:
        description: ``YYYY-MM-DD name`` or the name of a static band.
        header: the raster that holds the pixels.
        number: 1-based number of the band in that raster.
        scale, offset: physical value = stored * scale + offset.
        nodata: stored value that means missing; None for none.
    """

    description: str
    header: RasterHeader
    number: int
    scale: float
    offset: float
    nodata: float | None

    @property
    def dtype(self) -> str:
        """Type of the stored values."""
        return self.header.dtypes[self.number - 1]


def vrt_document(
    bands: list[VirtualBand], grid: StackGrid, target: Path, resampling: str, tags: dict[str, str]
) -> bytes:
    """Return the VRT as XML.

    Args:
        bands: the bands in order.
        grid: the grid of the stack; rasters with other pixel sizes must cover the same extent.
        target: where the document will lie; sources on the same drive are named relative to it.
        resampling: one of `RESAMPLINGS`, used where pixel sizes differ.
        tags: metadata of the raster.
    """
    root = ET.Element("VRTDataset", rasterXSize=str(grid.width), rasterYSize=str(grid.height))
    if grid.crs is not None:
        ET.SubElement(root, "SRS").text = grid.crs.to_wkt()
    ET.SubElement(root, "GeoTransform").text = ", ".join(repr(float(value)) for value in grid.transform.to_gdal())
    metadata = ET.SubElement(root, "Metadata")
    for name, value in tags.items():
        ET.SubElement(metadata, "MDI", key=name).text = value
    for number, band in enumerate(bands, start=1):
        root.append(_band_element(number, band, grid, target, resampling))
    ET.indent(root)
    document: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=False)
    return document


def source_element(path: str, file_path: str, target: Path, tag: str = "SourceFilename") -> ET.Element:
    """Return the element that names a source, relative to the document where both lie on one drive.

    Links in both paths are followed first: the system resolves ``..`` on the real folders.
    """
    element = ET.Element(tag, relativeToVRT="0", shared="0")
    element.text = path
    if file_path.startswith("/vsi") or not Path(file_path).exists():
        return element
    real_file = os.path.realpath(file_path)
    try:
        relative = os.path.relpath(real_file, os.path.realpath(target.parent))
    except ValueError:
        relative = ""
    if path == file_path:
        element.text = Path(relative or real_file).as_posix()
    elif path.upper().startswith(_NETCDF):
        variable = path.rsplit(":", maxsplit=1)[1]
        element.text = f'NETCDF:"{Path(relative or real_file).as_posix()}":{variable}'
    else:
        return element
    element.set("relativeToVRT", "1" if relative else "0")
    return element


def _band_element(number: int, band: VirtualBand, grid: StackGrid, target: Path, resampling: str) -> ET.Element:
    block_height, block_width = band.header.block_shape
    element = ET.Element(
        "VRTRasterBand",
        dataType=GDAL_TYPES[band.dtype],
        band=str(number),
        blockXSize=str(min(block_width, grid.width)),
        blockYSize=str(min(block_height, grid.height)),
    )
    ET.SubElement(element, "Description").text = band.description
    if band.nodata is not None:
        ET.SubElement(element, "NoDataValue").text = number_text(band.nodata)
    if band.offset != 0.0:
        ET.SubElement(element, "Offset").text = number_text(band.offset)
    if band.scale != 1.0:
        ET.SubElement(element, "Scale").text = number_text(band.scale)
    element.append(_source(band, grid, target, resampling))
    return element


def _source(band: VirtualBand, grid: StackGrid, target: Path, resampling: str) -> ET.Element:
    header = band.header
    resampled = (header.width, header.height) != (grid.width, grid.height)
    # Only a complex source knows nodata, which interpolation must not mix into its neighbours.
    is_complex = resampled and resampling != "nearest" and band.nodata is not None
    source = ET.Element("ComplexSource" if is_complex else "SimpleSource")
    if resampled:
        source.set("resampling", resampling)
    source.append(source_element(header.path, header.file_path, target))
    ET.SubElement(source, "SourceBand").text = str(band.number)
    ET.SubElement(
        source,
        "SourceProperties",
        RasterXSize=str(header.width),
        RasterYSize=str(header.height),
        DataType=GDAL_TYPES[band.dtype],
        BlockXSize=str(header.block_shape[1]),
        BlockYSize=str(header.block_shape[0]),
    )
    ET.SubElement(source, "SrcRect", xOff="0", yOff="0", xSize=str(header.width), ySize=str(header.height))
    ET.SubElement(source, "DstRect", xOff="0", yOff="0", xSize=str(grid.width), ySize=str(grid.height))
    if is_complex and band.nodata is not None:
        ET.SubElement(source, "NODATA").text = number_text(band.nodata)
    return source


def number_text(value: float) -> str:
    """Return a number as VRT documents spell it: whole ones without a point."""
    if math.isnan(value):
        return "nan"
    return str(int(value)) if float(value).is_integer() and abs(value) < 2**53 else repr(float(value))
