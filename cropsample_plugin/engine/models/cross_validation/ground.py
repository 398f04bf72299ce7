"""Where and when samples are from, read from a layer, and how wide blocks of land should be."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from cropsample_plugin.engine.errors import InputError, SamplesError
from cropsample_plugin.engine.models.cross_validation.designs import Places
from cropsample_plugin.engine.models.cross_validation.variogram import Variogram, measure_variogram
from cropsample_plugin.engine.models.samples import PreparedSamples
from cropsample_plugin.engine.models.training_set import flat_features
from cropsample_plugin.engine.sampling.object_geometry import GroundProjection
from cropsample_plugin.engine.timeseries.sample_table import SampleTable

_M_PER_KM = 1000.0
_YEAR_DIGITS = 4


@dataclass(frozen=True)
class GroundFields:
    """What to read.

    Attributes:
        year_field: year or date of each sample; "" for none.
        region_field: region of each sample; "" for none.
        block_size_m: side of the blocks; 0 to have it suggested.
    """

    year_field: str = ""
    region_field: str = ""
    block_size_m: float = 0.0


@dataclass(frozen=True)
class Ground:
    """Where the samples are, and how wide blocks should be.

    Attributes:
        places: of the samples used.
        projection: from the layer to metres; None where the layer has no places.
        variogram: of the series; None where there are no places, or too few samples.
        block_size_m: side of the blocks.
        notes: how it was found.
    """

    places: Places
    projection: GroundProjection | None
    variogram: Variogram | None
    block_size_m: float
    notes: tuple[str, ...] = ()


def survey_ground(used: SampleTable, samples: PreparedSamples, fields: GroundFields, seed: int) -> Ground:
    """Project the samples used to metres, measure the variogram of their series, and read years and regions.

    Raises:
        SamplesError: a sample has no year or region.
    """
    years = _years(used, fields.year_field) if fields.year_field else None
    regions = _texts(used, fields.region_field) if fields.region_field else None
    xy_m, projection = survey_places(used)
    variogram = None
    if xy_m is not None:
        features = flat_features(samples.training_set.values, samples.training_set.static_values)
        variogram = measure_variogram(features, xy_m, seed)
    return Ground(Places(xy_m, years, regions), projection, variogram, fields.block_size_m)


def with_suggested_blocks(ground: Ground, n_folds: int) -> Ground:
    """Set the blocks to the range of the variogram, or to less where so wide blocks would be fewer than the folds."""
    if ground.places.xy_m is None:
        return ground
    extent_m = float(np.ptp(ground.places.xy_m, axis=0).max())
    widest_m = extent_m / max(2.0, np.ceil(np.sqrt(2.0 * n_folds)))
    range_m = ground.variogram.range_m if ground.variogram is not None else 0.0
    widest, alike = f"{widest_m / _M_PER_KM:.1f} km", f"{range_m / _M_PER_KM:.1f} km"
    if not range_m:
        note = (
            f"No dependence on distance was found in the series; blocks of {widest} were taken, so that there are "
            "enough for the folds."
        )
    elif range_m <= widest_m:
        note = f"The blocks are {alike} wide, the distance up to which series are alike."
    else:
        note = (
            f"Series are alike up to {alike}; so wide blocks would be too few for {n_folds} folds, and blocks of "
            f"{widest} were taken. The scores may still flatter."
        )
    size_m = range_m if 0.0 < range_m <= widest_m else widest_m
    return replace(ground, block_size_m=size_m, notes=(note,))


def survey_places(used: SampleTable) -> tuple[npt.NDArray[np.float64] | None, GroundProjection | None]:
    """Return ``(n_samples, 2)`` metres on the ground and the projection to them; None where samples have no place."""
    if used.geometry_type == "" or not used.crs or any(item is None for item in used.geometry):
        return None, None
    geometries = shapely.from_wkb(used.geometry)
    if shapely.is_empty(geometries).any():
        return None, None
    points = shapely.point_on_surface(geometries)
    projection = GroundProjection.around(used.crs, tuple(shapely.total_bounds(points)))
    on_ground = projection.to_ground(points)
    return np.stack([shapely.get_x(on_ground), shapely.get_y(on_ground)], axis=1), projection


def read_place(text: str) -> tuple[float, float]:
    """Return longitude and latitude in degrees of a text such as ``65.8,38.9``.

    Raises:
        InputError: it is not two numbers that are a place on earth.
    """
    try:
        longitude, latitude = (float(part) for part in text.split(","))
    except ValueError:
        longitude, latitude = np.nan, np.nan
    if not (abs(longitude) <= 180.0 and abs(latitude) <= 90.0):  # noqa: PLR2004 - degrees
        raise InputError(f"The starting point '{text}' is no place.", "Write longitude and latitude as in '65.8,38.9'.")
    return longitude, latitude


def _years(used: SampleTable, name: str) -> npt.NDArray[Any]:
    """Return the year of each sample as text: a date's year, or what the field says."""
    column = used.column(name)
    if column.dtype.kind == "M":
        if np.isnat(column).any():
            raise _missing(name, int(np.isnat(column).sum()))
        return np.array([str(item)[:_YEAR_DIGITS] for item in column], dtype=object)
    texts = _texts(used, name)
    is_date = [len(text) > _YEAR_DIGITS and text[:_YEAR_DIGITS].isdigit() and text[4] in "-/" for text in texts]
    return np.array([text[:_YEAR_DIGITS] if date else text for text, date in zip(texts, is_date)], dtype=object)


def _texts(used: SampleTable, name: str) -> npt.NDArray[Any]:
    texts = []
    for value in used.column(name):
        is_missing = value is None or value != value or not str(value).strip()  # noqa: PLR0124 - NaN differs from itself
        whole = isinstance(value, (float, np.floating)) and not is_missing and float(value).is_integer()
        texts.append("" if is_missing else str(int(value)) if whole else str(value).strip())
    n_missing = texts.count("")
    if n_missing:
        raise _missing(name, n_missing)
    return np.array(texts, dtype=object)


def _missing(name: str, count: int) -> SamplesError:
    return SamplesError(
        f"The field '{name}' is empty in {count} of the samples used.", "Fill it in, or leave these samples out."
    )
