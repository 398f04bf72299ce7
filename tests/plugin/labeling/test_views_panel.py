"""The Linked views panel: what it shows of a sample, how maps move together, what it says when something is amiss."""

from __future__ import annotations

import math
import struct
import threading

import pytest
from known_stacks import NORTH, WEST, center_of, days
from memory_store import MemoryStore
from qgis.core import QgsCoordinateReferenceSystem, QgsPointXY, QgsRasterLayer, QgsRectangle
from qgis.gui import QgsGui, QgsMapToolEmitPoint
from qgis.PyQt.QtCore import QEvent, QPointF, Qt
from qgis.PyQt.QtGui import QMouseEvent
from qgis.PyQt.QtWidgets import QAction, QApplication
from stand_ins import delete_now, make_samples, wait_for
from views_stage import (
    CRS,
    FALSE_COLOR,
    N_DATES,
    Stage,
    date_view,
    make_photo,
    make_stack,
    point,
    reference,
    samples_on_stack,
    square,
)

from cropsample_plugin.bridge.labeling.label_events import LabelingError
from cropsample_plugin.bridge.labeling.label_store import LabelingSample, NewSample
from cropsample_plugin.bridge.labeling.session_file import ViewSettings
from cropsample_plugin.gui.labeling import linked_views_sources
from cropsample_plugin.gui.labeling.linked_views_form import best_columns
from cropsample_plugin.gui.labeling.linked_views_sources import is_slow


@pytest.fixture
def stage(iface, project):
    made = Stage(iface)
    yield made
    made.take_down()
    delete_now()


@pytest.fixture
def stack(tmp_path):
    return make_stack(tmp_path)


@pytest.fixture
def photo(tmp_path):
    return make_photo(tmp_path / "photo.tif")


def photo_view(path, title="Photo"):
    return ViewSettings(title, (reference(path, "Photo"),))


def middle(canvas):
    return canvas.extent().center()


def near(one, two, tolerance=0.5):
    return one.distance(two) < tolerance


def remarks(frame):
    return frame.message_label.text()


def test_the_sample_is_outlined_and_centred_in_every_view_and_on_the_map(stage, stack, photo):
    stage.open([photo_view(photo), date_view(stack, days(N_DATES)[4])])
    stage.wait_until_shown()
    place = QgsPointXY(stage.session.current.x, stage.session.current.y)
    canvases = [*(frame.canvas for frame in stage.frames), stage.iface.canvas]
    for canvas in canvases:
        assert near(middle(canvas), place)
        assert canvas.scale() == pytest.approx(2000.0, rel=0.02)
    for marker in (*(frame.marker for frame in stage.frames), stage.views.map_marker):
        assert near(marker.outline.asPoint(), place)
    stage.label()
    stage.wait_until_shown()
    assert stage.session.current.sample_id == "s1"
    place = QgsPointXY(stage.session.current.x, stage.session.current.y)
    assert all(near(middle(canvas), place) for canvas in canvases)


def test_views_show_what_they_are_told_to(stage, stack, photo):
    day = days(N_DATES)[4]
    stage.open([photo_view(photo), date_view(stack, day), date_view(stack, day, ("NDVI",), "NDVI")])
    stage.wait_for_imagery()
    titles = [frame.title_label.full_text for frame in stage.frames]
    assert titles == ["Photo", f"False colour · {day} · B08, B04, B03", f"NDVI · {day} · NDVI"]
    assert [len(frame.canvas.layers()) for frame in stage.frames] == [1, 1, 1]
    wait_for(lambda: not stage.frames[1].canvas.isDrawing())
    assert [remarks(frame) for frame in stage.frames] == ["", "", ""]
    colors = [frame.canvas.grab().toImage().pixelColor(5, 5) for frame in stage.frames]
    assert colors[0].getRgb()[:3] == (120, 120, 120)
    assert colors[1] != colors[0]


def test_maps_pan_and_zoom_together_whichever_is_moved(stage, photo):
    stage.open([photo_view(photo), photo_view(photo, "Again")])
    stage.wait_until_shown()
    first, second = (frame.canvas for frame in stage.frames)
    main = stage.iface.canvas
    for moved in (first, second, main):
        target = QgsPointXY(middle(moved).x() + 40, middle(moved).y() - 30)
        moved.setCenter(target)
        assert all(near(middle(canvas), target) for canvas in (first, second, main))
        moved.zoomByFactor(0.5)
        units = moved.mapUnitsPerPixel()
        assert all(canvas.mapUnitsPerPixel() == pytest.approx(units) for canvas in (first, second, main))


