"""The table of samples that were not trained on: which, and why."""

from __future__ import annotations

from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from cropsample_plugin.engine.timeseries.sample_table import SOURCE_FID, SampleTable
from cropsample_plugin.engine.timeseries.table_output import OutputTable

Column = npt.NDArray[Any]
_IDENTITY = ("sample_id", "pixel")


class DroppedRows(Protocol):
    """What became of the rows of a layer."""

    @property
    def dropped_rows(self) -> npt.NDArray[np.int64]:
        """Row numbers."""

    @property
    def reasons(self) -> tuple[str, ...]:
        """One sentence part per row."""

    @property
    def class_field(self) -> str:
        """Name of the field with the class, "" for none."""


def dropped_table(table: SampleTable, samples: DroppedRows, lost: SampleTable | None = None) -> OutputTable:
    """Return one row per dropped sample: ``source_fid``, ``sample_id``, ``pixel``, ``class``, ``reason``, ``details``.

    Args:
        table: the layer that was trained on.
        samples: what became of its rows.
        lost: the samples that extraction dropped before, with ``reason`` and ``details``; None for none.
    """
    dropped = table.subset(samples.dropped_rows)
    parts = [dropped] if lost is None else [dropped, lost]
    fields = {SOURCE_FID: np.concatenate([part.fields.get(SOURCE_FID, part.fids) for part in parts])}
    for name in (*_IDENTITY, samples.class_field):
        if name and any(name in part.fields for part in parts):
            fields["class" if name == samples.class_field else name] = _joined(parts, name)
    reasons = np.array(samples.reasons, dtype=object)
    details = np.full(len(reasons), None, dtype=object)
    if lost is not None:
        reasons = np.concatenate([reasons, lost.column("reason")])
        details = np.concatenate([details, _column(lost, "details")])
    fields |= {"reason": reasons, "details": details}
    return OutputTable(fields, table.dtypes)


def _joined(parts: list[SampleTable], name: str) -> Column:
    """Return a field of all parts: in its own type where they agree, otherwise as text."""
    columns = [_column(part, name) for part in parts]
    numeric = [column for column in columns if column.dtype.kind in "biuf"]
    if len(numeric) == len(columns):
        return np.concatenate(columns)
    texts = [_text(value) for column in columns for value in column]
    return np.array(texts, dtype=object)


def _column(part: SampleTable, name: str) -> Column:
    return part.fields.get(name, np.full(part.n_rows, None, dtype=object))


def _text(value: object) -> str | None:
    if value is None or value != value:  # noqa: PLR0124 - NaN and NaT alone differ from themselves
        return None
    is_whole = isinstance(value, (float, np.floating)) and float(value).is_integer()
    return str(int(value) if is_whole else value)  # type: ignore[call-overload] # a number here
