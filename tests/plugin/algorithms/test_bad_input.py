"""Bad input as a user meets it: the message names the thing, nothing is lost, QGIS goes on."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import CLASS_FIELD, CLASS_NAMES, RecordingFeedback, save_layer
from osgeo import gdal
from qgis.core import QgsProcessingContext, QgsProcessingException, QgsProject, QgsRasterLayer, QgsVectorLayer

from cropsample_plugin.algorithms.job_inputs import engine_path


def refused(run, name, parameters) -> str:
    with pytest.raises(QgsProcessingException) as caught:
        run(name, parameters)
    message = str(caught.value)
    assert "Traceback" not in message
    assert "Unexpected" not in message
    return message


def train_parameters(samples, tmp_path, **others):
    return {
        "SAMPLES": samples,
        "CLASS_FIELD": CLASS_FIELD,
        "N_TREES": 10,
        "MODEL_PACKAGE": str(tmp_path / "model.zip"),
        **others,
    }


def test_a_truncated_raster(run, region, tmp_path):
    whole = Path(region.stack).read_bytes()
    broken = tmp_path / "truncated.tif"
    broken.write_bytes(whole[: len(whole) // 2])
    message = refused(run, "extracttimeseries", {"INPUT": region.samples(), "STACK": str(broken), "OUTPUT": "memory:"})
    assert "truncated.tif" in message


def test_a_text_file_called_tif(run, region, tmp_path):
    broken = tmp_path / "text.tif"
    broken.write_text("not a raster")
    message = refused(run, "extracttimeseries", {"INPUT": region.samples(), "STACK": str(broken), "OUTPUT": "memory:"})
    assert "text.tif" in message


def test_a_folder_without_rasters(run, tmp_path):
    empty = tmp_path / "empty"
    empty.mkdir()
    message = refused(run, "buildtimeseries", {"FOLDER": str(empty), "OUTPUT": str(tmp_path / "stack.vrt")})
    assert "empty" in message


def test_a_stack_without_dates(run, region, tmp_path):
    plain = tmp_path / "plain.tif"
    gdal.Translate(str(plain), str(next(region.images.glob("*.tif"))))
    message = refused(run, "extracttimeseries", {"INPUT": region.samples(), "STACK": str(plain), "OUTPUT": "memory:"})
    assert "plain.tif" in message
    assert "Build time series" in message


def test_an_empty_layer(run, region):
    empty = QgsVectorLayer("Point?crs=EPSG:32631&field=a:string", "empty", "memory")
    refused(run, "extracttimeseries", {"INPUT": empty, "STACK": region.stack, "OUTPUT": "memory:"})


def test_no_overlap(run, region):
    layer = region.samples(per_class=3)
    layer.startEditing()
    for feature in layer.getFeatures():
        geometry = feature.geometry()
        geometry.translate(1e5, 0)
        layer.changeGeometry(feature.id(), geometry)
    layer.commitChanges()
    message = refused(run, "extracttimeseries", {"INPUT": layer, "STACK": region.stack, "OUTPUT": "memory:"})
    assert "outside" in message.lower() or "overlap" in message.lower()


def test_one_class_only(run, region, tmp_path):
    layer = region.samples()
    layer.setSubsetString("")
    wheat = layer.materialize(request_of_class(CLASS_NAMES[0]))
    message = refused(run, "trainclassifier", train_parameters(wheat, tmp_path, STACK=region.stack))
    assert "class" in message
    assert not (tmp_path / "model.zip").exists()


def request_of_class(name):
    from qgis.core import QgsFeatureRequest

    return QgsFeatureRequest().setFilterExpression(f"\"{CLASS_FIELD}\" = '{name.replace(chr(39), chr(39) * 2)}'")


def test_samples_without_series_and_without_stack(run, region, tmp_path):
    message = refused(run, "trainclassifier", train_parameters(region.samples(), tmp_path))
    assert "stack" in message


def test_a_model_that_is_none(run, region, tmp_path):
    fake = tmp_path / "model.zip"
    fake.write_bytes(b"PK\x05\x06" + b"\0" * 18)
    message = refused(
        run,
        "predictmap",
        {"MODEL_PACKAGE": str(fake), "STACK": region.stack, "CLASSES": str(tmp_path / "classes.tif")},
    )
    assert "model" in message.lower()


def test_a_stack_that_the_model_was_not_made_for(run, region, trained, tmp_path):
    other = tmp_path / "other.tif"
    source = gdal.Open(region.stack)
    gdal.Translate(str(other), source)
    dataset = gdal.Open(str(other), gdal.GA_Update)
    for number in range(1, dataset.RasterCount + 1):
        band = dataset.GetRasterBand(number)
        band.SetDescription(band.GetDescription().replace("nir", "swir"))
    dataset = None
    message = refused(
        run,
        "predictmap",
        {"MODEL_PACKAGE": trained, "STACK": str(other), "CLASSES": str(tmp_path / "classes.tif")},
    )
    assert "nir" in message


def test_a_layer_in_memory_is_no_file_for_the_engine(region):
    gdal.Translate("/vsimem/stack.tif", region.stack)
    layer = QgsRasterLayer("/vsimem/stack.tif", "in memory")
    assert layer.isValid()
    with pytest.raises(QgsProcessingException, match=r"in memory.*GeoTIFF"):
        engine_path(layer)
    gdal.Unlink("/vsimem/stack.tif")


def test_a_web_layer_is_no_file_for_the_engine():
    layer = QgsRasterLayer("type=xyz&url=http://localhost/%7Bz%7D/%7Bx%7D/%7By%7D.png", "web", "wms")
    with pytest.raises(QgsProcessingException, match="wms"):
        engine_path(layer)


def test_a_zipped_raster_works(run, region, tmp_path):
    import zipfile

    archive = tmp_path / "stack.zip"
    with zipfile.ZipFile(archive, "w") as target:
        target.write(region.stack, "stack.tif")
    stack = f"/vsizip/{archive}/stack.tif"
    result = run("extracttimeseries", {"INPUT": region.samples(per_class=3), "STACK": stack, "OUTPUT": "memory:"})
    assert result["N_SAMPLES"] == 9


def test_features_are_kept_when_the_sink_cannot_be_written(run, region, tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("")
    destination = f"ogr:dbname='{blocked}/data.gpkg' table=\"a\" (geom)"
    message = refused(
        run,
        "extracttimeseries",
        {"INPUT": region.samples(per_class=3), "STACK": region.stack, "OUTPUT": destination},
    )
    kept = message.rsplit(" ", 1)[-1]
    assert QgsVectorLayer(kept, "", "ogr").featureCount() == 9


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="needs a folder in which even root may not write")
@pytest.mark.parametrize("output", ["classes.tif", "series.gpkg"])
def test_an_output_folder_that_cannot_be_written_is_noticed_first(run, region, trained, output):
    target = f"/proc/cropsample/{output}"
    calls = {
        "classes.tif": ("predictmap", {"MODEL_PACKAGE": trained, "STACK": region.stack, "CLASSES": target}),
        "series.gpkg": (
            "extracttimeseries",
            {"INPUT": region.samples(per_class=3), "STACK": region.stack, "OUTPUT": target},
        ),
    }
    message = refused(run, *calls[output])
    assert target in message
    assert "folder" in message


def test_a_sample_layer_may_not_be_replaced(run, region, tmp_path):
    path = save_layer(region.samples(per_class=3), tmp_path / "samples.gpkg")
    before = Path(path).read_bytes()
    message = refused(run, "extracttimeseries", {"INPUT": path, "STACK": region.stack, "OUTPUT": path})
    assert "input" in message
    assert Path(path).read_bytes() == before


def test_cancel_in_the_middle_is_quiet(run, region, tmp_path):
    feedback = RecordingFeedback()
    feedback.progressChanged.connect(lambda _progress: feedback.cancel())
    parameters = train_parameters(region.samples(), tmp_path, STACK=region.stack, MODEL="lstm", MAX_EPOCHS=100_000)
    assert run("trainclassifier", {**parameters, "PATIENCE_EPOCHS": 100_000}, feedback=feedback) == {}
    assert not (tmp_path / "model.zip").exists()
    assert feedback.errors == []


def test_the_message_says_where_the_log_is(run, region, tmp_path):
    message = refused(run, "trainclassifier", train_parameters(region.samples(), tmp_path))
    log = message.rsplit(" ", 1)[-1]
    assert Path(log).is_file()


def test_maps_are_styled_and_grouped_when_loaded(run, region, trained, tmp_path, qgis_new_project, monkeypatch):
    from processing.gui import Postprocessing
    from qgis.core import QgsApplication, QgsProcessingOutputLayerDefinition

    # The window of the tests is a stand-in, which newer QGIS refuses.
    monkeypatch.setattr(Postprocessing, "iface", None, raising=False)
    project = QgsProject.instance()
    context = QgsProcessingContext()
    context.setProject(project)
    parameters = {
        "MODEL_PACKAGE": trained,
        "STACK": region.stack,
        "CLASSES": QgsProcessingOutputLayerDefinition(str(tmp_path / "classes.tif"), project),
        "UNCERTAINTY": QgsProcessingOutputLayerDefinition(str(tmp_path / "uncertainty.tif"), project),
    }
    algorithm = QgsApplication.processingRegistry().createAlgorithmById("cropsample:predictmap")
    feedback = RecordingFeedback()
    _results, succeeded = algorithm.run(parameters, context, feedback)
    assert succeeded, feedback.errors
    Postprocessing.handleAlgorithmResults(algorithm, context, feedback, parameters=parameters)
    groups = project.layerTreeRoot().findGroups()
    assert [group.name() for group in groups] == ["Crop map"]
    layers = [entry.layer() for entry in groups[0].findLayers()]
    assert len(layers) == 2
    labels = [
        [item.label for item in layer.renderer().classes()] for layer in layers if layer.renderer().type() == "paletted"
    ]
    assert labels == [list(CLASS_NAMES)]
