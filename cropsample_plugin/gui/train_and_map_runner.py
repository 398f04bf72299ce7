"""Starts a session as a background task and brings its results home, whatever happened to the project meanwhile."""

from __future__ import annotations

from dataclasses import dataclass
from typing import List, Optional

from qgis.core import (
    QgsApplication,
    QgsFeature,
    QgsGeometry,
    QgsProject,
    QgsReferencedRectangle,
    QgsVectorLayer,
)
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QObject, pyqtSignal

from cropsample_plugin.bridge.engine_errors import EngineError
from cropsample_plugin.bridge.task import EngineStep, TaskOutcome
from cropsample_plugin.gui.job_board import JobBoard
from cropsample_plugin.gui.job_reader import Membership
from cropsample_plugin.gui.run_plan import RunPaths, plan_steps, run_folder
from cropsample_plugin.gui.session_texts import job_text
from cropsample_plugin.gui.train_and_map_session import Area, TrainAndMapSession
from cropsample_plugin.gui.train_and_map_task import Export, LayerSnapshot, TrainAndMapTask
from cropsample_plugin.jobs.protocol import Event, ProgressEvent


@dataclass(frozen=True)
class RunEnd:
    """How a run ended.

    Attributes:
        run_id: the run.
        title: its title.
        is_same_project: False when the project it started from was closed meanwhile.
        error: None when everything went well.
    """

    run_id: str
    title: str
    is_same_project: bool
    error: Optional[EngineError]


class TrainAndMapRunner(QObject):
    """Runs one session at a time.

    Attributes:
        progressed: share done in [0, 1] and what is being done.
        ended: a `RunEnd`.
    """

    progressed = pyqtSignal(float, str)
    ended = pyqtSignal(object)

    def __init__(self, board: JobBoard, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self._board = board
        self._task: Optional[TrainAndMapTask] = None
        self._membership: Optional[Membership] = None
        self._step = 0
        self._n_projects_closed = 0
        self._project_at_start = 0
        QgsProject.instance().cleared.connect(self._on_project_cleared)

    @property
    def run_id(self) -> str:
        """The run in progress, or an empty text."""
        return self._membership.run_id if self._membership else ""

    def start(self, session: TrainAndMapSession, extent: Optional[QgsReferencedRectangle] = None) -> str:
        """Start a session that `can_run` and return the run's id.

        Args:
            session: what to run; it may change afterwards.
            extent: what the map window shows, for that choice of area.
        """
        paths = RunPaths(run_folder(session.folder, session.title()))
        planned = plan_steps(session, paths)
        steps = [EngineStep(step.name, step.parameters, job_text(step.name)) for step in planned]
        exports = _exports(session, paths, extent)
        self._membership = Membership(str(paths.folder), session.title(), tuple(step.name for step in planned))
        task = self._task = TrainAndMapTask(self._membership, steps, exports)
        self._step = 0
        self._project_at_start = self._n_projects_closed
        task.step_started.connect(self._on_step_started)
        task.event_received.connect(self._on_event)
        task.finished_with.connect(self._on_finished)
        self._board.supervise(self._membership, task)
        QgsApplication.taskManager().addTask(task)
        return self.run_id

    def cancel(self) -> None:
        """Ask the run in progress to stop."""
        if self._task is not None and not sip.isdeleted(self._task):
            self._task.cancel()

    def shut_down(self) -> None:
        """Let go of the run in progress without reporting its end."""
        QgsProject.instance().cleared.disconnect(self._on_project_cleared)
        # QGIS deletes its tasks by itself, at the latest when it is closed.
        if self._task is not None and not sip.isdeleted(self._task):
            self._task.step_started.disconnect(self._on_step_started)
            self._task.event_received.disconnect(self._on_event)
            self._task.finished_with.disconnect(self._on_finished)
            self._task.cancel()
        self._task = None

    def _on_project_cleared(self) -> None:
        self._n_projects_closed += 1

    def _on_step_started(self, position: int) -> None:
        self._step = position
        self._board.refresh()

    def _on_event(self, event: Event) -> None:
        if isinstance(event, ProgressEvent) and self._membership is not None:
            names = self._membership.step_names
            fraction = (self._step + event.fraction) / len(names)
            self.progressed.emit(fraction, job_text(names[self._step]))

    def _on_finished(self, outcome: TaskOutcome) -> None:
        membership, self._membership, self._task = self._membership, None, None
        if membership is None:
            return
        self._board.release(membership.run_id)
        is_same_project = self._project_at_start == self._n_projects_closed
        self.ended.emit(RunEnd(membership.run_id, membership.title, is_same_project, outcome.error))


def _exports(session: TrainAndMapSession, paths: RunPaths, extent: Optional[QgsReferencedRectangle]) -> List[Export]:
    samples = QgsProject.instance().mapLayer(session.samples.layer_id if session.samples else "")
    exports = [Export(LayerSnapshot(samples), paths.samples)]
    if session.area is Area.LAYER:
        layer = QgsProject.instance().mapLayer(session.area_layer_id)
        exports.append(Export(LayerSnapshot(layer), paths.area))
    elif session.area is Area.EXTENT and extent is not None:
        exports.append(Export(LayerSnapshot(_extent_layer(extent)), paths.area))
    return exports


def _extent_layer(extent: QgsReferencedRectangle) -> QgsVectorLayer:
    layer = QgsVectorLayer("Polygon", "area", "memory")
    layer.setCrs(extent.crs())
    feature = QgsFeature()
    feature.setGeometry(QgsGeometry.fromRect(extent))
    layer.dataProvider().addFeature(feature)
    layer.updateExtents()
    return layer
