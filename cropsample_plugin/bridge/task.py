"""A background task that runs jobs one after another and survives whatever happens to project and panels."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass, field
from typing import Any, Dict, List, Mapping, Optional, Sequence, Set

from qgis.core import QgsTask
from qgis.PyQt.QtCore import pyqtSignal

from cropsample_plugin.bridge.engine_errors import CANCELED, EngineError
from cropsample_plugin.bridge.engine_process import run_engine
from cropsample_plugin.bridge.job_folders import JobFolder, jobs_folder, new_job_folder
from cropsample_plugin.bridge.running import describe_job, usable_engine
from cropsample_plugin.bridge.settings import load_settings
from cropsample_plugin.bridge.web_access import reading_environment
from cropsample_plugin.jobs.protocol import Event, Job, ProgressEvent

LOGGER = logging.getLogger(__name__)

# A task that only the task manager knows loses its Python half (qgis/QGIS#38583); these are kept until finished.
_alive: Set[EngineTask] = set()
STOP_LIMIT_S = 6.0
_STOP_POLL_S = 0.02


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
        self._environment = reading_environment()
        self._python, self._error = _find_python()
        self._has_ended = False
        self._outputs: List[Dict[str, Any]] = []
        self._folders: List[JobFolder] = []
        _alive.add(self)

    def run(self) -> bool:
        """Run the steps; called by QGIS in a worker thread. Subclasses override `prepare`, not this."""
        try:
            if self._error is None:
                self.prepare()
                for position, job in enumerate(self._jobs):
                    self._run_step(position, job)
        except EngineError as error:
            self._error = error
        except Exception as error:  # an exception must not leave a task's thread
            LOGGER.exception("Task failed")
            self._error = EngineError("crash", f"Unexpected {type(error).__name__}: {error}")
        finally:
            self._has_ended = True
        return self._error is None

    def prepare(self) -> None:
        """Do what comes before the first step, in the worker thread; for subclasses. Raises `EngineError`."""

    @property
    def is_running(self) -> bool:
        """True while Python code of this task runs in a worker thread."""
        # QGIS changes the status only after that, in its event loop.
        return not self._has_ended and self.status() == QgsTask.TaskStatus.Running

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

        result = run_engine(job, self._python, folder, on_event, self.isCanceled, environment=self._environment)
        self._outputs.append(result.outputs)


def cancel_all_tasks() -> None:
    """Ask every engine task to stop."""
    for task in list(_alive):
        task.cancel()


def stop_all_tasks(limit_s: float = STOP_LIMIT_S) -> bool:
    """Cancel every engine task and wait until none of them runs Python code any more; for unloading the plugin.

    QGIS unloads plugins before it ends Python: a task that still ran then would crash it.

    Returns:
        True when all have stopped within the limit.
    """
    cancel_all_tasks()
    deadline = time.monotonic() + limit_s
    while _is_any_running() and time.monotonic() < deadline:
        time.sleep(_STOP_POLL_S)
    return not _is_any_running()


def _is_any_running() -> bool:
    return any(task.is_running for task in list(_alive))


def _find_python() -> tuple[str, Optional[EngineError]]:
    try:
        return usable_engine(), None
    except EngineError as error:
        return "", error
