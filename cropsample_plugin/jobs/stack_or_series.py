"""Parameters that all operations on a stack or on a series layer share."""

from __future__ import annotations

from pathlib import Path

from cropsample_plugin.engine.errors import InputError
from cropsample_plugin.engine.output_files import check_output
from cropsample_plugin.engine.timeseries.compositing.mask_source import MaskRequest
from cropsample_plugin.engine.timeseries.stacks.block_run import RunOptions
from cropsample_plugin.jobs.registry import JobContext


def require_one(stack: str, samples: str, output: str, output_series: str) -> bool:
    """Return True for a stack, False for a series layer.

    Raises:
        InputError: both or neither are given, or the output of the other kind.
    """
    if bool(stack) == bool(samples):
        raise InputError("Give either a stack or a series layer.", "Leave one of the two empty.")
    if not (output if stack else output_series):
        kind = "raster" if stack else "series layer"
        raise InputError(f"No output {kind} is given.", "Name the file to write.")
    return bool(stack)


def series_target(path: str, samples: str) -> Path:
    """Check the output of a series layer and return it."""
    return check_output(path, [samples], (".gpkg",))


def run_options(context: JobContext, *, resume: bool, scheduler: str) -> RunOptions:
    """Return how blocks are run."""
    return RunOptions(context.threads, context.memory_mb, resume, scheduler)


def no_mask_stack(mask: MaskRequest) -> None:
    """Raise `InputError` when a mask raster is given for a series layer."""
    if mask.path:
        raise InputError(
            "A cloud mask raster goes with a stack, not with a series layer.",
            "Extract the mask with the other bands and name its band.",
        )
