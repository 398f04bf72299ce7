"""Styles of the maps and samples; they work without a window, in any thread, on layers just opened.

A style is saved beside the data as .qml, so that any QGIS opens the file styled.
"""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any, Iterable, List, Mapping, Optional, Sequence, Tuple

from qgis.core import (
    QgsCategorizedSymbolRenderer,
    QgsColorRampShader,
    QgsContrastEnhancement,
    QgsMapLayer,
    QgsMultiBandColorRenderer,
    QgsPalettedRasterRenderer,
    QgsRasterLayer,
    QgsRasterShader,
    QgsRendererCategory,
    QgsSingleBandPseudoColorRenderer,
    QgsSymbol,
    QgsVectorLayer,
)
from qgis.PyQt.QtGui import QColor

LOGGER = logging.getLogger(__name__)

# Viridis and inferno, sampled at equal steps (matplotlib, CC0).
_PROBABILITY_COLORS = ("#440154", "#414487", "#2a788e", "#22a884", "#7ad151", "#fde725")
_UNCERTAINTY_COLORS = ("#000004", "#420a68", "#932667", "#dd513a", "#fca50a", "#fcffa4")
# Used for classes without a colour of their own: distinct, and told apart by most colour-blind eyes.
_CLASS_COLORS = (
    "#4477aa",
    "#ee6677",
    "#228833",
    "#ccbb44",
    "#66ccee",
    "#aa3377",
    "#bbbbbb",
    "#ee8866",
    "#44bb99",
    "#ffaabb",
    "#99ddff",
    "#aaaa00",
)
_UNLABELED_COLOR = "#7f7f7f"
_POINT_SIZE_MM = 2.2

Legend = Sequence[Mapping[str, Any]]


def style_class_map(layer: QgsRasterLayer, legend: Legend) -> None:
    """Show a class map with names and colours.

    Args:
        layer: raster whose first band holds class ids.
        legend: one mapping per class with ``class_id``, ``name`` and ``color`` (``#rrggbb``, may be empty).
    """
    classes = [
        QgsPalettedRasterRenderer.Class(int(entry["class_id"]), _class_color(entry, position), str(entry["name"]))
        for position, entry in enumerate(legend)
    ]
    layer.setRenderer(QgsPalettedRasterRenderer(layer.dataProvider(), 1, classes))
    layer.triggerRepaint()


def style_probabilities(layer: QgsRasterLayer, band: int = 1) -> None:
    """Show the probability of one class, 0 to 1, dark to bright; band is its 1-based number."""
    _style_share(layer, band, _PROBABILITY_COLORS)


def probability_color(share: float) -> str:
    """Return the colour of a share in [0, 1] in the ramp of probabilities, as ``#rrggbb``."""
    place = min(max(share, 0.0), 1.0) * (len(_PROBABILITY_COLORS) - 1)
    low = min(int(place), len(_PROBABILITY_COLORS) - 2)
    below, above = (QColor(_PROBABILITY_COLORS[position]).getRgb()[:3] for position in (low, low + 1))
    return QColor(*(round(a + (b - a) * (place - low)) for a, b in zip(below, above))).name()


def style_uncertainty(layer: QgsRasterLayer) -> None:
    """Show normalised entropy, 0 (sure) to 1 (no idea), dark to bright."""
    _style_share(layer, 1, _UNCERTAINTY_COLORS)


def style_picture(layer: QgsRasterLayer, bands: Sequence[int], bright: float) -> None:
    """Show three bands as red, green and blue, 0 black and a value of full brightness; reads no pixels.

    Args:
        layer: the raster.
        bands: 1-based numbers.
        bright: the value, in the units of the bands.
    """
    provider = layer.dataProvider()
    red, green, blue = bands
    renderer = QgsMultiBandColorRenderer(provider, red, green, blue)
    for number, give in zip(
        bands, (renderer.setRedContrastEnhancement, renderer.setGreenContrastEnhancement,
                renderer.setBlueContrastEnhancement)
    ):  # fmt: skip
        stretch = QgsContrastEnhancement(provider.dataType(number))
        stretch.setContrastEnhancementAlgorithm(
            QgsContrastEnhancement.ContrastEnhancementAlgorithm.StretchToMinimumMaximum
        )
        stretch.setMinimumValue(0.0)
        stretch.setMaximumValue(bright)
        give(stretch)
    layer.setRenderer(renderer)
    layer.triggerRepaint()


