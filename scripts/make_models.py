"""Make the Processing models in resources/models; run with QGIS's Python.

    QT_QPA_PLATFORM=offscreen python3 scripts/make_models.py

The models are made by a script so that a changed parameter is changed in one place, and so that what the model
does can be read.
"""

from __future__ import annotations

import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree.ElementTree import canonicalize

from qgis.core import (
    QgsApplication,
    QgsProcessingModelAlgorithm,
    QgsProcessingModelChildAlgorithm,
    QgsProcessingModelChildParameterSource,
    QgsProcessingModelOutput,
    QgsProcessingModelParameter,
    QgsProcessingParameterDefinition,
)
from qgis.PyQt.QtCore import QPointF

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

STACK_STEP = "buildtimeseries"
SERIES_STEP = "extracttimeseries"
MODEL_STEP = "trainclassifier"
MAP_STEP = "predictmap"
COMPOSITE_STEP = "compositetimeseries"
REGULAR_STEP = "preprocesstimeseries"
INDEX_STEP = "spectralindices"
SEASON_STEP = "detectseasons"
CONSENSUS_STEP = "productconsensus"
WEAK_STEP = "trainweaklysupervised"


TRAIN_AND_MAP_DESCRIPTION = (
    "From a folder of rasters and labeled samples to a crop map: builds the dated stack, extracts the series at the "
    "samples, trains a classifier, and predicts the map. Open it in the modeler to see or change the steps."
)

# Model parameter -> (step, parameter of the step) it is copied from.
MODEL_PARAMETERS = {
    "FOLDER": (STACK_STEP, "FOLDER"),
    "START_DATE": (STACK_STEP, "START_DATE"),
    "PERIOD_DAYS": (STACK_STEP, "PERIOD_DAYS"),
    "SAMPLES": (SERIES_STEP, "INPUT"),
    "CLASS_FIELD": (MODEL_STEP, "CLASS_FIELD"),
    "GROUP_FIELD": (MODEL_STEP, "GROUP_FIELD"),
    "PIXELS_PER_POLYGON": (SERIES_STEP, "PIXELS_PER_POLYGON"),
    "MODEL": (MODEL_STEP, "MODEL"),
    "VALIDATION": (MODEL_STEP, "VALIDATION"),
    "AREA": (MAP_STEP, "AREA"),
    "SEED": (MODEL_STEP, "SEED"),
}
# Step -> its parameter -> model parameter, or (earlier step, output).
WIRES = {
    STACK_STEP: {"FOLDER": "FOLDER", "START_DATE": "START_DATE", "PERIOD_DAYS": "PERIOD_DAYS"},
    SERIES_STEP: {
        "INPUT": "SAMPLES",
        "STACK": (STACK_STEP, "OUTPUT"),
        "PIXELS_PER_POLYGON": "PIXELS_PER_POLYGON",
        "SEED": "SEED",
    },
    MODEL_STEP: {
        "SAMPLES": (SERIES_STEP, "OUTPUT"),
        "CLASS_FIELD": "CLASS_FIELD",
        "GROUP_FIELD": "GROUP_FIELD",
        "MODEL": "MODEL",
        "VALIDATION": "VALIDATION",
        "SEED": "SEED",
    },
    MAP_STEP: {
        "MODEL_PACKAGE": (MODEL_STEP, "MODEL_PACKAGE"),
        "STACK": (STACK_STEP, "OUTPUT"),
        "AREA": "AREA",
    },
}
# Step -> its output, which is also the model's -> what it is called.
MODEL_OUTPUTS = {
    STACK_STEP: {"OUTPUT": "Dated stack"},
    SERIES_STEP: {"DROPPED": "Dropped samples"},
    MODEL_STEP: {"MODEL_PACKAGE": "Model package", "REPORT": "Report"},
    MAP_STEP: {"CLASSES": "Class map", "PROBABILITIES": "Probabilities", "UNCERTAINTY": "Uncertainty"},
}


