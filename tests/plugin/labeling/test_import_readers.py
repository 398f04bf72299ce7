"""Reading what comes from elsewhere: dialects of text tables, Collect Earth Online, Google Earth, GPX, layers."""

from __future__ import annotations

import io
import zipfile

import pytest
from qgis.core import (
    QgsCategorizedSymbolRenderer,
    QgsFeature,
    QgsGeometry,
    QgsRendererCategory,
    QgsSymbol,
    QgsVectorLayer,
)
from qgis.PyQt.QtGui import QColor

from cropsample_plugin.bridge.labeling.imports.coordinate_texts import read_angle, read_number
from cropsample_plugin.bridge.labeling.imports.files import read_file
from cropsample_plugin.bridge.labeling.imports.vector_layers import read_layer
from cropsample_plugin.bridge.labeling.label_events import LabelingError

pytestmark = pytest.mark.usefixtures("qgis_app")

CEO_SAMPLES = (
    "\ufeffplotid,sampleid,sample_internal_id,lon,lat,email,flagged,collection_time,analysis_duration,used_geodash,"
    "used_kml,imagery_title,imagery_attributions,sample_geom,confidence,confidence_comment,pl_stratum,smpl_note,"
    '"What is it, mostly?",Irrigated?\n'
    "1,1,900,22.5,11.5,ana@x.org,false,2023-12-18 19:48,61.6 secs,,,Google Satellite Layer,,POINT(22.5 11.5),80,"
    'sure,A,,Crop,"yes, partly"\n'
    "1,2,901,22.6,11.5,ana@x.org,false,2023-12-18 19:49,-5.0 secs,,,Bing,,"
    '"POLYGON((22.6 11.5,22.61 11.5,22.61 11.51,22.6 11.5))",90,,A,,Non-crop,\n'
    "2,1,902,22.7,11.5,ben@x.org,true,2023-12-18 20:00,,,,,,POINT(22.7 11.5),,,B,,,\n"
)
CEO_OLD_PLOTS = (
    "PLOT_ID,CENTER_LON,CENTER_LAT,SIZE_M,SHAPE,FLAGGED,ANALYSES,SAMPLE_POINTS,USER_ID,COLLECTION_TIME,"
    "ANALYSIS_DURATION,LAND COVER:CROP,LAND COVER:OTHER,IRRIGATED:YES,IRRIGATED:NO\n"
    "7,10.0,50.0,30,circle,0,1,4,ana@x.org,2019-05-01 10:00,12 secs,75.0,25.0,0,0\n"
    "8,10.1,50.0,30,circle,0,1,4,ben@x.org,2019-05-01 10:05,9 secs,50.0,50.0,100.0,0\n"
    "9,10.2,50.0,30,circle,1,1,4,,,,0,0,0,0\n"
)


def write(folder, name, text, encoding="utf-8"):
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return str(path)


def places(table):
    # Newer QGIS writes "Point Z", older "PointZ".
    return [
        row.geometry.asWkt(4).replace("Point Z", "PointZ") if row.geometry is not None else row.problem
        for row in table.rows
    ]


@pytest.mark.parametrize(
    ("text", "degrees"),
    [
        ("12°34'56.7\"S", -12.58242),
        ("N 12 34.945", 12.58242),
        ("12:34:56 W", -12.58222),
        ("-0°30'", -0.5),
        ("7d30m E", 7.5),
        ("12,5° N", 12.5),
        ("12°61'", None),
        ("12.5°30'", None),
        ("5 O", None),
        ("north", None),
    ],
)
def test_angles_are_read_as_people_write_them(text, degrees):
    read = read_angle(text)
    assert read is None if degrees is None else read == pytest.approx(degrees, abs=1e-5)


