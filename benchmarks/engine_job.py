"""Peak memory of a job that runs in an engine process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from cropsample_plugin.jobs.protocol import Job

ROOT = Path(__file__).resolve().parents[1]


def run_job(folder, job):
    """Run a job in the folder; return its result and its peak resident memory in bytes."""
    description = Path(folder) / "job.json"
    description.write_text(job.to_json())
    command = [sys.executable, "-m", "cropsample_plugin.jobs", "run", str(description)]
    with (Path(folder) / "result.json").open("w") as result, (Path(folder) / "log.txt").open("w") as log:
        engine = subprocess.Popen(command, cwd=ROOT, stdout=result, stderr=log)
        _, status, usage = os.wait4(engine.pid, 0)
    if status != 0:
        raise RuntimeError((Path(folder) / "log.txt").read_text()[-2000:])
    return json.loads((Path(folder) / "result.json").read_text()), usage.ru_maxrss * 1024


def print_peak(folder, method, parameters, threads=2, memory_mb=1500):
    """Run a job once more, alone in its process, and print its peak memory beside the memory it was allowed."""
    _, peak = run_job(folder, Job(method, parameters, threads=threads, memory_mb=memory_mb))
    print(f"peak memory of the process {peak / 2**20:,.0f} MiB, {memory_mb:,} MiB allowed")
