"""Objects and samples shown by stratum when Processing loads them."""

from __future__ import annotations

from qgis.core import (
    QgsMapLayer,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingLayerPostProcessorInterface,
    QgsVectorLayer,
)

from cropsample_plugin.bridge.styles import style_samples

# QGIS keeps a bare pointer to a post processor: these references keep the objects alive.
_KEPT_ALIVE: list[QgsProcessingLayerPostProcessorInterface] = []


class StratumStyle(QgsProcessingLayerPostProcessorInterface):
    """Colours a layer by one of some fields, the first that it has."""

    def __init__(self, fields: tuple[str, ...]) -> None:
        super().__init__()
        self._fields = fields

    def postProcessLayer(
        self,
        layer: QgsMapLayer,
        context: QgsProcessingContext,  # noqa: ARG002 - QGIS's signature
        feedback: QgsProcessingFeedback,  # noqa: ARG002 - QGIS's signature
    ) -> None:
        """Style a layer that was just added to the project."""
        if not isinstance(layer, QgsVectorLayer):
            return
        for field in self._fields:
            if layer.fields().lookupField(field) >= 0:
                style_samples(layer, field)
                layer.triggerRepaint()
                return


def style_strata_on_loading(context: QgsProcessingContext, fields: tuple[str, ...] = ("stratum",)) -> None:
    """Have every vector output that will be loaded, and has no style yet, coloured by a field."""
    for layer_id, details in context.layersToLoadOnCompletion().items():
        if details.postProcessor() is None:
            processor = StratumStyle(fields)
            _KEPT_ALIVE.append(processor)
            context.layerToLoadOnCompletionDetails(layer_id).setPostProcessor(processor)
