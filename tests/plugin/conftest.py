"""The order of the plugin's suites."""

from __future__ import annotations


def pytest_collection_modifyitems(items):
    """Put the panels' suite first: it loads the whole plugin; the Processing suite keeps its provider registered."""
    items.sort(key=lambda item: item.path.parent.name != "gui")
