"""The synthetic region as a catalogue lists Sentinel-2: two granules a day, a file a band, scene classes."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
from osgeo import gdal, osr
from stac_server import StacServer

COLLECTION = "sentinel-2-l2a"
BANDS = ("B02", "B03", "B04", "B08")
_CLOUD, _VEGETATION = 9, 4
_OVERLAP_PX = 20
_CLOUD_COVER = (35.0, 12.0, 3.0, 55.0)
_CLOUDIEST = 97.0


def list_region(server: StacServer, folder: Path) -> int:
    """List the images of a folder as granules and return how many dates they have; two of them are too cloudy."""
    gdal.UseExceptions()
    server.add_collection(COLLECTION)
    paths = sorted(folder.glob("*.tif"))
    for position, path in enumerate(paths):
        source = gdal.Open(str(path))
        middle = source.RasterXSize // 2
        is_cloudiest = position in {1, len(paths) - 2}
        cloud = _CLOUDIEST if is_cloudiest else _CLOUD_COVER[position % len(_CLOUD_COVER)]
        for tile, first, last in (
            ("31UDR", 0, middle + _OVERLAP_PX),
            ("31UER", middle - _OVERLAP_PX, source.RasterXSize),
        ):
            _list_granule(server, path, tile, (first, last - first), cloud)
    return len(paths)


def _list_granule(server: StacServer, path: Path, tile: str, columns: tuple, cloud: float) -> None:
    source = gdal.Open(str(path))
    first, width = columns
    year, month, day = re.search(r"(\d{4})(\d{2})(\d{2})", path.stem).groups()
    name = f"S2A_{tile}_{year}{month}{day}"
    numbers = {source.GetRasterBand(number).GetDescription(): number for number in range(1, source.RasterCount + 1)}
    layers = {band: source.GetRasterBand(numbers[band]).ReadAsArray(first, 0, width) for band in BANDS}
    layers["SCL"] = np.where(layers["B08"] == 0, _CLOUD, _VEGETATION).astype(np.uint8)
    assets = {}
    for band, values in layers.items():
        address = f"/files/{name}/{band}.tif"
        server.files[address] = _cog(values, source, first)
        assets[band] = {"href": f"{server.url}{address}", "type": "image/tiff; application=geotiff"}
        if band != "SCL":
            assets[band]["raster:bands"] = [{"nodata": 0, "scale": 0.0001}]
    west, south, east, north = _degrees(source, first, width)
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    server.items.append(
        {
            "type": "Feature",
            "stac_version": "1.0.0",
            "id": name,
            "collection": COLLECTION,
            "bbox": [west, south, east, north],
            "geometry": {"type": "Polygon", "coordinates": [ring]},
            "properties": {
                "datetime": f"{year}-{month}-{day}T10:46:{10 + (tile == '31UER')}Z",
                "platform": "sentinel-2a",
                "grid:code": f"MGRS-{tile}",
                "eo:cloud_cover": cloud,
            },
            "assets": assets,
            "links": [],
        }
    )


def _cog(values: np.ndarray, source: gdal.Dataset, first: int) -> bytes:
    """Return values as a cloud-optimised GeoTIFF that begins at a column of another raster."""
    left, across, skew, top, turn, down = source.GetGeoTransform()
    kind = gdal.GDT_Byte if values.dtype == np.uint8 else gdal.GDT_UInt16
    plain = gdal.GetDriverByName("MEM").Create("", values.shape[1], values.shape[0], 1, kind)
    plain.SetGeoTransform((left + first * across, across, skew, top, turn, down))
    plain.SetProjection(source.GetProjection())
    plain.GetRasterBand(1).WriteArray(values)
    target = "/vsimem/granule.tif"
    gdal.GetDriverByName("COG").CreateCopy(target, plain, options=["COMPRESS=DEFLATE", "BLOCKSIZE=128"])
    stream = gdal.VSIFOpenL(target, "rb")
    content = bytes(gdal.VSIFReadL(1, gdal.VSIStatL(target).size, stream))
    gdal.VSIFCloseL(stream)
    gdal.Unlink(target)
    return content


def _degrees(source: gdal.Dataset, first: int, width: int) -> tuple:
    left, across, _, top, _, down = source.GetGeoTransform()
    degrees = osr.SpatialReference()
    degrees.ImportFromEPSG(4326)
    degrees.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    change = osr.CoordinateTransformation(source.GetSpatialRef(), degrees)
    west, north = left + first * across, top
    east, south = west + width * across, top + source.RasterYSize * down
    return change.TransformBounds(west, south, east, north, 21)
