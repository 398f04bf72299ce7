"""TISQE with a second opinion: maps of neurons and held-out forests look at a label, the mean of their margins decides.

Both margins lie in [-1, 1] and are positive where the label is what the series is likest. They err differently: maps
compare curves of one or two indices, and know no small classes; forests see all dates of all bands, and follow wrong
labels where those are many.
"""

from __future__ import annotations

from copy import deepcopy

import numpy as np

from cropsample_plugin.engine.labels.quality_result import KEEP, REMOVE, SUSPECT, QualityResult
from cropsample_plugin.engine.labels.tisqe import TisqeSettings
from cropsample_plugin.engine.labels.votes import NO_LABEL

REMOVE_MARGIN = -0.15


def with_second_opinion(maps: QualityResult, forests: QualityResult, settings: TisqeSettings) -> QualityResult:
    """Judge by the mean of both margins; samples that one of them did not judge stay as the maps left them.

    Args:
        maps: what TISQE found.
        forests: what models that did not see the samples found, see `judge_by_confident_learning`.
        settings: what Keep needs.
    """
    result = deepcopy(maps)
    margin = (maps.margin + forests.margin) / 2.0
    rows = np.flatnonzero(np.isfinite(margin))
    result.margin[rows] = margin[rows]
    is_kept = (
        (maps.prior >= settings.keep_probability)
        & (maps.posterior >= settings.keep_probability)
        & (margin >= settings.keep_margin)
    )
    category = np.where(margin <= REMOVE_MARGIN, REMOVE, np.where(is_kept, KEEP, SUSPECT))
    result.category[rows] = category[rows]
    suggested = np.where(forests.suggested != NO_LABEL, forests.suggested, maps.suggested)
    result.suggested[rows] = np.where(is_kept, NO_LABEL, suggested)[rows]
    for row in rows:
        result.reason[row] = f"{maps.reason[row]}; {forests.reason[row]}"
    return result
