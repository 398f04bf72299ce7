"""Tiles handed to a cluster's workers, a bounded number at a time, and handed again where they fail."""

from __future__ import annotations

import contextlib
import pickle  # nosec B403 - only written here
import queue
import uuid
from collections import deque
from dataclasses import dataclass
from typing import Any, Iterator, Sequence

from cropsample_plugin.about import PACKAGE_FOLDER, installation_path
from cropsample_plugin.engine.cluster import shipped_code
from cropsample_plugin.engine.cluster.shipped_code import TileWork, read_source
from cropsample_plugin.engine.cluster.tile_task import TileDone, run_tile
from cropsample_plugin.engine.errors import ClusterError, CropSampleError
from cropsample_plugin.engine.progress import Progress, raise_if_canceled

WORKER_PACKAGES = ("numpy", "scipy", "sklearn", "rasterio", "shapely", "pyproj", "pyogrio")
MOST_ATTEMPTS = 4
_WAITING_PER_THREAD = 3
_POLL_S = 0.2
_LOST_AFTER_POLLS = 50


@dataclass(frozen=True)
class WorkerNeeds:
    """What workers must have.

    Attributes:
        files: files that they read.
        folder: the folder of finished tiles, "" when tiles come back through the network.
        token: name of a file there, by which a shared folder is known.
    """

    files: tuple[str, ...] = ()
    folder: str = ""
    token: str = ""


class TileFarm:
    """A cluster that knows one kind of work."""

    def __init__(self, client: Any, name: str, workers: tuple[str, ...], *, is_shared: bool) -> None:  # noqa: ANN401
        self._client = client
        self._name = name
        self._workers = workers
        self.is_shared = is_shared

    @property
    def n_threads(self) -> int:
        """Threads of all workers that there are now."""
        return max(1, sum(int(worker["nthreads"]) for worker in self._known_workers()))

    @property
    def n_workers(self) -> int:
        """Workers that there are now."""
        return len(self._known_workers())

    def _known_workers(self) -> list[dict[str, Any]]:
        # A scheduler that is lost knows nothing; that it is lost is noticed elsewhere.
        return list(self._client.scheduler_info(n_workers=-1).get("workers", {}).values())

    def run(self, items: Sequence[Any], progress: Progress) -> Iterator[tuple[Any, TileDone]]:
        """Compute items; yield each with its result as they are done, in any order.

        Raises:
            CropSampleError: an item failed on every attempt.
            ClusterError: the scheduler is lost.
            CanceledError: the user cancelled.
        """
        yield from _Round(self._client, self._name, self._workers, progress).run(deque(items), self)


class _Round:
    """One pass over items."""

    def __init__(self, client: Any, name: str, workers: tuple[str, ...], progress: Progress) -> None:  # noqa: ANN401
        self._client = client
        self._name = name
        self._workers = workers
        self._progress = progress
        self._done: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self._item_by_key: dict[str, tuple[Any, int, Any]] = {}
        self._polls_without_scheduler = 0

    def run(self, waiting: deque[Any], farm: TileFarm) -> Iterator[tuple[Any, TileDone]]:
        attempts: deque[tuple[Any, int]] = deque((item, 1) for item in waiting)
        limit = _WAITING_PER_THREAD * farm.n_threads
        try:
            while attempts or self._item_by_key:
                raise_if_canceled(self._progress)
                self._check_scheduler()
                while attempts and len(self._item_by_key) < limit:
                    self._submit(*attempts.popleft())
                try:
                    future = self._done.get(timeout=_POLL_S)
                except queue.Empty:
                    limit = _WAITING_PER_THREAD * farm.n_threads
                    continue
                item, attempt, _ = self._item_by_key.pop(future.key)
                done = self._result(future, item, attempt)
                if done is None:
                    attempts.appendleft((item, attempt + 1))
                else:
                    yield item, done
        finally:
            self._drop_all()

    def _submit(self, item: Any, attempt: int) -> None:  # noqa: ANN401 - what the runner takes
        key = f"{self._name}-{uuid.uuid4().hex}"
        options = {"workers": list(self._workers)} if self._workers else {}
        try:
            future = self._client.submit(run_tile, self._name, item, key=key, pure=False, **options)
        except Exception as error:
            raise _lost(error) from error
        self._item_by_key[key] = (item, attempt, future)
        future.add_done_callback(self._done.put)

    def _result(self, future: Any, item: Any, attempt: int) -> TileDone | None:  # noqa: ANN401
        """Return what a tile gave, None when it is to be computed again."""
        try:
            done: TileDone = future.result(timeout=60)
            problem: Exception | None = done.error()
        except Exception as error:  # noqa: BLE001 - a tile may fail in any way
            problem = error
        if problem is None:
            return done
        self._check_scheduler()
        if attempt >= MOST_ATTEMPTS:
            raise _final(problem, item) from problem
        self._progress.log(f"Tile {_number(item)} failed ({_first_line(problem)}); it is computed again.", "warning")
        return None

    def _check_scheduler(self) -> None:
        if self._client.status == "running":
            self._polls_without_scheduler = 0
            return
        self._polls_without_scheduler += 1
        if self._client.status == "closed" or self._polls_without_scheduler > _LOST_AFTER_POLLS:
            raise _lost(None)

    def _drop_all(self) -> None:
        futures = [future for _, _, future in self._item_by_key.values()]
        self._item_by_key.clear()
        if futures and self._client.status == "running":
            with contextlib.suppress(Exception):
                self._client.cancel(futures, force=True)


