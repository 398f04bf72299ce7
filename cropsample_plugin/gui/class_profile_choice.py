"""The part of the Time series panel that chooses classes and has their profiles computed."""

from __future__ import annotations

from typing import Any, Dict, List, Optional, Sequence, Tuple

from qgis.core import QgsVectorLayer
from qgis.PyQt.QtCore import QObject, QSignalBlocker, pyqtSignal

from cropsample_plugin.bridge.engine_errors import EngineError
from cropsample_plugin.bridge.measures import Measure
from cropsample_plugin.gui.class_profiles import (
    MOST_SHOWN_AT_FIRST,
    class_colors,
    make_profiles,
    profile_job,
    profile_problem,
)
from cropsample_plugin.gui.input_facts import guess_class_field
from cropsample_plugin.gui.layer_facts import fields_to_offer, samples_facts
from cropsample_plugin.gui.series_reading import LatestCall
from cropsample_plugin.gui.time_series_form import TimeSeriesForm
from cropsample_plugin.gui.time_series_session import TimeSeriesSession

Key = Tuple[str, str, Tuple[str, ...]]


class ClassProfileChoice(QObject):
    """Fills `TimeSeriesSession.profiles` from the samples layer, class field and classes chosen.

    Attributes:
        changed: the profiles are others now.
    """

    changed = pyqtSignal()

    def __init__(self, form: TimeSeriesForm, session: TimeSeriesSession, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self._form = form
        self._session = session
        self._key: Optional[Key] = None
        self._found: Any = None
        self._colors: Dict[str, str] = {}
        self._call = LatestCall(self.tr("Average the series of each class"), self)
        self._call.done.connect(self._on_done)
        form.samples_combo.layerChanged.connect(self._on_layer)
        form.class_combo.fieldChanged.connect(lambda _field: self.update())
        form.classes_combo.checkedItemsChanged.connect(lambda _items: self._show())
        self._say("")

    @property
    def is_busy(self) -> bool:
        """Whether classes are being averaged."""
        return self._call.is_busy

    def shut_down(self) -> None:
        """Stop, and tell nothing any more."""
        self._call.shut_down()

    def forget(self, layer_ids: Sequence[str]) -> None:
        """Let go of a samples layer that is being removed."""
        layer = self._form.samples_combo.currentLayer()
        if layer is not None and layer.id() in layer_ids:
            self._form.samples_combo.setLayer(None)

    def update(self) -> None:
        """Have the profiles computed that the choices ask for, unless they are there."""
        layer, field = self._form.samples_combo.currentLayer(), self._form.class_combo.currentField()
        measures = self._measures()
        if not isinstance(layer, QgsVectorLayer) or not field or not measures:
            self._drop("")
            return
        problem = profile_problem(layer, measures)
        if problem:
            self._drop(problem)
            return
        key = (layer.id(), field, tuple(measure.name for measure in measures))
        if key == self._key:
            return
        self._key = key
        self._colors = class_colors(layer, field)
        self._say(self.tr("Averaging the series of each class…"))
        self._call.start(profile_job(layer, field, measures))

    def _measures(self) -> List[Measure]:
        try:
            return self._session.measures()
        except EngineError:
            return []

    def _drop(self, text: str) -> None:
        self._say(text)
        self._key = self._found = None
        if self._session.profiles:
            self._session.profiles.clear()
            self.changed.emit()

    def _on_layer(self, layer: Any = None) -> None:  # noqa: ANN401 - a layer or None
        combo = self._form.class_combo
        blocker = QSignalBlocker(combo)
        combo.setFields(fields_to_offer(layer))
        combo.setField(guess_class_field(samples_facts(layer)) if layer is not None else "")
        del blocker
        self._form.classes_combo.clear()
        self.update()

    def _on_done(self, found: Any, error: Optional[EngineError]) -> None:  # noqa: ANN401 - of profile_job
        if self._key is None:
            # The layer or the measures have gone meanwhile.
            return
        if error is not None:
            self._drop(str(error))
            return
        self._found = found
        combo = self._form.classes_combo
        names = list(dict.fromkeys(item.name for items in found[1].values() for item in items))
        if names != [combo.itemText(row) for row in range(combo.count())]:
            blocker = QSignalBlocker(combo)
            combo.clear()
            combo.addItems(names)
            combo.setCheckedItems(names[:MOST_SHOWN_AT_FIRST])
            blocker.unblock()
        self._say("" if names else self.tr("No sample has both a class and a series."))
        self._show()

    def _show(self) -> None:
        if self._found is None or self._session.stack is None:
            return
        fields, by_measure = self._found
        chosen = set(self._form.classes_combo.checkedItems())
        dates = self._session.stack.bands.dates
        for name, items in by_measure.items():
            profiles = make_profiles(fields, items, self._colors, dates)
            self._session.profiles[name] = [profile for profile in profiles if profile.name in chosen]
        self.changed.emit()

    def _say(self, text: str) -> None:
        self._form.classes_hint.setText(text)
        self._form.classes_hint.setVisible(bool(text))
