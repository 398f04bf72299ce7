"""Whether a stack is what a model expects, said before the first pixel is predicted."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import rasterio
from rasterio.windows import Window

from cropsample_plugin.engine.errors import MismatchError
from cropsample_plugin.engine.models.expectations import Expectations, ValueRange
from cropsample_plugin.engine.models.packages import ModelPackage
from cropsample_plugin.engine.timeseries.dated_stack import DatedStack, read_stored, to_series
from cropsample_plugin.engine.timeseries.processing_history import history_of
from cropsample_plugin.engine.timeseries.series import AxisKind

FloatArray = npt.NDArray[np.float32]
Dates = npt.NDArray[np.datetime64]

DATE_TOLERANCE_DAYS = 16
"""Half a month: composites of one season keep within it from year to year, a shifted season does not."""
_DAYS_PER_YEAR = 365.25
_WRONG_SCALE = 30.0
"""Scales in use (0.0001, 0.001, 0.004, 0.02, 1/255) are all further from 1 than this; real scenes are not."""
_WINDOW_PX = 32
_WINDOW_POSITIONS = (0.5, 0.2, 0.8)


@dataclass(frozen=True)
class StackSelection:
    """What to take of a stack's series, ``values[:, timesteps][:, :, bands]``, so that it is as the model expects.

    Attributes:
        timesteps: ``(n_timesteps of the model,)`` indices of the stack's dates.
        bands: ``(n_bands of the model,)`` indices of the stack's bands.
        static_bands: ``(n_static of the model,)`` indices of the stack's static bands.
    """

    timesteps: npt.NDArray[np.int64]
    bands: npt.NDArray[np.int64]
    static_bands: npt.NDArray[np.int64]

    def take(self, values: FloatArray, static_values: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return series ``(n, n_timesteps, n_bands)`` and ``(n, n_static)`` in the model's order."""
        selected = values[:, self.timesteps][:, :, self.bands]
        return np.ascontiguousarray(selected), np.ascontiguousarray(static_values[:, self.static_bands])


def check_stack(
    package: ModelPackage,
    stack: DatedStack,
    season_start: str = "",
    tolerance_days: int = DATE_TOLERANCE_DAYS,
    *,
    look_at_values: bool = True,
) -> StackSelection:
    """Check a stack against a model and say what to take of it.

    The year does not matter: a model of one season maps another year's stack whose dates keep within
    `tolerance_days` of the model's, all moved by the same whole number of years. Models of season steps take a
    stack with as many dates; of a longer stack they take the dates from `season_start` on.

    Args:
        package: the model.
        stack: the stack.
        season_start: ISO date; dates before it are left out. "" keeps all dates.
        tolerance_days: how far a date may lie from the model's.
        look_at_values: read small windows and compare their values with those of the training samples.

    Raises:
        MismatchError: preprocessing, bands, dates or values differ; the message says which.
        StackError: the stack cannot be read.
    """
    expects = package.expects
    check_preprocessing(expects, stack)
    bands = _find_bands("bands", expects.bands, stack.bands)
    static_bands = _find_bands("static bands", expects.static_bands, stack.static_bands)
    selection = StackSelection(_find_timesteps(expects, stack, season_start, tolerance_days), bands, static_bands)
    if look_at_values:
        check_values(expects, *selection.take(*_sample_values(stack)))
    return selection


def check_preprocessing(expects: Expectations, stack: DatedStack) -> None:
    """Raise `MismatchError` when a stack was preprocessed in another way than the series the model was trained on."""
    found = history_of(stack.tags)
    if expects.preprocessing is None or expects.preprocessing == found:
        return
    raise MismatchError(
        f"The model was trained on series preprocessed as '{expects.preprocessing}', the stack is '{found}'.",
        "Preprocess the stack in the same way as the training series ('raw' means not at all), or train a model on "
        "this stack.",
    )


def check_values(expects: Expectations, values: FloatArray, static_values: FloatArray) -> None:
    """Compare values of a stack with those of the training samples, to notice a forgotten scale.

    Args:
        expects: the model's expectations.
        values: ``(n, n_timesteps, n_bands)`` in the model's order, NaN where missing.
        static_values: ``(n, n_static)`` in the model's order.

    Raises:
        MismatchError: a band is 30 times larger than in training, or all bands are 30 times smaller, or a band has
            the other sign, as radar in decibel and in linear units.
    """
    columns = [values[..., position] for position in range(len(expects.bands))]
    columns += [static_values[:, position] for position in range(len(expects.static_bands))]
    ratios: dict[str, float] = {}
    _check_signs(expects, columns)
    for expected, column in zip(expects.value_ranges, columns):
        known = column[np.isfinite(column)]
        if len(known) and expected.magnitude > 0:
            ratios[expected.band] = _magnitude(known) / expected.magnitude
    too_large = [band for band, ratio in ratios.items() if ratio > _WRONG_SCALE]
    all_small = bool(ratios) and all(0.0 < ratio < 1.0 / _WRONG_SCALE for ratio in ratios.values())
    if too_large or all_small:
        band = too_large[0] if too_large else next(iter(ratios))
        raise MismatchError(*_scale_message(expects, band, ratios[band]))


