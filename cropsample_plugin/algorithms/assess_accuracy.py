"""Assess accuracy: what a reference sample proves about a map, with errors."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterField,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterRasterLayer,
)

from cropsample_plugin.algorithms.base import EngineAlgorithm
from cropsample_plugin.algorithms.design_parameters import (
    CLASS_FIELD,
    REFERENCE,
    declare_acceptance,
    declare_bootstrap,
    declare_design,
    declare_errors,
    declare_reference,
    design_problem,
    reference_field,
)
from cropsample_plugin.algorithms.job_inputs import InputReader
from cropsample_plugin.algorithms.map_frame_parameters import declare_pixel_rules
from cropsample_plugin.algorithms.parameters import choice_parameter, dropped_sink
from cropsample_plugin.algorithms.sampling_parameters import optional_text, report_destination


class AssessAccuracyAlgorithm(EngineAlgorithm):
    """Estimate accuracies and areas of a map."""

    ID = "assessaccuracy"
    GROUP_ID = "mapping"
    GUIDE = "prove_your_map"
    TAGS = (
        "error matrix",
        "confusion matrix",
        "area estimation",
        "Olofsson",
        "Stehman",
        "user's accuracy",
        "producer's accuracy",
        "confidence interval",
        "validation",
    )

    MAP = "MAP"
    LABEL_FIELDS = "LABEL_FIELDS"
    STRATA = "STRATA"
    REGIONS = "REGIONS"
    TABLE = "TABLE"
    MATRIX = "MATRIX"
    REPORT = "REPORT"
    PUBLICATION = "PUBLICATION"

    def displayName(self) -> str:
        """Return the name shown in the toolbox."""
        return self.tr("Assess accuracy")

    def shortDescription(self) -> str:
        """Return the tooltip."""
        return self.tr("Accuracies and areas of a map with standard errors and intervals, from a probability sample.")

    def description_text(self) -> str:
        """Return what the algorithm does."""
        return self.tr(
            "Compares a class map with reference samples and estimates overall, user's and producer's accuracy, F1 and "
            "the area of every class in hectares, each with standard error and confidence interval of the design by "
            "which the samples were drawn. Areas come from the reference, not from counting pixels; pixels count with "
            "their true area.\n\n"
            "Rows of the error matrix are map classes, columns reference classes. Samples that cannot be used are "
            "listed with the reason. Training samples, representative sets and proposals are refused: they prove "
            "nothing."
        )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:  # noqa: ARG002 - QGIS's signature
        """Declare parameters and outputs."""
        self.declare(
            QgsProcessingParameterRasterLayer(self.MAP, self.tr("Map")),
            self.tr("Raster of classes; of probabilities or shares together with a threshold."),
        )
        declare_pixel_rules(self)
        declare_reference(self)
        declare_design(self)
        self._declare_strata()
        self._declare_classes()
        self._declare_regions()
        declare_errors(self)
        declare_bootstrap(self)
        declare_acceptance(self)
        self._declare_outputs()

    def _declare_strata(self) -> None:
        self.declare(
            QgsProcessingParameterRasterLayer(self.STRATA, self.tr("Strata"), None, optional=True),
            self.tr("Raster of the strata the samples were drawn from, on the map's grid. Empty: the map's classes."),
        )
        self.declare(
            choice_parameter("UNSAMPLED_STRATA", self.tr("Strata without samples"), ("refuse", "leave_out"), "refuse"),
            self.tr("refuse: stop; leave_out: the estimates hold for the rest of the map, and say so."),
            advanced=True,
        )

    def _declare_classes(self) -> None:
        self.declare(
            optional_text("CLASS_NAMES", self.tr("Class names")),
            self.tr(
                "Names of map values, such as 1=maize, 5=wheat, or a CSV file with value and name; one name for more "
                "values merges them. Empty: category names, attribute table or style of the map."
            ),
        )
        self.declare(
            reference_field(self.LABEL_FIELDS, self.tr("Label fields"), multiple=True),
            self.tr("Instead of the class field: one field per labeler. Their disagreement widens the intervals."),
            advanced=True,
        )
        self.declare(
            optional_text("THRESHOLD", self.tr("Threshold")),
            self.tr(
                "For a map of probabilities or shares: from this value on it is class 1, below class 0. 'choose' takes "
                "the one with the largest F1 on the reference, and says that accuracies are optimistic then."
            ),
            advanced=True,
        )

    def _declare_regions(self) -> None:
        self.declare(
            QgsProcessingParameterFeatureSource(
                self.REGIONS, self.tr("Regions"), [QgsProcessing.SourceType.TypeVectorPolygon], optional=True
            ),
            self.tr("Polygons, such as districts, to assess one by one as well."),
        )
        self.declare(
            QgsProcessingParameterField("REGION_FIELD", self.tr("Region field"), None, self.REGIONS, optional=True),
            self.tr("Field with the names of the regions; polygons of one name are one region."),
        )

    def _declare_outputs(self) -> None:
        kind = QgsProcessing.SourceType.TypeVector
        self.declare(
            QgsProcessingParameterFeatureSink(self.TABLE, self.tr("Accuracy and areas"), kind),
            self.tr("Table with a row per region and class: accuracies and areas, errors, ends of intervals."),
        )
        self.declare(
            QgsProcessingParameterFeatureSink(self.MATRIX, self.tr("Error matrix"), kind, optional=True),
            self.tr("Table with a row per map class, columns per reference class: samples, and shares of the area."),
        )
        self.declare(
            dropped_sink(self.tr("Samples left out")), self.tr("Table of samples that were not used, with the reason.")
        )
        self.declare(
            report_destination(self.tr("Report"), self.tr("HTML files (*.html)")),
            self.tr("Tables, pictures, and how many more samples would halve the widest intervals, as a page to read."),
        )
        self.declare(
            QgsProcessingParameterFileDestination(
                self.PUBLICATION,
                self.tr("Table to print"),
                self.tr("CSV files (*.csv)"),
                None,
                optional=True,
                createByDefault=False,
            ),
            self.tr("The results as text with ± and intervals, ready for a publication."),
        )
        self.declare_numbers(
            {
                "OVERALL_ACCURACY": self.tr("overall accuracy, 0 to 1"),
                "OVERALL_ACCURACY_SE": self.tr("its standard error"),
                "OVERALL_ACCURACY_LOW": self.tr("lower end of its interval"),
                "OVERALL_ACCURACY_HIGH": self.tr("upper end of its interval"),
                "MACRO_F1": self.tr("mean of the classes' F1"),
                "TOTAL_AREA_HA": self.tr("assessed area in hectares"),
                "N_SAMPLES": self.tr("number of samples used"),
                "N_DROPPED": self.tr("number of samples left out"),
                "N_MORE_SAMPLES": self.tr("number of samples that would halve the widest interval of an area"),
                "THRESHOLD_USED": self.tr("threshold, where one was used"),
            }
        )

    def parameter_problem(self, parameters: dict[str, Any], context: QgsProcessingContext) -> str:
        """Return what is wrong with the parameters taken together, or ""."""
        if bool(parameters.get(CLASS_FIELD)) == bool(parameters.get(self.LABEL_FIELDS)):
            return self.tr("Give either the class field, or label fields of several labelers.")
        if parameters.get(self.STRATA) and parameters.get("STRATUM_FIELD"):
            return self.tr("Give strata as a raster or as a field, not both.")
        return design_problem(self, parameters, context)

    def describe_job(self, values: dict[str, Any], reader: InputReader) -> dict[str, Any]:
        """Add where the reference comes from, and the legend of the map's layer."""
        source, keywords = reader.vector_origin(REFERENCE)
        legends = reader.legends(self.MAP)
        return {
            **values,
            "reference_source": source,
            "reference_keywords": keywords,
            "layer_names": legends[0] if legends else [],
        }
