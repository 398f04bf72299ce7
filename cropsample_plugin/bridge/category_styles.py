"""Results on labels shown by category: a colour, and a marker or hatching of its own, for eyes that see few colours.

The colours are those of Okabe and Ito (2008), which all usual forms of colour blindness keep apart.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Dict, Optional, Sequence

from qgis.core import (
    QgsCategorizedSymbolRenderer,
    QgsFields,
    QgsFillSymbol,
    QgsMarkerSymbol,
    QgsRasterLayer,
    QgsRendererCategory,
    QgsSymbol,
    QgsVectorLayer,
    QgsWkbTypes,
)

from cropsample_plugin.bridge.styles import probability_color, style_class_map, style_samples

_EDGE = "35,35,35,255"


@dataclass(frozen=True)
class CategoryLook:
    """How one category looks.

    Attributes:
        value: the value of the field or expression.
        label: text in the legend.
        color: ``#rrggbb``.
        marker: name of a simple marker of QGIS.
        size_mm: of the marker.
        angle: by which the marker is turned, in degrees.
        fill: name of a brush of QGIS.
    """

    value: str
    label: str
    color: str
    marker: str = "circle"
    size_mm: float = 2.2
    angle: float = 0.0
    fill: str = "solid"


# From the bottom to the top of the map: what is to be looked at lies above what is well.
QUALITY_LOOKS = (
    CategoryLook("NA", "NA: not judged", "#f2f2f2", "diamond", 2.0, fill="no"),
    CategoryLook("DataGap", "DataGap: too few observations", "#7f7f7f", "square", 2.0, fill="horizontal"),
    CategoryLook("Keep", "Keep: supported", "#009e73"),
    CategoryLook("Suspect", "Suspect: undecided", "#e69f00", "triangle", 2.8, fill="b_diagonal"),
    CategoryLook("Remove", "Remove: contradicted", "#d5351f", "cross_fill", 3.0, 45.0, fill="diagonal_x"),
)
CONSENSUS_LOOKS = (
    CategoryLook("unanimous", "unanimous", "#009e73"),
    CategoryLook("consensus", "consensus of most", "#56b4e9", "square", 2.1, fill="dense3"),
    CategoryLook("third opinion", "third opinion", "#0072b2", "pentagon", 2.3, fill="dense5"),
    CategoryLook("too few labels", "too few labels", "#7f7f7f", "diamond", 2.0, fill="horizontal"),
    CategoryLook("too divided", "too divided", "#e69f00", "triangle", 2.8, fill="b_diagonal"),
    CategoryLook("tie", "tie", "#d5351f", "cross_fill", 3.0, 45.0, fill="diagonal_x"),
)
PRODUCT_LOOKS = (
    CategoryLook("non-crop", "no crop", "#bdbdbd", "square", 1.9),
    CategoryLook("crop", "crop", "#4d9221", "circle", 2.2),
)
_CONSENSUS_EXPRESSION = 'CASE WHEN "unanimous" = 1 THEN \'unanimous\' ELSE "status" END'


def style_labels(layer: QgsVectorLayer) -> bool:
    """Style a result on labels by what its fields say it is; False, and nothing done, for any other layer."""
    if layer.geometryType() == QgsWkbTypes.GeometryType.NullGeometry:
        return False
    fields = layer.fields()
    quality = quality_field(fields, "quality")
    if quality and quality_field(fields, "margin"):
        style_categories(layer, f'"{quality}"', QUALITY_LOOKS)
    elif _has(fields, "consensus", "status", "unanimous"):
        style_categories(layer, _CONSENSUS_EXPRESSION, CONSENSUS_LOOKS)
    elif _has(fields, "class", "crop_votes", "origin"):
        style_categories(layer, '"class"', PRODUCT_LOOKS)
    elif _has(fields, "class_id", "origin"):
        style_samples(layer, "class_id")
    else:
        return False
    return True


def style_categories(layer: QgsVectorLayer, expression: str, looks: Sequence[CategoryLook]) -> None:
    """Show points or polygons by the value of an expression; later looks are drawn above earlier ones."""
    categories = []
    for level, look in enumerate(looks):
        symbol = _symbol(layer, look)
        for position in range(symbol.symbolLayerCount()):
            symbol.symbolLayer(position).setRenderingPass(level)
        categories.append(QgsRendererCategory(look.value, symbol, look.label))
    renderer = QgsCategorizedSymbolRenderer(expression, categories[::-1])
    renderer.setUsingSymbolLevels(True)
    layer.setRenderer(renderer)
    layer.triggerRepaint()


def style_product_consensus(layer: QgsRasterLayer, no_crop: str, crop: str) -> None:
    """Show a consensus of products: the texts are what 0 and 1 are called; 255 is not drawn."""
    colors = [look.color for look in PRODUCT_LOOKS]
    names = zip((no_crop, crop), colors)
    style_class_map(
        layer, [{"class_id": value, "name": name, "color": color} for value, (name, color) in enumerate(names)]
    )


def style_agreement(layer: QgsRasterLayer, n_products: int, text: str) -> None:
    """Show how many of the products say crop, 0 to all, dark to bright; text takes both numbers."""
    legend = [
        {"class_id": count, "name": text.format(count, n_products), "color": probability_color(count / n_products)}
        for count in range(n_products + 1)
    ]
    style_class_map(layer, legend)


def quality_field(fields: QgsFields, name: str) -> str:
    """Return the newest field of that name: a layer judged twice has ``quality`` and ``quality_2``; "" for none."""
    found, candidate = "", name
    while fields.lookupField(candidate) >= 0:
        found = fields[fields.lookupField(candidate)].name()
        candidate += "_2"
    return found


def _has(fields: QgsFields, *names: str) -> bool:
    return all(fields.lookupField(name) >= 0 for name in names)


def _symbol(layer: QgsVectorLayer, look: CategoryLook) -> QgsSymbol:
    kind = layer.geometryType()
    symbol: Optional[QgsSymbol] = None
    if kind == QgsWkbTypes.GeometryType.PointGeometry:
        symbol = QgsMarkerSymbol.createSimple(_marker(look))
    elif kind == QgsWkbTypes.GeometryType.PolygonGeometry:
        symbol = QgsFillSymbol.createSimple(
            {
                "color": look.color,
                "style": look.fill,
                "outline_color": look.color if look.fill != "no" else "150,150,150,255",
                "outline_width": "0.4",
            }
        )
    if symbol is None:
        symbol = QgsSymbol.defaultSymbol(kind)
    return symbol


def _marker(look: CategoryLook) -> Dict[str, str]:
    return {
        "name": look.marker,
        "color": look.color,
        "size": str(look.size_mm),
        "angle": str(look.angle),
        "outline_color": _EDGE,
        "outline_width": "0.15",
    }
