"""What was done to a series before it is used: a text that travels with stacks, tables and models.

Stacks carry it in their metadata, series layers in a field, models in their expectations. It names methods and the
settings that change values, without dates, so that seasons of different years compare equal:
``composite_median(period_days=30) > 7_day_linear_whittaker(period_days=7, smoothness=10, extrapolate=false)``.
"""

from __future__ import annotations

from typing import Any, Mapping, Sequence

import numpy as np
import numpy.typing as npt

PREPROCESSING_TAG = "CROPSAMPLE_PREPROCESSING"
BACKSCATTER_TAG = "CROPSAMPLE_BACKSCATTER"
PREPROCESSING_FIELD = "series_preprocessing"
UNPROCESSED = "raw"
SEPARATOR = " > "
LAYOUT_TAG = "CROPSAMPLE_LAYOUT"


def history_of(tags: Mapping[str, str]) -> str:
    """Return what was done to a stack, ``raw`` when its metadata say nothing."""
    return tags.get(PREPROCESSING_TAG, "") or UNPROCESSED


def history_of_field(fields: Mapping[str, npt.NDArray[Any]]) -> str | None:
    """Return what was done to a series layer; None when it does not say, as layers from elsewhere.

    Rows that differ are joined, so that they match no stack.
    """
    if PREPROCESSING_FIELD not in fields:
        return None
    texts = sorted({str(value) for value in fields[PREPROCESSING_FIELD] if value is not None})
    return " | ".join(texts) if texts else None


def with_step(history: str | None, step: str) -> str:
    """Return the history with one more step; an empty step, or the last one again, leaves it."""
    if not step:
        return history or UNPROCESSED
    if history and history.split(SEPARATOR)[-1] == step:
        return history
    return step if history in (None, "", UNPROCESSED) else f"{history}{SEPARATOR}{step}"


def stack_tags(tags: Mapping[str, str], step: str, **more: str) -> dict[str, str]:
    """Return the metadata of a stack made from another one: its history, radar unit, and what is given."""
    kept = {name: value for name, value in tags.items() if name.startswith("CROPSAMPLE_")}
    history = with_step(history_of(tags), step)
    return {**kept, PREPROCESSING_TAG: history, **more}


def joined_tags(sources: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """Return the metadata of a stack that joins rasters: what they all say, or all they say where they differ.

    A raster without a history counts as ``raw``. Histories that differ are joined so that they match no model.
    """
    names = {name for tags in sources for name in tags if name.startswith("CROPSAMPLE_")}
    joined = {}
    for name in sorted(names - {LAYOUT_TAG}):
        texts = {history_of(tags) if name == PREPROCESSING_TAG else tags.get(name, "") for tags in sources}
        joined[name] = " | ".join(sorted(texts - {""}))
    return joined


def field_values(history: str, n_rows: int) -> npt.NDArray[np.object_]:
    """Return the column that says it in a series layer."""
    return np.full(n_rows, history, dtype=object)
