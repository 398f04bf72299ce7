"""Fixtures of the engine suite: plain Python, no QGIS."""

from __future__ import annotations

from pathlib import Path

import pytest
from mapping_cases import RecordingProgress

from cropsample_plugin.jobs.registry import JobContext, job_module, read_parameters

SHARED_DATA = Path(__file__).resolve().parents[2].parent / "shared" / "data"


@pytest.fixture
def shared_data() -> Path:
    """Folder with the real data sets; tests that need it are skipped where it is not at hand."""
    if not SHARED_DATA.is_dir():
        pytest.skip("the real data sets are not beside this checkout")
    return SHARED_DATA


@pytest.fixture
def run_job():
    """Run a job by its name in this process and return its outputs."""

    def run(name, **parameters):
        module = job_module(name)
        context = JobContext(RecordingProgress(), threads=2, memory_mb=1500, device="cpu")
        return module.run(read_parameters(module, parameters), context).outputs

    return run
