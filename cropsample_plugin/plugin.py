"""The plugin object: creates everything in initGui and destroys it in reverse in unload."""

from __future__ import annotations

from typing import Any, Callable, List, Optional

from qgis.core import QgsMapLayerType, QgsSettings
from qgis.PyQt.QtCore import QCoreApplication, QTranslator
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import QAction, QToolBar

from cropsample_plugin.about import installation_path
from cropsample_plugin.algorithms.provider import CropSampleProvider, register_provider, unregister_provider
from cropsample_plugin.bridge.message_log import attach_message_log

MENU = "&CropSample"


class CropSamplePlugin:
    """What QGIS holds of CropSample while it is enabled."""

    def __init__(self, iface: Any) -> None:  # noqa: ANN401 - None under qgis_process
        self._iface = iface
        self._provider: Optional[CropSampleProvider] = None
        self._translator: Optional[QTranslator] = None
        self._detach_log: Optional[Callable[[], None]] = None
        self._panels: Any = None
        self._actions: List[QAction] = []
        self._toolbar: Optional[QToolBar] = None

    def initProcessing(self) -> None:
        """Add the Processing provider; also called on its own by qgis_process."""
        self._provider = register_provider()

    def initGui(self) -> None:
        """Create provider, actions, panels and options page."""
        from cropsample_plugin.gui.panels import Panels

        self._install_translator()
        self._detach_log = attach_message_log()
        self.initProcessing()
        self._panels = Panels(self._iface)
        self._create_actions()

    def unload(self) -> None:
        """Destroy what initGui created, in reverse."""
        self._remove_actions()
        if self._panels is not None:
            self._panels.close()
            self._panels = None
        if self._provider is not None:
            unregister_provider(self._provider)
            self._provider = None
        if self._detach_log is not None:
            self._detach_log()
            self._detach_log = None
        if self._translator is not None:
            QCoreApplication.removeTranslator(self._translator)
            self._translator = None

    def _install_translator(self) -> None:
        locale = str(QgsSettings().value("locale/userLocale", "en") or "en")
        for name in (locale, locale.split("_", maxsplit=1)[0]):
            path = installation_path("i18n") / f"cropsample_{name}.qm"
            translator = QTranslator()
            if path.is_file() and translator.load(str(path)):
                QCoreApplication.installTranslator(translator)
                self._translator = translator
                return

    def _create_actions(self) -> None:
        window = self._iface.mainWindow()
        self._toolbar = self._iface.addToolBar("CropSample")
        self._toolbar.setObjectName("cropsample_toolbar")
        panels = self._panels
        for text, icon_name, dock in (
            (tr("&Train and map"), "train_and_map.svg", panels.train_dock),
            (tr("&Jobs"), "jobs.svg", panels.jobs_dock),
            (tr("Time &series"), "time_series.svg", panels.series_dock),
            (tr("&Labeling"), "labeling.svg", panels.labeling.dock),
            (tr("Linked &views"), "linked_views.svg", panels.labeling.views),
            (tr("&Adjudicate"), "adjudicate.svg", panels.labeling.adjudication),
            (tr("Label &review"), "label_review.svg", panels.review_dock),
        ):
            action = QAction(_icon(icon_name), text, window)
            action.setObjectName(f"{dock.objectName()}_action")
            dock.setToggleVisibilityAction(action)
            self._add_action(action)
            self._toolbar.addAction(action)
        dates = QAction(_icon("date_layers.svg"), tr("Show &dates as layers…"), window)
        dates.setObjectName("cropsample_date_layers_action")
        dates.triggered.connect(panels.show_dates)
        self._add_action(dates)
        # In the context menu of each raster in the list of layers, too.
        self._iface.addCustomActionForLayerType(dates, "", QgsMapLayerType.RasterLayer, True)  # noqa: FBT003 - QGIS's way
        options = QAction(_icon("options.svg"), tr("&Options and engine…"), window)
        options.setObjectName("cropsample_options_action")
        options.triggered.connect(panels.show_options)
        self._add_action(options)

    def _add_action(self, action: QAction) -> None:
        self._iface.addPluginToMenu(MENU, action)
        self._actions.append(action)

    def _remove_actions(self) -> None:
        for action in reversed(self._actions):
            self._iface.removeCustomActionForLayerType(action)
            self._iface.removePluginMenu(MENU, action)
            action.deleteLater()
        self._actions.clear()
        if self._toolbar is not None:
            self._toolbar.setParent(None)
            self._toolbar.deleteLater()
            self._toolbar = None


def tr(text: str) -> str:
    """Translate in the plugin's context."""
    return QCoreApplication.translate("CropSamplePlugin", text)


def _icon(name: str) -> QIcon:
    return QIcon(str(installation_path("resources") / "icons" / name))
