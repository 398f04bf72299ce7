"""The Time series panel: points clicked and samples selected, clouds, classes, seasons, and all that can go wrong."""

from __future__ import annotations

import csv
import math
from datetime import date

import numpy as np
import pytest
from known_stacks import NODATA, center_of, days, season_values, write_stack
from qgis.core import QgsCoordinateReferenceSystem, QgsFeature, QgsGeometry, QgsPointXY, QgsRasterLayer, QgsVectorLayer
from qgis.gui import QgsVertexMarker
from qgis.PyQt.QtCore import QPoint, QSize, Qt
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QFileDialog
from stand_ins import delete_now, wait_for

from cropsample_plugin.gui.picked_point import MOST_POINTS
from cropsample_plugin.gui.series_chart import SeriesStyle
from cropsample_plugin.gui.time_series_dock import TimeSeriesDock
from cropsample_plugin.gui.time_series_session import Arrangement

BANDS = ("B03", "B04", "B08", "SCL")
N_DATES = 12
UTM = QgsCoordinateReferenceSystem("EPSG:32631")


@pytest.fixture
def stored():
    return season_values(N_DATES)


@pytest.fixture
def stack(project, tmp_path, stored):
    layer = QgsRasterLayer(write_stack(tmp_path / "clouds.tif", BANDS, days(N_DATES), stored), "Clouds")
    return project.addMapLayer(layer)


@pytest.fixture
def processed(project, tmp_path, stored):
    dates = days(2 * N_DATES, 5)
    values = np.repeat(stored[:, 1:3], 2, axis=0)
    layer = QgsRasterLayer(write_stack(tmp_path / "smooth.tif", ("B04", "B08"), dates, values), "Smooth")
    return project.addMapLayer(layer)


@pytest.fixture
def seasons(project, tmp_path):
    names = [f"season {number} {part}" for number in (1, 2) for part in ("start", "peak", "end")]
    day = (date(2021, 1, 20) - date(1970, 1, 1)).days
    values = np.full((1, 6, 8, 8), np.nan, dtype=np.float32)
    values[0, :3] = np.array([day, day + 40, day + 80])[:, None, None]
    path = write_stack(tmp_path / "seasons.tif", names, [""], values, scale=1.0, nodata=None)
    return project.addMapLayer(QgsRasterLayer(path, "Seasons"))


@pytest.fixture
def samples(project):
    fields = [f"{band}_{day:%Y%m%d}" for day in days(N_DATES) for band in ("B04", "B08")]
    extra = "field=crop:string&field=season_1_start:date&field=season_1_peak:string&field=season_1_end:date"
    columns = "&".join(f"field={name}:double" for name in fields)
    layer = QgsVectorLayer(f"Point?crs=EPSG:32631&{extra}&{columns}", "Samples", "memory")
    features = []
    for number in range(12):
        feature = QgsFeature(layer.fields())
        season = ["2021-02-01", "2021-03-01", "2021-04-01"] if number else [None] * 3
        values = [0.1 + 0.01 * number, 0.4] * N_DATES
        feature.setAttributes([("wheat", "maize")[number % 2], *season, *values])
        feature.setGeometry(QgsGeometry.fromPointXY(QgsPointXY(*center_of(3, 1 + number % 6))))
        features.append(feature)
    layer.dataProvider().addFeatures(features)
    return project.addMapLayer(layer)


@pytest.fixture
def dock(iface):
    iface.canvas.setDestinationCrs(UTM)
    iface.canvas.resize(QSize(400, 400))
    made = TimeSeriesDock(iface.canvas, iface.window)
    iface.addDockWidget(Qt.DockWidgetArea.BottomDockWidgetArea, made)
    iface.window.resize(900, 700)
    iface.window.show()
    yield made
    made.close_panel()
    made.deleteLater()
    delete_now()


def pick(dock, row, column, *, is_added=False):
    dock.pick(QgsPointXY(*center_of(row, column)), is_added)
    settle(dock)


def settle(dock):
    wait_for(lambda: not dock.reading.is_busy and not dock.profiles.is_busy)


def check(combo, names):
    # QGIS's setCheckedItems leaves checked what was.
    combo.deselectAllOptions()
    combo.setCheckedItems(names)


