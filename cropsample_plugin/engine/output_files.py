"""Writing files so that nothing half-written and nothing that was there before is lost."""

from __future__ import annotations

import os
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import Iterable, Iterator

from cropsample_plugin.engine.errors import OutputError


def check_output(path: str, inputs: Iterable[str] = (), suffixes: tuple[str, ...] = ()) -> Path:
    """Check before any work that a file can be written and is none of the inputs.

    Args:
        path: the file to write.
        inputs: files that are read.
        suffixes: allowed endings, with the point; empty for any.

    Raises:
        OutputError: no path, wrong ending, folder missing or read-only, or equal to an input.
    """
    if not path:
        raise OutputError("No output file is given.", "Name the file to write.")
    target = Path(path)
    if suffixes and target.suffix.lower() not in suffixes:
        raise OutputError(f"The output {path} must end in {' or '.join(suffixes)}.")
    folder = target.parent
    if not folder.is_dir():
        raise OutputError(f"The folder {folder} does not exist.", "Create it or choose another one.")
    real = os.path.realpath(path)
    if any(real == os.path.realpath(name) for name in inputs if name):
        raise OutputError(f"The output {path} is also an input.", "Choose another file name for the output.")
    if target.is_dir() or not os.access(folder, os.W_OK) or (target.exists() and not os.access(target, os.W_OK)):
        raise OutputError(f"{path} cannot be written: permission denied.", "Choose a folder that you may write to.")
    return target


@contextmanager
def replaced_when_done(target: Path) -> Iterator[Path]:
    """Give a path beside the target to write to; on success it takes the target's place, on failure it is removed.

    Raises:
        OutputError: the folder cannot be written to.
    """
    try:
        folder = tempfile.mkdtemp(prefix=f".{target.stem}-", dir=target.parent)
    except PermissionError as error:
        raise OutputError(f"The folder {target.parent} is read-only.", "Choose a folder you may write to.") from error
    partial = Path(folder) / target.name
    try:
        yield partial
        partial.replace(target)
    finally:
        for leftover in Path(folder).iterdir():
            leftover.unlink()
        Path(folder).rmdir()
