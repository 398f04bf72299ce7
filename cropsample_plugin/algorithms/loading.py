"""What happens when Processing loads an output into the project: its style is applied, its group found."""

from __future__ import annotations

from qgis.core import (
    QgsMapLayer,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingLayerPostProcessorInterface,
    QgsProject,
)

# QGIS keeps a bare pointer to a post processor: these references keep the objects alive.
_KEPT_ALIVE: list[QgsProcessingLayerPostProcessorInterface] = []


class StyledLoading(QgsProcessingLayerPostProcessorInterface):
    """Applies the style file beside a layer and moves the layer into a group, "" for none."""

    def __init__(self, group_name: str) -> None:
        super().__init__()
        self._group_name = group_name

    def postProcessLayer(
        self, layer: QgsMapLayer, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> None:
        """Style and group a layer that was just added to the project."""
        message, loaded = layer.loadDefaultStyle()
        if not loaded:
            feedback.pushWarning(message)
        layer.triggerRepaint()
        if self._group_name and context.project() is not None:
            move_to_group(layer, self._group_name, context.project())


def style_on_loading(path: str, group_name: str, context: QgsProcessingContext) -> None:
    """Have an output styled and grouped if and when Processing loads it."""
    if not context.willLoadLayerOnCompletion(path):
        return
    processor = StyledLoading(group_name)
    _KEPT_ALIVE.append(processor)
    context.layerToLoadOnCompletionDetails(path).setPostProcessor(processor)


def do_not_load(path: str, context: QgsProcessingContext) -> None:
    """Take an output that was not made out of what Processing loads; it would tell the user of a failure."""
    loading = context.layersToLoadOnCompletion()
    if loading.pop(path, None) is not None:
        context.setLayersToLoadOnCompletion(loading)


def move_to_group(layer: QgsMapLayer, group_name: str, project: QgsProject) -> None:
    """Move a layer's entry into a group of the layer tree, made on top when there is none."""
    root = project.layerTreeRoot()
    entry = root.findLayer(layer.id())
    if entry is None:
        return
    group = root.findGroup(group_name) or root.insertGroup(0, group_name)
    if entry.parent() == group:
        return
    group.addChildNode(entry.clone())
    entry.parent().removeChildNode(entry)
