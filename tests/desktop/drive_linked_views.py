"""Runs inside QGIS: six linked views of a session, moved with the real mouse, stepped and labeled with real keys."""

import os
import struct
import subprocess
import sys

sys.path.insert(0, os.environ["CROPSAMPLE_DESKTOP_SCRIPTS"])

from qgis.core import QgsCoordinateReferenceSystem, QgsProject, QgsRasterLayer, QgsVectorLayer
from qgis.PyQt.QtCore import QPoint, Qt
from qgis.PyQt.QtWidgets import QApplication, QDialogButtonBox, QDockWidget
from qgis.utils import iface
from window_script import FACTS, FOLDER, Script, fill_screen, picture, plugin

from cropsample_plugin.bridge.dated_bands import dated_bands
from cropsample_plugin.bridge.labeling.geopackage_store import create_geopackage_store
from cropsample_plugin.bridge.labeling.label_store import LabelingSample, NewSample
from cropsample_plugin.bridge.labeling.layer_references import reference_to
from cropsample_plugin.bridge.labeling.session_file import (
    LabelClass,
    SessionSettings,
    ViewSettings,
    write_session_file,
)
from cropsample_plugin.gui.labeling.labeling_session import LabelingSession
from cropsample_plugin.gui.labeling.linked_views_dialog import LinkedViewsDialog

SESSION = str(FOLDER / "views.cropsession")
N_SAMPLES = 30
SIDE_PX = 4


def xdotool(*words):
    subprocess.run(["xdotool", *[str(word) for word in words]], check=True, timeout=30)


def add_layers():
    project = QgsProject.instance()
    stack = project.addMapLayer(QgsRasterLayer(FACTS["stack"], "Sentinel-2 2021"))
    fields = project.addMapLayer(QgsVectorLayer(FACTS["fields"], "Fields", "ogr"))
    project.setCrs(stack.crs())
    return stack, fields


