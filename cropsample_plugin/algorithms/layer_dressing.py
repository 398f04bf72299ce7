"""How layers without a style of their own look in a project of maps: never hiding what lies below."""

from __future__ import annotations

from typing import Any, Sequence

from qgis.core import (
    QgsFillSymbol,
    QgsMapLayer,
    QgsPalettedRasterRenderer,
    QgsRasterLayer,
    QgsSingleSymbolRenderer,
    QgsVectorLayer,
    QgsWkbTypes,
)

from cropsample_plugin.bridge.category_styles import style_labels
from cropsample_plugin.bridge.styles import style_samples

_OUTLINE = {"style": "no", "outline_color": "40,40,40,255", "outline_width": "0.26"}


def dress_layers(plain: Sequence[QgsMapLayer], layers: Sequence[QgsMapLayer], class_field: str) -> None:
    """Give layers a plain look: samples by class in the map's colours, polygons as outlines, palettes without gaps.

    Args:
        plain: the layers without a style.
        layers: all layers; the first class map gives the colours.
        class_field: field to colour samples by, "" for none.
    """
    for layer in plain:
        if isinstance(layer, QgsRasterLayer):
            drop_unnamed_classes(layer)
    palettes = (palette_of(layer) for layer in layers if isinstance(layer, QgsRasterLayer))
    legend = next((palette for palette in palettes if palette), [])
    for layer in plain:
        if not isinstance(layer, QgsVectorLayer) or style_labels(layer):
            continue
        if layer.geometryType() == QgsWkbTypes.GeometryType.PolygonGeometry:
            layer.setRenderer(QgsSingleSymbolRenderer(QgsFillSymbol.createSimple(_OUTLINE)))
        elif class_field and layer.fields().lookupField(class_field) >= 0:
            style_samples(layer, class_field, legend)


def drop_unnamed_classes(layer: QgsRasterLayer) -> None:
    """Remove the palette entries that have no name, where others have one: a palette of bytes has 256 entries."""
    renderer = layer.renderer()
    if not isinstance(renderer, QgsPalettedRasterRenderer):
        return
    named = [item for item in renderer.classes() if item.label and item.label != f"{item.value:g}"]
    if named and len(named) < len(renderer.classes()):
        layer.setRenderer(QgsPalettedRasterRenderer(layer.dataProvider(), renderer.usesBands()[0], named))


def palette_of(layer: QgsRasterLayer) -> list[dict[str, Any]]:
    """Return the legend of a class map, [] for other rasters."""
    renderer = layer.renderer()
    if not isinstance(renderer, QgsPalettedRasterRenderer):
        return []
    return [
        {"class_id": int(item.value), "name": item.label, "color": item.color.name()} for item in renderer.classes()
    ]
