"""Run one job in an engine process under supervision; standard library and the protocol only.

The engine can be cancelled at any moment, is gone within five seconds then, never outlives this process and
leaves no children behind; whatever ends it, the caller gets a result or an `EngineError` that says why.
"""

from __future__ import annotations

import contextlib
import queue
import subprocess
import threading
import time
from pathlib import Path
from typing import Callable, List, Mapping, Optional, TextIO, Union

from cropsample_plugin.about import PACKAGE_FOLDER
from cropsample_plugin.bridge.engine_errors import CANCELED, EngineError
from cropsample_plugin.bridge.exit_analysis import (
    EngineExit,
    count_oom_kills,
    explain_exit,
    explain_start,
    is_usable_program_name,
)
from cropsample_plugin.bridge.job_folders import JobFolder
from cropsample_plugin.bridge.live_jobs import is_paused, live_job
from cropsample_plugin.bridge.process_environment import engine_environment
from cropsample_plugin.bridge.process_tree import close_pipes, has_ended, kill_tree, start_process, terminate_tree
from cropsample_plugin.jobs.protocol import (
    CANCEL_COMMAND,
    CONTINUE_COMMAND,
    PAUSE_COMMAND,
    ErrorEvent,
    Event,
    Job,
    ProtocolError,
    ResultEvent,
    decode_event,
    encode_command,
    encode_event,
)

__all__ = ["ENGINE_PROGRAM", "EngineError", "engine_command", "run_engine"]

ENGINE_PROGRAM = PACKAGE_FOLDER / "jobs" / "__main__.py"
POLL_S = 0.1
CANCEL_GRACE_S = 3.0
TERMINATE_GRACE_S = 1.0
LAST_WORD_GRACE_S = 5.0
_READER_GRACE_S = 2.0

OnEvent = Callable[[Event], None]
IsCanceled = Callable[[], bool]
LastEvent = Union[ResultEvent, ErrorEvent]


def engine_command(python: str, job_file: Path, program: Path = ENGINE_PROGRAM) -> List[str]:
    """Return the command that runs a job file: isolated, so that nothing of QGIS's Python gets in."""
    return [python, "-I", "-X", "utf8", str(program), "run", str(job_file), "--supervised"]


def run_engine(  # noqa: PLR0913 - the last two only where something special is run
    job: Job,
    python: str,
    folder: JobFolder,
    on_event: OnEvent,
    is_canceled: IsCanceled,
    program: Path = ENGINE_PROGRAM,
    *,
    environment: Optional[Mapping[str, str]] = None,
) -> ResultEvent:
    """Run a job and wait for it; call from any thread.

    Args:
        job: what to do.
        python: path of the engine's interpreter.
        folder: where the job's files go.
        on_event: called in this thread with every event of the engine.
        is_canceled: asked about ten times a second.
        program: the engine's program file.
        environment: variables of the engine's environment beside those of QGIS; kept in memory only.

    Raises:
        EngineError: the engine could not be started, failed or was cancelled; its files stay in the folder.
    """
    supervision = _Supervision(folder, on_event, environment or {})
    try:
        _write_job(job, folder)
        with live_job(folder.path) as is_stopped:
            command = engine_command(python, folder.job, program)
            last = supervision.run(command, python, lambda: is_canceled() or is_stopped())
    except EngineError as error:
        error.log_path = error.log_path or (str(folder.log) if folder.log.is_file() else "")
        _write_result(folder, ErrorEvent(error.kind, error.message, error.remedy, error.details))
        raise
    _write_result(folder, last)
    if isinstance(last, ErrorEvent):
        raise EngineError(last.kind, last.message, last.remedy, last.details, str(folder.log))
    return last


def _write_job(job: Job, folder: JobFolder) -> None:
    try:
        folder.path.mkdir(parents=True, exist_ok=True)
        folder.job.write_text(job.to_json(), encoding="utf-8")
        folder.log.touch()
    except OSError as error:
        raise EngineError(
            "output",
            f"The job folder {folder.path} cannot be written: {error.strerror or error}.",
            "Free some space there or make the QGIS profile folder writable.",
        ) from error


def _write_result(folder: JobFolder, last: LastEvent) -> None:
    # The result matters more than its copy: a full disk must not turn success into failure.
    with contextlib.suppress(OSError):
        folder.result.write_text(encode_event(last), encoding="utf-8")


