"""Look at the layers of the project and gather what choosing among them needs; never reads a pixel."""

from __future__ import annotations

from typing import Dict, List, Optional, Set, Tuple

from qgis.core import (
    QgsCoordinateTransform,
    QgsCsException,
    QgsFeatureRequest,
    QgsField,
    QgsFields,
    QgsProject,
    QgsRasterLayer,
    QgsVectorLayer,
    QgsWkbTypes,
)

from cropsample_plugin.bridge.dated_bands import dated_bands
from cropsample_plugin.gui.input_facts import (
    SERIES_FIELD,
    FieldFacts,
    FieldKind,
    GeometryKind,
    SamplesFacts,
    StackFacts,
)

ROWS_LOOKED_AT = 5000
# QVariant.Type of Qt 5 and QMetaType.Type of Qt 6 share these numbers: int, uint, longlong, ulonglong, double, string
_KIND_BY_TYPE_NUMBER = {
    2: FieldKind.INTEGER,
    3: FieldKind.INTEGER,
    4: FieldKind.INTEGER,
    5: FieldKind.INTEGER,
    6: FieldKind.NUMBER,
    10: FieldKind.TEXT,
}
_WEB_PROVIDERS = ("wms", "wcs", "arcgismapserver", "xyz")


def stack_facts(layer: QgsRasterLayer) -> StackFacts:
    """Return dates and bands of a raster layer from its band descriptions."""
    found = dated_bands(layer)
    is_file = layer.isValid() and layer.providerType() not in _WEB_PROVIDERS
    return StackFacts(
        layer_id=layer.id(),
        name=layer.name(),
        path=layer.source().split("|")[0] if is_file else "",
        dates=tuple(str(day) for day in found.dates),
        bands=found.bands,
        has_crs=layer.crs().isValid(),
    )


def is_dated_stack(layer: object) -> bool:
    """Return whether a layer, of any kind or None, is a raster with dated bands."""
    return isinstance(layer, QgsRasterLayer) and bool(dated_bands(layer).dates)


def samples_facts(layer: QgsVectorLayer, stack: Optional[QgsRasterLayer] = None) -> SamplesFacts:
    """Return fields, distinct values among the first `ROWS_LOOKED_AT` rows, geometry and whether it meets the stack."""
    fields = layer.fields()
    kinds = [_field_kind(field) for field in fields]
    plain = [FieldFacts(field.name(), kind) for field, kind in zip(fields, kinds)]
    looked_at = [
        index for index, facts in enumerate(plain) if not facts.is_series and facts.kind is not FieldKind.OTHER
    ]
    n_rows, distinct, empty = _look(layer, looked_at)
    for index in looked_at:
        plain[index] = FieldFacts(plain[index].name, kinds[index], len(distinct[index]), n_rows, empty[index])
    return SamplesFacts(
        layer_id=layer.id(),
        name=layer.name(),
        n_features=layer.featureCount(),
        geometry=_geometry_kind(layer),
        has_crs=layer.crs().isValid(),
        fields=tuple(plain),
        overlaps_stack=None if stack is None else _overlap(layer, stack),
    )


def default_stack() -> Optional[QgsRasterLayer]:
    """Return the first dated stack of the project, or None."""
    rasters = [layer for layer in _layers_in_order() if isinstance(layer, QgsRasterLayer)]
    return next((layer for layer in rasters if stack_facts(layer).dates), None)


def default_samples() -> Optional[QgsVectorLayer]:
    """Return the first point layer of the project, else the first polygon layer, or None."""
    layers = [layer for layer in _layers_in_order() if isinstance(layer, QgsVectorLayer)]
    for kind in (GeometryKind.POINT, GeometryKind.POLYGON):
        found = next((layer for layer in layers if _geometry_kind(layer) is kind), None)
        if found is not None:
            return found
    return None


def fields_to_offer(layer: Optional[QgsVectorLayer]) -> QgsFields:
    """Return a layer's fields without those of a time series, of which there can be hundreds; none of no layer."""
    offered = QgsFields()
    for field in layer.fields() if layer is not None else ():
        if not SERIES_FIELD.match(field.name()):
            offered.append(field)
    return offered


def _layers_in_order() -> List[object]:
    return list(QgsProject.instance().layerTreeRoot().layerOrder())


def _look(layer: QgsVectorLayer, indexes: List[int]) -> Tuple[int, Dict[int, Set[object]], Dict[int, int]]:
    distinct: Dict[int, Set[object]] = {index: set() for index in indexes}
    empty = dict.fromkeys(indexes, 0)
    request = QgsFeatureRequest().setLimit(ROWS_LOOKED_AT).setFlags(QgsFeatureRequest.Flag.NoGeometry)
    request.setSubsetOfAttributes(indexes)
    n_rows = 0
    for feature in layer.getFeatures(request):
        n_rows += 1
        for index in indexes:
            text = str(feature.attribute(index)).strip()
            if text in ("NULL", "None", ""):
                empty[index] += 1
            else:
                distinct[index].add(text)
    return n_rows, distinct, empty


def _field_kind(field: QgsField) -> FieldKind:
    number = int(getattr(field.type(), "value", field.type()))
    return _KIND_BY_TYPE_NUMBER.get(number, FieldKind.OTHER)


def _geometry_kind(layer: QgsVectorLayer) -> GeometryKind:
    kinds = {
        QgsWkbTypes.GeometryType.PointGeometry: GeometryKind.POINT,
        QgsWkbTypes.GeometryType.PolygonGeometry: GeometryKind.POLYGON,
        QgsWkbTypes.GeometryType.NullGeometry: GeometryKind.NONE,
    }
    return kinds.get(layer.geometryType(), GeometryKind.OTHER)


def _overlap(samples: QgsVectorLayer, stack: QgsRasterLayer) -> Optional[bool]:
    if not samples.crs().isValid() or not stack.crs().isValid() or samples.extent().isNull():
        return None
    transform = QgsCoordinateTransform(samples.crs(), stack.crs(), QgsProject.instance())
    try:
        extent = transform.transformBoundingBox(samples.extent())
    except QgsCsException:
        return None
    return bool(extent.intersects(stack.extent()))
