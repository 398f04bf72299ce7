"""Colours of KML placemarks: own styles, shared ones, and the normal one of a pair for normal and highlighted."""

from __future__ import annotations

import re
from typing import Dict
from xml.etree.ElementTree import Element  # nosec B405 - a type

from cropsample_plugin.bridge.labeling.imports.kml_shapes import local_name

_COLOR = re.compile(r"#?[0-9a-fA-F]{8}")
_PARTS = ("PolyStyle", "LineStyle", "IconStyle", "LabelStyle")
_WHITE = "#ffffff"


class KmlStyles:
    """The shared styles of a file."""

    def __init__(self, root: Element) -> None:
        self._colors: Dict[str, str] = {}
        self._normal: Dict[str, str] = {}
        for element in root.iter():
            name, style_id = local_name(element), element.get("id", "")
            if name in ("Style", "CascadingStyle") and style_id:
                self._colors[style_id] = _style_color(element)
            elif name == "StyleMap" and style_id:
                self._normal[style_id] = _normal_url(element)

    def color(self, placemark: Element) -> str:
        """Return ``#rrggbb`` of a placemark; "" where it says none."""
        for child in placemark:
            if local_name(child) == "Style":
                own = _style_color(child)
                if own:
                    return own
            if local_name(child) == "StyleMap":
                return self._shared(_normal_url(child))
        url = next((child.text or "" for child in placemark if local_name(child) == "styleUrl"), "")
        return self._shared(url)

    def _shared(self, url: str) -> str:
        style_id = url.strip().rsplit("#", 1)[-1]
        for _ in range(len(self._normal) + 1):
            if style_id in self._colors:
                return self._colors[style_id]
            style_id = self._normal.get(style_id, "").rsplit("#", 1)[-1]
        return ""


def _style_color(style: Element) -> str:
    """Return the colour of the first part that has one; white, Google Earth's default, only where all are white."""
    by_part = {}
    for part in style.iter():
        if local_name(part) in _PARTS:
            text = next(((child.text or "").strip() for child in part if local_name(child) == "color"), "")
            if _COLOR.fullmatch(text):
                # KML writes alpha, blue, green, red.
                digits = text.lstrip("#").lower()
                by_part.setdefault(local_name(part), f"#{digits[6:8]}{digits[4:6]}{digits[2:4]}")
    colors = [by_part[part] for part in _PARTS if part in by_part]
    return next((color for color in colors if color != _WHITE), colors[0] if colors else "")


def _normal_url(style_map: Element) -> str:
    for pair in style_map:
        texts = {local_name(child): (child.text or "").strip() for child in pair}
        if texts.get("key") == "normal":
            return texts.get("styleUrl", "").strip()
    return ""
