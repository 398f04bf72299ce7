"""A made stack over Togo: at each labeled place grows what its labelers said, save where the opposite is planted."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
from osgeo import gdal, ogr, osr

gdal.UseExceptions()

LAYER = "joined"
LABELERS = ("hrk", "cn", "bb", "bm")
WEST, NORTH, PIXEL_DEG, WIDTH, HEIGHT = -0.2, 11.2, 0.005, 420, 1040
EPSG = 4326
N_DATES, STEP_DAYS = 24, 15
PLANTED_SHARE = 0.1


def consensus_of(path):
    """Return ``{id: (row, column, class)}`` of the points on which three or four of the labelers agree."""
    source = ogr.Open(str(path))
    found = {}
    for feature in source.GetLayerByName(LAYER):
        n_crop = sum(int(feature.GetField(name)) for name in LABELERS)
        point = feature.GetGeometryRef()
        row, column = int((NORTH - point.GetY()) / PIXEL_DEG), int((point.GetX() - WEST) / PIXEL_DEG)
        if n_crop != 2:
            found[feature.GetField("id")] = (row, column, int(n_crop > 2))
    return found


def write_togo_stack(path, labels, seed=0):
    """Write NDVI with a season where crops grow and evergreen elsewhere; return the ids where the label is wrong.

    Args:
        path: GeoTIFF to write.
        labels: layer file with the labelers' points.
        seed: seed of the noise, and of the places planted with what the label does not say.
    """
    rng = np.random.default_rng(seed)
    days = np.arange(N_DATES) * STEP_DAYS
    green = {0: np.full(N_DATES, 0.62), 1: 0.18 + 0.55 * np.exp(-(((days - 230) / 45.0) ** 2))}
    grows = np.zeros((HEIGHT, WIDTH), dtype=int)
    places = consensus_of(labels)
    assert len({place[:2] for place in places.values()}) == len(places)
    planted = set()
    for number, (row, column, code) in places.items():
        is_wrong = rng.random() < PLANTED_SHARE
        grows[row, column] = 1 - code if is_wrong else code
        if is_wrong:
            planted.add(number)
    dataset = gdal.GetDriverByName("GTiff").Create(
        str(path), WIDTH, HEIGHT, N_DATES, gdal.GDT_UInt16, ["COMPRESS=DEFLATE", "TILED=YES"]
    )
    dataset.SetGeoTransform((WEST, PIXEL_DEG, 0, NORTH, 0, -PIXEL_DEG))
    reference = osr.SpatialReference()
    reference.ImportFromEPSG(EPSG)
    dataset.SetProjection(reference.ExportToWkt())
    for step in range(N_DATES):
        values = np.where(grows == 1, green[1][step], green[0][step]) + rng.normal(0, 0.03, grows.shape)
        band = dataset.GetRasterBand(step + 1)
        band.SetDescription(f"{date(2019, 1, 5) + timedelta(days=int(days[step]))} NDVI")
        band.SetScale(0.0001)
        band.SetNoDataValue(65535)
        band.WriteArray(np.clip(values * 10_000, 0, 10_000).astype(np.uint16))
    dataset = None
    return planted
