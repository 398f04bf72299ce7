"""How a GeoPackage of labels is laid out: samples, label_events, and the layers that show them on a map.

``samples`` and ``label_events`` are what counts; rows of events can be added, never changed. ``labels`` (the labels
that stand, with the present shape of their samples) is derived from both in the transaction that adds an event, and
``label_history`` (every event on the map) is a view of them.
"""

from __future__ import annotations

import sqlite3
from dataclasses import fields
from typing import TYPE_CHECKING, Dict, Tuple
from uuid import uuid4

from cropsample_plugin.bridge.labeling.geopackage_geometry import register_functions
from cropsample_plugin.bridge.labeling.label_events import LabelEvent, LabelingError

if TYPE_CHECKING:
    from osgeo import osr

FORMAT = 1
EVENT_COLUMNS = tuple(item.name for item in fields(LabelEvent))
SAMPLE_COLUMNS = ("sample_id", "x", "y", "stratum", "reason", "priority", "given_label", "assigned_to")
LABEL_COLUMNS = (
    "event_id",
    "sample_id",
    "labeler",
    "kind",
    "class_name",
    "confidence",
    "comment",
    "imagery",
    "imagery_date",
    "seconds_spent",
    "created_at",
)

_CACHE_KIB = 65536
_REALS = ("x", "y", "priority", "seconds_spent")
_INDEXES = """
CREATE UNIQUE INDEX samples_sample_id ON samples (sample_id);
CREATE UNIQUE INDEX label_events_event_id ON label_events (event_id);
CREATE INDEX label_events_sample_id ON label_events (sample_id);
CREATE INDEX labels_sample_id ON labels (sample_id);
CREATE TRIGGER label_events_no_update BEFORE UPDATE ON label_events
  BEGIN SELECT RAISE(ABORT, 'Label events are only ever added.'); END;
CREATE TRIGGER label_events_no_delete BEFORE DELETE ON label_events
  BEGIN SELECT RAISE(ABORT, 'Label events are only ever added.'); END;
CREATE VIEW label_history AS
  SELECT e.fid AS OGC_FID, s.geom AS geom, e.sample_id, e.labeler, e.kind, e.class_name,
    e.confidence, e.comment, e.imagery, e.imagery_date, e.seconds_spent, e.created_at, e.undoes, e.group_id, e.event_id
  FROM label_events e LEFT JOIN samples s ON s.sample_id = e.sample_id;
CREATE TABLE cropsample_labels (key TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL);
"""


def create_structure(path: str, crs: str) -> None:
    """Write an empty GeoPackage of labels; OGR writes the parts that the standard describes.

    Args:
        path: of the file, which must not exist.
        crs: of all geometries: authority id, else WKT.

    Raises:
        LabelingError: not a coordinate system, or the file cannot be made.
    """
    _create_layers(path, _reference_system(crs))
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.execute("BEGIN")
        for statement in _statements(_INDEXES):
            connection.execute(statement)
        connection.execute(
            "INSERT INTO gpkg_contents (table_name, data_type, identifier, srs_id) "
            "SELECT ?, 'features', ?, srs_id FROM gpkg_contents WHERE table_name = ?",
            ("label_history", "label_history", "samples"),
        )
        connection.execute(
            "INSERT INTO gpkg_geometry_columns SELECT ?, 'geom', 'GEOMETRY', srs_id, z, m FROM gpkg_geometry_columns "
            "WHERE table_name = ?",
            ("label_history", "samples"),
        )
        meta = {"format": str(FORMAT), "store_id": uuid4().hex, "crs": crs}
        connection.executemany("INSERT INTO cropsample_labels VALUES (?, ?)", meta.items())
        connection.execute("COMMIT")
    finally:
        connection.close()


def read_meta(connection: sqlite3.Connection, path: str) -> Dict[str, str]:
    """Return format, store_id and crs of a GeoPackage of labels.

    Raises:
        LabelingError: a GeoPackage of another kind, or of a newer CropSample.
    """
    known = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'cropsample_labels'").fetchone()
    if known is None:
        raise LabelingError(
            f"'{path}' holds no labels of a session.", "Choose the GeoPackage that was made with the session."
        )
    meta = dict(connection.execute("SELECT key, value FROM cropsample_labels"))
    if int(meta.get("format", "0")) > FORMAT:
        raise LabelingError(
            f"'{path}' was written by a newer CropSample (format of labels {meta['format']}, this one reads up to "
            f"{FORMAT}).",
            "Update the plugin.",
        )
    return meta


def is_same_crs(one: str, other: str) -> bool:
    """Return whether two texts, authority ids or WKT, stand for the same coordinate system."""
    return one == other or bool(_reference_system(one).IsSame(_reference_system(other)))


def configure(connection: sqlite3.Connection) -> None:
    """Set how a connection writes: what is committed is on disk, the removal of the journal included."""
    connection.execute("PRAGMA synchronous = EXTRA")
    connection.execute("PRAGMA fullfsync = ON")
    connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
    register_functions(connection)


def _statements(script: str) -> Tuple[str, ...]:
    """Split a script; unlike ``executescript`` this leaves the transaction to the caller."""
    found, part = [], ""
    for line in script.strip().splitlines():
        part += line + "\n"
        if sqlite3.complete_statement(part):
            found.append(part)
            part = ""
    return tuple(found)


def _reference_system(crs: str) -> osr.SpatialReference:
    from osgeo import osr

    system = osr.SpatialReference()
    try:
        failed = not crs or system.SetFromUserInput(crs) != 0
    except RuntimeError:
        failed = True
    if failed:
        raise LabelingError(f"'{crs}' is not a coordinate system.", "Choose one, such as EPSG:4326.")
    return system


def _create_layers(path: str, system: osr.SpatialReference) -> None:
    from osgeo import ogr

    options = ["GEOMETRY_NAME=geom", "SPATIAL_INDEX=YES"]
    try:
        dataset = ogr.GetDriverByName("GPKG").CreateDataSource(path)
        samples = dataset.CreateLayer("samples", system, ogr.wkbUnknown, options)
        events = dataset.CreateLayer("label_events", None, ogr.wkbNone)
        labels = dataset.CreateLayer("labels", system, ogr.wkbUnknown, options)
        for layer, columns in ((samples, SAMPLE_COLUMNS), (events, EVENT_COLUMNS), (labels, LABEL_COLUMNS)):
            for column in columns:
                layer.CreateField(ogr.FieldDefn(column, _ogr_type(column)))
    except (AttributeError, RuntimeError) as error:
        raise LabelingError(
            f"'{path}' cannot be made.", "Choose a folder that you may write to and that has room."
        ) from error


def _ogr_type(column: str) -> int:
    from osgeo import ogr

    if column in _REALS:
        return int(ogr.OFTReal)
    return int({"geometry": ogr.OFTBinary, "confidence": ogr.OFTInteger}.get(column, ogr.OFTString))
