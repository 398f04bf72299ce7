"""Which job folders this QGIS is running right now, and how to stop or pause one from elsewhere; standard library only.

An algorithm of the toolbox runs in a thread that nobody else holds. The Jobs panel reaches it through here.
"""

from __future__ import annotations

import contextlib
import threading
from pathlib import Path
from typing import Callable, Dict, Iterator, Set

_STOP_BY_FOLDER: Dict[str, threading.Event] = {}
_PAUSED: Set[str] = set()


@contextlib.contextmanager
def live_job(folder: Path) -> Iterator[Callable[[], bool]]:
    """Mark a job as running; yields a function that says whether somebody asked for its end."""
    stop = threading.Event()
    _STOP_BY_FOLDER[str(folder)] = stop
    try:
        yield stop.is_set
    finally:
        _STOP_BY_FOLDER.pop(str(folder), None)
        _PAUSED.discard(str(folder))


def is_live(folder: Path) -> bool:
    """Return True while this QGIS runs the job of a folder."""
    return str(folder) in _STOP_BY_FOLDER


def stop_live_job(folder: Path) -> bool:
    """Ask the job of a folder to stop; False when this QGIS does not run it."""
    stop = _STOP_BY_FOLDER.get(str(folder))
    if stop is None:
        return False
    stop.set()
    return True


def pause_live_job(folder: Path, *, is_paused: bool) -> bool:
    """Ask the job of a folder to wait, or to go on; False when this QGIS does not run it."""
    if not is_live(folder):
        return False
    (_PAUSED.add if is_paused else _PAUSED.discard)(str(folder))
    return True


def is_paused(folder: Path) -> bool:
    """Return True while the job of a folder is asked to wait."""
    return str(folder) in _PAUSED
