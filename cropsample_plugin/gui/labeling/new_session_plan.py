"""What a new labeling session is to be: checked field by field, then made."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Dict, List, Tuple

from qgis.PyQt.QtCore import QCoreApplication

from cropsample_plugin.bridge.labeling.assignment import assign
from cropsample_plugin.bridge.labeling.geopackage_store import create_geopackage_store
from cropsample_plugin.bridge.labeling.label_events import LabelingError
from cropsample_plugin.bridge.labeling.label_store import LabelStore, NewSample
from cropsample_plugin.bridge.labeling.postgis_login import ask_login
from cropsample_plugin.bridge.labeling.postgis_store import create_postgis_store
from cropsample_plugin.bridge.labeling.session_file import (
    ASSIGN_ALL,
    ASSIGN_CLAIM,
    ASSIGN_OVERLAP,
    ASSIGN_SPLIT,
    SUFFIX,
    LabelClass,
    SessionSettings,
    write_session_file,
)
from cropsample_plugin.gui.labeling.labeling_keys import key_conflicts, shown_key
from cropsample_plugin.gui.labeling.labeling_session import LabelingSession

NAME, LABELER, FILE, CLASSES, LABELERS, OVERLAP, DATABASE = (
    "name",
    "labeler",
    "file",
    "classes",
    "labelers",
    "overlap",
    "database",
)


@dataclass(frozen=True)
class SessionPlan:
    """What the dialog holds.

    Attributes:
        path: of the session file.
        database: QGIS connection URI of a PostGIS database, "" for a GeoPackage beside the session file.
        schema: of the tables there.
        settings: everything else; the store is filled in when it is made.
        labeler: who opens it.
        samples: empty to begin with drawing.
        keys: of the commands, which classes cannot have.
        is_database_wanted: whether PostGIS was chosen.
    """

    path: str
    settings: SessionSettings
    labeler: str
    samples: Tuple[NewSample, ...] = ()
    database: str = ""
    schema: str = "public"
    is_database_wanted: bool = False


def plan_problems(plan: SessionPlan, keys: Dict[str, str]) -> Dict[str, str]:
    """Return what is wrong with which field; empty when the session can be made."""
    settings, assignment = plan.settings, plan.settings.assignment
    found = {
        NAME: "" if settings.name.strip() else _tr("Give the session a name."),
        LABELER: "" if plan.labeler.strip() else _tr("Type your name: labels carry it."),
        FILE: _file_problem(plan),
        CLASSES: class_problem(settings.classes, keys),
        DATABASE: _tr("Choose a connection.") if plan.is_database_wanted and not plan.database else "",
    }
    needs_names = assignment.mode in (ASSIGN_OVERLAP, ASSIGN_SPLIT)
    if needs_names and len(assignment.labelers) < 2:  # noqa: PLR2004 - alone there is nothing to divide
        found[LABELERS] = _tr("Name at least two labelers, one a line.")
    elif needs_names and plan.labeler.strip() not in assignment.labelers:
        found[LABELERS] = _tr("Your own name is not among them: you would have nothing to label.")
    if assignment.mode == ASSIGN_OVERLAP and assignment.overlap > len(assignment.labelers):
        found[OVERLAP] = _tr("There are fewer labelers than that.")
    if assignment.mode == ASSIGN_CLAIM and not plan.is_database_wanted:
        found[DATABASE] = _tr("Samples are handed out one by one by a database only: keep the labels in PostGIS.")
    return {name: text for name, text in found.items() if text}


def class_problem(classes: Tuple[LabelClass, ...], keys: Dict[str, str]) -> str:
    """Return what is wrong with a list of classes, "" for nothing."""
    if not classes:
        return _tr("Add at least one class.")
    names = [item.name.strip() for item in classes]
    twice = next((name for name in names if names.count(name) > 1), None)
    if not all(names):
        return _tr("A class has no name.")
    if twice is not None:
        return _tr("Two classes are called '{}'.").format(twice)
    long = next((item for item in classes if len(item.key) > 1), None)
    if long is not None:
        return _tr("The key '{}' of {} is not one digit or letter.").format(long.key, long.name)
    conflicts = key_conflicts(keys, classes)
    if conflicts:
        return _tr("The key {} stands for: {}").format(shown_key(conflicts[0][0]), ", ".join(conflicts[0][1]))
    return ""


def make_session(plan: SessionPlan) -> Tuple[LabelingSession, str]:
    """Write store and session file; return the open session and the path of its file.

    Raises:
        LabelingError: something cannot be written, or samples contradict each other.
    """
    path = with_suffix(plan.path)
    samples = _assigned(plan)
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    store, reference = _make_store(plan, path, samples)
    settings = replace(plan.settings, store=reference)
    try:
        write_session_file(path, settings)
    except LabelingError:
        store.close()
        if not plan.is_database_wanted:
            Path(path).with_suffix(".gpkg").unlink()
        raise
    return LabelingSession(settings, store, plan.labeler.strip()), path


def with_suffix(path: str) -> str:
    """Return a path that ends as session files do."""
    return path if path.lower().endswith(SUFFIX) else path + SUFFIX


def _assigned(plan: SessionPlan) -> List[NewSample]:
    if plan.settings.assignment.mode in (ASSIGN_ALL, ASSIGN_CLAIM):
        return list(plan.samples)
    ids, strata = [new.sample.sample_id for new in plan.samples], [new.sample.stratum for new in plan.samples]
    assigned = dict(assign(ids, plan.settings.assignment, strata))
    return [
        replace(new, sample=replace(new.sample, assigned_to=assigned.get(new.sample.sample_id, ())))
        for new in plan.samples
    ]


def _make_store(plan: SessionPlan, path: str, samples: List[NewSample]) -> Tuple[LabelStore, str]:
    if plan.is_database_wanted:
        stem = re.sub(r"\W+", "_", Path(path).stem.lower()).strip("_")[:30] or "labels"
        table = f"{stem}_{time.strftime('%Y%m%d_%H%M%S')}"
        made: Any = create_postgis_store(plan.database, plan.schema, table, plan.settings.crs, samples, ask_login)
        return made, made.reference
    target = Path(path).with_suffix(".gpkg")
    return create_geopackage_store(str(target), plan.settings.crs, samples, may_be_empty=not plan.samples), target.name


def _file_problem(plan: SessionPlan) -> str:
    if not plan.path.strip():
        return _tr("Choose where the session is kept.")
    path = Path(with_suffix(plan.path.strip()))
    for existing in (path, path.with_suffix(".gpkg")):
        if existing.exists():
            return _tr("{} exists already. Choose another name; open the session there to go on with it.").format(
                existing.name
            )
    if not path.is_absolute():
        return _tr("Choose a folder, too.")
    return ""


def _tr(text: str) -> str:
    return QCoreApplication.translate("NewSession", text)
