"""Samples and events as rows of PostGIS tables, and the tables' names, quoted by the server's own rules."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import Any, Dict, Iterable, List, Sequence, Tuple

from cropsample_plugin.bridge.labeling import postgis_statements as statements
from cropsample_plugin.bridge.labeling.label_events import LabelEvent, LabelingError
from cropsample_plugin.bridge.labeling.label_store import NewSample

ROWS_AT_ONCE = 1000
_LONGEST_NAME_BYTES = 63
_LONGEST_SUFFIX = max(statements.SUFFIXES.values(), key=len)

Row = Tuple[Any, ...]


@dataclass(frozen=True)
class TableNames:
    """The schema, and the table of samples after which all others are named."""

    schema: str
    table: str

    def __post_init__(self) -> None:
        for what, name, suffix in (("schema", self.schema, ""), ("table", self.table, _LONGEST_SUFFIX)):
            if not name.strip() or "\0" in name:
                raise LabelingError(f"A session in PostGIS needs the name of a {what}.", "Type one.")
            if len((name + suffix).encode()) > _LONGEST_NAME_BYTES:
                raise LabelingError(f"The name '{name}' of the {what} is too long for PostgreSQL.", "Shorten it.")

    @property
    def lock(self) -> int:
        """The number of the lock that writers of this session take one after the other."""
        return zlib.crc32(f"{self.schema}\0{self.table}".encode())

    def plain(self, cursor: Any) -> Dict[str, str]:  # noqa: ANN401 - psycopg2's
        """Return the quoted names as values of parameters."""
        return {name: _undoubled(text) for name, text in self.quoted(cursor).items()}

    def quoted(self, cursor: Any, postgis: str = "public", srid: int = 0) -> Dict[str, str]:  # noqa: ANN401
        """Return what the braces of `statements` stand for, percent signs doubled as parameters need it."""
        from psycopg2.extensions import quote_ident

        def quote(name: str) -> str:
            return str(quote_ident(name, cursor)).replace("%", "%%")

        names = {
            name: f"{quote(self.schema)}.{quote(self.table + suffix)}" for name, suffix in statements.SUFFIXES.items()
        }
        return {**names, "postgis": quote(postgis), "srid": str(srid), "lock": str(self.lock)}


def make_tables(cursor: Any, quoted: Dict[str, str]) -> None:  # noqa: ANN401
    """Make the tables, functions and triggers of a session."""
    for text in statements.TABLES:
        cursor.execute(text.format(**quoted), {})
    for text, body in statements.FUNCTIONS:
        cursor.execute(text.format(body="%(body)s", **quoted), {"body": _undoubled(body.format(**quoted))})
    comment = {"comment": f"{statements.COMMENT_START}{statements.FORMAT}"}
    for text in statements.TRIGGERS:
        cursor.execute(text.format(comment="%(comment)s", **quoted), comment)


def add_samples(cursor: Any, quoted: Dict[str, str], samples: Iterable[NewSample]) -> None:  # noqa: ANN401
    """Add samples; ones that are there already, with the same geometry, are passed over."""
    rows = [
        (s.sample_id, s.x, s.y, s.stratum, s.reason, s.priority, s.given_label, list(s.assigned_to), new.geometry)
        for new in samples
        for s in (new.sample,)
    ]
    texts = (statements.ADD_SAMPLES, statements.SAMPLE_ROW)
    added = {row[0] for row in add_rows(cursor, texts, quoted, rows, is_fetching=True)}
    if len(added) >= ROWS_AT_ONCE:
        cursor.execute(statements.ANALYZE.format(**quoted), {})
    pairs = [(row[0], row[-1]) for row in rows if row[0] not in added]
    others = add_rows(cursor, (statements.OTHER_SAMPLES, statements.OTHER_ROW), quoted, pairs, is_fetching=True)
    if others:
        raise LabelingError(
            f"There is another sample '{others[0][0]}' at another place already.", "Give new samples ids of their own."
        )


def add_events(cursor: Any, quoted: Dict[str, str], events: Sequence[LabelEvent]) -> None:  # noqa: ANN401
    """Add events; ones whose id is there already are passed over."""
    rows = [
        (
            *(e.event_id, e.sample_id, e.labeler, e.kind, e.class_name, e.confidence, e.comment, e.imagery),
            *(e.imagery_date, e.seconds_spent, e.undoes, e.group_id, e.created_at, e.geometry),
        )
        for e in events
    ]
    add_rows(cursor, (statements.ADD_EVENTS, statements.EVENT_ROW), quoted, rows)


def add_rows(
    cursor: Any,  # noqa: ANN401
    texts: Tuple[str, str],
    quoted: Dict[str, str],
    rows: Sequence[Row],
    *,
    is_fetching: bool = False,
) -> List[Row]:
    """Run a statement over many rows; return what it returns when that is asked for."""
    from psycopg2.extras import execute_values

    if any("\0" in value for row in rows for value in row if isinstance(value, str)):
        raise LabelingError("A text holds a character that PostgreSQL cannot keep (code 0).", "Remove it.")
    if not rows:
        return []
    statement, row = (text.format(**quoted) for text in texts)
    return execute_values(cursor, statement, rows, row, ROWS_AT_ONCE, fetch=is_fetching) or []


def fetched(cursor: Any, text: str, values: Dict[str, Any]) -> List[Row]:  # noqa: ANN401
    """Return all rows of a statement."""
    cursor.execute(text, values)
    return list(cursor.fetchall())


def event_of(row: Row) -> LabelEvent:
    """Return the event in a row of `statements.READ_EVENTS`."""
    geometry = None if row[10] is None else bytes(row[10])
    return LabelEvent(*row[1:10], geometry, *row[11:])


def _undoubled(text: str) -> str:
    return text.replace("%%", "%")
