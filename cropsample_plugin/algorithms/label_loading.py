"""Results on labels shown by category when Processing loads them, wherever they were written."""

from __future__ import annotations

from qgis.core import (
    QgsMapLayer,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingLayerPostProcessorInterface,
    QgsVectorLayer,
)

from cropsample_plugin.bridge.category_styles import style_labels
from cropsample_plugin.bridge.styles import save_style_beside, style_path

# QGIS keeps a bare pointer to a post processor: these references keep the objects alive.
_KEPT_ALIVE: list[QgsProcessingLayerPostProcessorInterface] = []


class LabelStyle(QgsProcessingLayerPostProcessorInterface):
    """Styles a result on labels by category, and keeps the style beside its file."""

    def postProcessLayer(
        self,
        layer: QgsMapLayer,
        context: QgsProcessingContext,  # noqa: ARG002 - QGIS's signature
        feedback: QgsProcessingFeedback,  # noqa: ARG002 - QGIS's signature
    ) -> None:
        """Style a layer that was just added to the project; tables and other layers are left as they are."""
        if not isinstance(layer, QgsVectorLayer) or _has_own_style(layer):
            return
        # A style beside a file of several layers would be that of all of them.
        if style_labels(layer) and "|layername=" not in layer.source():
            save_style_beside(layer)


def _has_own_style(layer: QgsMapLayer) -> bool:
    """Return True where a style lies beside the file: the user's, or that of an earlier run."""
    path = style_path(layer)
    return path is not None and path.is_file()


def style_labels_on_loading(context: QgsProcessingContext) -> None:
    """Have every output that will be loaded, and has no style yet, shown by category where it is about labels."""
    for layer_id, details in context.layersToLoadOnCompletion().items():
        if details.postProcessor() is None:
            processor = LabelStyle()
            _KEPT_ALIVE.append(processor)
            context.layerToLoadOnCompletionDetails(layer_id).setPostProcessor(processor)
