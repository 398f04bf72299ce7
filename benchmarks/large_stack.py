"""A stack of any size for the benchmarks of mapping: fields with a season each, noise, uint16, one file a date."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import rasterio
from rasterio.transform import from_origin

N_DATES = 12
N_BANDS = 12
SCALE = 0.0001
NODATA = 65535
_FIELD_PX = 40
_NOISE = 60.0


def band_names():
    """Names of the bands."""
    return tuple(f"B{number:02d}" for number in range(1, N_BANDS + 1))


def dates():
    """Twelve months."""
    return [f"2020-{month:02d}-15" for month in range(1, N_DATES + 1)]


def write_stack(folder, size_px, repeats=1):
    """Write twelve deflated, tiled GeoTIFFs of twelve bands and the dated stack over them, a VRT.

    With ``repeats`` the VRT shows the files side by side and below each other that many times, cut to whole tiles.
    """
    folder = Path(folder)
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda step: _write_date(folder, step, size_px), range(N_DATES)))
    stack = folder / "stack.vrt"
    stack.write_text(_vrt(size_px, repeats))
    return stack


def _write_date(folder, step, size_px):
    rng = np.random.default_rng(step)
    n_fields = -(-size_px // _FIELD_PX)
    fields = np.random.default_rng(99).random((n_fields, n_fields))
    season = 0.5 + 0.4 * np.sin(2 * np.pi * (step / N_DATES + fields))
    profile = {"driver": "GTiff", "width": size_px, "height": size_px, "count": N_BANDS, "dtype": "uint16"}
    layout = {"tiled": True, "blockxsize": 256, "blockysize": 256, "compress": "deflate", "predictor": 2}
    place = {"crs": "EPSG:32631", "transform": from_origin(600000, 5600000, 10, 10), "nodata": NODATA}
    with rasterio.open(folder / f"{dates()[step]}.tif", "w", **profile, **layout, **place) as target:
        for band in range(N_BANDS):
            level = np.kron(season * (1500 + 250 * band), np.ones((_FIELD_PX, _FIELD_PX)))[:size_px, :size_px]
            noise = rng.standard_normal((size_px, size_px), dtype=np.float32) * _NOISE
            target.write((level + noise + 500).astype(np.uint16), band + 1)


def _vrt(size_px, repeats):
    wkt = rasterio.crs.CRS.from_epsg(32631).to_wkt().replace('"', "&quot;")
    bands = []
    for step, date in enumerate(dates()):
        for band, name in enumerate(band_names(), start=1):
            sources = "".join(
                f'<SimpleSource><SourceFilename relativeToVRT="1">{date}.tif</SourceFilename>'
                f"<SourceBand>{band}</SourceBand>"
                f'<SourceProperties RasterXSize="{size_px}" RasterYSize="{size_px}" DataType="UInt16" '
                'BlockXSize="256" BlockYSize="256"/>'
                f'<SrcRect xOff="0" yOff="0" xSize="{size_px}" ySize="{size_px}"/>'
                f'<DstRect xOff="{column * size_px}" yOff="{row * size_px}" xSize="{size_px}" ySize="{size_px}"/>'
                "</SimpleSource>"
                for row in range(repeats)
                for column in range(repeats)
            )
            bands.append(
                f'<VRTRasterBand dataType="UInt16" band="{step * N_BANDS + band}">'
                f"<Description>{date} {name}</Description>"
                f"<NoDataValue>{NODATA}</NoDataValue><Scale>{SCALE}</Scale>{sources}</VRTRasterBand>"
            )
    total = size_px * repeats
    return (
        f'<VRTDataset rasterXSize="{total}" rasterYSize="{total}"><SRS>{wkt}</SRS>'
        f"<GeoTransform>600000, 10, 0, 5600000, 0, -10</GeoTransform>{''.join(bands)}</VRTDataset>"
    )
