"""Refine a map: a class map and/or probabilities in, better ones out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from cropsample_plugin.engine.errors import InputError
from cropsample_plugin.engine.mapping.refinement.map_input import OutsideRules
from cropsample_plugin.engine.mapping.refinement.refine import RefineRequest, refine_map
from cropsample_plugin.jobs.registry import JobContext, JobResult


@dataclass(frozen=True)
class Parameters:
    """What to refine and how; see `RefineRequest` for each.

    Attributes:
        map_classes, map_probabilities: the map.
        classes, probabilities: the refined map.
        rule_layers, rule_names: rasters that rules speak of, and their names; without names those of the files.
        zero, unclassified_values, nodata_value: see `OutsideRules`; values separated by commas.
    """

    map_classes: str = ""
    map_probabilities: str = ""
    classes: str = ""
    probabilities: str = ""
    window: int = 0
    smoothness: float = 20.0
    neighbour_share: float = 0.5
    objects: str = ""
    rules: str = ""
    rule_layers: tuple[str, ...] = ()
    rule_names: tuple[str, ...] = ()
    min_mapping_unit: float = 0.0
    connectivity: str = "4"
    zero: str = "ask"
    unclassified_values: str = ""
    nodata_value: float | None = None
    reference: str = ""
    class_field: str = ""


def run(parameters: Parameters, context: JobContext) -> JobResult:
    """Refine and say what changed."""
    names = parameters.rule_names or tuple(Path(path).stem for path in parameters.rule_layers)
    request = RefineRequest(
        map_classes=parameters.map_classes,
        map_probabilities=parameters.map_probabilities,
        classes=parameters.classes,
        probabilities=parameters.probabilities,
        window=parameters.window,
        smoothness=parameters.smoothness,
        neighbour_share=parameters.neighbour_share,
        objects=parameters.objects,
        rules=parameters.rules,
        rule_layers=tuple(zip(names, parameters.rule_layers)),
        min_mapping_unit_ha=parameters.min_mapping_unit,
        connectivity=int(parameters.connectivity),
        outside=OutsideRules(parameters.zero, _values(parameters.unclassified_values), parameters.nodata_value),
        reference=parameters.reference,
        class_field=parameters.class_field,
    )
    summary = refine_map(request, context.threads, context.progress)
    accuracy = summary.accuracy
    if accuracy:
        context.progress.log(
            f"Accuracy at {accuracy['n_reference']} reference points: {accuracy['accuracy_before']:.4f} before, "
            f"{accuracy['accuracy_after']:.4f} after ({accuracy['n_left_out']} points left out)."
        )
    outputs = {
        "classes": parameters.classes,
        "probabilities": parameters.probabilities,
        "legend": [{"class_id": i.class_id, "name": i.name, "color": i.color} for i in summary.classes],
        "n_pixels": summary.n_pixels,
        "n_changed": summary.n_changed,
        "share_changed": summary.n_changed / max(1, summary.n_pixels),
        "accuracy_before": accuracy.get("accuracy_before"),
        "accuracy_after": accuracy.get("accuracy_after"),
        "accuracy": accuracy,
    }
    inputs = [parameters.map_classes, parameters.map_probabilities, parameters.objects, parameters.reference]
    files = [path for path in (parameters.classes, parameters.probabilities) if path]
    return JobResult(outputs, files, [path for path in (*inputs, *parameters.rule_layers) if path])


def _values(text: str) -> tuple[int, ...]:
    try:
        return tuple(int(part) for part in text.replace(";", ",").split(",") if part.strip())
    except ValueError as error:
        raise InputError(f"'{text}' is no list of values.", "Write whole numbers separated by commas.") from error
