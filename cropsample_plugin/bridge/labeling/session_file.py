"""The session file: everything about a labeling session but its samples and labels, as JSON that can be moved."""

from __future__ import annotations

import json
import os
import re
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path, PurePosixPath
from typing import Any, Dict, List, Tuple
from uuid import uuid4

from cropsample_plugin.bridge.labeling.label_events import LabelingError, now_text

FORMAT = 1
SUFFIX = ".cropsession"
_PASSWORD = re.compile(r"(?i)\bpassword\s*=")
ASSIGN_ALL = "all"
ASSIGN_OVERLAP = "overlap"
ASSIGN_SPLIT = "split"
ASSIGN_CLAIM = "claim"
ASSIGNMENTS = (ASSIGN_ALL, ASSIGN_OVERLAP, ASSIGN_SPLIT, ASSIGN_CLAIM)


@dataclass(frozen=True)
class LabelClass:
    """A class to label with; color is ``#rrggbb``, target is how many samples are wanted (0: any)."""

    name: str
    color: str = "#888888"
    key: str = ""
    description: str = ""
    target: int = 0


@dataclass(frozen=True)
class LayerReference:
    """A layer as QGIS can open it again; file sources are relative to the session file."""

    name: str
    provider: str
    source: str


@dataclass(frozen=True)
class ViewSettings:
    """One of the linked views.

    Attributes:
        title: shown above it.
        layers: from top to bottom; for a stack view the stack alone.
        date: ISO date of the stack that is shown, "" for layers as they are.
        bands: names of the stack's bands shown as red, green and blue, or one.
    """

    title: str
    layers: Tuple[LayerReference, ...] = ()
    date: str = ""
    bands: Tuple[str, ...] = ()


@dataclass(frozen=True)
class Assignment:
    """Who labels what: mode (one of `ASSIGNMENTS`), labelers per sample, names, seed, duration of a claim."""

    mode: str = ASSIGN_ALL
    overlap: int = 1
    labelers: Tuple[str, ...] = ()
    seed: int = 0
    claim_timeout_s: float = 900.0


@dataclass(frozen=True)
class SessionSettings:
    """What a session is made of.

    Attributes:
        name: in words.
        store: path of the GeoPackage, relative to the session file, or ``postgres:`` and a QGIS connection URI without
            password.
        crs: of all geometries: authority id, else WKT.
        classes: at least one.
        is_blind: labelers do not see each other's labels; only adjudicators do.
        needs_confidence, needs_comment: a label is taken only with one.
        assignment: who labels what.
        adjudicators: who may settle disputes; empty for everyone in an open session.
        views: linked views.
        stack: dated stack, None for none.
        objects: polygons of a segmentation to pick from, None for none.
        minimum_pixels: drawn polygons hold at least so many pixels of the stack.
        scale: denominator of the scale at which samples are shown.
    """

    name: str
    store: str
    crs: str
    classes: Tuple[LabelClass, ...]
    is_blind: bool = False
    needs_confidence: bool = False
    needs_comment: bool = False
    assignment: Assignment = Assignment()
    adjudicators: Tuple[str, ...] = ()
    views: Tuple[ViewSettings, ...] = ()
    stack: Tuple[LayerReference, ...] = ()
    objects: Tuple[LayerReference, ...] = ()
    minimum_pixels: int = 1
    scale: float = 5000.0
    session_id: str = field(default_factory=lambda: uuid4().hex)
    created_at: str = field(default_factory=now_text)


def write_session_file(path: str, settings: SessionSettings) -> None:
    """Write a session file; the one that stood there is replaced only when the new one is complete.

    Raises:
        LabelingError: settings that contradict themselves, or a place that cannot be written.
    """
    check_settings(settings)
    target = Path(path)
    partial = target.with_name(target.name + ".part")
    text = json.dumps({"cropsample_session": FORMAT, **asdict(settings)}, indent=2, ensure_ascii=False)
    try:
        with partial.open("w", encoding="utf-8") as file:
            file.write(text + "\n")
            file.flush()
            os.fsync(file.fileno())
        partial.replace(target)
    except OSError as error:
        raise LabelingError(
            f"The session file '{target}' cannot be written: {error.strerror or error}.",
            "Choose a folder that you may write to and that has room.",
        ) from error


def read_session_file(path: str) -> SessionSettings:
    """Return the settings of a session.

    Raises:
        LabelingError: no such file, not a session file, damaged, or of a newer CropSample.
    """
    try:
        data = json.loads(Path(path).read_text(encoding="utf-8"))
    except OSError as error:
        raise LabelingError(f"The session file '{path}' cannot be read: {error.strerror or error}.") from error
    except ValueError as error:
        raise LabelingError(f"'{path}' is not a session file, or it is damaged.", "Open the session's copy.") from error
    version = data.pop("cropsample_session", None) if isinstance(data, dict) else None
    if not isinstance(version, int):
        raise LabelingError(f"'{path}' is not a session file.", f"Session files end in {SUFFIX}.")
    if version > FORMAT:
        raise LabelingError(
            f"'{path}' was written by a newer CropSample (session format {version}, this one reads up to {FORMAT}).",
            "Update the plugin.",
        )
    try:
        settings = _settings(data)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise LabelingError(f"The session file '{path}' is damaged: {error}.", "Open the session's copy.") from error
    check_settings(settings)
    return settings


def check_settings(settings: SessionSettings) -> None:
    """Raise `LabelingError` where settings contradict themselves."""
    if not settings.classes:
        raise LabelingError("A session needs at least one class.", "Add a class.")
    for what, values in (
        ("name", [item.name for item in settings.classes]),
        ("key", [item.key.casefold() for item in settings.classes if item.key]),
    ):
        twice = sorted({value for value in values if values.count(value) > 1})
        if twice:
            raise LabelingError(f"Two classes have the {what} '{twice[0]}'.", f"Give each class a {what} of its own.")
    if _PASSWORD.search(settings.store):
        raise LabelingError("A session file never holds a password.", "Save it in QGIS's connection instead.")
    if any(not item.name.strip() for item in settings.classes):
        raise LabelingError("A class has no name.", "Name it, or remove it.")
    if settings.assignment.mode not in ASSIGNMENTS:
        raise LabelingError(f"There is no assignment '{settings.assignment.mode}'.", f"Use one of {ASSIGNMENTS}.")


def resolved(reference: str, session_path: str) -> str:
    """Return a path of a session file as an absolute one; database URIs and web sources as they are."""
    if not reference or ":" in reference.split("/", maxsplit=1)[0] or PurePosixPath(reference).is_absolute():
        return reference
    return str((Path(session_path).parent / reference).resolve())


def _settings(data: Dict[str, Any]) -> SessionSettings:
    known = {item.name for item in fields(SessionSettings)}
    values = {name: value for name, value in data.items() if name in known}
    values["classes"] = tuple(LabelClass(**item) for item in values["classes"])
    values["adjudicators"] = tuple(values.get("adjudicators", ()))
    values["views"] = tuple(
        ViewSettings(item["title"], _references(item["layers"]), item["date"], tuple(item["bands"]))
        for item in values.get("views", ())
    )
    for name in ("stack", "objects"):
        values[name] = _references(values.get(name, ()))
    assignment = dict(values.get("assignment", {}))
    assignment["labelers"] = tuple(assignment.get("labelers", ()))
    values["assignment"] = Assignment(**assignment)
    return SessionSettings(**values)


def _references(items: List[Dict[str, str]]) -> Tuple[LayerReference, ...]:
    return tuple(LayerReference(**item) for item in items)
