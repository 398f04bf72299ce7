"""Layers and panels of the tests of the Labeling panel."""

from __future__ import annotations

from qgis.core import QgsFeature, QgsGeometry, QgsPointXY, QgsVectorLayer

from cropsample_plugin.bridge.labeling.session_file import LabelClass
from cropsample_plugin.gui.labeling.new_session_plan import SessionPlan, make_session
from cropsample_plugin.gui.labeling.session_samples import guess_sample_fields, samples_of_layer

CLASSES = (LabelClass("Wheat", "#c8a020", "1", target=4), LabelClass("Cotton", "#4060c0", "2"), LabelClass("Rice"))


def point_layer(n_points=6, fields="field=plot:string&field=stratum:string&field=crop:string"):
    """Return points 100 m apart with an id, a stratum and a label each."""
    layer = QgsVectorLayer(f"Point?crs=EPSG:32641&{fields}", "Points", "memory")
    features = []
    for number in range(n_points):
        feature = QgsFeature(layer.fields())
        feature.setAttributes([f"p{number}", "AB"[number % 2], ("Wheat", "Cotton")[number % 2]][: len(layer.fields())])
        feature.setGeometry(QgsGeometry.fromPointXY(QgsPointXY(500_000 + 100 * number, 4_400_000)))
        features.append(feature)
    layer.dataProvider().addFeatures(features)
    layer.updateExtents()
    return layer


def session_on_disk(folder, settings, layer=None, labeler="Ana"):
    """Make a session of a layer in a folder; return it, open, and the path of its file."""
    taken = samples_of_layer(layer, guess_sample_fields(layer)) if layer is not None else None
    plan = SessionPlan(str(folder / "day"), settings, labeler, taken.samples if taken else ())
    return make_session(plan)
