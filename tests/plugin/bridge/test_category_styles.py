"""Results on labels are shown by category, each with a colour and a shape of its own, whatever they are stored in."""

from __future__ import annotations

import numpy as np
import pytest
from memory_layers import make_layer
from osgeo import gdal
from qgis.core import QgsFeedback, QgsMapRendererCustomPainterJob, QgsMapSettings, QgsRasterLayer, QgsVectorLayer
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor, QImage, QPainter

from cropsample_plugin.bridge.category_styles import (
    CONSENSUS_LOOKS,
    QUALITY_LOOKS,
    quality_field,
    style_agreement,
    style_labels,
    style_product_consensus,
)
from cropsample_plugin.bridge.layers import export_features

FIELDS = "field=label:string&field=quality:string&field=margin:double"
CATEGORIES = ("Keep", "Suspect", "Remove", "DataGap", "NA")


def square(number):
    left = 10 * number
    return f"Polygon(({left} 0,{left + 8} 0,{left + 8} 8,{left} 8,{left} 0))"


def judged(kind):
    places = [f"Point({10 * number + 4} 4)" if kind == "Point" else square(number) for number in range(5)]
    rows = [(place, ["wheat", name, 0.1]) for place, name in zip(places, CATEGORIES)]
    return make_layer(f"{kind}?crs=EPSG:32631&{FIELDS}", rows)


def drawn(layer):
    """Return ``(height, width, 3)`` of the layer drawn 50 x 8 units wide, ten pixels a unit."""
    settings = QgsMapSettings()
    settings.setLayers([layer])
    settings.setDestinationCrs(layer.crs())
    settings.setOutputSize(QSize(500, 80))
    extent = layer.extent()
    extent.set(0, 0, 50, 8)
    settings.setExtent(extent)
    settings.setBackgroundColor(QColor("white"))
    image = QImage(QSize(500, 80), QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    job = QgsMapRendererCustomPainterJob(settings, painter)
    job.renderSynchronously()
    painter.end()
    bits = image.constBits()
    bits.setsize(500 * 80 * 4)
    return np.frombuffer(bytes(bits), np.uint8).reshape(80, 500, 4)[:, :, :3].copy()


@pytest.mark.parametrize("kind", ["Point", "Polygon"])
@pytest.mark.parametrize("storage", ["memory", "gpkg"])
def test_every_category_is_drawn_in_a_way_of_its_own(qgis_app, tmp_path, kind, storage):
    layer = judged(kind)
    if storage == "gpkg":
        path = export_features(layer, str(tmp_path / "judged.gpkg"), QgsFeedback()).path
        layer = QgsVectorLayer(path, "judged", "ogr")
    assert style_labels(layer)
    assert {item.value() for item in layer.renderer().categories()} == set(CATEGORIES)
    picture = drawn(layer)
    parts = [picture[:, start : start + 80] for start in range(0, 500, 100)]
    assert all((part < 250).any() for part in parts)
    # In grey, as an eye without any colour would see them, no two look the same.
    greys = [part.mean(axis=2).round().astype(int) for part in parts]
    for first in range(5):
        for second in range(first):
            assert (np.abs(greys[first] - greys[second]) > 20).any()


def test_what_is_to_be_looked_at_lies_above(qgis_app):
    rows = [("Point(25 4)", ["a", name, 0.0]) for name in ("Remove", "Keep", "NA")]
    layer = make_layer(f"Point?crs=EPSG:32631&{FIELDS}", rows)
    style_labels(layer)
    middle = drawn(layer)[40, 250]
    red = QColor(next(look.color for look in QUALITY_LOOKS if look.value == "Remove"))
    assert abs(int(middle[2]) - red.red()) < 10
    assert abs(int(middle[1]) - red.green()) < 10


def test_a_layer_judged_twice_shows_the_later_judgement(qgis_app):
    layer = make_layer(
        f"Point?{FIELDS}&field=quality_2:string&field=margin_2:double", [("Point(1 1)", ["a", "Keep", 0.2, "NA", 0.1])]
    )
    assert quality_field(layer.fields(), "quality") == "quality_2"
    assert style_labels(layer)
    assert layer.renderer().classAttribute() == '"quality_2"'


def test_consensus_tie_and_unanimous(qgis_app):
    fields = "field=consensus:string&field=status:string&field=unanimous:integer"
    rows = [
        ("Point(5 4)", ["crop", "consensus", 1]),
        ("Point(15 4)", ["crop", "consensus", 0]),
        ("Point(25 4)", [None, "tie", 0]),
    ]
    layer = make_layer(f"Point?crs=EPSG:32631&{fields}", rows)
    assert style_labels(layer)
    values = {look.value for look in CONSENSUS_LOOKS}
    assert {item.value() for item in layer.renderer().categories()} == values
    picture = drawn(layer)
    colors = [tuple(picture[40, x]) for x in (50, 150, 250)]
    assert len(set(colors)) == 3
    assert (255, 255, 255) not in colors


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("field=class:string&field=crop_votes:integer&field=origin:string", ["crop", "no crop"]),
        ("field=class_id:integer&field=origin:string", ["1", "5"]),
    ],
)
def test_weak_and_trusted_samples(qgis_app, fields, expected):
    first = ["crop", 3, "x"] if "votes" in fields else [1, "cdl"]
    second = ["non-crop", 0, "x"] if "votes" in fields else [5, "cdl"]
    layer = make_layer(f"Point?{fields}", [("Point(1 1)", first), ("Point(2 1)", second)])
    assert style_labels(layer)
    assert sorted(item.label() for item in layer.renderer().categories()) == expected


@pytest.mark.parametrize("uri", [f"None?{FIELDS}", "Point?field=quality:string", "Point?field=label:string"])
def test_other_layers_keep_their_style(qgis_app, uri):
    layer = make_layer(uri, [])
    before = layer.renderer().type() if layer.renderer() else None
    assert not style_labels(layer)
    assert (layer.renderer().type() if layer.renderer() else None) == before


def test_rasters_of_products(qgis_app, tmp_path):
    path = str(tmp_path / "r.tif")
    dataset = gdal.GetDriverByName("GTiff").Create(path, 2, 2, 1, gdal.GDT_Byte)
    dataset.GetRasterBand(1).WriteArray(np.array([[0, 1], [2, 3]], dtype=np.uint8))
    dataset = None
    layer = QgsRasterLayer(path, "r")
    style_product_consensus(layer, "no crop", "crop")
    assert [item.label for item in layer.renderer().classes()] == ["no crop", "crop"]
    style_agreement(layer, 3, "{} of {} say crop")
    classes = layer.renderer().classes()
    assert [item.label for item in classes] == [f"{count} of 3 say crop" for count in range(4)]
    lightness = [item.color.lightnessF() for item in classes]
    assert lightness == sorted(lightness)
