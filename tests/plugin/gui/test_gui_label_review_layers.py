"""Judged layers as samples to review, their series and profiles, and the reviewed layer that is written."""

from __future__ import annotations

import json
import math
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from osgeo import gdal, osr
from qgis.core import QgsGeometry, QgsRasterLayer, QgsVectorLayer
from review_layers import N_STEPS, ROWS, judged_layer, saved
from stand_ins import make_samples

from cropsample_plugin.bridge.review_decisions import DecisionFile, ReviewError
from cropsample_plugin.gui import label_review_apply
from cropsample_plugin.gui.label_review_apply import apply_decisions
from cropsample_plugin.gui.label_review_layer import (
    ReviewFields,
    decision_file,
    fields_to_offer,
    guess_fields,
    is_judged,
    read_samples,
)
from cropsample_plugin.gui.label_review_session import LabelReviewSession
from cropsample_plugin.gui.review_series import FieldSeries, StackSeries, default_band, series_columns

DATA = Path(__file__).resolve().parents[4] / "shared" / "data"
FIELDS = ReviewFields("crop", "sample_id")


def session_of(layer, folder, fields=FIELDS):
    return LabelReviewSession(read_samples(layer, fields), DecisionFile(str(folder / "d_review.gpkg"), "d_review"), "a")


def rows_of(path):
    layer = QgsVectorLayer(str(path), "", "ogr")
    names = [field.name() for field in layer.fields()]
    return [dict(zip(names, feature.attributes())) for feature in layer.getFeatures()]


def test_fields_are_guessed(project):
    layer = judged_layer()
    assert is_judged(layer)
    assert guess_fields(layer) == FIELDS
    offered = [field.name() for field in fields_to_offer(layer)]
    assert offered == ["sample_id", "crop", "compared_with", "duplicate_group"]


def test_fields_are_those_of_the_run_that_is_on_record(project, tmp_path):
    layer = saved(judged_layer(), tmp_path / "judged.gpkg")
    record = {"job": {"parameters": {"class_field": "compared_with", "start_field": "sample_id", "end_field": "gone"}}}
    Path(f"{tmp_path}/judged.gpkg.cropsample.json").write_text(json.dumps(record), encoding="utf-8")
    assert guess_fields(layer) == ReviewFields("compared_with", "sample_id")
    Path(f"{tmp_path}/judged.gpkg.cropsample.json").write_text("[1, 2", encoding="utf-8")
    assert guess_fields(layer) == FIELDS


def test_samples_are_read(project):
    samples = read_samples(judged_layer(), FIELDS)
    assert [(item.sample_id, item.label, item.quality) for item in samples][4] == ("104", "maize", "Remove")
    assert samples[4].suggested == "wheat"
    assert samples[4].margin == -0.3
    assert math.isnan(samples[6].margin)
    assert samples[0].season_dates == ("2021-02-01", "2021-04-01", "2021-05-20")
    assert read_samples(judged_layer(), ReviewFields("crop"))[0].sample_id == "1"


def test_a_layer_that_was_not_judged_is_refused(project):
    with pytest.raises(ReviewError, match="no field 'quality'"):
        read_samples(make_samples(["a", "b"]), FIELDS)
    with pytest.raises(ReviewError, match="field with the labels"):
        read_samples(judged_layer(), ReviewFields())


def test_decisions_lie_beside_the_file(project, tmp_path):
    layer = saved(judged_layer(), tmp_path / "my labels.gpkg")
    file = decision_file(layer)
    assert Path(file.path) == tmp_path / "my_labels_review.gpkg"
    assert file.table == "my_labels_review"
    assert decision_file(judged_layer()).path.endswith("judged_review.gpkg")


def test_decisions_open_in_qgis_as_a_table(project, tmp_path):
    session = session_of(judged_layer(), tmp_path)
    session.keep("été")
    table = QgsVectorLayer(f"{tmp_path}/d_review.gpkg|layername=d_review", "", "ogr")
    assert table.isValid()
    assert [feature["comment"] for feature in table.getFeatures()] == ["été"]


def test_series_of_a_sample_and_profile_of_a_class(project):
    layer = judged_layer()
    samples, source = read_samples(layer, FIELDS), FieldSeries(layer, FIELDS)
    assert source.bands == ("NDVI",)
    dates, values = source.series(samples[4], layer.getFeature(samples[4].feature_id), "NDVI")
    assert dates[0] == date(2021, 1, 15)
    assert values == pytest.approx([0.8 + 0.01 * step for step in range(N_STEPS)])
    profile = source.profile([item for item in samples if item.quality == "Keep" and item.label == "wheat"], "NDVI")
    assert profile.n_samples == 2
    assert profile.mean == pytest.approx(values)
    assert profile.spread == pytest.approx([0.0] * N_STEPS)
    assert source.profile([], "NDVI") is None


