"""What training takes over from a judgement of the labels: weights of the time steps, and facts for the package.

Networks and support vector machines multiply their scaled inputs by the weight of the step. A forest does not look at
the size of its inputs, so for a forest the weights change nothing; the package says so.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from cropsample_plugin.engine.labels.quality_facts import QualityFacts
from cropsample_plugin.engine.models.registry import ModelSpec
from cropsample_plugin.engine.models.samples import PreparedSamples

APPLIED = "multiplied onto the scaled inputs of each step"
NOT_APPLIED = "not applied: trees do not look at the size of their inputs"
ALL_ALIKE = "not applied: all steps count the same"


def with_step_weights(samples: PreparedSamples, facts: QualityFacts, spec: ModelSpec) -> PreparedSamples:
    """Return the samples with the weights of the time steps, where the model looks at them.

    Raises:
        InputError: the facts are of series with other steps.
    """
    facts.check_axis(samples.series.axis)
    if how_applied(facts, spec) != APPLIED:
        return samples
    return replace(samples, training_set=replace(samples.training_set, step_weights=facts.step_weights))


def how_applied(facts: QualityFacts, spec: ModelSpec) -> str:
    """Return what becomes of the weights of the time steps, in words."""
    if not spec.scales_inputs:
        return NOT_APPLIED
    return ALL_ALIKE if np.ptp(facts.step_weights) == 0 else APPLIED


def quality_record(facts: QualityFacts, spec: ModelSpec, weight_field: str, samples_hash: str) -> dict[str, Any]:
    """Return the facts as they stand in the package.

    Args:
        facts: as read.
        spec: the model.
        weight_field: field that the weights of the samples were read from, "" for none.
        samples_hash: hash of the layer trained on, see `series_hash`; it differs when samples or labels changed.
    """
    return {
        **{name: value for name, value in facts.document.items() if name not in ("format", "format_version")},
        "season_weights_in_training": how_applied(facts, spec),
        "weight_field": weight_field,
        "same_labels_and_series": samples_hash == facts.sha256,
    }
