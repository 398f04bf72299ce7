"""Why a sample was proposed, in words a labeler can check."""

from __future__ import annotations

import math

import numpy as np

from cropsample_plugin.engine.active.candidates import NO_STRATUM, Candidates, KnownSamples
from cropsample_plugin.engine.active.proposals import Proposal, Proposals

_HIGH = 0.5
_UNLIKE = 0.1
_LEAST_SHARE = 0.01
_LEAST_RARE_PROBABILITY = 0.1
_CHEAP = 0.5
_DEAR = 2.0
_M_PER_KM = 1000.0


def reasons_of(proposals: Proposals, candidates: Candidates, known: KnownSamples) -> list[str]:
    """Return the reason of each proposed sample: its parts separated by semicolons, what the model says first."""
    has_before = known.n_samples > 0
    return [
        "; ".join(
            part
            for part in (
                _uncertainty(proposal, candidates),
                _rarity(proposal, proposals, candidates, known),
                _stratum(proposal, candidates),
                _novelty(proposal, has_before=has_before or number > 0),
                _place(proposal),
                _cost(proposal),
            )
            if part
        )
        for number, proposal in enumerate(proposals.samples)
    ]


def _uncertainty(proposal: Proposal, candidates: Candidates) -> str:
    probabilities = candidates.probabilities[proposal.row]
    first, second = np.argsort(-probabilities, kind="stable")[:2]
    names = candidates.class_names
    if proposal.uncertainty >= _HIGH:
        return (
            f"the model is unsure: {names[first]} ({probabilities[first]:.2f}) or "
            f"{names[second]} ({probabilities[second]:.2f})"
        )
    return f"the model says {names[first]} ({probabilities[first]:.2f})"


def _rarity(proposal: Proposal, proposals: Proposals, candidates: Candidates, known: KnownSamples) -> str:
    """Name the rare class that it may be of, with how many labels that class has."""
    rarity = proposals.worth.class_rarity
    probabilities = candidates.probabilities[proposal.row]
    position = int(np.argmax(probabilities * (rarity >= _HIGH)))
    if rarity[position] < _HIGH or probabilities[position] < _LEAST_RARE_PROBABILITY:
        return ""
    name = candidates.class_names[position]
    if known.class_counts is None or not known.class_counts.any():
        return f"it may be {name}, rare on the map"
    return f"it may be {name}, which has {known.class_counts[position]} of {known.class_counts.sum()} labels"


def _stratum(proposal: Proposal, candidates: Candidates) -> str:
    if candidates.strata is None or proposal.deficit < _HIGH:
        return ""
    position = int(candidates.strata[proposal.row])
    if position == NO_STRATUM:
        return ""
    return f"stratum {candidates.stratum_names[position]} lacks {proposal.deficit:.0%} of its share of samples"


def _novelty(proposal: Proposal, *, has_before: bool) -> str:
    stands_for = f"stands for {proposal.pick.share:.0%} of what is worth labeling"
    parts = [stands_for] if proposal.pick.share >= _LEAST_SHARE else []
    if has_before and proposal.pick.likeness <= _UNLIKE:
        parts.insert(0, "unlike every sample so far")
    return "; ".join(parts)


def _place(proposal: Proposal) -> str:
    distance_m = proposal.pick.distance_m
    if not math.isfinite(distance_m):
        return ""
    shown = f"{distance_m / _M_PER_KM:.1f} km" if distance_m >= _M_PER_KM else f"{distance_m:.0f} m"
    return f"{shown} from the nearest sample"


def _cost(proposal: Proposal) -> str:
    if math.isfinite(proposal.cost) and proposal.cost <= _CHEAP:
        return "cheap to reach"
    if math.isfinite(proposal.cost) and proposal.cost >= _DEAR:
        return "dear to reach, but worth it"
    return ""
