"""Objects as candidates for labeling: fields with the mean probabilities of a map, or series that a model predicts."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import shapely

from cropsample_plugin.engine.errors import SamplesError
from cropsample_plugin.engine.mapping.candidate_pixels import CandidatePixels
from cropsample_plugin.engine.models.compatibility import check_values
from cropsample_plugin.engine.models.missing_values import USABLE, apply_missing_rule
from cropsample_plugin.engine.models.packages import ModelPackage
from cropsample_plugin.engine.models.transfer.season_alignment import align_series
from cropsample_plugin.engine.timeseries.sample_table import SampleTable, series_of

SingleArray = npt.NDArray[np.float32]

_ROWS_AT_ONCE = 20_000


def mean_probabilities(pixels: CandidatePixels, shapes: npt.NDArray[np.object_]) -> SingleArray:
    """Return ``(n_objects, n_classes)`` mean probabilities of the candidate pixels in each object, NaN where none is.

    Args:
        pixels: of the map.
        shapes: ``(n_objects,)`` in metres, in the projection of the pixels.
    """
    xy_m = pixels.projection.xy_to_ground(pixels.xy)
    n_classes = pixels.probabilities.shape[1]
    sums, counts = np.zeros((len(shapes), n_classes)), np.zeros(len(shapes))
    tree = shapely.STRtree(shapes)
    for start in range(0, len(xy_m), _ROWS_AT_ONCE):
        points = shapely.points(xy_m[start : start + _ROWS_AT_ONCE])
        hits, objects = tree.query(points, predicate="intersects")
        np.add.at(sums, objects, pixels.probabilities[start : start + _ROWS_AT_ONCE][hits])
        counts += np.bincount(objects, minlength=len(shapes))
    with np.errstate(invalid="ignore"):
        means: SingleArray = (sums / counts[:, None]).astype(np.float32)
    return means


def predict_series(package: ModelPackage, table: SampleTable) -> SingleArray:
    """Return ``(n_rows, n_classes)`` probabilities of the series in a layer's fields, NaN where values are missing.

    Raises:
        MismatchError: bands, dates or values are not those of the model.
        SamplesError: the layer has no series, or none that can be predicted.
    """
    expects = package.expects
    series = align_series(series_of(table), expects.axis, expects.bands, expects.static_bands).series
    check_values(expects, series.values, series.static_values)
    filled, reasons = apply_missing_rule(
        series.values, series.static_values, series.axis.positions_days(), expects.missing_rule
    )
    usable = np.flatnonzero(reasons == USABLE)
    if not len(usable):
        raise SamplesError(f"No series of {table.source} can be predicted.", "Too many of their values are missing.")
    predictor = package.predictor()
    probabilities = np.full((table.n_rows, len(package.classes)), np.nan, dtype=np.float32)
    for start in range(0, len(usable), _ROWS_AT_ONCE):
        rows = usable[start : start + _ROWS_AT_ONCE]
        probabilities[rows] = predictor.predict_probabilities(filled[rows], series.static_values[rows])
    return probabilities