def test_another_series_layer_by_sample_id(project):
    other = QgsVectorLayer(
        "None?field=sample_id:integer&field=red_t1:double&field=red_t2:double&field=red_t3:double"
        "&field=nir_t1:double&field=nir_t2:double&field=nir_t3:double",
        "series",
        "memory",
    )
    from qgis.core import QgsFeature

    rows = []
    for values in ([104, 0.1, 0.1, None, 0.3, 0.5, 0.5], [104, 0.1, 0.1, None, 0.3, 0.5, 0.5], [999] + [0.0] * 6):
        feature = QgsFeature(other.fields())
        feature.setAttributes(values)
        rows.append(feature)
    other.dataProvider().addFeatures(rows)
    layer = judged_layer()
    samples, source = read_samples(layer, FIELDS), FieldSeries(other, FIELDS, is_other=True)
    assert source.bands == ("NDVI", "red", "nir")
    positions, values = source.series(samples[4], layer.getFeature(5), "NDVI")
    assert positions == [1.0, 2.0, 3.0]
    assert values[:2] == pytest.approx([0.5, 2 / 3])
    assert math.isnan(values[2])
    assert source.series(samples[0], layer.getFeature(1), "NDVI") == ([], [])


def test_series_of_a_stack_below_the_sample(project, tmp_path):
    path = str(tmp_path / "stack.tif")
    dataset = gdal.GetDriverByName("GTiff").Create(path, 8, 8, 4, gdal.GDT_UInt16)
    dataset.SetGeoTransform((500_000, 10, 0, 5_000_000, 0, -10))
    reference = osr.SpatialReference()
    reference.ImportFromEPSG(32631)
    dataset.SetProjection(reference.ExportToWkt())
    for number, (name, value) in enumerate(
        (("2021-01-01 red", 1000), ("2021-01-01 nir", 3000), ("2021-03-01 red", 1000), ("2021-03-01 nir", 4000)), 1
    ):
        band = dataset.GetRasterBand(number)
        band.SetDescription(name)
        band.SetScale(0.0001)
        band.SetNoDataValue(0)
        values = np.full((8, 8), value, dtype=np.uint16)
        values[0, 1] = 0
        band.WriteArray(values)
    dataset = None
    for geometry in ("Point", "Polygon"):
        layer = judged_layer(geometry=geometry)
        samples, source = read_samples(layer, FIELDS), StackSeries(QgsRasterLayer(path, "stack"), layer)
        assert source.bands == ("NDVI", "red", "nir")
        dates, values = source.series(samples[0], layer.getFeature(1), "NDVI")
        assert dates == [date(2021, 1, 1), date(2021, 3, 1)]
        assert values == pytest.approx([0.5, 0.6])
        assert source.series(samples[0], layer.getFeature(1), "red")[1] == pytest.approx([0.1, 0.1])
    layer = judged_layer()
    gap = StackSeries(QgsRasterLayer(path, "stack"), layer).series(samples[1], layer.getFeature(2), "NDVI")[1]
    assert all(math.isnan(value) for value in gap)
    assert source.profile(samples, "NDVI") is None


def test_a_sample_without_a_place_has_no_stack_series(project, stack):
    layer = judged_layer()
    feature = layer.getFeature(1)
    feature.setGeometry(QgsGeometry())
    assert StackSeries(stack, layer).series(read_samples(layer, FIELDS)[0], feature, "red") == ([], [])


def test_days_of_the_year_and_steps_are_put_in_time(project):
    layer = QgsVectorLayer(
        "None?field=b_d001:double&field=b_d017:double&field=b_d033:double&field=c_t01:double&field=c_t02:double"
        "&field=c_t03:double&field=start:string&field=end:string&field=x_99999999:double",
        "",
        "memory",
    )
    assert {band: len(columns) for band, columns in series_columns(layer.fields()).items()} == {"b": 3, "c": 3}
    from qgis.core import QgsFeature

    feature = QgsFeature(layer.fields())
    feature.setAttributes([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, "2020-09-14", "2021/03-14"])
    layer.dataProvider().addFeatures([feature])
    feature = next(layer.getFeatures())
    (sample,) = read_samples(judged_layer(ROWS[:1]), FIELDS)
    source = FieldSeries(layer, ReviewFields(start="start", end="end"))
    assert source.series(sample, feature, "b")[0] == [date(2021, 1, 1), date(2021, 1, 17), date(2021, 2, 2)]
    assert source.series(sample, feature, "c")[0][0] == date(2020, 9, 14)
    assert source.series(sample, feature, "c")[0][-1] in {date(2021, 3, 13), date(2021, 3, 14), date(2021, 3, 15)}
    assert FieldSeries(layer, ReviewFields()).series(sample, feature, "c")[0] == [1.0, 2.0, 3.0]


def test_the_band_shown_first():
    assert default_band(("B02", "NDVI", "LSWI"), "LSWI, NDVI") == "LSWI"
    assert default_band(("B02", "ndvi"), "") == "ndvi"
    assert default_band(("B02", "B03"), "GCVI") == "B02"
    assert default_band((), "") == ""


