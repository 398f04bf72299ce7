"""Acceptance on the synthetic region: three products, each wrong on 15 % of the ground in patches, and no label."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "benchmarks"))

import weak_supervision


def test_the_network_beats_the_majority_vote_by_far():
    found = weak_supervision.measure(1, weak_supervision.KINDS["own"])
    assert found["lambda 0.1"] > found["vote"] + 0.03
    assert found["lambda 0.1"] > found["lambda 0"] - 0.005
