"""The same map on a cluster: byte for byte, whatever dies on the way, and clear words when there is no cluster."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import sys
import threading
import time
from pathlib import Path

import numpy as np
import pytest
import rasterio
from mapping_cases import RecordingProgress, World, make_cube

from cropsample_plugin.engine.cluster import connection
from cropsample_plugin.engine.cluster.connection import check_versions, read_scheduler
from cropsample_plugin.engine.errors import CanceledError, ClusterError, InputError, MissingPackageError, StackError
from cropsample_plugin.engine.mapping.part_store import PartStore

distributed = pytest.importorskip("distributed")

SMALL_BLOCKS = {"memory_mb": 1, "threads": 2}


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    """Two workers of one thread each, which come back when they are killed."""
    with distributed.LocalCluster(
        n_workers=2,
        threads_per_worker=1,
        host="127.0.0.1",
        dashboard_address=None,
        memory_limit=0,
        local_directory=str(tmp_path_factory.mktemp("dask")),
        silence_logs=50,
    ) as running:
        yield running


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A trained world and the maps that one process makes."""
    world = World(tmp_path_factory.mktemp("world"), *make_cube(height=400, width=200))
    world.train()
    world.predict(**SMALL_BLOCKS)
    return world, world.contents()


@pytest.fixture
def world(made):
    world, _ = made
    for path in world.request.values():
        Path(path).unlink(missing_ok=True)
    shutil.rmtree(world.parts, ignore_errors=True)
    return world


@pytest.fixture
def expected(made):
    return made[1]


def worker_pids(cluster):
    with distributed.Client(cluster, set_as_default=False) as client:
        # One that was killed in the test before may still be on its way back.
        client.wait_for_workers(2, timeout=180)
        return list(client.run(os.getpid).values())


def kill_a_worker(cluster, world, n_parts, delay_s=0.0):
    """Kill one of the workers some time after some parts are there."""
    pid = worker_pids(cluster)[n_parts % 2]

    def wait_and_kill():
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and len(list(world.parts.glob("part-*.bin"))) < n_parts:
            time.sleep(0.002)
        time.sleep(delay_s)
        os.kill(pid, signal.SIGKILL)

    thread = threading.Thread(target=wait_and_kill)
    thread.start()
    return thread


def interrupt(world, monkeypatch, n_parts, error=KeyboardInterrupt):
    """Run on one process and fall over after some parts."""
    save, left = PartStore.save, [n_parts]

    def failing(self, block, part):
        if left[0] == 0:
            raise error
        left[0] -= 1
        return save(self, block, part)

    with monkeypatch.context() as patch:
        patch.setattr(PartStore, "save", failing)
        with pytest.raises(type(error) if isinstance(error, BaseException) else error):
            world.predict(**SMALL_BLOCKS)


@pytest.mark.parametrize("form", ["address", "local:2"])
def test_a_cluster_gives_the_bytes_of_one_process(world, expected, cluster, form):
    scheduler = cluster.scheduler_address if form == "address" else form
    progress = RecordingProgress()
    summary = world.predict(progress, scheduler=scheduler, **SMALL_BLOCKS)
    assert world.contents() == expected
    assert summary.n_blocks_resumed == 0
    assert any("2 workers with 2 threads; they share the output folder" in line for line in progress.logs)
    assert not world.parts.exists()


def test_the_map_so_far_can_be_looked_at(world, expected, monkeypatch):
    monkeypatch.setattr("cropsample_plugin.engine.mapping.preview._INTERVAL_S", 0.0)
    interrupt(world, monkeypatch, 6)
    (newest, *older) = sorted(world.parts.glob("preview-*.vrt"), reverse=True)
    assert len(older) <= 1
    with rasterio.open(newest) as preview:
        so_far, table = preview.read(1), preview.colormap(1)
        assert preview.nodata == 255
    world.predict(**SMALL_BLOCKS)
    with rasterio.open(world.request["classes"]) as finished:
        final = finished.read(1)
        assert {value: table[value] for value in np.unique(final) if value != 255} == {
            value: finished.colormap(1)[value] for value in np.unique(final) if value != 255
        }
    known = so_far != 255
    assert 0 < known.sum() < known.size
    assert (so_far[known] == final[known]).all()
    assert world.contents() == expected


