"""What could not be saved when a session was closed: kept in the QGIS profile until the session can be saved again."""

from __future__ import annotations

import json
import os
from base64 import b64decode, b64encode
from dataclasses import asdict
from pathlib import Path
from typing import Any, Dict, List, Optional, Sequence, Tuple

from cropsample_plugin.bridge.labeling.label_events import LabelEvent
from cropsample_plugin.bridge.labeling.label_store import LabelingSample, NewSample

Unsaved = Tuple[List[LabelEvent], List[NewSample]]
_SUFFIX = ".json"


def keep_unsaved(folder: Path, session_id: str, steps: Sequence[Unsaved]) -> Path:
    """Write steps beside those that wait for the session already; raises OSError where that is impossible."""
    folder.mkdir(parents=True, exist_ok=True)
    path = _path(folder, session_id)
    partial = path.with_name(path.name + ".part")
    waiting = read_unsaved(folder, session_id)
    if path.exists() and not waiting:
        path.replace(path.with_suffix(".damaged"))
    known = {event.event_id for events, _samples in waiting for event in events}
    waiting += [step for step in steps if not known.issuperset(event.event_id for event in step[0])]
    with partial.open("w", encoding="utf-8") as file:
        json.dump([_as_json(events, samples) for events, samples in waiting], file)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)
    return path


def read_unsaved(folder: Path, session_id: str) -> List[Unsaved]:
    """Return the steps that wait for a session, oldest first; a damaged file is left where it is and holds none."""
    try:
        return [_from_json(step) for step in json.loads(_path(folder, session_id).read_text(encoding="utf-8"))]
    except (OSError, ValueError, KeyError, TypeError):
        return []


def forget_unsaved(folder: Path, session_id: str) -> None:
    """Remove the steps that waited: they are in the session now."""
    _path(folder, session_id).unlink(missing_ok=True)


def _path(folder: Path, session_id: str) -> Path:
    # An id out of a session file that was tampered with must not lead elsewhere.
    return folder / ("".join(sign for sign in session_id if sign.isalnum()) + _SUFFIX)


def _as_json(events: Sequence[LabelEvent], samples: Sequence[NewSample]) -> Dict[str, Any]:
    return {
        "events": [{**asdict(event), "geometry": _as_text(event.geometry)} for event in events],
        "samples": [{**asdict(new.sample), "geometry": _as_text(new.geometry)} for new in samples],
    }


def _from_json(step: Dict[str, Any]) -> Unsaved:
    events = [LabelEvent(**{**item, "geometry": _as_bytes(item["geometry"])}) for item in step["events"]]
    samples = []
    for item in step["samples"]:
        geometry = _as_bytes(item.pop("geometry")) or b""
        item["assigned_to"] = tuple(item["assigned_to"])
        samples.append(NewSample(LabelingSample(**item), geometry))
    return events, samples


def _as_text(geometry: Optional[bytes]) -> Optional[str]:
    return None if geometry is None else b64encode(geometry).decode("ascii")


def _as_bytes(text: Optional[str]) -> Optional[bytes]:
    return None if text is None else b64decode(text)
