"""The polygon tools with real mouse events on a canvas: whole gestures, one undo step each, and what can go wrong."""

from __future__ import annotations

import sys
import time
import traceback
from dataclasses import replace

import pytest
from memory_store import MemoryStore
from polygon_stage import LEFT, PIXEL_M, TOP, Hand, box, field, field_samples, make_canvas, make_objects, make_stack
from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsGeometry,
    QgsProject,
    QgsRasterLayer,
    QgsRectangle,
    QgsSettings,
    QgsSnappingConfig,
    QgsTolerance,
    QgsVectorFileWriter,
    QgsVectorLayer,
)
from qgis.gui import QgsMapToolPan
from qgis.PyQt.QtCore import QCoreApplication, QEvent, Qt

from cropsample_plugin.bridge.labeling.label_events import LabelingError
from cropsample_plugin.bridge.labeling.label_store import NewSample
from cropsample_plugin.bridge.labeling.session_file import LayerReference
from cropsample_plugin.gui.labeling.labeling_controller import LabelingController
from cropsample_plugin.gui.labeling.labeling_session import LabelingSession
from cropsample_plugin.gui.labeling.polygon_options import GROUP
from cropsample_plugin.gui.labeling.polygon_states import Mode, State
from cropsample_plugin.gui.labeling.polygon_tools import PolygonTools

KEY = Qt.Key


@pytest.fixture(autouse=True)
def project(qgis_app):
    QgsSettings().remove(GROUP)
    instance = QgsProject.instance()
    instance.clear()
    yield instance
    instance.clear()


@pytest.fixture(autouse=True)
def _no_hidden_errors(monkeypatch):
    """Errors in what Qt calls fail the test; Qt itself would end the process."""
    errors = []
    monkeypatch.setattr(sys, "excepthook", lambda *error: errors.append("".join(traceback.format_exception(*error))))
    yield
    assert not errors, errors[0]


@pytest.fixture
def stack_path(tmp_path):
    return make_stack(tmp_path / "stack.tif")


@pytest.fixture
def settings(settings, stack_path):
    return replace(settings, stack=(LayerReference("Stack", "gdal", stack_path),), minimum_pixels=4)


@pytest.fixture
def store():
    return MemoryStore(field_samples())


@pytest.fixture
def canvas(qgis_app):
    made = make_canvas()
    yield made
    made.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def controller(qgis_app, settings, store):
    made = LabelingController()
    made.open(LabelingSession(settings, store, "Ana"))
    yield made
    made.close()


@pytest.fixture
def tools(controller, canvas):
    made = PolygonTools(controller, canvas)
    made._options.is_snapping_to_samples = False
    yield made
    made.take_down()


@pytest.fixture
def hand(canvas):
    return Hand(canvas)


@pytest.fixture
def session(controller):
    return controller.session


@pytest.fixture
def use(tools):
    """Press the button of a tool; its samples' places are read to the end."""

    def press(mode):
        (action,) = [item for item in tools.actions() if item.objectName() == f"cropsample_polygon_{mode.value}"]
        action.trigger()
        tools._place.index.fill(10.0)

    return press


def shape(session, sample_id):
    geometry = QgsGeometry()
    geometry.fromWkb(session.geometry(sample_id))
    return geometry


def area(session, sample_id):
    """Return an area in pixels."""
    return shape(session, sample_id).area() / PIXEL_M**2


def drawn(session):
    """Return the samples that were drawn and not undone."""
    return [
        sample.sample_id
        for sample in session.samples
        if sample.sample_id.startswith("drawn-") and not session.state(sample.sample_id).is_removed
    ]


def wait_for(condition, seconds=10.0):
    due = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < due, "waited too long"
        QCoreApplication.processEvents()


def said(tools, canvas):
    from qgis.PyQt.QtWidgets import QLabel

    label = canvas.findChild(QLabel, "cropsample_polygon_readout")
    return label.text() if label.isVisible() else ""


def test_a_polygon_is_drawn_click_by_click_and_undone_as_one_step(use, hand, session, tools, canvas, store):
    use(Mode.DRAW)
    hand.click((40, 10), (50, 10), (50, 20))
    assert "pixels" in said(tools, canvas)
    hand.click((40, 20))
    hand.right_click()
    (made,) = drawn(session)
    assert session.current.sample_id == made
    assert area(session, made) == pytest.approx(100, rel=0.05)
    assert shape(session, made).contains(QgsGeometry.fromPointXY(shape(session, made).centroid().asPoint()))
    session.undo()
    assert drawn(session) == []
    session.redo()
    assert drawn(session) == [made]