@pytest.mark.parametrize("model", ["svm", "lstm"])
def test_other_models_too(tmp_path, cluster, model):
    world = World(tmp_path, *make_cube(height=120, width=60))
    world.train(model)
    world.predict(**SMALL_BLOCKS)
    expected = world.contents()
    world.predict(scheduler=cluster.scheduler_address, **SMALL_BLOCKS)
    assert world.contents() == expected


def test_a_run_starts_on_one_process_and_finishes_on_a_cluster(world, expected, cluster, monkeypatch):
    interrupt(world, monkeypatch, 5)
    summary = world.predict(scheduler=cluster.scheduler_address, **SMALL_BLOCKS)
    assert summary.n_blocks_resumed == 5
    assert world.contents() == expected


def test_a_run_starts_on_a_cluster_and_finishes_on_one_process(world, expected, cluster):
    with pytest.raises(CanceledError):
        world.predict(RecordingProgress(cancel_after=4), scheduler=cluster.scheduler_address, **SMALL_BLOCKS)
    n_parts = len(list(world.parts.glob("part-*.bin")))
    assert n_parts >= 4
    assert world.predict(**SMALL_BLOCKS).n_blocks_resumed >= n_parts
    assert world.contents() == expected


@pytest.mark.parametrize("moment", range(10))
def test_a_worker_killed_at_a_random_moment_changes_nothing(world, expected, cluster, moment):
    rng = np.random.default_rng(moment)
    killer = kill_a_worker(cluster, world, int(rng.integers(0, 14)), rng.random() * 0.05)
    world.predict(scheduler=cluster.scheduler_address, **SMALL_BLOCKS)
    killer.join()
    assert world.contents() == expected


def test_workers_that_do_not_share_the_folder_send_tiles_back(world, expected, cluster, monkeypatch):
    # A token that no worker finds is what a folder on another disk looks like.
    monkeypatch.setattr("cropsample_plugin.engine.mapping.cluster_prediction.MANIFEST_NAME", "nowhere")
    progress = RecordingProgress()
    world.predict(progress, scheduler=cluster.scheduler_address, **SMALL_BLOCKS)
    assert any("send tiles back" in line for line in progress.logs)
    assert world.contents() == expected


def fill_the_disk(share):
    """On a worker: let storing fail for a share of the tiles, as a full disk does."""
    from cropsample_plugin.engine.mapping.part_store import PartStore

    save = getattr(PartStore, "sound_save", PartStore.save)
    PartStore.sound_save = save

    def failing(self, block, part):
        if (block.index * 0.618) % 1 < share:
            raise OSError(28, "No space left on device")
        return save(self, block, part)

    PartStore.save = failing if share else save


def test_a_full_disk_on_a_worker_does_not_stop_the_run(world, expected, cluster):
    with distributed.Client(cluster, set_as_default=False) as client:
        first = next(iter(client.scheduler_info()["workers"]))
        client.run(fill_the_disk, 0.9, workers=[first])
        try:
            world.predict(scheduler=cluster.scheduler_address, **SMALL_BLOCKS)
        finally:
            client.run(fill_the_disk, 0.0, workers=[first])
    assert world.contents() == expected


def test_a_disk_full_at_ninety_percent_keeps_what_is_there(world, expected, cluster, monkeypatch):
    progress = RecordingProgress()
    world.predict(progress, **SMALL_BLOCKS)
    n_blocks = sum("Block" in message for message in progress.messages)
    assert n_blocks > 10
    interrupt(world, monkeypatch, int(0.9 * n_blocks), OSError(28, "No space left on device"))
    assert len(list(world.parts.glob("part-*.bin"))) == int(0.9 * n_blocks)
    summary = world.predict(scheduler=cluster.scheduler_address, **SMALL_BLOCKS)
    assert summary.n_blocks_resumed == int(0.9 * n_blocks)
    assert world.contents() == expected


