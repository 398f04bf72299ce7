"""Layers of single dates: their bands, one common stretch, transparent clouds, and times without gap or overlap."""

from __future__ import annotations

import threading
from datetime import date

import numpy as np
import pytest
from dated_stacks import NODATA, SCALE, days, season_values, write_stack
from qgis.core import QgsDateTimeRange, QgsRasterLayer, QgsRectangle
from qgis.PyQt.QtCore import QCoreApplication, QSize
from qgis.PyQt.QtGui import QColor

from cropsample_plugin.bridge.date_layers import (
    Composition,
    DateLayersRequest,
    channels_of,
    complete_dates,
    date_ranges,
    find_range,
    make_date_layers,
    one_a_month,
)
from cropsample_plugin.bridge.dated_bands import dated_bands
from cropsample_plugin.bridge.engine_errors import EngineError

BANDS = ("B03", "B04", "B08", "SCL")
N_DATES = 12


@pytest.fixture
def stored():
    return season_values(N_DATES)


@pytest.fixture
def stack(qgis_app, tmp_path, stored):
    return QgsRasterLayer(write_stack(tmp_path / "stack.tif", BANDS, days(N_DATES), stored), "stack")


def make(stack, channels=("B08", "B04", "B03"), dates=None, **changes):
    bands = dated_bands(stack)
    request = DateLayersRequest(stack.source(), bands, channels, dates or bands.dates, stack.extent(), **changes)
    return make_date_layers(request, lambda _percent: None, lambda: False)


def test_each_layer_shows_its_date_with_one_common_stretch(stack, stored):
    layers = make(stack)
    assert [layer.name() for layer in layers] == [str(day) for day in days(N_DATES)]
    known = stored[stored != NODATA]
    stretches = set()
    for place, layer in enumerate(layers):
        renderer = layer.renderer()
        assert (renderer.redBand(), renderer.greenBand(), renderer.blueBand()) == tuple(
            4 * place + n for n in (3, 2, 1)
        )
        contrast = renderer.redContrastEnhancement()
        stretches.add((contrast.minimumValue(), contrast.maximumValue()))
        assert layer.source() == stack.source()
    (stretch,) = stretches
    nir = np.sort(stored[:, 2][stored[:, 2] != NODATA]) * SCALE
    assert stretch == pytest.approx(np.quantile(nir, [0.02, 0.98]), rel=0.02)
    assert known.size


def test_times_have_neither_gap_nor_overlap(stack):
    layers = make(stack)
    spans = [layer.temporalProperties().fixedTemporalRange() for layer in layers]
    assert all(layer.temporalProperties().isActive() for layer in layers)
    for before, after in zip(spans[:-1], spans[1:]):
        assert before.end() == after.begin()
        assert before.includeBeginning()
        assert not before.includeEnd()
    assert spans[-1].begin().daysTo(spans[-1].end()) == 10


def test_only_the_layer_of_the_date_is_visible_then(stack):
    layers = make(stack)
    day = date_ranges([date(2021, 2, 5), date(2021, 2, 6)])[0]
    moment = QgsDateTimeRange(day.begin(), day.begin())
    shown = [layer.name() for layer in layers if layer.temporalProperties().isVisibleInTemporalRange(moment)]
    assert shown == ["2021-02-04"]


def test_nodata_is_transparent_and_data_is_not(stack):
    layers = make(stack)
    image = layers[0].previewAsImage(QSize(8, 8), QColor(0, 0, 0, 0))
    assert image.pixelColor(0, 0).alpha() == 0
    assert image.pixelColor(4, 4).alpha() == 255
    cloudy = layers[2].previewAsImage(QSize(8, 8), QColor(0, 0, 0, 0))
    assert cloudy.pixelColor(4, 4).alpha() == 0


def test_one_band_is_coloured_alike_on_all_dates(stack, stored):
    layers = make(stack, ("B08",))
    bounds = {(layer.renderer().classificationMin(), layer.renderer().classificationMax()) for layer in layers}
    assert len(bounds) == 1
    assert [layer.renderer().band() for layer in layers] == [4 * place + 3 for place in range(N_DATES)]


