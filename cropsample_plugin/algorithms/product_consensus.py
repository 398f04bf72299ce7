"""Product consensus: where land-cover products agree on crop or no crop."""

from __future__ import annotations

from typing import Any, ClassVar

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterMultipleLayers,
    QgsProcessingParameterString,
    QgsRasterLayer,
)

from cropsample_plugin.algorithms.base import EngineAlgorithm
from cropsample_plugin.algorithms.job_inputs import InputReader
from cropsample_plugin.algorithms.job_outputs import OutputFiles
from cropsample_plugin.algorithms.label_loading import style_labels_on_loading
from cropsample_plugin.algorithms.loading import style_on_loading
from cropsample_plugin.algorithms.parameters import (
    GEOTIFF_EXTENSIONS,
    RasterFileDestination,
    integer_parameter,
    seed_parameter,
)
from cropsample_plugin.algorithms.text_lists import separated
from cropsample_plugin.bridge.category_styles import style_agreement, style_product_consensus
from cropsample_plugin.bridge.styles import save_style_beside

PRESETS = (
    "esa_worldcover, esri_lulc, dynamic_world, worldcereal, glad_cropland, copernicus_100, cdl, gfsad_gcep, lgrip, "
    "globcover, esa_cci, crop_mask"
)


class ProductConsensusAlgorithm(EngineAlgorithm):
    """Merge land-cover products into one defensible label."""

    ID = "productconsensus"
    GROUP_ID = "labelquality"
    TAGS = ("land cover", "worldcover", "dynamic world", "esri", "worldcereal", "weak labels", "agreement", "cropland")
    GUIDE = "label_quality"
    JOB_NAMES: ClassVar[dict[str, str]] = {}

    PRODUCTS = "PRODUCTS"
    CROP_VALUES = "CROP_VALUES"
    MIN_AGREEMENT = "MIN_AGREEMENT"
    PURITY_WINDOW = "PURITY_WINDOW"
    N_PER_CLASS = "N_PER_CLASS"
    CONSENSUS = "CONSENSUS"
    AGREEMENT = "AGREEMENT"
    SAMPLES = "SAMPLES"
    PAIRS = "PAIRS"

    def displayName(self) -> str:
        """Return the name shown in the toolbox."""
        return self.tr("Product consensus")

    def shortDescription(self) -> str:
        """Return the tooltip."""
        return self.tr("Finds where land-cover products agree on crop or no crop, and draws weak samples there.")

    def description_text(self) -> str:
        """Return what the algorithm does."""
        return self.tr(
            "Reads land-cover products of any legend, grid and reference system on the grid of the first one, says "
            "where they agree on crop or no crop, and draws weak samples of both where their surroundings agree as "
            "well.\n\n"
            "Products that agree may be wrong together, and where one misses most crops, unanimity leaves almost none: "
            "a warning says so. Weak samples may train a model; they are no reference for accuracy or area."
        )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:  # noqa: ARG002 - QGIS's signature
        """Declare parameters and outputs."""
        self.declare(
            QgsProcessingParameterMultipleLayers(
                self.PRODUCTS, self.tr("Land-cover products"), QgsProcessing.SourceType.TypeRaster
            ),
            self.tr("Two or more rasters, of about the same year as the imagery. The first gives the grid."),
        )
        self.declare(
            QgsProcessingParameterString(self.CROP_VALUES, self.tr("Crop values of each product")),
            self.tr(
                "What means crop in each product, in their order, with semicolons between them: values such as 40 or "
                "1-60, 66-77, a threshold such as >= 0.5, or one of {}."
            ).format(PRESETS),
        )
        self.declare(
            integer_parameter(self.MIN_AGREEMENT, self.tr("Products that must agree"), 0, 0, 100),
            self.tr("0: all of them."),
        )
        self.declare(
            integer_parameter(self.PURITY_WINDOW, self.tr("Purity window [pixels]"), 3, 1, 101),
            self.tr("Odd side of the square around a pixel that must agree with it; 1: the pixel alone."),
        )
        self.declare(
            integer_parameter(self.N_PER_CLASS, self.tr("Samples per class"), 500, 1, 1_000_000),
            self.tr("Weak samples to draw at random of each class."),
        )
        self.declare(
            seed_parameter(self.tr("Random seed")), self.tr("The same seed draws the same samples."), advanced=True
        )
        self._declare_outputs()

    def _declare_outputs(self) -> None:
        kind = QgsProcessing.SourceType.TypeVector
        self.declare(
            RasterFileDestination(self.CONSENSUS, self.tr("Consensus"), GEOTIFF_EXTENSIONS),
            self.tr("Raster: 1 crop, 0 no crop, 255 no consensus or no data."),
        )
        self.declare(
            RasterFileDestination(
                self.AGREEMENT, self.tr("Agreement"), GEOTIFF_EXTENSIONS, optional=True, by_default=False
            ),
            self.tr("Raster of two bands: how many products say crop, and how many have data."),
        )
        self.declare(
            QgsProcessingParameterFeatureSink(
                self.SAMPLES, self.tr("Weak samples"), QgsProcessing.SourceType.TypeVectorPoint, optional=True
            ),
            self.tr("Points of both classes where the products agree, with their votes."),
        )
        self.declare(
            QgsProcessingParameterFeatureSink(
                self.PAIRS, self.tr("Pairs of products"), kind, optional=True, createByDefault=False
            ),
            self.tr("Table of the agreement of every two products, with Cohen's kappa."),
        )
        self.declare_numbers(
            {
                "SHARE_AGREED": self.tr("share of the pixels with data in all products on which they agree"),
                "N_VALID": self.tr("number of pixels with data in all products"),
                "N_CROP": self.tr("number of crop pixels in the consensus"),
                "N_NON_CROP": self.tr("number of other pixels in the consensus"),
                "N_SAMPLES": self.tr("number of samples drawn"),
            }
        )

    def parameter_problem(self, parameters: dict[str, Any], context: QgsProcessingContext) -> str:
        """Return what is wrong with the parameters taken together, or ""."""
        values = separated(self.parameterAsString(parameters, self.CROP_VALUES, context), ";")
        products = parameters.get(self.PRODUCTS)
        if isinstance(products, (list, tuple)) and len(products) != len(values):
            return self.tr("{} products, but crop values of {}. Put semicolons between them.").format(
                len(products), len(values)
            )
        if self.parameterAsInt(parameters, self.PURITY_WINDOW, context) % 2 == 0:
            return self.tr("The purity window must be an odd number of pixels.")
        return ""

    def describe_job(self, values: dict[str, Any], reader: InputReader) -> dict[str, Any]:  # noqa: ARG002 - base class's signature
        """Split the crop values."""
        return {**values, "crop_values": separated(values["crop_values"], ";")}

    def before_loading(self, files: OutputFiles, outputs: dict[str, Any], context: QgsProcessingContext) -> None:
        """Style the rasters."""
        no_crop, crop = self.tr("no crop"), self.tr("crop")
        stylers = {
            self.CONSENSUS: lambda layer: style_product_consensus(layer, no_crop, crop),
            self.AGREEMENT: lambda layer: style_agreement(layer, outputs["n_products"], self.tr("{} of {} say crop")),
        }
        for name, style in stylers.items():
            path = files.path_by_name[name]
            if path:
                layer = QgsRasterLayer(path, "")
                style(layer)
                save_style_beside(layer)
                style_on_loading(path, self.displayName(), context)

    def postProcessAlgorithm(self, context: QgsProcessingContext, feedback: Any) -> dict[str, Any]:  # noqa: ANN401, ARG002 - QGIS
        """Let the samples be shown by category when they are loaded."""
        style_labels_on_loading(context)
        return {}
