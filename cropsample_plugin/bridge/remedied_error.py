"""What keeps a user of a panel from going on: what is wrong, and what to do."""

from __future__ import annotations


class RemediedError(Exception):
    """An error with a remedy.

    Attributes:
        message: what is wrong.
        remedy: what to do, "" where nothing can be advised.
    """

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        """Return message and remedy as one paragraph."""
        return " ".join(part for part in (self.message, self.remedy) if part)
