"""How many samples: for accuracy and areas of a map, for one class, and for training."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from cropsample_plugin.engine.errors import InputError
from cropsample_plugin.engine.output_files import check_output
from cropsample_plugin.engine.sampling.allocation import allocate
from cropsample_plugin.engine.sampling.class_values import named_numbers, whole_numbers
from cropsample_plugin.engine.sampling.cri_curve import CriCurve, cri_curve
from cropsample_plugin.engine.sampling.frame_files import read_map_frame
from cropsample_plugin.engine.sampling.map_frame import FrameRules, MapFrame, per_stratum
from cropsample_plugin.engine.sampling.report_pictures import curve_svg
from cropsample_plugin.engine.sampling.representativeness import variant_named
from cropsample_plugin.engine.sampling.sample_plan import PlanInputs, make_plan
from cropsample_plugin.engine.sampling.sample_size import cochran_size, olofsson_size, power_size
from cropsample_plugin.engine.sampling.sampling_report import Picture, SamplingReport, write_sampling_report
from cropsample_plugin.engine.timeseries.table_output import OutputTable, write_table
from cropsample_plugin.jobs.registry import JobContext, JobResult

_CURVE_SETS = 60
_TESTED_BELOW = 0.1


@dataclass(frozen=True)
class Parameters:
    """Parameters of ``samplesize``.

    Attributes:
        table: GeoPackage table to write, one row per class.
        class_map: class map or strata raster; "" when only objects are given.
        objects: object layer, for the number at which CRI levels off; "" for none.
        expected_accuracies: ``class=accuracy`` separated by commas.
        default_accuracy: expected user's accuracy of the other classes.
        standard_error: target standard error of overall accuracy.
        half_width: target half width of the 95 % interval of a share.
        minimum_per_class: samples every class gets at least.
        zero, unclassified_values, unclassified, nodata_value: as in ``probabilitysamples``.
        report: HTML file to write; "" for none.
        seed: seed of the sets drawn for CRI.
    """

    table: str
    class_map: str = ""
    objects: str = ""
    expected_accuracies: str = ""
    default_accuracy: float = 0.7
    standard_error: float = 0.02
    half_width: float = 0.05
    minimum_per_class: int = 30
    zero: str = "ask"
    unclassified_values: str = ""
    unclassified: str = "outside"
    nodata_value: float | None = None
    report: str = ""
    seed: int = 42


def run(parameters: Parameters, context: JobContext) -> JobResult:
    """Compute every size that the inputs allow, divide the first among classes, write table and report."""
    inputs = [path for path in (parameters.class_map, parameters.objects) if path]
    if not inputs:
        raise InputError("Neither a class map nor objects are given.", "Give one of them, or both.")
    table = check_output(parameters.table, inputs, (".gpkg",))
    report = check_output(parameters.report, inputs, (".html",)) if parameters.report else None
    sizes: dict[str, int] = {}
    rows: list[dict[str, Any]] = []
    if parameters.class_map:
        values = whole_numbers(parameters.unclassified_values)
        rules = FrameRules(parameters.zero, values, parameters.unclassified, parameters.nodata_value)
        frame, _ = read_map_frame(parameters.class_map, rules)
        sizes, rows = _map_sizes(frame, parameters)
    curve = None
    if parameters.objects:
        variant = variant_named("current")
        plan = make_plan(PlanInputs(parameters.objects, seed=parameters.seed), variant)
        curve = cri_curve(plan.population, variant, _CURVE_SETS, parameters.seed, context.progress)
        sizes |= {"cri_knee": curve.knee, "cri_leveled": curve.leveled}
    _write_table(table, rows, sizes)
    if report is not None:
        _write_report(report, sizes, rows, curve)
    recommended = sizes.get("olofsson") or sizes.get("cri_leveled") or sizes.get("cri_knee", 0)
    outputs = {"table": str(table), "report": parameters.report, "n_samples": recommended, "classes": rows}
    outputs |= {f"n_{name}": size for name, size in sizes.items()}
    return JobResult(outputs, [str(path) for path in (table, report) if path], inputs)


def _map_sizes(frame: MapFrame, parameters: Parameters) -> tuple[dict[str, int], list[dict[str, Any]]]:
    expected = named_numbers(parameters.expected_accuracies)
    accuracies = np.array(per_stratum(expected, frame.strata, parameters.default_accuracy, "Expected accuracies"))
    shares = frame.sizes / frame.n_units
    needed = olofsson_size(shares, accuracies, parameters.standard_error, frame.n_units)
    overall = float(shares @ accuracies)
    sizes = {"olofsson": needed, "cochran": cochran_size(overall, parameters.half_width, population=frame.n_units)}
    total = min(max(needed, 1), frame.n_units)
    spreads = np.sqrt(accuracies * (1.0 - accuracies))
    rows = []
    divided = {
        name: allocate(total, shares, frame.sizes, name, spreads, minimum)
        for name, minimum in (("proportional", 1), ("equal", 1), ("neyman", 1))
    }
    rare = allocate(total, shares, frame.sizes, "proportional", spreads, parameters.minimum_per_class)
    for number, name in enumerate(frame.strata):
        tested = max(0.0, accuracies[number] - _TESTED_BELOW)
        enough = power_size(float(accuracies[number]), float(tested)) if 0 < accuracies[number] < 1 else 0
        rows.append(
            {
                "class": str(name),
                "n_pixels": int(frame.sizes[number]),
                "area_share": float(shares[number]),
                "expected_accuracy": float(accuracies[number]),
                **{rule: int(counts[number]) for rule, counts in divided.items()},
                "proportional_with_minimum": int(rare[number]),
                "for_accuracy_above": float(tested),
                "n_for_power_80": int(enough),
            }
        )
    return sizes, rows


def _write_table(target: Path, rows: list[dict[str, Any]], sizes: dict[str, int]) -> None:
    rows = rows or [{"class": name, "n_samples": size} for name, size in sizes.items()]
    fields: dict[str, npt.NDArray[Any]] = {}
    for name in rows[0]:
        values = [row[name] for row in rows]
        fields[name] = np.array(values, dtype=object if isinstance(values[0], str) else None)
    write_table(OutputTable(fields), target, "sample_size")


def _write_report(target: Path, sizes: dict[str, int], rows: list[dict[str, Any]], curve: CriCurve | None) -> None:
    titles = {
        "olofsson": "For the standard error of overall accuracy (Olofsson eq. 13)",
        "cochran": "For the interval of a share, simple random (Cochran)",
        "cri_knee": "For training: CRI bends most",
        "cri_leveled": "For training: choosing well gains less than 0.03 CRI",
    }
    tables = {}
    if rows:
        cells = [[f"{value:.3f}" if isinstance(value, float) else str(value) for value in row.values()] for row in rows]
        tables["Samples per class"] = ([name.replace("_", " ") for name in rows[0]], cells)
    pictures = []
    if curve is not None:
        best = float(curve.best[-1])
        pictures.append(Picture("CRI against the number of samples", curve_svg(curve, curve.sizes[-1], best)))
    write_sampling_report(
        SamplingReport(
            title="How many samples?",
            lead="Proving a map and training a classifier are two questions with two answers. To prove a map, draw a "
            "probability sample of the first size; to train, choose a representative set of the size at which CRI "
            "levels off.",
            cards={titles[name]: str(size) if size else "more than tried" for name, size in sizes.items()},
            pictures=pictures,
            tables=tables,
        ),
        target,
    )
