"""What creating the engine environment means: options, exact commands, space needed; standard library only."""

from __future__ import annotations

import hashlib
import json
import re
import shlex
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Dict, List, Sequence

PARTIAL_SUFFIX = ".partial"
SCRATCH_SUFFIX = ".scratch"
MARKER_NAME = "cropsample-engine.json"
BUILDS = ("cpu", "cuda")
NEEDED_GB: Dict[str, int] = {"cpu": 3, "cuda": 8}
TORCH_CPU_INDEX = "https://download.pytorch.org/whl/cpu"
TORCH_CUDA_INDEX = "https://download.pytorch.org/whl/cu130"
_TORCH_PIN = re.compile(r"^torch==([0-9][^\s;+\\]*)", re.MULTILINE)
_PIN = re.compile(r"^[A-Za-z0-9][A-Za-z0-9._-]*\s*==", re.MULTILINE)


@dataclass(frozen=True)
class EnvironmentOptions:
    """How to create the engine environment.

    Attributes:
        folder: where the environment goes; an older one there is replaced when the new one is complete.
        lock_file: pinned packages, pip's requirements format.
        base_python: interpreter to make it from; "" finds one.
        build: ``cpu`` or ``cuda``: which PyTorch.
        wheel_folder: folder with all wheels, to work without network; "" to use the network.
        platform: ``sys.platform`` of the machine, for tests and for showing commands.
    """

    folder: str
    lock_file: str
    base_python: str = ""
    build: str = "cpu"
    wheel_folder: str = ""
    platform: str = sys.platform


@dataclass(frozen=True)
class CreationCommand:
    """One command of the creation.

    Attributes:
        arguments: program and arguments.
        title: what it does.
        is_optional: True when creation goes on without it.
    """

    arguments: List[str]
    title: str
    is_optional: bool = False


def environment_python(folder: Path, platform: str = sys.platform) -> Path:
    """Return where the interpreter of a virtual environment is."""
    return folder / "Scripts" / "python.exe" if platform == "win32" else folder / "bin" / "python"


def creation_commands(options: EnvironmentOptions) -> List[CreationCommand]:
    """Return the exact commands in order; they run in the partial folder, renamed when all is complete."""
    partial = Path(options.folder + PARTIAL_SUFFIX)
    python = str(environment_python(partial, options.platform))
    install = [python, "-I", "-m", "pip", "install", *_PIP_OPTIONS]
    commands = [
        CreationCommand(
            [options.base_python or "python3", "-I", "-m", "venv", "--clear", str(partial)],
            "Create a virtual environment",
        )
    ]
    if options.wheel_folder:
        source = ["--no-index", "--find-links", options.wheel_folder]
    else:
        source = []
        commands += _torch_commands(options, install)
    commands.append(CreationCommand([*install, *source, "-r", options.lock_file], "Install the packages"))
    return commands


def shown_commands(options: EnvironmentOptions) -> str:
    """Return the commands as text for a terminal, one a line, for the user to read or to run by hand."""
    lines = [_shown(command.arguments, options.platform) for command in creation_commands(options)]
    mover = "move" if options.platform == "win32" else "mv"
    lines.append(_shown([mover, options.folder + PARTIAL_SUFFIX, options.folder], options.platform))
    return "\n".join(lines)


def n_pinned(lock_text: str) -> int:
    """Return how many packages a lock file pins."""
    return len(_PIN.findall(lock_text))


def lock_digest(lock_file: Path) -> str:
    """Return the SHA-256 of a lock file, "" when it is missing."""
    try:
        return hashlib.sha256(lock_file.read_bytes()).hexdigest()
    except OSError:
        return ""


def write_marker(folder: Path, options: EnvironmentOptions) -> None:
    """Note in an environment what it was made from."""
    marker = {"lock_sha256": lock_digest(Path(options.lock_file)), "build": options.build}
    (folder / MARKER_NAME).write_text(json.dumps(marker), encoding="utf-8")


def marker_problem(python: Path, lock_file: Path) -> str:
    """Return why the environment of an interpreter is not the plugin's complete and current one, "" when it is."""
    marker_file = python.parent.parent / MARKER_NAME
    try:
        marker = json.loads(marker_file.read_text(encoding="utf-8"))
        made_from = str(marker["lock_sha256"])
    except (OSError, ValueError, KeyError, TypeError):
        return "CropSample's engine environment is not complete. Create it again in CropSample's options."
    current = lock_digest(lock_file)
    if current and made_from != current:
        return "CropSample's engine was made for another version. Create it again in CropSample's options."
    return ""


_PIP_OPTIONS = (
    "--disable-pip-version-check",
    "--no-input",
    "--no-warn-script-location",
    "--progress-bar=off",
    "--only-binary=:all:",
)


def _torch_commands(options: EnvironmentOptions, install: Sequence[str]) -> List[CreationCommand]:
    """Return the command that installs the wanted PyTorch build first, where PyPI offers another one."""
    version = _torch_version(Path(options.lock_file))
    if not version:
        return []
    if options.build == "cpu" and options.platform.startswith("linux"):
        # PyPI's wheel for Linux carries 3 GB of CUDA libraries.
        index, local, is_optional = TORCH_CPU_INDEX, "cpu", True
    elif options.build == "cuda" and options.platform == "win32":
        index, local, is_optional = TORCH_CUDA_INDEX, TORCH_CUDA_INDEX.rsplit("/", 1)[1], False
    else:
        return []
    arguments = [*install, "--extra-index-url", index, f"torch=={version}+{local}"]
    return [CreationCommand(arguments, f"Install PyTorch for {options.build.upper()}", is_optional)]


def _torch_version(lock_file: Path) -> str:
    try:
        found = _TORCH_PIN.search(lock_file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        return ""
    return found.group(1) if found else ""


def _shown(arguments: Sequence[str], platform: str) -> str:
    return subprocess.list2cmdline(arguments) if platform == "win32" else shlex.join(arguments)
