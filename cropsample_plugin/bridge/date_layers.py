"""Layers of single dates of a dated stack: same source, one common stretch, each with its time; made in any thread."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import Enum
from statistics import median
from typing import Any, Callable, Dict, List, Mapping, Optional, Sequence, Tuple

from qgis.core import (
    QgsColorRampShader,
    QgsContrastEnhancement,
    QgsDateTimeRange,
    QgsMultiBandColorRenderer,
    QgsPointXY,
    QgsRasterDataProvider,
    QgsRasterLayer,
    QgsRasterLayerTemporalProperties,
    QgsRasterShader,
    QgsRectangle,
    QgsSingleBandPseudoColorRenderer,
)
from qgis.PyQt.QtCore import QCoreApplication, QDate, QDateTime, Qt, QTime
from qgis.PyQt.QtGui import QColor

from cropsample_plugin.bridge.dated_bands import DatedBands
from cropsample_plugin.bridge.engine_errors import CANCELED, EngineError
from cropsample_plugin.bridge.spectral_bands import band_roles

Stretch = Tuple[float, float]

# Viridis, sampled at equal steps (matplotlib, CC0).
_BAND_COLORS = ("#440154", "#414487", "#2a788e", "#22a884", "#7ad151", "#fde725")
_CUT = (0.02, 0.98)
_MOST_DATES_READ = 12
_WINDOWS = 3
_WINDOW_PX = 32
_DEFAULT_DAYS = 30.0
_MIDDLE_OF_MONTH = 15
_PROBES = 6


class Composition(Enum):
    """What a layer of one date shows."""

    TRUE_COLOR = "true_color"
    FALSE_COLOR = "false_color"
    BAND = "band"


_ROLES = {Composition.TRUE_COLOR: ("R", "G", "B"), Composition.FALSE_COLOR: ("N", "R", "G")}


@dataclass(frozen=True)
class DateLayersRequest:
    """What is asked for.

    Attributes:
        source: the stack as GDAL opens it.
        bands: which band is which.
        channels: one band name, or three for red, green and blue.
        dates: the dates to show, in order.
        extent: where to look for the common stretch, in the stack's coordinate system.
        is_monthly: whether to show, of each month's dates, only the one with most data there.
    """

    source: str
    bands: DatedBands
    channels: Tuple[str, ...]
    dates: Tuple[date, ...]
    extent: QgsRectangle
    is_monthly: bool = False


def channels_of(composition: Composition, bands: Sequence[str], band: str = "") -> Tuple[str, ...]:
    """Return the band names that a composition needs, empty when the bands are not known to be red, green, ..."""
    if composition is Composition.BAND:
        return (band,) if band in bands else ()
    roles = band_roles(bands)
    found = tuple(roles.get(role, "") for role in _ROLES[composition])
    return found if all(found) else ()


def complete_dates(bands: DatedBands, channels: Sequence[str]) -> Tuple[date, ...]:
    """Return the dates that have all channels."""
    return tuple(day for day in bands.dates if all(bands.number(day, channel) for channel in channels))


def one_a_month(dates: Sequence[date], shares: Optional[Mapping[date, float]] = None) -> Tuple[date, ...]:
    """Return one date of each month: the one with the largest share of data, else nearest to the middle."""
    best: Dict[Tuple[int, int], Tuple[float, int, date]] = {}
    for day in dates:
        month = (day.year, day.month)
        rank = ((shares or {}).get(day, 0.0), -abs(day.day - _MIDDLE_OF_MONTH), day)
        best[month] = max(best.get(month, rank), rank)
    return tuple(best[month][2] for month in sorted(best))


def date_ranges(dates: Sequence[date]) -> List[QgsDateTimeRange]:
    """Return the time of each date, up to the next; the last lasts as long as most do."""
    steps = [(after - before).days for before, after in zip(dates[:-1], dates[1:])]
    last_days = max(1, round(median(steps))) if steps else round(_DEFAULT_DAYS)
    ends = [*dates[1:], dates[-1] + timedelta(days=last_days)] if dates else []
    return [QgsDateTimeRange(_midnight(day), _midnight(end), True, False) for day, end in zip(dates, ends)]  # noqa: FBT003


def make_date_layers(
    request: DateLayersRequest, report: Callable[[float], None], is_canceled: Callable[[], bool]
) -> List[QgsRasterLayer]:
    """Return one layer per date, ready for the main thread.

    Args:
        request: what is asked for.
        report: told the share done, in percent.
        is_canceled: asked before each layer.

    Raises:
        EngineError: the stack cannot be opened (``input``), has no data where it was looked for, or cancelled.
    """
    first = open_stack(request.source, "")
    if request.is_monthly:
        shares = _data_shares(first.dataProvider(), request, is_canceled)
        request = replace(request, dates=one_a_month(request.dates, shares))
    windows = _windows(first.dataProvider(), request.extent)
    stretches = common_stretches(first.dataProvider(), request, windows, is_canceled)
    layers = []
    for place, (day, span) in enumerate(zip(request.dates, date_ranges(request.dates))):
        if is_canceled():
            raise EngineError(CANCELED, "Canceled.")
        layer = open_stack(request.source, day.isoformat())
        numbers = [request.bands.number(day, channel) or 0 for channel in request.channels]
        layer.setRenderer(date_renderer(layer.dataProvider(), numbers, stretches))
        times = layer.temporalProperties()
        times.setMode(QgsRasterLayerTemporalProperties.ModeFixedTemporalRange)
        times.setFixedTemporalRange(span)
        times.setIsActive(True)
        layer.moveToThread(QCoreApplication.instance().thread())
        layers.append(layer)
        report(100.0 * (place + 1) / len(request.dates))
    return layers


def open_stack(source: str, name: str) -> QgsRasterLayer:
    """Return a layer of its own of a raster file, without a style; in any thread.

    Raises:
        EngineError: it cannot be opened (``input``).
    """
    options = QgsRasterLayer.LayerOptions()
    options.loadDefaultStyle = False
    layer = QgsRasterLayer(source, name, "gdal", options)
    if not layer.isValid():
        raise EngineError("input", f"The stack {source} cannot be opened.", "Check that its files are there.")
    return layer


def _data_shares(
    provider: QgsRasterDataProvider, request: DateLayersRequest, is_canceled: Callable[[], bool]
) -> Dict[date, float]:
    """Return the share of pixels with data at each date, of a grid of pixels spread over the extent."""
    area = _area(provider, request.extent)
    steps = [(place + 0.5) / _PROBES for place in range(_PROBES)]
    places = [
        QgsPointXY(area.xMinimum() + x * area.width(), area.yMinimum() + y * area.height())
        for x in steps
        for y in steps
    ]
    shares = {}
    for day in request.dates:
        if is_canceled():
            raise EngineError(CANCELED, "Canceled.")
        number = request.bands.number(day, request.channels[0])
        shares[day] = sum(provider.sample(place, number)[1] for place in places) / len(places)
    return shares


def common_stretches(
    provider: QgsRasterDataProvider,
    request: DateLayersRequest,
    windows: Sequence[QgsRectangle],
    is_canceled: Callable[[], bool],
) -> List[Stretch]:
    """Return the 2nd and 98th percentile of each channel over some windows of dates spread over those asked for.

    Raises:
        EngineError: a channel has no data there (``input``), or cancelled.
    """
    return [_stretch(provider, request, channel, windows, is_canceled) for channel in request.channels]


def _stretch(
    provider: QgsRasterDataProvider,
    request: DateLayersRequest,
    channel: str,
    windows: Sequence[QgsRectangle],
    is_canceled: Callable[[], bool],
) -> Stretch:
    step = max(1, math.ceil(len(request.dates) / _MOST_DATES_READ))
    values: List[float] = []
    for day in request.dates[::step]:
        if is_canceled():
            raise EngineError(CANCELED, "Canceled.")
        number = request.bands.number(day, channel)
        for window in windows:
            values.extend(_values(provider.block(number, window, _WINDOW_PX, _WINDOW_PX)))
    if not values:
        raise EngineError(
            "input",
            f"The band {channel} has no data in the part of the map looked at, on any of the dates.",
            "Move the map to where the stack has data, or choose other dates.",
        )
    values.sort()
    low, high = (values[min(len(values) - 1, int(share * len(values)))] for share in _CUT)
    return (low, high) if high > low else (low, low + (abs(low) or 1.0))


def _windows(provider: QgsRasterDataProvider, extent: QgsRectangle) -> List[QgsRectangle]:
    area = _area(provider, extent)
    width = min(area.width() / _WINDOWS, _WINDOW_PX * provider.extent().width() / max(provider.xSize(), 1))
    height = min(area.height() / _WINDOWS, _WINDOW_PX * provider.extent().height() / max(provider.ySize(), 1))
    shares = [(2 * place + 1) / (2 * _WINDOWS) for place in range(_WINDOWS)]
    centers = [
        (area.xMinimum() + x * area.width(), area.yMinimum() + y * area.height()) for x in shares for y in shares
    ]
    return [QgsRectangle(x - width / 2, y - height / 2, x + width / 2, y + height / 2) for x, y in centers]


def _area(provider: QgsRasterDataProvider, extent: QgsRectangle) -> QgsRectangle:
    area = provider.extent().intersect(extent)
    return provider.extent() if area.isEmpty() else area


def _values(block: Any) -> List[float]:  # noqa: ANN401 - QgsRasterBlock
    rows, columns = range(block.height()), range(block.width())
    found = (block.value(row, column) for row in rows for column in columns if not block.isNoData(row, column))
    return [value for value in found if math.isfinite(value)]


def windows_around(provider: QgsRasterDataProvider, places: Sequence[QgsPointXY]) -> List[QgsRectangle]:
    """Return a window of pixels around each place of a raster, in its coordinate system."""
    width = _WINDOW_PX * provider.extent().width() / max(provider.xSize(), 1)
    height = _WINDOW_PX * provider.extent().height() / max(provider.ySize(), 1)
    return [QgsRectangle.fromCenterAndSize(place, width, height) for place in places]


def date_renderer(provider: QgsRasterDataProvider, numbers: Sequence[int], stretches: Sequence[Stretch]) -> Any:  # noqa: ANN401
    """Return a renderer of one band in colours, or of three as red, green and blue."""
    if len(numbers) == 1:
        return _band_renderer(provider, numbers[0], stretches[0])
    renderer = QgsMultiBandColorRenderer(provider, *numbers)
    setters = (
        renderer.setRedContrastEnhancement,
        renderer.setGreenContrastEnhancement,
        renderer.setBlueContrastEnhancement,
    )
    for number, (low, high), use in zip(numbers, stretches, setters):
        contrast = QgsContrastEnhancement(provider.dataType(number))
        contrast.setContrastEnhancementAlgorithm(
            QgsContrastEnhancement.ContrastEnhancementAlgorithm.StretchToMinimumMaximum
        )
        contrast.setMinimumValue(low)
        contrast.setMaximumValue(high)
        use(contrast)
    return renderer


def _band_renderer(provider: QgsRasterDataProvider, number: int, stretch: Stretch) -> QgsSingleBandPseudoColorRenderer:
    low, high = stretch
    steps = len(_BAND_COLORS) - 1
    ramp = QgsColorRampShader(low, high)
    ramp.setColorRampType(QgsColorRampShader.Type.Interpolated)
    stops = [low + (high - low) * place / steps for place in range(steps + 1)]
    ramp.setColorRampItemList(
        [
            QgsColorRampShader.ColorRampItem(stop, QColor(color), f"{stop:.4g}")
            for stop, color in zip(stops, _BAND_COLORS)
        ]
    )
    shader = QgsRasterShader(low, high)
    shader.setRasterShaderFunction(ramp)
    renderer = QgsSingleBandPseudoColorRenderer(provider, number, shader)
    renderer.setClassificationMin(low)
    renderer.setClassificationMax(high)
    return renderer


def _midnight(day: date) -> QDateTime:
    return QDateTime(QDate(day.year, day.month, day.day), QTime(0, 0), Qt.TimeSpec.UTC)


def find_range(ranges: Sequence[QgsDateTimeRange], day: date) -> Optional[int]:
    """Return which of some ranges a day lies in, None if in none."""
    moment = _midnight(day)
    return next((place for place, span in enumerate(ranges) if span.contains(moment)), None)
