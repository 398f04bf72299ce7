"""Models that travel between Samarkand 2016 and Kashkadarya 2018: every strategy against the number of target labels.

Usage: ``python benchmarks/transfer_central_asia.py [--data FOLDER] [--models random_forest,temp_cnn] [--repeats 10]
[--sizes 25,50,100,200,400] [--out table.json]``. Finished rows are kept in the file and skipped: stop and start again
as you like. Half of the target's fields test and are never learned from; of the other half, so many labels are shown
as the size says, and the rest is the pool without labels. Both directions are pooled, as in BASELINES.csv.
"""

from __future__ import annotations

import argparse
import json
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from cropsample_plugin.engine.models.fitting import FitContext
from cropsample_plugin.engine.models.metrics import macro_f1, overall_accuracy
from cropsample_plugin.engine.models.missing_values import MissingRule
from cropsample_plugin.engine.models.packages import ModelPackage
from cropsample_plugin.engine.models.registry import MODELS
from cropsample_plugin.engine.models.samples import SampleFields, prepare_samples
from cropsample_plugin.engine.models.training import TrainingOptions, train
from cropsample_plugin.engine.models.transfer.domains import Source, Target
from cropsample_plugin.engine.models.transfer.preparation import combine, prepare_domain
from cropsample_plugin.engine.models.transfer.strategies import TransferOptions, adapt, from_scratch, naive
from cropsample_plugin.engine.models.transfer.trial import score
from cropsample_plugin.engine.models.validation import Protocol, split_folds
from cropsample_plugin.engine.progress import SilentProgress
from cropsample_plugin.engine.timeseries.sample_table import SampleTable, series_of

DATA = Path(__file__).resolve().parents[1].parent / "shared" / "data"
FIELDS = SampleFields("label_1")
RULE = MissingRule("linear", 1.0)
DIRECTIONS = ((2016, 2018), (2018, 2016))
LEAST_FIELDS = 80
WITHOUT_LABELS = ("naive", "direct", "zero_label", "dann")
WITH_LABELS = ("R1", "R2", "R3", "R4", "joint", "scratch")
TREES_ONLY = ("joint",)
"""A network would take as long for each of these as for the source model."""
NETWORKS_ONLY = ("direct", "dann", "R1", "R2", "R3", "R4")
SETTINGS = {
    "random_forest": {"n_trees": 100},
    "temp_cnn": {"n_filters": 32, "dense_size": 64, "max_epochs": 40, "patience_epochs": 8},
}
"""Smaller than the defaults: one number a date does not need more, and the table takes hours otherwise."""


@dataclass(frozen=True)
class Case:
    """One direction with one model: the source, all of the target with labels, and its test half by repeat."""

    source: Source
    labeled: object


def load_case(data: Path, model: str, years: tuple[int, int]) -> Case:
    """Train the source model and bring the target's samples to its axis."""
    table = SampleTable.read(data / "central_asia_uz_south" / "central_asia_uz_south.gpkg")
    labels = table.fields["label_1"].astype(str)
    names, counts = np.unique(labels, return_counts=True)
    enough = np.isin(labels, names[counts >= LEAST_FIELDS])
    ours, theirs = (table.subset(np.flatnonzero(enough & (table.fields["year"] == year))) for year in years)
    package = train_source(ours, model)
    target = prepare_domain(theirs, FIELDS, package, 0.0)
    source = prepare_domain(ours, FIELDS, package, 0.0, "source")
    found, domain = combine(package, target, source)
    return Case(found, domain.labeled)


def train_source(table: SampleTable, model: str) -> ModelPackage:
    """Train a model on all fields of a region."""
    samples = prepare_samples(table, series_of(table), FIELDS, RULE, separates_domains=False)
    settings = MODELS[model].settings_type(**SETTINGS.get(model, {}))
    options = TrainingOptions(model, settings, Protocol("none"), "none", RULE, FIELDS)
    return train(samples, options, SilentProgress()).package


def run_row(case: Case, strategy: str, size: int, repeat: int) -> dict:
    """Score one strategy in one split; returns its error matrix."""
    labeled = case.labeled
    fold = split_folds(labeled.samples, Protocol("holdout", validation_share=0.5, seed=repeat))[0]
    rng = np.random.default_rng([repeat, size])
    shown = rng.permutation(fold.train_rows)[:size]
    hidden = np.setdiff1d(fold.train_rows, shown)
    target = Target(labeled.subset(shown), labeled.subset(hidden).unlabeled())
    test = labeled.subset(fold.test_rows)
    context = FitContext(SilentProgress(), seed=repeat)
    started = time.monotonic()
    if strategy == "naive":
        model = naive(case.source)
    elif strategy == "scratch":
        model = from_scratch(case.source, target.labeled, context)
    else:
        chosen = {"treatment": strategy, "strategy": "fine_tune"} if strategy[0] == "R" else {"strategy": strategy}
        model = adapt(case.source, target, TransferOptions(**chosen), context)
    return {"matrix": score(model, test).tolist(), "seconds": round(time.monotonic() - started, 2)}


