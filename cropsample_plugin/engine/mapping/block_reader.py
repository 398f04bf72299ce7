"""Blocks of a stack read ahead of the prediction, in a thread of their own."""

from __future__ import annotations

import contextlib
import queue
import threading
import time
from typing import Any, Generator, Iterable

import numpy as np
import numpy.typing as npt
import rasterio

from cropsample_plugin.engine.block_plan import Block
from cropsample_plugin.engine.errors import StackError
from cropsample_plugin.engine.mapping.input_bands import InputBands

StoredArray = npt.NDArray[Any]
_WAIT_S = 0.1
RETRY_AFTER_S = (0.2, 1.0)


class BlockReader:
    """Reads the bands a model needs out of one raster."""

    def __init__(self, path: str, bands: InputBands) -> None:
        self._path = path
        self._dataset = rasterio.open(path)
        indexes = bands.indexes
        # rasterio reads bands of one type at a time.
        types = [self._dataset.dtypes[index - 1] for index in indexes]
        self._groups = [
            (np.array([row for row, name in enumerate(types) if name == wanted]), wanted)
            for wanted in dict.fromkeys(types)
        ]
        self._indexes = np.array(indexes)
        self._dtype = bands.dtype

    def read(self, block: Block) -> StoredArray:
        """Return ``(bands, n_pixels)`` stored values of a block, row after row of the raster.

        What fails is tried again on the file opened anew, for a network share or a server may stumble.

        Raises:
            StackError: the file or one of its sources is truncated or corrupt there.
        """
        for wait_s in RETRY_AFTER_S:
            try:
                return self._read(block)
            except rasterio.errors.RasterioIOError:
                time.sleep(wait_s)
                self._open_anew()
        try:
            return self._read(block)
        except rasterio.errors.RasterioIOError as error:
            raise self._unreadable(block, error) from error

    def _read(self, block: Block) -> StoredArray:
        if len(self._groups) == 1:
            stored: StoredArray = self._dataset.read(self._indexes.tolist(), window=block.window)
        else:
            stored = np.empty((len(self._indexes), block.height, block.width), dtype=self._dtype)
            for rows, _ in self._groups:
                stored[rows] = self._dataset.read(self._indexes[rows].tolist(), window=block.window)
        return stored.reshape(len(self._indexes), -1)

    def _open_anew(self) -> None:
        """Open the file again; where that fails, the next read of the old one says why."""
        with contextlib.suppress(rasterio.errors.RasterioIOError):
            opened = rasterio.open(self._path)
            self._dataset.close()
            self._dataset = opened

    def _unreadable(self, block: Block, error: rasterio.errors.RasterioIOError) -> StackError:
        return StackError(
            f"{self._path} cannot be read at block {block.index + 1} ({block}): {error.__cause__ or error}",
            "The file or one of its sources is truncated, corrupt or missing. Copy or download it again and "
            "start again: the blocks finished so far are kept.",
        )

    def close(self) -> None:
        """Close the raster."""
        self._dataset.close()


def read_ahead(
    path: str, bands: InputBands, blocks: Iterable[Block], n_waiting: int
) -> Generator[tuple[Block, StoredArray]]:
    """Read blocks in a thread, at most ``n_waiting`` ahead of what is taken; errors arrive where they are taken."""
    waiting: queue.Queue[tuple[Block, StoredArray] | BaseException | None] = queue.Queue(maxsize=n_waiting)
    stopped = threading.Event()
    thread = threading.Thread(target=_fill, args=(path, bands, blocks, waiting, stopped), name="reader", daemon=True)
    thread.start()
    try:
        while (item := waiting.get()) is not None:
            if isinstance(item, BaseException):
                raise item
            yield item
    finally:
        stopped.set()
        thread.join()


def _fill(
    path: str,
    bands: InputBands,
    blocks: Iterable[Block],
    waiting: queue.Queue[tuple[Block, StoredArray] | BaseException | None],
    stopped: threading.Event,
) -> None:
    last: BaseException | None = None
    try:
        reader = BlockReader(path, bands)
        try:
            for block in blocks:
                if stopped.is_set() or not _put(waiting, (block, reader.read(block)), stopped):
                    return
        finally:
            reader.close()
    except BaseException as error:  # noqa: BLE001 - whatever happens here is raised in the thread that predicts
        last = error
    _put(waiting, last, stopped)


def _put(
    waiting: queue.Queue[tuple[Block, StoredArray] | BaseException | None],
    item: tuple[Block, StoredArray] | BaseException | None,
    stopped: threading.Event,
) -> bool:
    """Hand over one item; False when nobody wants it any more."""
    while not stopped.is_set():
        try:
            waiting.put(item, timeout=_WAIT_S)
        except queue.Full:
            continue
        return True
    return False
