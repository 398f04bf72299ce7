"""A connection to PostgreSQL for labeling: where to, as whom, reconnecting, and errors in words."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from typing import Any, Callable, Dict, Iterator, Optional, Tuple, TypeVar

from qgis.core import QgsDataSourceUri

from cropsample_plugin.bridge.labeling.label_events import LabelingError
from cropsample_plugin.bridge.labeling.postgis_login import Ask, is_refusal, remember_login, saved_logins

ANSWER_S = 8
# So much longer than the server was told to take, before the connection is given up.
_GRACE_S = 2
BULK_ANSWER_S = 300
_CONNECT_S = 5
# A peer that vanished is given up after about this long, also while its answer is awaited.
_SILENCE = {"keepalives_idle": 4, "keepalives_interval": 2, "keepalives_count": 3}
_SILENCE_MS = 10_000
_LIBPQ_WITH_USER_TIMEOUT = 120_000
_KEPT = "What was done is kept here; retry when the server can be reached again."
# By the beginning of PostgreSQL's error code.
_MEANINGS: Dict[Tuple[str, ...], Tuple[str, str]] = {
    ("42501", "25006"): (
        "The database does not let you do this: {0}.",
        "Ask its owner for the rights that the page 'Label as a team' names.",
    ),
    ("42P01", "3F000"): ("The session's tables are not in the database: {0}.", _KEPT),
    ("23503",): ("The database has no such sample: {0}.", "Open the session anew."),
    ("53",): ("The database server has no room or no free connection: {0}.", _KEPT),
}

Result = TypeVar("Result")


class PostgisConnection:
    """Runs work in transactions, connects anew when the connection was lost, and turns errors into `LabelingError`.

    Args:
        uri: a QGIS connection URI; authentication configurations and saved connections of QGIS are honoured.
        ask: returns user and password for a URI when nothing else lets in, such as `ask_login`; None: nobody is asked.

    Attributes:
        working: the login that worked, kept in memory only; another connection may be given it.
    """

    def __init__(self, uri: str, ask: Optional[Ask] = None) -> None:
        self.uri = uri
        self._ask = ask
        self._connection: Any = None
        self._lock = threading.Lock()
        self._has_hung_up = False
        self.working: Dict[str, str] = {}

    def run(self, work: Callable[[Any], Result], answer_s: int = ANSWER_S) -> Result:
        """Return what ``work(cursor)`` returns, committed; it is called again when the connection turns out to be lost.

        Raises:
            LabelingError: no psycopg2, no server, no answer in time, no rights, or a refusal; nothing was kept.
        """
        driver = _driver()
        with self._lock:
            was_connected = self._connection is not None
            try:
                return self._attempt(driver, work, answer_s)
            except driver.Error as error:
                self._drop_if_lost(error)
                if not was_connected or self._connection is not None or self._has_hung_up:
                    raise self._in_words(error, answer_s) from error
            try:
                return self._attempt(driver, work, answer_s)
            except driver.Error as error:
                self._drop_if_lost(error)
                raise self._in_words(error, answer_s) from error

    def close(self) -> None:
        """Let go of the connection."""
        with self._lock:
            self._drop()

    def _attempt(self, driver: Any, work: Callable[[Any], Result], answer_s: int) -> Result:  # noqa: ANN401
        if self._connection is None:
            self._connection = self._connect(driver)
        self._has_hung_up = False
        timer = threading.Timer(answer_s + _GRACE_S, self._hang_up, (self._connection,))
        timer.daemon = True
        timer.start()
        try:
            with self._connection, self._connection.cursor() as cursor:
                cursor.execute("SET LOCAL statement_timeout = %s", (1000 * answer_s,))
                return work(cursor)
        finally:
            timer.cancel()

    def _hang_up(self, connection: Any) -> None:  # noqa: ANN401
        """End the wait for a server that has said nothing, not even that it takes too long."""
        self._has_hung_up = True
        with suppress(OSError):
            line = socket.socket(fileno=connection.fileno())
            try:
                line.shutdown(socket.SHUT_RDWR)
            finally:
                # The connection closes it.
                line.detach()

    def _in_words(self, error: Any, answer_s: int) -> LabelingError:  # noqa: ANN401
        return _no_answer(answer_s) if self._has_hung_up else _in_words(error, answer_s)

    def _connect(self, driver: Any) -> Any:  # noqa: ANN401 - psycopg2's own classes
        failure = None
        for secrets in self._credentials():
            try:
                connection = self._open(driver, secrets)
            except driver.OperationalError as error:
                failure = error
                if not is_refusal(error):
                    break
            else:
                self.working = secrets
                if self._ask is not None and secrets.get("password"):
                    remember_login(self.uri, secrets)
                return connection
        raise failure or driver.OperationalError("no way to log in")

    def _open(self, driver: Any, secrets: Dict[str, str]) -> Any:  # noqa: ANN401
        parts = QgsDataSourceUri(self.uri)
        if secrets.get("authcfg"):
            parts.setAuthConfigId(secrets["authcfg"])
        more: Dict[str, Any] = {"connect_timeout": _CONNECT_S, "application_name": "CropSample", **_SILENCE}
        if driver.extensions.libpq_version() >= _LIBPQ_WITH_USER_TIMEOUT:
            more["tcp_user_timeout"] = _SILENCE_MS
        more.update({name: value for name, value in secrets.items() if name in {"user", "password"} and value})
        connection = driver.connect(parts.connectionInfo(expandAuthConfig=True), **more)
        connection.set_client_encoding("UTF8")
        with connection, connection.cursor() as cursor:
            cursor.execute("SET TIME ZONE 'UTC'; SET standard_conforming_strings = on")
        return connection

    def _credentials(self) -> Iterator[Dict[str, str]]:
        """Yield ways to log in: the one that worked, the URI's own, QGIS's saved connections, the user's answer."""
        if self.working:
            yield self.working
        yield {}
        yield from saved_logins(self.uri)
        asked = self._ask(self.uri) if self._ask is not None else None
        if asked is not None:
            user, password = asked
            yield {"user": user, "password": password}

    def _drop_if_lost(self, error: Any) -> None:  # noqa: ANN401
        """Let go of a connection that broke: the server says so, or says nothing at all any more."""
        if self._connection is not None and (
            self._connection.closed or (error.pgcode or "08").startswith(("08", "57P"))
        ):
            self._drop()

    def _drop(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()


def _driver() -> Any:  # noqa: ANN401 - psycopg2, where QGIS has it
    try:
        import psycopg2
        import psycopg2.extensions
    except ImportError as error:
        raise LabelingError(
            "Sessions in PostGIS need the Python package psycopg2, which this QGIS does not have.",
            "Install it (Debian: python3-psycopg2; OSGeo4W: python3-psycopg2), or keep the session in a GeoPackage.",
        ) from error
    return psycopg2


def _no_answer(answer_s: int) -> LabelingError:
    return LabelingError(f"The database server did not answer within {answer_s} s.", _KEPT)


def _in_words(error: Any, answer_s: int) -> LabelingError:  # noqa: ANN401 - any error of psycopg2
    code = error.pgcode or ""
    said = (getattr(error.diag, "message_primary", None) or str(error)).strip().splitlines()
    text = said[0] if said else type(error).__name__
    if code == "57014":
        return _no_answer(answer_s)
    for codes, (message, remedy) in _MEANINGS.items():
        if code.startswith(codes):
            return LabelingError(message.format(text), remedy)
    if code and not code.startswith(("08", "57")):
        return LabelingError(f"The database refuses this: {text}.", "Nothing of it was saved.")
    return LabelingError(f"The database server cannot be reached: {text}.", _KEPT)
