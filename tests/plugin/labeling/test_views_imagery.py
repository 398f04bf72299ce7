"""One date of a stack as a layer, and layers as session files name them."""

from __future__ import annotations

import shutil
from datetime import date

import numpy as np
import pytest
from known_stacks import NODATA, center_of, days, season_values, write_stack
from qgis.core import QgsPointXY, QgsRasterLayer, QgsVectorFileWriter, QgsVectorLayer
from stand_ins import make_samples
from views_stage import BANDS, FALSE_COLOR, N_DATES, SIZE_PX, make_stack

from cropsample_plugin.bridge.dated_bands import dated_bands
from cropsample_plugin.bridge.engine_errors import EngineError
from cropsample_plugin.bridge.labeling.dated_imagery import DateView, Preset, date_layer, preset_bands, read_stretches
from cropsample_plugin.bridge.labeling.label_events import LabelingError
from cropsample_plugin.bridge.labeling.layer_references import (
    find_in_project,
    open_reference,
    reference_to,
    source_of,
)
from cropsample_plugin.bridge.labeling.session_file import LayerReference

XYZ = "type=xyz&url=https://tiles.example.org/{z}/{x}/{y}.png&zmax=19&zmin=0"


@pytest.fixture
def stack(qgis_app, tmp_path):
    return make_stack(tmp_path)


def view_of(path, shown):
    return DateView(path, dated_bands(QgsRasterLayer(path, "stack")), shown)


def block_of(layer):
    return layer.dataProvider().block(1, layer.extent(), SIZE_PX, SIZE_PX)


def test_presets_say_which_bands_they_need():
    assert preset_bands(Preset.TRUE_COLOR, ("B02", "B03", "B04", "B08")) == ("B04", "B03", "B02")
    assert preset_bands(Preset.FALSE_COLOR, BANDS) == FALSE_COLOR
    assert preset_bands(Preset.NDVI, BANDS) == ("NDVI",)
    assert preset_bands(Preset.NDVI, ("ndvi", "evi")) == ("ndvi",)
    assert preset_bands(Preset.TRUE_COLOR, BANDS) == ()
    assert preset_bands(Preset.NDVI, ("VV", "VH")) == ()


def test_ndvi_is_worked_out_with_scale_and_nodata(stack):
    view = view_of(stack, ("NDVI",))
    assert view.is_computed
    assert len(view.dates) == N_DATES
    layer = date_layer(view, view.dates[5], read_stretches(view, [], lambda: False))
    stored = season_values(N_DATES, SIZE_PX)[5].astype(float)
    red, near_infrared = stored[1], stored[2]
    expected = (near_infrared - red) / (near_infrared + red)
    found = block_of(layer)
    assert found.isNoData(0, 0)
    for row, column in ((1, 1), (10, 40), (63, 63)):
        assert found.value(row, column) == pytest.approx(expected[row, column], abs=1e-6)


def test_ndvi_minds_an_offset_and_nodata_of_a_whole_date(qgis_app, tmp_path):
    stored = np.full((2, 2, 4, 4), 2000, dtype=np.uint16)
    stored[:, 1] = 4000
    stored[1] = NODATA
    path = write_stack(tmp_path / "s.tif", ("B04", "B08"), days(2), stored, offset=-0.1)
    view = view_of(path, ("NDVI",))
    layers = [date_layer(view, day, ((0.0, 0.9),)) for day in view.dates]
    values = [layer.dataProvider().sample(QgsPointXY(*center_of(1, 1)), 1) for layer in layers]
    assert values[0][0] == pytest.approx((0.3 - 0.1) / (0.3 + 0.1))
    assert not values[1][1]


def test_dates_share_one_layer_and_one_contrast(stack):
    view = view_of(stack, FALSE_COLOR)
    stretches = read_stretches(view, [QgsPointXY(*center_of(30, 30))], lambda: False)
    layer = date_layer(view, view.dates[3], stretches)
    first = layer.renderer()
    numbers = (first.redBand(), first.greenBand(), first.blueBand())
    assert numbers == tuple(3 * 4 + BANDS.index(name) + 1 for name in FALSE_COLOR)
    contrast = first.redContrastEnhancement()
    limits = (contrast.minimumValue(), contrast.maximumValue())
    assert date_layer(view, view.dates[4], stretches, layer) is layer
    contrast = layer.renderer().redContrastEnhancement()
    assert (contrast.minimumValue(), contrast.maximumValue()) == limits
    assert layer.renderer().redBand() == 4 * 4 + BANDS.index("B08") + 1


