"""A Dask cluster by its address, or one made on this machine; checked before the first tile."""

from __future__ import annotations

import contextlib
import re
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Iterator, Mapping

from cropsample_plugin.engine.errors import ClusterError, InputError, MissingPackageError
from cropsample_plugin.engine.progress import Progress, raise_if_canceled

CONNECT_TIMEOUT_S = 15.0
WORKER_TIMEOUT_S = 300.0
_LOCAL = re.compile(r"local(?::(\d{1,3}))?")
_ADDRESS = re.compile(r"(?:(?:tcp|tls|ws|wss|ucx)://)?[^\s/:]+:\d{1,5}|(?:tcp|tls)://\[[0-9a-fA-F:]+\]:\d{1,5}")
_EXACT = ("distributed", "dask", "cloudpickle")
_EXACT_ON_WORKERS = (*_EXACT, "numpy")
_POLL_S = 0.2
_FORMS = "Give tcp://host:8786, the path of a scheduler file, or local:2 for two processes of this machine."


@dataclass(frozen=True)
class SchedulerChoice:
    """Where tiles are computed: ``n_local`` processes of this machine, an address, or a scheduler file."""

    n_local: int = 0
    address: str = ""
    file: str = ""


def read_scheduler(text: str, threads: int) -> SchedulerChoice:
    """Understand what the user wrote.

    Args:
        text: ``local``, ``local:N``, an address, or the path of a scheduler file.
        threads: processes of ``local`` without a number.

    Raises:
        InputError: it is none of these.
    """
    text = text.strip()
    local = _LOCAL.fullmatch(text)
    if local:
        n_local = int(local.group(1) or max(1, threads))
        if n_local == 0:
            raise InputError("A local cluster needs at least one process.", _FORMS)
        return SchedulerChoice(n_local=n_local)
    if text.endswith(".json"):
        if not Path(text).is_file():
            raise InputError(f"The scheduler file {text} does not exist.", "It appears once the scheduler runs.")
        return SchedulerChoice(file=text)
    if not _ADDRESS.fullmatch(text):
        raise InputError(f"'{text}' is no Dask scheduler.", _FORMS)
    return SchedulerChoice(address=text if "://" in text else f"tcp://{text}")


@contextlib.contextmanager
def connected(scheduler: str, threads: int, progress: Progress) -> Iterator[Any]:
    """Give a client of a cluster that has workers of our versions; a local cluster ends with it.

    Raises:
        InputError: the text names no scheduler.
        MissingPackageError: this Python lacks Dask.
        ClusterError: unreachable, of another version, or without workers.
    """
    choice = read_scheduler(scheduler, threads)
    try:
        import distributed
    except ImportError as error:
        raise MissingPackageError(
            f"The engine's Python ({sys.executable}) lacks '{error.name}', which shares work between machines.",
            "Create the engine environment again in CropSample's options, or leave SCHEDULER empty.",
        ) from error
    with contextlib.ExitStack() as stack:
        if choice.n_local:
            target = stack.enter_context(_local_cluster(distributed, choice.n_local))
        else:
            target = choice.file or choice.address
        client = stack.enter_context(_client(distributed, target, is_file=bool(choice.file)))
        _wait_for_workers(client, progress)
        check_versions(client.get_versions(check=False))
        yield client


@contextlib.contextmanager
def _local_cluster(distributed: Any, n_processes: int) -> Iterator[Any]:  # noqa: ANN401 - a package
    with tempfile.TemporaryDirectory(prefix="cropsample-dask-", ignore_cleanup_errors=True) as folder:
        cluster = distributed.LocalCluster(
            n_workers=n_processes,
            threads_per_worker=1,
            processes=True,
            host="127.0.0.1",
            # Any free port: the usual one may be taken.
            dashboard_address="127.0.0.1:0",
            memory_limit=0,
            local_directory=folder,
            silence_logs=50,
        )
        try:
            yield cluster
        finally:
            cluster.close(timeout=10)


@contextlib.contextmanager
def _client(distributed: Any, target: Any, *, is_file: bool) -> Iterator[Any]:  # noqa: ANN401 - a package, a cluster
    name = "the local cluster" if not isinstance(target, str) else target
    place = {"scheduler_file": target} if is_file else {"address": target}
    try:
        client = distributed.Client(timeout=CONNECT_TIMEOUT_S, set_as_default=False, **place)
    except Exception as error:
        raise ClusterError(
            f"The Dask scheduler {name} cannot be reached: {_reason(error)}.",
            "Check that it runs, that the address and port are right, that no firewall is between, and that it is of "
            f"distributed {distributed.__version__}; or leave SCHEDULER empty to use this machine alone.",
        ) from error
    try:
        yield client
    finally:
        with contextlib.suppress(Exception):
            client.close(timeout=5)


def _reason(error: BaseException) -> str:
    lines = str(error).strip().splitlines()
    return lines[0].rstrip(".") if lines else type(error).__name__


def _wait_for_workers(client: Any, progress: Progress) -> None:  # noqa: ANN401 - of distributed
    deadline = time.monotonic() + WORKER_TIMEOUT_S
    said = False
    while not client.scheduler_info(n_workers=-1).get("workers"):
        raise_if_canceled(progress)
        if not said:
            progress.log("The scheduler has no worker yet; waiting for one.")
            said = True
        if time.monotonic() > deadline:
            raise ClusterError(
                f"No worker has joined the scheduler within {WORKER_TIMEOUT_S:.0f} seconds.",
                "Start workers (dask worker ADDRESS), or look at the queue of the batch system, then start again.",
            )
        time.sleep(_POLL_S)


def check_versions(versions: Mapping[str, Any]) -> None:
    """Check that scheduler and workers are of this process's versions.

    Args:
        versions: what ``Client.get_versions`` gives.

    Raises:
        ClusterError: which machine differs in what.
    """
    own = versions["client"]["packages"]
    problems = _differences("the scheduler", versions["scheduler"], own, _EXACT)
    for address, found in versions["workers"].items():
        problems += _differences(f"the worker {address}", found, own, _EXACT_ON_WORKERS)
    if problems:
        raise ClusterError(
            f"The cluster is of another version: {'; '.join(problems[:5])}.",
            "Install the engine's requirements (engine.lock) on the cluster, or name the cluster's Python as engine.",
        )


def _differences(who: str, found: Any, own: Mapping[str, Any], names: tuple[str, ...]) -> list[str]:  # noqa: ANN401
    if not isinstance(found, Mapping):
        return [f"{who} does not say its versions ({found})"]
    packages = found["packages"]
    wrong = [
        f"{who} has {name} {packages.get(name) or 'missing'}, here it is {own.get(name)}"
        for name in names
        if packages.get(name) != own.get(name)
    ]
    theirs, ours = (str(item.get("python", "")).split(".")[:2] for item in (packages, own))
    if theirs != ours:
        wrong.append(f"{who} has Python {'.'.join(theirs)}, here it is {'.'.join(ours)}")
    return wrong
