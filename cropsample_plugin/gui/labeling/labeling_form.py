"""The widgets of the Labeling panel and their layout; no behaviour."""

from __future__ import annotations

from typing import Optional, Tuple

from qgis.gui import QgsCollapsibleGroupBox, QgsScaleWidget
from qgis.PyQt.QtCore import QSize, Qt
from qgis.PyQt.QtGui import QFontMetricsF
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QSpinBox,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from cropsample_plugin.gui.appearance import hint_label, upright_scroll
from cropsample_plugin.gui.flow_layout import FlowLayout
from cropsample_plugin.gui.labeling.class_progress import ClassProgress

# Percent, from sure to a guess.
CONFIDENCES = (100, 75, 50, 25)
_MINIMUM_COMBO_CHARACTERS = 9
_WIDTH_EM = 18


class LabelingForm(QWidget):
    """Everything the panel shows: a start page, and the page of the open session."""

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setObjectName("labeling_form")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(6, 4, 6, 4)
        layout.addLayout(self._header())
        layout.addWidget(self._message_section())
        self.pages = QStackedWidget()
        self.pages.addWidget(upright_scroll("labeling_start_scroll", self._start_page()))
        self.pages.addWidget(upright_scroll("labeling_scroll", self._session_page()))
        layout.addWidget(self.pages, 1)

    def minimumSizeHint(self) -> QSize:
        """Return a width at which nothing is cut off, in whatever font."""
        bar = self.pages.widget(1).verticalScrollBar().sizeHint().width()
        contents = [self.pages.widget(number).widget().minimumSizeHint().width() for number in range(2)]
        em = QFontMetricsF(self.font(), self).height()
        return QSize(max(round(_WIDTH_EM * em), max(contents) + bar + 16), super().minimumSizeHint().height())

    def _header(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.title_label = QLabel()
        self.title_label.setObjectName("labeling_title")
        self.title_label.setWordWrap(True)
        row.addWidget(self.title_label, 1)
        self.session_button = QToolButton()
        self.session_button.setObjectName("labeling_session")
        self.session_button.setText(self.tr("Session"))
        self.session_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.session_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        row.addWidget(self.session_button, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _message_section(self) -> QWidget:
        self.message_box = QFrame()
        self.message_box.setObjectName("labeling_message_box")
        self.message_box.setFrameShape(QFrame.Shape.StyledPanel)
        layout = QVBoxLayout(self.message_box)
        layout.setContentsMargins(6, 6, 6, 6)
        self.message_label = QLabel()
        self.message_label.setObjectName("labeling_message")
        self.message_label.setWordWrap(True)
        self.message_label.setTextFormat(Qt.TextFormat.PlainText)
        self.message_label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.message_label.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        layout.addWidget(self.message_label)
        self.retry_button = plain_button("labeling_retry", self.tr("Retry"))
        layout.addWidget(self.retry_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.message_box.hide()
        return self.message_box

    def _start_page(self) -> QWidget:
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.addWidget(hint_label("labeling_intro", self.tr("Label samples one by one, alone or as a team.")))
        self.new_button = QPushButton(self.tr("New labeling session…"))
        self.new_button.setObjectName("labeling_new")
        self.open_button = QPushButton(self.tr("Open a session…"))
        self.open_button.setObjectName("labeling_open")
        layout.addWidget(self.new_button)
        layout.addWidget(self.open_button)
        self.recent_label = QLabel(self.tr("Recent sessions"))
        layout.addWidget(self.recent_label)
        self.recent_layout = QVBoxLayout()
        layout.addLayout(self.recent_layout)
        layout.addStretch(1)
        return page

    def _session_page(self) -> QWidget:
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 4, 0)
        layout.addWidget(self._filter_row())
        layout.addWidget(self._walk_row())
        self.sample_label = QLabel()
        self.sample_label.setObjectName("labeling_sample")
        self.sample_label.setWordWrap(True)
        self.sample_label.setTextFormat(Qt.TextFormat.RichText)
        layout.addWidget(self.sample_label)
        self.classes_row, self.class_layout = flow_row("labeling_classes")
        layout.addWidget(self.classes_row)
        self.confidence_row, self.confidence_layout = flow_row("labeling_confidence")
        layout.addWidget(self.confidence_row)
        self.comment_edit = QLineEdit()
        self.comment_edit.setObjectName("labeling_comment")
        self.comment_edit.setAccessibleName(self.tr("Comment on the next label"))
        layout.addWidget(self.comment_edit)
        layout.addWidget(self._action_row())
        self.tools_row, self.tools_layout = flow_row("labeling_tools")
        self.tools_row.hide()
        layout.addWidget(self.tools_row)
        layout.addWidget(self._progress_section())
        layout.addStretch(1)
        return page

    def _filter_row(self) -> QWidget:
        row, layout = flow_row("labeling_filter")
        self.filter_combo = _combo("labeling_filter_combo", self.tr("Samples to walk through"))
        self.stratum_combo = _combo("labeling_stratum_combo", self.tr("Stratum to walk through"))
        self.class_combo = _combo("labeling_class_combo", self.tr("Class to walk through"))
        for combo in (self.filter_combo, self.stratum_combo, self.class_combo):
            layout.addWidget(combo)
        return row

    def _walk_row(self) -> QWidget:
        row, layout = flow_row("labeling_walk")
        self.previous_button = plain_button("labeling_previous", "◀")
        self.position_spin = QSpinBox()
        self.position_spin.setObjectName("labeling_position")
        self.position_spin.setAccessibleName(self.tr("Number of the sample among those listed"))
        self.position_spin.setKeyboardTracking(False)
        self.count_label = QLabel()
        self.count_label.setObjectName("labeling_count")
        self.next_button = plain_button("labeling_next", "▶")
        self.unlabeled_button = plain_button("labeling_next_unlabeled", self.tr("Next unlabeled"))
        for widget in (
            self.previous_button,
            self.position_spin,
            self.count_label,
            self.next_button,
            self.unlabeled_button,
        ):
            layout.addWidget(widget)
        return row

    def _action_row(self) -> QWidget:
        row, layout = flow_row("labeling_actions")
        self.skip_button = plain_button("labeling_skip", self.tr("Skip"))
        self.flag_button = plain_button("labeling_flag", self.tr("Flag"))
        self.flag_button.setCheckable(True)
        self.undo_button = plain_button("labeling_undo", self.tr("Undo"))
        self.redo_button = plain_button("labeling_redo", self.tr("Redo"))
        self.keys_button = plain_button("labeling_keys", self.tr("Keys"))
        for widget in (self.skip_button, self.flag_button, self.undo_button, self.redo_button, self.keys_button):
            layout.addWidget(widget)
        return row

    def _progress_section(self) -> QWidget:
        box = QgsCollapsibleGroupBox(self.tr("Progress and map"))
        box.setObjectName("labeling_progress_box")
        box.setSaveCollapsedState(True)
        box.setSettingGroup("cropsample")
        layout = QVBoxLayout(box)
        layout.setContentsMargins(4, 4, 4, 4)
        self.progress_label = hint_label("labeling_progress")
        layout.addWidget(self.progress_label)
        self.bars = ClassProgress()
        layout.addWidget(self.bars)
        self.scale_widget = QgsScaleWidget()
        self.scale_widget.setObjectName("labeling_scale")
        self.scale_widget.setToolTip(self.tr("Scale at which samples are shown"))
        self.scale_widget.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        layout.addWidget(self.scale_widget)
        return box


def plain_button(name: str, text: str) -> QToolButton:
    """Return a button that leaves the focus where it is, so that the next key works."""
    button = QToolButton()
    button.setObjectName(name)
    button.setText(text)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return button


def flow_row(name: str) -> Tuple[QWidget, FlowLayout]:
    """Return a row of widgets that wraps."""
    row = QWidget()
    row.setObjectName(name)
    layout = FlowLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    return row, layout


def _combo(name: str, accessible_name: str) -> QComboBox:
    combo = QComboBox()
    combo.setObjectName(name)
    combo.setAccessibleName(accessible_name)
    combo.setMinimumContentsLength(_MINIMUM_COMBO_CHARACTERS)
    combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    return combo
