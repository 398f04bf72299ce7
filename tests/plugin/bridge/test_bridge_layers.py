"""Features to files for the engine and back: every type, every odd name, nothing lost."""

from __future__ import annotations

import subprocess
import threading

import pytest
from memory_layers import make_layer
from qgis.core import (
    NULL,
    QgsCoordinateReferenceSystem,
    QgsFeedback,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
    QgsProcessingUtils,
    QgsProject,
    QgsRasterLayer,
    QgsVectorFileWriter,
    QgsVectorLayer,
    QgsVectorLayerSelectedFeatureSource,
    QgsWkbTypes,
)
from qgis.PyQt.QtCore import QDate, QDateTime, QTime

from cropsample_plugin.bridge.engine_errors import EngineError
from cropsample_plugin.bridge.fields import FIELD_KINDS, field_kind
from cropsample_plugin.bridge.layer_snapshot import LayerSnapshot
from cropsample_plugin.bridge.layers import (
    SOURCE_FID,
    copy_to_sink,
    crs_text,
    export_features,
    make_field,
    open_table,
    raster_path,
)

TYPES = (
    "field=fid:integer&field=geom:string&field=Classe réelle:string&field=classe RÉELLE:string"
    "&field=surface (ha):double&field=long:int8&field=day:date&field=moment:datetime"
    "&field=sure:bool&field=list:string[]&field=source_fid:integer&field=hour:time"
)
VALUES = (
    7,
    "g",
    "maïs",
    "Maïs",
    1.5,
    2**40,
    QDate(2020, 2, 29),
    QDateTime(QDate(2020, 2, 29), QTime(1, 2, 3)),
    True,
    ["a", "b"],
    99,
    QTime(3, 4, 5),
)


def export(source, tmp_path, **options):
    return export_features(source, str(tmp_path / "samples.gpkg"), QgsFeedback(), **options)


def rows(exported):
    layer = open_table(exported.path)
    return [
        dict(zip([item.name() for item in layer.fields()], feature.attributes())) for feature in layer.getFeatures()
    ]


def test_every_type_and_odd_name_survives(qgis_app, tmp_path):
    layer = make_layer(f"Point?crs=EPSG:32631&{TYPES}", [("Point(1 2)", VALUES), (None, [None] * 12)])
    exported = export(layer, tmp_path)
    assert exported.n_features == 2
    assert exported.name_by_field["classe RÉELLE"] == "classe RÉELLE_2"
    assert SOURCE_FID not in exported.name_by_field
    first, second = rows(exported)
    assert first["fid"] == 7
    assert first["geom"] == "g"
    assert (first["Classe réelle"], first["classe RÉELLE_2"]) == ("maïs", "Maïs")
    assert first["surface (ha)"] == 1.5
    assert first["long"] == 2**40
    assert first["day"] == QDate(2020, 2, 29)
    assert first["moment"].toString("yyyy-MM-dd hh:mm:ss") == "2020-02-29 01:02:03"
    assert first["sure"] is True
    assert first["list"] == '["a", "b"]'
    assert first["hour"].startswith("03:04:05")
    assert first[SOURCE_FID] == 1, "the feature's id, not the user's field of that name"
    assert all(value in {None, NULL} for name, value in second.items() if name not in {SOURCE_FID, "cropsample_row"})
    assert open_table(exported.path).crs().authid() == "EPSG:32631"


def test_nan_becomes_null_and_infinity_stays(qgis_app, tmp_path):
    layer = make_layer(
        "None?field=v:double", [(None, [float("nan")]), (None, [float("inf")]), (None, [0.0]), (None, [None])]
    )
    values = [row["v"] for row in rows(export(layer, tmp_path))]
    assert values == [NULL, float("inf"), 0.0, NULL]
    assert open_table(str(tmp_path / "samples.gpkg")).wkbType() == QgsWkbTypes.Type.NoGeometry


@pytest.mark.parametrize(
    ("kind", "wkt", "written"),
    [
        ("PointZ", "PointZ (1 2 3)", "PointZ (1 2 3)"),
        ("PointZM", "PointZM (1 2 3 4)", "PointZM (1 2 3 4)"),
        ("MultiPolygon", "MultiPolygon (((0 0, 1 0, 1 1, 0 0)))", "MultiPolygon (((0 0, 1 0, 1 1, 0 0)))"),
        ("Polygon", "Polygon ((0 0, 1 1, 1 0, 0 1, 0 0))", "Polygon ((0 0, 1 1, 1 0, 0 1, 0 0))"),
    ],
)
def test_geometries_survive_valid_or_not(qgis_app, tmp_path, kind, wkt, written):
    layer = make_layer(f"{kind}?crs=EPSG:4326&field=c:string", [(wkt, ["a"])])
    exported = export(layer, tmp_path)
    # Newer QGIS writes "Point Z", older "PointZ".
    assert next(open_table(exported.path).getFeatures()).geometry().asWkt().replace("Point Z", "PointZ") == written


