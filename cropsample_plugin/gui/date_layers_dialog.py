"""The dialog that asks what the dates of a stack shall be shown as, and which dates."""

from __future__ import annotations

from datetime import date
from enum import Enum
from typing import List, Optional, Sequence, Tuple

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from cropsample_plugin.bridge.date_layers import Composition, channels_of, complete_dates, one_a_month
from cropsample_plugin.bridge.dated_bands import DatedBands
from cropsample_plugin.gui.appearance import hint_label

_MANY_DATES = 40


class DateChoice(Enum):
    """Which dates become layers."""

    ALL = "all"
    MONTHLY = "monthly"
    CHOSEN = "chosen"


class DateLayersDialog(QDialog):
    """Asks for composition and dates; `channels` and `dates` say what was chosen."""

    def __init__(self, name: str, bands: DatedBands, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setObjectName("date_layers_dialog")
        self.setWindowTitle(self.tr("Show dates as layers"))
        self._bands = bands
        self.composition_combo = QComboBox()
        self.composition_combo.setObjectName("composition_combo")
        self.band_combo = QComboBox()
        self.band_combo.setObjectName("band_combo")
        self.band_combo.addItems(list(bands.bands))
        self.dates_combo = QComboBox()
        self.dates_combo.setObjectName("dates_combo")
        self.dates_list = QListWidget()
        self.dates_list.setObjectName("dates_list")
        self.hint = hint_label("date_layers_hint")
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self._fill()
        self._lay_out(name)
        self._connect()
        self._refresh()

    @property
    def channels(self) -> Tuple[str, ...]:
        """Return the bands to show: one, or red, green and blue."""
        return channels_of(self.composition_combo.currentData(), self._bands.bands, self.band_combo.currentText())

    @property
    def dates(self) -> Tuple[date, ...]:
        """Return the dates to choose from, all of them unless single ones were chosen."""
        dates = complete_dates(self._bands, self.channels)
        if self.dates_combo.currentData() is DateChoice.CHOSEN:
            checked = set(self._checked())
            return tuple(day for day in dates if day in checked)
        return dates

    @property
    def is_monthly(self) -> bool:
        """Return whether only one date of each month is wanted."""
        return self.dates_combo.currentData() is DateChoice.MONTHLY

    def title(self, name: str) -> str:
        """Return what the group of the layers is called."""
        return f"{name}: {self.band_combo.currentText() if self._is_band() else self.composition_combo.currentText()}"

    def _fill(self) -> None:
        texts = {
            Composition.TRUE_COLOR: self.tr("true colour"),
            Composition.FALSE_COLOR: self.tr("false colour: near infrared, red, green"),
        }
        for composition, text in texts.items():
            if channels_of(composition, self._bands.bands):
                self.composition_combo.addItem(text, composition)
        self.composition_combo.addItem(self.tr("one band or index of the stack"), Composition.BAND)
        texts_of_dates = {
            DateChoice.ALL: self.tr("all"),
            DateChoice.MONTHLY: self.tr("one a month: the one with most data"),
            DateChoice.CHOSEN: self.tr("those chosen below"),
        }
        for choice, text in texts_of_dates.items():
            self.dates_combo.addItem(text, choice)
        if len(self._bands.dates) > _MANY_DATES:
            self.dates_combo.setCurrentIndex(self.dates_combo.findData(DateChoice.MONTHLY))
        monthly = set(one_a_month(self._bands.dates))
        for day in self._bands.dates:
            item = QListWidgetItem(day.isoformat())
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if day in monthly else Qt.CheckState.Unchecked)
            self.dates_list.addItem(item)

    def _lay_out(self, name: str) -> None:
        form = QFormLayout()
        form.addRow(self.tr("Stack"), hint_label("stack_name", name))
        form.addRow(self.tr("Show &as"), self.composition_combo)
        form.addRow(self.tr("&Band"), self.band_combo)
        form.addRow(self.tr("&Dates"), self.dates_combo)
        layout = QVBoxLayout(self)
        layout.addLayout(form)
        layout.addWidget(self.dates_list)
        layout.addWidget(self.hint)
        layout.addWidget(self.buttons)

    def _connect(self) -> None:
        for combo in (self.composition_combo, self.band_combo, self.dates_combo):
            combo.currentIndexChanged.connect(self._refresh)
        self.dates_list.itemChanged.connect(self._refresh)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)

    def _refresh(self, *_value: object) -> None:
        self.band_combo.setEnabled(self._is_band())
        self.dates_list.setVisible(self.dates_combo.currentData() is DateChoice.CHOSEN)
        dates = one_a_month(self.dates) if self.is_monthly else self.dates
        lines: List[str] = []
        if not channels_of(Composition.TRUE_COLOR, self._bands.bands):
            lines.append(self.tr("No band is known to be red, green and blue: colours cannot be shown."))
        lines.append(_count_text(self, dates))
        self.hint.setText("\n".join(lines))
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setEnabled(bool(dates))

    def _is_band(self) -> bool:
        return self.composition_combo.currentData() is Composition.BAND

    def _checked(self) -> Sequence[date]:
        items = [self.dates_list.item(row) for row in range(self.dates_list.count())]
        return [date.fromisoformat(item.text()) for item in items if item.checkState() == Qt.CheckState.Checked]


def _count_text(dialog: QDialog, dates: Sequence[date]) -> str:
    if not dates:
        return dialog.tr("No date: choose some.")
    text = dialog.tr("{} layers of the same file, {} to {}, with one common contrast.")
    return text.format(len(dates), dates[0], dates[-1])
