"""All layouts, in the order in which they are tried: the more a layout demands, the earlier it stands."""

from __future__ import annotations

from typing import Callable

from cropsample_plugin.engine.timeseries.layouts import (
    dated_descriptions,
    dated_file_names,
    dates_as_bands,
    earth_engine_export,
    landsat_names,
    netcdf_time,
    sentinel2_names,
    terra_side_file,
    undated_sequence,
)
from cropsample_plugin.engine.timeseries.layouts.recognition import LayoutHints, Recognition
from cropsample_plugin.engine.timeseries.raster_header import RasterHeader

LAYOUTS: dict[str, Callable[[RasterHeader, LayoutHints], Recognition]] = {
    "Sentinel-2 band files": sentinel2_names.recognise,
    "Landsat band files": landsat_names.recognise,
    "netCDF time dimension": netcdf_time.recognise,
    "dates and bands in band descriptions": dated_descriptions.recognise,
    "one file per band, dates as bands": dates_as_bands.recognise,
    "R terra side file": terra_side_file.recognise,
    "Earth Engine export": earth_engine_export.recognise,
    "one file per date": dated_file_names.recognise,
    "undated files or bands in time order": undated_sequence.recognise,
}


def recognise(header: RasterHeader, hints: LayoutHints) -> tuple[str, Recognition, list[str]]:
    """Return the name of the layout that a raster follows ("" for none), its bands, and what was tried in vain."""
    tried: list[str] = []
    for name, recogniser in LAYOUTS.items():
        recognition = recogniser(header, hints)
        if recognition.bands or recognition.is_left_out:
            return name, recognition, tried
        tried.append(f"{name}: {recognition.reason}")
    return "", Recognition(), tried
