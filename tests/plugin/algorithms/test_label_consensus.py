"""Label consensus as a user runs it: table layers, delimited text, columns and sets."""

from __future__ import annotations

import pytest
from conftest import ROOT
from qgis.core import QgsProcessingException, QgsVectorLayer

SHARED_DATA = ROOT.parent / "shared" / "data"


@pytest.fixture
def shared_data():
    if not SHARED_DATA.is_dir():
        pytest.skip("the real data sets are not beside this checkout")
    return SHARED_DATA


def rows_of(path):
    layer = QgsVectorLayer(str(path), "", "ogr")
    names = [field.name() for field in layer.fields()]
    return [dict(zip(names, feature.attributes())) for feature in layer.getFeatures()]


def test_togo_columns(run, shared_data, tmp_path):
    result = run(
        "labelconsensus",
        {
            "INPUT": f"{shared_data}/togo_labels/togo_test_4labelers.gpkg|layername=joined",
            "SAMPLE_ID_FIELD": "id",
            "LABEL_FIELDS": ["hrk", "cn", "bb", "bm"],
            "OUTPUT": str(tmp_path / "consensus.gpkg"),
            "PAIRS": str(tmp_path / "pairs.gpkg"),
            "REPORT": str(tmp_path / "report.html"),
        },
    )
    assert (result["N_CONSENSUS"], result["N_TIES"], result["N_UNANIMOUS"]) == (306, 45, 181)
    assert result["FLEISS_KAPPA"] == pytest.approx(0.438, abs=5e-4)
    assert [row["n_agreed"] for row in rows_of(tmp_path / "pairs.gpkg")] == [229, 248, 249, 274, 273, 278]
    classes = [row["consensus"] for row in rows_of(tmp_path / "consensus.gpkg")]
    assert (classes.count(1), classes.count(0)) == (106, 200)


@pytest.mark.parametrize("provider_key", ["ogr", "delimitedtext"])
def test_collect_earth_exports_need_no_field_names(run, shared_data, tmp_path, provider_key):
    paths = [shared_data / "sudan_ceo" / f"ceo-Sudan-2022-Set-{number}.csv" for number in (1, 2)]
    if provider_key == "ogr":
        sets = [str(path) for path in paths]
    else:
        sets = [
            QgsVectorLayer(f"file://{path}?delimiter=,&xField=lon&yField=lat&crs=EPSG:4326", path.stem, provider_key)
            for path in paths
        ]
        assert all(layer.isValid() for layer in sets)
    result = run(
        "labelconsensus",
        {"INPUT": sets[0], "MORE_SETS": sets[1:], "OUTPUT": str(tmp_path / "out.gpkg"), "TIES": "keep"},
    )
    assert (result["N_CONSENSUS"], result["N_SAMPLES"], result["N_LABELERS"]) == (1035, 1196, 2)
    layer = QgsVectorLayer(str(tmp_path / "out.gpkg"), "", "ogr")
    assert layer.crs().authid() == "EPSG:4326"
    assert any(field.name() == "label_ceo-Sudan-2022-Set-2" for field in layer.fields())


def votes_layer(rows):
    layer = QgsVectorLayer("NoGeometry?field=plot:integer&field=who:string&field=crop:integer", "labels", "memory")
    from qgis.core import QgsFeature

    features = []
    for row in rows:
        feature = QgsFeature(layer.fields())
        feature.setAttributes(list(row))
        features.append(feature)
    assert layer.dataProvider().addFeatures(features)[0]
    return layer


def test_rows_of_a_table_and_a_third_opinion(run, tmp_path):
    layer = votes_layer(
        [(1, "ann", 2), (1, "bob", 2), (1, "eve", 1), (2, "ann", 1), (2, "bob", 2), (2, "eve", 1), (3, "ann", None)]
    )
    parameters = {
        "INPUT": layer, "SAMPLE_ID_FIELD": "plot", "LABELER_FIELD": "who", "CLASS_FIELD": "crop",
        "TIES": "third_opinion", "ARBITER": "eve", "OUTPUT": str(tmp_path / "out.gpkg"),
    }  # fmt: skip
    result = run("labelconsensus", parameters)
    assert result["N_CONSENSUS"] == 2
    assert [row["status"] for row in rows_of(tmp_path / "out.gpkg")] == ["consensus", "third opinion", "too few labels"]
    assert [row["consensus"] for row in rows_of(tmp_path / "out.gpkg")][:2] == [2, 1]
    with pytest.raises(QgsProcessingException, match="arbiter"):
        run("labelconsensus", {**parameters, "ARBITER": ""})
    with pytest.raises(QgsProcessingException, match="not both"):
        run("labelconsensus", {**parameters, "LABEL_FIELDS": ["crop"]})
