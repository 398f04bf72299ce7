"""Find interpreters to create the engine environment from, on every system QGIS runs on; standard library only.

`sys.executable` is never trusted: on Windows and macOS it is QGIS itself, and starting it opens another window.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Callable, Iterator, List, Mapping, Optional, Tuple

from cropsample_plugin.bridge.engine_errors import EngineError
from cropsample_plugin.bridge.exit_analysis import is_usable_program_name
from cropsample_plugin.bridge.process_environment import engine_environment

MINIMUM_VERSION = (3, 11)
NEWEST_TESTED_VERSION = (3, 13)
_INSPECTION_TIMEOUT_S = 15.0
_INSPECTION = (
    "import sys, struct, venv, ensurepip, ssl; "
    "print('cropsample', sys.version_info[0], sys.version_info[1], 8 * struct.calcsize('P'))"
)
_MINORS = range(NEWEST_TESTED_VERSION[1], MINIMUM_VERSION[1] - 1, -1)


@dataclass(frozen=True)
class Host:
    """What discovery looks at; tests give it fake layouts.

    Attributes:
        platform: ``sys.platform``.
        executable: ``sys.executable``, perhaps QGIS itself.
        prefix: ``sys.base_prefix``, the installation of the Python that runs this.
        environ: environment variables.
        root: folder that absolute system paths are looked up under.
    """

    platform: str = sys.platform
    executable: str = sys.executable
    prefix: str = sys.base_prefix
    environ: Mapping[str, str] = field(default_factory=lambda: os.environ)
    root: Path = field(default_factory=lambda: Path(Path.cwd().anchor))

    @property
    def is_flatpak(self) -> bool:
        """True inside a Flatpak sandbox."""
        return (self.root / ".flatpak-info").exists()

    def system_path(self, path: str) -> Path:
        """Return an absolute path of the system, below the root of this host."""
        return self.root / path.lstrip("/")


@dataclass(frozen=True)
class Interpreter:
    """A Python that can make virtual environments.

    Attributes:
        path: its program.
        version: major and minor version.
    """

    path: str
    version: Tuple[int, int]


Inspect = Callable[[str], Optional[Interpreter]]


def find_base_python(host: Optional[Host] = None, inspect: Optional[Inspect] = None) -> str:
    """Return the best interpreter to create the engine from.

    Raises:
        EngineError: kind ``not_started`` when there is none, with what to install.
    """
    chosen_host = host or Host()
    found = find_interpreters(chosen_host, inspect)
    if found:
        return found[0].path
    raise EngineError(
        "not_started",
        f"No Python {MINIMUM_VERSION[0]}.{MINIMUM_VERSION[1]} or newer that can create environments was found.",
        _install_hint(chosen_host),
    )


def find_interpreters(host: Optional[Host] = None, inspect: Optional[Inspect] = None) -> List[Interpreter]:
    """Return usable interpreters, best first: tested versions before newer ones, else in the order found."""
    examine = inspect or inspect_interpreter
    usable = []
    for path in candidate_paths(host or Host()):
        interpreter = examine(str(path))
        if interpreter is not None and interpreter.version >= MINIMUM_VERSION:
            usable.append(interpreter)
    return sorted(usable, key=lambda interpreter: interpreter.version > NEWEST_TESTED_VERSION)


def candidate_paths(host: Host) -> List[Path]:
    """Return existing programs that may be a Python, in order of preference, none twice and none of them QGIS."""
    finders = {"win32": _windows_paths, "darwin": _macos_paths}
    seen = set()
    candidates = []
    for path in finders.get(host.platform, _linux_paths)(host):
        key = os.path.normcase(os.path.realpath(path))
        if key in seen or not path.is_file() or not is_usable_program_name(str(path)) or _is_store_stub(path):
            continue
        seen.add(key)
        candidates.append(path)
    return candidates


def inspect_interpreter(path: str) -> Optional[Interpreter]:
    """Start a program and return what Python it is; None when it is no 64-bit Python with venv, pip and TLS."""
    options = {"creationflags": subprocess.CREATE_NO_WINDOW} if sys.platform == "win32" else {}
    try:
        done = subprocess.run(
            [path, "-I", "-c", _INSPECTION],
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            env=engine_environment(path),
            timeout=_INSPECTION_TIMEOUT_S,
            check=False,
            **options,
        )
    except (OSError, subprocess.TimeoutExpired, UnicodeDecodeError):
        return None
    found = re.search(r"cropsample (\d+) (\d+) 64", done.stdout)
    return Interpreter(path, (int(found.group(1)), int(found.group(2)))) if found and done.returncode == 0 else None


def _windows_paths(host: Host) -> Iterator[Path]:
    """python.org and py launcher installations, conda, then QGIS's own (OSGeo4W or standalone installer)."""
    local = host.environ.get("LOCALAPPDATA", "")
    programs = [host.environ.get(name, "") for name in ("ProgramFiles", "ProgramW6432")]
    for minor in _MINORS:
        yield from (Path(base) / "Programs" / "Python" / f"Python3{minor}" / "python.exe" for base in [local] if base)
        yield from (Path(base) / f"Python3{minor}" / "python.exe" for base in programs if base)
        yield host.system_path(f"Python3{minor}/python.exe")
    yield from _on_path(host, ["python.exe", "python3.exe"])
    for home in (host.environ.get("USERPROFILE", ""), host.environ.get("ProgramData", "")):
        yield from (Path(home) / name / "python.exe" for name in ("miniforge3", "miniconda3", "anaconda3") if home)
    for folder in _qgis_roots(host):
        yield from sorted(folder.glob("apps/Python3*/python.exe"), reverse=True)


