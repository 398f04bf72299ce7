"""Read the labels of several labelers: from one layer or several, a row per label or a column per labeler.

Exports of Collect Earth Online are known by their columns and read without naming any field.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Iterator, Sequence

import numpy as np

from cropsample_plugin.engine.errors import InputError, SamplesError
from cropsample_plugin.engine.labels.class_names import merge_similar, similarity_notes
from cropsample_plugin.engine.labels.votes import NO_LABEL, Column, Label, LabelVotes
from cropsample_plugin.engine.timeseries.sample_table import SOURCE_FID, SampleTable

BLANK = "it has no label"
NO_ID = "it has no sample id"
DUPLICATE = "the labeler labeled the sample before"
CONTRADICTION = "the labeler gave the sample another label before"
UNKNOWN_ID = "its id is not among the samples"
NO_CONFIDENCE = "its confidence is missing, zero or negative"

_CEO_ID = "plotid"
_CEO_MARKERS = frozenset({"plotid", "sampleid", "collection_time", "analysis_duration"})
_CEO_COLUMNS = _CEO_MARKERS | frozenset(
    {
        "lon",
        "lat",
        "email",
        "labeler",
        "flagged",
        "flagged_reason",
        "confidence",
        "confidence_comment",
        "imagery_title",
        "imagery_attributions",
        "imagery_attribution",
        "sample_geom",
        "plot_geom",
        "center_lon",
        "center_lat",
        "size_m",
        "shape",
        "sample_points",
        "common_securewatch_date",
        "total_securewatch_dates",
        "fid",
        SOURCE_FID,
    }
)


@dataclass(frozen=True)
class LabelSet:
    """One layer of labels.

    Attributes:
        table: the layer.
        name: the labeler, where the layer does not say who gave each label.
        class_field: field with the label of a row.
    """

    table: SampleTable
    name: str
    class_field: str = ""


@dataclass(frozen=True)
class VoteFields:
    """Fields to read; "" and () where there is none.

    Attributes:
        sample_id_field: id of the sample that a row is about.
        labeler_field: who gave the label of a row.
        label_fields: one field per labeler, instead of a row per label.
        confidence_field: how sure the labeler was, a positive number.
    """

    sample_id_field: str = ""
    labeler_field: str = ""
    label_fields: tuple[str, ...] = ()
    confidence_field: str = ""


@dataclass(frozen=True)
class LostLabel:
    """A label that was not counted.

    Attributes:
        source_fid: its row in the user's layer.
        sample_id, labeler, label: what it said; "" where it did not.
        reason: why it was not counted.
    """

    source_fid: int
    sample_id: str
    labeler: str
    label: str
    reason: str


@dataclass(frozen=True)
class VoteReading:
    """What was read.

    Attributes:
        votes: the labels.
        first_rows: ``(n_samples, 2)`` label set and row in which each sample comes first.
        lost: the labels that were not counted.
        notes: what the user should know, a sentence each.
    """

    votes: LabelVotes
    first_rows: Column
    lost: tuple[LostLabel, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class _Row:
    label_set: int
    row: int
    fid: int
    sample_id: str
    labeler: str
    label: Label | None
    confidence: float


@dataclass
class _Collected:
    """Votes as they come in: the first of a labeler on a sample counts."""

    votes: dict[tuple[str, str], _Row] = field(default_factory=dict)
    first_rows: dict[str, tuple[int, int]] = field(default_factory=dict)
    lost: list[LostLabel] = field(default_factory=list)

    def add(self, row: _Row, known_ids: frozenset[str] | None) -> None:
        """Count a label, or say why not."""
        reason = self._reason(row, known_ids)
        if row.sample_id and reason != UNKNOWN_ID:
            self.first_rows.setdefault(row.sample_id, (row.label_set, row.row))
        if reason:
            label = "" if row.label is None else str(row.label)
            self.lost.append(LostLabel(row.fid, row.sample_id, row.labeler, label, reason))
        else:
            self.votes[row.sample_id, row.labeler] = row

    def _reason(self, row: _Row, known_ids: frozenset[str] | None) -> str:
        if not row.sample_id:
            return NO_ID
        if known_ids is not None and row.sample_id not in known_ids:
            return UNKNOWN_ID
        if row.label is None:
            return BLANK
        if not row.confidence > 0:
            return NO_CONFIDENCE
        before = self.votes.get((row.sample_id, row.labeler))
        if before is None:
            return ""
        return DUPLICATE if before.label == row.label else CONTRADICTION


def read_votes(
    sets: Sequence[LabelSet],
    fields: VoteFields,
    *,
    known_ids: frozenset[str] | None = None,
    merge_names: bool = False,
    ordered_classes: Sequence[str] = (),
) -> VoteReading:
    """Put the labels of one or several layers into one table of votes.

    Args:
        sets: the layers.
        fields: fields to read; where none are named, those of a Collect Earth Online export.
        known_ids: ids of the samples; labels of other ids are not counted. None: every id is a sample.
        merge_names: take class names that differ in capitals or spaces alone for one.
        ordered_classes: all classes from low to high; empty when they have no order.

    Raises:
        SamplesError: a field is missing, or no label is left.
        InputError: the ordered classes are not those of the labels.
    """
    rows = list(_all_rows(sets, fields))
    labels = np.full(len(rows), None, dtype=object)
    labels[:] = [row.label for row in rows]
    labels = _of_one_kind(labels)
    notes = similarity_notes(labels, merged=merge_names)
    if merge_names:
        labels = merge_similar(labels)
    collected = _Collected()
    for row, label in zip(rows, labels):
        collected.add(_Row(**{**vars(row), "label": label}), known_ids)
    if not collected.votes:
        raise SamplesError("None of the rows holds a label.", "Check the fields that were chosen.")
    votes = _table_of(collected, _classes(collected, ordered_classes))
    notes += _labeler_notes(votes)
    first_rows = np.array([collected.first_rows[sample_id] for sample_id in votes.sample_ids], dtype=np.int64)
    return VoteReading(votes, first_rows, tuple(collected.lost), tuple(notes))


def id_texts(table: SampleTable, name: str) -> list[str]:
    """Return a field's values as ids: whole numbers without a point, text without outer spaces, "" for none."""
    return [_id_text(value) for value in table.column(name)]