def only_chart(dock):
    (chart,) = dock.form.plot.charts
    return chart


def ndvi(stored, row, column):
    red, nir = (stored[:, band, row, column].astype(float) for band in (1, 2))
    red[red == NODATA] = np.nan
    return (nir - red) / (nir + red)


def test_click_shows_the_pixel_with_clouds_told_apart(dock, stack, stored):
    dock.choose_stack(stack)
    pick(dock, 3, 5)
    (series,) = only_chart(dock).series
    assert only_chart(dock).value_label == "NDVI"
    assert list(series.dates) == days(N_DATES)
    np.testing.assert_allclose(series.values, ndvi(stored, 3, 5), rtol=1e-6)
    assert math.isnan(series.values[2])
    assert list(series.clear) == [bool(scl == 4) for scl in stored[:, 3, 3, 5]]
    assert "12 dates, 2021-01-05 to 2021-04-25; bands: 4" in dock.form.stack_hint.text()


def test_real_mouse_clicks_pick_and_ctrl_adds(dock, stack, iface):
    dock.choose_stack(stack)
    iface.canvas.setExtent(stack.extent())
    dock.form.pick_button.click()
    assert iface.canvas.mapTool() is dock.tool
    for row, column, key in (
        (3, 5, Qt.KeyboardModifier.NoModifier),
        (5, 2, Qt.KeyboardModifier.ControlModifier),
        (6, 6, Qt.KeyboardModifier.NoModifier),
    ):
        x, y = center_of(row, column)
        place = iface.canvas.getCoordinateTransform().transform(QgsPointXY(x, y))
        at = QPoint(round(place.x()), round(place.y()))
        QTest.mouseClick(iface.canvas.viewport(), Qt.MouseButton.LeftButton, key, at)
        if row == 5:
            assert len(dock.session.points) == 2
    settle(dock)
    (point,) = dock.session.points
    assert point.point.distance(QgsPointXY(x, y)) < 5
    QTest.mouseClick(iface.canvas.viewport(), Qt.MouseButton.RightButton, Qt.KeyboardModifier.NoModifier, at)
    assert dock.session.points == [point]
    dock.form.pick_button.click()
    assert iface.canvas.mapTool() is not dock.tool


def test_marks_have_the_colours_of_the_plot_and_move_with_the_projection(dock, stack, iface):
    dock.choose_stack(stack)
    pick(dock, 3, 5)
    pick(dock, 5, 2, is_added=True)
    marks = [item for item in iface.canvas.scene().items() if isinstance(item, QgsVertexMarker)]
    assert {mark.fillColor().name() for mark in marks} == {series.color for series in only_chart(dock).series}
    iface.canvas.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:4326"))
    moved = [item for item in iface.canvas.scene().items() if isinstance(item, QgsVertexMarker)]
    assert len(moved) == 2
    assert all(abs(mark.center().x()) < 10 for mark in moved)
    dock.clear_points()
    assert not [item for item in iface.canvas.scene().items() if isinstance(item, QgsVertexMarker)]


def test_points_side_by_side_and_several_measures(dock, stack, processed):
    dock.choose_stack(stack)
    dock.form.processed_combo.setLayer(processed)
    pick(dock, 3, 5)
    pick(dock, 5, 2, is_added=True)
    check(dock.form.measure_combo, ["NDVI", "B03"])
    settle(dock)
    assert [chart.value_label for chart in dock.form.plot.charts] == ["NDVI", "B03"]
    styles = [series.style for series in dock.form.plot.charts[0].series]
    assert styles.count(SeriesStyle.LINE) == 2
    # The processed stack has no B03.
    assert [series.style for series in dock.form.plot.charts[1].series] == [SeriesStyle.POINTS] * 2
    dock.form.arrangement_combo.setCurrentIndex(dock.form.arrangement_combo.findData(Arrangement.SIDE_BY_SIDE))
    settle(dock)
    assert [(chart.value_label, chart.title) for chart in dock.form.plot.charts] == [
        ("NDVI", "Point 1"),
        ("NDVI", "Point 2"),
        ("B03", "Point 1"),
        ("B03", "Point 2"),
    ]


