"""One page with map, legend, scale and title, kept in the project as a print layout."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from qgis.core import (
    QgsLayoutExporter,
    QgsLayoutItem,
    QgsLayoutItemLabel,
    QgsLayoutItemLegend,
    QgsLayoutItemMap,
    QgsLayoutItemScaleBar,
    QgsLayoutPoint,
    QgsLayoutSize,
    QgsMapLayer,
    QgsPrintLayout,
    QgsProject,
    QgsReferencedRectangle,
)
from qgis.PyQt.QtCore import QRectF
from qgis.PyQt.QtGui import QFont

_MAP_MM = (8.0, 20.0, 215.0, 182.0)
_LEGEND_MM = (228.0, 20.0)
_TITLE_MM = (8.0, 5.0, 281.0, 12.0)
_SCALE_BAR_MM = (12.0, 188.0)
_TITLE_POINTS = 18


@dataclass(frozen=True)
class MapPage:
    """What the page shows."""

    title: str
    extent: QgsReferencedRectangle


def add_page(project: QgsProject, page: MapPage) -> QgsPrintLayout:
    """Add a landscape A4 layout to a project and return it."""
    layout = QgsPrintLayout(project)
    layout.initializeDefaults()
    layout.setName(page.title or "map")
    map_item = _add_map(layout, page)
    _add_title(layout, page.title)
    _add_legend(layout, project, map_item)
    _add_scale_bar(layout, map_item)
    project.layoutManager().addLayout(layout)
    return layout


def export_page(layout: QgsPrintLayout, path: str, resolution_dpi: int) -> bool:
    """Write the page as a picture and return whether that worked."""
    try:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
    except OSError:
        return False
    settings = QgsLayoutExporter.ImageExportSettings()
    settings.dpi = resolution_dpi
    settings.generateWorldFile = False
    settings.exportMetadata = False
    status = QgsLayoutExporter(layout).exportToImage(path, settings)
    return status == QgsLayoutExporter.ExportResult.Success


def _add_map(layout: QgsPrintLayout, page: MapPage) -> QgsLayoutItemMap:
    item = QgsLayoutItemMap(layout)
    layout.addLayoutItem(item)
    x, y, width, height = _MAP_MM
    # A map without an extent answers a resize with an extent of NaN, so the shape is set at once.
    item.attemptSetSceneRect(QRectF(x, y, width, height))
    item.setCrs(page.extent.crs())
    item.zoomToExtent(page.extent)
    item.setFrameEnabled(True)
    return item


def _add_title(layout: QgsPrintLayout, title: str) -> None:
    item = QgsLayoutItemLabel(layout)
    item.setText(title)
    font = QFont()
    font.setPointSize(_TITLE_POINTS)
    item.setFont(font)
    x, y, width, height = _TITLE_MM
    _place(item, x, y)
    item.attemptResize(QgsLayoutSize(width, height))
    layout.addLayoutItem(item)


def _add_legend(layout: QgsPrintLayout, project: QgsProject, map_item: QgsLayoutItemMap) -> None:
    item = QgsLayoutItemLegend(layout)
    item.setLinkedMap(map_item)
    item.setAutoUpdateModel(False)
    tree = item.model().rootGroup()
    visible = {layer.id() for layer in _visible_layers(project)}
    for entry in tree.findLayers():
        if entry.layerId() not in visible:
            entry.parent().removeChildNode(entry)
    for group in [child for child in tree.findGroups() if not child.findLayers()]:
        tree.removeChildNode(group)
    _place(item, *_LEGEND_MM)
    layout.addLayoutItem(item)


def _visible_layers(project: QgsProject) -> list[QgsMapLayer]:
    return project.layerTreeRoot().checkedLayers()


def _add_scale_bar(layout: QgsPrintLayout, map_item: QgsLayoutItemMap) -> None:
    item = QgsLayoutItemScaleBar(layout)
    item.setLinkedMap(map_item)
    item.applyDefaultSize()
    item.setBackgroundEnabled(True)
    _place(item, *_SCALE_BAR_MM)
    layout.addLayoutItem(item)


def _place(item: QgsLayoutItem, x_mm: float, y_mm: float) -> None:
    item.attemptMove(QgsLayoutPoint(x_mm, y_mm))
