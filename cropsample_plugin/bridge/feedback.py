"""Events of the engine told to a QGIS feedback object."""

from __future__ import annotations

import logging
from typing import Optional

from qgis.core import QgsFeedback, QgsProcessingFeedback

from cropsample_plugin.jobs.protocol import ErrorEvent, Event, LogEvent, MetricEvent, ProgressEvent

LOGGER = logging.getLogger(__name__)
_LOG_LEVELS = {"info": logging.INFO, "warning": logging.WARNING, "error": logging.ERROR}


class FeedbackListener:
    """Passes events on to a `QgsFeedback`, with texts where it is a `QgsProcessingFeedback`."""

    def __init__(self, feedback: QgsFeedback) -> None:
        self._feedback = feedback
        self._texts: Optional[QgsProcessingFeedback] = feedback if isinstance(feedback, QgsProcessingFeedback) else None
        self._last_message = ""

    def __call__(self, event: Event) -> None:
        """Pass on one event; the error that ends a job is raised by who runs it, so it is not repeated here."""
        if isinstance(event, ProgressEvent):
            self._show_progress(event)
        elif isinstance(event, LogEvent):
            self._show_log(event)
        elif isinstance(event, MetricEvent) and self._texts:
            self._texts.pushDebugInfo(f"{event.name}[{event.step}] = {event.value:.6g}")
        elif isinstance(event, ErrorEvent):
            LOGGER.debug("%s", event.details)

    def _show_progress(self, event: ProgressEvent) -> None:
        self._feedback.setProgress(100.0 * event.fraction)
        if self._texts and event.message and event.message != self._last_message:
            self._last_message = event.message
            self._texts.setProgressText(event.message)

    def _show_log(self, event: LogEvent) -> None:
        if not self._texts:
            LOGGER.log(_LOG_LEVELS.get(event.level, logging.INFO), "%s", event.message)
        elif event.level == "error":
            self._texts.reportError(event.message)
        elif event.level == "warning":
            self._texts.pushWarning(event.message)
        else:
            self._texts.pushInfo(event.message)