def test_tiles_that_were_tampered_with_are_predicted_again(world, expected, cluster, monkeypatch):
    interrupt(world, monkeypatch, 6)
    first, second, third, *_ = sorted(world.parts.glob("part-*.bin"))
    content = bytearray(first.read_bytes())
    content[-1] ^= 1
    first.write_bytes(content)
    second.unlink()
    # A part of the same run under another name.
    third.write_bytes(first.read_bytes())
    progress = RecordingProgress()
    summary = world.predict(progress, scheduler=cluster.scheduler_address, **SMALL_BLOCKS)
    assert summary.n_blocks_resumed == 3
    assert sum("damaged" in line for line in progress.logs) == 2
    assert world.contents() == expected


def test_a_part_with_a_hash_of_its_own_is_found_by_the_list(world, expected, monkeypatch):
    interrupt(world, monkeypatch, 3)
    path = sorted(world.parts.glob("part-*.bin"))[1]
    ledger = world.parts / "tiles.jsonl"
    lines = ledger.read_text().splitlines()
    digest = path.read_bytes()[:32].hex()
    assert sum(digest in line for line in lines) == 1
    ledger.write_text("\n".join(line.replace(digest, "0" * 64) for line in lines) + "\n")
    progress = RecordingProgress()
    assert world.predict(progress, **SMALL_BLOCKS).n_blocks_resumed == 2
    assert any("damaged" in line for line in progress.logs)
    assert world.contents() == expected


class LosesTheScheduler(RecordingProgress):
    """Closes the scheduler after some blocks."""

    def __init__(self, cluster, after):
        super().__init__()
        self.cluster, self.after = cluster, after

    def report(self, fraction, message=""):
        super().report(fraction, message)
        if sum("Block" in text for text in self.messages) == self.after:
            self.cluster.close()


def test_a_lost_scheduler_keeps_the_parts(world, expected, tmp_path):
    own = distributed.LocalCluster(
        n_workers=1, threads_per_worker=1, dashboard_address=None, local_directory=str(tmp_path), silence_logs=50
    )
    with pytest.raises(ClusterError, match=r"scheduler is lost.*finished parts are kept"):
        world.predict(LosesTheScheduler(own, 3), scheduler=own.scheduler_address, **SMALL_BLOCKS)
    n_parts = len(list(world.parts.glob("part-*.bin")))
    assert n_parts >= 3
    assert world.predict(**SMALL_BLOCKS).n_blocks_resumed == n_parts
    assert world.contents() == expected


