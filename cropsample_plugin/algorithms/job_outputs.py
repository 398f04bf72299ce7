"""Files a job writes, and how they become the outputs that Processing was asked for."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingParameterDefinition,
    QgsProcessingUtils,
)
from qgis.PyQt.QtCore import QCoreApplication

from cropsample_plugin.algorithms.job_inputs import job_parameter_name
from cropsample_plugin.algorithms.parameters import destination_text
from cropsample_plugin.algorithms.provenance import complete_record
from cropsample_plugin.bridge.layers import copy_to_sink
from cropsample_plugin.bridge.profile import profile_folder

if TYPE_CHECKING:
    from cropsample_plugin.algorithms.base import EngineAlgorithm

_SINK = "sink"
_RASTER = "rasterDestination"
_FILE = "fileDestination"
_FOLDER = "folderDestination"


class OutputFiles:
    """Where the job writes each output; "" for optional outputs that nobody wants.

    Attributes:
        path_by_name: output id to the file that the engine writes.
        call: what was asked for, for the records; see `describe_call`.
    """

    def __init__(self, algorithm: EngineAlgorithm, parameters: dict[str, Any], context: QgsProcessingContext) -> None:
        self._algorithm = algorithm
        self._parameters = parameters
        self._context = context
        self._definitions = algorithm.destinationParameterDefinitions()
        self.path_by_name = {item.name(): self._file_for(item) for item in self._definitions}
        self.call: dict[str, Any] = {}

    def job_parameters(self) -> dict[str, str]:
        """Return the files by the name of their job parameter."""
        named = ((job_parameter_name(self._algorithm, item), item.name()) for item in self._definitions)
        return {job_name: self.path_by_name[name] for job_name, name in named if job_name}

    def hand_over(self, outputs: dict[str, Any], feedback: QgsProcessingFeedback) -> dict[str, Any]:
        """Copy features into their sinks, complete the records, and return every output by its id."""
        command = self._algorithm.asPythonCommand(self._parameters, self._context)
        results: dict[str, Any] = {}
        wanted = {name: self._final(name) for name, path in self.path_by_name.items() if path}
        call = {**self.call, "outputs": wanted}
        for definition in self._definitions:
            name = definition.name()
            written = final = self.path_by_name[name]
            if not written:
                continue
            results[name] = written
            if definition.type() == _SINK:
                written = outputs.get(job_parameter_name(self._algorithm, definition)) or written
                results[name] = self._fill_sink(definition, written, feedback)
                final = destination_text(self._parameters.get(name), self._context)
            if final:
                complete_record(written, final, command, call)
        return results

    def _final(self, name: str) -> str:
        """Return the file the user gets, "" for a layer that is in no file."""
        if self._algorithm.parameterDefinition(name).type() != _SINK:
            return self.path_by_name[name]
        return destination_text(self._parameters.get(name), self._context)

    def _file_for(self, definition: QgsProcessingParameterDefinition) -> str:
        name = definition.name()
        if self._is_skipped(definition):
            return ""
        if definition.type() == _SINK:
            final = destination_text(self._parameters.get(name), self._context)
            if final:
                self._prepared(final)
            return QgsProcessingUtils.generateTempFilename(f"{name.lower()}.gpkg")
        if definition.type() == _RASTER:
            return self._prepared(self._algorithm.parameterAsOutputLayer(self._parameters, name, self._context))
        path = self._algorithm.parameterAsFileOutput(self._parameters, name, self._context)
        if definition.type() == _FOLDER:
            Path(path).mkdir(parents=True, exist_ok=True)
            return path
        return self._prepared(path)

    def _is_skipped(self, definition: QgsProcessingParameterDefinition) -> bool:
        optional = bool(definition.flags() & QgsProcessingParameterDefinition.Flag.FlagOptional)
        return optional and self._parameters.get(definition.name()) in (None, "")

    def _prepared(self, path: str) -> str:
        try:
            Path(path).parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise QgsProcessingException(
                _tr("The folder of '{}' cannot be made: {}. Choose another folder.").format(path, error)
            ) from error
        return path

    def _fill_sink(
        self, definition: QgsProcessingParameterDefinition, path: str, feedback: QgsProcessingFeedback
    ) -> str:
        if not Path(path).is_file():
            return ""
        try:
            return copy_to_sink(path, self._algorithm, definition.name(), self._parameters, self._context, feedback)
        except QgsProcessingException as error:
            kept = keep_in_profile(path)
            raise QgsProcessingException(
                _tr("{}\nNothing is lost: the features are in {}").format(error, kept)
            ) from error


def keep_in_profile(path: str) -> str:
    """Copy a temporary file to the profile, where it outlives QGIS, and return the copy's path."""
    folder = Path(tempfile.mkdtemp(prefix="", dir=_made(profile_folder() / "kept")))
    return shutil.copy(path, folder)


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _tr(text: str) -> str:
    return QCoreApplication.translate("OutputFiles", text)
