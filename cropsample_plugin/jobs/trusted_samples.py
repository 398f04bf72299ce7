"""Draw samples from a crop layer where it can be trusted, and say how many pixels each rule left."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import shapely

from cropsample_plugin.engine.errors import SamplesError
from cropsample_plugin.engine.labels.quality_tables import table_of
from cropsample_plugin.engine.labels.trusted_samples import (
    RULES,
    TrustedDraw,
    TrustedLayers,
    TrustRules,
    draw_trusted,
    read_history,
)
from cropsample_plugin.engine.labels.votes import Column
from cropsample_plugin.engine.output_files import check_output
from cropsample_plugin.engine.timeseries.table_output import OutputTable, write_table
from cropsample_plugin.jobs.registry import JobContext, JobResult


@dataclass(frozen=True)
class Parameters:
    """Parameters of ``trustedsamples``.

    Attributes:
        crop_layer: raster of classes.
        output: GeoPackage of points to write.
        confidence: raster of confidence; "" for none.
        earlier: rasters of earlier years.
        earlier_meaning: what each of them is, see `read_history`; missing ones are layers of classes.
        classes, min_confidence, homogeneity_window, inner_buffer_m, rotation_years, n_per_class, seed: see
            `TrustRules`.
        counts: GeoPackage table of the pixels left after each rule; "" for none.
    """

    crop_layer: str
    output: str
    confidence: str = ""
    earlier: tuple[str, ...] = ()
    earlier_meaning: tuple[str, ...] = ()
    classes: tuple[int, ...] = ()
    min_confidence: float = 90.0
    homogeneity_window: int = 3
    inner_buffer_m: float = 30.0
    rotation_years: int = 1
    n_per_class: int = 200
    seed: int = 42
    counts: str = ""


def run(parameters: Parameters, context: JobContext) -> JobResult:
    """Apply the rules, draw samples, write them and the counts."""
    inputs = [path for path in (parameters.crop_layer, parameters.confidence, *parameters.earlier) if path]
    for path in (parameters.output, parameters.counts):
        if path or path == parameters.output:
            check_output(path, inputs, (".gpkg",))
    meanings = [*parameters.earlier_meaning, *[""] * len(parameters.earlier)]
    histories = tuple(read_history(path, meaning) for path, meaning in zip(parameters.earlier, meanings))
    rules = TrustRules(
        classes=parameters.classes,
        min_confidence=parameters.min_confidence,
        homogeneity_window_px=parameters.homogeneity_window,
        inner_buffer_m=parameters.inner_buffer_m,
        min_years=parameters.rotation_years,
        n_per_class=parameters.n_per_class,
        seed=parameters.seed,
    )
    layers = TrustedLayers(parameters.crop_layer, parameters.confidence, histories)
    try:
        draw = draw_trusted(layers, rules, context.progress)
        if parameters.counts:
            write_table(_count_table(draw), Path(parameters.counts), "counts")
        _warn(draw, rules, context)
        write_table(_sample_table(draw, layers), Path(parameters.output), "samples")
    finally:
        layers.close()
    n_trusted = sum(int(counts[-1]) for counts in draw.counts.values())
    outputs = {
        "output": parameters.output,
        "counts": parameters.counts,
        "n_samples": sum(len(picked) for picked in draw.picked.values()),
        "n_trusted": n_trusted,
        "n_classes": sum(1 for picked in draw.picked.values() if len(picked)),
        "counts_by_class": {str(value): counts.tolist() for value, counts in sorted(draw.counts.items())},
    }
    return JobResult(outputs, [path for path in (parameters.output, parameters.counts) if path], inputs)


def _warn(draw: TrustedDraw, rules: TrustRules, context: JobContext) -> None:
    missing = sorted(set(rules.classes) - set(draw.counts))
    if missing:
        context.progress.log(f"The crop layer has no pixel of class {', '.join(map(str, missing))}.", "warning")
    for value in sorted(draw.counts):
        left = int(draw.counts[value][-1])
        if left < rules.n_per_class:
            context.progress.log(f"Class {value} has {left} trusted pixels, fewer than {rules.n_per_class}.", "warning")


def _count_table(draw: TrustedDraw) -> OutputTable:
    names = ("class_id", *(rule.replace(" ", "_") for rule in RULES))
    rows = [dict(zip(names, (value, *counts.tolist()))) for value, counts in sorted(draw.counts.items())]
    return table_of(rows, names)


def _sample_table(draw: TrustedDraw, layers: TrustedLayers) -> OutputTable:
    values = [value for value in sorted(draw.picked) if len(draw.picked[value])]
    if not values:
        raise SamplesError("No pixel passes every rule.", "See the counts after each rule, and loosen the strictest.")
    drawn = np.concatenate([draw.picked[value] for value in values])
    codes = np.concatenate([np.full(len(draw.picked[value]), value) for value in values])
    x, y = layers.crop.transform * (drawn[:, 2] + 0.5, drawn[:, 1] + 0.5)
    fields: dict[str, Column] = {
        "sample_id": np.arange(1, len(drawn) + 1),
        "class_id": codes.astype(np.int32),
        "origin": np.full(len(drawn), Path(layers.crop.name).name, dtype=object),
    }
    points = np.array(shapely.to_wkb(shapely.points(x, y)), dtype=object)
    crs = layers.crop.crs
    return OutputTable(fields, {}, points, crs.to_wkt() if crs is not None else "", "Point")
