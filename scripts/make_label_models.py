"""Make the Processing models on label quality; run with QGIS's Python after `make_models.py`.

    QT_QPA_PLATFORM=offscreen python3 scripts/make_label_models.py

*Judge and train* takes labels with their series (or a stack to read them from) to a model trained with the weights
that were found; *Judge and map* goes on to a map of the stack. *Merge and judge* first makes one label of several
labelers'.
"""

from __future__ import annotations

from make_models import MAP_STEP, MODEL_STEP, Recipe, write_models

CONSENSUS_STEP = "labelconsensus"
QUALITY_STEP = "samplequality"
# Written by the first step into every judged layer.
WEIGHT_FIELD = "tisqe_weight"
CONSENSUS_FIELD = "consensus"

TRAIN_DESCRIPTION = (
    "From labeled series to a model that trusts each label as much as its series supports it: judges every label, "
    "then trains a classifier with the weights found. Nothing is deleted; look at the doubtful labels in the 'Label "
    "review' panel, and train again with what you decided. Give a stack for samples without series of their own."
)
MAP_DESCRIPTION = (
    "From labeled samples and a dated stack to a crop map: reads the series, judges every label, trains a classifier "
    "with the weights found, and predicts the map. Nothing is deleted; look at the doubtful labels in the 'Label "
    "review' panel."
)
MERGE_DESCRIPTION = (
    "From the labels of several labelers to labels that the series support: merges the labels, says how far the "
    "labelers agree, reads the series of the merged samples from the stack, and judges every label. Nothing is "
    "deleted; look at the doubtful labels in the 'Label review' panel. For exports of Collect Earth Online leave all "
    "fields empty."
)

_JUDGED = {
    "SAMPLES": (QUALITY_STEP, "INPUT"),
    "CLASS_FIELD": (QUALITY_STEP, "CLASS_FIELD"),
    "DATE_FIELD": (QUALITY_STEP, "DATE_FIELD"),
    "METHOD": (QUALITY_STEP, "METHOD"),
}
_TRAINED = {
    "GROUP_FIELD": (MODEL_STEP, "GROUP_FIELD"),
    "MODEL": (MODEL_STEP, "MODEL"),
    "VALIDATION": (MODEL_STEP, "VALIDATION"),
    "SEED": (MODEL_STEP, "SEED"),
}
TRAIN_PARAMETERS = {
    **_JUDGED,
    "START_FIELD": (QUALITY_STEP, "START_FIELD"),
    "END_FIELD": (QUALITY_STEP, "END_FIELD"),
    "STACK": (QUALITY_STEP, "STACK"),
    **_TRAINED,
}
MAP_PARAMETERS = {
    "STACK": (MAP_STEP, "STACK"),
    **_JUDGED,
    "PIXELS_PER_POLYGON": (QUALITY_STEP, "PIXELS_PER_POLYGON"),
    **_TRAINED,
    "AREA": (MAP_STEP, "AREA"),
}
_MERGED = {
    "MORE_SETS": "MORE_SETS",
    "SAMPLE_ID_FIELD": "SAMPLE_ID_FIELD",
    "CLASS_FIELD": "CLASS_FIELD",
    "LABELER_FIELD": "LABELER_FIELD",
    "LABEL_FIELDS": "LABEL_FIELDS",
    "MERGE_METHOD": "METHOD",
    "TIES": "TIES",
    "ARBITER": "ARBITER",
    "CLASS_FIELDS_OF_SETS": "CLASS_FIELDS_OF_SETS",
}
MERGE_PARAMETERS = {
    "SAMPLES": (CONSENSUS_STEP, "INPUT"),
    **{name: (CONSENSUS_STEP, source) for name, source in _MERGED.items()},
    "STACK": (QUALITY_STEP, "STACK"),
    "METHOD": (QUALITY_STEP, "METHOD"),
    "SEED": (QUALITY_STEP, "SEED"),
}

_MODEL_WIRES: dict[str, str | tuple[str, str]] = {
    "SAMPLES": (QUALITY_STEP, "OUTPUT"),
    "QUALITY_FACTS": (QUALITY_STEP, "QUALITY_FACTS"),
    "CLASS_FIELD": "CLASS_FIELD",
    **{name: name for name in _TRAINED},
}
_QUALITY_WIRES: dict[str, str | tuple[str, str]] = {
    "INPUT": "SAMPLES",
    **{name: name for name in ("CLASS_FIELD", "DATE_FIELD", "METHOD", "STACK", "SEED")},
}
TRAIN_WIRES = {
    QUALITY_STEP: {**_QUALITY_WIRES, "START_FIELD": "START_FIELD", "END_FIELD": "END_FIELD"},
    MODEL_STEP: _MODEL_WIRES,
}
MAP_WIRES = {
    QUALITY_STEP: {**_QUALITY_WIRES, "PIXELS_PER_POLYGON": "PIXELS_PER_POLYGON"},
    MODEL_STEP: _MODEL_WIRES,
    MAP_STEP: {"MODEL_PACKAGE": (MODEL_STEP, "MODEL_PACKAGE"), "STACK": "STACK", "AREA": "AREA"},
}
MERGE_WIRES: dict[str, dict[str, str | tuple[str, str]]] = {
    CONSENSUS_STEP: {"INPUT": "SAMPLES", **{source: name for name, source in _MERGED.items()}},
    QUALITY_STEP: {"INPUT": (CONSENSUS_STEP, "OUTPUT"), **{name: name for name in ("STACK", "METHOD", "SEED")}},
}
_OUTPUTS = {
    QUALITY_STEP: {
        "OUTPUT": "Judged samples",
        "LEDGER": "Categories by class and season",
        "REPORT": "Report on the labels",
        "QUALITY_FACTS": "Quality facts",
        "DROPPED": "Dropped samples",
    },
    MODEL_STEP: {"MODEL_PACKAGE": "Model package", "REPORT": "Report on the model"},
}
MAP_OUTPUTS = {
    **_OUTPUTS,
    MAP_STEP: {"CLASSES": "Class map", "PROBABILITIES": "Probabilities", "UNCERTAINTY": "Uncertainty"},
}
MERGE_OUTPUTS = {
    CONSENSUS_STEP: {
        "OUTPUT": "Consensus",
        "LABELERS": "Labelers",
        "PAIRS": "Pairs of labelers",
        "DROPPED": "Labels not counted",
        "REPORT": "Report on the labelers",
    },
    QUALITY_STEP: _OUTPUTS[QUALITY_STEP],
}
_VALUES: dict[str, dict[str, object]] = {MODEL_STEP: {"WEIGHT_FIELD": WEIGHT_FIELD}}

RECIPES = {
    "judge_and_train": Recipe(
        "Judge and train",
        "Label quality",
        "labelquality",
        TRAIN_DESCRIPTION,
        TRAIN_PARAMETERS,
        TRAIN_WIRES,
        _OUTPUTS,
        _VALUES,
    ),
    "judge_and_map": Recipe(
        "Judge and map",
        "Label quality",
        "labelquality",
        MAP_DESCRIPTION,
        MAP_PARAMETERS,
        MAP_WIRES,
        MAP_OUTPUTS,
        _VALUES,
    ),
    "merge_and_judge": Recipe(
        "Merge and judge",
        "Label quality",
        "labelquality",
        MERGE_DESCRIPTION,
        MERGE_PARAMETERS,
        MERGE_WIRES,
        MERGE_OUTPUTS,
        {QUALITY_STEP: {"CLASS_FIELD": CONSENSUS_FIELD}},
    ),
}


if __name__ == "__main__":
    raise SystemExit(write_models(RECIPES))
