"""The plot of series: ticks, places, pixels, readout, keyboard and wheel, pictures and tables."""

from __future__ import annotations

import csv
import math
from datetime import date, datetime, timedelta, timezone

import pytest
from qgis.PyQt.QtCore import QEvent, QPoint, QPointF, QRectF, Qt
from qgis.PyQt.QtGui import QColor, QFont, QFontMetricsF, QImage, QMouseEvent, QPalette, QWheelEvent
from qgis.PyQt.QtTest import QTest
from stand_ins import wait_for

from cropsample_plugin.gui.appearance import contrast_ratio, readable_on
from cropsample_plugin.gui.axis_ticks import date_ticks, number_ticks
from cropsample_plugin.gui.plot_layout import PlotFrame, place_charts
from cropsample_plugin.gui.series_chart import (
    SERIES_COLORS,
    ClassProfile,
    Marker,
    PlottedSeries,
    SeasonSpan,
    SeriesChart,
    SeriesStyle,
)
from cropsample_plugin.gui.series_plot import SeriesPlot

DAYS = [date(2021, 1, 1) + timedelta(days=10 * step) for step in range(36)]
VALUES = [0.2 + 0.6 * math.exp(-(((step - 18) / 6) ** 2)) for step in range(36)]


def series(name="point 1", **changes):
    return PlottedSeries(name, **{"color": SERIES_COLORS[0], "dates": DAYS, "values": VALUES, **changes})


@pytest.fixture
def plot(qgis_app):
    widget = SeriesPlot()
    widget.resize(700, 400)
    widget.show()
    yield widget
    widget.deleteLater()


def drawn(widget):
    return widget.grab().toImage()


def count_pixels(image, color, tolerance=40):
    wanted = QColor(color).getRgb()[:3]
    return sum(
        all(abs(a - b) <= tolerance for a, b in zip(image.pixelColor(x, y).getRgb()[:3], wanted))
        for x in range(0, image.width(), 2)
        for y in range(0, image.height(), 2)
    )


@pytest.mark.parametrize("days", [1, 3, 9, 40, 100, 400, 1000, 4000, 15000])
@pytest.mark.parametrize("most", [2, 5, 12])
def test_date_ticks_are_few_in_order_and_inside(days, most):
    first = date(2015, 11, 17).toordinal()
    ticks = date_ticks(first, first + days, most)
    positions = [tick.position for tick in ticks]
    assert positions == sorted(set(positions))
    assert all(first <= position <= first + days for position in positions)
    assert len(ticks) <= 1.4 * most + 1
    # A range shorter than half a tick's step may have none.
    assert ticks or days < 400


def test_date_ticks_say_the_year_where_it_changes():
    ticks = date_ticks(date(2020, 10, 1).toordinal(), date(2021, 4, 1).toordinal(), 8)
    assert [(tick.text, tick.below) for tick in ticks] == [
        ("Oct", "2020"),
        ("Nov", ""),
        ("Dec", ""),
        ("Jan", "2021"),
        ("Feb", ""),
        ("Mar", ""),
        ("Apr", ""),
    ]


@pytest.mark.parametrize(("low", "high"), [(0, 1), (-0.31, 0.87), (0, 10000), (1e-6, 3e-6), (250, 251), (-1e9, 1e9)])
def test_number_ticks_are_round_and_inside(low, high):
    ticks = number_ticks(low, high, 6)
    assert 2 <= len(ticks) <= 7
    assert all(low - 1e-9 * abs(low) <= tick.position <= high + 1e-9 * abs(high) for tick in ticks)
    assert len({tick.text for tick in ticks}) == len(ticks)


def test_number_ticks_of_nothing():
    assert number_ticks(1.0, 1.0, 5) == []
    assert number_ticks(0.0, math.inf, 5) == []


def test_dates_come_in_many_kinds():
    kinds = [
        "2021-01-01",
        datetime(2021, 1, 1, 10, tzinfo=timezone.utc),
        date(2021, 1, 1),
        FakeNumpyDate("2021-01-01T00:00"),
    ]
    made = PlottedSeries("a", "#000000", kinds, [1, None, float("inf"), "x"])
    assert set(made.dates) == {date(2021, 1, 1)}
    assert made.n_known == 1
    assert made.clear == (True,) * 4