def is_collect_earth(table: SampleTable) -> bool:
    """Return True for an export of Collect Earth Online."""
    return {name.casefold() for name in table.fields} >= _CEO_MARKERS


def _all_rows(sets: Sequence[LabelSet], fields: VoteFields) -> Iterator[_Row]:
    for position, label_set in enumerate(sets):
        table = label_set.table
        ids = id_texts(table, _id_field(table, fields))
        if fields.label_fields:
            for name in fields.label_fields:
                labels = table.labels(name)
                for row, (sample_id, label) in enumerate(zip(ids, labels)):
                    yield _Row(position, row, _fid(table, row), sample_id, name, label, 1.0)
            continue
        labels = table.labels(_class_field(label_set))
        labelers = id_texts(table, fields.labeler_field) if fields.labeler_field else [label_set.name] * len(ids)
        confidences = _confidences(table, fields.confidence_field)
        for row, (sample_id, label) in enumerate(zip(ids, labels)):
            labeler = labelers[row] or label_set.name
            yield _Row(position, row, _fid(table, row), sample_id, labeler, label, float(confidences[row]))


def _id_field(table: SampleTable, fields: VoteFields) -> str:
    if fields.sample_id_field:
        return fields.sample_id_field
    if is_collect_earth(table):
        return next(name for name in table.fields if name.casefold() == _CEO_ID)
    if fields.label_fields:
        if SOURCE_FID not in table.fields:
            table.fields[SOURCE_FID] = table.fids
        return SOURCE_FID
    raise SamplesError(
        "The field with the sample id is not given.", "Name the field that says which sample a row is about."
    )