@contextlib.contextmanager
def tile_farm(
    client: Any,  # noqa: ANN401 - of distributed
    factory: str,
    argument: Any,  # noqa: ANN401 - what the factory takes
    needs: WorkerNeeds,
    progress: Progress,
) -> Iterator[TileFarm]:
    """Teach a cluster one kind of work: code, settings and model go to every worker once.

    Args:
        client: from `connected`.
        factory: ``module:function`` that turns the argument into a runner of items.
        argument: anything that can be pickled.
        needs: what workers must have.
        progress: told which workers are left out.

    Raises:
        ClusterError: no worker has what it takes.
    """
    import cloudpickle

    cloudpickle.register_pickle_by_value(shipped_code)
    name = f"cropsample-{uuid.uuid4().hex}"
    try:
        usable, is_shared = _usable_workers(client, needs, progress)
        code = read_source(PACKAGE_FOLDER, installation_path("metadata.txt"))
        client.register_plugin(shipped_code.make_scheduler_plugin(code))
        work = TileWork(name, factory, pickle.dumps(argument))
        client.register_plugin(shipped_code.make_worker_plugin(code, work))
    except (OSError, TimeoutError) as error:
        raise _lost(error) from error
    try:
        yield TileFarm(client, name, usable, is_shared=is_shared)
    finally:
        if client.status == "running":
            with contextlib.suppress(Exception):
                client.unregister_worker_plugin(name)


def _usable_workers(client: Any, needs: WorkerNeeds, progress: Progress) -> tuple[tuple[str, ...], bool]:  # noqa: ANN401
    """Return the workers to use, empty for all, and whether all of them share the folder of finished tiles."""
    describe = shipped_code.describe_worker
    arguments = (WORKER_PACKAGES, needs.files, needs.folder, needs.token)
    found = client.run(describe, *arguments, on_error="return")
    usable, problems = [], []
    for address, said in found.items():
        problem = _worker_problem(said)
        if problem:
            problems.append(f"the worker {address} {problem}")
        else:
            usable.append(address)
    if not usable:
        raise ClusterError(
            f"No worker of the cluster can do this: {'; '.join(problems[:5]) or 'there is none'}.",
            "Install the engine's requirements (engine.lock) on the workers, and give paths that every machine sees "
            "(a shared disk, or a remote file such as /vsicurl/https://...).",
        )
    for problem in problems:
        progress.log(f"Left out: {problem}.", "warning")
    is_shared = all(found[address]["shares_folder"] for address in usable)
    return (tuple(usable) if problems else ()), is_shared


def _worker_problem(said: Any) -> str:  # noqa: ANN401 - an answer or an exception
    if isinstance(said, BaseException):
        return f"does not answer ({_first_line(said)})"
    if said["problems"]:
        return f"lacks {', '.join(said['problems'])}"
    return f"does not see {', '.join(said['unseen'])}" if said["unseen"] else ""


def _final(error: BaseException, item: Any) -> CropSampleError:  # noqa: ANN401 - what the runner takes
    if isinstance(error, CropSampleError):
        return error
    return ClusterError(
        f"Tile {_number(item)} failed {MOST_ATTEMPTS} times, the last time with: {_first_line(error)}",
        "Look at the logs of the workers (a worker that dies without a word mostly ran out of memory), then start "
        "again: finished parts are kept.",
    )


def _lost(error: BaseException | None) -> ClusterError:
    reason = f" ({_first_line(error)})" if error is not None else ""
    return ClusterError(
        f"The connection to the Dask scheduler is lost{reason}.",
        "Start again with this scheduler, another one, or none: finished parts are kept.",
    )


def _first_line(error: BaseException) -> str:
    lines = str(error).strip().splitlines()
    return lines[0] if lines else type(error).__name__


def _number(item: Any) -> str:  # noqa: ANN401 - what the runner takes
    return str(item.index + 1) if hasattr(item, "index") and isinstance(item.index, int) else str(item)
