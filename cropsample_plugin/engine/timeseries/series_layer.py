"""Series layers in, series layers out: the operations on stacks, applied to the rows of a table."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Iterator, Sequence

import numpy as np
import numpy.typing as npt

from cropsample_plugin.engine.errors import InputError
from cropsample_plugin.engine.progress import Progress, raise_if_canceled
from cropsample_plugin.engine.timeseries.processing_history import PREPROCESSING_FIELD, field_values, history_of_field
from cropsample_plugin.engine.timeseries.sample_table import SampleTable, series_of
from cropsample_plugin.engine.timeseries.series import (
    AxisKind,
    SeriesArray,
    TimeAxis,
    column_name,
    find_series_columns,
)
from cropsample_plugin.engine.timeseries.table_output import OutputTable, write_table

FloatArray = npt.NDArray[np.float32]
DoubleArray = npt.NDArray[np.float64]
Column = npt.NDArray[Any]

_FEW_VALUES = 2
_ROWS_PER_BLOCK = 20_000


@dataclass(frozen=True)
class SeriesLayer:
    """A layer with series columns.

    Attributes:
        table: the layer.
        series: its series; values NaN where NULL.
        columns: names of the series columns; static bands are fields like any other.
        history: what was done to the series, None when the layer does not say.
    """

    table: SampleTable
    series: SeriesArray
    columns: frozenset[str]
    history: str | None

    @classmethod
    def read(cls, path: str) -> SeriesLayer:
        """Read a series layer.

        Raises:
            SamplesError: the layer cannot be read or holds no series.
        """
        table = SampleTable.read(path)
        series = series_of(table)
        columns = find_series_columns([name for name in table.fields if table.fields[name].dtype.kind != "M"])
        return cls(
            table,
            series,
            frozenset(columns.all_names) - frozenset(columns.static_names),
            history_of_field(table.fields),
        )

    @property
    def cube(self) -> FloatArray:
        """``(n_timesteps, n_bands, n_rows)`` values."""
        return np.ascontiguousarray(self.series.values.transpose(1, 2, 0))

    def positions_days(self) -> DoubleArray:
        """Return ``(n_timesteps,)`` days since 1970-01-01, or days of the year.

        Raises:
            InputError: the axis has steps without dates.
        """
        axis = self.series.axis
        if axis.kind is AxisKind.STEP:
            raise InputError(
                "The series layer has steps (t01, t02, ...) without dates, so that nothing can be placed in time.",
                "Use a layer whose fields say dates or days of the year, such as B04_20190315 or ndvi_d065.",
            )
        if axis.kind is AxisKind.DATE:
            return np.array(axis.labels, dtype="datetime64[D]").astype(np.float64)
        return np.array([float(label) for label in axis.labels])

    def axis_of(self, days: DoubleArray) -> TimeAxis:
        """Return an axis of the same kind at other positions."""
        whole = np.rint(days).astype(np.int64)
        if self.series.axis.kind is AxisKind.DATE:
            return TimeAxis.of_dates(whole.astype("datetime64[D]"))
        return TimeAxis(self.series.axis.kind, tuple(str(day) for day in whole))

    @property
    def n_sparse(self) -> int:
        """Number of rows in which no band has two values."""
        known = self.series.valid_mask.sum(axis=1)
        return int(np.count_nonzero(known.max(axis=1, initial=0) < _FEW_VALUES))


def row_blocks(n_rows: int, progress: Progress) -> Iterator[slice]:
    """Yield the rows of a layer block by block and report how many are done.

    Raises:
        CanceledError: the user cancelled; nothing has been written then.
    """
    for start in range(0, n_rows, _ROWS_PER_BLOCK):
        raise_if_canceled(progress)
        end = min(start + _ROWS_PER_BLOCK, n_rows)
        yield slice(start, end)
        progress.report(end / n_rows, f"{end:,} of {n_rows:,} rows")
    raise_if_canceled(progress)


def series_columns(cube: FloatArray, axis: TimeAxis, bands: Sequence[str]) -> dict[str, Column]:
    """Return ``(n_timesteps, n_bands, n_rows)`` values as columns in the order dates, bands."""
    return {
        column_name(band, label, axis.kind): cube[step, row]
        for step, label in enumerate(axis.labels)
        for row, band in enumerate(bands)
    }


def write_series_layer(layer: SeriesLayer, new: dict[str, Column], target: Path, history: str | None) -> None:
    """Write a layer's own fields, then new columns in place of its series.

    Raises:
        OutputError: the file cannot be written.
    """
    fields = {name: values for name, values in layer.table.fields.items() if name not in layer.columns}
    fields.pop(PREPROCESSING_FIELD, None)
    for name in [name for name in fields if name.casefold() in {column.casefold() for column in new}]:
        del fields[name]
    fields |= new
    if history is not None:
        fields[PREPROCESSING_FIELD] = field_values(history, layer.table.n_rows)
    table = layer.table
    has_geometry = bool(table.geometry_type)
    write_table(
        OutputTable(
            fields,
            {name: dtype for name, dtype in table.dtypes.items() if name in fields and name not in new},
            table.geometry if has_geometry else None,
            table.crs,
            table.geometry_type or "Point",
        ),
        target,
        "samples",
    )
