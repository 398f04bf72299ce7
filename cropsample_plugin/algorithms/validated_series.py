"""What the algorithms that validate on places, parcels or years ask for: what is held out, and how far apart."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsProcessingContext, QgsProcessingParameterField, QgsProcessingParameterPoint

from cropsample_plugin.algorithms.labeled_series import LabeledSeriesAlgorithm
from cropsample_plugin.algorithms.parameters import choice_parameter, integer_parameter, real_parameter

PROTOCOLS = (
    "spatial_blocks",
    "parcel_groups",
    "leave_one_year_out",
    "leave_one_region_out",
    "distance",
    "k_fold",
)
_WIDEST_KM = 5000.0
DESIGN_JOB_NAMES = {"BLOCK_SIZE": "block_size_km", "GAP": "gap_km", "DISTANCE": "distance_km"}


class ValidatedSeriesAlgorithm(LabeledSeriesAlgorithm):
    """An algorithm that learns from a part of labeled series and scores on another."""

    PROTOCOL = "PROTOCOL"
    N_FOLDS = "N_FOLDS"
    BLOCK_SIZE = "BLOCK_SIZE"
    GAP = "GAP"
    YEAR_FIELD = "YEAR_FIELD"
    REGION_FIELD = "REGION_FIELD"
    START_POINT = "START_POINT"
    DISTANCE = "DISTANCE"

    def declare_held_out(self) -> None:
        """Declare what is held out and the number of folds."""
        self.declare(
            choice_parameter(self.PROTOCOL, self.tr("What is held out"), PROTOCOLS, PROTOCOLS[0]),
            self.tr(
                "spatial_blocks: blocks of land; parcel_groups: whole parcels; leave_one_year_out and "
                "leave_one_region_out: each in turn; distance: all beyond a distance from the starting point; k_fold: "
                "random samples, which flatters."
            ),
        )
        self.declare(
            integer_parameter(self.N_FOLDS, self.tr("Number of folds"), 5, 2, 50),
            self.tr("Folds of spatial blocks, parcel groups and random samples."),
        )

    def declare_design(self) -> None:
        """Declare what the designs need: widths, fields, starting point."""
        self.declare(
            real_parameter(self.BLOCK_SIZE, self.tr("Width of blocks [kilometres]"), 0.0, 0.0, _WIDEST_KM),
            self.tr("0: the distance up to which series are alike, from their variogram."),
        )
        self.declare(
            real_parameter(self.GAP, self.tr("Gap [kilometres]"), 0.0, 0.0, _WIDEST_KM),
            self.tr("Training samples nearer than this to a test sample are left out."),
            advanced=True,
        )
        self.declare(
            QgsProcessingParameterField(self.YEAR_FIELD, self.tr("Year field"), None, self.SAMPLES, optional=True),
            self.tr("Field with the year or date of each sample, for leave_one_year_out."),
        )
        self.declare(
            QgsProcessingParameterField(self.REGION_FIELD, self.tr("Region field"), None, self.SAMPLES, optional=True),
            self.tr("Field with the region of each sample, for leave_one_region_out."),
        )
        self.declare(
            QgsProcessingParameterPoint(self.START_POINT, self.tr("Starting point"), optional=True),
            self.tr("Where a survey starts from, for 'distance': click on the map, or write 'x,y [EPSG:4326]'."),
            advanced=True,
        )
        self.declare(
            real_parameter(self.DISTANCE, self.tr("Distance [kilometres]"), 30.0, 0.0, _WIDEST_KM),
            self.tr("'distance' trains on samples within it and tests on all others."),
            advanced=True,
        )

    def parameter_problem(self, parameters: dict[str, Any], context: QgsProcessingContext) -> str:
        """Return what is wrong with the parameters taken together, or ""."""
        protocol = self.parameterAsEnumString(parameters, self.PROTOCOL, context)
        needed = {
            "leave_one_year_out": self.YEAR_FIELD,
            "leave_one_region_out": self.REGION_FIELD,
            "distance": self.START_POINT,
        }.get(protocol, "")
        if needed and not parameters.get(needed):
            label = self.parameterDefinition(needed).description()
            return self.tr("{}: '{}' needs it. Fill it in, or hold out something else.").format(label, protocol)
        return super().parameter_problem(parameters, context)
