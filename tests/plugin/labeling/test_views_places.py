"""Places on the web and as KML."""

from __future__ import annotations

import math
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from memory_store import MemoryStore
from osgeo import ogr
from qgis.core import QgsCoordinateReferenceSystem, QgsGeometry, QgsSettings
from qgis.PyQt.QtWidgets import QWidget
from stand_ins import delete_now
from views_stage import CLASSES, CRS, point, square

from cropsample_plugin.bridge.labeling.label_events import LabelingError
from cropsample_plugin.bridge.labeling.label_store import LabelingSample, NewSample
from cropsample_plugin.bridge.labeling.place_links import (
    DEFAULT_LINKS,
    PlaceLink,
    check_link,
    link_address,
    load_links,
    save_links,
    web_zoom,
)
from cropsample_plugin.bridge.labeling.sample_kml import KmlSample, in_degrees, kml_text
from cropsample_plugin.bridge.labeling.session_file import SessionSettings
from cropsample_plugin.gui.labeling import place_menu
from cropsample_plugin.gui.labeling.labeling_controller import LabelingController
from cropsample_plugin.gui.labeling.labeling_session import LabelingSession
from cropsample_plugin.gui.labeling.place_links_dialog import PlaceLinksDialog
from cropsample_plugin.gui.labeling.place_menu import PlaceMenu

KML = "{http://www.opengis.net/kml/2.2}"
KEY = "cropsample/labeling/place_links"


@pytest.fixture(autouse=True)
def shipped_list(qgis_app):
    QgsSettings().remove(KEY)
    yield
    QgsSettings().remove(KEY)


def parsed(text):
    return ET.fromstring(text)  # noqa: S314 - our own text


def kml_of(wkt, name="s1", folder="Session", description=""):
    return kml_text(KmlSample(name, description, folder, QgsGeometry.fromWkt(wkt)))


def coordinates(element):
    return [tuple(map(float, pair.split(","))) for pair in element.find(f".//{KML}coordinates").text.split()]


def signed_area(points):
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(points, points[1:])) / 2


@pytest.mark.parametrize("link", DEFAULT_LINKS, ids=lambda link: link.name)
def test_shipped_links_hold_the_place(link):
    check_link(link)
    address = link_address(link, -12.5, 131.25, 5000).toString()
    assert "-12.5" in address
    assert "131.25" in address
    assert "{" not in address
    assert link_address(link, -12.5, 131.25, 5000).isValid()


def test_latitude_comes_before_longitude_in_the_shipped_links():
    addresses = [link_address(link, 41.1, 69.2, 5000).toEncoded().data().decode() for link in DEFAULT_LINKS]
    assert "mlat=41.100000&mlon=69.200000#map=" in addresses[0]
    assert "center=41.100000%2C69.200000" in addresses[1]
    assert "cp=41.100000~69.200000" in addresses[2]


@pytest.mark.parametrize(
    ("scale", "latitude", "zoom"),
    [(559_082_264, 0, 1), (272_989, 0, 11), (2133, 0, 18), (2133, 60, 17), (2133, -60, 17), (1, 0, 20), (0, 89.9, 20)],
)
def test_zoom_is_that_of_web_maps(scale, latitude, zoom):
    assert web_zoom(scale, latitude) == zoom


@pytest.mark.parametrize(
    ("link", "words"),
    [
        (PlaceLink(" ", "https://a/{lat}/{lon}"), "has no name"),
        (PlaceLink("A", "https://a/{lat}"), "has no place"),
        (PlaceLink("A", "file:///a/{lat}/{lon}"), "not one of the web"),
        (PlaceLink("A", "javascript:alert({lat},{lon})"), "not one of the web"),
        (PlaceLink("A", "a/{lat}/{lon}"), "not one of the web"),
    ],
)
def test_links_that_cannot_be_used_are_refused_and_nothing_is_kept(link, words):
    with pytest.raises(LabelingError, match=words):
        save_links([DEFAULT_LINKS[0], link])
    assert load_links() == DEFAULT_LINKS


