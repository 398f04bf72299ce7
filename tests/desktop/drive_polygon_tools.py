"""Runs inside QGIS: draws and edits samples of a labeling session with the real mouse and real keys."""

import os
import subprocess
import sys
import time

sys.path.insert(0, os.environ["CROPSAMPLE_DESKTOP_SCRIPTS"])

from qgis.core import QgsGeometry, QgsPointXY, QgsProject, QgsRasterLayer, QgsRectangle, QgsVectorLayer
from qgis.PyQt.QtCore import QPoint
from qgis.PyQt.QtWidgets import QDockWidget, QLabel, QToolButton
from qgis.utils import iface
from window_script import FACTS, FOLDER, Script, fill_screen, picture, plugin

PAUSE_MS = 250


def xdotool(*words):
    subprocess.run(["xdotool", *[str(word) for word in words]], check=True, timeout=30)


def press(*keys):
    xdotool("key", "--delay", "60", *keys)


class Mouse:
    """The real mouse on QGIS's map, at places in columns and rows of the stack."""

    def __init__(self, canvas, stack):
        self.canvas = canvas
        self.stack = stack

    def on_map(self, column, row):
        box = self.stack.extent()
        return QgsPointXY(
            box.xMinimum() + column * self.stack.rasterUnitsPerPixelX(),
            box.yMaximum() - row * self.stack.rasterUnitsPerPixelY(),
        )

    def on_screen(self, place):
        dot = self.canvas.getCoordinateTransform().transform(self.on_map(*place))
        return self.canvas.viewport().mapToGlobal(QPoint(round(dot.x()), round(dot.y())))

    def move(self, place):
        spot = self.on_screen(place)
        xdotool("mousemove", spot.x(), spot.y())

    def click(self, *places, button=1, key=""):
        for place in places:
            self.move(place)
            time.sleep(0.05)
            words = ["keydown", key] if key else []
            xdotool(*words, "click", button, *(["keyup", key] if key else []))

    def drag(self, start, *ways, is_released=True):
        self.move(start)
        xdotool("mousedown", 1)
        for place in ways:
            self.move(place)
            time.sleep(0.05)
        if is_released:
            xdotool("mouseup", 1)


def tool_button(name):
    dock = plugin()._panels.labeling.dock
    (button,) = [
        found
        for found in dock.form.tools_row.findChildren(QToolButton)
        if found.defaultAction() is not None and found.defaultAction().objectName() == f"cropsample_polygon_{name}"
    ]
    return button


def push(name):
    """Press a tool's button in the panel with the mouse."""
    button = tool_button(name)
    spot = button.mapToGlobal(button.rect().center())
    xdotool("mousemove", spot.x(), spot.y(), "click", 1)


def open_session(stack):
    """Open a session of free drawing with the region's fields as objects."""
    from cropsample_plugin.bridge.labeling.geopackage_store import create_geopackage_store
    from cropsample_plugin.bridge.labeling.session_file import LabelClass, LayerReference, SessionSettings, ViewSettings
    from cropsample_plugin.gui.labeling.labeling_session import LabelingSession

    classes = (LabelClass("Wheat", "#e0b030", "1"), LabelClass("Maize", "#3f7fd0", "2"), LabelClass("Grass", "#60a050"))
    stack_reference = LayerReference("Images", "gdal", FACTS["stack"])
    settings = SessionSettings(
        "Fields of June",
        "june.gpkg",
        stack.crs().authid(),
        classes,
        stack=(stack_reference,),
        objects=(LayerReference("Fields", "ogr", FACTS["fields"]),),
        views=(ViewSettings("Images", (stack_reference,)), ViewSettings("The same", (stack_reference,))),
        minimum_pixels=9,
        scale=8000.0,
    )
    store = create_geopackage_store(str(FOLDER / "june.gpkg"), settings.crs, [], may_be_empty=True)
    panels = plugin()._panels.labeling
    panels.controller.open(LabelingSession(settings, store, "Ana"), str(FOLDER / "june.cropsession"))
    return panels.controller.session


def live(session):
    return [sample.sample_id for sample in session.samples if not session.state(sample.sample_id).is_removed]


def pixels(session, stack, name):
    geometry = QgsGeometry()
    geometry.fromWkb(session.geometry(name))
    return geometry.area() / stack.rasterUnitsPerPixelX() ** 2


def readout():
    return iface.mapCanvas().findChild(QLabel, "cropsample_polygon_readout").text()


def drawing(mouse, stack, session, answer):
    push("draw")
    yield PAUSE_MS
    mouse.click((110, 110), (125, 108), (128, 120))
    mouse.move((112, 124))
    yield PAUSE_MS
    picture("draw.png")
    answer["while_drawing"] = readout()
    mouse.click((112, 124))
    mouse.click((112, 124), button=3)
    yield lambda: len(live(session)) == 1
    press("1")
    yield lambda: session.state(live(session)[0]).classes == ("Wheat",)
    answer["labeled_by_key"] = True

    push("circle")
    yield PAUSE_MS
    mouse.drag((140, 115), (143, 115), (146, 115), is_released=False)
    yield PAUSE_MS
    picture("circle.png")
    xdotool("mouseup", 1)
    yield lambda: len(live(session)) == 2

    push("rectangle")
    yield PAUSE_MS
    mouse.click((155, 108))
    mouse.move((143, 120))
    yield PAUSE_MS
    answer["overlap"] = readout()
    picture("overlap.png")
    mouse.move((170, 120))
    mouse.click((170, 120))
    yield lambda: len(live(session)) == 3

    push("rotated_rectangle")
    yield PAUSE_MS
    mouse.click((110, 140), (122, 132))
    mouse.move((126, 142))
    yield PAUSE_MS
    picture("rotated.png")
    mouse.click((126, 142))
    yield lambda: len(live(session)) == 4

    push("pick")
    yield PAUSE_MS
    mouse.click((150, 140))
    yield lambda: len(live(session)) == 5
    yield PAUSE_MS
    picture("pick.png")
    answer["picked_pixels"] = pixels(session, stack, session.current.sample_id)


