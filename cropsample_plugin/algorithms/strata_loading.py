"""Objects and samples shown by stratum when Processing loads them, in the colours of rasters and reports."""

from __future__ import annotations

import json
from functools import lru_cache
from itertools import takewhile

from qgis.core import (
    QgsLayerTreeLayer,
    QgsLayerTreeNode,
    QgsMapLayer,
    QgsPalLayerSettings,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingLayerPostProcessorInterface,
    QgsProject,
    QgsTextBufferSettings,
    QgsTextFormat,
    QgsVectorLayer,
    QgsVectorLayerSimpleLabeling,
    QgsWkbTypes,
)
from qgis.PyQt.QtGui import QColor

from cropsample_plugin.about import installation_path
from cropsample_plugin.bridge.styles import style_samples

# QGIS keeps a bare pointer to a post processor: these references keep the objects alive.
_KEPT_ALIVE: list[QgsProcessingLayerPostProcessorInterface] = []
_STRATUM = "stratum"
_PRIORITY = "priority"
_OBJECT_OPACITY = 0.5
_OUTLINE_MM = 0.12
_OUTLINE_DARKER_PERCENT = 140
_POINT_SIZE_MM = 3.0
_HALO_MM = 0.5
_LABEL_POINTS = 8.0
_STATUS_LEGEND = [
    {"name": "missed", "color": "#c0392b"},
    {"name": "under-represented", "color": "#e8a33d"},
    {"name": "balanced", "color": "#c9d3c5"},
    {"name": "over-represented", "color": "#4e79a7"},
]


class StratumStyle(QgsProcessingLayerPostProcessorInterface):
    """Colours a layer by one of some fields, the first that it has."""

    def __init__(self, fields: tuple[str, ...]) -> None:
        super().__init__()
        self._fields = fields

    def postProcessLayer(
        self,
        layer: QgsMapLayer,
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,  # noqa: ARG002 - QGIS's signature
    ) -> None:
        """Style a layer that was just added to the project; polygons go below the points they would cover."""
        if not isinstance(layer, QgsVectorLayer):
            return
        if context.project() is not None and _is_polygon(layer):
            move_below_points(layer, context.project())
        for field in self._fields:
            if layer.fields().lookupField(field) >= 0:
                style_by_stratum(layer, field)
                return


def style_by_stratum(layer: QgsVectorLayer, field: str) -> None:
    """Colour a layer by a field: objects so that the image below shows through, samples so that they stand out."""
    values = layer.uniqueValues(layer.fields().lookupField(field))
    style_samples(layer, field, stratum_legend(values) if field == _STRATUM else _STATUS_LEGEND)
    is_polygon = _is_polygon(layer)
    # A category gives out a copy of its symbol: it is changed and put back.
    renderer = layer.renderer().clone()
    for position, category in enumerate(renderer.categories()):
        symbol = category.symbol().clone()
        if is_polygon:
            # Seen from afar small fields are all outline: it has to tell the stratum too.
            symbol.symbolLayer(0).setStrokeColor(symbol.color().darker(_OUTLINE_DARKER_PERCENT))
            symbol.symbolLayer(0).setStrokeWidth(_OUTLINE_MM)
        else:
            symbol.setSize(_POINT_SIZE_MM)
            symbol.symbolLayer(0).setStrokeColor(QColor("white"))
            symbol.symbolLayer(0).setStrokeWidth(_HALO_MM)
        renderer.updateCategorySymbol(position, symbol)
    layer.setRenderer(renderer)
    if is_polygon:
        layer.setOpacity(_OBJECT_OPACITY)
    elif layer.fields().lookupField(_PRIORITY) >= 0:
        _label_by_priority(layer)
    layer.triggerRepaint()


def stratum_legend(values: set[object]) -> list[dict[str, str]]:
    """Return the colour of each stratum: made strata by their number, given ones in alphabetical order."""
    known = [value for value in values if value is not None and str(value) != "NULL"]
    numbered = all(isinstance(value, int) for value in known)
    ordered = sorted(known) if numbered else sorted(known, key=str)
    colors = _colors()
    positions = [value - 1 if numbered else position for position, value in enumerate(ordered)]
    return [{"name": str(value), "color": colors[at % len(colors)]} for value, at in zip(ordered, positions)]


def style_strata_on_loading(context: QgsProcessingContext, fields: tuple[str, ...] = (_STRATUM,)) -> None:
    """Have every vector output that will be loaded, and has no style yet, coloured by a field."""
    for layer_id, details in context.layersToLoadOnCompletion().items():
        if details.postProcessor() is None:
            processor = StratumStyle(fields)
            _KEPT_ALIVE.append(processor)
            context.layerToLoadOnCompletionDetails(layer_id).setPostProcessor(processor)


def move_below_points(layer: QgsVectorLayer, project: QgsProject) -> None:
    """Move a layer's entry below the point layers that follow it directly."""
    entry = project.layerTreeRoot().findLayer(layer.id())
    if entry is None:
        return
    group = entry.parent()
    siblings = group.children()
    position = siblings.index(entry)
    n_points = len(list(takewhile(_shows_points, siblings[position + 1 :])))
    if n_points:
        group.insertChildNode(position + 1 + n_points, entry.clone())
        group.removeChildNode(entry)


def _shows_points(entry: QgsLayerTreeNode) -> bool:
    layer = entry.layer() if isinstance(entry, QgsLayerTreeLayer) else None
    return isinstance(layer, QgsVectorLayer) and layer.geometryType() == QgsWkbTypes.GeometryType.PointGeometry


def _is_polygon(layer: QgsVectorLayer) -> bool:
    return bool(layer.geometryType() == QgsWkbTypes.GeometryType.PolygonGeometry)


def _label_by_priority(layer: QgsVectorLayer) -> None:
    halo = QgsTextBufferSettings()
    halo.setEnabled(True)
    text = QgsTextFormat()
    text.setSize(_LABEL_POINTS)
    text.setBuffer(halo)
    settings = QgsPalLayerSettings()
    settings.fieldName = _PRIORITY
    settings.setFormat(text)
    layer.setLabeling(QgsVectorLayerSimpleLabeling(settings))
    layer.setLabelsEnabled(True)


@lru_cache(maxsize=1)
def _colors() -> tuple[str, ...]:
    return tuple(json.loads(installation_path("resources/stratum_colors.json").read_text(encoding="utf-8")))
