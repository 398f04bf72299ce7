"""The search as an HTML page, as a table, and as a file that training reads."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from cropsample_plugin.engine.errors import InputError
from cropsample_plugin.engine.labels.html_report import write_html
from cropsample_plugin.engine.models.hyperparameter_search.choice import pareto_front
from cropsample_plugin.engine.models.hyperparameter_search.search import SearchOptions, SearchOutcome
from cropsample_plugin.engine.models.registry import MODELS
from cropsample_plugin.engine.models.report_figures import new_figure, svg_text
from cropsample_plugin.engine.timeseries.table_output import OutputTable

TEMPLATE = "hyperparameter_search.html.j2"
FILE_FORMAT = "cropsample-hyperparameters"
FILE_VERSION = 1


@dataclass(frozen=True)
class SearchReport:
    """What a report tells of.

    Attributes:
        options: how was searched.
        outcome: what was found.
        design: the folds in words.
        n_samples: samples used.
        notes: sentences to add.
        settings: parameter to value.
    """

    options: SearchOptions
    outcome: SearchOutcome
    design: str
    n_samples: int
    notes: tuple[str, ...]
    settings: dict[str, Any]


def write_search_report(told: SearchReport, path: str | Path) -> None:
    """Write the page.

    Raises:
        OutputError: the folder may not be written to.
    """
    outcome = told.outcome
    names = list(outcome.trials[0].values)
    ranked = sorted(outcome.trials, key=lambda trial: (trial.state != "done", -_or_zero(trial.macro_f1), trial.number))
    context = {
        "title": MODELS[told.options.model].title,
        "names": names,
        "trials": ranked,
        "default": outcome.trials[0],
        "front": {trial.number for trial in pareto_front(list(outcome.trials))},
        "svg": _front_svg(outcome),
        **vars(told),
    }
    write_html(TEMPLATE, context, path)


def search_table(outcome: SearchOutcome) -> OutputTable:
    """Return one row a trial: ``trial``, ``state``, ``macro_f1``, ``seconds``, ``chosen``, ``reason``, the values."""
    trials = outcome.trials
    columns: dict[str, np.typing.NDArray[Any]] = {
        "trial": np.array([trial.number for trial in trials]),
        "state": np.array([trial.state for trial in trials], dtype=object),
        "macro_f1": np.array([trial.macro_f1 for trial in trials]),
        "seconds": np.array([trial.seconds for trial in trials]),
        "chosen": np.array([int(trial is outcome.chosen) for trial in trials]),
        "reason": np.array([trial.reason or None for trial in trials], dtype=object),
    }
    for name in trials[0].values:
        values = [trial.values[name] for trial in trials]
        if any(isinstance(value, str) for value in values):
            columns[name] = np.array([str(value) for value in values], dtype=object)
        else:
            columns[name] = np.array(values, dtype=np.float64)
    return OutputTable(columns, {"trial": "int64", "chosen": "int64"})


def write_hyperparameters(options: SearchOptions, outcome: SearchOutcome, path: str | Path) -> None:
    """Write the file that `read_hyperparameters` reads."""
    document = {
        "format": FILE_FORMAT,
        "version": FILE_VERSION,
        "model": options.model,
        "hyperparameters": outcome.chosen.values,
        "macro_f1": outcome.chosen.macro_f1,
        "chosen_by": options.choice,
        "n_trials": len(outcome.trials),
    }
    Path(path).write_text(json.dumps(document, indent=2) + "\n", encoding="utf-8")


def read_hyperparameters(path: str | Path, model: str) -> dict[str, Any]:
    """Return the hyperparameters in a file.

    Raises:
        InputError: no such file, another kind of file, of a newer version, or for another model.
    """
    try:
        document = json.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise InputError(
            f"The hyperparameters cannot be read from {path}: {error}", "Choose a file of 'Search hyperparameters'."
        ) from error
    if not isinstance(document, dict) or document.get("format") != FILE_FORMAT:
        raise InputError(f"{path} holds no hyperparameters.", "Choose a file that 'Search hyperparameters' wrote.")
    if int(document.get("version", 0)) > FILE_VERSION:
        raise InputError(f"{path} was written by a newer CropSample.", "Update CropSample, or search again.")
    if document.get("model") != model:
        raise InputError(
            f"{path} holds hyperparameters of '{document.get('model')}', and '{model}' is to be trained.",
            "Choose that model, or search for this one.",
        )
    values: dict[str, Any] = document["hyperparameters"]
    return values


def _or_zero(value: float) -> float:
    return 0.0 if math.isnan(value) else value


def _front_svg(outcome: SearchOutcome) -> str:
    """Draw macro F1 against time: all finished trials, those that none beats, the default and the chosen one."""
    figure = new_figure(6.2, 3.0)
    axes = figure.subplots()
    done = [trial for trial in outcome.trials if trial.state == "done"]
    front = pareto_front(done)
    axes.scatter([t.seconds for t in done], [t.macro_f1 for t in done], s=16, color="#9aa5a1", label="trial")
    axes.step(
        [t.seconds for t in front],
        [t.macro_f1 for t in front],
        where="post",
        color="#1b6ca8",
        label="best for its time",
    )
    for trial, color, name in ((outcome.trials[0], "#e08e0b", "default"), (outcome.chosen, "#3b8132", "chosen")):
        if trial.state == "done":
            axes.scatter([trial.seconds], [trial.macro_f1], s=60, facecolors="none", edgecolors=color, label=name)
    axes.set_xlabel("seconds a fold")
    axes.set_ylabel("macro F1")
    axes.grid(visible=True, alpha=0.3)
    axes.legend(fontsize=7, frameon=False)
    return svg_text(figure)