CLOUDS_DESCRIPTION = (
    "From cloudy acquisitions and labeled samples to indices, seasons and a crop map: builds the dated stack, "
    "composites it by period with the cloud mask in it, fills gaps and smooths, adds indices, finds the growing "
    "seasons, extracts the series at the samples, trains a classifier, and predicts the map."
)
CLOUDS_PARAMETERS = {
    "FOLDER": (STACK_STEP, "FOLDER"),
    "MASK_BAND": (COMPOSITE_STEP, "MASK_BAND"),
    "COMPOSITE_METHOD": (COMPOSITE_STEP, "METHOD"),
    "START_DATE": (COMPOSITE_STEP, "START_DATE"),
    "PERIOD_DAYS": (COMPOSITE_STEP, "PERIOD_DAYS"),
    "N_PERIODS": (COMPOSITE_STEP, "N_PERIODS"),
    "METHOD": (REGULAR_STEP, "METHOD"),
    "INDICES": (INDEX_STEP, "INDICES"),
    "SEASON_INDEX": (SEASON_STEP, "INDEX"),
    "BAND_ROLES": (INDEX_STEP, "BAND_ROLES"),
    "SAMPLES": (SERIES_STEP, "INPUT"),
    "CLASS_FIELD": (MODEL_STEP, "CLASS_FIELD"),
    "GROUP_FIELD": (MODEL_STEP, "GROUP_FIELD"),
    "MODEL": (MODEL_STEP, "MODEL"),
    "AREA": (MAP_STEP, "AREA"),
    "SEED": (MODEL_STEP, "SEED"),
}
CLOUDS_WIRES = {
    STACK_STEP: {"FOLDER": "FOLDER"},
    COMPOSITE_STEP: {
        "STACK": (STACK_STEP, "OUTPUT"),
        "MASK_BAND": "MASK_BAND",
        "METHOD": "COMPOSITE_METHOD",
        "START_DATE": "START_DATE",
        "PERIOD_DAYS": "PERIOD_DAYS",
        "N_PERIODS": "N_PERIODS",
        "BAND_ROLES": "BAND_ROLES",
    },
    REGULAR_STEP: {"STACK": (COMPOSITE_STEP, "OUTPUT"), "METHOD": "METHOD"},
    INDEX_STEP: {"STACK": (REGULAR_STEP, "OUTPUT"), "INDICES": "INDICES", "BAND_ROLES": "BAND_ROLES"},
    SEASON_STEP: {"STACK": (INDEX_STEP, "OUTPUT"), "INDEX": "SEASON_INDEX"},
    SERIES_STEP: {"INPUT": "SAMPLES", "STACK": (INDEX_STEP, "OUTPUT"), "SEED": "SEED"},
    MODEL_STEP: {
        "SAMPLES": (SERIES_STEP, "OUTPUT"),
        "CLASS_FIELD": "CLASS_FIELD",
        "GROUP_FIELD": "GROUP_FIELD",
        "MODEL": "MODEL",
        "SEED": "SEED",
    },
    MAP_STEP: {"MODEL_PACKAGE": (MODEL_STEP, "MODEL_PACKAGE"), "STACK": (INDEX_STEP, "OUTPUT"), "AREA": "AREA"},
}
# Values that steps of this model take in place of their defaults.
CLOUDS_VALUES: dict[str, dict[str, object]] = {INDEX_STEP: {"KEEP_BANDS": True}}
# Outputs that only later steps read are outputs of the model too: a step without a file to write has none.
CLOUDS_OUTPUTS = {
    STACK_STEP: {"OUTPUT": "Dated stack"},
    COMPOSITE_STEP: {"OUTPUT": "Composites", "OBSERVATIONS": "Observations and gaps"},
    REGULAR_STEP: {"OUTPUT": "Regular stack"},
    INDEX_STEP: {"OUTPUT": "Indices"},
    SEASON_STEP: {"OUTPUT": "Seasons", "SEASON_TABLE": "Table of seasons"},
    SERIES_STEP: {"DROPPED": "Dropped samples"},
    MODEL_STEP: {"MODEL_PACKAGE": "Model package", "REPORT": "Report"},
    MAP_STEP: {"CLASSES": "Class map", "PROBABILITIES": "Probabilities", "UNCERTAINTY": "Uncertainty"},
}


