"""Labeled series made ready for judging: labels as codes, days as days, a date for each sample."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from cropsample_plugin.engine.errors import SamplesError
from cropsample_plugin.engine.labels.class_names import merge_similar, similarity_notes
from cropsample_plugin.engine.labels.votes import NO_LABEL, Column, FloatArray, IntArray, Label
from cropsample_plugin.engine.timeseries.sample_table import SampleTable, series_of
from cropsample_plugin.engine.timeseries.series import AxisKind, SeriesArray

_YEAR = re.compile(r"^(1[89]|20|21)\d\d$")
_DATE = re.compile(r"^\d{4}-\d{2}-\d{2}")
_YEAR_DAYS = 365.25
_LONGEST_YEAR_DAYS = 400.0


@dataclass(frozen=True)
class QualityFields:
    """Fields to read; "" where there is none.

    Attributes:
        class_field: label of each sample.
        date_field: when the label was observed: a date, or a year alone.
        start_field, end_field: first and last day of each sample's own series, where steps carry no dates.
    """

    class_field: str
    date_field: str = ""
    start_field: str = ""
    end_field: str = ""


@dataclass(frozen=True)
class QualitySamples:
    """Labeled series.

    Attributes:
        codes: ``(n_samples,)`` position of the label in `classes`, `NO_LABEL` for none.
        classes: the classes, sorted.
        series: the series, NaN where there was no clear observation.
        positions: ``(n_timesteps,)`` days from the first step.
        origins: ``(n_samples,)`` day since 1970 of the first step; whole-year axes without a year start at 0.
        days: ``(n_samples,)`` day of the label since 1970, NaN where there is none or only a year.
        years: ``(n_samples,)`` year of the label, NaN where there is none.
        date_problems: ``(n_samples,)`` what is wrong with the date, "" for nothing.
        notes: what the user should know.
    """

    codes: IntArray
    classes: tuple[Label, ...]
    series: SeriesArray
    positions: FloatArray
    origins: FloatArray
    days: FloatArray
    years: FloatArray
    date_problems: Column
    notes: tuple[str, ...]

    @property
    def n_samples(self) -> int:
        """Number of samples."""
        return len(self.codes)

    @property
    def span_days(self) -> float:
        """Days from the first to the last step."""
        return float(self.positions[-1])


def read_quality_samples(table: SampleTable, fields: QualityFields, *, merge_names: bool = False) -> QualitySamples:
    """Read a series layer.

    Raises:
        SamplesError: a field is missing or unusable, or fewer than two classes are labeled.
    """
    labels = table.labels(fields.class_field)
    notes = similarity_notes(labels, merged=merge_names)
    if merge_names:
        labels = merge_similar(labels)
    classes = tuple(sorted({label for label in labels if label is not None}, key=lambda x: (isinstance(x, str), x)))
    if len(classes) < 2:  # noqa: PLR2004 - a label is supported against another
        raise SamplesError(
            f"All labels of '{fields.class_field}' are '{classes[0]}'." if classes else "No sample has a label.",
            "A label is judged against samples of other classes: add some, or choose another class field.",
        )
    code_by_label = {label: code for code, label in enumerate(classes)}
    codes = np.array([code_by_label.get(label, NO_LABEL) for label in labels], dtype=np.int64)
    series = series_of(table)
    date_field = fields.date_field
    if date_field and date_field == fields.start_field:
        notes.append(f"'{date_field}' says when the series start, not when labels were observed: it is no date.")
        date_field = ""
    days, years, problems = read_dates(table, date_field)
    positions, origins = _time(table, series, fields, years)
    outside = np.isfinite(days) & (
        (days < origins - _YEAR_DAYS / 2) | (days > origins + positions[-1] + _YEAR_DAYS / 2)
    )
    problems[outside] = "its date is outside the series"
    if date_field and np.all(~np.isfinite(years)):
        notes.append(f"No value of '{fields.date_field}' is a date or a year; samples get their main season.")
    return QualitySamples(codes, classes, series, positions, origins, days, years, problems, tuple(notes))


def read_dates(table: SampleTable, name: str) -> tuple[FloatArray, FloatArray, Column]:
    """Return days since 1970, years and what is wrong with each date; a year alone has no day."""
    n_rows = table.n_rows
    days, years = np.full(n_rows, np.nan), np.full(n_rows, np.nan)
    problems = np.full(n_rows, "", dtype=object)
    if not name:
        return days, years, problems
    for row, value in enumerate(table.column(name)):
        text = _text(value)
        if _YEAR.match(text):
            years[row] = float(text)
        elif _DATE.match(text) and (day := _day(text[:10])) is not None:
            days[row] = day
            years[row] = float(text[:4])
        else:
            problems[row] = "it has no date" if not text else f"its date '{text}' cannot be read"
    return days, years, problems


def _text(value: object) -> str:
    if value is None or value != value:  # noqa: PLR0124 - NaN and NaT alone differ from themselves
        return ""
    if isinstance(value, (float, np.floating)):
        return str(int(value)) if float(value).is_integer() else str(value)
    if isinstance(value, np.datetime64):
        return str(value.astype("datetime64[D]"))
    return str(value).strip().replace("/", "-")


def _day(text: str) -> float | None:
    try:
        return float(np.datetime64(text, "D").astype(np.int64))
    except ValueError:
        return None


def _time(
    table: SampleTable, series: SeriesArray, fields: QualityFields, years: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Return positions of the steps and the first day of each sample's series."""
    positions = series.axis.positions_days()
    n_rows = table.n_rows
    if series.axis.kind is AxisKind.DATE:
        first = float(np.datetime64(series.axis.labels[0], "D").astype(np.int64))
        return positions, np.full(n_rows, first)
    if series.axis.kind is AxisKind.DAY_OF_YEAR:
        known = np.where(np.isfinite(years), years, 1970.0)
        first_days = np.array([float(np.datetime64(f"{int(year)}-01-01", "D").astype(np.int64)) for year in known])
        return positions, first_days + float(series.axis.labels[0]) - 1.0
    starts, _, _ = read_dates(table, fields.start_field)
    ends, _, _ = read_dates(table, fields.end_field)
    n_steps = max(len(positions) - 1, 1)
    lengths = (ends - starts)[np.isfinite(ends - starts)]
    step_days = float(np.median(lengths)) / n_steps if len(lengths) else _YEAR_DAYS / (n_steps + 1)
    return positions * step_days, np.where(np.isfinite(starts), starts, 0.0)


def is_one_year(samples: QualitySamples) -> bool:
    """Return True for series that hardly exceed one year."""
    return samples.span_days <= _LONGEST_YEAR_DAYS


def duplicate_groups(table: SampleTable, samples: QualitySamples) -> npt.NDArray[np.int64]:
    """Return ``(n_samples,)`` number of the group of samples at one place in one year, 0 for samples alone there."""
    years = np.where(np.isfinite(samples.years), samples.years, np.floor(samples.origins / _YEAR_DAYS))
    keys = [(shape, year) for shape, year in zip(table.geometry, years)]
    seen: dict[tuple[object, float], list[int]] = {}
    for row, key in enumerate(keys):
        if key[0] is not None:
            seen.setdefault(key, []).append(row)
    groups = np.zeros(samples.n_samples, dtype=np.int64)
    for number, rows in enumerate((rows for rows in seen.values() if len(rows) > 1), start=1):
        groups[rows] = number
    return groups
