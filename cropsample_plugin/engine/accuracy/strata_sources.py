"""Strata of a reference sample and their sizes: of a raster, of a field, or the classes of the map."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from cropsample_plugin.engine.accuracy.class_counts import ClassMap, Tally
from cropsample_plugin.engine.accuracy.class_scheme import ClassScheme, label_code
from cropsample_plugin.engine.accuracy.designs import (
    POST_STRATIFIED,
    STRATIFIED,
    UNEQUAL,
    FloatArray,
    IntArray,
    Strata,
    check_weights,
)
from cropsample_plugin.engine.accuracy.reference import DUPLICATE, PlacedSamples
from cropsample_plugin.engine.errors import SamplesError
from cropsample_plugin.engine.timeseries.sample_table import SampleTable

M2_PER_HA = 10_000.0
REFUSE, LEAVE_OUT = "refuse", "leave_out"
UNSAMPLED = (REFUSE, LEAVE_OUT)
_DIFFERENT = 0.02


@dataclass(frozen=True)
class DesignFields:
    """Fields of the reference that say how it was drawn; "" for none.

    Attributes:
        stratum: stratum of each sample.
        stratum_size: pixels of that stratum.
        weight: pixels each sample stands for.
        probability: its inclusion probability, used where there is no weight.
        cluster: primary unit.
    """

    stratum: str = ""
    stratum_size: str = ""
    weight: str = ""
    probability: str = ""
    cluster: str = ""


@dataclass(frozen=True)
class ClassAreas:
    """Pixels and hectares of the classes of a map or region, as mapped.

    Attributes:
        pixels, areas_ha: ``(n_classes,)``.
    """

    pixels: FloatArray
    areas_ha: FloatArray

    @property
    def total_ha(self) -> float:
        """Area of all classes."""
        return float(self.areas_ha.sum())


@dataclass(frozen=True)
class SurveyPlan:
    """What the user said about the design.

    Attributes:
        design: a name of `designs.DESIGNS`.
        fields: fields of the reference.
        has_strata_raster: the class map carries a raster of strata.
        unsampled: what to do about strata without a sample, one of `UNSAMPLED`.
    """

    design: str
    fields: DesignFields
    has_strata_raster: bool = False
    unsampled: str = REFUSE


def strata_of_samples(
    class_map: ClassMap,
    tally: Tally,
    placed: PlacedSamples,
    classes: tuple[ClassScheme, npt.NDArray[Any]],
    plan: SurveyPlan,
) -> tuple[Strata | None, str, tuple[str, ...]]:
    """Return the strata, what they are, and notes; those of a raster, of a field, or the map's classes."""
    scheme, at_samples = classes
    if plan.design not in (STRATIFIED, POST_STRATIFIED, UNEQUAL):
        return None, "", ()
    if plan.has_strata_raster:
        return _raster_strata(class_map, tally, placed, scheme), "values of the strata raster", ()
    if plan.fields.stratum:
        strata = field_strata(class_map, placed, plan)
        if plan.design == UNEQUAL or not _are_map_classes(strata, placed, scheme, at_samples):
            notes = _size_notes(strata, class_areas(tally, scheme)) if plan.design != UNEQUAL else ()
            return strata, f"field '{plan.fields.stratum}' of the reference", notes
    if plan.design == UNEQUAL:
        return None, "", ()
    map_codes = np.array([scheme.code_by_value[plain_number(value)] for value in at_samples], dtype=np.int64)
    mapped = class_areas(tally, scheme)
    strata = Strata(map_codes, scheme.names, mapped.areas_ha, mapped.pixels)
    return strata, "classes of the map", ()


def _raster_strata(class_map: ClassMap, tally: Tally, placed: PlacedSamples, scheme: ClassScheme) -> Strata:
    pixels: dict[Any, float] = {}
    areas: dict[Any, float] = {}
    for (value, stratum), count in tally.pixels.items():
        if value in scheme.code_by_value:
            pixels[stratum] = pixels.get(stratum, 0.0) + count
            areas[stratum] = areas.get(stratum, 0.0) + tally.areas_m2[value, stratum] / M2_PER_HA
    names = sorted(pixels)
    found = [plain_number(value) for value in class_map.strata_at(placed.rows, placed.columns)]
    codes = np.array([names.index(value) for value in found], dtype=np.int64)
    sizes = np.array([pixels[name] for name in names])
    return Strata(codes, tuple(f"{name:g}" for name in names), np.array([areas[name] for name in names]), sizes)


