"""From layers to candidates: pixels of a map or objects, samples that exist, and what a visit costs."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from scipy.spatial import cKDTree

from cropsample_plugin.engine.active.candidates import NO_STRATUM, Candidates, KnownSamples, check_probabilities
from cropsample_plugin.engine.errors import InputError, SamplesError
from cropsample_plugin.engine.mapping.candidate_objects import mean_probabilities, predict_series
from cropsample_plugin.engine.mapping.candidate_pixels import CandidatePixels, StackFeatures, read_candidate_pixels
from cropsample_plugin.engine.models.packages import load_package
from cropsample_plugin.engine.progress import Progress
from cropsample_plugin.engine.sampling.object_geometry import GroundProjection, inner_points, repaired
from cropsample_plugin.engine.sampling.sample_places import (
    distance_costs,
    raster_costs,
    read_ground,
    relative_costs,
)
from cropsample_plugin.engine.timeseries.sample_table import SampleTable, series_of

FloatArray = npt.NDArray[np.float64]
SingleArray = npt.NDArray[np.float32]
IntArray = npt.NDArray[np.int64]

_SAME_PIXEL = 0.75  # of a pixel's side


@dataclass(frozen=True)
class CandidateInputs:
    """Layers to read; "" for those not given.

    Attributes:
        probabilities: map with a band per class.
        model_package: model that predicts series in the fields of ``objects``, where there is no map.
        stack: dated stack whose values tell candidates apart.
        objects: fields that are the candidates; without them the pixels of the map are.
        stratum_field: field of the objects with their strata; used where it is there.
        existing: samples that exist.
        class_field: their field with the class.
        roads: features from which distance costs.
        cost: raster of costs.
        seed: seed of the part kept of a large map.
        threads: blocks read at once.
    """

    probabilities: str = ""
    model_package: str = ""
    stack: str = ""
    objects: str = ""
    stratum_field: str = ""
    existing: str = ""
    class_field: str = ""
    roads: str = ""
    cost: str = ""
    seed: int = 42
    threads: int = 1


@dataclass(frozen=True)
class ReadCandidates:
    """Candidates and known samples as layers hold them.

    Attributes:
        candidates: what can be proposed.
        known: what exists.
        projection: metres to the coordinates of the candidates' layer.
        crs: of that layer, as text.
        object_ids: ``(n,)`` feature id of each candidate object; None for pixels.
        same_place_m: samples nearer than this are the same pixel.
        notes: what the user should know.
    """

    candidates: Candidates
    known: KnownSamples
    projection: GroundProjection
    crs: str
    object_ids: IntArray | None
    same_place_m: float
    notes: tuple[str, ...]


def read_candidates(inputs: CandidateInputs, progress: Progress) -> ReadCandidates:
    """Read the layers.

    Raises:
        InputError, SamplesError, StackError, MismatchError: a layer cannot be used; the message says which and why.
    """
    notes: list[str] = []
    pixels = read_candidate_pixels(inputs.probabilities, inputs.seed, progress) if inputs.probabilities else None
    if pixels is not None and pixels.is_part:
        notes.append(f"Of about {pixels.n_pixels:,} pixels a random {len(pixels.xy):,} are the candidates.")
    if inputs.objects:
        read = _objects(inputs, pixels, progress, notes)
    elif pixels is not None:
        read = _pixels(inputs, pixels, progress, notes)
    else:
        raise InputError(
            "There is nothing to choose from.", "Give probabilities, or a model package with a stack or with objects."
        )
    return replace(read, candidates=_with_costs(inputs, read), notes=tuple(notes))


def _pixels(inputs: CandidateInputs, pixels: CandidatePixels, progress: Progress, notes: list[str]) -> ReadCandidates:
    projection = pixels.projection
    xy_m = projection.xy_to_ground(pixels.xy)
    features = StackFeatures(inputs.stack, projection.crs, inputs.threads, progress) if inputs.stack else None
    candidates = Candidates(
        xy_m,
        pixels.probabilities,
        pixels.class_names,
        lambda rows: pixels.probabilities[rows] if features is None else features.at(pixels.xy[rows]),
    )
    known = KnownSamples()
    if inputs.existing:
        points = inner_points(read_ground(inputs.existing, projection))
        known_m = shapely.get_coordinates(points)
        if features is None:
            distance_m, nearest = cKDTree(xy_m).query(known_m)
            told = pixels.probabilities[nearest].copy()
            told[distance_m > pixels.pixel_m] = np.nan
        else:
            told = features.at(shapely.get_coordinates(projection.to_layer(points)))
        strata = np.full(len(known_m), NO_STRATUM, dtype=np.int64)
        known = KnownSamples(known_m, told, _class_counts(inputs, pixels.class_names, notes), strata)
    crs = projection.crs.to_wkt()
    return ReadCandidates(candidates, known, projection, crs, None, _SAME_PIXEL * pixels.pixel_m, ())


def _objects(
    inputs: CandidateInputs, pixels: CandidatePixels | None, progress: Progress, notes: list[str]
) -> ReadCandidates:
    table = SampleTable.read(inputs.objects)
    shapes, _ = repaired(shapely.from_wkb(table.geometry))
    here = np.flatnonzero(~shapely.is_missing(shapes))
    if not len(here):
        raise SamplesError(f"{inputs.objects} has no usable geometry.", "Choose a layer of polygons or points.")
    own = GroundProjection.around(table.crs, tuple(shapely.total_bounds(shapes[here])))
    # Metres of the map where there is one, so that its pixels and the objects meet.
    projection = own if pixels is None else GroundProjection(own.crs, pixels.projection.projected)
    shapes_m = projection.to_ground(shapes[here])
    probabilities, names = _object_probabilities(inputs, pixels, table.subset(here), shapes_m)
    told = np.asarray(np.isfinite(probabilities).all(axis=1))
    if (n_lost := table.n_rows - int(told.sum())) > 0:
        notes.append(f"{n_lost} objects without a shape or probabilities were left out.")
    check_probabilities(probabilities[told], inputs.probabilities or inputs.objects)
    table, shapes_m, probabilities = table.subset(here).subset(told), shapes_m[told], probabilities[told]
    points = inner_points(shapes_m)
    features = _object_features(inputs, table, points, probabilities, projection, progress)
    strata, stratum_names = _strata(table, inputs.stratum_field)
    known, is_taken = _known_in_objects(inputs, (shapes_m, projection), features, strata, names, notes)
    open_rows = np.flatnonzero(~is_taken)
    open_features = features[open_rows]
    candidates = Candidates(
        shapely.get_coordinates(points)[open_rows],
        probabilities[open_rows],
        names,
        lambda rows: open_features[rows],
        None if strata is None else strata[open_rows],
        stratum_names,
    )
    crs = projection.crs.to_wkt()
    return ReadCandidates(candidates, known, projection, crs, table.fids[open_rows], 0.0, ())


def _object_probabilities(
    inputs: CandidateInputs, pixels: CandidatePixels | None, table: SampleTable, shapes_m: npt.NDArray[np.object_]
) -> tuple[SingleArray, tuple[Any, ...]]:
    if pixels is not None:
        return mean_probabilities(pixels, shapes_m), pixels.class_names
    if not inputs.model_package:
        raise InputError("The objects have no probabilities.", "Give a probability map or a model package.")
    package = load_package(inputs.model_package)
    return predict_series(package, table), tuple(info.name for info in package.classes)


def _object_features(
    inputs: CandidateInputs,
    table: SampleTable,
    points: npt.NDArray[np.object_],
    probabilities: SingleArray,
    projection: GroundProjection,
    progress: Progress,
) -> SingleArray:
    """Return values of the stack or series in the objects' fields; the probabilities where there are neither."""
    if inputs.stack:
        places = shapely.get_coordinates(projection.to_layer(points))
        return StackFeatures(inputs.stack, projection.crs, inputs.threads, progress).at(places)
    try:
        series = series_of(table)
    except SamplesError:
        return probabilities
    flat: SingleArray = np.hstack([series.values.reshape(series.n_samples, -1), series.static_values])
    return flat


