"""Write a synthetic farming region: one image per date, reference map, fields, and samples of three kinds."""

from __future__ import annotations

import html
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyogrio
import rasterio
import shapely
from rasterio.transform import Affine, from_origin

from cropsample_plugin.engine.errors import OutputError
from cropsample_plugin.engine.progress import Progress, StepProgress, raise_if_canceled
from cropsample_plugin.engine.simulate.imagery import NODATA, SCALE
from cropsample_plugin.engine.simulate.phenology import BANDS, CLASS_NAMES, SURFACES
from cropsample_plugin.engine.simulate.region import (
    CRS_CODE,
    ORIGIN_X_M,
    ORIGIN_Y_M,
    PIXEL_SIZE_M,
    RegionOptions,
    SyntheticRegion,
    simulate_region,
)
from cropsample_plugin.engine.simulate.samples import PointSamples
from cropsample_plugin.engine.timeseries.series import AxisKind, column_name
from cropsample_plugin.jobs.registry import JobContext, JobResult

_REFERENCE_NODATA = 255
_TILE_PX = 256
_SQUARE_METRES_PER_HECTARE = 10_000.0
# What the GDAL of QGIS 3.22 reads without a warning.
_GEOPACKAGE_VERSION = "1.2"
# GeoPackages carry the time they were written; a fixed one keeps the bytes the same.
_FIXED_TIME = "2024-01-01T00:00:00.000Z"


@dataclass(frozen=True)
class Parameters:
    """What the region is like and where it goes; see `RegionOptions` for the meaning of the numbers.

    Attributes:
        output_folder: folder that receives everything; made when it does not exist.
    """

    output_folder: str
    size_px: int = 600
    year: int = 2023
    n_local_samples: int = 900
    n_global_samples: int = 1500
    n_check_samples: int = 500
    mislabeled_share: float = 0.0
    cloud_share: float = 0.10
    seed: int = 42


def run(parameters: Parameters, context: JobContext) -> JobResult:
    """Draw the region and write it."""
    folder = Path(parameters.output_folder)
    images = _make_folder(folder / "images")
    options = {name: value for name, value in vars(parameters).items() if name != "output_folder"}
    region = simulate_region(RegionOptions(**options))
    context.progress.report(0.1, "Fields and samples drawn")
    paths = {
        "reference": folder / "reference_map.tif",
        "fields": folder / "fields.gpkg",
        "local_samples": folder / "local_samples.gpkg",
        "global_samples": folder / "global_series.gpkg",
        "check_samples": folder / "check_samples.gpkg",
    }
    _write_reference(region, paths["reference"])
    with _fixed_layer_time():
        _write_fields(region, paths["fields"])
        _write_points(region.local_samples, paths["local_samples"], "local")
        _write_points(region.check_samples, paths["check_samples"], "local")
        _write_global_series(region, paths["global_samples"])
    _write_images(region, images, StepProgress(context.progress, 0.2, 1.0))
    outputs: dict[str, Any] = {name: str(path) for name, path in paths.items()}
    outputs.update(
        folder=str(folder),
        images=str(images),
        n_fields=len(region.scenery.landscape.field_cells),
        n_dates=len(region.dates),
        n_bands=len(BANDS),
        dates=[str(date) for date in region.dates],
        classes=list(CLASS_NAMES),
    )
    return JobResult(outputs, files=[str(path) for path in paths.values()])


def _make_folder(folder: Path) -> Path:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(
            f"The folder {folder} cannot be made: {error.strerror}.", "Choose a folder that you may write to."
        ) from error
    return folder


def _profile(size_px: int) -> dict[str, Any]:
    return {
        "driver": "GTiff",
        "width": size_px,
        "height": size_px,
        "crs": CRS_CODE,
        "transform": _transform(),
        "tiled": True,
        "blockxsize": _TILE_PX,
        "blockysize": _TILE_PX,
        "compress": "deflate",
    }


def _transform() -> Affine:
    return from_origin(ORIGIN_X_M, ORIGIN_Y_M, PIXEL_SIZE_M, PIXEL_SIZE_M)


def _write_images(region: SyntheticRegion, folder: Path, progress: Progress) -> None:
    profile = _profile(region.options.size_px)
    profile.update(count=len(BANDS), dtype="uint16", nodata=NODATA, predictor=2, interleave="band", zlevel=1)
    for index, (date, stored) in enumerate(region.images()):
        raise_if_canceled(progress)
        path = folder / f"S2_{str(date).replace('-', '')}.tif"
        with rasterio.open(path, "w", **profile) as dataset:
            dataset.write(stored)
            dataset.scales = (SCALE,) * len(BANDS)
            dataset.descriptions = BANDS
        progress.report((index + 1) / len(region.dates), f"Image of {date}")