@pytest.mark.parametrize(("geometry", "is_file"), [("Point", True), ("Polygon", False), ("None", True)])
def test_a_review_becomes_a_new_layer(project, tmp_path, geometry, is_file):
    layer = judged_layer(geometry=geometry)
    if is_file:
        layer = saved(layer, tmp_path / "judged.gpkg")
    before = [feature.attributes() for feature in layer.getFeatures()]
    session = session_of(layer, tmp_path)
    session.reject("mixed")
    session.relabel("wheat")
    session.keep()
    applied = apply_decisions(layer, session, "crop", str(tmp_path / "reviewed.gpkg"))
    assert (applied.n_kept, applied.n_relabelled, applied.n_rejected, applied.n_undecided) == (1, 1, 1, 4)
    rows = {row["sample_id"]: row for row in rows_of(applied.path)}
    assert len(rows) == len(ROWS)
    assert (rows[105]["label_final"] or None, rows[105]["weight_final"]) == (None, 0.0)
    assert rows[105]["review_comment"] == "mixed"
    assert (rows[104]["label_final"], rows[104]["weight_final"], rows[104]["crop"]) == ("wheat", 1.25, "maize")
    assert (rows[103]["label_final"], rows[103]["weight_final"]) == ("wheat", 1.25)
    assert (rows[106]["label_final"], rows[106]["weight_final"]) == ("maize", 0.3)
    assert [feature.attributes() for feature in layer.getFeatures()] == before, "the judged layer is untouched"
    record = json.loads(Path(applied.path + ".cropsample.json").read_text(encoding="utf-8"))
    assert record["outcome"]["n_relabelled"] == 1


def test_classes_that_are_numbers_stay_numbers(project, tmp_path):
    layer = judged_layer(label_kind="integer", labels={"wheat": 7, "maize": 3})
    session = session_of(layer, tmp_path)
    session.relabel("7")
    applied = apply_decisions(layer, session, "crop", str(tmp_path / "reviewed.gpkg"))
    assert {row["label_final"] for row in rows_of(applied.path)} == {3, 7}


def test_a_layer_reviewed_twice_keeps_both_reviews(project, tmp_path):
    layer = judged_layer()
    first = apply_decisions(layer, session_of(layer, tmp_path), "crop", str(tmp_path / "one.gpkg"))
    again = QgsVectorLayer(first.path, "one", "ogr")
    second = apply_decisions(again, session_of(again, tmp_path), "crop", str(tmp_path / "two.gpkg"))
    assert (second.label_field, second.weight_field) == ("label_final_2", "weight_final_2")


def test_neither_the_layer_nor_the_decisions_are_written_over(project, tmp_path):
    layer = saved(judged_layer(), tmp_path / "judged.gpkg")
    session = session_of(layer, tmp_path)
    session.keep()
    for path in ("judged.gpkg", "d_review.gpkg"):
        with pytest.raises(ReviewError, match="stays as it is"):
            apply_decisions(layer, session, "crop", str(tmp_path / path))
    for path in ("", str(tmp_path / "none" / "x.gpkg")):
        with pytest.raises(ReviewError):
            apply_decisions(layer, session, "crop", path)


def test_an_output_that_cannot_be_finished_leaves_the_earlier_one(project, tmp_path, monkeypatch):
    layer = judged_layer()
    session = session_of(layer, tmp_path)
    target = tmp_path / "reviewed.gpkg"
    target.write_text("earlier")

    def fail(*_args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(label_review_apply, "_write", fail)
    with pytest.raises(ReviewError, match="cannot be written"):
        apply_decisions(layer, session, "crop", str(target))
    assert target.read_text() == "earlier"
    assert [path.name for path in tmp_path.glob(".*")] == []


def test_samples_deleted_since_are_accounted_for(project, tmp_path):
    layer = judged_layer()
    session = session_of(layer, tmp_path)
    session.keep()
    layer.dataProvider().deleteFeatures([6])
    again = session_of(layer, tmp_path)
    applied = apply_decisions(layer, again, "crop", str(tmp_path / "reviewed.gpkg"))
    assert applied.unknown_ids == ("105",)
    assert applied.n_undecided == len(ROWS) - 1
    with pytest.raises(ReviewError, match="of 7 samples"):
        apply_decisions(layer, session, "crop", str(tmp_path / "other.gpkg"))


@pytest.mark.skipif(not DATA.is_dir(), reason="the real data sets are not beside this checkout")
def test_fields_of_real_layers_are_guessed(project):
    for path, expected in (
        ("mato_grosso_sits/samples_modis_ndvi.gpkg", "label"),
        ("central_asia_uz_south/central_asia_uz_south.gpkg", "label_1"),
    ):
        assert guess_fields(QgsVectorLayer(str(DATA / path), "", "ogr")).label == expected
