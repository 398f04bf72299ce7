"""The rows that are written of samples: the user's fields and points, and the table of what was left out."""

from __future__ import annotations

from typing import Any, Iterable

import numpy as np
import numpy.typing as npt
import pyproj
import shapely
from rasterio.transform import xy as pixel_centres

from cropsample_plugin.engine.errors import SamplesError
from cropsample_plugin.engine.timeseries.dropped_samples import DropList
from cropsample_plugin.engine.timeseries.pixel_choice import PixelGrid
from cropsample_plugin.engine.timeseries.sample_pixels import SamplePixels
from cropsample_plugin.engine.timeseries.sample_table import SAMPLE_ID, SOURCE_FID, SampleTable
from cropsample_plugin.engine.timeseries.table_output import OutputTable

Column = npt.NDArray[Any]

PIXEL = "pixel"
_POINT = 0
_AREAS = (3, 6)


def output_table(table: SampleTable, pixels: SamplePixels, columns: dict[str, Column], grid: PixelGrid) -> OutputTable:
    """Return the rows to write: the user's fields, ids, then the given columns of the same rows.

    Points stay where they are; a pixel of a polygon is written as the point in its centre, in the layer's system.

    Raises:
        SamplesError: the layer already has fields named like the new ones.
    """
    fields = {name: values[pixels.sample] for name, values in table.fields.items()}
    if SOURCE_FID not in fields:
        fields[SOURCE_FID] = table.fids[pixels.sample]
    if SAMPLE_ID not in fields:
        fields[SAMPLE_ID] = fields[SOURCE_FID]
    new = {PIXEL: pixels.pixel.astype(np.int32)} | columns
    taken = {name.casefold() for name in fields} & {name.casefold() for name in new}
    if taken:
        raise SamplesError(
            f"The sample layer already has fields that would be written: {', '.join(sorted(taken)[:10])}.",
            "Rename or remove them in the layer, or use the layer as it was before extraction.",
        )
    return OutputTable(fields | new, table.dtypes, _points(table, pixels, grid), table.crs)


def dropped_table(table: SampleTable, dropped: DropList) -> OutputTable:
    """Return the table of all that was left out; ``pixel`` 0 means the whole sample."""
    items = sorted(dropped.items, key=lambda item: (item.row, item.pixel))
    source = table.fields.get(SOURCE_FID, table.fids)
    rows = np.array([item.row for item in items], dtype=np.int64)
    fields: dict[str, Column] = {SOURCE_FID: source[rows]}
    if SAMPLE_ID in table.fields:
        fields[SAMPLE_ID] = table.fields[SAMPLE_ID][rows]
    fields[PIXEL] = np.array([item.pixel for item in items], dtype=np.int32)
    fields["reason"] = _text(item.reason.value for item in items)
    fields["details"] = _text(item.details for item in items)
    return OutputTable(fields, table.dtypes)


def require_some(table: SampleTable, n_pixels: int, dropped: DropList) -> None:
    """Raise `SamplesError` when no sample is left, saying why."""
    if n_pixels == 0:
        examples = "; ".join(item.details for item in dropped.items[:3])
        raise SamplesError(
            f"None of the {table.n_rows} samples can be used: {dropped.summary()} ({examples}).",
            "Check that samples and stack lie in the same place and have the right reference systems.",
        )


def _text(values: Iterable[str]) -> Column:
    return np.array(list(values), dtype=object)


def _points(table: SampleTable, pixels: SamplePixels, grid: PixelGrid) -> Column:
    wkb: Column = table.geometry[pixels.sample]
    geometries = shapely.from_wkb(wkb, on_invalid="ignore")
    kinds = shapely.get_type_id(geometries)
    if np.all(kinds == _POINT):
        return wkb
    is_area = np.isin(kinds, _AREAS)
    if is_area.any():
        x, y = pixel_centres(grid.transform, pixels.row[is_area], pixels.column[is_area])
        back = pyproj.Transformer.from_crs(grid.crs, table.crs, always_xy=True)
        geometries[is_area] = shapely.points(*back.transform(np.asarray(x), np.asarray(y)))
    single = shapely.get_type_id(geometries) == _POINT
    geometries[~single] = shapely.get_geometry(geometries[~single], 0)
    points: Column = shapely.to_wkb(geometries)
    return points