class FakeNumpyDate:
    """As much of numpy.datetime64 as is looked at."""

    class dtype:  # noqa: N801
        kind = "M"

    def __init__(self, text):
        self.text = text

    def __str__(self):
        return self.text

    def astype(self, kind):
        raise AssertionError("not needed")


@pytest.mark.parametrize("changes", [{"values": [1]}, {"clear": [True]}])
def test_lengths_must_agree(changes):
    with pytest.raises(ValueError, match="must agree"):
        series(**changes)


def test_profile_lengths_must_agree():
    with pytest.raises(ValueError, match="differ in number"):
        ClassProfile("wheat", "#000000", DAYS, VALUES, [0.1])


@pytest.mark.parametrize("ground", ["#ffffff", "#232629", "#2d2d2d", "#31363b"])
@pytest.mark.parametrize("color", SERIES_COLORS)
def test_series_colors_stand_out_on_light_and_dark(color, ground):
    """WCAG 2.1, 1.4.11: graphical objects have a contrast of at least 3 : 1; 31363b is a raised dark ground."""
    assert contrast_ratio(QColor(color), QColor(ground)) >= (2.4 if ground == "#31363b" else 3.0)


@pytest.mark.parametrize(("text", "ground"), [("#000000", "#ffffff"), ("#000000", "#323232"), ("#ffffff", "#fafafa")])
def test_text_is_readable_whatever_the_palette_says(plot, text, ground):
    """Night Mapping leaves a black text on a dark ground in the palette."""
    palette = QPalette(plot.palette())
    palette.setColor(QPalette.ColorRole.Base, QColor(ground))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText):
        palette.setColor(role, QColor(text))
    assert contrast_ratio(readable_on(QColor(ground), palette), QColor(ground)) >= 4.5


def test_contrast_is_that_of_wcag():
    assert contrast_ratio(QColor("#000000"), QColor("#ffffff")) == pytest.approx(21.0)
    assert contrast_ratio(QColor("#777777"), QColor("#ffffff")) == pytest.approx(4.48, abs=0.01)


def test_charts_of_one_measure_share_their_scale(qgis_app):
    charts = [
        SeriesChart("a", "NDVI", [series(values=[0.1] * 36)]),
        SeriesChart("b", "NDVI", [series(values=[0.9] * 36)]),
        SeriesChart("c", "B04", [series(values=[3000] * 36)]),
    ]
    metrics = QFontMetricsF(QFont())
    areas = place_charts(charts, PlotFrame(QRectF(0, 0, 900, 600), 2, metrics))
    assert areas[0].values == areas[1].values
    assert areas[2].values[0] < 3000 < areas[2].values[1]
    assert len({area.dates for area in areas}) == 1
    assert [area.has_date_labels for area in areas] == [False, True, True]
    for area in areas:
        assert area.position(area.x(date(2021, 6, 1).toordinal())) == pytest.approx(date(2021, 6, 1).toordinal())
        assert area.y(area.values[0]) == pytest.approx(area.rect.bottom())


def test_everything_is_drawn(plot):
    plot.show_series(
        [series(clear=[step % 3 > 0 for step in range(36)]), series("processed", style=SeriesStyle.LINE)],
        [SeasonSpan(date(2021, 4, 1), date(2021, 6, 1), date(2021, 8, 1), "season 1")],
        [ClassProfile("wheat", "#cc2222", DAYS, [0.8] * 36, [0.05] * 36, 9)],
        value_label="NDVI",
    )
    image = drawn(plot)
    assert count_pixels(image, SERIES_COLORS[0]) > 100
    ground = image.pixelColor(1, 1)
    pairs = zip(QColor("#cc2222").getRgb()[:3], ground.getRgb()[:3])
    band = QColor(*(round((46 * near + 209 * far) / 255) for near, far in pairs))
    assert count_pixels(image, band.name(), 3) > 200
    assert count_pixels(image, ground.name(), 2) > 0.5 * image.width() * image.height() / 4


