"""Values of one pixel of a raster layer in all its bands: made on the main thread, read in any one thread at a time."""

from __future__ import annotations

import math
from typing import Callable, Dict, Iterable, Optional

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsPointXY,
    QgsProject,
    QgsRasterLayer,
    QgsRasterRange,
)

from cropsample_plugin.bridge.dated_bands import dated_bands
from cropsample_plugin.bridge.engine_errors import CANCELED, EngineError


class PixelReader:
    """Reads pixels of a raster layer through a data provider of its own, so that the layer may be drawn or deleted.

    Attributes:
        layer_id: id of the layer.
        name: its name when the reader was made.
        bands: which band is which.
    """

    def __init__(self, layer: QgsRasterLayer) -> None:
        """Make a reader, on the main thread.

        Raises:
            EngineError: kind ``input``: the layer cannot be read.
        """
        # A clone opens its file when it is first read, and does not count as valid before.
        provider = layer.dataProvider().clone() if layer.isValid() else None
        if provider is None:
            raise EngineError("input", f"The layer '{layer.name()}' cannot be read.", "Check that its file is there.")
        self.layer_id = layer.id()
        self.name = layer.name()
        self.bands = dated_bands(layer)
        self._provider = provider
        numbers = range(1, layer.bandCount() + 1)
        ranges = {number: layer.dataProvider().userNoDataValues(number) for number in numbers}
        # What the user declared to be nodata in the layer's properties.
        self._user_nodata = {number: found for number, found in ranges.items() if found}
        self._crs = QgsCoordinateReferenceSystem(layer.crs())

    def locate(self, point: QgsPointXY, crs: QgsCoordinateReferenceSystem) -> Optional[QgsPointXY]:
        """Return where a point lies in the raster's coordinate system, None when it lies outside; main thread."""
        place = point
        if crs.isValid() and self._crs.isValid() and crs != self._crs:
            try:
                place = QgsCoordinateTransform(crs, self._crs, QgsProject.instance()).transform(point)
            except QgsCsException:
                return None
        is_known = math.isfinite(place.x()) and math.isfinite(place.y())
        return place if is_known and self._provider.extent().contains(place) else None

    def read(
        self, place: QgsPointXY, numbers: Iterable[int], is_canceled: Callable[[], bool] = lambda: False
    ) -> Dict[int, float]:
        """Return the value of each band at a place as the raster means it: scale and offset applied, NaN = nodata.

        Args:
            place: what `locate` returned.
            numbers: bands, from 1.
            is_canceled: asked before each band.

        Raises:
            EngineError: cancelled.
        """
        values = {}
        for number in numbers:
            if is_canceled():
                raise EngineError(CANCELED, "Canceled.")
            value, is_known = self._provider.sample(place, number)
            is_known = is_known and math.isfinite(value) and not self._is_declared_missing(number, value)
            values[number] = float(value) if is_known else math.nan
        return values

    def _is_declared_missing(self, number: int, value: float) -> bool:
        ranges = self._user_nodata.get(number)
        return bool(ranges) and QgsRasterRange.contains(value, ranges)