def test_curves_become_segments(qgis_app, tmp_path):
    wkt = "CurvePolygon (CompoundCurve (CircularString (0 0, 1 1, 2 0), (2 0, 0 0)))"
    layer = make_layer("CurvePolygon?crs=EPSG:32631&field=c:string", [(wkt, ["a"])])
    written = next(open_table(export(layer, tmp_path).path).getFeatures()).geometry()
    assert QgsWkbTypes.flatType(written.wkbType()) == QgsWkbTypes.Type.Polygon
    assert written.area() == pytest.approx(1.5708, rel=0.001)


def test_selection_and_fields_are_honoured(qgis_app, tmp_path):
    made = [("Point(1 2)", [str(number), "x"]) for number in range(50)]
    layer = make_layer("Point?crs=EPSG:4326&field=a:string&field=b:string", made)
    layer.selectByIds([40, 4, 2, 17])
    for source in (LayerSnapshot(layer, selected_only=True), QgsVectorLayerSelectedFeatureSource(layer)):
        written = rows(export(source, tmp_path, fields=["a"]))
        assert [row[SOURCE_FID] for row in written] == [2, 4, 17, 40], "always in the same order"
        assert "b" not in written[0]
    assert len(rows(export(LayerSnapshot(layer), tmp_path))) == 50


def test_a_snapshot_is_read_in_another_thread_after_its_layer_is_gone(qgis_app, tmp_path):
    layer = make_layer("Point?crs=EPSG:32631&field=a:string", [("Point(1 2)", ["x"])] * 300)
    layer.startEditing()
    layer.changeAttributeValue(1, 0, "edited")
    layer.deleteFeature(300)
    snapshot = LayerSnapshot(layer)
    del layer
    exported = []
    thread = threading.Thread(target=lambda: exported.append(export(snapshot, tmp_path)))
    thread.start()
    thread.join()
    assert exported[0].n_features == 299
    assert rows(exported[0])[0]["a"] == "edited"


@pytest.mark.parametrize(("driver", "name"), [("GeoJSON", "a.geojson"), ("ESRI Shapefile", "a.shp"), ("CSV", "a.csv")])
def test_any_provider(qgis_app, tmp_path, driver, name):
    memory = make_layer("Point?crs=EPSG:4326&field=crop:string", [("Point(1 2)", ["maïs"]), ("Point(3 4)", [None])])
    options = QgsVectorFileWriter.SaveVectorOptions()
    options.driverName, options.fileEncoding = driver, "UTF-8"
    context = QgsProject.instance().transformContext()
    QgsVectorFileWriter.writeAsVectorFormatV3(memory, str(tmp_path / name), context, options)
    layer = QgsVectorLayer(str(tmp_path / name), "a", "ogr")
    assert [row["crop"] or None for row in rows(export(layer, tmp_path))] == ["maïs", None]


def test_an_empty_layer_is_written_empty(qgis_app, tmp_path):
    exported = export(make_layer("Point?crs=EPSG:4326&field=c:string", []), tmp_path)
    assert exported.n_features == 0
    assert open_table(exported.path).featureCount() == 0


def test_a_folder_that_is_missing_is_an_error(qgis_app, tmp_path):
    layer = make_layer("Point?crs=EPSG:4326", [("Point(1 2)", [])])
    with pytest.raises(EngineError) as caught:
        export_features(layer, str(tmp_path / "no" / "a.gpkg"), QgsFeedback())
    assert caught.value.kind == "output"


def test_a_full_disk_is_an_error(qgis_app, tmp_path):
    mount = tmp_path / "small"
    mount.mkdir()
    options = ["mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", str(mount)]
    if subprocess.run(options, capture_output=True, check=False).returncode != 0:
        pytest.skip("a small file system cannot be mounted here")
    layer = make_layer("Point?crs=EPSG:4326&field=c:string", [("Point(1 2)", [str(n) * 50]) for n in range(5000)])
    try:
        with pytest.raises(EngineError) as caught:
            export_features(layer, str(mount / "a.gpkg"), QgsFeedback())
    finally:
        subprocess.run(["umount", "-l", str(mount)], check=True)
    assert caught.value.kind == "disk_full"
    assert "Free some space" in caught.value.remedy


