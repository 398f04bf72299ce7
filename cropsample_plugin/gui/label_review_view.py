"""What the Label review panel shows of a session: words, series against class profiles, and the place on the map."""

from __future__ import annotations

from typing import Callable, Optional, Sequence

from qgis.core import QgsFeature, QgsMapLayer, QgsRasterLayer, QgsVectorLayer
from qgis.PyQt.QtCore import QObject, QSignalBlocker

from cropsample_plugin.gui.label_review_form import LabelReviewForm, class_button
from cropsample_plugin.gui.label_review_layer import ReviewFields
from cropsample_plugin.gui.label_review_session import LabelReviewSession, ReviewSample
from cropsample_plugin.gui.label_review_texts import (
    evidence_text,
    history_text,
    keys_text,
    progress_text,
    reason_text,
    title_text,
)
from cropsample_plugin.gui.review_charts import ReviewCharts
from cropsample_plugin.gui.review_marker import ReviewMarker
from cropsample_plugin.gui.review_series import FieldSeries, SeriesSource, StackSeries, default_band


class LabelReviewView(QObject):
    """Puts a session into the form and onto the map."""

    def __init__(self, form: LabelReviewForm, marker: ReviewMarker) -> None:
        super().__init__(form)
        self.marker = marker
        self._form = form
        self._charts: Optional[ReviewCharts] = None

    def use_series(
        self,
        layer: QgsVectorLayer,
        other: Optional[QgsMapLayer],
        fields: ReviewFields,
        samples: Sequence[ReviewSample],
    ) -> None:
        """Take series from another layer, or from the judged one when there is no other."""
        if isinstance(other, QgsRasterLayer):
            source: SeriesSource = StackSeries(other, layer)
        elif isinstance(other, QgsVectorLayer):
            source = FieldSeries(other, fields, is_other=True)
        else:
            source = FieldSeries(layer, fields)
        self._charts = ReviewCharts(source, samples)
        combo = self._form.band_combo
        combo.clear()
        combo.addItems(source.bands)
        indices = next((sample.indices for sample in samples if sample.indices), "")
        combo.setCurrentText(default_band(source.bands, indices))
        combo.setVisible(len(source.bands) > 1)

    def offer_classes(self, session: LabelReviewSession, choose: Callable[[str], None]) -> None:
        """List the classes, as a filter and as buttons with their keys."""
        form = self._form
        wanted = form.class_combo.currentData()
        blocker = QSignalBlocker(form.class_combo)
        form.class_combo.clear()
        form.class_combo.addItem(self.tr("All classes"), "")
        for name in session.classes:
            form.class_combo.addItem(name, name)
        form.class_combo.setCurrentIndex(max(form.class_combo.findData(wanted), 0))
        del blocker
        while form.class_layout.count():
            form.class_layout.takeAt(0).widget().deleteLater()
        key_by_class = {name: key for key, name in session.class_keys.items()}
        for name in session.classes:
            button = class_button(key_by_class.get(name, ""), name)
            button.clicked.connect(lambda _checked=False, label=name: choose(label))
            form.class_layout.addWidget(button)
        form.keys_label.setText(keys_text(session.class_keys))

    def show(self, session: Optional[LabelReviewSession], layer: Optional[QgsVectorLayer]) -> None:
        """Show the current sample, or what stands in the way."""
        form = self._form
        sample = session.current if session else None
        form.message_label.hide()
        for widget in (form.sample_box, form.decision_row, form.comment_edit):
            widget.setVisible(sample is not None)
        form.filter_box.setVisible(session is not None)
        form.apply_button.setEnabled(session is not None)
        self.show_progress(session)
        if session is None or layer is None or sample is None:
            self.marker.hide()
            if session is not None:
                self.tell(self.tr("No sample passes the filter."))
            return
        self._show_position(session)
        self._show_words(session, sample)
        self._show_feature(layer, sample)

    def show_progress(self, session: Optional[LabelReviewSession]) -> None:
        """Show where the review stands."""
        text = progress_text(session.progress()) if session else ""
        self._form.progress_label.setText(text)
        path = self.tr("Each decision is saved in {}").format(session.decisions.path) if session else ""
        self._form.progress_label.setToolTip(path)

    def tell(self, text: str) -> None:
        """Show a message above the sample."""
        self._form.message_label.setText(text)
        self._form.message_label.show()

    def _show_position(self, session: LabelReviewSession) -> None:
        spin, n_listed, position = self._form.position_spin, session.progress().n_listed, session.position
        blocker = QSignalBlocker(spin)
        spin.setRange(0 if position is None else 1, n_listed)
        spin.setValue(0 if position is None else position + 1)
        del blocker
        self._form.count_label.setText(self.tr("of {}").format(n_listed))

    def _show_words(self, session: LabelReviewSession, sample: ReviewSample) -> None:
        form = self._form
        form.title_label.setText(title_text(sample))
        form.reason_label.setText(reason_text(sample))
        form.evidence_label.setText(evidence_text(sample))
        form.suggested_button.setEnabled(bool(sample.suggested))
        history = session.history(sample.sample_id)
        form.history_label.setText(history_text(history))
        form.history_label.setVisible(bool(history))

    def _show_feature(self, layer: QgsVectorLayer, sample: ReviewSample) -> None:
        feature = layer.getFeature(sample.feature_id)
        if not feature.isValid():
            self.marker.hide()
            self._form.plot.show_message("")
            self.tell(self.tr("This sample is no longer in the layer. Decisions on it stay in the file."))
            return
        self._plot(sample, feature)
        if not self.marker.show(feature.geometry(), layer.crs(), self._form.scale_widget.scale()):
            self.tell(self.tr("This sample has no place on the map; the map stays where it is."))

    def _plot(self, sample: ReviewSample, feature: QgsFeature) -> None:
        band = self._form.band_combo.currentText()
        chart = self._charts.chart(sample, feature, band) if self._charts is not None and band else None
        if chart is None:
            self._form.plot.show_message(self.tr("There is no series of this sample."))
        else:
            self._form.plot.show_charts([chart])
