"""Create the engine environment: only when the user asks, only in its own folder; standard library only."""

from __future__ import annotations

import contextlib
import os
import queue
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Callable, Dict, List, Mapping, Optional, Sequence, Tuple

from cropsample_plugin.bridge.engine_errors import CANCELED, EngineError
from cropsample_plugin.bridge.environment_plan import (
    BUILDS,
    NEEDED_GB,
    PARTIAL_SUFFIX,
    SCRATCH_SUFFIX,
    CreationCommand,
    EnvironmentOptions,
    creation_commands,
    environment_python,
    n_pinned,
    write_marker,
)
from cropsample_plugin.bridge.exit_analysis import explain_start
from cropsample_plugin.bridge.interpreters import find_base_python
from cropsample_plugin.bridge.process_environment import engine_environment
from cropsample_plugin.bridge.process_tree import close_pipes, has_ended, kill_tree, start_process

_POLL_S = 0.1
_END_GRACE_S = 2.0
_KEPT_LINES = 40
_RENAME_ATTEMPTS = 5
_RENAME_PAUSE_S = 0.5
_BYTES_PER_GB = 1_000_000_000
_OLD_SUFFIX = ".old"

OnLine = Callable[[str], None]
OnProgress = Callable[[float], None]
IsCanceled = Callable[[], bool]


def create_environment(
    options: EnvironmentOptions, on_line: OnLine, on_progress: OnProgress, is_canceled: IsCanceled
) -> str:
    """Create the environment and return its interpreter; an older one stays in place until the new one is complete.

    Args:
        options: what to create.
        on_line: told every command and every line that pip prints.
        on_progress: told the share done, in [0, 1].
        is_canceled: asked about ten times a second.

    Raises:
        EngineError: refused, failed or cancelled; nothing half-made is left.
    """
    folder = Path(options.folder)
    partial = Path(options.folder + PARTIAL_SUFFIX)
    _refuse_unsafe(options)
    _require_space(folder, options.build)
    chosen = _with_base_python(options)
    try:
        _remove(partial)
        folder.parent.mkdir(parents=True, exist_ok=True)
        _run_all(creation_commands(chosen), chosen, on_line, on_progress, is_canceled)
        write_marker(partial, chosen)
        _replace(folder, partial)
    except OSError as error:
        raise _folder_error(folder, error) from error
    finally:
        shutil.rmtree(partial, ignore_errors=True)
        shutil.rmtree(options.folder + SCRATCH_SUFFIX, ignore_errors=True)
    on_progress(1.0)
    return str(environment_python(folder, options.platform))


def _refuse_unsafe(options: EnvironmentOptions) -> None:
    if options.build not in BUILDS:
        raise EngineError("input", f"No build '{options.build}'.", f"Known: {', '.join(BUILDS)}.")
    target = os.path.realpath(options.folder)
    own = {os.path.realpath(prefix) for prefix in (sys.prefix, sys.base_prefix, sys.exec_prefix)}
    if any(target == prefix or prefix.startswith(target + os.sep) for prefix in own):
        raise EngineError(
            "input", f"{options.folder} is QGIS's own Python.", "Choose another folder: QGIS's Python is left alone."
        )
    if Path(options.folder).is_dir() and any(Path(options.folder).iterdir()) and not _is_environment(options.folder):
        raise EngineError("input", f"{options.folder} holds other files.", "Choose an empty or new folder.")
    if not Path(options.lock_file).is_file():
        raise EngineError("input", f"The list of packages {options.lock_file} is missing.", "Install CropSample again.")
    if options.wheel_folder and not any(Path(options.wheel_folder).glob("*.whl")):
        raise EngineError(
            "input", f"There are no wheels in {options.wheel_folder}.", "Choose the folder with *.whl files."
        )


def _is_environment(folder: str) -> bool:
    return (Path(folder) / "pyvenv.cfg").is_file()


def _require_space(folder: Path, build: str) -> None:
    parent = folder.parent
    while not parent.exists() and parent != parent.parent:
        parent = parent.parent
    free_gb = shutil.disk_usage(parent).free / _BYTES_PER_GB
    if free_gb < NEEDED_GB[build]:
        raise EngineError(
            "disk_full",
            f"The engine needs about {NEEDED_GB[build]} GB in {parent}, {free_gb:.1f} GB are free.",
            "Free some space, or name an existing Python environment in CropSample's options.",
        )


def _with_base_python(options: EnvironmentOptions) -> EnvironmentOptions:
    import dataclasses

    return options if options.base_python else dataclasses.replace(options, base_python=find_base_python())


def _run_all(
    commands: Sequence[CreationCommand],
    options: EnvironmentOptions,
    on_line: OnLine,
    on_progress: OnProgress,
    is_canceled: IsCanceled,
) -> None:
    meter = _PipMeter(n_pinned(Path(options.lock_file).read_text(encoding="utf-8")), on_progress)
    for command in commands:
        on_line("$ " + " ".join(command.arguments))
        lines = _OutputTail(on_line, meter)
        status = _run(command, _pip_environment(command, options), lines, is_canceled)
        if status == 0:
            continue
        if not command.is_optional:
            raise _command_error(command, lines.text())
        on_line(f"{command.title}: failed, going on without it.")


