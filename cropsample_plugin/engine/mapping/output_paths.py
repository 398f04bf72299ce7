"""Where maps may be written, checked before the first pixel is predicted."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Iterable, Sequence

from cropsample_plugin.engine.errors import OutputError

_ENDINGS = (".tif", ".tiff")
_MIB = 1024 * 1024


def check_outputs(outputs: Sequence[Path], inputs: Iterable[Path]) -> None:
    """Check that every output can be written and is no input.

    Raises:
        OutputError: no output, two alike, one that is an input, a wrong ending, a missing or read-only folder.
    """
    if not outputs:
        raise OutputError("No output is given.", "Ask for the classes, the probabilities or the uncertainty.")
    places = [path.resolve() for path in outputs]
    if len(set(places)) < len(places):
        raise OutputError(f"Two outputs have the same name: {outputs[0]}.", "Give each output a name of its own.")
    inputs = list(inputs)
    for path in outputs:
        _check_output(path, inputs)


def check_space(folder: Path, needed_bytes: int) -> None:
    """Raise `OutputError` when a folder's disk has less room than the parts of a map need."""
    free = shutil.disk_usage(folder).free
    if free < needed_bytes:
        raise OutputError(
            f"The disk of {folder} has {free // _MIB} MiB; {needed_bytes // _MIB + 1} MiB are needed meanwhile.",
            "Free some space, choose another folder, or ask for fewer outputs (probabilities are the largest).",
        )


def _check_output(path: Path, inputs: Sequence[Path]) -> None:
    if path.suffix.lower() not in _ENDINGS:
        raise OutputError(f"The output {path} is no GeoTIFF by its name.", "Let its name end in .tif.")
    if path.is_dir():
        raise OutputError(f"The output {path} is a folder.", "Choose the name of a file.")
    for other in inputs:
        if _is_same(path, other):
            raise OutputError(f"The output {path} is an input of this prediction.", "Choose another name for the map.")
    folder = path.parent
    if not folder.is_dir():
        raise OutputError(f"The output folder {folder} does not exist.", "Create it, or choose another one.")
    try:
        with tempfile.NamedTemporaryFile(dir=folder, prefix=".cropsample-"):
            pass
    except OSError as error:
        raise OutputError(
            f"The output folder {folder} cannot be written to: {error.strerror or error}.",
            "Choose a folder that you may write to.",
        ) from error


def _is_same(path: Path, other: Path) -> bool:
    try:
        return path.resolve() == other.resolve() or (path.exists() and other.exists() and path.samefile(other))
    except OSError:
        return False
