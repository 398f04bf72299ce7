"""Pin the packages named in requirements/*.in into requirements/*.lock for every platform at once.

Needs `uv` (https://docs.astral.sh/uv), which only maintainers of the lock files need; run through ``make lock``.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

REQUIREMENTS = Path(__file__).resolve().parents[1] / "requirements"
CUDA_PREFIXES = ("nvidia-", "cuda-", "triton")


@dataclass(frozen=True)
class Lock:
    """One lock file.

    Attributes:
        name: file name without suffix, of both the ``.in`` and the ``.lock`` file.
        python: oldest Python it is for.
        forks: ``fewest`` for one version of each package, ``requires-python`` for the newest each Python can have.
        notes: comment lines at its top.
    """

    name: str
    python: str
    forks: str
    notes: tuple[str, ...]


LOCKS = (
    Lock(
        "engine",
        "3.11",
        "fewest",
        (
            "One set for Python 3.11 to 3.14 on Windows, Linux (x86-64, ARM) and macOS 14 or newer (Apple silicon).",
            "The CUDA packages that PyPI's torch asks for on Linux are left out: `make setup` and the plugin take",
            "torch's CPU build there, or the CUDA build on request (see docs/engine.md).",
        ),
    ),
    Lock("engine-dev", "3.11", "fewest", ("Installed on top of engine.lock.",)),
    Lock("qgis-test", "3.9", "requires-python", ("Installed into a virtual environment over QGIS's own Python.",)),
)


def main() -> int:
    """Write every lock file and return the exit status."""
    uv = shutil.which("uv")
    if uv is None:
        print("make lock needs uv: python3 -m pip install uv")
        return 1
    for lock in LOCKS:
        header = [f"# Made by `make lock` from {lock.name}.in; do not edit.", *(f"# {note}" for note in lock.notes)]
        pins = [line for line in _resolve(uv, lock) if not line.startswith(CUDA_PREFIXES)]
        target = REQUIREMENTS / f"{lock.name}.lock"
        target.write_text("\n".join([*header, *pins]) + "\n", encoding="utf-8")
        print(f"{target.name}: {len(pins)} packages")
    return 0


def _resolve(uv: str, lock: Lock) -> list[str]:
    command = [uv, "pip", "compile", "--universal", "--quiet", "--no-header", "--no-annotate"]
    command += ["--fork-strategy", lock.forks, "--python-version", lock.python, f"{lock.name}.in"]
    done = subprocess.run(command, cwd=REQUIREMENTS, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stderr)
    return done.stdout.splitlines()


if __name__ == "__main__":
    sys.exit(main())
