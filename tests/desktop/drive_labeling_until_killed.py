"""Runs inside QGIS: labels in the open panel, with the layers of labels on the map, until the process is killed."""

import os
import sys
from itertools import count

sys.path.insert(0, os.environ["CROPSAMPLE_DESKTOP_SCRIPTS"])

from qgis.core import QgsProject, QgsVectorLayer
from qgis.utils import iface
from window_script import FACTS, Script, plugin

from cropsample_plugin.bridge.labeling.open_store import open_store
from cropsample_plugin.bridge.labeling.session_file import read_session_file
from cropsample_plugin.gui.labeling.labeling_session import LabelingSession

LABELS_AT_ONCE = 5


def label_until_killed(_script):
    """Add the label layers to the map, open the session, and label; each saved label is told by its comment."""
    settings = read_session_file(FACTS["session"])
    for name in ("samples", "labels"):
        QgsProject.instance().addMapLayer(QgsVectorLayer(f"{FACTS['labels']}|layername={name}", name))
    iface.zoomFull()
    panel = plugin()._panels.labeling
    panel.dock.show()
    panel.controller.open(LabelingSession(settings, open_store(settings, FACTS["session"]), "Ana"), FACTS["session"])
    confirmed = os.open(FACTS["confirmed"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    for number in count():
        label(panel.controller, number, confirmed)
        if number % LABELS_AT_ONCE == 0:
            yield 1


def label(controller, number, confirmed):
    session = controller.session
    if session.position is None or session.position + 1 >= len(session.queue):
        controller.act(lambda session: session.go_to(session.queue[0]))
    comment = f"Ana-{os.getpid()}-{number}"
    name = session.settings.classes[number % len(session.settings.classes)].name
    if controller.act(lambda session: session.label(name, comment=comment)):
        os.write(confirmed, f"{comment}\n".encode())


Script(label_until_killed).start(delay_ms=200)
