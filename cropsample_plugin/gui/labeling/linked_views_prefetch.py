"""Draws the next sample where nobody sees it, so that its tiles and blocks are at hand when it is shown."""

from __future__ import annotations

from typing import List, Optional

from qgis.core import QgsMapRendererSequentialJob, QgsMapSettings
from qgis.PyQt.QtCore import QObject


class Prefetch(QObject):
    """Draws one map after the other; what is drawn is thrown away, what was fetched for it stays in QGIS's caches."""

    def __init__(self, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self._waiting: List[QgsMapSettings] = []
        self._job: Optional[QgsMapRendererSequentialJob] = None
        # A job that was told to stop must live until it has stopped.
        self._stopping: List[QgsMapRendererSequentialJob] = []

    @property
    def is_busy(self) -> bool:
        """Whether something is being drawn."""
        return self._job is not None

    def start(self, maps: List[QgsMapSettings]) -> None:
        """Draw these maps, and no longer those that were asked for before."""
        self.stop()
        self._waiting = list(maps)
        self._draw_next()

    def stop(self) -> None:
        """Stop at once, without waiting."""
        self._waiting = []
        if self._job is not None:
            self._stopping.append(self._job)
            self._job.cancelWithoutBlocking()
            self._job = None

    def shut_down(self) -> None:
        """Stop, and wait until it has stopped."""
        self.stop()
        for job in list(self._stopping):
            job.cancel()
        self._stopping.clear()

    def _draw_next(self) -> None:
        if not self._waiting:
            return
        job = QgsMapRendererSequentialJob(self._waiting.pop(0))
        job.finished.connect(lambda: self._on_finished(job))
        self._job = job
        job.start()

    def _on_finished(self, job: QgsMapRendererSequentialJob) -> None:
        if job in self._stopping:
            self._stopping.remove(job)
        if job is self._job:
            self._job = None
            self._draw_next()