def _run(command: CreationCommand, environment: Mapping[str, str], lines: _OutputTail, is_canceled: IsCanceled) -> int:
    """Run one command to its end; on cancel its whole process tree is ended within a second."""
    try:
        process = start_process(command.arguments, environment)
    except OSError as error:
        raise explain_start(error, command.arguments[0]) from error
    received: queue.Queue[bytes] = queue.Queue()
    reader = threading.Thread(target=_read, args=(process, received), name="creation output", daemon=True)
    reader.start()
    try:
        while not (has_ended(process) and received.empty() and not reader.is_alive()):
            if is_canceled():
                raise EngineError(CANCELED, "Canceled.")
            with contextlib.suppress(queue.Empty):
                lines.add(received.get(timeout=_POLL_S).decode("utf-8", errors="replace").rstrip())
    finally:
        kill_tree(process)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(_END_GRACE_S)
        reader.join(_END_GRACE_S)
        if not reader.is_alive():
            close_pipes(process)
    return process.returncode or 0


def _pip_environment(command: CreationCommand, options: EnvironmentOptions) -> Dict[str, str]:
    """Return the environment of a command, with temporary files on the disk whose space was checked.

    PyTorch's wheel is larger than the memory-backed temporary folder of many Linux systems.
    """
    scratch = Path(options.folder + SCRATCH_SUFFIX)
    scratch.mkdir(parents=True, exist_ok=True)
    scratch_variables = dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(scratch))
    return {**engine_environment(command.arguments[0]), **scratch_variables}


def _read(process: subprocess.Popen[bytes], received: queue.Queue[bytes]) -> None:
    with contextlib.suppress(OSError, ValueError):
        for line in process.stdout or ():
            received.put(line)


class _OutputTail:
    """Passes lines on and keeps the last ones for the error message."""

    def __init__(self, on_line: OnLine, meter: _PipMeter) -> None:
        self._on_line = on_line
        self._meter = meter
        self._lines: List[str] = []

    def add(self, line: str) -> None:
        self._lines = [*self._lines[-_KEPT_LINES:], line]
        self._meter.note(line)
        self._on_line(line)

    def text(self) -> str:
        return "\n".join(self._lines)


class _PipMeter:
    """Guesses the share done from what pip prints."""

    _COLLECTED_SHARE = 0.7

    def __init__(self, n_packages: int, on_progress: OnProgress) -> None:
        self._n_packages = max(n_packages, 1)
        self._n_collected = 0
        self._on_progress = on_progress

    def note(self, line: str) -> None:
        if line.lstrip().startswith("Collecting "):
            self._n_collected += 1
            share = min(self._n_collected / self._n_packages, 1.0)
            self._on_progress(0.05 + self._COLLECTED_SHARE * share)
        elif line.startswith("Installing collected packages"):
            self._on_progress(0.05 + self._COLLECTED_SHARE)


# Text in pip's output, in lower case -> (kind, message, remedy); the first that is found wins.
_OUTPUT_SIGNS: Dict[str, Tuple[str, str, str]] = {
    "no space left": ("disk_full", "The disk is full.", "Free some space, then try again."),
    "ensurepip is not available": (
        "input",
        "The base Python cannot create virtual environments.",
        "Install its venv package (Debian, Ubuntu: apt install python3-venv), or choose another Python.",
    ),
    "long path": (
        "output",
        "A file name is too long for Windows.",
        "Allow long paths in Windows, or create an environment in a short folder and name it in CropSample's options.",
    ),
    "no matching distribution": (
        "input",
        "A package is not available for this Python and computer.",
        "Choose a base Python from 3.11 to 3.13, 64 bit; with a wheel folder, check that it is complete.",
    ),
    "certificate": (
        "network",
        "The package index was not trusted.",
        "Tell pip about your organisation's certificate (pip config set global.cert), or use a folder of wheels.",
    ),
    "connection": (
        "network",
        "The packages could not be downloaded.",
        "Check network and proxy settings, or use a folder of wheels.",
    ),
}


def _command_error(command: CreationCommand, output: str) -> EngineError:
    text = output.lower()
    # A package index out of reach also ends in "no matching distribution".
    is_offline = "connection" in text and "retrying" in text
    for sign, (kind, message, remedy) in _OUTPUT_SIGNS.items():
        if sign in text and not (is_offline and kind == "input"):
            return EngineError(kind, message, remedy, output)
    lines = output.strip().splitlines()
    reason = lines[-1] if lines else "no output"
    return EngineError("environment", f"{command.title} failed: {reason}", "See the output for details.", output)


def _folder_error(folder: Path, error: OSError) -> EngineError:
    return EngineError(
        "output",
        f"The engine environment {folder} cannot be written: {error.strerror or error}.",
        "Close other QGIS windows that use the engine, check that the folder is writable, and try again.",
    )


def _remove(folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)


def _rename_patiently(source: Path, target: Path) -> None:
    """Rename a folder; on Windows a virus scanner may hold files of a new one for a moment."""
    for _attempt in range(_RENAME_ATTEMPTS - 1):
        try:
            source.rename(target)
        except PermissionError:
            time.sleep(_RENAME_PAUSE_S)
        else:
            return
    source.rename(target)


def _replace(folder: Path, partial: Path) -> None:
    """Put the complete environment in place; the older one comes back when that fails."""
    old: Optional[Path] = None
    if folder.exists():
        old = folder.with_name(folder.name + _OLD_SUFFIX)
        _remove(old)
        folder.rename(old)
    try:
        _rename_patiently(partial, folder)
    except OSError:
        if old is not None:
            old.rename(folder)
        raise
    if old is not None:
        shutil.rmtree(old, ignore_errors=True)
