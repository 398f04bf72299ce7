"""The text of a VRT that puts rasters beside each other into one, with the look of a map."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING, Mapping, Sequence

if TYPE_CHECKING:
    from cropsample_plugin.engine.mapping.map_files import MapGrid

_GDAL_TYPES = {"uint8": "Byte", "uint16": "UInt16"}


@dataclass(frozen=True)
class VrtSource:
    """A raster inside the mosaic: its file, relative to the VRT, and where it lies, in pixels."""

    file: str
    row: int
    column: int
    height: int
    width: int


@dataclass(frozen=True)
class VrtBand:
    """One band.

    Attributes:
        dtype: ``uint8`` or ``uint16``.
        nodata: value outside.
        description: its name.
        scale: physical value of one step.
        colors: value to red, green and blue; empty for none.
        names: value to the name of a class; empty for none.
    """

    dtype: str
    nodata: int
    description: str = ""
    scale: float = 1.0
    colors: Mapping[int, tuple[int, int, int]] = field(default_factory=dict)
    names: Mapping[int, str] = field(default_factory=dict)


def vrt_text(grid: MapGrid, bands: Sequence[VrtBand], sources: Sequence[VrtSource]) -> str:
    """Return the VRT; each source has all bands, in the same order."""
    numbers = ", ".join(repr(float(number)) for number in grid.transform.to_gdal())
    srs = f"<SRS>{escape(grid.crs.to_wkt(), quote=False)}</SRS>\n" if grid.crs else ""
    written = "".join(_band_text(band, number, sources) for number, band in enumerate(bands, start=1))
    return (
        f'<VRTDataset rasterXSize="{grid.width}" rasterYSize="{grid.height}">\n{srs}'
        f'<GeoTransform>{numbers}</GeoTransform>\n<Metadata><MDI key="AREA_OR_POINT">Area</MDI></Metadata>\n'
        f"{written}</VRTDataset>\n"
    )


def _band_text(band: VrtBand, number: int, sources: Sequence[VrtSource]) -> str:
    lines = [f'<VRTRasterBand dataType="{_GDAL_TYPES[band.dtype]}" band="{number}">']
    if band.description:
        lines.append(f"<Description>{escape(band.description, quote=False)}</Description>")
    lines.append(f"<NoDataValue>{band.nodata}</NoDataValue>")
    if band.scale != 1.0:
        lines.append(f"<Scale>{band.scale!r}</Scale>")
    if band.colors:
        lines += ["<ColorInterp>Palette</ColorInterp>", _color_table(band.colors)]
    if band.names:
        names = (escape(band.names.get(value, ""), quote=False) for value in range(max(band.names) + 1))
        lines.append(f"<CategoryNames>{''.join(f'<Category>{name}</Category>' for name in names)}</CategoryNames>")
    lines += [_source_text(source, number) for source in sources]
    return "\n".join([*lines, "</VRTRasterBand>\n"])


def _color_table(colors: Mapping[int, tuple[int, int, int]]) -> str:
    entries = ((*colors[value], 255) if value in colors else (0, 0, 0, 0) for value in range(max(colors) + 1))
    text = "".join('<Entry c1="{}" c2="{}" c3="{}" c4="{}"/>'.format(*entry) for entry in entries)
    return f"<ColorTable>{text}</ColorTable>"


def _source_text(source: VrtSource, number: int) -> str:
    size = f'xSize="{source.width}" ySize="{source.height}"'
    return (
        f'<SimpleSource><SourceFilename relativeToVRT="1">{escape(source.file, quote=False)}</SourceFilename>'
        f'<SourceBand>{number}</SourceBand><SrcRect xOff="0" yOff="0" {size}/>'
        f'<DstRect xOff="{source.column}" yOff="{source.row}" {size}/></SimpleSource>'
    )
