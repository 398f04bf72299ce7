"""The engine environment: where it is looked for, what creating it runs, and creating one for real without network."""

from __future__ import annotations

import dataclasses
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from types import SimpleNamespace

import pytest

from cropsample_plugin.bridge import environment, environment_creation
from cropsample_plugin.bridge.engine_errors import EngineError
from cropsample_plugin.bridge.environment import EngineLocation, locate_engine, location_problem
from cropsample_plugin.bridge.environment_creation import create_environment
from cropsample_plugin.bridge.environment_plan import (
    CreationCommand,
    EnvironmentOptions,
    creation_commands,
    environment_python,
    marker_problem,
    n_pinned,
    shown_commands,
    write_marker,
)
from cropsample_plugin.bridge.process_environment import engine_environment

LOCK = "# pinned\nnumpy==2.4.0\ntorch==2.13.0 \\\n    --hash=sha256:00\nscikit-learn==1.9.1\n"


@pytest.fixture
def lock(tmp_path):
    path = tmp_path / "engine.lock"
    path.write_text(LOCK, encoding="utf-8")
    return path


@pytest.fixture
def options(tmp_path, lock):
    return EnvironmentOptions(str(tmp_path / "profile" / "engine"), str(lock), sys.executable, platform="linux")


def program(path):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("#!/bin/sh\n", encoding="ascii")
    path.chmod(0o755)
    return path


def test_setting_before_variable_before_own_environment(tmp_path):
    own = tmp_path / "engine"
    assert locate_engine("", {}, own) is None
    program(environment_python(own))
    assert locate_engine("", {}, own) == EngineLocation(str(environment_python(own)), "plugin")
    variable = {"CROPSAMPLE_PYTHON": "/opt/conda/bin/python"}
    assert locate_engine("", variable, own) == EngineLocation("/opt/conda/bin/python", "environment variable")
    assert locate_engine("/usr/bin/python3", variable, own) == EngineLocation("/usr/bin/python3", "setting")


@pytest.mark.skipif(sys.platform == "win32", reason="layout of environments on POSIX")
def test_an_environment_folder_or_a_command_may_be_named(tmp_path, monkeypatch):
    conda = program(tmp_path / "conda" / "bin" / "python")
    assert locate_engine(str(tmp_path / "conda"), {}, tmp_path).python == str(conda)
    module = program(tmp_path / "modules" / "python3.12")
    monkeypatch.setenv("PATH", str(module.parent))
    assert locate_engine("python3.12", {}, tmp_path).python == str(module)
    empty = locate_engine(str(tmp_path), {}, tmp_path)
    assert "no Python in the folder" in location_problem(empty)


def test_problems_say_what_to_do(tmp_path):
    assert "Create engine" in location_problem(None)
    assert "There is no Python at" in location_problem(EngineLocation(str(tmp_path / "no"), "setting"))
    assert "QGIS itself" in location_problem(EngineLocation("C:\\OSGeo4W\\bin\\qgis-bin.exe", "environment variable"))
    plain = program(tmp_path / "python")
    assert location_problem(EngineLocation(str(plain), "setting")) == ""
    plain.chmod(0o644)
    assert "may run" in location_problem(EngineLocation(str(plain), "setting"))


def test_looking_for_problems_starts_no_process(tmp_path, monkeypatch):
    def refuse(*_args, **_kwargs):
        raise AssertionError("a process was started")

    monkeypatch.setattr(subprocess, "Popen", refuse)
    location_problem(EngineLocation(str(program(tmp_path / "python")), "setting"))


def test_an_incomplete_or_outdated_environment_is_reported(options, lock):
    python = program(environment_python(Path(options.folder)))
    assert "not complete" in marker_problem(python, lock)
    write_marker(Path(options.folder), options)
    assert marker_problem(python, lock) == ""
    lock.write_text("numpy==3\n", encoding="utf-8")
    assert "another version" in marker_problem(python, lock)


def test_cpu_build_on_linux_takes_the_small_wheel_first(options):
    commands = creation_commands(options)
    assert [command.is_optional for command in commands] == [False, True, False]
    assert "torch==2.13.0+cpu" in commands[1].arguments
    assert "https://download.pytorch.org/whl/cpu" in commands[1].arguments
    assert commands[2].arguments[-2:] == ["-r", options.lock_file]


@pytest.mark.parametrize(("platform", "build"), [("darwin", "cpu"), ("win32", "cpu"), ("linux", "cuda")])
def test_plain_index_where_it_has_the_right_build(options, platform, build):
    commands = creation_commands(dataclasses.replace(options, platform=platform, build=build))
    assert len(commands) == 2
    assert not any("pytorch.org" in argument for command in commands for argument in command.arguments)


def test_cuda_build_on_windows_is_not_optional(options):
    commands = creation_commands(dataclasses.replace(options, platform="win32", build="cuda"))
    assert any(argument.startswith("torch==2.13.0+cu") for argument in commands[1].arguments)
    assert not commands[1].is_optional
    assert commands[1].arguments[0].endswith("python.exe")


