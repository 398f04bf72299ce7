"""What keeps a GeoPackage of labels from being read or written, in words that say what to do."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Optional, Tuple

from cropsample_plugin.bridge.labeling.label_events import LabelingError

_LITTLE_ROOM_BYTES = 1 << 20


def explain(path: str, error: Exception, *, is_writing: bool) -> LabelingError:
    """Return what went wrong with a file of labels, looking at the file itself where SQLite does not say."""
    told = str(error)
    gone = missing_file(path)
    if gone is not None:
        message, remedy = gone.message, gone.remedy
    elif "not a database" in told or "malformed" in told:
        message, remedy = f"'{path}' is not a GeoPackage, or it is damaged.", "Choose another file, or its copy."
    elif "locked" in told or "busy" in told:
        message, remedy = f"'{path}' is being written by another program.", "Wait until it has finished, then retry."
    elif is_writing:
        message, remedy = _why_not_written(path, told)
    else:
        message, remedy = f"'{path}' cannot be read: {told}.", "Mend the cause, then retry."
    return LabelingError(f"{message} What you did is kept in memory." if is_writing else message, remedy)


def _why_not_written(path: str, told: str) -> Tuple[str, str]:
    folder = Path(path).parent
    if "full" in told or _room(folder) < _LITTLE_ROOM_BYTES:
        return f"The disk of '{path}' is full.", "Free some space, then retry."
    if not os.access(path, os.W_OK):
        return f"You may not write to '{path}'.", "Allow writing to the file, then retry."
    if not os.access(folder, os.W_OK):
        return (
            f"You may not write to the folder of '{path}', where its journal has to be.",
            "Allow writing to the folder, then retry.",
        )
    if "readonly" in told:
        return f"'{path}' can only be read.", "Allow writing to the file and its folder, then retry."
    return f"'{path}' cannot be written: {told}.", "Mend the cause, then retry."


def missing_file(path: str) -> Optional[LabelingError]:
    """Return what is missing of a path, None where the file is there."""
    if _is_there(Path(path)):
        return None
    folder = Path(path).parent
    if not _is_there(folder):
        return LabelingError(
            f"The folder '{folder}' cannot be reached.", "Connect the drive or network share again, then retry."
        )
    return LabelingError(f"The file '{path}' is not there any more.", "Put it back, then retry.")


def _is_there(path: Path) -> bool:
    """Return whether a file or folder is there; a share that answers with any error is not."""
    try:
        path.stat()
    except OSError:
        return False
    return True


def _room(folder: Path) -> float:
    try:
        return float(shutil.disk_usage(folder).free)
    except OSError:
        return float("inf")
