"""Jobs that belong together: the steps of one Train and map run, or one job started from the toolbox."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Dict, List, Optional, Tuple

from cropsample_plugin.gui.job_record import JobRecord, JobState


@dataclass
class RunRecord:
    """What the Jobs panel lists as one line.

    Attributes:
        run_id: identifies the run; the folder of its only job for a toolbox job.
        title: what the user called it; empty for a toolbox job, which goes by its job's name.
        step_names: names of the jobs it consists of, in order, started or not.
        jobs: those started so far, in order.
        is_supervised: a task of this QGIS still runs it, so that the next step will follow.
    """

    run_id: str
    title: str = ""
    step_names: Tuple[str, ...] = ()
    jobs: List[JobRecord] = field(default_factory=list)
    is_supervised: bool = False

    @property
    def state(self) -> JobState:
        """Where the run stands: that of its last job, or running while another step follows."""
        if not self.jobs:
            return JobState.RUNNING if self.is_supervised else JobState.INTERRUPTED
        last = self.jobs[-1].state
        if last is JobState.DONE and len(self.jobs) < len(self.step_names):
            return JobState.RUNNING if self.is_supervised else JobState.INTERRUPTED
        return last

    @property
    def is_running(self) -> bool:
        """True until the run ended one way or another."""
        return self.state is JobState.RUNNING

    @property
    def fraction(self) -> float:
        """Share done, in [0, 1]; every step counts alike."""
        n_steps = max(len(self.step_names), len(self.jobs), 1)
        return sum(job.fraction for job in self.jobs) / n_steps

    @property
    def message(self) -> str:
        """What is being done now."""
        return self.jobs[-1].message if self.jobs else ""

    @property
    def started(self) -> float:
        """When the first job started, in seconds since 1970."""
        return self.jobs[0].started if self.jobs else 0.0

    def seconds(self, now: float) -> float:
        """Return how long the run has taken, from the first start to the last end."""
        if not self.jobs:
            return 0.0
        ended = self.jobs[-1].ended if not self.is_running else None
        return max(0.0, (ended if ended is not None else now) - self.started)

    @property
    def metrics(self) -> Dict[str, List[Tuple[int, float]]]:
        """The curves of all its jobs."""
        return {name: points for job in self.jobs for name, points in job.metrics.items()}

    @property
    def rows(self) -> Dict[str, List[Dict[str, Any]]]:
        """The growing tables of all its jobs."""
        return {name: rows for job in self.jobs for name, rows in job.rows.items()}

    @property
    def outputs(self) -> Dict[str, Any]:
        """The outputs of all its jobs; later jobs win."""
        return {name: value for job in self.jobs for name, value in job.outputs.items()}

    @property
    def report(self) -> str:
        """Path of the latest report, or an empty text."""
        return next((job.report for job in reversed(self.jobs) if job.report), "")

    @property
    def error_text(self) -> str:
        """What went wrong and what to do, or an empty text."""
        error = self.jobs[-1].error if self.jobs else None
        if error is None or error.kind == "canceled":
            return ""
        return " ".join(part for part in (error.message, error.remedy) if part)

    def job(self, name: str) -> Optional[JobRecord]:
        """Return the run's job of that name, or None."""
        return next((job for job in self.jobs if job.name == name), None)
