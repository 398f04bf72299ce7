"""How many threads the libraries under a prediction use: where batches run side by side, each batch one.

threadpoolctl reaches BLAS everywhere, yet OpenMP, which torch counts by, only in the thread that asks. Threads that
torch meets later take the number that it was given last.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import threadpoolctl


@contextmanager
def limited_threads(n_threads: int) -> Iterator[None]:
    """Limit BLAS, OpenMP and torch, in this thread and those started meanwhile; afterwards all is as before."""
    torch: Any = sys.modules.get("torch")
    before = torch.get_num_threads() if torch is not None else 0
    try:
        with threadpoolctl.threadpool_limits(n_threads):
            if torch is not None:
                torch.set_num_threads(n_threads)
            yield
    finally:
        if torch is not None:
            torch.set_num_threads(before)


def limit_threads(n_threads: int) -> None:
    """Limit the same for good, in a process that does nothing else."""
    threadpoolctl.threadpool_limits(n_threads)
    torch: Any = sys.modules.get("torch")
    if torch is not None:
        torch.set_num_threads(n_threads)