def _class_field(label_set: LabelSet) -> str:
    if label_set.class_field:
        return label_set.class_field
    names = list(label_set.table.fields)
    if is_collect_earth(label_set.table):
        questions = [name for name in names if name.casefold() not in _CEO_COLUMNS and not name.startswith("pl_")]
        asked = [name for name in questions if name.rstrip().endswith("?")] or questions
        if len(asked) == 1:
            return asked[0]
        raise SamplesError(
            f"The export asks {len(asked)} questions: {', '.join(asked)}.", "Choose the class field among them."
        )
    raise SamplesError("The field with the label is not given.", f"The layer's fields: {', '.join(names)}.")


def _fid(table: SampleTable, row: int) -> int:
    return int(table.fields[SOURCE_FID][row]) if SOURCE_FID in table.fields else int(table.fids[row])


def _confidences(table: SampleTable, name: str) -> Column:
    if not name:
        return np.ones(table.n_rows)
    values = table.column(name)
    try:
        return np.array([np.nan if value in (None, "") else float(value) for value in values])
    except (TypeError, ValueError) as error:
        raise SamplesError(f"The confidence field '{name}' is not numeric.", "Choose a numeric field.") from error


def _id_text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, (float, np.floating)):
        if not np.isfinite(value):
            return ""
        return str(int(value)) if float(value).is_integer() else repr(float(value))
    return str(value).strip()


def _of_one_kind(labels: Column) -> Column:
    """Whole numbers that one file holds as text and another as numbers are one label; otherwise all become text."""
    kinds = {type(label) for label in labels if label is not None}
    if kinds == {str, int}:
        labels = np.array([None if label is None else str(label) for label in labels], dtype=object)
    stripped = np.full(len(labels), None, dtype=object)
    stripped[:] = [label.strip() if isinstance(label, str) else label for label in labels]
    return stripped


def _classes(collected: _Collected, ordered: Sequence[str]) -> tuple[Label, ...]:
    found = {row.label for row in collected.votes.values() if row.label is not None}
    if not ordered:
        return tuple(sorted(found, key=lambda label: (isinstance(label, str), label)))
    by_text = {str(label): label for label in found}
    missing = sorted(set(by_text) - set(ordered))
    if missing or len(set(ordered)) != len(ordered):
        raise InputError(
            f"The ordered classes must name every class once; missing: {', '.join(missing) or 'none'}.",
            f"The labels hold: {', '.join(sorted(by_text))}.",
        )
    return tuple(by_text.get(name, name) for name in ordered)


def _table_of(collected: _Collected, classes: tuple[Label, ...]) -> LabelVotes:
    sample_ids = list(collected.first_rows)
    labelers = tuple(dict.fromkeys(labeler for _, labeler in collected.votes))
    code_by_label = {label: code for code, label in enumerate(classes)}
    row_by_id = {sample_id: row for row, sample_id in enumerate(sample_ids)}
    column_by_labeler = {name: column for column, name in enumerate(labelers)}
    codes = np.full((len(sample_ids), len(labelers)), NO_LABEL, dtype=np.int64)
    confidences = np.ones(codes.shape)
    for (sample_id, labeler), row in collected.votes.items():
        cell = row_by_id[sample_id], column_by_labeler[labeler]
        codes[cell] = code_by_label[row.label]  # type: ignore[index] # a vote has a label
        confidences[cell] = row.confidence
    return LabelVotes(np.array(sample_ids, dtype=object), labelers, classes, codes, confidences)


def _labeler_notes(votes: LabelVotes) -> list[str]:
    notes = []
    given = votes.is_given
    for column, name in enumerate(votes.labelers):
        if given[:, column].sum() == 1:
            notes.append(f"The labeler '{name}' gave a single label; nothing can be said of how reliable it is.")
    if len(votes.labelers) == 1:
        notes.append("There is one labeler: nobody to agree or disagree with.")
    if len(votes.classes) == 1:
        notes.append(f"All labels are '{votes.classes[0]}': kappa and alpha are not defined.")
    return notes
