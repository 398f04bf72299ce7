"""A point whose series is looked at: clicked on the map, or a sample."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Dict, Tuple

from qgis.core import QgsCoordinateReferenceSystem, QgsPointXY

from cropsample_plugin.gui.series_chart import Marker, series_color, series_marker

MOST_POINTS = 8


@dataclass
class PickedPoint:
    """A point, its looks, and what has been read there.

    Attributes:
        number: its place among the points, from 0; gives colour and shape.
        name: what the legend calls it.
        point, crs: where it is.
        values: layer id to band number to value, NaN for nodata; filled as it is read.
        outside: ids of layers that the point does not lie on.
    """

    number: int
    name: str
    point: QgsPointXY
    crs: QgsCoordinateReferenceSystem
    values: Dict[str, Dict[int, float]] = field(default_factory=dict)
    outside: Dict[str, bool] = field(default_factory=dict)

    @property
    def color(self) -> str:
        """Return ``#rrggbb``, the same on the map and in the plot."""
        return series_color(self.number)

    @property
    def marker(self) -> Marker:
        """Return the shape, the same on the map and in the plot."""
        return series_marker(self.number)

    def known(self, layer_id: str, numbers: Tuple[int, ...]) -> bool:
        """Return whether these bands of a layer need not be read any more."""
        read = self.values.get(layer_id, {})
        return self.outside.get(layer_id, False) or all(number in read for number in numbers)
