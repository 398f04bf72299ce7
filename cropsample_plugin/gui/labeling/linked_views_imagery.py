"""What one of the linked views shows: layers, or one date of a stack; and what is to be said about it."""

from __future__ import annotations

from datetime import date
from typing import List, Optional, Sequence, Set, Tuple

from qgis.core import QgsCoordinateReferenceSystem, QgsMapLayer, QgsPointXY, QgsProject, QgsRasterLayer
from qgis.gui import QgsMapCanvas
from qgis.PyQt.QtCore import QObject, pyqtSignal

from cropsample_plugin.bridge.engine_errors import EngineError
from cropsample_plugin.bridge.labeling.dated_imagery import DateView, date_layer
from cropsample_plugin.bridge.labeling.label_events import LabelingError
from cropsample_plugin.bridge.labeling.session_file import LayerReference, ViewSettings
from cropsample_plugin.gui.labeling.linked_views_sources import ViewSources, contains


class ViewImagery(QObject):
    """Turns the settings of a view into layers, and keeps them when the project's go.

    Attributes:
        changed: layers, date or what is to be said are others now.
    """

    changed = pyqtSignal()

    def __init__(
        self, view: ViewSettings, sources: ViewSources, map_canvas: QgsMapCanvas, parent: Optional[QObject] = None
    ) -> None:
        """Show what the settings say; without any layer, what the map shows."""
        super().__init__(parent)
        self.view = view
        self.layers: List[QgsMapLayer] = []
        self.dates: Tuple[date, ...] = ()
        self.day: Optional[date] = _date(view.date)
        self._sources = sources
        self._map_canvas = map_canvas
        self._date_view: Optional[DateView] = None
        self._crs = QgsCoordinateReferenceSystem()
        self._date_layer: Optional[QgsRasterLayer] = None
        self._project_ids: Set[str] = set()
        self._removed: List[str] = []
        self._problems: List[str] = []
        if self.follows_map:
            map_canvas.layersChanged.connect(self._on_map_layers)
        QgsProject.instance().layersWillBeRemoved.connect(self._on_leaving)
        sources.ready.connect(self._on_ready)
        self._resolve()

    @property
    def follows_map(self) -> bool:
        """Whether it shows the layers of the map."""
        return not self.view.layers

    @property
    def is_dated(self) -> bool:
        """Whether it shows a date of a stack."""
        return bool(self.view.layers) and bool(self.view.date or self.view.bands)

    @property
    def title(self) -> str:
        """What is shown above it: its title, the date and the bands."""
        parts = [self.view.title or self._layer_names()]
        if self.is_dated:
            parts += [self.day.isoformat() if self.day else "", ", ".join(self.view.bands)]
        return " · ".join(part for part in parts if part)

    @property
    def imagery(self) -> str:
        """What is written with a label as what was looked at, without its date."""
        parts = [self.view.title, ", ".join(self.view.bands) if self.is_dated else self._layer_names()]
        return ": ".join(dict.fromkeys(part for part in parts if part))

    def remarks(self, place: Optional[QgsPointXY], crs: QgsCoordinateReferenceSystem) -> List[str]:
        """Return what is to be said: removed layers, what cannot be opened, a sample outside."""
        said = [*self._removed, *self._problems]
        rasters = [layer for layer in self.layers if isinstance(layer, QgsRasterLayer)]
        if not self.layers and not self._problems:
            said.append(self.tr("No imagery: choose layers in the settings of the views."))
        elif rasters and place is not None and not any(contains(layer, place, crs) for layer in rasters):
            text = self.tr("The stack does not reach this sample.") if self.is_dated else ""
            said.append(text or self.tr("None of the images of this view reaches this sample."))
        return said

    def step(self, by: int) -> bool:
        """Show a date that many dates later (negative: earlier); False at the ends and where there are no dates."""
        if self.day not in self.dates:
            return False
        wanted = self.dates.index(self.day) + by
        if not 0 <= wanted < len(self.dates):
            return False
        self.show_date(self.dates[wanted])
        return True

    def show_date(self, day: date) -> None:
        """Show another date of the stack."""
        self.day = day
        self._show_day()
        self.changed.emit()

    def take_down(self) -> None:
        """Let go of the project and its layers."""
        if self.follows_map:
            self._map_canvas.layersChanged.disconnect(self._on_map_layers)
        QgsProject.instance().layersWillBeRemoved.disconnect(self._on_leaving)
        self._sources.ready.disconnect(self._on_ready)
        self.layers = []
        self._date_layer = None

    def _layer_names(self) -> str:
        return ", ".join(layer.name() for layer in self.layers)

    def _resolve(self, leaving: Sequence[str] = ()) -> None:
        self._problems, self._project_ids = [], set()
        if self.follows_map:
            self.layers = [layer for layer in self._map_canvas.layers() if layer.id() not in leaving]
            return
        found = [layer for layer in (self._find(item, leaving) for item in self.view.layers) if layer is not None]
        if not self.is_dated:
            self.layers = found
            return
        self.layers = []
        if not found:
            return
        if not isinstance(found[0], QgsRasterLayer) or not self._sources.bands(found[0]).dates:
            self._problems.append(self.tr("'{}' has no dates in its band names.").format(found[0].name()))
            return
        self._use_stack(found[0])

    def _find(self, reference: LayerReference, leaving: Sequence[str]) -> Optional[QgsMapLayer]:
        try:
            layer, is_projects = self._sources.layer(reference, leaving)
        except LabelingError as error:
            self._problems.append(str(error))
            return None
        if is_projects:
            self._project_ids.add(layer.id())
        return layer

    def _use_stack(self, stack: QgsRasterLayer) -> None:
        bands = self._sources.bands(stack)
        self._date_view = DateView(stack.source(), bands, self.view.bands or bands.bands[:1])
        self._crs = stack.crs()
        self._date_layer = None
        self.dates = self._date_view.dates
        if not self.dates:
            text = self.tr("'{}' has no date with the bands {}.")
            self._problems.append(text.format(stack.name(), ", ".join(self.view.bands)))
            return
        wanted = self.day or self.dates[0]
        self.day = min(self.dates, key=lambda day: abs((day - wanted).days))
        self._show_day()

    def _show_day(self) -> None:
        self._problems, self.layers = [], []
        if self._date_view is None or self.day is None:
            return
        try:
            stretches = self._sources.stretches(self._date_view, self._crs)
            if stretches is None:
                self._problems = [self.tr("Reading the contrast of the stack…")]
                return
            self._date_layer = date_layer(self._date_view, self.day, stretches, self._date_layer)
        except (LabelingError, EngineError) as error:
            self._problems = [str(error)]
            return
        self._date_layer.setCrs(self._crs)
        self._date_layer.triggerRepaint()
        self.layers = [self._date_layer]

    def _on_ready(self) -> None:
        if self._date_view is not None and not self.layers:
            self._show_day()
            self.changed.emit()
        elif self._problems and not self.is_dated:
            self._resolve()
            self.changed.emit()

    def _on_map_layers(self) -> None:
        self._resolve()
        self.changed.emit()

    def _on_leaving(self, layer_ids: Sequence[str]) -> None:
        project = QgsProject.instance()
        gone = [project.mapLayer(layer_id).name() for layer_id in layer_ids if layer_id in self._project_ids]
        if not gone and not self.follows_map:
            return
        self._resolve(layer_ids)
        text = self.tr("'{}' was removed from the project; it is shown from its source.")
        lost = self.tr("'{}' was removed from the project.")
        self._removed = [(lost if self._problems else text).format(name) for name in gone]
        self.changed.emit()


def _date(text: str) -> Optional[date]:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
