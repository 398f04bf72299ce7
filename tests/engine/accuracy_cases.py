"""Samples and small maps for the tests on accuracy."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyogrio
import rasterio
import shapely
from rasterio.transform import from_origin

from cropsample_plugin.engine.accuracy.designs import DesignInput, Strata, make_design
from cropsample_plugin.engine.accuracy.estimates import IntervalRule, Labels, assess

LEFT, TOP, PIXEL = 500_000.0, 5_000_000.0, 10.0
WALD = IntervalRule(0.95, "wald", "wald")


def from_matrix(matrix, areas, kind="stratified", names=None):
    """Return design and labels of an error matrix; rows map, columns reference, strata the map's classes."""
    matrix = np.asarray(matrix)
    rows, columns = np.nonzero(matrix)
    counts = matrix[rows, columns]
    map_codes, reference = np.repeat(rows, counts), np.repeat(columns, counts)
    names = names or tuple(str(number) for number in range(len(matrix)))
    areas = np.asarray(areas, dtype=float)
    strata = Strata(map_codes, names, areas, np.full(len(areas), np.nan))
    design = make_design(DesignInput(kind, float(areas.sum()), np.ones(len(map_codes)), strata=strata))
    return design, Labels(names, map_codes, np.eye(len(matrix))[reference])


def assess_matrix(matrix, areas, kind="stratified", rule=WALD):
    design, labels = from_matrix(matrix, areas, kind)
    return assess(design, labels, rule)


def write_map(path, values, *, names=None, nodata=None, crs="EPSG:32631", transform=None):
    values = np.asarray(values)
    with rasterio.open(
        path, "w", driver="GTiff", width=values.shape[1], height=values.shape[0], count=1, dtype=values.dtype, crs=crs,
        transform=transform or from_origin(LEFT, TOP, PIXEL, PIXEL), nodata=nodata,
    ) as raster:  # fmt: skip
        raster.write(values, 1)
    if names:
        inner = "".join(f"<Category>{names.get(value, '')}</Category>" for value in range(max(names) + 1))
        Path(f"{path}.aux.xml").write_text(
            f'<PAMDataset><PAMRasterBand band="1"><CategoryNames>{inner}</CategoryNames></PAMRasterBand></PAMDataset>',
            encoding="utf-8",
        )
    return str(path)


def write_points(path, rows, columns, fields, *, crs="EPSG:32631", transform=None):
    """Write points at pixel centres."""
    transform = transform or from_origin(LEFT, TOP, PIXEL, PIXEL)
    x, y = transform * (np.asarray(columns) + 0.5, np.asarray(rows) + 0.5)
    values = [np.asarray(value) for value in fields.values()]
    pyogrio.raw.write(
        path,
        shapely.to_wkb(shapely.points(x, y)),
        [value.astype(object) if value.dtype.kind == "U" else value for value in values],
        list(fields),
        geometry_type="Point",
        crs=crs,
        driver="GPKG",
        layer="reference",
    )
    return str(path)
