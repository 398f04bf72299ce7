"""The sampling algorithms as QGIS runs them: from a stack or parcels to samples, reports and numbers."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing

import numpy as np
import pytest
from conftest import LEFT_M, TOP_M, WRITES_MODELS_LIKE_OURS
from make_models import make_model, write_model
from make_sampling_model import RECIPE
from osgeo import gdal
from qgis.core import (
    QgsFeature,
    QgsProcessingException,
    QgsProcessingOutputLayerDefinition,
    QgsProject,
    QgsRasterLayer,
    QgsVectorLayer,
)

from cropsample_plugin.about import installation_path
from cropsample_plugin.algorithms.strata_loading import move_below_points, stratum_legend, style_by_stratum
from cropsample_plugin.bridge.sample_designs import design_of, write_design


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("sampling")


def make_objects(run, region, folder, **extra):
    parameters = {"STACK": region.stack, "OBJECT_SIZE": 25, "N_STRATA": 4, "OBJECTS": str(folder / "objects.gpkg")}
    return run("objectstratification", {**parameters, "STRATA": str(folder / "strata.tif"), **extra})


def test_from_a_stack_to_samples_in_the_field(run, region, folder):
    made = make_objects(run, region, folder)
    assert made["N_STRATA"] == 4
    objects = QgsVectorLayer(made["OBJECTS"], "objects", "ogr")
    assert objects.featureCount() == made["N_OBJECTS"] > 30
    assert {"object_id", "stratum", "area_ha"} <= set(objects.fields().names())
    strata = gdal.Open(made["STRATA"]).ReadAsArray()
    assert set(strata.ravel().tolist()) <= {0, 1, 2, 3, 4}
    chosen = run(
        "representativesamples",
        {
            "OBJECTS": made["OBJECTS"],
            "N_SAMPLES": 12,
            "OUTPUT": str(folder / "samples.gpkg"),
            "GPX": str(folder / "samples.gpx"),
            "REPORT": str(folder / "report.html"),
        },
    )
    assert 0 < chosen["CRI_RANDOM"] <= chosen["CRI"] <= 1
    assert QgsVectorLayer(chosen["OUTPUT"], "samples", "ogr").featureCount() == 12
    assert "<svg" in (folder / "report.html").read_text(encoding="utf-8")
    evaluated = run(
        "evaluaterepresentativeness",
        {
            "SAMPLES": chosen["OUTPUT"],
            "OBJECTS": made["OBJECTS"],
            "N_ADDITIONAL": 3,
            "UNDERREPRESENTED": "memory:",
            "ADDITIONAL": "memory:",
        },
    )
    assert evaluated["CRI"] == pytest.approx(chosen["CRI"])
    assert 0 < evaluated["CRI_WITH_ADDITIONAL"] <= 1


def test_departure_from_a_point(run, region, folder):
    made = make_objects(run, region, folder)
    results = run(
        "departuresamples",
        {
            "OBJECTS": made["OBJECTS"],
            "START_POINT": f"{LEFT_M},{TOP_M} [EPSG:32631]",
            "RADII": "0.25,1",
            "N_SAMPLES": 6,
            "OUTPUT": "memory:",
        },
    )
    assert 0 < results["CRI_EVERYWHERE"] <= 1


def test_probability_samples_and_size_from_a_class_map(run, region, folder):
    made = make_objects(run, region, folder)
    size = run("samplesize", {"CLASS_MAP": made["STRATA"], "ZERO": "outside", "TABLE": "memory:"})
    assert size["N_SAMPLES"] == size["N_OLOFSSON"] > 100
    drawn = run(
        "probabilitysamples",
        {"CLASS_MAP": made["STRATA"], "N_SAMPLES": 60, "MINIMUM_PER_STRATUM": 5, "OUTPUT": str(folder / "p.gpkg")},
    )
    points = QgsVectorLayer(drawn["OUTPUT"], "points", "ogr")
    weights = sum(feature["design_weight"] for feature in points.getFeatures())
    assert weights == pytest.approx(drawn["N_PIXELS"])


@pytest.mark.parametrize("destination", ["s.gpkg", "s.geojson", "memory:"])
def test_samples_say_how_they_were_drawn_wherever_they_go(run, region, folder, tmp_path, destination):
    made = make_objects(run, region, folder)
    target = destination if destination == "memory:" else str(tmp_path / destination)
    chosen = run("representativesamples", {"OBJECTS": made["OBJECTS"], "N_SAMPLES": 5, "OUTPUT": target})
    drawn = run(
        "probabilitysamples", {"CLASS_MAP": made["STRATA"], "N_SAMPLES": 60, "OUTPUT": target.replace("s.", "p.")}
    )
    for results, design, words in (
        (chosen, "representative", "not a probability"),
        (drawn, "stratified", "Probability"),
    ):
        layer = results["OUTPUT"]
        if not isinstance(layer, QgsVectorLayer):
            layer = QgsVectorLayer(layer, "opened again", "ogr")
            layer.loadDefaultMetadata()
        assert design_of(layer) == design
        assert words in layer.metadata().abstract()


def test_the_design_stands_in_the_geopackage_itself(run, region, folder, tmp_path):
    made = make_objects(run, region, folder)
    run("representativesamples", {"OBJECTS": made["OBJECTS"], "N_SAMPLES": 5, "OUTPUT": str(tmp_path / "s.gpkg")})
    copied = shutil.copy(tmp_path / "s.gpkg", tmp_path / "sent_by_mail.gpkg")
    with closing(sqlite3.connect(copied)) as database:
        assert (
            "cropsample:design=representative" in database.execute("SELECT metadata FROM gpkg_metadata").fetchone()[0]
        )
        assert "not a probability" in database.execute("SELECT description FROM gpkg_contents").fetchone()[0]


def test_a_layer_can_be_asked_after_its_design_was_written(run, region, folder, tmp_path):
    """A GeoPackage written under an open layer left that layer with "unable to open database file"."""
    made = make_objects(run, region, folder)
    output = str(tmp_path / "samples.gpkg")
    run("representativesamples", {"OBJECTS": made["OBJECTS"], "N_SAMPLES": 5, "OUTPUT": output})
    layer = QgsVectorLayer(output, "samples", "ogr")
    assert layer.uniqueValues(layer.fields().lookupField("priority")) == {1, 2, 3, 4, 5}
    assert write_design(layer, "representative", "Not one.", is_probability=False)
    told = []
    gdal.PushErrorHandler(lambda level, number, text: told.append(text))
    found = layer.uniqueValues(layer.fields().lookupField("priority"))
    gdal.PopErrorHandler()
    assert found == {1, 2, 3, 4, 5}
    assert told == []
    assert layer.metadata().abstract() == "Not one."


def test_visits_are_cheap_on_a_raster_layer_of_costs(run, region, folder, tmp_path):
    """Cost grows from west to east, in a layer of the project and in another reference system than the objects."""
    made = make_objects(run, region, folder)
    strata = gdal.Open(made["STRATA"])
    ramp = np.tile(np.arange(1.0, strata.RasterXSize + 1), (strata.RasterYSize, 1))
    metres = str(tmp_path / "minutes.tif")
    raster = gdal.GetDriverByName("GTiff").Create(metres, strata.RasterXSize, strata.RasterYSize, 1, gdal.GDT_Float32)
    raster.SetGeoTransform(strata.GetGeoTransform())
    raster.SetProjection(strata.GetProjection())
    raster.GetRasterBand(1).WriteArray(ramp)
    raster = None
    degrees = str(tmp_path / "minutes_degrees.tif")
    gdal.Warp(degrees, metres, dstSRS="EPSG:4326", dstNodata=-1)
    cost = QgsRasterLayer(degrees, "minutes")
    QgsProject.instance().addMapLayer(cost)
    eastings = {}
    for name, extra in (("cheap", {"COST": cost.id(), "COST_WEIGHT": 2.0}), ("any", {})):
        parameters = {"OBJECTS": made["OBJECTS"], "N_SAMPLES": 8, "OUTPUT": "memory:", **extra}
        points = run("representativesamples", parameters)["OUTPUT"].getFeatures()
        eastings[name] = np.mean([point.geometry().asPoint().x() for point in points])
    QgsProject.instance().removeMapLayer(cost.id())
    width = strata.RasterXSize * strata.GetGeoTransform()[1]
    assert eastings["cheap"] < eastings["any"] - 0.1 * width


def test_layers_have_the_colours_of_the_raster_and_samples_stand_out(run, region, folder):
    made = make_objects(run, region, folder)
    objects = QgsVectorLayer(made["OBJECTS"], "objects", "ogr")
    style_by_stratum(objects, "stratum")
    raster = QgsRasterLayer(made["STRATA"], "strata")
    raster.loadDefaultStyle()
    on_raster = {str(int(item.value)): item.color.name() for item in raster.renderer().classes()}
    categories = objects.renderer().categories()
    shown = {item.label(): item.symbol().color().name() for item in categories}
    assert len(shown) == 4
    assert shown.items() <= on_raster.items()
    assert objects.opacity() < 1
    for category in categories:
        fill = category.symbol().clone()
        outline = fill.symbolLayer(0).strokeColor()
        assert outline.lightness() < fill.color().lightness()
        assert abs(outline.hslHue() - fill.color().hslHue()) < 5
    chosen = run("representativesamples", {"OBJECTS": made["OBJECTS"], "N_SAMPLES": 5, "OUTPUT": "memory:"})
    style_by_stratum(chosen["OUTPUT"], "stratum")
    assert chosen["OUTPUT"].labelsEnabled()
    # QGIS hands out copies: they must outlive what they hold.
    categories = chosen["OUTPUT"].renderer().categories()
    symbol = categories[0].symbol().clone()
    assert symbol.symbolLayer(0).strokeColor().name() == "#ffffff"


def test_parcels_without_a_stack_load_objects_and_no_raster(run, region, folder, context):
    """Processing tells of a failure when it is to load a file that was not made."""
    made = make_objects(run, region, folder)
    wanted = QgsProcessingOutputLayerDefinition("TEMPORARY_OUTPUT", QgsProject.instance())
    parameters = {"PARCELS": made["OBJECTS"], "N_STRATA": 3, "OBJECTS": wanted, "STRATA": wanted}
    results = run("objectstratification", parameters, context=context)
    assert "STRATA" not in results
    loaded = list(context.layersToLoadOnCompletion())
    context.setLayersToLoadOnCompletion({})
    assert loaded == [results["OBJECTS"].id()]


def test_optional_layers_can_be_asked_for_as_dialogs_do(run, region, folder, tmp_path):
    """Dialogs ask for outputs with a definition, not a text; an optional layer asked for so is written."""
    made = make_objects(run, region, folder)
    samples = str(tmp_path / "samples.gpkg")
    run("representativesamples", {"OBJECTS": made["OBJECTS"], "N_SAMPLES": 5, "OUTPUT": samples})
    parameters = {"SAMPLES": samples, "OBJECTS": made["OBJECTS"], "N_ADDITIONAL": 3}
    for name in ("UNDERREPRESENTED", "ADDITIONAL"):
        parameters[name] = QgsProcessingOutputLayerDefinition(str(tmp_path / f"{name}.gpkg"))
    results = run("evaluaterepresentativeness", parameters)
    assert QgsVectorLayer(results["ADDITIONAL"], "added", "ogr").featureCount() == 3


def memory_layer(kind, name, **values):
    fields = "&".join(f"field={field}:string" for field in values)
    layer = QgsVectorLayer(f"{kind}?crs=EPSG:32631&{fields}", name, "memory")
    for row in zip(*values.values()):
        feature = QgsFeature(layer.fields())
        feature.setAttributes(list(row))
        layer.dataProvider().addFeature(feature)
    return layer


def test_what_is_missed_is_red_whatever_else_there_is():
    layer = memory_layer("Polygon", "status", stratum_status=("over-represented", "missed", "balanced"))
    style_by_stratum(layer, "stratum_status")
    shown = {item.label(): item.symbol().color().name() for item in layer.renderer().categories()}
    assert shown == {"missed": "#c0392b", "balanced": "#c9d3c5", "over-represented": "#4e79a7"}


def test_polygons_go_below_the_points_that_they_would_cover():
    project = QgsProject()
    layers = [memory_layer("Polygon", "image cover"), memory_layer("Point", "crowd"), memory_layer("Point", "added")]
    for layer in [*layers, memory_layer("Polygon", "representation")]:
        project.addMapLayer(layer)
    root = project.layerTreeRoot()
    assert [entry.name() for entry in root.children()] == ["representation", "added", "crowd", "image cover"]
    move_below_points(project.mapLayersByName("representation")[0], project)
    assert [entry.name() for entry in root.children()] == ["added", "crowd", "representation", "image cover"]
    move_below_points(project.mapLayersByName("representation")[0], project)
    assert [entry.name() for entry in root.children()] == ["added", "crowd", "representation", "image cover"]


def test_strata_with_names_are_coloured_in_alphabetical_order():
    legend = stratum_legend({"wheat", "maize", None})
    assert [entry["name"] for entry in legend] == ["maize", "wheat"]
    assert legend[0]["color"] == stratum_legend({1})[0]["color"]


def test_inputs_that_do_not_fit_together_are_told_at_once(run, region):
    with pytest.raises(QgsProcessingException, match="raster, parcels, or both"):
        run("objectstratification", {"OBJECTS": "memory:"})
    with pytest.raises(QgsProcessingException, match="either a class map or an area"):
        run("probabilitysamples", {"OUTPUT": "memory:"})


@WRITES_MODELS_LIKE_OURS
def test_the_model_file_is_what_the_script_makes(provider, tmp_path):
    target = tmp_path / "made.model3"
    write_model(make_model(RECIPE), target)
    shipped = installation_path(f"resources/models/{'plan_samples.model3'}").read_text(encoding="utf-8")
    assert target.read_text(encoding="utf-8") == shipped, "run scripts/make_sampling_model.py"


def test_the_model_plans_samples(run, region, tmp_path):
    run(
        "plansamples",
        {
            "STACK": region.stack,
            "OBJECT_SIZE": 25,
            "N_SAMPLES": 8,
            "objectstratification:Objects": "TEMPORARY_OUTPUT",
            "objectstratification:Strata": str(tmp_path / "strata.tif"),
            "representativesamples:Samples": str(tmp_path / "samples.gpkg"),
            "representativesamples:Waypoints": str(tmp_path / "samples.gpx"),
            "representativesamples:Report": str(tmp_path / "report.html"),
        },
    )
    assert QgsVectorLayer(str(tmp_path / "samples.gpkg"), "samples", "ogr").featureCount() == 8
    assert (tmp_path / "samples.gpx").is_file()
    assert (tmp_path / "report.html").is_file()
