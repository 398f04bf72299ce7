"""Footprints of images shown as outlines when Processing loads them, so that they hide nothing."""

from __future__ import annotations

from qgis.core import (
    QgsCategorizedSymbolRenderer,
    QgsFillSymbol,
    QgsMapLayer,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingLayerPostProcessorInterface,
    QgsRendererCategory,
    QgsVectorLayer,
)

STATUS_FIELD = "status"
USED = "used"
_USED_LINE = {"style": "no", "outline_color": "47,111,47,255", "outline_width": "0.4"}
_OTHER_LINE = {"style": "no", "outline_color": "150,150,150,255", "outline_width": "0.26", "outline_style": "dash"}

# QGIS keeps a bare pointer to a post processor: these references keep the objects alive.
_KEPT_ALIVE: list[QgsProcessingLayerPostProcessorInterface] = []


class FootprintStyle(QgsProcessingLayerPostProcessorInterface):
    """Draws used images with a green line, others with a grey one."""

    def __init__(self, used_name: str, other_name: str) -> None:
        super().__init__()
        self._names = (used_name, other_name)

    def postProcessLayer(
        self,
        layer: QgsMapLayer,
        context: QgsProcessingContext,  # noqa: ARG002 - QGIS's signature
        feedback: QgsProcessingFeedback,  # noqa: ARG002 - QGIS's signature
    ) -> None:
        """Style a layer that was just added to the project."""
        if not isinstance(layer, QgsVectorLayer) or layer.fields().lookupField(STATUS_FIELD) < 0:
            return
        used, other = self._names
        categories = [
            QgsRendererCategory(USED, QgsFillSymbol.createSimple(_USED_LINE), used),
            QgsRendererCategory(None, QgsFillSymbol.createSimple(_OTHER_LINE), other),
        ]
        layer.setRenderer(QgsCategorizedSymbolRenderer(STATUS_FIELD, categories))
        layer.triggerRepaint()


def outline_on_loading(context: QgsProcessingContext, used_name: str, other_name: str) -> None:
    """Have every output that will be loaded, and has no style yet, drawn as outlines if it holds footprints."""
    for layer_id, details in context.layersToLoadOnCompletion().items():
        if details.postProcessor() is None:
            processor = FootprintStyle(used_name, other_name)
            _KEPT_ALIVE.append(processor)
            context.layerToLoadOnCompletionDetails(layer_id).setPostProcessor(processor)
