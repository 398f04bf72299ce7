"""Whether a sample is there already: by its place, and by what it is called."""

from __future__ import annotations

import math
from typing import Dict, Iterable, List, Tuple

from cropsample_plugin.bridge.labeling.label_store import LabelingSample

_TOLERANCE_M = 0.5
_TOLERANCE_DEGREES = 5e-6


class KnownPlaces:
    """Samples by place; two nearer than half a metre are at the same place."""

    def __init__(self, samples: Iterable[LabelingSample], *, is_geographic: bool) -> None:
        self._tolerance = _TOLERANCE_DEGREES if is_geographic else _TOLERANCE_M
        self._by_cell: Dict[Tuple[int, int], List[Tuple[str, float, float]]] = {}
        for sample in samples:
            self.add(sample.sample_id, sample.x, sample.y)

    def add(self, sample_id: str, x: float, y: float) -> None:
        """Take in a sample."""
        if math.isfinite(x) and math.isfinite(y):
            self._by_cell.setdefault(self._cell(x, y), []).append((sample_id, x, y))

    def find(self, x: float, y: float, name: str) -> str:
        """Return the sample at a place that has a name, or any there when the name is ""; "" for none."""
        column, row = self._cell(x, y)
        for across in (0, -1, 1):
            for down in (0, -1, 1):
                for sample_id, other_x, other_y in self._by_cell.get((column + across, row + down), ()):
                    is_near = math.hypot(other_x - x, other_y - y) <= self._tolerance
                    if is_near and (not name or name in (sample_id, name_in(sample_id))):
                        return sample_id
        return ""

    def _cell(self, x: float, y: float) -> Tuple[int, int]:
        return math.floor(x / self._tolerance), math.floor(y / self._tolerance)


def name_in(sample_id: str) -> str:
    """Return what an imported sample was called where it came from."""
    return sample_id.rpartition("-")[0]
