"""Compiling inner loops with numba, kept on disk where a folder for that can be written."""

from __future__ import annotations

import importlib
import logging
from functools import lru_cache, wraps
from typing import Any, Callable

LOGGER = logging.getLogger(__name__)


@lru_cache(maxsize=1)
def has_compiler() -> bool:
    """Return whether numba is installed and works with the other packages."""
    try:
        importlib.import_module("numba")
    except Exception as error:  # noqa: BLE001 - a build that does not fit raises anything; there is a slower way
        LOGGER.warning("Inner loops are not compiled: %s", error)
        return False
    return True


def compiled(function: Callable[..., Any], **options: Any) -> Callable[..., Any]:  # noqa: ANN401 - options of numba
    """Return a function that numba compiles at its first call; other threads run meanwhile.

    Args:
        function: plain loops over arrays.
        options: options of ``numba.njit``.
    """
    import numba

    try:
        result: Callable[..., Any] = numba.njit(nogil=True, error_model="numpy", cache=True, **options)(function)
    except RuntimeError:
        # No folder for the cache can be written: compile anew in each process.
        result = numba.njit(nogil=True, error_model="numpy", **options)(function)
    return result


def compiled_if_possible(function: Callable[..., Any]) -> Callable[..., Any]:
    """Return a compiled function that other compiled ones may call; without a compiler the function as it is."""
    return compiled(function) if has_compiler() else function


def compiled_lazily(function: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function that is compiled at its first call; without a compiler it runs as it is, only slower."""

    @lru_cache(maxsize=1)
    def implementation() -> Callable[..., Any]:
        return compiled_if_possible(function)

    @wraps(function)
    def call(*arguments: Any) -> Any:  # noqa: ANN401 - whatever the function takes
        return implementation()(*arguments)

    return call
