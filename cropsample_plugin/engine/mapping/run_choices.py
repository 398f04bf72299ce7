"""What a prediction finds out once, before its first block, and keeps in the manifest: a resumed run does the same."""

from __future__ import annotations

import time
import zlib
from dataclasses import dataclass
from typing import Any, Sequence

import numpy as np
import numpy.typing as npt

from cropsample_plugin.engine.block_plan import Block
from cropsample_plugin.engine.mapping.batches import measure_batch_size
from cropsample_plugin.engine.mapping.block_reader import BlockReader
from cropsample_plugin.engine.mapping.missing_dates import find_missing_dates
from cropsample_plugin.engine.mapping.part_store import Manifest
from cropsample_plugin.engine.mapping.prediction_setup import Preparation
from cropsample_plugin.engine.mapping.run_estimate import Estimate, check_estimate
from cropsample_plugin.engine.progress import Progress

_MEASURED_PIXELS = 8192
_LEAST_RATIO = 0.02


@dataclass(frozen=True)
class Choices:
    """What is measured or found out.

    Attributes:
        batch_size_px: pixels predicted at once.
        missing_timesteps: dates without any value in the whole stack.
        read_s_per_px: seconds one thread reads a pixel.
        predict_s_per_px: seconds one thread predicts a pixel.
        map_share: size of the compressed maps, as a share of the parts.
    """

    batch_size_px: int
    missing_timesteps: tuple[int, ...]
    read_s_per_px: float = 0.0
    predict_s_per_px: float = 0.0
    map_share: float = 1.0

    def to_json(self) -> dict[str, Any]:
        """Return the choices as plain values."""
        return {
            "batch_size_px": self.batch_size_px,
            "missing_timesteps": list(self.missing_timesteps),
            "read_s_per_px": self.read_s_per_px,
            "predict_s_per_px": self.predict_s_per_px,
            "map_share": self.map_share,
        }

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Choices:
        """Read what `to_json` gave."""
        return cls(
            int(values["batch_size_px"]),
            tuple(int(position) for position in values["missing_timesteps"]),
            float(values.get("read_s_per_px", 0.0)),
            float(values.get("predict_s_per_px", 0.0)),
            float(values.get("map_share", 1.0)),
        )


def open_store(preparation: Preparation, progress: Progress, *, resume: bool, n_threads: int) -> Choices:
    """Find usable parts of an earlier run, or make the choices of a new one; say what the run will take.

    Raises:
        OutputError: disk or memory cannot hold what the run needs.
    """
    store = preparation.store
    manifest, differing = store.open(preparation.identity, resume=resume)
    if differing:
        progress.log(
            f"Parts of an earlier run were thrown away, because these have changed: {', '.join(differing)}.", "warning"
        )
    inside = preparation.blocks_inside()
    if manifest is not None:
        for block in store.remove_damaged():
            progress.log(f"The part of block {block.index + 1} ({block}) is damaged; it is predicted again.", "warning")
        choices = Choices.from_json(manifest.choices)
    else:
        choices = _choose(preparation, inside, progress)
    open_blocks = [block for block in inside if not store.is_finished(block)]
    estimate = _estimate(preparation, choices, open_blocks, inside, n_threads)
    check_estimate(estimate, [store.folder, *(product.path.parent for product in preparation.products)])
    progress.log(estimate.text())
    if manifest is None:
        store.write_manifest(Manifest(preparation.identity, choices.to_json()))
    return choices


def _estimate(
    preparation: Preparation, choices: Choices, open_blocks: Sequence[Block], inside: Sequence[Block], n_threads: int
) -> Estimate:
    n_open = sum(block.n_pixels for block in open_blocks)
    n_all = sum(block.n_pixels for block in inside)
    part_bytes = preparation.layout.bytes_per_pixel
    read_bytes = len(preparation.bands.indexes) * preparation.bands.dtype.itemsize
    # One thread reads while the others predict: the slower of the two sets the pace.
    seconds = n_open * max(choices.read_s_per_px, choices.predict_s_per_px / max(1, n_threads))
    n_copies = 2 if any(product.is_cloud_optimised for product in preparation.products) else 1
    largest = max((block.n_pixels for block in inside), default=0)
    return Estimate(
        n_tiles=len(open_blocks),
        n_pixels=n_open,
        read_bytes=n_open * read_bytes,
        seconds=seconds,
        part_bytes=n_open * part_bytes,
        # While a file is laid out for the cloud, it is there twice.
        map_bytes=int(n_all * part_bytes * choices.map_share * n_copies),
        memory_bytes=preparation.plan.cache_bytes + 4 * largest * (read_bytes + part_bytes),
    )


def _choose(preparation: Preparation, inside: Sequence[Block], progress: Progress) -> Choices:
    predictor, bands = preparation.predictor, preparation.bands
    missing: npt.NDArray[np.bool_] = np.zeros(bands.n_timesteps, dtype=bool)
    if preparation.rule.name == "linear":
        missing = find_missing_dates(preparation.stack.path, bands, inside, progress)
        if missing.any():
            names = ", ".join(str(position + 1) for position in np.flatnonzero(missing))
            progress.log(f"These dates hold no value at all and are interpolated: number {names}.")
    started = time.perf_counter()
    sample = _sample(preparation, inside)
    read_s = (time.perf_counter() - started) / max(1, sample.shape[1])
    is_stored = predictor.takes_stored and bool(bands.present.all())
    values = sample if is_stored else np.nan_to_num(bands.to_physical(sample))
    batch_size, rate = measure_batch_size(predictor, values, is_stored=is_stored)
    share = _map_share(predictor.predict(values[:, : min(batch_size, values.shape[1])], is_stored=is_stored))
    timesteps = tuple(int(position) for position in np.flatnonzero(missing))
    return Choices(batch_size, timesteps, read_s, 1.0 / max(rate, 1e-9), share)


def _map_share(probabilities: npt.NDArray[np.float32]) -> float:
    """Return how far a map of these probabilities shrinks, overviews included."""
    steps = np.rint(probabilities * 10_000).astype(np.uint16)
    differences = np.diff(steps, axis=1, prepend=np.uint16(0)).astype(np.uint16).tobytes()
    return max(_LEAST_RATIO, len(zlib.compress(differences, 6)) / max(1, len(differences))) * 4 / 3


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
