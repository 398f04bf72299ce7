"""Does a representative sample set train a better classifier? Central Asia, two regions, three classifiers.

    python benchmarks/sampling_evidence.py [DATA_FOLDER [CACHE_FOLDER]] [--quick] [--repeats 30] [--held-out]

DATA_FOLDER holds central_asia_uz_south/ and, for --held-out, mato_grosso_sits/. Fields of classes with 30 fields or
more, 23 NDVI dates, gaps filled linearly. n fields are chosen, a classifier is trained on them, tested on all others.
Every result goes to CACHE_FOLDER at once, so that an interrupted run goes on where it was. The index was chosen with
both regions in view; --held-out tests it on samples of Mato Grosso that had no part in it. `objects alike` is the index
without the weighing by kinds, for comparison.
"""

from __future__ import annotations

import argparse
import json
import os
import time
import warnings
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np
import pyogrio
import torch
from sampling_rivals import RIVALS
from scipy.stats import spearmanr
from sklearn.ensemble import RandomForestClassifier
from sklearn.metrics import accuracy_score, f1_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC

from cropsample_plugin.engine.sampling.exchange import Constraints
from cropsample_plugin.engine.sampling.feature_space import feature_space
from cropsample_plugin.engine.sampling.objects import Objects
from cropsample_plugin.engine.sampling.population import PopulationOptions, build_population
from cropsample_plugin.engine.sampling.representativeness import CRI_VARIANTS, CriVariant, score_sets
from cropsample_plugin.engine.sampling.selection import SelectionOptions, draw_stratified_sets, select_representative

ROOT = Path(__file__).resolve().parents[1]
REGIONS = ("Samarkand", "Kashkadarya")
HELD_OUT = ("Mato Grosso",)
SIZES = (25, 49, 100, 225)
SMALLEST_CLASS = 30
N_STRATA = 12
CURRENT = CRI_VARIANTS["current"]
ENGINE_METHODS = {
    "best of 1000": ("current", False),
    "OPTIMISE": ("current", True),
    "first CRI, best of 1000": ("first", False),
    "first CRI, OPTIMISE": ("first", True),
}
INDICES = {
    **CRI_VARIANTS,
    "objects alike": CriVariant("objects alike", CURRENT.weights, PopulationOptions(numbers_of_kinds=())),
}
METHODS = ("random", "stratified", "Kennard-Stone", "cLHS", "k-medoids", *ENGINE_METHODS)
CLASSIFIERS = ("forest", "svm", "lstm")
MEANS = {"mean of forest and svm": ("forest", "svm"), "mean of three": CLASSIFIERS}


def load_region(folder, region):
    return load_mato_grosso(folder) if region in HELD_OUT else load_central_asia(folder, region)


def load_mato_grosso(folder):
    frame = pyogrio.read_dataframe(folder / "mato_grosso_sits" / "samples_modis_ndvi.gpkg")
    series = frame[[name for name in frame.columns if name.startswith("NDVI_t")]].to_numpy(float)
    places = frame.geometry.to_crs(32721)
    objects = Objects(np.arange(len(frame)), series, np.ones(len(frame)), np.c_[places.x, places.y])
    return objects, frame.label.to_numpy(str)


def load_central_asia(folder, region):
    frame = pyogrio.read_dataframe(folder / "central_asia_uz_south" / "central_asia_uz_south.gpkg")
    frame = frame[frame.region == region]
    frame = frame[frame.label_1.map(frame.label_1.value_counts()) >= SMALLEST_CLASS]
    columns = [name for name in frame.columns if name.startswith("ndvi_d")]
    days = np.array([int(name[6:]) for name in columns])
    series = frame[columns].to_numpy(float)
    known = np.isfinite(series).any(axis=1)
    frame, series = frame[known], series[known]
    series = np.array([np.interp(days, days[np.isfinite(row)], row[np.isfinite(row)]) for row in series])
    places = frame.geometry.to_crs(32642).representative_point()
    objects = Objects(np.arange(len(frame)), series, frame.area_m2.to_numpy() / 1e4, np.c_[places.x, places.y])
    return objects, frame.label_1.to_numpy(str)


