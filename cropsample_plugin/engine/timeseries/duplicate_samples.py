"""Samples that say the same of the same pixel: the first is kept, the others are noted."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from cropsample_plugin.engine.timeseries.dropped_samples import DropList, DropReason
from cropsample_plugin.engine.timeseries.sample_pixels import SamplePixels, drop_pixels
from cropsample_plugin.engine.timeseries.sample_table import SAMPLE_ID, SOURCE_FID, SampleTable

_FEWEST_IDS = 20


def without_duplicates(
    table: SampleTable, pixels: SamplePixels, seasons: npt.NDArray[np.int64] | None, dropped: DropList
) -> SamplePixels:
    """Keep the first of the samples that say the same of the same pixel.

    Two rows say the same when pixel, season and all text, whole-number and date fields are equal. Fields in which
    every value of 20 or more is different, such as an id, are not compared; neither are decimal fields, such as
    coordinates.

    Args:
        table: the samples.
        pixels: their pixels.
        seasons: ``(n_rows,)`` a number that tells seasons apart; None when all samples have the same.
        dropped: receives the repeated ones.
    """
    place = pixels.row * (pixels.column.max(initial=0) + 1) + pixels.column
    _, inverse, counts = np.unique(place, return_inverse=True, return_counts=True)
    shared = np.flatnonzero(counts[inverse] > 1)
    keys = [inverse[shared]]
    if seasons is not None:
        keys.append(seasons[pixels.sample[shared]])
    keys += [codes[pixels.sample[shared]] for codes in _compared_fields(table)]
    _, first, group = np.unique(np.column_stack(keys), axis=0, return_index=True, return_inverse=True)
    original = np.arange(len(pixels))
    original[shared] = shared[first[np.ravel(group)]]
    repeated = original != np.arange(len(pixels))
    details = {
        int(index): f"the same pixel, season and attributes as feature {table.fids[pixels.sample[original[index]]]}"
        for index in np.flatnonzero(repeated)
    }
    drop_pixels(pixels, repeated, DropReason.DUPLICATE, dropped, details)
    return pixels.subset(~repeated)


def _compared_fields(table: SampleTable) -> list[npt.NDArray[np.int64]]:
    """Return codes of the fields that say something of a sample, equal where the values are."""
    compared = []
    for name, values in table.fields.items():
        is_decimal = values.dtype.kind == "f" and not table.dtypes.get(name, "").startswith(("int", "uint"))
        if name in {SOURCE_FID, SAMPLE_ID} or is_decimal:
            continue
        texts = values.astype(str)
        unique, codes = np.unique(texts, return_inverse=True)
        if len(unique) < table.n_rows or table.n_rows < _FEWEST_IDS:
            compared.append(np.ravel(codes).astype(np.int64))
    return compared
