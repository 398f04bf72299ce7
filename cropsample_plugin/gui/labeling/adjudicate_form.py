"""The widgets of the Adjudicate panel and their layout; no behaviour."""

from __future__ import annotations

from typing import Optional

from qgis.gui import QgsCollapsibleGroupBox
from qgis.PyQt.QtCore import QSize, Qt
from qgis.PyQt.QtGui import QFontMetricsF
from qgis.PyQt.QtWidgets import (
    QCheckBox,
    QFrame,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from cropsample_plugin.gui.appearance import hint_label, upright_scroll
from cropsample_plugin.gui.labeling.agreement_widget import AgreementWidget
from cropsample_plugin.gui.labeling.labeling_form import flow_row, plain_button

_WIDTH_EM = 20


class AdjudicateForm(QWidget):
    """Everything the panel shows, from the walk through the disputes to the agreement of labelers."""

    def __init__(self, agreement: AgreementWidget, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setObjectName("adjudicate_form")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(6, 4, 6, 4)
        layout.addWidget(self._message())
        layout.addWidget(self._walk_row())
        self.case_box = self._case_section()
        layout.addWidget(self.case_box)
        self.progress_label = hint_label("adjudicate_progress")
        layout.addWidget(self.progress_label)
        self.agreement_box = QgsCollapsibleGroupBox(self.tr("Agreement"))
        self.agreement_box.setObjectName("adjudicate_agreement_box")
        self.agreement_box.setSaveCollapsedState(False)
        box = QVBoxLayout(self.agreement_box)
        box.setContentsMargins(4, 4, 4, 4)
        box.addWidget(agreement)
        layout.addWidget(self.agreement_box)
        layout.addStretch(1)
        scroll = self._scroll = upright_scroll("adjudicate_scroll", content)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)

    def minimumSizeHint(self) -> QSize:
        """Return a width at which nothing is cut off, in whatever font."""
        bar = self._scroll.verticalScrollBar().sizeHint().width()
        em = QFontMetricsF(self.font(), self).height()
        content = self._scroll.widget().minimumSizeHint().width() + bar
        return QSize(max(round(_WIDTH_EM * em), content), super().minimumSizeHint().height())

    def _message(self) -> QLabel:
        label = self.message_label = QLabel()
        label.setObjectName("adjudicate_message")
        label.setWordWrap(True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setFrameShape(QFrame.Shape.StyledPanel)
        label.setMargin(6)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        label.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        label.hide()
        return label

    def _walk_row(self) -> QWidget:
        self.walk_row, layout = flow_row("adjudicate_walk")
        self.previous_button = plain_button("adjudicate_previous", "◀ [P]")
        self.previous_button.setToolTip(self.tr("Previous dispute"))
        self.count_label = QLabel()
        self.count_label.setObjectName("adjudicate_count")
        self.next_button = plain_button("adjudicate_next", "[N] ▶")
        self.next_button.setToolTip(self.tr("Next dispute"))
        self.settled_check = QCheckBox(self.tr("Settled ones too"))
        self.settled_check.setObjectName("adjudicate_settled")
        self.settled_check.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for widget in (self.previous_button, self.count_label, self.next_button, self.settled_check):
            layout.addWidget(widget)
        return self.walk_row

    def _case_section(self) -> QWidget:
        box = QWidget()
        box.setObjectName("adjudicate_case")
        layout = QVBoxLayout(box)
        layout.setContentsMargins(0, 0, 0, 0)
        self.title_label = QLabel()
        self.title_label.setObjectName("adjudicate_title")
        self.title_label.setWordWrap(True)
        self.title_label.setTextFormat(Qt.TextFormat.PlainText)
        layout.addWidget(self.title_label)
        self.labels_label = QLabel()
        self.labels_label.setObjectName("adjudicate_labels")
        self.labels_label.setAccessibleName(self.tr("Labels of this sample"))
        self.labels_label.setWordWrap(True)
        self.labels_label.setTextFormat(Qt.TextFormat.RichText)
        self.labels_label.setFrameShape(QFrame.Shape.StyledPanel)
        self.labels_label.setMargin(4)
        layout.addWidget(self.labels_label)
        self.votes_label = QLabel()
        self.votes_label.setObjectName("adjudicate_votes")
        self.votes_label.setWordWrap(True)
        self.votes_label.setTextFormat(Qt.TextFormat.PlainText)
        layout.addWidget(self.votes_label)
        self.classes_row, self.class_layout = flow_row("adjudicate_classes")
        layout.addWidget(self.classes_row)
        row, actions = flow_row("adjudicate_actions")
        self.majority_button = plain_button("adjudicate_majority", "")
        self.weighted_button = plain_button("adjudicate_weighted", "")
        self.undo_button = plain_button("adjudicate_undo", "")
        for button in (self.majority_button, self.weighted_button, self.undo_button):
            actions.addWidget(button)
        layout.addWidget(row)
        self.comment_edit = QLineEdit()
        self.comment_edit.setObjectName("adjudicate_comment")
        self.comment_edit.setAccessibleName(self.tr("Comment on the decision"))
        layout.addWidget(self.comment_edit)
        return box