def test_formula_and_its_errors(dock, stack, stored):
    dock.choose_stack(stack)
    pick(dock, 3, 5)
    check(dock.form.measure_combo, [])
    dock.form.formula_edit.setText("ratio = B08 / B04")
    wait_for(lambda: dock.form.plot.charts and only_chart(dock).value_label == "ratio")
    settle(dock)
    red, nir = (stored[:, band, 3, 5].astype(float) for band in (1, 2))
    wait_for(lambda: only_chart(dock).series[0].n_known > 0)
    np.testing.assert_allclose(only_chart(dock).series[0].values[0], nir[0] / red[0], rtol=1e-6)
    for text, words in (("B09 * 2", "no band B09"), ("open('x')", "no arithmetic"), ("", "Choose a band")):
        dock.form.formula_edit.setText(text)
        wait_for(lambda words=words: words in dock.form.plot.message)
        assert not dock.form.plot.charts


def test_seasons_are_shaded(dock, stack, seasons):
    dock.choose_stack(stack)
    dock.form.seasons_combo.setLayer(seasons)
    pick(dock, 3, 5)
    (season,) = only_chart(dock).seasons
    assert (season.start, season.peak, season.end) == (date(2021, 1, 20), date(2021, 3, 1), date(2021, 4, 10))
    assert season.color == dock.session.points[0].color
    dock.form.seasons_combo.setLayer(stack)
    settle(dock)
    assert "holds no seasons" in dock.form.notes_label.text()


def test_classes_stand_behind(dock, stack, samples):
    dock.choose_stack(stack)
    pick(dock, 3, 5)
    dock.form.samples_combo.setLayer(samples)
    settle(dock)
    assert dock.form.class_combo.currentField() == "crop"
    profiles = only_chart(dock).profiles
    assert sorted(profile.name for profile in profiles) == ["maize", "wheat"]
    wheat = next(profile for profile in profiles if profile.name == "wheat")
    red = 0.1 + 0.01 * np.arange(0, 12, 2)
    expected = (0.4 - red) / (0.4 + red)
    assert wheat.mean[0] == pytest.approx(expected.mean())
    assert wheat.spread[0] == pytest.approx(expected.std(ddof=1))
    assert wheat.n_samples == 6
    check(dock.form.classes_combo, ["maize"])
    assert [profile.name for profile in only_chart(dock).profiles] == ["maize"]
    dock.form.samples_combo.setLayer(None)
    assert only_chart(dock).profiles == ()


def test_classes_by_day_of_the_year_come_every_year(dock, stack, project):
    layer = QgsVectorLayer("None?field=crop:string&field=B04_d010:double&field=B04_d100:double", "Days", "memory")
    features = []
    for crop in ("wheat", "maize", "wheat", "maize"):
        feature = QgsFeature(layer.fields())
        feature.setAttributes([crop, 0.1, 0.3])
        features.append(feature)
    layer.dataProvider().addFeatures(features)
    project.addMapLayer(layer)
    dock.choose_stack(stack)
    check(dock.form.measure_combo, ["B04"])
    pick(dock, 3, 5)
    dock.form.samples_combo.setLayer(layer)
    settle(dock)
    assert only_chart(dock).profiles[0].dates == (date(2021, 1, 10), date(2021, 4, 10))


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ("field=crop:string&field=weight:double", "no series fields"),
        ("field=crop:string&field=NDVI_t01:double&field=NDVI_t02:double", "which have no dates"),
        ("field=crop:string&field=VV_20210105:double&field=VV_20210115:double", "none of those shown"),
    ],
)
def test_layers_without_usable_series_say_why(dock, stack, project, fields, words):
    layer = QgsVectorLayer(f"None?{fields}", "Other", "memory")
    for crop in ("wheat", "maize", "wheat"):
        feature = QgsFeature(layer.fields())
        feature.setAttribute("crop", crop)
        layer.dataProvider().addFeature(feature)
    project.addMapLayer(layer)
    dock.choose_stack(stack)
    dock.form.samples_combo.setLayer(layer)
    settle(dock)
    assert words in dock.form.classes_hint.text()
    assert not dock.form.classes_hint.isHidden()