def style_samples(layer: QgsVectorLayer, class_field: str, legend: Legend = ()) -> None:
    """Show samples by class, with the colours of a map's legend where the names agree."""
    index = layer.fields().lookupField(class_field)
    if index < 0:
        raise ValueError(f"The layer '{layer.name()}' has no field '{class_field}'.")
    colors = {str(entry["name"]): _class_color(entry, position) for position, entry in enumerate(legend)}
    categories = []
    for position, (value, label) in enumerate(_sorted_labels(layer.uniqueValues(index))):
        symbol = QgsSymbol.defaultSymbol(layer.geometryType())
        symbol.setColor(colors.get(label, QColor(_CLASS_COLORS[position % len(_CLASS_COLORS)])))
        if hasattr(symbol, "setSize"):
            symbol.setSize(_POINT_SIZE_MM)
        categories.append(QgsRendererCategory(value, symbol, label))
    layer.setRenderer(QgsCategorizedSymbolRenderer(class_field, categories))
    layer.triggerRepaint()


def class_color_at(position: int) -> str:
    """Return ``#rrggbb`` for the class at a position, from 0, that has no colour of its own."""
    return _CLASS_COLORS[position % len(_CLASS_COLORS)]


def save_style_beside(layer: QgsMapLayer) -> str:
    """Write the layer's style as .qml beside its file and return the path, "" when that is not possible."""
    target = style_path(layer)
    if target is None:
        return ""
    message, is_saved = layer.saveNamedStyle(str(target), _written_categories())
    if not is_saved:
        LOGGER.warning("The style %s could not be written: %s", target, message)
        return ""
    return str(target)


def _written_categories() -> QgsMapLayer.StyleCategories:
    """Return all of a style but the symbols of elevation profiles, for which newer QGIS draws colours by lot."""
    written = QgsMapLayer.StyleCategory.AllStyleCategories
    elevation = getattr(QgsMapLayer.StyleCategory, "Elevation", None)
    return written if elevation is None else QgsMapLayer.StyleCategories(written & ~elevation)


def style_path(layer: QgsMapLayer) -> Optional[Path]:
    """Return where the style beside a layer's file is or would be; None for layers that are not in a file."""
    # The source of a layer in memory lists its fields: longer than any file name may be.
    if layer.providerType() not in {"ogr", "gdal"}:
        return None
    source = Path(layer.source().split("|")[0])
    return source.with_suffix(".qml") if source.is_file() else None


def _style_share(layer: QgsRasterLayer, band: int, colors: Sequence[str]) -> None:
    steps = len(colors) - 1
    ramp = QgsColorRampShader(0.0, 1.0)
    ramp.setColorRampType(QgsColorRampShader.Type.Interpolated)
    ramp.setColorRampItemList(
        [
            QgsColorRampShader.ColorRampItem(position / steps, QColor(color), f"{position / steps:.1f}")
            for position, color in enumerate(colors)
        ]
    )
    shader = QgsRasterShader(0.0, 1.0)
    shader.setRasterShaderFunction(ramp)
    renderer = QgsSingleBandPseudoColorRenderer(layer.dataProvider(), band, shader)
    renderer.setClassificationMin(0.0)
    renderer.setClassificationMax(1.0)
    layer.setRenderer(renderer)
    layer.triggerRepaint()


def _class_color(entry: Mapping[str, Any], position: int) -> QColor:
    color = QColor(str(entry.get("color") or ""))
    return color if color.isValid() else QColor(_CLASS_COLORS[position % len(_CLASS_COLORS)])


def _sorted_labels(values: Iterable[Any]) -> List[Tuple[Any, str]]:
    labels = [(value, str(value)) for value in values if value is not None and str(value) != "NULL"]
    return sorted(labels, key=lambda pair: (not isinstance(pair[0], (int, float)), pair[0], pair[1]))
