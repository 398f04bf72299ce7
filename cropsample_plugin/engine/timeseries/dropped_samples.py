"""Samples that cannot be used: which, why, and the table that lists them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

import numpy as np

WHOLE_SAMPLE = 0


class DropReason(Enum):
    """Why a sample, or one pixel of it, is left out."""

    NO_GEOMETRY = "no geometry"
    INVALID_GEOMETRY = "invalid geometry"
    UNSUITABLE_GEOMETRY = "unsuitable geometry"
    OUTSIDE = "outside the raster"
    NO_PIXEL = "no pixel inside"
    NO_DATA = "no data"
    DUPLICATE = "duplicate"
    NO_SEASON = "no season"
    OUTSIDE_DATES = "outside the dates"
    SHORT_SEASON = "short season"


@dataclass(frozen=True)
class Dropped:
    """One sample that was left out.

    Attributes:
        row: its row in the sample table, from 0.
        reason: the kind of reason.
        details: the reason in words, with the values concerned.
        pixel: which pixel of the sample, from 1; `WHOLE_SAMPLE` when nothing of it is left.
    """

    row: int
    reason: DropReason
    details: str
    pixel: int = WHOLE_SAMPLE


@dataclass
class DropList:
    """All that was left out so far."""

    items: list[Dropped] = field(default_factory=list)

    def add(self, row: int | np.integer[Any], reason: DropReason, details: str, pixel: int = WHOLE_SAMPLE) -> None:
        """Note one sample or pixel."""
        self.items.append(Dropped(int(row), reason, details, int(pixel)))

    @property
    def rows(self) -> set[int]:
        """Rows of samples of which nothing is left."""
        return {item.row for item in self.items if item.pixel == WHOLE_SAMPLE}

    def summary(self) -> str:
        """Return counts by reason in words, such as ``3 outside the raster, 1 duplicate``."""
        counts = Counter(item.reason.value for item in self.items if item.pixel == WHOLE_SAMPLE)
        pixels = sum(item.pixel != WHOLE_SAMPLE for item in self.items)
        parts = [f"{count} {reason}" for reason, count in counts.most_common()]
        return ", ".join([*parts, f"{pixels} single pixels"] if pixels else parts)