PRODUCTS_DESCRIPTION = (
    "From a folder of rasters and land-cover products to a cropland map, without a label of your own: builds the dated "
    "stack, finds where the products agree, trains a network there and on the look of the neighbours everywhere else, "
    "and predicts the map. Reference samples, where there are any, tell whether it beats the vote of the products."
)
PRODUCTS_PARAMETERS = {
    "FOLDER": (STACK_STEP, "FOLDER"),
    "START_DATE": (STACK_STEP, "START_DATE"),
    "PERIOD_DAYS": (STACK_STEP, "PERIOD_DAYS"),
    "PRODUCTS": (CONSENSUS_STEP, "PRODUCTS"),
    "CROP_VALUES": (CONSENSUS_STEP, "CROP_VALUES"),
    "MIN_AGREEMENT": (CONSENSUS_STEP, "MIN_AGREEMENT"),
    "PURITY_WINDOW": (CONSENSUS_STEP, "PURITY_WINDOW"),
    "MODEL": (WEAK_STEP, "MODEL"),
    "N_PATCHES": (WEAK_STEP, "N_PATCHES"),
    "REFERENCE": (WEAK_STEP, "REFERENCE"),
    "CLASS_FIELD": (WEAK_STEP, "CLASS_FIELD"),
    "AREA": (MAP_STEP, "AREA"),
    "SEED": (WEAK_STEP, "SEED"),
}
PRODUCTS_WIRES = {
    STACK_STEP: {"FOLDER": "FOLDER", "START_DATE": "START_DATE", "PERIOD_DAYS": "PERIOD_DAYS"},
    CONSENSUS_STEP: {
        "PRODUCTS": "PRODUCTS",
        "CROP_VALUES": "CROP_VALUES",
        "MIN_AGREEMENT": "MIN_AGREEMENT",
        "PURITY_WINDOW": "PURITY_WINDOW",
    },
    WEAK_STEP: {
        "STACK": (STACK_STEP, "OUTPUT"),
        "CONSENSUS": (CONSENSUS_STEP, "CONSENSUS"),
        "AGREEMENT": (CONSENSUS_STEP, "AGREEMENT"),
        "MODEL": "MODEL",
        "N_PATCHES": "N_PATCHES",
        "REFERENCE": "REFERENCE",
        "CLASS_FIELD": "CLASS_FIELD",
        "SEED": "SEED",
    },
    MAP_STEP: {
        "MODEL_PACKAGE": (WEAK_STEP, "MODEL_PACKAGE"),
        "STACK": (STACK_STEP, "OUTPUT"),
        "AREA": "AREA",
    },
}
PRODUCTS_OUTPUTS = {
    STACK_STEP: {"OUTPUT": "Dated stack"},
    CONSENSUS_STEP: {"CONSENSUS": "Consensus", "AGREEMENT": "Agreement"},
    WEAK_STEP: {"MODEL_PACKAGE": "Model package", "REPORT": "Report"},
    MAP_STEP: {"CLASSES": "Class map", "PROBABILITIES": "Probabilities", "UNCERTAINTY": "Uncertainty"},
}


@dataclass(frozen=True)
class Recipe:
    """A model as data.

    Attributes:
        title, group, group_id: where the toolbox shows it.
        description: what it does.
        parameters: model parameter to the step and its parameter that it is copied from.
        wires: step to its parameters to where they take their values from.
        outputs: step to its outputs that are the model's too, with their names.
        values: step to values in place of its defaults.
        shows_advanced: advanced parameters of steps are plain ones of the model.
        names_outputs: outputs are known by their names, which QGIS then gives to the layers, and not by the step's.
    """

    title: str
    group: str
    group_id: str
    description: str
    parameters: dict[str, tuple[str, str]]
    wires: dict[str, dict[str, str | tuple[str, str]]]
    outputs: dict[str, dict[str, str]]
    values: dict[str, dict[str, object]] = field(default_factory=dict)
    shows_advanced: bool = False
    names_outputs: bool = False


RECIPES = {
    "train_and_map": Recipe(
        "Train and map", "Mapping", "mapping", TRAIN_AND_MAP_DESCRIPTION, MODEL_PARAMETERS, WIRES, MODEL_OUTPUTS
    ),
    "clouds_to_map": Recipe(
        "Clouds to map",
        "Mapping",
        "mapping",
        CLOUDS_DESCRIPTION,
        CLOUDS_PARAMETERS,
        CLOUDS_WIRES,
        CLOUDS_OUTPUTS,
        CLOUDS_VALUES,
    ),
    "products_to_map": Recipe(
        "Products to map",
        "Mapping",
        "mapping",
        PRODUCTS_DESCRIPTION,
        PRODUCTS_PARAMETERS,
        PRODUCTS_WIRES,
        PRODUCTS_OUTPUTS,
    ),
}


