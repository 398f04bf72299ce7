"""Reference samples for a weakly supervised model: their class, their series, and what the products say there."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import shapely
from pyproj import Transformer
from rasterio.transform import rowcol
from rasterio.windows import Window

from cropsample_plugin.engine.errors import SamplesError
from cropsample_plugin.engine.models.missing_values import REASON_TEXTS, USABLE, MissingRule, apply_missing_rule
from cropsample_plugin.engine.models.weak_supervision.label_raster import AlignedRaster, LabelClass, VoteReader
from cropsample_plugin.engine.models.weak_supervision.scoring import ReferencePixels
from cropsample_plugin.engine.models.weak_supervision.settings import NO_LABEL
from cropsample_plugin.engine.timeseries.dated_stack import DatedStack
from cropsample_plugin.engine.timeseries.sample_table import SampleTable, series_of

_NO_CLASS = "the sample has no class"
_OTHER_CLASS = "the class is none of the model's"


@dataclass(frozen=True)
class ReferencePlan:
    """How a reference is read.

    Attributes:
        class_field: field with the class.
        classes: of the model.
        rule: for missing values.
        agreement: path of the raster of votes, "" for none.
    """

    class_field: str
    classes: tuple[LabelClass, ...]
    rule: MissingRule
    agreement: str = ""


def read_reference(
    table: SampleTable, plan: ReferencePlan, stack: DatedStack, lost_reasons: tuple[str, ...] = ()
) -> ReferencePixels:
    """Return the samples of known class with their series; a class is given by its name or its value.

    Args:
        table: series of the samples, extracted from the stack.
        plan: how to read it.
        stack: that the series are from.
        lost_reasons: why extraction dropped samples before.

    Raises:
        SamplesError: no sample is left.
    """
    class_field, classes, rule = plan.class_field, plan.classes, plan.rule
    index_by_label: dict[str | int, int] = {}
    for index, item in enumerate(classes):
        index_by_label |= {item.name: index, item.value: index, str(item.value): index}
    labels = table.labels(class_field)
    indices = np.array([index_by_label.get(label, NO_LABEL) for label in labels], dtype=np.int64)
    series = series_of(table)
    filled, reasons = apply_missing_rule(series.values, series.static_values, series.axis.positions_days(), rule)
    is_kept = (indices != NO_LABEL) & (reasons == USABLE)
    lost = Counter(lost_reasons)
    lost[_NO_CLASS] += sum(label is None for label in labels)
    lost[_OTHER_CLASS] += int((indices == NO_LABEL).sum()) - lost[_NO_CLASS]
    for reason in reasons[(indices != NO_LABEL) & (reasons != USABLE)]:
        lost[REASON_TEXTS[int(reason)]] += 1
    if not is_kept.any():
        named = ", ".join(f"{item.name} or {item.value}" for item in classes)
        found = ", ".join(sorted({str(label) for label in labels if label is not None})[:8])
        raise SamplesError(
            f"No reference sample is of a class of the model: '{class_field}' holds {found or 'nothing'}.",
            f"Its values must be the classes' names or numbers: {named}.",
        )
    votes = _votes_at(table.subset(is_kept), classes, stack, plan.agreement)
    notes = tuple(
        f"{count} reference samples were left out because {reason}." for reason, count in lost.items() if count
    )
    return ReferencePixels(
        filled[is_kept], series.static_values[is_kept], indices[is_kept], votes, sum(lost.values()), notes
    )


def _votes_at(
    table: SampleTable, classes: tuple[LabelClass, ...], stack: DatedStack, agreement: str
) -> npt.NDArray[np.float32]:
    """Return the share of the products for class 1 at the pixel of each sample; NaN where that is not known."""
    shares = np.full(table.n_rows, np.nan, dtype=np.float32)
    if not agreement:
        return shares
    points = shapely.centroid(shapely.from_wkb(table.geometry))
    x, y = shapely.get_x(points), shapely.get_y(points)
    if table.crs and stack.crs is not None:
        x, y = Transformer.from_crs(table.crs, stack.crs.to_wkt(), always_xy=True).transform(x, y)
    rows, columns = rowcol(stack.transform, np.asarray(x), np.asarray(y))
    with AlignedRaster(agreement, stack, "The agreement") as raster:
        reader = VoteReader(raster, classes)
        for place, (column, row) in enumerate(zip(np.atleast_1d(columns), np.atleast_1d(rows))):
            if 0 <= column < stack.width and 0 <= row < stack.height:
                shares[place] = reader.read(Window(int(column), int(row), 1, 1))[0, 0]
    return shares