def field_strata(class_map: ClassMap, placed: PlacedSamples, plan: SurveyPlan) -> Strata:
    """Return the strata of a field; their sizes from a field of pixels, or from the design weights of their samples.

    Samples that cannot be used count for the sizes: they were drawn as well.

    Raises:
        SamplesError: samples without a stratum, or sizes that are not known or contradict each other.
    """
    fields, table = plan.fields, placed.table
    drawn = np.array([row for row in range(table.n_rows) if placed.dropped.get(row) != DUPLICATE], dtype=np.int64)
    texts = np.array([str(label) for label in table.labels(fields.stratum)], dtype=object)
    n_blank = int((texts[placed.kept] == "None").sum())
    if n_blank:
        raise SamplesError(
            f"{n_blank} samples have no value in the field '{fields.stratum}'.",
            "Every sample of a stratified design belongs to a stratum.",
        )
    drawn = drawn[texts[drawn] != "None"]
    names = tuple(dict.fromkeys(texts[drawn].tolist()))
    codes = np.array([names.index(text) for text in texts[placed.kept]], dtype=np.int64)
    unknown = np.full(len(names), np.nan)
    if plan.design == UNEQUAL:
        return Strata(codes, names, unknown, unknown)
    drawn_codes = np.array([names.index(text) for text in texts[drawn]], dtype=np.int64)
    if fields.stratum_size:
        pixels: FloatArray = _sizes(table.column(fields.stratum_size)[drawn], drawn_codes, names, fields.stratum_size)
    elif fields.weight or fields.probability:
        weights = design_weights(table, drawn, fields)
        check_weights(weights)
        pixels = np.bincount(drawn_codes, weights=weights, minlength=len(names)).astype(np.float64)
    else:
        raise SamplesError(
            f"The size of the strata in '{fields.stratum}' is not known.",
            "Give the field with the pixels of each stratum, design weights, or a raster of the strata.",
        )
    areas = class_map.areas.at(placed.rows, placed.columns) / M2_PER_HA
    counts = np.bincount(codes, minlength=len(names))
    sums = np.bincount(codes, weights=areas, minlength=len(names))
    mean_area = np.where(counts > 0, sums / np.maximum(counts, 1), areas.mean())
    return Strata(codes, names, pixels * mean_area, pixels)


def _sizes(values: npt.NDArray[Any], codes: IntArray, names: tuple[str, ...], field_name: str) -> FloatArray:
    if values.dtype.kind not in "iuf":
        raise SamplesError(f"The field '{field_name}' holds no numbers.", "Choose the field with pixels per stratum.")
    sizes = np.empty(len(names))
    for number, name in enumerate(names):
        found = np.unique(values[codes == number].astype(np.float64))
        if len(found) != 1 or not found[0] > 0:
            raise SamplesError(
                f"The samples of stratum '{name}' have the sizes {', '.join(f'{value:g}' for value in found[:5])}.",
                f"In the field '{field_name}' all samples of a stratum hold its number of pixels, above 0.",
            )
        sizes[number] = found[0]
    return sizes


def _are_map_classes(strata: Strata, placed: PlacedSamples, scheme: ClassScheme, at_samples: npt.NDArray[Any]) -> bool:
    """Return whether the stratum of every sample is the class that the map has there now."""
    code_of = [label_code(name, scheme) for name in strata.names]
    now = [scheme.code_by_value[plain_number(value)] for value in at_samples]
    return len(placed.kept) > 0 and all(code_of[stratum] == code for stratum, code in zip(strata.codes, now))


def _size_notes(strata: Strata, mapped: ClassAreas) -> tuple[str, ...]:
    total = float(strata.areas.sum())
    notes = ["The strata are those the samples were drawn from, not the classes of the map (Stehman 2014)."]
    if abs(total / mapped.total_ha - 1.0) > _DIFFERENT:
        notes.append(
            f"The strata of the reference cover {total:,.0f} ha, the classes of the map {mapped.total_ha:,.0f} ha: "
            "estimates hold for the strata."
        )
    return tuple(notes)


def design_weights(table: SampleTable, rows: IntArray, fields: DesignFields) -> FloatArray | None:
    """Return design weights of rows, or one over inclusion probabilities; None when neither field is named.

    Raises:
        SamplesError: the field holds no numbers, or probabilities outside (0, 1].
    """
    name = fields.weight or fields.probability
    if not name:
        return None
    values = table.column(name)[rows]
    if values.dtype.kind not in "iuf":
        raise SamplesError(f"The field '{name}' holds no numbers.", "Choose the field with the design weights.")
    numbers: FloatArray = values.astype(np.float64)
    if fields.weight:
        return numbers
    if not np.all((numbers > 0) & (numbers <= 1)):
        raise SamplesError(
            f"The field '{name}' holds inclusion probabilities outside 0 to 1.", "Each lies above 0 and is 1 at most."
        )
    return 1.0 / numbers


def class_areas(tally: Tally, scheme: ClassScheme) -> ClassAreas:
    """Return the areas of the classes from pixels and areas by value."""
    pixels, areas = np.zeros(len(scheme.names)), np.zeros(len(scheme.names))
    for value, code in scheme.code_by_value.items():
        pixels[code] += tally.pixels.get(value, 0.0)
        areas[code] += tally.areas_m2.get(value, 0.0) / M2_PER_HA
    return ClassAreas(pixels, areas)


def plain_number(value: Any) -> int | float:  # noqa: ANN401 - a numpy scalar
    """Return a whole number where it is one."""
    number = float(value)
    return int(number) if number.is_integer() else number
