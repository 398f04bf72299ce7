"""How engine code reports progress and asks whether it should stop."""

from __future__ import annotations

from typing import Any, Protocol

from cropsample_plugin.engine.errors import CanceledError


class Progress(Protocol):
    """What a long computation needs from its caller."""

    def report(self, fraction: float, message: str = "") -> None:
        """Report the share done, in [0, 1], and what is being done now."""

    def log(self, message: str, level: str = "info") -> None:
        """Tell the user something lasting; level is ``info``, ``warning`` or ``error``."""

    def metric(self, name: str, step: int, value: float) -> None:
        """Report one point of a curve, such as the validation loss of an epoch."""

    def row(self, table: str, values: dict[str, Any]) -> None:
        """Add a row to a table that grows while the user looks on; values are numbers or texts."""

    def is_canceled(self) -> bool:
        """Return True once the user asked to stop."""


class SilentProgress:
    """Progress for callers that want none: tests and benchmarks."""

    def report(self, fraction: float, message: str = "") -> None:
        """Ignore."""

    def log(self, message: str, level: str = "info") -> None:
        """Ignore."""

    def metric(self, name: str, step: int, value: float) -> None:
        """Ignore."""

    def row(self, table: str, values: dict[str, Any]) -> None:
        """Ignore."""

    def is_canceled(self) -> bool:
        """Never."""
        return False


class StepProgress:
    """Maps the progress of one step onto a part of the whole, so that steps need not know of each other."""

    def __init__(self, parent: Progress, start: float, end: float) -> None:
        self._parent = parent
        self._start = start
        self._end = end

    def report(self, fraction: float, message: str = "") -> None:
        """Report to the parent, scaled into ``[start, end]``."""
        clipped = min(max(fraction, 0.0), 1.0)
        self._parent.report(self._start + (self._end - self._start) * clipped, message)

    def log(self, message: str, level: str = "info") -> None:
        """Pass on."""
        self._parent.log(message, level)

    def metric(self, name: str, step: int, value: float) -> None:
        """Pass on."""
        self._parent.metric(name, step, value)

    def row(self, table: str, values: dict[str, Any]) -> None:
        """Pass on."""
        self._parent.row(table, values)

    def is_canceled(self) -> bool:
        """Ask the parent."""
        return self._parent.is_canceled()


def raise_if_canceled(progress: Progress) -> None:
    """Raise `CanceledError` once the user asked to stop; call once per block or epoch."""
    if progress.is_canceled():
        raise CanceledError
