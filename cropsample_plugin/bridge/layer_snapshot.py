"""A vector layer as it is now, edits and selection included, readable from a worker thread."""

from __future__ import annotations

from typing import Any, Optional

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeatureIterator,
    QgsFeatureRequest,
    QgsFields,
    QgsVectorLayer,
    QgsVectorLayerFeatureSource,
)


class LayerSnapshot:
    """What a worker thread may know of a layer, made on the main thread; the layer itself must not be touched there."""

    def __init__(self, layer: QgsVectorLayer, *, selected_only: bool = False) -> None:
        self._source = QgsVectorLayerFeatureSource(layer)
        self._fields = layer.fields()
        self._crs = QgsCoordinateReferenceSystem(layer.crs())
        self._wkb_type = layer.wkbType()
        self._name = layer.name()
        self._selected_ids = list(layer.selectedFeatureIds()) if selected_only else None
        self._count = layer.featureCount() if self._selected_ids is None else len(self._selected_ids)

    def getFeatures(self, request: Optional[QgsFeatureRequest] = None) -> QgsFeatureIterator:
        """Return the features, only the selected ones when so asked."""
        wanted = QgsFeatureRequest() if request is None else QgsFeatureRequest(request)
        if self._selected_ids is not None:
            wanted.setFilterFids(self._selected_ids)
        return self._source.getFeatures(wanted)

    def fields(self) -> QgsFields:
        """Return the fields."""
        return self._fields

    def sourceCrs(self) -> QgsCoordinateReferenceSystem:
        """Return the coordinate reference system."""
        return self._crs

    def wkbType(self) -> Any:  # noqa: ANN401 - an enum that moved between QGIS versions
        """Return the geometry type."""
        return self._wkb_type

    def featureCount(self) -> int:
        """Return the number of features, -1 when the provider does not know."""
        return int(self._count)

    def sourceName(self) -> str:
        """Return the layer's name."""
        return self._name
