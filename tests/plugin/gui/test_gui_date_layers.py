"""Show dates as layers: the dialog, the group of layers, QGIS's time, and what is said when it cannot be done."""

from __future__ import annotations

from datetime import date

import pytest
from known_stacks import days, season_values, write_stack
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsProject,
    QgsRasterLayer,
    QgsTemporalNavigationObject,
    QgsUnitTypes,
)
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QDialogButtonBox
from stand_ins import delete_now, wait_for

from cropsample_plugin.bridge.date_layers import Composition
from cropsample_plugin.bridge.dated_bands import dated_bands, parse_band_names
from cropsample_plugin.gui.date_layers_dialog import DateChoice, DateLayersDialog
from cropsample_plugin.gui.date_layers_task import DateLayers, DateLayersChoice
from cropsample_plugin.plugin import CropSamplePlugin

BANDS = ("B03", "B04", "B08", "SCL")
N_DATES = 12


@pytest.fixture
def stack(project, tmp_path):
    path = write_stack(tmp_path / "stack.tif", BANDS, days(N_DATES), season_values(N_DATES))
    return project.addMapLayer(QgsRasterLayer(path, "Stack"))


@pytest.fixture
def controller(iface):
    navigation = QgsTemporalNavigationObject()
    iface.canvas.setTemporalController(navigation)
    return navigation


@pytest.fixture
def maker(iface, controller):
    iface.canvas.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:32631"))
    made = DateLayers(iface.canvas)
    yield made
    made.shut_down()
    made.deleteLater()
    delete_now()


@pytest.fixture
def dialog(qgis_app, stack):
    made = DateLayersDialog("Stack", dated_bands(stack))
    yield made
    made.deleteLater()


def choose(combo, value):
    combo.setCurrentIndex(combo.findData(value))


def choice(stack, **changes):
    values = {"title": "Stack: false colour", "channels": ("B08", "B04", "B03"), "dates": dated_bands(stack).dates}
    return DateLayersChoice(**{**values, **changes})


def group_of(title="Stack: false colour"):
    return QgsProject.instance().layerTreeRoot().findGroup(title)


def test_layers_come_as_a_group_and_qgis_animates_them(maker, stack, controller, iface):
    added = []
    maker.added.connect(added.append)
    maker.start(stack, choice(stack))
    wait_for(lambda: added)
    assert added == [N_DATES]
    names = [node.name() for node in group_of().findLayers()]
    assert names == [str(day) for day in days(N_DATES)]
    assert all(node.isVisible() for node in group_of().findLayers())
    # The stack itself would show through where a date has no data.
    assert not QgsProject.instance().layerTreeRoot().findLayer(stack.id()).isVisible()
    assert controller.navigationMode() == QgsTemporalNavigationObject.NavigationMode.Animated
    assert controller.totalFrameCount() == N_DATES
    assert controller.frameDuration().originalUnit() == QgsUnitTypes.TemporalUnit.TemporalIrregularStep
    whole = QgsProject.instance().timeSettings().temporalRange()
    assert (whole.begin().date().toPyDate(), whole.end().date().toPyDate()) == (date(2021, 1, 5), date(2021, 5, 5))
    for place, node in enumerate(group_of().findLayers()):
        span = node.layer().temporalProperties().fixedTemporalRange()
        assert controller.dateTimeRangeForFrameNumber(place).begin() == span.begin()


def test_a_date_clicked_in_the_plot_is_shown(maker, stack, controller):
    maker.show_date(date(2021, 2, 6))
    maker.start(stack, choice(stack))
    wait_for(lambda: group_of() is not None)
    maker.show_date(date(2021, 2, 6))
    assert controller.currentFrameNumber() == 3
    for ignored in (date(2030, 1, 1), 3.0):
        maker.show_date(ignored)
        assert controller.currentFrameNumber() == 3


def test_one_a_month(maker, stack, controller):
    maker.start(stack, choice(stack, channels=("B08",), is_monthly=True))
    wait_for(lambda: group_of() is not None)
    assert [node.name() for node in group_of().findLayers()] == ["2021-01-15", "2021-02-14", "2021-03-16", "2021-04-15"]
    assert controller.totalFrameCount() == 4


def test_without_a_controller_the_map_shows_the_first_date(iface, stack):
    made = DateLayers(iface.canvas)
    made.start(stack, choice(stack))
    wait_for(lambda: group_of() is not None)
    assert iface.canvas.temporalRange().begin().date().toPyDate() == date(2021, 1, 5)
    made.show_date(date(2021, 2, 6))
    made.shut_down()