def test_cloudy_observations_are_hollow(plot):
    at = []
    for clear in (True, False):
        plot.show_series([series(values=[0.5] * 36, clear=[clear] * 36, style=SeriesStyle.POINTS)])
        image = drawn(plot)
        area = plot._areas[0]
        at.append(image.pixelColor(int(area.x(DAYS[18].toordinal())), int(area.y(0.5))))
    assert at[0].name() == SERIES_COLORS[0]
    assert at[1].name() == plot.palette().color(QPalette.ColorRole.Base).name()


@pytest.mark.parametrize("marker", list(Marker))
def test_markers_are_drawn(plot, marker):
    plot.show_series([series(marker=marker)])
    assert count_pixels(drawn(plot), SERIES_COLORS[0]) > 50


def test_dark_theme_is_followed(plot):
    palette = QPalette(plot.palette())
    palette.setColor(QPalette.ColorRole.Base, QColor("#232629"))
    palette.setColor(QPalette.ColorRole.Text, QColor("#eff0f1"))
    plot.setPalette(palette)
    plot.show_series([series()])
    assert drawn(plot).pixelColor(1, 1).name() == "#232629"


def test_large_fonts_fit(plot):
    font = plot.font()
    font.setPointSizeF(2 * font.pointSizeF())
    plot.setFont(font)
    plot.show_charts([SeriesChart(f"point {n}", "NDVI", [series()]) for n in range(4)], 2)
    plot.resize(500, plot.minimumHeight())
    drawn(plot)
    assert all(area.rect.height() > 20 for area in plot._areas)
    assert all(area.rect.right() <= plot.width() for area in plot._areas)


@pytest.mark.parametrize(
    "values", [[math.nan] * 36, [0.3] * 36, [0.0] * 36, [math.nan] * 35 + [0.2], [1e30] * 36, [-5.0] * 36]
)
def test_odd_values_are_drawn(plot, values):
    plot.show_series([series(values=values), series(values=values, style=SeriesStyle.LINE)])
    drawn(plot)


def test_one_date_is_drawn(plot):
    plot.show_series([series(dates=DAYS[:1], values=[0.5])])
    assert count_pixels(drawn(plot), SERIES_COLORS[0]) > 5


def test_numbers_instead_of_dates(plot):
    plot.show_series([series(dates=list(range(36)))])
    drawn(plot)
    plot._point(QPointF(plot._areas[0].x(7), plot._areas[0].rect.center().y()))
    assert plot.readout()[0] == "7"


def test_nothing_to_show_says_so(plot):
    assert not plot._areas
    plot.show_message("Click on the map.")
    assert plot.message == "Click on the map."
    blank = drawn(plot)
    plot.show_series([series()])
    assert plot.message == ""
    assert drawn(plot) != blank


def test_readout_follows_the_pointer(plot):
    clear = [step != 18 for step in range(36)]
    processed = series("smooth", dates=DAYS[::2], values=VALUES[::2], style=SeriesStyle.LINE)
    plot.show_series(
        [series(clear=clear, values=[math.nan, *VALUES[1:]]), processed],
        [SeasonSpan(DAYS[10], None, DAYS[30], "season 1")],
        [ClassProfile("wheat", "#cc2222", DAYS, [0.4] * 36, [0.1] * 36)],
    )
    drawn(plot)
    area = plot._areas[0]
    QTest.mouseMove(plot, QPoint(round(area.x(DAYS[18].toordinal())), round(area.rect.center().y())))
    wait_for(plot.readout)
    assert plot.readout() == ["30 Jun 2021", "point 1: 0.8 (cloudy)", "smooth: 0.8", "season 1", "wheat: 0.4 ± 0.1"]
    plot._point(QPointF(area.x(DAYS[0].toordinal()), area.rect.center().y()))
    assert plot.readout()[1] == "point 1: no data"
    drawn(plot)
    plot.leaveEvent(QEvent(QEvent.Type.Leave))
    assert plot.readout() == []


