"""Planted label errors on real series: what each method finds, and what its weights do to classifiers.

Usage: ``python benchmarks/label_noise.py [--data FOLDER] [--seeds 11,12,13] [--rates 0.15,0.3] [--sets ca,mt,dt]
[--models rf,svm,lstm] [--out table.json]``. Finished cases are kept in the file and skipped: stop and start again as
you like. At the end a table of means over the seeds. Thresholds and weights were chosen on seeds 0, 1 and 2 of ca and
mt; other seeds, and dt, say how they do.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.ensemble import RandomForestClassifier
from sklearn.metrics import f1_score
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC

from cropsample_plugin.engine.labels.confident_learning import (
    ConfidentSettings,
    held_out_probabilities,
    judge_by_confident_learning,
)
from cropsample_plugin.engine.labels.index_curves import make_index_curves
from cropsample_plugin.engine.labels.quality_facts import describe_quality
from cropsample_plugin.engine.labels.quality_input import QualitySamples
from cropsample_plugin.engine.labels.quality_result import REMOVE, CategoryWeights
from cropsample_plugin.engine.labels.sample_seasons import GapSettings, find_sample_seasons
from cropsample_plugin.engine.labels.second_opinion import with_second_opinion
from cropsample_plugin.engine.labels.sits_rule import SitsSettings, judge_by_sits, train_kohonen
from cropsample_plugin.engine.labels.tisqe import TisqeSettings, judge_by_tisqe
from cropsample_plugin.engine.models.fitting import FitContext
from cropsample_plugin.engine.models.registry import MODELS
from cropsample_plugin.engine.models.training_set import TrainingSet
from cropsample_plugin.engine.progress import SilentProgress
from cropsample_plugin.engine.timeseries.gap_filling import fill_linear
from cropsample_plugin.engine.timeseries.sample_table import SampleTable, series_of
from cropsample_plugin.engine.timeseries.seasons.season_data import SeasonSettings
from cropsample_plugin.jobs.registry import JobContext, job_module, read_parameters

DATA = Path(__file__).resolve().parents[1].parent / "shared" / "data"
SETS = {
    "ca": ("central_asia_uz_south/central_asia_uz_south.gpkg", "label_1", "region"),
    "mt": ("mato_grosso_sits/samples_modis_ndvi.gpkg", "label", "place"),
    "dt": ("dtwsat_mato_grosso/samples.gpkg", "label", "place"),
}
LSTM_METHODS = ("noisy", "exact removal", "confident", "cleanlab", "tisqe", "combined")
LEAST_SAMPLES = 60
SILENT = SilentProgress()


def load(data: Path, name: str):
    """Return table, series and codes of the classes with enough samples, and a group for each sample."""
    file_name, field, group_field = SETS[name]
    table = SampleTable.read(dtwsat_series(data) if name == "dt" else data / file_name)
    labels = table.fields[field].astype(str)
    names, counts = np.unique(labels, return_counts=True)
    rows = np.flatnonzero(np.isin(labels, names[counts >= LEAST_SAMPLES]))
    table = table.subset(rows)
    classes, codes = np.unique(labels[rows], return_inverse=True)
    if group_field == "place":
        keys = [bytes(shape) for shape in table.geometry]
        groups = np.unique(np.array(keys, dtype=object), return_inverse=True)[1]
    else:
        groups = np.arange(len(codes))
    return table, series_of(table), codes.astype(np.int64), tuple(classes), groups


def dtwsat_series(data: Path) -> Path:
    """Return the samples of dtwSat with the series of their own seasons, made once."""
    made = Path("build/dtwsat_series.gpkg")
    if not made.exists():
        made.parent.mkdir(exist_ok=True)
        folder, stack = data / "dtwsat_mato_grosso", str(made.with_name("dtwsat.vrt"))
        inputs = [str(folder / f"MOD13Q1_{band}.tif") for band in ("ndvi", "evi", "red", "nir", "mir", "blue")]
        samples = {"samples": str(folder / "samples.gpkg"), "start_field": "start_date", "end_field": "end_date"}
        for job, values in (
            ("buildtimeseries", {"inputs": inputs, "output": stack}),
            ("extracttimeseries", {**samples, "stack": stack, "output": str(made)}),
        ):
            module = job_module(job)
            module.run(read_parameters(module, values), JobContext(SILENT, 2, 1500, "cpu"))
    return made


def flip(codes, rate, rng, confusable=None):
    """Return labels of which a share is wrong: any other class, or the most confusable one."""
    wrong = rng.random(len(codes)) < rate
    noisy = codes.copy()
    n_classes = int(codes.max()) + 1
    if confusable is None:
        noisy[wrong] = (codes[wrong] + rng.integers(1, n_classes, wrong.sum())) % n_classes
    else:
        noisy[wrong] = confusable[codes[wrong]]
    return noisy, wrong


def confusable_classes(features, codes):
    """Return, for each class, the class that held-out forests confuse it with most."""
    settings = ConfidentSettings(n_trees=100, threads=2)
    found = held_out_probabilities(features, codes, np.arange(len(codes)), settings, SILENT)
    means = np.array([found[codes == code].mean(axis=0) for code in range(found.shape[1])])
    np.fill_diagonal(means, 0.0)
    return means.argmax(axis=1)


def sits(series, features, codes, classes, seed):
    """Return the result of sits' rule on the bands as they are."""
    settings = SitsSettings(seed=seed)
    trained = train_kohonen(np.ascontiguousarray(features.reshape(*series.values.shape)), settings, SILENT)
    return judge_by_sits(trained.neurons, codes, classes, settings)