def test_stack_removed_meanwhile_leaves_its_layers_whole(maker, stack, project):
    maker.start(stack, choice(stack))
    project.removeMapLayer(stack.id())
    wait_for(lambda: group_of() is not None)
    assert all(node.layer().isValid() for node in group_of().findLayers())


def test_what_cannot_be_shown_is_told(maker, stack, tmp_path):
    told = []
    maker.failed.connect(told.append)
    maker.start(stack, choice(stack, channels=("B08",), dates=(days(N_DATES)[2],)))
    wait_for(lambda: told)
    assert "B08 has no data" in told[0]
    assert group_of() is None
    for layer in (None, QgsRasterLayer(write_stack(tmp_path / "a.tif", ("a",), [""], season_values(3)[:1, :1]), "A")):
        told.clear()
        maker.ask(layer)
        assert "dated stack" in told[0]


def test_group_is_put_where_the_stack_is(maker, stack, project, tmp_path):
    other = QgsRasterLayer(stack.source(), "Above")
    project.addMapLayer(other)
    maker.start(stack, choice(stack))
    wait_for(lambda: group_of() is not None)
    names = [node.name() for node in project.layerTreeRoot().children()]
    assert names == ["Above", "Stack: false colour", "Stack"]


def test_shutting_down_adds_nothing(maker, stack):
    maker.start(stack, choice(stack))
    maker.shut_down()
    wait_for(lambda: not maker.is_busy)
    assert group_of() is None


def test_dialog_offers_what_the_bands_allow(dialog):
    offered = [dialog.composition_combo.itemData(row) for row in range(dialog.composition_combo.count())]
    # There is no blue.
    assert offered == [Composition.FALSE_COLOR, Composition.BAND]
    assert dialog.channels == ("B08", "B04", "B03")
    assert len(dialog.dates) == N_DATES
    assert "12 layers" in dialog.hint.text()
    assert dialog.title("Stack") == "Stack: false colour"
    choose(dialog.composition_combo, Composition.BAND)
    dialog.band_combo.setCurrentText("SCL")
    assert dialog.channels == ("SCL",)
    assert dialog.title("Stack") == "Stack: SCL"


def test_dialog_lets_dates_be_chosen(dialog):
    choose(dialog.dates_combo, DateChoice.MONTHLY)
    assert dialog.is_monthly
    assert "4 layers" in dialog.hint.text()
    choose(dialog.dates_combo, DateChoice.CHOSEN)
    assert not dialog.dates_list.isHidden()
    assert len(dialog.dates) == 4
    for row in range(dialog.dates_list.count()):
        dialog.dates_list.item(row).setCheckState(Qt.CheckState.Unchecked)
    assert dialog.dates == ()
    ok = dialog.buttons.button(QDialogButtonBox.StandardButton.Ok)
    assert not ok.isEnabled()
    dialog.dates_list.item(5).setCheckState(Qt.CheckState.Checked)
    assert dialog.dates == (days(N_DATES)[5],)
    assert ok.isEnabled()


def test_dialog_of_many_dates_starts_with_one_a_month(qgis_app):
    bands = parse_band_names([f"{day} LAI" for day in days(100)])
    dialog = DateLayersDialog("Long", bands)
    assert dialog.is_monthly
    assert "No band is known to be red" in dialog.hint.text()
    dialog.deleteLater()


def test_menu_panel_and_layer_tree_offer_it(iface, profile, stack, monkeypatch):
    asked = []
    monkeypatch.setattr(DateLayers, "ask", lambda _self, layer: asked.append(layer))
    plugin = CropSamplePlugin(iface)
    plugin.initGui()
    action = next(item for item in iface.menu_actions if item.objectName() == "cropsample_date_layers_action")
    assert iface.layer_actions == [action]
    iface.layer = stack
    action.trigger()
    iface.layer = None
    plugin._panels.series_dock.choose_stack(stack)
    action.trigger()
    plugin._panels.series_dock.form.layers_button.click()
    assert asked == [stack, stack, stack]
    plugin._panels.date_layers.added.emit(3)
    assert "3 dates are layers now" in iface.bar.currentItem().text()
    plugin._panels.date_layers.failed.emit("no data")
    assert iface.bar.currentItem().text() == "no data"
    plugin.unload()
    assert iface.layer_actions == []
