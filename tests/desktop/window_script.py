"""What scripts that run inside QGIS share: steps one after another, waiting without blocking, pictures, an answer."""

from __future__ import annotations

import json
import os
import subprocess
import time
import traceback
from pathlib import Path

from qgis.core import QgsProject
from qgis.PyQt.QtCore import QTimer
from qgis.PyQt.QtWidgets import QApplication, QMessageBox
from qgis.utils import iface, plugins

FACTS = json.loads(Path(os.environ["CROPSAMPLE_DESKTOP_FACTS"]).read_text(encoding="utf-8"))
FOLDER = Path(FACTS["folder"])
POLL_MS = 50
LEAVE_MS = 500
# For programs beside QGIS; a machine that is measured on may stop them all for minutes.
PATIENCE_S = 400
_running = []


class Script:
    """Runs a generator in the window's event loop; what it yields is a condition to wait for, or milliseconds."""

    def __init__(self, steps, patience_s=float("inf")) -> None:
        self.answer = {}
        self._patience_s = patience_s
        # Counted, not timed: a process that is stopped for a while has not waited.
        self._waited_s = 0.0
        self._steps = steps(self)
        self._condition = None
        self._longest_block_s = 0.0
        self._last_beat = time.monotonic()
        self._timer = QTimer()
        self._timer.timeout.connect(self._beat)

    def start(self, delay_ms: int = 1500) -> None:
        # Qt holds no reference to the object behind a slot.
        _running.append(self)
        QTimer.singleShot(delay_ms, lambda: (self.reset_beat(), self._timer.start(POLL_MS)))

    def reset_beat(self) -> None:
        """Start to measure how long the window does not answer."""
        self._last_beat = time.monotonic()
        self._longest_block_s = 0.0

    @property
    def longest_block_s(self) -> float:
        return self._longest_block_s

    def _beat(self) -> None:
        now = time.monotonic()
        self._longest_block_s = max(self._longest_block_s, now - self._last_beat - POLL_MS / 1000)
        self._last_beat = now
        try:
            if self._condition is not None and not self._condition():
                self._waited_s += POLL_MS / 1000
                if self._waited_s > self._patience_s:
                    raise TimeoutError(f"waited in vain at {self._places()}")
                return
            self._waited_s = 0.0
            wanted = next(self._steps)
            if isinstance(wanted, int):
                due = time.monotonic() + wanted / 1000
                self._condition = lambda: time.monotonic() >= due
            else:
                self._condition = wanted
        except StopIteration:
            self._finish()
        except Exception:  # noqa: BLE001 - everything is told to the test
            self.answer["error"] = traceback.format_exc()
            self._finish()

    def _places(self):
        """Return where the steps stand, the inner ones last."""
        places, steps = [], self._steps
        while steps is not None:
            places.append(f"{steps.gi_code.co_name}, line {steps.gi_frame.f_lineno}")
            steps = steps.gi_yieldfrom
        return "; ".join(places)

    def _finish(self) -> None:
        self._timer.stop()
        partial = FOLDER / "answer.partial"
        partial.write_text(json.dumps(self.answer, default=str), encoding="utf-8")
        partial.rename(FOLDER / "answer.json")
        QTimer.singleShot(0, leave)


def leave() -> None:
    """Close QGIS the way a user does; where it asks whether to cancel running tasks, say yes and close again."""
    QTimer.singleShot(LEAVE_MS, leave)
    box = QApplication.activeModalWidget()
    if isinstance(box, QMessageBox):
        box.button(QMessageBox.StandardButton.Yes).click()
        return
    if box is not None:
        return
    # Layers in temporary folders would make QGIS ask whether they may be lost.
    iface.newProject(False)  # noqa: FBT003 - QGIS takes it by position
    QgsProject.instance().setDirty(False)
    iface.actionExit().trigger()


def picture(name: str) -> str:
    """Take a picture of the whole screen."""
    path = FOLDER / name
    subprocess.run(["import", "-window", "root", str(path)], check=True, timeout=PATIENCE_S)
    return str(path)


def fill_screen() -> None:
    """Make QGIS's window as large as the screen."""
    window = iface.mainWindow()
    window.showNormal()
    window.setGeometry(window.screen().geometry())


def plugin():
    """Return CropSample's plugin object."""
    return plugins["cropsample_plugin"]
