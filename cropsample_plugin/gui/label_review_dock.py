"""The Label review panel: shows a review session and passes on what the user decides; holds no state of its own."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Callable, Dict, List, Optional

from qgis.core import QgsApplication, QgsMapLayer, QgsProject, QgsVectorLayer
from qgis.gui import QgsDockWidget, QgsMapCanvas
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QSignalBlocker, Qt
from qgis.PyQt.QtWidgets import QFileDialog, QWidget

from cropsample_plugin.bridge.category_styles import style_labels
from cropsample_plugin.bridge.review_decisions import DecisionFile, ReviewError
from cropsample_plugin.gui.label_review_apply import apply_decisions
from cropsample_plugin.gui.label_review_form import LabelReviewForm
from cropsample_plugin.gui.label_review_layer import (
    ReviewFields,
    decision_file,
    fields_to_offer,
    guess_fields,
    is_judged,
    read_samples,
)
from cropsample_plugin.gui.label_review_session import LabelReviewSession, ReviewFilter
from cropsample_plugin.gui.label_review_texts import SELECTED, applied_text, category_choices
from cropsample_plugin.gui.label_review_view import LabelReviewView
from cropsample_plugin.gui.review_keys import ReviewKeys
from cropsample_plugin.gui.review_marker import DEFAULT_SCALE, ReviewMarker


class LabelReviewDock(QgsDockWidget):
    """The panel."""

    def __init__(self, canvas: QgsMapCanvas, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setObjectName("cropsample_label_review")
        self.setWindowTitle(self.tr("Label review"))
        self.session: Optional[LabelReviewSession] = None
        self._layer: Optional[QgsVectorLayer] = None
        # Before the list of layers, which would choose another one.
        QgsProject.instance().layersWillBeRemoved.connect(self._on_layers_removed)
        self.form = LabelReviewForm()
        self.view = LabelReviewView(self.form, ReviewMarker(canvas))
        self.setWidget(self.form)
        self._commands = self._make_commands()
        ReviewKeys(self.form, self.press)
        for text, categories in category_choices():
            self.form.category_combo.addItem(text, categories)
        self.form.scale_widget.setScale(DEFAULT_SCALE)
        self.form.reviewer_edit.setText(QgsApplication.userFullName() or QgsApplication.userLoginName())
        self.form.layer_combo.setLayer(None)
        self._connect()
        self._show_nothing()

    def take_down(self) -> None:
        """Leave the map as it was; called before the panel is deleted."""
        self.choose_layer(None)
        self.view.marker.remove()
        QgsProject.instance().layersWillBeRemoved.disconnect(self._on_layers_removed)

    def choose_layer(self, layer: Optional[QgsMapLayer]) -> None:
        """Review another layer, with the fields and the file of decisions guessed."""
        form, had_layer = self.form, self._layer is not None
        self._let_go()
        if not isinstance(layer, QgsVectorLayer):
            if had_layer:
                self._show_nothing()
            return
        self._layer = layer
        layer.selectionChanged.connect(self._on_selection)
        guessed = guess_fields(layer) if is_judged(layer) else ReviewFields()
        for combo, name in ((form.label_combo, guessed.label), (form.id_combo, guessed.sample_id)):
            blocker = QSignalBlocker(combo)
            combo.setFields(fields_to_offer(layer))
            combo.setField(name)
            del blocker
        form.series_combo.setExceptedLayerList([layer])
        blocker = QSignalBlocker(form.file_widget)
        form.file_widget.setFilePath(decision_file(layer).path)
        del blocker
        self.start()

    def start(self, *_value: object) -> None:
        """Read the chosen layer and the decisions on it."""
        layer, form = self._layer, self.form
        if layer is None:
            return
        self.session = None
        guessed = guess_fields(layer) if is_judged(layer) else ReviewFields()
        fields = ReviewFields(form.label_combo.currentField(), form.id_combo.currentField(), guessed.start, guessed.end)
        file = DecisionFile(form.file_widget.filePath().strip(), decision_file(layer).table)
        try:
            samples = read_samples(layer, fields)
            self.session = LabelReviewSession(samples, file, form.reviewer_edit.text().strip())
        except ReviewError as error:
            self._show()
            self.view.tell(str(error))
            return
        self.view.use_series(layer, form.series_combo.currentLayer(), fields, samples)
        self.view.offer_classes(self.session, self.relabel)
        self.filter()
        form.setFocus()

    def filter(self, *_value: object) -> None:
        """List the samples that the user wants to walk through."""
        if self.session is None:
            return
        form = self.form
        categories = tuple(form.category_combo.currentData() or ())
        selected = None
        if categories == (SELECTED,):
            categories = tuple(category for _text, several in category_choices() for category in several)
            selected = self._selected_ids()
        label = str(form.class_combo.currentData() or "")
        self.session.set_filter(ReviewFilter(categories, label, form.undecided_check.isChecked(), selected))
        self._show()

    def press(self, key: str) -> bool:
        """Do what a key stands for; False when it stands for nothing."""
        command = self._commands.get(key)
        if command is None and self.session is not None and key in self.session.class_keys:
            self.relabel(self.session.class_keys[key])
            return True
        if command is not None:
            command()
        return command is not None

    def keep(self) -> None:
        """Confirm the label."""
        self._decide(lambda session, comment: session.keep(comment))

    def reject(self) -> None:
        """Leave the sample out of training."""
        self._decide(lambda session, comment: session.reject(comment))

    def relabel(self, name: str) -> None:
        """Give the sample a class."""
        self._decide(lambda session, comment: session.relabel(name, comment))

    def relabel_as_suggested(self) -> None:
        """Give the sample the class that the evidence speaks for."""
        current = self.session.current if self.session else None
        self.relabel(current.suggested if current else "")

    def undo(self) -> None:
        """Take back the latest decision."""
        self._try(lambda session: session.undo())

    def walk(self, by: int) -> None:
        """Go to the next sample (1) or the previous one (-1)."""
        if self.session is not None:
            (self.session.next if by > 0 else self.session.previous)()
            self._show()

    def apply_to(self, path: str) -> Optional[QgsVectorLayer]:
        """Write the reviewed labels as a new layer and add it to the project; None when that fails."""
        if self.session is None or self._layer is None:
            return None
        try:
            applied = apply_decisions(self._layer, self.session, self.form.label_combo.currentField(), path)
        except ReviewError as error:
            self.view.show_progress(self.session)
            self.view.tell(str(error))
            return None
        layer = QgsVectorLayer(applied.path, Path(applied.path).stem, "ogr")
        style_labels(layer)
        QgsProject.instance().addMapLayer(layer)
        self.view.show_progress(self.session)
        self.view.tell(applied_text(applied))
        return layer

    def _make_commands(self) -> Dict[str, Callable[[], Any]]:
        return {
            "k": self.keep,
            "r": self.reject,
            "s": self.relabel_as_suggested,
            "u": self.undo,
            "backspace": self.undo,
            "n": lambda: self.walk(1),
            "right": lambda: self.walk(1),
            "space": lambda: self.walk(1),
            "p": lambda: self.walk(-1),
            "left": lambda: self.walk(-1),
            "c": self.form.comment_edit.setFocus,
            "g": self._to_number,
            "z": self._show,
            "?": self._toggle_keys,
        }

    def _connect(self) -> None:
        form = self.form
        form.layer_combo.layerChanged.connect(self.choose_layer)
        for combo in (form.label_combo, form.id_combo):
            combo.fieldChanged.connect(self.start)
        form.file_widget.fileChanged.connect(self.start)
        form.series_combo.layerChanged.connect(self.start)
        form.reviewer_edit.editingFinished.connect(self._on_reviewer)
        form.scale_widget.scaleChanged.connect(self._on_scale)
        for combo in (form.category_combo, form.class_combo):
            combo.currentIndexChanged.connect(self.filter)
            combo.activated.connect(lambda _index: form.setFocus())
        form.undecided_check.toggled.connect(self.filter)
        form.position_spin.valueChanged.connect(self._on_number)
        form.position_spin.editingFinished.connect(form.setFocus)
        form.band_combo.activated.connect(lambda _index: (self._show(), form.setFocus()))
        form.comment_edit.returnPressed.connect(form.setFocus)
        form.previous_button.clicked.connect(lambda: self.walk(-1))
        form.next_button.clicked.connect(lambda: self.walk(1))
        form.keep_button.clicked.connect(self.keep)
        form.suggested_button.clicked.connect(self.relabel_as_suggested)
        form.reject_button.clicked.connect(self.reject)
        form.undo_button.clicked.connect(self.undo)
        form.keys_button.clicked.connect(self._toggle_keys)
        form.apply_button.clicked.connect(self._on_apply)
        self.visibilityChanged.connect(self._on_visibility)

    def _decide(self, action: Callable[[LabelReviewSession, str], None]) -> None:
        """Record a decision; a comment belongs to one decision only, and stays when it could not be saved."""
        comment = self.form.comment_edit.text()
        if self._try(lambda session: action(session, comment)):
            self.form.comment_edit.clear()

    def _try(self, action: Callable[[LabelReviewSession], object]) -> bool:
        if self.session is None or self._layer is None:
            return False
        try:
            action(self.session)
        except ReviewError as error:
            self.view.show_progress(self.session)
            self.view.tell(str(error))
            return False
        self._show()
        return True

    def _show_nothing(self) -> None:
        self._show()
        self.view.tell(self.tr("Choose a layer made by 'Sample quality'."))

    def _show(self) -> None:
        self.view.show(self.session, self._layer)

    def _selected_ids(self) -> List[str]:
        selected = set(self._layer.selectedFeatureIds()) if self._layer is not None else set()
        return [sample.sample_id for sample in self.session.samples if sample.feature_id in selected]

    def _toggle_keys(self) -> None:
        self.form.keys_label.setVisible(self.form.keys_label.isHidden())

    def _to_number(self) -> None:
        self.form.position_spin.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.form.position_spin.selectAll()

    def _on_number(self, number: int) -> None:
        if self.session is not None and number > 0:
            self.session.go_to(number - 1)
            self._show()

    def _on_scale(self, _scale: float) -> None:
        if self.session is not None and self.isVisible():
            self._show()

    def _on_reviewer(self) -> None:
        if self.session is not None:
            self.session.reviewer = self.form.reviewer_edit.text().strip()

    def _on_selection(self, *_changes: object) -> None:
        """Follow the attribute table and the map: one selected sample is shown, several are listed when wanted."""
        if self.session is None or not self.isVisible():
            return
        selected = self._selected_ids()
        if tuple(self.form.category_combo.currentData() or ()) == (SELECTED,):
            self.filter()
        elif len(selected) == 1 and self.session.go_to_id(selected[0]):
            self._show()

    def _on_apply(self) -> None:
        if self.session is None:
            return
        start = str(Path(self.session.decisions.path).with_name(f"{self._layer.name()}_reviewed.gpkg"))
        path, _filter = QFileDialog.getSaveFileName(self, self.tr("Reviewed labels"), start, "GeoPackage (*.gpkg)")
        if path:
            self.apply_to(path)

    def _on_visibility(self, is_visible: bool) -> None:  # noqa: FBT001 - the signal's signature
        if not is_visible:
            self.view.marker.hide()
        elif self._layer is None:
            layers = QgsProject.instance().mapLayers().values()
            judged = [layer for layer in layers if isinstance(layer, QgsVectorLayer) and is_judged(layer)]
            if judged:
                self.form.layer_combo.setLayer(judged[0])
        else:
            self._show()

    def _on_layers_removed(self, ids: List[str]) -> None:
        if self._layer is None or self._layer.id() not in ids:
            return
        path = self.session.decisions.path if self.session else ""
        blocker = QSignalBlocker(self.form.layer_combo)
        self.form.layer_combo.setLayer(None)
        del blocker
        self.choose_layer(None)
        self.view.tell(
            self.tr("The layer was removed from the project. Nothing is lost: the decisions are in {}").format(path)
        )

    def _let_go(self) -> None:
        if self._layer is not None and not sip.isdeleted(self._layer):
            self._layer.selectionChanged.disconnect(self._on_selection)
        self._layer = self.session = None
        self.view.marker.hide()
