"""Sessions on disk: opened, listed as recent, and by whom they were labeled on this machine."""

from __future__ import annotations

from pathlib import Path
from typing import List

from qgis.core import QgsApplication, QgsSettings

from cropsample_plugin.bridge.labeling.open_store import open_store
from cropsample_plugin.bridge.labeling.session_file import read_session_file
from cropsample_plugin.gui.labeling.labeling_session import LabelingSession

_RECENT = "cropsample/labeling_recent"
_LABELER = "cropsample/labeling_labeler"
_LABELER_OF = "cropsample/labeling_labeler_of"
MOST_RECENT = 8


def open_session(path: str, labeler: str) -> LabelingSession:
    """Return the session of a file, at the first sample that its labeler has not labeled.

    Raises:
        LabelingError: the file or its store cannot be read, or the labeler has no name.
    """
    settings = read_session_file(path)
    session = LabelingSession(settings, open_store(settings, path), labeler.strip())
    remember(path, settings.session_id, labeler)
    return session


def remember(path: str, session_id: str, labeler: str) -> None:
    """List a session as the most recent one, and its labeler as the one who labels on this machine."""
    stored = QgsSettings()
    kept = [item for item in recent_sessions() if item != path]
    stored.setValue(_RECENT, [path, *kept][:MOST_RECENT])
    stored.setValue(_LABELER, labeler.strip())
    stored.setValue(f"{_LABELER_OF}/{session_id}", labeler.strip())


def recent_sessions() -> List[str]:
    """Return the session files opened on this machine that are still there, the latest first."""
    stored = QgsSettings().value(_RECENT, []) or []
    listed = [stored] if isinstance(stored, str) else list(stored)
    return [path for path in listed if Path(path).is_file()]


def usual_labeler(session_id: str = "") -> str:
    """Return who labeled a session on this machine last, else any session, else the user's full name."""
    stored = QgsSettings()
    named = str(stored.value(f"{_LABELER_OF}/{session_id}", "") or "") if session_id else ""
    return (
        named
        or str(stored.value(_LABELER, "") or "")
        or QgsApplication.userFullName()
        or QgsApplication.userLoginName()
    )
