"""Objects as layers: polygons with ``object_id, stratum, area_ha`` and one field per feature."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from cropsample_plugin.engine.errors import SamplesError
from cropsample_plugin.engine.sampling.object_geometry import (
    GeometryArray,
    GroundProjection,
    areas_ha,
    inner_points,
    repaired,
)
from cropsample_plugin.engine.sampling.objects import Objects, UsableObjects, usable_objects
from cropsample_plugin.engine.timeseries.gap_filling import fill_linear
from cropsample_plugin.engine.timeseries.sample_table import SOURCE_FID, SampleTable, series_of
from cropsample_plugin.engine.timeseries.table_output import OutputTable, write_table

FloatArray = npt.NDArray[np.float64]

OBJECT_ID = "object_id"
STRATUM = "stratum"
AREA_HA = "area_ha"
_NO_FEATURES = {OBJECT_ID, STRATUM, AREA_HA, SOURCE_FID, "fid", "id", "area_m2", "year"}


@dataclass(frozen=True)
class ObjectLayer:
    """Objects read from a layer.

    Attributes:
        table: the layer, all its rows.
        usable: the objects that can be compared, features without gaps.
        ground: shapes of all rows in metres, None for rows without one.
        projection: metres to the layer's coordinates.
        feature_names: names of the features.
        n_repaired: shapes that were invalid and had to be repaired.
    """

    table: SampleTable
    usable: UsableObjects
    ground: GeometryArray
    projection: GroundProjection
    feature_names: tuple[str, ...]
    n_repaired: int

    @property
    def objects(self) -> Objects:
        """The usable objects."""
        return self.usable.objects

    def shapes(self, rows: npt.NDArray[np.integer]) -> GeometryArray:
        """Return shapes in metres of usable objects."""
        shapes: GeometryArray = self.ground[self.usable.rows[rows]]
        return shapes


def read_objects(path: str, stratum_field: str = STRATUM, *, with_strata: bool = True) -> ObjectLayer:
    """Read an object layer: made by object stratification, or any polygons with series or numeric fields.

    Series fields are filled linearly in time; without any, all numeric fields are features.

    Args:
        path: the layer.
        stratum_field: field with the strata; used when it is there.
        with_strata: False leaves the strata out.

    Raises:
        SamplesError: the layer cannot be read, has no geometry, or no feature fields.
    """
    table = SampleTable.read(path)
    shapes, n_repaired = repaired(shapely.from_wkb(table.geometry))
    here = ~shapely.is_missing(shapes)
    if not here.any():
        raise SamplesError(f"{path} has no usable geometry.", "Choose a layer of polygons or points.")
    projection = GroundProjection.around(table.crs, tuple(shapely.total_bounds(shapes[here])))
    ground = np.full(len(shapes), None, dtype=object)
    ground[here] = projection.to_ground(shapes[here])
    xy_m = np.full((len(shapes), 2), np.nan)
    points = inner_points(ground[here])
    xy_m[here] = np.stack([shapely.get_x(points), shapely.get_y(points)], axis=1)
    names, features = _features(table, stratum_field)
    strata = table.fields[stratum_field] if with_strata and stratum_field in table.fields else None
    objects = Objects(_ids(table), features, _areas(table, ground, here), xy_m, _as_names(strata))
    return ObjectLayer(table, usable_objects(objects), ground, projection, names, n_repaired)


def _ids(table: SampleTable) -> npt.NDArray[Any]:
    for name in (OBJECT_ID, SOURCE_FID):
        if name in table.fields:
            return table.fields[name]
    return table.fids


def _areas(table: SampleTable, ground: GeometryArray, here: npt.NDArray[np.bool_]) -> FloatArray:
    """Return areas from the shapes; points, which have none, take the area field or count alike."""
    areas = np.full(len(ground), np.nan)
    areas[here] = areas_ha(ground[here])
    if np.nansum(areas) > 0:
        return areas
    stated = table.fields.get(AREA_HA)
    known = stated is not None and stated.dtype.kind in "iuf"
    return stated.astype(np.float64) if stated is not None and known else np.where(here, 1.0, np.nan)


def _as_names(strata: npt.NDArray[Any] | None) -> npt.NDArray[Any] | None:
    if strata is None:
        return None
    names = np.empty(len(strata), dtype=object)
    if strata.dtype.kind == "f":
        names[:] = [int(value) if float(value).is_integer() else value for value in np.nan_to_num(strata, nan=-1)]
    else:
        names[:] = ["" if value is None else value for value in strata.tolist()]
    return names


def _features(table: SampleTable, stratum_field: str) -> tuple[tuple[str, ...], FloatArray]:
    try:
        series = series_of(table)
    except SamplesError:
        return _numeric_fields(table, stratum_field)
    filled = fill_linear(series.values, series.axis.positions_days())
    names = tuple(f"{band} {label}" for label in series.axis.labels for band in series.bands)
    features = np.hstack([filled.reshape(series.n_samples, -1), series.static_values]).astype(np.float64)
    return (*names, *series.static_bands), features


def _numeric_fields(table: SampleTable, stratum_field: str) -> tuple[tuple[str, ...], FloatArray]:
    left_out = _NO_FEATURES | {stratum_field}
    names = tuple(
        name for name, values in table.fields.items() if values.dtype.kind in "iuf" and name.lower() not in left_out
    )
    if not names:
        raise SamplesError(
            f"{table.source} has no features: no field is a series value or another number.",
            "Run 'Object stratification' with the stack and this layer as parcels first.",
        )
    return names, np.stack([table.fields[name].astype(np.float64) for name in names], axis=1)


def write_layer(
    target: Path,
    layer: str,
    fields: dict[str, npt.NDArray[Any]],
    shapes: GeometryArray,
    crs: str,
    metadata: dict[str, str] | None = None,
) -> None:
    """Write shapes with fields as a GeoPackage layer of their common geometry type, with what it says of itself."""
    kinds = set(shapely.get_type_id(shapes).tolist())
    names = {0: "Point", 3: "Polygon", 6: "MultiPolygon"}
    if kinds <= {3, 6} and len(kinds) > 1:
        shapes = np.array([shapely.multipolygons(shapely.get_parts(shape)) for shape in shapes], dtype=object)
        kinds = {6}
    kind = names.get(next(iter(kinds)), "Unknown") if len(kinds) == 1 else "Unknown"
    table = OutputTable(
        fields, geometry=shapely.to_wkb(shapes), crs=crs, geometry_type=kind, metadata=dict(metadata or {})
    )
    write_table(table, target, layer)
