"""Models that travel between Samarkand 2016 and Kashkadarya 2018: every strategy against the number of target labels.

Usage: ``python benchmarks/transfer_central_asia.py [--data FOLDER] [--models random_forest,temp_cnn] [--repeats 5]
[--first-repeat 0] [--sizes 25,50,100,200,400] [--strategies fill_in,fill_in_alone,scratch] [--out table.json]
[--plot picture.svg] [--mato-grosso] [--mato-grosso-labels 10]``.
Finished rows are kept in the file and skipped: stop and start again as you like. Half of the target's fields test and
are never learned from; of the other half, so many labels are shown as the size says, and the rest is the pool without
labels. Both directions are pooled, as in BASELINES.csv. ``fill_in_alone`` is ``fill_in`` that takes no source sample:
what its two forests are worth without them. It runs only when asked for.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

import numpy as np

from cropsample_plugin.engine.models.fitting import FitContext
from cropsample_plugin.engine.models.metrics import macro_f1, overall_accuracy
from cropsample_plugin.engine.models.missing_values import MissingRule
from cropsample_plugin.engine.models.packages import ModelPackage
from cropsample_plugin.engine.models.registry import MODELS
from cropsample_plugin.engine.models.report_figures import new_figure, svg_text
from cropsample_plugin.engine.models.samples import SampleFields, prepare_samples
from cropsample_plugin.engine.models.training import TrainingOptions, train
from cropsample_plugin.engine.models.transfer import filling_in
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
WITH_LABELS = ("R1", "R2", "R3", "R4", "joint", "fill_in", "scratch")
ALONE = "fill_in_alone"
TREES_ONLY = ("joint", "fill_in", ALONE)
"""A network would take as long for ``joint`` as for the source model; ``fill_in`` is made of forests."""
NETWORKS_ONLY = ("direct", "dann", "R1", "R2", "R3", "R4")
SETTINGS = {
    "random_forest": {"n_trees": 100},
    "temp_cnn": {"n_filters": 32, "dense_size": 64, "max_epochs": 40, "patience_epochs": 8},
}
"""Smaller than the defaults: one number a date does not need more, and the table takes hours otherwise."""


FRESH = 100
"""First of the splits of Mato Grosso; others helped to choose how ``fill_in`` works."""


@dataclass(frozen=True)
class Case:
    """One direction with one model: the source, all of the target with labels, and its test half by repeat."""

    source: Source
    labeled: object


def fields_of(data: Path, years: tuple[int, int]) -> list[SampleTable]:
    """Return the fields of each year, of the classes with enough fields."""
    table = SampleTable.read(data / "central_asia_uz_south" / "central_asia_uz_south.gpkg")
    labels = table.fields["label_1"].astype(str)
    names, counts = np.unique(labels, return_counts=True)
    enough = np.isin(labels, names[counts >= LEAST_FIELDS])
    return [table.subset(np.flatnonzero(enough & (table.fields["year"] == year))) for year in years]


def load_domains(package: ModelPackage, tables: list[SampleTable], fields: SampleFields) -> tuple[Source, Target]:
    """Bring the samples of source and target to the axis of the source model."""
    source = prepare_domain(tables[0], fields, package, 0.0, "source")
    return combine(package, prepare_domain(tables[1], fields, package, 0.0), source)


def load_case(data: Path, model: str, years: tuple[int, int]) -> Case:
    """Train the source model and bring the target's samples to its axis."""
    tables = fields_of(data, years)
    found, domain = load_domains(train_source(tables[0], model), tables, FIELDS)
    return Case(found, domain.labeled)


def train_source(table: SampleTable, model: str, fields: SampleFields = FIELDS) -> ModelPackage:
    """Train a model on all fields of a region."""
    samples = prepare_samples(table, series_of(table), fields, RULE, separates_domains=False)
    settings = MODELS[model].settings_type(**SETTINGS.get(model, {}))
    options = TrainingOptions(model, settings, Protocol("none"), "none", RULE, fields)
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
    elif strategy == ALONE:
        with mock.patch.object(filling_in, "ENOUGH", 0):
            model = adapt(case.source, target, TransferOptions("fill_in"), context)
    else:
        chosen = {"treatment": strategy, "strategy": "fine_tune"} if strategy[0] == "R" else {"strategy": strategy}
        model = adapt(case.source, target, TransferOptions(**chosen), context)
    return {"matrix": score(model, test).tolist(), "seconds": round(time.monotonic() - started, 2)}


