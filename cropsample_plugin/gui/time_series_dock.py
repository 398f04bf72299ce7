"""The Time series panel: click the map, see the pixel's series; shows a session and holds no state of its own."""

from __future__ import annotations

from typing import Any, Optional, Sequence

from qgis.core import QgsCoordinateReferenceSystem, QgsPointXY, QgsProject, QgsRasterLayer, QgsVectorLayer
from qgis.gui import QgsDockWidget, QgsMapCanvas
from qgis.PyQt.QtCore import QSignalBlocker, QTimer, pyqtSignal
from qgis.PyQt.QtWidgets import QWidget

from cropsample_plugin.bridge.clear_rule import is_known_mask
from cropsample_plugin.bridge.dated_bands import dated_bands
from cropsample_plugin.bridge.engine_errors import EngineError
from cropsample_plugin.bridge.measures import offered_measures
from cropsample_plugin.gui.class_profile_choice import ClassProfileChoice
from cropsample_plugin.gui.layer_facts import default_stack
from cropsample_plugin.gui.picked_point import MOST_POINTS, PickedPoint
from cropsample_plugin.gui.plot_files import ask_and_save_picture, ask_and_save_table
from cropsample_plugin.gui.point_tool import PointMarks, PointTool
from cropsample_plugin.gui.sample_points import selected_points
from cropsample_plugin.gui.series_reading import PointReading
from cropsample_plugin.gui.time_series_charts import make_charts, notes, obstacle_text
from cropsample_plugin.gui.time_series_form import TimeSeriesForm
from cropsample_plugin.gui.time_series_session import Arrangement, StackChoice, TimeSeriesSession

_TYPING_MS = 400


