"""Files to take to the field: GPX waypoints."""

from __future__ import annotations

from pathlib import Path
from typing import Sequence
from xml.etree import ElementTree as ET  # nosec B405 - only written here

import numpy as np
import numpy.typing as npt

from cropsample_plugin.engine.output_files import replaced_when_done

_GPX = "http://www.topografix.com/GPX/1/1"


def write_gpx(target: Path, degrees: npt.NDArray[np.float64], names: Sequence[str], notes: Sequence[str]) -> None:
    """Write waypoints in the order given.

    Args:
        target: file to write.
        degrees: ``(n, 2)`` longitude and latitude, WGS 84.
        names: ``(n,)`` what the device shows.
        notes: ``(n,)`` description of each.
    """
    ET.register_namespace("", _GPX)
    root = ET.Element(f"{{{_GPX}}}gpx", {"version": "1.1", "creator": "CropSample"})
    for (longitude, latitude), name, note in zip(degrees, names, notes):
        point = ET.SubElement(root, f"{{{_GPX}}}wpt", {"lat": f"{latitude:.7f}", "lon": f"{longitude:.7f}"})
        ET.SubElement(point, f"{{{_GPX}}}name").text = name
        ET.SubElement(point, f"{{{_GPX}}}desc").text = note
    ET.indent(root)
    with replaced_when_done(target) as partial:
        ET.ElementTree(root).write(partial, encoding="utf-8", xml_declaration=True)
