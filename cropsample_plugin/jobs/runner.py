"""Run one job: read its parameters, call its module, turn whatever happens into events and an exit status."""

from __future__ import annotations

import faulthandler
import json
import math
import os
import signal
import sys
import threading
import time
import traceback
from typing import Any, TextIO

from cropsample_plugin.engine.errors import CanceledError
from cropsample_plugin.engine.remaining_time import note_pause
from cropsample_plugin.jobs.failures import error_event
from cropsample_plugin.jobs.guardian import end_process_group, prefer_as_memory_victim, start_guardian
from cropsample_plugin.jobs.protocol import (
    CANCEL_COMMAND,
    CONTINUE_COMMAND,
    EXIT_CANCELED,
    EXIT_FAILED,
    EXIT_OK,
    PAUSE_COMMAND,
    ErrorEvent,
    Event,
    Job,
    LogEvent,
    MetricEvent,
    ProgressEvent,
    ResultEvent,
    RowEvent,
    encode_event,
    plain_value,
)
from cropsample_plugin.jobs.records import write_records
from cropsample_plugin.jobs.registry import JobContext, JobResult, job_module, read_parameters

DEFAULT_MEMORY_MB = 1500
_PROGRESS_INTERVAL_S = 0.1


class EventChannel:
    """A `Progress` that turns what it is told into events; subclasses say where events go."""

    def __init__(self) -> None:
        self._canceled = threading.Event()
        self._going = threading.Event()
        self._going.set()
        self._last_progress_s = 0.0
        self._lock = threading.Lock()

    def send(self, event: Event) -> None:
        """Deliver one event."""
        raise NotImplementedError

    def report(self, fraction: float, message: str = "") -> None:
        """Send progress, at most ten times a second."""
        now = time.monotonic()
        if math.isnan(fraction):
            return
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

    def row(self, table: str, values: dict[str, Any]) -> None:
        """Send one row of a table."""
        self.send(RowEvent(table, values))

    def is_canceled(self) -> bool:
        """Return True once a cancel arrived; while the job is paused, wait."""
        if not self._going.is_set():
            since = time.monotonic()
            self._going.wait()
            note_pause(time.monotonic() - since)
        return self._canceled.is_set()

    def cancel(self) -> None:
        """Ask the job to stop at its next block or epoch."""
        self._canceled.set()
        self._going.set()

    def pause(self) -> None:
        """Let the job wait at its next block or epoch."""
        self._going.clear()
        self.log("Paused.")

    def go_on(self) -> None:
        """End a pause."""
        self._going.set()
        self.log("Continued.")

    def fail(self, kind: str, message: str, remedy: str = "", details: str = "") -> None:
        """Send the error that ends the job."""
        self.send(ErrorEvent(kind, message, remedy, details))


class JsonLinesChannel(EventChannel):
    """Events as JSON lines on the original standard output; anything a library prints goes to standard error."""

    def __init__(self) -> None:
        super().__init__()
        start_guardian()
        prefer_as_memory_victim()
        faulthandler.enable()
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
        actions = {CANCEL_COMMAND: self.cancel, PAUSE_COMMAND: self.pause, CONTINUE_COMMAND: self.go_on}
        for line in sys.stdin:
            try:
                command = json.loads(line).get("command")
            except (json.JSONDecodeError, AttributeError):
                continue
            if command in actions:
                actions[command]()
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
    """Run a job and report its events to a channel; tracebacks of failures go to standard error too.

    Returns:
        `EXIT_OK`, `EXIT_CANCELED` or `EXIT_FAILED`; the last event is a result or an error.
    """
    threads = job.threads or os.cpu_count() or 1
    _limit_threads(threads, forced=job.threads > 0)
    try:
        module = job_module(job.name)
        parameters = read_parameters(module, job.parameters)
        context = JobContext(channel, threads, job.memory_mb or DEFAULT_MEMORY_MB, job.device)
        result = module.run(parameters, context)
        if not isinstance(result, JobResult):
            raise TypeError(f"the job '{job.name}' returned {type(result).__name__} instead of a JobResult")
    except CanceledError as error:
        channel.fail(error.kind, error.message)
        return EXIT_CANCELED
    except (Exception, SystemExit) as error:  # noqa: BLE001 - the last line of defence: everything becomes an event
        event = error_event(error)
        if not isinstance(channel, ConsoleChannel):
            sys.stderr.write(event.details)
        channel.send(event)
        return EXIT_FAILED
    _write_records(job, result, channel)
    channel.report(1.0)
    channel.send(ResultEvent(result.outputs, list(result.files)))
    return EXIT_OK


def _write_records(job: Job, result: JobResult, channel: EventChannel) -> None:
    """Write the provenance records; a result is never lost because its record cannot be written."""
    try:
        write_records(job, result)
    except Exception as error:  # noqa: BLE001 - whatever it is, the outputs are complete
        traceback.print_exc()
        channel.log(f"The provenance record could not be written: {error}", "warning")


def _limit_threads(threads: int, *, forced: bool) -> None:
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS"):
        if forced or name not in os.environ:
            os.environ[name] = str(threads)


def _end_orphan() -> None:
    """End this process and everything it started: the supervisor is gone."""
    if hasattr(os, "killpg"):
        end_process_group(os.getpid())
    os._exit(EXIT_FAILED)


def _readable(event: Event) -> str:
    if isinstance(event, ProgressEvent):
        return f"{event.fraction:6.1%} {event.message}".rstrip()
    if isinstance(event, MetricEvent):
        return f"        {event.name}[{event.step}] = {event.value:.6g}"
    if isinstance(event, RowEvent):
        return f"        {event.table}: " + ", ".join(f"{name} = {value}" for name, value in event.values.items())
    if isinstance(event, LogEvent):
        return f"{event.level.upper()}: {event.message}"
    if isinstance(event, ErrorEvent):
        return f"ERROR ({event.kind}): {event.message} {event.remedy}\n{event.details}".rstrip()
    return json.dumps(plain_value(event.outputs), indent=2, ensure_ascii=False)
