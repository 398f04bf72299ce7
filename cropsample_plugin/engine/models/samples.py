"""From a sample layer to a training set: what is used, what is dropped and why.

Dropped, each with its reason: no class, a weight that is missing, zero or negative, an empty group, a domain that
is neither local nor global, and series that the rule for missing values calls unusable. Nothing is dropped
silently; what makes training impossible is an error.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cropsample_plugin.engine.errors import SamplesError
from cropsample_plugin.engine.models.classes import ClassInfo, Label, describe_classes, sorted_labels
from cropsample_plugin.engine.models.missing_values import REASON_TEXTS, USABLE, MissingRule, fill_usable
from cropsample_plugin.engine.models.training_set import NOT_A_CLASS, TrainingSet
from cropsample_plugin.engine.timeseries.processing_history import history_of_field
from cropsample_plugin.engine.timeseries.sample_table import SOURCE_FID, Column, SampleTable
from cropsample_plugin.engine.timeseries.series import SeriesArray

LOCAL_WORDS = frozenset({"local", "1", "true", "yes"})
GLOBAL_WORDS = frozenset({"global", "0", "false", "no"})
PIXEL = "pixel"
SAMPLE_ID = "sample_id"
_SHOWN_REASONS = 3
_HASHED_ITEMS = 65536


@dataclass(frozen=True)
class SampleFields:
    """Names of the fields that training reads; "" where there is none.

    Attributes:
        class_field: class of each sample, text or integer.
        weight_field: weight of each sample, positive.
        group_field: parcel or other group; samples of one group are never split. Without one, the pixels that
            extraction took of one sample are a group.
        domain_field: ``local`` or ``global`` as text, or 1 or 0.
    """

    class_field: str
    weight_field: str = ""
    group_field: str = ""
    domain_field: str = ""


@dataclass(frozen=True)
class PreparedSamples:
    """Samples ready to train on, and what became of the others.

    Attributes:
        training_set: the samples used.
        classes: classes of the model, in the order of its probabilities.
        series: series of the samples used, before gaps were filled.
        labels: ``(n used,)`` labels as the user has them.
        used_rows, dropped_rows: row numbers in the table.
        reasons: one sentence part per dropped row.
        class_field: name of the field that the labels come from.
        sha256: hash of the samples used: labels, weights, groups, domains and series.
        notes: sentences for the report.
        preprocessing: what was done to the series; None when the layer does not say.
    """

    training_set: TrainingSet
    classes: tuple[ClassInfo, ...]
    series: SeriesArray
    labels: Column
    used_rows: npt.NDArray[np.int64]
    dropped_rows: npt.NDArray[np.int64]
    reasons: tuple[str, ...]
    class_field: str
    sha256: str
    notes: tuple[str, ...] = ()
    preprocessing: str | None = None

    @property
    def n_groups(self) -> int:
        """Number of parcels or other groups; the number of samples where none are grouped."""
        return len(np.unique(self.training_set.groups))

    @property
    def is_grouped(self) -> bool:
        """True when some samples belong together and must not be split."""
        return self.n_groups < self.training_set.n_samples

    @property
    def dropped_by_reason(self) -> dict[str, int]:
        """How many samples each reason dropped, most first."""
        return dict(Counter(self.reasons).most_common())


def prepare_samples(
    table: SampleTable, series: SeriesArray, fields: SampleFields, rule: MissingRule, *, separates_domains: bool
) -> PreparedSamples:
    """Choose the samples to train on and encode them.

    Args:
        table: the sample layer.
        series: its series, a row per row of the table.
        fields: which fields to read.
        rule: the rule for missing values.
        separates_domains: True for a model with a head of its own for global samples; the classes of the model
            are then those of the local samples.

    Raises:
        SamplesError: a field is missing or of the wrong kind, or fewer than two classes are left.
    """
    reasons = np.full(table.n_rows, "", dtype=object)
    labels = table.labels(fields.class_field)
    weights = sample_weights(table, fields.weight_field, reasons)
    groups = sample_groups(table, fields.group_field, reasons)
    is_local = _domains(table, fields.domain_field, reasons)
    mark_reason(reasons, np.array([label is None for label in labels]), "it has no class")
    considered = np.flatnonzero(reasons == "")
    filled, codes = fill_usable(series, considered, rule)
    for code, text in REASON_TEXTS.items():
        reasons[considered[codes == code]] = text
    used = considered[codes == USABLE]
    dropped = np.flatnonzero(reasons != "")
    _check_classes(labels[used], is_local[used], reasons[dropped], separates_domains=separates_domains)
    used_series = series if len(used) == series.n_samples else series.subset(used)
    encoded = _encode(labels[used], is_local[used], separates_domains=separates_domains)
    training_set = TrainingSet(
        values=filled,
        static_values=used_series.static_values,
        class_indices=encoded.class_indices,
        weights=weights[used],
        is_local=is_local[used],
        global_class_indices=encoded.global_class_indices,
        n_classes=len(encoded.labels),
        n_global_classes=encoded.n_global_classes,
        groups=groups[used],
    )
    return PreparedSamples(
        training_set=training_set,
        classes=describe_classes(encoded.labels),
        series=used_series,
        labels=labels[used],
        used_rows=used,
        dropped_rows=dropped,
        reasons=tuple(str(reason) for reason in reasons[dropped]),
        class_field=fields.class_field,
        sha256=_hash(training_set, used_series, labels[used]),
        notes=_notes(encoded.labels, labels[used], is_local[used], separates_domains=separates_domains),
        preprocessing=history_of_field(table.fields),
    )


@dataclass(frozen=True)
class _Encoded:
    labels: list[Label]
    class_indices: npt.NDArray[np.int64]
    global_class_indices: npt.NDArray[np.int64]
    n_global_classes: int


def _encode(labels: Column, is_local: npt.NDArray[np.bool_], *, separates_domains: bool) -> _Encoded:
    model_labels = sorted_labels(labels[is_local] if separates_domains else labels)
    global_labels = sorted_labels(labels[~is_local])
    index = {label: position for position, label in enumerate(model_labels)}
    global_index = {label: position for position, label in enumerate(global_labels)}
    return _Encoded(
        model_labels,
        np.array([index.get(label, NOT_A_CLASS) for label in labels], dtype=np.int64),
        np.where(is_local, NOT_A_CLASS, [global_index.get(label, NOT_A_CLASS) for label in labels]),
        len(global_labels),
    )


def sample_weights(table: SampleTable, name: str, reasons: Column) -> npt.NDArray[np.float64]:
    """Return ``(n_rows,)`` weights, 1 without a field; rows with none that is positive are given a reason."""
    if not name:
        return np.ones(table.n_rows)
    column = table.column(name)
    if column.dtype.kind not in "biuf":
        raise SamplesError(f"The weight field '{name}' is not numeric.", "Choose a numeric field.")
    weights = column.astype(np.float64)
    mark_reason(reasons, ~np.isfinite(weights), "its weight is missing")
    mark_reason(reasons, weights < 0, "its weight is negative")
    mark_reason(reasons, weights == 0, "its weight is zero")
    return weights


def sample_groups(table: SampleTable, name: str, reasons: Column) -> npt.NDArray[np.int64]:
    """Return ``(n_rows,)`` numbers of groups, each row its own without a field; rows with none are given a reason."""
    name = name or _sample_field(table)
    if not name:
        return np.arange(table.n_rows)
    column = table.column(name)
    texts = np.array(["" if _is_empty(value) else str(value) for value in column], dtype=object)
    mark_reason(reasons, texts == "", "its group is empty")
    return np.unique(texts.astype(str), return_inverse=True)[1].astype(np.int64)


def _sample_field(table: SampleTable) -> str:
    """Return the field that says which rows are pixels of one sample, "" in a layer of single pixels."""
    if PIXEL not in table.fields:
        return ""
    return next((name for name in (SOURCE_FID, SAMPLE_ID) if name in table.fields), "")


def _domains(table: SampleTable, name: str, reasons: Column) -> npt.NDArray[np.bool_]:
    if not name:
        return np.ones(table.n_rows, dtype=np.bool_)
    words = np.array([_word(value) for value in table.column(name)], dtype=object)
    is_local = np.isin(words, list(LOCAL_WORDS))
    mark_reason(reasons, ~is_local & ~np.isin(words, list(GLOBAL_WORDS)), "its domain is neither local nor global")
    return is_local


def _word(value: object) -> str:
    if _is_empty(value):
        return ""
    is_number = isinstance(value, (float, np.floating)) and float(value).is_integer()
    return str(int(value) if is_number else value).strip().lower()  # type: ignore[call-overload] # a number here


def _is_empty(value: object) -> bool:
    if value is None or (isinstance(value, str) and not value.strip()):
        return True
    return isinstance(value, (float, np.floating)) and not np.isfinite(value)


def mark_reason(reasons: Column, rows: npt.NDArray[np.bool_], text: str) -> None:
    """Give the rows a reason unless they have one."""
    reasons[rows & (reasons == "")] = text


def dropped_in_words(reasons: Column) -> str:
    """Return how many samples each of the most frequent reasons dropped, as a sentence part."""
    counts = Counter(reasons).most_common(_SHOWN_REASONS)
    return ", ".join(f"{count} because {text}" for text, count in counts)


def _check_classes(
    labels: Column, is_local: npt.NDArray[np.bool_], reasons: Column, *, separates_domains: bool
) -> None:
    lost = f" {len(reasons)} samples were dropped: {dropped_in_words(reasons)}." if len(reasons) else ""
    if len(labels) == 0:
        raise SamplesError(f"No sample can be used.{lost}", "Check the fields chosen and the samples' values.")
    if not is_local.any():
        raise SamplesError(
            f"No usable sample is marked as local.{lost}",
            "Mark the samples of the place to map with 'local' or 1 in the domain field, the others 'global' or 0.",
        )
    domains = {"sample": np.ones(len(labels), dtype=np.bool_)}
    if separates_domains:
        domains = {"local sample": is_local, "global sample": ~is_local}
    for domain, rows in domains.items():
        distinct = sorted_labels(labels[rows])
        if len(distinct) == 1:
            raise SamplesError(
                f"Every usable {domain} is of one class, '{distinct[0]}'.{lost}",
                "A model learns to tell classes apart: add samples of another class.",
            )


def _notes(
    model_labels: list[Label], labels: Column, is_local: npt.NDArray[np.bool_], *, separates_domains: bool
) -> tuple[str, ...]:
    notes = []
    local_labels, global_labels = set(labels[is_local]), set(labels[~is_local])
    if separates_domains and not global_labels:
        notes.append("All samples are local: the global head was not trained.")
    only_global = sorted_labels(global_labels - local_labels)
    if only_global:
        names = ", ".join(str(label) for label in only_global)
        how = "the global head alone learned them" if separates_domains else "the model can map them, yet not tested"
        notes.append(f"Classes that only global samples have: {names}; {how}.")
    single = sorted_labels(label for label, count in Counter(labels).items() if count == 1 and label in model_labels)
    if single:
        names = ", ".join(str(label) for label in single)
        notes.append(f"Classes with a single sample: {names}; it was trained on, so they could not be validated.")
    return tuple(notes)


def _hash(samples: TrainingSet, series: SeriesArray, labels: Column) -> str:
    axis = np.array([series.axis.kind.value, *series.axis.labels], dtype=object)
    bands, static_bands = np.array(series.bands, dtype=object), np.array(series.static_bands, dtype=object)
    digest = hashlib.sha256(b"[")
    described = (labels, samples.weights, samples.groups, samples.is_local, axis, bands, static_bands)
    for position, column in enumerate(described):
        digest.update(b", [" if position else b"[")
        _add_items(digest, column)
        digest.update(b"]")
    digest.update(b"]")
    digest.update(np.ascontiguousarray(series.values, dtype="<f4").data)
    digest.update(np.ascontiguousarray(series.static_values, dtype="<f4").data)
    return digest.hexdigest()


def _add_items(digest: hashlib._Hash, column: Column) -> None:
    """Add what ``json.dumps`` makes of the column within its brackets, piece by piece."""
    for start in range(0, len(column), _HASHED_ITEMS):
        text = json.dumps(column[start : start + _HASHED_ITEMS].tolist(), ensure_ascii=True)[1:-1]
        digest.update((", " * bool(start) + text).encode())
