"""Small rasters for tests of stacks."""

from __future__ import annotations

import numpy as np
import rasterio
from rasterio.transform import from_origin
from scipy.io import netcdf_file

UTM = "EPSG:32631"


def write_raster(path, values, *, descriptions=None, scale=None, tags=None, pixel_m=10.0, **options):
    """Write ``(bands, height, width)`` values with their corner at 500000, 4000000."""
    values = np.asarray(values)
    profile = {
        "driver": "GTiff",
        "count": values.shape[0],
        "height": values.shape[1],
        "width": values.shape[2],
        "dtype": values.dtype,
        "crs": UTM,
        "transform": from_origin(500000.0, 4000000.0, pixel_m, pixel_m),
    } | options
    path.parent.mkdir(parents=True, exist_ok=True)
    with rasterio.open(path, "w", **profile) as dataset:
        dataset.write(values)
        for number, text in enumerate(descriptions or [], start=1):
            dataset.set_band_description(number, text)
        if scale is not None:
            dataset.scales = [scale] * values.shape[0]
        dataset.update_tags(**(tags or {}))
    return path


def write_netcdf(path, variables, times, units, calendar="standard"):
    """Write ``{name: (times, height, width)}`` as netCDF with CF time, scale 0.01, offset 1 and fill value -1."""
    n_times, height, width = next(iter(variables.values())).shape
    with netcdf_file(path, "w", version=2) as dataset:
        for name, size in (("time", n_times), ("y", height), ("x", width)):
            dataset.createDimension(name, size)
        time = dataset.createVariable("time", "f8", ("time",))
        time[:], time.units, time.calendar = times, units, calendar
        y = dataset.createVariable("y", "f8", ("y",))
        y[:], y.standard_name, y.units = 3999995.0 - 10 * np.arange(height), "projection_y_coordinate", "m"
        x = dataset.createVariable("x", "f8", ("x",))
        x[:], x.standard_name, x.units = 500005.0 + 10 * np.arange(width), "projection_x_coordinate", "m"
        crs = dataset.createVariable("crs", "i4", ())
        crs.spatial_ref, crs.grid_mapping_name = rasterio.crs.CRS.from_string(UTM).to_wkt(), "transverse_mercator"
        for name, values in variables.items():
            variable = dataset.createVariable(name, "i2", ("time", "y", "x"))
            variable[:] = values
            variable.scale_factor, variable.add_offset, variable.grid_mapping = 0.01, 1.0, "crs"
            variable._FillValue = np.int16(-1)
    return path
