"""Run a job for a Processing algorithm: settings in, events to the feedback, outputs back."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Dict, Mapping, Optional

from qgis.core import QgsFeedback

from cropsample_plugin.about import plugin_version
from cropsample_plugin.bridge.engine_errors import EngineError
from cropsample_plugin.bridge.engine_process import run_engine
from cropsample_plugin.bridge.environment import engine_problem, find_engine
from cropsample_plugin.bridge.feedback import FeedbackListener
from cropsample_plugin.bridge.job_folders import new_job_folder
from cropsample_plugin.bridge.settings import Settings, load_settings
from cropsample_plugin.bridge.web_access import reading_environment
from cropsample_plugin.jobs.protocol import Job


def describe_job(name: str, parameters: Mapping[str, Any], settings: Optional[Settings] = None) -> Job:
    """Return the job with the user's threads, memory and device."""
    chosen = settings or load_settings()
    return Job(
        name,
        {key: str(value) if isinstance(value, Path) else value for key, value in parameters.items()},
        plugin_version(),
        threads=chosen.threads,
        memory_mb=chosen.memory_mb,
        device=chosen.device,
    )


def usable_engine() -> str:
    """Return the engine's Python; raises `EngineError` of kind ``not_started`` when there is none."""
    problem = engine_problem()
    location = find_engine()
    if problem or location is None:
        raise EngineError("not_started", problem)
    return location.python


def run_job(
    name: str,
    parameters: Mapping[str, Any],
    feedback: QgsFeedback,
    settings: Optional[Settings] = None,
    environment: Optional[Mapping[str, str]] = None,
) -> Dict[str, Any]:
    """Run one job in the engine and wait for it; call from a worker thread or a script.

    Args:
        name: job name, equal to the algorithm id.
        parameters: the job's parameters, plain values and paths.
        feedback: told progress and messages, and asked whether to stop.
        settings: threads, memory and device to use instead of the user's.
        environment: variables for the engine that no file may hold, such as keys; beside QGIS's proxy.

    Returns:
        The job's outputs by name.

    Raises:
        EngineError: no engine, a failure, or cancelled.
    """
    python = usable_engine()
    job = describe_job(name, parameters, settings)
    listener = FeedbackListener(feedback)
    variables = {**reading_environment(), **(environment or {})}
    result = run_engine(job, python, new_job_folder(job), listener, feedback.isCanceled, environment=variables)
    return result.outputs