def jobs(model: str, strategies: list[str], sizes: list[int], repeats: range) -> list[tuple[str, int, int]]:
    """Return strategy, size and repeat of every row, repeat after repeat."""
    left_out = TREES_ONLY if MODELS[model].is_network else NETWORKS_ONLY
    wanted = [name for name in strategies if name not in left_out]
    without = [(name, 0) for name in wanted if name in WITHOUT_LABELS]
    learning = [(name, size) for size in sizes for name in wanted if name not in WITHOUT_LABELS]
    return [(name, size, repeat) for repeat in repeats for name, size in (*without, *learning)]


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


def scratch_wins(lines: list[tuple], strategy: str) -> str:
    """Return the numbers of labels at which the mean macro F1 from scratch is above that of a strategy."""
    scratch = {line[1]: line[4] for line in lines if line[0] == "scratch"}
    ours = {line[1]: line[4] for line in lines if line[0] == strategy}
    won = [str(size) for size in sorted(scratch) if scratch[size] > ours.get(size, ours.get(0, 1.0))]
    return f"scratch beats {strategy} at: {', '.join(won) or 'none'}"


def gains(found: dict, model: str, size: int, names: tuple[list[str], list[str]]) -> str:
    """Return how far each strategy is from scratch in the same splits: mean, and in how many of them it is better."""
    told = []
    for strategy in dict.fromkeys(key.split("|")[2] for key in found if key.startswith(f"{model}|0|")):
        differences = []
        for repeat in {key.split("|")[4] for key in found if key.startswith(f"{model}|0|{strategy}|{size}|")}:
            keys = [[f"{model}|{way}|{name}|{size}|{repeat}" for way in (0, 1)] for name in (strategy, "scratch")]
            if all(key in found for pair in keys for key in pair):
                ours, scratch = (macro_f1(pooled([found[key]["matrix"] for key in pair], names)) for pair in keys)
                differences.append(ours - scratch)
        if differences and strategy != "scratch":
            n_better = sum(item > 0 for item in differences)
            told.append(f"{strategy} {np.mean(differences):+.3f} (better in {n_better} of {len(differences)})")
    return f"{size} labels, minus scratch: {'; '.join(told) or 'not run'}"


def draw(tables: dict[str, list[tuple]], path: Path) -> None:
    """Plot macro F1 against the number of target labels; strategies without labels are level lines."""
    figure = new_figure(9.0, 3.6)
    for axes, (model, lines) in zip(figure.subplots(1, len(tables), sharey=True, squeeze=False)[0], tables.items()):
        for number, strategy in enumerate(dict.fromkeys(line[0] for line in lines)):
            own = [line for line in lines if line[0] == strategy]
            color = f"C{number % 10}"
            if own[0][1] == 0:
                axes.axhline(own[0][4], color=color, linestyle="--", linewidth=1, label=strategy)
            else:
                columns = ([line[column] for line in own] for column in (1, 4, 7))
                axes.errorbar(*columns, color=color, marker="o", markersize=3, capsize=2, label=strategy)
        axes.set_xscale("log")
        axes.set_xticks([25, 50, 100, 200, 400], ["25", "50", "100", "200", "400"])
        axes.minorticks_off()
        axes.set_title(MODELS[model].title, fontsize=9)
        axes.set_xlabel("labeled target fields")
        axes.grid(visible=True, alpha=0.3)
        axes.legend(fontsize=6, frameon=False)
    figure.axes[0].set_ylabel("macro F1, mean of the repeats")
    path.write_text(svg_text(figure), encoding="utf-8")


SEASONS = (("2 classes", 2006), ("2 classes", 2012), ("4 classes", 2006), ("4 classes", 2012), ("4 classes", 2014))


def seasons_of_mato_grosso(data: Path) -> Iterator[tuple[str, Source, Target]]:
    """Yield source and target, until a season and after it and back, of Mato Grosso."""
    table = SampleTable.read(data / "mato_grosso_sits" / "samples_modis_ndvi.gpkg")
    years = np.array([int(str(value)[:4]) for value in table.fields["start_date"]])
    few = np.isin(table.fields["label"].astype(str), ["Cerrado", "Pasture"])
    fields = SampleFields("label")
    for name, last in SEASONS:
        rows = few | (name == "4 classes")
        for way in (True, False):
            parts = [table.subset(np.flatnonzero(rows & ((years <= last) == side))) for side in (way, not way)]
            package = train_source(parts[0], "random_forest", fields)
            told = f"{name}, {'until' if way else 'after'} {last} to the others"
            yield (told, *load_domains(package, parts, fields))


