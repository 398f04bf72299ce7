"""Crop calendars: which season is a sample's when a curve has two, across the new year, and calendars that are bad."""

from __future__ import annotations

import numpy as np
import pytest
import rasterio
import shapely
from rasterio.transform import from_origin

from cropsample_plugin.engine.errors import CropSampleError
from cropsample_plugin.engine.labels.calendar_classes import read_class_calendars
from cropsample_plugin.engine.progress import SilentProgress
from cropsample_plugin.engine.timeseries.sample_table import SampleTable
from cropsample_plugin.engine.timeseries.table_output import OutputTable, write_table
from cropsample_plugin.jobs import sample_quality
from cropsample_plugin.jobs.registry import JobContext

N = 30


class Listener(SilentProgress):
    def __init__(self):
        self.logs = []

    def log(self, message, level="info"):  # noqa: ARG002
        self.logs.append(message)


def bell(days, peak, height):
    return height * np.exp(-((days - peak) ** 2) / (2 * 22.0**2))


@pytest.fixture
def series(tmp_path):
    """Two years; every field grows wheat (peak on day 100, larger) and maize (peak on day 240) in both."""
    days = np.arange(0, 730, 10)
    rng = np.random.default_rng(0)
    curve = 0.15 + sum(bell(days, 100 + year, 0.55) + bell(days, 240 + year, 0.45) for year in (0, 365))
    curves = curve + rng.normal(0, 0.01, (2 * N, len(days)))
    dates = np.datetime64("2021-01-01") + days
    fields = {"crop": np.array(["wheat"] * N + ["maize"] * N, dtype=object)}
    fields["seen"] = np.array(["2022-06-15"] * (2 * N), dtype=object)
    fields |= {
        f"NDVI_{str(date).replace('-', '')}": curves[:, step].astype(np.float32) for step, date in enumerate(dates)
    }
    points = shapely.to_wkb(shapely.points(10.0 + 0.01 * np.arange(2 * N), np.full(2 * N, 45.0)))
    write_table(
        OutputTable(fields, {}, np.array(points, dtype=object), "EPSG:4326", "Point"), tmp_path / "in.gpkg", "samples"
    )
    return tmp_path / "in.gpkg"


def write_calendar(path, rows, box=(9.0, 44.0, 12.0, 46.0), crs="EPSG:4326"):
    """Write polygons with crop, planting and harvest (any values)."""
    names = list(rows[0])
    fields = {name: np.array([row[name] for row in rows], dtype=object) for name in names}
    for name in names:
        if all(value is None or isinstance(value, (int, float)) for value in fields[name]):
            fields[name] = np.array([np.nan if value is None else value for value in fields[name]], dtype=np.float64)
    shape = np.array([shapely.to_wkb(shapely.box(*box))] * len(rows), dtype=object)
    write_table(OutputTable(fields, {}, shape, crs, "Polygon"), path, "calendar")
    return str(path)


GEOGLAM = [
    {"crop": "Winter Wheat", "planting": 300, "harvest": 170},
    {"crop": "Maize", "planting": 170, "harvest": 300},
]
FIELDS = {
    "calendar_crop_field": "crop",
    "calendar_start_field": "planting",
    "calendar_end_field": "harvest",
    "calendar_classes": "wheat = Winter Wheat",
}


def judge(series, progress=None, **parameters):
    output = series.parent / "out.gpkg"
    values = {"n_seeds": 1, "date_field": "seen", **parameters}
    sample_quality.run(
        sample_quality.Parameters(str(series), "crop", str(output), **values),
        JobContext(progress or SilentProgress(), 1, 1000, "cpu"),
    )
    return SampleTable.read(output)


def peaks(judged):
    """Return the peak of each sample's season, as a date, for wheat and for maize."""
    days = np.array([np.datetime64(text) for text in judged.fields["season_peak"]])
    return days[:N], days[N:]


def near(days, expected):
    return np.all(np.abs(days - np.datetime64(expected)) < np.timedelta64(15, "D"))


def test_without_a_calendar_the_date_alone_decides(series):
    judged = judge(series)
    wheat, maize = peaks(judged)
    assert np.abs(wheat - maize).max() < np.timedelta64(15, "D")