def _write_reference(region: SyntheticRegion, path: Path) -> None:
    profile = _profile(region.options.size_px)
    profile.update(count=1, dtype="uint8", nodata=_REFERENCE_NODATA)
    with rasterio.open(path, "w", **profile) as dataset:
        dataset.write((region.scenery.landscape.surface + 1).astype(np.uint8), 1)
        dataset.write_colormap(1, {index: _rgba(surface.color) for index, surface in enumerate(SURFACES, start=1)})
        dataset.descriptions = ("class",)
    _write_category_names(path, ("", *CLASS_NAMES))


def _rgba(color: str) -> tuple[int, int, int, int]:
    red, green, blue = bytes.fromhex(color.removeprefix("#"))
    return red, green, blue, 255


def _write_category_names(raster: Path, names: tuple[str, ...]) -> None:
    """Name the values 0, 1, ... of a raster in the side file that GDAL reads (PAM)."""
    categories = "".join(f"<Category>{html.escape(name)}</Category>" for name in names)
    document = (
        f'<PAMDataset><PAMRasterBand band="1"><CategoryNames>{categories}</CategoryNames></PAMRasterBand></PAMDataset>'
    )
    Path(f"{raster}.aux.xml").write_text(document, encoding="utf-8")


def _write_fields(region: SyntheticRegion, path: Path) -> None:
    landscape = region.scenery.landscape
    rings = [np.column_stack(_to_map(*ring.T)) for ring in landscape.field_rings]
    polygons = np.array([shapely.Polygon(ring) for ring in rings])
    crops = landscape.cell_surface[landscape.field_cells]
    fields = {
        "parcel_id": landscape.field_cells + 1,
        "class_name": _names(crops),
        "area_ha": np.round(shapely.area(polygons) / _SQUARE_METRES_PER_HECTARE, 3),
    }
    _write_layer(path, polygons, "Polygon", fields)


def _write_points(samples: PointSamples, path: Path, domain: str) -> None:
    fields = _sample_fields(samples.class_index, domain)
    fields["parcel_id"] = samples.cell + 1
    if (samples.true_class_index != samples.class_index).any():
        fields["true_class"] = _names(samples.true_class_index)
    _write_layer(path, shapely.points(*_to_map(samples.x_px, samples.y_px)), "Point", fields)


def _write_global_series(region: SyntheticRegion, path: Path) -> None:
    samples = region.global_samples
    fields = _sample_fields(samples.class_index, "global")
    # Every series comes from a field of its own; negative ids cannot be fields of the region.
    fields["parcel_id"] = -1 - np.arange(len(samples.class_index))
    for step, date in enumerate(region.dates):
        for position, band in enumerate(BANDS):
            fields[column_name(band, str(date), AxisKind.DATE)] = samples.values[:, step, position].astype(np.float64)
    _write_layer(path, shapely.points(samples.x_m, samples.y_m), "Point", fields)


def _sample_fields(class_index: npt.NDArray[np.int64], domain: str) -> dict[str, npt.NDArray[Any]]:
    return {
        "sample_id": np.array([f"{domain}-{number:05d}" for number in range(1, len(class_index) + 1)], dtype=object),
        "class_name": _names(class_index),
        "domain": np.full(len(class_index), domain, dtype=object),
    }


def _names(class_index: npt.NDArray[np.int64]) -> npt.NDArray[Any]:
    return np.array([CLASS_NAMES[index] for index in class_index], dtype=object)


def _to_map(
    x_px: npt.NDArray[np.float64], y_px: npt.NDArray[np.float64]
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    return ORIGIN_X_M + x_px * PIXEL_SIZE_M, ORIGIN_Y_M - y_px * PIXEL_SIZE_M


def _write_layer(
    path: Path, geometry: npt.NDArray[Any], geometry_type: str, fields: dict[str, npt.NDArray[Any]]
) -> None:
    path.unlink(missing_ok=True)
    masks = [np.isnan(data) if data.dtype.kind == "f" else None for data in fields.values()]
    try:
        pyogrio.raw.write(
            path,
            shapely.to_wkb(geometry),
            list(fields.values()),
            list(fields),
            field_mask=masks,
            layer=path.stem,
            driver="GPKG",
            geometry_type=geometry_type,
            crs=CRS_CODE,
            VERSION=_GEOPACKAGE_VERSION,
        )
    except pyogrio.errors.DataSourceError as error:
        raise OutputError(f"{path} cannot be written: {error}", "Choose a folder that you may write to.") from error


@contextmanager
def _fixed_layer_time() -> Iterator[None]:
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": _FIXED_TIME})
    try:
        yield
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": None})
