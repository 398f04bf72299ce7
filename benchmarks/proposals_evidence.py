"""An active loop on real series: 25 labels to start, 25 at a time up to 200, macro F1 on places never proposed.

    python benchmarks/proposals_evidence.py [--region central_asia mato_grosso] [--seeds 20] [--only random ...]

Central Asia: fields with series of 23 NDVI values and five crops (classes with 80 fields or more). Mato Grosso: 1218
points with 12 NDVI values of a season and four classes, at 732 places, in 16 seasons. Each seed splits the places into
halves: one to label from, one to test. Every strategy starts from the same 25 random labels and trains the same random
forest. Beside the proposals: random samples, the 25 of smallest margin, and the medoids of 25 clusters of the
unlabeled. Printed: mean macro F1 and its standard error, how many labels reach what random has at 200, how far the
labels of strata (survey regions, seasons) are from their shares (half the sum of differences), and how far a sample is
from the next town.
"""

from __future__ import annotations

import argparse
import os
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np
import shapely
from sklearn.cluster import KMeans
from sklearn.ensemble import RandomForestClassifier
from sklearn.metrics import f1_score

from cropsample_plugin.engine.active.candidates import Candidates, KnownSamples
from cropsample_plugin.engine.active.proposals import ProposalOptions, propose
from cropsample_plugin.engine.active.uncertainty import margin
from cropsample_plugin.engine.active.worth import WorthWeights
from cropsample_plugin.engine.progress import SilentProgress
from cropsample_plugin.engine.sampling.object_geometry import GroundProjection, inner_points, repaired
from cropsample_plugin.engine.timeseries.gap_filling import fill_linear
from cropsample_plugin.engine.timeseries.sample_table import SampleTable

DATA = Path(__file__).resolve().parents[2] / "shared/data"
STEP, MOST, FEWEST_SAMPLES, N_TREES = 25, 200, 80, 100
M_PER_KM = 1000.0
MAPS_IN_A_ROW, MAP_SPACING = 4, 1.05


@dataclass(frozen=True)
class Source:
    """Where series are.

    Attributes:
        path: of the file.
        class_field, stratum_field, values_prefix: fields of class and stratum, how the fields of values begin.
        towns: longitude and latitude.
        has_map_per_stratum: strata are seasons, each with a map of its own, laid side by side: a place that is labeled
            is not proposed again, but another season of it is another sample.
    """

    path: str
    class_field: str
    stratum_field: str
    values_prefix: str
    towns: tuple[tuple[float, float], ...]
    has_map_per_stratum: bool = False


SOURCES = {
    "central_asia": Source(
        "central_asia_uz_south/central_asia_uz_south.gpkg",
        "label_1",
        "region",
        "ndvi_d",
        ((66.975, 39.654), (66.256, 39.899), (65.789, 38.860), (66.834, 39.058)),
    ),
    "mato_grosso": Source(
        "mato_grosso_sits/samples_modis_ndvi.gpkg",
        "label",
        "season",
        "NDVI_t",
        ((-56.097, -15.601), (-55.502, -11.865), (-54.636, -16.471), (-52.257, -15.890), (-57.498, -14.619)),
        has_map_per_stratum=True,
    ),
}


