"""From a catalogue, an area and a season to a dated stack."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from pathlib import Path
from typing import Sequence

from cropsample_plugin.engine.errors import InputError, OutputError
from cropsample_plugin.engine.output_files import check_output, replaced_when_done
from cropsample_plugin.engine.progress import Progress, StepProgress
from cropsample_plugin.engine.timeseries.dated_stack import DatedStack
from cropsample_plugin.engine.timeseries.mosaic_vrt import MosaicBand, mosaic_document
from cropsample_plugin.engine.timeseries.stac.area import Area, read_area
from cropsample_plugin.engine.timeseries.stac.asset_access import AssetAccess
from cropsample_plugin.engine.timeseries.stac.band_assets import WantedBand, wanted_bands
from cropsample_plugin.engine.timeseries.stac.catalogue_list import Catalogue, find_catalogue, known_catalogues
from cropsample_plugin.engine.timeseries.stac.catalogue_search import CatalogueSearch, Query
from cropsample_plugin.engine.timeseries.stac.day_plan import Day, Opener, Source, band_values, plan_days
from cropsample_plugin.engine.timeseries.stac.ledger import Fate, Ledger
from cropsample_plugin.engine.timeseries.stac.picture import Picture, picture_of
from cropsample_plugin.engine.timeseries.stac.remote_files import RemoteFiles
from cropsample_plugin.engine.timeseries.stac.remote_stack import Warping, refer_to_days
from cropsample_plugin.engine.timeseries.stac.scene_choice import SceneRules, choose_scenes
from cropsample_plugin.engine.timeseries.stac.stac_request import StacRequest, checked_dates, web_rules
from cropsample_plugin.engine.timeseries.stac.target_grid import on_grid, plan_grid, tiles_of_area
from cropsample_plugin.engine.timeseries.stac.tile_download import (
    BYTES_PER_THREAD,
    TILE_PX,
    DayTiles,
    DownloadPlan,
    download_days,
    estimated_bytes,
)
from cropsample_plugin.engine.timeseries.stac.tile_journal import TileJournal
from cropsample_plugin.engine.timeseries.stac.tile_mosaic import tile_band
from cropsample_plugin.engine.timeseries.stac.web_client import WebClient
from cropsample_plugin.engine.timeseries.stack_grid import StackGrid

IMAGES_SUFFIX = "_images"
_WARPED_SUFFIX = "_warped"
_MOST_THREADS = 8
_LEAST_THREADS = 4
_BASE_MEMORY_BYTES = 450 * 1024 * 1024
_GB = 1e9


@dataclass(frozen=True)
class StacSummary:
    """What was made: the stack, how it is shown, the fate of every item, the catalogue, and bytes on the disk."""

    stack: DatedStack
    picture: Picture | None
    ledger: Ledger
    catalogue: Catalogue
    n_bytes: int


def build_stac_stack(request: StacRequest, progress: Progress) -> StacSummary:
    """Search, choose, download or refer, and write the stack.

    Raises:
        InputError: something asked for is not there or makes no sense; says what there is.
        WebError: a server cannot be reached; finished tiles are kept.
        OutputError: something cannot be written; likewise.
        CanceledError: the user cancelled; likewise.
    """
    target = check_output(request.output, [request.area], (".vrt",))
    first, last = checked_dates(request)
    area = read_area(request.area)
    catalogue = find_catalogue(request.catalogue, known_catalogues(request.own_list))
    web = WebClient(web_rules(request, catalogue), progress)
    access = AssetAccess(catalogue, request.collection, web)
    if not request.download and not access.can_be_referred_to():
        raise InputError(
            f"The images of {catalogue.name} need a key or expiring addresses, to which a stack cannot refer.",
            "Choose to download.",
        )
    files = RemoteFiles(web, access)
    try:
        ledger = _search(request, (catalogue, web), area, (first, last), progress)
        work = _Work(request, target, area, ledger, files)
        opener = Opener(files, access, catalogue.collection(request.collection), _threads(request))
        work.open(opener, StepProgress(progress, 0.05, 0.2))
        bands = work.download(progress) if request.download else work.refer(StepProgress(progress, 0.2, 1.0))
    finally:
        files.close()
    if request.items:
        ledger.write(Path(request.items))
    if ledger.fates:
        progress.log(f"{ledger.n_dropped} of {len(ledger.used) + ledger.n_dropped} images are left out: "
                     f"{ledger.summary()}.")  # fmt: skip
    document = mosaic_document(bands, work.grid, target, {"CROPSAMPLE_LAYOUT": f"STAC {request.collection}"})
    with replaced_when_done(target) as partial:
        partial.write_bytes(document)
    stack = DatedStack.open(target)
    picture = picture_of(stack, ledger, opener.known)
    return StacSummary(stack, picture, ledger, catalogue, work.n_bytes)


def _search(
    request: StacRequest,
    where: tuple[Catalogue, WebClient],
    area: Area,
    dates: tuple[date, date],
    progress: Progress,
) -> Ledger:
    """Return the ledger of what the catalogue lists; at least one scene is used."""
    catalogue, web = where
    first, last = dates
    rules = SceneRules(area.degrees, first, last, request.max_cloud, request.day_rule, request.mosaic_rule)
    shift = timedelta(hours=float(area.degrees.centroid.x) / 15.0 if request.day_rule == "solar" else 0.0)
    start = datetime.combine(first, time(), timezone.utc) - shift
    end = datetime.combine(last, time(23, 59, 59), timezone.utc) - shift
    progress.report(0.0, f"Asking {catalogue.name}")
    search = CatalogueSearch(catalogue, web)
    document = search.collection(request.collection)
    items = search.items(Query(request.collection, area.bbox, start, end), StepProgress(progress, 0.0, 0.05))
    if not items:
        raise InputError(
            f"{catalogue.name} has no images of {request.collection} from {first} to {last} in the area "
            f"({', '.join(f'{value:.4g}' for value in area.bbox)}).",
            f"The collection covers {_extent(document)}.",
        )
    ledger = choose_scenes(items, rules)
    if not ledger.used:
        raise InputError(
            f"None of {len(items)} images can be used: {ledger.summary()}.",
            "Allow more clouds, or choose other dates or another area.",
        )
    progress.log(f"{catalogue.name} lists {len(items)} images, {len(ledger.used)} of them are wanted.")
    return ledger


def _extent(document: object) -> str:
    """Return the times and places of a collection in words."""
    try:
        extent = document["extent"]  # type: ignore[index]
        start, end = extent["temporal"]["interval"][0]
        bbox = ", ".join(f"{float(value):.4g}" for value in extent["spatial"]["bbox"][0])
    except (KeyError, IndexError, TypeError, ValueError):
        return "times and places that it does not tell"
    return f"{str(start or '...')[:10]} to {str(end or 'today')[:10]} and the box {bbox}"


def _threads(request: StacRequest) -> int:
    """Return how many files at a time: more than processors, since they wait for the network."""
    by_memory = (request.memory_mb * 1024 * 1024 - _BASE_MEMORY_BYTES) // BYTES_PER_THREAD
    return max(1, min(_MOST_THREADS, max(_LEAST_THREADS, request.threads), by_memory))


class _Work:
    """The files that are used, and the two ways to make a stack of them."""

    def __init__(self, request: StacRequest, target: Path, area: Area, ledger: Ledger, files: RemoteFiles) -> None:
        self._request = request
        self._target = target
        self._area = area
        self._ledger = ledger
        self._files = files
        self.n_bytes = 0

    def open(self, opener: Opener, progress: Progress) -> None:
        """Look at all files and decide bands, values and grid."""
        request = self._request
        wanted = wanted_bands(request.bands, request.mask_band, opener.known, self._ledger.used)
        self._days = plan_days(self._ledger, wanted, request.mosaic_rule, opener, progress)
        self._bands = [(band, band_values(band, self._sources(band))) for band in wanted]
        measured = [band for band in wanted if not band.is_class] or wanted
        headers = [source.header for band in measured for source in self._sources(band)]
        self.grid: StackGrid = plan_grid(self._area, headers, request.crs, request.pixel_size)

    def _sources(self, band: WantedBand) -> list[Source]:
        return [source for day in self._days for source in day.sources[band.name]]

    def refer(self, progress: Progress) -> list[MosaicBand]:
        """Return bands that refer to the server's files."""
        folder = self._target.with_name(self._target.stem + _WARPED_SUFFIX)
        warping = Warping(folder, self._files, self._request.resampling, _threads(self._request))
        return refer_to_days(self._days, self._bands, self.grid, warping, progress)

    def download(self, progress: Progress) -> list[MosaicBand]:
        """Return bands that refer to downloaded tiles beside the stack."""
        folder = self._target.with_name(self._target.stem + IMAGES_SUFFIX)
        polygons = on_grid(self._area, self.grid)
        tiles = tiles_of_area(self.grid, polygons, TILE_PX)
        plan = DownloadPlan(folder, self.grid, tiles, self._bands, self._request.resampling, _threads(self._request))
        self._check_room(estimated_bytes(len(self._days), self._bands, tiles), folder, progress)
        folder.mkdir(exist_ok=True)
        journal = TileJournal(folder, resume=self._request.resume)
        done = download_days(self._days, plan, self._files, journal, StepProgress(progress, 0.2, 0.98))
        journal.write_sorted()
        kept = self._kept(done)
        self.n_bytes = sum(
            (folder / name).stat().st_size for day in kept for names in day.files.values() for name, _ in names
        )
        return [
            tile_band(f"{day.day.date} {band.name}", values, folder, self.grid, day.files[band.name])
            for day in kept
            for band, values in self._bands
            if band.name in day.files
        ]

    def _check_room(self, needed: int, folder: Path, progress: Progress) -> None:
        there = sum(path.stat().st_size for path in folder.iterdir()) if folder.is_dir() else 0
        free = shutil.disk_usage(self._target.parent).free + there
        size = f"{len(self._days)} days of {len(self._bands)} bands with {self.grid.width} x {self.grid.height} pixels"
        progress.log(f"{size}: at most {needed / _GB:.2f} GB on the disk, where {free / _GB:.1f} GB are free.")
        if needed > self._request.largest_gb * _GB:
            raise InputError(
                f"{size} are {needed / _GB:,.3g} GB before compression, more than {self._request.largest_gb:g} GB.",
                "Choose a smaller area, fewer bands or dates, larger pixels, or allow a larger download.",
            )
        if needed > free:
            raise OutputError(
                f"{size} may take {needed / _GB:,.3g} GB, and {free / _GB:,.3g} GB are free in {self._target.parent}.",
                "Free some space, or choose another folder or a smaller area.",
            )

    def _kept(self, done: Sequence[DayTiles]) -> list[DayTiles]:
        """Note what could not be read and which days show nothing of the area; return the others."""
        kept = []
        for tiles in done:
            for scene, fate, details in tiles.dropped:
                self._ledger.drop(scene, fate, details)
            if tiles.n_valid:
                kept.append(tiles)
            for name in _scenes(tiles.day) if not tiles.n_valid else ():
                self._ledger.drop(name, Fate.EMPTY, "no pixel of the day lies in the area")
        if not kept:
            raise InputError(
                f"None of {len(self._ledger.scenes)} images has data in the area: {self._ledger.summary()}.",
                "Choose other dates, another area or another collection.",
            )
        return kept


def _scenes(day: Day) -> set[str]:
    return {source.scene for sources in day.sources.values() for source in sources}
