"""Whatever file a user has: the reader that fits it."""

from __future__ import annotations

from pathlib import Path
from typing import Optional

from qgis.core import QgsVectorLayer

from cropsample_plugin.bridge.labeling.imports.candidates import CandidateTable, with_likely_class
from cropsample_plugin.bridge.labeling.imports.collect_earth import is_collect_earth, read_collect_earth
from cropsample_plugin.bridge.labeling.imports.coordinate_columns import Nearness
from cropsample_plugin.bridge.labeling.imports.field_forms import read_field_form
from cropsample_plugin.bridge.labeling.imports.google_earth import read_google_earth
from cropsample_plugin.bridge.labeling.imports.gpx import read_gpx
from cropsample_plugin.bridge.labeling.imports.text_tables import read_text_table
from cropsample_plugin.bridge.labeling.imports.vector_layers import read_layer
from cropsample_plugin.bridge.labeling.label_events import LabelingError

TEXT_SUFFIXES = frozenset({".csv", ".txt", ".tsv", ".tab"})
EARTH_SUFFIXES = frozenset({".kml", ".kmz"})
GPX_SUFFIX = ".gpx"


def read_file(path: str, nearness: Optional[Nearness] = None, *, closes_tracks: bool = False) -> CandidateTable:
    """Read a file of labels or samples.

    Args:
        path: text tables, KML, KMZ, GPX, or whatever QGIS opens as a vector layer.
        nearness: how far, in degrees, a place is from where samples are expected; tells swapped coordinates.
        closes_tracks: tracks of GPX become polygons.

    Raises:
        LabelingError: what is wrong with the file, and what to do.
    """
    suffix = Path(path).suffix.casefold()
    if not Path(path).is_file():
        raise LabelingError(f"There is no file '{path}'.", "Choose another one.")
    if suffix in TEXT_SUFFIXES:
        if is_collect_earth(read_text_table(path).names):
            return read_collect_earth(path)
        return with_likely_class(read_field_form(path, nearness))
    if suffix in EARTH_SUFFIXES:
        return read_google_earth(path)
    if suffix == GPX_SUFFIX:
        return read_gpx(path, closes_tracks=closes_tracks)
    return _read_vector_file(path)


def _read_vector_file(path: str) -> CandidateTable:
    layer = QgsVectorLayer(path, Path(path).stem, "ogr")
    if not layer.isValid():
        raise LabelingError(
            f"'{path}' is no file that can be imported.",
            "Choose a CSV, KML, KMZ or GPX file, or a layer that QGIS opens; save spreadsheets as CSV.",
        )
    parts = layer.dataProvider().subLayers()
    if len(parts) > 1:
        names = ", ".join(part.split(layer.dataProvider().sublayerSeparator())[1] for part in parts)
        raise LabelingError(f"'{path}' holds several layers: {names}.", "Add it to the project and choose a layer.")
    return with_likely_class(read_layer(layer))
