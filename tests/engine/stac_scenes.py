"""Scenes for a test's STAC server: cloud-optimised GeoTIFFs whose every pixel tells where and when it is from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyproj
import rasterio
from rasterio.io import MemoryFile
from rasterio.shutil import copy as copy_raster
from rasterio.transform import Affine, from_origin
from rasterio.warp import transform_bounds

COLLECTION = "sentinel-2-l2a"
LEFT_M, TOP_M = 500_000.0, 5_000_000.0


@dataclass(frozen=True)
class Place:
    """Where a scene lies: reference system, corner in metres, pixel size and number of pixels of a side."""

    crs: str = "EPSG:32631"
    left: float = LEFT_M
    top: float = TOP_M
    pixel: float = 10.0
    size: int = 64

    @property
    def transform(self) -> Affine:
        return from_origin(self.left, self.top, self.pixel, self.pixel)

    @property
    def degrees(self) -> list[float]:
        side = self.pixel * self.size
        return list(transform_bounds(self.crs, "EPSG:4326", self.left, self.top - side, self.left + side, self.top))


def cog(values: np.ndarray, place: Place, nodata=None) -> bytes:
    """Return ``(height, width)`` values as a cloud-optimised GeoTIFF."""
    profile = {
        "driver": "GTiff", "height": values.shape[0], "width": values.shape[1], "count": 1, "dtype": values.dtype,
        "crs": place.crs, "transform": place.transform, "nodata": nodata,
    }  # fmt: skip
    with MemoryFile() as plain, MemoryFile() as packed:
        with plain.open(**profile) as dataset:
            dataset.write(values, 1)
        with plain.open() as source:
            copy_raster(source, packed.name, driver="COG", compress="deflate", blocksize=128, overviews="none")
        return bytes(packed.read())


def ramp(place: Place, level: int) -> np.ndarray:
    """Return values that grow to the east and to the south from a level."""
    rows, columns = np.mgrid[: place.size, : place.size]
    return (level + columns + 10 * rows).astype(np.uint16)


def add_scene(
    server,
    name: str,
    moment: str,
    bands: dict[str, np.ndarray],
    place: Place | dict[str, Place] = Place(),
    *,
    cloud: float | None = 10.0,
    tile: str = "31TAA",
    properties: dict | None = None,
    band_fields: dict | None = None,
    nodata: float | None = None,
    collection: str = COLLECTION,
) -> dict:
    """Put a scene's files and its item on a server and return the item."""
    if collection not in server.collections:
        server.add_collection(collection)
    places = place if isinstance(place, dict) else dict.fromkeys(bands, place)
    assets = {}
    for band, values in bands.items():
        path = f"/files/{name}/{band}.tif"
        server.files[path] = cog(values, places[band], nodata)
        assets[band] = {"href": f"{server.url}{path}", "type": "image/tiff; application=geotiff", "roles": ["data"]}
        assets[band].update((band_fields or {}).get(band, (band_fields or {}).get("*", {})))
    first = next(iter(places.values()))
    west, south, east, north = first.degrees
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    item = {
        "type": "Feature",
        "stac_version": "1.0.0",
        "id": name,
        "collection": collection,
        "bbox": [west, south, east, north],
        "geometry": {"type": "Polygon", "coordinates": [ring]},
        "properties": {
            "datetime": moment,
            "platform": "sentinel-2a",
            "s2:mgrs_tile": tile,
            **({} if cloud is None else {"eo:cloud_cover": cloud}),
            **(properties or {}),
        },
        "assets": assets,
        "links": [{"rel": "self", "href": f"{server.api}/collections/{collection}/items/{name}"}],
    }
    server.items.append(item)
    return item


def write_area(path, bounds, crs="EPSG:32631") -> str:
    """Write a rectangle as a GeoPackage."""
    import geopandas
    import shapely

    geopandas.GeoDataFrame(geometry=[shapely.box(*bounds)], crs=crs).to_file(path)
    return str(path)


def in_crs(bounds, source: str, target: str):
    """Return bounds in another reference system."""
    return pyproj.Transformer.from_crs(source, target, always_xy=True).transform_bounds(*bounds)


def read_band(path, description: str) -> np.ndarray:
    """Return the stored values of a band by its description."""
    with rasterio.open(path) as dataset:
        return dataset.read(dataset.descriptions.index(description) + 1)
