"""Imagery from a STAC catalogue: an area and a season become a dated stack."""

from __future__ import annotations

from typing import Any, ClassVar

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingParameterAuthConfig,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterCrs,
    QgsProcessingParameterDateTime,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterString,
    QgsRasterLayer,
)

from cropsample_plugin.algorithms.base import EngineAlgorithm
from cropsample_plugin.algorithms.footprint_loading import outline_on_loading
from cropsample_plugin.algorithms.job_inputs import InputReader
from cropsample_plugin.algorithms.job_outputs import OutputFiles
from cropsample_plugin.algorithms.loading import style_on_loading
from cropsample_plugin.algorithms.parameters import (
    VRT_EXTENSIONS,
    RasterFileDestination,
    choice_parameter,
    integer_parameter,
    real_parameter,
)
from cropsample_plugin.algorithms.text_lists import comma_separated
from cropsample_plugin.bridge.catalogue_names import catalogue_address, catalogue_names, own_list_path
from cropsample_plugin.bridge.styles import save_style_beside, style_picture
from cropsample_plugin.bridge.web_access import WebSecrets, proxy_environment, web_secrets

RESAMPLING_METHODS = ("bilinear", "nearest", "cubic", "average", "mode")
MOSAIC_RULES = ("least_cloudy", "first", "last")
DAY_RULES = ("solar", "utc")
# Processing imports it only where there are windows.
CATALOGUE_WIDGET = "cropsample_plugin.gui.catalogue_widget.CatalogueWidgetWrapper"
LARGEST_PIXEL = 1e6
LONGEST_TIMEOUT_S = 3600.0
MOST_RETRIES = 50


