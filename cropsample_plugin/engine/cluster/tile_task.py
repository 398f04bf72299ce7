"""The task that Dask runs for each tile."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

from cropsample_plugin.engine import errors
from cropsample_plugin.engine.errors import CropSampleError


@dataclass(frozen=True)
class TileDone:
    """What came out of a tile.

    Attributes:
        result: what the runner gave.
        seconds: how long it took.
        worker: address of the worker.
        failure: class, message and remedy of a deliberate error; None where all went well.
    """

    result: Any
    seconds: float
    worker: str
    failure: tuple[str, str, str] | None = None

    def error(self) -> CropSampleError | None:
        """Return the deliberate error of the tile, None where all went well."""
        if self.failure is None:
            return None
        name, message, remedy = self.failure
        kind: type[CropSampleError] = getattr(errors, name, CropSampleError)
        return kind(message, remedy)


def run_tile(name: str, item: Any) -> TileDone:  # noqa: ANN401 - what the runner takes
    """Run a tile of the work of that name on this worker."""
    from distributed import get_worker

    started = time.perf_counter()
    worker = get_worker()
    tiles: Any = worker.plugins[name]
    try:
        result = tiles.run(item)
    except CropSampleError as error:
        # As plain texts: what an exception carries along from GDAL does not always survive the way.
        failure = (type(error).__name__, error.message, error.remedy)
        return TileDone(None, time.perf_counter() - started, worker.address, failure)
    return TileDone(result, time.perf_counter() - started, worker.address)
