"""Tells panels, tools and views of a labeling session what happened in it, and carries out what they ask for."""

from __future__ import annotations

import logging
from contextlib import suppress
from typing import Callable, Optional

from qgis.core import QgsCoordinateReferenceSystem
from qgis.PyQt.QtCore import QObject, QTimer, pyqtSignal

from cropsample_plugin.bridge.labeling.label_events import LabelingError
from cropsample_plugin.bridge.labeling.unsaved_labels import forget_unsaved, keep_unsaved, read_unsaved
from cropsample_plugin.bridge.profile import profile_folder
from cropsample_plugin.gui.labeling.labeling_session import LabelingSession
from cropsample_plugin.gui.labeling.labeling_steps import Step

_LOGGER = logging.getLogger(__name__)
_LOOK_EVERY_MS = 10_000
_UNSAVED_FOLDER = "unsaved_labels"


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
        self._shown_geometry: Optional[bytes] = None
        self._has_told_of_store = False
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look_for_others)

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
        self._has_told_of_store = False
        self._timer.start()
        self._take_up_unsaved(session)
        self.opened.emit()
        self._tell_of_sample()
        if session.pending:
            self.retry()

    def close(self) -> None:
        """Let go of the session; what still cannot be saved waits in the QGIS profile for its next opening."""
        self._timer.stop()
        if self.session is None:
            return
        session, self.session = self.session, None
        self.session_path = ""
        with suppress(LabelingError):  # What waits to be saved is tried once more.
            session.retry()
        if session.pending:
            unsaved = [(step.events, step.new_samples) for step in session.pending]
            try:
                keep_unsaved(profile_folder() / _UNSAVED_FOLDER, session.settings.session_id, unsaved)
            except OSError:
                _LOGGER.exception("%d steps of '%s' could not be kept", len(unsaved), session.settings.name)
        session.close()
        self.closed.emit()

    def act(self, action: Callable[[LabelingSession], object]) -> bool:
        """Do something with the session and tell everyone; False when it failed, with `failed` emitted."""
        session = self.session
        if session is None:
            return False
        before = session.current
        error: Optional[LabelingError] = None
        try:
            action(session)
        except LabelingError as caught:
            error = caught
        # A label may have been saved before something else failed, such as asking for the next sample.
        self.labels_changed.emit()
        if session.current is not before or self._geometry_differs():
            self._tell_of_sample()
        if error is not None:
            self.failed.emit(str(error))
        return error is None

    def retry(self) -> bool:
        """Save what could not be saved; False when it still cannot."""
        return self.act(lambda session: session.retry())

    def look_for_others(self) -> None:
        """Take in what other labelers have added; a store that cannot be reached is told of once."""
        session = self.session
        if session is None:
            return
        try:
            changed = session.refresh() if session.store.has_changed() else []
        except LabelingError as error:
            if not self._has_told_of_store:
                self._has_told_of_store = True
                self.failed.emit(str(error))
            return
        self._has_told_of_store = False
        if changed:
            self.labels_changed.emit()
            if self._geometry_differs():
                self._tell_of_sample()

    def _take_up_unsaved(self, session: LabelingSession) -> None:
        """Save what could not be saved when the session was last closed; what still cannot waits in memory."""
        folder, session_id = profile_folder() / _UNSAVED_FOLDER, session.settings.session_id
        unsaved = read_unsaved(folder, session_id)
        session.steps.pending.extend(Step(events, samples) for events, samples in unsaved)
        with suppress(LabelingError):
            session.retry()
        if unsaved and not session.pending:
            forget_unsaved(folder, session_id)

    def _geometry_differs(self) -> bool:
        """Return whether the current sample's outline was changed since it was told of."""
        session = self.session
        if session is None or session.current is None:
            return False
        return session.history.state(session.current.sample_id).geometry != self._shown_geometry

    def _tell_of_sample(self) -> None:
        session = self.session
        current = session.current if session is not None else None
        self._shown_geometry = session.history.state(current.sample_id).geometry if session and current else None
        self.sample_changed.emit()
