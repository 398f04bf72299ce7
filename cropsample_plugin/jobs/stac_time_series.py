"""Build a dated stack of the images that a STAC catalogue lists for an area and a season."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from cropsample_plugin.engine.timeseries.stac.stac_request import StacRequest
from cropsample_plugin.engine.timeseries.stac.stac_stack import build_stac_stack
from cropsample_plugin.jobs.registry import JobContext, JobResult


@dataclass(frozen=True)
class Parameters:
    """Parameters of ``stactimeseries``; see `StacRequest`, whose names they share.

    Attributes:
        headers: lines ``Name: value``; keys stand there as ``${NAME}``, a variable of the environment, so that
            neither job nor record holds them.
    """

    catalogue: str
    collection: str
    area: str
    output: str
    start_date: str
    end_date: str
    bands: tuple[str, ...]
    mask_band: str = ""
    max_cloud: float = 100.0
    download: bool = True
    resume: bool = True
    pixel_size: float = 0.0
    crs: str = ""
    resampling: str = "bilinear"
    mosaic_rule: str = "least_cloudy"
    day_rule: str = "solar"
    retries: int = 4
    timeout_s: float = 30.0
    headers: tuple[str, ...] = ()
    largest_gb: float = 100.0
    own_list: str = ""
    items: str = ""


def run(parameters: Parameters, context: JobContext) -> JobResult:
    """Build the stack and say what is in it and what was left out."""
    request = StacRequest(**vars(parameters), threads=context.threads, memory_mb=context.memory_mb)
    summary = build_stac_stack(request, context.progress)
    stack, ledger = summary.stack, summary.ledger
    outputs = {
        "output": parameters.output,
        "items": parameters.items,
        "n_dates": stack.n_timesteps,
        "n_items": len(ledger.used),
        "n_dropped": ledger.n_dropped,
        "dates": [str(day) for day in stack.dates],
        "bands": list(stack.bands),
        "used": [scene.id for scene in ledger.used],
        "dropped": [
            {"item": name, "status": fate.value, "reason": reason} for name, (fate, reason) in ledger.fates.items()
        ],
        "catalogue": summary.catalogue.url,
        "downloaded_bytes": summary.n_bytes,
        "picture": None if summary.picture is None else asdict(summary.picture),
    }
    files = [parameters.output, *([parameters.items] if parameters.items else [])]
    inputs = [path for path in (parameters.area, parameters.own_list) if path]
    return JobResult(outputs=outputs, files=files, inputs=inputs)
