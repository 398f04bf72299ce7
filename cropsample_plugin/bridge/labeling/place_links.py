"""Places on the web: an editable list of addresses with ``{lat}``, ``{lon}`` and ``{zoom}``."""

from __future__ import annotations

import json
import math
from dataclasses import asdict, dataclass
from typing import Sequence, Tuple

from qgis.core import QgsSettings
from qgis.PyQt.QtCore import QCoreApplication, QUrl

from cropsample_plugin.bridge.labeling.label_events import LabelingError
from cropsample_plugin.bridge.settings import GROUP

_KEY = f"{GROUP}/labeling/place_links"
# Scale denominator of web maps at zoom 0 on the equator, with pixels of 0.28 mm (OGC 07-057r7, table E.1).
_SCALE_AT_ZOOM_0 = 559_082_264.028_717_8
_LEAST_ZOOM, _LARGEST_ZOOM = 1, 20
_MOST_LATITUDE = 85.0


@dataclass(frozen=True)
class PlaceLink:
    """A map on the web: its name, and its address with ``{lat}``, ``{lon}`` and, where it has one, ``{zoom}``."""

    name: str
    address: str


DEFAULT_LINKS = (
    PlaceLink("OpenStreetMap", "https://www.openstreetmap.org/?mlat={lat}&mlon={lon}#map={zoom}/{lat}/{lon}"),
    PlaceLink(
        "Google Maps",
        "https://www.google.com/maps/@?api=1&map_action=map&center={lat}%2C{lon}&zoom={zoom}&basemap=satellite",
    ),
    PlaceLink("Bing Maps", "https://www.bing.com/maps?cp={lat}~{lon}&lvl={zoom}&style=a"),
)


def check_link(link: PlaceLink) -> None:
    """Raise `LabelingError` where a link lacks its name or position, or is no address of the web."""
    if not link.name.strip():
        raise LabelingError(_tr("A map has no name."), _tr("Name it, or remove it."))
    if "{lat}" not in link.address or "{lon}" not in link.address:
        raise LabelingError(
            _tr("The address of '{}' has no place in it.").format(link.name),
            _tr("Write {lat} where the latitude belongs and {lon} where the longitude belongs."),
        )
    if QUrl(link.address).scheme() not in ("http", "https"):
        raise LabelingError(
            _tr("The address of '{}' is not one of the web.").format(link.name), _tr("Begin it with https://.")
        )


def load_links() -> Tuple[PlaceLink, ...]:
    """Return the user's list; what cannot be used of it is left out, the shipped list stands in for none."""
    text = QgsSettings().value(_KEY, "")
    try:
        links = tuple(PlaceLink(str(item["name"]), str(item["address"])) for item in json.loads(text))
    except (ValueError, KeyError, TypeError):
        return DEFAULT_LINKS
    usable = tuple(link for link in links if _is_usable(link))
    return usable or DEFAULT_LINKS


def save_links(links: Sequence[PlaceLink]) -> None:
    """Keep the user's list.

    Raises:
        LabelingError: one of the links cannot be used; nothing is kept.
    """
    for link in links:
        check_link(link)
    QgsSettings().setValue(_KEY, json.dumps([asdict(link) for link in links]))


def link_address(link: PlaceLink, latitude: float, longitude: float, scale: float) -> QUrl:
    """Return the address of a place, in degrees (WGS 84), at the zoom nearest to a scale."""
    text = link.address
    zoom = web_zoom(scale, latitude)
    for name, value in (("{lat}", f"{latitude:.6f}"), ("{lon}", f"{longitude:.6f}"), ("{zoom}", str(zoom))):
        text = text.replace(name, value)
    return QUrl(text)


def web_zoom(scale: float, latitude: float) -> int:
    """Return the zoom level of web maps that is nearest to a scale at a latitude."""
    stretched = math.cos(math.radians(min(abs(latitude), _MOST_LATITUDE)))
    zoom = math.log2(_SCALE_AT_ZOOM_0 * stretched / max(scale, 1.0))
    return min(max(round(zoom), _LEAST_ZOOM), _LARGEST_ZOOM)


def _is_usable(link: PlaceLink) -> bool:
    try:
        check_link(link)
    except LabelingError:
        return False
    return True


def _tr(text: str) -> str:
    return QCoreApplication.translate("PlaceLinks", text)
