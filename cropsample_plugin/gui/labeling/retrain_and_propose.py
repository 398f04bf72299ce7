"""*Retrain and propose*: trains, maps and proposes in the background while labeling goes on; proposals come next."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Dict, List, Optional

from qgis.core import Qgis, QgsApplication, QgsCoordinateReferenceSystem, QgsProject
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QObject, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QAction

from cropsample_plugin.bridge.engine_errors import EngineError
from cropsample_plugin.bridge.labeling.label_events import LabelingError
from cropsample_plugin.bridge.labeling.proposals import ProposalTarget, Proposed, take_proposals
from cropsample_plugin.bridge.labeling.session_file import ASSIGN_SPLIT
from cropsample_plugin.bridge.task import TaskOutcome
from cropsample_plugin.gui.default_folder import default_output_folder
from cropsample_plugin.gui.job_board import JobBoard
from cropsample_plugin.gui.labeling.labeling_controller import LabelingController
from cropsample_plugin.gui.labeling.labeling_session import LabelingSession
from cropsample_plugin.gui.labeling.retrain_dialog import RetrainDialog
from cropsample_plugin.gui.labeling.retrain_plan import RETRAIN, RetrainChoice, RetrainPaths, take_snapshot
from cropsample_plugin.gui.labeling.retrain_task import RetrainTask
from cropsample_plugin.gui.labeling.retrain_turn import ProposalsNext
from cropsample_plugin.gui.run_plan import run_folder

_MESSAGE_S = 8


@dataclass(frozen=True)
class _Run:
    """A run in progress or waiting for its session: which session, what was asked, where the proposals are."""

    session_id: str
    session_name: str
    choice: RetrainChoice
    paths: RetrainPaths

    @property
    def proposals(self) -> str:
        return self.paths.file("proposals.gpkg")


class RetrainAndPropose(QObject):
    """One run at a time.

    Attributes:
        running_changed: whether a run is in progress.
        ended: a run is over; its proposals, or None where there are none.
    """

    running_changed = pyqtSignal(bool)
    ended = pyqtSignal(object)

    def __init__(
        self,
        controller: LabelingController,
        iface: Any,  # noqa: ANN401 - QgisInterface or a stand-in
        board: JobBoard,
        parent: Optional[QObject] = None,
    ) -> None:
        super().__init__(parent)
        self._controller, self._iface, self._board = controller, iface, board
        self._next = ProposalsNext(controller, self)
        self._task: Optional[RetrainTask] = None
        self._run: Optional[_Run] = None
        self._waiting: Dict[str, _Run] = {}
        self._choice = RetrainChoice()
        self.retrain_action = QAction(self.tr("Retrain and propose…"), self)
        self.retrain_action.setToolTip(self.tr("Train with the labels so far, and propose what to label next"))
        self.stop_action = QAction(self.tr("Stop proposing"), self)
        self.retrain_action.triggered.connect(self.ask)
        self.stop_action.triggered.connect(self.cancel)
        controller.opened.connect(self._on_opened)
        controller.closed.connect(self._show_state)
        self._show_state()

    @property
    def is_running(self) -> bool:
        """Whether a run is in progress."""
        return self._run is not None

    def actions(self) -> List[QAction]:
        """Return the actions for the panel."""
        return [self.retrain_action, self.stop_action]

    def ask(self) -> None:
        """Ask what to propose from and how much, and start."""
        session = self._controller.session
        if session is None or self.is_running:
            return
        dialog = RetrainDialog(session, self._controller.session_path, self._choice, self._iface.mainWindow())
        if dialog.exec():
            self.start(dialog.choice)
        dialog.deleteLater()

    def start(self, choice: RetrainChoice) -> bool:
        """Take the labels as they are and start; False, with the reason shown, when that is not possible."""
        session = self._controller.session
        if session is None or self.is_running:
            return False
        self._choice = choice
        try:
            snapshot = take_snapshot(session, choice)
        except LabelingError as error:
            self._tell(str(error), Qgis.MessageLevel.Warning)
            return False
        path = self._controller.session_path
        base = str(Path(path).parent) if path else default_output_folder()
        name = session.settings.name
        title = self.tr("Retrain and propose: {}") if choice.mode == RETRAIN else self.tr("Propose: {}")
        paths = RetrainPaths(run_folder(base, f"{name} proposals"))
        self._run = _Run(session.settings.session_id, name, choice, paths)
        task = self._task = RetrainTask(title.format(name), choice, snapshot, paths)
        task.step_started.connect(self._on_step_started)
        # Queued, so that QGIS's own message about the task comes first and ours stays on top.
        task.finished_with.connect(self._on_finished, Qt.ConnectionType.QueuedConnection)
        self._board.supervise(task.membership, task)
        QgsApplication.taskManager().addTask(task)
        self._show_state()
        if snapshot.n_without_class:
            text = self.tr("{} samples on whose class labelers differ are not trained with.")
            self._tell(text.format(snapshot.n_without_class), Qgis.MessageLevel.Info)
        return True

    def cancel(self) -> None:
        """Ask the run in progress to stop."""
        if self._task is not None and not sip.isdeleted(self._task):
            self._task.cancel()

    def take_down(self) -> None:
        """Let go of the run in progress without reporting its end."""
        self._controller.opened.disconnect(self._on_opened)
        self._controller.closed.disconnect(self._show_state)
        if self._task is not None and not sip.isdeleted(self._task):
            self._task.step_started.disconnect(self._on_step_started)
            self._task.finished_with.disconnect(self._on_finished)
            self._task.cancel()
        self._task = self._run = None

    def _on_step_started(self, _position: int) -> None:
        self._board.refresh()

    def _on_finished(self, outcome: TaskOutcome) -> None:
        run, self._run, self._task = self._run, None, None
        if run is None:
            return
        self._board.release(str(run.paths.folder))
        self._show_state()
        if outcome.error is not None:
            self._tell_failure(run, outcome.error)
            self.ended.emit(None)
            return
        session = self._controller.session
        if session is not None and session.settings.session_id == run.session_id:
            self._add(run)
            return
        self._waiting[run.session_id] = run
        text = self.tr(
            "The proposals for {} are there; they come into its queue when it is opened again. They are in {}."
        )
        self._tell(text.format(run.session_name, run.proposals), Qgis.MessageLevel.Info)
        self.ended.emit(None)

    def _on_opened(self) -> None:
        self._show_state()
        session = self._controller.session
        run = self._waiting.pop(session.settings.session_id, None) if session is not None else None
        if run is not None:
            self._add(run)

    def _add(self, run: _Run) -> None:
        """Put the proposals of a run into the open session, which is that of the run."""
        found: List[Proposed] = []

        def add(session: LabelingSession) -> None:
            found.append(_taken(session, run))
            # Past the labeler's own steps: undo takes back what the labeler did, not what was proposed meanwhile.
            session.store.append(found[0].events, found[0].new_samples)
            session.refresh()
            session.set_filter(session.filter)

        if not self._controller.act(add):
            self._waiting[run.session_id] = run
            text = self.tr("The proposals could not be added; open the session again to add them. They are in {}.")
            self._tell(text.format(run.proposals), Qgis.MessageLevel.Critical)
            self.ended.emit(None)
            return
        proposed = found[0]
        self._tell_of(proposed)
        if proposed.new_samples:
            self._next.come(proposed.new_samples[0].sample.sample_id)
        self.ended.emit(proposed)

    def _show_state(self) -> None:
        has_session = self._controller.session is not None
        self.retrain_action.setEnabled(has_session and not self.is_running)
        self.stop_action.setEnabled(self.is_running)
        self.stop_action.setVisible(self.is_running)
        self.running_changed.emit(self.is_running)

    def _tell_of(self, proposed: Proposed) -> None:
        text = self.tr("{} proposed samples come next in the queue, each with its reason.")
        lines = [text.format(len(proposed.new_samples))]
        if proposed.n_too_near:
            near = self.tr("{} more lie where samples were added meanwhile, or too near to them.")
            lines.append(near.format(proposed.n_too_near))
        self._tell(" ".join(lines), Qgis.MessageLevel.Success)

    def _tell_failure(self, run: _Run, error: EngineError) -> None:
        if error.is_canceled:
            self._tell(self.tr("Proposing was stopped; the labels are as they were."), Qgis.MessageLevel.Info)
            return
        text = self.tr("Nothing was proposed for {}: {} The labels are as they were.")
        self._tell(text.format(run.session_name, error), Qgis.MessageLevel.Critical)

    def _tell(self, text: str, level: Qgis.MessageLevel) -> None:
        duration_s = 0 if level == Qgis.MessageLevel.Critical else _MESSAGE_S
        self._iface.messageBar().pushMessage("CropSample", text, level, duration_s)


def _taken(session: LabelingSession, run: _Run) -> Proposed:
    target = ProposalTarget(
        QgsCoordinateReferenceSystem(session.settings.crs),
        QgsProject.instance().transformContext(),
        [sample for sample in session.samples if not session.state(sample.sample_id).is_removed],
        (session.labeler,) if session.settings.assignment.mode == ASSIGN_SPLIT else (),
    )
    return take_proposals(run.proposals, target, run.choice.min_distance_m)
