"""The map so far: a VRT over the finished parts, which QGIS shows while the rest is computed.

A part is an array behind a short header, so an ENVI header file beside it is all that GDAL needs to read it.
"""

from __future__ import annotations

import contextlib
import time
from html import escape
from pathlib import Path
from typing import Sequence

from cropsample_plugin.engine.block_plan import Block
from cropsample_plugin.engine.mapping.map_files import color_of
from cropsample_plugin.engine.mapping.map_values import class_nodata
from cropsample_plugin.engine.mapping.prediction_setup import Preparation

PREVIEW_NAME = "preview.vrt"
_INTERVAL_S = 3.0
_TYPE_BY_DTYPE = {"uint8": ("Byte", 1), "uint16": ("UInt16", 12)}


class Preview:
    """Grows with the run; rewritten every few seconds at most.

    Args:
        preparation: the run.
        finished: blocks of an earlier run.
    """

    def __init__(self, preparation: Preparation, finished: Sequence[Block]) -> None:
        self._preparation = preparation
        self._is_wanted = bool(preparation.layout.class_dtype)
        self._sources: list[str] = []
        self._written_s = -_INTERVAL_S
        for block in finished:
            self._append(block)

    def add(self, block: Block) -> None:
        """Take in a finished block; a preview that cannot be written never stops a map."""
        self._append(block)
        if self._sources and time.monotonic() - self._written_s >= _INTERVAL_S:
            with contextlib.suppress(OSError):
                self._write()
            self._written_s = time.monotonic()

    def _append(self, block: Block) -> None:
        if not self._is_wanted:
            return
        layout = self._preparation.layout
        path = self._preparation.store.path_of(block)
        _, code = _TYPE_BY_DTYPE[layout.class_dtype]
        offset = self._preparation.store.class_offset(block)
        header = (
            f"ENVI\nsamples = {block.width}\nlines = {block.height}\nbands = 1\nheader offset = {offset}\n"
            f"file type = ENVI Standard\ndata type = {code}\ninterleave = bsq\nbyte order = 0\n"
        )
        with contextlib.suppress(OSError):
            path.with_suffix(".hdr").write_text(header, encoding="ascii")
            self._sources.append(_source(path, block))

    def _write(self) -> None:
        stack, dtype = self._preparation.stack, self._preparation.layout.class_dtype
        nodata = class_nodata(dtype)
        colors = {info.class_id: (*color_of(info), 255) for info in self._preparation.classes}
        entries = "".join(
            '<Entry c1="{}" c2="{}" c3="{}" c4="{}"/>'.format(*colors.get(value, (0, 0, 0, 0)))
            for value in range(max(info.class_id for info in self._preparation.classes) + 1)
        )
        numbers = ", ".join(repr(float(number)) for number in stack.transform.to_gdal())
        srs = f"<SRS>{escape(stack.crs.to_wkt(), quote=False)}</SRS>" if stack.crs else ""
        text = (
            f'<VRTDataset rasterXSize="{stack.width}" rasterYSize="{stack.height}">{srs}'
            f'<GeoTransform>{numbers}</GeoTransform><VRTRasterBand dataType="{_TYPE_BY_DTYPE[dtype][0]}" band="1">'
            f"<NoDataValue>{nodata}</NoDataValue><ColorInterp>Palette</ColorInterp><ColorTable>{entries}</ColorTable>"
            f"{''.join(self._sources)}</VRTRasterBand></VRTDataset>\n"
        )
        target = self._preparation.store.folder / PREVIEW_NAME
        unfinished = target.with_name(PREVIEW_NAME + ".unfinished")
        unfinished.write_text(text, encoding="utf-8")
        unfinished.replace(target)


def _source(path: Path, block: Block) -> str:
    window = f'xSize="{block.width}" ySize="{block.height}"'
    return (
        f'<SimpleSource><SourceFilename relativeToVRT="1">{path.name}</SourceFilename><SourceBand>1</SourceBand>'
        f'<SrcRect xOff="0" yOff="0" {window}/><DstRect xOff="{block.column}" yOff="{block.row}" {window}/>'
        "</SimpleSource>\n"
    )
