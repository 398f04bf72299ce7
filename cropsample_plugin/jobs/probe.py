"""Report the engine's Python, package versions and devices, and what is wrong with them."""

from __future__ import annotations

import importlib
import importlib.metadata
import platform
import sys
from collections.abc import Callable
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
    devices = _devices(problems)
    problems += _failing_trials(versions)
    outputs: dict[str, Any] = {
        "python": platform.python_version(),
        "executable": sys.executable,
        "versions": versions,
        "devices": devices,
        "problems": problems,
    }
    return JobResult(outputs=outputs)


def _devices(problems: list[str]) -> list[str]:
    """Return the devices that PyTorch can compute on, best first; one that is there but fails is a problem."""
    try:
        import torch
    except Exception:  # noqa: BLE001 - reported by the package check
        return ["cpu"]
    found = {f"cuda:{index}": torch.cuda.get_device_name(index) for index in range(torch.cuda.device_count())}
    if torch.backends.mps.is_available():
        found["mps"] = ""
    devices = []
    for name, title in found.items():
        try:
            ones = torch.ones((8, 8), device=name)
            float((ones @ ones).sum())
        except Exception as error:  # noqa: BLE001 - drivers fail in many ways, and all of it is the answer
            problems.append(f"{name} {title} cannot be used: {str(error).splitlines()[0]}")
        else:
            devices.append(f"{name} {title}".strip())
    return [*devices, "cpu"]


def _failing_trials(versions: dict[str, str]) -> list[str]:
    """Use what a clash of GDAL or PROJ versions breaks, as far as it is installed."""
    problems = []
    for distribution, trial in _TRIALS.items():
        if distribution not in versions:
            continue
        try:
            trial()
        except Exception as error:  # noqa: BLE001 - whatever it is, it is the answer
            problems.append(f"{distribution} is installed but does not work: {error}")
    return problems


def _try_rasterio() -> None:
    import numpy as np
    from rasterio.crs import CRS
    from rasterio.io import MemoryFile
    from rasterio.transform import from_origin

    grid = {"driver": "GTiff", "width": 4, "height": 4, "count": 1, "dtype": "uint8", "compress": "deflate"}
    place = from_origin(500_000, 10, 10, 10)
    with MemoryFile() as file:
        with file.open(**grid, crs=CRS.from_epsg(32631), transform=place) as raster:
            raster.write(np.ones((1, 4, 4), dtype=np.uint8))
        with file.open() as raster:
            if raster.crs.to_epsg() != 32631 or int(raster.read().sum()) != 16:  # noqa: PLR2004 - as written above
                raise RuntimeError("a raster was not read back as it was written")


def _try_pyproj() -> None:
    import pyproj

    east, _north = pyproj.Transformer.from_crs(4326, 32631, always_xy=True).transform(3.0, 0.0)
    if abs(east - 500_000) > 1:
        raise RuntimeError("coordinates are transformed wrongly; PROJ's data may be of another version")


_TRIALS: dict[str, Callable[[], None]] = {"rasterio": _try_rasterio, "pyproj": _try_pyproj}
