"""Class names that differ in capitals or spaces alone: told of, and merged when asked."""

from __future__ import annotations

from collections import Counter, defaultdict

import numpy as np

from cropsample_plugin.engine.labels.votes import Column


def similar_names(labels: Column) -> list[tuple[str, ...]]:
    """Return groups of text labels that differ in capitals or spaces alone, the most frequent first in each."""
    counts = Counter(label for label in labels if isinstance(label, str))
    groups: dict[str, list[str]] = defaultdict(list)
    for name in sorted(counts, key=lambda label: (-counts[label], label)):
        groups["".join(name.casefold().split()).replace("_", "").replace("-", "")].append(name)
    return [tuple(names) for names in groups.values() if len(names) > 1]


def merge_similar(labels: Column) -> Column:
    """Return the labels with each such group under its most frequent spelling."""
    spelling = {name: names[0] for names in similar_names(labels) for name in names}
    merged = np.full(len(labels), None, dtype=object)
    merged[:] = [spelling.get(label, label) for label in labels]
    return merged


def similarity_notes(labels: Column, *, merged: bool) -> list[str]:
    """Return one sentence for each group of similar names."""
    notes = []
    for names in similar_names(labels):
        listed = ", ".join(f"'{name}'" for name in names)
        if merged:
            notes.append(f"Class names taken for one, '{names[0]}': {listed}.")
        else:
            notes.append(f"Class names that differ in capitals or spaces alone: {listed}; ask to merge them.")
    return notes
