"""Samples at labeled pixels of a stack, and the map of a model trained on them."""

from __future__ import annotations

import numpy as np
import pyogrio
import rasterio
import shapely


def label_pixels(path, stack, labels):
    """Write labeled points at the centres of up to 200 pixels of every class of ``(height, width)`` texts."""
    rng = np.random.default_rng(0)
    places = [np.argwhere(labels == name) for name in np.unique(labels[labels != ""])]
    rows, columns = np.concatenate([rng.permutation(own)[:200] for own in places]).T
    with rasterio.open(stack) as dataset:
        xs, ys = dataset.transform @ (np.array([columns, rows]) + 0.5)
        crs = dataset.crs.to_wkt()
    points, texts = shapely.to_wkb(shapely.points(xs, ys)), labels[rows, columns].astype(object)
    pyogrio.raw.write(path, points, [texts], ["crop"], crs=crs, geometry_type="Point", driver="GPKG")
    return str(path)


def train_and_map(run_job, folder, samples, stack, model="random_forest", **options):
    package, classes = str(folder / "model.zip"), str(folder / "classes.tif")
    training = {"class_field": "crop", "model": model, "model_package": package, "validation": "none", **options}
    run_job("trainclassifier", samples=samples, stack=stack, **training)
    outputs = run_job("predictmap", model_package=package, stack=stack, classes=classes)
    name_by_id = {item["class_id"]: item["name"] for item in outputs["legend"]}
    with rasterio.open(classes) as dataset:
        return np.vectorize(lambda value: name_by_id.get(value, ""))(dataset.read(1)), outputs
