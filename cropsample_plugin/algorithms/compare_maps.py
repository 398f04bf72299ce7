"""Compare maps: several products against one reference, and against each other."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterMultipleLayers,
    QgsProcessingParameterString,
)

from cropsample_plugin.algorithms.base import EngineAlgorithm
from cropsample_plugin.algorithms.design_parameters import (
    CLASS_FIELD,
    DESIGNS,
    REFERENCE,
    declare_acceptance,
    declare_design,
    declare_errors,
    declare_reference,
    design_problem,
    reference_field,
)
from cropsample_plugin.algorithms.job_inputs import InputReader
from cropsample_plugin.algorithms.job_outputs import OutputFiles
from cropsample_plugin.algorithms.loading import style_on_loading
from cropsample_plugin.algorithms.parameters import GEOTIFF_EXTENSIONS, RasterFileDestination
from cropsample_plugin.algorithms.product_consensus import PRESETS
from cropsample_plugin.algorithms.sampling_parameters import optional_text, report_destination
from cropsample_plugin.algorithms.text_lists import comma_separated, separated

# From few maps to all: steps of viridis (matplotlib, CC0).
AGREEMENT_COLORS = ("#440154", "#414487", "#2a788e", "#22a884", "#7ad151", "#fde725")
# Of crop and no crop: lost and gained.
CHANGED_COLORS = ("#d73027", "#1a9850")
SAME_COLOR = "#e5e5e5"


class CompareMapsAlgorithm(EngineAlgorithm):
    """Compare maps of any legend and grid."""

    ID = "comparemaps"
    GROUP_ID = "mapping"
    GUIDE = "prove_your_map"
    TAGS = ("intercomparison", "McNemar", "agreement", "ensemble", "change", "difference", "land cover", "products")

    MAPS = "MAPS"
    CROP_VALUES = "CROP_VALUES"
    TABLE = "TABLE"
    AGREEMENT = "AGREEMENT"
    ENSEMBLE = "ENSEMBLE"
    DIFFERENCE = "DIFFERENCE"

    def displayName(self) -> str:
        """Return the name shown in the toolbox."""
        return self.tr("Compare maps")

    def shortDescription(self) -> str:
        """Return the tooltip."""
        return self.tr("Judges several maps by one reference, and says where and how far they differ.")

    def description_text(self) -> str:
        """Return what the algorithm does."""
        return self.tr(
            "Puts several maps, each with its legend, grid and year, before one reference: F1, accuracy, user's and "
            "producer's accuracy of each with their errors, and the difference of every two with its interval. Errors "
            "that two maps share do not blur their difference.\n\n"
            "Maps are also compared with one another, pixel by pixel on the grid of the first: agreement, majority "
            "vote, and what changed from the first map to the second, with an interval where the reference knows the "
            "class at both times."
        )

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:  # noqa: ARG002 - QGIS's signature
        """Declare parameters and outputs."""
        self.declare(
            QgsProcessingParameterMultipleLayers(self.MAPS, self.tr("Maps"), QgsProcessing.SourceType.TypeRaster),
            self.tr("Two or more maps. The first gives the grid; change is counted from the first to the second."),
        )
        self.declare(
            QgsProcessingParameterString(self.CROP_VALUES, self.tr("Crop values of each map"), optional=True),
            self.tr(
                "What means crop in each map, in their order, with semicolons between: values such as 40 or 1-60, a "
                "threshold such as >= 0.5, or one of {}. Empty: maps are compared by the names of their classes."
            ).format(PRESETS),
        )
        self.declare(
            optional_text("NAMES", self.tr("Names of the maps")),
            self.tr("What the maps are called in tables, with semicolons between. Empty: as their layers or files."),
            advanced=True,
        )
        declare_reference(self, optional=True)
        self.declare(
            optional_text("CROP_LABELS", self.tr("Crop labels")),
            self.tr("Labels of the reference that mean crop, with commas between, such as maize, rice or 1."),
        )
        self.declare(
            reference_field("EARLIER_CLASS_FIELD", self.tr("Earlier class field")),
            self.tr("Field with the true class at the time of the first map, for the area of change."),
            advanced=True,
        )
        declare_design(self, (*DESIGNS, "as_published"))
        declare_errors(self)
        declare_acceptance(self)
        self._declare_tables()
        self._declare_rasters()

    def _declare_tables(self) -> None:
        kind = QgsProcessing.SourceType.TypeVector
        self.declare(
            QgsProcessingParameterFeatureSink(self.TABLE, self.tr("Scores"), kind),
            self.tr("Table with a row per map and one for the vote; of pairs of maps without a reference."),
        )
        self.declare(
            QgsProcessingParameterFeatureSink("PAIRS", self.tr("Pairs of maps"), kind, optional=True),
            self.tr("Table with agreement, and difference of accuracy and F1, of every two maps."),
        )
        self.declare(
            QgsProcessingParameterFeatureSink("CHANGES", self.tr("Changes"), kind, optional=True),
            self.tr("Table of areas by class of the first and class of the second map."),
        )
        self.declare(
            report_destination(self.tr("Report"), self.tr("HTML files (*.html)")),
            self.tr("Scores, differences and areas as a page to read."),
        )

    def _declare_rasters(self) -> None:
        rasters = (
            (
                self.AGREEMENT,
                self.tr("Agreement"),
                self.tr("Raster of two bands: maps with the most frequent class, and maps with data."),
            ),
            (
                self.ENSEMBLE,
                self.tr("Majority vote"),
                self.tr("Raster of the class most maps say; crop wins a tie, else the earlier map."),
            ),
            (
                self.DIFFERENCE,
                self.tr("Difference"),
                self.tr("Raster of the class in the first map and in the second, named in the file."),
            ),
        )
        for name, title, text in rasters:
            self.declare(RasterFileDestination(name, title, GEOTIFF_EXTENSIONS, optional=True, by_default=False), text)
        self.declare_numbers(
            {
                "COMMON_AREA_HA": self.tr("hectares where every map has data"),
                "SHARE_AGREED": self.tr("share of them on which all maps agree"),
                "CHANGED_AREA_HA": self.tr("hectares where first and second map differ"),
                "N_SAMPLES": self.tr("number of samples used"),
                "N_DROPPED": self.tr("number of samples left out"),
                "BEST_ACCURACY": self.tr("largest overall accuracy of a map"),
            }
        )

    def parameter_problem(self, parameters: dict[str, Any], context: QgsProcessingContext) -> str:
        """Return what is wrong with the parameters taken together, or ""."""
        values = separated(self.parameterAsString(parameters, self.CROP_VALUES, context), ";")
        maps = parameters.get(self.MAPS)
        if values and isinstance(maps, (list, tuple)) and len(maps) != len(values):
            return self.tr("{} maps, but crop values of {}. Put semicolons between them.").format(
                len(maps), len(values)
            )
        if not parameters.get(REFERENCE):
            return ""
        if not parameters.get(CLASS_FIELD):
            return self.tr("Choose the class field of the reference.")
        return design_problem(self, parameters, context)

    def describe_job(self, values: dict[str, Any], reader: InputReader) -> dict[str, Any]:
        """Split lists, and add names and legends of the layers and where the reference comes from."""
        source, keywords = reader.vector_origin(REFERENCE)
        return {
            **values,
            "crop_values": separated(values["crop_values"], ";"),
            "crop_labels": comma_separated(values["crop_labels"]),
            "names": separated(values["names"], ";") or reader.raster_names(self.MAPS),
            "layer_names": reader.legends(self.MAPS),
            "reference_source": source,
            "reference_keywords": keywords,
        }

    def before_loading(self, files: OutputFiles, outputs: dict[str, Any], context: QgsProcessingContext) -> None:
        """Style vote, agreement and difference."""
        from qgis.core import QgsRasterLayer

        from cropsample_plugin.bridge.styles import save_style_beside, style_class_map

        legend = self._legend(outputs)
        legends = {
            self.ENSEMBLE: legend,
            self.AGREEMENT: self._agreement_legend(outputs["n_maps"]),
            self.DIFFERENCE: self._difference_legend(legend, outputs["changes_rows"]),
        }
        for name, entries in legends.items():
            if path := outputs[name.lower()]:
                layer = QgsRasterLayer(path, "")
                style_class_map(layer, entries)
                save_style_beside(layer)
                style_on_loading(files.path_by_name[name], self.displayName(), context)

    def _legend(self, outputs: dict[str, Any]) -> list[dict[str, Any]]:
        names = [entry["name"] for entry in outputs["legend"]]
        told = [self.tr("no crop"), self.tr("crop")] if names == ["noncrop", "crop"] else names
        return [{**entry, "name": name} for entry, name in zip(outputs["legend"], told)]

    def _agreement_legend(self, n_maps: int) -> list[dict[str, Any]]:
        text = self.tr("{} of {} maps say the same")
        last = len(AGREEMENT_COLORS) - 1
        return [
            {
                "class_id": count,
                "name": text.format(count, n_maps),
                "color": AGREEMENT_COLORS[round(last * (count - 1) / max(n_maps - 1, 1))],
            }
            for count in range(1, n_maps + 1)
        ]

    def _difference_legend(self, legend: list[dict[str, Any]], changes: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Return pairs of classes that occur: what stayed in grey, what changed in the colour of the later class."""
        entries = []
        for number, row in enumerate(changes):
            first, second = legend[number // len(legend)], legend[number % len(legend)]
            color = CHANGED_COLORS[second["class_id"]] if len(legend) == len(CHANGED_COLORS) else second["color"]
            name = f"{first['name']} → {second['name']}"
            if first is second:
                name, color = self.tr("{} in both").format(first["name"]), SAME_COLOR
            if row["mapped_ha"] > 0:
                entries.append({"class_id": number, "name": name, "color": color})
        return entries
