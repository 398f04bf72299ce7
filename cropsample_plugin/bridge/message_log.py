"""The plugin's Python logging shown in QGIS's message log while the plugin is enabled."""

from __future__ import annotations

import logging
from typing import Callable

from qgis.core import Qgis, QgsApplication

TAG = "CropSample"
_ROOT_LOGGER = "cropsample_plugin"


class MessageLogHandler(logging.Handler):
    """Writes records to the QGIS message log; safe from any thread."""

    def emit(self, record: logging.LogRecord) -> None:
        """Write one record."""
        try:
            log = QgsApplication.messageLog()
            if log is not None:
                # notifyUser False: the message bar belongs to whoever asked for the work.
                log.logMessage(self.format(record), TAG, _message_level(record.levelno), False)  # noqa: FBT003
        except Exception:  # noqa: BLE001 - logging must never break what it watches
            self.handleError(record)


def attach_message_log() -> Callable[[], None]:
    """Show the plugin's log in QGIS and return the function that undoes it."""
    logger = logging.getLogger(_ROOT_LOGGER)
    handler = MessageLogHandler()
    handler.setFormatter(logging.Formatter("%(message)s"))
    previous_level = logger.level
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)

    def detach() -> None:
        logger.removeHandler(handler)
        logger.setLevel(previous_level)

    return detach


def _message_level(level: int) -> Qgis.MessageLevel:
    if level >= logging.ERROR:
        return Qgis.MessageLevel.Critical
    if level >= logging.WARNING:
        return Qgis.MessageLevel.Warning
    return Qgis.MessageLevel.Info
