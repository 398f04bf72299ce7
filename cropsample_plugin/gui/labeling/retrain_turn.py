"""Lets proposals come next in the queue without taking the sample that is being looked at from the labeler."""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtCore import QObject

from cropsample_plugin.gui.labeling.labeling_controller import LabelingController


class ProposalsNext(QObject):
    """Waits until the sample that is looked at has a label or is skipped, then goes to the first proposal."""

    def __init__(self, controller: LabelingController, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self._controller = controller
        self._first = ""
        self._current = ""
        controller.sample_changed.connect(self._on_sample)
        controller.closed.connect(self.forget)

    def come(self, first: str) -> None:
        """Go to this sample at the next change; at once where nothing is looked at or it is done already."""
        session = self._controller.session
        if session is None:
            return
        current = session.current
        self._first = first
        self._current = current.sample_id if current is not None else ""
        if current is None or self._is_done(self._current):
            self._go()

    def forget(self) -> None:
        """Wait no longer."""
        self._first = self._current = ""

    def _on_sample(self) -> None:
        if not self._first:
            return
        session = self._controller.session
        if session is None or session.current is None:
            return
        if self._is_done(self._current):
            self._go()
        else:
            self._current = session.current.sample_id

    def _go(self) -> None:
        first = self._first
        self.forget()
        session = self._controller.session
        if session is not None and (session.current is None or session.current.sample_id != first):
            self._controller.act(lambda open_session: open_session.go_to(first))

    def _is_done(self, sample_id: str) -> bool:
        session = self._controller.session
        state = session.state(sample_id)
        return session.labeler in state.labels or session.labeler in state.skipped_by
