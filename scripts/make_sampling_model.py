"""Make the Processing model "Plan samples"; run with QGIS's Python after `make_models.py`.

    QT_QPA_PLATFORM=offscreen python3 scripts/make_sampling_model.py

From a stack, parcels or both to a field-ready sample set: objects and strata, representative samples, report.
"""

from __future__ import annotations

from make_models import ROOT, copy_parameter, wire_source, write_model
from qgis.core import (
    QgsApplication,
    QgsProcessingModelAlgorithm,
    QgsProcessingModelChildAlgorithm,
    QgsProcessingModelChildParameterSource,
    QgsProcessingModelOutput,
    QgsProcessingModelParameter,
)
from qgis.PyQt.QtCore import QPointF

OBJECTS_STEP = "objectstratification"
SAMPLES_STEP = "representativesamples"
MODEL_FILE = "plan_samples.model3"

DESCRIPTION = (
    "From a dated stack, parcels, or both to samples ready for the field: makes objects and strata, chooses the fields "
    "that represent all fields best, and writes points, waypoints and a report. Not a probability sample."
)
MODEL_PARAMETERS = {
    "STACK": (OBJECTS_STEP, "STACK"),
    "PARCELS": (OBJECTS_STEP, "PARCELS"),
    "OBJECT_SIZE": (OBJECTS_STEP, "OBJECT_SIZE"),
    "N_STRATA": (OBJECTS_STEP, "N_STRATA"),
    "N_SAMPLES": (SAMPLES_STEP, "N_SAMPLES"),
    "EXISTING": (SAMPLES_STEP, "EXISTING"),
    "NO_GO": (SAMPLES_STEP, "NO_GO"),
    "ROADS": (SAMPLES_STEP, "ROADS"),
    "MIN_DISTANCE": (SAMPLES_STEP, "MIN_DISTANCE"),
    "SEED": (SAMPLES_STEP, "SEED"),
}
WIRES: dict[str, dict[str, str | tuple[str, str]]] = {
    OBJECTS_STEP: {name: name for name in ("STACK", "PARCELS", "OBJECT_SIZE", "N_STRATA", "SEED")},
    SAMPLES_STEP: {
        "OBJECTS": (OBJECTS_STEP, "OBJECTS"),
        **{name: name for name in ("N_SAMPLES", "EXISTING", "NO_GO", "ROADS", "MIN_DISTANCE", "SEED")},
    },
}
MODEL_OUTPUTS = {
    OBJECTS_STEP: {"OBJECTS": "Objects", "STRATA": "Strata"},
    SAMPLES_STEP: {"OUTPUT": "Samples", "GPX": "Waypoints", "REPORT": "Report"},
}


def make_plan_samples() -> QgsProcessingModelAlgorithm:
    """Return the model: objects with strata, then representative samples."""
    model = QgsProcessingModelAlgorithm("Plan samples", "Sampling", "sampling")
    for row, (name, (step, source)) in enumerate(MODEL_PARAMETERS.items()):
        component = QgsProcessingModelParameter(name)
        component.setPosition(QPointF(150.0, 80.0 + 70.0 * row))
        parameter = copy_parameter(name, step, source)
        parameter.setFlags(parameter.flags() & ~parameter.Flag.FlagAdvanced)
        model.addModelParameter(parameter, component)
    for position, (step, wires) in enumerate(WIRES.items()):
        model.addChildAlgorithm(_step(step, wires, position))
    model.setParameterOrder(list(MODEL_PARAMETERS))
    model.updateDestinationParameters()
    helps = {definition.name(): definition.help() for definition in model.parameterDefinitions()}
    model.setHelpContent({"ALG_DESC": DESCRIPTION, **helps})
    return model


def _step(step: str, wires: dict[str, str | tuple[str, str]], position: int) -> QgsProcessingModelChildAlgorithm:
    child = QgsProcessingModelChildAlgorithm(f"cropsample:{step}")
    child.setChildId(step)
    child.setDescription(child.algorithm().displayName())
    child.setPosition(QPointF(450.0 + 220.0 * position, 120.0 + 150.0 * position))
    for definition in child.algorithm().parameterDefinitions():
        if definition.name() in wires:
            child.addParameterSources(definition.name(), [wire_source(wires[definition.name()])])
        elif not definition.isDestination() and definition.defaultValue() is not None:
            default = QgsProcessingModelChildParameterSource.fromStaticValue(definition.defaultValue())
            child.addParameterSources(definition.name(), [default])
    outputs = {}
    for output, description in MODEL_OUTPUTS[step].items():
        # QGIS calls the layer by the key.
        outputs[description] = QgsProcessingModelOutput(description, description)
        outputs[description].setChildId(step)
        outputs[description].setChildOutputName(output)
        outputs[description].setPosition(QPointF(650.0 + 220.0 * position, 120.0 + 150.0 * position))
    child.setModelOutputs(outputs)
    return child


def main() -> int:
    """Write the model file."""
    application = QgsApplication([], False)  # noqa: FBT003 - QGIS takes no keyword here
    application.initQgis()
    from cropsample_plugin.algorithms.provider import register_provider, unregister_provider

    provider = register_provider()
    target = ROOT / "resources" / "models" / MODEL_FILE
    write_model(make_plan_samples(), target)
    print(target)
    unregister_provider(provider)
    application.exitQgis()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