def test_double_click_and_enter_finish_backspace_and_escape_take_back(use, hand, session, tools):
    use(Mode.DRAW)
    hand.click((40, 10), (50, 10))
    hand.double_click((50, 20))
    assert len(drawn(session)) == 1
    assert area(session, drawn(session)[0]) == pytest.approx(50, rel=0.05)
    hand.click((70, 10), (80, 10), (99, 99))
    hand.key(KEY.Key_Backspace)
    hand.click((80, 20))
    hand.key(KEY.Key_Return)
    assert area(session, drawn(session)[1]) == pytest.approx(50, rel=0.05)
    hand.click((10, 70), (20, 70))
    hand.key(KEY.Key_Escape)
    assert tools.gesture.state is State.IDLE
    assert len(drawn(session)) == 2


def test_circles_by_clicks_and_by_dragging(use, hand, session):
    use(Mode.CIRCLE)
    hand.click((50, 30), (55, 30))
    hand.drag((80, 30), (82, 30), (84, 30))
    first, second = drawn(session)
    assert area(session, first) == pytest.approx(3.1416 * 25, rel=0.05)
    assert area(session, second) == pytest.approx(3.1416 * 16, rel=0.08)
    session.undo()
    assert drawn(session) == [first]


def test_rectangles_along_the_axes_and_rotated(use, hand, session):
    use(Mode.RECTANGLE)
    hand.drag((40, 30), (44, 32), (50, 35))
    use(Mode.ROTATED_RECTANGLE)
    hand.click((40, 80), (46, 88), (38, 94))
    first, second = drawn(session)
    assert area(session, first) == pytest.approx(50, rel=0.05)
    assert shape(session, first).isGeosEqual(QgsGeometry.fromRect(shape(session, first).boundingBox()))
    assert area(session, second) == pytest.approx(100, rel=0.05)
    session.undo()
    assert drawn(session) == [first]


def objects_layer(project, crs="EPSG:32641"):
    texts = [
        QgsGeometry.fromRect(QgsRectangle(*box(40, 40))).asWkt(),
        QgsGeometry.fromRect(QgsRectangle(*box(50, 40))).asWkt(),
        "MultiPolygon ({}, {})".format(
            *(QgsGeometry.fromRect(QgsRectangle(*box(c, 80, 5, 5))).asWkt()[8:].strip() for c in (40, 70))
        ),
    ]
    layer = make_objects(texts, crs)
    project.addMapLayer(layer)
    return layer


def test_objects_are_picked_one_by_one_or_several_as_one(use, hand, session, tools, project):
    tools._layers.choose_objects(objects_layer(project))
    use(Mode.PICK)
    hand.click((45, 45))
    (first,) = drawn(session)
    assert area(session, first) == pytest.approx(100)
    hand.click((45, 45), (55, 45), modifier=Qt.KeyboardModifier.ShiftModifier)
    hand.right_click()
    second = drawn(session)[1]
    assert area(session, second) == pytest.approx(200)
    assert not shape(session, second).isMultipart()
    hand.click((72, 82))
    third = drawn(session)[2]
    assert area(session, third) == pytest.approx(25), "only the part that was clicked"
    session.undo()
    assert drawn(session) == [first, second]


def test_an_object_clicked_twice_is_left_out(use, hand, session, tools, project):
    tools._layers.choose_objects(objects_layer(project))
    use(Mode.PICK)
    hand.click((45, 45), (55, 45), (45, 45), modifier=Qt.KeyboardModifier.ShiftModifier)
    hand.key(KEY.Key_Enter)
    (made,) = drawn(session)
    assert shape(session, made).isGeosEqual(QgsGeometry.fromRect(QgsRectangle(*box(50, 40))))


def test_picking_where_nothing_is_says_so(use, hand, session, tools, canvas, project):
    use(Mode.PICK)
    hand.click((45, 45))
    assert "no layer of objects" in said(tools, canvas)
    tools._layers.choose_objects(objects_layer(project))
    hand.click((5, 5))
    assert "no object of 'Segments' here" in said(tools, canvas)
    assert drawn(session) == []


