"""Docks, job board and options page: made together, wired together, and taken down in reverse."""

from __future__ import annotations

from typing import Any, Callable, Dict, List, Optional

from qgis.core import Qgis, QgsProject, QgsReferencedRectangle
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QObject, Qt
from qgis.PyQt.QtWidgets import QDockWidget, QPushButton

from cropsample_plugin.bridge.environment import engine_problem
from cropsample_plugin.gui.date_layers_task import DateLayers
from cropsample_plugin.gui.job_board import JobBoard
from cropsample_plugin.gui.jobs_dock import JobsDock
from cropsample_plugin.gui.label_review_dock import LabelReviewDock
from cropsample_plugin.gui.labeling.labeling_panels import LabelingPanels
from cropsample_plugin.gui.layer_facts import is_dated_stack
from cropsample_plugin.gui.map_preview import MapPreview
from cropsample_plugin.gui.options_page import PAGE_TITLE, EngineOptionsFactory
from cropsample_plugin.gui.result_layers import load_outputs
from cropsample_plugin.gui.time_series_dock import TimeSeriesDock
from cropsample_plugin.gui.train_and_map_dock import TrainAndMapDock
from cropsample_plugin.gui.train_and_map_runner import RunEnd, TrainAndMapRunner

BUILD_ALGORITHM = "cropsample:buildtimeseries"
TEMPORAL_CONTROLLER = "Temporal Controller"
_MESSAGE_S = 12


