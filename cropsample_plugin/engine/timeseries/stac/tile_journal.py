"""What is downloaded already: one line per finished tile, so that a later run knows whole files from halves."""

from __future__ import annotations

import hashlib
import json
import threading
import zlib
from pathlib import Path
from typing import Any

from cropsample_plugin.engine.errors import OutputError

JOURNAL_NAME = "downloads.jsonl"
_READ_BYTES = 4 * 1024 * 1024


class TileJournal:
    """The journal of a folder of tiles; any thread may use it."""

    def __init__(self, folder: Path, *, resume: bool) -> None:
        self._path = folder / JOURNAL_NAME
        self._folder = folder
        self._lock = threading.Lock()
        self._entries: dict[str, dict[str, Any]] = {}
        if resume and self._path.is_file():
            for line in self._path.read_text(encoding="utf-8", errors="replace").splitlines():
                entry = _parsed(line)
                if entry is not None:
                    self._entries[entry["file"]] = entry
        self.write_sorted()

    def finished(self, name: str, identity: str) -> int | None:
        """Return the number of valid pixels of a finished tile, None when it has to be made (again).

        Args:
            name: the file.
            identity: decides its pixels; see `identity_of`.
        """
        entry = self._entries.get(name)
        if entry is None or entry["identity"] != identity:
            return None
        path = self._folder / name
        try:
            is_whole = path.stat().st_size == entry["bytes"] and _checksum(path) == entry["crc32"]
        except OSError:
            return None
        return int(entry["valid"]) if is_whole else None

    def add(self, name: str, identity: str, n_valid: int) -> None:
        """Note a tile that is complete under its name.

        Raises:
            OutputError: the journal cannot be written.
        """
        path = self._folder / name
        try:
            size, crc32 = path.stat().st_size, _checksum(path)
            entry = {"file": name, "identity": identity, "bytes": size, "crc32": crc32, "valid": n_valid}
            with self._lock, self._path.open("a", encoding="utf-8") as stream:
                stream.write(json.dumps(entry) + "\n")
                self._entries[name] = entry
        except OSError as error:
            raise OutputError(
                f"{self._path} cannot be written: {error.strerror or error}",
                "Free some space and start again: finished tiles are kept.",
            ) from error

    def write_sorted(self) -> None:
        """Write all entries in order of their files, so that equal downloads leave equal journals."""
        lines = "".join(json.dumps(self._entries[name]) + "\n" for name in sorted(self._entries))
        self._path.write_text(lines, encoding="utf-8")


def identity_of(*parts: object) -> str:
    """Return a digest of plain values."""
    return hashlib.sha256(json.dumps(parts, sort_keys=True, default=str).encode()).hexdigest()[:32]


def _checksum(path: Path) -> int:
    crc32 = 0
    with path.open("rb") as stream:
        while chunk := stream.read(_READ_BYTES):
            crc32 = zlib.crc32(chunk, crc32)
    return crc32


def _parsed(line: str) -> dict[str, Any] | None:
    """Return a line, None when it was cut off."""
    try:
        entry = json.loads(line)
    except ValueError:
        return None
    fields = {"file", "identity", "bytes", "crc32", "valid"}
    return entry if isinstance(entry, dict) and fields <= set(entry) else None