@pytest.mark.parametrize(("end", "expected"), [((9, 15), 144), ((12.1, 15), 36)])
def test_growing_and_shrinking_by_dragging(use, hand, session, end, expected):
    use(Mode.RESIZE)
    hand.drag((10, 15), end)
    assert area(session, "a") == pytest.approx(expected)
    session.undo()
    assert area(session, "a") == pytest.approx(100)


def test_growing_by_keys_and_in_metres(tools, session, use):
    tools._buttons.grow.trigger()
    assert area(session, "a") == pytest.approx(144)
    tools._buttons.shrink.trigger()
    assert area(session, "a") == pytest.approx(100)
    tools._options.is_sizing_in_pixels = False
    tools._buttons.grow.trigger()
    assert area(session, "a") == pytest.approx(102**2 / 100, rel=1e-3)


def test_shrinking_below_the_minimum_is_refused(use, tools, session, hand, canvas):
    use(Mode.RESIZE)
    hand.drag((10, 15), (12, 15), (14.4, 15))
    assert area(session, "a") == pytest.approx(4)
    tools._buttons.shrink.trigger()
    assert area(session, "a") == pytest.approx(4)
    assert "Nothing would be left" in said(tools, canvas)


def test_vertices_are_dragged_added_and_taken_out(use, hand, session):
    use(Mode.VERTEX)
    hand.drag((10, 10), (7, 7), (5, 5))
    assert area(session, "a") == pytest.approx(150, rel=0.02)
    hand.drag((20, 15), (25, 15))
    assert area(session, "a") == pytest.approx(175, rel=0.02)
    hand.click((25, 15))
    hand.key(KEY.Key_Delete)
    assert area(session, "a") == pytest.approx(150, rel=0.02)
    for expected in (175, 150, 100):
        session.undo()
        assert area(session, "a") == pytest.approx(expected, rel=0.02)


def test_a_vertex_is_also_moved_by_two_clicks(use, hand, session):
    use(Mode.VERTEX)
    hand.click((10, 10), (5, 5))
    assert area(session, "a") == pytest.approx(150, rel=0.02)


def test_reshaping_by_a_line(use, hand, session):
    use(Mode.RESHAPE)
    hand.click((12, 12), (12, 6), (18, 6), (18, 12))
    hand.right_click()
    assert area(session, "a") == pytest.approx(124, rel=0.03)
    session.undo()
    assert area(session, "a") == pytest.approx(100)


def test_cutting_makes_two_samples_that_keep_the_label(use, hand, session, store):
    session.label("Wheat", 80, "green")
    session.go_to("a")
    use(Mode.CUT)
    hand.click((13, 5), (13, 25))
    hand.right_click()
    (piece,) = drawn(session)
    assert area(session, "a") == pytest.approx(70, rel=0.05)
    assert area(session, piece) == pytest.approx(30, rel=0.05)
    assert area(session, "a") + area(session, piece) == pytest.approx(100)
    label = session.state(piece).labels["Ana"]
    assert (label.class_name, label.confidence, label.comment) == ("Wheat", 80, "green")
    assert session.state("a").classes == ("Wheat",)
    assert [item.stratum for item in session.samples if item.sample_id == piece] == ["S"]
    session.undo()
    assert drawn(session) == []
    assert area(session, "a") == pytest.approx(100)
    session.redo()
    assert drawn(session) == [piece]


def test_another_than_the_current_sample_is_cut_where_the_line_goes(use, hand, session):
    use(Mode.CUT)
    hand.click((55, 65), (75, 65))
    hand.double_click((76, 65))
    assert session.current.sample_id == "c"
    assert area(session, "c") == pytest.approx(50, rel=0.05)


def test_merging_makes_one_sample(use, hand, session):
    session.label("Wheat")
    use(Mode.MERGE)
    hand.click((25, 15), (15, 15))
    hand.key(KEY.Key_Return)
    gone = [name for name in ("a", "b") if session.state(name).is_removed]
    (kept,) = {"a", "b"} - set(gone)
    assert area(session, kept) == pytest.approx(200)
    assert session.state(kept).classes == ("Wheat",)
    session.undo()
    assert not session.state("a").is_removed
    assert not session.state("b").is_removed
    assert area(session, kept) == pytest.approx(100)