def test_the_list_is_kept_and_damage_gives_the_shipped_one():
    own = (PlaceLink("Mine & yours", "https://example.org/?q={lat};{lon}"),)
    save_links(own)
    assert load_links() == own
    for text in ("[", "3", '[{"name": "x"}]', '[{"name": "x", "address": "ftp://{lat}{lon}"}]'):
        QgsSettings().setValue(KEY, text)
        assert load_links() == DEFAULT_LINKS


def test_names_of_attributes_in_a_link_mean_nothing():
    link = PlaceLink("A", "https://example.org/{lat}/{lon}/{0.__class__}/{zoom}")
    assert "%7B0.__class__%7D" in link_address(link, 1, 2, 5000).toString()


def test_kml_holds_longitude_first_and_escaped_names():
    text = kml_of("Point (69.25 41.5)", name='<s> & "1"', folder="A & B", description="a < b\x07")
    root = parsed(text)
    assert root.tag == f"{KML}kml"
    assert coordinates(root) == [(69.25, 41.5)]
    mark = root.find(f"{KML}Document/{KML}Folder/{KML}Placemark")
    assert mark.find(f"{KML}name").text == '<s> & "1"'
    assert mark.find(f"{KML}description").text == "a < b"
    assert root.find(f"{KML}Document/{KML}Folder/{KML}name").text == "A & B"


def test_kml_rings_run_the_right_way_and_holes_stay():
    clockwise = "Polygon ((0 0, 0 4, 4 4, 4 0, 0 0), (1 1, 2 1, 2 2, 1 2, 1 1))"
    root = parsed(kml_of(clockwise))
    assert signed_area(coordinates(root.find(f".//{KML}outerBoundaryIs"))) == pytest.approx(16)
    assert signed_area(coordinates(root.find(f".//{KML}innerBoundaryIs"))) == pytest.approx(-1)


@pytest.mark.parametrize(
    "wkt",
    [
        "Point (69 41)",
        "MultiPoint ((69 41), (70 42))",
        "LineString (69 41, 70 42)",
        "Polygon ((69 41, 70 41, 70 42, 69 41), (69.4 41.1, 69.5 41.1, 69.5 41.2, 69.4 41.1))",
        "MultiPolygon (((69 41, 70 41, 70 42, 69 41)), ((71 41, 72 41, 72 42, 71 41)))",
        "PolygonZ ((69 41 5, 70 41 5, 70 42 5, 69 41 5))",
    ],
)
def test_gdal_reads_the_same_geometry_back(wkt, tmp_path):
    path = tmp_path / "a.kml"
    path.write_text(kml_of(wkt), encoding="utf-8")
    source = ogr.Open(str(path))
    feature = source.GetLayer(0).GetNextFeature()
    read = QgsGeometry.fromWkt(feature.GetGeometryRef().ExportToWkt())
    wanted = QgsGeometry.fromWkt(wkt)
    wanted.get().dropZValue()
    assert read.area() == pytest.approx(wanted.area())
    assert read.isGeosEqual(wanted) or read.hausdorffDistance(wanted) < 1e-9


def test_samples_are_placed_in_degrees_curves_as_lines():
    circle = QgsGeometry.fromWkt("CurvePolygon (CircularString (500000 0, 500200 0, 500000 0))")
    placed = in_degrees(circle, QgsCoordinateReferenceSystem("EPSG:32631"))
    assert placed.boundingBox().center().x() == pytest.approx(3.0, abs=0.01)
    assert placed.boundingBox().center().y() == pytest.approx(0.0, abs=0.01)
    parsed(kml_text(KmlSample("c", "", "f", placed)))


@pytest.mark.parametrize(
    ("geometry", "crs", "words"),
    [
        (QgsGeometry(), CRS, "no place"),
        (QgsGeometry.fromWkt("Polygon EMPTY"), CRS, "no place"),
        (QgsGeometry.fromWkt("Point (1 1)"), "", "not known"),
        (QgsGeometry.fromWkt("Point (1e300 1e300)"), CRS, "cannot be placed"),
    ],
)
def test_what_cannot_be_placed_is_told_of(qgis_app, geometry, crs, words):
    with pytest.raises(LabelingError, match=words):
        in_degrees(geometry, QgsCoordinateReferenceSystem(crs))


