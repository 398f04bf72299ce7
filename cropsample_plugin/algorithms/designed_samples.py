"""Algorithms whose samples say, in metadata that travel with them, how they were drawn."""

from __future__ import annotations

from typing import Any, ClassVar

from qgis.core import QgsProcessingContext, QgsProcessingFeedback, QgsVectorLayer

from cropsample_plugin.algorithms.base import EngineAlgorithm
from cropsample_plugin.algorithms.job_outputs import OutputFiles
from cropsample_plugin.algorithms.strata_loading import style_strata_on_loading
from cropsample_plugin.bridge.layers import layer_named
from cropsample_plugin.bridge.sample_designs import write_design


class DesignedSamplesAlgorithm(EngineAlgorithm):
    """An algorithm that draws samples.

    Attributes:
        SAMPLES_OUTPUT: the output that holds them.
        STYLE_FIELDS: outputs are coloured by the first of these fields that they have.
    """

    SAMPLES_OUTPUT: ClassVar[str] = "OUTPUT"
    STYLE_FIELDS: ClassVar[tuple[str, ...]] = ("stratum",)

    def __init__(self) -> None:
        super().__init__()
        self._samples = ""
        self._said: dict[str, Any] = {}

    def hand_over(self, files: OutputFiles, outputs: dict[str, Any], feedback: QgsProcessingFeedback) -> dict[str, Any]:
        """Return the outputs and keep what the job says of the design."""
        results = super().hand_over(files, outputs, feedback)
        self._samples, self._said = results.get(self.SAMPLES_OUTPUT) or "", outputs
        return results

    def postProcessAlgorithm(self, context: QgsProcessingContext, feedback: QgsProcessingFeedback) -> dict[str, Any]:  # noqa: ARG002 - QGIS
        """Write the design into the samples' metadata, and let layers be coloured when they are loaded."""
        layer = layer_named(self._samples, context) if self._samples else None
        if isinstance(layer, QgsVectorLayer):
            is_probability = bool(self._said["probability_sample"])
            write_design(layer, self._said["design"], self._said["statement"], is_probability=is_probability)
        style_strata_on_loading(context, self.STYLE_FIELDS)
        return {}
