"""An active loop on real series: 25 labels to start, 25 at a time up to 200, macro F1 on fields never proposed.

    python benchmarks/proposals_evidence.py [--data central_asia_uz_south.gpkg] [--seeds 20] [--only random ...]

Fields with series of 23 NDVI values and five crops (classes with 80 fields or more). Each seed splits the fields into
halves: one to label from, one to test. Every strategy starts from the same 25 random labels and trains the same
random forest. Beside the proposals: random fields, the 25 of smallest margin, and the medoids of 25 clusters of the
unlabeled fields. Printed: mean macro F1 and its standard error, and how many labels reach what random has at 200.
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

DATA = Path(__file__).resolve().parents[2] / "shared/data/central_asia_uz_south/central_asia_uz_south.gpkg"
STEP, MOST, FEWEST_FIELDS, N_TREES = 25, 200, 80, 100


class Fields:
    """Series, places and crops of the fields."""

    def __init__(self, path):
        table = SampleTable.read(path)
        labels = table.labels("label_1")
        names, counts = np.unique(labels.astype(str), return_counts=True)
        table = table.subset(np.isin(labels.astype(str), names[counts >= FEWEST_FIELDS]))
        columns = sorted(name for name in table.fields if name.startswith("ndvi_d"))
        values = np.stack([table.fields[name] for name in columns], axis=1).astype(np.float32)
        days = np.array([float(name[6:]) for name in columns])
        self.features = np.nan_to_num(fill_linear(values[:, :, None], days)[:, :, 0])
        self.names, self.labels = np.unique(table.labels("label_1").astype(str), return_inverse=True)
        shapes, _ = repaired(shapely.from_wkb(table.geometry))
        ground = GroundProjection.around(table.crs, tuple(shapely.total_bounds(shapes))).to_ground(shapes)
        self.xy_m = shapely.get_coordinates(inner_points(ground))


@dataclass(frozen=True)
class Round:
    """Where a loop stands: the fields, rows labeled and unlabeled, the forest trained on the labels, a seed."""

    fields: Fields
    labeled: np.ndarray
    unlabeled: np.ndarray
    forest: RandomForestClassifier
    seed: int

    def probabilities(self):
        """Return those that the forest gives the unlabeled fields."""
        found = np.zeros((len(self.unlabeled), len(self.fields.names)), dtype=np.float32)
        found[:, self.forest.classes_] = self.forest.predict_proba(self.fields.features[self.unlabeled])
        return found


def at_random(now):
    return np.random.default_rng(now.seed).choice(now.unlabeled, STEP, replace=False)


def top_margin(now):
    return now.unlabeled[np.argsort(-margin(now.probabilities()), kind="stable")[:STEP]]


def medoids(now):
    values = now.fields.features[now.unlabeled]
    clusters = KMeans(STEP, n_init=1, random_state=now.seed).fit(values)
    distances = clusters.transform(values)
    members = [np.flatnonzero(clusters.labels_ == number) for number in range(STEP)]
    return now.unlabeled[[group[distances[group, number].argmin()] for number, group in enumerate(members)]]


def proposals(**options):
    weights = WorthWeights(options.pop("rarity", WorthWeights().rarity), 0.0)

    def choose(now):
        fields, labeled, unlabeled = now.fields, now.labeled, now.unlabeled
        features = fields.features[unlabeled]
        names = tuple(fields.names)
        candidates = Candidates(fields.xy_m[unlabeled], now.probabilities(), names, lambda rows: features[rows])
        counts = np.bincount(fields.labels[labeled], minlength=len(names))
        known = KnownSamples(fields.xy_m[labeled], fields.features[labeled], counts, np.full(len(labeled), -1))
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
    "proposals, diversity 0.5": proposals(diversity=0.5),
    "proposals, diversity 0.5, rarity 0.5": proposals(diversity=0.5, rarity=0.5),
}


def loop(fields, choose, seed):
    """Return the macro F1 at 25, 50 .. 200 labels."""
    rng = np.random.default_rng(seed)
    order = rng.permutation(len(fields.labels))
    test, pool = order[: len(order) // 2], order[len(order) // 2 :]
    labeled, scores = pool[:STEP], []
    while True:
        forest = RandomForestClassifier(N_TREES, random_state=seed, n_jobs=1)
        forest.fit(fields.features[labeled], fields.labels[labeled])
        scores.append(f1_score(fields.labels[test], forest.predict(fields.features[test]), average="macro"))
        if len(labeled) >= MOST:
            return scores
        unlabeled = np.setdiff1d(pool, labeled)
        chosen = choose(Round(fields, labeled, unlabeled, forest, seed * 1000 + len(labeled)))
        labeled = np.concatenate([labeled, chosen])


def labels_needed(curve, wanted):
    """Return the labels at which a curve reaches a score, linear between steps; NaN where it does not."""
    reached = np.flatnonzero(curve >= wanted)
    if not len(reached):
        return np.nan
    step = int(reached[0])
    if step == 0:
        return STEP
    return STEP * (step + (wanted - curve[step - 1]) / (curve[step] - curve[step - 1]))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--only", nargs="*", default=list(STRATEGIES))
    arguments = parser.parse_args()
    fields = Fields(str(arguments.data))
    print(f"{len(fields.labels)} fields, {len(fields.names)} classes, {arguments.seeds} seeds; macro F1")
    print("| strategy |" + "".join(f" {n} |" for n in range(STEP, MOST + 1, STEP)) + " labels for random's 200 |")
    wanted = None
    for name in arguments.only:
        curves = np.array([loop(fields, STRATEGIES[name], seed) for seed in range(arguments.seeds)])
        mean, error = curves.mean(axis=0), curves.std(axis=0, ddof=1) / np.sqrt(len(curves))
        wanted = mean[-1] if name == "random" else wanted
        cells = "".join(f" {value:.3f} ± {spread:.3f} |" for value, spread in zip(mean, error))
        needed = "" if wanted is None else f" {labels_needed(mean, wanted):.0f}"
        print(f"| {name} |{cells}{needed} |", flush=True)


if __name__ == "__main__":
    main()
