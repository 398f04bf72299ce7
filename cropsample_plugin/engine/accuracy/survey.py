"""A reference sample put on its map: areas of classes, strata and regions, and the design ready to estimate with."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from cropsample_plugin.engine.accuracy.bootstrap import NO_LABEL, LabelSheet
from cropsample_plugin.engine.accuracy.class_counts import ClassMap, Tally
from cropsample_plugin.engine.accuracy.class_scheme import (
    ClassNames,
    ClassScheme,
    class_values,
    label_code,
    make_scheme,
)
from cropsample_plugin.engine.accuracy.designs import (
    CLUSTER,
    UNEQUAL,
    DesignInput,
    SampleDesign,
    Strata,
    make_design,
)
from cropsample_plugin.engine.accuracy.reference import PlacedSamples
from cropsample_plugin.engine.accuracy.strata_sources import (
    LEAVE_OUT,
    M2_PER_HA,
    ClassAreas,
    SurveyPlan,
    class_areas,
    design_weights,
    plain_number,
    strata_of_samples,
)
from cropsample_plugin.engine.errors import SamplesError

_WEIGHTS_DIFFER = 0.2


@dataclass(frozen=True)
class Survey:
    """Everything an estimate needs.

    Attributes:
        scheme: classes.
        samples: samples that are used.
        sheet: their labels.
        mapped: areas as mapped.
        design: how the samples were drawn, in hectares.
        strata: the strata, None without.
        strata_text: what the strata are.
        notes: what the user must know.
    """

    scheme: ClassScheme
    samples: PlacedSamples
    sheet: LabelSheet
    mapped: ClassAreas
    design: SampleDesign
    strata: Strata | None
    strata_text: str
    notes: tuple[str, ...] = field(default=())


def make_survey(
    class_map: ClassMap, tally: Tally, placed: PlacedSamples, names: ClassNames, plan: SurveyPlan
) -> Survey:
    """Match samples with the map and its strata.

    Raises:
        InputError: 0 or unclassified pixels about which nothing was said.
        SamplesError: labels that are no class of the map, no sample left, or design fields missing or wrong.
    """
    by_value = _by_value(tally, with_strata=plan.has_strata_raster)
    rules = class_map.rules
    unclassified = {"values": rules.unclassified_values, "treatment": rules.unclassified}
    values, reasons = class_values(sorted(by_value.pixels), rules.zero, unclassified, class_map.nodata)
    at_samples = class_map.classified(class_map.values_at(placed.rows, placed.columns))
    placed, at_samples = _on_classes(placed, at_samples, values, reasons)
    labels = [label for label in dict.fromkeys(placed.labels.ravel().tolist()) if label is not None]
    scheme = make_scheme(values, names, labels)
    mapped = class_areas(by_value, scheme)
    strata, text, notes = strata_of_samples(class_map, tally, placed, (scheme, at_samples), plan)
    if strata is not None:
        strata, more = _without_unsampled(strata, plan)
        notes = (*notes, *more)
    left_out = 0.0 if strata is None else _left_out_share(strata, mapped, plan)
    design = make_design(_design_input(class_map, placed, mapped, strata, plan))
    notes = (*notes, *_lonely_notes(design, strata), *_weight_notes(placed, mapped, plan), *_class_notes(scheme))
    if left_out > 0:
        notes = (*notes, f"Estimates hold for {1 - left_out:.2%} of the map: strata without samples are left out.")
    return Survey(scheme, placed, _sheet(placed, at_samples, scheme), mapped, design, strata, text, notes)


def _by_value(tally: Tally, *, with_strata: bool) -> Tally:
    if not with_strata:
        return tally
    summed = Tally()
    for (value, _), pixels in tally.pixels.items():
        summed.add(value, pixels, 0.0)
    for (value, _), area in tally.areas_m2.items():
        summed.areas_m2[value] = summed.areas_m2.get(value, 0.0) + area
    return summed


def _on_classes(
    placed: PlacedSamples, at_samples: npt.NDArray[Any], values: list[Any], reasons: dict[Any, str]
) -> tuple[PlacedSamples, npt.NDArray[Any]]:
    no_data = "the map has no data there"
    outside = {
        int(row): reasons.get(plain_number(value), no_data)
        for row, value in zip(placed.kept, at_samples)
        if plain_number(value) not in values
    }
    stays = np.array([row not in outside for row in placed.kept.tolist()], dtype=bool)
    if not stays.any():
        raise SamplesError(
            "No reference sample lies on a class of the map.",
            "Check nodata, and that map and reference belong together.",
        )
    return placed.without(outside), at_samples[stays]


def _sheet(placed: PlacedSamples, at_samples: npt.NDArray[Any], scheme: ClassScheme) -> LabelSheet:
    labels = {label for label in placed.labels.ravel().tolist() if label is not None}
    code_by_label = {label: label_code(label, scheme) for label in labels}
    codes = [[NO_LABEL if label is None else code_by_label[label] for label in row] for row in placed.labels.tolist()]
    map_codes = np.array([scheme.code_by_value[plain_number(value)] for value in at_samples], dtype=np.int64)
    return LabelSheet(map_codes, np.array(codes, dtype=np.int64), len(scheme.names))


def _without_unsampled(strata: Strata, plan: SurveyPlan) -> tuple[Strata, tuple[str, ...]]:
    unsampled = strata.unsampled()
    if not unsampled or plan.unsampled != LEAVE_OUT:
        return strata, ()
    stays = [number for number in range(len(strata.names)) if number not in unsampled]
    position = {old: new for new, old in enumerate(stays)}
    codes = np.array([position[code] for code in strata.codes.tolist()], dtype=np.int64)
    names = tuple(strata.names[number] for number in stays)
    told = ", ".join(strata.names[number] for number in unsampled)
    note = (
        f"No sample lies in the strata {told} ({strata.areas[unsampled].sum():,.2f} ha): they are left out, as asked."
    )
    return Strata(codes, names, strata.areas[stays], strata.pixels[stays]), (note,)


def _left_out_share(strata: Strata, mapped: ClassAreas, plan: SurveyPlan) -> float:
    if plan.unsampled != LEAVE_OUT or plan.design == UNEQUAL:
        return 0.0
    return max(0.0, 1.0 - float(strata.areas.sum()) / mapped.total_ha)


def _design_input(
    class_map: ClassMap, placed: PlacedSamples, mapped: ClassAreas, strata: Strata | None, plan: SurveyPlan
) -> DesignInput:
    with_areas = strata is not None and plan.design != UNEQUAL
    total = float(strata.areas.sum()) if with_areas and strata is not None else mapped.total_ha
    clusters = None
    if plan.design == CLUSTER and plan.fields.cluster:
        clusters = np.unique(placed.column(plan.fields.cluster).astype(str), return_inverse=True)[1].astype(np.int64)
    weights = design_weights(placed.table, placed.kept, plan.fields) if plan.design in (CLUSTER, UNEQUAL) else None
    return DesignInput(
        plan.design,
        total,
        class_map.areas.at(placed.rows, placed.columns) / M2_PER_HA,
        float(mapped.pixels.sum()),
        strata,
        weights,
        clusters,
        placed.xy,
    )


def _lonely_notes(design: SampleDesign, strata: Strata | None) -> tuple[str, ...]:
    if not design.lonely or strata is None:
        return ()
    names = ", ".join(strata.names[number] for number in design.lonely)
    return (
        (
            f"A single sample stands for each of the strata {names}: their variance is taken around the mean of the "
            "whole map, which is too large rather than too small. Two or more samples would tell it."
        ),
    )


def _weight_notes(placed: PlacedSamples, mapped: ClassAreas, plan: SurveyPlan) -> tuple[str, ...]:
    if plan.design not in (CLUSTER, UNEQUAL):
        return ()
    weights = design_weights(placed.table, placed.kept, plan.fields)
    if weights is None:
        return ()
    share = float(weights.sum() / mapped.pixels.sum())
    if abs(share - 1.0) < _WEIGHTS_DIFFER:
        return ()
    n_pixels = mapped.pixels.sum()
    return (
        (
            f"The design weights add up to {weights.sum():,.0f} pixels, the map has {n_pixels:,.0f}: they are "
            "scaled to the map. Check that they are in pixels of this map."
        ),
    )


def _class_notes(scheme: ClassScheme) -> tuple[str, ...]:
    missing = [name for name, is_mapped in zip(scheme.names, scheme.is_mapped) if not is_mapped]
    if not missing:
        return ()
    return (
        (
            f"The reference has classes that the map lacks: {', '.join(missing)}. Their producer's accuracy is 0; "
            "their area is estimated from the reference alone."
        ),
    )