class Panels(QObject):
    """Everything the plugin shows beside its menu; created by initGui, closed by unload."""

    def __init__(self, iface: Any) -> None:  # noqa: ANN401 - QgisInterface or a stand-in
        super().__init__()
        self._iface = iface
        self._has_told_of_engine = False
        self._is_closed = False
        self._message_items: List[Any] = []
        self.board = JobBoard(parent=self)
        self.preview = MapPreview(self.board, self)
        self.runner = TrainAndMapRunner(self.board, self)
        self.options_factory = EngineOptionsFactory()
        iface.registerOptionsWidgetFactory(self.options_factory)
        window = iface.mainWindow()
        self.train_dock = TrainAndMapDock(engine_problem, window)
        self.jobs_dock = JobsDock(self.board, window)
        self.series_dock = TimeSeriesDock(iface.mapCanvas(), window)
        self.date_layers = DateLayers(iface.mapCanvas(), self)
        self.review_dock = LabelReviewDock(iface.mapCanvas(), window)
        self.labeling = LabelingPanels(iface, self.board, self.series_dock, self)
        self._docks = (self.train_dock, self.jobs_dock, self.series_dock, self.review_dock, *self.labeling.docks)
        self._add_docks()
        self._connect()

    def close(self) -> None:
        """Take everything down in reverse."""
        self._is_closed = True
        for item in self._message_items:
            # The user may have dismissed it, which deletes it.
            if not sip.isdeleted(item):
                self._iface.messageBar().popWidget(item)
        self._message_items.clear()
        self.labeling.take_down()
        self.review_dock.take_down()
        self.date_layers.shut_down()
        self.series_dock.close_panel()
        for dock in reversed(self._docks):
            self._iface.removeDockWidget(dock)
            dock.setParent(None)
            dock.deleteLater()
        self._iface.unregisterOptionsWidgetFactory(self.options_factory)
        self.runner.shut_down()
        self.preview.shut_down()
        self.board.shut_down()
        self.deleteLater()

    def show_options(self) -> None:
        """Open QGIS's options at the engine's page."""
        self._iface.showOptionsDialog(self._iface.mainWindow(), PAGE_TITLE)
        self.train_dock.refresh()

    def show_build_dialog(self) -> None:
        """Open the dialog that builds a dated stack; its result arrives as a layer."""
        self.show_dialog(BUILD_ALGORITHM, {})

    def show_dialog(self, algorithm: str, parameters: Dict[str, Any]) -> None:
        """Open the dialog of an algorithm, filled with what is known."""
        from qgis import processing

        dialog = processing.createAlgorithmDialog(algorithm, parameters)
        if dialog is not None:
            dialog.show()

    def show_dates(self) -> None:
        """Ask which dates of the current layer, or of the panel's stack, to show as layers."""
        stack = self.series_dock.form.stack_combo.currentLayer()
        current = self._iface.activeLayer()
        self.date_layers.ask(current if is_dated_stack(current) else stack or current)

    def show_jobs(self) -> None:
        """Show the Jobs panel."""
        self.jobs_dock.setUserVisible(True)

    def run(self) -> None:
        """Start what the Train and map panel holds."""
        dock = self.train_dock
        dock.read_layers()
        if not dock.session.can_run():
            return
        canvas = self._iface.mapCanvas()
        extent = QgsReferencedRectangle(canvas.extent(), canvas.mapSettings().destinationCrs())
        run_id = self.runner.start(dock.session, extent)
        dock.show_running(is_running=True)
        self.show_jobs()
        self.jobs_dock.choose(run_id)

    def load(self, run_id: str) -> None:
        """Load the outputs of a run into the project that is open now."""
        run = self.board.run(run_id)
        layers = load_outputs(run) if run else []
        if not layers:
            self._tell(self.tr("This job left no layers to load."), Qgis.MessageLevel.Warning)

    def tell_of_missing_engine(self, is_visible: bool = True) -> None:  # noqa: FBT001, FBT002 - a signal's slot
        """Say once, with a button, that the engine is missing, when a panel is first used."""
        if not is_visible or self._has_told_of_engine or not engine_problem():
            return
        self._has_told_of_engine = True
        text = self.tr("CropSample needs its engine before it can train and map.")
        self._tell(text, Qgis.MessageLevel.Info, self.tr("Set up the engine…"), self.show_options)

    def _add_docks(self) -> None:
        right, bottom = Qt.DockWidgetArea.RightDockWidgetArea, Qt.DockWidgetArea.BottomDockWidgetArea
        labeling = self.labeling
        for area, dock in (
            (right, self.train_dock),
            (bottom, self.jobs_dock),
            (bottom, self.series_dock),
            (right, self.review_dock),
            (right, labeling.dock),
            (bottom, labeling.views),
            (right, labeling.adjudication),
        ):
            self._iface.addDockWidget(area, dock)
            # At once: all of them together are wider than a small screen, and the window would grow.
            dock.hide()
        for dock in self._docks:
            # Where and whether it was open when QGIS was last closed.
            self._iface.mainWindow().restoreDockWidget(dock)

    def _connect(self) -> None:
        dock = self.train_dock
        dock.run_requested.connect(self.run)
        dock.cancel_requested.connect(self.runner.cancel)
        dock.build_requested.connect(self.show_build_dialog)
        dock.dialog_requested.connect(self.show_dialog)
        dock.engine_requested.connect(self.show_options)
        dock.jobs_requested.connect(self.show_jobs)
        self.jobs_dock.load_requested.connect(self.load)
        self.series_dock.layers_requested.connect(self._on_layers_requested)
        self.series_dock.date_chosen.connect(self.date_layers.show_date)
        self.date_layers.failed.connect(lambda text: self._tell(text, Qgis.MessageLevel.Warning))
        self.date_layers.added.connect(self._on_dates_added)
        self.runner.progressed.connect(dock.show_progress)
        # Queued, so that QGIS's own message about the task comes first and ours stays on top.
        self.runner.ended.connect(self._on_ended, Qt.ConnectionType.QueuedConnection)
        for panel in (dock, self.jobs_dock):
            panel.visibilityChanged.connect(self.tell_of_missing_engine)

    def _on_layers_requested(self, layer_id: str) -> None:
        self.date_layers.ask(QgsProject.instance().mapLayer(layer_id))

    def _on_dates_added(self, n_layers: int) -> None:
        text = self.tr("{} dates are layers now. Press play in the Temporal Controller to see them one after another.")
        controller = self._iface.mainWindow().findChild(QDockWidget, TEMPORAL_CONTROLLER)
        if controller is None:
            self._tell(text.format(n_layers), Qgis.MessageLevel.Success)
            return
        self._tell(text.format(n_layers), Qgis.MessageLevel.Success, self.tr("Open it"), controller.show)

    def _on_ended(self, end: RunEnd) -> None:
        if self._is_closed:
            return
        self.train_dock.show_running(is_running=False)
        self.jobs_dock.refresh()
        if end.error is not None:
            if not end.error.is_canceled:
                self._tell(_error_text(end), Qgis.MessageLevel.Critical, self.tr("Show job"), self._shower(end.run_id))
            return
        if end.is_same_project:
            self.load(end.run_id)
            self._tell(
                self.tr("{} is finished, its map is loaded.").format(end.title),
                Qgis.MessageLevel.Success,
                self.tr("Show job"),
                self._shower(end.run_id),
            )
            return
        self._tell(
            self.tr("{} is finished. The project it was started from has been closed.").format(end.title),
            Qgis.MessageLevel.Success,
            self.tr("Load outputs"),
            lambda: self.load(end.run_id),
        )

    def _shower(self, run_id: str) -> Callable[[], None]:
        def show() -> None:
            self.show_jobs()
            self.jobs_dock.choose(run_id)

        return show

    def _tell(
        self, text: str, level: Qgis.MessageLevel, action_text: str = "", action: Optional[Callable[[], None]] = None
    ) -> None:
        bar = self._iface.messageBar()
        item = bar.createMessage("CropSample", text)
        if action is not None:
            button = QPushButton(action_text)
            button.clicked.connect(lambda: (bar.popWidget(item), action()))
            item.layout().addWidget(button)
        # A message with a choice stays until it is made or dismissed.
        bar.pushWidget(item, level, 0 if action is not None else _MESSAGE_S)
        self._message_items.append(item)


def _error_text(end: RunEnd) -> str:
    return f"{end.title}: {end.error}"
