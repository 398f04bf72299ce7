"""Runs inside QGIS: the toolbox dialog of the imagery algorithm is filled in, run, and its stack looked at."""

import os
import sys

sys.path.insert(0, os.environ["CROPSAMPLE_DESKTOP_SCRIPTS"])

import processing
from qgis.core import QgsProject, QgsVectorLayer
from qgis.PyQt.QtWidgets import QComboBox
from window_script import FACTS, FOLDER, Script, fill_screen, picture, plugin


def steps(script):
    fill_screen()
    plugin()
    area = QgsVectorLayer(FACTS["fields"], "Fields", "ogr")
    QgsProject.instance().addMapLayer(area)
    parameters = {
        "CATALOGUE": FACTS["catalogue"],
        "COLLECTION": "region",
        "AREA": area.id(),
        "START_DATE": FACTS["start"][:10],
        "END_DATE": FACTS["end"][:10],
        "BANDS": FACTS["bands"],
        "MAX_CLOUD": 100,
        "OUTPUT": str(FOLDER / "imagery.vrt"),
        "ITEMS": str(FOLDER / "items.gpkg"),
    }
    dialog = processing.createAlgorithmDialog("cropsample:stactimeseries", parameters)
    dialog.resize(1000, 760)
    dialog.show()
    yield 1500
    combo = dialog.findChild(QComboBox, "catalogue_combo")
    script.answer["names"] = [combo.itemText(position) for position in range(combo.count())]
    script.answer["catalogue"] = combo.currentText()
    picture("dialog.png")
    dialog.runButton().click()
    script.reset_beat()
    yield lambda: len(QgsProject.instance().mapLayers()) >= 3
    yield 1500
    script.answer["longest_block_s"] = script.longest_block_s
    picture("done.png")
    dialog.close()
    layers = QgsProject.instance().mapLayers().values()
    script.answer["layers"] = {layer.name(): layer.isValid() for layer in layers}
    stack = next(layer for layer in layers if layer.name() == "Dated stack")
    script.answer["bands"] = [stack.bandName(number) for number in range(1, stack.bandCount() + 1)]
    footprints = next(layer for layer in layers if layer.name() == "Images found")
    script.answer["outlined"] = footprints.renderer().type()
    yield 800
    picture("layers.png")


Script(steps).start()