@pytest.mark.parametrize(
    ("text", "is_comma", "number"),
    [("1.234.567,8", True, 1234567.8), ("1,234,567.8", False, 1234567.8), ("500\u00a0000", False, 500000.0),
     ("\u22121,5", True, -1.5), ("1e3", False, 1000.0), ("ca. 5", False, None), ("", False, None)],
)  # fmt: skip
def test_numbers_are_read_with_either_decimal_sign(text, is_comma, number):
    assert read_number(text, is_comma_decimal=is_comma) == number


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_any_encoding_and_delimiter(tmp_path, encoding, delimiter):
    rows = [("id", "lon", "lat", "culture"), ("1", "1.5", "2.5", "Maïs"), ("2", "1.6", "2.6", "Blé")]
    table = read_file(write(tmp_path, "f.csv", "\r\n".join(map(delimiter.join, rows)), encoding))
    assert places(table) == ["Point (1.5 2.5)", "Point (1.6 2.6)"]
    assert [row.values["culture"] for row in table.rows] == ["Maïs", "Blé"]
    assert table.roles.class_field == "culture"
    assert table.crs.authid() == "EPSG:4326"


def test_decimal_commas_and_the_first_line_of_excel(tmp_path):
    table = read_file(write(tmp_path, "f.csv", "sep=;\nlon;lat;crop\n1,25;45,5;wheat\n"))
    assert places(table) == ["Point (1.25 45.5)"]
    assert table.rows[0].number == 3
    assert "'lon' has a decimal comma." in table.notes


def test_a_decimal_comma_between_commas_is_told_by_row(tmp_path):
    table = read_file(write(tmp_path, "f.csv", "lon,lat,crop\n1.5,2.5,wheat\n1,5,2,5,rice\n"))
    assert places(table) == ["Point (1.5 2.5)", "the row has 5 values, the header 3"]


def test_swapped_columns_are_told_and_put_right(tmp_path):
    table = read_file(write(tmp_path, "f.csv", "lat,lon,crop\n101.5,14.2,rice\n102.5,15.2,rice\n"))
    assert places(table) == ["Point (101.5 14.2)", "Point (102.5 15.2)"]
    assert any("swapped" in note for note in table.notes)


def test_swapped_columns_are_told_from_where_samples_are_expected(tmp_path):
    path = write(tmp_path, "f.csv", "lat,lon,crop\n66.9,39.6,cotton\n66.8,39.7,wheat\n")
    assert places(read_file(path)) == ["Point (39.6 66.9)", "Point (39.7 66.8)"]
    near = read_file(path, lambda x, y: abs(x - 66.85) + abs(y - 39.65))
    assert places(near) == ["Point (66.9 39.6)", "Point (66.8 39.7)"]


def test_the_class_is_guessed_from_texts_that_repeat(tmp_path):
    rows = "".join(f"{n},{n},1,farm {n},{('rye', 'oats')[n % 2]},{n % 2}\n" for n in range(1, 9))
    table = read_file(write(tmp_path, "f.csv", "id,lon,lat,farm,was_wächst,no\n" + rows))
    assert table.roles.class_field == "was_wächst"


def test_projected_coordinates_ask_for_their_system(tmp_path):
    table = read_file(write(tmp_path, "f.csv", "X;Y;crop\n500 000,5;4 400 000,0;rice\n"))
    assert places(table) == ["Point (500000.5 4400000)"]
    assert not table.crs.isValid()
    assert any("has to be chosen" in note for note in table.notes)


def test_degrees_minutes_and_seconds(tmp_path):
    table = read_file(write(tmp_path, "f.csv", 'Longitude,Latitude,crop\n"7°30\'0""W","12°15\'0""N",millet\n'))
    assert places(table) == ["Point (-7.5 12.25)"]


def test_field_forms_with_places_in_one_column(tmp_path):
    text = "_uuid,gps,crop\na,12.5 -7.5 310 4.2,millet\nb,12 -7 0 0;12 -6 0 0;13 -6 0 0;12 -7 0 0,rice\nc,,rice\n"
    table = read_file(write(tmp_path, "f.csv", text))
    assert places(table) == ["Point (-7.5 12.5)", "Polygon ((-7 12, -6 12, -6 13, -7 12))", "it has no coordinates"]
    assert table.roles.id_field == "_uuid"


