"""What refining does to the accuracy at reference points, before and after; simple shares, no design."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Sequence

import numpy as np
import numpy.typing as npt
import pyogrio
import pyproj
import shapely

from cropsample_plugin.engine.errors import InputError, SamplesError
from cropsample_plugin.engine.mapping.map_files import MapGrid
from cropsample_plugin.engine.models.classes import ClassInfo
from cropsample_plugin.engine.models.metrics import class_scores, error_matrix, macro_f1, overall_accuracy

_POINT = 0


@dataclass
class ReferencePoints:
    """Points with a class on a map.

    Attributes:
        rows, columns: ``(n,)`` pixel of each.
        truth: ``(n,)`` class position.
        mapped: ``(2, n)`` class position before and after, negative without one.
        n_left_out: points outside the map, without a class, or of a class that the map lacks.
    """

    rows: npt.NDArray[np.int64]
    columns: npt.NDArray[np.int64]
    truth: npt.NDArray[np.int64]
    mapped: npt.NDArray[np.int64]
    n_left_out: int

    def look(self, row: int, positions: npt.NDArray[Any], when: int) -> None:
        """Note the classes of points in a strip; ``when`` is 0 before and 1 after."""
        here = (self.rows >= row) & (self.rows < row + len(positions))
        self.mapped[when, here] = positions[self.rows[here] - row, self.columns[here]]

    def summary(self, classes: Sequence[ClassInfo]) -> dict[str, Any]:
        """Return accuracies before and after, over points that have a class on both maps."""
        both = (self.mapped >= 0).all(axis=0)
        result: dict[str, Any] = {"n_reference": int(both.sum()), "n_left_out": self.n_left_out + int((~both).sum())}
        for when, name in enumerate(("before", "after")):
            matrix = error_matrix(self.mapped[when, both], self.truth[both], len(classes))
            scores = class_scores(matrix)
            result[f"accuracy_{name}"] = overall_accuracy(matrix)
            result[f"macro_f1_{name}"] = macro_f1(matrix)
            result[f"f1_{name}"] = {info.name: float(value) for info, value in zip(classes, scores.f1)}
        return result


def read_reference(path: str, field: str, grid: MapGrid, classes: Sequence[ClassInfo]) -> ReferencePoints:
    """Read labeled points and place them on a map.

    Raises:
        SamplesError: not readable, no points, no such field, no coordinate system, or none on the map.
    """
    try:
        meta, _, raw, columns = pyogrio.raw.read(path)
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError) as error:
        raise SamplesError(f"The reference {path} cannot be read: {error}") from error
    names = list(meta["fields"])
    if field not in names:
        raise SamplesError(f"The reference has no field '{field}'.", f"Its fields are: {', '.join(names)}.")
    points = shapely.from_wkb([] if raw is None else raw)
    if len(points) == 0 or (shapely.get_type_id(points) != _POINT).any():
        raise SamplesError("The reference must be a layer of points.", "Make points out of polygons first.")
    x, y = _projected(points, meta["crs"], grid)
    found_columns, found_rows = ~grid.transform * (x, y)
    rows, pixels = np.floor(found_rows), np.floor(found_columns)
    truth = np.array([_position(value, classes) for value in columns[names.index(field)]], dtype=np.int64)
    inside = (rows >= 0) & (rows < grid.height) & (pixels >= 0) & (pixels < grid.width) & (truth >= 0)
    if not inside.any():
        raise SamplesError(
            "No reference point with a class of the map lies on it.",
            f"Classes of the map: {', '.join(info.name for info in classes)}. Check the coordinate systems too.",
        )
    kept = rows[inside].astype(np.int64), pixels[inside].astype(np.int64), truth[inside]
    return ReferencePoints(*kept, np.full((2, int(inside.sum())), -1), int((~inside).sum()))


def _position(value: Any, classes: Sequence[ClassInfo]) -> int:  # noqa: ANN401 - an attribute
    text = str(int(value)) if isinstance(value, (float, np.floating)) and float(value).is_integer() else str(value)
    for position, info in enumerate(classes):
        if text in (info.name, str(info.class_id)):
            return position
    return -1


def _projected(points: Any, crs: str | None, grid: MapGrid) -> tuple[Any, Any]:  # noqa: ANN401 - shapely is untyped
    x, y = shapely.get_x(points), shapely.get_y(points)
    if crs is None or grid.crs is None:
        if (crs is None) != (grid.crs is None):
            raise InputError("The map or the reference has no coordinate system.", "Set it in QGIS and export it.")
        return x, y
    target = pyproj.CRS.from_wkt(grid.crs.to_wkt())
    return pyproj.Transformer.from_crs(pyproj.CRS.from_user_input(crs), target, always_xy=True).transform(x, y)
