"""Report the engine's Python, package versions and devices, and what is wrong with them."""

from __future__ import annotations

import importlib
import importlib.metadata
import platform
import sys
from dataclasses import dataclass
from typing import Any

from cropsample_plugin.engine.progress import raise_if_canceled
from cropsample_plugin.jobs.protocol import MINIMUM_PYTHON
from cropsample_plugin.jobs.registry import JobContext, JobResult

REQUIRED_PACKAGES: dict[str, str] = {
    "numpy": "numpy",
    "scipy": "scipy",
    "scikit-learn": "sklearn",
    "rasterio": "rasterio",
    "pyogrio": "pyogrio",
    "shapely": "shapely",
    "torch": "torch",
    "safetensors": "safetensors",
    "skops": "skops",
    "matplotlib": "matplotlib",
    "jinja2": "jinja2",
    "numba": "numba",
    "pyproj": "pyproj",
}


@dataclass(frozen=True)
class Parameters:
    """The probe has no parameters."""


def run(parameters: Parameters, context: JobContext) -> JobResult:  # noqa: ARG001 - every job has this signature
    """Import every package the engine needs and list versions, devices and problems."""
    versions: dict[str, str] = {}
    problems: list[str] = []
    if sys.version_info < MINIMUM_PYTHON:
        problems.append(f"Python {platform.python_version()} is too old; 3.11 or newer is needed.")
    for position, (distribution, module_name) in enumerate(REQUIRED_PACKAGES.items()):
        raise_if_canceled(context.progress)
        context.progress.report(position / len(REQUIRED_PACKAGES), distribution)
        try:
            importlib.import_module(module_name)
            versions[distribution] = importlib.metadata.version(distribution)
        except Exception as error:  # noqa: BLE001 - a broken wheel can raise anything, and all of it is the answer
            problems.append(f"{distribution}: {error}")
    outputs: dict[str, Any] = {
        "python": platform.python_version(),
        "executable": sys.executable,
        "versions": versions,
        "devices": _devices(),
        "problems": problems,
    }
    return JobResult(outputs=outputs)


def _devices() -> list[str]:
    try:
        import torch
    except Exception:  # noqa: BLE001 - reported by the package check
        return ["cpu"]
    devices = []
    if torch.cuda.is_available():
        devices += [f"cuda:{index} {torch.cuda.get_device_name(index)}" for index in range(torch.cuda.device_count())]
    if torch.backends.mps.is_available():
        devices.append("mps")
    return [*devices, "cpu"]
