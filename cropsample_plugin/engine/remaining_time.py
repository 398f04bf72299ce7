"""How long a run of many tiles still takes, learnt from the tiles that are done."""

from __future__ import annotations

import time
from typing import Callable

_ROUNDS_BEFORE_WALL_TIME = 3
_MINUTE_S = 60
_HOUR_S = 3600


class _Pauses:
    total_s = 0.0


def note_pause(seconds: float) -> None:
    """Take a pause of this process out of what `working_s` counts."""
    _Pauses.total_s += seconds


def working_s() -> float:
    """Return a clock in seconds that stood still while the job was paused."""
    return time.monotonic() - _Pauses.total_s


class RemainingTime:
    """Estimates the time left.

    The first tile of each worker is slow: it opens files and compiles. Until every worker has done some, the tiles'
    own durations count, without those first ones; then the rate at which tiles arrived since the first round.

    Args:
        total_work: work of all tiles, in any unit, such as pixels.
        n_workers: tiles computed at a time.
        clock: gives seconds; replaced in tests.
    """

    def __init__(self, total_work: float, n_workers: int = 1, clock: Callable[[], float] = working_s) -> None:
        self._total = total_work
        self._n_workers = max(1, n_workers)
        self._clock = clock
        self._n_done = 0
        self._done_work = 0.0
        self._last_s = clock()
        self._started: set[str] = set()
        self._warm_work = 0.0
        self._warm_s = 0.0
        self._first_round: tuple[float, float] | None = None

    def add(self, work: float, duration_s: float | None = None, worker: str = "") -> None:
        """Note a finished tile: its work, and where known how long it took on which worker."""
        now = self._clock()
        duration_s = now - self._last_s if duration_s is None else duration_s
        self._n_done += 1
        self._done_work += work
        self._last_s = now
        if worker in self._started:
            self._warm_work += work
            self._warm_s += duration_s
        self._started.add(worker)
        if self._n_done == self._n_workers:
            self._first_round = (now, self._done_work)

    def seconds(self) -> float | None:
        """Return the seconds left, None while nothing can be said."""
        rate = self._rate()
        if rate is None:
            return None
        left = (self._total - self._done_work) / rate
        return max(0.0, left - (self._clock() - self._last_s))

    def _rate(self) -> float | None:
        """Return work per second."""
        if self._first_round is not None and self._n_done > _ROUNDS_BEFORE_WALL_TIME * self._n_workers:
            began_s, began_work = self._first_round
            if self._last_s > began_s:
                return (self._done_work - began_work) / (self._last_s - began_s)
        if self._warm_s > 0:
            return self._n_workers * self._warm_work / self._warm_s
        return None

    def text(self) -> str:
        """Return ``, about 12 min left``, empty while nothing can be said."""
        seconds = self.seconds()
        return "" if seconds is None else f", about {duration_text(seconds)} left"


def duration_text(seconds: float) -> str:
    """Return a duration as people say it: ``40 s``, ``12 min``, ``3 h 20 min``."""
    if seconds < 1.5 * _MINUTE_S:
        return f"{seconds:.0f} s"
    if seconds < 1.5 * _HOUR_S:
        return f"{seconds / _MINUTE_S:.0f} min"
    hours, minutes = divmod(round(seconds / _MINUTE_S), _MINUTE_S)
    return f"{hours} h {minutes} min"
