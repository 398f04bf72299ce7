"""Evaluate representativeness: what an existing sample set stands for, what it misses, what to add."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
)

from cropsample_plugin.algorithms.designed_samples import DesignedSamplesAlgorithm
from cropsample_plugin.algorithms.parameters import choice_parameter, integer_parameter, seed_parameter
from cropsample_plugin.algorithms.sampling_parameters import (
    CRI_VERSION,
    CRI_VERSIONS,
    component_numbers,
    objects_source,
    report_destination,
    stratum_field,
)


class EvaluateRepresentativenessAlgorithm(DesignedSamplesAlgorithm):
    """Score samples that exist and show what they miss."""

    ID = "evaluaterepresentativeness"
    GROUP_ID = "sampling"
    SAMPLES_OUTPUT = "ADDITIONAL"
    STYLE_FIELDS = ("stratum_status", "stratum")
    GUIDE = "sampling"
    TAGS = ("CRI", "bias", "crowdsourcing", "coverage", "gaps")

    SAMPLES = "SAMPLES"
    N_ADDITIONAL = "N_ADDITIONAL"
    UNDERREPRESENTED = "UNDERREPRESENTED"
    ADDITIONAL = "ADDITIONAL"
    N_UNDERREPRESENTED = "N_UNDERREPRESENTED"

    def displayName(self) -> str:
        """Return the name shown in the toolbox."""
        return self.tr("Evaluate representativeness")

    def shortDescription(self) -> str:
        """Return the tooltip."""
        return self.tr("Says how well existing samples represent all fields, what they miss, and what to add.")

    def description_text(self) -> str:
        """Return what the algorithm does."""
        return self.tr(
            "Computes the representativeness index (CRI) of samples that exist, crowdsourced ones for example, marks "
            "the fields and strata that are under- or over-represented, and names the fields that would improve the "
            "set most. Several samples in one field count once."
        )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:  # noqa: ARG002 - QGIS's signature
        """Declare parameters and outputs."""
        anything = [QgsProcessing.SourceType.TypeVectorAnyGeometry]
        self.declare(
            QgsProcessingParameterFeatureSource(self.SAMPLES, self.tr("Samples"), anything),
            self.tr("Samples in any CRS; those outside every object are ignored, and counted."),
        )
        self.declare(
            objects_source(self.tr("Objects")),
            self.tr("Fields made by 'Object stratification', or any layer with series or numbers in its fields."),
        )
        self.declare(
            stratum_field(self.tr("Stratum field")),
            self.tr("Field with the kind of each object; without it strata are made."),
            advanced=True,
        )
        self.declare(
            integer_parameter(self.N_ADDITIONAL, self.tr("Number of additional samples"), 10, 0, 100_000),
            self.tr("How many fields to propose that would improve the set most."),
        )
        self.declare(
            choice_parameter(CRI_VERSION, self.tr("Version of the index"), CRI_VERSIONS, CRI_VERSIONS[0]),
            self.tr("current: the one that the evidence supports; first: the earlier one, for comparison."),
            advanced=True,
        )
        self.declare(
            seed_parameter(self.tr("Random seed")), self.tr("The same seed gives the same proposals."), advanced=True
        )
        self._declare_outputs()

    def _declare_outputs(self) -> None:
        self.declare(
            QgsProcessingParameterFeatureSink(self.UNDERREPRESENTED, self.tr("Representation of the objects")),
            self.tr("Every object: status of its stratum, how unlike its nearest sample it is, and which one that is."),
        )
        self.declare(
            QgsProcessingParameterFeatureSink(
                self.ADDITIONAL, self.tr("Additional samples"), QgsProcessing.SourceType.TypeVectorPoint, optional=True
            ),
            self.tr("The fields that would improve the set most, best first."),
        )
        self.declare(
            report_destination(self.tr("Report"), self.tr("HTML files (*.html)")),
            self.tr("The index, its components, comparison with other sets, and maps, as a page to read."),
        )
        self.declare_numbers(
            {
                **component_numbers(self.tr),
                self.N_UNDERREPRESENTED: self.tr("number of objects that are hardly represented"),
                "CRI_WITH_ADDITIONAL": self.tr("index with the additional samples"),
            }
        )
