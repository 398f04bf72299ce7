"""Say what it means when the engine could not be started or ended without a word; standard library only."""

from __future__ import annotations

import contextlib
import errno
import signal
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Dict, Optional, Tuple

from cropsample_plugin.bridge.engine_errors import EngineError

_OOM_COUNTER_FILES = (Path("/proc/vmstat"), Path("/sys/fs/cgroup/memory.events"))
_KILLED_SIGNAL = 9
_MEMORY_REMEDY = (
    "Lower the memory budget or the number of threads in CropSample's options, close other programs, "
    "or use less data at once. Finished parts are kept where the job can resume."
)
_ENVIRONMENT_REMEDY = "Create the engine environment again in CropSample's options, or name another Python there."
_CRASH_REMEDY = (
    "A package of the engine failed in native code. Run the job again with one thread and device 'cpu'; "
    "if it happens again, create the engine environment again and report the log."
)
_TOO_OLD = "The engine's Python is too old; 3.11 or newer is needed."
_START_REMEDY = "Choose another Python or create the engine environment in CropSample's options."

# Text in the log, in lower case -> (kind, message, remedy); the first that is found wins.
_LOG_SIGNS: Dict[str, Tuple[str, str, str]] = {
    "no space left on device": ("disk_full", "The disk is full.", "Free some space, then start again."),
    "there is not enough space on the disk": ("disk_full", "The disk is full.", "Free some space, then start again."),
    "can't open file": ("not_started", "The engine's program file is missing.", "Install the CropSample plugin again."),
    "syntaxerror": ("python_version", _TOO_OLD, _ENVIRONMENT_REMEDY),
    "from 'typing'": ("python_version", _TOO_OLD, _ENVIRONMENT_REMEDY),
    "unknown option": ("python_version", "The program named is no Python 3.11 or newer.", _START_REMEDY),
    "no module named": ("missing_package", "The engine's Python lacks a package.", _ENVIRONMENT_REMEDY),
    "importerror": ("missing_package", "A package of the engine's Python cannot be loaded.", _ENVIRONMENT_REMEDY),
    "memoryerror": ("out_of_memory", "The engine ran out of memory.", _MEMORY_REMEDY),
    "bad_alloc": ("out_of_memory", "The engine ran out of memory.", _MEMORY_REMEDY),
    "can't allocate memory": ("out_of_memory", "The engine ran out of memory.", _MEMORY_REMEDY),
}
_WINDOWS_CRASHES: Dict[int, Tuple[str, str]] = {
    0xC0000005: ("crash", "access violation"),
    0xC000001D: ("crash", "illegal instruction: a package was built for a newer processor"),
    0xC00000FD: ("crash", "stack overflow"),
    0xC0000374: ("crash", "heap corruption"),
    0xC0000409: ("crash", "stack buffer overrun"),
    0xC0000017: ("out_of_memory", "not enough memory"),
    0xC000012D: ("out_of_memory", "commitment limit"),
    0xC0000135: ("missing_package", "a library (DLL) is missing"),
    0xC0000139: ("missing_package", "a library (DLL) has another version"),
    0xC0000142: ("missing_package", "a library (DLL) could not start"),
}


@dataclass(frozen=True)
class EngineExit:
    """How an engine ended that sent neither result nor error.

    Attributes:
        status: exit status; negative is the number of the signal that ended it.
        log_tail: the end of its log.
        log_path: where its log is.
        n_oom_kills: processes that the system killed for memory while it ran; None when it does not count them.
    """

    status: int
    log_tail: str
    log_path: str
    n_oom_kills: Optional[int] = None


def explain_exit(ended: EngineExit) -> EngineError:
    """Return the error that tells the user why the engine ended."""
    kind, message, remedy = _explanation(ended)
    return EngineError(kind, message, remedy, ended.log_tail, ended.log_path)


def explain_start(error: OSError, python: str) -> EngineError:
    """Return the error that tells the user why the engine's Python could not be started."""
    if isinstance(error, FileNotFoundError):
        message = f"There is no Python at {python}."
    elif isinstance(error, PermissionError):
        message = f"{python} is not a program that you may run."
    elif error.errno == errno.ENOEXEC or getattr(error, "winerror", None) in {193, 216}:
        message = f"{python} is not a program for this computer."
    elif error.errno in {errno.ENOMEM, errno.EAGAIN}:
        return EngineError("out_of_memory", f"The system could not start the engine: {error.strerror}.", _MEMORY_REMEDY)
    else:
        message = f"The engine's Python {python} could not be started: {error.strerror or error}."
    return EngineError("not_started", message, _START_REMEDY)


def count_oom_kills() -> Optional[int]:
    """Return how many processes Linux has killed for memory since it started, None where it is not counted."""
    counts = []
    for path in _OOM_COUNTER_FILES:
        with contextlib.suppress(OSError, ValueError, IndexError):
            lines = path.read_text(encoding="ascii").splitlines()
            counts += [int(line.split()[1]) for line in lines if line.startswith("oom_kill ")]
    return max(counts) if counts else None


def _explanation(ended: EngineExit) -> Tuple[str, str, str]:
    if ended.status == -_KILLED_SIGNAL:
        return _killed(ended.n_oom_kills)
    if ended.status & 0xFFFFFFFF in _WINDOWS_CRASHES:
        kind, reason = _WINDOWS_CRASHES[ended.status & 0xFFFFFFFF]
        remedy = {"crash": _CRASH_REMEDY, "out_of_memory": _MEMORY_REMEDY}.get(kind, _ENVIRONMENT_REMEDY)
        return kind, f"The engine ended abruptly ({reason}).", remedy
    log = ended.log_tail.lower()
    for sign, explanation in _LOG_SIGNS.items():
        if sign in log:
            kind, message, remedy = explanation
            return kind, f"{message} {_line_with(sign, ended.log_tail)}".strip(), remedy
    if ended.status < 0:
        return "crash", f"The engine crashed ({_signal_name(-ended.status)}).", _CRASH_REMEDY
    if not ended.status:
        return "protocol", "The program ended without a result: it is not CropSample's engine.", _START_REMEDY
    return "crash", f"The engine ended with status {ended.status} and without a result.", _CRASH_REMEDY


def _killed(n_oom_kills: Optional[int]) -> Tuple[str, str, str]:
    if n_oom_kills:
        return "out_of_memory", "The system killed the engine because memory ran out.", _MEMORY_REMEDY
    return "out_of_memory", "The engine was killed by the system, most likely out of memory.", _MEMORY_REMEDY


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"


def _line_with(sign: str, text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if sign in line.lower()]
    return lines[-1][:300] if lines else ""


def is_usable_program_name(python: str) -> bool:
    """Return False for QGIS itself, which would open another QGIS window instead of a Python."""
    name = Path(python.replace("\\", "/")).name.lower() if sys.platform != "win32" else Path(python).name.lower()
    return not name.startswith("qgis")
