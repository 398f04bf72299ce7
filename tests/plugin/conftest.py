"""Fixtures and hooks of the headless QGIS suite."""

from __future__ import annotations

import os
import sys

import pytest

_STATUS: list[int] = []


def pytest_sessionfinish(session, exitstatus):
    _STATUS.append(int(exitstatus))


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config):
    """Leave before QGIS takes itself apart: tests are over, and its global objects may crash the interpreter then."""
    if _STATUS:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(_STATUS[-1])


def pytest_collection_modifyitems(items):
    """Put the panels' suite first: it loads the whole plugin; the Processing suite keeps its provider registered."""
    items.sort(key=lambda item: item.path.parent.name != "gui")
