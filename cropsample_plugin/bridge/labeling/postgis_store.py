"""A session's samples and events in PostGIS, for teams: written at once, handed out one by one, safe for many."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Dict, Iterable, List, Optional, Sequence, Tuple

from qgis.core import QgsCoordinateReferenceSystem, QgsDataSourceUri

from cropsample_plugin.bridge.labeling import postgis_statements as statements
from cropsample_plugin.bridge.labeling.label_events import LabelEvent, LabelingError
from cropsample_plugin.bridge.labeling.label_store import LabelingSample, NewSample
from cropsample_plugin.bridge.labeling.postgis_connection import (
    ANSWER_S,
    BULK_ANSWER_S,
    PostgisConnection,
)
from cropsample_plugin.bridge.labeling.postgis_login import Ask, connection_uri, store_reference
from cropsample_plugin.bridge.labeling.postgis_rows import (
    ROWS_AT_ONCE,
    TableNames,
    add_events,
    add_rows,
    add_samples,
    event_of,
    fetched,
    make_tables,
)
from cropsample_plugin.bridge.labeling.postgis_watch import EventWatch, Found


def create_postgis_store(
    uri: str, schema: str, table: str, crs: str, samples: Iterable[NewSample] = (), ask: Optional[Ask] = None
) -> PostgisStore:
    """Make the tables of a session and return its store.

    Args:
        uri: QGIS connection URI of the database; a table named in it is passed over.
        schema: where the tables go; it must be there.
        table: name of the table of samples, from which the other names are made.
        crs: of all geometries: authority id or WKT; one without an EPSG code leaves the tables without.
        samples: to begin with; geometries become two-dimensional.
        ask: as in `PostgisStore`.

    Raises:
        LabelingError: no server, no PostGIS, no rights, a table of that name, two samples with one id.
    """
    names = TableNames(schema, table)
    samples = list(samples)
    _check_ids(samples)
    srid = max(QgsCoordinateReferenceSystem(crs).postgisSrid(), 0)

    def make(cursor: Any) -> None:  # noqa: ANN401 - psycopg2's, here and below
        if any(fetched(cursor, statements.EXISTING, names.plain(cursor))[0]):
            raise LabelingError(f"There is a session '{table}' in '{schema}' already.", "Choose another name.")
        quoted = names.quoted(cursor, _postgis_schema(cursor), srid)
        make_tables(cursor, quoted)
        add_samples(cursor, quoted, samples)

    parts = QgsDataSourceUri(connection_uri(uri))
    parts.setDataSource(schema, table, "geom", "", "sample_id")
    connection = PostgisConnection(parts.uri(expandAuthConfig=False), ask)
    try:
        connection.run(make, BULK_ANSWER_S)
    finally:
        connection.close()
    return PostgisStore(parts.uri(expandAuthConfig=False), ask)


class PostgisStore:
    """A `ClaimingStore` in PostGIS.

    Args:
        uri: QGIS connection URI with schema and table of the samples; ``postgres:`` may stand before it.
        ask: asks for user and password when nothing else lets in, such as `ask_login`; None: nobody is asked.

    Attributes:
        reference: what a session file may say of it: the URI without a password.
    """

    def __init__(self, uri: str, ask: Optional[Ask] = None) -> None:
        self.reference = store_reference(uri)
        plain = connection_uri(uri)
        parts = QgsDataSourceUri(plain)
        self._names = TableNames(parts.schema() or "public", parts.table())
        self._connection = PostgisConnection(plain, ask)
        self._watching = PostgisConnection(plain)
        self._watch = EventWatch(lambda after: self._events(self._watching, after))
        self._quoted: Dict[str, str] = {}
        self._connection.run(self._open)
        self._watching.working = self._connection.working

    def read_samples(self) -> List[LabelingSample]:
        """Return every sample, drawn and appended ones included, in the order of addition."""
        rows = self._run(statements.READ_SAMPLES, {}, BULK_ANSWER_S)
        return [LabelingSample(*row[:7], tuple(row[7])) for row in rows]

    def geometry(self, sample_id: str) -> Optional[bytes]:
        """Return the WKB that a sample came with; None when there is no such sample."""
        rows = self._run(statements.READ_GEOMETRY, {"sample_id": sample_id})
        return bytes(rows[0][0]) if rows and rows[0][0] is not None else None

    def read_events(self, after: int = 0) -> Found:
        """Return the events added since a place (0: all), oldest first, and the place to ask from next time."""
        found = self._watch.take(after) or self._events(self._connection, after)
        self._watch.after = found[1]
        return found

    def append(self, events: Sequence[LabelEvent], new_samples: Sequence[NewSample] = ()) -> None:
        """Add events, and the samples they are about, in one transaction; on the server's disk when this returns."""

        def add(cursor: Any) -> None:  # noqa: ANN401
            cursor.execute(statements.LOCK.format(**self._quoted), {})
            add_samples(cursor, self._quoted, new_samples)
            add_events(cursor, self._quoted, events)

        is_small = len(events) + len(new_samples) <= ROWS_AT_ONCE
        self._connection.run(add, ANSWER_S if is_small else BULK_ANSWER_S)

    def assign(self, assigned: Sequence[Tuple[str, Tuple[str, ...]]]) -> None:
        """Set who is to label which samples."""
        rows = [(sample_id, list(labelers)) for sample_id, labelers in assigned]

        def set_names(cursor: Any) -> None:  # noqa: ANN401
            texts = (statements.ASSIGN, statements.ASSIGN_ROW)
            found = add_rows(cursor, texts, self._quoted, rows, is_fetching=True)
            missing = {row[0] for row in rows} - {row[0] for row in found}
            if missing:
                raise LabelingError(f"There is no sample '{min(missing)}' to assign.", "Open the session anew.")

        self._connection.run(set_names, BULK_ANSWER_S)

    def has_changed(self) -> bool:
        """Return at once whether others' events were found; each call begins another look in the background."""
        return self._watch.look()

    def close(self) -> None:
        """Let go of the connections."""
        if not self._watch.is_looking:
            self._watching.close()
        self._connection.close()

    def claim_next(self, labeler: str, overlap: int, timeout_s: float) -> Optional[str]:
        """Reserve a sample that fewer than ``overlap`` others have labeled or hold; None when none is left.

        The row is locked while it is taken, and the server's clock counts. A labeler who holds one that is neither
        labeled nor skipped nor timed out is given that one again.
        """
        values = {"labeler": labeler, "overlap": overlap, "timeout": timedelta(seconds=timeout_s)}

        def claim(cursor: Any) -> Optional[str]:  # noqa: ANN401
            for text in statements.CLAIMS:
                rows = fetched(cursor, text.format(**self._quoted), values)
                if rows:
                    return str(rows[0][0])
            return None

        return self._connection.run(claim)

    def release(self, labeler: str) -> None:
        """Give back what a labeler holds and has not labeled."""

        def give_back(cursor: Any) -> None:  # noqa: ANN401
            cursor.execute(statements.LOCK.format(**self._quoted), {})
            cursor.execute(statements.RELEASE.format(**self._quoted), {"labeler": labeler})

        self._connection.run(give_back)

    def _open(self, cursor: Any) -> None:  # noqa: ANN401
        plain = self._names.plain(cursor)
        if not all(fetched(cursor, statements.EXISTING, plain)[0]):
            where = f"'{self._names.schema}'.'{self._names.table}'"
            raise LabelingError(
                f"There is no labeling session {where} in this database.", "Choose another, or make it."
            )
        said = fetched(cursor, statements.COMMENT, plain)[0][0] or ""
        version = said[len(statements.COMMENT_START) :] if said.startswith(statements.COMMENT_START) else ""
        if version.isdigit() and int(version) > statements.FORMAT:
            raise LabelingError(
                f"This session was made by a newer CropSample (format {version}).", "Update the plugin."
            )
        srid = fetched(cursor, statements.SRID, plain)[0][0]
        self._quoted = self._names.quoted(cursor, _postgis_schema(cursor), srid)

    def _events(self, connection: PostgisConnection, after: int) -> Found:
        text = statements.READ_EVENTS.format(**self._quoted)
        rows = connection.run(lambda cursor: fetched(cursor, text, {"after": after}), BULK_ANSWER_S)
        return [event_of(row) for row in rows], rows[-1][0] if rows else after

    def _run(self, text: str, values: Dict[str, Any], answer_s: int = ANSWER_S) -> List[Tuple[Any, ...]]:
        return self._connection.run(lambda cursor: fetched(cursor, text.format(**self._quoted), values), answer_s)


def _postgis_schema(cursor: Any) -> str:  # noqa: ANN401
    rows = fetched(cursor, statements.POSTGIS_SCHEMA, {})
    if not rows:
        raise LabelingError(
            "This database has no PostGIS.", "Let its owner run: CREATE EXTENSION postgis; or choose another database."
        )
    return str(rows[0][0])


def _check_ids(samples: Sequence[NewSample]) -> None:
    seen = set()
    for new in samples:
        if new.sample.sample_id in seen:
            raise LabelingError(
                f"Two samples have the id '{new.sample.sample_id}'.", "Give each sample an id of its own."
            )
        seen.add(new.sample.sample_id)
