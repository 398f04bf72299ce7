"""Follow a job by the files in its folder, the same for jobs of panels, of the toolbox and of the past."""

from __future__ import annotations

import contextlib
import json
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Optional, Tuple

from cropsample_plugin.bridge.job_folders import JobFolder
from cropsample_plugin.bridge.live_jobs import is_live
from cropsample_plugin.gui.job_record import JobRecord, JobState
from cropsample_plugin.jobs.protocol import ErrorEvent, ProtocolError, decode_event

MEMBERSHIP_FILE = "run.json"
# A job of another QGIS with the same profile cannot be asked whether it lives; silence this long means it does not.
_SILENCE_S = 180.0


@dataclass(frozen=True)
class Membership:
    """Which run a job folder belongs to.

    Attributes:
        run_id: the run.
        title: its title.
        step_names: names of all its jobs.
    """

    run_id: str
    title: str
    step_names: Tuple[str, ...]

    def write(self, folder: Path) -> None:
        """Note the membership in a job folder; a failure only costs the grouping."""
        with contextlib.suppress(OSError):
            (folder / MEMBERSHIP_FILE).write_text(json.dumps(asdict(self)), encoding="utf-8")

    @classmethod
    def read(cls, folder: Path) -> Optional[Membership]:
        """Return the membership noted in a job folder, or None."""
        try:
            document = json.loads((folder / MEMBERSHIP_FILE).read_text(encoding="utf-8"))
            names = tuple(str(name) for name in document["step_names"])
            return cls(str(document["run_id"]), str(document["title"]), names)
        except (OSError, ValueError, KeyError, TypeError):
            return None


class JobReader:
    """Keeps a `JobRecord` up to date with its folder, reading only what was added."""

    def __init__(self, folder: JobFolder) -> None:
        self.folder = folder
        job = folder.read_job()
        self.record = JobRecord(
            folder=str(folder.path),
            name=job.name if job else folder.name,
            parameters=job.parameters if job else {},
            started=folder.started.timestamp(),
        )
        self.membership = Membership.read(folder.path)
        self._offset = 0
        self._has_details = False

    def update(self) -> bool:
        """Read what is new and return True when anything changed."""
        if self.record.state is not JobState.RUNNING:
            return False
        if self.membership is None:
            self.membership = Membership.read(self.folder.path)
        last = self.folder.read_result()
        # A job that was over before it was followed keeps its events for when somebody looks at it.
        has_news = self._read_events() if last is None or self._has_details else False
        if last is not None:
            self._end(JobState.DONE)
            self.record.apply(last)
            return True
        if not self._is_alive():
            self._end(JobState.INTERRUPTED)
            return True
        return has_news

    def load_details(self) -> None:
        """Read the events of a job that was over before it was followed: its curves and its log."""
        if not self._has_details and not self.record.is_running:
            last_lines = list(self.record.log)
            self.record.log.clear()
            fraction, message = self.record.fraction, self.record.message
            self._read_events()
            self.record.fraction, self.record.message = fraction, self.record.message or message
            self.record.log.extend(last_lines)
        self._has_details = True

    def log_text(self) -> str:
        """Return what the job said, with the end of the engine's own output where it failed."""
        lines = [message if level == "info" else f"{level.upper()}: {message}" for level, message in self.record.log]
        if self.record.state in (JobState.FAILED, JobState.INTERRUPTED):
            lines.append(self.folder.log_tail())
        return "\n".join(line for line in lines if line)

    def _read_events(self) -> bool:
        try:
            with self.folder.events.open("rb") as stream:
                stream.seek(self._offset)
                block = stream.read()
        except OSError:
            return False
        complete = block[: block.rfind(b"\n") + 1]
        self._offset += len(complete)
        self._has_details = True
        for line in complete.decode("utf-8", errors="replace").splitlines():
            with contextlib.suppress(ProtocolError):
                event = decode_event(line)
                # The result file has the last word: it also tells of crashes, which write no event.
                if not isinstance(event, ErrorEvent) and event.event != "result":
                    self.record.apply(event)
        return bool(complete)

    def _end(self, state: JobState) -> None:
        self.record.state = state
        self.record.ended = max((_modified(path) for path in self._files()), default=self.record.started)

    def _is_alive(self) -> bool:
        if is_live(self.folder.path):
            return True
        latest = max((_modified(path) for path in self._files()), default=self.record.started)
        return time.time() - latest < _SILENCE_S

    def _files(self) -> Tuple[Path, ...]:
        files = (self.folder.job, self.folder.events, self.folder.log, self.folder.result)
        return tuple(path for path in files if path.exists())


def _modified(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0
