"""Object stratification: from a stack, parcels, or both to objects with strata."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import rasterio
import shapely

from cropsample_plugin.engine.errors import SamplesError
from cropsample_plugin.engine.progress import Progress, StepProgress
from cropsample_plugin.engine.sampling.object_files import (
    AREA_HA,
    OBJECT_ID,
    STRATUM,
    read_objects,
    write_layer,
)
from cropsample_plugin.engine.sampling.object_geometry import GeometryArray, GroundProjection, areas_ha
from cropsample_plugin.engine.sampling.objects import Objects, usable_objects
from cropsample_plugin.engine.sampling.parcels import burn_parcels
from cropsample_plugin.engine.sampling.pixel_features import PixelFeatures
from cropsample_plugin.engine.sampling.population import Population, PopulationOptions, build_population
from cropsample_plugin.engine.sampling.segment_tiles import SegmentOptions
from cropsample_plugin.engine.sampling.segmentation import segment_raster
from cropsample_plugin.engine.sampling.zonal import object_polygons, write_strata_raster, zonal_means
from cropsample_plugin.engine.timeseries.sample_table import SampleTable

IntArray = npt.NDArray[np.int64]

_CACHE_BYTES = 256 * 2**20
_OPEN_FILES = 450


@dataclass(frozen=True)
class StratificationOptions:
    """How objects and strata are made.

    Attributes:
        segments: how the raster is segmented when there are no parcels.
        population: number of strata, criterion, seed.
        max_missing_share: pixels with more of their values missing are nodata.
        scheduler: a Dask cluster that segments, as `read_scheduler` understands it, "" for this process.
    """

    segments: SegmentOptions = field(default_factory=SegmentOptions)
    population: PopulationOptions = field(default_factory=PopulationOptions)
    max_missing_share: float = 0.5
    scheduler: str = ""


@dataclass(frozen=True)
class Stratification:
    """What was made.

    Attributes:
        n_objects: objects with a stratum.
        n_strata: number of strata.
        criterion: how their number was chosen.
        rows: one row per stratum: name, number of objects, area and its share.
        notes: what was dropped or repaired, for the user.
    """

    n_objects: int
    n_strata: int
    criterion: str
    rows: list[dict[str, Any]]
    notes: list[str]


def stratify_raster(
    stack: str,
    parcels: str,
    objects_path: Path,
    raster_path: Path | None,
    options: StratificationOptions,
    progress: Progress,
) -> Stratification:
    """Make objects with strata from a raster, segmented or cut by parcels."""
    source = PixelFeatures.open(stack, options.max_missing_share)
    with (
        tempfile.TemporaryDirectory(prefix=".objects-", dir=objects_path.parent) as folder,
        rasterio.Env(GDAL_CACHEMAX=_CACHE_BYTES, GDAL_MAX_DATASET_POOL_SIZE=_OPEN_FILES),
    ):
        notes: list[str] = []
        making = StepProgress(progress, 0.0, 0.6)
        if parcels:
            table = SampleTable.read(parcels)
            burnt = burn_parcels(table, source, Path(folder), making)
            labels, n_labels, shapes = burnt.labels, len(burnt.shapes), burnt.shapes
            notes += _parcel_notes(burnt.n_repaired, burnt.n_overlapping, burnt.n_outside)
        else:
            labels, n_labels = segment_raster(source, options.segments, Path(folder), making, options.scheduler)
            shapes = object_polygons(labels, source, n_labels, Path(folder))
        zones = zonal_means(source, labels, n_labels, StepProgress(progress, 0.6, 0.8))
        crs = source.crs.to_wkt() if source.crs is not None else ""
        rows, population, areas = _stratified(shapes, zones.features, crs, options)
        stratum_of = np.zeros(n_labels, dtype=np.int64)
        stratum_of[rows] = _stratum_numbers(population)
        fields = {name: zones.features[rows, column] for column, name in enumerate(_field_names(source.names))}
        _write_objects(objects_path, rows + 1, stratum_of[rows], areas[rows], fields, (shapes[rows], crs))
        if raster_path is not None:
            write_strata_raster(raster_path, labels, stratum_of, population.stratum_names, source)
        del labels
    notes += [f"{n_labels - len(rows)} objects without usable pixels were left out."] * (len(rows) < n_labels)
    return _described(population, stratum_of[rows], areas[rows], notes)


def stratify_parcels(parcels: str, objects_path: Path, options: StratificationOptions) -> Stratification:
    """Make strata for parcels that bring their features as fields, such as a series layer of parcels."""
    layer = read_objects(parcels, with_strata=False)
    population = build_population(layer.objects, options.population)
    numbers, rows = _stratum_numbers(population), layer.usable.rows
    areas = layer.objects.areas_ha
    fields: dict[str, npt.NDArray[Any]] = {
        name: values[rows] for name, values in layer.table.fields.items() if name not in {OBJECT_ID, STRATUM, AREA_HA}
    }
    shapes = shapely.from_wkb(layer.table.geometry[rows])
    _write_objects(objects_path, np.arange(1, len(rows) + 1), numbers, areas, fields, (shapes, layer.table.crs))
    dropped = len(layer.usable.dropped_rows)
    notes = [f"{dropped} parcels without values, shape or area were left out."] * (dropped > 0)
    notes += _parcel_notes(layer.n_repaired, 0, 0)
    return _described(population, numbers, areas, notes)


def _stratified(
    shapes: GeometryArray, features: npt.NDArray[np.float64], crs: str, options: StratificationOptions
) -> tuple[IntArray, Population, npt.NDArray[np.float64]]:
    here = ~shapely.is_missing(shapes)
    if not here.any():
        raise SamplesError("No object has a shape on the raster.", "Check the inputs' coordinate systems.")
    projection = GroundProjection.around(crs, tuple(shapely.total_bounds(shapes[here])))
    ground = projection.to_ground(shapes[here])
    areas, xy_m = np.full(len(shapes), np.nan), np.full((len(shapes), 2), np.nan)
    areas[here] = areas_ha(ground)
    centres = shapely.centroid(ground)
    xy_m[here] = np.stack([shapely.get_x(centres), shapely.get_y(centres)], axis=1)
    usable = usable_objects(Objects(np.arange(1, len(shapes) + 1), features, areas, xy_m))
    return usable.rows, build_population(usable.objects, options.population), areas


def _stratum_numbers(population: Population) -> IntArray:
    """Return the stratum of each object from 1, in the order of the objects given."""
    numbers = np.empty(population.n_objects, dtype=np.int64)
    numbers[population.rows] = population.strata.labels + 1
    return numbers


def _field_names(names: tuple[str, ...]) -> list[str]:
    """Return feature names as field names that no other field of the layer has."""
    taken = {OBJECT_ID, STRATUM, AREA_HA}
    return [f"feature_{name}" if name.lower() in taken else name for name in names]


def _write_objects(
    path: Path,
    ids: IntArray,
    strata: IntArray,
    areas: npt.NDArray[np.float64],
    fields: dict[str, npt.NDArray[Any]],
    shapes_and_crs: tuple[GeometryArray, str],
) -> None:
    columns: dict[str, npt.NDArray[Any]] = {OBJECT_ID: ids, STRATUM: strata.astype(np.int32), AREA_HA: areas, **fields}
    write_layer(path, "objects", columns, *shapes_and_crs)


def _parcel_notes(n_repaired: int, n_overlapping: int, n_outside: int) -> list[str]:
    notes = []
    if n_repaired:
        notes.append(f"{n_repaired} invalid parcels were repaired.")
    if n_overlapping:
        notes.append(f"{n_overlapping} parcels overlap; the later one in the layer owns the shared pixels.")
    if n_outside:
        notes.append(f"{n_outside} parcels have no pixel of the raster and were left out.")
    return notes


def _described(
    population: Population, numbers: IntArray, areas: npt.NDArray[np.float64], notes: list[str]
) -> Stratification:
    totals = np.bincount(numbers, weights=areas, minlength=population.strata.n_strata + 1)[1:]
    counts = np.bincount(numbers, minlength=population.strata.n_strata + 1)[1:]
    rows = [
        {
            "stratum": number + 1,
            "n_objects": int(count),
            "area_ha": float(area),
            "area_share": float(area / totals.sum()),
        }
        for number, (count, area) in enumerate(zip(counts, totals))
    ]
    return Stratification(population.n_objects, population.strata.n_strata, population.strata.criterion, rows, notes)
