"""Peak memory of a job that runs in an engine process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from cropsample_plugin.jobs.protocol import Job

ROOT = Path(__file__).resolve().parents[1]
# A process begins with the memory that its parent had: between both stands a small one.
_MEASURE = """
import resource, subprocess, sys
status = subprocess.run(sys.argv[1:]).returncode
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=sys.stderr)
sys.exit(status)
"""


def run_job(folder, job):
    """Run a job in the folder; return its result and its peak resident memory in bytes."""
    description = Path(folder) / "job.json"
    description.write_text(job.to_json())
    command = [sys.executable, "-m", "cropsample_plugin.jobs", "run", str(description)]
    run = subprocess.run(
        [sys.executable, "-c", _MEASURE, *command], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if run.returncode != 0:
        raise RuntimeError(run.stderr[-2000:])
    return json.loads(run.stdout), int(run.stderr.split()[-1]) * 1024


def print_peak(folder, method, parameters, threads=2, memory_mb=1500):
    """Run a job once more, alone in its process, and print its peak memory beside the memory it was allowed."""
    _, peak = run_job(folder, Job(method, parameters, threads=threads, memory_mb=memory_mb))
    print(f"peak memory of the process {peak / 2**20:,.0f} MiB, {memory_mb:,} MiB allowed")