def test_rows_with_bad_places_keep_their_reason(tmp_path):
    text = "lon,lat,crop\n0,0,wheat\n10,95,wheat\n200,10,wheat\nx,10,wheat\n,10,wheat\n10,50,wheat\n11,51,w\n12,52,w\n"
    table = read_file(write(tmp_path, "f.csv", text + "".join(f"{n},50,w\n" for n in range(30))))
    assert places(table)[:6] == [
        "it lies at 0, 0, which stands for a missing position",
        "its latitude is not between -90 and 90",
        "its longitude is not between -180 and 180",
        "its coordinates are no numbers",
        "it has no coordinates",
        "Point (10 50)",
    ]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is empty"),
        (b"\n\n", "is empty"),
        (b"just one line of words\nand another\n", "is no table"),
        (b"a,b\n1,2\n", "has no coordinates: its columns are a, b"),
        (b"PK\x03\x04\x00\x00\x08\x00" + bytes(range(256)), "is no text file"),
        (b"\xff\xfel\x00o\x00n\x00\x00\xd8", "is damaged"),
    ],
)
def test_files_that_are_no_tables_are_refused(tmp_path, content, message):
    path = tmp_path / "f.csv"
    path.write_bytes(content)
    with pytest.raises(LabelingError, match=message):
        read_file(str(path))


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(LabelingError, match="There is no file"):
        read_file(str(tmp_path / "none.csv"))


def test_columns_of_the_same_name_stay_apart(tmp_path):
    table = read_file(write(tmp_path, "f.csv", "lon,lat,crop,crop,\n1,2,rice,rye,x\n"))
    assert table.fields == ("crop", "crop (2)", "column 5")


def test_a_sample_export_of_collect_earth_online(tmp_path):
    table = read_file(write(tmp_path, "ceo.csv", CEO_SAMPLES))
    assert places(table)[0] == "Point (22.5 11.5)"
    assert places(table)[1].startswith("Polygon")
    roles = table.roles
    assert (roles.class_field, roles.id_field) == ("What is it, mostly?", "plot and sample")
    assert (roles.labeler_field, roles.date_field, roles.confidence_field, roles.comment_field, roles.flag_field) == (
        "email", "collection_time", "confidence", "confidence_comment", "flagged",
    )  # fmt: skip
    assert [row.values[roles.id_field] for row in table.rows] == ["1.1", "1.2", "2.1"]
    assert table.counts(roles.class_field) == {"Crop": 1, "Non-crop": 1}
    assert {"pl_stratum", "smpl_note", "Irrigated?"} <= set(table.fields)


def test_an_old_plot_export_of_collect_earth_online(tmp_path):
    table = read_file(write(tmp_path, "ceo.csv", CEO_OLD_PLOTS))
    assert places(table) == ["Point (10 50)", "Point (10.1 50)", "Point (10.2 50)"]
    assert table.roles.class_field == "LAND COVER"
    assert [row.values["LAND COVER"] for row in table.rows] == ["CROP", "CROP = OTHER", ""]
    assert [row.values["IRRIGATED"] for row in table.rows] == ["", "YES", ""]
    assert "LAND COVER:CROP" not in table.fields


