"""Run one job: read its parameters, call its module, turn whatever happens into events and an exit status."""

from __future__ import annotations

import errno
import json
import os
import signal
import sys
import threading
import time
import traceback
from typing import TextIO

from cropsample_plugin.engine.errors import CanceledError, CropSampleError
from cropsample_plugin.jobs.protocol import (
    CANCEL_COMMAND,
    EXIT_CANCELED,
    EXIT_FAILED,
    EXIT_OK,
    ErrorEvent,
    Event,
    Job,
    LogEvent,
    MetricEvent,
    ProgressEvent,
    ResultEvent,
    encode_event,
)
from cropsample_plugin.jobs.records import write_records
from cropsample_plugin.jobs.registry import JobContext, job_module, read_parameters

DEFAULT_MEMORY_MB = 1500
_PROGRESS_INTERVAL_S = 0.1


class EventChannel:
    """A `Progress` that turns what it is told into events; subclasses say where events go."""

    def __init__(self) -> None:
        self._canceled = threading.Event()
        self._last_progress_s = 0.0
        self._lock = threading.Lock()

    def send(self, event: Event) -> None:
        """Deliver one event."""
        raise NotImplementedError

    def report(self, fraction: float, message: str = "") -> None:
        """Send progress, at most ten times a second."""
        now = time.monotonic()
        if fraction < 1.0 and now - self._last_progress_s < _PROGRESS_INTERVAL_S:
            return
        self._last_progress_s = now
        self.send(ProgressEvent(min(max(float(fraction), 0.0), 1.0), message))

    def log(self, message: str, level: str = "info") -> None:
        """Send a log message."""
        self.send(LogEvent(message, level))

    def metric(self, name: str, step: int, value: float) -> None:
        """Send one point of a curve."""
        self.send(MetricEvent(name, int(step), float(value)))

    def is_canceled(self) -> bool:
        """Return True once a cancel arrived."""
        return self._canceled.is_set()

    def cancel(self) -> None:
        """Ask the job to stop at its next block or epoch."""
        self._canceled.set()

    def fail(self, kind: str, message: str, remedy: str = "", details: str = "") -> None:
        """Send the error that ends the job."""
        self.send(ErrorEvent(kind, message, remedy, details))


class JsonLinesChannel(EventChannel):
    """Events as JSON lines on the original standard output; anything a library prints goes to standard error."""

    def __init__(self) -> None:
        super().__init__()
        self._stream: TextIO = os.fdopen(os.dup(1), "w", encoding="utf-8", newline="\n")
        os.dup2(2, 1)
        threading.Thread(target=self._listen, name="commands", daemon=True).start()

    def send(self, event: Event) -> None:
        """Write the event and flush, so that the supervisor sees it at once."""
        with self._lock:
            try:
                self._stream.write(encode_event(event) + "\n")
                self._stream.flush()
            except (BrokenPipeError, ValueError):
                _end_orphan()

    def _listen(self) -> None:
        for line in sys.stdin:
            try:
                command = json.loads(line).get("command")
            except (json.JSONDecodeError, AttributeError):
                continue
            if command == CANCEL_COMMAND:
                self.cancel()
        _end_orphan()


class ConsoleChannel(EventChannel):
    """Events for a person at a terminal; Ctrl+C asks for a clean stop."""

    def __init__(self) -> None:
        super().__init__()
        if threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGINT, lambda *_: self.cancel())

    def send(self, event: Event) -> None:
        """Write one readable line: results to standard output, everything else to standard error."""
        stream = sys.stdout if isinstance(event, ResultEvent) else sys.stderr
        stream.write(_readable(event) + "\n")
        stream.flush()


def run_job(job: Job, channel: EventChannel) -> int:
    """Run a job and report its events to a channel.

    Returns:
        `EXIT_OK`, `EXIT_CANCELED` or `EXIT_FAILED`; the last event is a result or an error.
    """
    threads = job.threads or os.cpu_count() or 1
    _limit_threads(threads)
    try:
        module = job_module(job.name)
        parameters = read_parameters(module, job.parameters)
        context = JobContext(channel, threads, job.memory_mb or DEFAULT_MEMORY_MB, job.device)
        result = module.run(parameters, context)
        write_records(job, result)
    except CanceledError as error:
        channel.fail(error.kind, error.message)
        return EXIT_CANCELED
    except Exception as error:  # noqa: BLE001 - the last line of defence: everything becomes an error event
        channel.send(error_event(error))
        return EXIT_FAILED
    channel.report(1.0)
    channel.send(ResultEvent(result.outputs, result.files))
    return EXIT_OK


def error_event(error: BaseException) -> ErrorEvent:
    """Describe any exception as an error event with a kind, a message and a remedy."""
    details = "".join(traceback.format_exception(type(error), error, error.__traceback__))
    if isinstance(error, CropSampleError):
        return ErrorEvent(error.kind, error.message, error.remedy, details)
    if isinstance(error, ModuleNotFoundError):
        return ErrorEvent(
            "missing_package",
            f"The engine's Python ({sys.executable}) has no package '{error.name}'.",
            "Create the engine environment again in CropSample's options, or install the package there.",
            details,
        )
    if isinstance(error, MemoryError) or type(error).__name__ == "OutOfMemoryError":
        return ErrorEvent(
            "out_of_memory",
            f"The engine ran out of memory: {error}",
            "Lower the memory budget in CropSample's options, use a smaller model or fewer pixels per polygon.",
            details,
        )
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return ErrorEvent(
            "disk_full",
            f"The disk is full: {error.filename or error}",
            "Free some space or choose another output folder, then start again: finished parts are kept.",
            details,
        )
    if isinstance(error, PermissionError):
        return ErrorEvent(
            "output",
            f"Permission denied: {error.filename or error}",
            "Choose a folder that you may write to.",
            details,
        )
    return ErrorEvent(
        "crash",
        f"Unexpected {type(error).__name__}: {error}",
        "This is a defect in CropSample; the log holds the details to report.",
        details,
    )


def _limit_threads(threads: int) -> None:
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS"):
        os.environ.setdefault(name, str(threads))


def _end_orphan() -> None:
    """End this process and everything it started: the supervisor is gone."""
    if hasattr(os, "killpg") and os.getpgrp() == os.getpid():
        os.killpg(os.getpgrp(), signal.SIGKILL)
    os._exit(EXIT_FAILED)


def _readable(event: Event) -> str:
    if isinstance(event, ProgressEvent):
        return f"{event.fraction:6.1%} {event.message}".rstrip()
    if isinstance(event, MetricEvent):
        return f"        {event.name}[{event.step}] = {event.value:.6g}"
    if isinstance(event, LogEvent):
        return f"{event.level.upper()}: {event.message}"
    if isinstance(event, ErrorEvent):
        return f"ERROR ({event.kind}): {event.message} {event.remedy}\n{event.details}".rstrip()
    return json.dumps(event.outputs, indent=2, ensure_ascii=False, default=str)