@pytest.fixture
def opened(monkeypatch):
    addresses = []

    class Services:
        result = True

        @classmethod
        def openUrl(cls, address):
            addresses.append(address)
            return cls.result

    monkeypatch.setattr(place_menu, "QDesktopServices", Services)
    addresses.append(Services)
    return addresses


@pytest.fixture
def menu(qgis_app, opened):
    controller = LabelingController()
    parent = QWidget()
    made = PlaceMenu(controller, parent)
    made.said = []
    controller.failed.connect(made.said.append)
    made.controller = controller
    yield made
    controller.close()
    parent.deleteLater()
    delete_now()


def open_session(menu, samples):
    settings = SessionSettings("My & session", "l.gpkg", CRS, CLASSES, scale=2133.0)
    menu.controller.open(LabelingSession(settings, MemoryStore(samples), "Ana"))
    menu.fill()


def test_nothing_can_be_opened_without_a_sample(menu):
    actions = [action for action in menu.menu.actions() if action.text() and action.text() != "Edit this list…"]
    assert len(actions) == 4
    assert not any(action.isEnabled() for action in actions)
    assert menu.open_kml() is None


def test_the_place_of_the_sample_is_opened_on_the_web(menu, opened):
    open_session(menu, [square(1, 500_000, 4_980_000, 20.0)])
    menu.menu.actions()[0].trigger()
    assert opened[-1].toString().startswith("https://www.openstreetmap.org/?mlat=44.97")
    assert "&mlon=3.000000#map=18/" in opened[-1].toString() or "#map=17/" in opened[-1].toString()


def test_the_sample_is_opened_as_kml(menu, opened):
    sample = LabelingSample("../a/b:1 é", 500_000, 4_980_000, stratum="North")
    open_session(menu, [NewSample(sample, square(1, 500_000, 4_980_000, 20.0).geometry)])
    path = Path(menu.open_kml())
    assert opened[-1].toLocalFile() == str(path)
    assert path.parent.name == "cropsample_places"
    assert path.suffix == ".kml"
    root = parsed(path.read_text(encoding="utf-8"))
    assert root.find(f".//{KML}Placemark/{KML}name").text == "../a/b:1 é"
    assert root.find(f".//{KML}Placemark/{KML}description").text == "Stratum: North"
    lon, lat = coordinates(root.find(f".//{KML}outerBoundaryIs"))[0]
    assert (lon, lat) == (pytest.approx(3.0, abs=1e-3), pytest.approx(44.97, abs=0.02))


def test_what_goes_wrong_is_told(menu, opened, monkeypatch, tmp_path):
    open_session(menu, [NewSample(LabelingSample("a", math.nan, math.nan), b""), point(2, 500_000, 4_980_000)])
    menu.open_link(DEFAULT_LINKS[0])
    assert menu.open_kml() is None
    assert ["no place" in text for text in menu.said] == [True, True]
    menu.controller.act(lambda session: session.step(1))
    opened[0].result = False
    menu.open_kml()
    assert "No program on this computer opens" in menu.said[-1]
    blocked = tmp_path / "file"
    blocked.write_text("")
    monkeypatch.setattr(place_menu.QgsProcessingUtils, "tempFolder", lambda: str(blocked))
    assert menu.open_kml() is None
    assert "KML file cannot be written" in menu.said[-1]


def test_the_list_is_edited_in_a_dialog(qgis_app):
    dialog = PlaceLinksDialog()
    assert dialog.table.rowCount() == len(DEFAULT_LINKS)
    dialog.table.setCurrentCell(0, 0)
    dialog.findChild(QWidget, "remove_link_button").click()
    dialog.findChild(QWidget, "add_link_button").click()
    row = dialog.table.currentRow()
    dialog.table.item(row, 0).setText("Mine")
    dialog.accept()
    assert "has no place" in dialog.message_label.text()
    dialog.table.item(row, 1).setText("https://example.org/{lat},{lon}")
    dialog.accept()
    assert [link.name for link in load_links()] == ["Google Maps", "Bing Maps", "Mine"]
    again = PlaceLinksDialog()
    again.findChild(QWidget, "default_links_button").click()
    again.accept()
    assert load_links() == DEFAULT_LINKS
    dialog.deleteLater()
    again.deleteLater()