def editing(mouse, stack, session, answer):
    rectangle = live(session)[2]
    answer["rectangle_pixels"] = pixels(session, stack, rectangle)
    push("resize")
    yield PAUSE_MS
    mouse.drag((170, 114), (171, 114), (172, 114), is_released=False)
    yield PAUSE_MS
    picture("resize.png")
    xdotool("mouseup", 1)
    yield lambda: pixels(session, stack, rectangle) > answer["rectangle_pixels"]
    answer["grown_pixels"] = pixels(session, stack, rectangle)
    press("ctrl+z")
    yield lambda: pixels(session, stack, rectangle) == answer["rectangle_pixels"]

    push("vertex")
    yield PAUSE_MS
    mouse.drag((170, 120), (172, 122), (175, 126), is_released=False)
    yield PAUSE_MS
    picture("vertex.png")
    xdotool("mouseup", 1)
    yield lambda: pixels(session, stack, rectangle) > answer["rectangle_pixels"]

    push("reshape")
    yield PAUSE_MS
    mouse.click((157, 110), (157, 103), (165, 103))
    mouse.move((165, 110))
    yield PAUSE_MS
    picture("reshape.png")
    mouse.click((165, 110))
    before = pixels(session, stack, rectangle)
    press("Return")
    yield lambda: pixels(session, stack, rectangle) > before


def cutting_and_merging(mouse, session, answer):
    push("cut")
    yield PAUSE_MS
    mouse.click((118, 104))
    mouse.move((119, 128))
    yield PAUSE_MS
    picture("cut.png")
    mouse.click((119, 128))
    mouse.click((119, 128), button=3)
    yield lambda: len(live(session)) == 6
    answer["labels_after_cut"] = [session.state(name).classes for name in (live(session)[0], live(session)[-1])]

    push("merge")
    yield PAUSE_MS
    mouse.click((114, 115), (122, 115))
    yield PAUSE_MS
    picture("merge.png")
    press("Return")
    yield lambda: len(live(session)) == 5


def drawing_over_views(mouse, stack, session, answer):
    """Begin a polygon on QGIS's map and finish it on a linked view."""
    views = plugin()._panels.labeling.views
    views.setUserVisible(True)
    yield 2500
    view = Mouse(views.frames[1].canvas, stack)
    spot = view.canvas.center()
    box = stack.extent()
    column = (spot.x() - box.xMinimum()) / stack.rasterUnitsPerPixelX()
    row = (box.yMaximum() - spot.y()) / stack.rasterUnitsPerPixelY()
    n_before = len(live(session))
    push("draw")
    yield PAUSE_MS
    mouse.click((column - 6, row - 4), (column + 6, row - 4))
    yield PAUSE_MS
    view.click((column + 6, row + 4))
    view.move((column - 6, row + 4))
    yield 600
    picture("views.png")
    view.click((column - 6, row + 4))
    view.click((column - 6, row + 4), button=3)
    yield lambda: len(live(session)) == n_before + 1
    answer["over_views_pixels"] = pixels(session, stack, session.current.sample_id)
    views.setUserVisible(False)
    yield 500


def ending(mouse, session, answer):
    mouse.click((180, 130), (190, 140), (190, 130))
    mouse.move((180, 140))
    yield PAUSE_MS
    answer["crossing"] = readout()
    picture("crossing.png")
    press("Escape")
    yield PAUSE_MS
    push("options")
    yield 600
    picture("options.png")
    press("Escape")
    yield PAUSE_MS
    answer["n_before_undo"] = len(live(session))
    for _ in range(20):
        plugin()._panels.labeling.controller.act(lambda open_session: open_session.undo())
    answer["n_after_undo"] = len(live(session))
    plugin()._panels.labeling.controller.close()
    yield PAUSE_MS
    answer["is_enabled"] = tool_button("draw").isEnabled()
    answer["readout_after"] = iface.mapCanvas().findChild(QLabel, "cropsample_polygon_readout").isVisible()


def steps(script):
    fill_screen()
    for name in ("Browser", "Layers"):
        iface.mainWindow().findChild(QDockWidget, name).hide()
    stack = QgsRasterLayer(FACTS["stack"], "Images")
    fields = QgsVectorLayer(FACTS["fields"], "Fields", "ogr")
    fields.setOpacity(0.0)
    QgsProject.instance().addMapLayers([stack, fields])
    canvas = iface.mapCanvas()
    canvas.setDestinationCrs(stack.crs())
    session = open_session(stack)
    yield 500
    mouse = Mouse(canvas, stack)
    first, last = mouse.on_map(100, 160), mouse.on_map(200, 100)
    canvas.setExtent(QgsRectangle(first, last))
    yield 2500
    yield from drawing(mouse, stack, session, script.answer)
    yield from editing(mouse, stack, session, script.answer)
    yield from cutting_and_merging(mouse, session, script.answer)
    yield from drawing_over_views(mouse, stack, session, script.answer)
    yield from ending(mouse, session, script.answer)


Script(steps).start()
