"""Decisions on labels in a GeoPackage table of their own, beside the judged layer: rows are added, never changed.

A GeoPackage is a SQLite database with two tables of contents, so the standard library writes it: each decision is one
transaction that is on disk when `DecisionFile.add` returns. QGIS opens the table like any other.
"""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from dataclasses import astuple, dataclass, fields, replace
from datetime import datetime, timezone
from pathlib import Path
from string import Template
from typing import Dict, List, Sequence

from cropsample_plugin.bridge.remedied_error import RemediedError

KEEP = "keep"
RELABEL = "relabel"
REJECT = "reject"
UNDO = "undo"
ACTIONS = (KEEP, RELABEL, REJECT, UNDO)
TABLE_SUFFIX = "_review"

_APPLICATION_ID = 0x47504B47  # "GPKG"
_USER_VERSION = 10300
_WAIT_S = 5.0
_SCHEMA = """
CREATE TABLE IF NOT EXISTS gpkg_spatial_ref_sys (
  srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY, organization TEXT NOT NULL,
  organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
CREATE TABLE IF NOT EXISTS gpkg_contents (
  table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE, description TEXT DEFAULT '',
  last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
  min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER);
CREATE TABLE IF NOT EXISTS gpkg_geometry_columns (
  table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL,
  z TINYINT NOT NULL, m TINYINT NOT NULL, CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name));
"""
_REFERENCE_SYSTEMS = (
    ("Undefined cartesian", -1, "NONE", -1, "undefined", ""),
    ("Undefined geographic", 0, "NONE", 0, "undefined", ""),
    (
        "WGS 84",
        4326,
        "EPSG",
        4326,
        (
            'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563]],PRIMEM["Greenwich",0],'
            'UNIT["degree",0.0174532925199433]]'
        ),
        "",
    ),
)


class ReviewError(RemediedError):
    """Something keeps a review from going on: what is wrong, and what to do."""


@dataclass(frozen=True)
class Decision:
    """What a reviewer decided about one sample.

    Attributes:
        sample_id: id of the sample, as text.
        decision: one of `ACTIONS`; an undo takes back the sample's latest standing decision.
        given_label: the label that was judged, as text.
        new_class: the label it gets, "" unless relabelled.
        comment: the reviewer's words.
        reviewer: who.
        quality: the computed category.
        decided_at: when, UTC, ISO 8601; filled in when added.
        row: number of the row, filled in when added.
    """

    sample_id: str
    decision: str
    given_label: str = ""
    new_class: str = ""
    comment: str = ""
    reviewer: str = ""
    quality: str = ""
    decided_at: str = ""
    row: int = 0


_COLUMNS = tuple(item.name for item in fields(Decision) if item.name != "row")
_CREATE = Template("CREATE TABLE $table (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, $typed_columns)")
_INSERT = Template("INSERT INTO $table ($columns) VALUES ($marks)")
_SELECT = Template("SELECT $columns, fid FROM $table ORDER BY fid")


class DecisionFile:
    """The table of decisions of one layer; made when the first decision is added."""

    def __init__(self, path: str, table: str) -> None:
        self.path = str(path)
        self.table = table

    def add(self, decision: Decision) -> Decision:
        """Append a decision; it is on disk when this returns.

        Raises:
            ReviewError: the file cannot be written; nothing of it has changed.
        """
        now = datetime.now(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        dated = replace(decision, decided_at=decision.decided_at or now)
        try:
            with closing(self._open()) as connection, connection:
                self._make_table(connection)
                cursor = connection.execute(self._sql(_INSERT), astuple(dated)[: len(_COLUMNS)])
                connection.execute(
                    "UPDATE gpkg_contents SET last_change = ? WHERE table_name = ?", (dated.decided_at, self.table)
                )
        except (sqlite3.Error, OSError) as error:
            raise self._write_error(error) from error
        return replace(dated, row=int(cursor.lastrowid or 0))

    def rows(self) -> List[Decision]:
        """Return every decision in the order it was added; empty before the first.

        Raises:
            ReviewError: the file is there and cannot be read.
        """
        if not Path(self.path).is_file():
            return []
        try:
            with closing(self._open(is_new=False)) as connection:
                known = connection.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (self.table,)).fetchone()
                if known is None:
                    return []
                found = connection.execute(self._sql(_SELECT)).fetchall()
        except sqlite3.Error as error:
            raise ReviewError(
                f"The decisions in '{self.path}' cannot be read: {error}.",
                "Choose another file for the decisions, or move this one away.",
            ) from error
        return [Decision(*(value or "" for value in row[:-1]), row=row[-1]) for row in found]

    def _sql(self, statement: Template) -> str:
        """Put the table's name, quoted, into a statement: names cannot be bound as values are."""
        quoted = '"' + self.table.replace('"', '""') + '"'
        return statement.substitute(
            table=quoted,
            columns=", ".join(_COLUMNS),
            typed_columns=", ".join(f"{name} TEXT" for name in _COLUMNS),
            marks=", ".join("?" * len(_COLUMNS)),
        )

    def _open(self, *, is_new: bool = True) -> sqlite3.Connection:
        if is_new:
            Path(self.path).parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(self.path, timeout=_WAIT_S)
        connection.execute("PRAGMA synchronous = FULL")
        return connection

    def _make_table(self, connection: sqlite3.Connection) -> None:
        if connection.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (self.table,)).fetchone():
            return
        for statement in _SCHEMA.split(";"):
            connection.execute(statement)
        connection.executemany(
            "INSERT OR IGNORE INTO gpkg_spatial_ref_sys VALUES (?, ?, ?, ?, ?, ?)", _REFERENCE_SYSTEMS
        )
        connection.execute(self._sql(_CREATE))
        connection.execute(
            "INSERT INTO gpkg_contents (table_name, data_type, identifier, srs_id) VALUES (?, 'attributes', ?, 0)",
            (self.table, self.table),
        )
        connection.execute(f"PRAGMA application_id = {_APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {_USER_VERSION}")

    def _write_error(self, error: Exception) -> ReviewError:
        text = str(error)
        if "full" in text or getattr(error, "errno", None) == 28:  # noqa: PLR2004 - ENOSPC
            return ReviewError(
                f"The disk of '{self.path}' is full; the decision was not saved.", "Free some space and decide again."
            )
        if "locked" in text:
            return ReviewError(
                f"'{self.path}' is being written by another program; the decision was not saved.", "Decide again."
            )
        return ReviewError(
            f"The decision could not be saved in '{self.path}': {text}.",
            "Choose a file for the decisions that you may write to, then decide again.",
        )


def table_name(layer_name: str) -> str:
    """Return the name of the decisions of a layer."""
    return (re.sub(r"\W+", "_", layer_name).strip("_") or "labels") + TABLE_SUFFIX


def standing_decisions(rows: Sequence[Decision]) -> Dict[str, Decision]:
    """Return the decision that stands for each sample: the latest that was not taken back."""
    stacks: Dict[str, List[Decision]] = {}
    for row in rows:
        stack = stacks.setdefault(row.sample_id, [])
        if row.decision != UNDO:
            stack.append(row)
        elif stack:
            stack.pop()
    return {sample_id: stack[-1] for sample_id, stack in stacks.items() if stack}
