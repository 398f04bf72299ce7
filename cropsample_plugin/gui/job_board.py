"""All runs, running and past, followed by their files; lives as long as the plugin, whatever panels are open."""

from __future__ import annotations

import contextlib
import shutil
from pathlib import Path
from typing import Any, Dict, List, Optional

from qgis.PyQt import sip
from qgis.PyQt.QtCore import QFileSystemWatcher, QObject, QTimer, pyqtSignal

from cropsample_plugin.bridge.job_folders import jobs_folder, past_jobs
from cropsample_plugin.bridge.live_jobs import is_live, is_paused, pause_live_job, stop_live_job
from cropsample_plugin.gui.job_reader import JobReader, Membership
from cropsample_plugin.gui.run_record import RunRecord

FOLLOW_INTERVAL_MS = 400
# Network folders tell of no changes, and the system may have no watcher left.
IDLE_INTERVAL_MS = 3000
HIDDEN_JOBS = frozenset({"probe"})


class JobBoard(QObject):
    """Knows every run of this QGIS profile.

    Attributes:
        changed: something about the runs changed; they are read again with `runs`.
    """

    changed = pyqtSignal()

    def __init__(self, root: Optional[Path] = None, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self._root = root or jobs_folder()
        self._readers: Dict[str, JobReader] = {}
        self._task_by_run: Dict[str, Any] = {}
        self._membership_by_run: Dict[str, Membership] = {}
        with contextlib.suppress(OSError):
            self._root.mkdir(parents=True, exist_ok=True)
        self._watcher = QFileSystemWatcher([str(self._root)], self)
        self._watcher.directoryChanged.connect(self.refresh)
        self._timer = QTimer(self)
        self._timer.setInterval(IDLE_INTERVAL_MS)
        self._timer.timeout.connect(self.refresh)
        self._timer.start()

    def refresh(self, *_arguments: object) -> None:
        """Look for new jobs and read what running ones added; follows them as long as any runs."""
        folders = {str(folder.path): folder for folder in past_jobs(self._root) if folder.name not in HIDDEN_JOBS}
        has_news = bool(set(folders) ^ set(self._readers))
        self._readers = {path: self._readers.get(path) or JobReader(folder) for path, folder in folders.items()}
        for reader in self._readers.values():
            has_news = reader.update() or has_news
        is_running = any(reader.record.is_running for reader in self._readers.values()) or bool(self._task_by_run)
        interval_ms = FOLLOW_INTERVAL_MS if is_running else IDLE_INTERVAL_MS
        if interval_ms != self._timer.interval():
            self._timer.setInterval(interval_ms)
            has_news = True
        if has_news or is_running:
            self.changed.emit()

    def runs(self) -> List[RunRecord]:
        """Return all runs, newest first."""
        runs: Dict[str, RunRecord] = {}
        for run_id, membership in self._membership_by_run.items():
            runs[run_id] = RunRecord(run_id, membership.title, membership.step_names, is_supervised=True)
        for path in sorted(self._readers):
            reader = self._readers[path]
            member = reader.membership or Membership(path, "", (reader.record.name,))
            run = runs.setdefault(member.run_id, RunRecord(member.run_id, member.title, member.step_names))
            run.jobs.append(reader.record)
        return sorted(runs.values(), key=lambda run: (not run.jobs, run.started), reverse=True)

    def run(self, run_id: str) -> Optional[RunRecord]:
        """Return a run, or None when it is not known."""
        return next((run for run in self.runs() if run.run_id == run_id), None)

    def load_details(self, run: RunRecord) -> None:
        """Read curves and logs of a past run, which `runs` leaves unread."""
        for job in run.jobs:
            reader = self._readers.get(job.folder)
            if reader is not None:
                reader.load_details()

    def log_text(self, run: RunRecord) -> str:
        """Return what all jobs of a run said, once its details are loaded."""
        readers = [self._readers[job.folder] for job in run.jobs if job.folder in self._readers]
        return "\n".join(text for text in (reader.log_text() for reader in readers) if text)

    def supervise(self, membership: Membership, task: Any) -> None:  # noqa: ANN401 - anything with cancel()
        """Take in a run whose task was just started."""
        self._task_by_run[membership.run_id] = task
        self._membership_by_run[membership.run_id] = membership
        self.refresh()

    def release(self, run_id: str) -> None:
        """Forget the task of a run that ended."""
        self._task_by_run.pop(run_id, None)
        self._membership_by_run.pop(run_id, None)
        self.refresh()

    def cancel(self, run_id: str) -> None:
        """Ask a run to stop, whoever started it."""
        task = self._task_by_run.get(run_id)
        if task is not None and not sip.isdeleted(task):
            task.cancel()
            return
        run = self.run(run_id)
        for job in run.jobs if run else ():
            stop_live_job(Path(job.folder))

    def can_cancel(self, run: RunRecord) -> bool:
        """Return True when this QGIS runs it."""
        return run.run_id in self._task_by_run or any(is_live(Path(job.folder)) for job in run.jobs)

    def pause(self, run_id: str, *, paused: bool) -> None:
        """Let a run wait after the blocks it has begun, or go on."""
        run = self.run(run_id)
        for job in run.jobs if run else ():
            pause_live_job(Path(job.folder), is_paused=paused)
        self.refresh()

    def can_pause(self, run: RunRecord) -> bool:
        """Return True while this QGIS runs one of its jobs."""
        return any(is_live(Path(job.folder)) for job in run.jobs)

    def is_paused(self, run: RunRecord) -> bool:
        """Return True while a run is asked to wait."""
        return any(is_paused(Path(job.folder)) for job in run.jobs)

    def remove(self, run_id: str) -> None:
        """Delete the job folders of a run that ended; its outputs stay where they are."""
        run = self.run(run_id)
        if run is None or run.is_running:
            return
        for job in run.jobs:
            shutil.rmtree(job.folder, ignore_errors=True)
        self.refresh()

    def shut_down(self) -> None:
        """Stop following, and cancel what this plugin runs."""
        self._timer.stop()
        self._watcher.directoryChanged.disconnect(self.refresh)
        if self._watcher.directories():
            self._watcher.removePaths(self._watcher.directories())
        for run_id in list(self._task_by_run):
            self.cancel(run_id)
        self._task_by_run.clear()
        self._membership_by_run.clear()
