"""QGIS 3.22 ships Python 3.9: what runs in QGIS keeps to its syntax; the part without QGIS is run by one."""

from __future__ import annotations

import ast
import subprocess
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "cropsample_plugin"
IN_QGIS = [
    *(path for room in ("bridge", "algorithms", "gui") for path in sorted((PACKAGE / room).rglob("*.py"))),
    PACKAGE / "__init__.py",
    PACKAGE / "about.py",
    PACKAGE / "plugin.py",
    PACKAGE / "jobs" / "__init__.py",
    PACKAGE / "jobs" / "protocol.py",
]
SUPERVISOR = [
    "engine_process",
    "engine_errors",
    "environment",
    "environment_creation",
    "environment_plan",
    "exit_analysis",
    "interpreters",
    "job_folders",
    "live_jobs",
    "pip_output",
    "process_environment",
    "process_tree",
    "profile",
    "windows_job",
]


@pytest.mark.parametrize("path", IN_QGIS, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_syntax_is_that_of_python_3_9(path):
    ast.parse(path.read_text(encoding="utf-8"), feature_version=(3, 9))


def test_the_supervisor_runs_in_python_3_9():
    candidates = [*Path.home().glob(".pyenv/versions/3.9.*/bin/python"), Path("/usr/bin/python3.9")]
    python = next((str(path) for path in candidates if path.is_file()), "")
    if not python:
        pytest.skip("there is no Python 3.9 here")
    names = [f"cropsample_plugin.bridge.{name}" for name in SUPERVISOR]
    program = (
        f"import sys, importlib; sys.path.insert(0, {str(PACKAGE.parent)!r})\n"
        f"for name in {names!r}: importlib.import_module(name)\n"
        "from cropsample_plugin.bridge.exit_analysis import EngineExit, explain_exit\n"
        "from cropsample_plugin.jobs.protocol import Job, decode_event, encode_event, ProgressEvent\n"
        "assert Job.from_json(Job('probe', {}).to_json()) == Job('probe', {})\n"
        "assert decode_event(encode_event(ProgressEvent(0.5))) == ProgressEvent(0.5)\n"
        "assert explain_exit(EngineExit(-11, '', '')).kind == 'crash'\n"
    )
    done = subprocess.run([python, "-I", "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
