"""A background task that runs jobs one after another and survives whatever happens to project and panels."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from typing import Any, Dict, List, Mapping, Optional, Sequence, Set

from qgis.core import QgsTask
from qgis.PyQt.QtCore import pyqtSignal

from cropsample_plugin.bridge.engine_errors import CANCELED, EngineError
from cropsample_plugin.bridge.engine_process import run_engine
from cropsample_plugin.bridge.job_folders import JobFolder, jobs_folder, new_job_folder
from cropsample_plugin.bridge.running import describe_job, usable_engine
from cropsample_plugin.bridge.settings import load_settings
from cropsample_plugin.jobs.protocol import Event, Job, ProgressEvent

LOGGER = logging.getLogger(__name__)

# A task that only the task manager knows loses its Python half (qgis/QGIS#38583); these are kept until finished.
_alive: Set[EngineTask] = set()


@dataclass(frozen=True)
class EngineStep:
    """One job of a task.

    Attributes:
        name: job name.
        parameters: the job's parameters, plain values.
        title: what the user reads.
    """

    name: str
    parameters: Mapping[str, Any]
    title: str = ""


@dataclass(frozen=True)
class TaskOutcome:
    """What is left of a task when it is over; plain data, safe to keep.

    Attributes:
        outputs: outputs of each step that finished, in order.
        folders: job folder of each step that started, in order.
        error: why it ended early, None when all steps finished.
    """

    outputs: List[Dict[str, Any]] = field(default_factory=list)
    folders: List[JobFolder] = field(default_factory=list)
    error: Optional[EngineError] = None

    @property
    def is_canceled(self) -> bool:
        """True when the user stopped it."""
        return self.error is not None and self.error.is_canceled


class EngineTask(QgsTask):
    """Runs steps in the engine. Everything it needs is gathered when it is made, on the main thread.

    Signals:
        event_received: an event of the engine, with the step's own progress fraction.
        step_started: position of the step that starts now.
        finished_with: the `TaskOutcome`, on the main thread; do not touch the task afterwards.
    """

    event_received = pyqtSignal(object)
    step_started = pyqtSignal(int)
    finished_with = pyqtSignal(object)

    def __init__(self, description: str, steps: Sequence[EngineStep]) -> None:
        super().__init__(description, QgsTask.Flag.CanCancel)
        settings = load_settings()
        self._jobs: List[Job] = [describe_job(step.name, step.parameters, settings) for step in steps]
        self._jobs_folder = jobs_folder()
        self._python, self._error = _find_python()
        self._outputs: List[Dict[str, Any]] = []
        self._folders: List[JobFolder] = []
        _alive.add(self)

    def run(self) -> bool:
        """Run the steps; called by QGIS in a worker thread."""
        if self._error is not None:
            return False
        try:
            for position, job in enumerate(self._jobs):
                self._run_step(position, job)
        except EngineError as error:
            self._error = error
        except Exception as error:  # an exception must not leave a task's thread
            LOGGER.exception("Task failed")
            self._error = EngineError("crash", f"Unexpected {type(error).__name__}: {error}")
        return self._error is None

    def step_folder(self, position: int) -> JobFolder:
        """Return the job folder of a step that has started."""
        return self._folders[position]

    def finished(self, result: bool) -> None:  # noqa: FBT001 - QGIS calls it
        """Hand over the outcome; called by QGIS on the main thread."""
        error = self._error
        if not result and error is None:
            error = EngineError(CANCELED, "Canceled.")
        outcome = TaskOutcome(list(self._outputs), list(self._folders), error)
        _alive.discard(self)
        self.finished_with.emit(outcome)

    def _run_step(self, position: int, job: Job) -> None:
        if self.isCanceled():
            raise EngineError(CANCELED, "Canceled.")
        folder = new_job_folder(job, self._jobs_folder)
        self._folders.append(folder)
        self.step_started.emit(position)

        def on_event(event: Event) -> None:
            if isinstance(event, ProgressEvent):
                self.setProgress(100.0 * (position + event.fraction) / len(self._jobs))
            self.event_received.emit(event)

        result = run_engine(job, self._python, folder, on_event, self.isCanceled)
        self._outputs.append(result.outputs)


def cancel_all_tasks() -> None:
    """Ask every running engine task to stop; for unloading the plugin."""
    for task in list(_alive):
        task.cancel()


def _find_python() -> tuple[str, Optional[EngineError]]:
    try:
        return usable_engine(), None
    except EngineError as error:
        return "", error
