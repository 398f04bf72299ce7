"""Small dated stacks with known values, for the suites of bridge and panels."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
from osgeo import gdal, osr

gdal.UseExceptions()

WEST, NORTH, PIXEL_M, EPSG = 500_000, 5_000_000, 10, 32631
NODATA = 65535
SCALE, OFFSET = 0.0001, 0.0


def days(n_dates, step_days=10, first=date(2021, 1, 5)):
    return [first + timedelta(days=step_days * number) for number in range(n_dates)]


def write_stack(path, bands, dates, stored, *, scale=SCALE, offset=OFFSET, nodata=NODATA, epsg=EPSG):
    """Write a stack; ``stored (n_dates, n_bands, height, width)`` as in the file, one type for all."""
    n_dates, n_bands, height, width = stored.shape
    kinds = {"u": gdal.GDT_UInt16, "f": gdal.GDT_Float32, "i": gdal.GDT_Int16}
    driver = gdal.GetDriverByName("GTiff")
    dataset = driver.Create(str(path), width, height, n_dates * n_bands, kinds[stored.dtype.kind])
    dataset.SetGeoTransform((WEST, PIXEL_M, 0, NORTH, 0, -PIXEL_M))
    reference = osr.SpatialReference()
    reference.ImportFromEPSG(epsg)
    dataset.SetProjection(reference.ExportToWkt())
    for row, day in enumerate(dates):
        for column, name in enumerate(bands):
            band = dataset.GetRasterBand(row * n_bands + column + 1)
            band.SetDescription(f"{day} {name}" if day else name)
            band.SetScale(1.0 if name == "SCL" else scale)
            band.SetOffset(0.0 if name == "SCL" else offset)
            if nodata is not None:
                band.SetNoDataValue(nodata)
            band.WriteArray(stored[row, column])
    dataset = None
    return str(path)


def season_values(n_dates, size=8, seed=3):
    """Return ``(n_dates, 4, size, size)`` uint16 of B03, B04, B08 and SCL: NDVI rises and falls, some dates cloudy.

    The pixel in the first row and column is nodata throughout; the third date is nodata everywhere.
    """
    rng = np.random.default_rng(seed)
    green = 0.2 + 0.6 * np.exp(-(((np.arange(n_dates) - n_dates / 2) / (n_dates / 6)) ** 2))
    red = 500 + rng.integers(0, 50, (n_dates, size, size))
    nir = red * (1 + green)[:, None, None] / (1 - green)[:, None, None]
    stored = np.stack([red + 200, red, nir, np.full_like(red, 4)], axis=1).astype(np.uint16)
    stored[1::4, 3] = 9
    stored[:, :, 0, 0] = NODATA
    stored[2] = NODATA
    return stored


def center_of(row, column):
    """Return x and y of a pixel's middle."""
    return WEST + (column + 0.5) * PIXEL_M, NORTH - (row + 0.5) * PIXEL_M