def test_merging_needs_two_that_are_not_labeled_differently(use, hand, session, tools, canvas):
    use(Mode.MERGE)
    hand.click((15, 15))
    hand.right_click()
    assert "at least two" in said(tools, canvas)
    session.go_to("a")
    session.label("Wheat")
    session.go_to("b")
    session.label("Cotton")
    hand.click((25, 15))
    hand.right_click()
    assert "labeled differently: Cotton, Wheat" in said(tools, canvas)
    assert not session.state("a").is_removed
    hand.key(KEY.Key_Escape)


def test_removing_is_undone_too(tools, session):
    tools._buttons.remove.trigger()
    assert session.state("a").is_removed
    session.undo()
    assert not session.state("a").is_removed


# Checks.


def test_a_crossing_border_is_refused_and_can_be_mended(use, hand, session, tools, canvas):
    use(Mode.DRAW)
    hand.click((40, 10), (50, 20), (50, 10), (40, 20))
    assert "crosses itself" in said(tools, canvas)
    hand.right_click()
    assert drawn(session) == []
    assert "crosses itself" in said(tools, canvas)
    assert len(tools.gesture.points) == 4
    hand.key(KEY.Key_Backspace)
    hand.right_click()
    assert len(drawn(session)) == 1


def test_a_polygon_of_too_few_pixels_is_refused(use, hand, session, tools, canvas):
    use(Mode.RECTANGLE)
    hand.click((40, 10), (41, 12))
    assert drawn(session) == []
    assert "asks for at least 4" in said(tools, canvas)


def test_overlaps_and_mixed_pixels_are_told_while_drawing(use, hand, tools, canvas):
    use(Mode.RECTANGLE)
    hand.click((15, 12))
    hand.move((25, 17))
    text = said(tools, canvas)
    assert "Overlaps" in text
    assert "a (" in text
    assert "b (" in text
    hand.key(KEY.Key_Escape)
    hand.click((40.5, 40.5))
    hand.move((42.5, 46.5))
    assert "Mostly mixed pixels" in said(tools, canvas)


def test_the_index_follows_every_step(use, hand, session, tools):
    use(Mode.RECTANGLE)
    hand.click((40, 10), (50, 20))
    (made,) = drawn(session)
    probe = QgsGeometry.fromRect(QgsRectangle(*box(42, 12, 2, 2)))
    assert [item.sample_id for item in tools._place.index.overlaps(probe)] == [made]
    tools._controller.act(lambda open_session: open_session.undo())
    assert tools._place.index.overlaps(probe) == []
    tools._controller.act(lambda open_session: open_session.redo())
    assert [item.sample_id for item in tools._place.index.overlaps(probe)] == [made]
    tools._controller.act(lambda open_session: open_session.reshape(made, bytes(field("c").asWkb())))
    assert tools._place.index.overlaps(probe) == []


def test_outside_of_the_stack_is_told_and_allowed(use, hand, session, tools, canvas):
    canvas.setExtent(QgsRectangle(*box(-120, 0, 100, 100)))
    use(Mode.RECTANGLE)
    hand.click((-100, 10))
    hand.move((-90, 20))
    assert "Outside of the stack" in said(tools, canvas)
    hand.click((-90, 20))
    assert len(drawn(session)) == 1
    assert "Outside of the stack" in said(tools, canvas)
    hand.click((-5, 40))
    hand.move((5, 50))
    assert "50 pixels outside of the stack" in said(tools, canvas)


# Snapping.


def test_corners_snap_to_the_pixel_grid(use, hand, session, tools):
    tools._options.is_snapping_to_pixels = True
    use(Mode.RECTANGLE)
    hand.click((40.3, 10.4), (49.8, 20.3))
    (made,) = drawn(session)
    assert shape(session, made).isGeosEqual(QgsGeometry.fromRect(QgsRectangle(*box(40, 10))))
    assert tools.facts.cover.n_cut == 0


def test_corners_snap_to_other_samples(use, hand, session, tools):
    tools._options.is_snapping_to_samples = True
    use(Mode.RECTANGLE)
    hand.click((30.3, 9.8), (40, 20.2))
    (made,) = drawn(session)
    left, _, _, top = box(30, 10)
    assert (shape(session, made).boundingBox().xMinimum(), shape(session, made).boundingBox().yMaximum()) == (left, top)
    assert tools._place.index.overlaps(shape(session, made), (made,)) == []


