"""Make the Processing model "Plan samples"; run with QGIS's Python after `make_models.py`.

    QT_QPA_PLATFORM=offscreen python3 scripts/make_sampling_model.py

From a stack, parcels or both to a field-ready sample set: objects and strata, representative samples, report.
"""

from __future__ import annotations

from make_models import Recipe, write_models

OBJECTS_STEP = "objectstratification"
SAMPLES_STEP = "representativesamples"

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


RECIPE = Recipe(
    "Plan samples", "Sampling", "sampling", DESCRIPTION, MODEL_PARAMETERS, WIRES, MODEL_OUTPUTS, shows_advanced=True
)


if __name__ == "__main__":
    raise SystemExit(write_models({"plan_samples": RECIPE}))
