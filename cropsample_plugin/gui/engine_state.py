"""What is known of the engine: where it is, what a probe found, and the words for it."""

from __future__ import annotations

from typing import Any, Dict, Optional

from qgis.PyQt.QtCore import QObject, pyqtSignal

from cropsample_plugin.bridge.engine_errors import EngineError
from cropsample_plugin.bridge.environment import engine_problem, find_engine, probe_engine
from cropsample_plugin.gui.background_call import BackgroundCall

_SHOWN_PACKAGES = ("torch", "scikit-learn", "numpy", "rasterio")


class EngineProbe(QObject):
    """Asks the engine for its versions and devices without blocking the window.

    Attributes:
        answered: the text to show and whether the engine is usable.
    """

    answered = pyqtSignal(str, bool)

    def __init__(self, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self._call: Optional[BackgroundCall] = None
        self._origin = ""

    def start(self) -> None:
        """Probe the engine that is set now; an earlier probe is forgotten."""
        self.stop()
        location, problem = find_engine(), engine_problem()
        if problem or location is None:
            self.answered.emit(problem, False)  # noqa: FBT003 - a signal takes no names
            return
        python, self._origin = location.python, location.origin
        self._call = BackgroundCall(self.tr("Checking CropSample's engine"), lambda _task: probe_engine(python))
        self._call.done.connect(self._on_done)
        self._call.start()

    def stop(self) -> None:
        """Forget the probe in progress."""
        if self._call is not None:
            self._call.done.disconnect(self._on_done)
            self._call.cancel()
            self._call = None

    def _on_done(self, outputs: Optional[Dict[str, Any]], error: Optional[EngineError]) -> None:
        self._call = None
        if outputs is None:
            self.answered.emit(str(error), False)  # noqa: FBT003 - a signal takes no names
            return
        self.answered.emit(self.describe(outputs), not outputs.get("problems"))

    def describe(self, outputs: Dict[str, Any]) -> str:
        """Return a probe's answer as readable lines."""
        versions = outputs.get("versions") or {}
        packages = ", ".join(f"{name} {versions[name]}" for name in _SHOWN_PACKAGES if name in versions)
        origins = {
            "setting": self.tr("named here"),
            "environment variable": self.tr("named by CROPSAMPLE_PYTHON"),
            "plugin": self.tr("CropSample's own environment"),
        }
        lines = [
            self.tr("Python {version}, {origin}: {path}").format(
                version=outputs.get("python", "?"),
                origin=origins.get(self._origin, self._origin),
                path=outputs.get("executable", "?"),
            ),
            self.tr("Packages: {}").format(packages),
            self.tr("Devices: {}").format(", ".join(outputs.get("devices") or ["cpu"])),
        ]
        problems = outputs.get("problems") or []
        lines += [self.tr("Problem: {}").format(problem) for problem in problems]
        return "\n".join(lines)
