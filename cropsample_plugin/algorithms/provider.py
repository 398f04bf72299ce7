"""The Processing provider: every algorithm and every shipped model."""

from __future__ import annotations

from qgis.core import QgsApplication, QgsProcessingProvider
from qgis.PyQt.QtGui import QIcon

from cropsample_plugin.about import installation_path, plugin_version
from cropsample_plugin.algorithms.assess_accuracy import AssessAccuracyAlgorithm
from cropsample_plugin.algorithms.base import CropSampleAlgorithm
from cropsample_plugin.algorithms.build_time_series import BuildTimeSeriesAlgorithm
from cropsample_plugin.algorithms.compare_maps import CompareMapsAlgorithm
from cropsample_plugin.algorithms.composite_time_series import CompositeTimeSeriesAlgorithm
from cropsample_plugin.algorithms.cross_validate import CrossValidateAlgorithm
from cropsample_plugin.algorithms.departure_samples import DepartureSamplesAlgorithm
from cropsample_plugin.algorithms.detect_seasons import DetectSeasonsAlgorithm
from cropsample_plugin.algorithms.evaluate_representativeness import EvaluateRepresentativenessAlgorithm
from cropsample_plugin.algorithms.extract_time_series import ExtractTimeSeriesAlgorithm
from cropsample_plugin.algorithms.label_consensus import LabelConsensusAlgorithm
from cropsample_plugin.algorithms.map_project import MapProjectAlgorithm
from cropsample_plugin.algorithms.object_stratification import ObjectStratificationAlgorithm
from cropsample_plugin.algorithms.parameters import GEOTIFF_EXTENSIONS, VRT_EXTENSIONS
from cropsample_plugin.algorithms.polygons_to_samples import PolygonsToSamplesAlgorithm
from cropsample_plugin.algorithms.predict_map import PredictMapAlgorithm
from cropsample_plugin.algorithms.preprocess_time_series import PreprocessTimeSeriesAlgorithm
from cropsample_plugin.algorithms.probability_samples import ProbabilitySamplesAlgorithm
from cropsample_plugin.algorithms.product_consensus import ProductConsensusAlgorithm
from cropsample_plugin.algorithms.propose_samples import ProposeSamplesAlgorithm
from cropsample_plugin.algorithms.refine_map import RefineMapAlgorithm
from cropsample_plugin.algorithms.replay import ReplayAlgorithm
from cropsample_plugin.algorithms.representative_samples import RepresentativeSamplesAlgorithm
from cropsample_plugin.algorithms.sample_quality import SampleQualityAlgorithm
from cropsample_plugin.algorithms.sample_size import SampleSizeAlgorithm
from cropsample_plugin.algorithms.search_hyperparameters import SearchHyperparametersAlgorithm
from cropsample_plugin.algorithms.shipped_models import load_shipped_models
from cropsample_plugin.algorithms.simulate_region import SimulateRegionAlgorithm
from cropsample_plugin.algorithms.spectral_indices import SpectralIndicesAlgorithm
from cropsample_plugin.algorithms.stac_time_series import StacTimeSeriesAlgorithm
from cropsample_plugin.algorithms.train_classifier import TrainClassifierAlgorithm
from cropsample_plugin.algorithms.train_weakly_supervised import TrainWeaklySupervisedAlgorithm
from cropsample_plugin.algorithms.transfer_classifier import TransferClassifierAlgorithm
from cropsample_plugin.algorithms.trusted_samples import TrustedSamplesAlgorithm

PROVIDER_ID = "cropsample"

ALGORITHMS: tuple[type[CropSampleAlgorithm], ...] = (
    BuildTimeSeriesAlgorithm,
    StacTimeSeriesAlgorithm,
    CompositeTimeSeriesAlgorithm,
    PreprocessTimeSeriesAlgorithm,
    SpectralIndicesAlgorithm,
    DetectSeasonsAlgorithm,
    ExtractTimeSeriesAlgorithm,
    ObjectStratificationAlgorithm,
    RepresentativeSamplesAlgorithm,
    EvaluateRepresentativenessAlgorithm,
    DepartureSamplesAlgorithm,
    SampleSizeAlgorithm,
    ProbabilitySamplesAlgorithm,
    PolygonsToSamplesAlgorithm,
    ProposeSamplesAlgorithm,
    LabelConsensusAlgorithm,
    SampleQualityAlgorithm,
    ProductConsensusAlgorithm,
    TrustedSamplesAlgorithm,
    TrainClassifierAlgorithm,
    TrainWeaklySupervisedAlgorithm,
    CrossValidateAlgorithm,
    SearchHyperparametersAlgorithm,
    TransferClassifierAlgorithm,
    PredictMapAlgorithm,
    AssessAccuracyAlgorithm,
    CompareMapsAlgorithm,
    RefineMapAlgorithm,
    ReplayAlgorithm,
    SimulateRegionAlgorithm,
    MapProjectAlgorithm,
)


class CropSampleProvider(QgsProcessingProvider):
    """Offers CropSample's algorithms in the toolbox, the modeler and qgis_process."""

    def id(self) -> str:
        """Return the first part of every algorithm id."""
        return PROVIDER_ID

    def name(self) -> str:
        """Return the name shown in the toolbox."""
        return "CropSample"

    def versionInfo(self) -> str:
        """Return the plugin's version."""
        return plugin_version()

    def icon(self) -> QIcon:
        """Return the plugin's icon."""
        return QIcon(str(installation_path("resources/icons/cropsample.svg")))

    def helpId(self) -> str:
        """Return the help page's name."""
        return PROVIDER_ID

    def supportedOutputRasterLayerExtensions(self) -> list[str]:
        """Return the raster formats that the engine writes; dialogs refuse any other."""
        return [*GEOTIFF_EXTENSIONS, *VRT_EXTENSIONS]

    def defaultRasterFileExtension(self) -> str:
        """Return the raster format of temporary outputs, whatever the user's default is."""
        return GEOTIFF_EXTENSIONS[0]

    def loadAlgorithms(self) -> None:
        """Add every algorithm, then the models made of them."""
        for algorithm in ALGORITHMS:
            self.addAlgorithm(algorithm())
        # A model can only be read while its steps can be found, that is once this provider is registered.
        if QgsApplication.processingRegistry().providerById(PROVIDER_ID) is not None:
            for model in load_shipped_models():
                self.addAlgorithm(model)


def register_provider() -> CropSampleProvider:
    """Create the provider and add it to the registry; the caller keeps the reference."""
    provider = CropSampleProvider()
    QgsApplication.processingRegistry().addProvider(provider)
    provider.refreshAlgorithms()
    return provider


def unregister_provider(provider: CropSampleProvider) -> None:
    """Remove the provider, which deletes it."""
    QgsApplication.processingRegistry().removeProvider(provider)