def test_the_map_stays_where_it_is_when_it_is_not_to_move(stage, photo):
    stage.views.form.follow_button.setChecked(False)
    stage.iface.canvas.setExtent(QgsRectangle(WEST, NORTH - 100, WEST + 100, NORTH))
    before = middle(stage.iface.canvas)
    stage.open([photo_view(photo)])
    stage.wait_until_shown()
    stage.frames[0].canvas.zoomByFactor(2.0)
    assert near(middle(stage.iface.canvas), before)
    stage.views.form.follow_button.setChecked(True)
    assert near(middle(stage.iface.canvas), middle(stage.frames[0].canvas))


def test_another_size_is_not_another_scale(stage, photo):
    stage.open([photo_view(photo), photo_view(photo, "Again")])
    stage.wait_until_shown()
    before = stage.frames[0].canvas.mapUnitsPerPixel()
    place = middle(stage.frames[0].canvas)
    size = stage.frames[0].canvas.size()
    stage.iface.window.resize(1400, 500)
    wait_for(lambda: stage.frames[0].canvas.size() != size)
    for canvas in (*(frame.canvas for frame in stage.frames), stage.iface.canvas):
        wait_for(lambda canvas=canvas: math.isclose(canvas.mapUnitsPerPixel(), before, rel_tol=1e-3))
        assert near(middle(canvas), place)


def test_large_polygons_are_shown_whole_and_scale_comes_back(stage, photo):
    x, y = center_of(32, 32)
    stage.open([photo_view(photo)], [square(0, x, y, 2000.0), square(1, x, y, 20.0)])
    stage.wait_until_shown()
    canvas = stage.frames[0].canvas
    assert canvas.extent().contains(QgsRectangle(x - 2000, y - 2000, x + 2000, y + 2000))
    stage.label()
    assert canvas.scale() == pytest.approx(2000.0, rel=0.02)


def test_the_scale_can_be_changed_and_the_sample_found_again(stage, photo):
    stage.open([photo_view(photo)])
    stage.wait_until_shown()
    canvas = stage.frames[0].canvas
    stage.views.form.scale_widget.setScale(500.0)
    assert canvas.scale() == pytest.approx(500.0, rel=0.02)
    canvas.setCenter(QgsPointXY(WEST - 5000, NORTH))
    stage.views.form.center_button.click()
    assert near(middle(canvas), QgsPointXY(stage.session.current.x, stage.session.current.y))