def test_a_tile_that_fails_everywhere_ends_the_run_with_its_reason(tmp_path, cluster):
    world = World(tmp_path, *make_cube(height=200, width=100))
    world.train()
    status, sound = world.stack.stat(), world.stack.read_bytes()
    with rasterio.open(world.stack) as dataset:
        offset = int(dataset.get_tag_item("BLOCK_OFFSET_6_12", "TIFF", bidx=1))
    world.stack.write_bytes(sound[:offset] + b"x" * 40 + sound[offset + 40 :])
    os.utime(world.stack, ns=(status.st_atime_ns, status.st_mtime_ns))
    progress = RecordingProgress()
    with pytest.raises(StackError, match=r"stack\.tif cannot be read at block"):
        world.predict(progress, scheduler=cluster.scheduler_address, **SMALL_BLOCKS)
    assert sum("computed again" in line for line in progress.logs) >= 3
    n_parts = len(list(world.parts.glob("part-*.bin")))
    assert n_parts > 0
    world.stack.write_bytes(sound)
    os.utime(world.stack, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert world.predict(scheduler=cluster.scheduler_address, **SMALL_BLOCKS).n_blocks_resumed == n_parts


def test_a_scheduler_that_is_not_there(world, monkeypatch):
    monkeypatch.setattr(connection, "CONNECT_TIMEOUT_S", 1.0)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
        with pytest.raises(ClusterError, match=rf"{address} cannot be reached.*leave SCHEDULER empty"):
            world.predict(scheduler=address, **SMALL_BLOCKS)


def test_something_else_on_that_port(world, monkeypatch):
    monkeypatch.setattr(connection, "CONNECT_TIMEOUT_S", 2.0)
    server = socket.create_server(("127.0.0.1", 0))

    def answer():
        try:
            peer, _ = server.accept()
            peer.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n" * 8)
            peer.close()
        except OSError:
            return

    threading.Thread(target=answer, daemon=True).start()
    with server, pytest.raises(ClusterError, match="cannot be reached"):
        world.predict(scheduler=f"127.0.0.1:{server.getsockname()[1]}", **SMALL_BLOCKS)


def test_a_scheduler_without_workers(world, monkeypatch):
    monkeypatch.setattr(connection, "WORKER_TIMEOUT_S", 0.5)
    with distributed.LocalCluster(n_workers=0, dashboard_address=None, silence_logs=50) as empty:
        progress = RecordingProgress()
        with pytest.raises(ClusterError, match="No worker has joined"):
            world.predict(progress, scheduler=empty.scheduler_address, **SMALL_BLOCKS)
    assert any("no worker yet" in line for line in progress.logs)


def test_workers_without_the_packages(world, cluster, monkeypatch):
    monkeypatch.setattr("cropsample_plugin.engine.cluster.tile_farm.WORKER_PACKAGES", ("numpy", "rasterio_of_nobody"))
    with pytest.raises(ClusterError, match=r"lacks the package rasterio_of_nobody.*engine\.lock"):
        world.predict(scheduler=cluster.scheduler_address, **SMALL_BLOCKS)


def test_workers_that_do_not_see_the_stack(world, cluster, monkeypatch):
    from cropsample_plugin.engine.cluster import tile_farm

    real = tile_farm.WorkerNeeds
    patched = "cropsample_plugin.engine.mapping.cluster_prediction.WorkerNeeds"
    monkeypatch.setattr(patched, lambda _, *rest: real(("elsewhere/stack.tif",), *rest))
    with pytest.raises(ClusterError, match=r"does not see elsewhere/stack\.tif.*shared disk"):
        world.predict(scheduler=cluster.scheduler_address, **SMALL_BLOCKS)


def test_an_engine_without_dask(world, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(MissingPackageError, match="distributed"):
        world.predict(scheduler="local:2", **SMALL_BLOCKS)


@pytest.mark.parametrize("text", ["cluster", "local:0", "local:x", "http://host:1", "nowhere.json", "tcp://host"])
def test_what_is_no_scheduler(text):
    with pytest.raises(InputError):
        read_scheduler(text, 2)


def test_what_is_a_scheduler(tmp_path):
    file = tmp_path / "scheduler.json"
    file.touch()
    assert read_scheduler("local", 3).n_local == 3
    assert read_scheduler("local:2", 3).n_local == 2
    assert read_scheduler("10.0.0.1:8786", 1).address == "tcp://10.0.0.1:8786"
    assert read_scheduler("tls://[::1]:8786", 1).address == "tls://[::1]:8786"
    assert read_scheduler(str(file), 1).file == str(file)


def versions(**worker):
    own = {"python": "3.11.7.final.0", "distributed": "1", "dask": "1", "cloudpickle": "1", "numpy": "2"}
    return {
        "client": {"packages": own},
        "scheduler": {"packages": dict(own)},
        "workers": {"tcp://a": {"packages": {**own, **worker}}},
    }


def test_equal_versions_are_accepted():
    check_versions(versions())
    check_versions(versions(python="3.11.9.final.0"))


@pytest.mark.parametrize(
    ("worker", "word"),
    [
        ({"distributed": "2"}, "distributed 2"),
        ({"numpy": None}, "numpy missing"),
        ({"python": "3.12.1"}, r"Python 3\.12"),
    ],
)
def test_other_versions_are_named(worker, word):
    with pytest.raises(ClusterError, match=f"tcp://a has {word}, here it is"):
        check_versions(versions(**worker))


def test_another_version_is_refused_before_any_tile(world, cluster, monkeypatch):
    real = distributed.Client.get_versions

    def older(self, **options):
        found = real(self, **options)
        found["scheduler"]["packages"]["distributed"] = "2021.1.0"
        return found

    monkeypatch.setattr(distributed.Client, "get_versions", older)
    with pytest.raises(ClusterError, match=r"the scheduler has distributed 2021\.1\.0"):
        world.predict(scheduler=cluster.scheduler_address, **SMALL_BLOCKS)
    assert not list(world.parts.glob("part-*.bin"))
