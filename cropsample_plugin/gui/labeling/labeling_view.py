"""What the Labeling panel shows of a session: words, classes, counts, and the place on the map."""

from __future__ import annotations

from typing import Callable, Dict, Optional, Tuple

from qgis.core import QgsGeometry
from qgis.PyQt.QtCore import QObject, QSignalBlocker, QSize
from qgis.PyQt.QtGui import QColor, QFontMetricsF, QIcon, QPainter, QPixmap
from qgis.PyQt.QtWidgets import QToolButton

from cropsample_plugin.bridge.labeling.session_file import LabelClass
from cropsample_plugin.gui.labeling.labeling_controller import LabelingController
from cropsample_plugin.gui.labeling.labeling_form import CONFIDENCES, LabelingForm, plain_button
from cropsample_plugin.gui.labeling.labeling_keys import shown_key
from cropsample_plugin.gui.labeling.labeling_session import LabelingSession
from cropsample_plugin.gui.labeling.labeling_texts import (
    confidence_name,
    filter_choices,
    pending_text,
    progress_text,
    sample_text,
    title_text,
)
from cropsample_plugin.gui.review_marker import ReviewMarker

_ICON_EM = 0.9
UNKNOWN_COLOR = "#888888"


class LabelingView(QObject):
    """Puts the open session into the form and onto the map."""

    def __init__(self, form: LabelingForm, marker: ReviewMarker, controller: LabelingController) -> None:
        super().__init__(form)
        self.marker = marker
        self._form = form
        self._controller = controller
        self._class_buttons: Dict[str, QToolButton] = {}
        self._confidence_buttons: Dict[int, QToolButton] = {}
        self._shown_classes: Tuple[LabelClass, ...] = ()

    def offer_filters(self, session: LabelingSession) -> None:
        """List what can be walked through."""
        form = self._form
        strata = sorted({sample.stratum for sample in session.samples if sample.stratum})
        names = [item.name for item in session.settings.classes]
        for combo, choices in (
            (form.filter_combo, filter_choices(sees_all=session.sees_all)),
            (form.stratum_combo, [(self.tr("All strata"), ""), *((name, name) for name in strata)]),
            (form.class_combo, [(self.tr("All classes"), ""), *((name, name) for name in names)]),
        ):
            blocker = QSignalBlocker(combo)
            combo.clear()
            for text, value in choices:
                combo.addItem(text, value)
            combo.setCurrentIndex(0)
            del blocker
        form.stratum_combo.setVisible(bool(strata))

    def offer_classes(self, session: LabelingSession, choose: Callable[[str], None]) -> None:
        """Show a button for each class, unless they are the ones that are shown."""
        if session.settings.classes == self._shown_classes:
            return
        self._shown_classes = session.settings.classes
        layout = self._form.class_layout
        while layout.count():
            layout.takeAt(0).widget().deleteLater()
        self._class_buttons.clear()
        size = round(_ICON_EM * QFontMetricsF(self._form.font(), self._form).height())
        for item in self._shown_classes:
            button = plain_button(f"labeling_class_{item.name}", _with_key(item.name, item.key))
            button.setCheckable(True)
            button.setIcon(color_icon(item.color, size))
            button.setIconSize(QSize(size, size))
            button.setToolTip(item.description)
            button.clicked.connect(lambda _checked=False, name=item.name: choose(name))
            layout.addWidget(button)
            self._class_buttons[item.name] = button

    def offer_confidences(self, keys: Dict[str, str], choose: Callable[[int], None]) -> None:
        """Show a button for each confidence, with its key."""
        layout = self._form.confidence_layout
        while layout.count():
            layout.takeAt(0).widget().deleteLater()
        self._confidence_buttons.clear()
        for number, percent in enumerate(CONFIDENCES, start=1):
            text = _with_key(confidence_name(percent), keys.get(f"confidence_{number}", ""))
            button = plain_button(f"labeling_confidence_{percent}", text)
            button.setToolTip(f"{percent} %")
            button.setCheckable(True)
            button.clicked.connect(lambda _checked=False, value=percent: choose(value))
            layout.addWidget(button)
            self._confidence_buttons[percent] = button

    def show_keys(self, keys: Dict[str, str]) -> None:
        """Show the keys on the buttons of the commands."""
        form = self._form
        for name, button, text in (
            ("skip", form.skip_button, self.tr("Skip")),
            ("flag", form.flag_button, self.tr("Flag")),
            ("undo", form.undo_button, self.tr("Undo")),
            ("redo", form.redo_button, self.tr("Redo")),
            ("keys", form.keys_button, self.tr("Keys")),
            ("retry", form.retry_button, self.tr("Retry")),
            ("next_unlabeled", form.unlabeled_button, self.tr("Next unlabeled")),
        ):
            button.setText(_with_key(text, keys[name]))
        form.previous_button.setToolTip(_with_key(self.tr("Previous sample"), keys["previous"]))
        form.next_button.setToolTip(_with_key(self.tr("Next sample"), keys["next"]))
        form.position_spin.setToolTip(_with_key(self.tr("Jump to a number"), keys["jump"]))
        form.comment_edit.setPlaceholderText(
            self.tr("Comment on the next label [{}]; Enter leads back").format(shown_key(keys["comment"]))
        )

    def show_session(self) -> None:
        """Show everything that is known of the session and its current sample, but not the place."""
        form, session = self._form, self._controller.session
        form.pages.setCurrentIndex(0 if session is None else 1)
        if session is None:
            form.title_label.setText(f"<b>{self.tr('Labeling')}</b>")
            self.marker.hide()
            return
        form.title_label.setText(title_text(session))
        self._show_sample(session)
        self._show_counts(session)
        form.undo_button.setEnabled(session.steps.can_undo)
        form.redo_button.setEnabled(session.steps.can_redo)

    def show_confidence(self, percent: Optional[int]) -> None:
        """Show which confidence goes with the next label."""
        for value, button in self._confidence_buttons.items():
            button.setChecked(value == percent)

    def show_place(self, scale: float, *, is_moved: bool = True) -> None:
        """Outline the current sample on the map, and centre the map on it if it is to be moved."""
        session = self._controller.session
        if session is None or session.current is None:
            self.marker.hide()
            return
        geometry = QgsGeometry()
        wkb = session.geometry(session.current.sample_id)
        if wkb:
            geometry.fromWkb(wkb)
        crs, marker = self._controller.crs, self.marker
        if not (marker.show(geometry, crs, scale) if is_moved else marker.place(geometry, crs)):
            self.tell(self.tr("This sample has no place on the map; the map stays where it is."))

    def tell(self, text: str) -> None:
        """Show a message, "" for none; with a button where something waits to be saved."""
        session = self._controller.session
        n_pending = len(session.pending) if session is not None else 0
        shown = pending_text(n_pending, text)
        self._form.message_label.setText(shown)
        self._form.message_box.setVisible(bool(shown))
        self._form.retry_button.setVisible(bool(n_pending))

    def _show_sample(self, session: LabelingSession) -> None:
        form, sample, position = self._form, session.current, session.position
        spin, n_listed = form.position_spin, len(session.queue)
        blocker = QSignalBlocker(spin)
        spin.setRange(0 if position is None else 1, n_listed)
        spin.setValue(0 if position is None else position + 1)
        del blocker
        form.count_label.setText(self.tr("of {}").format(n_listed))
        for row in (form.classes_row, form.confidence_row, form.comment_edit):
            row.setEnabled(sample is not None)
        form.skip_button.setEnabled(sample is not None)
        form.flag_button.setEnabled(sample is not None)
        if sample is None:
            text = self.tr("No sample passes the filter.") if session.samples else self.tr("No samples yet: draw one.")
            form.sample_label.setText(text)
            return
        state = session.state(sample.sample_id)
        form.sample_label.setText(sample_text(sample, state, session))
        own = state.labels.get(session.labeler)
        for name, button in self._class_buttons.items():
            button.setChecked(own is not None and own.class_name == name)
        form.flag_button.setChecked(session.labeler in state.flagged_by)

    def _show_counts(self, session: LabelingSession) -> None:
        self._form.progress_label.setText(progress_text(session))
        counts = session.tally.by_class
        classes = list(session.settings.classes)
        known = {item.name for item in classes}
        # Labels of merged sessions may have classes that this one does not list.
        classes += [LabelClass(name, UNKNOWN_COLOR) for name in sorted(counts) if counts[name] and name not in known]
        self._form.bars.show_counts(classes, [counts[item.name] for item in classes])


def color_icon(color: str, size: int) -> QIcon:
    """Return a square of a colour with an edge that is seen on any ground."""
    pixmap = QPixmap(size, size)
    pixmap.fill(QColor(color))
    painter = QPainter(pixmap)
    painter.setPen(QColor(128, 128, 128))
    painter.drawRect(0, 0, size - 1, size - 1)
    painter.end()
    return QIcon(pixmap)


def _with_key(text: str, key: str) -> str:
    return f"{text} [{shown_key(key)}]" if key else text
