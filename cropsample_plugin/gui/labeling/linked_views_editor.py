"""The form that edits one of the linked views: title, layers, or a date of a stack with its bands."""

from __future__ import annotations

from dataclasses import replace
from enum import Enum
from typing import Dict, List, Optional, Sequence, Tuple

from qgis.core import QgsMapLayer, QgsProject, QgsRasterLayer
from qgis.PyQt.QtCore import QSignalBlocker, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from cropsample_plugin.bridge.dated_bands import DatedBands, dated_bands
from cropsample_plugin.bridge.labeling.dated_imagery import NDVI, DateView, Preset, preset_bands
from cropsample_plugin.bridge.labeling.layer_references import find_in_project, reference_to
from cropsample_plugin.bridge.labeling.session_file import LayerReference, ViewSettings
from cropsample_plugin.gui.appearance import hint_label

_REFERENCE = Qt.ItemDataRole.UserRole


class ViewKind(Enum):
    """What a view shows."""

    MAP = "map"
    LAYERS = "layers"
    DATE = "date"


class ViewEditor(QWidget):
    """Edits a view.

    Attributes:
        edited: the view was changed by the user.
    """

    edited = pyqtSignal()

    def __init__(
        self, stacks: Sequence[Tuple[LayerReference, QgsRasterLayer]], session_path: str, parent: Optional[QWidget]
    ) -> None:
        """Offer the dated stacks given, and all layers of the project.

        Args:
            stacks: dated stacks to choose from, and how the session file names them.
            session_path: of the session file.
            parent: owner.
        """
        super().__init__(parent)
        self._stacks: Dict[LayerReference, Tuple[str, DatedBands]] = {
            reference: (layer.source(), dated_bands(layer)) for reference, layer in stacks
        }
        self._session_path = session_path
        self._shown = ViewSettings("")
        self.title_edit = QLineEdit()
        self.title_edit.setObjectName("view_title_edit")
        self.kind_combo = _combo("view_kind_combo")
        self.layers_list = QListWidget()
        self.layers_list.setObjectName("view_layers_list")
        self.layers_list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.stack_combo = _combo("view_stack_combo")
        self.preset_combo = _combo("view_preset_combo")
        self.band_combos = [_combo(f"view_band_combo_{number}") for number in (1, 2, 3)]
        self.date_combo = _combo("view_date_combo")
        self._pages = QStackedWidget()
        self._fill_choices()
        self._lay_out()
        self._connect()

    def show_view(self, view: ViewSettings) -> None:
        """Put a view into the form."""
        blockers = [QSignalBlocker(widget) for widget in self._inputs()]
        self.title_edit.setText(view.title)
        self._shown = view
        is_dated = bool(view.layers) and bool(view.date or view.bands)
        if is_dated:
            self._offer_stack_of(view)
        kind = ViewKind.DATE if is_dated else ViewKind.LAYERS if view.layers else ViewKind.MAP
        self.kind_combo.setCurrentIndex(self.kind_combo.findData(kind))
        self._fill_layers(() if is_dated else view.layers)
        if is_dated:
            self.stack_combo.setCurrentIndex(self._place_of_stack(view.layers[0]))
        self._fill_bands(view.bands)
        self._fill_dates(view.date)
        del blockers
        self._show_page()

    def view(self) -> ViewSettings:
        """Return the view as it is in the form."""
        title, kind = self.title_edit.text().strip(), self.kind_combo.currentData()
        if kind is ViewKind.LAYERS:
            return ViewSettings(title, tuple(self._checked_layers()))
        reference = self.stack_combo.currentData()
        if kind is ViewKind.MAP or reference is None:
            return ViewSettings(title)
        if reference in self._shown.layers and not self._stack_bands().dates:
            # A stack that cannot be opened now may be there tomorrow.
            return replace(self._shown, title=title)
        return ViewSettings(title, (reference,), self.date_combo.currentText(), self._bands())

    def _fill_choices(self) -> None:
        kinds = {
            ViewKind.MAP: self.tr("what the map shows"),
            ViewKind.LAYERS: self.tr("layers"),
            ViewKind.DATE: self.tr("one date of a stack"),
        }
        for kind, text in kinds.items():
            if kind is not ViewKind.DATE or self._stacks:
                self.kind_combo.addItem(text, kind)
        for reference in self._stacks:
            self.stack_combo.addItem(reference.name, reference)

    def _offer_stack_of(self, view: ViewSettings) -> None:
        """Keep a stack that cannot be opened among those to choose from."""
        if self._place_of_stack(view.layers[0]) < 0:
            self._stacks[view.layers[0]] = ("", DatedBands())
            self.stack_combo.addItem(view.layers[0].name, view.layers[0])
        if self.kind_combo.findData(ViewKind.DATE) < 0:
            self.kind_combo.addItem(self.tr("one date of a stack"), ViewKind.DATE)

    def _lay_out(self) -> None:
        layers_page, date_page = QWidget(), QWidget()
        layout = QVBoxLayout(layers_page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.layers_list)
        layout.addWidget(hint_label("view_layers_hint", self.tr("Drag to change which lies on top.")))
        form = QFormLayout(date_page)
        form.setContentsMargins(0, 0, 0, 0)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.addRow(self.tr("Stack"), self.stack_combo)
        form.addRow(self.tr("Date"), self.date_combo)
        form.addRow(self.tr("Show as"), self.preset_combo)
        self._band_labels = [QLabel(text) for text in (self.tr("Red"), self.tr("Green"), self.tr("Blue"))]
        for label, combo in zip(self._band_labels, self.band_combos):
            form.addRow(label, combo)
        map_page = hint_label("view_map_hint", self.tr("The layers that are on in the main map."))
        for page in (map_page, layers_page, date_page):
            self._pages.addWidget(page)
        top = QFormLayout()
        top.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        top.addRow(self.tr("Title"), self.title_edit)
        top.addRow(self.tr("Shows"), self.kind_combo)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addLayout(top)
        whole.addWidget(self._pages, 1)

    def _connect(self) -> None:
        self.title_edit.textEdited.connect(lambda _text: self.edited.emit())
        self.layers_list.itemChanged.connect(lambda _item: self.edited.emit())
        self.layers_list.model().rowsMoved.connect(lambda *_rows: self.edited.emit())
        self.kind_combo.currentIndexChanged.connect(self._on_choice)
        self.stack_combo.currentIndexChanged.connect(self._on_stack)
        self.preset_combo.currentIndexChanged.connect(self._on_preset)
        for combo in (self.date_combo, *self.band_combos):
            combo.currentIndexChanged.connect(lambda _index: self.edited.emit())

    def _inputs(self) -> List[QWidget]:
        combos = (self.kind_combo, self.stack_combo, self.preset_combo, self.date_combo, *self.band_combos)
        return [self.title_edit, self.layers_list, *combos]

    def _on_choice(self, _index: int) -> None:
        self._show_page()
        self.edited.emit()

    def _on_stack(self, _index: int) -> None:
        blockers = [QSignalBlocker(widget) for widget in self._inputs()]
        self._fill_bands(())
        self._fill_dates(self.date_combo.currentText())
        del blockers
        self._show_page()
        self.edited.emit()

    def _on_preset(self, _index: int) -> None:
        preset = self.preset_combo.currentData()
        blockers = [QSignalBlocker(widget) for widget in self._inputs()]
        if isinstance(preset, Preset):
            self._show_bands(preset_bands(preset, self._stack_bands().bands))
        self._fill_dates(self.date_combo.currentText())
        del blockers
        self._show_page()
        self.edited.emit()

    def _show_page(self) -> None:
        self._pages.setCurrentIndex(list(ViewKind).index(self.kind_combo.currentData()))
        shown = self.preset_combo.currentData()
        for place, combo in enumerate(self.band_combos):
            combo.setEnabled(not isinstance(shown, Preset) and place < (shown or 0))
            combo.setVisible(place < (len(self._bands()) if isinstance(shown, Preset) else shown or 0))
            self._band_labels[place].setVisible(not combo.isHidden())

    def _stack_bands(self) -> DatedBands:
        found = self._stacks.get(self.stack_combo.currentData())
        return found[1] if found else DatedBands()

    def _place_of_stack(self, reference: LayerReference) -> int:
        same = [item for item in self._stacks if (item.provider, item.source) == (reference.provider, reference.source)]
        return list(self._stacks).index(same[0]) if same else -1

    def _fill_bands(self, wanted: Sequence[str]) -> None:
        bands = self._stack_bands().bands
        texts = {
            Preset.TRUE_COLOR: self.tr("true colour"),
            Preset.FALSE_COLOR: self.tr("false colour: near infrared, red, green"),
            Preset.NDVI: self.tr("NDVI"),
        }
        self.preset_combo.clear()
        for preset, text in texts.items():
            if preset_bands(preset, bands):
                self.preset_combo.addItem(text, preset)
        self.preset_combo.addItem(self.tr("three bands"), 3)
        self.preset_combo.addItem(self.tr("one band"), 1)
        for combo in self.band_combos:
            combo.clear()
            combo.addItems(list(bands) if NDVI in bands else [*bands, NDVI])
        known = [preset for preset in texts if wanted and preset_bands(preset, bands) == tuple(wanted)]
        if known:
            self.preset_combo.setCurrentIndex(self.preset_combo.findData(known[0]))
        elif wanted:
            self.preset_combo.setCurrentIndex(self.preset_combo.findData(len(wanted)))
        preset = self.preset_combo.currentData()
        offered = preset_bands(preset, bands) if isinstance(preset, Preset) else tuple(bands[:preset])
        self._show_bands(tuple(wanted) or offered)

    def _show_bands(self, shown: Sequence[str]) -> None:
        for combo, name in zip(self.band_combos, shown):
            combo.setCurrentIndex(combo.findText(name))

    def _bands(self) -> Tuple[str, ...]:
        shown = self.preset_combo.currentData()
        if isinstance(shown, Preset):
            return preset_bands(shown, self._stack_bands().bands)
        return tuple(combo.currentText() for combo in self.band_combos[:shown])

    def _fill_dates(self, wanted: str) -> None:
        source, bands = self._stacks.get(self.stack_combo.currentData(), ("", DatedBands()))
        dates = [day.isoformat() for day in DateView(source, bands, self._bands()).dates]
        self.date_combo.clear()
        self.date_combo.addItems(dates)
        nearest = min(dates, key=lambda day: abs(dates.index(day) - len(dates) // 2), default="")
        self.date_combo.setCurrentText(wanted if wanted in dates else nearest)

    def _fill_layers(self, chosen: Sequence[LayerReference]) -> None:
        self.layers_list.clear()
        for reference in chosen:
            self._add_layer(reference, is_checked=True)
        used = {layer.id() for layer in (find_in_project(item, self._session_path) for item in chosen) if layer}
        root = QgsProject.instance().layerTreeRoot()
        for layer in root.layerOrder():
            if layer.id() not in used and layer.isSpatial():
                self._add_layer(reference_to(layer, self._session_path), is_checked=False)

    def _add_layer(self, reference: LayerReference, *, is_checked: bool) -> None:
        item = QListWidgetItem(reference.name)
        item.setToolTip(reference.source)
        item.setData(_REFERENCE, reference)
        item.setFlags((item.flags() | Qt.ItemFlag.ItemIsUserCheckable) & ~Qt.ItemFlag.ItemIsDropEnabled)
        item.setCheckState(Qt.CheckState.Checked if is_checked else Qt.CheckState.Unchecked)
        self.layers_list.addItem(item)

    def _checked_layers(self) -> List[LayerReference]:
        items = [self.layers_list.item(row) for row in range(self.layers_list.count())]
        return [item.data(_REFERENCE) for item in items if item.checkState() == Qt.CheckState.Checked]


def stack_choices(
    known: Sequence[Tuple[LayerReference, QgsMapLayer]], session_path: str
) -> List[Tuple[LayerReference, QgsRasterLayer]]:
    """Return the dated stacks of a session and of the project, each once."""
    found: Dict[Tuple[str, str], Tuple[LayerReference, QgsRasterLayer]] = {}
    projects = [(reference_to(layer, session_path), layer) for layer in QgsProject.instance().mapLayers().values()]
    for reference, layer in [*known, *projects]:
        if isinstance(layer, QgsRasterLayer) and dated_bands(layer).dates:
            found.setdefault((reference.provider, reference.source), (reference, layer))
    return list(found.values())


def _combo(name: str) -> QComboBox:
    combo = QComboBox()
    combo.setObjectName(name)
    combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    combo.setMinimumContentsLength(8)
    return combo
