"""Parameter definitions that several algorithms share, and the destinations that only take what we can write."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Sequence

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingOutputLayerDefinition,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterNumber,
    QgsProcessingParameterRasterDestination,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterString,
    QgsProcessingUtils,
)

STACK = "STACK"
SEED = "SEED"
DROPPED = "DROPPED"
SCHEDULER = "SCHEDULER"
INNER_BUFFER = "INNER_BUFFER"
LARGEST_BUFFER_M = 10_000.0
DEFAULT_SEED = 42
LARGEST_SEED = 2**31 - 1

VRT_EXTENSIONS = ("vrt",)
GEOTIFF_EXTENSIONS = ("tif", "tiff")
# A map as a VRT stands over GeoTIFF tiles in a folder beside it.
MAP_EXTENSIONS = (*GEOTIFF_EXTENSIONS, *VRT_EXTENSIONS)
FORMAT_NAMES = {VRT_EXTENSIONS: "VRT", GEOTIFF_EXTENSIONS: "GeoTIFF", MAP_EXTENSIONS: "GeoTIFF, VRT"}


class RasterFileDestination(QgsProcessingParameterRasterDestination):
    """A raster destination of one format, whatever the user's default raster format is."""

    def __init__(
        self,
        name: str,
        description: str,
        extensions: Sequence[str],
        *,
        optional: bool = False,
        by_default: bool = True,
    ) -> None:
        super().__init__(name, description, None, optional, by_default)
        self._extensions = tuple(extensions)

    def clone(self) -> RasterFileDestination:
        """Copy, as the modeler does with every parameter."""
        copy = RasterFileDestination(
            self.name(),
            self.description(),
            self._extensions,
            optional=bool(self.flags() & QgsProcessingParameterDefinition.Flag.FlagOptional),
            by_default=self.createByDefault(),
        )
        copy.setHelp(self.help())
        copy.setFlags(self.flags())
        copy.setDefaultValue(self.defaultValue())
        return copy

    def defaultFileExtension(self) -> str:
        """Return the extension temporary outputs get."""
        return self._extensions[0]

    def supportedOutputRasterLayerExtensions(self) -> list[str]:
        """Return the extensions that the file dialog offers."""
        return list(self._extensions)

    def createFileFilter(self) -> str:
        """Return the filter of the file dialog."""
        patterns = " ".join(f"*.{extension}" for extension in self._extensions)
        return f"{FORMAT_NAMES[self._extensions]} ({patterns})"

    def accepts(self, path: str) -> bool:
        """Return True when a path ends with one of the extensions."""
        return Path(path).suffix.lower().lstrip(".") in self._extensions


def stack_parameter(description: str, *, optional: bool = False) -> QgsProcessingParameterRasterLayer:
    """Return the dated stack parameter."""
    return QgsProcessingParameterRasterLayer(STACK, description, None, optional)


def seed_parameter(description: str) -> QgsProcessingParameterNumber:
    """Return the random seed parameter."""
    return integer_parameter(SEED, description, DEFAULT_SEED, 0)


def scheduler_parameter(description: str) -> QgsProcessingParameterString:
    """Return the Dask cluster that shares the work, empty for this machine alone."""
    return QgsProcessingParameterString(SCHEDULER, description, optional=True)


def dropped_sink(description: str) -> QgsProcessingParameterFeatureSink:
    """Return the optional table of what was left out, each with the reason."""
    kind = QgsProcessing.SourceType.TypeVector
    return QgsProcessingParameterFeatureSink(DROPPED, description, kind, optional=True, createByDefault=False)


def inner_buffer_parameter(description: str) -> QgsProcessingParameterNumber:
    """Return the distance in metres that pixels keep from a polygon's edge."""
    return real_parameter(INNER_BUFFER, description, 0.0, 0.0, LARGEST_BUFFER_M)


def integer_parameter(
    name: str, description: str, default: int, minimum: int, maximum: int = LARGEST_SEED
) -> QgsProcessingParameterNumber:
    """Return a bounded whole number parameter."""
    kind = QgsProcessingParameterNumber.Type.Integer
    return QgsProcessingParameterNumber(name, description, kind, default, False, minimum, maximum)  # noqa: FBT003


def real_parameter(
    name: str, description: str, default: float | None, minimum: float, maximum: float = 1e12
) -> QgsProcessingParameterNumber:
    """Return a bounded real number parameter; without a default it may be left empty."""
    kind = QgsProcessingParameterNumber.Type.Double
    return QgsProcessingParameterNumber(name, description, kind, default, default is None, minimum, maximum)


def choice_parameter(name: str, description: str, options: Sequence[str], default: str) -> QgsProcessingParameterEnum:
    """Return a choice whose values are words, so that scripts stay readable and survive new options."""
    return QgsProcessingParameterEnum(
        name,
        description,
        options=list(options),
        allowMultiple=False,
        defaultValue=default,
        optional=False,
        usesStaticStrings=True,
    )


def destination_text(value: Any, context: QgsProcessingContext) -> str:  # noqa: ANN401 - whatever Processing was given
    """Return a destination as text, without the side effects of resolving it; "" when it is temporary or skipped."""
    if isinstance(value, QgsProcessingOutputLayerDefinition):
        text, _ = value.sink.valueAsString(context.expressionContext())
    elif hasattr(value, "valueAsString"):
        text, _ = value.valueAsString(context.expressionContext())
    else:
        text = "" if value is None else str(value)
    is_file = text and text != "TEMPORARY_OUTPUT" and not text.startswith(("memory:", "ogr:", "postgres:"))
    return text if is_file and not text.startswith(QgsProcessingUtils.tempFolder()) else ""
