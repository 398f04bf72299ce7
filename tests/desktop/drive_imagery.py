"""Runs inside QGIS: the dialog of the imagery algorithm is filled in and run, its layers and a composite looked at."""

import os
import sys
from collections import Counter

sys.path.insert(0, os.environ["CROPSAMPLE_DESKTOP_SCRIPTS"])

import processing
from qgis.core import QgsProject, QgsVectorLayer
from qgis.PyQt.QtWidgets import QComboBox
from window_script import FACTS, FOLDER, Script, fill_screen, picture, plugin


def layer_named(name):
    return next(layer for layer in QgsProject.instance().mapLayers().values() if layer.name() == name)


def steps(script):
    fill_screen()
    plugin()
    area = QgsVectorLayer(FACTS["fields"], "Fields", "ogr")
    QgsProject.instance().addMapLayer(area)
    parameters = {
        "CATALOGUE": FACTS["catalogue"],
        "COLLECTION": FACTS["collection"],
        "AREA": area.id(),
        "START_DATE": FACTS["start"][:10],
        "END_DATE": FACTS["end"][:10],
        "BANDS": FACTS["bands"],
        "MASK_BAND": "SCL",
        "MAX_CLOUD": 60,
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
    script.answer["layers"] = {layer.name(): layer.isValid() for layer in QgsProject.instance().mapLayers().values()}
    stack, footprints = layer_named("Dated stack"), layer_named("Images found")
    script.answer["bands"] = [stack.bandName(number) for number in range(1, stack.bandCount() + 1)]
    renderer = stack.renderer()
    shown = (renderer.redBand(), renderer.greenBand(), renderer.blueBand())
    script.answer["shown"] = [stack.bandName(number).partition(": ")[2] for number in shown]
    script.answer["outlined"] = footprints.renderer().type()
    script.answer["status"] = Counter(feature["status"] for feature in footprints.getFeatures())
    layer_tree = QgsProject.instance().layerTreeRoot()
    layer_tree.findLayer(area.id()).setItemVisibilityChecked(False)
    yield 1500
    picture("layers.png")
    yield from composite(script, stack)


def composite(script, stack):
    """Make composites of the stack with its own cloud mask."""
    dialog = processing.createAlgorithmDialog(
        "cropsample:compositetimeseries",
        {
            "STACK": stack.id(),
            "PERIOD_DAYS": 60,
            "N_PERIODS": 0,
            "MASK_BAND": "SCL",
            "OUTPUT": str(FOLDER / "composite.tif"),
            "OBSERVATIONS": str(FOLDER / "observations.tif"),
        },
    )
    dialog.show()
    yield 1000
    dialog.runButton().click()
    yield lambda: len(QgsProject.instance().mapLayers()) >= 5
    yield 1500
    dialog.close()
    script.answer["composite"] = {
        layer.name(): layer.isValid()
        for layer in QgsProject.instance().mapLayers().values()
        if layer.name() in {"Composites", "Observations and gaps"}
    }
    yield 1500
    picture("composite.png")


Script(steps).start()
