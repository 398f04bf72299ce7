"""Refine map: a class map and its probabilities made better by neighbours, objects, rules and a smallest unit."""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterField,
    QgsProcessingParameterMultipleLayers,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterString,
    QgsRasterLayer,
)

from cropsample_plugin.algorithms.base import EngineAlgorithm
from cropsample_plugin.algorithms.job_inputs import InputReader
from cropsample_plugin.algorithms.job_outputs import OutputFiles
from cropsample_plugin.algorithms.loading import style_on_loading
from cropsample_plugin.algorithms.parameters import (
    GEOTIFF_EXTENSIONS,
    RasterFileDestination,
    choice_parameter,
    integer_parameter,
    real_parameter,
)
from cropsample_plugin.bridge.styles import save_style_beside, style_class_map, style_probabilities

CONNECTIVITIES = ("4", "8")
ZERO_TREATMENTS = ("ask", "class", "outside")
LARGEST_WINDOW_PX = 101
LARGEST_UNIT_HA = 100_000.0
LARGEST_VALUE = 65535


class RefineMapAlgorithm(EngineAlgorithm):
    """Refine a map."""

    ID = "refinemap"
    GROUP_ID = "mapping"
    GUIDE = "map_a_country"
    TAGS = ("smooth", "sieve", "majority", "minimum mapping unit", "post-processing", "salt and pepper", "filter")
    JOB_NAMES: ClassVar[dict[str, str]] = {
        "CLASSES": "map_classes",
        "PROBABILITIES": "map_probabilities",
        "SMOOTHING": "window",
        "OUTPUT": "classes",
        "OUTPUT_PROBABILITIES": "probabilities",
    }

    CLASSES = "CLASSES"
    PROBABILITIES = "PROBABILITIES"
    RULE_LAYERS = "RULE_LAYERS"
    OUTPUT = "OUTPUT"
    OUTPUT_PROBABILITIES = "OUTPUT_PROBABILITIES"

    def displayName(self) -> str:
        """Return the name shown in the toolbox."""
        return self.tr("Refine map")

    def shortDescription(self) -> str:
        """Return the tooltip."""
        return self.tr("Smooths a map, gives objects one class, applies rules and a minimum mapping unit.")

    def description_text(self) -> str:
        """Return what the algorithm does."""
        return self.tr(
            "Makes a finished map better, in this order: Bayesian smoothing of the probabilities in a neighbourhood, "
            "one class for each object or parcel, rules from other layers, and the minimum mapping unit.\n\n"
            "Classes and probabilities stay consistent: probabilities add up to one and the class is the most probable "
            "one. Nodata and unclassified pixels stay as they are, and what a rule decides stays so. With a reference, "
            "the accuracy before and after is told."
        )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:  # noqa: ARG002 - QGIS's signature
        """Declare parameters and outputs."""
        self._declare_map()
        self._declare_smoothing()
        self._declare_knowledge()
        self._declare_outside()
        self._declare_outputs()

    def _declare_map(self) -> None:
        self.declare(
            QgsProcessingParameterRasterLayer(self.CLASSES, self.tr("Class map"), None, optional=True),
            self.tr("A map written by 'Predict map', or any raster of classes."),
        )
        self.declare(
            QgsProcessingParameterRasterLayer(self.PROBABILITIES, self.tr("Probabilities"), None, optional=True),
            self.tr("The probabilities of the same map, one band per class. Needed for smoothing."),
        )

    def _declare_smoothing(self) -> None:
        self.declare(
            integer_parameter("SMOOTHING", self.tr("Smoothing window [pixels]"), 0, 0, LARGEST_WINDOW_PX),
            self.tr("Side of the neighbourhood, an odd number such as 7. 0: no smoothing."),
        )
        self.declare(
            real_parameter("SMOOTHNESS", self.tr("Smoothness"), 20.0, 0.01, 1000.0),
            self.tr("Variance of the noise in log-odds: larger values trust the neighbours more."),
            advanced=True,
        )
        self.declare(
            real_parameter("NEIGHBOUR_SHARE", self.tr("Share of neighbours"), 0.5, 0.01, 1.0),
            self.tr("Share of the neighbours, those most in favour of a class, that speak for it. 1: all of them."),
            advanced=True,
        )

    def _declare_knowledge(self) -> None:
        polygon = [QgsProcessing.SourceType.TypeVectorPolygon]
        self.declare(
            QgsProcessingParameterFeatureSource("OBJECTS", self.tr("Objects or parcels"), polygon, optional=True),
            self.tr("Polygons whose pixels all get one class: the most probable one, or that of the majority."),
        )
        self.declare(
            QgsProcessingParameterMultipleLayers(
                self.RULE_LAYERS, self.tr("Layers for rules"), QgsProcessing.SourceType.TypeRaster, optional=True
            ),
            self.tr("Rasters such as slope or water, on any grid; rules call them by the names of their files."),
        )
        self.declare(
            QgsProcessingParameterString("RULES", self.tr("Rules"), multiLine=True, optional=True),
            self.tr("One a line: slope > 30 -> grass, or: rice, maize: water[1] >= 1 -> water. Later rules win."),
        )
        self.declare(
            real_parameter("MIN_MAPPING_UNIT", self.tr("Minimum mapping unit [ha]"), 0.0, 0.0, LARGEST_UNIT_HA),
            self.tr("Smaller patches join the neighbour with the longest common border. 0: any size."),
        )
        self.declare(
            choice_parameter("CONNECTIVITY", self.tr("Connectivity"), CONNECTIVITIES, CONNECTIVITIES[0]),
            self.tr("4: pixels of a patch share an edge; 8: a corner is enough."),
            advanced=True,
        )
        self.declare(
            QgsProcessingParameterFeatureSource(
                "REFERENCE", self.tr("Reference points"), [QgsProcessing.SourceType.TypeVectorPoint], optional=True
            ),
            self.tr("Labeled points that did not train the model: the accuracy before and after is told."),
        )
        self.declare(
            QgsProcessingParameterField(
                "CLASS_FIELD", self.tr("Class field"), parentLayerParameterName="REFERENCE", optional=True
            ),
            self.tr("Field of the reference that holds the class, by name or number."),
        )

    def _declare_outside(self) -> None:
        self.declare(
            choice_parameter("ZERO", self.tr("Pixels of value 0"), ZERO_TREATMENTS, ZERO_TREATMENTS[0]),
            self.tr("class: a class like any other; outside: kept as they are; ask: stop when there are any."),
            advanced=True,
        )
        self.declare(
            QgsProcessingParameterString("UNCLASSIFIED_VALUES", self.tr("Unclassified values"), optional=True),
            self.tr("Values that mean 'not classified', separated by commas; such pixels stay as they are."),
            advanced=True,
        )
        self.declare(
            real_parameter("NODATA_VALUE", self.tr("Nodata value"), None, 0.0, LARGEST_VALUE),
            self.tr("Value that means nodata. Empty: as the map says."),
            advanced=True,
        )

    def _declare_outputs(self) -> None:
        self.declare(
            RasterFileDestination(self.OUTPUT, self.tr("Refined classes"), GEOTIFF_EXTENSIONS),
            self.tr("Class of each pixel, with class names and colours; a GeoTIFF."),
        )
        self.declare(
            RasterFileDestination(
                self.OUTPUT_PROBABILITIES,
                self.tr("Refined probabilities"),
                GEOTIFF_EXTENSIONS,
                optional=True,
                by_default=False,
            ),
            self.tr("One band per class with its probability, 0 to 1; a GeoTIFF."),
        )
        self.declare_numbers(
            {
                "SHARE_CHANGED": self.tr("share of the pixels whose class changed"),
                "ACCURACY_BEFORE": self.tr("share of the reference points mapped right before"),
                "ACCURACY_AFTER": self.tr("share of the reference points mapped right after"),
            }
        )

    def parameter_problem(self, parameters: dict[str, Any], context: QgsProcessingContext) -> str:  # noqa: ARG002
        """Return why there is nothing to refine, or ""."""
        if not parameters.get(self.CLASSES) and not parameters.get(self.PROBABILITIES):
            return self.tr("Give a class map, probabilities, or both.")
        return ""

    def describe_job(self, values: dict[str, Any], reader: InputReader) -> dict[str, Any]:  # noqa: ARG002
        """Name the layers of rules by their files."""
        return {**values, "rule_names": [Path(path).stem for path in values["rule_layers"]]}

    def before_loading(self, files: OutputFiles, outputs: dict[str, Any], context: QgsProcessingContext) -> None:
        """Write the style beside each map and let it be applied on loading."""
        stylers = {
            self.OUTPUT: lambda layer: style_class_map(layer, outputs["legend"]),
            self.OUTPUT_PROBABILITIES: style_probabilities,
        }
        for name, style in stylers.items():
            path = files.path_by_name[name]
            if path:
                layer = QgsRasterLayer(path, name)
                style(layer)
                save_style_beside(layer)
                style_on_loading(path, self.tr("Crop map"), context)
