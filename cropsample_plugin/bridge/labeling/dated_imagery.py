"""One date of a dated stack as a layer: bands as colours, or NDVI worked out while it is drawn; no file is written."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Callable, List, Optional, Sequence, Tuple
from xml.sax.saxutils import escape  # nosec B406 - only written here

from osgeo import gdal
from qgis.core import QgsPointXY, QgsRasterLayer

from cropsample_plugin.bridge.date_layers import (
    Composition,
    DateLayersRequest,
    Stretch,
    channels_of,
    common_stretches,
    complete_dates,
    date_renderer,
    open_stack,
    windows_around,
)
from cropsample_plugin.bridge.dated_bands import DatedBands
from cropsample_plugin.bridge.engine_errors import EngineError
from cropsample_plugin.bridge.spectral_bands import band_roles

NDVI = "NDVI"
_NDVI_STRETCH = (0.0, 0.9)


class Preset(Enum):
    """Combinations of bands that are asked for most."""

    TRUE_COLOR = "true_color"
    FALSE_COLOR = "false_color"
    NDVI = "ndvi"


@dataclass(frozen=True)
class DateView:
    """What one view shows of a stack.

    Attributes:
        source: the stack as GDAL opens it.
        bands: which band is which.
        shown: band names as red, green and blue, or one; ``NDVI`` where the stack has no such band is worked out.
    """

    source: str
    bands: DatedBands
    shown: Tuple[str, ...]

    @property
    def is_computed(self) -> bool:
        """Whether what is shown is NDVI worked out of red and near infrared."""
        return self.shown == (NDVI,) and NDVI not in self.bands.bands

    @property
    def needed(self) -> Tuple[str, ...]:
        """Names of the bands that are read; empty where the stack lacks some."""
        if self.is_computed:
            return _ndvi_bands(self.bands.bands)
        return self.shown if set(self.shown) <= set(self.bands.bands) else ()

    @property
    def dates(self) -> Tuple[date, ...]:
        """The dates that can be shown."""
        return complete_dates(self.bands, self.needed) if self.needed else ()


def preset_bands(preset: Preset, bands: Sequence[str]) -> Tuple[str, ...]:
    """Return what a view shows for a preset; empty where the bands are not known to be red, near infrared, ..."""
    if preset is Preset.NDVI:
        own = next((band for band in bands if band.upper() == NDVI), "")
        return (own,) if own else (NDVI,) if _ndvi_bands(bands) else ()
    is_true = preset is Preset.TRUE_COLOR
    return channels_of(Composition.TRUE_COLOR if is_true else Composition.FALSE_COLOR, bands)


def read_stretches(
    view: DateView, places: Sequence[QgsPointXY], is_canceled: Callable[[], bool]
) -> Tuple[Stretch, ...]:
    """Return one common stretch of each band for all dates, from pixels around some places; in any thread.

    Args:
        view: what is shown.
        places: in the stack's coordinate system; where there are no data, the whole stack is looked at.
        is_canceled: asked often.

    Raises:
        EngineError: the stack cannot be opened or has no data in these bands (``input``), or cancelled.
    """
    if view.is_computed:
        return (_NDVI_STRETCH,)
    layer = open_stack(view.source, "")
    provider = layer.dataProvider()
    extent = provider.extent()
    request = DateLayersRequest(view.source, view.bands, view.shown, view.dates, extent)
    inside = [place for place in places if extent.contains(place)]
    if inside:
        try:
            return tuple(common_stretches(provider, request, windows_around(provider, inside), is_canceled))
        except EngineError as error:
            if error.is_canceled:
                raise
    spread = windows_around(provider, _spread(extent))
    return tuple(common_stretches(provider, request, spread, is_canceled))


def date_layer(
    view: DateView, day: date, stretches: Sequence[Stretch], layer: Optional[QgsRasterLayer] = None
) -> QgsRasterLayer:
    """Return a layer of one date.

    Args:
        view: what is shown.
        day: one of its dates.
        stretches: of `read_stretches`.
        layer: what this function returned for another date; used again where that can be.

    Raises:
        EngineError: the stack cannot be opened (``input``).
    """
    if view.is_computed:
        layer = open_stack(_ndvi_source(view, day), day.isoformat())
        numbers = [1]
    else:
        layer = layer or open_stack(view.source, "")
        layer.setName(day.isoformat())
        numbers = [view.bands.number(day, name) or 0 for name in view.shown]
    layer.setRenderer(date_renderer(layer.dataProvider(), numbers, stretches))
    return layer


def _ndvi_bands(bands: Sequence[str]) -> Tuple[str, ...]:
    roles = band_roles(bands)
    return (roles["N"], roles["R"]) if "N" in roles and "R" in roles else ()


def _spread(extent: object) -> List[QgsPointXY]:
    shares = [(2 * place + 1) / 10 for place in range(5)]
    return [
        QgsPointXY(extent.xMinimum() + x * extent.width(), extent.yMinimum() + y * extent.height())
        for x in shares
        for y in shares
    ]


def _ndvi_source(view: DateView, day: date) -> str:
    """Return a GDAL virtual raster, as text, that subtracts, adds and divides with functions that every GDAL has."""
    try:
        dataset = gdal.Open(view.source)
    except RuntimeError:
        dataset = None
    if dataset is None:
        raise EngineError("input", f"The stack {view.source} cannot be opened.", "Check that its files are there.")
    head = _head(dataset)
    near_infrared, red = (_band_source(view.source, dataset, view.bands.number(day, name) or 0) for name in view.needed)
    both = near_infrared + red
    inverse = _derived(head, "inv", _whole(_derived(head, "sum", both)))
    return _derived(head, "mul", _whole(_derived(head, "diff", both)) + _whole(inverse))


def _head(dataset: gdal.Dataset) -> str:
    transform = ", ".join(repr(float(value)) for value in dataset.GetGeoTransform())
    return (
        f'<VRTDataset rasterXSize="{dataset.RasterXSize}" rasterYSize="{dataset.RasterYSize}">'
        f"<SRS>{escape(dataset.GetProjection())}</SRS><GeoTransform>{transform}</GeoTransform>"
    )


def _band_source(path: str, dataset: gdal.Dataset, number: int) -> str:
    band = dataset.GetRasterBand(number)
    nodata, scale, offset = band.GetNoDataValue(), band.GetScale(), band.GetOffset()
    missing = "" if nodata is None or math.isnan(nodata) else f"<NODATA>{nodata!r}</NODATA>"
    return (
        f'<ComplexSource><SourceFilename relativeToVRT="0">{escape(path)}</SourceFilename>'
        f"<SourceBand>{number}</SourceBand>{missing}<ScaleOffset>{offset or 0.0!r}</ScaleOffset>"
        f"<ScaleRatio>{scale or 1.0!r}</ScaleRatio></ComplexSource>"
    )


def _whole(raster: str) -> str:
    return (
        f'<SimpleSource><SourceFilename relativeToVRT="0">{escape(raster)}</SourceFilename>'
        "<SourceBand>1</SourceBand></SimpleSource>"
    )


def _derived(head: str, function: str, sources: str) -> str:
    # Pixels without data stay NaN, which every function passes on.
    return (
        f'{head}<VRTRasterBand dataType="Float32" band="1" subClass="VRTDerivedRasterBand">'
        f"<Description>{NDVI}</Description><NoDataValue>nan</NoDataValue>"
        f"<PixelFunctionType>{function}</PixelFunctionType><SourceTransferType>Float32</SourceTransferType>"
        f"{sources}</VRTRasterBand></VRTDataset>"
    )
