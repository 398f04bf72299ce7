"""A whole map out of a model and a stack, block by block: bounded memory, safe to kill, the same bytes again."""

from __future__ import annotations

import time
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Generator, Iterator, Sequence

import numpy as np
import numpy.typing as npt
import rasterio
import threadpoolctl

from cropsample_plugin.engine.block_plan import Block
from cropsample_plugin.engine.mapping.batches import BatchSize, measure_batch_size
from cropsample_plugin.engine.mapping.block_mapper import BlockMapper, GapHandling
from cropsample_plugin.engine.mapping.block_reader import BlockReader, read_ahead
from cropsample_plugin.engine.mapping.map_files import write_maps
from cropsample_plugin.engine.mapping.missing_dates import find_missing_dates
from cropsample_plugin.engine.mapping.output_paths import check_space
from cropsample_plugin.engine.mapping.part_store import Manifest, Part, PartStore
from cropsample_plugin.engine.mapping.prediction_setup import Machine, MapRequest, Preparation, prepare
from cropsample_plugin.engine.models.classes import ClassInfo
from cropsample_plugin.engine.progress import Progress, StepProgress, raise_if_canceled

_BLOCKS_WAITING = 1
_PARTS_WAITING = 2
_MEASURED_PIXELS = 8192
_SHARE_OF_PREDICTION = 0.93


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
        rasterio.Env(GDAL_CACHEMAX=preparation.plan.cache_bytes, GDAL_NUM_THREADS=machine.threads),
        threadpoolctl.threadpool_limits(1 if preparation.predictor.is_parallel else machine.threads),
    ):
        choices = _open_store(preparation, request, progress)
        inside = preparation.blocks_inside()
        open_blocks = [block for block in inside if not preparation.store.is_finished(block)]
        run = _Run(preparation, choices, machine, StepProgress(progress, 0.0, _SHARE_OF_PREDICTION))
        rate = run.predict(open_blocks, inside)
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
        pixels_per_second=rate,
        n_blocks_resumed=len(inside) - len(open_blocks),
        method=preparation.predictor.name,
        input_files=preparation.input_files,
    )


@dataclass(frozen=True)
class _Choices:
    """What is found out once and kept in the manifest, so that a resumed run gives the same bytes."""

    batch_size_px: int
    missing_timesteps: tuple[int, ...]


def _open_store(preparation: Preparation, request: MapRequest, progress: Progress) -> _Choices:
    """Find usable parts of an earlier run, or make the choices of a new one."""
    store = preparation.store
    manifest, differing = store.open(preparation.identity, resume=request.resume)
    if differing:
        progress.log(
            f"Parts of an earlier run were thrown away, because these have changed: {', '.join(differing)}.", "warning"
        )
    if manifest is not None:
        for block in store.remove_damaged():
            progress.log(f"The part of block {block.index + 1} ({block}) is damaged; it is predicted again.", "warning")
        return _Choices(int(manifest.choices["batch_size_px"]), tuple(manifest.choices["missing_timesteps"]))
    inside = preparation.blocks_inside()
    check_space(store.folder, sum(block.n_pixels for block in inside) * preparation.layout.bytes_per_pixel)
    choices = _choose(preparation, inside, progress)
    recorded = {"batch_size_px": choices.batch_size_px, "missing_timesteps": list(choices.missing_timesteps)}
    store.write_manifest(Manifest(preparation.identity, recorded))
    return choices


def _choose(preparation: Preparation, inside: Sequence[Block], progress: Progress) -> _Choices:
    predictor, bands = preparation.predictor, preparation.bands
    missing: npt.NDArray[np.bool_] = np.zeros(bands.n_timesteps, dtype=bool)
    if preparation.rule.name == "linear":
        missing = find_missing_dates(preparation.stack.path, bands, inside, progress)
        if missing.any():
            names = ", ".join(str(position + 1) for position in np.flatnonzero(missing))
            progress.log(f"These dates hold no value at all and are interpolated: number {names}.")
    sample = _sample(preparation, inside)
    is_stored = predictor.takes_stored and bool(bands.present.all())
    values = sample if is_stored else np.nan_to_num(bands.to_physical(sample))
    batch_size = measure_batch_size(predictor, values, is_stored=is_stored)
    return _Choices(batch_size, tuple(int(position) for position in np.flatnonzero(missing)))


def _sample(preparation: Preparation, inside: Sequence[Block]) -> npt.NDArray[np.generic]:
    """Read a few pixels of the middle block to measure with."""
    block = inside[len(inside) // 2]
    height = max(1, min(block.height, _MEASURED_PIXELS // block.width))
    reader = BlockReader(preparation.stack.path, preparation.bands)
    try:
        sample: npt.NDArray[np.generic] = reader.read(Block(block.index, block.row, block.column, height, block.width))
    finally:
        reader.close()
    return sample


class _Run:
    """The loop over blocks: one thread reads, several predict, one stores."""

    def __init__(self, preparation: Preparation, choices: _Choices, machine: Machine, progress: Progress) -> None:
        self._preparation = preparation
        self._machine = machine
        self._progress = progress
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

    def predict(self, open_blocks: Sequence[Block], inside: Sequence[Block]) -> float:
        """Predict blocks, store them, and return pixels per second."""
        total = sum(block.n_pixels for block in inside)
        finished = total - sum(block.n_pixels for block in open_blocks)
        n_predicted = 0
        started = time.perf_counter()
        for block, part in self._store_behind(self._parts(open_blocks)):
            finished += block.n_pixels
            n_predicted += part.n_predicted
            rate = n_predicted / max(time.perf_counter() - started, 1e-9)
            message = f"Block {block.index + 1} of {self._preparation.plan.n_blocks}, {rate:,.0f} pixels per second"
            self._progress.report(finished / max(total, 1), message)
        return n_predicted / max(time.perf_counter() - started, 1e-9)

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
                pending.append((block, part, writer.submit(store.save, block, part)))
                self._record_batch_size()
                while len(pending) > _PARTS_WAITING or (pending and pending[0][2].done()):
                    yield _stored(pending)
            while pending:
                yield _stored(pending)

    def _record_batch_size(self) -> None:
        """Put a batch size that was halved into the manifest: a resumed run starts with it."""
        if self._batch.n_pixels == self._recorded.batch_size_px:
            return
        self._recorded = _Choices(self._batch.n_pixels, self._recorded.missing_timesteps)
        self._progress.log(f"Memory ran out; batches now have {self._batch.n_pixels} pixels.", "warning")
        recorded = {"batch_size_px": self._batch.n_pixels, "missing_timesteps": list(self._recorded.missing_timesteps)}
        self._preparation.store.write_manifest(Manifest(self._preparation.identity, recorded))


def _stored(pending: deque[tuple[Block, Part, Future[None]]]) -> tuple[Block, Part]:
    block, part, future = pending.popleft()
    future.result()
    return block, part


def _count(store: PartStore, blocks: Sequence[Block]) -> tuple[int, int]:
    """Return the numbers of pixels inside the area and predicted, over all parts."""
    counts = [(part.n_inside, part.n_predicted) for part in map(store.load, blocks) if part is not None]
    return sum(inside for inside, _ in counts), sum(predicted for _, predicted in counts)
