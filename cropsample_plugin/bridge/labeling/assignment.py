"""Who labels which samples: everyone all, each sample by so many, or each by one; balanced, by strata too."""

from __future__ import annotations

import random
from typing import Dict, Iterator, List, Sequence, Tuple

from cropsample_plugin.bridge.labeling.label_events import LabelingError
from cropsample_plugin.bridge.labeling.label_store import LabelStore
from cropsample_plugin.bridge.labeling.session_file import ASSIGN_OVERLAP, ASSIGN_SPLIT, Assignment

Assigned = List[Tuple[str, Tuple[str, ...]]]


def assign(sample_ids: Sequence[str], assignment: Assignment, strata: Sequence[str] = ()) -> Assigned:
    """Return who is to label each sample, in the order of the samples.

    With an overlap of k, n samples and m labelers each labeler gets n k / m samples, rounded up or down, and in each
    stratum fewer than two more or less than their share. Labelers meet in all combinations, by chance. Where everyone
    labels all, or samples are claimed one by one, nobody is named.

    Args:
        sample_ids: the samples.
        assignment: mode, labelers, overlap and seed; equal ones give equal results.
        strata: of each sample; empty for one stratum.

    Raises:
        LabelingError: no labelers, one twice, or fewer than the overlap.
    """
    if assignment.mode not in {ASSIGN_OVERLAP, ASSIGN_SPLIT}:
        return [(sample_id, ()) for sample_id in sample_ids]
    n_each = assignment.overlap if assignment.mode == ASSIGN_OVERLAP else 1
    _check(assignment.labelers, n_each)
    rng = random.Random(assignment.seed)  # noqa: S311 # nosec B311 - reproducible, no secret
    turns = _turns(list(assignment.labelers), n_each, rng)
    of_sample: Dict[int, Tuple[str, ...]] = {}
    for places in _by_stratum(len(sample_ids), strata):
        rng.shuffle(places)
        for place in places:
            of_sample[place] = next(turns)
    return [(sample_id, of_sample[place]) for place, sample_id in enumerate(sample_ids)]


def assign_in(store: LabelStore, assignment: Assignment) -> Assigned:
    """Assign the samples of a store that nobody is named for yet, and write it there; return what was written."""
    free = [sample for sample in store.read_samples() if not sample.assigned_to]
    assigned = assign([sample.sample_id for sample in free], assignment, [sample.stratum for sample in free])
    named = [(sample_id, labelers) for sample_id, labelers in assigned if labelers]
    if named:
        store.assign(named)
    return named


def _check(labelers: Sequence[str], n_each: int) -> None:
    if any(not name.strip() for name in labelers) or len(set(labelers)) < len(labelers):
        raise LabelingError("A labeler is named twice, or has no name.", "Name each labeler once.")
    if not 1 <= n_each <= len(labelers):
        raise LabelingError(
            f"Each sample is to be labeled by {n_each}, and there are {len(labelers)} labelers.",
            "Name more labelers, or lower the overlap.",
        )


def _turns(labelers: List[str], n_each: int, rng: random.Random) -> Iterator[Tuple[str, ...]]:
    """Yield the labelers of one sample after the other: a round of all, shuffled, then another one.

    Where a sample takes the last ones of a round, the next round begins with others.
    """
    left: List[str] = []
    while True:
        taken, left = left[:n_each], left[n_each:]
        if len(taken) < n_each:
            fresh = [name for name in labelers if name not in taken]
            rng.shuffle(fresh)
            n_missing = n_each - len(taken)
            rest = fresh[n_missing:] + taken
            rng.shuffle(rest)
            taken, left = taken + fresh[:n_missing], rest
        yield tuple(sorted(taken, key=labelers.index))


def _by_stratum(n_samples: int, strata: Sequence[str]) -> List[List[int]]:
    if not strata:
        return [list(range(n_samples))]
    places: Dict[str, List[int]] = {}
    for place, stratum in zip(range(n_samples), strata):
        places.setdefault(stratum, []).append(place)
    return [places[stratum] for stratum in sorted(places)]
