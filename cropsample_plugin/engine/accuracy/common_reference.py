"""One reference for several maps: the samples on which all maps have data, their labels, and their design."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cropsample_plugin.engine.accuracy.class_counts import ClassMap
from cropsample_plugin.engine.accuracy.class_scheme import Label
from cropsample_plugin.engine.accuracy.designs import (
    CLUSTER,
    UNEQUAL,
    WITH_STRATA,
    DesignInput,
    IntArray,
    SampleDesign,
    make_design,
)
from cropsample_plugin.engine.accuracy.map_answers import Codes, MapSet, answers_at_samples
from cropsample_plugin.engine.accuracy.reference import PlacedSamples, ReferenceFields, place_samples, reasons_text
from cropsample_plugin.engine.accuracy.reference_origin import TrainingOverlap, training_overlap
from cropsample_plugin.engine.accuracy.strata_sources import M2_PER_HA, SurveyPlan, design_weights, field_strata
from cropsample_plugin.engine.errors import InputError, SamplesError
from cropsample_plugin.engine.labels.product_legends import NO_DATA
from cropsample_plugin.engine.sampling.map_frame import FrameRules
from cropsample_plugin.engine.timeseries.sample_table import SampleTable

AS_PUBLISHED = "as_published"


@dataclass(frozen=True)
class CommonReference:
    """Reference samples that all maps have data for.

    Attributes:
        placed: the samples on the first map's grid.
        answers: ``(n_samples, n_maps)`` class of each map.
        labels: ``(n_samples,)`` class of the reference.
        earlier: ``(n_samples,)`` its class at the earlier time; None without.
        design: how the samples were drawn; None for `AS_PUBLISHED`, where each map brings its own.
        overlaps: per map the samples that trained it.
    """

    placed: PlacedSamples
    answers: Codes
    labels: IntArray
    earlier: IntArray | None
    design: SampleDesign | None
    overlaps: tuple[TrainingOverlap, ...]


@dataclass(frozen=True)
class ReferenceReading:
    """How the reference is read.

    Attributes:
        class_field: its class, at the time of the second of two maps.
        earlier_field: its class at the time of the first; "" for none.
        crop_labels: labels that mean crop; empty when labels are names of classes.
        plan: the design; its name may be `AS_PUBLISHED`.
    """

    class_field: str
    earlier_field: str
    crop_labels: tuple[str, ...]
    plan: SurveyPlan


def common_reference(maps: MapSet, table: SampleTable, reading: ReferenceReading, total_ha: float) -> CommonReference:
    """Find the samples on every map and make their design.

    Args:
        maps: the maps.
        table: the reference.
        reading: how it is read.
        total_ha: hectares where every map has data, which the design stands for.

    Raises:
        SamplesError: labels that are no class of the maps, no sample on all maps, or design fields missing or wrong.
    """
    if not reading.class_field:
        raise SamplesError("No field with the classes of the reference is given.", "Choose the class field.")
    with ClassMap(maps.paths[0], FrameRules("class")) as first:
        fields = ReferenceFields(reading.class_field)
        placed = place_samples(table, fields, (first.crs, first.transform, first.shape))
        answers = answers_at_samples(maps, table)
        placed = placed.without(_without_data(placed, answers, maps))
        labels = _codes(placed.labels[:, 0].tolist(), maps, reading.crop_labels)
        earlier = None
        if reading.earlier_field:
            found = table.labels(reading.earlier_field)[placed.kept].tolist()
            blank = {int(row): "it has no earlier label" for row, label in zip(placed.kept, found) if label is None}
            placed = placed.without(blank)
            labels = _codes(placed.labels[:, 0].tolist(), maps, reading.crop_labels)
            earlier = _codes(table.labels(reading.earlier_field)[placed.kept].tolist(), maps, reading.crop_labels)
        if len(placed.kept) == 0:
            raise SamplesError(
                f"No reference sample lies on all maps: {reasons_text(placed.dropped)}.",
                "Check that maps overlap there.",
            )
        design = None if reading.plan.design == AS_PUBLISHED else _design(first, placed, reading.plan, total_ha)
        grid = (first.crs, first.transform)
        overlaps = tuple(
            training_overlap(placed, path, grid, f"the map '{name}'") for path, name in zip(maps.paths, maps.names)
        )
    return CommonReference(placed, answers[placed.kept], labels, earlier, design, overlaps)


def _without_data(placed: PlacedSamples, answers: Codes, maps: MapSet) -> dict[int, str]:
    reasons = {}
    for row in placed.kept.tolist():
        silent = np.flatnonzero(answers[row] == NO_DATA)
        if len(silent):
            reasons[row] = f"the map '{maps.names[silent[0]]}' has no data there"
    return reasons


def _codes(labels: list[Label], maps: MapSet, crop_labels: tuple[str, ...]) -> IntArray:
    if maps.is_binary and crop_labels:
        crops = {text.strip().casefold() for text in crop_labels}
        codes = [int(str(label).strip().casefold() in crops) for label in labels]
        if not any(codes):
            seen = ", ".join(dict.fromkeys(str(label) for label in labels))
            raise SamplesError(
                f"No sample has one of the crop labels {', '.join(crop_labels)}.", f"Labels of the reference: {seen}."
            )
        return np.array(codes, dtype=np.int64)
    folded = [name.casefold() for name in maps.classes]
    wanted = {str(label) for label in labels}
    unknown = sorted(text for text in wanted if text.strip().casefold() not in folded)
    if unknown:
        raise SamplesError(
            f"The reference has labels that are no class of the maps: {', '.join(unknown[:8])}.",
            "Say which labels mean crop, or use the maps' class names: " + ", ".join(maps.classes) + ".",
        )
    return np.array([folded.index(str(label).strip().casefold()) for label in labels], dtype=np.int64)


def _design(first: ClassMap, placed: PlacedSamples, plan: SurveyPlan, total_ha: float) -> SampleDesign:
    strata, weights, clusters = None, None, None
    if plan.design in WITH_STRATA:
        if not plan.fields.stratum:
            raise InputError(
                "A stratified reference of several maps needs the field with its strata.",
                "Name the stratum field; the strata of one map are not those of another.",
            )
        strata = field_strata(first, placed, plan)
    if plan.design in (CLUSTER, UNEQUAL):
        weights = design_weights(placed.table, placed.kept, plan.fields)
    if plan.design == CLUSTER and plan.fields.cluster:
        clusters = np.unique(placed.column(plan.fields.cluster).astype(str), return_inverse=True)[1].astype(np.int64)
    areas = first.areas.at(placed.rows, placed.columns) / M2_PER_HA
    total = total_ha if strata is None else float(strata.areas.sum())
    return make_design(DesignInput(plan.design, total, areas, float("nan"), strata, weights, clusters, placed.xy))