def test_selected_samples_with_their_seasons(dock, stack, samples):
    dock.choose_stack(stack)
    dock.form.samples_combo.setLayer(samples)
    settle(dock)
    dock.pick_selected()
    assert "No feature of 'Samples' is selected" in dock.form.notes_label.text()
    ids = sorted(feature.id() for feature in samples.getFeatures())
    samples.selectByIds([ids[0], ids[1]])
    dock.form.samples_button.click()
    settle(dock)
    assert [series.name for series in only_chart(dock).series] == [
        f"wheat (sample {ids[0]})",
        f"maize (sample {ids[1]})",
    ]
    (season,) = only_chart(dock).seasons
    assert (season.start, season.peak, season.end) == (date(2021, 2, 1), date(2021, 3, 1), date(2021, 4, 1))
    samples.selectAll()
    dock.form.samples_button.click()
    settle(dock)
    assert len(dock.session.points) == MOST_POINTS
    assert "Only the first 8 of 12 selected samples" in dock.form.notes_label.text()


def test_selected_samples_need_a_layer(dock, stack):
    dock.choose_stack(stack)
    dock.pick_selected()
    assert "Choose the samples layer" in dock.form.notes_label.text()


def test_too_many_points_are_not_mixed_up(dock, stack):
    dock.choose_stack(stack)
    for number in range(MOST_POINTS + 1):
        pick(dock, 1, number % 8, is_added=True)
    assert len(dock.session.points) == MOST_POINTS
    assert "At most 8 points" in dock.form.notes_label.text()
    assert len({(point.color, point.marker) for point in dock.session.points}) == MOST_POINTS


def test_point_outside_and_pixel_without_data_are_told(dock, stack):
    dock.choose_stack(stack)
    pick(dock, 100, 5)
    assert dock.form.plot.message == "Point 1 lies outside the stack 'Clouds'."
    pick(dock, 0, 0)
    assert "nodata throughout" in dock.form.plot.message
    pick(dock, 3, 5, is_added=True)
    assert "nodata throughout" in dock.form.notes_label.text()
    assert sum(series.n_known > 0 for series in only_chart(dock).series) == 1


def test_stack_without_dates_and_no_stack_are_told(dock, project, tmp_path, stored):
    assert "Choose a dated stack" in dock.form.plot.message
    plain = QgsRasterLayer(write_stack(tmp_path / "plain.tif", ("a", "b"), [""], stored[:1, :2]), "Plain")
    project.addMapLayer(plain)
    dock.choose_stack(plain)
    assert "'Plain' has no dates" in dock.form.plot.message
    assert "Build time series" in dock.form.plot.message
    assert not dock.form.layers_button.isEnabled()
    pick(dock, 3, 5)
    assert "has no dates" in dock.form.plot.message


def test_stack_deleted_during_use_is_told(dock, stack, processed, project):
    dock.choose_stack(stack)
    dock.form.processed_combo.setLayer(processed)
    pick(dock, 3, 5)
    assert only_chart(dock).series
    project.removeMapLayer(processed.id())
    settle(dock)
    assert [series.style for series in only_chart(dock).series] == [SeriesStyle.POINTS]
    project.removeMapLayer(stack.id())
    settle(dock)
    assert "'Clouds' has been removed from the project" in dock.form.plot.message
    assert dock.form.stack_combo.currentLayer() is None
    pick(dock, 3, 5)


def test_stack_deleted_while_it_is_read(dock, stack, project):
    dock.choose_stack(stack)
    dock.pick(QgsPointXY(*center_of(3, 5)))
    project.removeMapLayer(stack.id())
    settle(dock)
    assert "has been removed" in dock.form.plot.message


def test_samples_deleted_while_they_are_averaged(dock, stack, samples, project):
    dock.choose_stack(stack)
    pick(dock, 3, 5)
    dock.form.samples_combo.setLayer(samples)
    project.removeMapLayer(samples.id())
    settle(dock)
    assert only_chart(dock).profiles == ()


def test_closing_the_project_is_survived(dock, stack, samples, project):
    dock.choose_stack(stack)
    dock.form.samples_combo.setLayer(samples)
    pick(dock, 3, 5)
    project.clear()
    settle(dock)
    assert not dock.form.plot.charts


