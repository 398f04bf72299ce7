"""Object stratification: from a stack or parcels to field-like objects and kinds of them."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
    QgsRasterLayer,
)

from cropsample_plugin.algorithms.base import EngineAlgorithm
from cropsample_plugin.algorithms.job_outputs import OutputFiles
from cropsample_plugin.algorithms.loading import do_not_load, style_on_loading
from cropsample_plugin.algorithms.parameters import (
    GEOTIFF_EXTENSIONS,
    RasterFileDestination,
    choice_parameter,
    integer_parameter,
    real_parameter,
    scheduler_parameter,
    seed_parameter,
    stack_parameter,
)
from cropsample_plugin.algorithms.strata_loading import style_strata_on_loading
from cropsample_plugin.bridge.styles import save_style_beside, style_class_map

_RASTER_OPACITY = 0.5

CRITERIA = ("silhouette", "calinski_harabasz")


class ObjectStratificationAlgorithm(EngineAlgorithm):
    """Segment a stack, or take parcels, and group the objects into strata."""

    ID = "objectstratification"
    GROUP_ID = "sampling"
    GUIDE = "sampling"
    TAGS = ("segmentation", "SLIC", "clustering", "k-means", "strata", "parcels", "RESSOS")

    STACK = "STACK"
    PARCELS = "PARCELS"
    OBJECT_SIZE = "OBJECT_SIZE"
    MIN_OBJECT_SIZE = "MIN_OBJECT_SIZE"
    COMPACTNESS = "COMPACTNESS"
    N_STRATA = "N_STRATA"
    CRITERION = "CRITERION"
    MAX_MISSING_SHARE = "MAX_MISSING_SHARE"
    OBJECTS = "OBJECTS"
    STRATA = "STRATA"
    N_OBJECTS = "N_OBJECTS"

    def displayName(self) -> str:
        """Return the name shown in the toolbox."""
        return self.tr("Object stratification")

    def shortDescription(self) -> str:
        """Return the tooltip."""
        return self.tr("Finds field-like objects and groups them into kinds, the strata to sample from.")

    def description_text(self) -> str:
        """Return what the algorithm does."""
        return self.tr(
            "Divides a dated stack, or any raster whose bands are features, into field-like objects, averages the "
            "features of each, and groups the objects into strata by k-means. Parcels, when given, are the objects; "
            "parcels that carry a series in their fields need no stack.\n\n"
            "Pixels without enough values belong to no object, so clouds and nodata never form a stratum. Areas are "
            "true areas in any reference system. Rasters of any size are worked on tile by tile."
        )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:  # noqa: ARG002 - QGIS's signature
        """Declare parameters and outputs."""
        self._declare_input()
        self._declare_segments()
        self._declare_strata()
        self._declare_outputs()

    def _declare_input(self) -> None:
        self.declare(
            stack_parameter(self.tr("Dated stack or feature raster"), optional=True),
            self.tr("Raster to divide into objects, and whose values tell kinds of objects apart."),
        )
        self.declare(
            QgsProcessingParameterFeatureSource(
                self.PARCELS, self.tr("Parcels"), [QgsProcessing.SourceType.TypeVectorPolygon], optional=True
            ),
            self.tr("Polygons that are the objects. Empty: the raster is segmented."),
        )

    def _declare_segments(self) -> None:
        self.declare(
            integer_parameter(self.OBJECT_SIZE, self.tr("Object size [pixels]"), 100, 4, 1_000_000),
            self.tr("About how many pixels an object has; a little less than a usual field is a good choice."),
        )
        self.declare(
            integer_parameter(self.MIN_OBJECT_SIZE, self.tr("Smallest object [pixels]"), 9, 1, 1_000_000),
            self.tr("Smaller pieces join the neighbour with the longest common border."),
            advanced=True,
        )
        self.declare(
            real_parameter(self.COMPACTNESS, self.tr("Compactness"), 0.1, 0.0, 100.0),
            self.tr("How much compact shape counts against likeness of the series."),
            advanced=True,
        )
        self.declare(
            real_parameter(self.MAX_MISSING_SHARE, self.tr("Largest share of missing values"), 0.5, 0.0, 1.0),
            self.tr("Pixels of whose values more are missing belong to no object."),
            advanced=True,
        )
        self.declare(
            scheduler_parameter(self.tr("Dask scheduler")),
            self.tr(
                "A Dask cluster that shares the segmentation, as tcp://host:8786 or a scheduler file; local:2 for two "
                "processes of this machine. Empty: this machine alone. The objects are the same."
            ),
            advanced=True,
        )

    def _declare_strata(self) -> None:
        self.declare(
            integer_parameter(self.N_STRATA, self.tr("Number of strata"), 0, 0, 250),
            self.tr("0: the number between 6 and 20 with the best criterion."),
        )
        self.declare(
            choice_parameter(self.CRITERION, self.tr("Criterion"), CRITERIA, CRITERIA[0]),
            self.tr("How the number of strata is chosen."),
            advanced=True,
        )
        self.declare(
            seed_parameter(self.tr("Random seed")), self.tr("The same seed gives the same strata."), advanced=True
        )

    def _declare_outputs(self) -> None:
        self.declare(
            QgsProcessingParameterFeatureSink(
                self.OBJECTS, self.tr("Objects"), QgsProcessing.SourceType.TypeVectorPolygon
            ),
            self.tr("Polygons with object_id, stratum, area_ha and one field per feature."),
        )
        self.declare(
            RasterFileDestination(self.STRATA, self.tr("Strata"), GEOTIFF_EXTENSIONS, optional=True),
            self.tr("The strata as a raster; only when a raster is given."),
        )
        self.declare_numbers(
            {
                self.N_OBJECTS: self.tr("number of objects"),
                self.N_STRATA: self.tr("number of strata"),
            }
        )

    def parameter_problem(self, parameters: dict[str, Any], context: QgsProcessingContext) -> str:  # noqa: ARG002 - base
        """Return what is wrong with the inputs taken together, or ""."""
        if not parameters.get(self.STACK) and not parameters.get(self.PARCELS):
            return self.tr("Give a raster, parcels, or both.")
        return ""

    def before_loading(self, files: OutputFiles, outputs: dict[str, Any], context: QgsProcessingContext) -> None:
        """Style the raster and let both outputs be styled on loading."""
        path = outputs.get("strata")
        if path:
            layer = QgsRasterLayer(path, self.STRATA)
            style_class_map(layer, outputs["legend"])
            layer.renderer().setOpacity(_RASTER_OPACITY)
            save_style_beside(layer)
            style_on_loading(path, self.tr("Strata"), context)
        else:
            do_not_load(files.path_by_name[self.STRATA], context)
            files.path_by_name[self.STRATA] = ""

    def postProcessAlgorithm(self, context: QgsProcessingContext, feedback: Any) -> dict[str, Any]:  # noqa: ANN401, ARG002 - QGIS
        """Let the objects be shown by stratum when they are loaded."""
        style_strata_on_loading(context)
        return {}
