"""Killed, cancelled, damaged or changed in the middle: the maps come out the same, and nothing finished is lost."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
import rasterio
from mapping_cases import RecordingProgress, World, make_cube

from cropsample_plugin.engine.errors import CanceledError, OutputError, StackError
from cropsample_plugin.engine.mapping import block_reader, map_files
from cropsample_plugin.engine.mapping.block_reader import BlockReader
from cropsample_plugin.engine.mapping.part_store import PartStore
from cropsample_plugin.jobs.protocol import Job

ROOT = Path(__file__).resolve().parents[2]
SMALL_BLOCKS = {"memory_mb": 1, "threads": 1}


@pytest.fixture
def world(tmp_path):
    # 20,000 pixels in 5 x 6 blocks or so.
    world = World(tmp_path, *make_cube(height=200, width=100))
    world.train()
    return world


def stop_after(monkeypatch, n_parts, error=KeyboardInterrupt):
    """Let the process fall over after some parts, as a kill would, without asking it."""
    save = PartStore.save
    left = [n_parts]

    def failing(self, block, part):
        if left[0] == 0:
            raise error
        left[0] -= 1
        return save(self, block, part)

    monkeypatch.setattr(PartStore, "save", failing)


def start_engine(world):
    """Start the prediction in a process of its own, as the plugin does."""
    job = Job("predictmap", world.fields(), threads=1, memory_mb=1)
    path = world.folder / "job.json"
    path.write_text(job.to_json())
    return subprocess.Popen(
        [sys.executable, "-m", "cropsample_plugin.jobs", "run", str(path)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def kill_at(process, world, n_parts):
    """Kill without warning once some parts are there; return whether it was still running."""
    deadline = time.monotonic() + 120
    while process.poll() is None and time.monotonic() < deadline:
        if len(list(world.parts.glob("part-*.bin"))) >= n_parts:
            os.kill(process.pid, signal.SIGKILL)
            process.communicate()
            return True
        time.sleep(0.001)
    process.communicate()
    return False


def test_an_engine_killed_again_and_again_gives_the_same_bytes(world):
    world.predict(**SMALL_BLOCKS)
    expected = world.contents()
    for path in world.request.values():
        Path(path).unlink()
    rng = np.random.default_rng()
    killed = [kill_at(start_engine(world), world, n_parts) for n_parts in (1, int(rng.integers(2, 6)))]
    assert killed[0]
    last = start_engine(world)
    output, log = last.communicate(timeout=120)
    assert last.returncode == 0, log
    # The second kill may come too late on a fast machine; the maps are the same even so.
    assert json.loads(output)["n_blocks_resumed"] >= (1 if killed[1] else 0)
    assert world.contents() == expected
    assert not world.parts.exists()
    assert not list(world.folder.glob("*unfinished*"))


@pytest.mark.parametrize("n_parts", [0, 1, 3])
def test_finished_blocks_are_not_predicted_again(world, monkeypatch, n_parts):
    world.predict(**SMALL_BLOCKS)
    expected = world.contents()
    with monkeypatch.context() as patch:
        stop_after(patch, n_parts)
        with pytest.raises(KeyboardInterrupt):
            world.predict(**SMALL_BLOCKS)
    assert len(list(world.parts.glob("part-*.bin"))) == n_parts
    summary = world.predict(**SMALL_BLOCKS)
    assert summary.n_blocks_resumed == n_parts
    assert world.contents() == expected


def test_a_kill_while_the_maps_are_written_loses_no_block(world, monkeypatch):
    world.predict(**SMALL_BLOCKS)
    expected = world.contents()

    def die(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("cropsample_plugin.engine.mapping.map_files._check_overviews", die)
        with pytest.raises(KeyboardInterrupt):
            world.predict(**SMALL_BLOCKS)
    n_parts = len(list(world.parts.glob("part-*.bin")))
    assert world.predict(**SMALL_BLOCKS).n_blocks_resumed == n_parts
    assert world.contents() == expected


def test_cancel_keeps_what_is_done(world):
    with pytest.raises(CanceledError):
        world.predict(RecordingProgress(cancel_after=2), **SMALL_BLOCKS)
    n_parts = len(list(world.parts.glob("part-*.bin")))
    assert n_parts >= 2
    assert not Path(world.request["classes"]).exists()
    assert world.predict(**SMALL_BLOCKS).n_blocks_resumed == n_parts


def interrupted(world, monkeypatch, n_parts=3):
    with monkeypatch.context() as patch:
        stop_after(patch, n_parts)
        with pytest.raises(KeyboardInterrupt):
            world.predict(**SMALL_BLOCKS)


def test_a_damaged_part_is_predicted_again(world, monkeypatch):
    world.predict(**SMALL_BLOCKS)
    expected = world.contents()
    interrupted(world, monkeypatch)
    first, second, third = sorted(world.parts.glob("part-*.bin"))
    content = bytearray(first.read_bytes())
    content[-5] ^= 1
    first.write_bytes(content)
    second.write_bytes(second.read_bytes()[:-10])
    third.replace(world.parts / "part-000004.bin")
    progress = RecordingProgress()
    assert world.predict(progress, **SMALL_BLOCKS).n_blocks_resumed == 0
    assert sum("damaged" in message for message in progress.logs) == 3
    assert world.contents() == expected


@pytest.mark.parametrize("manifest", ["", "{}", "[1]", '{"version": 99}'])
def test_a_damaged_manifest_starts_anew(world, monkeypatch, manifest):
    interrupted(world, monkeypatch)
    (world.parts / "manifest.json").write_text(manifest)
    assert world.predict(**SMALL_BLOCKS).n_blocks_resumed == 0


def test_a_changed_stack_throws_the_parts_away_and_says_so(world, monkeypatch):
    interrupted(world, monkeypatch)
    os.utime(world.stack, ns=(1, 1))
    progress = RecordingProgress()
    assert world.predict(progress, **SMALL_BLOCKS).n_blocks_resumed == 0
    assert any("the stack" in message for message in progress.logs)


def test_another_model_throws_the_parts_away_and_says_so(world, monkeypatch):
    interrupted(world, monkeypatch)
    world.train(labels=("a", "b", "c"))
    progress = RecordingProgress()
    assert world.predict(progress, **SMALL_BLOCKS).n_blocks_resumed == 0
    assert any("the model package" in message for message in progress.logs)


def test_other_parameters_throw_the_parts_away(world, monkeypatch):
    interrupted(world, monkeypatch)
    progress = RecordingProgress()
    assert world.predict(progress, max_missing_share=0.1, **SMALL_BLOCKS).n_blocks_resumed == 0
    assert any("missing values" in message for message in progress.logs)


def test_without_resume_everything_is_predicted_again(world, monkeypatch):
    interrupted(world, monkeypatch)
    assert world.predict(resume=False, **SMALL_BLOCKS).n_blocks_resumed == 0


def test_the_choices_of_the_first_run_stay(world, monkeypatch):
    interrupted(world, monkeypatch)
    manifest = json.loads((world.parts / "manifest.json").read_text())
    assert manifest["choices"]["batch_size_px"] >= 1
    monkeypatch.setattr(
        "cropsample_plugin.engine.mapping.run_choices.measure_batch_size",
        lambda *_, **__: pytest.fail("measured again"),
    )
    world.predict(**SMALL_BLOCKS)


def test_a_read_that_stumbles_is_tried_again(world, monkeypatch):
    world.predict(**SMALL_BLOCKS)
    expected = world.contents()
    read, waits, stumbles = BlockReader._read, [], [2]

    def stumbling(self, block):
        if block.index == 3 and stumbles[0]:
            stumbles[0] -= 1
            raise rasterio.errors.RasterioIOError("the share is away")
        return read(self, block)

    monkeypatch.setattr(BlockReader, "_read", stumbling)
    monkeypatch.setattr(block_reader.time, "sleep", waits.append)
    world.predict(**SMALL_BLOCKS)
    assert world.contents() == expected
    assert waits == list(block_reader.RETRY_AFTER_S)


def test_a_corrupt_block_is_named_and_finished_parts_stay(world):
    world.predict(**SMALL_BLOCKS)
    expected = world.contents()
    sound = world.stack.read_bytes()
    status = world.stack.stat()
    with rasterio.open(world.stack) as dataset:
        offset = int(dataset.get_tag_item("BLOCK_OFFSET_6_12", "TIFF", bidx=1))
    world.stack.write_bytes(sound[:offset] + b"x" * 40 + sound[offset + 40 :])
    os.utime(world.stack, ns=(status.st_atime_ns, status.st_mtime_ns))
    with pytest.raises(StackError, match=r"stack\.tif .*block \d+ \(rows \d+ to 199"):
        world.predict(**SMALL_BLOCKS)
    assert list(world.parts.glob("part-*.bin"))
    world.stack.write_bytes(sound)
    os.utime(world.stack, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert world.predict(**SMALL_BLOCKS).n_blocks_resumed > 0
    assert world.contents() == expected


def test_a_full_disk_keeps_the_parts(world, monkeypatch):
    with monkeypatch.context() as patch:
        stop_after(patch, 2, OSError(28, "No space left on device"))
        with pytest.raises(OSError, match="No space"):
            world.predict(**SMALL_BLOCKS)
    assert world.predict(**SMALL_BLOCKS).n_blocks_resumed == 2


def test_too_little_space_is_said_at_once(world, monkeypatch):
    monkeypatch.setattr("shutil.disk_usage", lambda _: os.terminal_size((1, 1)) and type("Usage", (), {"free": 10})())
    with pytest.raises(OutputError, match="MiB"):
        world.predict()


def test_maps_in_place_survive_a_failed_run(world, monkeypatch):
    world.predict(**SMALL_BLOCKS)
    expected = world.contents()
    interrupted(world, monkeypatch)
    assert world.contents() == expected


@pytest.mark.parametrize("name", ["stack", "model_package"])
def test_an_output_equal_to_an_input_is_refused(world, name):
    before = world.stack.read_bytes()
    inputs = world.fields()
    if name == "model_package":
        inputs["model_package"] = str((world.folder / "model.zip").rename(world.folder / "model.tif"))
    with pytest.raises(OutputError, match="is also an input"):
        world.predict(**{**inputs, "classes": inputs[name]})
    assert world.stack.read_bytes() == before


def test_two_outputs_alike_are_refused(world):
    with pytest.raises(OutputError, match="same name"):
        world.predict(uncertainty=world.request["classes"])


def test_no_output_is_refused(world):
    with pytest.raises(OutputError, match="No output"):
        world.predict(classes="", probabilities="", uncertainty="")


@pytest.mark.parametrize("name", ["map.gpkg", "map", "nowhere/map.tif"])
def test_impossible_outputs_are_refused(world, name):
    with pytest.raises(OutputError):
        world.predict(classes=str(world.folder / name))


def test_a_folder_that_cannot_be_written_is_named(world, monkeypatch):
    monkeypatch.setattr("os.access", lambda *_: False)
    with pytest.raises(OutputError, match="cannot be written"):
        world.predict()


@pytest.mark.parametrize("n_bytes", [20, 2000, 20000])
def test_a_map_cut_off_by_a_full_disk_is_noticed(world, monkeypatch, n_bytes):
    world.predict(**SMALL_BLOCKS)
    expected = world.contents()

    check = map_files._check_content

    def cut(product, *rest):
        if product.kind == "probabilities":
            product.unfinished.write_bytes(product.unfinished.read_bytes()[:-n_bytes])
        check(product, *rest)

    with monkeypatch.context() as patch:
        patch.setattr(map_files, "_check_content", cut)
        with pytest.raises(OutputError, match=r"probabilities\.tif cannot be written.*Free some space"):
            world.predict(**SMALL_BLOCKS)
    assert world.parts.is_dir()
    assert world.contents() == expected
    world.predict(**SMALL_BLOCKS)
    assert world.contents() == expected
