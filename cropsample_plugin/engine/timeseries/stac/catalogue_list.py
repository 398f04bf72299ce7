"""The list of known catalogues: address, access, and what is known of their collections; users may have their own."""

from __future__ import annotations

import difflib
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cropsample_plugin.about import installation_path
from cropsample_plugin.engine.errors import InputError
from cropsample_plugin.engine.timeseries.stac.web_client import check_address

LIST_VERSION = 1
ACCESS_KINDS = ("open", "planetary_computer", "headers", "s3")


@dataclass(frozen=True)
class KnownBand:
    """A band of a collection.

    Attributes:
        name: its name in stacks, such as ``B04``.
        asset: key of the asset that holds it.
        role: letter of Awesome Spectral Indices such as ``R``; "" for none.
        is_class: whether its values are classes or flags, which are never interpolated nor scaled.
    """

    name: str
    asset: str
    role: str = ""
    is_class: bool = False


@dataclass(frozen=True)
class OffsetRule:
    """An offset that items from some processing baseline on have, and the flag that says it is in the pixels already.

    Attributes:
        property_name: item property with the baseline, such as ``s2:processing_baseline``.
        first: first baseline with the offset.
        offset: physical value = stored * scale + offset.
        applied_flag: boolean item property; true means that the pixels have lost the offset.
    """

    property_name: str
    first: float
    offset: float
    applied_flag: str = ""


@dataclass(frozen=True)
class KnownCollection:
    """What is known of a collection beside what its items say.

    Attributes:
        bands: its bands, by name.
        mask_band: name of the band that tells clouds; "" for none.
        scale, offset, nodata: of measured values where neither item nor file says them; None for unknown.
        offset_rule: see `OffsetRule`.
    """

    id: str
    bands: dict[str, KnownBand] = field(default_factory=dict)
    mask_band: str = ""
    scale: float | None = None
    offset: float | None = None
    nodata: float | None = None
    offset_rule: OffsetRule | None = None


@dataclass(frozen=True)
class Catalogue:
    """A STAC API.

    Attributes:
        name: what users call it.
        url: its landing page.
        access: one of `ACCESS_KINDS`.
        settings: of the access: ``token_url`` and ``hosts``, or ``endpoint``.
        replace: beginnings of asset addresses and what stands for them.
        key_hosts: hosts beside the catalogue's that headers are sent to.
        collections: by id.
    """

    name: str
    url: str
    access: str = "open"
    settings: dict[str, Any] = field(default_factory=dict)
    replace: tuple[tuple[str, str], ...] = ()
    key_hosts: tuple[str, ...] = ()
    collections: dict[str, KnownCollection] = field(default_factory=dict)

    def collection(self, collection_id: str) -> KnownCollection:
        """Return what is known of a collection, which may be nothing."""
        return self.collections.get(collection_id, KnownCollection(collection_id))


def known_catalogues(own_list: str = "") -> list[Catalogue]:
    """Return the user's catalogues, then the shipped ones whose names the user has not taken.

    Args:
        own_list: the user's file; "" for none.

    Raises:
        InputError: the file cannot be read; says where.
    """
    own = _read(Path(own_list)) if own_list else []
    taken = {item.name.casefold() for item in own}
    shipped = _read(installation_path("resources/stac_catalogues.json"))
    return [*own, *(item for item in shipped if item.name.casefold() not in taken)]


def find_catalogue(text: str, known: list[Catalogue]) -> Catalogue:
    """Return the catalogue of a name or an address; an unknown address is an open catalogue.

    Raises:
        InputError: neither a known name nor an address; suggests the nearest names.
    """
    wanted = text.strip()
    for item in known:
        if wanted.casefold() == item.name.casefold() or wanted.rstrip("/") == item.url.rstrip("/"):
            return item
    if "://" in wanted:
        check_address(wanted)
        return Catalogue(wanted, wanted)
    names = [item.name for item in known]
    near = difflib.get_close_matches(wanted, names, n=2, cutoff=0.4)
    hint = f"Do you mean {' or '.join(near)}? " if near else ""
    raise InputError(
        f"There is no catalogue '{wanted}' in the list.",
        f"{hint}Known: {', '.join(names)}. Any other is given by its address, https://...",
    )


def _read(path: Path) -> list[Catalogue]:
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        if document.get("version") != LIST_VERSION:
            raise ValueError(f"'version' is {document.get('version')!r}, not {LIST_VERSION}")
        return [_catalogue(item) for item in document["catalogues"]]
    except KeyError as error:
        raise InputError(f"The list of catalogues {path} lacks {error}.", "Correct or remove the file.") from error
    except (OSError, ValueError, TypeError, AttributeError, InputError) as error:
        raise InputError(
            f"The list of catalogues {path} cannot be read: {error}", "Correct or remove the file."
        ) from error


def _catalogue(item: dict[str, Any]) -> Catalogue:
    access = item.get("access", "open")
    if access not in ACCESS_KINDS:
        raise ValueError(f"'access' of {item['name']} is '{access}', not one of {', '.join(ACCESS_KINDS)}")
    check_address(item["url"])
    return Catalogue(
        name=item["name"],
        url=item["url"],
        access=access,
        settings=dict(item.get("settings", {})),
        replace=tuple((str(old), str(new)) for old, new in item.get("replace", {}).items()),
        key_hosts=tuple(item.get("key_hosts", ())),
        collections={part["id"]: _collection(part) for part in item.get("collections", [])},
    )


def _collection(item: dict[str, Any]) -> KnownCollection:
    rule = item.get("offset_rule")
    classes = set(item.get("class_bands", ()))
    roles = item.get("roles", {})
    bands = {
        name: KnownBand(name, asset, roles.get(name, ""), name in classes)
        for name, asset in item.get("bands", {}).items()
    }
    return KnownCollection(
        id=item["id"],
        bands=bands,
        mask_band=item.get("mask_band", ""),
        scale=item.get("scale"),
        offset=item.get("offset"),
        nodata=item.get("nodata"),
        offset_rule=None
        if rule is None
        else OffsetRule(rule["property"], float(rule["from"]), float(rule["offset"]), rule.get("unless", "")),
    )
