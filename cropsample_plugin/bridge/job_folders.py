"""Where a job's files live: job.json, events.jsonl, engine.log and result.json; standard library only.

Jobs are kept in the QGIS profile so that past ones can be listed, their logs read and their outputs loaded.
"""

from __future__ import annotations

import contextlib
import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import List, Optional, Union

from cropsample_plugin.bridge.engine_errors import EngineError
from cropsample_plugin.bridge.profile import profile_folder
from cropsample_plugin.jobs.protocol import ErrorEvent, Event, Job, ProtocolError, ResultEvent, decode_event

TAIL_BYTES = 16 * 1024
KEPT_JOBS = 200
_MAX_FOLDERS_A_SECOND = 1000


@dataclass(frozen=True)
class JobFolder:
    """The folder of one job; the attributes name its files, the ``read_`` methods tolerate missing ones."""

    path: Path

    @property
    def job(self) -> Path:
        """The job file, which runs again with ``python -m cropsample_plugin.jobs run``."""
        return self.path / "job.json"

    @property
    def events(self) -> Path:
        """Every event of the engine, one JSON object a line."""
        return self.path / "events.jsonl"

    @property
    def log(self) -> Path:
        """Everything the engine wrote to its standard error."""
        return self.path / "engine.log"

    @property
    def result(self) -> Path:
        """The last event: result or error."""
        return self.path / "result.json"

    @property
    def name(self) -> str:
        """The name of the job, such as ``predictmap``."""
        return self.path.name.split("-", 2)[-1].split("~")[0]

    @property
    def started(self) -> datetime:
        """When the job was created, local time."""
        try:
            return datetime.strptime("-".join(self.path.name.split("-")[:2]), "%Y%m%d-%H%M%S").astimezone()
        except ValueError:
            return datetime.fromtimestamp(self.path.stat().st_mtime).astimezone()

    def read_job(self) -> Optional[Job]:
        """Return the job, or None when its file is missing or damaged."""
        try:
            return Job.from_json(self.job.read_text(encoding="utf-8"))
        except (OSError, ProtocolError, UnicodeDecodeError):
            return None

    def read_events(self) -> List[Event]:
        """Return the events so far; a line cut short by a crash is left out."""
        events: List[Event] = []
        with contextlib.suppress(OSError), self.events.open(encoding="utf-8", errors="replace") as lines:
            for line in lines:
                with contextlib.suppress(ProtocolError):
                    events.append(decode_event(line))
        return events

    def read_result(self) -> Union[ResultEvent, ErrorEvent, None]:
        """Return the last event, or None while the job runs or when QGIS ended before the job did."""
        try:
            event = decode_event(self.result.read_text(encoding="utf-8"))
        except (OSError, ProtocolError, UnicodeDecodeError):
            return None
        return event if isinstance(event, (ResultEvent, ErrorEvent)) else None

    def log_tail(self, n_bytes: int = TAIL_BYTES) -> str:
        """Return the last part of the engine's log, "" when there is none."""
        try:
            with self.log.open("rb") as stream:
                stream.seek(0, 2)
                stream.seek(max(0, stream.tell() - n_bytes))
                return stream.read().decode("utf-8", errors="replace")
        except OSError:
            return ""


def jobs_folder() -> Path:
    """Return the folder that holds all jobs of this QGIS profile."""
    return profile_folder() / "jobs"


def new_job_folder(job: Job, root: Optional[Path] = None) -> JobFolder:
    """Create the folder ``<timestamp>-<name>`` of a job and write its job file.

    Raises:
        EngineError: kind ``output`` or ``disk_full`` when the profile cannot be written to.
    """
    parent = root or jobs_folder()
    stem = f"{datetime.now().astimezone():%Y%m%d-%H%M%S}-{job.name}"
    try:
        folder = JobFolder(_new_folder(parent, stem))
        folder.job.write_text(job.to_json(), encoding="utf-8")
    except OSError as error:
        raise EngineError(
            "output",
            f"The job folder in {parent} cannot be written: {error.strerror or error}",
            "Free some space there or make the QGIS profile folder writable.",
        ) from error
    _forget_oldest(parent)
    return folder


def past_jobs(root: Optional[Path] = None) -> List[JobFolder]:
    """Return the folders of all jobs, running ones included, newest first."""
    parent = root or jobs_folder()
    if not parent.is_dir():
        return []
    folders = [path for path in parent.iterdir() if (path / "job.json").is_file()]
    return [JobFolder(path) for path in sorted(folders, key=lambda path: path.name, reverse=True)]


def _new_folder(parent: Path, stem: str) -> Path:
    parent.mkdir(parents=True, exist_ok=True)
    for number in range(_MAX_FOLDERS_A_SECOND):
        path = parent / (stem if number == 0 else f"{stem}~{number}")
        try:
            path.mkdir()
        except FileExistsError:
            continue
        return path
    raise OSError(f"too many job folders named {stem}")


def _forget_oldest(parent: Path) -> None:
    """Delete finished jobs beyond the newest `KEPT_JOBS`."""
    for folder in past_jobs(parent)[KEPT_JOBS:]:
        if folder.result.is_file():
            shutil.rmtree(folder.path, ignore_errors=True)
