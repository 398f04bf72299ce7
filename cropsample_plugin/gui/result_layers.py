"""The outputs of a run as styled layers, grouped under the run's name."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Dict, List, Optional, Tuple

from qgis.core import QgsLayerTree, QgsLayerTreeGroup, QgsMapLayer, QgsProject, QgsRasterLayer, QgsVectorLayer
from qgis.PyQt.QtCore import QCoreApplication

from cropsample_plugin.bridge.category_styles import style_labels
from cropsample_plugin.bridge.styles import (
    save_style_beside,
    style_class_map,
    style_probabilities,
    style_uncertainty,
)
from cropsample_plugin.gui.run_record import RunRecord
from cropsample_plugin.gui.run_texts import run_title

LOGGER = logging.getLogger(__name__)
_RASTER_SUFFIXES = (".tif", ".tiff", ".vrt", ".nc", ".img")
_VECTOR_SUFFIXES = (".gpkg", ".shp", ".geojson", ".fgb")
_MAP_OUTPUTS = ("classes", "uncertainty", "probabilities")
# Loaded on request for jobs of the toolbox; a run of the panel shows its maps, the rest is in its folder.
_OTHER_OUTPUTS = ("output", "objects", "strata", "consensus", "agreement", "table")


@dataclass(frozen=True)
class LayerFile:
    """An output that can be shown as a layer: its output name, its path and the legend of its job."""

    output: str
    path: str
    legend: Tuple[Dict[str, Any], ...] = ()


def layer_files(run: RunRecord) -> List[LayerFile]:
    """Return the outputs of a run that are layers and still exist, the most important first."""
    outputs = run.outputs
    legend = tuple(outputs.get("legend") or ())
    maps = _existing(outputs, _MAP_OUTPUTS, legend)
    return maps or _existing(outputs, _OTHER_OUTPUTS, legend)


def load_outputs(run: RunRecord, project: Optional[QgsProject] = None) -> List[QgsMapLayer]:
    """Add the outputs of a run to the project, styled and grouped on top; those already there are left alone.

    Returns:
        The layers of the run that are now in the project.
    """
    target = project or QgsProject.instance()
    files = layer_files(run)
    known = {_file_of(layer): layer for layer in target.mapLayers().values()}
    layers = [known[file.path] for file in files if file.path in known]
    missing = [file for file in files if file.path not in known]
    if not missing:
        return layers
    group = _group(target, run_title(run))
    for position, file in enumerate(missing):
        layer = _open(file)
        if layer is None:
            continue
        target.addMapLayer(layer, False)  # noqa: FBT003 - QGIS takes it by position
        node = group.addLayer(layer)
        is_shown = position == 0
        node.setItemVisibilityChecked(is_shown)
        node.setExpanded(is_shown)
        layers.append(layer)
    return layers


def _existing(outputs: Dict[str, Any], names: Tuple[str, ...], legend: Tuple[Dict[str, Any], ...]) -> List[LayerFile]:
    found = []
    for name in names:
        path = outputs.get(name)
        is_layer = isinstance(path, str) and path.lower().endswith(_RASTER_SUFFIXES + _VECTOR_SUFFIXES)
        if is_layer and Path(path).is_file():
            found.append(LayerFile(name, path, legend))
    return found


def _file_of(layer: QgsMapLayer) -> str:
    return layer.source().split("|")[0]


def _group(project: QgsProject, title: str) -> QgsLayerTreeGroup:
    """Make a group above the first raster or group, so that samples drawn on top stay visible."""
    root = project.layerTreeRoot()
    nodes = root.children()
    is_vector = [QgsLayerTree.isLayer(node) and isinstance(node.layer(), QgsVectorLayer) for node in nodes]
    position = is_vector.index(False) if False in is_vector else len(nodes)
    return root.insertGroup(position, title)


def _open(file: LayerFile) -> Optional[QgsMapLayer]:
    is_raster = file.path.lower().endswith(_RASTER_SUFFIXES)
    layer_type = QgsRasterLayer if is_raster else QgsVectorLayer
    name = _layer_name(file.output) or Path(file.path).stem
    layer = layer_type(file.path, name)
    if not layer.isValid():
        LOGGER.warning("%s cannot be opened as a layer.", file.path)
        return None
    _style(layer, file)
    return layer


def _style(layer: QgsMapLayer, file: LayerFile) -> None:
    if file.output == "classes":
        style_class_map(layer, file.legend)
    elif file.output == "probabilities":
        style_probabilities(layer)
    elif file.output == "uncertainty":
        style_uncertainty(layer)
    elif not isinstance(layer, QgsVectorLayer) or not style_labels(layer):
        return
    save_style_beside(layer)


def _layer_name(output: str) -> str:
    names = {
        "classes": QCoreApplication.translate("ResultLayers", "Crop map"),
        "probabilities": QCoreApplication.translate("ResultLayers", "Class probabilities"),
        "uncertainty": QCoreApplication.translate("ResultLayers", "Uncertainty"),
    }
    return names.get(output, "")
