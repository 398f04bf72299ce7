"""The buttons of the polygon tools: names, icons, keys, and the menu of their options."""

from __future__ import annotations

from typing import Callable, Dict, List, Optional, Tuple

from qgis.gui import QgsGui
from qgis.PyQt.QtCore import QCoreApplication, QObject, pyqtSignal
from qgis.PyQt.QtGui import QKeySequence
from qgis.PyQt.QtWidgets import QAction, QMenu

from cropsample_plugin.gui.icons import icon
from cropsample_plugin.gui.labeling.polygon_layers import PolygonLayers
from cropsample_plugin.gui.labeling.polygon_options import PolygonOptions, save_options
from cropsample_plugin.gui.labeling.polygon_states import Mode


class PolygonActions(QObject):
    """Actions of the polygon tools.

    Attributes:
        mode_chosen: a `Mode`, or None when its button was released.
        grow_wanted: by how many steps the current sample is to grow; negative to shrink.
        removal_wanted: the current sample is to be taken out.
        options_changed: an option was changed, and saved.
    """

    mode_chosen = pyqtSignal(object)
    grow_wanted = pyqtSignal(int)
    removal_wanted = pyqtSignal()
    options_changed = pyqtSignal()

    def __init__(self, options: PolygonOptions, layers: PolygonLayers, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self._options = options
        self._layers = layers
        self.by_mode: Dict[Mode, QAction] = {}
        self._registered: List[QAction] = []
        for mode, (text, key, hint) in _modes().items():
            action = self._action(f"polygon_{mode.value}", text, key, hint)
            action.setCheckable(True)
            action.toggled.connect(lambda is_on, mode=mode: self._toggled(mode, is_on=is_on))
            self.by_mode[mode] = action
        hint = _tr("One pixel of the stack, or one metre, as the options say.")
        self.grow = self._action("polygon_grow", _tr("Grow by one pixel"), "Alt+Shift+Up", hint)
        self.shrink = self._action("polygon_shrink", _tr("Shrink by one pixel"), "Alt+Shift+Down", hint)
        self.remove = self._action(
            "polygon_remove", _tr("Remove sample"), "Alt+Shift+Delete", _tr("Take the current sample out.")
        )
        self.grow.triggered.connect(lambda: self.grow_wanted.emit(1))
        self.shrink.triggered.connect(lambda: self.grow_wanted.emit(-1))
        self.remove.triggered.connect(self.removal_wanted)
        self.options = self._options_action()
        self.set_enabled(is_enabled=False)

    def all(self) -> List[QAction]:
        """Return every action in the order of the toolbar."""
        return [*self.by_mode.values(), self.grow, self.shrink, self.remove, self.options]

    def set_enabled(self, *, is_enabled: bool) -> None:
        """Make them usable, or not."""
        for action in self.all():
            action.setEnabled(is_enabled)

    def check(self, mode: Optional[Mode]) -> None:
        """Show which tool is in use, without telling anyone."""
        for other, action in self.by_mode.items():
            action.blockSignals(True)  # noqa: FBT003 - Qt takes it by position
            action.setChecked(other is mode)
            action.blockSignals(False)  # noqa: FBT003

    def take_down(self) -> None:
        """Give the keys back."""
        for action in self._registered:
            QgsGui.shortcutsManager().unregisterAction(action)
        self._registered.clear()

    def _action(self, name: str, text: str, key: str, hint: str) -> QAction:
        action = QAction(icon(f"{name}.svg"), text, self)
        action.setObjectName(f"cropsample_{name}")
        # QGIS lists the action among its keyboard shortcuts, where the user can change it.
        if QgsGui.shortcutsManager().registerAction(action, key):
            self._registered.append(action)
        else:
            action.setShortcut(QKeySequence(key))
        shown = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        action.setToolTip(f"<b>{text}</b> ({shown})<br>{hint}" if shown else f"<b>{text}</b><br>{hint}")
        action.setStatusTip(hint)
        return action

    def _toggled(self, mode: Mode, *, is_on: bool) -> None:
        if is_on:
            self.check(mode)
        self.mode_chosen.emit(mode if is_on else None)

    def _options_action(self) -> QAction:
        action = QAction(icon("options.svg"), _tr("Options of the polygon tools"), self)
        action.setObjectName("cropsample_polygon_options")
        self._menu = QMenu()
        for name, text in _option_texts().items():
            item = self._menu.addAction(text)
            item.setObjectName(f"cropsample_polygon_{name}")
            item.setCheckable(True)
            item.setChecked(getattr(self._options, name))
            item.toggled.connect(lambda is_on, name=name: self._set_option(name, is_on=is_on))
        self._menu.addSeparator()
        self._objects_menu = self._menu.addMenu(_tr("Pick objects from"))
        self._objects_menu.aboutToShow.connect(self._list_layers)
        action.setMenu(self._menu)
        return action

    def _set_option(self, name: str, *, is_on: bool) -> None:
        setattr(self._options, name, is_on)
        save_options(self._options)
        self.options_changed.emit()

    def _list_layers(self) -> None:
        self._objects_menu.clear()
        chosen = self._layers.objects
        for layer in self._layers.choices():
            item = self._objects_menu.addAction(layer.name())
            item.setCheckable(True)
            item.setChecked(chosen is not None and chosen.id() == layer.id())
            item.triggered.connect(_choose(self._layers, layer.id()))
        if not self._objects_menu.actions():
            self._objects_menu.addAction(_tr("The project has no polygon layer")).setEnabled(False)


def _choose(layers: PolygonLayers, layer_id: str) -> Callable[[], None]:
    """Return what takes a layer, if it is still there."""

    def choose() -> None:
        for layer in layers.choices():
            if layer.id() == layer_id:
                layers.choose_objects(layer)

    return choose


def _modes() -> Dict[Mode, Tuple[str, str, str]]:
    """Return name, key and hint of each tool."""
    return {
        Mode.DRAW: (
            _tr("Draw polygon"),
            "Alt+Shift+D",
            _tr("Click the corners; right click, double click or Enter finishes, Backspace takes one back."),
        ),
        Mode.CIRCLE: (_tr("Draw circle"), "Alt+Shift+C", _tr("Click or drag from the center to the border.")),
        Mode.RECTANGLE: (_tr("Draw rectangle"), "Alt+Shift+R", _tr("Click or drag from corner to corner.")),
        Mode.ROTATED_RECTANGLE: (
            _tr("Draw rotated rectangle"),
            "Alt+Shift+T",
            _tr("Click both ends of one side, then the opposite side."),
        ),
        Mode.PICK: (
            _tr("Pick object"),
            "Alt+Shift+P",
            _tr("Click an object of the segmentation; with Shift several, that become one sample."),
        ),
        Mode.RESIZE: (
            _tr("Grow or shrink"),
            "Alt+Shift+G",
            _tr("Drag away from the sample to grow it, into it to shrink it."),
        ),
        Mode.VERTEX: (
            _tr("Move vertices"),
            "Alt+Shift+V",
            _tr("Drag a corner, or the border to add one; click a corner and press Backspace to take it out."),
        ),
        Mode.RESHAPE: (
            _tr("Reshape"),
            "Alt+Shift+E",
            _tr("Draw a line that crosses the border twice; the border follows it. Right click finishes."),
        ),
        Mode.CUT: (
            _tr("Cut"),
            "Alt+Shift+X",
            _tr("Draw a line through a sample; both parts keep its label. Right click finishes."),
        ),
        Mode.MERGE: (_tr("Merge"), "Alt+Shift+M", _tr("Click the samples to make one of; right click finishes.")),
    }


def _option_texts() -> Dict[str, str]:
    return {
        "is_snapping_to_pixels": _tr("Put corners on the stack's pixel grid"),
        "is_snapping_to_samples": _tr("Snap to other samples"),
        "is_sizing_in_pixels": _tr("Grow and shrink by pixels (else by metres)"),
        "is_repeating_class": _tr("Give what is drawn the class given last"),
        "is_showing_pixels": _tr("Show the pixels of the sample"),
    }


def _tr(text: str) -> str:
    return QCoreApplication.translate("PolygonActions", text)
