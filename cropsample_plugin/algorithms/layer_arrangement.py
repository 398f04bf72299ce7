"""Layers put into a project: groups by what the layers are, styles from the files beside them, one extent."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Sequence

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsMapLayer,
    QgsProject,
    QgsRasterLayer,
    QgsRectangle,
    QgsReferencedRectangle,
    QgsVectorLayer,
)

# QGIS names bands "Band 001: description", or as GDAL describes them.
_DATED_BAND = re.compile(r"\b\d{4}-\d{2}-\d{2}\s+\S")
_MARGIN = 1.04


@dataclass(frozen=True)
class GroupNames:
    """Names of the groups, top to bottom."""

    samples: str
    maps: str
    images: str


def is_temporary(layer: QgsMapLayer) -> bool:
    """Return True for layers that live in memory only."""
    return layer.isTemporary() and not Path(layer.source().split("|")[0]).is_file()


def has_style(layer: QgsMapLayer, project: QgsProject | None) -> bool:
    """Return True for a layer of the open project, or with a style file beside its file."""
    is_in_project = project is not None and project.mapLayer(layer.id()) is not None
    return is_in_project or Path(layer.styleURI()).is_file()


def own_copy(layer: QgsMapLayer, project: QgsProject | None) -> QgsMapLayer:
    """Return a copy for another project: styled as in the open project, or as the file beside it says."""
    copy = layer.clone()
    is_in_project = project is not None and project.mapLayer(layer.id()) is not None
    if not is_in_project:
        copy.loadDefaultStyle()
    return copy


def arrange_layers(project: QgsProject, layers: Sequence[QgsMapLayer], names: GroupNames) -> QgsReferencedRectangle:
    """Add layers to their groups, set the project's CRS and first view, and return that view's extent."""
    root = project.layerTreeRoot()
    for group_name in (names.samples, names.maps, names.images):
        members = [layer for layer in layers if _group_of(layer, names) == group_name]
        if not members:
            continue
        group = root.addGroup(group_name)
        for layer in members:
            project.addMapLayer(layer, False)  # noqa: FBT003 - QGIS takes no keyword here
            entry = group.addLayer(layer)
            entry.setExpanded(False)
        if group_name == names.images:
            group.setItemVisibilityChecked(False)
    crs = _common_crs(layers)
    project.setCrs(crs)
    extent = QgsReferencedRectangle(_common_extent(layers, crs, project), crs)
    project.viewSettings().setDefaultViewExtent(extent)
    return extent


def _group_of(layer: QgsMapLayer, names: GroupNames) -> str:
    if isinstance(layer, QgsVectorLayer):
        return names.samples
    if isinstance(layer, QgsRasterLayer) and _DATED_BAND.search(layer.bandName(1)):
        return names.images
    return names.maps


def _common_crs(layers: Sequence[QgsMapLayer]) -> QgsCoordinateReferenceSystem:
    rasters_first = sorted(layers, key=lambda layer: not isinstance(layer, QgsRasterLayer))
    return next((layer.crs() for layer in rasters_first if layer.crs().isValid()), QgsCoordinateReferenceSystem())


def _common_extent(
    layers: Sequence[QgsMapLayer], crs: QgsCoordinateReferenceSystem, project: QgsProject
) -> QgsRectangle:
    """Return the extent of the rasters, or of everything where there is no raster, in the given CRS."""
    rasters = [layer for layer in layers if isinstance(layer, QgsRasterLayer)]
    extent = QgsRectangle()
    extent.setMinimal()
    for layer in rasters or layers:
        try:
            transform = QgsCoordinateTransform(layer.crs(), crs, project)
            extent.combineExtentWith(transform.transformBoundingBox(layer.extent()))
        except QgsCsException:
            continue
    extent.scale(_MARGIN)
    return extent