def test_export_can_be_canceled(qgis_app, tmp_path):
    feedback = QgsFeedback()
    feedback.cancel()
    layer = make_layer("Point?crs=EPSG:4326", [("Point(1 2)", [])])
    with pytest.raises(EngineError) as caught:
        export_features(layer, str(tmp_path / "a.gpkg"), feedback)
    assert caught.value.is_canceled


class CopyAlgorithm(QgsProcessingAlgorithm):
    """Copies a table of the engine into an output; exports its input first, as the real ones do."""

    def __init__(self, table=""):
        super().__init__()
        self.table = table

    def createInstance(self):
        return CopyAlgorithm(self.table)

    def name(self):
        return "copy"

    def displayName(self):
        return "copy"

    def initAlgorithm(self, _configuration=None):
        self.addParameter(QgsProcessingParameterFeatureSource("INPUT", "input"))
        self.addParameter(QgsProcessingParameterFeatureSink("OUTPUT", "output"))
        dropped = QgsProcessingParameterFeatureSink("DROPPED", "dropped", optional=True)
        dropped.setFlags(dropped.flags() | QgsProcessingParameterDefinition.Flag.FlagOptional)
        self.addParameter(dropped)

    def processAlgorithm(self, parameters, context, feedback):
        source = self.parameterAsSource(parameters, "INPUT", context)
        export_features(source, self.table, feedback)
        return {
            name: copy_to_sink(self.table, self, name, parameters, context, feedback) for name in ("OUTPUT", "DROPPED")
        }


def run_copy(layer, tmp_path, output):
    algorithm = CopyAlgorithm(str(tmp_path / "table.gpkg")).create({})
    context = QgsProcessingContext()
    parameters = {"INPUT": layer, "OUTPUT": output}
    results, ok = algorithm.run(parameters, context, QgsProcessingFeedback())
    assert ok
    assert results["DROPPED"] == ""
    return QgsProcessingUtils.mapLayerFromString(results["OUTPUT"], context), context


@pytest.mark.parametrize("output", ["TEMPORARY_OUTPUT", "out.gpkg", "out.geojson"])
def test_round_trip_through_an_algorithm(project, tmp_path, output):
    made = [("Polygon ((0 0, 1 1, 1 0, 0 1, 0 0))", [5, "maïs"]), (None, [5, None])]
    layer = make_layer("Polygon?crs=EPSG:32631&field=fid:integer&field=Classe réelle:string", made)
    project.addMapLayer(layer)
    target = output if output == "TEMPORARY_OUTPUT" else str(tmp_path / output)
    copied, _context = run_copy(layer, tmp_path, target)
    assert copied.featureCount() == 2
    features = list(copied.getFeatures())
    assert [feature["Classe réelle"] or None for feature in features] == ["maïs", None]
    assert [feature[SOURCE_FID] for feature in features] == [1, 2]
    assert "cropsample_row" not in [item.name() for item in copied.fields()]
    if output != "out.gpkg":
        assert [feature["fid"] for feature in features] == [5, 5]
    if output != "out.geojson":
        assert copied.crs().authid() == "EPSG:32631"


@pytest.mark.parametrize("kind", FIELD_KINDS)
def test_fields_of_every_kind(qgis_app, kind):
    field = make_field("n", kind)
    assert field.name() == "n"
    assert field_kind(field) == kind


def test_unknown_kind_is_refused(qgis_app):
    with pytest.raises(ValueError, match="known"):
        make_field("n", "complex")


def test_crs_as_text(qgis_app):
    assert crs_text(QgsCoordinateReferenceSystem("EPSG:32631")) == "EPSG:32631"
    assert crs_text(QgsCoordinateReferenceSystem()) == ""
    custom = QgsCoordinateReferenceSystem.fromProj("+proj=laea +lat_0=10 +lon_0=3 +datum=WGS84")
    assert crs_text(custom).startswith("PROJCRS")


def test_only_rasters_of_gdal_have_a_path(qgis_app, tmp_path):
    layer = QgsRasterLayer(str(tmp_path / "stack.tif"), "s", "gdal")
    assert raster_path(layer) == str(tmp_path / "stack.tif")
    web = QgsRasterLayer("type=xyz&url=https://tile.example/{z}/{x}/{y}.png", "web", "wms")
    with pytest.raises(EngineError, match="not from a file"):
        raster_path(web)
