"""From a record back to the records of its inputs, and whether those are still what they were."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Iterator

from qgis.core import QgsProcessingException
from qgis.PyQt.QtCore import QCoreApplication

from cropsample_plugin.algorithms.call_record import CALL_KEY
from cropsample_plugin.algorithms.file_hash import file_fingerprint
from cropsample_plugin.jobs.protocol import RECORD_SUFFIX

SAME, CHANGED, MISSING = "same", "changed", "missing"
_LONGEST_CHAIN = 50


@dataclass(frozen=True)
class InputState:
    """One file that a record names, and what has become of it.

    Attributes:
        path: the file.
        state: `SAME`, `CHANGED` or `MISSING`.
        recorded, found: SHA-256 then and now; "" for a file that is missing.
    """

    path: str
    state: str
    recorded: str
    found: str


@dataclass
class ChainLink:
    """An output with its record and what it was made from.

    Attributes:
        path: the output.
        record: the record as read.
        inputs: its input files.
        sources: the records of those inputs that have one.
    """

    path: Path
    record: dict[str, Any]
    inputs: list[InputState]
    sources: list[ChainLink] = field(default_factory=list)

    def walk(self) -> Iterator[ChainLink]:
        """Go through this output and all before it."""
        yield self
        for source in self.sources:
            yield from source.walk()


def read_record(path: str) -> dict[str, Any]:
    """Read a record.

    Raises:
        QgsProcessingException: missing, damaged, or no record of ours.
    """
    try:
        record = json.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise QgsProcessingException(
            _tr("The record {} cannot be read: {}. It lies beside each output, as {}.").format(
                path, error, "*" + RECORD_SUFFIX
            )
        ) from error
    if not isinstance(record, dict) or not isinstance(record.get("job"), dict):
        raise QgsProcessingException(_tr("{} is no record of an output of CropSample.").format(path))
    return record


def input_states(record: dict[str, Any]) -> list[InputState]:
    """Compare every input file with what the record says of it."""
    listed: dict[str, dict[str, Any]] = {}
    parameters = record.get(CALL_KEY, {}).get("parameters", {})
    for described in parameters.values():
        for item in described.get("items", [described]):
            listed.update(item.get("files", {}))
    exported = {str(value) for value in record["job"].get("parameters", {}).values()}
    for path, said in record.get("inputs", {}).items():
        # What a parameter names is described by the call; layers reach the engine as temporary files.
        if not (parameters and path in exported):
            listed.setdefault(path, said)
    return [_state(path, said) for path, said in listed.items()]


def _state(path: str, said: dict[str, Any]) -> InputState:
    if not Path(path).is_file():
        return InputState(path, MISSING, said["sha256"], "")
    found = file_fingerprint(path)
    is_same = (found["bytes"], found["sha256"]) == (said["bytes"], said["sha256"])
    return InputState(path, SAME if is_same else CHANGED, said["sha256"], found["sha256"])


def follow_chain(path: str) -> ChainLink:
    """Read a record and those of everything that it was made from."""
    return _follow(path, set())


def _follow(path: str, seen: set[str]) -> ChainLink:
    record = read_record(path)
    seen.add(str(Path(path).resolve()))
    output = Path(path.removesuffix(RECORD_SUFFIX))
    link = ChainLink(output, record, input_states(record))
    for state in link.inputs:
        source = state.path + RECORD_SUFFIX
        is_new = Path(source).is_file() and str(Path(source).resolve()) not in seen
        if is_new and len(seen) < _LONGEST_CHAIN:
            link.sources.append(_follow(source, seen))
    return link


def _tr(text: str) -> str:
    return QCoreApplication.translate("RecordChain", text)
