"""Find where land-cover products agree on crop or no crop, and draw weak samples there."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from cropsample_plugin.engine.errors import InputError, SamplesError
from cropsample_plugin.engine.labels.agreement import cohen_kappa
from cropsample_plugin.engine.labels.product_consensus import (
    CLASS_NAMES,
    ProductOutcome,
    ProductSettings,
    find_consensus,
)
from cropsample_plugin.engine.labels.product_legends import read_legend
from cropsample_plugin.engine.labels.product_reader import ProductGrid, ProductReader
from cropsample_plugin.engine.labels.quality_tables import table_of
from cropsample_plugin.engine.output_files import check_output
from cropsample_plugin.engine.timeseries.table_output import OutputTable, write_table
from cropsample_plugin.jobs.registry import JobContext, JobResult


@dataclass(frozen=True)
class Parameters:
    """Parameters of ``productconsensus``.

    Attributes:
        products: land-cover rasters; the first gives the grid.
        crop_values: for each product a preset's name, the values that mean crop, or a threshold.
        consensus: GeoTIFF to write: 0 non-crop, 1 crop, 255 neither.
        agreement: GeoTIFF with the votes; "" for none.
        samples: GeoPackage of weak samples; "" for none.
        pairs: GeoPackage table of the agreement of every two products; "" for none.
        min_agreement, purity_window, n_per_class, seed: see `ProductSettings`.
    """

    products: tuple[str, ...]
    crop_values: tuple[str, ...]
    consensus: str
    agreement: str = ""
    samples: str = ""
    pairs: str = ""
    min_agreement: int = 0
    purity_window: int = 1
    n_per_class: int = 500
    seed: int = 42


def run(parameters: Parameters, context: JobContext) -> JobResult:
    """Read the products on one grid, write consensus and agreement, draw samples."""
    _check(parameters)
    n_wanted = parameters.n_per_class if parameters.samples else 0
    settings = ProductSettings(parameters.min_agreement, parameters.purity_window, n_wanted, parameters.seed)
    legends = tuple(read_legend(text) for text in parameters.crop_values)
    with ProductReader(parameters.products, legends) as reader:
        outcome = find_consensus(reader, settings, parameters.consensus, parameters.agreement, context.progress)
        for path, values in zip(parameters.products, reader.unknown):
            if values:
                listed = ", ".join(map(str, sorted(values)))
                context.progress.log(f"{Path(path).name} has values its legend does not know: {listed}.", "warning")
        grid = reader.grid
    _warn(outcome, parameters, context)
    if parameters.pairs:
        write_table(_pair_table(parameters.products, outcome), Path(parameters.pairs), "pairs")
    if parameters.samples:
        write_table(_sample_table(outcome, grid), Path(parameters.samples), "samples")
    files = [parameters.consensus, parameters.agreement, parameters.samples, parameters.pairs]
    return JobResult(_numbers(outcome, parameters), [path for path in files if path], list(parameters.products))


def _check(parameters: Parameters) -> None:
    if len(parameters.products) < 2:  # noqa: PLR2004 - agreement takes two
        raise InputError("Products agree with one another: give two or more.")
    if len(parameters.crop_values) != len(parameters.products):
        raise InputError(
            f"{len(parameters.products)} products, but crop values of {len(parameters.crop_values)}.",
            "Give one entry per product, in their order, with semicolons between them.",
        )
    inputs = list(parameters.products)
    for path in (parameters.consensus, parameters.agreement):
        if path or path == parameters.consensus:
            check_output(path, inputs, (".tif", ".tiff"))
    for path in (parameters.samples, parameters.pairs):
        if path:
            check_output(path, inputs, (".gpkg",))


def _warn(outcome: ProductOutcome, parameters: Parameters, context: JobContext) -> None:
    if outcome.n_valid == 0:
        context.progress.log("No pixel has data in every product.", "warning")
    for code, name in CLASS_NAMES.items():
        count = outcome.counts[code]
        if count < parameters.n_per_class:
            context.progress.log(
                f"The products agree on {name} in {count} pixels only, fewer than the {parameters.n_per_class} samples "
                "wanted. Ask for fewer products to agree, a smaller purity window, or leave out the product that "
                "disagrees most.",
                "warning",
            )


def _numbers(outcome: ProductOutcome, parameters: Parameters) -> dict[str, Any]:
    n_valid = max(outcome.n_valid, 1)
    return {
        "consensus": parameters.consensus,
        "agreement": parameters.agreement,
        "samples": parameters.samples,
        "n_products": len(parameters.products),
        "n_valid": outcome.n_valid,
        "share_agreed": outcome.n_agreed / n_valid,
        "n_crop": outcome.counts[1],
        "n_non_crop": outcome.counts[0],
        "n_samples": sum(len(picked) for picked in outcome.picked.values()),
    }


def _pair_table(products: tuple[str, ...], outcome: ProductOutcome) -> OutputTable:
    rows = []
    for first in range(len(products)):
        for second in range(first + 1, len(products)):
            table = outcome.tables[first, second]
            total = float(table.sum())
            rows.append(
                {
                    "first": Path(products[first]).name,
                    "second": Path(products[second]).name,
                    "n_common": int(total),
                    "both_crop": int(table[1, 1]),
                    "only_first": int(table[1, 0]),
                    "only_second": int(table[0, 1]),
                    "neither": int(table[0, 0]),
                    "agreement": float(np.trace(table)) / total if total else float("nan"),
                    "kappa": cohen_kappa(table),
                }
            )
    return table_of(rows, tuple(rows[0]))


def _sample_table(outcome: ProductOutcome, grid: ProductGrid) -> OutputTable:
    parts = [(code, outcome.picked[code]) for code in sorted(outcome.picked) if len(outcome.picked[code])]
    if not parts:
        raise SamplesError("The products agree nowhere, so no sample can be drawn.", "Ask for fewer products to agree.")
    drawn = np.concatenate([part for _, part in parts])
    codes = np.concatenate([np.full(len(part), code) for code, part in parts])
    x, y = grid.transform * (drawn[:, 2] + 0.5, drawn[:, 1] + 0.5)
    fields = {
        "sample_id": np.arange(1, len(drawn) + 1),
        "class": np.array([CLASS_NAMES[int(code)] for code in codes], dtype=object),
        "class_id": codes.astype(np.int32),
        "crop_votes": drawn[:, 3].astype(np.int32),
        "origin": np.full(len(drawn), "agreement of products, not observed", dtype=object),
    }
    points = np.array(shapely.to_wkb(shapely.points(x, y)), dtype=object)
    return OutputTable(fields, {}, points, grid.crs.to_wkt(), "Point")
