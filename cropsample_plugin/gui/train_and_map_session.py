"""The state of the Train and map panel and every rule about it, without Qt: widgets show it, tests drive it."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import List, Optional

from cropsample_plugin.gui.input_facts import (
    GeometryKind,
    SamplesFacts,
    StackFacts,
    guess_class_field,
    guess_domain_field,
    guess_group_field,
)

TREES = ("random_forest", "gradient_boosting")
MODELS = (
    "random_forest",
    "gradient_boosting",
    "svm",
    "lstm",
    "multi_head_lstm",
    "transformer",
    "ltae",
    "temp_cnn",
    "cnn_1d",
    "rnn",
    "lstm_all_dates",
    "gru",
    "bi_rnn",
    "bi_lstm",
    "bi_gru",
    "attention_bi_rnn",
    "attention_bi_lstm",
    "attention_bi_gru",
)
VALIDATIONS = ("holdout", "k_fold", "none")
_MINIMUM_CLASSES = 2
_FEW_SAMPLES_FOR_NETWORK = 300


class Area(Enum):
    """Which part of the stack is mapped."""

    WHOLE = "whole"
    EXTENT = "extent"
    LAYER = "layer"


class ProblemKind(Enum):
    """What can be missing or wrong before a run."""

    ENGINE_MISSING = "engine_missing"
    NO_STACK = "no_stack"
    STACK_NOT_FILE = "stack_not_file"
    STACK_NOT_DATED = "stack_not_dated"
    STACK_NO_CRS = "stack_no_crs"
    NO_SAMPLES = "no_samples"
    SAMPLES_EMPTY = "samples_empty"
    SAMPLES_NO_GEOMETRY = "samples_no_geometry"
    SAMPLES_NO_CRS = "samples_no_crs"
    NO_OVERLAP = "no_overlap"
    NO_CLASS_FIELD = "no_class_field"
    ONE_CLASS = "one_class"
    FIELD_USED_TWICE = "field_used_twice"
    NO_AREA_LAYER = "no_area_layer"
    NO_FOLDER = "no_folder"
    FOLDER_NOT_WRITABLE = "folder_not_writable"
    NO_DOMAIN_FIELD = "no_domain_field"
    FEW_SAMPLES = "few_samples"
    EMPTY_LABELS = "empty_labels"


WARNINGS = frozenset({ProblemKind.NO_DOMAIN_FIELD, ProblemKind.FEW_SAMPLES, ProblemKind.EMPTY_LABELS})


@dataclass(frozen=True)
class Problem:
    """One thing to tell the user before a run.

    Attributes:
        kind: what it is.
        detail: the name or number concerned, for the message.
    """

    kind: ProblemKind
    detail: str = ""

    @property
    def is_blocking(self) -> bool:
        """False for a warning that does not keep the run from starting."""
        return self.kind not in WARNINGS


@dataclass
class TrainAndMapSession:
    """Everything the user chose for one run.

    Attributes:
        engine_problem: why the engine cannot be used; empty when it can.
        stack: the raster chosen.
        samples: the sample layer chosen.
        uses_own_series: train on the layer's own series fields instead of extracting from the stack.
        model, validation: names of `MODELS` and `VALIDATIONS`.
        area, area_layer_id: which part to map, and the layer when a layer bounds it.
        folder: where the run's own folder is made.
        run_name: the run's title; `default_run_name` while empty.
    """

    engine_problem: str = ""
    stack: Optional[StackFacts] = None
    samples: Optional[SamplesFacts] = None
    uses_own_series: bool = False
    class_field: str = ""
    group_field: str = ""
    domain_field: str = ""
    weight_field: str = ""
    model: str = "random_forest"
    validation: str = "holdout"
    area: Area = Area.WHOLE
    area_layer_id: str = ""
    wants_probabilities: bool = False
    wants_uncertainty: bool = True
    seed: int = 42
    folder: str = ""
    run_name: str = ""
    _problems: List[Problem] = field(default_factory=list, repr=False)

    def choose_samples(self, samples: Optional[SamplesFacts]) -> None:
        """Take another sample layer and guess the fields; choices that the new layer also offers are kept."""
        self.samples = samples
        if samples is None:
            return
        names = {item.name for item in samples.fields}
        for attribute, guess in (
            ("class_field", guess_class_field),
            ("group_field", guess_group_field),
            ("domain_field", guess_domain_field),
        ):
            if getattr(self, attribute) not in names:
                setattr(self, attribute, guess(samples))
        if self.weight_field not in names:
            self.weight_field = ""
        self.uses_own_series = bool(samples.series_fields)

    def default_run_name(self) -> str:
        """Return a name made of the stack and the model."""
        stack = self.stack.name if self.stack else ""
        return f"{stack} {self.model}".replace("_", " ").strip()

    def title(self) -> str:
        """Return the run's name as the user wrote it, or the default."""
        return self.run_name.strip() or self.default_run_name()

    def problems(self) -> List[Problem]:
        """Return everything that is missing or doubtful, blocking things first, in the panel's order."""
        found = [
            *self._engine_problems(),
            *self._stack_problems(),
            *self._samples_problems(),
            *self._field_problems(),
            *self._model_problems(),
            *self._output_problems(),
        ]
        return sorted(found, key=lambda problem: not problem.is_blocking)

    def can_run(self) -> bool:
        """Return True when nothing blocking is left."""
        return not any(problem.is_blocking for problem in self.problems())

    def _engine_problems(self) -> List[Problem]:
        return [Problem(ProblemKind.ENGINE_MISSING, self.engine_problem)] if self.engine_problem else []

    def _stack_problems(self) -> List[Problem]:
        if self.stack is None:
            return [Problem(ProblemKind.NO_STACK)]
        if not self.stack.path:
            return [Problem(ProblemKind.STACK_NOT_FILE, self.stack.name)]
        if not self.stack.dates:
            return [Problem(ProblemKind.STACK_NOT_DATED, self.stack.name)]
        return [] if self.stack.has_crs else [Problem(ProblemKind.STACK_NO_CRS, self.stack.name)]

    def _samples_problems(self) -> List[Problem]:
        samples = self.samples
        if samples is None:
            return [Problem(ProblemKind.NO_SAMPLES)]
        if samples.n_features == 0:
            return [Problem(ProblemKind.SAMPLES_EMPTY, samples.name)]
        if self.uses_own_series:
            return []
        if samples.geometry not in (GeometryKind.POINT, GeometryKind.POLYGON):
            return [Problem(ProblemKind.SAMPLES_NO_GEOMETRY, samples.name)]
        if not samples.has_crs:
            return [Problem(ProblemKind.SAMPLES_NO_CRS, samples.name)]
        return [Problem(ProblemKind.NO_OVERLAP, samples.name)] if samples.overlaps_stack is False else []

    def _field_problems(self) -> List[Problem]:
        if self.samples is None or self.samples.n_features == 0:
            return []
        chosen = self.samples.field(self.class_field)
        if chosen is None:
            return [Problem(ProblemKind.NO_CLASS_FIELD)]
        if chosen.n_rows and chosen.n_distinct < _MINIMUM_CLASSES:
            return [Problem(ProblemKind.ONE_CLASS, chosen.name)]
        others = (self.group_field, self.weight_field, self.domain_field if self.uses_domain else "")
        if self.class_field in others:
            return [Problem(ProblemKind.FIELD_USED_TWICE, self.class_field)]
        return [Problem(ProblemKind.EMPTY_LABELS, str(chosen.n_empty))] if chosen.n_empty else []

    @property
    def uses_domain(self) -> bool:
        """True for the model that tells local from global samples."""
        return self.model == "multi_head_lstm"

    def _model_problems(self) -> List[Problem]:
        found = []
        if self.uses_domain and not self.domain_field and self.samples is not None:
            found.append(Problem(ProblemKind.NO_DOMAIN_FIELD))
        n_samples = self.samples.n_features if self.samples else 0
        if self.model not in (*TREES, "svm") and 0 < n_samples < _FEW_SAMPLES_FOR_NETWORK:
            found.append(Problem(ProblemKind.FEW_SAMPLES, str(n_samples)))
        return found

    def _output_problems(self) -> List[Problem]:
        found = []
        if self.area is Area.LAYER and not self.area_layer_id:
            found.append(Problem(ProblemKind.NO_AREA_LAYER))
        if not self.folder:
            found.append(Problem(ProblemKind.NO_FOLDER))
        elif not is_writable_folder(self.folder):
            found.append(Problem(ProblemKind.FOLDER_NOT_WRITABLE, self.folder))
        return found


def is_writable_folder(folder: str) -> bool:
    """Return True when the folder exists or can be made, as far as permissions tell."""
    path = Path(folder)
    while not path.exists():
        if path == path.parent:
            return False
        path = path.parent
    return path.is_dir() and os.access(path, os.W_OK)
