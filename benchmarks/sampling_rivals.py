"""Ways to choose samples that ours are compared with, written from their papers, for the benchmark only."""

from __future__ import annotations

import numpy as np
from scipy.spatial import cKDTree
from sklearn.cluster import KMeans


def k_medoids(scores, n_samples, seed):
    """The objects nearest to the centres of k-means in principal component space."""
    centres = KMeans(n_samples, n_init=1, random_state=seed).fit(scores).cluster_centers_
    chosen = np.unique(cKDTree(scores).query(centres)[1])
    rest = np.setdiff1d(np.arange(len(scores)), chosen)
    extra = np.random.default_rng(seed).choice(rest, n_samples - len(chosen), replace=False)
    return np.concatenate([chosen, extra])


def kennard_stone(scores, n_samples, seed):  # noqa: ARG001 - every rival has this signature
    """Kennard & Stone 1969: always the object farthest from those chosen, beginning with the one farthest out."""
    chosen = [int(((scores - scores.mean(axis=0)) ** 2).sum(axis=1).argmax())]
    nearest = ((scores - scores[chosen[0]]) ** 2).sum(axis=1)
    while len(chosen) < n_samples:
        chosen.append(int(nearest.argmax()))
        nearest = np.minimum(nearest, ((scores - scores[chosen[-1]]) ** 2).sum(axis=1))
    return np.array(chosen)


def latin_hypercube(scores, n_samples, seed, n_steps=4000):
    """Minasny & McBratney 2006: conditioned Latin hypercube by simulated annealing, marginal and correlation terms."""
    rng = np.random.default_rng(seed)
    n_objects, n_columns = scores.shape
    ranks = np.argsort(np.argsort(scores, axis=0), axis=0)
    bins = np.minimum(ranks * n_samples // n_objects, n_samples - 1)
    correlation = np.corrcoef(scores.T) if n_columns > 1 else np.ones((1, 1))

    def objective(chosen):
        counts = np.zeros((n_columns, n_samples))
        for column in range(n_columns):
            counts[column] = np.bincount(bins[chosen, column], minlength=n_samples)
        with np.errstate(invalid="ignore"):
            own = np.corrcoef(scores[chosen].T) if n_columns > 1 else correlation
        return np.abs(counts - 1).sum() + np.abs(np.nan_to_num(own) - correlation).sum()

    chosen = rng.choice(n_objects, n_samples, replace=False)
    current, temperature = objective(chosen), 1.0
    for step in range(n_steps):
        trial = chosen.copy()
        candidate = int(rng.integers(n_objects))
        if candidate in chosen:
            continue
        trial[rng.integers(n_samples)] = candidate
        value = objective(trial)
        if value < current or rng.random() < np.exp((current - value) / temperature):
            chosen, current = trial, value
        if step % 10 == 9:
            temperature *= 0.95
    return chosen


RIVALS = {"k-medoids": k_medoids, "Kennard-Stone": kennard_stone, "cLHS": latin_hypercube}