def test_wheel_folder_needs_no_network(options):
    commands = creation_commands(dataclasses.replace(options, wheel_folder="/media/usb/wheels"))
    assert len(commands) == 2
    assert commands[1].arguments[-5:-2] == ["--no-index", "--find-links", "/media/usb/wheels"]


def test_commands_are_shown_as_they_run(options):
    spaced = dataclasses.replace(options, folder="/home/a user/engine")
    text = shown_commands(spaced)
    assert "'/home/a user/engine.partial'" in text
    assert text.splitlines()[-1] == "mv '/home/a user/engine.partial' '/home/a user/engine'"


def test_pins_are_counted():
    assert n_pinned(LOCK) == 3


def create(options, is_canceled=lambda: False):
    lines, shares = [], []
    python = create_environment(options, lines.append, shares.append, is_canceled)
    return python, lines, shares


def refusal(options, **changes):
    with pytest.raises(EngineError) as caught:
        create(dataclasses.replace(options, **changes))
    return caught.value


def test_never_into_the_python_that_runs_this(options):
    assert "QGIS's own Python" in refusal(options, folder=sys.prefix).message
    assert "QGIS's own Python" in refusal(options, folder=str(Path(sys.prefix).parent)).message


def test_never_over_other_files(options):
    folder = Path(options.folder)
    folder.mkdir(parents=True)
    (folder / "thesis.docx").touch()
    assert "other files" in refusal(options).message
    assert (folder / "thesis.docx").exists()


def test_bad_options_are_refused(options, tmp_path):
    assert "build" in refusal(options, build="rocm").message
    assert "missing" in refusal(options, lock_file=str(tmp_path / "no.lock")).message
    assert "no wheels" in refusal(options, wheel_folder=str(tmp_path)).message


def test_too_little_space_is_said_before_anything_is_written(options, monkeypatch):
    usage = SimpleNamespace(free=1_500_000_000)
    monkeypatch.setattr(environment_creation.shutil, "disk_usage", lambda _path: usage)
    error = refusal(options)
    assert error.kind == "disk_full"
    assert "3 GB" in error.message
    assert "8 GB" in refusal(options, build="cuda").message
    assert not Path(options.folder).parent.exists()


@pytest.fixture
def wheels(tmp_path):
    folder = tmp_path / "wheels"
    folder.mkdir()
    info = "cropdemo-1.0.dist-info"
    with zipfile.ZipFile(folder / "cropdemo-1.0-py3-none-any.whl", "w") as wheel:
        wheel.writestr("cropdemo.py", "ANSWER = 42\n")
        wheel.writestr(f"{info}/METADATA", "Metadata-Version: 2.1\nName: cropdemo\nVersion: 1.0\n")
        wheel.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        wheel.writestr(f"{info}/RECORD", "")
    return folder


@pytest.fixture
def offline(options, lock, wheels, monkeypatch):
    monkeypatch.setattr(environment_creation, "NEEDED_GB", {"cpu": 0, "cuda": 0})
    lock.write_text("cropdemo==1.0\n", encoding="utf-8")
    return dataclasses.replace(options, wheel_folder=str(wheels))


