"""The classes that a model gives: class id in the map, label as the user has it, name and colour."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Iterable

from cropsample_plugin.engine.models.class_colors import class_colors

HIGHEST_CLASS_ID = 65534
"""65535 is nodata in a class map of 16 bits."""

Label = str | int


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
    names = [str(label) for label in distinct]
    return tuple(
        ClassInfo(int(label) if keep_values else position, label, name, color)
        for position, (label, name, color) in enumerate(zip(distinct, names, class_colors(names)), start=1)
    )
