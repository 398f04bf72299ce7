"""A plot of series as files: PNG at twice the screen's resolution, SVG, CSV."""

from __future__ import annotations

import csv
import math
from datetime import date
from typing import Any, Callable, Iterator, List, Sequence

from qgis.PyQt.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSize
from qgis.PyQt.QtGui import QFont, QFontMetricsF, QImage, QPainter
from qgis.PyQt.QtSvg import QSvgGenerator

from cropsample_plugin.gui.series_chart import ClassProfile, Position, SeriesChart, SeriesStyle

Paint = Callable[[QPainter, QRectF, QFontMetricsF], None]

COLUMNS = ("chart", "measure", "series", "kind", "date", "value", "clear", "spread")
_PICTURE_SCALE = 2.0
_DOTS_PER_INCH = 96
_METRES_PER_INCH = 0.0254


def save_png(path: str, size: QSize, font: QFont, paint: Paint) -> None:
    """Write a PNG.

    Args:
        path: file to write.
        size: in pixels of the screen; the picture has twice as many.
        font: of all texts.
        paint: draws into a rectangle, with the metrics of the font there.

    Raises:
        OSError: the file cannot be written.
    """
    image = QImage(size * _PICTURE_SCALE, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(_PICTURE_SCALE)
    for set_dots in (image.setDotsPerMeterX, image.setDotsPerMeterY):
        set_dots(round(_DOTS_PER_INCH / _METRES_PER_INCH))
    _paint_on(image, size, font, paint)
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    _write(path, bytes(data))


def save_svg(path: str, size: QSize, font: QFont, paint: Paint) -> None:
    """Write an SVG; arguments and errors as of `save_png`."""
    data = QByteArray()
    buffer = QBuffer(data)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(size)
    generator.setViewBox(QRectF(0, 0, size.width(), size.height()))
    generator.setResolution(_DOTS_PER_INCH)
    _paint_on(generator, size, font, paint)
    _write(path, bytes(data))


def save_csv(path: str, charts: Sequence[SeriesChart]) -> None:
    """Write every value of the charts as CSV, UTF-8, with `COLUMNS`.

    Raises:
        OSError: the file cannot be written.
    """
    with open(path, "w", newline="", encoding="utf-8") as stream:  # noqa: PTH123 - the caller's own path
        writer = csv.writer(stream)
        writer.writerow(COLUMNS)
        writer.writerows(export_rows(charts))


def export_rows(charts: Sequence[SeriesChart]) -> Iterator[List[Any]]:
    """Yield one row per chart, series and date, then those of classes and seasons; empty where there is no value."""
    for chart in charts:
        head = [chart.title, chart.value_label]
        for series in chart.series:
            kind = "observation" if series.style is SeriesStyle.POINTS else "processed"
            for day, value, is_clear in zip(series.dates, series.values, series.clear):
                clear = int(is_clear and not math.isnan(value)) if kind == "observation" else ""
                yield [*head, series.name, kind, _day(day), _number(value), clear, ""]
        for profile in chart.profiles:
            yield from ([*head, *row] for row in _profile_rows(profile))
        for season in chart.seasons:
            for kind in ("start", "peak", "end"):
                day = getattr(season, kind)
                if day is not None:
                    yield [*head, season.label, f"season {kind}", _day(day), "", "", ""]


def _profile_rows(profile: ClassProfile) -> Iterator[List[Any]]:
    for day, mean, spread in zip(profile.dates, profile.mean, profile.spread):
        if not math.isnan(mean):
            yield [profile.name, "class mean", _day(day), _number(mean), "", _number(spread)]


def _paint_on(device: Any, size: QSize, font: QFont, paint: Paint) -> None:  # noqa: ANN401 - any paint device
    painter = QPainter(device)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(font)
    paint(painter, QRectF(0, 0, size.width(), size.height()), QFontMetricsF(font, device))
    painter.end()


def _write(path: str, data: bytes) -> None:
    with open(path, "wb") as stream:  # noqa: PTH123 - the caller's own path
        stream.write(data)


def _day(position: Position) -> str:
    return position.isoformat() if isinstance(position, date) else f"{position:g}"


def _number(value: float) -> str:
    return "" if math.isnan(value) else repr(value)
