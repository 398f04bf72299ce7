"""Windows job objects: every process in one ends when this process ends, however that happens; standard library only.

Windows has no process groups to kill and no parent whose end could be noticed; the job object is its means for both.
"""

from __future__ import annotations

import ctypes
from ctypes import wintypes
from typing import Any, Optional

_EXTENDED_LIMIT_INFORMATION = 9
_KILL_ON_JOB_CLOSE = 0x2000


class _BasicLimits(ctypes.Structure):
    _fields_ = (
        ("per_process_user_time_limit", ctypes.c_int64),
        ("per_job_user_time_limit", ctypes.c_int64),
        ("limit_flags", ctypes.c_uint32),
        ("minimum_working_set_size", ctypes.c_size_t),
        ("maximum_working_set_size", ctypes.c_size_t),
        ("active_process_limit", ctypes.c_uint32),
        ("affinity", ctypes.c_size_t),
        ("priority_class", ctypes.c_uint32),
        ("scheduling_class", ctypes.c_uint32),
    )


class ExtendedLimits(ctypes.Structure):
    """``JOBOBJECT_EXTENDED_LIMIT_INFORMATION`` of the Windows API."""

    _fields_ = (
        ("basic", _BasicLimits),
        ("io_counters", ctypes.c_uint64 * 6),
        ("process_memory_limit", ctypes.c_size_t),
        ("job_memory_limit", ctypes.c_size_t),
        ("peak_process_memory_used", ctypes.c_size_t),
        ("peak_job_memory_used", ctypes.c_size_t),
    )


class WindowsJob:
    """A job object that holds one process and all its descendants."""

    def __init__(self, kernel: Any, handle: int) -> None:  # noqa: ANN401 - kernel32, or a stand-in of a test
        self._kernel = kernel
        self._handle = handle

    def end(self) -> None:
        """End every process in the job at once and release it."""
        handle, self._handle = self._handle, 0
        if handle:
            self._kernel.TerminateJobObject(handle, 1)
            self._kernel.CloseHandle(handle)


def hold_in_job(process_handle: int, kernel: Any = None) -> Optional[WindowsJob]:  # noqa: ANN401 - as above
    """Put a process into a new job object that ends with this process; None when Windows refuses.

    Args:
        process_handle: Windows handle of the process.
        kernel: the kernel32 library; loaded when None.
    """
    library = kernel or _kernel32()
    handle = library.CreateJobObjectW(None, None)
    if not handle:
        return None
    limits = ExtendedLimits()
    limits.basic.limit_flags = _KILL_ON_JOB_CLOSE
    is_held = library.SetInformationJobObject(
        handle, _EXTENDED_LIMIT_INFORMATION, ctypes.byref(limits), ctypes.sizeof(limits)
    ) and library.AssignProcessToJobObject(handle, process_handle)
    if not is_held:
        library.CloseHandle(handle)
        return None
    return WindowsJob(library, handle)


def _kernel32() -> Any:  # noqa: ANN401 - ctypes has no narrower type
    library = ctypes.WinDLL("kernel32", use_last_error=True)  # type: ignore[attr-defined]
    library.CreateJobObjectW.restype = wintypes.HANDLE
    library.CreateJobObjectW.argtypes = (wintypes.LPVOID, wintypes.LPCWSTR)
    library.SetInformationJobObject.argtypes = (wintypes.HANDLE, ctypes.c_int, wintypes.LPVOID, wintypes.DWORD)
    library.AssignProcessToJobObject.argtypes = (wintypes.HANDLE, wintypes.HANDLE)
    library.TerminateJobObject.argtypes = (wintypes.HANDLE, wintypes.UINT)
    library.CloseHandle.argtypes = (wintypes.HANDLE,)
    return library
