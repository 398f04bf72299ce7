"""Where maps may be written, checked before the first pixel is predicted."""

from __future__ import annotations

from pathlib import Path
from typing import Iterable, Sequence

from cropsample_plugin.engine.errors import OutputError
from cropsample_plugin.engine.mapping.map_mosaic import VRT_SUFFIX
from cropsample_plugin.engine.output_files import check_output

_ENDINGS = (".tif", ".tiff")


def check_outputs(outputs: Sequence[Path], inputs: Iterable[Path], *, may_be_mosaics: bool = False) -> None:
    """Check that every output can be written and is no input.

    Args:
        outputs: the maps to write.
        inputs: what is read.
        may_be_mosaics: whether a map may become a VRT over tiles.

    Raises:
        OutputError: no output, two alike, one that is an input, a wrong ending, a missing or read-only folder.
    """
    if not outputs:
        raise OutputError("No output is given.", "Ask for the classes, the probabilities or the uncertainty.")
    places = [path.resolve() for path in outputs]
    if len(set(places)) < len(places):
        raise OutputError(f"Two outputs have the same name: {outputs[0]}.", "Give each output a name of its own.")
    names = [str(path) for path in inputs]
    for path in outputs:
        check_output(str(path), names, (*_ENDINGS, VRT_SUFFIX) if may_be_mosaics else _ENDINGS)
