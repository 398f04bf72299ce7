"""A QGIS that quits, or is killed, while a job runs; started by a test."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT))

import functools  # noqa: E402 - after the path is set
import time  # noqa: E402

from qgis.core import QgsApplication  # noqa: E402

profile, pids, how = sys.argv[1:]
application = QgsApplication([], False, profile)
application.initQgis()

from cropsample_plugin.bridge import task as task_module  # noqa: E402
from cropsample_plugin.bridge.engine_process import run_engine  # noqa: E402

program = ROOT / "tests" / "engine" / "supervised" / "program.py"
task_module.run_engine = functools.partial(run_engine, program=program)
step = task_module.EngineStep("misbehave", {"how": "ignore_everything", "path": pids})
application.taskManager().addTask(task_module.EngineTask("deaf", [step]))
while not Path(pids).is_file():
    application.processEvents()
    time.sleep(0.01)
sys.stdout.write("running\n")
sys.stdout.flush()
if how == "killed":
    time.sleep(60)
# As the plugin's unload does, which QGIS calls before it ends.
task_module.stop_all_tasks()
application.exitQgis()
