"""Operations on stacks on a cluster: the bytes of one process, also after a cancel and with a killed worker."""

from __future__ import annotations

import os
import signal
import threading

import numpy as np
import pytest
from dated_stacks import ListeningProgress
from test_object_strata import fields, write_stack
from test_stack_operations import JOBS, run, small_tiles, stack  # noqa: F401 - stack is a fixture

from cropsample_plugin.engine.errors import CanceledError
from cropsample_plugin.engine.sampling.pixel_features import PixelFeatures
from cropsample_plugin.engine.sampling.segment_tiles import SegmentOptions
from cropsample_plugin.engine.sampling.segmentation import segment_raster

distributed = pytest.importorskip("distributed")


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    folder = str(tmp_path_factory.mktemp("dask"))
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address=None, local_directory=folder, silence_logs=50
    ) as running:
        yield running


@pytest.mark.parametrize("name", JOBS)
def test_a_cluster_gives_the_bytes_of_one_process(stack, tmp_path, monkeypatch, cluster, name):  # noqa: F811
    small_tiles(monkeypatch, 32)
    local = run(name, stack, tmp_path / "local.tif")
    shared = run(name, stack, tmp_path / "shared.tif", scheduler=cluster.scheduler_address)
    assert (tmp_path / "shared.tif").read_bytes() == (tmp_path / "local.tif").read_bytes()
    assert {**shared, "output": ""} == {**local, "output": ""}


def test_segments_are_the_same(tmp_path, cluster):
    path = write_stack(tmp_path / "s.tif", fields())
    labels = []
    for name, scheduler in (("local", ""), ("shared", cluster.scheduler_address)):
        folder = tmp_path / name
        folder.mkdir()
        options = SegmentOptions(object_pixels=36, tile_pixels=30)
        found, _ = segment_raster(PixelFeatures.open(path), options, folder, ListeningProgress(), scheduler)
        labels.append(np.array(found))
    assert labels[0].max() > 50
    assert (labels[0] == labels[1]).all()


def test_started_here_finished_there(stack, tmp_path, monkeypatch, cluster):  # noqa: F811
    small_tiles(monkeypatch, 32)
    run("composite", stack, tmp_path / "whole.tif")
    with pytest.raises(CanceledError):
        run("composite", stack, tmp_path / "part.tif", ListeningProgress(cancel_after=3))
    progress = ListeningProgress()
    run("composite", stack, tmp_path / "part.tif", progress, scheduler=cluster.scheduler_address)
    assert any("are kept" in message for _, message in progress.logged)
    assert (tmp_path / "part.tif").read_bytes() == (tmp_path / "whole.tif").read_bytes()


def test_a_killed_worker_changes_nothing(stack, tmp_path, monkeypatch, cluster):  # noqa: F811
    small_tiles(monkeypatch, 16)
    run("preprocess", stack, tmp_path / "whole.tif")
    with distributed.Client(cluster, set_as_default=False) as client:
        pid = next(iter(client.run(os.getpid).values()))
    killer = threading.Timer(1.0, os.kill, (pid, signal.SIGKILL))
    killer.start()
    run("preprocess", stack, tmp_path / "shared.tif", scheduler=cluster.scheduler_address)
    killer.join()
    assert (tmp_path / "shared.tif").read_bytes() == (tmp_path / "whole.tif").read_bytes()
