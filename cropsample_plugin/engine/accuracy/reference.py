"""Reference samples read from a layer and found on the map; every sample that cannot be used keeps its reason."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from pyproj import Transformer
from pyproj.exceptions import CRSError

from cropsample_plugin.engine.errors import SamplesError
from cropsample_plugin.engine.timeseries.sample_table import SampleTable

Column = npt.NDArray[Any]
FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

NO_PLACE = "it has no place"
NO_LABEL = "it has no label"
OUTSIDE = "it lies outside the map"
DUPLICATE = "it repeats the place and label of another sample"
_POINT, _MULTI_POINT = 0, 4
_DECIMALS = 6


@dataclass(frozen=True)
class ReferenceFields:
    """Fields of the reference layer.

    Attributes:
        class_field: label of each sample; "" when `label_fields` hold them.
        label_fields: one field per labeler.
    """

    class_field: str = ""
    label_fields: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The fields with labels."""
        return self.label_fields or (self.class_field,)


@dataclass(frozen=True)
class PlacedSamples:
    """Reference samples on the map's grid.

    Attributes:
        table: the layer.
        kept: ``(n,)`` rows that can be used.
        labels: ``(n, n_labelers)`` labels, None where a labeler gave none.
        xy: ``(n, 2)`` places in map coordinates.
        rows, columns: ``(n,)`` pixels.
        dropped: row of the layer to the reason why it is not used.
    """

    table: SampleTable
    kept: IntArray
    labels: Column
    xy: FloatArray
    rows: IntArray
    columns: IntArray
    dropped: dict[int, str]

    def without(self, reasons: dict[int, str]) -> PlacedSamples:
        """Return the samples less some, given by row of the layer with the reason."""
        stays = np.array([row not in reasons for row in self.kept.tolist()], dtype=bool)
        return PlacedSamples(
            self.table,
            self.kept[stays],
            self.labels[stays],
            self.xy[stays],
            self.rows[stays],
            self.columns[stays],
            {**self.dropped, **reasons},
        )

    def column(self, name: str) -> Column:
        """Return the values of a field at the samples that are used."""
        return self.table.column(name)[self.kept]


def place_samples(table: SampleTable, fields: ReferenceFields, grid: tuple[Any, Any, tuple[int, int]]) -> PlacedSamples:
    """Find reference samples on a map; samples without place or label, outside, or repeated are left out.

    Args:
        table: the reference layer, points.
        fields: where the labels are.
        grid: reference system, transform and shape of the map.

    Raises:
        SamplesError: no points, no reference system, one place with several labels, or no sample left.
    """
    crs, transform, (height, width) = grid
    if not fields.names[0]:
        raise SamplesError("No field with the classes of the reference is given.", "Choose the class field.")
    labels = np.stack([table.labels(name) for name in fields.names], axis=1)
    xy = places_on(table, crs)
    dropped: dict[int, str] = {}
    has_place = np.isfinite(xy).all(axis=1)
    positions = np.full((table.n_rows, 2), -1.0)
    inverse = ~transform
    x, y = xy[has_place].T
    positions[has_place] = np.stack(
        [inverse.d * x + inverse.e * y + inverse.f, inverse.a * x + inverse.b * y + inverse.c], axis=1
    )
    pixels = np.floor(positions).astype(np.int64)
    is_inside = (pixels >= 0).all(axis=1) & (pixels[:, 0] < height) & (pixels[:, 1] < width)
    is_labeled = np.array([any(label is not None for label in row) for row in labels], dtype=bool)
    for reason, is_bad in ((NO_PLACE, ~has_place), (OUTSIDE, has_place & ~is_inside), (NO_LABEL, ~is_labeled)):
        dropped.update({int(row): reason for row in np.flatnonzero(is_bad) if int(row) not in dropped})
    candidates = np.array([row for row in range(table.n_rows) if row not in dropped], dtype=np.int64)
    dropped.update(_repeated(candidates, xy, labels, table.source))
    kept = np.array([row for row in candidates.tolist() if row not in dropped], dtype=np.int64)
    if len(kept) == 0:
        raise SamplesError(
            f"No reference sample of {table.source} can be used: {reasons_text(dropped)}.",
            "Check the reference layer, its class field and its reference system.",
        )
    return PlacedSamples(table, kept, labels[kept], xy[kept], pixels[kept, 0], pixels[kept, 1], dropped)


def reasons_text(dropped: dict[int, str]) -> str:
    """Return how many samples were left out for which reason."""
    return "; ".join(f"{count} because {reason}" for reason, count in Counter(dropped.values()).most_common())


def places_on(table: SampleTable, crs: Any) -> FloatArray:  # noqa: ANN401 - rasterio is untyped
    """Return ``(n_rows, 2)`` places of points in map coordinates, NaN for those without one.

    Raises:
        SamplesError: no points, or no reference system.
    """
    if not table.crs:
        raise SamplesError(f"The reference {table.source} has no reference system.", "Assign one in QGIS first.")
    shapes = shapely.from_wkb(table.geometry)
    kinds = set(shapely.get_type_id(shapes[~shapely.is_missing(shapes)]).tolist())
    if not kinds <= {_POINT, _MULTI_POINT} or not kinds:
        raise SamplesError(
            f"The reference {table.source} holds no points.",
            "A sample is a pixel of the map: make points of polygons first with 'Polygons to samples'.",
        )
    points = shapely.get_geometry(shapes, 0)
    is_single = shapely.get_num_geometries(shapes) <= 1
    xy = np.stack([shapely.get_x(points), shapely.get_y(points)], axis=1)
    xy[~is_single] = np.nan
    try:
        to_map = Transformer.from_crs(table.crs, crs.to_wkt(), always_xy=True)
    except CRSError as error:
        raise SamplesError(f"The reference system of {table.source} is not understood: {error}") from error
    moved = np.stack(to_map.transform(*xy.T), axis=1)
    moved[~np.isfinite(moved)] = np.nan
    return moved


def _repeated(rows: IntArray, xy: FloatArray, labels: Column, source: str) -> dict[int, str]:
    """Return samples that repeat an earlier one; one place with several labels is an error."""
    first: dict[tuple[float, float], int] = {}
    reasons: dict[int, str] = {}
    contradictions = 0
    for row in rows.tolist():
        key = (round(float(xy[row, 0]), _DECIMALS), round(float(xy[row, 1]), _DECIMALS))
        if key not in first:
            first[key] = row
        elif tuple(labels[row]) == tuple(labels[first[key]]):
            reasons[row] = DUPLICATE
        else:
            contradictions += 1
    if contradictions:
        raise SamplesError(
            f"{contradictions} samples of {source} lie at the place of another one and have another label.",
            "Decide which label holds, or merge them with 'Label consensus'.",
        )
    return reasons
