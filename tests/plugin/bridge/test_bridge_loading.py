"""Loading the plugin: fast, without an engine, without heavy packages and without starting anything."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
HEAVY = ["torch", "sklearn", "rasterio", "pyogrio", "scipy", "pandas", "geopandas", "skimage", "dask", "matplotlib"]
PROGRAM = f"""
import json, os, subprocess, sys, time
sys.path.insert(0, {str(ROOT)!r})
from qgis.core import QgsApplication
application = QgsApplication([], False, sys.argv[1])
application.initQgis()
def refuse(*_arguments, **_options):
    raise AssertionError("a process was started")
subprocess.Popen = refuse
before = set(sys.modules)
start = time.perf_counter()
import cropsample_plugin
plugin = cropsample_plugin.classFactory(None)
plugin.initProcessing()
from cropsample_plugin.bridge import layers, styles, task, message_log, environment
problem = environment.engine_problem()
seconds = time.perf_counter() - start
loaded = sorted(name for name in set(sys.modules) - before if name.split(".")[0] in {HEAVY!r})
print("LOADED " + json.dumps(dict(seconds=seconds, problem=problem, loaded=loaded)), flush=True)
os._exit(0)
"""


def load(tmp_path, **variables):
    environment = {name: value for name, value in os.environ.items() if name != "CROPSAMPLE_PYTHON"}
    environment.update(QT_QPA_PLATFORM="offscreen", **variables)
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
        env=environment,
        timeout=60,
    )
    line = next((line for line in done.stdout.splitlines() if line.startswith("LOADED ")), "")
    assert line, done.stderr
    return json.loads(line[7:])


def test_loading_without_an_engine(tmp_path):
    report = load(tmp_path)
    assert report["loaded"] == []
    assert "Create engine" in report["problem"]
    assert report["seconds"] < 3.0, "the benchmark holds it to one second; this machine may be busy"


def test_an_engine_that_is_named_is_believed_without_starting_it(tmp_path):
    assert load(tmp_path, CROPSAMPLE_PYTHON=sys.executable)["problem"] == ""
