"""GeoTIFFs that grow tile by tile, beside a journal that says which blocks are complete.

Tiles are appended to ``<output>.unfinished``; one journal line per block follows its tiles. After a kill the
journal's blocks are checked against their checksums and kept, the rest is computed again. The files get their names
only when complete, and equal inputs give equal bytes.
"""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Sequence

import numpy as np
import numpy.typing as npt
import rasterio
from rasterio.crs import CRS
from rasterio.io import MemoryFile
from rasterio.transform import Affine

from cropsample_plugin.engine.block_plan import Block, BlockPlan
from cropsample_plugin.engine.errors import OutputError, error_chain
from cropsample_plugin.engine.timeseries.stacks.tiff_tiles import tiles_of, write_tile_table

UNFINISHED_SUFFIX = ".unfinished"
JOURNAL_SUFFIX = ".journal"
_READ_BYTES = 16 * 1024 * 1024
_JOURNAL_VERSION = 1

Layers = npt.NDArray[Any]


@dataclass(frozen=True)
class RasterOutput:
    """One GeoTIFF to write.

    Attributes:
        path: the file.
        descriptions: name of each band, ``YYYY-MM-DD band`` for dated ones.
        dtype: type of the stored values.
        nodata: stored value that means missing.
        scales, offsets: of each band; physical value = stored * scale + offset.
        tags: the file's metadata.
    """

    path: Path
    descriptions: tuple[str, ...]
    dtype: str
    nodata: float
    scales: tuple[float, ...]
    offsets: tuple[float, ...]
    tags: dict[str, str] = field(default_factory=dict)

    @property
    def n_bands(self) -> int:
        """Number of bands."""
        return len(self.descriptions)

    @property
    def unfinished(self) -> Path:
        """Where the file grows."""
        return self.path.with_name(self.path.name + UNFINISHED_SUFFIX)


