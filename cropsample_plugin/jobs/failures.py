"""Describe any exception of a job as an error event: kind, message, remedy and the traceback for the log."""

from __future__ import annotations

import errno
import sys
import traceback

from cropsample_plugin.engine.errors import CropSampleError
from cropsample_plugin.jobs.protocol import ErrorEvent

_DISK_FULL_ERRNOS = {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}
_DISK_FULL_TEXTS = ("no space left on device", "database or disk is full", "not enough space on the disk")
_MEMORY_TEXTS = ("can't allocate memory", "not enough memory", "std::bad_alloc", "unable to allocate", "out of memory")


def error_event(error: BaseException) -> ErrorEvent:
    """Return the event that tells the user what an exception means and what to do about it."""
    details = "".join(traceback.format_exception(type(error), error, error.__traceback__))
    if isinstance(error, CropSampleError):
        return ErrorEvent(error.kind, error.message, error.remedy, details)
    if isinstance(error, ImportError):
        return _missing_package(error, details)
    if _is_out_of_memory(error):
        return ErrorEvent(
            "out_of_memory",
            f"The engine ran out of memory: {_first_line(error)}",
            "Lower the memory budget or the number of threads in CropSample's options, or use less data at once.",
            details,
        )
    if is_disk_full(error):
        return ErrorEvent(
            "disk_full",
            f"The disk is full: {getattr(error, 'filename', None) or _first_line(error)}",
            "Free some space or choose another output folder, then start again: finished parts are kept.",
            details,
        )
    if isinstance(error, PermissionError) or getattr(error, "errno", None) == errno.EROFS:
        name = getattr(error, "filename", None) or _first_line(error)
        return ErrorEvent("output", f"Permission denied: {name}", "Choose a folder that you may write to.", details)
    return ErrorEvent(
        "crash",
        f"Unexpected {type(error).__name__}: {_first_line(error)}",
        "This is a defect in CropSample; the log holds the details to report.",
        details,
    )


def is_disk_full(error: BaseException) -> bool:
    """Return True for the system's own error and for what GDAL and SQLite make of it."""
    if isinstance(error, OSError) and error.errno in _DISK_FULL_ERRNOS:
        return True
    return any(text in _chain_text(error) for text in _DISK_FULL_TEXTS)


def _missing_package(error: ImportError, details: str) -> ErrorEvent:
    remedy = "Create the engine environment again in CropSample's options, or install the package there."
    if isinstance(error, ModuleNotFoundError):
        message = f"The engine's Python ({sys.executable}) has no package '{error.name}'."
    else:
        message = f"A package of the engine's Python ({sys.executable}) cannot be loaded: {_first_line(error)}"
    return ErrorEvent("missing_package", message, remedy, details)


def _is_out_of_memory(error: BaseException) -> bool:
    if isinstance(error, MemoryError) or type(error).__name__ == "OutOfMemoryError":
        return True
    if isinstance(error, OSError):
        return error.errno == errno.ENOMEM
    return isinstance(error, RuntimeError) and any(text in str(error).lower() for text in _MEMORY_TEXTS)


def _chain_text(error: BaseException) -> str:
    texts: list[str] = []
    current: BaseException | None = error
    while current is not None and len(texts) < 10:  # noqa: PLR2004 - chains can be loops
        texts.append(str(current))
        current = current.__cause__ or current.__context__
    return "\n".join(texts).lower()


def _first_line(error: BaseException) -> str:
    lines = str(error).strip().splitlines()
    return lines[0] if lines else type(error).__name__