class _Supervision:
    """One engine process from start to end."""

    def __init__(self, folder: JobFolder, on_event: OnEvent, environment: Mapping[str, str]) -> None:
        self._folder = folder
        self._on_event = on_event
        self._environment = environment
        self._record = _EventRecord(folder)
        self._lines: queue.Queue[Optional[bytes]] = queue.Queue()
        self._last: Optional[LastEvent] = None
        self._last_word_s = 0.0
        self._cancel = _Cancellation()
        self._is_paused = False

    def run(self, command: List[str], python: str, is_canceled: IsCanceled) -> LastEvent:
        """Start the engine, follow it to its end, leave nothing of it behind, and return its last event."""
        n_oom_kills = count_oom_kills()
        process = self._start(command, python)
        with contextlib.closing(self._record):
            self._accompany(process, is_canceled)
            self._drain()
        return self._verdict(process.returncode or 0, n_oom_kills)

    def _accompany(self, process: subprocess.Popen[bytes], is_canceled: IsCanceled) -> None:
        """Follow a process, and end its whole tree whatever happens."""
        reader = threading.Thread(target=self._read, args=(process,), name="engine events", daemon=True)
        reader.start()
        try:
            self._follow(process, is_canceled)
        finally:
            kill_tree(process)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(_READER_GRACE_S)
            reader.join(_READER_GRACE_S)
            # A reader that still waits holds its pipe: closing it would wait too.
            if not reader.is_alive():
                close_pipes(process)

    def _start(self, command: List[str], python: str) -> subprocess.Popen[bytes]:
        if not is_usable_program_name(python):
            raise EngineError(
                "not_started",
                f"{python} is QGIS itself, not a Python interpreter.",
                "Choose another Python or create the engine environment in CropSample's options.",
            )
        try:
            with self._folder.log.open("ab") as log:
                variables = {**engine_environment(python), **self._environment}
                return start_process(command, variables, self._folder.path, log)
        except OSError as error:
            raise explain_start(error, python) from error

    def _read(self, process: subprocess.Popen[bytes]) -> None:
        with contextlib.suppress(OSError, ValueError):
            for line in process.stdout or ():
                self._lines.put(line)
        self._lines.put(None)

    def _follow(self, process: subprocess.Popen[bytes], is_canceled: IsCanceled) -> None:
        while not has_ended(process):
            if is_canceled():
                self._cancel.advance(process)
            elif is_paused(self._folder.path) != self._is_paused:
                self._is_paused = not self._is_paused
                _tell(process, PAUSE_COMMAND if self._is_paused else CONTINUE_COMMAND)
            if self._last is not None and time.monotonic() - self._last_word_s > LAST_WORD_GRACE_S:
                return
            with contextlib.suppress(queue.Empty):
                line = self._lines.get(timeout=POLL_S)
                if line is None:
                    time.sleep(POLL_S)
                else:
                    self._take(line)

    def _drain(self) -> None:
        with contextlib.suppress(queue.Empty):
            while True:
                line = self._lines.get_nowait()
                if line is not None:
                    self._take(line)

    def _take(self, line: bytes) -> None:
        text = line.decode("utf-8", errors="replace")
        try:
            event = decode_event(text)
        except ProtocolError:
            self._record.keep_noise(text)
            return
        self._record.keep(text)
        if isinstance(event, (ResultEvent, ErrorEvent)):
            self._last = event
            self._last_word_s = time.monotonic()
        self._on_event(event)

    def _verdict(self, status: int, n_oom_kills_before: Optional[int]) -> LastEvent:
        if isinstance(self._last, ResultEvent):
            return self._last
        if self._cancel.is_requested:
            raise EngineError(CANCELED, "Canceled.", log_path=str(self._folder.log))
        if self._last is not None:
            return self._last
        after = count_oom_kills()
        n_oom_kills = None if after is None or n_oom_kills_before is None else after - n_oom_kills_before
        raise explain_exit(EngineExit(status, self._folder.log_tail(), str(self._folder.log), n_oom_kills))


class _EventRecord:
    """Keeps the events in the job folder; the job goes on when they cannot be written."""

    def __init__(self, folder: JobFolder) -> None:
        self._folder = folder
        self._stream: Optional[TextIO] = None

    def keep(self, line: str) -> None:
        """Append one event and make it visible to who follows the file."""
        with contextlib.suppress(OSError):
            if self._stream is None:
                self._stream = self._folder.events.open("a", encoding="utf-8")
            self._stream.write(line)
            self._stream.flush()

    def keep_noise(self, text: str) -> None:
        """Append what is no event to the log."""
        with contextlib.suppress(OSError), self._folder.log.open("a", encoding="utf-8") as stream:
            stream.write(text)

    def close(self) -> None:
        """Close the file."""
        if self._stream is not None:
            with contextlib.suppress(OSError):
                self._stream.close()


class _Cancellation:
    """Asks, then terminates, then kills, each after its grace."""

    def __init__(self) -> None:
        self._requested_s: Optional[float] = None
        self._is_terminated = False

    @property
    def is_requested(self) -> bool:
        return self._requested_s is not None

    def advance(self, process: subprocess.Popen[bytes]) -> None:
        """Take the next step when its time has come; called again and again."""
        now = time.monotonic()
        if self._requested_s is None:
            self._requested_s = now
            _tell(process, CANCEL_COMMAND)
        elif now - self._requested_s > CANCEL_GRACE_S + TERMINATE_GRACE_S:
            kill_tree(process)
        elif now - self._requested_s > CANCEL_GRACE_S and not self._is_terminated:
            self._is_terminated = True
            terminate_tree(process)


def _tell(process: subprocess.Popen[bytes], command: str) -> None:
    with contextlib.suppress(OSError, ValueError):
        if process.stdin is not None:
            process.stdin.write((encode_command(command) + "\n").encode())
            process.stdin.flush()
