"""Sample layers as tables: fields and geometries of a vector layer, and the series that its columns hold."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyogrio
import pyogrio.errors
import pyogrio.raw

from cropsample_plugin.engine.errors import SamplesError
from cropsample_plugin.engine.timeseries.series import STATIC_PREFIX, SeriesArray, find_series_columns

Column = npt.NDArray[Any]

SOURCE_FID = "source_fid"
_LAYER_OPTION = re.compile(r"\|layername=(?P<layer>[^|]+)")


@dataclass(frozen=True)
class SampleTable:
    """A vector layer in memory: one row per sample.

    Attributes:
        fields: field name to ``(n_rows,)`` values; numbers with NaN for NULL, text with None, dates with NaT.
        geometry: ``(n_rows,)`` geometries as WKB, None where a feature has none.
        crs: coordinate reference system as text, "" when the layer has none.
        fids: ``(n_rows,)`` feature ids in the file.
        dtypes: field name to the numpy type of the file's field; an integer field with NULL is read as float64
            but stays ``int32`` or ``int64`` here, and is written back as such.
        geometry_type: such as ``Point`` or ``MultiPolygon``; "" for a table without geometry.
        source: path of the file, for messages.
    """

    fields: dict[str, Column]
    geometry: Column
    crs: str
    fids: npt.NDArray[np.int64]
    dtypes: dict[str, str] = field(default_factory=dict)
    geometry_type: str = ""
    source: str = ""

    @property
    def n_rows(self) -> int:
        """Number of samples."""
        return len(self.fids)

    @classmethod
    def read(cls, path: str | Path) -> SampleTable:
        """Read a vector layer that GDAL can open; ``file.gpkg|layername=name`` picks one of several layers.

        Raises:
            SamplesError: the file is missing, damaged or not a vector layer, has several layers, or no features.
        """
        file_name, layer = _split_layer(str(path))
        if not Path(file_name).exists():
            raise SamplesError(f"The sample layer {file_name} does not exist.", "Choose an existing layer.")
        try:
            layer = layer or _only_layer(file_name)
            meta, fids, geometry, columns = pyogrio.raw.read(file_name, layer=layer, return_fids=True, force_2d=True)
        except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError) as error:
            raise SamplesError(
                f"The sample layer {path} cannot be read: {error}", "Check that it opens in QGIS; save it again."
            ) from error
        if len(fids) == 0:
            raise SamplesError(f"The sample layer {path} has no features.", "Choose a layer with samples.")
        names = [str(name) for name in meta["fields"]]
        return cls(
            fields=dict(zip(names, columns)),
            geometry=np.full(len(fids), None, dtype=object) if geometry is None else geometry,
            crs=meta["crs"] or "",
            fids=fids.astype(np.int64),
            dtypes=dict(zip(names, (str(dtype) for dtype in meta["dtypes"]))),
            geometry_type=meta["geometry_type"] or "",
            source=str(path),
        )

    def column(self, name: str) -> Column:
        """Return the values of a field.

        Raises:
            SamplesError: there is no such field; the message lists those there are.
        """
        if name not in self.fields:
            raise SamplesError(
                f"The sample layer {self.source} has no field '{name}'.", f"Its fields: {', '.join(self.fields)}."
            )
        return self.fields[name]

    def labels(self, name: str) -> Column:
        """Return the class of each sample as ``(n_rows,)`` objects: str or int as the user has them, None if unknown.

        NULL, NaN, infinite and blank values are unknown. Whole numbers in a decimal field are integers.

        Raises:
            SamplesError: there is no such field, or it holds decimal numbers, dates or binary data.
        """
        values = self.column(name)
        labels = np.full(len(values), None, dtype=object)
        if values.dtype.kind in "biu":
            labels[:] = [int(value) for value in values]
        elif values.dtype.kind == "f":
            known = np.isfinite(values)
            if np.any(values[known] != np.rint(values[known])):
                raise SamplesError(
                    f"The class field '{name}' holds decimal numbers.", "Choose a field with text or whole numbers."
                )
            labels[known] = [int(value) for value in values[known]]
        elif values.dtype.kind in "OU" and all(value is None or isinstance(value, str) for value in values):
            labels[:] = [value if value and value.strip() else None for value in values]
        else:
            raise SamplesError(f"The field '{name}' cannot be a class.", "Choose a field with text or whole numbers.")
        return labels

    def subset(self, rows: npt.NDArray[Any]) -> SampleTable:
        """Return the samples that an index or boolean array picks."""
        fields = {name: values[rows] for name, values in self.fields.items()}
        return SampleTable(
            fields, self.geometry[rows], self.crs, self.fids[rows], self.dtypes, self.geometry_type, self.source
        )


def series_of(table: SampleTable) -> SeriesArray:
    """Return the series that the columns of a layer hold; NULL and infinite values become NaN.

    Raises:
        SamplesError: no column is a series column, or one of them is not numeric.
    """
    columns = find_series_columns([name for name in table.fields if _may_hold_values(name, table)])
    shape = (table.n_rows, len(columns.axis), len(columns.bands))
    values = np.full(shape, np.nan, dtype=np.float32)
    for step, names in enumerate(columns.names):
        for band, name in enumerate(names):
            if name is not None:
                values[:, step, band] = _as_float(table, name)
    static = np.full((table.n_rows, len(columns.static_names)), np.nan, dtype=np.float32)
    for position, name in enumerate(columns.static_names):
        static[:, position] = _as_float(table, name)
    static_bands = tuple(name[len(STATIC_PREFIX) :] for name in columns.static_names)
    return SeriesArray(values, columns.axis, columns.bands, static, static_bands)


def _split_layer(path: str) -> tuple[str, str]:
    match = _LAYER_OPTION.search(path)
    return path.split("|", maxsplit=1)[0], match["layer"] if match else ""


def _only_layer(file_name: str) -> str:
    names = [str(name) for name, _ in pyogrio.list_layers(file_name)]
    if len(names) == 1:
        return names[0]
    raise SamplesError(
        f"{file_name} holds {len(names)} layers: {', '.join(names) or 'none'}.",
        "Name one, as in 'file.gpkg|layername=samples'.",
    )


def _may_hold_values(name: str, table: SampleTable) -> bool:
    """Text columns that are empty throughout are kept: drivers read all-NULL columns of CSV files as text."""
    values = table.fields[name]
    return values.dtype.kind in "biuf" or all(value is None for value in values)


def _as_float(table: SampleTable, name: str) -> npt.NDArray[np.float32]:
    values = table.fields[name]
    if values.dtype.kind not in "biuf":
        return np.full(table.n_rows, np.nan, dtype=np.float32)
    with np.errstate(over="ignore"):
        numbers = values.astype(np.float32)
    numbers[~np.isfinite(numbers)] = np.nan
    return numbers