def test_contrast_is_read_around_samples_else_of_the_whole_stack(qgis_app, tmp_path):
    stored = np.full((1, 1, 200, 200), 1000, dtype=np.uint16)
    stored[0, 0, :40, :40] = np.arange(40)[None, :] + 5000
    path = write_stack(tmp_path / "s.tif", ("B04",), days(1), stored, scale=1.0)
    view = view_of(path, ("B04",))
    ((low, high),) = read_stretches(view, [QgsPointXY(*center_of(20, 20))], lambda: False)
    assert 5000 <= low < high <= 5040
    ((low, _high),) = read_stretches(view, [QgsPointXY(0, 0)], lambda: False)
    assert low == 1000


def test_a_stack_without_data_or_file_is_told_of(qgis_app, tmp_path):
    stored = np.full((1, 1, 8, 8), NODATA, dtype=np.uint16)
    path = write_stack(tmp_path / "s.tif", ("B04",), days(1), stored)
    with pytest.raises(EngineError, match="has no data"):
        read_stretches(view_of(path, ("B04",)), [QgsPointXY(*center_of(1, 1))], lambda: False)
    view = DateView(str(tmp_path / "none.tif"), dated_bands(QgsRasterLayer(path, "")), ("B04",))
    with pytest.raises(EngineError, match="cannot be opened"):
        date_layer(view, date(2021, 1, 5), ((0.0, 1.0),))


def test_file_references_move_with_the_session(qgis_app, tmp_path):
    here, there = tmp_path / "here", tmp_path / "there"
    (here / "data").mkdir(parents=True)
    layer = QgsRasterLayer(make_stack(here / "data"), "My stack")
    reference = reference_to(layer, str(here / "a.cropsession"))
    assert reference == LayerReference("My stack", "gdal", "./data/stack.tif")
    shutil.move(here, there)
    opened = open_reference(reference, str(there / "a.cropsession"))
    assert opened.bandCount() == layer.bandCount()
    with pytest.raises(LabelingError, match="'My stack' cannot be opened"):
        open_reference(reference, str(here / "a.cropsession"))


def test_vector_layers_keep_the_part_after_the_file(qgis_app, project, tmp_path):
    options = QgsVectorFileWriter.SaveVectorOptions()
    options.layerName = "fields"
    path = tmp_path / "a.gpkg"
    context = project.transformContext()
    QgsVectorFileWriter.writeAsVectorFormatV3(make_samples(["a"]), str(path), context, options)
    layer = QgsVectorLayer(f"{path}|layername=fields", "Fields", "ogr")
    reference = reference_to(layer, str(tmp_path / "a.cropsession"))
    assert reference.source == "./a.gpkg|layername=fields"
    assert open_reference(reference, str(tmp_path / "a.cropsession")).featureCount() == 1


def test_web_layers_stay_as_they_are_but_for_passwords(qgis_app):
    layer = QgsRasterLayer(f"{XYZ}&username=ana&password=hidden", "Tiles", "wms")
    reference = reference_to(layer, "/some/where/a.cropsession")
    assert "hidden" not in reference.source
    assert "tiles.example.org" in reference.source
    plain = reference_to(QgsRasterLayer(XYZ, "Tiles", "wms"), "/some/where/a.cropsession")
    assert plain.source == source_of(plain, "/other/b.cropsession") == XYZ
    assert open_reference(plain, "").isValid()


def test_layers_of_the_project_are_found_by_source(project, tmp_path):
    path = make_stack(tmp_path)
    other = project.addMapLayer(QgsRasterLayer(path, "Other name"))
    same = project.addMapLayer(QgsRasterLayer(path, "Stack"))
    reference = LayerReference("Stack", "gdal", "./stack.tif")
    session_path = str(tmp_path / "a.cropsession")
    assert find_in_project(reference, session_path) is same
    assert find_in_project(reference, session_path, [same.id()]) is other
    assert find_in_project(LayerReference("x", "gdal", "./none.tif"), session_path) is None


def test_temporary_layers_that_are_gone_are_told_of(qgis_app):
    reference = reference_to(make_samples(["a"]), "")
    with pytest.raises(LabelingError, match="was a temporary layer"):
        open_reference(reference, "")