def test_constant_band_has_a_stretch_all_the_same(qgis_app, tmp_path):
    stored = np.full((2, 1, 4, 4), 7, dtype=np.uint16)
    layer = QgsRasterLayer(write_stack(tmp_path / "a.tif", ["v"], days(2), stored), "a")
    first, _ = make(layer, ("v",))
    renderer = first.renderer()
    assert renderer.classificationMax() > renderer.classificationMin()


def test_layers_made_in_a_thread_belong_to_the_main_thread(stack):
    made = []
    thread = threading.Thread(target=lambda: made.extend(make(stack)))
    thread.start()
    thread.join(20)
    assert len(made) == N_DATES
    assert all(layer.thread() == QCoreApplication.instance().thread() for layer in made)


def test_one_a_month_takes_the_date_with_most_data(stack):
    dates = days(N_DATES)
    assert one_a_month(dates) == (date(2021, 1, 15), date(2021, 2, 14), date(2021, 3, 16), date(2021, 4, 15))
    # 25 January has no data at all; 15 January is as full as 5 January and nearer to the middle.
    assert next(layer.name() for layer in make(stack, ("B08",), is_monthly=True)) == "2021-01-15"
    shares = dict.fromkeys(dates, 0.5)
    shares[dates[0]] = 0.9
    assert one_a_month(dates, shares)[0] == dates[0]


def test_extent_elsewhere_falls_back_to_the_whole_stack(stack):
    bands = dated_bands(stack)
    away = QgsRectangle(0, 0, 1, 1)
    request = DateLayersRequest(stack.source(), bands, ("B08",), bands.dates, away)
    assert len(make_date_layers(request, lambda _percent: None, lambda: False)) == N_DATES


def test_no_data_at_all_says_so(stack):
    with pytest.raises(EngineError, match="B08 has no data"):
        make(stack, ("B08",), (days(N_DATES)[2],))


def test_missing_file_says_so(stack):
    request = DateLayersRequest("/none.tif", dated_bands(stack), ("B08",), dated_bands(stack).dates, stack.extent())
    with pytest.raises(EngineError, match="cannot be opened"):
        make_date_layers(request, lambda _percent: None, lambda: False)


def test_cancelling_stops(stack):
    bands = dated_bands(stack)
    request = DateLayersRequest(stack.source(), bands, ("B08",), bands.dates, stack.extent())
    with pytest.raises(EngineError) as told:
        make_date_layers(request, lambda _percent: None, lambda: True)
    assert told.value.is_canceled


def test_compositions():
    assert channels_of(Composition.TRUE_COLOR, ["B02", "B03", "B04", "B08"]) == ("B04", "B03", "B02")
    assert channels_of(Composition.FALSE_COLOR, ["B02", "B03", "B04", "B08"]) == ("B08", "B04", "B03")
    assert channels_of(Composition.TRUE_COLOR, ["VV", "VH"]) == ()
    assert channels_of(Composition.BAND, ["VV"], "VV") == ("VV",)
    assert channels_of(Composition.BAND, ["VV"], "B04") == ()


def test_dates_that_lack_a_channel_are_left_out(qgis_app):
    from cropsample_plugin.bridge.dated_bands import parse_band_names

    bands = parse_band_names(["2021-01-05 B04", "2021-01-05 B08", "2021-01-15 B04"])
    assert complete_dates(bands, ("B04", "B08")) == (date(2021, 1, 5),)


def test_range_of_a_date():
    dates = [date(2021, 1, 5), date(2021, 1, 15)]
    spans = date_ranges(dates)
    assert [find_range(spans, day) for day in (date(2021, 1, 4), date(2021, 1, 14), date(2021, 1, 15))] == [None, 0, 1]
    assert date_ranges([]) == []
    (single,) = date_ranges(dates[:1])
    assert single.begin().daysTo(single.end()) == 30
