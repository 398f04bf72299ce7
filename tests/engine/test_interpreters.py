"""Discovery of interpreters over fake layouts of every system that QGIS runs on."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from cropsample_plugin.bridge.engine_errors import EngineError
from cropsample_plugin.bridge.interpreters import (
    Host,
    Interpreter,
    candidate_paths,
    find_base_python,
    find_interpreters,
    inspect_interpreter,
)


def lay_out(root, *names):
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"program")
        path.chmod(0o755)


def relative(root, host):
    return [path.relative_to(root).as_posix() for path in candidate_paths(host)]


def test_osgeo4w_offers_its_python_and_never_qgis(tmp_path):
    lay_out(tmp_path, "OSGeo4W/bin/qgis-bin.exe", "OSGeo4W/bin/python3.exe", "OSGeo4W/apps/Python312/python.exe")
    host = Host(
        platform="win32",
        executable=str(tmp_path / "OSGeo4W/bin/qgis-bin.exe"),
        prefix=str(tmp_path / "OSGeo4W/apps/Python312"),
        environ={"OSGEO4W_ROOT": str(tmp_path / "OSGeo4W"), "PATH": ""},
        root=tmp_path / "nothing",
    )
    assert relative(tmp_path, host) == ["OSGeo4W/apps/Python312/python.exe"]


def test_standalone_installer_without_the_variable(tmp_path):
    qgis = "Program Files/QGIS 3.34.4"
    lay_out(tmp_path, f"{qgis}/bin/qgis-ltr-bin.exe", f"{qgis}/apps/Python312/python.exe")
    host = Host(
        platform="win32",
        executable=str(tmp_path / qgis / "bin/qgis-ltr-bin.exe"),
        prefix=str(tmp_path / qgis / "apps/Python312"),
        environ={},
        root=tmp_path / "nothing",
    )
    assert relative(tmp_path, host) == [f"{qgis}/apps/Python312/python.exe"]


def test_windows_prefers_a_python_that_outlives_qgis_updates(tmp_path):
    lay_out(
        tmp_path,
        "QGIS/bin/qgis-bin.exe",
        "QGIS/apps/Python312/python.exe",
        "Users/ana/AppData/Local/Programs/Python/Python311/python.exe",
        "Users/ana/miniforge3/python.exe",
    )
    stub = tmp_path / "Users/ana/AppData/Local/Microsoft/WindowsApps/python.exe"
    stub.parent.mkdir(parents=True)
    stub.touch()
    host = Host(
        platform="win32",
        executable=str(tmp_path / "QGIS/bin/qgis-bin.exe"),
        prefix=str(tmp_path / "QGIS/apps/Python312"),
        environ={
            "LOCALAPPDATA": str(tmp_path / "Users/ana/AppData/Local"),
            "USERPROFILE": str(tmp_path / "Users/ana"),
            "PATH": str(stub.parent),
        },
        root=tmp_path / "nothing",
    )
    assert relative(tmp_path, host) == [
        "Users/ana/AppData/Local/Programs/Python/Python311/python.exe",
        "Users/ana/miniforge3/python.exe",
        "QGIS/apps/Python312/python.exe",
    ]


@pytest.mark.parametrize(
    "python",
    [
        "MacOS/bin/python3",
        "MacOS/python3.12",
        "Frameworks/bin/python3.12",
        "Frameworks/Python.framework/Versions/3.12/bin/python3.12",
    ],
)
def test_macos_application_variants(tmp_path, python):
    contents = "Applications/QGIS.app/Contents"
    lay_out(tmp_path, f"{contents}/MacOS/QGIS", f"{contents}/{python}", "opt/homebrew/bin/python3.13")
    host = Host(
        "darwin", str(tmp_path / contents / "MacOS/QGIS"), str(tmp_path / contents / "Frameworks"), {}, tmp_path
    )
    assert relative(tmp_path, host) == ["opt/homebrew/bin/python3.13", f"{contents}/{python}"]


def test_linux_looks_at_the_system_and_the_path(tmp_path):
    lay_out(tmp_path, "usr/bin/python3.9", "usr/bin/python3", "opt/py/bin/python3.12", "usr/bin/qgis")
    host = Host(
        "linux", str(tmp_path / "usr/bin/qgis"), str(tmp_path / "usr"), {"PATH": str(tmp_path / "opt/py/bin")}, tmp_path
    )
    assert relative(tmp_path, host)[:2] == ["usr/bin/python3", "opt/py/bin/python3.12"]


def test_flatpak_uses_the_python_of_the_sandbox(tmp_path):
    lay_out(tmp_path, ".flatpak-info", "usr/bin/python3", "host/bin/python3.12")
    host = Host(
        "linux", str(tmp_path / "app/bin/qgis"), str(tmp_path / "usr"), {"PATH": str(tmp_path / "host/bin")}, tmp_path
    )
    assert host.is_flatpak
    assert relative(tmp_path, host) == ["usr/bin/python3"]


def test_conda_qgis_offers_the_python_of_its_environment(tmp_path):
    lay_out(tmp_path, "conda/envs/qgis/bin/python3")
    host = Host("linux", str(tmp_path / "conda/envs/qgis/bin/qgis"), str(tmp_path / "conda/envs/qgis"), {}, tmp_path)
    assert relative(tmp_path, host) == ["conda/envs/qgis/bin/python3"]


def test_one_program_under_two_names_is_offered_once(tmp_path):
    lay_out(tmp_path, "usr/bin/python3.12")
    (tmp_path / "usr/bin/python3").symlink_to("python3.12")
    assert relative(tmp_path, Host("linux", "", str(tmp_path / "usr"), {}, tmp_path)) == ["usr/bin/python3"]


def test_old_ones_are_left_out_and_tested_ones_come_first(tmp_path):
    lay_out(tmp_path, "usr/bin/python3", "a/python3.11", "b/python3.12")
    versions = {"python3": (3, 15), "python3.11": (3, 10), "python3.12": (3, 12)}
    path = f"{tmp_path / 'a'}:{tmp_path / 'b'}"
    found = find_interpreters(
        Host("linux", "", "/nowhere", {"PATH": path}, tmp_path),
        lambda path: Interpreter(path, versions[Path(path).name]),
    )
    assert [interpreter.version for interpreter in found] == [(3, 12), (3, 15)]


@pytest.mark.parametrize(("platform", "word"), [("win32", "python.org"), ("darwin", "Homebrew"), ("linux", "apt")])
def test_nothing_found_says_what_to_install(tmp_path, platform, word):
    with pytest.raises(EngineError) as caught:
        find_base_python(Host(platform, "", str(tmp_path), {}, tmp_path))
    assert caught.value.kind == "not_started"
    assert word in caught.value.remedy


def test_this_python_is_recognised():
    found = inspect_interpreter(sys.executable)
    assert found is not None
    assert found.version == sys.version_info[:2]


@pytest.mark.skipif(os.name == "nt", reason="shell script")
@pytest.mark.parametrize(
    "text", ["#!/bin/sh\nexit 1\n", "#!/bin/sh\necho hello\n", "no program", "#!/bin/sh\nexec sleep 60\n"]
)
def test_programs_that_are_no_python_are_recognised(tmp_path, text, monkeypatch):
    monkeypatch.setattr("cropsample_plugin.bridge.interpreters._INSPECTION_TIMEOUT_S", 0.5)
    path = tmp_path / "python3"
    path.write_text(text, encoding="ascii")
    path.chmod(0o755)
    assert inspect_interpreter(str(path)) is None
