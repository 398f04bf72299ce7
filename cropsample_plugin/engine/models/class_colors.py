"""Colours of map classes: what people expect of well-known names, otherwise distinct ones in a fixed order."""

from __future__ import annotations

import colorsys
import re
from typing import Sequence

# Chosen for contrast between the crops; what is not farmed has the colours of common land-cover legends.
_CONVENTIONAL = {
    "water": "#4f9fd4",
    "wetland": "#7fc7c0",
    "mangrove": "#3f8f86",
    "forest": "#1f6b3a",
    "tree": "#1f6b3a",
    "grassland": "#b5d49b",
    "grass": "#b5d49b",
    "pasture": "#c6dba0",
    "cerrado": "#8fae5d",
    "savanna": "#8fae5d",
    "shrub": "#a3b18a",
    "built": "#8c8c8c",
    "urban": "#8c8c8c",
    "bare": "#d9cbb3",
    "fallow": "#cbb994",
    "wheat": "#e6b422",
    "barley": "#e07b91",
    "maize": "#ee7f1b",
    "corn": "#ee7f1b",
    "sorghum": "#a0522d",
    "millet": "#c98a5a",
    "rice": "#35b5c9",
    "soybean": "#6a8f1f",
    "soy": "#6a8f1f",
    "sunflower": "#ffe14d",
    "rapeseed": "#d4e157",
    "cotton": "#d94f5c",
    "sugarcane": "#7e57c2",
    "beet": "#ad1457",
    "potato": "#795548",
    "alfalfa": "#4db36b",
    "vineyard": "#7b3294",
    "orchard": "#b04fa0",
    "vegetables": "#c2a5cf",
    "crop": "#e6a817",
    "other": "#b0b0b0",
}
_NEGATED = re.compile(r"^(non|not|no)\b")
_NEGATED_COLOR = "#c9c9c9"
_PALETTE = (
    "#e6a817",
    "#3a7d34",
    "#d1495b",
    "#2e86ab",
    "#8e5ea2",
    "#a3cf62",
    "#f0803c",
    "#5ec4b6",
    "#7a4a2b",
    "#c9c9c9",
    "#f2c9d8",
    "#3d405b",
)
_GOLDEN_RATIO = 0.61803398875
_WORD = re.compile(r"[a-z]+")


def class_colors(names: Sequence[str]) -> list[str]:
    """Return one ``#rrggbb`` colour per class name, all different; the same names always get the same colours."""
    colors: list[str | None] = []
    for name in names:
        color = _conventional_color(name)
        colors.append(None if color in colors else color)
    spare = _spare_colors([color for color in colors if color is not None], len(names))
    return [color if color is not None else spare.pop(0) for color in colors]


def _conventional_color(name: str) -> str | None:
    """Return the colour of the first word that has one; `soy-maize` and `barley then soybean` count as their first."""
    text = name.lower()
    if _NEGATED.match(text):
        return _NEGATED_COLOR
    for word in _WORD.findall(text):
        for known, color in _CONVENTIONAL.items():
            if word == known or word == known + "s" or (len(known) > 3 and word.startswith(known)):  # noqa: PLR2004
                return color
    return None


def _spare_colors(used: list[str], n_wanted: int) -> list[str]:
    generated = (_hue_color(position) for position in range(len(_PALETTE), len(_PALETTE) + n_wanted))
    return [color for color in (*_PALETTE, *generated) if color not in used]


def _hue_color(position: int) -> str:
    hue = (position * _GOLDEN_RATIO) % 1.0
    red, green, blue = (round(255 * part) for part in colorsys.hsv_to_rgb(hue, 0.55, 0.85))
    return f"#{red:02x}{green:02x}{blue:02x}"
