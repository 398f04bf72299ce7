"""The layers that linked views show: the project's where it has them, else opened from their sources."""

from __future__ import annotations

from typing import Collection, Dict, Optional, Sequence, Tuple

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsMapLayer,
    QgsPointXY,
    QgsProject,
    QgsRasterLayer,
)
from qgis.PyQt.QtCore import QCoreApplication, QObject, pyqtSignal

from cropsample_plugin.bridge.date_layers import Stretch
from cropsample_plugin.bridge.dated_bands import DatedBands, dated_bands
from cropsample_plugin.bridge.engine_errors import EngineError
from cropsample_plugin.bridge.labeling.dated_imagery import DateView, read_stretches
from cropsample_plugin.bridge.labeling.label_events import LabelingError
from cropsample_plugin.bridge.labeling.layer_references import find_in_project, open_reference
from cropsample_plugin.bridge.labeling.session_file import LayerReference
from cropsample_plugin.gui.background_call import BackgroundCall

_SERVICES = ("wms", "wcs", "arcgismapserver")
_NUMBERED_TILES = ("type=xyz", "type=mbtiles")


class ViewSources(QObject):
    """Finds, opens and keeps what the views of one session show.

    Attributes:
        ready: a layer of a service is open, or the contrast of a stack is known, or why it cannot be.
    """

    ready = pyqtSignal()

    def __init__(
        self,
        session_path: str,
        places: Sequence[QgsPointXY],
        crs: QgsCoordinateReferenceSystem,
        parent: Optional[QObject] = None,
    ) -> None:
        """Look for layers as a session file names them.

        Args:
            session_path: of the session file, "" before it is saved.
            places: some samples; the contrast of stacks is read around them.
            crs: of the places.
            parent: owner.
        """
        super().__init__(parent)
        self.session_path = session_path
        self._places = list(places)
        self._crs = crs
        self._own: Dict[LayerReference, QgsMapLayer] = {}
        self._failed: Dict[LayerReference, str] = {}
        self._openings: Dict[LayerReference, BackgroundCall] = {}
        self._stacks: Dict[str, DatedBands] = {}
        self._stretches: Dict[Tuple[str, Tuple[str, ...]], Tuple[Stretch, ...]] = {}
        self._problems: Dict[Tuple[str, Tuple[str, ...]], str] = {}
        self._calls: Dict[Tuple[str, Tuple[str, ...]], BackgroundCall] = {}

    def layer(self, reference: LayerReference, leaving: Collection[str] = ()) -> Tuple[QgsMapLayer, bool]:
        """Return a layer, and whether it is the project's.

        Raises:
            LabelingError: it is not in the project and cannot be opened, or is being opened; `ready` tells.
        """
        found = find_in_project(reference, self.session_path, leaving)
        if found is not None:
            return found, True
        if reference in self._failed:
            raise LabelingError(self._failed[reference])
        if reference not in self._own and is_slow(reference):
            self._open_slowly(reference)
            raise LabelingError(self.tr("Opening '{}'…").format(reference.name))
        if reference not in self._own:
            self._own[reference] = open_reference(reference, self.session_path)
        return self._own[reference], False

    def bands(self, layer: QgsRasterLayer) -> DatedBands:
        """Return which band of a stack is which; looked at once."""
        source = layer.source()
        if source not in self._stacks:
            self._stacks[source] = dated_bands(layer)
        return self._stacks[source]

    def stretches(self, view: DateView, crs: QgsCoordinateReferenceSystem) -> Optional[Tuple[Stretch, ...]]:
        """Return the contrast of a stack's bands, None while it is read in the background; `ready` tells.

        Raises:
            LabelingError: it cannot be read.
        """
        key = (view.source, view.shown)
        if key in self._problems:
            raise LabelingError(self._problems[key])
        if key not in self._stretches and key not in self._calls:
            places = [place for place in (_moved(point, self._crs, crs) for point in self._places) if place]
            call = BackgroundCall(
                self.tr("Read the contrast of a stack"), lambda task: read_stretches(view, places, task.isCanceled)
            )
            call.done.connect(lambda found, error: self._on_done(key, found, error))
            self._calls[key] = call
            call.start()
        return self._stretches.get(key)

    def shut_down(self) -> None:
        """Cancel what is being read and let go of all layers."""
        # One that has not begun tells at once that it is done.
        calls = [*self._calls.values(), *self._openings.values()]
        self._calls, self._openings = {}, {}
        for call in calls:
            call.cancel()
        self._own.clear()

    def _open_slowly(self, reference: LayerReference) -> None:
        """Open a layer of a service, which first asks what there is, without making the window wait."""
        if reference in self._openings:
            return
        main_thread = QCoreApplication.instance().thread()

        def open_layer(_task: BackgroundCall) -> QgsMapLayer:
            try:
                layer = open_reference(reference, self.session_path)
            except LabelingError as error:
                raise EngineError("input", str(error)) from error
            layer.moveToThread(main_thread)
            return layer

        call = BackgroundCall(self.tr("Open '{}'").format(reference.name), open_layer)
        call.done.connect(lambda layer, error: self._on_opened(reference, layer, error))
        self._openings[reference] = call
        call.start()

    def _on_opened(self, reference: LayerReference, layer: Optional[QgsMapLayer], error: Optional[EngineError]) -> None:
        if self._openings.pop(reference, None) is None:
            return
        if layer is not None:
            self._own[reference] = layer
        else:
            self._failed[reference] = str(error)
        self.ready.emit()

    def _on_done(
        self, key: Tuple[str, Tuple[str, ...]], found: Optional[Tuple[Stretch, ...]], error: Optional[EngineError]
    ) -> None:
        if self._calls.pop(key, None) is None:
            return
        if error is not None:
            self._problems[key] = str(error)
        else:
            self._stretches[key] = found or ()
        self.ready.emit()


def is_slow(reference: LayerReference) -> bool:
    """Return whether opening a layer asks a service first; tiles by number (XYZ) do not."""
    is_numbered = reference.provider == "wms" and any(kind in reference.source for kind in _NUMBERED_TILES)
    return reference.provider in _SERVICES and not is_numbered


def contains(layer: QgsMapLayer, point: QgsPointXY, crs: QgsCoordinateReferenceSystem) -> bool:
    """Return whether a point lies in a layer's extent."""
    place = _moved(point, crs, layer.crs())
    return place is not None and layer.extent().contains(place)


def _moved(
    point: QgsPointXY, crs: QgsCoordinateReferenceSystem, target: QgsCoordinateReferenceSystem
) -> Optional[QgsPointXY]:
    if not crs.isValid() or not target.isValid() or crs == target:
        return point
    try:
        return QgsCoordinateTransform(crs, target, QgsProject.instance()).transform(point)
    except QgsCsException:
        return None