def lstm_predictions(series, codes, samples, seed, n_classes):
    """Train one LSTM per sample set, all sets side by side, and predict every field with each.

    Args: ``series (n_fields, n_dates)``, ``codes (n_fields,)``, ``samples (n_sets, n_samples)``.
    """
    n_epochs, n_hidden = 150, 16
    torch.manual_seed(seed)
    train = series[samples]
    mean, spread = train.mean(axis=(1, 2), keepdims=True), train.std(axis=(1, 2), keepdims=True) + 1e-6
    inputs = torch.tensor((train - mean) / spread, dtype=torch.float32)
    every = torch.tensor((series[None] - mean) / spread, dtype=torch.float32)
    target = torch.tensor(codes[samples])
    n_sets, bound = len(samples), n_hidden**-0.5
    shapes = ((1, 4 * n_hidden), (n_hidden, 4 * n_hidden), (1, 4 * n_hidden), (n_hidden, n_classes), (1, n_classes))
    weights = [torch.empty(n_sets, *shape).uniform_(-bound, bound).requires_grad_() for shape in shapes]
    optimiser = torch.optim.Adam(weights, lr=0.02)

    def forward(values):
        hidden = cell = torch.zeros(n_sets, values.shape[1], n_hidden)
        total = 0.0
        for date in range(values.shape[2]):
            gates = values[:, :, date, None] * weights[0] + hidden @ weights[1] + weights[2]
            keep, add, new, out = gates.chunk(4, dim=2)
            cell = torch.sigmoid(keep + 1) * cell + torch.sigmoid(add) * torch.tanh(new)
            hidden = torch.sigmoid(out) * torch.tanh(cell)
            total = total + hidden
        return total / values.shape[2] @ weights[3] + weights[4]

    for _ in range(n_epochs):
        optimiser.zero_grad()
        losses = torch.nn.functional.cross_entropy(forward(inputs).flatten(0, 1), target.flatten(), reduction="sum")
        (losses / target.shape[1]).backward()
        optimiser.step()
    with torch.no_grad():
        return forward(every).argmax(dim=2).numpy()


def predictions(objects, labels, sample, seed):
    """Predict every field with the forest and the support vector machine."""
    forest = RandomForestClassifier(100, random_state=seed, n_jobs=1)
    models = {"forest": forest, "svm": make_pipeline(StandardScaler(), SVC(C=10))}
    if len(np.unique(labels[sample])) == 1:
        return dict.fromkeys(models, np.repeat(labels[sample][:1], len(labels)))
    return {
        name: model.fit(objects.features[sample], labels[sample]).predict(objects.features)
        for name, model in models.items()
    }


def scores_of(labels, sample, given):
    others = np.setdiff1d(np.arange(len(labels)), sample)
    classes, counts = np.unique(labels, return_counts=True)
    each = f1_score(labels[others], given[others], labels=classes, average=None, zero_division=0)
    return [accuracy_score(labels[others], given[others]), each.mean(), each[counts.argmin()]]


def chosen_set(method, objects, scores, n_samples, seed):
    rng = np.random.default_rng(10_000 + seed)
    if method == "random":
        return rng.choice(objects.n_objects, n_samples, replace=False)
    if method in RIVALS:
        return RIVALS[method](scores, n_samples, seed)
    variant_name, optimise = ENGINE_METHODS.get(method, ("current", False))
    variant = CRI_VARIANTS[variant_name]
    population = build_population(objects, replace(variant.options, n_strata=N_STRATA, seed=seed))
    options = SelectionOptions(n_samples, optimise=optimise, seed=seed, variant=variant)
    if method == "stratified":
        free = Constraints.none(population.n_objects)
        return population.rows[draw_stratified_sets(population, replace(options, n_candidate_sets=1), free)[0]]
    return population.rows[select_representative(population, options).sample]


def run(folder, cache, names, repeats, lstm_repeats):
    done = read_cache(cache)
    regions = {region: load_region(folder, region) for region in names}
    spaces = {
        region: feature_space(objects.features, np.ones(objects.n_objects)).scores
        for region, (objects, _) in regions.items()
    }
    with cache.open("a", encoding="utf-8") as stream:
        for repeat in range(repeats):
            for region in names:
                for n_samples in SIZES:
                    key, with_lstm = (region, n_samples, repeat), repeat < lstm_repeats
                    missing = [name for name in METHODS if not is_done(done, key, name, with_lstm)]
                    if missing:
                        one_repeat(stream, regions[region], spaces[region], key, (missing, with_lstm))
            print("repeat", repeat, time.strftime("%H:%M:%S"), flush=True)
    return read_cache(cache)


def is_done(done, key, method, with_lstm):
    entry = done.get((*key[:2], method, key[2]))
    return entry is not None and (not with_lstm or "lstm" in entry["scores"])


