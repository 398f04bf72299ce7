"""The tiny region's images as a STAC catalogue on loopback."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from conftest import BANDS, DATES, LEFT_M, NODATA, PIXEL_SIZE_M, SIZE_PX, TOP_M
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsFeature,
    QgsGeometry,
    QgsProject,
    QgsRectangle,
    QgsVectorLayer,
)
from stac_server import StacServer

COLLECTION = "tiny-region"


def region_extent() -> QgsRectangle:
    side = SIZE_PX * PIXEL_SIZE_M
    return QgsRectangle(LEFT_M, TOP_M - side, LEFT_M + side, TOP_M)


def in_degrees(extent: QgsRectangle) -> QgsRectangle:
    systems = (QgsCoordinateReferenceSystem(name) for name in ("EPSG:32631", "EPSG:4326"))
    return QgsCoordinateTransform(*systems, QgsProject.instance()).transformBoundingBox(extent)


def fill(server: StacServer, images: Path) -> StacServer:
    """List the region's images, one item a date, with red and near infrared as bands of one file."""
    server.add_collection(COLLECTION)
    box = in_degrees(region_extent())
    west, south, east, north = box.xMinimum(), box.yMinimum(), box.xMaximum(), box.yMaximum()
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    for position, date in enumerate(DATES):
        path = f"/files/scene_{date}.tif"
        server.files[path] = (images / f"scene_{date}.tif").read_bytes()
        bands = [{"name": name, "nodata": NODATA, "raster:scale": 0.0001} for name in BANDS]
        server.items.append(
            {
                "type": "Feature",
                "stac_version": "1.1.0",
                "id": f"scene_{date}",
                "collection": COLLECTION,
                "bbox": [west, south, east, north],
                "geometry": {"type": "Polygon", "coordinates": [ring]},
                "properties": {
                    "datetime": f"{date[:4]}-{date[4:6]}-{date[6:]}T10:30:00Z",
                    "eo:cloud_cover": 15.0 * position,
                },
                "assets": {"image": {"href": f"{server.url}{path}", "type": "image/tiff", "bands": bands}},
                "links": [{"rel": "self", "href": f"{server.api}/items/{date}"}],
            }
        )
    return server


@lru_cache(maxsize=1)
def shared_server(images: Path) -> StacServer:
    """Return one server for the whole session."""
    return fill(StacServer(), images)


def area_layer(extent: QgsRectangle, crs: str = "EPSG:32631") -> QgsVectorLayer:
    """Return a rectangle as a memory layer."""
    layer = QgsVectorLayer(f"Polygon?crs={crs}", "étendue", "memory")
    feature = QgsFeature()
    feature.setGeometry(QgsGeometry.fromRect(extent))
    assert layer.dataProvider().addFeatures([feature])[0]
    return layer


def catalogue_of(region, **changes) -> dict:
    """Return parameters of the algorithm without outputs."""
    return {
        "CATALOGUE": shared_server(region.images).api,
        "COLLECTION": COLLECTION,
        "AREA": area_layer(region_extent()),
        "START_DATE": "2023-01-01",
        "END_DATE": "2023-12-31",
        "BANDS": "red, nir",
        "MAX_CLOUD": 100,
        "TIMEOUT": 10,
        "RETRIES": 1,
        **changes,
    }
