"""A PostgreSQL server with PostGIS of the tests' own: Debian's binaries, a temporary folder, a socket, no network."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
from pathlib import Path
from typing import List, Optional

ROOM = Path("/usr/lib/postgresql")


def missing() -> str:
    """Return why no server can be started here, "" when one can."""
    if binaries() is None:
        return "PostgreSQL is not installed (Debian: postgresql)"
    if not list(Path("/usr/share/postgresql").glob("*/extension/postgis.control")):
        return "PostGIS is not installed (Debian: postgresql-postgis)"
    try:
        import psycopg2  # noqa: F401
    except ImportError:
        return "psycopg2 is not installed (Debian: python3-psycopg2)"
    if os.getuid() == 0 and not (shutil.which("runuser") and _user()):
        return "PostgreSQL does not run as root, and there is no user postgres to run it as"
    return ""


def binaries() -> Optional[Path]:
    found = sorted(ROOM.glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return found[-1].parent if found else None


class PostgresServer:
    """Started by `start`, stopped and removed by `remove`; one database, ``labels``, and roles with passwords."""

    def __init__(self) -> None:
        # Paths of sockets are short, so the folder is not pytest's.
        self.folder = Path(tempfile.mkdtemp(prefix="cspg"))
        self.port = _free_port()
        if os.getuid() == 0:
            shutil.chown(self.folder, "postgres")

    def create(self) -> None:
        self._run("initdb", "-D", self.data, "-U", "owner", "-A", "trust", "-E", "UTF8", "--locale=C", "-N")
        Path(self.data, "pg_hba.conf").write_text("local all all trust\nhost all all 127.0.0.1/32 scram-sha-256\n")
        self.start()
        self.sql("CREATE DATABASE labels", "postgres")
        self.sql("CREATE EXTENSION postgis")

    @property
    def data(self) -> str:
        return str(self.folder / "data")

    @property
    def uri(self) -> str:
        return f"dbname='labels' host={self.folder} port={self.port} user='owner'"

    def start(self) -> None:
        options = f"-k {self.folder} -p {self.port} -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=60"
        self._run("pg_ctl", "-D", self.data, "-w", "-o", options, "-l", str(self.folder / "log"), "start")

    def stop(self, mode: str = "immediate") -> None:
        self._run("pg_ctl", "-D", self.data, "-w", "-m", mode, "stop")

    def freeze(self, *, is_frozen: bool) -> None:
        """Stop its processes where they are, or let them go on: connections stay, answers do not come."""
        main = int(Path(self.data, "postmaster.pid").read_text().split()[0])
        children = Path(f"/proc/{main}/task/{main}/children").read_text().split()
        for process in (main, *map(int, children)):
            os.kill(process, signal.SIGSTOP if is_frozen else signal.SIGCONT)

    def remove(self) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def sql(self, text: str, database: str = "labels", user: str = "owner") -> List[tuple]:
        import psycopg2

        connection = psycopg2.connect(dbname=database, host=str(self.folder), port=self.port, user=user)
        connection.autocommit = True
        try:
            with connection.cursor() as cursor:
                cursor.execute(text)
                return cursor.fetchall() if cursor.description else []
        finally:
            connection.close()

    def _run(self, program: str, *arguments: str) -> None:
        command = [str(binaries() / program), *arguments]
        if os.getuid() == 0:
            command = ["runuser", "-u", "postgres", "--", *command]
        # The server that pg_ctl leaves behind keeps these open: a pipe would never end.
        with (self.folder / "output").open("w+") as output:
            done = subprocess.run(command, cwd=self.folder, stdout=output, stderr=output, check=False)
            output.seek(0)
            if done.returncode:
                raise RuntimeError(f"{program} failed: {output.read()}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _user() -> bool:
    try:
        pwd.getpwnam("postgres")
    except KeyError:
        return False
    return True
