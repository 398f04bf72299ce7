"""Pictures and tables that the reports on a sample set share."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from cropsample_plugin.engine.sampling.cri_curve import CriCurve, CriDistributions
from cropsample_plugin.engine.sampling.report_pictures import (
    curve_svg,
    distribution_svg,
    map_svg,
    stratum_colors,
    unlikeness_colors,
)
from cropsample_plugin.engine.sampling.representation_gaps import Gaps
from cropsample_plugin.engine.sampling.sample_plan import Plan
from cropsample_plugin.engine.sampling.sampling_report import Picture
from cropsample_plugin.engine.sampling.zonal import stratum_color

STRATA_TITLE = "Strata"
STRATA_CAPTION = (
    "Expected: samples that a stratum would have by its share of the fields. A kind of field that varies much gets "
    "more than its share, a uniform one fewer. Unlikeness: mean distance of the fields to the sample most like them; "
    "1 is as far as fields of one kind usually are from their mean, above 2 is hardly represented."
)
IntArray = npt.NDArray[np.int64]


def comparison_pictures(found: CriDistributions, curve: CriCurve, n_samples: int, cri: float) -> list[Picture]:
    """Return the distribution of the index at this size and the index against the number of samples."""
    share = float(np.mean(found.random < cri))
    caption = (
        f"{len(found.random)} sets of {n_samples} of each kind. This set is above {share:.0%} of random and "
        f"{float(np.mean(found.stratified < cri)):.0%} of stratified sets."
    )
    knee = (
        f"The curve bends most at {curve.knee} samples (Kneedle). " if curve.knee else "The curve has no clear bend. "
    )
    leveled = (
        f"From {curve.leveled} samples on, choosing well gains less than 0.03 over choosing at random."
        if curve.leveled
        else "Choosing well gains more than 0.03 over choosing at random at every number of samples tried."
    )
    return [
        Picture("Compared with other sets", distribution_svg(found, cri), caption),
        Picture("How many samples?", curve_svg(curve, n_samples, cri), knee + leveled),
    ]


def map_pictures(plan: Plan, sample: IntArray, gaps: Gaps) -> list[Picture]:
    """Return the map of strata and the map of what is under-represented, each with the samples."""
    rows = plan.rows[plan.population.rows]
    shapes = plan.layer.shapes(rows)
    xy = plan.layer.objects.xy_m[plan.usable_rows(sample)]
    strata = map_svg(shapes, stratum_colors(plan.population.strata.labels), xy)
    missing = map_svg(shapes, unlikeness_colors(gaps.unlikeness), xy)
    strata_caption = "Kinds of field, each in its colour (see the table of strata); white dots are samples by priority."
    return [
        Picture("Strata and samples", strata, strata_caption),
        Picture(
            "What is under-represented",
            missing,
            "Pale: a sample is alike. Red: the nearest sample is at least twice as far as fields of one kind usually "
            "are from their mean.",
        ),
    ]


def strata_table(gaps: Gaps) -> tuple[list[str], list[list[str]]]:
    """Return one row per stratum for the report."""
    header = ["Stratum", "Fields", "Samples", "Expected", "Unlikeness", "Status"]
    rows = [_cells(row) for row in gaps.strata]
    return header, rows


def strata_swatches(gaps: Gaps) -> list[str]:
    """Return the colour of each row of `strata_table` on the map."""
    return [stratum_color(number) for number in range(len(gaps.strata))]


def _cells(row: dict[str, Any]) -> list[str]:
    numbers = [str(row["n_objects"]), str(row["n_samples"]), f"{row['expected']:.1f}", f"{row['unlikeness']:.2f}"]
    return [str(row["stratum"]), *numbers, row["status"]]
