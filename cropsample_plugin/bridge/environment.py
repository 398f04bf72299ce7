"""Find, create and probe the engine's Python."""

from __future__ import annotations

import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Dict, Mapping, Optional

from cropsample_plugin.about import installation_path, plugin_version
from cropsample_plugin.bridge.engine_process import run_engine
from cropsample_plugin.bridge.environment_creation import create_environment
from cropsample_plugin.bridge.environment_plan import (
    EnvironmentOptions,
    creation_commands,
    environment_python,
    marker_problem,
)
from cropsample_plugin.bridge.exit_analysis import is_usable_program_name
from cropsample_plugin.bridge.job_folders import new_job_folder
from cropsample_plugin.bridge.profile import profile_folder
from cropsample_plugin.jobs.protocol import Job

__all__ = [
    "EngineLocation",
    "EnvironmentOptions",
    "create_environment",
    "creation_commands",
    "default_options",
    "engine_folder",
    "engine_problem",
    "find_engine",
    "locate_engine",
    "lock_file",
    "probe_engine",
]

ENVIRONMENT_VARIABLE = "CROPSAMPLE_PYTHON"
_WHERE_TO_GO = "Open Settings > Options > CropSample"


@dataclass(frozen=True)
class EngineLocation:
    """Which Python runs the engine, and who said so.

    Attributes:
        python: path of the interpreter; it may turn out not to exist, see `engine_problem`.
        origin: ``setting``, ``environment variable`` or ``plugin``.
    """

    python: str
    origin: str


def lock_file() -> Path:
    """Return the file of pinned packages that the engine is made of."""
    return installation_path("requirements/engine.lock")


def engine_folder() -> Path:
    """Return the folder of the environment that the plugin owns in the QGIS profile."""
    return profile_folder() / "engine"


def default_options() -> EnvironmentOptions:
    """Return the options of an environment in the QGIS profile, from the user's settings; no base Python looked for."""
    from cropsample_plugin.bridge.settings import load_settings

    settings = load_settings()
    return EnvironmentOptions(
        folder=str(engine_folder()),
        lock_file=str(lock_file()),
        base_python=settings.base_python,
        build=settings.build,
        wheel_folder=settings.wheel_folder,
    )


def find_engine() -> Optional[EngineLocation]:
    """Return the engine's Python: setting, then `CROPSAMPLE_PYTHON`, then the plugin's own environment."""
    from cropsample_plugin.bridge.settings import load_settings

    return locate_engine(load_settings().engine_python, os.environ, engine_folder())


def locate_engine(setting: str, environ: Mapping[str, str], own_folder: Path) -> Optional[EngineLocation]:
    """Return the first engine named or present; one that is named but missing is returned too, to be reported.

    What is named may be an interpreter, the folder of a virtual or conda environment, or a command on the path.
    """
    named = {"setting": setting.strip(), "environment variable": environ.get(ENVIRONMENT_VARIABLE, "").strip()}
    for origin, text in named.items():
        if text:
            return EngineLocation(_interpreter_path(text), origin)
    python = environment_python(own_folder)
    return EngineLocation(str(python), "plugin") if python.exists() else None


def _interpreter_path(text: str) -> str:
    path = Path(text).expanduser()
    if path.is_dir():
        inside = (environment_python(path), path / "python.exe", path / "bin" / "python3")
        return str(next((python for python in inside if python.is_file()), path))
    if path.name == text:
        return shutil.which(text) or text
    return str(path)


def engine_problem() -> str:
    """Return why the engine cannot be used and what to do, "" when it looks usable; starts no process."""
    location = find_engine()
    return location_problem(location)


def location_problem(location: Optional[EngineLocation]) -> str:
    """Return what is wrong with a location as far as a look at its files can tell."""
    if location is None:
        return (
            f"CropSample's engine is not installed. {_WHERE_TO_GO} and click 'Create engine', or name a Python there."
        )
    source = {
        "setting": "set in CropSample's options",
        "environment variable": f"named by {ENVIRONMENT_VARIABLE}",
        "plugin": "of CropSample's own environment",
    }[location.origin]
    if not is_usable_program_name(location.python):
        return f"{location.python}, {source}, is QGIS itself, not a Python. {_WHERE_TO_GO} and choose another."
    path = Path(location.python)
    if path.is_dir():
        return f"There is no Python in the folder {location.python}, {source}. {_WHERE_TO_GO} to correct it."
    if not path.is_file():
        return f"There is no Python at {location.python}, {source}. {_WHERE_TO_GO} to correct it."
    if not os.access(path, os.X_OK):
        return f"{location.python}, {source}, is not a program that you may run. {_WHERE_TO_GO} to correct it."
    return marker_problem(path, lock_file()) if location.origin == "plugin" else ""


def probe_engine(python: str) -> Dict[str, Any]:
    """Start the engine and return its ``python``, ``executable``, ``versions``, ``devices`` and ``problems``.

    Raises:
        EngineError: it does not start or does not answer.
    """
    job = Job("probe", {}, plugin_version())
    with tempfile.TemporaryDirectory(prefix="cropsample-probe-", ignore_cleanup_errors=True) as folder:
        result = run_engine(job, python, new_job_folder(job, Path(folder)), lambda _event: None, lambda: False)
    return result.outputs
