"""Dates without a single value in the whole stack, such as a month of cloud: found exactly, without reading it all.

Blocks are looked at in an order that jumps about the raster; a date is settled by its first valid value, and only
dates that are still without one are read on. Only a date that is missing indeed is read as a whole.
"""

from __future__ import annotations

from typing import Sequence

import numpy as np
import numpy.typing as npt

from cropsample_plugin.engine.block_plan import Block
from cropsample_plugin.engine.mapping.block_reader import BlockReader
from cropsample_plugin.engine.mapping.input_bands import InputBands
from cropsample_plugin.engine.progress import Progress, raise_if_canceled

BoolArray = npt.NDArray[np.bool_]


def find_missing_dates(path: str, bands: InputBands, blocks: Sequence[Block], progress: Progress) -> BoolArray:
    """Return ``(n_timesteps,)``, True for dates without any value in the blocks.

    Args:
        path: the stack.
        bands: the model's inputs.
        blocks: the blocks to be predicted.
        progress: asked about cancelling.

    Raises:
        StackError: a block cannot be read.
    """
    missing = np.ones(bands.n_timesteps, dtype=bool)
    open_steps = np.flatnonzero(missing)
    reader: BlockReader | None = None
    try:
        for position, index in enumerate(spread_order(len(blocks))):
            raise_if_canceled(progress)
            progress.report(0.0, f"Looking for dates without values: {len(open_steps)} left, block {position + 1}")
            some = bands.of_timesteps(open_steps)
            if not some.indexes:
                break
            reader = reader or BlockReader(path, some)
            found = some.timesteps_with_values(reader.read(blocks[index]))
            if not found.any():
                continue
            missing[open_steps[found]] = False
            open_steps = np.flatnonzero(missing)
            reader.close()
            reader = None
            if len(open_steps) == 0:
                break
    finally:
        if reader is not None:
            reader.close()
    return missing


def spread_order(n_blocks: int) -> list[int]:
    """Return all indices from 0, the middle first, then the quarters, and so on."""
    order: list[int] = []
    seen = set()
    step = n_blocks
    while step > 1:
        for index in range(step // 2, n_blocks, step):
            if index not in seen:
                seen.add(index)
                order.append(index)
        step = (step + 1) // 2
    return order + [index for index in range(n_blocks) if index not in seen]