KML = """<?xml version="1.0" encoding="UTF-8"?>
<kml xmlns="http://www.opengis.net/kml/2.2" xmlns:gx="http://www.google.com/kml/ext/2.2">
<Document><name>fields.kml</name>
 <Style id="s_normal"><LineStyle><color>ff00ffff</color></LineStyle>
  <PolyStyle><color>7f0000ff</color></PolyStyle></Style>
 <Style id="s_hl"><PolyStyle><color>7f00ff00</color></PolyStyle></Style>
 <StyleMap id="m"><Pair><key>normal</key><styleUrl>#s_normal</styleUrl></Pair>
  <Pair><key>highlight</key><styleUrl>#s_hl</styleUrl></Pair></StyleMap>
 <Folder><name>2023</name>
  <Folder><name>Crop</name>
   <Placemark><name>1</name><description><![CDATA[<b>maize</b> &amp; beans]]></description><styleUrl>#m</styleUrl>
    <ExtendedData><Data name="labeler"><value>Ana</value></Data><Data name="confidence"><value>70</value></Data>
    </ExtendedData>
    <Polygon><tessellate>1</tessellate>
     <outerBoundaryIs>
     <LinearRing><coordinates> 1,9,0 2,9,0 2,10,0 1,10,0 1,9,0 </coordinates></LinearRing></outerBoundaryIs>
     <innerBoundaryIs>
     <LinearRing><coordinates>1.2,9.2 1.4,9.2 1.4,9.4 1.2,9.2</coordinates></LinearRing></innerBoundaryIs>
    </Polygon></Placemark>
   <Placemark><name>2</name><MultiGeometry>
     <Polygon><outerBoundaryIs>
     <LinearRing><coordinates>3,9 4,9 4,10 3,9</coordinates></LinearRing></outerBoundaryIs></Polygon>
     <Polygon><outerBoundaryIs>
     <LinearRing><coordinates>5,9 6,9 6,10</coordinates></LinearRing></outerBoundaryIs></Polygon>
   </MultiGeometry></Placemark>
  </Folder>
  <Folder><name>Non-crop</name>
   <Placemark><name>3</name><Style><IconStyle><color>ffff0000</color></IconStyle></Style>
    <TimeStamp><when>2023-04-01</when></TimeStamp><Point><coordinates>7, 9, 0</coordinates></Point></Placemark>
   <Placemark><name>road</name><LineString><coordinates>1,1 2,2</coordinates></LineString></Placemark>
   <Placemark><name>walk</name><LineString><coordinates>1,1 2,1 2,2 1,1</coordinates></LineString></Placemark>
   <Placemark><name>empty</name></Placemark>
   <Placemark><name>wrong</name><Point><coordinates>500000,4400000</coordinates></Point></Placemark>
  </Folder>
 </Folder>
 <NetworkLink><name>more</name></NetworkLink>
</Document></kml>"""


def kmz(files):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return buffer.getvalue()


@pytest.mark.parametrize("is_kmz", [False, True])
def test_google_earth_folders_styles_holes_and_own_data(tmp_path, is_kmz):
    path = tmp_path / ("fields.kmz" if is_kmz else "fields.kml")
    path.write_bytes(kmz({"files/icon.png": "x", "doc.kml": KML}) if is_kmz else KML.encode())
    table = read_file(str(path))
    assert places(table) == [
        "Polygon ((1 9, 2 9, 2 10, 1 10, 1 9),(1.2 9.2, 1.4 9.2, 1.4 9.4, 1.2 9.2))",
        "MultiPolygon (((3 9, 4 9, 4 10, 3 9)),((5 9, 6 9, 6 10, 5 9)))",
        "Point (7 9)",
        "it is an open line",
        "Polygon ((1 1, 2 1, 2 2, 1 1))",
        "it has no geometry",
        "its coordinates are no longitude and latitude",
    ]
    assert table.roles.class_field == "folder"
    assert table.counts("folder") == {"Crop": 2, "Non-crop": 5}
    first = table.rows[0].values
    assert (first["folder path"], first["description"], first["labeler"]) == ("2023 / Crop", "maize & beans", "Ana")
    assert table.rows[2].values["time"] == "2023-04-01"
    assert table.colors == {"Crop": "#ff0000", "Non-crop": "#0000ff"}
    assert any("more" in note for note in table.notes)


def test_a_prefix_that_nobody_declared_is_passed_over(tmp_path):
    text = KML.replace(' xmlns:gx="http://www.google.com/kml/ext/2.2"', "").replace(
        "<tessellate>", "<gx:drawOrder>1</gx:drawOrder><tessellate>"
    )
    assert len(read_file(write(tmp_path, "f.kml", text)).rows) == 7


