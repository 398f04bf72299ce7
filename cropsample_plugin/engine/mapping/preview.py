"""The map so far: a VRT over the finished parts, which QGIS shows while the rest is computed.

A part is an array behind a short header, so an ENVI header file beside it is all that GDAL needs to read it.
"""

from __future__ import annotations

import contextlib
import time
from typing import Sequence

from cropsample_plugin.engine.block_plan import Block
from cropsample_plugin.engine.mapping.map_values import class_nodata, color_of
from cropsample_plugin.engine.mapping.mosaic_vrt import VrtBand, VrtSource, vrt_text
from cropsample_plugin.engine.mapping.prediction_setup import Preparation

PREVIEW_NAME = "preview-{:06d}.vrt"
_INTERVAL_S = 3.0
_ENVI_TYPES = {"uint8": 1, "uint16": 12}


class Preview:
    """Grows with the run; rewritten every few seconds at most.

    Args:
        preparation: the run.
        finished: blocks of an earlier run.
    """

    def __init__(self, preparation: Preparation, finished: Sequence[Block]) -> None:
        self._preparation = preparation
        self._is_wanted = bool(preparation.layout.class_dtype)
        self._sources: list[VrtSource] = []
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
        code = _ENVI_TYPES[layout.class_dtype]
        offset = self._preparation.store.class_offset(block)
        header = (
            f"ENVI\nsamples = {block.width}\nlines = {block.height}\nbands = 1\nheader offset = {offset}\n"
            f"file type = ENVI Standard\ndata type = {code}\ninterleave = bsq\nbyte order = 0\n"
        )
        with contextlib.suppress(OSError):
            path.with_suffix(".hdr").write_text(header, encoding="ascii")
            self._sources.append(VrtSource(path.name, block.row, block.column, block.height, block.width))

    def _write(self) -> None:
        preparation = self._preparation
        dtype = preparation.layout.class_dtype
        colors = {info.class_id: color_of(info) for info in preparation.classes}
        text = vrt_text(preparation.stack, [VrtBand(dtype, class_nodata(dtype), colors=colors)], self._sources)
        # Each under a name of its own: who shows the one before keeps it open, and would keep showing it.
        folder = self._preparation.store.folder
        older = sorted(folder.glob(PREVIEW_NAME.format(0).replace("000000", "*")))
        number = 1 + (int(older[-1].stem.rsplit("-", 1)[1]) if older else 0)
        unfinished = folder / "preview.unfinished"
        unfinished.write_text(text, encoding="utf-8")
        unfinished.replace(folder / PREVIEW_NAME.format(number))
        for path in older[:-1]:
            path.unlink(missing_ok=True)
