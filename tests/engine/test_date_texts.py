from __future__ import annotations

from datetime import date

import pytest

from cropsample_plugin.engine.errors import InputError
from cropsample_plugin.engine.timeseries.date_texts import date_from_text, find_dates, loose_date, without_dates


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("S2_L2A_2020-11-01", ["2020-11-01"]),
        ("TERRA_MODIS_012010_NDVI_2013-09-14", ["2013-09-14"]),
        ("T31UFS_20190315T105021_B04_10m", ["2019-03-15"]),
        ("ndvi_2019_03_15", ["2019-03-15"]),
        ("ndvi.2019.03.15", ["2019-03-15"]),
        ("98-togo_2019-02-06_2020-02-01", ["2019-02-06", "2020-02-01"]),
        ("LC08_L2SP_227068_20190315_20200829_02_T1_SR_B4", ["2019-03-15", "2020-08-29"]),
        ("MOD13Q1.A2019073.h12v10.061.2020288093219", ["2019-03-14"]),
        ("HLS.S30.T13TEF.2021133T172406.v2.0.B04", ["2021-05-13"]),
        ("composite_2019-03", ["2019-03-01"]),
        ("img_20190315103000", ["2019-03-15"]),
        ("tile_012010", []),
        ("2019-13-45", []),
        ("value_123456789012", []),
        ("2019-02-30", []),
    ],
)
def test_usual_spellings(text, expected):
    assert [str(hit.day) for hit in find_dates(text)] == expected


@pytest.mark.parametrize(
    ("text", "pattern", "expected"),
    [
        ("ndvi_15032019", "%d%m%Y", "2019-03-15"),
        ("ndvi_074_2019", "%j_%Y", "2019-03-15"),
        ("ndvi_15Mar19", "%d%b%y", "2019-03-15"),
        ("x2019y3m5", r"x(?P<year>\d+)y(?P<month>\d+)m(?P<day>\d+)", "2019-03-05"),
        ("x2019y074", r"x(?P<year>\d+)y(?P<day_of_year>\d+)", "2019-03-15"),
        ("a_2019.3.5", r"(\d{4})\.(\d)\.(\d)", "2019-03-05"),
        ("1111-01-01 2019-03-15", r"2019\S+", "2019-03-15"),
    ],
)
def test_own_patterns(text, pattern, expected):
    assert [str(hit.day) for hit in find_dates(text, pattern)] == [expected]


@pytest.mark.parametrize("pattern", ["%Q", "(", "(?P<year>"])
def test_unusable_patterns_are_named(pattern):
    with pytest.raises(InputError, match="date pattern"):
        find_dates("a_20190315", pattern)


def test_text_without_dates():
    assert without_dates("NDVI_2014-08-29") == "NDVI"
    assert without_dates("T31UFS_20190315T105021_B04") == "T31UFS_B04"
    assert without_dates("2014-08-29") == ""


def test_loose_dates_and_parameters():
    assert loose_date("2015-7-4") == date(2015, 7, 4)
    assert loose_date("B04") is None
    assert date_from_text("2015-7-4", "start date") == date(2015, 7, 4)
    with pytest.raises(InputError, match="start date 'soon'"):
        date_from_text("soon", "start date")
