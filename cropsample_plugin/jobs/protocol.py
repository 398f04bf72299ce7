"""What the QGIS process and the engine process say to each other; standard library only.

The engine is started with a job file. It answers on its standard output with events, one JSON object a
line; it listens on its standard input for commands, and ends itself when that input closes.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import Any, ClassVar, Dict, List, Mapping, Tuple, Type, Union

PROTOCOL_VERSION = 1
# A provenance record lies beside each output, under the output's name with this at the end.
RECORD_SUFFIX = ".cropsample.json"
CANCEL_COMMAND = "cancel"
PAUSE_COMMAND = "pause"
CONTINUE_COMMAND = "continue"
MINIMUM_PYTHON = (3, 11)
DEVICES = ("auto", "cpu", "cuda", "mps")

EXIT_OK = 0
EXIT_FAILED = 1
EXIT_CANCELED = 3


class ProtocolError(ValueError):
    """A job file or an event line that does not follow the protocol."""


@dataclass(frozen=True)
class Job:
    """One piece of work for the engine.

    Attributes:
        name: a name of `cropsample_plugin.jobs.registry.JOBS`, equal to the algorithm id.
        parameters: the job's parameters, plain JSON values; paths are absolute.
        plugin_version: version that wrote the job.
        protocol_version: version of this protocol.
        threads: processor threads the engine may use; 0 means all.
        memory_mb: memory the engine should stay below; 0 means its default.
        device: ``auto``, ``cpu``, ``cuda`` or ``mps``.
    """

    name: str
    parameters: Dict[str, Any]
    plugin_version: str = ""
    protocol_version: int = PROTOCOL_VERSION
    threads: int = 0
    memory_mb: int = 0
    device: str = "auto"

    def to_json(self) -> str:
        """Return the job as an indented JSON document."""
        return json.dumps(plain_value(asdict(self)), indent=2, ensure_ascii=False, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> Job:
        """Read a job document, or the ``job`` part of a provenance record; `ProtocolError` says what is wrong."""
        document = _json_object(text)
        document = document.get("job", document)
        if not isinstance(document, dict) or not isinstance(document.get("name"), str):
            raise ProtocolError("A job needs a text 'name'.")
        if not isinstance(document.get("parameters"), dict):
            raise ProtocolError("A job needs an object 'parameters'.")
        version = document.get("protocol_version")
        if version != PROTOCOL_VERSION:
            raise ProtocolError(f"The job was written for protocol {version}, this engine speaks {PROTOCOL_VERSION}.")
        known = {name: document[name] for name in cls.__dataclass_fields__ if name in document}
        for name in ("threads", "memory_mb"):
            value = known.get(name, 0)
            if isinstance(value, bool) or not isinstance(value, int) or value < 0:
                raise ProtocolError(f"A job's '{name}' is a whole number, 0 or more, not {value!r}.")
        if known.get("device", "auto") not in DEVICES:
            raise ProtocolError(f"A job's 'device' is one of {', '.join(DEVICES)}, not {known['device']!r}.")
        return cls(**known)


@dataclass(frozen=True)
class ProgressEvent:
    """The share of the work done, in [0, 1], and what is being done."""

    event: ClassVar[str] = "progress"
    fraction: float
    message: str = ""


@dataclass(frozen=True)
class LogEvent:
    """Something lasting to tell the user; level is ``info``, ``warning`` or ``error``."""

    event: ClassVar[str] = "log"
    message: str
    level: str = "info"


@dataclass(frozen=True)
class MetricEvent:
    """One point of a curve."""

    event: ClassVar[str] = "metric"
    name: str
    step: int
    value: float


@dataclass(frozen=True)
class RowEvent:
    """One row of a table that grows while the job runs: column to number or text."""

    event: ClassVar[str] = "row"
    table: str
    values: Dict[str, Any]


@dataclass(frozen=True)
class ResultEvent:
    """The last event of a job that succeeded.

    Attributes:
        outputs: output name (lower case) to number, text, path or plain JSON value.
        files: every file the job wrote that the user asked for.
    """

    event: ClassVar[str] = "result"
    outputs: Dict[str, Any]
    files: List[str] = field(default_factory=list)


@dataclass(frozen=True)
class ErrorEvent:
    """The last event of a job that failed.

    Attributes:
        kind: the ``kind`` of a `CropSampleError`, or ``crash``, ``out_of_memory``, ``disk_full``,
            ``missing_package``, ``protocol``, ``not_started``, ``python_version``.
        message: what is wrong.
        remedy: what to do about it.
        details: a traceback for the log; never shown first.
    """

    event: ClassVar[str] = "error"
    kind: str
    message: str
    remedy: str = ""
    details: str = ""


Event = Union[ProgressEvent, LogEvent, MetricEvent, RowEvent, ResultEvent, ErrorEvent]
_EVENT_TYPES: Tuple[Type[Any], ...] = (
    ProgressEvent,
    LogEvent,
    MetricEvent,
    RowEvent,
    ResultEvent,
    ErrorEvent,
)
_EVENT_TYPE_BY_NAME: Dict[str, Type[Any]] = {event_type.event: event_type for event_type in _EVENT_TYPES}


def encode_event(event: Event) -> str:
    """Return the event as one line of ASCII JSON, without the line end; NaN and infinity are kept."""
    return json.dumps(plain_value({"event": event.event, **vars(event)}), allow_nan=True)


def encode_command(command: str) -> str:
    """Return a command to the engine as one line of JSON, without the line end."""
    return json.dumps({"command": command})


def plain_value(value: object) -> object:
    """Return a value as plain JSON types: array scalars as numbers, arrays as lists, anything unknown as text."""
    if isinstance(value, Mapping):
        return {str(plain_value(key)): plain_value(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain_value(item) for item in value]
    if hasattr(value, "tolist"):
        return plain_value(value.tolist())
    return value if value is None or isinstance(value, (bool, int, float, str)) else str(value)


def decode_event(line: str) -> Event:
    """Read one event line; `ProtocolError` when it is not one."""
    document = _json_object(line)
    event_type = _EVENT_TYPE_BY_NAME.get(str(document.pop("event", "")))
    if event_type is None:
        raise ProtocolError(f"Not an event: {line[:200]}")
    try:
        decoded: Event = event_type(**document)
    except TypeError as error:
        raise ProtocolError(f"Event with wrong fields: {line[:200]}") from error
    return decoded


def _json_object(text: str) -> Dict[str, Any]:
    try:
        document = json.loads(text)
    except json.JSONDecodeError as error:
        raise ProtocolError(f"Not JSON: {text[:200]}") from error
    if not isinstance(document, dict):
        raise ProtocolError(f"Not a JSON object: {text[:200]}")
    return document
