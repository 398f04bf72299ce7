"""Run library calls that cannot be interrupted, yet stop waiting for them within a tenth of a second of a cancel."""

from __future__ import annotations

import threading
from typing import Callable, Generic, TypeVar

from cropsample_plugin.engine.progress import Progress, raise_if_canceled

Result = TypeVar("Result")
_INTERVAL_S = 0.1


class _Call(Generic[Result]):
    """A call in a thread that does not keep the engine alive."""

    def __init__(self, function: Callable[[], Result]) -> None:
        self._function = function
        self._result: list[Result] = []
        self._error: BaseException | None = None
        self.thread = threading.Thread(target=self._run, name="cancelable", daemon=True)

    def _run(self) -> None:
        try:
            self._result.append(self._function())
        except BaseException as error:  # noqa: BLE001 - carried over to the waiting thread
            self._error = error

    def result(self) -> Result:
        if self._error is not None:
            raise self._error
        return self._result[0]


def call_cancelable(function: Callable[[], Result], progress: Progress) -> Result:
    """Return ``function()``, run in a thread that is abandoned when the user cancels.

    The abandoned thread dies with the engine process, which ends right after a cancelled job.

    Raises:
        CanceledError: the user cancelled.
    """
    raise_if_canceled(progress)
    call = _Call(function)
    call.thread.start()
    while call.thread.is_alive():
        call.thread.join(_INTERVAL_S)
        if call.thread.is_alive():
            raise_if_canceled(progress)
    return call.result()