def views_of(stack):
    reference = reference_to(stack, SESSION)
    dates = dated_bands(stack).dates
    early, late = dates[len(dates) // 3].isoformat(), dates[2 * len(dates) // 3].isoformat()
    bands = dated_bands(stack).bands
    return (
        ViewSettings("Map"),
        ViewSettings("True colour", (reference,), early, ("B04", "B03", "B02")),
        ViewSettings("False colour, early", (reference,), early, ("B08", "B04", "B03")),
        ViewSettings("False colour, late", (reference,), late, ("B08", "B04", "B03")),
        ViewSettings("Greenness", (reference,), late, ("NDVI",)),
        ViewSettings("One band", (reference,), early, bands[-1:]),
    )


def samples_on(stack):
    """Return squares of some pixels, spread over the stack."""
    box, unit = stack.extent(), stack.rasterUnitsPerPixelX()
    half = SIDE_PX * unit / 2
    made = []
    for number in range(N_SAMPLES):
        x = box.xMinimum() + box.width() * (0.15 + 0.7 * ((number * 7) % N_SAMPLES) / N_SAMPLES)
        y = box.yMinimum() + box.height() * (0.15 + 0.7 * ((number * 11) % N_SAMPLES) / N_SAMPLES)
        corners = [(-1, -1), (1, -1), (1, 1), (-1, 1), (-1, -1)]
        ring = b"".join(struct.pack("<dd", x + half * dx, y + half * dy) for dx, dy in corners)
        made.append(NewSample(LabelingSample(f"field {number}", x, y), struct.pack("<BIII", 1, 3, 1, 5) + ring))
    return made


def open_session(stack):
    classes = (LabelClass("Wheat", "#c8a020", "1"), LabelClass("Cotton", "#4060c0", "2"), LabelClass("Rice", key="3"))
    settings = SessionSettings(
        "Fields 2021",
        "labels.gpkg",
        stack.crs().authid(),
        classes,
        views=views_of(stack),
        stack=(reference_to(stack, SESSION),),
        scale=4000.0,
    )
    store = create_geopackage_store(str(FOLDER / "labels.gpkg"), settings.crs, samples_on(stack))
    write_session_file(SESSION, settings)
    panels().controller.open(LabelingSession(settings, store, "Ana"), SESSION)


def panels():
    return plugin()._panels.labeling


def views():
    return panels().views


def drawn():
    frames = views().frames
    return all(frame.imagery.layers and not frame.canvas.isDrawing() for frame in frames)


def centers():
    return [(frame.canvas.center().x(), frame.canvas.center().y()) for frame in views().frames]


def differ(points):
    """Return the largest distance between any two places, in pixels of the first view."""
    unit = views().frames[0].canvas.mapUnitsPerPixel()
    return max(max(abs(one[0] - two[0]), abs(one[1] - two[1])) for one in points for two in points) / unit


def arrange():
    """Give the views most of the window."""
    window = iface.mainWindow()
    for name in ("Browser", "Layers"):
        found = window.findChild(QDockWidget, name)
        if found is not None:
            found.hide()
    series = plugin()._panels.series_dock
    series.setUserVisible(True)
    views().setUserVisible(True)
    window.splitDockWidget(views(), series, Qt.Orientation.Horizontal)
    height = window.height()
    window.resizeDocks([views(), series], [round(0.6 * height)] * 2, Qt.Orientation.Vertical)
    window.resizeDocks([views(), series], [700, 300], Qt.Orientation.Horizontal)


def take_the_keys():
    """Give the panel the keyboard, which without a window manager nobody else does."""
    iface.mainWindow().activateWindow()
    panels().dock.form.setFocus()


def move_with_the_mouse(script):
    canvas = views().frames[1].canvas
    spot = canvas.viewport().mapToGlobal(canvas.viewport().rect().center())
    before = centers()
    xdotool("mousemove", spot.x(), spot.y(), "mousedown", 1)
    yield 100
    xdotool("mousemove", spot.x() + 25, spot.y() + 10)
    yield 100
    xdotool("mousemove", spot.x() + 40, spot.y() + 15, "mouseup", 1)
    yield lambda: centers() != before and drawn()
    script.answer["after_pan"] = differ(centers())
    script.answer["map_follows"] = differ(
        [(iface.mapCanvas().center().x(), iface.mapCanvas().center().y()), *centers()]
    )
    scale = canvas.scale()
    xdotool("mousemove", spot.x(), spot.y(), "click", 4)
    yield lambda: canvas.scale() != scale and drawn()
    script.answer["after_zoom"] = [round(frame.canvas.mapUnitsPerPixel(), 4) for frame in views().frames]
    xdotool("mousemove", spot.x() + 20, spot.y() + 20)
    yield 400
    picture("moved.png")


def label_with_keys(script):
    session = panels().controller.session
    for number in range(3):
        before = session.current.sample_id
        xdotool("key", str(1 + number % 2))
        yield lambda before=before: session.current.sample_id != before
        yield drawn
    yield 600
    event = session.history.all_events()[-1]
    script.answer["n_labeled"] = len(session.history.all_events())
    script.answer["imagery"] = [event.imagery, event.imagery_date]
    script.answer["series_of"] = [point.name for point in plugin()._panels.series_dock.session.points]
    script.answer["sample"] = session.current.sample_id
    picture("labeled.png")


def step_dates(script):
    xdotool("key", "alt+Down")
    yield 200
    frame = views().frames[1]
    before = frame.imagery.day
    xdotool("key", "alt+Right")
    yield lambda: frame.imagery.day != before
    yield drawn
    script.answer["stepped"] = [str(before), str(frame.imagery.day)]
    picture("stepped.png")


def look_at_settings():
    views().form.settings_button.click()


def settings_dialog():
    found = QApplication.activeModalWidget()
    return found if isinstance(found, LinkedViewsDialog) else None


def change_settings(script):
    from qgis.PyQt.QtCore import QTimer

    QTimer.singleShot(0, look_at_settings)
    yield lambda: settings_dialog() is not None
    settings_dialog().list.setCurrentRow(4)
    yield 500
    picture("settings.png")
    settings_dialog().remove_button.click()
    settings_dialog().remove_button.click()
    yield 200
    settings_dialog().findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Ok).click()
    yield lambda: settings_dialog() is None
    yield drawn
    script.answer["n_views"] = len(views().frames)


def float_and_dock():
    views().setFloating(True)
    views().resize(round(0.6 * iface.mainWindow().width()), round(0.6 * iface.mainWindow().height()))
    views().move(QPoint(40, 40))
    yield 500
    yield drawn
    picture("floating.png")
    views().setFloating(False)
    yield 500


def take_layers_away(script, stack, fields):
    QgsProject.instance().removeMapLayers([stack.id(), fields.id()])
    yield 800
    yield lambda: all(not frame.canvas.isDrawing() for frame in views().frames)
    script.answer["said"] = [frame.message_label.text() for frame in views().frames]
    picture("removed.png")
    iface.mapCanvas().setDestinationCrs(QgsCoordinateReferenceSystem("EPSG:4326"))
    yield 800
    script.answer["in_degrees"] = [frame.canvas.center().y() for frame in views().frames]


def steps(script):
    fill_screen()
    stack, fields = add_layers()
    yield 500
    open_session(stack)
    yield 300
    arrange()
    yield 1000
    yield drawn
    yield 800
    script.answer["opened"] = [frame.title_label.full_text for frame in views().frames]
    script.answer["said_first"] = [frame.message_label.text() for frame in views().frames]
    picture("six_views.png")
    if FACTS.get("is_only_looked_at"):
        yield from change_settings(script)
        return
    take_the_keys()
    yield 500
    script.reset_beat()
    yield from label_with_keys(script)
    yield from step_dates(script)
    yield from move_with_the_mouse(script)
    script.answer["longest_block_s"] = script.longest_block_s
    yield from change_settings(script)
    yield from float_and_dock()
    yield from take_layers_away(script, stack, fields)
    panels().controller.close()
    yield 300
    script.answer["n_views_after_closing"] = len(views().frames)


Script(steps).start()