def tisqe(series, codes, classes, **changes):
    """Return the result of TISQE, and the weights of the dates in season."""
    nothing = np.full(len(codes), np.nan)
    positions = series.axis.positions_days() * (16.0 if series.axis.kind.value == "step" else 1.0)
    samples = QualitySamples(
        codes, classes, series, positions, np.zeros(len(codes)), nothing, nothing, np.full(len(codes), "", object), ()
    )
    curves = make_index_curves(series, positions)
    gaps = GapSettings(min_observations=0, max_gap_days=1e9, peak_days=1e9)
    seasons = find_sample_seasons(samples, curves, SeasonSettings(), gaps)
    result = judge_by_tisqe(samples, curves, seasons, TisqeSettings(**changes), SILENT)
    facts = describe_quality(samples, seasons, result, {}, 0.3)
    return result, np.array(facts["season_weights"]["steps"])


def f1_of(flagged, wrong):
    """Return precision, recall and F1."""
    hits = (flagged & wrong).sum()
    precision, recall = hits / max(flagged.sum(), 1), hits / max(wrong.sum(), 1)
    return precision, recall, 2 * hits / max(flagged.sum() + wrong.sum(), 1)


def fit_score(model, training, test, seed, steps=None):
    """Return the macro F1 on clean test samples of a classifier.

    Args:
        model: ``rf``, ``svm`` or ``lstm``.
        training: ``(n, n_steps, n_bands)`` values, codes and weights.
        test: values and true codes.
        seed: seed of the model.
        steps: weights of the time steps; None for none.
    """
    (train, codes, weights), (test_values, truth) = training, test
    used = weights > 0
    if model == "lstm":
        return lstm_score(train[used], codes[used], weights[used], test, seed, steps)
    flat, test_flat = train.reshape(len(train), -1), test_values.reshape(len(test_values), -1)
    if model == "rf":
        fitted = RandomForestClassifier(200, random_state=seed, n_jobs=1)
        fitted.fit(flat[used], codes[used], sample_weight=weights[used])
        return f1_score(truth, fitted.predict(test_flat), average="macro")
    scaler = StandardScaler().fit(flat[used])
    factor = 1.0 if steps is None else np.repeat(steps, train.shape[2])
    fitted = SVC(C=10.0).fit(scaler.transform(flat[used]) * factor, codes[used], sample_weight=weights[used])
    return f1_score(truth, fitted.predict(scaler.transform(test_flat) * factor), average="macro")


def lstm_score(values, codes, weights, test, seed, steps):
    """Return the macro F1 of the plugin's single-headed LSTM."""
    n = len(values)
    samples = TrainingSet(
        values, np.zeros((n, 0), np.float32), codes, weights, np.ones(n, bool), np.full(n, -1), int(codes.max()) + 1, 0,
        np.arange(n), steps,
    )  # fmt: skip
    spec = MODELS["lstm"]
    fitted = spec.fit(samples, spec.settings_type(max_epochs=80), FitContext(SILENT, seed=seed))
    found = fitted.predictor.predict_probabilities(test[0], np.zeros((len(test[0]), 0), np.float32))
    return f1_score(test[1], found.argmax(axis=1), average="macro")


@dataclass
class Case:
    """One set with planted errors."""

    series: object
    train: np.ndarray
    noisy: np.ndarray
    wrong: np.ndarray
    test: tuple
    classes: tuple
    seed: int

    def flat(self):
        """Return the training series as flat features."""
        return self.train.reshape(len(self.train), -1)


def make_case(data, name, rate, mode, seed):
    """Hold out places, plant errors in the others."""
    _table, series, codes, classes, groups = load(data, name)
    rng = np.random.default_rng(seed)
    places = np.unique(groups)
    is_test = np.isin(groups, places[rng.random(len(places)) < 0.3])
    filled = np.nan_to_num(fill_linear(series.values, series.axis.positions_days())).astype(np.float32)
    train, truth = filled[~is_test], codes[~is_test]
    confusable = confusable_classes(train.reshape(len(train), -1), truth) if mode == "confusable" else None
    noisy, wrong = flip(truth, rate, rng, confusable)
    part = series.subset(np.flatnonzero(~is_test))
    return Case(part, train, noisy, wrong, (filled[is_test], codes[is_test]), classes, seed)


