"""Make the dates of a stack into layers in the background, add them as a group, and set the time that QGIS animates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, List, Optional, Sequence

from qgis.core import (
    QgsCoordinateTransform,
    QgsCsException,
    QgsDateTimeRange,
    QgsInterval,
    QgsProject,
    QgsRasterLayer,
    QgsRectangle,
    QgsTemporalNavigationObject,
    QgsUnitTypes,
)
from qgis.gui import QgsMapCanvas
from qgis.PyQt.QtCore import QObject, pyqtSignal

from cropsample_plugin.bridge.date_layers import DateLayersRequest, find_range, make_date_layers
from cropsample_plugin.bridge.dated_bands import dated_bands
from cropsample_plugin.bridge.engine_errors import EngineError
from cropsample_plugin.gui.background_call import BackgroundCall
from cropsample_plugin.gui.date_layers_dialog import DateLayersDialog
from cropsample_plugin.gui.series_reading import LatestCall


@dataclass(frozen=True)
class DateLayersChoice:
    """What the user wants to see.

    Attributes:
        title: name of the group of layers.
        channels: one band, or three for red, green and blue.
        dates: dates that have these bands.
        is_monthly: whether only the date with most data of each month is wanted.
    """

    title: str
    channels: Sequence[str]
    dates: Sequence[date]
    is_monthly: bool = False


class DateLayers(QObject):
    """Turns dates into layers.

    Attributes:
        added: layers were added; their number.
        failed: why there are none.
    """

    added = pyqtSignal(int)
    failed = pyqtSignal(str)

    def __init__(self, canvas: QgsMapCanvas, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self._canvas = canvas
        self._title = ""
        self._stack_id = ""
        self._ranges: List[QgsDateTimeRange] = []
        self._call = LatestCall(self.tr("Show dates as layers"), self)
        self._call.done.connect(self._on_done)

    @property
    def is_busy(self) -> bool:
        """Whether layers are being made."""
        return self._call.is_busy

    def ask(self, layer: Any) -> None:  # noqa: ANN401 - a layer of any kind, or None
        """Ask what to show of a stack and start; say what is wrong when it is no dated stack."""
        bands = dated_bands(layer) if isinstance(layer, QgsRasterLayer) else None
        if bands is None or not bands.dates:
            text = self.tr("Select a dated stack in the list of layers first: a raster whose bands have dates.")
            self.failed.emit(text)
            return
        dialog = DateLayersDialog(layer.name(), bands, self._canvas.window())
        if dialog.exec():
            choice = DateLayersChoice(
                dialog.title(layer.name()), dialog.channels, dialog.dates, is_monthly=dialog.is_monthly
            )
            self.start(layer, choice)
        dialog.deleteLater()

    def start(self, layer: QgsRasterLayer, choice: DateLayersChoice) -> None:
        """Make layers of the dates of a stack in the background, then add them."""
        self._title, self._stack_id = choice.title, layer.id()
        request = DateLayersRequest(
            layer.source(),
            dated_bands(layer),
            tuple(choice.channels),
            tuple(choice.dates),
            self._extent_in(layer),
            is_monthly=choice.is_monthly,
        )

        def make(task: BackgroundCall) -> List[QgsRasterLayer]:
            return make_date_layers(request, task.setProgress, task.isCanceled)

        self._call.start(make)

    def show_date(self, day: Any) -> None:  # noqa: ANN401 - a date, or a number on an axis without dates
        """Show the layer of a date, where there are layers of dates and QGIS animates them."""
        controller = self._canvas.temporalController()
        place = find_range(self._ranges, day) if isinstance(day, date) else None
        if place is not None and controller is not None:
            controller.setCurrentFrameNumber(place)

    def shut_down(self) -> None:
        """Stop, and tell nothing any more."""
        self._call.shut_down()

    def _extent_in(self, layer: QgsRasterLayer) -> QgsRectangle:
        settings = self._canvas.mapSettings()
        crs = settings.destinationCrs()
        if not crs.isValid() or not layer.crs().isValid():
            return layer.extent()
        try:
            transform = QgsCoordinateTransform(crs, layer.crs(), QgsProject.instance())
            return transform.transformBoundingBox(settings.visibleExtent())
        except QgsCsException:
            return layer.extent()

    def _on_done(self, layers: Optional[List[QgsRasterLayer]], error: Optional[EngineError]) -> None:
        if error is not None or not layers:
            self.failed.emit(str(error))
            return
        self._ranges = [layer.temporalProperties().fixedTemporalRange() for layer in layers]
        # First the time, so that only one of the layers is drawn.
        animate(self._canvas, self._ranges)
        _add_group(layers, self._title, self._stack_id)
        self.added.emit(len(layers))


def animate(canvas: QgsMapCanvas, ranges: Sequence[QgsDateTimeRange]) -> None:
    """Make QGIS's temporal controller step through time ranges, one per frame, from the first."""
    whole = QgsDateTimeRange(ranges[0].begin(), ranges[-1].end(), True, False)  # noqa: FBT003 - QGIS's way
    QgsProject.instance().timeSettings().setTemporalRange(whole)
    controller = canvas.temporalController()
    if not isinstance(controller, QgsTemporalNavigationObject):
        canvas.setTemporalRange(ranges[0])
        return
    controller.setNavigationMode(QgsTemporalNavigationObject.NavigationMode.Animated)
    controller.setTemporalExtents(whole)
    controller.setAvailableTemporalRanges(list(ranges))
    controller.setFrameDuration(QgsInterval(1, QgsUnitTypes.TemporalUnit.TemporalIrregularStep))
    controller.setCurrentFrameNumber(0)


def _add_group(layers: Sequence[QgsRasterLayer], title: str, stack_id: str) -> None:
    project = QgsProject.instance()
    root = project.layerTreeRoot()
    stack_node = root.findLayer(stack_id)
    is_top = stack_node is not None and stack_node.parent() is root
    group = root.insertGroup(root.children().index(stack_node) if is_top else 0, title)
    group.setExpanded(False)
    # Handed over one by one: what was made in Python must not die with the list.
    project.addMapLayers(list(layers), False)  # noqa: FBT003 - QGIS takes it by position
    for layer in layers:
        group.addLayer(layer).setExpanded(False)
    if stack_node is not None:
        # Otherwise the stack would show through wherever a date has no data.
        stack_node.setItemVisibilityChecked(False)