def test_mask_of_another_stack(dock, stack, project, tmp_path):
    dates = days(N_DATES)[:-2]
    stored = np.zeros((len(dates), 1, 8, 8), dtype=np.uint16)
    stored[4] = 1
    mask = QgsRasterLayer(write_stack(tmp_path / "mask.tif", ("flag",), dates, stored, scale=1.0), "Mask")
    project.addMapLayer(mask)
    dock.choose_stack(stack)
    pick(dock, 3, 5)
    dock.form.mask_combo.setLayer(mask)
    settle(dock)
    assert "is not known" in dock.form.plot.message
    dock.form.rule_edit.setText("value == 0")
    wait_for(lambda: dock.form.plot.charts)
    settle(dock)
    wait_for(lambda: any(only_chart(dock).series[0].clear))
    assert list(only_chart(dock).series[0].clear) == [step not in (4, 10, 11) for step in range(N_DATES)]
    assert "lacks 2 of 12 dates" in dock.form.notes_label.text()


def test_without_a_mask_everything_counts_as_clear(dock, stack):
    dock.choose_stack(stack)
    pick(dock, 3, 5)
    dock.form.mask_band_combo.setCurrentIndex(0)
    settle(dock)
    assert all(only_chart(dock).series[0].clear)


def test_forgotten_scale_is_told_for_evi(dock, project, tmp_path, stored):
    values = np.concatenate([stored[:, :3], stored[:, :1]], axis=1)
    path = write_stack(tmp_path / "raw.tif", ("B03", "B04", "B08", "B02"), days(N_DATES), values, scale=1.0)
    layer = project.addMapLayer(QgsRasterLayer(path, "Raw"))
    dock.choose_stack(layer)
    check(dock.form.measure_combo, ["EVI"])
    pick(dock, 3, 5)
    assert "needs reflectance of 0 to 1" in dock.form.notes_label.text()


def test_choosing_another_stack_keeps_what_it_can(dock, stack, processed):
    dock.choose_stack(stack)
    check(dock.form.measure_combo, ["NDVI", "B03"])
    pick(dock, 3, 5)
    dock.choose_stack(processed)
    settle(dock)
    assert dock.session.measure_names == ("NDVI",)
    assert len(only_chart(dock).series[0].dates) == 2 * N_DATES


def test_opening_the_panel_takes_the_first_stack(dock, stack):
    dock.hide()
    dock.show()
    wait_for(lambda: dock.form.stack_combo.currentLayer() is stack)


def test_marks_hide_with_the_panel(dock, stack, iface):
    dock.choose_stack(stack)
    dock.show()
    pick(dock, 3, 5)
    (mark,) = (item for item in iface.canvas.scene().items() if isinstance(item, QgsVertexMarker))
    dock.hide()
    assert not mark.isVisible()
    dock.show()
    assert mark.isVisible()


def test_picture_and_table_are_saved(dock, stack, tmp_path, monkeypatch):
    dock.choose_stack(stack)
    assert not dock.form.picture_button.isEnabled()
    pick(dock, 3, 5)
    for button, name, chosen in (
        (dock.form.picture_button, "plot", "SVG (*.svg)"),
        (dock.form.table_button, "table", "CSV (*.csv)"),
    ):
        answer = (str(tmp_path / name), chosen)
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args, answer=answer: answer)
        button.click()
    assert (tmp_path / "plot.svg").stat().st_size > 1000
    with (tmp_path / "table.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) == N_DATES
    assert {row["measure"] for row in rows} == {"NDVI"}
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(tmp_path / "none" / "a.csv"), ""))
    dock.form.table_button.click()
    assert "cannot be written" in dock.form.notes_label.text()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: ("", ""))
    dock.form.table_button.click()


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_panel_fits_small_screens_and_large_fonts(dock, stack, scale):
    font = dock.font()
    font.setPointSizeF(font.pointSizeF() * scale)
    dock.setFont(font)
    dock.choose_stack(stack)
    pick(dock, 3, 5)
    dock.setFloating(True)
    for size in (QSize(1300, 330), QSize(420, 700)):
        dock.resize(size)
        delete_now()
        dock.grab()
        wide = size.width() > size.height()
        assert dock.form.splitter.orientation() == (Qt.Orientation.Horizontal if wide else Qt.Orientation.Vertical)
        assert dock.minimumSizeHint().width() <= 420 * scale
        assert dock.minimumSizeHint().height() <= 330 * scale
