"""Labeled series for the jobs that learn from them: a series layer as it is, or samples and a stack to extract from."""

from __future__ import annotations

import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

from cropsample_plugin.engine.progress import Progress
from cropsample_plugin.engine.timeseries.sample_table import SampleTable
from cropsample_plugin.jobs.registry import JobContext, JobResult, job_module, read_parameters

EXTRACTION_SHARE = 0.3


@dataclass(frozen=True)
class LabeledSeriesRequest:
    """What to read.

    Attributes:
        samples: vector layer: series layer, or plain samples when `stack` is given.
        stack: dated stack to extract the series from; "" when the layer holds them.
        pixels_per_polygon, inner_buffer_m, start_field, end_field, seed: passed on to the extraction.
    """

    samples: str
    stack: str = ""
    pixels_per_polygon: int = 1
    inner_buffer_m: float = 0.0
    start_field: str = ""
    end_field: str = ""
    seed: int = 42


@dataclass(frozen=True)
class LabeledSeries:
    """The table of series, and the samples that extraction already dropped; None where it dropped none."""

    table: SampleTable
    lost: SampleTable | None = None

    @property
    def n_lost(self) -> int:
        """Number of samples that extraction dropped."""
        return self.lost.n_rows if self.lost is not None else 0

    @property
    def lost_reasons(self) -> tuple[str, ...]:
        """Why extraction dropped each of them."""
        return () if self.lost is None else tuple(str(reason) for reason in self.lost.column("reason"))


def read_labeled_series(request: LabeledSeriesRequest, progress: Progress, context: JobContext) -> LabeledSeries:
    """Read the layer, or extract its series from the stack first."""
    if not request.stack:
        return LabeledSeries(SampleTable.read(request.samples))
    with tempfile.TemporaryDirectory(prefix="cropsample_") as folder:
        series, lost = Path(folder) / "series.gpkg", Path(folder) / "dropped.gpkg"
        module = job_module("extracttimeseries")
        values = {**asdict(request), "output": str(series), "dropped": str(lost)}
        result: JobResult = module.run(
            read_parameters(module, values), JobContext(progress, context.threads, context.memory_mb, context.device)
        )
        n_lost = int(result.outputs.get("n_dropped", 0))
        return LabeledSeries(SampleTable.read(series), SampleTable.read(lost) if n_lost and lost.exists() else None)
