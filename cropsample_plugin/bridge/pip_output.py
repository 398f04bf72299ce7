"""What pip prints: the share of an installation that is done, and why it failed; standard library only."""

from __future__ import annotations

from typing import Callable, Dict, Tuple

from cropsample_plugin.bridge.engine_errors import EngineError

_COLLECTED_SHARE = 0.7
_INSTALLING = "Installing collected packages"
_PACKAGE_LINES = ("Collecting ", "Requirement already satisfied")

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


class PipMeter:
    """Turns lines of one command into progress between a start and an end; never goes back."""

    def __init__(self, n_packages: int, start: float, end: float, on_progress: Callable[[float], None]) -> None:
        self._n_packages = max(n_packages, 1)
        self._start = start
        self._end = end
        self._on_progress = on_progress
        self._n_seen = 0

    def note(self, line: str) -> None:
        """Take one line of pip's output into account."""
        text = line.lstrip()
        if text.startswith(_PACKAGE_LINES):
            self._n_seen += 1
            self._report(_COLLECTED_SHARE * min(self._n_seen / self._n_packages, 1.0))
        elif text.startswith(_INSTALLING):
            self._report(_COLLECTED_SHARE)
            self._n_seen = self._n_packages

    def _report(self, share: float) -> None:
        self._on_progress(self._start + (self._end - self._start) * share)


def explain_failure(title: str, output: str) -> EngineError:
    """Return the error that tells the user why a command, called by its title, failed."""
    text = output.lower()
    # A package index out of reach also ends in "no matching distribution".
    is_offline = "connection" in text and "retrying" in text
    for sign, (kind, message, remedy) in _OUTPUT_SIGNS.items():
        if sign in text and not (is_offline and kind == "input"):
            return EngineError(kind, message, remedy, output)
    lines = output.strip().splitlines()
    reason = lines[-1] if lines else "no output"
    return EngineError("environment", f"{title} failed: {reason}", "See the output for details.", output)
