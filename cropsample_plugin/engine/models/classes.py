"""The classes that a model gives: class id in the map, label as the user has it, name and colour."""

from __future__ import annotations

import colorsys
from dataclasses import dataclass
from typing import Iterable

HIGHEST_CLASS_ID = 65534
"""65535 is nodata in a class map of 16 bits."""

Label = str | int

# Distinct on screen and in print; warm hues first because crops usually come first in a legend.
_PALETTE = (
    "#e6a817", "#3b8132", "#d1495b", "#2e86ab", "#8c5fa8", "#a0ca5d", "#f07f3c", "#5ec4b6", "#7a4b2a", "#e88fb4",
    "#4c5b9e", "#c7c04a", "#9e2b25", "#6fa8dc", "#556b2f", "#b07aa1", "#d9d9d9", "#17726b", "#f4cf8a", "#5a5a5a",
)  # fmt: skip
_GOLDEN_RATIO = 0.618033988749895


@dataclass(frozen=True)
class ClassInfo:
    """One class.

    Attributes:
        class_id: value in the class map.
        label: the label as the user has it, text or integer.
        name: text to show.
        color: ``#rrggbb``.
    """

    class_id: int
    label: Label
    name: str
    color: str


def sorted_labels(labels: Iterable[Label]) -> list[Label]:
    """Return the distinct labels in order: integers by value before text by code point."""
    return sorted(set(labels), key=lambda label: (isinstance(label, str), label))


def describe_classes(labels: Iterable[Label]) -> tuple[ClassInfo, ...]:
    """Give every distinct label its id, name and colour.

    Integers in 0..65534 keep their value, so that class 0 stays a class. Text, or integers of which one lies
    outside that range, are numbered 1..n in sorted order.

    Args:
        labels: labels of the samples, repeated or not.
    """
    distinct = sorted_labels(labels)
    keep_values = all(isinstance(label, int) and 0 <= label <= HIGHEST_CLASS_ID for label in distinct)
    return tuple(
        ClassInfo(int(label) if keep_values else position, label, str(label), class_color(position - 1))
        for position, label in enumerate(distinct, start=1)
    )


def class_color(position: int) -> str:
    """Return the colour of the class at a 0-based position; the same position always has the same colour."""
    if position < len(_PALETTE):
        return _PALETTE[position]
    hue = (position * _GOLDEN_RATIO) % 1.0
    red, green, blue = (round(255 * part) for part in colorsys.hsv_to_rgb(hue, 0.55, 0.85))
    return f"#{red:02x}{green:02x}{blue:02x}"