class StacTimeSeriesAlgorithm(EngineAlgorithm):
    """Make a dated stack of the images that a catalogue lists."""

    ID = "stactimeseries"
    GROUP_ID = "timeseries"
    TAGS = ("download", "catalogue", "catalog", "sentinel-2", "landsat", "cog", "satellite images", "search")
    GUIDE = "imagery"
    JOB_NAMES: ClassVar[dict[str, str]] = {
        "RESOLUTION": "pixel_size",
        "MOSAIC": "mosaic_rule",
        "DAY": "day_rule",
        "TIMEOUT": "timeout_s",
        "LARGEST_DOWNLOAD": "largest_gb",
        "AUTHENTICATION": "",
    }

    CATALOGUE = "CATALOGUE"
    COLLECTION = "COLLECTION"
    AREA = "AREA"
    START_DATE = "START_DATE"
    END_DATE = "END_DATE"
    BANDS = "BANDS"
    MASK_BAND = "MASK_BAND"
    MAX_CLOUD = "MAX_CLOUD"
    DOWNLOAD = "DOWNLOAD"
    RESOLUTION = "RESOLUTION"
    CRS = "CRS"
    RESAMPLING = "RESAMPLING"
    MOSAIC = "MOSAIC"
    DAY = "DAY"
    AUTHENTICATION = "AUTHENTICATION"
    HEADERS = "HEADERS"
    RETRIES = "RETRIES"
    TIMEOUT = "TIMEOUT"
    LARGEST_DOWNLOAD = "LARGEST_DOWNLOAD"
    RESUME = "RESUME"
    OUTPUT = "OUTPUT"
    ITEMS = "ITEMS"
    N_DATES = "N_DATES"
    N_ITEMS = "N_ITEMS"
    N_DROPPED = "N_DROPPED"

    def displayName(self) -> str:
        """Return the name shown in the toolbox."""
        return self.tr("Imagery from a STAC catalogue")

    def shortDescription(self) -> str:
        """Return the tooltip."""
        return self.tr("Finds and downloads the satellite images of an area and a season as one dated stack.")

    def description_text(self) -> str:
        """Return what the algorithm does."""
        return self.tr(
            "Finds the images that a STAC catalogue lists for an area and a season and makes one dated stack of them, "
            "ready for 'Composite time series' with its cloud mask. Granules of one day become one image, other UTM "
            "zones are warped to one grid, versions of a scene count once, and offsets that differ between images "
            "(Sentinel-2 before and after 2022) are made equal.\n\n"
            "Only the area's part of each image is transferred. Started again after an interruption, a download "
            "continues where it was. QGIS's proxy settings are used."
        )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:  # noqa: ARG002 - QGIS's signature
        """Declare parameters and outputs."""
        self._declare_search()
        self._declare_images()
        self._declare_grid()
        self._declare_network()
        self.declare(
            RasterFileDestination(self.OUTPUT, self.tr("Dated stack"), VRT_EXTENSIONS),
            self.tr("The dated stack, a .vrt file; downloaded images lie in a folder beside it."),
        )
        self.declare(
            QgsProcessingParameterFeatureSink(
                self.ITEMS, self.tr("Images found"), QgsProcessing.SourceType.TypeVectorPolygon, optional=True
            ),
            self.tr("Footprint of every image that the catalogue lists: used, or left out and why."),
        )
        self.declare_numbers(
            {
                self.N_DATES: self.tr("number of dates"),
                self.N_ITEMS: self.tr("number of images used"),
                self.N_DROPPED: self.tr("number of images left out"),
            }
        )

    def _declare_search(self) -> None:
        names = catalogue_names()
        catalogue = QgsProcessingParameterString(self.CATALOGUE, self.tr("Catalogue"), names[0])
        catalogue.setMetadata({"widget_wrapper": {"class": CATALOGUE_WIDGET}})
        self.declare(
            catalogue,
            self.tr("Name of a known catalogue ({}), or the address (https://...) of any other STAC API.").format(
                ", ".join(names)
            ),
        )
        self.declare(
            QgsProcessingParameterString(self.COLLECTION, self.tr("Collection"), "sentinel-2-c1-l2a"),
            self.tr("Id of the collection, such as sentinel-2-l2a. A wrong one is answered with the nearest names."),
        )
        self.declare(
            QgsProcessingParameterFeatureSource(
                self.AREA, self.tr("Area"), [QgsProcessing.SourceType.TypeVectorPolygon]
            ),
            self.tr(
                "Polygons in any CRS that bound the stack. 'Create layer from extent' makes one of the map's view."
            ),
        )
        for name, title, help_text in (
            (self.START_DATE, self.tr("Start date"), self.tr("First day of the season.")),
            (self.END_DATE, self.tr("End date"), self.tr("Last day of the season.")),
        ):
            self.declare(
                QgsProcessingParameterDateTime(name, title, QgsProcessingParameterDateTime.Type.Date), help_text
            )

    def _declare_images(self) -> None:
        self.declare(
            QgsProcessingParameterString(self.BANDS, self.tr("Bands"), "B02, B03, B04, B08, B11, B12"),
            self.tr(
                "Bands separated by commas: names such as B04, asset keys of the collection, common names such as red, "
                "or roles such as R and N. Bands of known collections are named alike whatever the catalogue."
            ),
        )
        self.declare(
            QgsProcessingParameterString(self.MASK_BAND, self.tr("Cloud mask band"), optional=True),
            self.tr(
                "Band that tells clouds, kept as a band of the stack, such as SCL or QA_PIXEL. Empty: the known one of "
                "the collection; none: no mask."
            ),
        )
        self.declare(
            real_parameter(self.MAX_CLOUD, self.tr("Largest share of clouds [%]"), 80.0, 0.0, 100.0),
            self.tr("Images with more clouds, by what the catalogue says of the whole image, are left out."),
        )
        self.declare(
            QgsProcessingParameterBoolean(self.DOWNLOAD, self.tr("Download"), defaultValue=True),
            self.tr(
                "Download the area's part of the images; otherwise the stack refers to the catalogue's files, and "
                "every reading goes over the network."
            ),
        )

    def _declare_grid(self) -> None:
        self.declare(
            real_parameter(self.RESOLUTION, self.tr("Pixel size"), None, 0.0, LARGEST_PIXEL),
            self.tr("In units of the CRS. Empty: the finest of the bands."),
            advanced=True,
        )
        self.declare(
            QgsProcessingParameterCrs(self.CRS, self.tr("CRS"), optional=True),
            self.tr("Reference system of the stack. Empty: the one that most images have."),
            advanced=True,
        )
        self.declare(
            choice_parameter(self.RESAMPLING, self.tr("Resampling"), RESAMPLING_METHODS, RESAMPLING_METHODS[0]),
            self.tr("How bands of other pixel sizes or UTM zones come to the stack's pixels; masks take the nearest."),
            advanced=True,
        )
        self.declare(
            choice_parameter(self.MOSAIC, self.tr("Images of one day"), MOSAIC_RULES, MOSAIC_RULES[0]),
            self.tr("Which image of a day lies on top where several overlap: least cloudy, first or last."),
            advanced=True,
        )
        self.declare(
            choice_parameter(self.DAY, self.tr("Day"), DAY_RULES, DAY_RULES[0]),
            self.tr("What a day is: by the sun at the area, so that no overpass is cut in two, or by UTC."),
            advanced=True,
        )

    def _declare_network(self) -> None:
        self.declare(
            QgsProcessingParameterAuthConfig(self.AUTHENTICATION, self.tr("Authentication"), optional=True),
            self.tr(
                "A QGIS authentication for catalogues that need a key: basic, API header, or for S3 buckets basic with "
                "access key and secret key. Its contents are written to no file."
            ),
            advanced=True,
        )
        self.declare(
            QgsProcessingParameterString(self.HEADERS, self.tr("Request headers"), multiLine=True, optional=True),
            self.tr(
                "One 'Name: value' a line, sent to the catalogue's host alone. Write keys as ${NAME}, a variable of "
                "the environment: QGIS's history keeps what stands here."
            ),
            advanced=True,
        )
        self.declare(
            integer_parameter(self.RETRIES, self.tr("Retries"), 4, 0, MOST_RETRIES),
            self.tr(
                "How often a request that failed for a passing reason is repeated, as far apart as the server asks."
            ),
            advanced=True,
        )
        self.declare(
            real_parameter(self.TIMEOUT, self.tr("Time-out [s]"), 30.0, 0.1, LONGEST_TIMEOUT_S),
            self.tr("Longest silence of a server."),
            advanced=True,
        )
        self.declare(
            real_parameter(self.LARGEST_DOWNLOAD, self.tr("Largest download [GB]"), 100.0, 0.001),
            self.tr("A download that may become larger than this, or than the free disk, is refused before it starts."),
            advanced=True,
        )
        self.declare(
            QgsProcessingParameterBoolean(self.RESUME, self.tr("Continue an interrupted download"), defaultValue=True),
            self.tr("Keep what an earlier download to the same stack has finished."),
            advanced=True,
        )

    def parameter_problem(self, parameters: dict[str, Any], context: QgsProcessingContext) -> str:
        """Return what is wrong with the dates taken together, or ""."""
        first, last = (
            self.parameterAsDateTime(parameters, name, context).date() for name in (self.START_DATE, self.END_DATE)
        )
        if first.isValid() and last.isValid() and last < first:
            return self.tr("The end date lies before the start date.")
        return ""

    def describe_job(self, values: dict[str, Any], reader: InputReader) -> dict[str, Any]:
        """Split the list of bands, name the user's own list, and leave keys out."""
        return {
            **values,
            "bands": comma_separated(values["bands"]),
            "pixel_size": values["pixel_size"] or 0.0,
            "headers": self._secrets(reader).headers,
            "own_list": own_list_path(),
        }

    def environment(self, reader: InputReader) -> dict[str, str]:
        """Return QGIS's proxy and the keys."""
        address = catalogue_address(reader.value(self.CATALOGUE))
        return {**proxy_environment(address), **self._secrets(reader).environment}

    def before_loading(self, files: OutputFiles, outputs: dict[str, Any], context: QgsProcessingContext) -> None:
        """Let the stack be shown in natural colours where its bands are known."""
        picture = outputs.get("picture")
        if picture:
            path = files.path_by_name[self.OUTPUT]
            layer = QgsRasterLayer(path, self.OUTPUT)
            style_picture(layer, picture["bands"], picture["bright"])
            save_style_beside(layer)
            style_on_loading(path, "", context)

    def without_secrets(self, parameters: dict[str, Any]) -> dict[str, Any]:
        """Name the values of headers by their variables."""
        hidden = web_secrets(str(parameters.get(self.HEADERS) or ""), "").headers
        return {**parameters, self.HEADERS: "\n".join(hidden)} if hidden else parameters

    def postProcessAlgorithm(self, context: QgsProcessingContext, feedback: Any) -> dict[str, Any]:  # noqa: ANN401, ARG002 - QGIS
        """Let the footprints be drawn as outlines when they are loaded."""
        outline_on_loading(context, self.tr("used"), self.tr("left out"))
        return {}

    def _secrets(self, reader: InputReader) -> WebSecrets:
        return web_secrets(reader.value(self.HEADERS), reader.value(self.AUTHENTICATION))
