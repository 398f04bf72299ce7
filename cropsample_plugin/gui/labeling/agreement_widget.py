"""A small table that shows, while labels come in, how far the labelers of a session agree."""

from __future__ import annotations

import math
from typing import Optional, Tuple

from qgis.PyQt.QtCore import Qt, QTimer
from qgis.PyQt.QtGui import QFontMetricsF, QShowEvent
from qgis.PyQt.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from cropsample_plugin.bridge.labeling.agreement import Agreement, LabelTable
from cropsample_plugin.gui.appearance import hint_label
from cropsample_plugin.gui.labeling.labeling_controller import LabelingController

# Labels come fast; the table follows when there is a pause.
_PAUSE_MS = 300
_LINES_SHOWN = 7


class AgreementWidget(QWidget):
    """Shows agreement of the open session; of a blind one to adjudicators only."""

    def __init__(self, controller: LabelingController, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setObjectName("labeling_agreement")
        self._controller = controller
        self._table = LabelTable()
        self._shown: Optional[Agreement] = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self.summary_label = hint_label("labeling_agreement_summary")
        layout.addWidget(self.summary_label)
        self.tree = self._make_tree()
        layout.addWidget(self.tree)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE_MS)
        self._timer.timeout.connect(self.show_agreement)
        controller.opened.connect(self._start_anew)
        controller.closed.connect(self._start_anew)
        controller.labels_changed.connect(self._timer.start)
        self._start_anew()

    def take_down(self) -> None:
        """Stop following the session."""
        self._timer.stop()
        self._controller.opened.disconnect(self._start_anew)
        self._controller.closed.disconnect(self._start_anew)
        self._controller.labels_changed.disconnect(self._timer.start)

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what was done while it was hidden."""
        super().showEvent(event)
        self.show_agreement()

    def show_agreement(self) -> None:
        """Show what stands now, when anybody can see it."""
        session = self._controller.session
        if session is None or not self.isVisible():
            return
        if not session.sees_all:
            self._show_nothing(self.tr("This session is blind: only its adjudicators see how far labelers agree."))
            return
        if self._table.follow(session.history) or self._shown is None:
            self._show(self._table.agreement())

    def _start_anew(self) -> None:
        self._table = LabelTable()
        self._shown = None
        self._show_nothing(self.tr("No session is open.") if self._controller.session is None else "")
        self.show_agreement()

    def _show_nothing(self, text: str) -> None:
        self.summary_label.setText(text)
        self.tree.clear()
        self.tree.hide()

    def _show(self, agreement: Agreement) -> None:
        self._shown = agreement
        if not agreement.n_several:
            self._show_nothing(self.tr("No sample has labels of two labelers yet."))
            return
        self.summary_label.setText(
            self.tr("{} samples with several labels, {} of them unanimous · Fleiss' kappa {}").format(
                agreement.n_several, agreement.n_unanimous, kappa_text(agreement.fleiss_kappa)
            )
        )
        self.tree.clear()
        with_others = self._group(self.tr("With most of the others"))
        for item in agreement.reliabilities:
            text = (item.labeler, share_text(item.n_agreed, item.n_judged), "")
            self._add(with_others, text, self.tr("{} labels").format(item.n_labels))
        pairs = self._group(self.tr("Two by two"))
        for pair in agreement.pairs:
            text = (f"{pair.first} · {pair.second}", share_text(pair.n_agreed, pair.n_common), kappa_text(pair.kappa))
            self._add(pairs, text)
        self.tree.expandAll()
        self.tree.show()

    def _group(self, title: str) -> QTreeWidgetItem:
        group = QTreeWidgetItem(self.tree, [title])
        group.setFirstColumnSpanned(True)
        return group

    @staticmethod
    def _add(group: QTreeWidgetItem, texts: Tuple[str, str, str], tip: str = "") -> None:
        row = QTreeWidgetItem(group, list(texts))
        for column in (1, 2):
            row.setTextAlignment(column, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter))
        row.setToolTip(0, tip or texts[0])

    def _make_tree(self) -> QTreeWidget:
        tree = QTreeWidget()
        tree.setObjectName("labeling_agreement_tree")
        tree.setAccessibleName(self.tr("Agreement of labelers"))
        tree.setHeaderLabels([self.tr("Labelers"), self.tr("Agree"), self.tr("Kappa")])
        tree.setRootIsDecorated(False)
        tree.setIndentation(round(QFontMetricsF(self.font(), self).height() / 2))
        tree.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        tree.setSelectionMode(QTreeWidget.SelectionMode.NoSelection)
        header = tree.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column in (1, 2):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        tree.setMinimumHeight(round(_LINES_SHOWN * 1.4 * QFontMetricsF(self.font(), self).height()))
        return tree


def share_text(part: int, whole: int) -> str:
    """Return a share with what it is of, a dash where there is nothing."""
    return f"{part}/{whole} = {100 * part / whole:.0f} %" if whole else "—"


def kappa_text(value: float) -> str:
    """Return a kappa with two decimals, a dash where it is not defined."""
    return "—" if math.isnan(value) else f"{value:.2f}"
