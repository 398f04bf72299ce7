"""Read the bands of single pixels from a raster, block by block, each block once, with bounded memory."""

from __future__ import annotations

import threading
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import rasterio
from rasterio.windows import Window

from cropsample_plugin.engine.block_plan import native_grid
from cropsample_plugin.engine.errors import StackError, error_chain
from cropsample_plugin.engine.progress import Progress, raise_if_canceled
from cropsample_plugin.engine.timeseries.dated_stack import DatedStack

Indices = npt.NDArray[np.int64]

_BYTES_PER_READ = 64 * 1024 * 1024
_WAIT_S = 0.2
_MIB = 1024 * 1024


@dataclass(frozen=True)
class _Block:
    """The pixels that lie in one block: their positions in the request, and the window around them."""

    positions: Indices
    window: Window


def read_pixels(
    stack: DatedStack, columns: Indices, rows: Indices, threads: int, progress: Progress
) -> npt.NDArray[Any]:
    """Read all raster bands of pixels.

    Args:
        stack: the raster.
        columns: ``(n_pixels,)`` columns inside the raster.
        rows: ``(n_pixels,)`` rows inside the raster.
        threads: how many blocks are read at once.
        progress: asked for cancelling after each block.

    Returns:
        ``(raster bands, n_pixels)`` values as stored, in the stack's type.

    Raises:
        StackError: the raster or one of its sources is damaged, or vanished.
    """
    stored = np.empty((len(stack.scales), len(columns)), dtype=stack.dtype)
    if len(columns) == 0:
        return stored
    blocks = _blocks(stack, columns, rows)
    local = threading.local()
    opened: list[rasterio.DatasetReader] = []
    cache_mb = max(_BYTES_PER_READ, *(_block_bytes(stack, block.window) for block in blocks)) // _MIB + 1

    def read(block: _Block) -> None:
        with rasterio.Env(GDAL_CACHEMAX=2 * cache_mb * threads, GDAL_MAX_DATASET_POOL_SIZE=450):
            if not hasattr(local, "dataset"):
                local.dataset = rasterio.open(stack.path, sharing=False)
                opened.append(local.dataset)
            _read_block(local.dataset, block, columns, rows, stored)

    try:
        with ThreadPoolExecutor(threads) as pool:
            _finish([pool.submit(read, block) for block in blocks], pool, progress)
    except rasterio.errors.RasterioError as error:
        raise StackError(
            f"{stack.path} cannot be read: {error_chain(error)}",
            "The file or one of its sources is truncated, corrupt or missing; copy or download it again.",
        ) from error
    finally:
        for dataset in opened:
            dataset.close()
    return stored


def _blocks(stack: DatedStack, columns: Indices, rows: Indices) -> list[_Block]:
    """Group pixels by the native blocks behind the stack, so that no two threads decode the same one."""
    grid = native_grid(stack.path)
    block_columns = (columns - grid.column_px) // grid.width_px + 1
    block_rows = (rows - grid.row_px) // grid.height_px + 1
    keys = block_rows * (stack.width // grid.width_px + 3) + block_columns
    order = np.argsort(keys, kind="stable")
    starts = np.flatnonzero(np.diff(keys[order], prepend=-1))
    return [_block(positions, columns, rows) for positions in np.split(order, starts[1:])]


def _block(positions: Indices, columns: Indices, rows: Indices) -> _Block:
    left, top = int(columns[positions].min()), int(rows[positions].min())
    width, height = int(columns[positions].max()) - left + 1, int(rows[positions].max()) - top + 1
    return _Block(positions, Window(left, top, width, height))


def _block_bytes(stack: DatedStack, window: Window) -> int:
    return int(window.width * window.height * len(stack.scales) * np.dtype(stack.dtype).itemsize)


def _read_block(
    dataset: rasterio.DatasetReader, block: _Block, columns: Indices, rows: Indices, stored: npt.NDArray[Any]
) -> None:
    """Read the window in groups of bands of one type, no group larger than the limit, and pick the pixels."""
    window = block.window
    inside_columns = columns[block.positions] - window.col_off
    inside_rows = rows[block.positions] - window.row_off
    for dtype in dict.fromkeys(dataset.dtypes):
        numbers = [number for number, own in zip(dataset.indexes, dataset.dtypes) if own == dtype]
        n_at_once = max(1, _BYTES_PER_READ // int(window.width * window.height * np.dtype(dtype).itemsize))
        for first in range(0, len(numbers), n_at_once):
            group = numbers[first : first + n_at_once]
            values = dataset.read(group, window=window)
            stored[np.ix_(np.array(group) - 1, block.positions)] = values[:, inside_rows, inside_columns]


def _finish(futures: list[Future[None]], pool: ThreadPoolExecutor, progress: Progress) -> None:
    """Wait for all; on a cancel or an error the blocks that did not begin are given up."""
    pending = set(futures)
    try:
        while pending:
            done, pending = wait(pending, timeout=_WAIT_S)
            for future in done:
                future.result()
            progress.report(1 - len(pending) / len(futures), f"Block {len(futures) - len(pending)} of {len(futures)}")
            raise_if_canceled(progress)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
