"""The multi-headed LSTM against one head, a forest and an SVM: few labels here, many elsewhere (Kerner et al. 2020).

Usage: ``python benchmarks/multi_headed.py [--data FOLDER] [--sizes 50,100,200,400] [--seeds 5] [--models ...]
[--out table.json]``. Finished rows are kept in the file and skipped: stop and start again as you like. One region and
year of Central Asia is global with all its fields, of the other so many fields are local as the size says. Half of
the local region's fields test and are never learned from. Beside the multi-headed LSTM each model learns from the
local fields alone and from both together. Both directions are pooled.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np

from cropsample_plugin.engine.models.fitting import FitContext
from cropsample_plugin.engine.models.metrics import error_matrix, macro_f1, overall_accuracy
from cropsample_plugin.engine.models.missing_values import MissingRule
from cropsample_plugin.engine.models.registry import MODELS
from cropsample_plugin.engine.models.samples import SampleFields, prepare_samples
from cropsample_plugin.engine.models.training_set import NOT_A_CLASS, TrainingSet
from cropsample_plugin.engine.models.validation import Protocol, split_folds
from cropsample_plugin.engine.progress import SilentProgress
from cropsample_plugin.engine.timeseries.sample_table import SampleTable, series_of

DATA = Path(__file__).resolve().parents[1].parent / "shared" / "data"
DIRECTIONS = ((2016, 2018), (2018, 2016))
LEAST_FIELDS = 80
LOCAL, BOTH = "local", "local and global"
ARMS = (
    ("random_forest", LOCAL), ("random_forest", BOTH), ("svm", LOCAL), ("svm", BOTH),
    ("lstm", LOCAL), ("lstm", BOTH), ("multi_head_lstm", BOTH),
)  # fmt: skip
SETTINGS = {"random_forest": {"n_trees": 100}}
LARGE_BATCH = 256
"""Where the thousands of global fields are learned from too: with batches of 64 the table takes hours."""


@dataclass(frozen=True)
class Fields:
    """The fields of both years, and the year of each."""

    samples: TrainingSet
    years: np.ndarray


def load_fields(data: Path) -> Fields:
    """Read the fields of the classes with at least 80 fields."""
    table = SampleTable.read(data / "central_asia_uz_south" / "central_asia_uz_south.gpkg")
    labels = table.labels("label_1").astype(str)
    names, counts = np.unique(labels, return_counts=True)
    table = table.subset(np.flatnonzero(np.isin(labels, names[counts >= LEAST_FIELDS])))
    rule, fields = MissingRule("linear", 1.0), SampleFields("label_1")
    prepared = prepare_samples(table, series_of(table), fields, rule, separates_domains=False)
    return Fields(prepared.training_set, table.fields["year"][prepared.used_rows])


def training_samples(fields: Fields, local: np.ndarray, distant: np.ndarray) -> TrainingSet:
    """Return local and distant rows as the trainer prepares them: distant ones have a class of the global head too."""
    chosen = fields.samples.subset(np.concatenate([local, distant]))
    is_local = np.arange(chosen.n_samples) < len(local)
    global_classes = np.where(is_local, NOT_A_CLASS, chosen.class_indices)
    n_global = chosen.n_classes if len(distant) else 0
    changes = {"is_local": is_local, "global_class_indices": global_classes, "n_global_classes": n_global}
    return TrainingSet(**{**vars(chosen), **changes})


def run_row(fields: Fields, arm: tuple[str, str], years: tuple[int, int], size: int, seed: int) -> dict:
    """Train one model on one draw of local fields and score it on the half that tests."""
    model, learns_from = arm
    here = np.flatnonzero(fields.years == years[1])
    fold = split_folds(fields.samples.subset(here), Protocol("holdout", validation_share=0.5, seed=seed))[0]
    local = here[np.random.default_rng([seed, size]).permutation(fold.train_rows)[:size]]
    distant = np.flatnonzero(fields.years == years[0]) if learns_from == BOTH else np.zeros(0, dtype=int)
    spec = MODELS[model]
    started = time.monotonic()
    quicker = {"batch_size": LARGE_BATCH} if spec.is_network and learns_from == BOTH else {}
    settings = spec.settings_type(**SETTINGS.get(model, {}), **quicker)
    fitted = spec.fit(training_samples(fields, local, distant), settings, FitContext(SilentProgress(), seed=seed))
    test = fields.samples.subset(here[fold.test_rows])
    mapped = fitted.predictor.predict_probabilities(test.values, test.static_values).argmax(axis=1)
    matrix = error_matrix(mapped, test.class_indices, test.n_classes)
    return {"matrix": matrix.tolist(), "seconds": round(time.monotonic() - started, 2)}


def print_table(found: dict, sizes: list[int], n_seeds: int) -> None:
    """Print mean and spread over the seeds, both directions pooled, and how often two heads beat each other model."""
    print("| model | learns from |" + "".join(f" {size} |" for size in sizes))
    print("|---|---|" + "---|" * len(sizes))
    scores = {}
    for model, learns_from in ARMS:
        cells = []
        for size in sizes:
            keys = [[f"{model}|{learns_from}|{way}|{size}|{seed}" for way in (0, 1)] for seed in range(n_seeds)]
            pooled = [
                np.sum([found[key]["matrix"] for key in pair], axis=0) for pair in keys if set(pair) <= set(found)
            ]
            if pooled:
                scores[model, learns_from, size] = np.array([macro_f1(matrix) for matrix in pooled])
                accuracy = np.mean([overall_accuracy(matrix) for matrix in pooled])
                f1 = scores[model, learns_from, size]
                cells.append(f"{f1.mean():.3f} ± {f1.std(ddof=1) if len(f1) > 1 else 0:.3f} ({accuracy:.3f})")
            else:
                cells.append("")
        print(f"| {MODELS[model].title} | {learns_from} | " + " | ".join(cells) + " |")
    for model, learns_from in ARMS[:-1]:
        told = []
        for size in sizes:
            ours, theirs = (scores.get((*arm, size)) for arm in (ARMS[-1], (model, learns_from)))
            if ours is not None and theirs is not None and len(ours) == len(theirs):
                told.append(f"{size}: {np.mean(ours - theirs):+.3f} ({int((ours > theirs).sum())} of {len(ours)})")
        print(f"two heads minus {model}, {learns_from}: {'; '.join(told)}")


def main() -> None:
    """Run what is missing, then print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--sizes", default="50,100,200,400")
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--models", default=",".join(dict.fromkeys(model for model, _ in ARMS)))
    parser.add_argument("--out", type=Path, default=Path("multi_headed.json"))
    arguments = parser.parse_args()
    found = json.loads(arguments.out.read_text()) if arguments.out.exists() else {}
    sizes = [int(size) for size in arguments.sizes.split(",")]
    fields = load_fields(arguments.data)
    for seed in range(arguments.seeds):
        for size in sizes:
            for model, learns_from in ARMS:
                for way, years in enumerate(DIRECTIONS):
                    key = f"{model}|{learns_from}|{way}|{size}|{seed}"
                    if model in arguments.models.split(",") and key not in found:
                        found[key] = run_row(fields, (model, learns_from), years, size, seed)
                        arguments.out.write_text(json.dumps(found))
    print_table(found, sizes, arguments.seeds)


if __name__ == "__main__":
    main()
