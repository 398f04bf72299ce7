"""Planted label errors on real series: what each method finds, and what its weights do to classifiers.

Usage: ``python benchmarks/label_noise.py [--data FOLDER] [--seeds 3] [--rates 0.15,0.3] [--sets ca,mt] [--models rf]
[--out table.json]``. Finished rows are kept in the file and skipped: stop and start again as you like.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

import numpy as np

from cropsample_plugin.engine.labels.confident_learning import (
    ConfidentSettings,
    held_out_probabilities,
    judge_by_confident_learning,
)
from cropsample_plugin.engine.labels.index_curves import make_index_curves
from cropsample_plugin.engine.labels.quality_input import QualitySamples
from cropsample_plugin.engine.labels.quality_result import REMOVE, CategoryWeights
from cropsample_plugin.engine.labels.sample_seasons import GapSettings, find_sample_seasons
from cropsample_plugin.engine.labels.sits_rule import SitsSettings, judge_by_sits, train_kohonen
from cropsample_plugin.engine.labels.tisqe import TisqeSettings, judge_by_tisqe
from cropsample_plugin.engine.progress import SilentProgress
from cropsample_plugin.engine.timeseries.gap_filling import fill_linear
from cropsample_plugin.engine.timeseries.sample_table import SampleTable, series_of
from cropsample_plugin.engine.timeseries.seasons.season_data import SeasonSettings

DATA = Path(__file__).resolve().parents[1].parent / "shared" / "data"
SETS = {
    "ca": ("central_asia_uz_south/central_asia_uz_south.gpkg", "label_1", "region"),
    "mt": ("mato_grosso_sits/samples_modis_ndvi.gpkg", "label", "place"),
}
LEAST_SAMPLES = 80
SILENT = SilentProgress()


def load(data: Path, name: str):
    """Return table, series and codes of the classes with enough samples, and a group for each sample."""
    file_name, field, group_field = SETS[name]
    table = SampleTable.read(data / file_name)
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


def detect(name, series, features, codes, classes, seed, **changes):
    """Return the result of a method."""
    if name == "sits":
        settings = SitsSettings(seed=seed)
        trained = train_kohonen(np.ascontiguousarray(features.reshape(*series.values.shape)), settings, SILENT)
        return judge_by_sits(trained.neurons, codes, classes, settings)
    if name == "confident":
        settings = ConfidentSettings(seed=seed, threads=2)
        return judge_by_confident_learning(
            held_out_probabilities(features, codes, np.arange(len(codes)), settings, SILENT), codes, classes
        )
    nothing = np.full(len(codes), np.nan)
    positions = series.axis.positions_days() * (30.0 if series.axis.kind.value == "step" else 1.0)
    samples = QualitySamples(
        codes, classes, series, positions, np.zeros(len(codes)), nothing, nothing, np.full(len(codes), "", object), ()
    )
    curves = make_index_curves(series, positions)
    gaps = GapSettings(min_observations=0, max_gap_days=1e9, peak_days=1e9)
    seasons = find_sample_seasons(samples, curves, SeasonSettings(), gaps)
    return judge_by_tisqe(samples, curves, seasons, TisqeSettings(**changes), SILENT)


def f1_of(flagged, wrong):
    """Return precision, recall and F1."""
    hits = (flagged & wrong).sum()
    precision, recall = hits / max(flagged.sum(), 1), hits / max(wrong.sum(), 1)
    return precision, recall, 2 * hits / max(flagged.sum() + wrong.sum(), 1)


def fit_score(model, training, test, seed):
    """Return the macro F1 on clean test samples of a classifier; training is features, codes and weights."""
    (train, codes, weights), (test_features, truth) = training, test
    from sklearn.ensemble import RandomForestClassifier
    from sklearn.metrics import f1_score
    from sklearn.preprocessing import StandardScaler
    from sklearn.svm import SVC

    used = weights > 0
    if model == "rf":
        fitted = RandomForestClassifier(200, random_state=seed, n_jobs=2)
        fitted.fit(train[used], codes[used], sample_weight=weights[used])
        predicted = fitted.predict(test_features)
    else:
        scaler = StandardScaler().fit(train[used])
        fitted = SVC(C=10.0).fit(scaler.transform(train[used]), codes[used], sample_weight=weights[used])
        predicted = fitted.predict(scaler.transform(test_features))
    return f1_score(truth, predicted, average="macro")


def run_case(data, name, rate, mode, seed, models):
    """Return one row of numbers for each method."""
    _table, series, codes, classes, groups = load(data, name)
    rng = np.random.default_rng(seed)
    places = np.unique(groups)
    is_test = np.isin(groups, places[rng.random(len(places)) < 0.3])
    filled = np.nan_to_num(fill_linear(series.values, series.axis.positions_days()))
    features = filled.reshape(len(codes), -1)
    train, truth = features[~is_test], codes[~is_test]
    confusable = confusable_classes(train, truth) if mode == "confusable" else None
    noisy, wrong = flip(truth, rate, rng, confusable)
    part = series.subset(np.flatnonzero(~is_test))
    rows = []

    def scores(weights):
        return {
            model: float(fit_score(model, (train, noisy, weights), (features[is_test], codes[is_test]), seed))
            for model in models
        }

    rows.append({"method": "noisy", **scores(np.ones(len(noisy)))})
    rows.append({"method": "exact removal", **scores((~wrong).astype(float))})
    for method in ("sits", "confident", "tisqe"):
        started = time.perf_counter()
        result = detect(method, part, train, noisy, classes, seed)
        seconds = time.perf_counter() - started
        flagged = result.category == REMOVE
        precision, recall, f1 = f1_of(flagged, wrong)
        row = {"method": method, "precision": precision, "recall": recall, "f1": f1, "seconds": seconds}
        row |= {f"{key} removal": value for key, value in scores((~flagged).astype(float)).items()}
        row |= {f"{key} weights": value for key, value in scores(CategoryWeights().of(result.category, noisy)).items()}
        rows.append(row)
    return rows


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--rates", default="0.15,0.3")
    parser.add_argument("--sets", default="ca,mt")
    parser.add_argument("--models", default="rf,svm")
    parser.add_argument("--out", type=Path, default=Path("build/label_noise.json"))
    options = parser.parse_args()
    options.out.parent.mkdir(parents=True, exist_ok=True)
    done = json.loads(options.out.read_text()) if options.out.exists() else {}
    for name in options.sets.split(","):
        for rate in map(float, options.rates.split(",")):
            for mode in ("uniform", "confusable"):
                for seed in range(options.seeds):
                    key = f"{name} {rate} {mode} {seed}"
                    if key not in done:
                        done[key] = run_case(options.data, name, rate, mode, seed, options.models.split(","))
                        options.out.write_text(json.dumps(done, default=float, indent=1))
                    for row in done[key]:
                        shown = {k: v if isinstance(v, str) else round(float(v), 3) for k, v in row.items()}
                        print(key, shown, flush=True)


if __name__ == "__main__":
    main()