def test_keys_step_through_the_dates_and_enter_chooses(plot):
    chosen = []
    plot.date_chosen.connect(chosen.append)
    plot.show_series([series()])
    drawn(plot)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Return):
        QTest.keyClick(plot, key)
    assert chosen == [DAYS[1]]


def test_wheel_zooms_drag_moves_double_click_shows_all(plot):
    plot.show_series([series()])
    drawn(plot)
    whole = plot._areas[0].dates
    middle = plot._areas[0].rect.center()
    for _ in range(4):
        plot.wheelEvent(wheel(plot, middle))
    drawn(plot)
    near = plot._areas[0].dates
    assert near[1] - near[0] == pytest.approx((whole[1] - whole[0]) / 1.25**4)
    assert whole[0] < near[0] < near[1] < whole[1]
    QTest.mousePress(plot, Qt.MouseButton.LeftButton, pos=middle.toPoint())
    plot.mouseMoveEvent(moved(middle + QPointF(40, 0)))
    assert plot._dates[0] < near[0]
    QTest.mouseRelease(plot, Qt.MouseButton.LeftButton, pos=middle.toPoint())
    assert plot._dates[1] - plot._dates[0] == pytest.approx(near[1] - near[0])
    QTest.mouseDClick(plot, Qt.MouseButton.LeftButton, pos=middle.toPoint())
    drawn(plot)
    assert plot._areas[0].dates == whole


def moved(at):
    left = Qt.MouseButton.LeftButton
    return QMouseEvent(QEvent.Type.MouseMove, at, at, left, left, Qt.KeyboardModifier.NoModifier)


def wheel(plot, at, angle=120):
    return QWheelEvent(
        at,
        QPointF(plot.mapToGlobal(at.toPoint())),
        QPoint(),
        QPoint(0, angle),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )


@pytest.mark.parametrize("suffix", ["png", "svg"])
def test_pictures_are_written(plot, tmp_path, suffix):
    plot.show_series([series(), series("processed", style=SeriesStyle.LINE)], value_label="NDVI")
    path = tmp_path / f"plot.{suffix}"
    plot.save_picture(str(path))
    if suffix == "svg":
        assert "NDVI" in path.read_text(encoding="utf-8")
        return
    image = QImage(str(path))
    assert image.width() == 2 * plot.width()
    assert image.pixelColor(0, 0).name() == "#ffffff"
    assert count_pixels(image, SERIES_COLORS[0]) > 200


def test_table_holds_every_value(plot, tmp_path):
    clear = [step % 2 == 0 for step in range(36)]
    chart = SeriesChart(
        "point 1",
        "NDVI",
        [series(values=[math.nan, *VALUES[1:]], clear=clear), series("smooth", style=SeriesStyle.LINE)],
        [SeasonSpan(DAYS[2], DAYS[5], DAYS[9], "season 1")],
        [ClassProfile("wheat", "#cc2222", DAYS, [0.4] * 36, [0.1] * 36)],
    )
    plot.show_charts([chart])
    plot.save_table(str(tmp_path / "series.csv"))
    with (tmp_path / "series.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    raw = [row for row in rows if row["kind"] == "observation"]
    assert [float(row["value"]) for row in raw[1:]] == VALUES[1:]
    assert (raw[0]["value"], raw[0]["clear"]) == ("", "0")
    assert [row["clear"] for row in raw[1:]] == [str(int(flag)) for flag in clear[1:]]
    assert [row["date"] for row in raw] == [str(day) for day in DAYS]
    assert sum(row["kind"] == "processed" for row in rows) == 36
    assert {row["spread"] for row in rows if row["kind"] == "class mean"} == {"0.1"}
    assert [row["date"] for row in rows if row["kind"] == "season peak"] == [str(DAYS[5])]


@pytest.mark.parametrize(
    ("method", "name"), [("save_picture", "a.png"), ("save_picture", "a.svg"), ("save_table", "a.csv")]
)
def test_unwritable_file_is_an_error(plot, tmp_path, method, name):
    plot.show_series([series()])
    with pytest.raises(OSError, match="no_folder"):
        getattr(plot, method)(str(tmp_path / "no_folder" / name))
