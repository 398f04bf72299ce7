"""From sample layers to the two domains: the same bands, dates, classes and rule for missing values on both sides.

Dropped, each with its reason: samples whose weight or group is missing, samples of the target that the rule for
missing values calls unusable, and unlabeled samples of parcels that have labels elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from cropsample_plugin.engine.errors import MismatchError, SamplesError
from cropsample_plugin.engine.models.class_colors import class_colors
from cropsample_plugin.engine.models.classes import HIGHEST_CLASS_ID, ClassInfo, Label, sorted_labels
from cropsample_plugin.engine.models.compatibility import check_values
from cropsample_plugin.engine.models.missing_values import REASON_TEXTS, USABLE, fill_usable
from cropsample_plugin.engine.models.packages import ModelPackage
from cropsample_plugin.engine.models.samples import (
    SampleFields,
    dropped_in_words,
    mark_reason,
    sample_groups,
    sample_weights,
)
from cropsample_plugin.engine.models.training_set import NOT_A_CLASS, TrainingSet
from cropsample_plugin.engine.models.transfer.domains import DomainSamples, Source, Target
from cropsample_plugin.engine.models.transfer.season_alignment import AlignedSeries, align_series
from cropsample_plugin.engine.timeseries.processing_history import history_of_field
from cropsample_plugin.engine.timeseries.sample_table import Column, SampleTable, series_of
from cropsample_plugin.engine.timeseries.series import SeriesArray, TimeAxis

UNLABELED_OF_LABELED = "it has no class, and other samples of its parcel have one"


@dataclass(frozen=True)
class PreparedDomain:
    """Samples of a layer on the model's axis, and what became of the others.

    Attributes:
        domain: the samples used.
        aligned: their series, before gaps were filled.
        labels: ``(n used,)`` labels as the user has them, None where there is none.
        used_rows: row numbers in the table.
        dropped_rows: row numbers in the table.
        reasons: one sentence part per dropped row.
        class_field: name of the field that the labels come from.
    """

    domain: DomainSamples
    aligned: AlignedSeries
    labels: Column
    used_rows: npt.NDArray[np.int64]
    dropped_rows: npt.NDArray[np.int64]
    reasons: tuple[str, ...]
    class_field: str


def prepare_domain(
    table: SampleTable, fields: SampleFields, package: ModelPackage, shift_days: float, name: str = "target"
) -> PreparedDomain:
    """Read one domain; the class indices are those of the package's classes, see `with_classes`.

    Raises:
        MismatchError: preprocessing, bands, dates or values are not those of the model.
        SamplesError: a field is missing or of the wrong kind, or no sample can be used.
    """
    expects = package.expects
    _check_preprocessing(table, expects.preprocessing, name)
    aligned = align_series(series_of(table), expects.axis, expects.bands, expects.static_bands, shift_days)
    _check_values(package, aligned.series, name)
    reasons = np.full(table.n_rows, "", dtype=object)
    labels = table.labels(fields.class_field) if fields.class_field else np.full(table.n_rows, None, dtype=object)
    weights = sample_weights(table, fields.weight_field, reasons)
    groups = sample_groups(table, fields.group_field, reasons)
    considered = np.flatnonzero(reasons == "")
    filled, codes = fill_usable(aligned.series, considered, expects.missing_rule)
    for code, text in REASON_TEXTS.items():
        reasons[considered[codes == code]] = text
    has_label = np.array([label is not None for label in labels])
    is_used = reasons == ""
    same = series_numbers(aligned.series)
    of_labeled = np.isin(groups, groups[is_used & has_label]) | np.isin(same, same[is_used & has_label])
    of_labeled &= ~has_label
    mark_reason(reasons, of_labeled, UNLABELED_OF_LABELED)
    used = np.flatnonzero(reasons == "")
    if not len(used):
        raise SamplesError(
            f"No sample of the {name} can be used: {dropped_in_words(reasons)}.",
            "Check the fields chosen and the samples' values.",
        )
    filled = filled[np.isin(considered[codes == USABLE], used)]
    series = aligned.series.subset(used)
    dropped = np.flatnonzero(reasons != "")
    samples = _training_set(filled, series, weights[used], groups[used])
    return PreparedDomain(
        DomainSamples(samples, series.values),
        AlignedSeries(series, aligned.overlap, aligned.is_interpolated),
        labels[used],
        used,
        dropped,
        tuple(str(reason) for reason in reasons[dropped]),
        fields.class_field,
    )


def series_numbers(series: SeriesArray) -> npt.NDArray[np.int64]:
    """Return ``(n_samples,)`` numbers that are equal where series are the same, which a parcel met twice is."""
    flat = np.concatenate([series.values.reshape(series.n_samples, -1), series.static_values], axis=1)
    return np.unique(np.nan_to_num(flat, nan=-np.inf), axis=0, return_inverse=True)[1].ravel().astype(np.int64)


def combine(
    package: ModelPackage, target: PreparedDomain, source: PreparedDomain | None = None
) -> tuple[Source, Target]:
    """Encode the classes of both domains alike: those of the package first, then those of the target alone.

    The package expects the target's dates from here on. Source samples of classes that the package lacks are left
    out.

    Raises:
        SamplesError: no source sample has a class of the package.
    """
    classes = union_of_classes(package, target.labels)
    index = {item.label: position for position, item in enumerate(classes)}
    axis = target.aligned.series.axis
    moved = _on_axis(package, axis)
    encoded = _encoded(target.domain, target.labels, index, len(classes))
    is_labeled = encoded.samples.class_indices != NOT_A_CLASS
    source_samples = None
    if source is not None:
        ours = _encoded(source.domain, source.labels, index, len(classes))
        known = np.flatnonzero(
            (ours.samples.class_indices != NOT_A_CLASS) & (ours.samples.class_indices < len(package.classes))
        )
        if len(np.unique(ours.samples.class_indices[known])) < 2:  # noqa: PLR2004 - a model tells classes apart
            raise SamplesError(
                "The source samples do not hold two classes of the model.",
                f"Give the samples that it was trained on; its classes: {', '.join(i.name for i in package.classes)}.",
            )
        source_samples = ours.subset(known)
    return (
        Source(moved, classes, source_samples),
        Target(encoded.subset(np.flatnonzero(is_labeled)), encoded.subset(np.flatnonzero(~is_labeled))),
    )


def union_of_classes(package: ModelPackage, labels: Column) -> tuple[ClassInfo, ...]:
    """Return the package's classes, then those of the labels that it lacks, with ids and colours of their own."""
    known: list[Label] = [item.label for item in package.classes]
    new = sorted_labels(label for label in labels if label is not None and label not in known)
    taken = {item.class_id for item in package.classes}
    colors = class_colors([*(item.name for item in package.classes), *(str(label) for label in new)])[len(known) :]
    added = []
    for label, color in zip(new, colors):
        free = label if isinstance(label, int) and 0 <= label <= HIGHEST_CLASS_ID and label not in taken else None
        class_id = max(taken) + 1 if free is None else free
        taken.add(class_id)
        added.append(ClassInfo(class_id, label, str(label), color))
    return (*package.classes, *added)


