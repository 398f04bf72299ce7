"""Start a program as the head of its own process tree, and end the whole tree; standard library only."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import IO, Any, Dict, Mapping, Optional, Sequence, Union

IS_WINDOWS = sys.platform == "win32"
_TASKKILL_TIMEOUT_S = 3.0


def start_process(
    command: Sequence[str],
    environment: Mapping[str, str],
    folder: Optional[Path] = None,
    standard_error: Union[int, IO[Any]] = subprocess.STDOUT,
) -> subprocess.Popen[bytes]:
    """Start a program in its own process group with pipes for standard input and output; raises OSError."""
    return subprocess.Popen(
        list(command),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=standard_error,
        env=dict(environment),
        cwd=str(folder) if folder else None,
        **_group_options(),
    )


def has_ended(process: subprocess.Popen[bytes]) -> bool:
    """Return True once the head of the tree ended; where possible without giving its process id free.

    An ended head that nobody waited for keeps its id, so that `kill_tree` cannot meet a stranger.
    """
    if process.returncode is not None:
        return True
    if not hasattr(os, "waitid"):
        return process.poll() is not None
    try:
        return os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None
    except ChildProcessError:
        return process.poll() is not None


def terminate_tree(process: subprocess.Popen[bytes]) -> None:
    """Ask every process of the tree to end; Windows has no such request, there this kills."""
    if IS_WINDOWS:
        kill_tree(process)
    else:
        _signal_group(process, signal.SIGTERM)


def kill_tree(process: subprocess.Popen[bytes]) -> None:
    """End every process of the tree at once, also those that outlived its head."""
    if IS_WINDOWS:
        _taskkill(process)
    else:
        _signal_group(process, signal.SIGKILL)


def close_pipes(process: subprocess.Popen[bytes]) -> None:
    """Close this side's ends of the pipes, so that nothing waits on them."""
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            with contextlib.suppress(OSError):
                stream.close()


def _group_options() -> Dict[str, Any]:
    if IS_WINDOWS:
        return {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW}
    return {"start_new_session": True}


def _signal_group(process: subprocess.Popen[bytes], number: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, number)


def _taskkill(process: subprocess.Popen[bytes]) -> None:
    system = Path(os.environ.get("SYSTEMROOT", r"C:\Windows")) / "System32" / "taskkill.exe"
    command = [str(system), "/PID", str(process.pid), "/T", "/F"]
    with contextlib.suppress(OSError, subprocess.TimeoutExpired):
        subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=_TASKKILL_TIMEOUT_S,
            check=False,
            creationflags=subprocess.CREATE_NO_WINDOW,
        )
    with contextlib.suppress(OSError):
        process.kill()
