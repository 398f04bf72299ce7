"""The one error that the QGIS side raises when the engine cannot be used or does not finish; standard library only."""

from __future__ import annotations

CANCELED = "canceled"


class EngineError(Exception):
    """The engine was not usable, failed, or was cancelled.

    Attributes:
        kind: what went wrong in one word: a kind of `ErrorEvent`, ``canceled`` or ``killed``.
        message: what is wrong.
        remedy: what the user can do about it; may be empty.
        details: traceback or the end of the log; for the log, never shown first.
        log_path: the engine's log file, "" when there is none.
    """

    def __init__(self, kind: str, message: str, remedy: str = "", details: str = "", log_path: str = "") -> None:
        super().__init__(message)
        self.kind = kind
        self.message = message
        self.remedy = remedy
        self.details = details
        self.log_path = log_path

    def __str__(self) -> str:
        """Return message, remedy and where the log is, as one paragraph for the user."""
        log = f"Log: {self.log_path}" if self.log_path else ""
        return " ".join(part for part in (self.message, self.remedy, log) if part)

    @property
    def is_canceled(self) -> bool:
        """True when nothing failed: the user asked to stop."""
        return self.kind == CANCELED
