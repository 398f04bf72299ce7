"""Runs inside QGIS: shows the panels of a labeling session on small screens, dark, with large fonts and long words."""

import os
import sys

sys.path.insert(0, os.environ["CROPSAMPLE_DESKTOP_SCRIPTS"])

from qgis.core import QgsProject, QgsRasterLayer, QgsVectorLayer
from qgis.PyQt.QtCore import QCoreApplication, QTimer, QTranslator
from qgis.PyQt.QtWidgets import QAction, QApplication, QDialog, QDockWidget, QScrollArea
from qgis.utils import iface, reloadPlugin
from window_script import FACTS, FOLDER, Script, fill_screen, picture, plugin

from cropsample_plugin.bridge.labeling.geopackage_store import GeoPackageStore
from cropsample_plugin.bridge.labeling.label_events import LabelEvent

# Of the 1.4 times that a text grows in the longest of the usual translations.
GROWTH = 0.4
_kept = []


class LongWords(QTranslator):
    """Says everything in words that are longer by `GROWTH`, as German or Portuguese would."""

    def isEmpty(self):  # noqa: N802 - Qt calls it
        return False

    def translate(self, context, text, _disambiguation=None, _number=-1):
        if not text or context.startswith("Qgs") or context in {"QObject", "QgisApp"}:
            return None
        return text + "~" * max(1, round(GROWTH * len(text)))


def cut_off(widget):
    """Return what a panel shows wider than itself: texts that its scroll area would cut off."""
    found = []
    for scroll in widget.findChildren(QScrollArea):
        content = scroll.widget()
        if content is not None and scroll.isVisible() and content.minimumSizeHint().width() > scroll.viewport().width():
            found.append(f"{scroll.objectName() or content.objectName()}: {content.minimumSizeHint().width()}")
    return found


def add_layers():
    project = QgsProject.instance()
    stack = QgsRasterLayer(FACTS["stack"], "Images 2021")
    fields = QgsVectorLayer(FACTS["fields"], "Fields", "ogr")
    samples = QgsVectorLayer(FACTS["samples"], "Samples of June", "ogr")
    for layer in (stack, fields, samples):
        project.addMapLayer(layer)
    for layer in (fields, samples):
        project.layerTreeRoot().findLayer(layer.id()).setItemVisibilityChecked(False)
    iface.setActiveLayer(samples)
    iface.mapCanvas().setDestinationCrs(stack.crs())
    iface.zoomFull()


def pages(script):
    """Go through the pages of the open dialog; answer which texts are cut off."""
    window = QApplication.activeModalWidget()
    form = window.form
    form.labeler_edit.setText("Ana")
    form.file_widget.setFilePath(str(FOLDER / "june.cropsession"))
    window.accept()
    for number in range(4):
        form.setCurrentIndex(number)
        yield 500
        picture(f"dialog_{number}.png")
    screen = window.screen().availableGeometry()
    script.answer["dialog_fits"] = window.width() <= screen.width() and window.height() <= screen.height()
    form.import_menu.actions()[1].trigger()
    for row in range(3):
        form.class_table.item(row, 3).setText("20")
    yield 500
    picture("dialog_classes.png")
    window.accept()


def steps(script):
    fill_screen()
    iface.mainWindow().findChild(QDockWidget, "Browser").hide()
    if FACTS.get("is_long"):
        _kept.append(LongWords())
        QCoreApplication.installTranslator(_kept[-1])
        reloadPlugin("cropsample_plugin")
    add_layers()
    window = iface.mainWindow()
    yield 500
    script.answer["window_before"] = (window.width(), window.height())
    panels = plugin()._panels.labeling
    window.findChild(QAction, "cropsample_labeling_action").trigger()
    yield 1500
    picture("start.png")
    QTimer.singleShot(0, panels.dock.form.new_button.click)
    yield lambda: isinstance(QApplication.activeModalWidget(), QDialog)
    yield 500
    yield from pages(script)
    controller = panels.controller
    yield lambda: controller.session is not None
    session = controller.session
    for sample in session.samples[:6]:
        controller.act(lambda session, name=sample.given_label: session.label(name, 75, "rows seen in May"))
    others = GeoPackageStore(session.store.path)
    others.append([LabelEvent(session.samples[0].sample_id, "Ben", "label", "sunflower", comment="flowers in July")])
    others.close()
    controller.look_for_others()
    yield 2000
    picture("session.png")
    script.answer["cut_off"] = cut_off(panels.dock)
    script.answer["width"] = panels.dock.width()
    scroll = panels.dock.form.pages.widget(1).verticalScrollBar()
    scroll.setValue(scroll.maximum())
    yield 500
    picture("progress.png")
    scroll.setValue(0)
    panels.views.setUserVisible(True)
    yield 4000
    picture("views.png")
    script.answer["cut_off"] += cut_off(panels.views)
    panels.views.setUserVisible(False)
    panels.adjudication.setUserVisible(True)
    controller.act(lambda session: session.go_to(session.samples[0].sample_id))
    yield 2000
    picture("disputed.png")
    script.answer["cut_off"] += cut_off(panels.adjudication)
    script.answer["window"] = (window.width(), window.height())
    script.answer["outlined"] = panels.dock.view.marker.outline is not None
    panels.adjudication.setUserVisible(False)
    QTimer.singleShot(0, panels.dock.show_keys_dialog)
    yield lambda: isinstance(QApplication.activeModalWidget(), QDialog)
    yield 500
    picture("keys.png")
    QApplication.activeModalWidget().reject()
    yield 500


Script(steps, patience_s=FACTS.get("patience_s", 90.0)).start()