def make_model(recipe: Recipe) -> QgsProcessingModelAlgorithm:
    """Return a model made as a recipe says."""
    model = QgsProcessingModelAlgorithm(recipe.title, recipe.group, recipe.group_id)
    for row, (name, (step, source)) in enumerate(recipe.parameters.items()):
        component = QgsProcessingModelParameter(name)
        component.setPosition(QPointF(150.0, 80.0 + 70.0 * row))
        parameter = copy_parameter(name, step, source)
        if hasattr(parameter, "setParentLayerParameterName") and parameter.parentLayerParameterName():
            parent = parameter.parentLayerParameterName()
            parameter.setParentLayerParameterName(parent if parent in recipe.parameters else "SAMPLES")
        if recipe.shows_advanced:
            parameter.setFlags(parameter.flags() & ~parameter.Flag.FlagAdvanced)
        model.addModelParameter(parameter, component)
    for position, step in enumerate(recipe.wires):
        model.addChildAlgorithm(make_step(recipe, step, position))
    model.setParameterOrder(list(recipe.parameters))
    model.updateDestinationParameters()
    helps = {definition.name(): definition.help() for definition in model.parameterDefinitions()}
    model.setHelpContent({"ALG_DESC": recipe.description, **helps})
    return model


def copy_parameter(name: str, step: str, source: str) -> QgsProcessingParameterDefinition:
    """Return a step's parameter as a parameter of the model."""
    algorithm = QgsApplication.processingRegistry().createAlgorithmById(f"cropsample:{step}")
    parameter = algorithm.parameterDefinition(source).clone()
    parameter.setName(name)
    return parameter


def make_step(recipe: Recipe, step: str, position: int) -> QgsProcessingModelChildAlgorithm:
    """Return one step of the model with its inputs wired and its outputs named."""
    wires, values = recipe.wires[step], recipe.values.get(step, {})
    child = QgsProcessingModelChildAlgorithm(f"cropsample:{step}")
    child.setChildId(step)
    child.setDescription(child.algorithm().displayName())
    child.setPosition(QPointF(450.0 + 220.0 * position, 120.0 + 150.0 * position))
    for definition in child.algorithm().parameterDefinitions():
        if definition.name() in wires:
            child.addParameterSources(definition.name(), [wire_source(wires[definition.name()])])
        elif not definition.isDestination() and values.get(definition.name(), definition.defaultValue()) is not None:
            # The modeler asks for every value of a step, even where it is the default.
            value = values.get(definition.name(), definition.defaultValue())
            default = QgsProcessingModelChildParameterSource.fromStaticValue(value)
            child.addParameterSources(definition.name(), [default])
    outputs = {}
    for output, description in recipe.outputs[step].items():
        key = description if recipe.names_outputs else output
        model_output = QgsProcessingModelOutput(key, description)
        model_output.setChildId(step)
        model_output.setChildOutputName(output)
        model_output.setPosition(QPointF(650.0 + 220.0 * position, 120.0 + 150.0 * position))
        outputs[key] = model_output
    child.setModelOutputs(outputs)
    return child


def wire_source(origin: str | tuple[str, str]) -> QgsProcessingModelChildParameterSource:
    """Return where a step's parameter takes its value from."""
    if isinstance(origin, str):
        return QgsProcessingModelChildParameterSource.fromModelParameter(origin)
    return QgsProcessingModelChildParameterSource.fromChildOutput(*origin)


def write_models(recipes: dict[str, Recipe]) -> int:
    """Write the model files of recipes; the exit status of a script."""
    application = QgsApplication([], False)  # noqa: FBT003 - QGIS takes no keyword here
    application.initQgis()
    from cropsample_plugin.algorithms.provider import register_provider, unregister_provider

    provider = register_provider()
    folder = ROOT / "resources" / "models"
    folder.mkdir(parents=True, exist_ok=True)
    for name, recipe in recipes.items():
        write_model(make_model(recipe), folder / f"{name}.model3")
        print(folder / f"{name}.model3")
    unregister_provider(provider)
    application.exitQgis()
    return 0


def write_model(model: QgsProcessingModelAlgorithm, target: Path) -> None:
    """Write a model in canonical XML: QGIS writes attributes in an order that changes from run to run."""
    with tempfile.TemporaryDirectory() as folder:
        raw = Path(folder) / target.name
        if not model.toFile(str(raw)):
            raise OSError(f"The model cannot be written to {raw}.")
        target.write_text(canonicalize(from_file=str(raw)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    raise SystemExit(write_models(RECIPES))