def test_each_crop_gets_its_season_of_the_year_of_its_date(series):
    """15 June 2022 lies between both: wheat was just harvested, maize was just planted; wheat crosses the new year."""
    calendar = write_calendar(series.parent / "calendar.gpkg", GEOGLAM)
    wheat, maize = peaks(judge(series, calendar=calendar, **FIELDS))
    assert near(wheat, "2022-04-11")
    assert near(maize, "2022-08-29")


def test_years_alone_and_no_date(series):
    calendar = write_calendar(series.parent / "calendar.gpkg", GEOGLAM)
    table = SampleTable.read(series)
    table.fields["seen"][:] = "2021"
    write_table(
        OutputTable(table.fields, {}, table.geometry, table.crs, "Point"), series.parent / "years.gpkg", "samples"
    )
    wheat, maize = peaks(judge(series.parent / "years.gpkg", calendar=calendar, **FIELDS))
    assert near(wheat, "2021-04-11")
    assert near(maize, "2021-08-29")
    wheat, maize = peaks(judge(series, calendar=calendar, **{**FIELDS, "date_field": ""}))
    assert all(np.abs((day - np.datetime64("2021-04-11")).astype(int)) % 365 < 15 for day in wheat)
    assert all(np.abs((day - np.datetime64("2021-08-29")).astype(int)) % 365 < 15 for day in maize)


def test_pairs_of_fields_and_of_bands_say_the_same(series):
    row = {"ww_sos": 300, "ww_eos": 170, "m1_sos": 170, "m1_eos": 300}
    wide = write_calendar(series.parent / "wide.gpkg", [row])
    judged = judge(series, calendar=wide, calendar_classes="wheat = ww_sos:ww_eos; maize = m1_sos:m1_eos")
    assert near(peaks(judged)[0], "2022-04-11")
    assert near(peaks(judged)[1], "2022-08-29")
    raster = series.parent / "calendar.tif"
    profile = {
        "driver": "GTiff", "width": 6, "height": 4, "count": 4, "dtype": "int16", "crs": "EPSG:4326",
        "transform": from_origin(9, 46, 0.5, 0.5), "nodata": -1,
    }  # fmt: skip
    with rasterio.open(raster, "w", **profile) as target:
        for band, day in enumerate(row.values(), start=1):
            target.write(np.full((4, 6), day, np.int16), band)
    judged = judge(series, calendar_raster=str(raster), calendar_classes="wheat = 1:2; * = 3:4")
    assert near(peaks(judged)[0], "2022-04-11")
    assert near(peaks(judged)[1], "2022-08-29")


def test_projected_calendars_and_samples_without_one(series):
    """Half of the samples lie outside of the polygon; they follow their date and are counted."""
    import pyproj

    there = pyproj.Transformer.from_crs("EPSG:4326", "EPSG:3035", always_xy=True)
    x, y = there.transform([9.0, 10.295], [44.0, 46.0])
    calendar = write_calendar(
        series.parent / "calendar.gpkg", [GEOGLAM[1]], (x[0], y[0] - 4e5, x[1], y[1] + 4e5), "EPSG:3035"
    )
    listener = Listener()
    fields = {**FIELDS, "calendar_classes": "* = Maize"}
    judged = judge(series, listener, calendar=calendar, **fields)
    wheat, _ = peaks(judged)
    assert near(wheat[:20], "2022-08-29")
    assert any("samples have no crop calendar" in message for message in listener.logs)


def test_a_date_outside_of_the_calendar_has_no_season(series):
    rows = [{"crop": "wheat", "planting": 300, "harvest": 60}, {"crop": "maize", "planting": 170, "harvest": 300}]
    calendar = write_calendar(series.parent / "calendar.gpkg", rows)
    judged = judge(series, calendar=calendar, **{**FIELDS, "calendar_classes": ""}, seasons="")
    assert all(season is None for season in judged.fields["season"][:N])
    assert all(season is not None for season in judged.fields["season"][N:])
    assert set(judged.fields["quality"][:N]) <= {"Keep", "Suspect", "Remove", "DataGap"}


