"""Run an operation over a stack block by block: threads read, compute and pack, one writes."""

from __future__ import annotations

import threading
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Generator, Protocol, Sequence

import numpy as np
import rasterio
import threadpoolctl

from cropsample_plugin.about import plugin_version
from cropsample_plugin.engine.block_plan import Block, native_grid
from cropsample_plugin.engine.cluster.connection import connected
from cropsample_plugin.engine.cluster.tile_farm import WorkerNeeds, tile_farm
from cropsample_plugin.engine.output_files import check_output
from cropsample_plugin.engine.progress import Progress, raise_if_canceled
from cropsample_plugin.engine.remaining_time import RemainingTime
from cropsample_plugin.engine.timeseries.dated_stack import DatedStack
from cropsample_plugin.engine.timeseries.file_identity import raster_identity
from cropsample_plugin.engine.timeseries.stacks.stack_bands import BandReader, StackBands, StoredArray
from cropsample_plugin.engine.timeseries.stacks.tile_plan import Budget, TilePlan, plan_tiles
from cropsample_plugin.engine.timeseries.stacks.tile_store import Layers, PackedBlock, RasterOutput, TileGrid, TileStore

RASTER_ENDINGS = (".tif", ".tiff")
_STORED_COPIES = 2


class BlockOperation(Protocol):
    """What turns blocks of a stack into blocks of other rasters.

    Attributes:
        sources: the bands to read; all on one grid.
        outputs: the rasters to write.
        working_values: float32 values per pixel that it needs while it computes.
        parameters: plain JSON values that decide the result.
    """

    @property
    def sources(self) -> tuple[StackBands, ...]:
        """See above."""

    @property
    def outputs(self) -> tuple[RasterOutput, ...]:
        """See above."""

    @property
    def working_values(self) -> int:
        """See above."""

    @property
    def parameters(self) -> dict[str, Any]:
        """See above."""

    def compute(self, stored: Sequence[StoredArray]) -> tuple[list[Layers], dict[str, Any]]:
        """Return one ``(n_bands, height, width)`` array per output, as stored, and what the block counted.

        Args:
            stored: ``(n_rows, height, width)`` of each source.
        """


@dataclass(frozen=True)
class RunOptions:
    """How to run.

    Attributes:
        threads: processor threads.
        memory_mb: memory to stay below, in MiB.
        resume: whether to continue what an earlier run left.
        scheduler: a Dask cluster as `read_scheduler` understands it, "" for this process.
    """

    threads: int = 1
    memory_mb: int = 1500
    resume: bool = True
    scheduler: str = ""


def run_blocks(
    operation: BlockOperation, stack: DatedStack, options: RunOptions, progress: Progress
) -> list[dict[str, Any]]:
    """Compute all blocks, write the rasters, and return what each block counted.

    Raises:
        CropSampleError: an input cannot be read or an output not be written; finished blocks are kept.
        CanceledError: the user cancelled; likewise.
    """
    plan = plan_operation(operation, stack, options)
    grid = TileGrid(stack.width, stack.height, stack.transform, stack.crs, plan.tile_width, plan.tile_height)
    store = TileStore(operation.outputs, grid, plan.blocks)
    n_kept = store.open(_identity(operation, plan), resume=options.resume)
    if n_kept:
        progress.log(f"{n_kept} of {plan.blocks.n_blocks} blocks of an interrupted run are kept.")
    with (
        rasterio.Env(GDAL_CACHEMAX=plan.blocks.cache_bytes, GDAL_NUM_THREADS=1),
        threadpoolctl.threadpool_limits(1),
    ):
        waiting = [block for block in plan.blocks.blocks() if not store.is_finished(block)]
        packed = _compute_on_cluster if options.scheduler else _compute
        n_done = plan.blocks.n_blocks - len(waiting)
        remaining = RemainingTime(len(waiting), options.threads)
        for block, content in packed(BlockWork(operation, store, plan.blocks.cache_bytes), waiting, options, progress):
            store.append(block, content)
            n_done += 1
            remaining.add(1)
            message = f"Block {n_done} of {plan.blocks.n_blocks}{remaining.text()}"
            progress.report(n_done / plan.blocks.n_blocks, message)
        return store.finish()


