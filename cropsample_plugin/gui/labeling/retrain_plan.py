"""What *Retrain and propose* is asked for, what it takes of the session, and the jobs that follow from it."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Dict, List, Tuple

from cropsample_plugin.bridge.labeling.engine_labels import CLASS_FIELD, EngineLabel
from cropsample_plugin.bridge.labeling.label_events import LabelingError
from cropsample_plugin.bridge.labeling.standing_labels import class_of
from cropsample_plugin.gui.labeling.labeling_session import LabelingSession

RETRAIN, FROM_MAP, FROM_MODEL = "retrain", "map", "model"
_FEWEST_CLASSES = 2


@dataclass(frozen=True)
class RetrainChoice:
    """What the user wants.

    Attributes:
        mode: train anew, or propose from probabilities or a model package that exist.
        stack: path of the dated stack; "" where probabilities alone are given.
        probabilities, model_package: paths, of their modes.
        model: kind of model to train.
        n_samples: how many to propose.
        uncertainty, diversity, min_distance_m, seed: as of *Propose samples*.
    """

    mode: str = RETRAIN
    stack: str = ""
    probabilities: str = ""
    model_package: str = ""
    model: str = "random_forest"
    n_samples: int = 25
    uncertainty: str = "margin"
    diversity: float = 0.1
    min_distance_m: float = 0.0
    seed: int = 42


@dataclass(frozen=True)
class LabelSnapshot:
    """The session as it is now: labels to train with, and places where nothing is to be proposed.

    Attributes:
        labels: samples with the class that stands, as far as the labeler may know.
        places: all samples as points, with their class.
        n_without_class: labeled samples on whose class labelers differ.
        crs: of the geometries.
    """

    labels: Tuple[EngineLabel, ...]
    places: Tuple[EngineLabel, ...]
    n_without_class: int
    crs: str


@dataclass(frozen=True)
class RetrainPaths:
    """The files of one run."""

    folder: Path

    def file(self, name: str) -> str:
        """Return the path of a file of the run."""
        return str(self.folder / name)


def take_snapshot(session: LabelingSession, choice: RetrainChoice) -> LabelSnapshot:
    """Take the labels that stand now; labeling goes on meanwhile.

    Raises:
        LabelingError: there is too little to train with, or an input is missing.
    """
    labels, places, n_without = [], [], 0
    for sample in session.samples:
        state = session.state(sample.sample_id)
        if state.is_removed:
            continue
        class_name = class_of(state)
        places.append(EngineLabel(sample.sample_id, _point(sample.x, sample.y), class_name))
        n_without += bool(state.labels) and not class_name
        if class_name and choice.mode == RETRAIN:
            labels.append(EngineLabel(sample.sample_id, session.geometry(sample.sample_id) or b"", class_name))
    _check(choice, labels)
    return LabelSnapshot(tuple(labels), tuple(places), n_without, session.settings.crs)


def retrain_steps(
    choice: RetrainChoice, snapshot: LabelSnapshot, paths: RetrainPaths
) -> List[Tuple[str, Dict[str, Any]]]:
    """Return the jobs, each a name and parameters."""
    if choice.mode != RETRAIN:
        return [("proposesamples", _propose(choice, snapshot, paths))]
    train = {
        "samples": paths.file("labels.gpkg"),
        "class_field": CLASS_FIELD,
        "model": choice.model,
        "model_package": paths.file("model.zip"),
        "stack": choice.stack,
        "validation": "none",
        "seed": choice.seed,
    }
    predict = {
        "model_package": paths.file("model.zip"),
        "stack": choice.stack,
        "classes": paths.file("classes.tif"),
        "probabilities": paths.file("probabilities.tif"),
    }
    return [
        ("trainclassifier", train),
        ("predictmap", predict),
        ("proposesamples", _propose(choice, snapshot, paths)),
    ]


def _propose(choice: RetrainChoice, snapshot: LabelSnapshot, paths: RetrainPaths) -> Dict[str, Any]:
    is_retrained = choice.mode == RETRAIN
    has_classes = is_retrained and any(place.class_name for place in snapshot.places)
    return {
        "output": paths.file("proposals.gpkg"),
        "probabilities": paths.file("probabilities.tif") if is_retrained else choice.probabilities,
        "model_package": choice.model_package if choice.mode == FROM_MODEL else "",
        "stack": choice.stack,
        "existing": paths.file("places.gpkg") if snapshot.places else "",
        "class_field": CLASS_FIELD if has_classes else "",
        "n_samples": choice.n_samples,
        "uncertainty": choice.uncertainty,
        "diversity": choice.diversity,
        "min_distance": choice.min_distance_m,
        "seed": choice.seed,
    }


def _check(choice: RetrainChoice, labels: List[EngineLabel]) -> None:
    if choice.mode == RETRAIN and len({label.class_name for label in labels}) < _FEWEST_CLASSES:
        raise LabelingError(
            "A model is trained with two classes or more, and the labels that stand have fewer.",
            "Label a few samples of every class first.",
        )
    if choice.mode in (RETRAIN, FROM_MODEL) and not choice.stack:
        raise LabelingError("The model needs a dated stack to map.", "Choose one.")
    if choice.mode == FROM_MODEL and not Path(choice.model_package).is_file():
        raise LabelingError("There is no such model package.", "Choose a file written by 'Train classifier'.")
    if choice.mode == FROM_MAP and not choice.probabilities:
        raise LabelingError("There is no map to propose from.", "Choose the probabilities of 'Predict map'.")


def _point(x: float, y: float) -> bytes:
    return struct.pack("<BIdd", 1, 1, x, y)