@pytest.mark.parametrize(
    ("rows", "changes", "match"),
    [
        ([{"crop": "wheat", "planting": 0, "harvest": 170}], {}, "holds 0"),
        ([{"crop": "wheat", "planting": 367, "harvest": 170}], {}, "holds 367"),
        ([{"crop": "wheat", "planting": "May", "harvest": 170}], {}, "holds 'May'"),
        ([{"crop": "rice", "planting": 1, "harvest": 170}], {}, "says nothing on any sample"),
        ([{"crop": "wheat", "planting": None, "harvest": 170}], {}, "says nothing on any sample"),
        (GEOGLAM, {"calendar_classes": "barley = Maize"}, "'barley', which no sample has"),
        (GEOGLAM, {"calendar_classes": "wheat"}, "assigns no calendar"),
        (GEOGLAM, {"calendar_start_field": ""}, "no fields for start and end"),
        (GEOGLAM, {"calendar_start_field": "sowing"}, "no field 'sowing'"),
        (GEOGLAM, {"calendar_crop_field": "", "calendar_classes": "wheat = planting"}, "no pair of start and end"),
        (GEOGLAM, {"calendar_raster": "x.tif"}, "as polygons and as a raster"),
    ],
)
def test_bad_calendars(series, rows, changes, match):
    calendar = write_calendar(series.parent / "calendar.gpkg", rows)
    with pytest.raises(CropSampleError, match=match):
        judge(series, calendar=calendar, **{**FIELDS, "calendar_classes": "", **changes})
    assert not (series.parent / "out.gpkg").exists()


def test_calendars_elsewhere_without_crs_and_bands_that_are_not_there(series):
    folder = series.parent
    with pytest.raises(CropSampleError, match="says nothing"):
        judge(series, calendar=write_calendar(folder / "far.gpkg", GEOGLAM, (100, 0, 110, 10)), **FIELDS)
    with pytest.raises(CropSampleError, match="without one"):
        judge(series, **FIELDS)
    with rasterio.open(
        folder / "one.tif", "w", driver="GTiff", width=2, height=2, count=1, dtype="int16", crs="EPSG:4326",
        transform=from_origin(9, 46, 2, 1),
    ) as target:  # fmt: skip
        target.write(np.full((2, 2), 400, np.int16), 1)
    with pytest.raises(CropSampleError, match="no band '2'"):
        judge(series, calendar_raster=str(folder / "one.tif"))
    with pytest.raises(CropSampleError, match="holds 400"):
        judge(series, calendar_raster=str(folder / "one.tif"), calendar_classes="* = 1:1")
    with pytest.raises(CropSampleError, match="cannot be read"):
        judge(series, calendar_raster=str(folder / "nothing.tif"))
    with rasterio.open(folder / "one.tif", "r+") as target:
        target.crs = rasterio.CRS()
    with pytest.raises(CropSampleError, match="no reference system"):
        judge(series, calendar_raster=str(folder / "one.tif"))


def test_steps_without_dates_need_the_start_of_each_series(tmp_path):
    values = np.random.default_rng(0).random((40, 12)).astype(np.float32)
    fields = {"crop": np.array(["a", "b"] * 20, dtype=object)}
    fields |= {f"NDVI_t{step + 1:02d}": values[:, step] for step in range(12)}
    points = shapely.to_wkb(shapely.points(np.full(40, 10.0), np.full(40, 45.0)))
    path = tmp_path / "in.gpkg"
    write_table(OutputTable(fields, {}, np.array(points, dtype=object), "EPSG:4326", "Point"), path, "samples")
    calendar = write_calendar(tmp_path / "calendar.gpkg", GEOGLAM)
    with pytest.raises(CropSampleError, match="when the series start"):
        judge(path, calendar=calendar, **{**FIELDS, "date_field": "", "calendar_classes": "* = Maize"})


def test_classes_and_their_calendars():
    found = read_class_calendars("Soy_Corn = soybean; Soy_Corn = maize ;; * = 1:2")
    assert found == {"Soy_Corn": ["soybean", "maize"], "*": ["1:2"]}