@dataclass(frozen=True)
class TileGrid:
    """Place and tiling of all outputs.

    Attributes:
        width, height: size in pixels.
        transform, crs: where they lie.
        tile_width, tile_height: size of a tile in pixels.
    """

    width: int
    height: int
    transform: Affine
    crs: CRS | None
    tile_width: int
    tile_height: int

    @property
    def tiles_across(self) -> int:
        """Tiles side by side."""
        return -(-self.width // self.tile_width)

    @property
    def tiles_down(self) -> int:
        """Tiles above each other."""
        return -(-self.height // self.tile_height)


@dataclass(frozen=True)
class PackedBlock:
    """A block ready to be appended: compressed tiles of each output, and what the block counted."""

    tiles: tuple[bytes, ...]
    sizes: tuple[list[int], ...]
    counts: dict[str, Any]


def pack_layers(values: Layers, output: RasterOutput, grid: TileGrid) -> tuple[bytes, list[int]]:
    """Compress ``(n_bands, height, width)`` stored values into tiles; return them joined, and the size of each."""
    with MemoryFile() as memory:
        with memory.open(**_profile(output, grid, values.shape[2], values.shape[1])) as dataset:
            dataset.write(values)
        pieces, sizes = tiles_of(memoryview(memory.getbuffer()))
        return b"".join(pieces), sizes.tolist()


class TileStore:
    """The growing outputs of one run and their journal."""

    def __init__(self, outputs: Sequence[RasterOutput], grid: TileGrid, plan: BlockPlan) -> None:
        self._outputs = tuple(outputs)
        self._grid = grid
        self._plan = plan
        self._entries: dict[int, dict[str, Any]] = {}
        self._journal = self._outputs[0].path.with_name(self._outputs[0].path.name + JOURNAL_SUFFIX)
        self._headers: list[bytes] = []

    def open(self, identity: dict[str, Any], *, resume: bool) -> int:
        """Make the files ready and return how many blocks of an earlier run are kept.

        Args:
            identity: plain JSON values that decide the pixels; blocks of another identity are thrown away.
            resume: False throws away whatever is there.

        Raises:
            OutputError: a file cannot be written.
        """
        text = json.dumps({"version": _JOURNAL_VERSION, "identity": identity}, sort_keys=True)
        try:
            self._headers = [_header(output, self._grid) for output in self._outputs]
            if not (resume and self._take_over(text)):
                self._start(text)
        except (OSError, rasterio.errors.RasterioError) as error:
            raise OutputError(
                f"{self._outputs[0].path} cannot be written: {error_chain(error)}",
                "Choose a folder that exists, may be written to and has room.",
            ) from error
        return len(self._entries)

    def is_finished(self, block: Block) -> bool:
        """Return whether a block is complete."""
        return block.index in self._entries

    def pack(self, layers: Sequence[Layers], counts: dict[str, Any]) -> PackedBlock:
        """Compress the layers of a block, one array ``(n_bands, height, width)`` per output; any thread may."""
        packed = [pack_layers(values, output, self._grid) for values, output in zip(layers, self._outputs)]
        return PackedBlock(tuple(tiles for tiles, _ in packed), tuple(sizes for _, sizes in packed), counts)

    def append(self, block: Block, packed: PackedBlock) -> None:
        """Append the tiles of a block, then its journal line; one thread only.

        Raises:
            OutputError: the disk is full or the folder gone; finished blocks stay.
        """
        entry: dict[str, Any] = {"block": block.index, "starts": [], "sizes": packed.sizes, "checks": []}
        try:
            for output, tiles in zip(self._outputs, packed.tiles):
                with output.unfinished.open("ab") as stream:
                    entry["starts"].append(stream.tell())
                    stream.write(tiles)
                entry["checks"].append(zlib.crc32(tiles))
            entry["counts"] = packed.counts
            with self._journal.open("a", encoding="utf-8") as journal:
                journal.write(json.dumps(entry) + "\n")
        except OSError as error:
            raise OutputError(
                f"{self._outputs[0].path} cannot be written further: {error.strerror or error}",
                "Free some space and start again: finished blocks are kept.",
            ) from error
        self._entries[block.index] = entry

    def finish(self) -> list[dict[str, Any]]:
        """Complete the files, give them their names, and return what each block counted, in order of the blocks."""
        for position, (output, header) in enumerate(zip(self._outputs, self._headers)):
            offsets, sizes = self._table(position, output.n_bands)
            with output.unfinished.open("r+b") as stream:
                write_tile_table(stream, header, offsets, sizes)
            with rasterio.open(output.unfinished) as written:
                written.read(output.n_bands, window=self._plan.block(self._plan.n_blocks - 1).window)
        for output in self._outputs:
            output.path.with_name(output.path.name + ".aux.xml").unlink(missing_ok=True)
            output.unfinished.replace(output.path)
        self._journal.unlink()
        return [self._entries[index]["counts"] for index in sorted(self._entries)]

    def _table(self, position: int, n_bands: int) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.uint64]]:
        """Return position and size of every tile of an output."""
        grid = self._grid
        shape = (n_bands, grid.tiles_down, grid.tiles_across)
        offsets, sizes = np.zeros(shape, np.uint64), np.zeros(shape, np.uint64)
        for index, entry in self._entries.items():
            block = self._plan.block(index)
            rows = slice(block.row // grid.tile_height, -(-(block.row + block.height) // grid.tile_height))
            columns = slice(block.column // grid.tile_width, -(-(block.column + block.width) // grid.tile_width))
            own = np.array(entry["sizes"][position], dtype=np.uint64)
            starts = entry["starts"][position] + np.concatenate([[0], np.cumsum(own)[:-1]]).astype(np.uint64)
            part = sizes[:, rows, columns].shape
            sizes[:, rows, columns] = own.reshape(part)
            offsets[:, rows, columns] = np.where(own > 0, starts, 0).reshape(part)
        return offsets.ravel(), sizes.ravel()

    def _start(self, text: str) -> None:
        self._entries = {}
        for output, header in zip(self._outputs, self._headers):
            output.unfinished.write_bytes(header)
        self._journal.write_text(text + "\n", encoding="utf-8")

    def _take_over(self, text: str) -> bool:
        """Keep the sound blocks of an earlier run; False when there is none of this identity."""
        if not self._journal.is_file() or not all(output.unfinished.is_file() for output in self._outputs):
            return False
        lines = self._journal.read_text(encoding="utf-8", errors="replace").splitlines()
        if not lines or lines[0] != text or not self._headers_match():
            return False
        entries = [entry for line in lines[1:] if (entry := _parsed(line)) is not None]
        self._entries = {entry["block"]: entry for entry in entries if self._is_sound(entry)}
        kept = [text, *(json.dumps(entry) for entry in self._entries.values())]
        self._journal.write_text("\n".join(kept) + "\n", encoding="utf-8")
        for position, (output, header) in enumerate(zip(self._outputs, self._headers)):
            ends = [entry["starts"][position] + sum(entry["sizes"][position]) for entry in self._entries.values()]
            with output.unfinished.open("r+b") as stream:
                stream.truncate(max([len(header), *ends]))
        return True

    def _headers_match(self) -> bool:
        for output, header in zip(self._outputs, self._headers):
            with output.unfinished.open("rb") as stream:
                if stream.read(len(header)) != header:
                    return False
        return True

    def _is_sound(self, entry: dict[str, Any]) -> bool:
        for position, output in enumerate(self._outputs):
            with output.unfinished.open("rb") as stream:
                stream.seek(entry["starts"][position])
                if zlib.crc32(stream.read(sum(entry["sizes"][position]))) != entry["checks"][position]:
                    return False
        return True


def _parsed(line: str) -> dict[str, Any] | None:
    """Return a journal line, None when it was cut off."""
    try:
        entry = json.loads(line)
    except ValueError:
        return None
    return entry if isinstance(entry, dict) and {"block", "starts", "sizes", "checks", "counts"} <= set(entry) else None


def _profile(output: RasterOutput, grid: TileGrid, width: int, height: int) -> dict[str, Any]:
    is_float = np.dtype(output.dtype).kind == "f"
    return {
        "driver": "GTiff",
        "width": width,
        "height": height,
        "count": output.n_bands,
        "dtype": output.dtype,
        "nodata": output.nodata,
        "tiled": True,
        "blockxsize": grid.tile_width,
        "blockysize": grid.tile_height,
        "compress": "deflate",
        "zlevel": 1,
        "predictor": 3 if is_float else 2,
        "interleave": "band",
        "BIGTIFF": "YES",
        "ENDIANNESS": "LITTLE",
        "SPARSE_OK": "TRUE",
        "crs": grid.crs,
        "transform": grid.transform,
    }


def _header(output: RasterOutput, grid: TileGrid) -> bytes:
    """Return the file without any tile, as GDAL writes it."""
    profile = _profile(output, grid, grid.width, grid.height)
    with MemoryFile() as memory:
        with memory.open(**profile) as dataset:
            for number, text in enumerate(output.descriptions, start=1):
                dataset.set_band_description(number, text)
            if any(scale != 1.0 for scale in output.scales):
                dataset.scales = output.scales
            if any(offset != 0.0 for offset in output.offsets):
                dataset.offsets = output.offsets
            dataset.update_tags(**output.tags)
        return bytes(memory.getbuffer())
