"""One block of a map predicted on a worker of a cluster."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import rasterio

from cropsample_plugin.engine.block_plan import BlockPlan
from cropsample_plugin.engine.errors import ClusterError
from cropsample_plugin.engine.mapping.area_mask import AreaMask
from cropsample_plugin.engine.mapping.batches import BatchSize
from cropsample_plugin.engine.mapping.block_mapper import BlockMapper, GapHandling
from cropsample_plugin.engine.mapping.block_reader import BlockReader
from cropsample_plugin.engine.mapping.input_bands import InputBands
from cropsample_plugin.engine.mapping.part_store import PartLayout, PartStore
from cropsample_plugin.engine.mapping.pixel_predictors import choose_device, pixel_predictor
from cropsample_plugin.engine.mapping.run_choices import Choices
from cropsample_plugin.engine.mapping.thread_limits import limit_threads
from cropsample_plugin.engine.models.missing_values import MissingRule
from cropsample_plugin.engine.models.packages import ModelPackage

FACTORY = f"{__name__}:TilePredictor"


@dataclass(frozen=True)
class TileSetup:
    """All that decides the parts, sent once.

    Attributes:
        package: the model.
        stack: path of the stack, as every machine sees it.
        bands, rule, layout, plan, area: as in `Preparation`.
        class_ids: value of each class in the map.
        choices: as found out at the start.
        identity: as in `Preparation`.
        folder: the folder of parts.
        method: name of the predictor; another one could change the last bits.
        device: as in `Machine`.
    """

    package: ModelPackage
    stack: str
    bands: InputBands
    rule: MissingRule
    layout: PartLayout
    plan: BlockPlan
    area: AreaMask | None
    class_ids: tuple[int, ...]
    choices: Choices
    identity: dict[str, Any]
    folder: str
    method: str
    device: str


@dataclass(frozen=True)
class TileOutcome:
    """What a worker says of a block.

    Attributes:
        n_predicted: pixels that got a class.
        digest: hash of the part that the worker stored, "" when it did not.
        content: the part's file where the worker could not store it.
    """

    n_predicted: int
    digest: str
    content: bytes | None = None


@dataclass(frozen=True)
class TileOrder:
    """Which block to predict, and whether the worker stores it itself."""

    index: int
    stores: bool


class TilePredictor:
    """Reads, predicts and stores blocks; each thread of the worker has its own open stack."""

    def __init__(self, setup: TileSetup) -> None:
        model = setup.package.predictor()
        predictor = pixel_predictor(model, setup.bands, choose_device(setup.device, model))
        if predictor.name != setup.method:
            raise ClusterError(
                f"This worker would predict with '{predictor.name}', not with '{setup.method}': the map could differ.",
                "Install the same packages (numba, torch) and the same kind of device on every machine.",
            )
        ignored = np.zeros(setup.bands.n_timesteps, dtype=bool)
        ignored[list(setup.choices.missing_timesteps)] = True
        self._setup = setup
        self._mapper = BlockMapper(
            predictor,
            setup.bands,
            GapHandling(setup.rule, ignored),
            setup.layout,
            np.array(setup.class_ids, dtype=np.int64),
            BatchSize(setup.choices.batch_size_px),
        )
        self._store = PartStore(Path(setup.folder), setup.plan, setup.layout)
        self._store.attach(setup.identity)
        self._local = threading.local()
        limit_threads(1)

    def __call__(self, order: TileOrder) -> TileOutcome:
        """Predict a block; a part that cannot be stored here goes back to where the map is put together."""
        block = self._setup.plan.block(order.index)
        with rasterio.Env(GDAL_CACHEMAX=self._setup.plan.cache_bytes, GDAL_NUM_THREADS=1):
            stored = self._reader().read(block)
            area = self._setup.area
            mask = None if area is None else area.burn(block)
            part = self._mapper.map_block(block, stored, mask, None)
        if order.stores:
            try:
                return TileOutcome(part.n_predicted, self._store.save(block, part))
            except OSError:
                pass
        return TileOutcome(part.n_predicted, "", self._store.encode(block, part))

    def _reader(self) -> BlockReader:
        reader: BlockReader | None = getattr(self._local, "reader", None)
        if reader is None:
            reader = BlockReader(self._setup.stack, self._setup.bands)
            self._local.reader = reader
        return reader
