"""From candidate rows to samples and events of a session: what is taken, what is not, and why."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from typing import Callable, Dict, List, Mapping, Optional, Sequence, Set, Tuple

from qgis.core import QgsCoordinateReferenceSystem, QgsCoordinateTransformContext

from cropsample_plugin.bridge.labeling.imports.candidates import CandidateRow, CandidateTable, FieldRoles
from cropsample_plugin.bridge.labeling.imports.places import KnownPlaces
from cropsample_plugin.bridge.labeling.imports.sample_shapes import RefusedShapeError, SampleShape, ShapePreparation
from cropsample_plugin.bridge.labeling.imports.value_texts import confidence_reader, date_reader, is_true, read_seconds
from cropsample_plugin.bridge.labeling.label_events import ADD, FLAG, LABEL, LabelEvent, LabelingError, now_text
from cropsample_plugin.bridge.labeling.label_store import LabelingSample, NewSample

_ID_LENGTH = 12


@dataclass(frozen=True)
class ImportMapping:
    """What the user decided.

    Attributes:
        roles: which field says what.
        class_by_value: class of the session for each text of the class field; texts that are missing are not taken.
        labeler: who labeled rows without a labeler of their own.
        crs: of the places where the table does not say it.
        takes_unlabeled: rows without a class become samples to label; else they are left out.
    """

    roles: FieldRoles
    class_by_value: Mapping[str, str]
    labeler: str
    crs: Optional[QgsCoordinateReferenceSystem] = None
    takes_unlabeled: bool = True


@dataclass(frozen=True)
class ImportTarget:
    """The session that rows go into.

    Attributes:
        crs: of its geometries.
        transforms: how coordinate systems are converted, the project's choice.
        labeler: who imports; adds the samples.
        samples: those of the session.
        stands: whether an event of this id is known, and whether it stands; None for unknown.
        needs_confidence, needs_comment: labels are taken only with one.
    """

    crs: QgsCoordinateReferenceSystem
    transforms: QgsCoordinateTransformContext
    labeler: str
    samples: Sequence[LabelingSample] = ()
    stands: Callable[[str], Optional[bool]] = lambda _event_id: None
    needs_confidence: bool = False
    needs_comment: bool = False


@dataclass(frozen=True)
class ImportRemark:
    """Something about a row: its number, what it is, the text at fault, and whether the row was taken all the same."""

    row: int
    reason: str
    value: str
    is_taken: bool = False


@dataclass
class ImportPlan:
    """What an import does; nothing is done yet.

    Attributes:
        new_samples, events: to be saved as one step.
        n_rows: of the file.
        n_labels: labels that are new.
        n_known_samples: labels that go to samples that were in the session.
        n_repeated: labels and samples that an earlier import has brought already.
        remarks: rows that are not taken, or taken without something.
        notes: how values were read.
    """

    n_rows: int = 0
    new_samples: List[NewSample] = field(default_factory=list)
    events: List[LabelEvent] = field(default_factory=list)
    n_labels: int = 0
    n_known_samples: int = 0
    n_repeated: int = 0
    remarks: List[ImportRemark] = field(default_factory=list)
    notes: List[str] = field(default_factory=list)

    @property
    def n_left_out(self) -> int:
        """Rows of which nothing is taken."""
        return len({remark.row for remark in self.remarks if not remark.is_taken})


def plan_import(table: CandidateTable, mapping: ImportMapping, target: ImportTarget) -> ImportPlan:
    """Return what an import would add to a session.

    Ids of samples and events follow from the content of a row: the same file brings nothing new a second time.

    Raises:
        LabelingError: the coordinate system or the labeler is missing.
    """
    if not mapping.labeler.strip() and not mapping.roles.labeler_field:
        raise LabelingError("Labels need the name of their labeler.", "Type a name, or choose the field that holds it.")
    planning = _Planning(table, mapping, target)
    for row in table.rows:
        planning.take(row)
    return planning.plan


class _Planning:
    """Goes through the rows."""

    def __init__(self, table: CandidateTable, mapping: ImportMapping, target: ImportTarget) -> None:
        self.plan = ImportPlan(n_rows=len(table.rows))
        self._mapping, self._target, self._roles = mapping, target, mapping.roles
        crs = table.crs if table.crs.isValid() else mapping.crs or QgsCoordinateReferenceSystem()
        self._shapes = ShapePreparation(crs, target.crs, target.transforms)
        self._places = KnownPlaces(target.samples, is_geographic=target.crs.isGeographic())
        self._known = {sample.sample_id for sample in target.samples}
        self._added: Set[str] = set()
        self._row_by_label: Dict[Tuple[str, str], int] = {}
        self._read_date, date_note = date_reader(self._texts(table, self._roles.date_field))
        self._read_confidence, confidence_note = confidence_reader(self._texts(table, self._roles.confidence_field))
        self.plan.notes += [note for note in (date_note, confidence_note) if note]

    def take(self, row: CandidateRow) -> None:
        """Take a row, or say why not."""
        if row.geometry is None or row.problem:
            self._refuse(row, row.problem or "it has no geometry", row.problem_value)
            return
        value = row.values.get(self._roles.class_field, "")
        class_name = self._mapping.class_by_value.get(value, "") if value else ""
        is_flagged = is_true(row.values.get(self._roles.flag_field, ""))
        problem = self._label_problem(row, value, class_name, is_flagged=is_flagged)
        if problem:
            self._refuse(row, *problem)
            return
        try:
            shapes = self._shapes.shapes(row.geometry)
        except RefusedShapeError as error:
            self._refuse(row, str(error), row.values.get(self._roles.id_field, ""))
            return
        for shape in shapes:
            self._take_shape(row, shape, class_name, is_flagged=is_flagged)

    def _label_problem(
        self, row: CandidateRow, value: str, class_name: str, *, is_flagged: bool
    ) -> Optional[Tuple[str, str]]:
        if value and not class_name:
            return "its class is not one of the session", value
        if not class_name:
            is_wanted = self._mapping.takes_unlabeled or is_flagged
            return None if is_wanted else ("it has no class", "")
        if not self._labeler(row):
            return "it has no labeler", ""
        if self._target.needs_confidence and self._confidence(row) is None:
            return "the session asks for a confidence, and it has none", row.values.get(
                self._roles.confidence_field, ""
            )
        if self._target.needs_comment and not row.values.get(self._roles.comment_field, "").strip():
            return "the session asks for a comment, and it has none", ""
        return None

    def _take_shape(self, row: CandidateRow, shape: SampleShape, class_name: str, *, is_flagged: bool) -> None:
        name = row.values.get(self._roles.id_field, "")
        x, y = shape.center.x(), shape.center.y()
        sample_id = self._places.find(x, y, name)
        is_known = bool(sample_id) and sample_id in self._known
        labeler = self._labeler(row)
        if sample_id and class_name and self._is_second(row, sample_id, labeler):
            return
        if not sample_id:
            sample_id = _sample_id(name, shape)
            self._places.add(sample_id, x, y)
        n_before = len(self.plan.events)
        self._add_sample(sample_id, shape)
        if class_name:
            self._row_by_label.setdefault((sample_id, labeler), row.number)
            self._add_label(row, sample_id, class_name)
        if is_flagged:
            self._add_event(LabelEvent(sample_id, labeler or self._target.labeler, FLAG), "")
        if len(self.plan.events) == n_before:
            self.plan.n_repeated += 1
        elif is_known:
            self.plan.n_known_samples += 1
        if shape.is_repaired:
            self._remark(row, "its outline crossed itself and was repaired", name)

    def _is_second(self, row: CandidateRow, sample_id: str, labeler: str) -> bool:
        first = self._row_by_label.get((sample_id, labeler))
        if first is None:
            return False
        self._refuse(row, f"{labeler} has labeled this sample in row {first}", row.values[self._roles.class_field])
        return True

    def _add_sample(self, sample_id: str, shape: SampleShape) -> None:
        """Add a sample; one that the session had before any import is left as it is."""
        if sample_id in self._added:
            return
        self._added.add(sample_id)
        event = LabelEvent(sample_id, self._target.labeler, ADD, geometry=bytes(shape.geometry.asWkb()))
        if sample_id not in self._known:
            sample = LabelingSample(sample_id, shape.center.x(), shape.center.y())
            self.plan.new_samples.append(NewSample(sample, event.geometry or b""))
            self._add_event(event, "")
        elif self._target.stands(_event_id(event, "", 0)) is False:
            # It came by an import that was undone.
            self._add_event(event, "")

    def _add_label(self, row: CandidateRow, sample_id: str, class_name: str) -> None:
        date_text = row.values.get(self._roles.date_field, "")
        when = self._read_date(date_text) if date_text else None
        if date_text and when is None:
            self._remark(row, "its date cannot be read; the label has the date of the import", date_text)
        confidence_text = row.values.get(self._roles.confidence_field, "")
        confidence = self._confidence(row)
        if confidence_text and confidence is None:
            self._remark(row, "its confidence is no percentage; the label has none", confidence_text)
        event = LabelEvent(
            sample_id,
            self._labeler(row),
            LABEL,
            class_name=class_name,
            confidence=confidence,
            comment=row.values.get(self._roles.comment_field, ""),
            imagery=row.values.get(self._roles.imagery_field, ""),
            seconds_spent=read_seconds(row.values.get(self._roles.seconds_field, "")),
            created_at=when or now_text(),
        )
        if self._add_event(event, when or ""):
            self.plan.n_labels += 1

    def _add_event(self, event: LabelEvent, when: str) -> bool:
        """Add an event unless it stands already; one that was undone comes again under another id."""
        generation = 0
        while True:
            event_id = _event_id(event, when, generation)
            stands = self._target.stands(event_id)
            if stands is None:
                self.plan.events.append(replace(event, event_id=event_id))
                return True
            if stands:
                return False
            generation += 1

    def _labeler(self, row: CandidateRow) -> str:
        return row.values.get(self._roles.labeler_field, "").strip() or self._mapping.labeler.strip()

    def _confidence(self, row: CandidateRow) -> Optional[int]:
        text = row.values.get(self._roles.confidence_field, "")
        return self._read_confidence(text) if text else None

    def _refuse(self, row: CandidateRow, reason: str, value: str) -> None:
        self.plan.remarks.append(ImportRemark(row.number, reason, value))

    def _remark(self, row: CandidateRow, reason: str, value: str) -> None:
        self.plan.remarks.append(ImportRemark(row.number, reason, value, is_taken=True))

    @staticmethod
    def _texts(table: CandidateTable, name: str) -> List[str]:
        return [row.values[name] for row in table.rows if row.values.get(name)] if name else []


def _sample_id(name: str, shape: SampleShape) -> str:
    """Return an id that follows from name and geometry: ``17-3f2a...``, ``import-3f2a...``."""
    digest = hashlib.sha256(f"{name}|{shape.geometry.asWkt(8)}".encode()).hexdigest()[:_ID_LENGTH]
    return f"{name or 'import'}-{digest}"


def _event_id(event: LabelEvent, when: str, generation: int) -> str:
    content = (
        event.sample_id, event.labeler, event.kind, event.class_name, str(event.confidence), event.comment, when,
        str(generation),
    )  # fmt: skip
    return hashlib.sha256("\x1f".join(content).encode()).hexdigest()[:32]
