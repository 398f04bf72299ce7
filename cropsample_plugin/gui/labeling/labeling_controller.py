"""Tells panels, tools and views of a labeling session what happened in it, and carries out what they ask for."""

from __future__ import annotations

from typing import Callable, Optional

from qgis.core import QgsCoordinateReferenceSystem
from qgis.PyQt.QtCore import QObject, pyqtSignal

from cropsample_plugin.bridge.labeling.label_events import LabelingError
from cropsample_plugin.gui.labeling.labeling_session import LabelingSession


class LabelingController(QObject):
    """Holds the open session; every widget of the session listens to it and acts through it.

    Attributes:
        opened: a session was opened; `session` is set.
        closed: it was closed; `session` is None.
        sample_changed: another sample is looked at, or the geometry of the one looked at changed.
        labels_changed: something was done to samples, by this labeler or another.
        failed: what is wrong and what to do, in words; what was done is kept in memory until `retry`.
    """

    opened = pyqtSignal()
    closed = pyqtSignal()
    sample_changed = pyqtSignal()
    labels_changed = pyqtSignal()
    failed = pyqtSignal(str)

    def __init__(self, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self.session: Optional[LabelingSession] = None
        self.session_path = ""

    @property
    def crs(self) -> QgsCoordinateReferenceSystem:
        """The coordinate system of the session's geometries; invalid when none is open."""
        return (
            QgsCoordinateReferenceSystem(self.session.settings.crs) if self.session else QgsCoordinateReferenceSystem()
        )

    def open(self, session: LabelingSession, session_path: str = "") -> None:
        """Show a session; the one that was open is closed."""
        self.close()
        self.session = session
        self.session_path = session_path
        self.opened.emit()
        self.sample_changed.emit()

    def close(self) -> None:
        """Let go of the session."""
        if self.session is None:
            return
        session, self.session = self.session, None
        session.store.close()
        self.closed.emit()

    def act(self, action: Callable[[LabelingSession], object]) -> bool:
        """Do something with the session and tell everyone; False when it failed, with `failed` emitted."""
        if self.session is None:
            return False
        before = self.session.current
        try:
            action(self.session)
        except LabelingError as error:
            self.failed.emit(str(error))
            return False
        self.labels_changed.emit()
        if self.session.current is not before:
            self.sample_changed.emit()
        return True