class Samples:
    """Series, places, classes, strata and distances to towns of all samples."""

    def __init__(self, source):
        table = SampleTable.read(DATA / source.path)
        labels = table.labels(source.class_field)
        names, counts = np.unique(labels.astype(str), return_counts=True)
        table = table.subset(np.isin(labels.astype(str), names[counts >= FEWEST_SAMPLES]))
        columns = sorted(name for name in table.fields if name.startswith(source.values_prefix))
        values = np.stack([table.fields[name] for name in columns], axis=1).astype(np.float32)
        steps = np.array([float(name[len(source.values_prefix) :]) for name in columns])
        self.features = np.nan_to_num(fill_linear(values[:, :, None], steps)[:, :, 0])
        self.names, self.labels = np.unique(table.labels(source.class_field).astype(str), return_inverse=True)
        shapes, _ = repaired(shapely.from_wkb(table.geometry))
        ground = GroundProjection.around(table.crs, tuple(shapely.total_bounds(shapes)))
        self.xy_m = shapely.get_coordinates(inner_points(ground.to_ground(shapes)))
        _, self.places = np.unique(self.xy_m.round(), axis=0, return_inverse=True)
        self.strata_names, self.strata = np.unique(table.fields[source.stratum_field].astype(str), return_inverse=True)
        towns_m = shapely.get_coordinates(ground.to_ground(shapely.points(np.array(source.towns))))
        self.town_km = np.hypot(*(self.xy_m[:, None] - towns_m[None]).transpose(2, 0, 1)).min(axis=1) / M_PER_KM
        if source.has_map_per_stratum:
            self.xy_m = _side_by_side(self.xy_m, self.strata)