def test_the_projects_snapping_is_respected(use, hand, session, tools, canvas, project):
    layer = objects_layer(project)
    canvas.setLayers([layer])
    config = QgsSnappingConfig(project.snappingConfig())
    config.setEnabled(True)
    config.setMode(QgsSnappingConfig.SnappingMode.AllLayers)
    newer = getattr(Qgis, "SnappingType", None)
    config.setTypeFlag(newer.Vertex if newer else QgsSnappingConfig.VertexFlag)
    config.setTolerance(12)
    config.setUnits(QgsTolerance.UnitType.Pixels)
    project.setSnappingConfig(config)
    use(Mode.RECTANGLE)
    hand.click((40.4, 40.4), (59.7, 49.7))
    (made,) = drawn(session)
    assert shape(session, made).isGeosEqual(QgsGeometry.fromRect(QgsRectangle(*box(40, 40, 20, 10))))


# Sessions, layers and maps that come and go.


def test_tools_can_be_used_only_with_a_session(controller, tools, use, canvas):
    assert all(action.isEnabled() for action in tools.actions())
    assert not any(action.icon().pixmap(24, 24).isNull() for action in tools.actions())
    use(Mode.DRAW)
    use(Mode.CUT)
    assert [action.isChecked() for action in tools.actions() if action.isCheckable()].count(True) == 1
    controller.close()
    assert not any(action.isEnabled() or action.isChecked() for action in tools.actions())
    tools.use(Mode.DRAW)
    assert canvas.mapTool() is None


def test_closing_the_session_in_the_middle_of_a_gesture(controller, tools, use, hand, settings, store):
    use(Mode.DRAW)
    hand.click((40, 10), (50, 10), (50, 20))
    controller.close()
    assert tools.gesture.state is State.OFF
    assert said(tools, hand.canvas) == ""
    hand.right_click()
    assert not [event for event in store.events if event.kind == "add"]
    controller.open(LabelingSession(settings, store, "Ana"))
    use(Mode.DRAW)
    hand.click((40, 10), (50, 10), (50, 20))
    hand.right_click()
    assert len(drawn(controller.session)) == 1


def test_closing_while_the_button_is_held(controller, tools, use, hand, store):
    use(Mode.CIRCLE)
    hand.drag((50, 30), (55, 30), is_released=False)
    assert tools.gesture.state is State.DRAGGING
    controller.close()
    hand.drag((50, 30), (55, 30))
    assert tools.gesture.state is State.OFF
    assert store.events == []


def test_escape_gives_up_a_drag(tools, use, hand, session):
    use(Mode.CIRCLE)
    hand.drag((50, 30), (55, 30), is_released=False)
    hand.key(KEY.Key_Escape)
    assert tools.gesture.state is State.IDLE
    hand.drag((50, 30), (55, 30))
    assert len(drawn(session)) == 1


def test_objects_removed_in_the_middle(use, hand, session, tools, canvas, project):
    layer = objects_layer(project)
    tools._layers.choose_objects(layer)
    use(Mode.PICK)
    hand.click((45, 45), modifier=Qt.KeyboardModifier.ShiftModifier)
    project.removeMapLayer(layer.id())
    assert tools.gesture.state is State.IDLE
    hand.click((45, 45))
    assert "no layer of objects" in said(tools, canvas)


def test_pixels_are_still_counted_when_the_stack_leaves_the_project(controller, tools, use, hand, settings, project):
    layer = QgsRasterLayer(settings.stack[0].source, "Stack")
    project.addMapLayer(layer)
    controller.open(LabelingSession(settings, MemoryStore(), "Ana"))
    project.removeMapLayer(layer.id())
    use(Mode.RECTANGLE)
    hand.click((40, 10), (50, 20))
    assert tools.facts.cover.n_pixels == pytest.approx(100, rel=0.1)


