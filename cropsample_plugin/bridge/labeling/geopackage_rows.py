"""Rows of a GeoPackage of labels: samples and events in and out, and what stands of them."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import replace
from functools import lru_cache
from itertools import starmap
from operator import attrgetter
from string import Template
from typing import Any, Iterable, List, Optional, Sequence, Tuple

from cropsample_plugin.bridge.labeling.geopackage_geometry import Envelope, envelope_of, to_blob, to_wkb
from cropsample_plugin.bridge.labeling.geopackage_schema import EVENT_COLUMNS, LABEL_COLUMNS, SAMPLE_COLUMNS
from cropsample_plugin.bridge.labeling.label_events import LabelEvent, LabelHistory, LabelingError, collection_paused
from cropsample_plugin.bridge.labeling.label_store import LabelingSample, NewSample

_sample_values, _event_values, _label_values = (
    attrgetter(*columns) for columns in (SAMPLE_COLUMNS, EVENT_COLUMNS, LABEL_COLUMNS)
)
_GEOMETRY_PLACE = EVENT_COLUMNS.index("geometry")


def _filled(statement: str, columns: Sequence[str]) -> str:
    """Put names of the schema's columns into a statement, and a mark for each of their values."""
    return Template(statement).substitute(columns=", ".join(columns), marks=", ".join("?" * len(columns)))


_READ_SAMPLES = _filled("SELECT $columns FROM samples ORDER BY fid", SAMPLE_COLUMNS)
_READ_EVENTS = _filled("SELECT $columns FROM label_events WHERE fid > ? ORDER BY fid", EVENT_COLUMNS)
_READ_SAMPLE_EVENTS = _filled("SELECT $columns FROM label_events WHERE sample_id = ? ORDER BY fid", EVENT_COLUMNS)
_READ_EVENT_AT = "SELECT event_id FROM label_events WHERE fid = ?"
_READ_GEOMETRY = "SELECT geom FROM samples WHERE sample_id = ?"
_ADD_SAMPLE = _filled("INSERT INTO samples (geom, $columns) VALUES (?, $marks)", SAMPLE_COLUMNS)
_ADD_EVENT = _filled(
    "INSERT INTO label_events ($columns) VALUES ($marks) ON CONFLICT (event_id) DO NOTHING", EVENT_COLUMNS
)
_DROP_LABELS = "DELETE FROM labels WHERE sample_id = ?"
_ADD_LABEL = _filled("INSERT INTO labels (geom, $columns) VALUES (?, $marks)", LABEL_COLUMNS)
_ASSIGN = "UPDATE samples SET assigned_to = ? WHERE sample_id = ?"
_LATEST_EVENT = "SELECT fid, event_id FROM label_events ORDER BY fid DESC LIMIT 1"
_REACH = """UPDATE gpkg_contents SET
  min_x = min(coalesce(min_x, :x0), :x0), max_x = max(coalesce(max_x, :x1), :x1),
  min_y = min(coalesce(min_y, :y0), :y0), max_y = max(coalesce(max_y, :y1), :y1) WHERE data_type = 'features'"""
_CHANGED = "UPDATE gpkg_contents SET last_change = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')"


def read_samples(connection: sqlite3.Connection) -> List[LabelingSample]:
    """Return every sample in the order of addition."""
    with collection_paused():
        return [LabelingSample(*row[:-1], _names(row[-1])) for row in connection.execute(_READ_SAMPLES)]


def read_geometry(connection: sqlite3.Connection, sample_id: str) -> Optional[bytes]:
    """Return the GeoPackage blob that a sample came with, None when there is no such sample."""
    row = connection.execute(_READ_GEOMETRY, (sample_id,)).fetchone()
    return None if row is None else row[0]


def read_events(connection: sqlite3.Connection, after: int) -> Tuple[List[LabelEvent], int]:
    """Return the events whose row comes after a number, and the number of the last row."""
    connection.execute("BEGIN")
    try:
        place = max(after, latest_event(connection)[0])
        with collection_paused():
            return _events(connection.execute(_READ_EVENTS, (after,))), place
    finally:
        connection.execute("COMMIT")


def latest_event(connection: sqlite3.Connection) -> Tuple[int, str]:
    """Return row number and id of the event added last; (0, "") when there is none."""
    return connection.execute(_LATEST_EVENT).fetchone() or (0, "")