def _check_signs(expects: Expectations, columns: list[FloatArray]) -> None:
    for expected, column in zip(expects.value_ranges, columns):
        known = column[np.isfinite(column)]
        if not len(known):
            continue
        low, high = np.percentile(known, (1.0, 99.0))
        if (expected.percentile_99 < 0 <= low) or (high < 0 <= expected.percentile_1):
            raise MismatchError(
                f"The values of the stack's band '{expected.band}' are {low:.4g} to {high:.4g}, those of the training "
                f"series {expected.percentile_1:.4g} to {expected.percentile_99:.4g}: so differ radar bands in decibel "
                "and in linear units.",
                "Convert the radar bands of the stack with 'Spectral indices' to the unit of the training series.",
            )


def _magnitude(known: FloatArray) -> float:
    low, high = np.percentile(known, (1.0, 99.0))
    return float(max(abs(low), abs(high)))


def _scale_message(expects: Expectations, band: str, ratio: float) -> tuple[str, str]:
    trained: ValueRange = next(item for item in expects.value_ranges if item.band == band)
    times = f"about {ratio:,.0f} times larger" if ratio > 1 else f"about {1 / ratio:,.0f} times smaller"
    message = (
        f"The values of the stack's band '{band}' are {times} than those the model was trained on "
        f"({trained.percentile_1:.4g} to {trained.percentile_99:.4g}). Was the scale forgotten?"
    )
    return message, "Build the stack again with the scale (and offset) of the samples, such as 0.0001 for reflectance."


def _find_bands(kind: str, expected: tuple[str, ...], found: tuple[str, ...]) -> npt.NDArray[np.int64]:
    missing = [name for name in expected if name not in found]
    if missing:
        raise MismatchError(
            f"The stack lacks {kind} that the model needs: {', '.join(missing)}. It has: {', '.join(found) or 'none'}.",
            "Build the stack with these bands under these names, or train a model on this stack.",
        )
    return np.array([found.index(name) for name in expected], dtype=np.int64)


def _find_timesteps(
    expects: Expectations, stack: DatedStack, season_start: str, tolerance_days: int
) -> npt.NDArray[np.int64]:
    candidates = np.arange(stack.n_timesteps)
    if season_start:
        candidates = candidates[stack.dates >= np.datetime64(season_start, "D")]
    n_expected = len(expects.axis)
    if season_start and len(candidates) > n_expected:
        candidates = candidates[:n_expected]
    if len(candidates) != n_expected:
        raise MismatchError(
            f"The model was trained on {n_expected} dates, the stack has {len(candidates)}"
            f"{' from ' + season_start + ' on' if season_start else ''}: {_span(stack.dates[candidates])}.",
            "Build the stack of one season with the model's dates, or name the start of the season.",
        )
    if expects.axis.kind is not AxisKind.STEP:
        _check_dates(expects, stack.dates[candidates], tolerance_days)
    return candidates


def _check_dates(expects: Expectations, dates: Dates, tolerance_days: int) -> None:
    """Compare dates with the model's, both as days from the start of the model's first year."""
    found = dates.astype("datetime64[D]").astype(np.float64)
    if expects.axis.kind is AxisKind.DATE:
        expected = np.array(expects.axis.labels, dtype="datetime64[D]").astype(np.float64)
        shown = list(expects.axis.labels)
    else:
        first_january = dates[0].astype("datetime64[Y]").astype("datetime64[D]").astype(np.float64)
        expected = first_january + np.array([float(label) - 1.0 for label in expects.axis.labels])
        shown = [f"day {label} of the year" for label in expects.axis.labels]
    years = np.rint(np.median(found - expected) / _DAYS_PER_YEAR)
    differences = found - expected - np.rint(years * _DAYS_PER_YEAR)
    worst = int(np.abs(differences).argmax())
    if abs(differences[worst]) <= tolerance_days:
        return
    shift = float(np.median(differences))
    if np.abs(differences - shift).max() <= tolerance_days:
        how = f"all of them are about {abs(shift):.0f} days {'later' if shift > 0 else 'earlier'} in the season"
    else:
        how = f"date {worst + 1} is {dates[worst]}, {abs(differences[worst]):.0f} days from {shown[worst]}"
    raise MismatchError(
        f"The dates of the stack are not those of the model, whatever the year: {how}; "
        f"{tolerance_days} days are allowed. Model: {shown[0]} to {shown[-1]}; stack: {_span(dates)}.",
        "Composite the stack to the model's dates, or train a model on this stack.",
    )


def _span(dates: Dates) -> str:
    return f"{dates[0]} to {dates[-1]}" if len(dates) else "none"


def _sample_values(stack: DatedStack) -> tuple[FloatArray, FloatArray]:
    """Read nine small windows of the stack as series."""
    blocks, static_blocks = [], []
    with rasterio.open(stack.path) as dataset:
        for row_share in _WINDOW_POSITIONS:
            for column_share in _WINDOW_POSITIONS:
                window = _window(stack, row_share, column_share)
                stored = read_stored(dataset, window)
                values, _, static = to_series(stack, stored.reshape(len(stored), -1))
                blocks.append(values)
                static_blocks.append(static)
    return np.concatenate(blocks), np.concatenate(static_blocks)


def _window(stack: DatedStack, row_share: float, column_share: float) -> Window:
    width, height = min(_WINDOW_PX, stack.width), min(_WINDOW_PX, stack.height)
    column = round(column_share * (stack.width - width))
    row = round(row_share * (stack.height - height))
    return Window(column, row, width, height)
