"""How long the Time series panel takes to read one pixel of 72 dates x 6 bands, against the limit of 0.3 seconds.

Run with QGIS's Python: ``QT_QPA_PLATFORM=offscreen python3 benchmarks/panel_pixel.py``. The stack is a VRT over 72
tiled, compressed GeoTIFFs, as *Build time series* makes it. Every pixel is one whose tiles nobody has read yet, in a
process of its own. The peer is GDAL reading the same 432 values, one by one, in the same way.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LIMIT_S = 0.3
N_RUNS = 5
N_DATES, N_BANDS, SIZE, TILE = 72, 6, 1024, 256
PROGRAM = """
import os, sys, time
path, reader, root = sys.argv[1:]
column, row = 700, 300
if reader == "gdal":
    from osgeo import gdal
    gdal.UseExceptions()
    start = time.perf_counter()
    dataset = gdal.Open(path)
    bands = [dataset.GetRasterBand(number) for number in range(1, dataset.RasterCount + 1)]
    values = [band.ReadRaster(column, row, 1, 1) for band in bands]
else:
    sys.path.insert(0, root)
    from qgis.core import QgsApplication, QgsCoordinateReferenceSystem, QgsPointXY, QgsRasterLayer
    application = QgsApplication([], False)
    application.initQgis()
    from cropsample_plugin.bridge.pixel_reader import PixelReader
    layer = QgsRasterLayer(path, "stack")
    point = QgsPointXY(500_000 + 10 * column + 5, 5_000_000 - 10 * row - 5)
    start = time.perf_counter()
    made = PixelReader(layer)
    place = made.locate(point, QgsCoordinateReferenceSystem("EPSG:32631"))
    values = list(made.read(place, range(1, layer.bandCount() + 1)).values())
print("seconds", time.perf_counter() - start, len(values), flush=True)
os._exit(0)
"""


def make_stack(folder: Path) -> str:
    """Write the images and the VRT; return its path."""
    import numpy as np
    from osgeo import gdal, osr

    gdal.UseExceptions()
    reference = osr.SpatialReference()
    reference.ImportFromEPSG(32631)
    rng = np.random.default_rng(5)
    field = rng.integers(500, 4000, (SIZE // 16, SIZE // 16)).repeat(16, axis=0).repeat(16, axis=1)
    transform = (500_000, 10, 0, 5_000_000, 0, -10)
    lines = [f'<VRTDataset rasterXSize="{SIZE}" rasterYSize="{SIZE}">']
    lines += [f"<SRS>{reference.ExportToWkt()}</SRS>".replace('"', "&quot;")]
    lines += [f"<GeoTransform>{', '.join(map(str, transform))}</GeoTransform>"]
    options = ["TILED=YES", f"BLOCKXSIZE={TILE}", f"BLOCKYSIZE={TILE}", "COMPRESS=DEFLATE", "PREDICTOR=2"]
    for step in range(N_DATES):
        image = gdal.GetDriverByName("GTiff").Create(
            str(folder / f"{step}.tif"), SIZE, SIZE, N_BANDS, gdal.GDT_UInt16, options
        )
        image.SetGeoTransform(transform)
        image.SetProjection(reference.ExportToWkt())
        day = date(2021, 1, 1) + timedelta(days=5 * step)
        for band in range(N_BANDS):
            image.GetRasterBand(band + 1).WriteArray((field + rng.integers(0, 60, field.shape)).astype(np.uint16))
            lines.append(
                f'<VRTRasterBand dataType="UInt16" band="{step * N_BANDS + band + 1}">'
                f"<Description>{day} B{band + 2:02d}</Description><NoDataValue>65535</NoDataValue>"
                f'<Scale>0.0001</Scale><SimpleSource><SourceFilename relativeToVRT="1">{step}.tif</SourceFilename>'
                f"<SourceBand>{band + 1}</SourceBand></SimpleSource></VRTRasterBand>"
            )
        image = None
    path = folder / "stack.vrt"
    path.write_text("\n".join([*lines, "</VRTDataset>"]), encoding="utf-8")
    return str(path)


def seconds(path: str, reader: str) -> float:
    """Read one pixel in a new process and return how long that took."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, path, reader, str(ROOT)], capture_output=True, text=True, check=True
    )
    line = next(line for line in done.stdout.splitlines() if line.startswith("seconds "))
    _, measured, n_values = line.split()
    if int(n_values) != N_DATES * N_BANDS:
        raise RuntimeError(f"{reader} read {n_values} values")
    return float(measured)


def main() -> int:
    """Print medians and ratios; fail when the limit is not kept."""
    with tempfile.TemporaryDirectory() as folder:
        path = make_stack(Path(folder))
        pairs = [(seconds(path, "panel"), seconds(path, "gdal")) for _ in range(N_RUNS)]
    panel, gdal_alone = (statistics.median(column) for column in zip(*pairs))
    print(f"one pixel, {N_DATES} dates x {N_BANDS} bands, tiles not read before: median of {N_RUNS}")
    print(f"panel {panel:.3f} s, GDAL alone {gdal_alone:.3f} s, ratio {panel / gdal_alone:.2f}")
    print(f"ratio to the limit of {LIMIT_S} s: {panel / LIMIT_S:.2f}")
    return int(panel > LIMIT_S)


if __name__ == "__main__":
    sys.exit(main())