def test_a_stack_that_cannot_be_opened_is_told_and_pixels_are_not_counted(
    controller, tools, settings, store, use, hand
):
    told = []
    tools.told.connect(told.append)
    gone = replace(settings, stack=(LayerReference("Stack", "gdal", "/nowhere/stack.tif"),))
    controller.open(LabelingSession(gone, store, "Ana"))
    assert "'Stack' cannot be opened" in told[0]
    use(Mode.RECTANGLE)
    hand.click((40, 10), (41, 11))
    assert len(drawn(controller.session)) == 1
    assert tools.facts.cover is None
    tools._options.is_snapping_to_pixels = True
    hand.click((60, 10), (65, 15))
    assert len(drawn(controller.session)) == 2


def test_a_stack_elsewhere(controller, tools, settings, use, hand, tmp_path):
    """Its coordinate system has no place for the samples, or they lie far outside of it."""
    from osgeo import gdal

    far = str(tmp_path / "far.tif")
    gdal.Translate(far, settings.stack[0].source, outputSRS="EPSG:2193", outputBounds=[1.5e6, 5.2e6, 1.501e6, 5.199e6])
    controller.open(
        LabelingSession(replace(settings, stack=(LayerReference("Far", "gdal", far),)), MemoryStore(), "Ana")
    )
    tools._options.is_snapping_to_pixels = False
    use(Mode.RECTANGLE)
    hand.click((40, 10), (60, 30))
    assert len(drawn(controller.session)) == 1


def test_another_map_tool_puts_the_tools_away(use, tools, hand, canvas, session):
    use(Mode.DRAW)
    hand.click((40, 10), (50, 10))
    pan = QgsMapToolPan(canvas)
    canvas.setMapTool(pan)
    assert not any(action.isChecked() for action in tools.actions())
    assert tools.gesture.state is State.IDLE
    use(Mode.DRAW)
    tools._buttons.by_mode[Mode.DRAW].trigger()
    assert canvas.mapTool() is pan


def test_a_gesture_goes_on_in_another_view(use, tools, hand, session):
    other = make_canvas(400)
    tools.add_canvas(other)
    use(Mode.DRAW)
    second = Hand(other)
    hand.click((40, 10), (50, 10))
    second.click((50, 20), (40, 20))
    second.right_click()
    (made,) = drawn(session)
    assert area(session, made) == pytest.approx(100, rel=0.05)
    other.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    hand.click((70, 10), (80, 10), (80, 20))
    hand.right_click()
    assert len(drawn(session)) == 2


@pytest.mark.parametrize("name", ["EPSG:3857", "EPSG:4326"])
def test_maps_in_another_coordinate_system(use, tools, hand, session, canvas, name):
    canvas.setDestinationCrs(QgsCoordinateReferenceSystem(name))
    corners = [hand.to_map(LEFT + dx, TOP + dy) for dx, dy in ((0, 0), (1000, -1000))]
    canvas.setExtent(QgsRectangle(corners[0][0], corners[1][1], corners[1][0], corners[0][1]))
    use(Mode.CIRCLE)
    hand.click((50, 30), (55, 30))
    (made,) = drawn(session)
    assert area(session, made) == pytest.approx(3.1416 * 25, rel=0.05)
    use(Mode.RESIZE)
    session.go_to("a")
    hand.drag((10, 15), (9, 15))
    assert area(session, "a") == pytest.approx(144)
    use(Mode.RECTANGLE)
    hand.click((70, 30), (80, 40))
    assert area(session, drawn(session)[1]) == pytest.approx(100, rel=0.05)


def test_sessions_in_degrees(controller, tools, settings, canvas, hand, use):
    degrees = QgsCoordinateReferenceSystem("EPSG:4326")
    controller.open(LabelingSession(replace(settings, crs="EPSG:4326"), MemoryStore(), "Ana"))
    use(Mode.CIRCLE)
    hand.click((50, 30), (55, 30))
    (made,) = drawn(controller.session)
    geometry = shape(controller.session, made)
    assert abs(geometry.boundingBox().center().y()) < 90
    from cropsample_plugin.bridge.labeling.polygon_shapes import area_m2

    assert area_m2(geometry, degrees) == pytest.approx(3.1416 * 2500, rel=0.05)
    tools._buttons.grow.trigger()
    assert area_m2(shape(controller.session, made), degrees) == pytest.approx(3.1416 * 3600, rel=0.06)


# Labels and failures.


