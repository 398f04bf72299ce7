"""Predict a map: a model package and a dated stack in; classes, probabilities and uncertainty out."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from cropsample_plugin.engine.mapping.prediction import predict_map
from cropsample_plugin.engine.mapping.prediction_setup import Machine, MapRequest
from cropsample_plugin.jobs.registry import JobContext, JobResult


@dataclass(frozen=True)
class Parameters:
    """What to predict, from what; see `MapRequest` for each."""

    model_package: str
    stack: str
    area: str = ""
    classes: str = ""
    probabilities: str = ""
    uncertainty: str = ""
    resume: bool = True
    max_missing_share: float | None = None
    season_start: str = ""
    scheduler: str = ""
    cloud_optimised: bool = False


def run(parameters: Parameters, context: JobContext) -> JobResult:
    """Predict the maps and say how much of the area they cover."""
    request = MapRequest(**asdict(parameters))
    summary = predict_map(request, Machine(context.threads, context.memory_mb, context.device), context.progress)
    legend = [{"class_id": info.class_id, "name": info.name, "color": info.color} for info in summary.classes]
    outputs = {
        "classes": parameters.classes,
        "probabilities": parameters.probabilities,
        "uncertainty": parameters.uncertainty,
        "legend": legend,
        "n_pixels": summary.n_pixels,
        "n_predicted": summary.n_predicted,
        "n_nodata": summary.n_pixels - summary.n_predicted,
        "pixels_per_second": summary.pixels_per_second,
        "n_blocks_resumed": summary.n_blocks_resumed,
        "method": summary.method,
    }
    files = [path for path in (parameters.classes, parameters.probabilities, parameters.uncertainty) if path]
    return JobResult(outputs, files, list(summary.input_files))