def test_names_that_repeat_are_classes_where_there_are_no_folders(tmp_path):
    point = "<Placemark><name>{}</name><Point><coordinates>{},1</coordinates></Point></Placemark>"
    text = "".join(point.format(name, x) for x, name in enumerate(["maize", "rice", "maize"], start=1))
    table = read_file(write(tmp_path, "f.kml", f"<kml><Document>{text}</Document></kml>"))
    assert table.roles.class_field == "name"


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("f.kmz", b"PK\x03\x04 cut off", "damaged"),
        ("f.kmz", kmz({"readme.txt": "no"}), "holds no KML file"),
        ("f.kmz", kmz({"doc.kml": KML})[:-200], "damaged"),
        ("f.kml", KML.encode()[:900], "damaged at line"),
        ("f.kml", b"<kml><Document/></kml>", "has no placemark"),
        ("f.kml", b"<kml><Document><NetworkLink/></Document></kml>", "only links to other files"),
        ("f.kml", b'<!DOCTYPE kml [<!ENTITY a "b">]><kml>&a;</kml>', "defines entities"),
        ("f.kml", '<!DOCTYPE kml [<!ENTITY a "b">]><kml>&a;</kml>'.encode("utf-16"), "defines entities"),
        ("f.gpx", b'<!DOCTYPE gpx [<!ENTITY a "b">]><gpx>&a;</gpx>', "defines entities"),
        ("f.gpx", b"<gpx><wpt lat='1' lon='2'>", "damaged"),
        ("f.gpx", b'<gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1"></gpx>', "holds no waypoint"),
        ("f.shp", b"no shapefile", "is no file that can be imported"),
    ],
)  # fmt: skip
def test_damaged_and_empty_files_are_refused(tmp_path, name, content, message):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(LabelingError, match=message):
        read_file(str(path))


GPX = """<?xml version="1.0"?><gpx version="1.1" creator="phone" xmlns="http://www.topografix.com/GPX/1/1">
<wpt lat="9.5" lon="1.5"><ele>310</ele><time>2023-08-01T10:00:00Z</time><name>001</name><cmt>tall</cmt>
 <desc>near the road</desc><sym>Flag, Blue</sym><type>maize</type></wpt>
<wpt lat="9.6" lon="1.6"><name>002</name><type>rice</type></wpt>
<wpt lat="9.7" lon="1.7"><name>003</name><type>maize</type></wpt>
<trk><name>field 4</name><type>rice</type><trkseg><trkpt lat="1" lon="1"/><trkpt lat="1" lon="2"/>
 <trkpt lat="2" lon="2"/></trkseg></trk>
<trk><name>to and fro</name><trkseg><trkpt lat="1" lon="1"/><trkpt lat="1" lon="2"/></trkseg></trk>
</gpx>"""


def test_gpx_waypoints_and_tracks(tmp_path):
    path = write(tmp_path, "f.gpx", GPX)
    table = read_file(path)
    assert places(table)[:3] == ["Point (1.5 9.5)", "Point (1.6 9.6)", "Point (1.7 9.7)"] or places(table)[
        0
    ].startswith("PointZ")
    assert places(table)[3:] == ["it is a track, no point and no polygon"] * 2
    assert (table.roles.class_field, table.roles.id_field, table.roles.date_field) == ("type", "name", "time")
    assert table.rows[0].values["time"].startswith("2023-08-01T10:00:00")
    closed = read_file(path, closes_tracks=True)
    assert places(closed)[3:] == ["Polygon ((1 1, 2 1, 2 2, 1 1))", "its track has fewer than three corners"]


def test_a_layer_with_its_colours(tmp_path):
    layer = QgsVectorLayer("Point?crs=EPSG:32631&field=code:integer&field=share:double&field=day:date", "old", "memory")
    for number, wkt in enumerate(["Point (500000 1000000)", "Point (500100 1000000)", ""]):
        feature = QgsFeature(layer.fields())
        feature.setAttributes([number or None, 0.5, "2023-05-06"])
        if wkt:
            feature.setGeometry(QgsGeometry.fromWkt(wkt))
        layer.dataProvider().addFeature(feature)
    symbol = QgsSymbol.defaultSymbol(layer.geometryType())
    symbol.setColor(QColor("#123456"))
    layer.setRenderer(QgsCategorizedSymbolRenderer("code", [QgsRendererCategory(1, symbol, "one")]))
    table = read_layer(layer)
    assert places(table) == ["Point (500000 1000000)", "Point (500100 1000000)", "it has no geometry"]
    assert [row.values["code"] for row in table.rows] == ["", "1", "2"]
    assert table.rows[0].values["day"] == "2023-05-06"
    assert (table.roles.class_field, table.colors) == ("code", {"1": "#123456"})


def test_a_layer_without_geometry_is_refused():
    with pytest.raises(LabelingError, match="has no geometry"):
        read_layer(QgsVectorLayer("NoGeometry?field=a:string", "table", "memory"))
