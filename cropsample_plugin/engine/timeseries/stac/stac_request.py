"""What is asked of a catalogue, and whether it makes sense."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from cropsample_plugin.engine.errors import InputError
from cropsample_plugin.engine.output_files import check_output
from cropsample_plugin.engine.timeseries.date_texts import date_from_text
from cropsample_plugin.engine.timeseries.stac.catalogue_list import Catalogue
from cropsample_plugin.engine.timeseries.stac.request_headers import read_headers
from cropsample_plugin.engine.timeseries.stac.scene_choice import MOSAIC_RULES
from cropsample_plugin.engine.timeseries.stac.scenes import DAY_RULES
from cropsample_plugin.engine.timeseries.stac.web_client import WebRules
from cropsample_plugin.engine.timeseries.stack_vrt import RESAMPLINGS

_MOST_RETRIES = 50


@dataclass(frozen=True)
class StacRequest:
    """What is asked for.

    Attributes:
        catalogue: name in the list, or address.
        collection: id.
        area: vector file of polygons.
        output: the ``.vrt`` to write.
        start_date, end_date: first and last day, YYYY-MM-DD.
        bands, mask_band: see `wanted_bands`.
        max_cloud: see `SceneRules`.
        download: copy the pixels, instead of referring to the server's files.
        resume: keep what an earlier download finished.
        pixel_size: in units of the CRS; 0 for the images' own.
        crs: reference system; "" for the images' own.
        resampling: one of `RESAMPLINGS`, for measured bands.
        mosaic_rule, day_rule: see `SceneRules`.
        retries, timeout_s: see `WebRules`.
        headers: lines ``Name: value``; see `read_headers`.
        largest_gb: largest download before compression, in gigabytes.
        own_list: the user's list of catalogues; "" for none.
        items: GeoPackage of what became of every item; "" for none.
        threads, memory_mb: what may be used.
    """

    catalogue: str
    collection: str
    area: str
    output: str
    start_date: str
    end_date: str
    bands: tuple[str, ...]
    mask_band: str = ""
    max_cloud: float = 100.0
    download: bool = True
    resume: bool = True
    pixel_size: float = 0.0
    crs: str = ""
    resampling: str = "bilinear"
    mosaic_rule: str = "least_cloudy"
    day_rule: str = "solar"
    retries: int = 4
    timeout_s: float = 30.0
    headers: tuple[str, ...] = ()
    largest_gb: float = 100.0
    own_list: str = ""
    items: str = ""
    threads: int = 1
    memory_mb: int = 1500


def checked_dates(request: StacRequest) -> tuple[date, date]:
    """Return first and last day of a request that makes sense.

    Raises:
        InputError: dates, choices or numbers make none.
        OutputError: the table of images cannot be written.
    """
    first, last = (
        date_from_text(request.start_date, "start date"),
        date_from_text(request.end_date, "end date"),
    )
    if last < first:
        raise InputError(f"The end date {last} lies before the start date {first}.", "Correct one of them.")
    for value, allowed, what in (
        (request.resampling, RESAMPLINGS, "resampling"),
        (request.mosaic_rule, MOSAIC_RULES, "mosaic rule"),
        (request.day_rule, DAY_RULES, "day rule"),
    ):
        if value not in allowed:
            raise InputError(f"Unknown {what} '{value}'.", f"Use one of {', '.join(allowed)}.")
    if not request.collection:
        raise InputError("No collection is given.", "Give its id, such as sentinel-2-l2a.")
    if request.timeout_s <= 0 or not 0 <= request.retries <= _MOST_RETRIES or request.pixel_size < 0:
        raise InputError("Time-out, retries and pixel size must not be negative.", "Correct them.")
    if request.items:
        check_output(request.items, [request.area, request.output], (".gpkg",))
    return first, last


def web_rules(request: StacRequest, catalogue: Catalogue) -> WebRules:
    """Return how servers are asked, with the keys and the hosts that get them."""
    hosts = frozenset({urlsplit(catalogue.url).netloc, *catalogue.key_hosts})
    headers = read_headers(request.headers)
    if catalogue.access == "s3":
        # The keys sign each request; as a header they would only bewilder the catalogue.
        headers.pop("Authorization", None)
    return WebRules(request.timeout_s, request.retries, headers, hosts)
