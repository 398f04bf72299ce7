"""The menu that opens the place of the sample in a map on the web, or in Google Earth."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Optional

from qgis.core import QgsProcessingUtils
from qgis.PyQt.QtCore import QObject, QUrl
from qgis.PyQt.QtGui import QDesktopServices
from qgis.PyQt.QtWidgets import QMenu, QWidget

from cropsample_plugin.bridge.labeling.label_events import LabelingError
from cropsample_plugin.bridge.labeling.place_links import PlaceLink, link_address, load_links
from cropsample_plugin.bridge.labeling.sample_kml import KmlSample, in_degrees, kml_text
from cropsample_plugin.gui.labeling.labeling_controller import LabelingController
from cropsample_plugin.gui.labeling.place_links_dialog import PlaceLinksDialog
from cropsample_plugin.gui.labeling.sample_place import SamplePlace, sample_place

_NOT_IN_FILE_NAMES = re.compile(r"[^\w.-]+")
_LONGEST_NAME = 60


class PlaceMenu(QObject):
    """Opens places; what goes wrong is told through the controller."""

    def __init__(self, controller: LabelingController, parent: QWidget) -> None:
        super().__init__(parent)
        self._controller = controller
        self.menu = QMenu(parent)
        self.menu.setObjectName("places_menu")
        self.menu.aboutToShow.connect(self.fill)
        self.fill()

    def fill(self) -> None:
        """List what there is to open the place in."""
        self.menu.clear()
        is_possible = self._controller.session is not None and self._controller.session.current is not None
        for link in load_links():
            action = self.menu.addAction(link.name)
            action.triggered.connect(lambda _checked=False, link=link: self.open_link(link))
            action.setEnabled(is_possible)
        self.menu.addSeparator()
        earth = self.menu.addAction(self.tr("Google Earth (KML)"))
        earth.setObjectName("open_kml_action")
        earth.triggered.connect(self.open_kml)
        earth.setEnabled(is_possible)
        self.menu.addSeparator()
        self.menu.addAction(self.tr("Edit this list…")).triggered.connect(self.edit)

    def open_link(self, link: PlaceLink) -> None:
        """Open the sample's place in a map on the web."""
        place = self._place()
        if place is None:
            return
        try:
            point = in_degrees(place.geometry, place.crs).pointOnSurface().asPoint()
        except LabelingError as error:
            self._controller.failed.emit(str(error))
            return
        self._open(link_address(link, point.y(), point.x(), self._controller.session.settings.scale))

    def open_kml(self, *_is_checked: bool) -> Optional[str]:
        """Write the sample as KML into QGIS's temporary folder and open it; return its path, None where that failed."""
        place, session = self._place(), self._controller.session
        if place is None or session is None or session.current is None:
            return None
        sample_id = session.current.sample_id
        stratum = self.tr("Stratum: {}").format(session.current.stratum) if session.current.stratum else ""
        try:
            geometry = in_degrees(place.geometry, place.crs)
            path = _write(sample_id, kml_text(KmlSample(sample_id, stratum, session.settings.name, geometry)))
        except LabelingError as error:
            self._controller.failed.emit(str(error))
            return None
        except OSError as error:
            text = self.tr("The KML file cannot be written: {}")
            self._controller.failed.emit(text.format(error.strerror or error))
            return None
        self._open(QUrl.fromLocalFile(path))
        return path

    def edit(self, *_is_checked: bool) -> None:
        """Let the user edit the list."""
        dialog = PlaceLinksDialog(self.parent())
        dialog.exec()
        dialog.deleteLater()

    def _place(self) -> Optional[SamplePlace]:
        session = self._controller.session
        if session is None or session.current is None:
            return None
        current = session.current
        try:
            return sample_place(session, current.sample_id, current.x, current.y)
        except LabelingError as error:
            self._controller.failed.emit(str(error))
            return None

    def _open(self, address: QUrl) -> None:
        if not QDesktopServices.openUrl(address):
            text = self.tr("No program on this computer opens {}")
            self._controller.failed.emit(text.format(address.toDisplayString()))


def _write(sample_id: str, text: str) -> str:
    folder = Path(QgsProcessingUtils.tempFolder()) / "cropsample_places"
    folder.mkdir(parents=True, exist_ok=True)
    name = _NOT_IN_FILE_NAMES.sub("_", sample_id)[:_LONGEST_NAME].strip(".") or "sample"
    path = folder / f"{name}.kml"
    path.write_text(text, encoding="utf-8")
    return str(path)
