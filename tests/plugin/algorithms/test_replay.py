"""Outputs made again from their records: identical, or what differs; inputs changed or missing; the way back."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from conftest import CLASS_FIELD, save_layer
from qgis.core import QgsProcessingException, QgsProcessingFeatureSourceDefinition, QgsProject, QgsVectorLayer

from cropsample_plugin.jobs.protocol import RECORD_SUFFIX


@pytest.fixture(scope="module")
def chain(provider, region, tmp_path_factory):
    """Stack, series, model and map, each with its record."""
    import processing

    folder = tmp_path_factory.mktemp("chain")
    images = folder / "images"
    shutil.copytree(region.images, images)
    samples = save_layer(region.samples(), folder / "samples.gpkg")

    def run(name, **parameters):
        return processing.run(f"cropsample:{name}", parameters)

    run("buildtimeseries", FOLDER=str(images), OUTPUT=str(folder / "stack.vrt"))
    stack = str(folder / "stack.vrt")
    run("extracttimeseries", INPUT=samples, STACK=stack, OUTPUT=str(folder / "series.gpkg"))
    run(
        "trainclassifier", SAMPLES=str(folder / "series.gpkg"), CLASS_FIELD=CLASS_FIELD, MODEL="random_forest",
        N_TREES=10, MODEL_PACKAGE=str(folder / "model.zip"), REPORT=str(folder / "report.html"),
    )  # fmt: skip
    run(
        "predictmap", MODEL_PACKAGE=str(folder / "model.zip"), STACK=stack, CLASSES=str(folder / "map.tif"),
        PROBABILITIES=str(folder / "p.tif"),
    )  # fmt: skip
    return folder


def replay(run, record, folder, **more):
    return run("replay", {"RECORD": str(record) + RECORD_SUFFIX, "FOLDER": str(folder), **more})


@pytest.mark.parametrize("name", ["stack.vrt", "series.gpkg", "model.zip", "map.tif"])
def test_every_output_of_the_chain_is_identical(run, chain, tmp_path, name):
    before = (chain / name).read_bytes()
    results = replay(run, chain / name, tmp_path / "again")
    assert results["IDENTICAL"] == 1
    assert results["N_DIFFERENT"] == results["N_INPUTS_CHANGED"] == 0
    assert (tmp_path / "again" / name).is_file()
    assert (chain / name).read_bytes() == before


def test_records_name_nothing_temporary(chain):
    record = json.loads((chain / f"series.gpkg{RECORD_SUFFIX}").read_text(encoding="utf-8"))
    described = record["call"]["parameters"]["INPUT"]
    assert described["value"].startswith(str(chain / "samples.gpkg"))
    assert str(chain / "samples.gpkg") in described["files"]
    assert record["call"]["outputs"]["OUTPUT"] == str(chain / "series.gpkg")
    assert "processing_" not in json.dumps(record["call"])


def test_the_page_goes_from_the_map_to_labels_and_imagery(run, chain, tmp_path):
    page = tmp_path / "page.html"
    results = replay(run, chain / "map.tif", tmp_path / "x", RERUN=False, PAGE=str(page))
    assert results["IDENTICAL"] == -1
    text = page.read_text(encoding="utf-8")
    for name in ("map.tif", "model.zip", "series.gpkg", "samples.gpkg", "stack.vrt", "scene_20230115.tif"):
        assert f">{name}<" in text
    assert 'class="changed"' not in text
    assert not (tmp_path / "x").exists() or not list((tmp_path / "x").iterdir())


def test_a_changed_input_is_named_by_its_hash(run, chain, tmp_path):
    folder = tmp_path / "copy"
    shutil.copytree(chain, folder)
    record = folder / f"map.tif{RECORD_SUFFIX}"
    record.write_text(record.read_text(encoding="utf-8").replace(str(chain), str(folder)), encoding="utf-8")
    model = folder / "model.zip"
    shutil.copyfile(chain / "map.tif", model)
    page = tmp_path / "page.html"
    results = replay(run, folder / "map.tif", tmp_path / "again", RERUN=False, PAGE=str(page))
    assert results["N_INPUTS_CHANGED"] >= 1
    assert 'class="changed"' in page.read_text(encoding="utf-8")
    model.unlink()
    with pytest.raises(QgsProcessingException, match=r"(?s)missing.*model\.zip \(SHA-256 [0-9a-f]{64}\)"):
        replay(run, folder / "map.tif", tmp_path / "again")


def test_a_different_result_is_said(run, chain, tmp_path):
    record = json.loads((chain / f"map.tif{RECORD_SUFFIX}").read_text(encoding="utf-8"))
    record["digest"]["sha256"] = "0" * 64
    folder = tmp_path / "old"
    folder.mkdir()
    record["call"]["outputs"] = {"CLASSES": str(folder / "map.tif")}
    (folder / f"map.tif{RECORD_SUFFIX}").write_text(json.dumps(record), encoding="utf-8")
    results = replay(run, folder / "map.tif", tmp_path / "again")
    assert (results["IDENTICAL"], results["N_DIFFERENT"]) == (0, 1)


def test_layers_in_memory_and_selections_can_be_replayed(run, region, tmp_path):
    layer = region.samples()
    QgsProject.instance().addMapLayer(layer)
    layer.selectByIds(list(layer.allFeatureIds())[::3])
    selection = QgsProcessingFeatureSourceDefinition(layer.id(), True)
    target = tmp_path / "out" / "series.gpkg"
    run("extracttimeseries", {"INPUT": selection, "STACK": region.stack, "OUTPUT": str(target)})
    n_features = QgsVectorLayer(str(target), "", "ogr").featureCount()
    assert n_features == layer.selectedFeatureCount()
    QgsProject.instance().removeMapLayer(layer.id())
    results = replay(run, target, tmp_path / "again")
    assert QgsVectorLayer(str(tmp_path / "again" / "series.gpkg"), "", "ogr").featureCount() == n_features
    assert results["N_INPUTS_CHANGED"] == 0
    assert results["IDENTICAL"] == 1


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"job": 3}'])
def test_what_is_no_record_is_refused(run, tmp_path, content):
    path = tmp_path / f"x.tif{RECORD_SUFFIX}"
    path.write_text(content)
    with pytest.raises(QgsProcessingException, match="record"):
        replay(run, tmp_path / "x.tif", tmp_path / "again")


def test_a_record_without_a_call_is_read_but_not_replayed(run, tmp_path):
    path = tmp_path / f"x.tif{RECORD_SUFFIX}"
    path.write_text(json.dumps({"job": {"name": "predictmap", "parameters": {}}}))
    with pytest.raises(QgsProcessingException, match="without the call"):
        replay(run, tmp_path / "x.tif", tmp_path / "again")


def test_the_outputs_themselves_are_never_replaced(run, chain):
    with pytest.raises(QgsProcessingException, match="another folder"):
        replay(run, chain / "map.tif", chain)
    assert Path(chain / "map.tif").is_file()
