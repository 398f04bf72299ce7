"""What a plot of series shows, as plain data: series, seasons, class profiles, and the charts they are put in."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any, Iterable, List, Sequence, Tuple, Union

Position = Union[date, float]

# Each is at least 3 : 1 against white and against the grounds of dark themes (tested).
SERIES_COLORS = ("#2f7ed8", "#d1661a", "#22935a", "#c2489b", "#8c68d0", "#94811f", "#c94f4f", "#2b93a3")


class SeriesStyle(Enum):
    """How a series is drawn: observations as points, a processed series as a line."""

    POINTS = "points"
    LINE = "line"


class Marker(Enum):
    """Shape of an observation, so that series differ in more than colour."""

    CIRCLE = "circle"
    SQUARE = "square"
    TRIANGLE = "triangle"
    DIAMOND = "diamond"


@dataclass(frozen=True)
class PlottedSeries:
    """One series.

    Attributes:
        name: what the legend calls it.
        color: ``#rrggbb``; see `series_color`.
        dates: dates (``datetime.date``, numpy dates or ISO text), or numbers such as days of the year or steps.
        values: one number per date, NaN or None where there is no observation.
        clear: one boolean per date, False = cloudy; empty when all are clear.
        style: points for observations, a line for a processed series.
        marker: shape of the points.
    """

    name: str
    color: str
    dates: Sequence[Any]
    values: Sequence[Any]
    clear: Sequence[Any] = ()
    style: SeriesStyle = SeriesStyle.POINTS
    marker: Marker = Marker.CIRCLE

    def __post_init__(self) -> None:
        _set(self, "dates", tuple(as_position(item) for item in self.dates))
        _set(self, "values", tuple(_number(value) for value in self.values))
        _set(self, "clear", tuple(bool(item) for item in self.clear) or (True,) * len(self.dates))
        if not len(self.dates) == len(self.values) == len(self.clear):
            raise ValueError(
                f"The series '{self.name}' has {len(self.dates)} dates, {len(self.values)} values and "
                f"{len(self.clear)} clear flags; they must agree."
            )

    @property
    def n_known(self) -> int:
        """Number of observations with a value."""
        return sum(not math.isnan(value) for value in self.values)


@dataclass(frozen=True)
class SeasonSpan:
    """A growing season to shade.

    Attributes:
        start, end: first and last date, in the kind of the series' dates.
        peak: date of the peak, None for none.
        label: such as ``season 1``.
        color: ``#rrggbb`` of the series it belongs to, "" for a neutral shade.
    """

    start: Any
    peak: Any
    end: Any
    label: str = ""
    color: str = ""

    def __post_init__(self) -> None:
        for name in ("start", "peak", "end"):
            value = getattr(self, name)
            _set(self, name, None if value is None else as_position(value))


@dataclass(frozen=True)
class ClassProfile:
    """Mean and spread of a class, drawn behind the series.

    Attributes:
        name: the class.
        color: ``#rrggbb``.
        dates: as of a series.
        mean: one number per date, NaN where unknown.
        spread: one standard deviation per date; the band is mean - spread to mean + spread.
        n_samples: how many samples it was made of, 0 if unknown.
    """

    name: str
    color: str
    dates: Sequence[Any]
    mean: Sequence[Any]
    spread: Sequence[Any]
    n_samples: int = 0

    def __post_init__(self) -> None:
        _set(self, "dates", tuple(as_position(item) for item in self.dates))
        _set(self, "mean", tuple(_number(value) for value in self.mean))
        _set(self, "spread", tuple(_number(value) for value in self.spread))
        if not len(self.dates) == len(self.mean) == len(self.spread):
            raise ValueError(f"Dates, means and spreads of the class '{self.name}' differ in number.")


@dataclass(frozen=True)
class SeriesChart:
    """One pair of axes.

    Attributes:
        title: above it.
        value_label: what is measured, such as ``NDVI``; charts of the same one share their scale.
        series, seasons, profiles: what it shows, profiles at the back.
    """

    title: str = ""
    value_label: str = ""
    series: Sequence[PlottedSeries] = ()
    seasons: Sequence[SeasonSpan] = ()
    profiles: Sequence[ClassProfile] = ()

    @property
    def has_values(self) -> bool:
        """Whether there is anything to draw on a scale."""
        return any(item.n_known for item in self.series) or any(
            not math.isnan(value) for profile in self.profiles for value in profile.mean
        )

    def positions(self) -> List[float]:
        """Return every date on which something is drawn, as numbers, in order."""
        found = {to_number(item) for series in self.series for item in series.dates}
        return sorted(found or {to_number(item) for profile in self.profiles for item in profile.dates})

    def stops(self) -> List[float]:
        """Return the dates that can be pointed at, in order: those of observations, else every date."""
        found = {to_number(day) for series in self.series if series.style is SeriesStyle.POINTS for day in series.dates}
        return sorted(found) or self.positions()


def series_color(number: int) -> str:
    """Return the colour of the series of that number, from 0."""
    return SERIES_COLORS[number % len(SERIES_COLORS)]


def series_marker(number: int) -> Marker:
    """Return the shape of the series of that number, from 0."""
    return tuple(Marker)[number % len(Marker)]


def as_position(value: Any) -> Position:  # noqa: ANN401 - whatever callers have dates in
    """Return a date or a number.

    Raises:
        ValueError: text that is no ISO date.
    """
    if isinstance(value, date):
        return value if type(value) is date else value.date()
    if isinstance(value, str):
        return date.fromisoformat(value[:10])
    if hasattr(value, "astype") and hasattr(value, "dtype") and value.dtype.kind == "M":
        return date.fromisoformat(str(value)[:10])
    return float(value)


def to_number(position: Position) -> float:
    """Return where a position lies on the axis: days since year 1 of a date, a number as it is."""
    return float(position.toordinal()) if isinstance(position, date) else float(position)


def is_dated(charts: Iterable[SeriesChart]) -> bool:
    """Return whether the axis of these charts is one of dates."""
    for chart in charts:
        items: Tuple[Any, ...] = (*chart.series, *chart.profiles)
        for item in items:
            if item.dates:
                return isinstance(item.dates[0], date)
    return True


def _number(value: Any) -> float:  # noqa: ANN401 - None, NULL, numpy or plain numbers
    try:
        number = float(value)
    except (TypeError, ValueError):
        return math.nan
    return number if math.isfinite(number) else math.nan


def _set(item: Any, name: str, value: Any) -> None:  # noqa: ANN401 - any attribute of a frozen dataclass
    object.__setattr__(item, name, value)
