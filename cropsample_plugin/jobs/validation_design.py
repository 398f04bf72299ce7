"""From parameters and samples to what is held out; shared by the jobs that validate."""

from __future__ import annotations

from dataclasses import dataclass

from pyproj import CRS, Transformer

from cropsample_plugin.engine.models.cross_validation.designs import Design
from cropsample_plugin.engine.models.cross_validation.ground import (
    Ground,
    GroundFields,
    read_place,
    survey_ground,
    with_suggested_blocks,
)
from cropsample_plugin.engine.models.samples import PreparedSamples
from cropsample_plugin.engine.timeseries.sample_table import SampleTable

M_PER_KM = 1000.0


@dataclass(frozen=True, kw_only=True)
class DesignParameters:
    """Parameters that say what is held out.

    Attributes:
        protocol: a key of `DESIGNS`.
        year_field: year or date of each sample, for ``leave_one_year_out``.
        region_field: region of each sample, for ``leave_one_region_out``.
        n_folds: folds of ``k_fold``, ``parcel_groups`` and ``spatial_blocks``.
        block_size_km: side of the blocks; 0: the range of the variogram of the series.
        gap_km: training samples nearer to a test sample than this are left out.
        start_point: longitude and latitude in degrees, as text, for ``distance``.
        distance_km: ``distance`` trains within it and tests beyond.
        seed: decides the split.
    """

    protocol: str = "spatial_blocks"
    year_field: str = ""
    region_field: str = ""
    n_folds: int = 5
    block_size_km: float = 0.0
    gap_km: float = 0.0
    start_point: str = ""
    distance_km: float = 30.0
    seed: int = 42


def find_ground(parameters: DesignParameters, table: SampleTable, samples: PreparedSamples) -> Ground:
    """Return where and when the samples used are from, with the width of blocks where the design needs one."""
    fields = GroundFields(parameters.year_field, parameters.region_field, parameters.block_size_km * M_PER_KM)
    ground = survey_ground(table.subset(samples.used_rows), samples, fields, parameters.seed)
    if parameters.protocol == "spatial_blocks" and not ground.block_size_m:
        ground = with_suggested_blocks(ground, parameters.n_folds)
    return ground


def make_design(parameters: DesignParameters, ground: Ground) -> Design:
    """Return the design that the parameters ask for."""
    start = None
    if parameters.protocol == "distance" and parameters.start_point and ground.projection is not None:
        longitude, latitude = read_place(parameters.start_point)
        projected = ground.projection.projected
        start = Transformer.from_crs(CRS.from_epsg(4326), projected, always_xy=True).transform(longitude, latitude)
    return Design(
        parameters.protocol,
        parameters.n_folds,
        ground.block_size_m,
        parameters.gap_km * M_PER_KM,
        start,
        parameters.distance_km * M_PER_KM,
        parameters.seed,
    )


def describe_design(design: Design) -> str:
    """Return the design in words."""
    words = {
        "k_fold": f"{design.n_folds} random folds, parcels and neighbours torn apart",
        "parcel_groups": f"{design.n_folds} folds of whole parcels",
        "spatial_blocks": f"{design.n_folds} folds of blocks of {design.block_size_m / M_PER_KM:.1f} km",
        "leave_one_year_out": "Each year held out once",
        "leave_one_region_out": "Each region held out once",
        "distance": f"Trained within {design.radius_m / M_PER_KM:g} km of the starting point, tested beyond",
    }
    gap = f"; training samples within {design.gap_m / M_PER_KM:g} km of a test sample left out" if design.gap_m else ""
    return words[design.name] + gap