def test_what_is_drawn_gets_the_class_given_last_if_wanted(use, hand, controller, tools, session):
    tools._options.is_repeating_class = True
    use(Mode.RECTANGLE)
    hand.click((40, 10), (50, 20))
    assert session.state(drawn(session)[0]).classes == ()
    controller.act(lambda open_session: open_session.label("Cotton"))
    hand.click((60, 10), (70, 20))
    assert session.state(drawn(session)[1]).classes == ("Cotton",)
    session.undo()
    assert len(drawn(session)) == 1


def test_no_class_is_repeated_where_a_confidence_is_needed(controller, tools, settings, store, use, hand):
    controller.open(LabelingSession(replace(settings, needs_confidence=True), store, "Ana"))
    session = controller.session
    tools._options.is_repeating_class = True
    controller.act(lambda open_session: open_session.label("Cotton", 50))
    use(Mode.RECTANGLE)
    hand.click((40, 10), (50, 20))
    assert session.state(drawn(session)[0]).classes == ()


def test_a_polygon_that_cannot_be_saved_is_kept_and_saved_later(use, hand, controller, store, tools, canvas):
    failures, session = [], controller.session
    controller.failed.connect(failures.append)
    use(Mode.RECTANGLE)
    store.is_broken = True
    hand.click((40, 10), (50, 20))
    assert "disk is full" in failures[0]
    assert "disk is full" in said(tools, canvas)
    assert drawn(session) == []
    store.is_broken = False
    session.retry()
    assert len(drawn(session)) == 1


def test_points_are_not_edited_as_polygons(controller, tools, settings, use, hand, canvas):
    from memory_store import point_sample

    controller.open(LabelingSession(settings, MemoryStore([point_sample(1)]), "Ana"))
    tools._buttons.grow.trigger()
    use(Mode.RESIZE)
    hand.drag((10, 0.5), (14, 4))
    assert "no sample with an area" in said(tools, canvas)
    assert controller.session.store.events == []


def test_a_store_that_cannot_be_read_is_told(tools, session, hand, canvas, monkeypatch):
    def gone(_sample_id):
        raise LabelingError("The network share is gone.", "Retry.")

    with monkeypatch.context() as patch:
        patch.setattr(session.store, "geometry", gone)
        tools.use(Mode.RESIZE)
        hand.drag((10, 15), (14, 15))
        assert "share is gone" in said(tools, canvas)
        wait_for(lambda: not tools._fill_timer.isActive())
    tools.use(Mode.RESIZE)
    wait_for(lambda: not tools._fill_timer.isActive())
    hand.drag((10, 15), (9, 15))
    assert area(session, "a") == pytest.approx(144)


def test_samples_assigned_to_others_are_not_changed(controller, tools, settings, use, hand, canvas):
    others = [NewSample(replace(new.sample, assigned_to=("Ben",)), new.geometry) for new in field_samples()[1:]]
    store = MemoryStore([field_samples()[0], *others])
    controller.open(LabelingSession(settings, store, "Ana"))
    use(Mode.CUT)
    hand.click((25, 5), (25, 25))
    hand.right_click()
    assert "that is yours" in said(tools, canvas)
    hand.key(KEY.Key_Escape)
    use(Mode.MERGE)
    hand.click((15, 15), (25, 15))
    hand.right_click()
    assert "that is yours" in said(tools, canvas)
    assert store.events == []


def test_the_sessions_objects_are_opened_beside_the_project(controller, settings, tools, use, hand, tmp_path):
    layer = objects_layer(QgsProject.instance())
    path = str(tmp_path / "segments.gpkg")
    options = QgsVectorFileWriter.SaveVectorOptions()
    QgsVectorFileWriter.writeAsVectorFormatV3(layer, path, QgsProject.instance().transformContext(), options)
    QgsProject.instance().clear()
    with_objects = replace(settings, objects=(LayerReference("Segments", "ogr", path),))
    project_layer = QgsVectorLayer(path, "Segments", "ogr")
    QgsProject.instance().addMapLayer(project_layer)
    controller.open(LabelingSession(with_objects, MemoryStore(), "Ana"))
    assert tools._layers.objects.id() == project_layer.id()
    QgsProject.instance().removeMapLayer(project_layer.id())
    assert tools._layers.objects.isValid()
    use(Mode.PICK)
    hand.click((45, 45))
    assert area(controller.session, drawn(controller.session)[0]) == pytest.approx(100)
