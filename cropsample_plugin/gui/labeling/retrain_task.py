"""The background task of *Retrain and propose*: writes the labels that were taken, then runs the engine's jobs."""

from __future__ import annotations

from qgis.PyQt.QtCore import Qt

from cropsample_plugin.bridge.engine_errors import EngineError
from cropsample_plugin.bridge.labeling.engine_labels import write_engine_labels
from cropsample_plugin.bridge.task import EngineStep, EngineTask
from cropsample_plugin.gui.job_reader import Membership
from cropsample_plugin.gui.labeling.retrain_plan import LabelSnapshot, RetrainChoice, RetrainPaths, retrain_steps
from cropsample_plugin.gui.session_texts import job_text


class RetrainTask(EngineTask):
    """Trains, predicts and proposes, one job after the other; needs nothing of the session any more."""

    def __init__(self, title: str, choice: RetrainChoice, snapshot: LabelSnapshot, paths: RetrainPaths) -> None:
        steps = [EngineStep(name, values, job_text(name)) for name, values in retrain_steps(choice, snapshot, paths)]
        super().__init__(title, steps)
        self.membership = Membership(str(paths.folder), title, tuple(step.name for step in steps))
        self._snapshot, self._paths = snapshot, paths
        # Direct: noted in the worker thread, before the engine starts, so that the Jobs panel never shows it apart.
        self.step_started.connect(self._note_membership, Qt.ConnectionType.DirectConnection)

    def prepare(self) -> None:
        """Write labels and places; called in the worker thread."""
        snapshot = self._snapshot
        try:
            if snapshot.labels:
                write_engine_labels(snapshot.labels, self._paths.file("labels.gpkg"), snapshot.crs)
            if snapshot.places:
                write_engine_labels(snapshot.places, self._paths.file("places.gpkg"), snapshot.crs)
            self._paths.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            folder = self._paths.folder
            raise EngineError(
                "output",
                f"The folder {folder} cannot be written: {error.strerror or error}.",
                "Make it writable, or free some space.",
            ) from error

    def _note_membership(self, position: int) -> None:
        self.membership.write(self.step_folder(position).path)
