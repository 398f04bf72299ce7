"""Everything of labeling sessions: made together, wired together, and taken down in reverse."""

from __future__ import annotations

from typing import Any, Callable, Tuple, Type

from qgis.gui import QgsDockWidget, QgsMapCanvas
from qgis.PyQt.QtCore import QObject
from qgis.PyQt.QtWidgets import QDialog

from cropsample_plugin.gui.job_board import JobBoard
from cropsample_plugin.gui.labeling.adjudicate_dock import AdjudicateDock
from cropsample_plugin.gui.labeling.export_dialog import ExportDialog
from cropsample_plugin.gui.labeling.import_dialog import ImportDialog
from cropsample_plugin.gui.labeling.labeling_controller import LabelingController
from cropsample_plugin.gui.labeling.labeling_dock import LabelingDock
from cropsample_plugin.gui.labeling.linked_views import LinkedViews
from cropsample_plugin.gui.labeling.polygon_tools import PolygonTools
from cropsample_plugin.gui.labeling.retrain_and_propose import RetrainAndPropose
from cropsample_plugin.gui.labeling.sample_series import SampleSeries
from cropsample_plugin.gui.time_series_dock import TimeSeriesDock


class LabelingPanels(QObject):
    """The Labeling panel and what works beside it: views, tools, series, proposals, import and export.

    Attributes:
        controller: holds the open session.
        docks: the panels, for QGIS's window.
    """

    def __init__(self, iface: Any, board: JobBoard, series_dock: TimeSeriesDock, parent: QObject) -> None:  # noqa: ANN401 - QgisInterface or a stand-in
        super().__init__(parent)
        self._iface = iface
        self._is_tabbed = False
        window = iface.mainWindow()
        self.controller = LabelingController(self)
        self.dock = LabelingDock(self.controller, iface, window)
        self.views = LinkedViews(self.controller, iface, window)
        self.tools = PolygonTools(self.controller, iface.mapCanvas(), self)
        self.series = SampleSeries(self.controller, series_dock, self)
        self.proposals = RetrainAndPropose(self.controller, iface, board, self)
        self.adjudication = AdjudicateDock(self.controller, iface, window)
        self.docks: Tuple[QgsDockWidget, ...] = (self.dock, self.views, self.adjudication)
        self._connect()

    def take_down(self) -> None:
        """Let go of the session and of the maps, in reverse."""
        self.adjudication.take_down()
        self.proposals.take_down()
        self.series.take_down()
        self.tools.take_down()
        self.views.take_down()
        self.dock.take_down()

    def _connect(self) -> None:
        self.tools.told.connect(self.dock.view.tell)
        self.views.canvas_added.connect(self._on_canvas_added)
        self.views.canvas_leaving.connect(self._on_canvas_leaving)
        for panel in (self.views, self.adjudication):
            panel.visibilityChanged.connect(self.dock.show_place)
        self.adjudication.visibilityChanged.connect(self._share_place)
        self.dock.centered.connect(self.views.center)
        # The views outline the sample on QGIS's own map as well, and lead it along.
        self.dock.shows_place = lambda: (
            not self.views.is_shown and (self.dock.isVisible() or self.adjudication.isVisible())
        )
        self.dock.add_actions(self.tools.actions())
        self.dock.add_actions(self.proposals.actions())
        menu = self.dock.menu
        menu.add(self.tr("Linked views"), lambda: self.views.setUserVisible(True))
        menu.add(self.tr("Adjudicate"), lambda: self.adjudication.setUserVisible(True))
        menu.add(self.tr("Import labels…"), self._shower(ImportDialog), needs_session=False)
        menu.add(self.tr("Save labels as…"), self._shower(ExportDialog))

    def _share_place(self, is_visible: bool) -> None:  # noqa: FBT001 - the signal's signature
        """Put both panels into one place with tabs, once: who settles is not labeling, and each has all the height."""
        window = self._iface.mainWindow()
        areas = {window.dockWidgetArea(panel) for panel in (self.dock, self.adjudication)}
        if is_visible and not self._is_tabbed and self.dock.isVisible() and len(areas) == 1:
            self._is_tabbed = True
            window.tabifyDockWidget(self.dock, self.adjudication)
            self.adjudication.raise_()

    def _on_canvas_added(self, canvas: QgsMapCanvas) -> None:
        self.tools.add_canvas(canvas)
        self.dock.key_filter.watch(canvas)

    def _on_canvas_leaving(self, canvas: QgsMapCanvas) -> None:
        self.dock.key_filter.release(canvas)
        self.tools.remove_canvas(canvas)

    def _shower(self, kind: Type[QDialog]) -> Callable[[], None]:
        def show() -> None:
            dialog = kind(self.controller, self._iface, self._iface.mainWindow())
            dialog.exec()
            if hasattr(dialog, "take_down"):
                dialog.take_down()
            dialog.deleteLater()

        return show