def mato_grosso(data: Path) -> None:
    """Print naive and zero-label scores between seasons of Mato Grosso, which chose nothing of the method."""
    for told, source, target in seasons_of_mato_grosso(data):
        hidden = Target(target.labeled.subset(np.zeros(0, dtype=int)), target.labeled.unlabeled())
        models = naive(source), adapt(source, hidden, TransferOptions("zero_label"), FitContext(SilentProgress()))
        matrices = [score(model, target.labeled) for model in models]
        shown = "  ".join(f"{overall_accuracy(found):.3f} {macro_f1(found):.3f}" for found in matrices)
        print(f"{told}: naive, zero_label  {shown}")


def mato_grosso_with_labels(data: Path, repeats: int) -> None:
    """Print macro F1 with few labels between seasons of Mato Grosso, and how often ``fill_in`` beats scratch."""
    strategies = ("naive", "joint", "fill_in", "scratch")
    for told, source, target in seasons_of_mato_grosso(data):
        case = Case(source, target.labeled)
        for size in (25, 50, 100):
            rows = [[run_row(case, name, size, repeat)["matrix"] for name in strategies] for repeat in
                    range(FRESH, FRESH + repeats)]  # fmt: skip
            found = np.array([[macro_f1(np.array(matrix)) for matrix in row] for row in rows])
            means = "  ".join(f"{name} {mean:.3f}" for name, mean in zip(strategies, found.mean(axis=0)))
            n_better = int((found[:, 2] > found[:, 3]).sum())
            n_equal = int((found[:, 2] == found[:, 3]).sum())
            print(
                f"{told}, {size} labels: {means}; fill_in better {n_better}, equal {n_equal} of {repeats}", flush=True
            )


def print_scores(found: dict, model: str, names: tuple[list[str], list[str]], sizes: list[int]) -> list[tuple]:
    """Print the rows of a model's table and how its strategies compare with scratch; return the rows."""
    lines = table_rows(found, model, names)
    print(f"\n{MODELS[model].title}: accuracy, macro F1 (both directions pooled), each direction's macro F1, spread")
    for strategy, size, n, *scores, spread in lines:
        shown = "  ".join(f"{score_:.3f}" for score_ in scores)
        print(f"{strategy:13s}{size:5d} labels {n:3d} repeats  {shown}  {spread:.3f}")
    for strategy in dict.fromkeys(line[0] for line in lines if line[0] != "scratch"):
        print(scratch_wins(lines, strategy))
    for size in sizes:
        print(gains(found, model, size, names))
    return lines


def main() -> None:
    """Run what is missing, then print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--models", default="random_forest,temp_cnn")
    parser.add_argument("--sizes", default="25,50,100,200,400")
    parser.add_argument("--strategies", default=",".join((*WITHOUT_LABELS, *WITH_LABELS)))
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--first-repeat", type=int, default=0)
    parser.add_argument("--plot", type=Path, help="picture to draw (.svg)")
    parser.add_argument("--mato-grosso", action="store_true", help="also between seasons of Mato Grosso")
    parser.add_argument("--mato-grosso-labels", type=int, default=0, help="repeats of the same with few labels")
    parser.add_argument("--out", type=Path, default=Path("transfer_central_asia.json"))
    arguments = parser.parse_args()
    found = json.loads(arguments.out.read_text()) if arguments.out.exists() else {}
    sizes = [int(size) for size in arguments.sizes.split(",")]
    repeats = range(arguments.first_repeat, arguments.first_repeat + arguments.repeats)
    tables: dict[str, list[tuple]] = {}
    for model in filter(None, arguments.models.split(",")):
        cases = [load_case(arguments.data, model, years) for years in DIRECTIONS]
        names = tuple([item.name for item in case.source.classes] for case in cases)
        for strategy, size, repeat in jobs(model, arguments.strategies.split(","), sizes, repeats):
            for way, case in enumerate(cases):
                key = f"{model}|{way}|{strategy}|{size}|{repeat}"
                if key not in found:
                    found[key] = run_row(case, strategy, size, repeat)
                    arguments.out.write_text(json.dumps(found))
        lines = print_scores(found, model, names, sizes)
        tables[model] = lines
    if arguments.plot:
        draw(tables, arguments.plot)
    if arguments.mato_grosso:
        mato_grosso(arguments.data)
    if arguments.mato_grosso_labels:
        mato_grosso_with_labels(arguments.data, arguments.mato_grosso_labels)


if __name__ == "__main__":
    main()