def one_repeat(stream, data, scores, key, asked):
    (objects, labels), (region, n_samples, repeat), (methods, with_lstm) = data, key, asked
    samples = np.array([chosen_set(method, objects, scores, n_samples, repeat) for method in methods])
    classes, codes = np.unique(labels, return_inverse=True)
    by_lstm = lstm_predictions(objects.features, codes, samples, repeat, len(classes)) if with_lstm else None
    lines = []
    for position, (method, sample) in enumerate(zip(methods, samples)):
        given = predictions(objects, labels, sample, repeat)
        if by_lstm is not None:
            given["lstm"] = classes[by_lstm[position]]
        results = {name: scores_of(labels, sample, values) for name, values in given.items()}
        entry = {"key": [region, n_samples, method, repeat], "sample": sample.tolist(), "scores": results}
        lines.append(json.dumps(entry) + "\n")
    stream.write("".join(lines))
    stream.flush()


def read_cache(cache):
    if not cache.exists():
        return {}
    entries = (json.loads(line) for line in cache.read_text(encoding="utf-8").splitlines())
    return {tuple(entry["key"]): entry for entry in entries}


def table(done, regions, classifier):
    """Accuracy / macro F1 / F1 of the rarest class, means over repeats, with the standard error of macro F1."""
    names = MEANS.get(classifier, (classifier,))
    lines = [f"\n{classifier}: accuracy / macro F1 (standard error) / F1 of the rarest class"]
    for region in regions:
        lines.append(f"\n| {region} | " + " | ".join(f"n={n}" for n in SIZES) + " |")
        lines.append("|---" * (len(SIZES) + 1) + "|")
        for method in METHODS:
            cells = []
            for n_samples in SIZES:
                found = [e["scores"] for k, e in done.items() if k[:3] == (region, n_samples, method)]
                values = np.array([np.mean([s[name] for name in names], axis=0) for s in found if names[-1] in s])
                error = values[:, 1].std(ddof=1) / np.sqrt(len(values)) if len(values) > 1 else np.nan
                mean = values.mean(axis=0)
                cells.append(f"{mean[0]:.3f} / {mean[1]:.3f} ({error:.3f}) / {mean[2]:.3f}")
            lines.append(f"| {method} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def correlations(folder, done, regions):
    """Spearman of CRI with macro F1 (mean of forest and svm), within each n and pooled."""
    groups = {"random and stratified": ("random", "stratified"), "all designs": METHODS}
    lines = ["\nSpearman of the index with macro F1 (mean of forest and svm)"]
    for name, variant in INDICES.items():
        for title, methods in groups.items():
            within = []
            for region in regions:
                objects, _ = load_region(folder, region)
                population = build_population(objects, replace(variant.options, n_strata=N_STRATA))
                entries = [e for k, e in done.items() if k[0] == region and k[2] in methods]
                sets = [population.positions_of(np.array(e["sample"])) for e in entries]
                cri = score_sets(population, sets, variant)
                gained = np.array([np.mean([e["scores"][c][1] for c in ("forest", "svm")]) for e in entries])
                sizes = np.array([e["key"][1] for e in entries])
                each = [spearmanr(cri[sizes == n], gained[sizes == n])[0] for n in SIZES]
                within += each[:3]
                pooled = spearmanr(cri, gained)[0]
                text = ", ".join(f"n={n} {value:.2f}" for n, value in zip(SIZES, each))
                lines.append(f"{name:13s} {title:22s} {region:12s} {text}; pooled {pooled:.2f}")
            lines.append(f"{name:13s} {title:22s} mean within n = 25, 49, 100: {np.mean(within):.2f}")
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("data", type=Path, nargs="?", default=ROOT.parent / "shared" / "data")
    parser.add_argument("cache", type=Path, nargs="?", default=ROOT / "build" / "evidence")
    parser.add_argument("--quick", action="store_true", help="three repeats")
    parser.add_argument("--repeats", type=int, default=30)
    parser.add_argument("--lstm-repeats", type=int, default=30, help="repeats in which the LSTM is trained too")
    parser.add_argument("--held-out", action="store_true", help="Mato Grosso instead, forest and svm only")
    given = parser.parse_args()
    warnings.filterwarnings("ignore")
    torch.set_num_threads(1)
    given.cache.mkdir(parents=True, exist_ok=True)
    regions = HELD_OUT if given.held_out else REGIONS
    repeats = 3 if given.quick else given.repeats
    lstm_repeats = 0 if given.held_out else given.lstm_repeats
    done = run(given.data, given.cache / "sampling_evidence.jsonl", regions, repeats, lstm_repeats)
    for classifier in (*CLASSIFIERS, *MEANS) if lstm_repeats else ("forest", "svm", next(iter(MEANS))):
        print(table(done, regions, classifier))
    print(correlations(given.data, done, regions))


if __name__ == "__main__":
    main()