class TimeSeriesDock(QgsDockWidget):
    """The panel.

    Attributes:
        layers_requested: the user wants the dates of the stack as layers; the layer's id.
        date_chosen: the user clicked a date in the plot.
    """

    layers_requested = pyqtSignal(str)
    date_chosen = pyqtSignal(object)

    def __init__(self, canvas: QgsMapCanvas, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setObjectName("cropsample_time_series")
        self.setWindowTitle(self.tr("Time series"))
        self.session = TimeSeriesSession()
        # Before the lists of layers do so: they would go on to another layer, and nobody knew which one had gone.
        QgsProject.instance().layersWillBeRemoved.connect(self._on_layers_leaving)
        self.form = TimeSeriesForm()
        self.setWidget(self.form)
        self._canvas = canvas
        self._message = ""
        self._ahead: Optional[PickedPoint] = None
        self.tool = PointTool(canvas)
        self.marks = PointMarks(canvas)
        self.reading = PointReading(self)
        self.profiles = ClassProfileChoice(self.form, self.session, self)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING_MS)
        self.form.arrangement_combo.addItem(self.tr("in one plot"), Arrangement.OVERLAID)
        self.form.arrangement_combo.addItem(self.tr("side by side"), Arrangement.SIDE_BY_SIDE)
        self._fill_measures()
        self._fill_masks()
        self._connect()
        self.refresh()

    def close_panel(self) -> None:
        """Give everything back; called when the plugin is unloaded."""
        project = QgsProject.instance()
        project.layersWillBeRemoved.disconnect(self._on_layers_leaving)
        self._typing.stop()
        self.reading.shut_down()
        self.profiles.shut_down()
        self.marks.close()
        self._canvas.unsetMapTool(self.tool)
        self.tool.deleteLater()

    def choose_stack(self, layer: Optional[QgsRasterLayer]) -> None:
        """Look at a stack."""
        self.form.stack_combo.setLayer(layer)

    def pick(self, point: QgsPointXY, is_added: bool = False) -> None:  # noqa: FBT001, FBT002 - a signal's slot
        """Look at a point of the map, alone or beside those there are."""
        session = self.session
        if not is_added:
            session.points.clear()
            session.sample_seasons.clear()
        elif len(session.points) >= MOST_POINTS:
            self._say(
                self.tr("At most {} points can be told apart. Clear them or click without Ctrl.").format(MOST_POINTS)
            )
            return
        number = len(session.points)
        crs = self._canvas.mapSettings().destinationCrs()
        session.points.append(PickedPoint(number, self.tr("Point {}").format(number + 1), point, crs))
        self._show_points()

    def look_at(self, name: str, point: QgsPointXY, crs: QgsCoordinateReferenceSystem) -> None:
        """Look at one place, by a name, in place of the points there are."""
        ahead, self._ahead = self._ahead, None
        is_read = ahead is not None and (ahead.name, ahead.point, ahead.crs) == (name, point, crs)
        self.session.points[:] = [ahead if is_read else PickedPoint(0, name, point, crs)]
        self.session.sample_seasons.clear()
        self._show_points()

    def read_ahead(self, name: str, point: QgsPointXY, crs: QgsCoordinateReferenceSystem) -> None:
        """Read what `look_at` will show, unless something else is being read."""
        if self.reading.is_busy or obstacle_text(self.session):
            return
        self._ahead = PickedPoint(0, name, point, crs)
        self.reading.read([self._ahead], self.session.needed(), is_ahead=True)

    def offer_stack(self, layer: QgsRasterLayer) -> None:
        """Look at a stack that the project does not have, and keep it among those to choose from."""
        self.form.stack_combo.setAdditionalLayers([layer])
        self.reading.offer(layer)
        self.choose_stack(layer)

    def pick_selected(self) -> None:
        """Look at the selected features of the samples layer."""
        layer = self.form.samples_combo.currentLayer()
        if not isinstance(layer, QgsVectorLayer):
            self._say(self.tr("Choose the samples layer under Classes and seasons first."))
            return
        points, seasons = selected_points(layer, self.form.class_combo.currentField())
        if not points:
            self._say(self.tr("No feature of '{}' is selected: select some on the map first.").format(layer.name()))
            return
        self.session.points[:] = points
        self.session.sample_seasons = seasons
        n_selected = layer.selectedFeatureCount()
        shown = self.tr("Only the first {} of {} selected samples are shown.").format(len(points), n_selected)
        self._show_points(shown if n_selected > len(points) else "")

    def clear_points(self) -> None:
        """Forget all points."""
        self.session.points.clear()
        self.session.sample_seasons.clear()
        self._show_points()

    def refresh(self) -> None:
        """Read what is missing and show the session as it is now."""
        self.form.stack_hint.setText(self._stack_text())
        self.form.stack_hint.setVisible(bool(self.form.stack_hint.text()))
        has_dates = bool(self.session.stack and self.session.stack.bands.dates)
        self.form.layers_button.setEnabled(has_dates)
        self.profiles.update()
        try:
            needed = self.session.needed()
        except EngineError:
            self.show_series()
            return
        self.reading.read(self.session.points, needed)

    def show_series(self) -> None:
        """Show what has been read so far."""
        obstacle = obstacle_text(self.session)
        self.form.notes_label.setText("\n".join(filter(None, [self._message, *notes(self.session)])))
        self.form.notes_label.setVisible(bool(self.form.notes_label.text()))
        charts, n_columns = ([], 1) if obstacle else make_charts(self.session)
        if any(chart.has_values for chart in charts):
            self.form.plot.show_charts(charts, n_columns)
        else:
            self.form.plot.show_message(obstacle or self.form.notes_label.text() or self.tr("Reading…"))
        for button in (self.form.picture_button, self.form.table_button):
            button.setEnabled(bool(self.form.plot.charts))
        self.form.clear_button.setEnabled(bool(self.session.points))

    def _show_points(self, message: str = "") -> None:
        self._message = message
        self.marks.show(self.session.points)
        self.refresh()

    def _say(self, text: str) -> None:
        self._message = text
        self.show_series()

    def _connect(self) -> None:
        form = self.form
        form.stack_combo.layerChanged.connect(self._on_stack)
        for combo in (form.processed_combo, form.mask_combo, form.seasons_combo):
            combo.layerChanged.connect(self._on_layers)
        form.mask_band_combo.currentIndexChanged.connect(self._on_choice)
        form.measure_combo.checkedItemsChanged.connect(self._on_choice)
        form.arrangement_combo.currentIndexChanged.connect(self._on_choice)
        for edit in (form.formula_edit, form.rule_edit):
            edit.textChanged.connect(lambda _text: self._typing.start())
        self._typing.timeout.connect(self._on_choice)
        form.pick_button.toggled.connect(self._on_pick_toggled)
        form.samples_button.clicked.connect(self.pick_selected)
        form.clear_button.clicked.connect(self.clear_points)
        form.layers_button.clicked.connect(self._on_layers_button)
        form.picture_button.clicked.connect(lambda: self._save(ask_and_save_picture))
        form.table_button.clicked.connect(lambda: self._save(ask_and_save_table))
        form.plot.date_chosen.connect(self.date_chosen)
        self.tool.picked.connect(self.pick)
        self.tool.activated.connect(lambda: form.pick_button.setChecked(True))
        self.tool.deactivated.connect(lambda: form.pick_button.setChecked(False))
        self.reading.filled.connect(self.show_series)
        self.reading.failed.connect(self._say)
        self.profiles.changed.connect(self.show_series)
        self.visibilityChanged.connect(self._on_visibility)

    def _on_stack(self, layer: Any = None) -> None:  # noqa: ANN401 - a layer or None
        choice = _choice(layer)
        if choice is not None:
            self.session.gone = ""
        self._message = ""
        self.session.choose_stack(choice)
        self._fill_measures()
        self._fill_masks()
        self._on_choice()

    def _on_layers(self, _layer: Any = None) -> None:  # noqa: ANN401 - a layer or None
        form, session = self.form, self.session
        session.processed = _choice(form.processed_combo.currentLayer())
        session.seasons = _choice(form.seasons_combo.currentLayer())
        mask = _choice(form.mask_combo.currentLayer())
        if mask != session.mask:
            session.mask = mask
            self._fill_masks()
        self._on_choice()

    def _on_choice(self, *_value: object) -> None:
        form, session = self.form, self.session
        session.measure_names = tuple(form.measure_combo.checkedItems())
        session.formula = form.formula_edit.text().strip()
        session.arrangement = form.arrangement_combo.currentData()
        session.mask_band = form.mask_band_combo.currentData() or ""
        session.mask_rule = form.rule_edit.text().strip()
        self.refresh()

    def _on_pick_toggled(self, is_on: bool) -> None:  # noqa: FBT001 - the signal's signature
        if is_on:
            self._canvas.setMapTool(self.tool)
        elif self._canvas.mapTool() is self.tool:
            self._canvas.unsetMapTool(self.tool)

    def _on_layers_button(self) -> None:
        if self.session.stack is not None:
            self.layers_requested.emit(self.session.stack.layer_id)

    def _on_visibility(self, is_visible: bool) -> None:  # noqa: FBT001 - the signal's signature
        self.marks.set_visible(is_visible=is_visible)
        if is_visible and self.session.stack is None and not self.session.gone:
            self.choose_stack(default_stack())

    def _on_layers_leaving(self, layer_ids: Sequence[str]) -> None:
        combos = {
            "stack": self.form.stack_combo,
            "processed": self.form.processed_combo,
            "mask": self.form.mask_combo,
            "seasons": self.form.seasons_combo,
        }
        for layer_id in layer_ids:
            used = [
                role
                for role in combos
                if getattr(self.session, role) and getattr(self.session, role).layer_id == layer_id
            ]
            self.session.forget_layer(layer_id)
            self.reading.forget(layer_id)
            for role in used:
                # Otherwise the list would go on to some other layer by itself.
                combos[role].setLayer(None)
        self.profiles.forget(layer_ids)

    def _save(self, save: Any) -> None:  # noqa: ANN401 - one of the functions of plot_files
        error = save(self.form.plot, self)
        if error:
            self._say(error)

    def _fill_measures(self) -> None:
        combo = self.form.measure_combo
        blocker = QSignalBlocker(combo)
        combo.clear()
        bands = self.session.stack.bands.bands if self.session.stack else ()
        combo.addItems([measure.name for measure in offered_measures(bands)])
        combo.setCheckedItems(list(self.session.measure_names))
        del blocker

    def _fill_masks(self) -> None:
        combo, session = self.form.mask_band_combo, self.session
        source = session.mask or session.stack
        bands: Sequence[str] = source.bands.bands if source else ()
        blocker = QSignalBlocker(combo)
        combo.clear()
        combo.addItem(self.tr("none: only nodata"), "")
        for band in bands:
            combo.addItem(band, band)
        known = next((band for band in bands if is_known_mask(band)), bands[0] if session.mask and bands else "")
        combo.setCurrentIndex(combo.findData(session.mask_band if session.mask_band in bands else known))
        session.mask_band = combo.currentData() or ""
        del blocker

    def _stack_text(self) -> str:
        stack = self.session.stack
        if stack is None or not stack.bands.dates:
            return ""
        dates = stack.bands.dates
        return self.tr("{} dates, {} to {}; bands: {}").format(len(dates), dates[0], dates[-1], len(stack.bands.bands))


def _choice(layer: Any) -> Optional[StackChoice]:  # noqa: ANN401 - a layer or None
    return StackChoice(layer.id(), layer.name(), dated_bands(layer)) if isinstance(layer, QgsRasterLayer) else None
