"""A supervisor to be killed by a test: runs one misbehaving job and waits for it."""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[2]))

from cropsample_plugin.bridge.engine_process import run_engine  # noqa: E402 - after the path is set
from cropsample_plugin.bridge.job_folders import new_job_folder  # noqa: E402
from cropsample_plugin.jobs.protocol import Job  # noqa: E402

how, path, root = sys.argv[1:]
job = Job("misbehave", {"how": how, "path": path})
run_engine(job, sys.executable, new_job_folder(job, Path(root)), print, lambda: False, HERE / "program.py")