def _on_axis(package: ModelPackage, axis: TimeAxis) -> ModelPackage:
    return replace(package, expects=replace(package.expects, axis=axis))


def _encoded(domain: DomainSamples, labels: Column, index: dict[Label, int], n_classes: int) -> DomainSamples:
    codes = np.array([index.get(label, NOT_A_CLASS) for label in labels], dtype=np.int64)
    return DomainSamples(replace(domain.samples, class_indices=codes, n_classes=n_classes), domain.observed)


def _training_set(
    filled: npt.NDArray[np.float32],
    series: SeriesArray,
    weights: npt.NDArray[np.float64],
    groups: npt.NDArray[np.int64],
) -> TrainingSet:
    n = len(filled)
    return TrainingSet(
        values=filled,
        static_values=series.static_values,
        class_indices=np.full(n, NOT_A_CLASS, dtype=np.int64),
        weights=weights,
        is_local=np.ones(n, dtype=np.bool_),
        global_class_indices=np.full(n, NOT_A_CLASS, dtype=np.int64),
        n_classes=0,
        n_global_classes=0,
        groups=groups,
    )


def _check_preprocessing(table: SampleTable, expected: str | None, name: str) -> None:
    found = history_of_field(table.fields)
    if expected is not None and found is not None and expected != found:
        raise MismatchError(
            f"The model was trained on series preprocessed as '{expected}', those of the {name} are '{found}'.",
            "Preprocess both in the same way.",
        )


def _check_values(package: ModelPackage, series: SeriesArray, name: str) -> None:
    try:
        check_values(package.expects, series.values, series.static_values)
    except MismatchError as error:
        message = error.message.replace("the stack's band", f"the {name}'s band")
        raise MismatchError(message, f"Give series of the {name} in the units of the model's.") from error
