"""Which asset holds a band, and what its stored values mean.

Scale, offset and nodata are read from ``raster:bands`` (STAC 1.0) or ``bands`` (STAC 1.1), then from the file, then
from the list of catalogues. Sentinel-2 from processing baseline 04.00 on stores reflectance + 0.1 (ESA, Sentinel-2
products specification, BOA_ADD_OFFSET): where items do not say so, the list does.
"""

from __future__ import annotations

import difflib
import math
from dataclasses import dataclass
from typing import Any, Mapping, Sequence

from cropsample_plugin.engine.errors import InputError
from cropsample_plugin.engine.timeseries.raster_header import RasterHeader
from cropsample_plugin.engine.timeseries.stac.catalogue_list import KnownBand, KnownCollection
from cropsample_plugin.engine.timeseries.stac.scenes import Scene

NO_MASK = "none"
_LOOK_SCENES = 200
_RASTER_ENDINGS = (".tif", ".tiff", ".jp2")
_CLASS_NAMES = {"scl", "qa60", "qa_pixel", "fmask"}


@dataclass(frozen=True)
class WantedBand:
    """A band of the stack.

    Attributes:
        name: its name in the stack.
        asset: key of the asset.
        number: 1-based number of the band in the asset.
        is_class: whether values are classes or flags.
    """

    name: str
    asset: str
    number: int = 1
    is_class: bool = False


@dataclass(frozen=True)
class Encoding:
    """What stored values mean: physical value = stored * scale + offset; None: no value means missing."""

    scale: float
    offset: float
    nodata: float | None


def wanted_bands(names: Sequence[str], mask: str, known: KnownCollection, scenes: Sequence[Scene]) -> list[WantedBand]:
    """Return the bands asked for, the mask last.

    Args:
        names: names in stacks, asset keys, common names such as ``red``, or roles such as ``R``.
        mask: likewise; "" takes the collection's where it is known and there, ``none`` takes none.
        known: what the list knows of the collection.
        scenes: scenes whose assets are looked through.

    Raises:
        InputError: a band is not there; lists those that are.
    """
    assets = _raster_assets(scenes[:_LOOK_SCENES])
    if not names:
        raise InputError("No band is asked for.", f"There are: {', '.join(_offered(known, assets))}.")
    found = [_find(name, known, assets) for name in names]
    if mask and mask.casefold() != NO_MASK:
        found.append(_find(mask, known, assets, is_mask=True))
    elif not mask and known.mask_band and known.bands[known.mask_band].asset in assets:
        found.append(_of_list(known.bands[known.mask_band]))
    return list({band.name: band for band in found}.values())


def stored_encoding(scene: Scene, band: WantedBand, header: RasterHeader, known: KnownCollection) -> Encoding:
    """Return what the stored values of a scene's band mean."""
    said = _band_fields(scene.assets[band.asset], band.number)
    index = band.number - 1
    nodata = _first(_number(said.get("nodata")), header.nodata[index], None if band.is_class else known.nodata)
    if band.is_class:
        return Encoding(1.0, 0.0, nodata)
    scale = _first(
        _number(said.get("scale")), header.scales[index] if header.scales[index] != 1.0 else None, known.scale, 1.0
    )
    rule = known.offset_rule
    if rule is not None and rule.applied_flag and scene.properties.get(rule.applied_flag) is True:
        return Encoding(scale, 0.0, nodata)
    by_rule = None
    if rule is not None:
        baseline = _number(scene.properties.get(rule.property_name))
        by_rule = rule.offset if baseline is not None and baseline >= rule.first else None
    in_file = header.offsets[index] if header.offsets[index] != 0.0 else None
    offset = _first(_number(said.get("offset")), in_file, by_rule, known.offset, 0.0)
    return Encoding(scale, offset, nodata)


def asset_address(scene: Scene, band: WantedBand) -> str:
    """Return the address of the asset of a band as the item gives it; "" when the item lacks it."""
    asset = scene.assets.get(band.asset)
    return str(asset["href"]) if asset else ""


def _raster_assets(scenes: Sequence[Scene]) -> dict[str, Mapping[str, Any]]:
    assets: dict[str, Mapping[str, Any]] = {}
    for scene in scenes:
        for key, asset in scene.assets.items():
            kind = str(asset.get("type") or "")
            path = str(asset["href"]).partition("?")[0].lower()
            if "tiff" in kind or "jp2" in kind or (not kind and path.endswith(_RASTER_ENDINGS)):
                assets.setdefault(key, asset)
    return assets


def _find(
    name: str, known: KnownCollection, assets: Mapping[str, Mapping[str, Any]], *, is_mask: bool = False
) -> WantedBand:
    wanted = name.casefold()
    listed = [band for band in known.bands.values() if band.asset in assets]
    for field in ("name", "asset", "role"):
        match = next((band for band in listed if str(getattr(band, field)).casefold() == wanted), None)
        if match is not None:
            return _of_list(match)
    is_class = is_mask or wanted in _CLASS_NAMES
    key = next((key for key in assets if key.casefold() == wanted), "")
    if key:
        return WantedBand(key.upper() if wanted in _CLASS_NAMES else key, key, 1, is_class)
    for field in ("name", "common_name"):
        for key, asset in assets.items():
            for number, band in enumerate(_bands_of(asset), start=1):
                said = band.get(field, band.get(f"eo:{field}"))
                if str(said or "").casefold() == wanted:
                    return WantedBand(name, key, number, is_class)
    offered = _offered(known, assets)
    near = difflib.get_close_matches(name, offered, n=3, cutoff=0.5)
    hint = f"Do you mean {' or '.join(near)}? " if near else ""
    raise InputError(
        f"The collection {known.id} has no band '{name}'.", f"{hint}There are: {', '.join(offered) or 'none'}."
    )


def _of_list(band: KnownBand) -> WantedBand:
    return WantedBand(band.name, band.asset, 1, band.is_class)


def _offered(known: KnownCollection, assets: Mapping[str, Mapping[str, Any]]) -> list[str]:
    named = {band.asset: band.name for band in known.bands.values()}
    return [named.get(key, key) for key in assets]


def _bands_of(asset: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return what an asset says of its bands: STAC 1.1, or the extension eo of 1.0."""
    bands = asset.get("bands") or asset.get("eo:bands") or []
    return [band for band in bands if isinstance(band, dict)] if isinstance(bands, list) else []


def _band_fields(asset: Mapping[str, Any], number: int) -> dict[str, Any]:
    """Return nodata, scale and offset of a band; in STAC 1.1 fields of the asset hold for all its bands."""
    fields = {key: asset.get(key, asset.get(f"raster:{key}")) for key in ("nodata", "scale", "offset")}
    for listed in (asset.get("bands"), asset.get("raster:bands")):
        if isinstance(listed, list) and number <= len(listed) and isinstance(listed[number - 1], dict):
            band = listed[number - 1]
            own = {key: band.get(key, band.get(f"raster:{key}")) for key in fields}
            fields.update({key: value for key, value in own.items() if value is not None})
    return fields


def _number(value: object) -> float | None:
    """Return a number given as number or text, such as ``nan`` or ``04.00``; None for anything else."""
    if isinstance(value, bool) or value is None:
        return None
    try:
        number = float(str(value))
    except ValueError:
        return None
    return None if math.isinf(number) else number


def _first(*values: float | None) -> Any:  # noqa: ANN401 - a number when the last is one
    return next((float(value) for value in values if value is not None), None)
