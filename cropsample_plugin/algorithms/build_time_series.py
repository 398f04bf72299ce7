"""Build time series: whatever rasters the user has become one dated stack."""

from __future__ import annotations

from typing import Any, ClassVar

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingParameterDateTime,
    QgsProcessingParameterFile,
    QgsProcessingParameterMultipleLayers,
    QgsProcessingParameterString,
)

from cropsample_plugin.algorithms.base import EngineAlgorithm
from cropsample_plugin.algorithms.job_inputs import InputReader
from cropsample_plugin.algorithms.parameters import (
    VRT_EXTENSIONS,
    RasterFileDestination,
    choice_parameter,
    integer_parameter,
    real_parameter,
)

GRID_RULES = ("refuse", "warp")
RESAMPLING_METHODS = ("nearest", "bilinear", "cubic", "average", "mode")
LONGEST_PERIOD_DAYS = 3660


class BuildTimeSeriesAlgorithm(EngineAlgorithm):
    """Make a dated stack (VRT) out of rasters."""

    ID = "buildtimeseries"
    GROUP_ID = "timeseries"
    TAGS = ("stack", "dates", "vrt", "sentinel-2", "earth engine", "modis", "netcdf", "cube")
    GUIDE = "data_layouts"
    JOB_NAMES: ClassVar[dict[str, str]] = {"INPUT": "inputs"}

    INPUT = "INPUT"
    FOLDER = "FOLDER"
    DATE_PATTERN = "DATE_PATTERN"
    BANDS = "BANDS"
    START_DATE = "START_DATE"
    PERIOD_DAYS = "PERIOD_DAYS"
    SCALE = "SCALE"
    OFFSET = "OFFSET"
    NODATA = "NODATA"
    GRID_RULE = "GRID_RULE"
    RESAMPLING = "RESAMPLING"
    OUTPUT = "OUTPUT"
    N_DATES = "N_DATES"
    N_BANDS = "N_BANDS"

    def displayName(self) -> str:
        """Return the name shown in the toolbox."""
        return self.tr("Build time series")

    def shortDescription(self) -> str:
        """Return the tooltip."""
        return self.tr("Makes one dated stack out of rasters of many dates.")

    def description_text(self) -> str:
        """Return what the algorithm does."""
        return self.tr(
            "Makes one dated stack out of the rasters you have: one file per date with one or many bands, one file per "
            "band with dates as bands, an undated Earth Engine export, netCDF, or Sentinel-2 files. The result is a "
            "small VRT that refers to your files, with bands named like '2019-03-15 B04'; nothing is copied.\n\n"
            "Dates are found in band descriptions, file names, side files and metadata. Where none is found, the error "
            "names the file and what was tried; give a date pattern, or a start date and a period."
        )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:  # noqa: ARG002 - QGIS's signature
        """Declare parameters and outputs."""
        self._declare_input()
        self._declare_values()
        self.declare(
            RasterFileDestination(self.OUTPUT, self.tr("Dated stack"), VRT_EXTENSIONS),
            self.tr("The dated stack, a .vrt file that refers to the input files by relative paths."),
        )
        self.declare_numbers(
            {self.N_DATES: self.tr("number of dates"), self.N_BANDS: self.tr("number of bands per date")}
        )

    def _declare_input(self) -> None:
        self.declare(
            QgsProcessingParameterMultipleLayers(
                self.INPUT,
                self.tr("Rasters"),
                QgsProcessing.SourceType.TypeRaster,
                optional=True,
            ),
            self.tr("The rasters of the time series. Give these or a folder."),
        )
        self.declare(
            QgsProcessingParameterFile(
                self.FOLDER,
                self.tr("Folder with rasters"),
                QgsProcessingParameterFile.Behavior.Folder,
                optional=True,
            ),
            self.tr("A folder all of whose rasters, in its subfolders too, belong to the time series."),
        )
        self.declare(
            QgsProcessingParameterString(self.DATE_PATTERN, self.tr("Date pattern"), optional=True),
            self.tr(
                "How dates are written in file or band names, with %Y year, %m month, %d day, %j day of the year, such "
                "as 'S2_%Y%m%d'. Empty: recognised."
            ),
        )
        self.declare(
            QgsProcessingParameterString(self.BANDS, self.tr("Bands"), optional=True),
            self.tr("Names of the bands to take, or names for bands that have none, separated by commas. Empty: all."),
        )
        self.declare(
            QgsProcessingParameterDateTime(
                self.START_DATE,
                self.tr("Start date of undated input"),
                QgsProcessingParameterDateTime.Type.Date,
                optional=True,
            ),
            self.tr("Date of the first time step, for input whose files do not say."),
        )
        self.declare(
            integer_parameter(self.PERIOD_DAYS, self.tr("Period of undated input [days]"), 0, 0, LONGEST_PERIOD_DAYS),
            self.tr(
                "Days from one time step to the next, for input whose files do not say; 0: dates are in the files."
            ),
        )

    def _declare_values(self) -> None:
        largest = 1e12
        self.declare(
            real_parameter(self.SCALE, self.tr("Scale"), None, -largest, largest),
            self.tr("Physical value = stored value x scale + offset. Empty: as the files say."),
        )
        self.declare(
            real_parameter(self.OFFSET, self.tr("Offset"), None, -largest, largest),
            self.tr("Physical value = stored value x scale + offset. Empty: as the files say."),
        )
        self.declare(
            real_parameter(self.NODATA, self.tr("Nodata value"), None, -largest, largest),
            self.tr("Stored value that means missing. Empty: as the files say."),
        )
        self.declare(
            choice_parameter(self.GRID_RULE, self.tr("Files on different grids"), GRID_RULES, GRID_RULES[0]),
            self.tr("What to do with files of another CRS, origin or extent: refuse them, or warp them by VRT."),
            advanced=True,
        )
        self.declare(
            choice_parameter(self.RESAMPLING, self.tr("Resampling"), RESAMPLING_METHODS, RESAMPLING_METHODS[0]),
            self.tr("How bands of a coarser or finer pixel size are brought to the stack's pixels."),
            advanced=True,
        )

    def parameter_problem(self, parameters: dict[str, Any], context: QgsProcessingContext) -> str:
        """Return what is wrong with the input, the folder and the dates taken together, or ""."""
        given = [name for name in (self.INPUT, self.FOLDER) if parameters.get(name) not in (None, "", [])]
        if not given:
            return self.tr("There is no input. Give the rasters of the time series or the folder that holds them.")
        has_start = parameters.get(self.START_DATE) not in (None, "")
        has_period = self.parameterAsInt(parameters, self.PERIOD_DAYS, context) > 0
        if has_period and not has_start:
            return self.tr("A period is given without a start date. Give both, or neither.")
        return ""

    def describe_job(self, values: dict[str, Any], reader: InputReader) -> dict[str, Any]:  # noqa: ARG002 - base signature
        """Split the list of band names."""
        return {**values, "bands": split_names(values["bands"])}


def split_names(text: str) -> list[str]:
    """Return the names in a comma-separated list."""
    return [name.strip() for name in text.split(",") if name.strip()]