def _side_by_side(xy_m, maps):
    """Return places with every map's beside those of the others, in rows of four."""
    extent_m = np.ptp(xy_m, axis=0) * MAP_SPACING
    return xy_m + extent_m * np.stack([maps % MAPS_IN_A_ROW, maps // MAPS_IN_A_ROW], axis=1)


@dataclass(frozen=True)
class Round:
    """Where a loop stands: the samples, rows labeled and unlabeled, the forest trained on the labels, a seed."""

    samples: Samples
    labeled: np.ndarray
    unlabeled: np.ndarray
    forest: RandomForestClassifier
    seed: int

    def probabilities(self):
        """Return those that the forest gives the unlabeled samples."""
        found = np.zeros((len(self.unlabeled), len(self.samples.names)), dtype=np.float32)
        found[:, self.forest.classes_] = self.forest.predict_proba(self.samples.features[self.unlabeled])
        return found


def at_random(now):
    return np.random.default_rng(now.seed).choice(now.unlabeled, STEP, replace=False)


def top_margin(now):
    return now.unlabeled[np.argsort(-margin(now.probabilities()), kind="stable")[:STEP]]


def medoids(now):
    values = now.samples.features[now.unlabeled]
    clusters = KMeans(STEP, n_init=1, random_state=now.seed).fit(values)
    distances = clusters.transform(values)
    members = [np.flatnonzero(clusters.labels_ == number) for number in range(STEP)]
    return now.unlabeled[[group[distances[group, number].argmin()] for number, group in enumerate(members)]]


def proposals(rarity=0.0, strata=None, **options):
    weights = WorthWeights(rarity, strata or 0.0)

    def choose(now):
        samples, labeled, unlabeled = now.samples, now.labeled, now.unlabeled
        features, names = samples.features[unlabeled], tuple(samples.names)
        typical_km = np.median(samples.town_km[unlabeled])
        candidates = Candidates(
            samples.xy_m[unlabeled],
            now.probabilities(),
            names,
            lambda rows: features[rows],
            samples.strata[unlabeled] if strata else None,
            tuple(samples.strata_names) if strata else (),
            lambda rows: samples.town_km[unlabeled[rows]] / typical_km,
        )
        counts = np.bincount(samples.labels[labeled], minlength=len(names))
        known = KnownSamples(samples.xy_m[labeled], samples.features[labeled], counts, samples.strata[labeled])
        asked = ProposalOptions(STEP, weights=weights, seed=now.seed, **options)
        return unlabeled[[sample.row for sample in propose(candidates, known, asked, SilentProgress()).samples]]

    return choose


STRATEGIES = {
    "random": at_random,
    "top margin": top_margin,
    "medoids": medoids,
    "proposals": proposals(),
    "proposals, rarity 0.2": proposals(rarity=0.2),
    "proposals, rarity 0.5": proposals(rarity=0.5),
    "proposals, diversity 0": proposals(diversity=0.0),
    "proposals, diversity 0.2": proposals(diversity=0.2),
    "proposals, diversity 0.5": proposals(diversity=0.5),
    "proposals, diversity 0.5, rarity 0.5": proposals(diversity=0.5, rarity=0.5),
    "proposals, strata 0.5": proposals(strata=0.5),
    "proposals, strata 2": proposals(strata=2.0),
    "proposals, cost 0.25": proposals(cost_weight=0.25),
    "proposals, cost 1": proposals(cost_weight=1.0),
    "proposals, cost 4": proposals(cost_weight=4.0),
}


def halves(samples, rng):
    """Return rows to label from and rows to test, in random order, no place in both."""
    n_rows, n_places = len(samples.labels), samples.places.max() + 1
    if n_places == n_rows:
        rows = rng.permutation(n_rows)
        return rows[n_rows // 2 :], rows[: n_rows // 2]
    tested = rng.permutation(n_places)[: n_places // 2]
    rows = rng.permutation(n_rows)
    is_tested = np.isin(samples.places[rows], tested)
    return rows[~is_tested], rows[is_tested]


def loop(samples, choose, seed):
    """Return the macro F1 at 25, 50 .. 200 labels, how far strata are from their shares, and kilometres to towns."""
    pool, test = halves(samples, np.random.default_rng(seed))
    labeled, scores = pool[:STEP], []
    while True:
        forest = RandomForestClassifier(N_TREES, random_state=seed, n_jobs=1)
        forest.fit(samples.features[labeled], samples.labels[labeled])
        scores.append(f1_score(samples.labels[test], forest.predict(samples.features[test]), average="macro"))
        if len(labeled) >= MOST:
            break
        unlabeled = np.setdiff1d(pool, labeled)
        chosen = choose(Round(samples, labeled, unlabeled, forest, seed * 1000 + len(labeled)))
        labeled = np.concatenate([labeled, chosen])
    shares = [np.bincount(samples.strata[rows], minlength=len(samples.strata_names)) for rows in (labeled, pool)]
    apart = np.abs(shares[0] / len(labeled) - shares[1] / len(pool)).sum() / 2
    return [*scores, apart, samples.town_km[labeled[STEP:]].mean()]


def labels_needed(curve, wanted):
    """Return the labels at which a curve reaches a score, linear between steps; NaN where it does not."""
    reached = np.flatnonzero(curve >= wanted)
    if not len(reached):
        return np.nan
    step = int(reached[0])
    if step == 0:
        return STEP
    return STEP * (step + (wanted - curve[step - 1]) / (curve[step] - curve[step - 1]))


def compare(samples, strategies, n_seeds):
    """Print a row of the table for each strategy."""
    columns = [str(n) for n in range(STEP, MOST + 1, STEP)] + ["labels for random's 200", "strata off", "km to a town"]
    print(f"| strategy | {' | '.join(columns)} |\n|{'---|' * (len(columns) + 1)}")
    wanted = None
    for name in strategies:
        runs = np.array([loop(samples, STRATEGIES[name], seed) for seed in range(n_seeds)])
        curves, (apart, town_km) = runs[:, :-2], runs[:, -2:].mean(axis=0)
        mean, error = curves.mean(axis=0), curves.std(axis=0, ddof=1) / np.sqrt(len(curves))
        wanted = mean[-1] if name == "random" else wanted
        cells = "".join(f" {value:.3f} ± {spread:.3f} |" for value, spread in zip(mean, error))
        needed = "" if wanted is None else f" {labels_needed(mean, wanted):.0f}"
        print(f"| {name} |{cells}{needed} | {100 * apart:.1f} % | {town_km:.0f} |", flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--region", nargs="*", default=list(SOURCES), choices=list(SOURCES))
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--only", nargs="*", default=list(STRATEGIES))
    arguments = parser.parse_args()
    for region in arguments.region:
        samples = Samples(SOURCES[region])
        n_places = samples.places.max() + 1
        print(f"{region}: {len(samples.labels)} samples at {n_places} places, {len(samples.names)} classes,", end=" ")
        print(f"{len(samples.strata_names)} strata, {arguments.seeds} seeds; macro F1")
        compare(samples, arguments.only, arguments.seeds)


if __name__ == "__main__":
    main()
