"""Propose what to label next, from a probability map or a model."""

from __future__ import annotations

import math
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from cropsample_plugin.engine.active.proposals import ProposalOptions, Proposals, propose
from cropsample_plugin.engine.active.reasons import reasons_of
from cropsample_plugin.engine.active.worth import WorthWeights
from cropsample_plugin.engine.errors import InputError
from cropsample_plugin.engine.mapping.candidate_inputs import CandidateInputs, ReadCandidates, read_candidates
from cropsample_plugin.engine.mapping.prediction import predict_map
from cropsample_plugin.engine.mapping.prediction_setup import Machine, MapRequest
from cropsample_plugin.engine.output_files import check_output
from cropsample_plugin.engine.progress import StepProgress
from cropsample_plugin.engine.sampling.object_files import write_layer
from cropsample_plugin.engine.sampling.sample_design import design_metadata, proposal_outputs
from cropsample_plugin.jobs.registry import JobContext, JobResult

_DESIGN_TEXT = "proposed where a map is uncertain, not a probability sample"
_SHARE_OF_MAP = 0.7
_SHARE_OF_READING = 0.8


@dataclass(frozen=True)
class Parameters:
    """Parameters of ``proposesamples``.

    Attributes:
        output: GeoPackage of points to write.
        probabilities: map with a band per class; "" when a model package is given.
        model_package: model that predicts the stack, or series in the fields of the objects; "" when a map is given.
        stack: dated stack that the model maps; with probabilities, what tells candidates apart.
        objects: fields that are the candidates; "" for the pixels of the map.
        stratum_field: field of the objects with their strata.
        existing: samples that exist already; "" for none.
        class_field: their field with the class; "" for none.
        n_samples: number of samples to propose.
        uncertainty: ``margin``, ``least_confidence`` or ``entropy``.
        diversity: weight of variety against worth, in [0, 1].
        rarity: weight of rare classes beside uncertainty.
        strata_weight: weight of strata short of samples beside uncertainty.
        min_distance: metres between samples at least.
        roads: layer from which distance costs; "" for none.
        cost: raster of costs; "" for none.
        cost_weight: how much the cost of a median candidate counts.
        seed: seed of every random step.
    """

    output: str
    probabilities: str = ""
    model_package: str = ""
    stack: str = ""
    objects: str = ""
    stratum_field: str = "stratum"
    existing: str = ""
    class_field: str = ""
    n_samples: int = 25
    uncertainty: str = "margin"
    diversity: float = 0.1
    rarity: float = 0.0
    strata_weight: float = 0.5
    min_distance: float = 0.0
    roads: str = ""
    cost: str = ""
    cost_weight: float = 0.25
    seed: int = 42


def run(parameters: Parameters, context: JobContext) -> JobResult:
    """Read or predict probabilities, choose, and write the samples in their order with the reason of each."""
    _check(parameters)
    inputs = [
        path
        for path in (
            parameters.probabilities,
            parameters.model_package,
            parameters.stack,
            parameters.objects,
            parameters.existing,
            parameters.roads,
            parameters.cost,
        )
        if path
    ]
    target = check_output(parameters.output, inputs, (".gpkg",))
    read = _read(parameters, context)
    options = _options(parameters, read)
    progress = StepProgress(context.progress, _SHARE_OF_READING, 0.98)
    proposals = propose(read.candidates, read.known, options, progress)
    notes = list(read.notes)
    n_proposed = len(proposals.samples)
    if n_proposed < parameters.n_samples:
        notes.append(
            f"Only {n_proposed} of {parameters.n_samples} samples could be proposed: no other candidate is "
            f"{parameters.min_distance:g} m away from all samples. A smaller minimum distance leaves room for more."
        )
    for note in notes:
        context.progress.log(note, "warning")
    said = proposal_outputs()
    points = shapely.points(read.candidates.xy_m[[sample.row for sample in proposals.samples]])
    fields = _fields(proposals, read, points)
    write_layer(target, "samples", fields, read.projection.to_layer(points), read.crs, design_metadata(said))
    outputs = {
        "output": str(target),
        "n_proposed": n_proposed,
        "n_candidates": read.candidates.n_candidates,
        "mean_uncertainty": float(np.mean(fields["uncertainty"])),
        "notes": notes,
        **said,
    }
    return JobResult(outputs, [str(target)], inputs)