def _strata(table: SampleTable, name: str) -> tuple[IntArray | None, tuple[Any, ...]]:
    if not name or name not in table.fields:
        return None, ()
    texts = np.array(["" if label is None else str(label) for label in table.labels(name)])
    names, codes = np.unique(texts, return_inverse=True)
    shift = 1 if names[0] == "" else 0
    return codes.ravel().astype(np.int64) - shift, tuple(str(text) for text in names[shift:])


def _known_in_objects(
    inputs: CandidateInputs,
    ground: tuple[npt.NDArray[np.object_], GroundProjection],
    features: SingleArray,
    strata: IntArray | None,
    names: tuple[Any, ...],
    notes: list[str],
) -> tuple[KnownSamples, npt.NDArray[np.bool_]]:
    """Return the samples that exist and which objects hold one; those are not proposed again."""
    shapes_m, projection = ground
    is_taken = np.zeros(len(shapes_m), dtype=bool)
    if not inputs.existing:
        return KnownSamples(), is_taken
    points = inner_points(read_ground(inputs.existing, projection))
    hits, objects = shapely.STRtree(shapes_m).query(points, predicate="intersects")
    is_taken[objects] = True
    told = np.full((len(points), features.shape[1]), np.nan, dtype=np.float32)
    told[hits] = features[objects]
    their = np.full(len(points), NO_STRATUM, dtype=np.int64)
    if strata is not None:
        their[hits] = strata[objects]
    if (n_outside := len(points) - len(np.unique(hits))) > 0:
        notes.append(f"{n_outside} existing samples lie in no object; only their places and classes count.")
    counts = _class_counts(inputs, names, notes)
    return KnownSamples(shapely.get_coordinates(points), told, counts, their), is_taken


def _class_counts(inputs: CandidateInputs, names: tuple[Any, ...], notes: list[str]) -> IntArray | None:
    if not inputs.class_field:
        return None
    labels = SampleTable.read(inputs.existing).labels(inputs.class_field)
    counted = Counter(str(label) for label in labels if label is not None)
    foreign = sorted(set(counted) - {str(name) for name in names})
    if len(foreign) == len(counted):
        raise SamplesError(
            f"No class of the field '{inputs.class_field}' is one of the map's: {', '.join(map(str, names))}.",
            "Choose the field with the classes that the model was trained on.",
        )
    if foreign:
        notes.append(f"Classes of existing samples that the map does not have do not count: {', '.join(foreign)}.")
    return np.array([counted[str(name)] for name in names], dtype=np.int64)


def _with_costs(inputs: CandidateInputs, read: ReadCandidates) -> Candidates:
    if not inputs.roads and not inputs.cost:
        return read.candidates
    xy_m, projection = read.candidates.xy_m, read.projection

    def costs_of(rows: IntArray) -> FloatArray:
        total = np.zeros(len(rows))
        if inputs.roads:
            total += relative_costs(distance_costs(inputs.roads, xy_m[rows], projection))
        if inputs.cost:
            total += relative_costs(raster_costs(inputs.cost, xy_m[rows], projection))
        return total

    return replace(read.candidates, costs_of=costs_of)
