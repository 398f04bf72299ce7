"""Values of Processing parameters turned into the plain values of a job."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, Callable

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsMapLayer,
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterNumber,
    QgsProcessingUtils,
    QgsRasterLayer,
)
from qgis.PyQt.QtCore import QCoreApplication, Qt

from cropsample_plugin.algorithms.input_checks import is_gdal_name
from cropsample_plugin.algorithms.layer_dressing import palette_of
from cropsample_plugin.bridge.layers import crs_text, export_features, raster_path

if TYPE_CHECKING:
    from cropsample_plugin.algorithms.base import EngineAlgorithm


_VECTOR_TYPES = (
    QgsProcessing.SourceType.TypeVector,
    QgsProcessing.SourceType.TypeVectorAnyGeometry,
    QgsProcessing.SourceType.TypeVectorPoint,
    QgsProcessing.SourceType.TypeVectorPolygon,
)


def job_parameter_name(algorithm: EngineAlgorithm, definition: QgsProcessingParameterDefinition) -> str:
    """Return the job parameter that a Processing parameter stands for; "" when there is none."""
    return algorithm.JOB_NAMES.get(definition.name(), definition.name().lower())


class InputReader:
    """Reads parameters of every type our algorithms declare."""

    def __init__(
        self,
        algorithm: EngineAlgorithm,
        parameters: dict[str, Any],
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> None:
        self._algorithm = algorithm
        self._parameters = parameters
        self._context = context
        self._feedback = feedback
        self._name_in_file: dict[str, dict[str, str]] = {}

    def job_parameters(self) -> dict[str, Any]:
        """Return the value of every input parameter by the name of its job parameter.

        Raises:
            QgsProcessingException: an input layer cannot be used by the engine.
        """
        # Fields come last: how they are called in the exported file is known then.
        definitions = sorted(self._algorithm.parameterDefinitions(), key=lambda item: item.type() == "field")
        values = {}
        for definition in definitions:
            job_name = job_parameter_name(self._algorithm, definition)
            if job_name and not definition.isDestination():
                values[job_name] = self.read(definition)
        return values

    def value(self, name: str) -> Any:  # noqa: ANN401 - JSON value
        """Return the value of the parameter with this id."""
        return self.read(self._algorithm.parameterDefinition(name))

    def read(self, definition: QgsProcessingParameterDefinition) -> Any:  # noqa: ANN401 - JSON value
        """Return the value of a parameter as a job takes it."""
        readers: dict[str, Callable[[str], Any]] = {
            "raster": self._raster,
            "multilayer": self._rasters,
            "source": self._features,
            "number": self._number,
            "enum": self._choice,
            "field": self._field,
            "string": self._text,
            "file": self._file,
            "datetime": self._date,
            "boolean": self._boolean,
            "point": self._point,
            "crs": self._crs,
            "authcfg": self._text,
        }
        return readers[definition.type()](definition.name())

    def _raster(self, name: str) -> str:
        if self._is_empty(name):
            return ""
        if is_gdal_name(self._parameters[name]):
            return self._parameters[name]
        layer = self._algorithm.parameterAsRasterLayer(self._parameters, name, self._context)
        if layer is None:
            raise QgsProcessingException(
                _tr("The raster '{}' cannot be read. Check that the file exists and opens in QGIS.").format(
                    self._parameters[name]
                )
            )
        return engine_path(layer)

    def _rasters(self, name: str) -> list[str]:
        if self._is_empty(name):
            return []
        value = self._parameters[name]
        if self._algorithm.parameterDefinition(name).layerType() in _VECTOR_TYPES:
            items = value if isinstance(value, (list, tuple)) else [value]
            return [self._vector(name, position, item) for position, item in enumerate(items)]
        paths = []
        for item in value if isinstance(value, (list, tuple)) else [value]:
            layer = item if isinstance(item, QgsMapLayer) else None
            if layer is None and self._context.project() is not None:
                layer = self._context.project().mapLayer(str(item))
            # A file path goes to the engine as it is: it says better than QGIS why a file cannot be used.
            paths.append(engine_path(layer) if layer is not None else absolute_path(str(item)))
        return paths

    def _features(self, name: str) -> str:
        if self._is_empty(name):
            return ""
        source = self._algorithm.parameterAsSource(self._parameters, name, self._context)
        if source is None:
            raise QgsProcessingException(self._algorithm.invalidSourceError(self._parameters, name))
        path = QgsProcessingUtils.generateTempFilename(f"{name.lower()}.gpkg")
        self._name_in_file[name] = export_features(source, path, self._feedback).name_by_field
        return path

    def _vector(self, name: str, position: int, item: Any) -> str:  # noqa: ANN401 - a layer, its id or its file
        """Export one of several vector layers; the file keeps the layer's name, which tells labelers apart."""
        source = QgsProcessingUtils.variantToSource(item, self._context)
        if source is None:
            raise QgsProcessingException(
                _tr("The layer '{}' cannot be read. Check that the file exists and opens in QGIS.").format(item)
            )
        path = QgsProcessingUtils.generateTempFilename(f"{name.lower()}_{position}.gpkg")
        export_features(source, path, self._feedback)
        return path

    def vector_origin(self, name: str) -> tuple[str, list[str]]:
        """Return the file of a vector layer and the keywords of its metadata; "" and none for what is no layer."""
        layer = self._algorithm.parameterAsVectorLayer(self._parameters, name, self._context)
        if layer is None:
            return "", []
        keywords = [word for words in layer.metadata().keywords().values() for word in words]
        path = layer.source().split("|")[0]
        return (absolute_path(path) if Path(path).is_file() else ""), keywords

    def legends(self, name: str) -> list[list[tuple[int, str]]]:
        """Return values and names in the legend of a raster layer, or of each of several; [] for other rasters."""
        if self._is_empty(name):
            return []
        return [
            [(entry["class_id"], entry["name"]) for entry in palette_of(layer)]
            if isinstance(layer, QgsRasterLayer)
            else []
            for layer in self._layers(name)
        ]

    def raster_names(self, name: str) -> list[str]:
        """Return the names of the raster layers of a parameter; "" for what is no layer."""
        return [layer.name() if layer is not None else "" for layer in self._layers(name)]

    def _layers(self, name: str) -> list[QgsMapLayer | None]:
        value = self._parameters.get(name)
        items = value if isinstance(value, (list, tuple)) else [value]
        return [
            item
            if isinstance(item, QgsMapLayer)
            else QgsProcessingUtils.mapLayerFromString(str(item or ""), self._context)
            for item in items
        ]

    def layer_names(self, name: str) -> list[str]:
        """Return the name of the layer of a parameter, or of each of its layers."""
        if self._is_empty(name):
            return []
        value = self._parameters[name]
        items = value if isinstance(value, (list, tuple)) else [value]
        sources = [QgsProcessingUtils.variantToSource(item, self._context) for item in items]
        return [source.sourceName() if source is not None else "" for source in sources]

    def _field(self, name: str) -> str | list[str]:
        definition = self._algorithm.parameterDefinition(name)
        parent = definition.parentLayerParameterName()
        if definition.allowMultiple():
            names = self._algorithm.parameterAsFields(self._parameters, name, self._context)
            return [self._name_in_file.get(parent, {}).get(item, item) for item in names]
        field = self._algorithm.parameterAsString(self._parameters, name, self._context)
        return self._name_in_file.get(parent, {}).get(field, field)

    def _number(self, name: str) -> int | float | None:
        definition = self._algorithm.parameterDefinition(name)
        if self._is_empty(name) and definition.defaultValue() is None:
            return None
        if definition.dataType() == QgsProcessingParameterNumber.Type.Integer:
            return self._algorithm.parameterAsInt(self._parameters, name, self._context)
        return self._algorithm.parameterAsDouble(self._parameters, name, self._context)

    def _choice(self, name: str) -> str | list[str]:
        if self._algorithm.parameterDefinition(name).allowMultiple():
            return self._algorithm.parameterAsEnumStrings(self._parameters, name, self._context)
        return self._algorithm.parameterAsEnumString(self._parameters, name, self._context)

    def _text(self, name: str) -> str:
        return self._algorithm.parameterAsString(self._parameters, name, self._context).strip()

    def _file(self, name: str) -> str:
        text = self._algorithm.parameterAsString(self._parameters, name, self._context)
        return absolute_path(text) if text else ""

    def _date(self, name: str) -> str:
        if self._is_empty(name):
            return ""
        date = self._algorithm.parameterAsDateTime(self._parameters, name, self._context).date()
        if not date.isValid():
            raise QgsProcessingException(
                _tr("{}: '{}' is no date. Write it as 2019-03-15.").format(name, self._parameters[name])
            )
        return date.toString(Qt.DateFormat.ISODate)

    def _boolean(self, name: str) -> bool:
        return self._algorithm.parameterAsBoolean(self._parameters, name, self._context)

    def _point(self, name: str) -> str:
        """Return longitude and latitude (WGS 84) as text; "" where no point is given."""
        if self._is_empty(name):
            return ""
        degrees = QgsCoordinateReferenceSystem("EPSG:4326")
        point = self._algorithm.parameterAsPoint(self._parameters, name, self._context, degrees)
        return f"{point.x():.9f},{point.y():.9f}"

    def _crs(self, name: str) -> str:
        """Return a reference system as its code, as WKT when it has none, "" for none."""
        return crs_text(self._algorithm.parameterAsCrs(self._parameters, name, self._context))

    def _is_empty(self, name: str) -> bool:
        return self._parameters.get(name) in (None, "", [])


def engine_path(layer: QgsMapLayer) -> str:
    """Return what the engine opens to read a raster layer: a file path or a GDAL name such as ``NETCDF:"a.nc":v``.

    Raises:
        QgsProcessingException: the layer is no file that another process can read.
    """
    if not isinstance(layer, QgsRasterLayer) or layer.providerType() != "gdal" or layer.source().startswith("/vsimem/"):
        raise QgsProcessingException(
            _tr(
                "The layer '{}' is no raster file (it comes from '{}'), and the engine reads files only. "
                "Export it to a GeoTIFF first (Layer > Save As)."
            ).format(layer.name(), layer.dataProvider().name() if layer.dataProvider() else "?")
        )
    return absolute_path(raster_path(layer))


def absolute_path(source: str) -> str:
    """Return the absolute path of a file; names that are not plain files stay as they are."""
    return os.path.abspath(source) if Path(source).exists() else source  # noqa: PTH100 - keeps symbolic links


def _tr(text: str) -> str:
    return QCoreApplication.translate("InputReader", text)
