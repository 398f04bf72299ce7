"""Judged layers for the tests of the review: as 'Sample quality' writes them, with the series they were judged by."""

from __future__ import annotations

from qgis.core import QgsFeature, QgsGeometry, QgsProject, QgsVectorFileWriter, QgsVectorLayer

N_STEPS = 6
FOUND = (
    "field=quality:string&field=tisqe_weight:double&field=prior:double&field=posterior:double&field=margin:double"
    "&field=suggested_label:string&field=season:string&field=season_start:string&field=season_peak:string"
    "&field=season_end:string&field=indices_used:string&field=compared_with:string&field=duplicate_group:integer"
    "&field=reason:string"
)
SERIES = "&".join(f"field=NDVI_2021{month:02d}15:double" for month in range(1, N_STEPS + 1))
LEVELS = {"wheat": 0.8, "maize": 0.4}
# Each is label, category, suggestion and margin.
ROWS = (
    ("wheat", "Keep", None, 0.5),
    ("wheat", "Keep", None, 0.4),
    ("maize", "Keep", None, 0.6),
    ("wheat", "Suspect", "maize", 0.0),
    ("maize", "Remove", "wheat", -0.3),
    ("maize", "Remove", "wheat", -0.6),
    ("maize", "DataGap", None, None),
)


def judged_layer(rows=ROWS, geometry="Point", crs="EPSG:32631", label_kind="string", labels=None):
    """Return a memory layer of judged samples ten metres apart; labels replaces the names of the classes."""
    uri = f"{geometry}?crs={crs}&field=sample_id:integer&field=crop:{label_kind}&{SERIES}&{FOUND}"
    layer = QgsVectorLayer(uri, "judged", "memory")
    features = []
    for number, (label, quality, suggested, margin) in enumerate(rows):
        feature = QgsFeature(layer.fields())
        level = LEVELS[suggested or label]
        names = labels or {}
        values = [level + 0.01 * step for step in range(N_STEPS)]
        weight = {"Keep": 1.25, "Suspect": 0.5, "Remove": 0.0, "DataGap": 0.3}[quality]
        season = ("2021 season 1", "2021-02-01", "2021-04-01", "2021-05-20")
        found = [quality, weight, 0.9, 0.8, margin, names.get(suggested, suggested), *season, "NDVI", "year", None]
        feature.setAttributes([100 + number, names.get(label, label), *values, *found, f"reason {number}"])
        if geometry != "None":
            x, y = 500_005 + 10 * number, 4_999_995
            square = f"Polygon(({x} {y},{x + 8} {y},{x + 8} {y + 8},{x} {y + 8},{x} {y}))"
            feature.setGeometry(QgsGeometry.fromWkt(f"Point({x} {y})" if geometry == "Point" else square))
        features.append(feature)
    assert layer.dataProvider().addFeatures(features)[0]
    layer.updateExtents()
    return layer


def saved(layer, path):
    """Write a layer as a GeoPackage and return it opened from there."""
    options = QgsVectorFileWriter.SaveVectorOptions()
    options.driverName = "GPKG"
    context = QgsProject.instance().transformContext()
    assert QgsVectorFileWriter.writeAsVectorFormatV3(layer, str(path), context, options)[0] == 0
    return QgsVectorLayer(str(path), "judged", "ogr")
