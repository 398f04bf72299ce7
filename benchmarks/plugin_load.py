"""How long CropSample takes to load in QGIS, against the limit of one second.

Run with QGIS's Python: ``QT_QPA_PLATFORM=offscreen python3 benchmarks/plugin_load.py``. Every measurement is a new
process with QGIS already started, as when QGIS loads its plugins; the engine is absent.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LIMIT_S = 1.0
N_RUNS = 5
PROGRAM = """
import sys, time
sys.path.insert(0, sys.argv[1])
from qgis.core import QgsApplication
application = QgsApplication([], False, sys.argv[2])
application.initQgis()
start = time.perf_counter()
import cropsample_plugin
plugin = cropsample_plugin.classFactory(None)
plugin.initProcessing()
from cropsample_plugin.bridge.environment import engine_problem
problem = engine_problem()
print("seconds", time.perf_counter() - start, bool(problem), flush=True)
import os
os._exit(0)
"""


def load_seconds() -> float:
    """Load the plugin in a new process with an empty profile and return how long that took."""
    environment = {name: value for name, value in os.environ.items() if name != "CROPSAMPLE_PYTHON"}
    environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as profile:
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM, str(ROOT), profile],
            capture_output=True,
            text=True,
            check=True,
            env=environment,
        )
    line = next(line for line in done.stdout.splitlines() if line.startswith("seconds "))
    _, seconds, has_problem = line.split()
    if has_problem != "True":
        raise RuntimeError("an engine was found; this measures the load without one")
    return float(seconds)


def main() -> int:
    """Print the median and its ratio to the limit; fail when the limit is not kept."""
    measured = [load_seconds() for _ in range(N_RUNS)]
    median = statistics.median(measured)
    print(f"plugin load without an engine: {median:.3f} s (median of {N_RUNS}), slowest {max(measured):.3f} s")
    print(f"ratio to the limit of {LIMIT_S:.0f} s: {median / LIMIT_S:.3f}")
    return 0 if median < LIMIT_S else 1


if __name__ == "__main__":
    sys.exit(main())
