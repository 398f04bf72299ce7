"""A tiny process that ends the engine and everything it started when the supervisor (QGIS) is gone.

The engine itself listens for the end of its standard input, but a thread of it cannot run while native code
holds the interpreter. The guardian is a fork taken before anything is imported: it only waits on that same
input without reading from it, so it needs neither process ids of others nor the engine's goodwill.
"""

from __future__ import annotations

import os
import select
import signal
import sys
from pathlib import Path

_ENGINE_CHECK_MS = 500
_OOM_SCORE_FILE = Path("/proc/self/oom_score_adj")
_OOM_SCORE = "500"


def start_guardian() -> None:
    """Fork the guardian of this process; does nothing on Windows, where the supervisor's job object does this."""
    if not hasattr(os, "fork") or not hasattr(select, "poll"):
        return
    engine = os.getpid()
    if os.fork() == 0:
        try:
            _guard(engine)
        finally:
            os._exit(0)


def prefer_as_memory_victim() -> None:
    """Ask Linux to end this process rather than QGIS when the machine runs out of memory."""
    try:
        _OOM_SCORE_FILE.write_text(_OOM_SCORE, encoding="ascii")
    except OSError:
        return


def end_process_group(engine: int) -> None:
    """Kill a process, and with it its process group when it leads one."""
    try:
        if os.getpgid(engine) == engine:
            os.killpg(engine, signal.SIGKILL)
        else:
            os.kill(engine, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return


def _guard(engine: int) -> None:
    os.setsid()
    lifeline = os.dup(0)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        os.dup2(nowhere, stream.fileno())
    watch = select.poll()
    watch.register(lifeline, 0)
    while os.getppid() == engine:
        if watch.poll(_ENGINE_CHECK_MS):
            end_process_group(engine)
            return