def _check(parameters: Parameters) -> None:
    if bool(parameters.probabilities) == bool(parameters.model_package):
        raise InputError(
            "Give either probabilities or a model package.",
            "Probabilities are an output of 'Predict map'; a model package needs a stack, or objects with series.",
        )
    if parameters.model_package and not parameters.stack and not parameters.objects:
        raise InputError("The model has nothing to predict.", "Give a stack, or objects with series in their fields.")
    if parameters.class_field and not parameters.existing:
        raise InputError("A class field is given, but no existing samples.", "Give the samples, or clear the field.")


def _read(parameters: Parameters, context: JobContext) -> ReadCandidates:
    """Read the candidates; a model with a stack maps it first, into a folder that goes afterwards."""
    if not (parameters.model_package and parameters.stack):
        progress = StepProgress(context.progress, 0.0, _SHARE_OF_READING)
        return read_candidates(_inputs(parameters, parameters.probabilities, context), progress)
    with tempfile.TemporaryDirectory(prefix="cropsample_") as folder:
        mapped = str(Path(folder) / "probabilities.tif")
        machine = Machine(context.threads, context.memory_mb, context.device)
        request = MapRequest(parameters.model_package, parameters.stack, probabilities=mapped)
        predict_map(request, machine, StepProgress(context.progress, 0.0, _SHARE_OF_MAP))
        progress = StepProgress(context.progress, _SHARE_OF_MAP, _SHARE_OF_READING)
        return read_candidates(_inputs(parameters, mapped, context), progress)


def _inputs(parameters: Parameters, probabilities: str, context: JobContext) -> CandidateInputs:
    return CandidateInputs(
        probabilities=probabilities,
        model_package=parameters.model_package,
        stack=parameters.stack,
        objects=parameters.objects,
        stratum_field=parameters.stratum_field,
        existing=parameters.existing,
        class_field=parameters.class_field,
        roads=parameters.roads,
        cost=parameters.cost,
        seed=parameters.seed,
        threads=context.threads,
    )


def _options(parameters: Parameters, read: ReadCandidates) -> ProposalOptions:
    return ProposalOptions(
        n_samples=parameters.n_samples,
        uncertainty=parameters.uncertainty,
        diversity=parameters.diversity,
        weights=WorthWeights(parameters.rarity, parameters.strata_weight),
        cost_weight=parameters.cost_weight,
        min_distance_m=max(parameters.min_distance, read.same_place_m),
        seed=parameters.seed,
    )


def _fields(proposals: Proposals, read: ReadCandidates, points: npt.NDArray[np.object_]) -> dict[str, npt.NDArray[Any]]:
    """Return the fields, the most useful sample first; label and remark are left to fill in."""
    samples, candidates = proposals.samples, read.candidates
    rows = np.array([sample.row for sample in samples], dtype=np.int64)
    order = np.argsort(-candidates.probabilities[rows], axis=1, kind="stable")
    degrees = read.projection.degrees_of(points)
    empty = np.full(len(rows), "", dtype=object)
    fields: dict[str, npt.NDArray[Any]] = {
        "sample_id": np.arange(1, len(rows) + 1),
        "rank": np.arange(1, len(rows) + 1),
        "reason": np.array(reasons_of(proposals, candidates, read.known), dtype=object),
        "score": np.array([sample.pick.score for sample in samples]),
        "uncertainty": np.array([sample.uncertainty for sample in samples]),
        "rarity": np.array([sample.rarity for sample in samples]),
        "novelty": np.array([1 - sample.pick.likeness for sample in samples]),
        "stands_for": np.array([sample.pick.share for sample in samples]),
        "distance_m": np.array([_known(sample.pick.distance_m) for sample in samples]),
        "predicted": np.array([str(candidates.class_names[best]) for best in order[:, 0]], dtype=object),
        "probability": candidates.probabilities[rows, order[:, 0]].astype(np.float64),
        "second": np.array([str(candidates.class_names[best]) for best in order[:, 1]], dtype=object),
        "longitude": degrees[:, 0],
        "latitude": degrees[:, 1],
        "design": np.full(len(rows), _DESIGN_TEXT, dtype=object),
        "label": empty,
        "remark": empty.copy(),
    }
    if read.object_ids is not None:
        fields["object_fid"] = read.object_ids[rows]
    if candidates.strata is not None:
        names = [
            str(candidates.stratum_names[position]) if position >= 0 else "" for position in candidates.strata[rows]
        ]
        fields["stratum"] = np.array(names, dtype=object)
        fields["stratum_lack"] = np.array([sample.deficit for sample in samples])
    if candidates.costs_of is not None:
        fields["relative_cost"] = np.array([sample.cost for sample in samples])
    return fields


def _known(distance_m: float) -> float:
    return distance_m if math.isfinite(distance_m) else math.nan
