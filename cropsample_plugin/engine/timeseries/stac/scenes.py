"""An item of a catalogue as the few facts that decide whether and how it is used.

Fields are those of the STAC specification 1.0 and 1.1 and of the extensions eo, grid, mgrs, landsat, sentinel-2,
processing and version.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from typing import Any, Mapping

import shapely
import shapely.errors

from cropsample_plugin.engine.timeseries.stac.web_client import without_query

_HOURS_PER_DEGREE = 1.0 / 15.0
_VERSION_NAMES = ("s2:processing_baseline", "processing:version", "landsat:collection_number", "version")
_CLOUD_NAMES = ("eo:cloud_cover", "landsat:cloud_cover_land", "cloud_cover")
_AREAL = (3, 6)
DAY_RULES = ("solar", "utc")


@dataclass(frozen=True)
class Scene:
    """One item.

    Attributes:
        time: when it was acquired, UTC.
        footprint: polygons in degrees.
        cloud: share of clouds in percent, None where not said.
        platform, tile: what distinguishes scenes of one moment; "" where not said.
        version: sorts versions of one scene, the best last.
        properties, assets: as in the item.
        address: of the item itself, without query.
    """

    id: str
    time: datetime
    footprint: shapely.Geometry
    cloud: float | None
    platform: str
    tile: str
    version: tuple[tuple[float, ...], str, str]
    properties: Mapping[str, Any]
    assets: Mapping[str, Mapping[str, Any]]
    address: str

    def day(self, rule: str, longitude: float) -> date:
        """Return the day it counts for: of its UTC time, or of the mean solar time at a longitude in degrees."""
        shift_h = longitude * _HOURS_PER_DEGREE if rule == "solar" else 0.0
        return (self.time + timedelta(hours=shift_h)).date()


def read_scene(item: Mapping[str, Any]) -> Scene:
    """Return the facts of an item; `ValueError` says which is missing or unreadable."""
    properties, assets = item.get("properties"), item.get("assets")
    if not isinstance(properties, dict) or not isinstance(assets, dict) or not item.get("id"):
        raise ValueError("it lacks id, properties or assets")
    cloud = next((properties[name] for name in _CLOUD_NAMES if _is_number(properties.get(name))), None)
    links = {str(link.get("rel")): str(link.get("href")) for link in item.get("links", []) if isinstance(link, dict)}
    return Scene(
        id=str(item["id"]),
        time=_time(properties),
        footprint=_footprint(item),
        cloud=None if cloud is None else float(cloud),
        platform=str(properties.get("platform") or ""),
        tile=_tile(properties),
        version=_version(item, properties),
        properties=properties,
        assets={str(key): asset for key, asset in assets.items() if isinstance(asset, dict) and asset.get("href")},
        address=without_query(links.get("self", "")),
    )


def _time(properties: Mapping[str, Any]) -> datetime:
    text = properties.get("datetime") or properties.get("start_datetime")
    if not text:
        raise ValueError("it has no date")
    try:
        found = datetime.fromisoformat(str(text).strip().replace("Z", "+00:00"))
    except ValueError:
        raise ValueError(f"its date '{text}' cannot be read") from None
    return found.replace(tzinfo=timezone.utc) if found.tzinfo is None else found.astimezone(timezone.utc)


def _footprint(item: Mapping[str, Any]) -> shapely.Geometry:
    try:
        if item.get("geometry"):
            shape = shapely.make_valid(shapely.geometry.shape(item["geometry"]))
            parts = shapely.get_parts(shape)
            areal = parts[[shapely.get_type_id(part) in _AREAL for part in parts]]
            if len(areal):
                return shapely.union_all(areal)
        bbox = [float(value) for value in item["bbox"]]
        # A box may have heights: west, south, low, east, north, high.
        return shapely.box(bbox[0], bbox[1], bbox[len(bbox) // 2], bbox[len(bbox) // 2 + 1])
    except (KeyError, TypeError, ValueError, IndexError, AttributeError, shapely.errors.ShapelyError):
        raise ValueError("it says not where it lies") from None


def _tile(properties: Mapping[str, Any]) -> str:
    for name in ("grid:code", "s2:mgrs_tile"):
        if properties.get(name):
            return str(properties[name]).removeprefix("MGRS-")
    for names in (
        ("mgrs:utm_zone", "mgrs:latitude_band", "mgrs:grid_square"),
        ("landsat:wrs_path", "landsat:wrs_row"),
    ):
        if all(properties.get(name) is not None for name in names):
            return "".join(str(properties[name]).zfill(2) for name in names)
    return str(properties.get("odc:region_code") or "")


def _version(item: Mapping[str, Any], properties: Mapping[str, Any]) -> tuple[tuple[float, ...], str, str]:
    text = next((str(properties[name]) for name in _VERSION_NAMES if properties.get(name) is not None), "")
    numbers = tuple(float(part) for part in re.findall(r"\d+", text))
    made = next((str(properties[name]) for name in ("created", "updated") if properties.get(name)), "")
    return numbers, made, str(item["id"])


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)