def judged(case):
    """Yield each method's name, flags, weights for training, and weights of the time steps."""
    n = len(case.noisy)
    yield "noisy", None, np.ones(n), None
    yield "exact removal", None, (~case.wrong).astype(float), None
    found = sits(case.series, case.flat(), case.noisy, case.classes, case.seed)
    yield "sits", found.category == REMOVE, CategoryWeights().of(found.category, case.noisy), None
    settings = ConfidentSettings(seed=case.seed, threads=1)
    probabilities = held_out_probabilities(case.flat(), case.noisy, np.arange(n), settings, SILENT)
    forests = judge_by_confident_learning(probabilities, case.noisy, case.classes)
    yield "confident", forests.category == REMOVE, CategoryWeights().of(forests.category, case.noisy), None
    import cleanlab

    flags = cleanlab.filter.find_label_issues(case.noisy, probabilities)
    quality = cleanlab.rank.get_label_quality_scores(case.noisy, probabilities)
    yield "cleanlab", flags, quality, None
    found, steps = tisqe(case.series, case.noisy, case.classes)
    weights = CategoryWeights().of(found.category, case.noisy)
    yield "tisqe", found.category == REMOVE, weights, None
    yield "tisqe, in season", None, weights, steps
    found = with_second_opinion(found, forests, TisqeSettings())
    yield "combined", found.category == REMOVE, CategoryWeights().of(found.category, case.noisy), None


def run_case(case, models):
    """Return one row of numbers for each method."""
    rows = []
    for method, flagged, weights, steps in judged(case):
        row = {"method": method}
        wanted = [model for model in models if model != "lstm" or method in (*LSTM_METHODS, "tisqe, in season")]
        if steps is not None:
            wanted = [model for model in wanted if model != "rf"]
        for model in wanted:
            if flagged is not None:
                kept = (case.train, case.noisy, (~flagged).astype(float))
                row[f"{model} removal"] = fit_score(model, kept, case.test, case.seed)
            training = (case.train, case.noisy, weights)
            row[f"{model} weights"] = fit_score(model, training, case.test, case.seed, steps)
        if flagged is not None:
            row["precision"], row["recall"], row["f1"] = f1_of(flagged, case.wrong)
        rows.append(row)
    return rows


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--seeds", default="11,12,13")
    parser.add_argument("--rates", default="0.15,0.3")
    parser.add_argument("--sets", default="ca,mt,dt")
    parser.add_argument("--models", default="rf,svm")
    parser.add_argument("--out", type=Path, default=Path("build/label_noise.json"))
    options = parser.parse_args()
    options.out.parent.mkdir(parents=True, exist_ok=True)
    done = json.loads(options.out.read_text()) if options.out.exists() else {}
    for name in options.sets.split(","):
        for rate in map(float, options.rates.split(",")):
            for mode in ("uniform", "confusable"):
                for seed in map(int, options.seeds.split(",")):
                    key = f"{name} {rate} {mode} {seed}"
                    if key not in done:
                        case = make_case(options.data, name, rate, mode, seed)
                        done[key] = run_case(case, options.models.split(","))
                        options.out.write_text(json.dumps(done, default=float, indent=1))
                        print(key, flush=True)
    print_table(done)


def print_table(done):
    """Print means over the seeds, and in brackets the smallest difference from the noisy labels."""
    columns = [f"{model} {what}" for model in ("rf", "svm", "lstm") for what in ("removal", "weights")]
    shown = [name for name in columns if any(name in row for rows in done.values() for row in rows)]
    print("| set, errors | method | F1 | " + " | ".join(shown) + " |")
    print("|---" * (len(shown) + 3) + "|")
    for setting in dict.fromkeys(key.rsplit(" ", 1)[0] for key in done):
        cases = [{row["method"]: row for row in done[key]} for key in done if key.rsplit(" ", 1)[0] == setting]
        for method in cases[0]:
            cells = [_mean([case[method].get("f1") for case in cases])]
            for name in shown:
                base = [case["noisy"].get(f"{name.split()[0]} weights") for case in cases]
                cells.append(_mean([case[method].get(name) for case in cases], None if method == "noisy" else base))
            print(f"| {setting} ({len(cases)}) | {method} | " + " | ".join(cells) + " |")


def _mean(values, base=None):
    """Return the mean, with the smallest difference from a base; "" where a value is missing."""
    if any(value is None for value in values):
        return ""
    mean = f"{np.mean(values):.3f}"
    return mean if base is None else f"{mean} ({min(np.subtract(values, base)):+.3f})"


if __name__ == "__main__":
    main()