def jobs(model: str, sizes: list[int], repeats: int) -> list[tuple[str, int, int]]:
    """Return strategy, size and repeat of every row, repeat after repeat."""
    left_out = TREES_ONLY if MODELS[model].is_network else NETWORKS_ONLY
    without = [(name, 0) for name in WITHOUT_LABELS if name not in left_out]
    learning = [(name, size) for size in sizes for name in WITH_LABELS if name not in left_out]
    return [(name, size, repeat) for repeat in range(repeats) for name, size in (*without, *learning)]


def pooled(rows: dict[str, dict], names: tuple[list[str], list[str]]) -> np.ndarray:
    """Return the error matrix of both directions together, over the classes of both."""
    every = sorted(set(names[0]) | set(names[1]))
    total = np.zeros((len(every), len(every)), dtype=np.int64)
    for matrix, labels in zip(rows, names):
        at = [every.index(label) for label in labels]
        total[np.ix_(at, at)] += np.array(matrix)
    return total


def table_rows(found: dict, model: str, names: tuple[list[str], list[str]]) -> list[tuple]:
    """Return strategy, size, mean accuracy, mean and spread of macro F1 over the repeats, and each direction's."""
    keys = sorted(
        {tuple(key.split("|")[2:4]) for key in found if key.startswith(f"{model}|")}, key=lambda k: (int(k[1]), k[0])
    )
    lines = []
    for strategy, size in keys:
        scores = []
        repeats = sorted({key.split("|")[4] for key in found if key.startswith(f"{model}|0|{strategy}|{size}|")})
        for repeat in repeats:
            both = [found.get(f"{model}|{way}|{strategy}|{size}|{repeat}") for way in (0, 1)]
            if None in both:
                continue
            matrix = pooled([item["matrix"] for item in both], names)
            ways = [macro_f1(np.array(item["matrix"])) for item in both]
            scores.append((overall_accuracy(matrix), macro_f1(matrix), *ways))
        if scores:
            values = np.array(scores)
            spread = values[:, 1].std(ddof=1) if len(values) > 1 else float("nan")
            lines.append((strategy, int(size), len(values), *values.mean(axis=0), spread))
    return lines


def crossing(lines: list[tuple], strategy: str) -> str:
    """Return from how many labels on training from scratch beats a strategy."""
    sizes = sorted({line[1] for line in lines if line[0] == "scratch"})
    scratch = {line[1]: line[4] for line in lines if line[0] == "scratch"}
    ours = {line[1]: line[4] for line in lines if line[0] == strategy}
    constant = ours.get(0)
    for size in sizes:
        if scratch[size] > ours.get(size, constant if constant is not None else 1.0):
            return f"from {size} labels on"
    return f"not up to {sizes[-1]} labels" if sizes else "unknown"


def main() -> None:
    """Run what is missing, then print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--models", default="random_forest,temp_cnn")
    parser.add_argument("--sizes", default="25,50,100,200,400")
    parser.add_argument("--repeats", type=int, default=10)
    parser.add_argument("--out", type=Path, default=Path("transfer_central_asia.json"))
    arguments = parser.parse_args()
    found = json.loads(arguments.out.read_text()) if arguments.out.exists() else {}
    sizes = [int(size) for size in arguments.sizes.split(",")]
    for model in arguments.models.split(","):
        cases = [load_case(arguments.data, model, years) for years in DIRECTIONS]
        names = tuple([item.name for item in case.source.classes] for case in cases)
        for strategy, size, repeat in jobs(model, sizes, arguments.repeats):
            for way, case in enumerate(cases):
                key = f"{model}|{way}|{strategy}|{size}|{repeat}"
                if key not in found:
                    found[key] = run_row(case, strategy, size, repeat)
                    arguments.out.write_text(json.dumps(found))
        lines = table_rows(found, model, names)
        print(
            f"\n{MODELS[model].title}: accuracy, macro F1 (both directions pooled), each direction's macro F1, spread"
        )
        for strategy, size, n, *scores, spread in lines:
            shown = "  ".join(f"{score_:.3f}" for score_ in scores)
            print(f"{strategy:11s}{size:5d} labels {n:3d} repeats  {shown}  {spread:.3f}")
        for strategy in ("naive", "zero_label", "dann", "R1", "R2", "R3", "R4", "joint"):
            print(f"scratch beats {strategy}: {crossing(lines, strategy)}")


if __name__ == "__main__":
    main()