def has_event_at(connection: sqlite3.Connection, fid: int, event_id: str) -> bool:
    """Return whether a row holds that event; True for the row before the first."""
    return not fid or connection.execute(_READ_EVENT_AT, (fid,)).fetchone() == (event_id,)


def srs_id(connection: sqlite3.Connection) -> int:
    """Return the number that the coordinate system has in this file."""
    found = connection.execute("SELECT srs_id FROM gpkg_geometry_columns WHERE table_name = 'samples'").fetchone()
    return int(found[0])


def assign(connection: sqlite3.Connection, assigned: Sequence[Tuple[str, Tuple[str, ...]]]) -> None:
    """Set who is to label which samples."""
    connection.executemany(_ASSIGN, [(_names_text(names), sample_id) for sample_id, names in assigned])
    connection.execute(_CHANGED)


def add(connection: sqlite3.Connection, events: Sequence[LabelEvent], new_samples: Sequence[NewSample]) -> None:
    """Add samples and events that are not there yet, and write anew what stands for the samples they are about.

    Raises:
        LabelingError: a sample of that id with another geometry is there, or a geometry is damaged.
    """
    number = srs_id(connection)
    blobs = _add_samples(connection, new_samples, number)
    _add_events(connection, events, number)
    blobs += _derive_labels(connection, dict.fromkeys(event.sample_id for event in events), number)
    boxes: List[Envelope] = [box for box in map(envelope_of, blobs) if box is not None]
    if boxes:
        low_x, high_x, low_y, high_y = zip(*boxes)
        reach = {"x0": min(low_x), "x1": max(high_x), "y0": min(low_y), "y1": max(high_y)}
        connection.execute(_REACH, reach)
    connection.execute(_CHANGED)


def _add_samples(connection: sqlite3.Connection, new: Sequence[NewSample], number: int) -> List[bytes]:
    rows = []
    for item in new:
        blob = to_blob(item.geometry, number)
        there = connection.execute(_READ_GEOMETRY, (item.sample.sample_id,)).fetchone()
        if there is None:
            rows.append((blob, *_sample_values(item.sample)[:-1], _names_text(item.sample.assigned_to)))
        elif there[0] != blob:
            raise LabelingError(
                f"The session has a sample '{item.sample.sample_id}' already, with another geometry.",
                "Give the new one another id.",
            )
    connection.executemany(_ADD_SAMPLE, rows)
    return [row[0] for row in rows]


def _add_events(connection: sqlite3.Connection, events: Sequence[LabelEvent], number: int) -> None:
    rows = []
    for event in events:
        row = list(_event_values(event))
        if event.geometry is not None:
            row[_GEOMETRY_PLACE] = to_blob(event.geometry, number)
        rows.append(row)
    connection.executemany(_ADD_EVENT, rows)


def _derive_labels(connection: sqlite3.Connection, sample_ids: Iterable[str], number: int) -> List[bytes]:
    """Write anew what stands for these samples into the layer of labels."""
    rows = []
    for sample_id in sample_ids:
        history = LabelHistory(_events(connection.execute(_READ_SAMPLE_EVENTS, (sample_id,))))
        state = history.state(sample_id)
        standing = [*state.labels.values(), *([state.settled] if state.settled else [])]
        if state.is_removed or not standing:
            continue
        if state.geometry is not None:
            blob = to_blob(state.geometry, number)
        else:
            found = connection.execute(_READ_GEOMETRY, (sample_id,)).fetchone()
            blob = found[0] if found else None
        rows += [(blob, *_label_values(event)) for event in standing]
    connection.executemany(_DROP_LABELS, [(sample_id,) for sample_id in sample_ids])
    connection.executemany(_ADD_LABEL, rows)
    return [row[0] for row in rows if row[0] is not None]


def _events(found: Iterable[Tuple[Any, ...]]) -> List[LabelEvent]:
    events = list(starmap(LabelEvent, found))
    for place, event in enumerate(events):
        if event.geometry is not None:
            events[place] = replace(event, geometry=to_wkb(event.geometry))
    return events


@lru_cache(maxsize=1024)
def _names(text: Optional[str]) -> Tuple[str, ...]:
    return tuple(json.loads(text)) if text else ()


def _names_text(names: Sequence[str]) -> str:
    return json.dumps(list(names), ensure_ascii=False) if names else ""
