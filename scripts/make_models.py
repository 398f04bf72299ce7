"""Make the Processing models in resources/models; run with QGIS's Python.

    QT_QPA_PLATFORM=offscreen python3 scripts/make_models.py

The models are made by a script so that a changed parameter is changed in one place, and so that what the model
does can be read.
"""

from __future__ import annotations

import sys
import tempfile
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

DESCRIPTION = (
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


def make_train_and_map() -> QgsProcessingModelAlgorithm:
    """Return the model: stack from a folder, series at samples, training, map."""
    model = QgsProcessingModelAlgorithm("Train and map", "Mapping", "mapping")
    for row, (name, (step, source)) in enumerate(MODEL_PARAMETERS.items()):
        component = QgsProcessingModelParameter(name)
        component.setPosition(QPointF(150.0, 80.0 + 70.0 * row))
        model.addModelParameter(copy_parameter(name, step, source), component)
    for position, (step, wires) in enumerate(WIRES.items()):
        model.addChildAlgorithm(make_step(step, wires, position))
    model.setParameterOrder(list(MODEL_PARAMETERS))
    model.updateDestinationParameters()
    helps = {definition.name(): definition.help() for definition in model.parameterDefinitions()}
    model.setHelpContent({"ALG_DESC": DESCRIPTION, **helps})
    return model


def copy_parameter(name: str, step: str, source: str) -> QgsProcessingParameterDefinition:
    """Return a step's parameter as a parameter of the model."""
    algorithm = QgsApplication.processingRegistry().createAlgorithmById(f"cropsample:{step}")
    parameter = algorithm.parameterDefinition(source).clone()
    parameter.setName(name)
    if hasattr(parameter, "setParentLayerParameterName") and parameter.parentLayerParameterName():
        parameter.setParentLayerParameterName("SAMPLES")
    return parameter


def make_step(step: str, wires: dict[str, str | tuple[str, str]], position: int) -> QgsProcessingModelChildAlgorithm:
    """Return one step of the model with its inputs wired and its outputs named."""
    child = QgsProcessingModelChildAlgorithm(f"cropsample:{step}")
    child.setChildId(step)
    child.setDescription(child.algorithm().displayName())
    child.setPosition(QPointF(450.0 + 220.0 * position, 120.0 + 150.0 * position))
    for definition in child.algorithm().parameterDefinitions():
        if definition.name() in wires:
            child.addParameterSources(definition.name(), [wire_source(wires[definition.name()])])
        elif not definition.isDestination() and definition.defaultValue() is not None:
            # The modeler asks for every value of a step, even where it is the default.
            default = QgsProcessingModelChildParameterSource.fromStaticValue(definition.defaultValue())
            child.addParameterSources(definition.name(), [default])
    outputs = {}
    for output, description in MODEL_OUTPUTS[step].items():
        model_output = QgsProcessingModelOutput(output, description)
        model_output.setChildId(step)
        model_output.setChildOutputName(output)
        model_output.setPosition(QPointF(650.0 + 220.0 * position, 120.0 + 150.0 * position))
        outputs[output] = model_output
    child.setModelOutputs(outputs)
    return child


def wire_source(origin: str | tuple[str, str]) -> QgsProcessingModelChildParameterSource:
    """Return where a step's parameter takes its value from."""
    if isinstance(origin, str):
        return QgsProcessingModelChildParameterSource.fromModelParameter(origin)
    return QgsProcessingModelChildParameterSource.fromChildOutput(*origin)


def main() -> int:
    """Write every model file."""
    application = QgsApplication([], False)  # noqa: FBT003 - QGIS takes no keyword here
    application.initQgis()
    from cropsample_plugin.algorithms.provider import register_provider, unregister_provider

    provider = register_provider()
    target = ROOT / "resources" / "models" / "train_and_map.model3"
    target.parent.mkdir(parents=True, exist_ok=True)
    write_model(make_train_and_map(), target)
    print(target)
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
    raise SystemExit(main())
