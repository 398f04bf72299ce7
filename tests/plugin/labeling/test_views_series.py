"""The Time series panel follows the sample: its place, the stack, what is read ahead, what is amiss."""

from __future__ import annotations

import math

import pytest
from known_stacks import center_of, season_values
from qgis.core import QgsRasterLayer
from qgis.PyQt.QtCore import Qt
from stand_ins import delete_now, wait_for
from views_stage import N_DATES, SIZE_PX, Stage, make_stack, point, reference, samples_on_stack, square

from cropsample_plugin.bridge.labeling.label_store import LabelingSample, NewSample
from cropsample_plugin.bridge.labeling.session_file import ViewSettings
from cropsample_plugin.gui.labeling.sample_series import SampleSeries
from cropsample_plugin.gui.time_series_dock import TimeSeriesDock

VIEWS = (ViewSettings("Map"),)


@pytest.fixture
def stage(iface, project):
    made = Stage(iface)
    yield made
    made.take_down()
    delete_now()


@pytest.fixture
def dock(stage):
    made = TimeSeriesDock(stage.iface.canvas, stage.iface.window)
    stage.iface.window.addDockWidget(Qt.DockWidgetArea.BottomDockWidgetArea, made)
    made.show()
    follower = SampleSeries(stage.controller, made)
    yield made
    follower.take_down()
    made.close_panel()
    made.deleteLater()


@pytest.fixture
def stack(tmp_path):
    return make_stack(tmp_path)


def ndvi_at(row, column):
    stored = season_values(N_DATES, SIZE_PX).astype(float)[:, :, row, column]
    return [math.nan if date[1] == 65535 else (date[2] - date[1]) / (date[2] + date[1]) for date in stored]


def shown_values(dock):
    return list(dock.form.plot.charts[0].series[0].values) if dock.form.plot.charts else []


def is_plotted(dock, name):
    points = dock.session.points
    return bool(points) and points[0].name == name and bool(points[0].values) and bool(dock.form.plot.charts)


def test_the_series_is_that_of_the_samples_pixel(stage, dock, stack):
    x, y = center_of(20, 33)
    stage.open(VIEWS, [square(1, x, y, 15.0)], stack=(reference(stack),))
    wait_for(lambda: is_plotted(dock, "Sample s1"))
    expected = ndvi_at(20, 33)
    clear = [place for place, value in enumerate(shown_values(dock)) if not math.isnan(value)]
    assert clear
    assert [shown_values(dock)[place] for place in clear] == pytest.approx([expected[p] for p in clear], abs=1e-6)


def test_the_stack_need_not_be_in_the_project(stage, dock, stack, project):
    stage.open(VIEWS, stack=(reference(stack),))
    wait_for(lambda: is_plotted(dock, "Sample s0"))
    assert not project.mapLayers()
    stage.label()
    wait_for(lambda: is_plotted(dock, "Sample s1"))


def test_a_stack_taken_out_of_the_project_goes_on_from_its_file(stage, dock, stack, project):
    layer = project.addMapLayer(QgsRasterLayer(stack, "Stack"))
    stage.open(VIEWS, stack=(reference(stack),))
    wait_for(lambda: is_plotted(dock, "Sample s0"))
    project.removeMapLayer(layer.id())
    stage.label()
    wait_for(lambda: is_plotted(dock, "Sample s1"))


def test_the_next_series_is_read_ahead_and_shown_at_once(stage, dock, stack):
    stage.open(VIEWS, stack=(reference(stack),))
    wait_for(lambda: is_plotted(dock, "Sample s0") and dock._ahead is not None and bool(dock._ahead.values))
    stage.label()
    assert is_plotted(dock, "Sample s1")
    assert not dock.reading.is_busy or dock._ahead is not None


def test_of_samples_passed_quickly_the_last_is_shown(stage, dock, stack):
    stage.open(VIEWS, stack=(reference(stack),))
    for _ in range(5):
        stage.label()
    wait_for(lambda: is_plotted(dock, "Sample s5"))


def test_a_hidden_panel_reads_nothing_until_it_is_shown(stage, dock, stack):
    dock.hide()
    stage.open(VIEWS, stack=(reference(stack),))
    assert not dock.session.points
    dock.show()
    wait_for(lambda: is_plotted(dock, "Sample s0"))


def test_samples_outside_the_stack_or_without_place_are_told_of(stage, dock, stack):
    nowhere = NewSample(LabelingSample("none", math.nan, math.nan), b"")
    stage.open(VIEWS, [*samples_on_stack(1), point(1, 0.0, 0.0), nowhere], stack=(reference(stack),))
    wait_for(lambda: is_plotted(dock, "Sample s0"))
    stage.label()
    wait_for(lambda: "Sample s1" in dock.form.plot.message)
    stage.label()
    assert not dock.session.points


def test_a_stack_that_cannot_be_opened_is_told_of_and_the_panel_keeps_its_own(stage, dock, tmp_path):
    stage.open(VIEWS, stack=(reference(tmp_path / "none.tif"),))
    assert any("'Stack' cannot be opened" in text for text in stage.said)
