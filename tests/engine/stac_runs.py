"""Run the job as the engine does, against a test's server."""

from __future__ import annotations

from pathlib import Path

from cropsample_plugin.engine.progress import SilentProgress
from cropsample_plugin.jobs.registry import JobContext
from cropsample_plugin.jobs.stac_time_series import Parameters, run


class Listener(SilentProgress):
    """Remembers messages; cancels when `cancel_when` says so."""

    def __init__(self, cancel_when=lambda: False):
        self.messages = []
        self.reports = []
        self.cancel_when = cancel_when

    def log(self, message, level="info"):
        self.messages.append((level, message))

    def report(self, fraction, message=""):
        self.reports.append((fraction, message))

    def is_canceled(self):
        return self.cancel_when()

    def text(self):
        return " ".join(message for _, message in self.messages)


def fetch(server, area: str, output: Path, progress=None, **changes) -> dict:
    """Run the job and return its outputs."""
    parameters = {
        "catalogue": server.api,
        "collection": "sentinel-2-l2a",
        "area": area,
        "output": str(output),
        "start_date": "2024-01-01",
        "end_date": "2024-12-31",
        "bands": ("B04",),
        "timeout_s": 5.0,
        "retries": 2,
        **changes,
    }
    return run(Parameters(**parameters), JobContext(progress or SilentProgress(), 2, 1500, "cpu")).outputs
