"""From a session to the engine's jobs: where the files of a run go and what each step is asked to do."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Dict, List

from cropsample_plugin.gui.train_and_map_session import Area, TrainAndMapSession


@dataclass(frozen=True)
class PlannedStep:
    """One job of a run: a name of the job registry and its parameters."""

    name: str
    parameters: Dict[str, Any]


@dataclass(frozen=True)
class RunPaths:
    """The files of one run, all in its own folder."""

    folder: Path

    def file(self, name: str) -> str:
        """Return the absolute path of a file of the run."""
        return str(self.folder / name)

    @property
    def samples(self) -> str:
        """The user's samples as the engine reads them."""
        return self.file("samples.gpkg")

    @property
    def area(self) -> str:
        """The polygons that bound the map."""
        return self.file("area.gpkg")

    @property
    def series(self) -> str:
        """The samples with their time series."""
        return self.file("series.gpkg")


def run_folder(base: str, title: str) -> Path:
    """Return a folder for the run inside ``base`` that does not exist yet; nothing is created."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^A-Za-z0-9]+", "_", plain).strip("_").lower() or "run"
    folder, number = Path(base) / slug, 2
    while folder.exists():
        folder = Path(base) / f"{slug}_{number}"
        number += 1
    return folder.absolute()


def plan_steps(session: TrainAndMapSession, paths: RunPaths) -> List[PlannedStep]:
    """Return the jobs that train and map what the session holds; the exported samples lie at ``paths``."""
    if session.uses_own_series:
        return [_train(session, paths, paths.samples), _predict(session, paths)]
    return [_extract(session, paths), _train(session, paths, paths.series), _predict(session, paths)]


def _stack_path(session: TrainAndMapSession) -> str:
    return session.stack.path if session.stack else ""


def _extract(session: TrainAndMapSession, paths: RunPaths) -> PlannedStep:
    parameters = {
        "samples": paths.samples,
        "stack": _stack_path(session),
        "output": paths.series,
        "dropped": paths.file("dropped_samples.gpkg"),
        "seed": session.seed,
    }
    return PlannedStep("extracttimeseries", parameters)


def _train(session: TrainAndMapSession, paths: RunPaths, samples: str) -> PlannedStep:
    parameters = {
        "samples": samples,
        "class_field": session.class_field,
        "weight_field": session.weight_field,
        "group_field": session.group_field,
        "domain_field": session.domain_field if session.uses_domain else "",
        "model": session.model,
        "validation": session.validation,
        "seed": session.seed,
        "model_package": paths.file("model.zip"),
        "report": paths.file("report.html"),
    }
    return PlannedStep("trainclassifier", parameters)


def _predict(session: TrainAndMapSession, paths: RunPaths) -> PlannedStep:
    parameters = {
        "model_package": paths.file("model.zip"),
        "stack": _stack_path(session),
        "area": "" if session.area is Area.WHOLE else paths.area,
        "classes": paths.file("classes.tif"),
        "probabilities": paths.file("probabilities.tif") if session.wants_probabilities else "",
        "uncertainty": paths.file("uncertainty.tif") if session.wants_uncertainty else "",
    }
    return PlannedStep("predictmap", parameters)
