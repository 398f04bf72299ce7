"""How far a prediction is, how fast, how long it still takes, and what the map looks like so far."""

from __future__ import annotations

import time
from typing import Sequence

from cropsample_plugin.engine.block_plan import Block
from cropsample_plugin.engine.mapping.prediction_setup import Preparation
from cropsample_plugin.engine.mapping.preview import Preview
from cropsample_plugin.engine.progress import Progress
from cropsample_plugin.engine.remaining_time import RemainingTime


class RunPace:
    """Told of each finished block, tells the user.

    Attributes:
        open_blocks: the blocks to predict.
        progress: where to report.
    """

    def __init__(
        self, preparation: Preparation, open_blocks: Sequence[Block], inside: Sequence[Block], progress: Progress
    ) -> None:
        self.open_blocks = open_blocks
        self.progress = progress
        self._n_blocks = preparation.plan.n_blocks
        self._total = sum(block.n_pixels for block in inside)
        self._finished = self._total - sum(block.n_pixels for block in open_blocks)
        self._n_predicted = 0
        self._started = time.perf_counter()
        self._elapsed = 1e-9
        self._remaining = RemainingTime(self._total - self._finished)
        self._preview = Preview(preparation, [block for block in inside if preparation.store.is_finished(block)])

    def start(self, n_workers: int) -> None:
        """Begin to measure: workers are there."""
        self._started = time.perf_counter()
        self._remaining = RemainingTime(self._total - self._finished, n_workers)

    @property
    def pixels_per_second(self) -> float:
        """Rate of this run, from the first block read to the last one stored."""
        return self._n_predicted / self._elapsed

    def note(self, block: Block, n_predicted: int, duration_s: float | None = None, worker: str = "") -> None:
        """Count a stored block and report."""
        self._finished += block.n_pixels
        self._n_predicted += n_predicted
        self._elapsed = max(time.perf_counter() - self._started, 1e-9)
        self._remaining.add(block.n_pixels, duration_s, worker)
        self._preview.add(block)
        rate = f"{self.pixels_per_second:,.0f} pixels per second"
        message = f"Block {block.index + 1} of {self._n_blocks}, {rate}{self._remaining.text()}"
        self.progress.report(self._finished / max(self._total, 1), message)
