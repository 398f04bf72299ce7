"""Every job the engine can run: name to the module that runs it, imported only when asked for.

A job module offers a frozen dataclass ``Parameters`` and ``run(parameters, context) -> JobResult``.
"""

from __future__ import annotations

import dataclasses
import importlib
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

from cropsample_plugin.engine.errors import InputError
from cropsample_plugin.engine.progress import Progress

JOBS: dict[str, str] = {
    "assessaccuracy": "cropsample_plugin.jobs.assess_accuracy",
    "buildtimeseries": "cropsample_plugin.jobs.build_time_series",
    "comparemaps": "cropsample_plugin.jobs.compare_maps",
    "compositetimeseries": "cropsample_plugin.jobs.composite_time_series",
    "crossvalidate": "cropsample_plugin.jobs.cross_validate",
    "departuresamples": "cropsample_plugin.jobs.departure_samples",
    "detectseasons": "cropsample_plugin.jobs.detect_seasons",
    "evaluaterepresentativeness": "cropsample_plugin.jobs.evaluate_representativeness",
    "extracttimeseries": "cropsample_plugin.jobs.extract_time_series",
    "labelconsensus": "cropsample_plugin.jobs.label_consensus",
    "objectstratification": "cropsample_plugin.jobs.object_stratification",
    "polygonstosamples": "cropsample_plugin.jobs.polygons_to_samples",
    "predictmap": "cropsample_plugin.jobs.predict_map",
    "preprocesstimeseries": "cropsample_plugin.jobs.preprocess_time_series",
    "probabilitysamples": "cropsample_plugin.jobs.probability_samples",
    "probe": "cropsample_plugin.jobs.probe",
    "productconsensus": "cropsample_plugin.jobs.product_consensus",
    "proposesamples": "cropsample_plugin.jobs.propose_samples",
    "refinemap": "cropsample_plugin.jobs.refine_map",
    "representativesamples": "cropsample_plugin.jobs.representative_samples",
    "samplequality": "cropsample_plugin.jobs.sample_quality",
    "samplesize": "cropsample_plugin.jobs.sample_size",
    "searchhyperparameters": "cropsample_plugin.jobs.search_hyperparameters",
    "simulateregion": "cropsample_plugin.jobs.simulate_region",
    "spectralindices": "cropsample_plugin.jobs.spectral_indices",
    "stactimeseries": "cropsample_plugin.jobs.stac_time_series",
    "trainclassifier": "cropsample_plugin.jobs.train_classifier",
    "trainweaklysupervised": "cropsample_plugin.jobs.train_weakly_supervised",
    "transferclassifier": "cropsample_plugin.jobs.transfer_classifier",
    "trustedsamples": "cropsample_plugin.jobs.trusted_samples",
}


@dataclass(frozen=True)
class JobContext:
    """What every job is given beside its parameters.

    Attributes:
        progress: where to report, and whom to ask about cancelling.
        threads: processor threads to use, at least 1.
        memory_mb: memory to stay below, in MiB.
        device: ``auto``, ``cpu``, ``cuda`` or ``mps``.
    """

    progress: Progress
    threads: int
    memory_mb: int
    device: str


@dataclass(frozen=True)
class JobResult:
    """What a job hands back.

    Attributes:
        outputs: output name (lower case) to number, text, path or plain JSON value.
        files: paths of the files the user asked for, each gets a provenance record beside it.
        inputs: paths of the files the job read, hashed into the record.
    """

    outputs: dict[str, Any]
    files: list[str] = field(default_factory=list)
    inputs: list[str] = field(default_factory=list)


def job_module(name: str) -> ModuleType:
    """Import the module of a job; `InputError` names the jobs there are."""
    if name not in JOBS:
        raise InputError(f"There is no job named '{name}'.", f"Known jobs: {', '.join(sorted(JOBS))}.")
    return importlib.import_module(JOBS[name])


def read_parameters(module: ModuleType, values: dict[str, Any]) -> Any:  # noqa: ANN401 - each job has its own type
    """Build the job's ``Parameters``; unknown and missing names are errors, lists become tuples."""
    parameter_type = module.Parameters
    fields = {item.name: item for item in dataclasses.fields(parameter_type)}
    unknown = sorted(set(values) - set(fields))
    if unknown:
        raise InputError(f"Unknown parameters: {', '.join(unknown)}.", f"Known: {', '.join(sorted(fields))}.")
    required = [name for name, item in fields.items() if _has_no_default(item)]
    missing = sorted(set(required) - set(values))
    if missing:
        raise InputError(f"Missing parameters: {', '.join(missing)}.")
    return parameter_type(**{name: _frozen(value) for name, value in values.items()})


def _has_no_default(item: dataclasses.Field[Any]) -> bool:
    return item.default is dataclasses.MISSING and item.default_factory is dataclasses.MISSING


def _frozen(value: Any) -> Any:  # noqa: ANN401 - JSON value in, JSON value out
    return tuple(_frozen(item) for item in value) if isinstance(value, list) else value
