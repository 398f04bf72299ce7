"""Looks for others' events in a database in the background, so that a slow or lost server never stops the user."""

from __future__ import annotations

import threading
from contextlib import suppress
from typing import Callable, List, Optional, Tuple

from cropsample_plugin.bridge.labeling.label_events import LabelEvent, LabelingError

Found = Tuple[List[LabelEvent], int]


class EventWatch:
    """Reads events ahead, one look at a time.

    Args:
        read: reads the events after a place over a connection of its own; called in another thread.
    """

    def __init__(self, read: Callable[[int], Found]) -> None:
        self._read = read
        self._thread: Optional[threading.Thread] = None
        self._found: Optional[Tuple[int, Found]] = None
        self.after = 0

    @property
    def is_looking(self) -> bool:
        """Whether a look goes on."""
        return self._thread is not None and self._thread.is_alive()

    def look(self) -> bool:
        """Begin a look unless one goes on; return whether an earlier one found something."""
        if not self.is_looking and self._found is None:
            self._thread = threading.Thread(target=self._look, args=(self.after,), daemon=True)
            self._thread.start()
        return self._found is not None

    def take(self, after: int) -> Optional[Found]:
        """Return what was found, once; None when nothing was, or it does not begin at that place."""
        found, self._found = self._found, None
        return found[1] if found is not None and found[0] == after else None

    def _look(self, after: int) -> None:
        # A server that is gone is told by the next thing that the user saves.
        with suppress(LabelingError):
            found = self._read(after)
            if found[0]:
                self._found = (after, found)
