"""A QGIS process without a window that labels by script; tests run several at once, and kill them.

Call: labeling_worker.py LABELER; then one line "PATH COUNT" on standard input. Each label, once `label` has returned,
is told on standard output by its comment; COUNT 0 goes on until the process is killed.
"""

from __future__ import annotations

import os
import sys
from itertools import count
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from qgis.core import QgsApplication

from cropsample_plugin.bridge.labeling.geopackage_store import GeoPackageStore
from cropsample_plugin.bridge.labeling.session_file import LabelClass, SessionSettings
from cropsample_plugin.gui.labeling.labeling_controller import LabelingController
from cropsample_plugin.gui.labeling.labeling_session import LabelingSession

CLASSES = ("Wheat", "Cotton", "Rice")
UNDO_EVERY = 5


def main() -> None:
    application = QgsApplication([], False)
    application.initQgis()
    controller = LabelingController()
    tell("ready")
    path, wanted = sys.stdin.readline().rsplit(maxsplit=1)
    settings = SessionSettings("Test", path, "EPSG:32641", tuple(LabelClass(name) for name in CLASSES))
    controller.open(LabelingSession(settings, GeoPackageStore(path), sys.argv[1]))
    controller.failed.connect(lambda text: os.write(2, f"{text}\n".encode()))
    for number in count():
        label(controller, number)
        if number + 1 == int(wanted):
            break
    controller.close()


def label(controller: LabelingController, number: int) -> None:
    """Give one label, now and then after taking one back; say so once it is saved."""
    if number % UNDO_EVERY == UNDO_EVERY - 1:
        controller.act(lambda session: session.undo())
    if controller.session.position + 1 == len(controller.session.queue):
        controller.act(lambda session: session.go_to(session.queue[0]))
    comment = f"{sys.argv[1]}-{os.getpid()}-{number}"
    if controller.act(lambda session: session.label(CLASSES[number % len(CLASSES)], comment=comment)):
        tell(comment)


def tell(text: str) -> None:
    os.write(1, f"{text}\n".encode())


if __name__ == "__main__":
    main()
