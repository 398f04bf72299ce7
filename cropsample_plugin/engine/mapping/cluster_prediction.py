"""Blocks of a map predicted by the workers of a cluster, stored in the same parts as on one machine."""

from __future__ import annotations

from cropsample_plugin.engine.block_plan import Block
from cropsample_plugin.engine.cluster.connection import connected
from cropsample_plugin.engine.cluster.tile_farm import WorkerNeeds, tile_farm
from cropsample_plugin.engine.mapping.part_store import MANIFEST_NAME
from cropsample_plugin.engine.mapping.prediction_setup import Machine, MapRequest, Preparation
from cropsample_plugin.engine.mapping.run_choices import Choices
from cropsample_plugin.engine.mapping.run_pace import RunPace
from cropsample_plugin.engine.mapping.tile_prediction import FACTORY, TileOrder, TileOutcome, TileSetup


def predict_on_cluster(
    preparation: Preparation, choices: Choices, run: tuple[MapRequest, Machine], pace: RunPace
) -> None:
    """Predict the open blocks; parts appear in the store as they are done.

    Workers that share the folder of parts write there themselves; from others, and from those whose disk is full,
    parts come through the network and this process writes them.

    Raises:
        CropSampleError: no cluster, a lost one, or a block that fails again and again; finished blocks stay.
        CanceledError: likewise.
    """
    request, machine = run
    if not pace.open_blocks:
        return
    store, progress = preparation.store, pace.progress
    needs = WorkerNeeds((request.stack,), str(store.folder), MANIFEST_NAME)
    with (
        connected(request.scheduler, machine.threads, progress) as client,
        tile_farm(client, FACTORY, _setup(preparation, choices, request, machine), needs, progress) as farm,
    ):
        kind = "share the output folder" if farm.is_shared else "send tiles back through the network"
        progress.log(f"Predicting on {farm.n_workers} workers with {farm.n_threads} threads; they {kind}.")
        pace.start(farm.n_threads)
        orders = [TileOrder(block.index, farm.is_shared) for block in pace.open_blocks]
        for order, done in farm.run(orders, progress):
            block = preparation.plan.block(order.index)
            _keep(preparation, block, done.result, done.worker)
            pace.note(block, done.result.n_predicted, done.seconds, done.worker)


def _keep(preparation: Preparation, block: Block, outcome: TileOutcome, worker: str) -> None:
    """Store what the worker could not, and list the part with its hash."""
    digest = outcome.digest
    if outcome.content is not None:
        digest = preparation.store.save_bytes(block, outcome.content)
    preparation.store.note(block, digest, worker)


def _setup(preparation: Preparation, choices: Choices, request: MapRequest, machine: Machine) -> TileSetup:
    return TileSetup(
        package=preparation.package,
        stack=request.stack,
        bands=preparation.bands,
        rule=preparation.rule,
        layout=preparation.layout,
        plan=preparation.plan,
        area=preparation.area,
        class_ids=tuple(int(number) for number in preparation.class_ids),
        choices=choices,
        identity=preparation.identity,
        folder=str(preparation.store.folder),
        method=preparation.predictor.name,
        device=machine.device,
    )
