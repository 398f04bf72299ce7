"""The task of a Train and map run: writes the samples where the engine can read them, then runs the engine's jobs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Dict, List, Sequence

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeatureIterator,
    QgsFeatureRequest,
    QgsFeedback,
    QgsVectorLayer,
    QgsVectorLayerFeatureSource,
)
from qgis.PyQt.QtCore import Qt

from cropsample_plugin.bridge.engine_errors import EngineError
from cropsample_plugin.bridge.layers import export_features
from cropsample_plugin.bridge.task import EngineStep, EngineTask
from cropsample_plugin.gui.job_reader import Membership

FIELD_PARAMETERS = ("class_field", "weight_field", "group_field", "domain_field")


class LayerSnapshot:
    """A vector layer as it is now, edits included, readable from a worker thread."""

    def __init__(self, layer: QgsVectorLayer) -> None:
        self._source = QgsVectorLayerFeatureSource(layer)
        self._fields = layer.fields()
        self._crs = QgsCoordinateReferenceSystem(layer.crs())
        self._wkb_type = layer.wkbType()
        self._count = layer.featureCount()
        self._name = layer.name()

    def getFeatures(self, request: Any = None) -> QgsFeatureIterator:  # noqa: ANN401 - QGIS's signature
        """Return the features."""
        return self._source.getFeatures(request or QgsFeatureRequest())

    def fields(self) -> Any:  # noqa: ANN401 - QgsFields
        """Return the fields."""
        return self._fields

    def sourceCrs(self) -> QgsCoordinateReferenceSystem:
        """Return the coordinate system."""
        return self._crs

    def wkbType(self) -> Any:  # noqa: ANN401 - an enum that moved between QGIS versions
        """Return the geometry type."""
        return self._wkb_type

    def featureCount(self) -> int:
        """Return the number of features, -1 when unknown."""
        return self._count

    def sourceName(self) -> str:
        """Return the layer's name."""
        return self._name


@dataclass(frozen=True)
class Export:
    """A layer to write for the engine before it starts."""

    source: LayerSnapshot
    path: str


class TrainAndMapTask(EngineTask):
    """An engine task that first writes layers as files, in its own thread."""

    def __init__(self, membership: Membership, steps: Sequence[EngineStep], exports: Sequence[Export]) -> None:
        super().__init__(membership.title, steps)
        self._membership = membership
        self._folder = Path(membership.run_id)
        self._exports: List[Export] = list(exports)
        self._feedback = QgsFeedback()
        # Direct: noted in the worker thread, before the engine starts, so that the Jobs panel never shows it apart.
        self.step_started.connect(self._note_membership, Qt.ConnectionType.DirectConnection)

    def run(self) -> bool:
        """Write the layers, then run the steps; called by QGIS in a worker thread."""
        try:
            self._write_exports()
        except EngineError as error:
            self._error = error
            return False
        except OSError as error:
            self._error = EngineError(
                "output",
                f"The folder {self._folder} cannot be written: {error.strerror or error}.",
                "Choose another output folder.",
            )
            return False
        return super().run()

    def cancel(self) -> None:
        """Stop writing layers, or the engine."""
        self._feedback.cancel()
        super().cancel()

    def _note_membership(self, position: int) -> None:
        self._membership.write(self.step_folder(position).path)

    def _write_exports(self) -> None:
        if self._error is not None:
            return
        self._folder.mkdir(parents=True, exist_ok=True)
        for export in self._exports:
            written = export_features(export.source, export.path, self._feedback)
            self._follow_renames(export.path, written.name_by_field)

    def _follow_renames(self, path: str, name_by_field: Dict[str, str]) -> None:
        """Give the jobs the names that fields have in the file, where the user's could not be kept."""
        if not any(job.parameters.get("samples") == path for job in self._jobs):
            return
        for position, job in enumerate(self._jobs):
            fields = {key: name_by_field[job.parameters[key]] for key in FIELD_PARAMETERS if job.parameters.get(key)}
            self._jobs[position] = replace(job, parameters={**job.parameters, **fields})
