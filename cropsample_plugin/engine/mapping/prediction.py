"""A whole map out of a model and a stack, block by block: bounded memory, safe to kill, the same bytes again."""

from __future__ import annotations

from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Generator, Iterator, Sequence

import numpy as np
import rasterio

from cropsample_plugin.engine.block_plan import Block
from cropsample_plugin.engine.mapping.batches import BatchSize
from cropsample_plugin.engine.mapping.block_mapper import BlockMapper, GapHandling
from cropsample_plugin.engine.mapping.block_reader import read_ahead
from cropsample_plugin.engine.mapping.cluster_prediction import predict_on_cluster
from cropsample_plugin.engine.mapping.map_files import write_maps
from cropsample_plugin.engine.mapping.part_store import Manifest, Part, PartStore
from cropsample_plugin.engine.mapping.prediction_setup import Machine, MapRequest, Preparation, prepare
from cropsample_plugin.engine.mapping.run_choices import Choices, open_store
from cropsample_plugin.engine.mapping.run_pace import RunPace
from cropsample_plugin.engine.mapping.thread_limits import limited_threads
from cropsample_plugin.engine.models.classes import ClassInfo
from cropsample_plugin.engine.progress import Progress, StepProgress, raise_if_canceled

_BLOCKS_WAITING = 1
_PARTS_WAITING = 2
_SHARE_OF_PREDICTION = 0.93
_MOST_OPEN_FILES = 450


@dataclass(frozen=True)
class MapSummary:
    """What came out.

    Attributes:
        classes: the legend.
        n_pixels: pixels inside the area, or of the whole stack.
        n_predicted: pixels that got a class; the others are nodata.
        pixels_per_second: rate of this run, from the first block read to the last one stored.
        n_blocks_resumed: blocks taken over from an earlier run.
        method: how the model was run.
        input_files: files read.
    """

    classes: tuple[ClassInfo, ...]
    n_pixels: int
    n_predicted: int
    pixels_per_second: float
    n_blocks_resumed: int
    method: str
    input_files: tuple[str, ...]


def predict_map(request: MapRequest, machine: Machine, progress: Progress) -> MapSummary:
    """Predict the maps asked for.

    Finished blocks stand in a folder beside the first output, so that the same request continues after a cancel, a
    kill or a full disk, and gives the very bytes that an uninterrupted run gives; the folder goes when the maps are
    complete.

    Raises:
        CropSampleError: what is wrong with the inputs or outputs; blocks finished so far are kept.
        CanceledError: the user cancelled; likewise.
    """
    preparation = prepare(request, machine)
    with (
        rasterio.Env(
            GDAL_CACHEMAX=preparation.plan.cache_bytes, GDAL_NUM_THREADS=machine.threads, GDAL_MAX_DATASET_POOL_SIZE=450
        ),
        limited_threads(1 if preparation.predictor.is_parallel else machine.threads),
    ):
        choices = open_store(preparation, progress, resume=request.resume, n_threads=machine.threads)
        inside = preparation.blocks_inside()
        open_blocks = [block for block in inside if not preparation.store.is_finished(block)]
        predicting = StepProgress(progress, 0.0, _SHARE_OF_PREDICTION)
        pace = RunPace(preparation, open_blocks, inside, predicting)
        if request.scheduler:
            predict_on_cluster(preparation, choices, (request, machine), pace)
        else:
            _Run(preparation, choices, machine, pace).predict(open_blocks)
        writing = StepProgress(progress, _SHARE_OF_PREDICTION, 1.0)
        n_inside, n_predicted = _count(preparation.store, inside)
        parts = (preparation.plan, preparation.store)
        write_maps(preparation.products, preparation.classes, preparation.stack, parts, writing)
    preparation.store.remove()
    if n_predicted == 0:
        progress.log("No pixel could be predicted: every one lacks a value that the model needs.", "warning")
    return MapSummary(
        classes=preparation.classes,
        n_pixels=n_inside,
        n_predicted=n_predicted,
        pixels_per_second=pace.pixels_per_second,
        n_blocks_resumed=len(inside) - len(open_blocks),
        method=preparation.predictor.name,
        input_files=preparation.input_files,
    )


class _Run:
    """The loop over blocks: one thread reads, several predict, one stores."""

    def __init__(self, preparation: Preparation, choices: Choices, machine: Machine, pace: RunPace) -> None:
        self._preparation = preparation
        self._machine = machine
        self._progress = pace.progress
        self._pace = pace
        self._batch = BatchSize(choices.batch_size_px)
        self._recorded = choices
        ignored = np.zeros(preparation.bands.n_timesteps, dtype=bool)
        ignored[list(choices.missing_timesteps)] = True
        self._mapper = BlockMapper(
            preparation.predictor,
            preparation.bands,
            GapHandling(preparation.rule, ignored),
            preparation.layout,
            preparation.class_ids,
            self._batch,
        )

    def predict(self, open_blocks: Sequence[Block]) -> None:
        """Predict blocks and store them."""
        for block, part in self._store_behind(self._parts(open_blocks)):
            self._pace.note(block, part.n_predicted)

    def _parts(self, blocks: Sequence[Block]) -> Generator[tuple[Block, Part]]:
        preparation = self._preparation
        raise_if_canceled(self._progress)
        reading = read_ahead(preparation.stack.path, preparation.bands, blocks, _BLOCKS_WAITING)
        try:
            with ThreadPoolExecutor(self._machine.threads, "predict") as pool:
                for block, stored in reading:
                    mask = None if preparation.area is None else preparation.area.burn(block)
                    yield block, self._mapper.map_block(block, stored, mask, pool)
                    raise_if_canceled(self._progress)
        finally:
            reading.close()

    def _store_behind(self, parts: Iterator[tuple[Block, Part]]) -> Iterator[tuple[Block, Part]]:
        """Store parts in a thread; each is handed on once it is on disk. What is finished is stored even on cancel."""
        store = self._preparation.store
        pending: deque[tuple[Block, Part, Future[None]]] = deque()
        with ThreadPoolExecutor(1, "store") as writer:
            for block, part in parts:
                pending.append((block, part, writer.submit(_save, store, block, part)))
                self._record_batch_size()
                while len(pending) > _PARTS_WAITING or (pending and pending[0][2].done()):
                    yield _stored(pending)
            while pending:
                yield _stored(pending)

    def _record_batch_size(self) -> None:
        """Put a batch size that was halved into the manifest: a resumed run starts with it."""
        if self._batch.n_pixels == self._recorded.batch_size_px:
            return
        self._recorded = replace(self._recorded, batch_size_px=self._batch.n_pixels)
        self._progress.log(f"Memory ran out; batches now have {self._batch.n_pixels} pixels.", "warning")
        self._preparation.store.write_manifest(Manifest(self._preparation.identity, self._recorded.to_json()))


def _save(store: PartStore, block: Block, part: Part) -> None:
    store.note(block, store.save(block, part))


def _stored(pending: deque[tuple[Block, Part, Future[None]]]) -> tuple[Block, Part]:
    block, part, future = pending.popleft()
    future.result()
    return block, part


def _count(store: PartStore, blocks: Sequence[Block]) -> tuple[int, int]:
    """Return the numbers of pixels inside the area and predicted, over all parts."""
    counts = [(part.n_inside, part.n_predicted) for part in map(store.load, blocks) if part is not None]
    return sum(inside for inside, _ in counts), sum(predicted for _, predicted in counts)