def test_an_environment_is_created_without_network_and_replaced(offline, lock):
    python, lines, shares = create(offline)
    answer = subprocess.run(
        [python, "-I", "-c", "import cropdemo, sys; print(cropdemo.ANSWER, sys.prefix)"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert answer == ["42", offline.folder]
    assert any("Collecting cropdemo" in line or "Processing" in line for line in lines)
    assert lines[0].startswith("$ ")
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert marker_problem(Path(python), lock) == ""
    left = sorted(path.name for path in Path(offline.folder).parent.iterdir())
    assert left == ["engine"]
    (Path(offline.folder) / "old").touch()
    create(offline)
    assert not (Path(offline.folder) / "old").exists()


def test_a_failure_keeps_the_older_environment_and_leaves_nothing_half_made(offline, lock):
    folder = Path(offline.folder)
    folder.mkdir(parents=True)
    (folder / "pyvenv.cfg").write_text("home = /usr\n", encoding="ascii")
    lock.write_text("not-in-the-folder==1.0\n", encoding="utf-8")
    error = refusal(offline)
    assert "not available" in error.message
    assert "wheel folder" in error.remedy
    assert sorted(path.name for path in folder.parent.iterdir()) == ["engine"]
    assert (folder / "pyvenv.cfg").is_file()


def test_cancel_ends_creation_and_removes_what_was_begun(offline, tmp_path):
    slow = program(tmp_path / "slow")
    slow.write_text("#!/bin/sh\nmkdir -p $5\nsleep 60 & sleep 60\n", encoding="ascii")
    start = time.monotonic()
    with pytest.raises(EngineError) as caught:
        create(dataclasses.replace(offline, base_python=str(slow)), lambda: time.monotonic() - start > 0.5)
    assert caught.value.is_canceled
    assert time.monotonic() - start < 3.0
    assert not list(Path(offline.folder).parent.iterdir())


@pytest.mark.parametrize(
    ("output", "kind", "word"),
    [
        ("OSError: [Errno 28] No space left on device", "disk_full", "full"),
        ("ensurepip is not available", "input", "environments"),
        ("enable Windows Long Path support", "output", "too long"),
        ("Retrying ... connection broken ...\nNo matching distribution found for torch", "network", "downloaded"),
        ("SSLError CERTIFICATE_VERIFY_FAILED", "network", "trusted"),
        ("No matching distribution found for torch==2.13.0", "input", "not available"),
        ("something else", "environment", "something else"),
        ("", "environment", "no output"),
    ],
)
def test_failures_of_pip_are_told_apart(output, kind, word):
    command = CreationCommand(["pip"], "Install the packages")
    error = environment_creation._command_error(command, output)
    assert error.kind == kind
    assert word in error.message
    assert error.remedy


def test_an_optional_command_may_fail(offline, lock):
    lock.write_text("cropdemo==1.0\ntorch==99.0\n", encoding="utf-8")
    options = dataclasses.replace(offline, wheel_folder="")
    commands = creation_commands(options)
    assert commands[1].is_optional
    broken = dataclasses.replace(commands[1], arguments=[sys.executable, "-c", "raise SystemExit(1)"])
    lines = []
    environment_creation._run_all([broken], options, lines.append, lambda _share: None, lambda: False)
    assert lines[-1] == "Install PyTorch for CPU: failed, going on without it."


def test_a_locked_folder_brings_the_older_environment_back(offline, monkeypatch):
    folder = Path(offline.folder)
    folder.mkdir(parents=True)
    (folder / "pyvenv.cfg").touch()

    def locked(*_paths):
        raise PermissionError(13, "The process cannot access the file")

    monkeypatch.setattr(environment_creation, "_run_all", lambda *_args: (Path(f"{folder}.partial")).mkdir())
    monkeypatch.setattr(environment_creation, "_rename_patiently", locked)
    error = refusal(offline)
    assert error.kind == "output"
    assert "Close other QGIS windows" in error.remedy
    assert (folder / "pyvenv.cfg").is_file()
    assert [path.name for path in folder.parent.iterdir()] == ["engine"]


def test_base_python_that_does_not_start(offline, tmp_path):
    assert refusal(offline, base_python=str(tmp_path / "nowhere")).kind == "not_started"


def test_qgis_variables_do_not_reach_the_engine():
    qgis = {
        "PYTHONHOME": "x",
        "PYTHONPATH": "x",
        "GDAL_DATA": "x",
        "PROJ_LIB": "x",
        "PROJ_DATA": "x",
        "GDAL_DRIVER_PATH": "x",
        "QT_PLUGIN_PATH": "x",
        "DYLD_LIBRARY_PATH": "x",
        "LD_PRELOAD": "x",
        "QGIS_PREFIX_PATH": "x",
        "VIRTUAL_ENV": "x",
        "MPLBACKEND": "module://qgis",
        "LD_LIBRARY_PATH": "/opt/qgis/lib:/apps/python/3.11/lib",
        "PATH": "/opt/qgis/bin:/usr/bin",
        "HTTPS_PROXY": "http://proxy:3128",
        "CUDA_VISIBLE_DEVICES": "0",
        "HOME": "/home/ana",
    }
    assert engine_environment("/usr/bin/python3", qgis) == {
        "MPLBACKEND": "Agg",
        "LD_LIBRARY_PATH": "/apps/python/3.11/lib",
        "PATH": "/usr/bin",
        "HTTPS_PROXY": "http://proxy:3128",
        "CUDA_VISIBLE_DEVICES": "0",
        "HOME": "/home/ana",
    }


@pytest.mark.skipif(sys.platform == "win32", reason="layout of conda on POSIX")
def test_a_conda_python_finds_its_own_data(tmp_path):
    for name in ("conda-meta", "bin", "share/gdal", "share/proj"):
        (tmp_path / name).mkdir(parents=True)
    found = engine_environment(str(tmp_path / "bin" / "python"), {"GDAL_DATA": "qgis", "PATH": "/usr/bin"})
    assert found["GDAL_DATA"] == str(tmp_path / "share" / "gdal")
    assert found["PROJ_DATA"] == str(tmp_path / "share" / "proj")
    assert found["PATH"] == f"{tmp_path / 'bin'}:/usr/bin"


def test_a_probe_reports_this_python():
    pytest.importorskip("numpy")
    report = environment.probe_engine(sys.executable)
    assert report["python"] == ".".join(map(str, sys.version_info[:3]))
    assert report["devices"][-1] == "cpu"