def _qgis_roots(host: Host) -> Iterator[Path]:
    """Folders that may hold QGIS's ``apps``: from its program, its Python and OSGeo4W's variable."""
    if host.environ.get("OSGEO4W_ROOT"):
        yield Path(host.environ["OSGEO4W_ROOT"])
    for start in (Path(host.executable), Path(host.prefix)):
        yield from list(start.parents)[:4]


def _macos_paths(host: Host) -> Iterator[Path]:
    """python.org, Homebrew and MacPorts, then QGIS's own inside the application."""
    for minor in _MINORS:
        yield host.system_path(f"/Library/Frameworks/Python.framework/Versions/3.{minor}/bin/python3.{minor}")
        yield from (
            host.system_path(f"{base}/bin/python3.{minor}") for base in ("/opt/homebrew", "/usr/local", "/opt/local")
        )
    yield from _on_path(host, ["python3"])
    contents = next((parent for parent in Path(host.executable).parents if parent.name == "Contents"), None)
    if contents is not None:
        yield contents / "MacOS" / "bin" / "python3"
        for minor in _MINORS:
            yield contents / "MacOS" / f"python3.{minor}"
            yield contents / "MacOS" / "bin" / f"python3.{minor}"
            yield contents / "Frameworks" / "Python.framework" / "Versions" / f"3.{minor}" / "bin" / f"python3.{minor}"
            yield contents / "Frameworks" / "bin" / f"python3.{minor}"


def _linux_paths(host: Host) -> Iterator[Path]:
    """The distribution's Python, then others on the path, then the one QGIS runs on (conda, Flatpak, own build)."""
    names = [f"python3.{minor}" for minor in _MINORS]
    yield host.system_path("/usr/bin/python3")
    yield from (host.system_path(f"/usr/bin/{name}") for name in names)
    if not host.is_flatpak:
        yield from _on_path(host, [*names, "python3"])
    yield Path(host.prefix) / "bin" / "python3"


def _on_path(host: Host, names: List[str]) -> Iterator[Path]:
    separator = ";" if host.platform == "win32" else ":"
    folders = [folder for folder in host.environ.get("PATH", "").split(separator) if folder]
    return (Path(folder) / name for name in names for folder in folders)


def _is_store_stub(path: Path) -> bool:
    """Return True for the empty program that opens the Microsoft Store instead of a Python."""
    return "windowsapps" in str(path).lower() and path.stat().st_size == 0


def _install_hint(host: Host) -> str:
    if host.platform == "win32":
        return "Install Python 3.12 (64 bit) from python.org, or name a Python in CropSample's options."
    if host.platform == "darwin":
        return "Install Python 3.12 from python.org or Homebrew, or name a Python in CropSample's options."
    return "Install it (Debian, Ubuntu: apt install python3-venv), or name a Python in CropSample's options."