def test_the_cursor_is_shown_in_the_other_views(stage, photo):
    stage.open([photo_view(photo), photo_view(photo, "Again")])
    stage.wait_until_shown()
    first, second = stage.frames
    viewport = first.canvas.viewport()
    at = QPointF(viewport.rect().center())
    button = Qt.MouseButton.NoButton
    move = QMouseEvent(QEvent.Type.MouseMove, at, button, button, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(viewport, move)
    assert second._cursor.isVisible()
    assert not first._cursor.isVisible()
    assert near(second._cursor.center(), middle(first.canvas), 3.0)
    QApplication.sendEvent(viewport, QEvent(QEvent.Type.Leave))
    assert not second._cursor.isVisible()


def test_dates_are_stepped_in_the_active_view_and_written_with_the_label(stage, stack, photo):
    dates = days(N_DATES)
    stage.open([photo_view(photo), date_view(stack, dates[4]), date_view(stack, dates[8], title="Later")])
    stage.wait_for_imagery()
    assert stage.views.step_date(1)
    assert [frame.imagery.day for frame in stage.frames] == [None, dates[5], dates[8]]
    for name in ("next_view", "next_view", "previous_date"):
        stage.views.findChild(QAction, f"cropsample_views_{name}").trigger()
    assert stage.frames[2].imagery.day == dates[7]
    assert f"Later · {dates[7]}" in stage.frames[2].title_label.full_text
    looking = stage.session.looking
    assert looking.imagery == "Photo; False colour: B08, B04, B03; Later: B08, B04, B03"
    assert looking.imagery_date == "; ".join(str(dates[place]) for place in (4, 5, 7, 8))
    stage.label()
    event = stage.session.store.events[-1]
    assert event.imagery_date == "; ".join(str(dates[place]) for place in (4, 5, 7, 8))
    assert stage.session.looking.imagery_date == f"{dates[5]}; {dates[7]}"


def test_keys_are_on_qgis_list_and_gone_with_the_panel(iface, project):
    stage = Stage(iface)
    manager = QgsGui.shortcutsManager()
    own = [action for action in manager.listActions() if action.objectName().startswith("cropsample_views")]
    shown = {action.objectName(): action.shortcut().toString() for action in own}
    assert shown["cropsample_views_next_date"] == "Alt+Right"
    assert len(set(shown.values())) == len(shown) == 4
    stage.take_down()
    assert not [action for action in manager.listActions() if action.objectName().startswith("cropsample_views")]


def test_dates_end_at_both_ends_and_buttons_say_so(stage, stack):
    dates = days(N_DATES)
    stage.open([date_view(stack, dates[0])])
    stage.wait_for_imagery()
    frame = stage.frames[0]
    assert not frame.earlier_button.isEnabled()
    assert not stage.views.step_date(-1)
    frame.later_button.click()
    assert frame.imagery.day == dates[1]
    assert frame.earlier_button.isEnabled()
    assert not stage.views.step_date(100)


def test_two_dates_side_by_side_have_one_contrast(stage, stack):
    dates = days(N_DATES)
    stage.open([date_view(stack, dates[3]), date_view(stack, dates[9])])
    stage.wait_for_imagery()
    renderers = [frame.imagery.layers[0].renderer() for frame in stage.frames]
    limits = [(r.redContrastEnhancement().minimumValue(), r.redContrastEnhancement().maximumValue()) for r in renderers]
    assert limits[0] == limits[1]
    assert renderers[0].redBand() != renderers[1].redBand()


def test_layers_that_the_project_lacks_stay_outside_it(stage, stack, photo, project):
    stage.open([photo_view(photo), date_view(stack, days(N_DATES)[0])], stack=(reference(stack),))
    stage.wait_for_imagery()
    assert not project.mapLayers()


def test_a_session_without_views_shows_the_map_and_the_stack(stage, stack, photo, project):
    layer = project.addMapLayer(QgsRasterLayer(photo, "On the map"))
    stage.iface.canvas.setLayers([layer])
    stage.open([], stack=(reference(stack),))
    stage.wait_for_imagery()
    assert [frame.imagery.follows_map for frame in stage.frames] == [True, False]
    assert stage.frames[0].canvas.layers() == [layer]
    assert stage.frames[1].imagery.view.bands == FALSE_COLOR
    stage.iface.canvas.setLayers([])
    assert stage.frames[0].canvas.layers() == []
    assert "No imagery" in remarks(stage.frames[0])


def test_without_imagery_the_outline_is_shown_and_it_is_said(stage):
    stage.open([ViewSettings("Nothing")])
    stage.wait_until_shown()
    assert "No imagery" in remarks(stage.frames[0])
    assert stage.frames[0].marker.outline is not None


def test_a_layer_removed_from_the_project_is_shown_from_its_source(stage, photo, project):
    layer = project.addMapLayer(QgsRasterLayer(photo, "Photo"))
    stage.open([photo_view(photo)])
    stage.wait_until_shown()
    frame = stage.frames[0]
    assert frame.canvas.layers() == [layer]
    del layer
    project.removeAllMapLayers()
    assert "'Photo' was removed from the project; it is shown from its source." in remarks(frame)
    assert len(frame.canvas.layers()) == 1
    stage.label()
    stage.wait_until_shown()


def test_a_temporary_layer_that_is_removed_leaves_its_outline_and_words(stage, project):
    layer = project.addMapLayer(make_samples(["a"]))
    made = ViewSettings("Mine", (reference(layer.source(), layer.name(), "memory"),))
    stage.open([made])
    stage.wait_until_shown()
    assert stage.frames[0].canvas.layers() == [layer]
    project.removeMapLayer(layer.id())
    assert "was removed from the project." in remarks(stage.frames[0])
    assert stage.frames[0].canvas.layers() == []
    stage.label()
    stage.wait_until_shown()


def test_a_stack_removed_from_the_project_goes_on_from_its_file(stage, stack, project):
    layer = project.addMapLayer(QgsRasterLayer(stack, "Stack"))
    stage.open([date_view(stack, days(N_DATES)[2])])
    stage.wait_for_imagery()
    project.removeMapLayer(layer.id())
    stage.wait_for_imagery()
    assert stage.views.step_date(1)
    assert "removed from the project" in remarks(stage.frames[0])


def test_files_that_are_not_there_are_told_of(stage, tmp_path, photo):
    stage.open([photo_view(tmp_path / "none.tif"), date_view(photo, days(1)[0])])
    assert "'Photo' cannot be opened" in remarks(stage.frames[0])
    assert "has no dates" in remarks(stage.frames[1])
    stage.wait_until_shown()


def test_bands_that_the_stack_lacks_are_told_of(stage, stack):
    stage.open([date_view(stack, days(N_DATES)[0], ("B08", "B12", "B04"))])
    assert "has no date with the bands B08, B12, B04" in remarks(stage.frames[0])


def test_samples_outside_the_stack_are_told_of(stage, stack, photo):
    away = point(1, WEST + 90_000, NORTH)
    stage.open([date_view(stack, days(N_DATES)[0]), photo_view(photo)], [*samples_on_stack(1), away])
    stage.wait_for_imagery()
    assert [remarks(frame) for frame in stage.frames] == ["", ""]
    stage.label()
    assert remarks(stage.frames[0]) == "The stack does not reach this sample."
    assert remarks(stage.frames[1]) == "None of the images of this view reaches this sample."
    assert near(middle(stage.frames[0].canvas), QgsPointXY(WEST + 90_000, NORTH))


def test_samples_without_geometry_are_shown_at_their_point_or_told_of(stage, photo):
    x, y = center_of(10, 10)
    samples = [NewSample(LabelingSample("a", x, y), b""), NewSample(LabelingSample("b", math.nan, math.nan), b"")]
    stage.open([photo_view(photo)], samples)
    assert near(middle(stage.frames[0].canvas), QgsPointXY(x, y))
    stage.label()
    assert remarks(stage.frames[0]) == "This sample has no place on the map."
    assert stage.frames[0].marker.outline is None


def test_samples_that_the_map_cannot_place_are_told_of(stage, photo):
    stage.open([photo_view(photo)], [NewSample(LabelingSample("a", 0, 0), struct.pack("<BIdd", 1, 1, 1e300, 1e300))])
    stage.iface.canvas.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:4326"))
    assert remarks(stage.frames[0]) == "This sample has no place on the map."


def test_views_follow_the_projects_coordinate_system(stage, photo):
    stage.open([photo_view(photo)])
    stage.wait_until_shown()
    stage.iface.canvas.setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:3857"))
    canvas = stage.frames[0].canvas
    assert canvas.mapSettings().destinationCrs().authid() == "EPSG:3857"
    assert near(middle(canvas), stage.frames[0].marker.outline.asPoint())
    assert near(middle(stage.iface.canvas), middle(canvas))
    assert canvas.extent().center().x() == pytest.approx(333958.47, abs=2000)


def test_a_project_without_coordinate_system_leaves_the_views_in_the_sessions(stage, photo):
    stage.iface.canvas.setDestinationCrs(QgsCoordinateReferenceSystem())
    stage.open([photo_view(photo)])
    stage.wait_until_shown()
    assert stage.frames[0].canvas.mapSettings().destinationCrs().authid() == CRS
    assert stage.iface.canvas not in stage.views.link.canvases


def test_only_the_latest_of_samples_passed_quickly_is_told_as_shown(stage, photo):
    stage.open([photo_view(photo), photo_view(photo, "Again")])
    stage.wait_until_shown()
    stage.shown.clear()
    for _ in range(4):
        stage.label()
    stage.wait_until_shown()
    assert stage.shown == ["s4"]


def test_the_picture_before_stays_until_the_next_is_complete(stage, photo):
    stage.open([photo_view(photo)])
    stage.wait_until_shown()
    viewport = stage.frames[0].canvas.viewport()
    assert viewport.updatesEnabled()
    stage.label()
    assert not viewport.updatesEnabled()
    stage.wait_until_shown()
    assert viewport.updatesEnabled()


def test_the_next_sample_is_drawn_ahead(stage, photo, monkeypatch):
    asked = []
    monkeypatch.setattr(stage.views.prefetch, "start", asked.append)
    stage.open([photo_view(photo)])
    stage.wait_until_shown()
    following = samples_on_stack()[1].sample
    assert near(asked[-1][0].extent().center(), QgsPointXY(following.x, following.y))


def test_what_is_drawn_ahead_ends_and_can_be_stopped(stage, photo):
    stage.open([photo_view(photo), photo_view(photo, "Again")])
    stage.wait_until_shown()
    wait_for(lambda: not stage.views.prefetch.is_busy)
    for _ in range(3):
        stage.label()
        stage.wait_until_shown()
    stage.controller.close()
    assert not stage.views.prefetch.is_busy


def test_a_reshaped_sample_is_outlined_anew_where_the_user_looks(stage, photo):
    x, y = center_of(20, 20)
    stage.open([photo_view(photo)], [square(0, x, y, 20.0)])
    stage.wait_until_shown()
    canvas = stage.frames[0].canvas
    canvas.setCenter(QgsPointXY(x + 15, y))
    larger = square(0, x, y, 40.0).geometry
    stage.controller.act(lambda session: session.reshape("s0", larger))
    assert stage.frames[0].marker.outline.area() == pytest.approx(6400.0)
    assert near(middle(canvas), QgsPointXY(x + 15, y))


def test_a_closed_panel_draws_nothing_and_tells_what_the_map_shows(stage, photo, project):
    layer = project.addMapLayer(QgsRasterLayer(photo, "On the map"))
    stage.open([photo_view(photo)])
    stage.wait_until_shown()
    stage.views.hide()
    wait_for(lambda: not stage.views.is_shown)
    stage.iface.canvas.setLayers([layer])
    assert stage.frames[0].canvas.isFrozen()
    assert stage.views.map_marker.outline is None
    stage.label()
    assert stage.session.looking.imagery == "On the map"
    stage.views.show()
    wait_for(lambda: stage.views.is_shown)
    stage.wait_until_shown()
    assert stage.session.looking.imagery == "On the map; Photo: On the map"


def test_closing_and_opening_sessions_leaves_nothing(stage, stack, photo):
    for _ in range(3):
        stage.open([photo_view(photo), date_view(stack, days(N_DATES)[0])])
        stage.controller.close()
    delete_now()
    assert stage.frames == []
    assert stage.views.link.canvases == []
    assert len(stage.views.findChildren(type(stage.iface.canvas))) == 0
    stage.open([photo_view(photo)])
    stage.wait_until_shown()


def test_a_store_that_cannot_be_read_is_told_of(stage, photo, monkeypatch):
    stage.open([photo_view(photo)])

    def fail(_store, _sample_id):
        raise LabelingError("The share is gone.", "Connect it again.")

    monkeypatch.setattr(MemoryStore, "geometry", fail)
    stage.label()
    assert stage.views.form.message_label.text() == "The share is gone. Connect it again."
    assert stage.frames[0].marker.outline is None


def test_clicks_leave_the_keys_to_labeling(stage, photo):
    stage.open([photo_view(photo)])
    assert stage.frames[0].canvas.focusPolicy() == Qt.FocusPolicy.NoFocus
    assert stage.frames[0].canvas.viewport().focusPolicy() == Qt.FocusPolicy.NoFocus


def test_a_tool_that_leaves_gives_the_hand_back(stage, photo):
    stage.open([photo_view(photo)])
    canvas = stage.frames[0].canvas
    hand = canvas.mapTool()
    tool = QgsMapToolEmitPoint(canvas)
    canvas.setMapTool(tool)
    canvas.unsetMapTool(tool)
    wait_for(lambda: canvas.mapTool() is hand)


def test_six_views_fit_and_find_their_columns(stage, photo):
    stage.open([photo_view(photo, f"View {number}") for number in range(6)])
    stage.wait_until_shown()
    assert all(frame.canvas.width() > 20 and frame.canvas.height() > 20 for frame in stage.frames)
    assert [best_columns(6, width, height) for width, height in ((1200, 700), (400, 1000), (1800, 300))] == [3, 2, 6]
    assert best_columns(2, 300, 900) == 1
    assert best_columns(2, 900, 500) == 2


def test_layers_of_services_are_opened_without_making_the_window_wait(stage, photo, monkeypatch):
    gate, threads = threading.Event(), []

    def open_slowly(_reference, _session_path):
        threads.append(threading.current_thread())
        gate.wait(10)
        return QgsRasterLayer(photo, "Photo", "gdal")

    monkeypatch.setattr(linked_views_sources, "open_reference", open_slowly)
    service = reference("url=https://example.org/wms&layers=a&format=image/png&crs=EPSG:3857", "Service", "wms")
    stage.open([ViewSettings("Service", (service,)), ViewSettings("Again", (service,))])
    assert remarks(stage.frames[0]) == "Opening 'Service'…"
    gate.set()
    stage.wait_for_imagery()
    assert len(threads) == 1
    assert threads[0] is not threading.main_thread()
    assert remarks(stage.frames[0]) == ""
    wait_for(lambda: not stage.frames[0].canvas.isDrawing())


def test_a_service_that_does_not_answer_is_told_of(stage, monkeypatch):
    def fail(_reference, _session_path):
        raise LabelingError("'Service' cannot be opened.", "Check it.")

    monkeypatch.setattr(linked_views_sources, "open_reference", fail)
    stage.open([ViewSettings("Service", (reference("url=https://example.org", "Service", "wcs"),))])
    wait_for(lambda: "cannot be opened" in remarks(stage.frames[0]))


def test_numbered_tiles_need_no_asking():
    assert not is_slow(reference("type=xyz&url=https://example.org/{z}/{x}/{y}.png", "Tiles", "wms"))
    assert is_slow(reference("url=https://example.org/wms&layers=a", "Service", "wms"))
    assert not is_slow(reference("a.tif"))
