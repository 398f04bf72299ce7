"""A labeling session's samples and events in a GeoPackage: each append is one transaction, on disk when it returns.

SQLite writes, not OGR: OGR neither lets the caller choose how much of a commit must be on disk nor tells cheaply
whether another program has written. The rollback journal is kept in place of a write-ahead log: a log works on no
network share, and a GeoPackage copied without its log lacks the latest labels.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections import Counter
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Callable, Iterable, Iterator, List, Optional, Sequence, Tuple
from urllib.parse import quote

from cropsample_plugin.bridge.labeling import geopackage_rows as rows
from cropsample_plugin.bridge.labeling.geopackage_failures import explain
from cropsample_plugin.bridge.labeling.geopackage_geometry import is_geometry, to_wkb
from cropsample_plugin.bridge.labeling.geopackage_schema import configure, create_structure, read_meta
from cropsample_plugin.bridge.labeling.label_events import LabelEvent, LabelingError
from cropsample_plugin.bridge.labeling.label_store import LabelingSample, NewSample

_WAIT_S = 5.0
_POLL_MS = 10
_NAMED = 5


class GeoPackageStore:
    """Labels in a GeoPackage made by `create_geopackage_store`; implements `LabelStore`.

    Attributes:
        path: of the file, absolute.
        crs: of all geometries: authority id, else WKT.
        store_id: the same for all copies of the file.

    Several programs may use one file at the same time: each writes in turn, and waits a few seconds for the others.

    Raises:
        LabelingError: no such file, not a GeoPackage of labels, or one of a newer CropSample.
    """

    def __init__(self, path: str) -> None:
        self.path = str(Path(path).resolve())
        self._connection: Optional[sqlite3.Connection] = None
        self._identity: Tuple[int, int] = (0, 0)
        self.store_id = ""
        self._latest: Tuple[int, str] = (0, "")
        self._seen_version = -1
        with self._reading() as connection:
            meta = read_meta(connection, self.path)
            latest = rows.latest_event(connection)
        self._latest = latest
        self.crs = meta["crs"]
        self.store_id = meta["store_id"]

    @property
    def state_id(self) -> Tuple[str, str]:
        """What tells this file, and its state when last read or written, from others: store and latest event."""
        return self.store_id, self._latest[1]

    def read_samples(self) -> List[LabelingSample]:
        """Return every sample, drawn and appended ones included, in the order of addition."""
        with self._reading() as connection:
            return rows.read_samples(connection)

    def geometry(self, sample_id: str) -> Optional[bytes]:
        """Return the WKB that a sample came with; None when there is no such sample."""
        with self._reading() as connection:
            blob = rows.read_geometry(connection, sample_id)
        return None if blob is None else to_wkb(blob)

    def read_events(self, after: int = 0) -> Tuple[List[LabelEvent], int]:
        """Return the events added since a place (0: all), oldest first, and the place to ask from next time."""
        with self._reading() as connection:
            version = _data_version(connection)
            events, place = rows.read_events(connection, after)
        self._seen_version = version
        if events and place > self._latest[0]:
            self._latest = (place, events[-1].event_id)
        return events, place

    def append(self, events: Sequence[LabelEvent], new_samples: Sequence[NewSample] = ()) -> None:
        """Add events, and the samples they are about, in one transaction; on disk when this returns.

        Raises:
            LabelingError: it cannot be written, or a sample of that id with another geometry is there; nothing of it
                has been kept.
        """
        with self._writing() as connection:
            rows.add(connection, events, new_samples)
            latest = rows.latest_event(connection)
        self._latest = latest

    def assign(self, assigned: Sequence[Tuple[str, Tuple[str, ...]]]) -> None:
        """Set who is to label which samples."""
        with self._writing() as connection:
            rows.assign(connection, assigned)

    def has_changed(self) -> bool:
        """Return, cheaply, whether another program may have added something since events were last read."""
        with self._reading() as connection:
            return _data_version(connection) != self._seen_version

    def close(self) -> None:
        """Let go of the file; a write-ahead log that QGIS switched on is folded into it."""
        if self._connection is None:
            return
        connection, self._connection = self._connection, None
        # Where another program has the file open, that one folds the log in when it closes.
        with suppress(sqlite3.Error):
            connection.execute("PRAGMA busy_timeout = 0")
            connection.execute("PRAGMA journal_mode = DELETE")
        connection.close()

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        try:
            yield self._connected()
        except (sqlite3.Error, OSError) as error:
            self._forget()
            raise explain(self.path, error, is_writing=False) from error

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        try:
            connection = self._connected()
            _begin(connection)
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise
            self._check_identity()
            # QGIS switches a log on for layers on the map; without this a copy of the file alone would lack labels.
            with suppress(sqlite3.Error):
                connection.execute("PRAGMA wal_checkpoint")
        except (sqlite3.Error, OSError) as error:
            self._forget()
            raise explain(self.path, error, is_writing=True) from error

    def _connected(self) -> sqlite3.Connection:
        """Return a connection to the file that is at the path now, made anew after a failure or a replacement."""
        if self._connection is not None and _identity(self.path) == self._identity:
            return self._connection
        self._forget()
        identity = _identity(self.path)
        connection = _opened(self.path)
        try:
            self._check_same_store(connection)
        except BaseException:
            connection.close()
            raise
        self._connection, self._identity, self._seen_version = connection, identity, -1
        return connection

    def _check_same_store(self, connection: sqlite3.Connection) -> None:
        """Refuse another session's file, or an older state of this one's, put in the place of the one opened."""
        if not self.store_id:
            return
        is_same = read_meta(connection, self.path)["store_id"] == self.store_id
        if not is_same or not rows.has_event_at(connection, *self._latest):
            raise LabelingError(
                f"'{self.path}' was replaced by another file while the session was open.",
                "Put back the file with your labels, then retry; or close the session and open it again.",
            )

    def _check_identity(self) -> None:
        """Notice a file that was removed or replaced in the very moment of writing to it."""
        if _identity(self.path) != self._identity:
            self._forget()
            raise LabelingError(f"'{self.path}' was replaced while it was being written.", "Retry.")

    def _forget(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()


def create_geopackage_store(
    path: str, crs: str, samples: Iterable[NewSample], *, may_be_empty: bool = False
) -> GeoPackageStore:
    """Make a GeoPackage that holds the samples of a new session, and open it.

    Args:
        path: of the file, which must not exist.
        crs: of all geometries: authority id, else WKT.
        samples: in the order in which they are labeled.
        may_be_empty: for a session in which everything is drawn.

    Raises:
        LabelingError: no samples, samples without geometry, two with the same id, a file that is there already
            or cannot be made.
    """
    new = list(samples)
    _check_samples(new, may_be_empty=may_be_empty)
    target = Path(path)
    if target.exists():
        raise LabelingError(f"'{path}' is there already.", "Choose another name, or open the session that it holds.")
    partial = target.with_name(f".{target.stem}.part.gpkg")
    try:
        discard(partial)
        create_structure(str(partial), crs)
        with closing(_opened(str(partial))) as connection, connection:
            connection.execute("BEGIN")
            rows.add(connection, [], new)
        partial.rename(target)
    except (sqlite3.Error, OSError) as error:
        raise LabelingError(
            f"'{path}' cannot be made: {error}.", "Choose a folder that you may write to and that has room."
        ) from error
    finally:
        with suppress(OSError):
            discard(partial)
    return GeoPackageStore(path)


def discard(path: Path) -> None:
    """Remove an unfinished file, and the journal beside it: SQLite would apply that to the next file of the name."""
    for suffix in ("", "-journal", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def _check_samples(new: Sequence[NewSample], *, may_be_empty: bool) -> None:
    if not new and not may_be_empty:
        raise LabelingError("There are no samples to label.", "Choose a layer that has features, or draw freely.")
    bare = [item.sample.sample_id for item in new if not is_geometry(item.geometry)]
    if bare:
        raise LabelingError(
            f"{len(bare)} of {len(new)} samples have no geometry: {_named(bare)}.", "Give them one, or leave them out."
        )
    counts = Counter(item.sample.sample_id for item in new)
    twice = [sample_id for sample_id, count in counts.items() if count > 1]
    if twice:
        raise LabelingError(
            f"{len(twice)} ids belong to more than one of {len(new)} samples: {_named(twice)}.",
            "Choose a field whose values are all different, or number the samples.",
        )


def _named(sample_ids: Sequence[str]) -> str:
    return ", ".join(sample_ids[:_NAMED]) + (", ..." if len(sample_ids) > _NAMED else "")


def _begin(connection: sqlite3.Connection) -> None:
    """Wait for the turn to write."""
    connection.execute(f"PRAGMA busy_timeout = {_POLL_MS}")
    try:
        _patiently(lambda: connection.execute("BEGIN IMMEDIATE"))
    finally:
        connection.execute(f"PRAGMA busy_timeout = {round(1000 * _WAIT_S)}")


def _patiently(action: Callable[[], object]) -> None:
    """Do something again while another program is writing, asking often.

    SQLite asks ever more seldom, and starves beside a busy neighbour; while it opens a file it does not wait at all.
    """
    deadline = time.monotonic() + _WAIT_S
    while True:
        try:
            action()
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise
            time.sleep(_POLL_MS / 1000)
        else:
            return


def _data_version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA data_version").fetchone()[0])


def _identity(path: str) -> Tuple[int, int]:
    found = Path(path).stat()
    return found.st_dev, found.st_ino


def _opened(path: str) -> sqlite3.Connection:
    """Return a connection to a file that is there: SQLite would make an empty one in place of one that is gone."""
    plain = str(Path(path).resolve()).replace(os.sep, "/")
    uri = f"file://{'' if plain.startswith('/') else '/'}{quote(plain)}?mode=rw"
    connection = sqlite3.connect(uri, timeout=_WAIT_S, uri=True, isolation_level=None)
    try:
        _patiently(lambda: configure(connection))
    except BaseException:
        connection.close()
        raise
    return connection
