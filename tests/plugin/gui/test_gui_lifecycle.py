"""The plugin comes and goes without leaving anything, with and without an engine, as often as one likes."""

from __future__ import annotations

import gc
import logging
import time

import pytest
from qgis.core import QgsApplication, QgsGeometry
from qgis.gui import QgsDockWidget
from qgis.PyQt.QtWidgets import QPushButton, QTabBar, QToolBar
from stand_ins import delete_now, wait_for

from cropsample_plugin.bridge.labeling.session_file import LabelClass, SessionSettings
from cropsample_plugin.gui.labeling.new_session_plan import SessionPlan, make_session
from cropsample_plugin.plugin import CropSamplePlugin


@pytest.fixture
def plugin(iface, profile):
    made = CropSamplePlugin(iface)
    made.initGui()
    yield made
    made.unload()
    delete_now()


def traces(iface):
    """Return everything the plugin could leave behind."""
    delete_now()
    gc.collect()
    return {
        "docks": len(iface.window.findChildren(QgsDockWidget)),
        "toolbars": len(iface.window.findChildren(QToolBar)),
        # A window keeps its bars of tabs for the next panels.
        "children": len([item for item in iface.window.children() if not isinstance(item, QTabBar)]),
        "menu": len(iface.menu_actions),
        "layer_actions": len(iface.layer_actions),
        "map_tool": iface.canvas.mapTool(),
        "factories": len(iface.factories),
        "handlers": len(logging.getLogger("cropsample_plugin").handlers),
        "providers": len(QgsApplication.processingRegistry().providers()),
        "tasks": QgsApplication.taskManager().count(),
    }


def test_load_and_unload_ten_times_leaves_nothing(iface, profile):
    before = traces(iface)
    for _ in range(10):
        plugin = CropSamplePlugin(iface)
        plugin.initGui()
        plugin._panels.train_dock.show()
        plugin._panels.review_dock.show()
        for dock in plugin._panels.labeling.docks:
            dock.show()
        plugin._panels.series_dock.show()
        plugin._panels.series_dock.form.pick_button.click()
        plugin._panels.series_dock.pick(iface.canvas.center())
        plugin.unload()
    assert traces(iface) == before


def test_menu_toolbar_and_panels_are_there(plugin, iface):
    texts = [action.text().replace("&", "") for action in iface.menu_actions]
    assert texts == [
        "Train and map",
        "Jobs",
        "Time series",
        "Labeling",
        "Linked views",
        "Adjudicate",
        "Label review",
        "Show dates as layers…",
        "Options and engine…",
    ]
    (toolbar,) = iface.window.findChildren(QToolBar, "cropsample_toolbar")
    shown = [action.text().replace("&", "") for action in toolbar.actions()]
    assert shown == ["Train and map", "Jobs", "Time series", "Labeling", "Linked views", "Adjudicate", "Label review"]
    assert all(not action.icon().isNull() for action in iface.menu_actions)
    assert all(not dock.isVisible() for dock in iface.docks)


def test_action_opens_and_closes_its_panel(plugin, iface):
    iface.window.show()
    action = iface.menu_actions[0]
    dock = plugin._panels.train_dock
    action.trigger()
    assert dock.isVisible()
    assert action.isChecked()
    action.trigger()
    assert not dock.isVisible()


def test_loading_is_quick_without_an_engine(iface, profile):
    plugin = CropSamplePlugin(iface)
    start = time.perf_counter()
    plugin.initGui()
    seconds = time.perf_counter() - start
    plugin.unload()
    assert seconds < 1.0


def test_missing_engine_is_told_once_with_a_button(plugin, iface):
    iface.window.show()
    assert iface.bar.currentItem() is None
    plugin._panels.train_dock.show()
    wait_for(lambda: iface.bar.currentItem() is not None)
    iface.bar.currentItem().findChild(QPushButton).click()
    assert iface.options_pages == ["CropSample"]
    plugin._panels.train_dock.hide()
    plugin._panels.train_dock.show()
    delete_now()
    assert iface.bar.currentItem() is None


def test_engine_found_later_unlocks_the_panel(plugin, iface, stack, samples, tmp_path, monkeypatch):
    iface.window.show()
    dock = plugin._panels.train_dock
    dock.show()
    dock.form.folder_widget.setFilePath(str(tmp_path))
    assert not dock.form.run_button.isEnabled()
    python = tmp_path / "python3"
    python.write_text("#!/bin/sh\n", encoding="utf-8")
    python.chmod(0o755)
    monkeypatch.setenv("CROPSAMPLE_PYTHON", str(python))
    dock.refresh()
    assert dock.form.run_button.isEnabled()


def test_unload_during_a_run_stops_it(iface, engine, ready_engine, stack, samples, tmp_path):
    plugin = CropSamplePlugin(iface)
    plugin.initGui()
    engine.gate.clear()
    iface.window.show()
    plugin._panels.train_dock.show()
    plugin._panels.train_dock.form.folder_widget.setFilePath(str(tmp_path))
    plugin._panels.train_dock.form.run_button.click()
    wait_for(lambda: len(engine.jobs) == 1)
    plugin.unload()
    wait_for(lambda: QgsApplication.taskManager().countActiveTasks() == 0)
    assert len(engine.jobs) == 1


def test_unload_with_an_open_labeling_session_closes_it_and_leaves_nothing(iface, profile, tmp_path):
    before = traces(iface)
    settings = SessionSettings("Day", "", "EPSG:32631", (LabelClass("wheat", key="1"),))
    for number in range(2):
        plugin = CropSamplePlugin(iface)
        plugin.initGui()
        session, path = make_session(SessionPlan(str(tmp_path / f"day{number}"), settings, "Ana"))
        plugin._panels.labeling.controller.open(session, path)
        session.draw(bytes(QgsGeometry.fromWkt("POINT(500005 4999995)").asWkb()), (500_005.0, 4_999_995.0), "wheat")
        plugin.unload()
        assert session.store._connection is None
        assert traces(iface) == before
