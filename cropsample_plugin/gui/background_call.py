"""Run one function in the background, as a QGIS task, and hand its result or error to the main thread."""

from __future__ import annotations

import logging
from typing import Any, Callable, Optional, Set

from qgis.core import QgsApplication, QgsTask
from qgis.PyQt.QtCore import pyqtSignal

from cropsample_plugin.bridge.engine_errors import EngineError

LOGGER = logging.getLogger(__name__)

# A task that only the task manager knows loses its Python half (qgis/QGIS#38583); these are kept until finished.
_alive: Set[BackgroundCall] = set()


class BackgroundCall(QgsTask):
    """Calls ``function(task)`` in a worker thread.

    Attributes:
        line_received: a line of text, for functions that have some to tell.
        done: result and `EngineError`, one of them None, on the main thread; the task is gone afterwards.
    """

    line_received = pyqtSignal(str)
    done = pyqtSignal(object, object)

    def __init__(self, description: str, function: Callable[[BackgroundCall], Any]) -> None:
        super().__init__(description, QgsTask.Flag.CanCancel)
        self._function = function
        self._result: Any = None
        self._error: Optional[EngineError] = None
        _alive.add(self)

    def start(self) -> BackgroundCall:
        """Hand the task to QGIS and return it."""
        QgsApplication.taskManager().addTask(self)
        return self

    def run(self) -> bool:
        """Call the function; called by QGIS in a worker thread."""
        try:
            self._result = self._function(self)
        except EngineError as error:
            self._error = error
        except Exception as error:
            LOGGER.exception("%s failed", self.description())
            self._error = EngineError("crash", f"Unexpected {type(error).__name__}: {error}")
        return self._error is None

    def finished(self, result: bool) -> None:  # noqa: FBT001 - QGIS calls it
        """Hand over; called by QGIS on the main thread."""
        _alive.discard(self)
        if not result and self._error is None:
            self._error = EngineError("canceled", "Canceled.")
        self.done.emit(self._result, self._error)