def check_raster_outputs(paths: Sequence[str], inputs: Sequence[str]) -> None:
    """Raise `OutputError` when a raster cannot be written as asked."""
    behind: list[str] = []
    for name in inputs:
        # What cannot be opened is reported where it is read.
        with suppress(rasterio.errors.RasterioIOError), rasterio.open(name) as dataset:
            behind.extend(dataset.files)
    for path in paths:
        check_output(path, [*inputs, *behind], RASTER_ENDINGS)


def plan_operation(operation: BlockOperation, stack: DatedStack, options: RunOptions) -> TilePlan:
    """Return the blocks of a run."""
    stored = sum(source.n_rows * np.dtype(source.dtype).itemsize for source in operation.sources)
    written = sum(output.n_bands * np.dtype(output.dtype).itemsize for output in operation.outputs)
    need = _STORED_COPIES * (stored + written) + 4 * operation.working_values
    grid = native_grid(operation.sources[0].path)
    return plan_tiles(stack.width, stack.height, grid, Budget(options.threads, options.memory_mb, need))


def _identity(operation: BlockOperation, plan: TilePlan) -> dict[str, Any]:
    return {
        "sources": [raster_identity(source.path) for source in operation.sources],
        "bands": [source.numbers.tolist() for source in operation.sources],
        "parameters": operation.parameters,
        "plan": [list(plan.blocks.row_edges), list(plan.blocks.column_edges), plan.tile_width, plan.tile_height],
        "software": {"cropsample": plugin_version(), "numpy": np.__version__, "gdal": rasterio.__gdal_version__},
    }


Finished = Generator[tuple[Block, PackedBlock], None, None]


@dataclass(frozen=True)
class BlockWork:
    """What is computed for each block; sent once to every worker of a cluster."""

    operation: BlockOperation
    store: TileStore
    cache_bytes: int


def _compute(work: BlockWork, waiting: Sequence[Block], options: RunOptions, progress: Progress) -> Finished:
    """Compute blocks in threads; yield them in order."""
    worker = BlockWorker(work)
    pending: deque[tuple[Block, Future[PackedBlock]]] = deque()
    pool = ThreadPoolExecutor(options.threads, "blocks")
    try:
        for block in waiting:
            raise_if_canceled(progress)
            pending.append((block, pool.submit(worker.run, block)))
            if len(pending) > options.threads:
                first, future = pending.popleft()
                yield first, future.result()
        while pending:
            raise_if_canceled(progress)
            first, future = pending.popleft()
            yield first, future.result()
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
        worker.close()


def _compute_on_cluster(work: BlockWork, waiting: Sequence[Block], options: RunOptions, progress: Progress) -> Finished:
    """Compute blocks on the workers of a cluster; yield them in order, so that the files come out the same."""
    if not waiting:
        return
    sources = tuple(dict.fromkeys(source.path for source in work.operation.sources))
    with (
        connected(options.scheduler, options.threads, progress) as client,
        tile_farm(client, f"{__name__}:BlockWorker", work, WorkerNeeds(sources), progress) as farm,
    ):
        progress.log(f"Computing on {farm.n_workers} workers with {farm.n_threads} threads.")
        early: dict[int, PackedBlock] = {}
        order = iter(waiting)
        wanted = next(order)
        for block, done in farm.run(waiting, progress):
            early[block.index] = done.result
            while wanted.index in early:
                yield wanted, early.pop(wanted.index)
                wanted = next(order, wanted)


class BlockWorker:
    """Reads, computes and packs one block at a time in each thread."""

    def __init__(self, work: BlockWork) -> None:
        self._work = work
        self._local = threading.local()
        self._opened: list[BandReader] = []

    def run(self, block: Block) -> PackedBlock:
        """Return the packed result of a block."""
        readers: list[BandReader] | None = getattr(self._local, "readers", None)
        if readers is None:
            readers = [BandReader(source) for source in self._work.operation.sources]
            self._local.readers = readers
            self._opened.extend(readers)
        layers, counts = self._work.operation.compute([reader.read(block) for reader in readers])
        return self._work.store.pack(layers, counts)

    def __call__(self, block: Block) -> PackedBlock:
        """Do the same on a worker of a cluster, within its own limits."""
        with (
            rasterio.Env(GDAL_CACHEMAX=self._work.cache_bytes, GDAL_NUM_THREADS=1),
            threadpoolctl.threadpool_limits(1),
        ):
            return self.run(block)

    def close(self) -> None:
        """Close all rasters."""
        for reader in self._opened:
            reader.close()
