"""What is known of every file before pixels are read: its header, its day, its values, and the stack's values."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from typing import Sequence

import numpy as np
from rasterio.transform import Affine

from cropsample_plugin.engine.errors import InputError
from cropsample_plugin.engine.progress import Progress
from cropsample_plugin.engine.timeseries.raster_header import RasterHeader, header_of
from cropsample_plugin.engine.timeseries.stac.asset_access import AssetAccess
from cropsample_plugin.engine.timeseries.stac.band_assets import Encoding, WantedBand, asset_address, stored_encoding
from cropsample_plugin.engine.timeseries.stac.catalogue_list import KnownCollection
from cropsample_plugin.engine.timeseries.stac.ledger import Fate, Ledger
from cropsample_plugin.engine.timeseries.stac.remote_files import (
    DamagedFileError,
    MissingFileError,
    RemoteFiles,
    in_threads,
)
from cropsample_plugin.engine.timeseries.stac.scene_choice import in_mosaic_order
from cropsample_plugin.engine.timeseries.stac.scenes import Scene
from cropsample_plugin.engine.timeseries.stack_vrt import GDAL_TYPES

_WHOLE_STEPS = 1e-6
# A block is unpacked whole: a small file may claim one that fills the memory.
_LARGEST_BLOCK_PX = 2**26


@dataclass(frozen=True)
class Source:
    """A band of a scene: its file, and what the stored values mean.

    Attributes:
        address: without token or key.
        header: its paths are such that open addresses can be referred to.
    """

    scene: str
    address: str
    header: RasterHeader
    number: int
    encoding: Encoding


@dataclass(frozen=True)
class BandValues:
    """How a band of the stack is stored."""

    dtype: str
    scale: float
    offset: float
    nodata: float

    def change(self, encoding: Encoding) -> tuple[float, float]:
        """Return ratio and shift that turn stored values of a file into those of the stack."""
        if self.dtype == "float32" and (self.scale, self.offset) != (encoding.scale, encoding.offset):
            return encoding.scale / self.scale, (encoding.offset - self.offset) / self.scale
        return 1.0, float(round((encoding.offset - self.offset) / self.scale))


@dataclass(frozen=True)
class Day:
    """All files of a day, by band; those on top first."""

    date: date
    sources: dict[str, tuple[Source, ...]]

    def without(self, scene: str) -> Day:
        """Return the day without a scene."""
        return replace(
            self,
            sources={
                name: kept
                for name, sources in self.sources.items()
                if (kept := tuple(source for source in sources if source.scene != scene))
            },
        )


@dataclass(frozen=True)
class Opener:
    """What it takes to open the files of a collection."""

    files: RemoteFiles
    access: AssetAccess
    known: KnownCollection
    threads: int


def plan_days(
    ledger: Ledger, bands: Sequence[WantedBand], mosaic_rule: str, opener: Opener, progress: Progress
) -> list[Day]:
    """Open every file that is needed and return the days; scenes with a missing file go to the ledger.

    Raises:
        InputError: no scene is left.
        WebError: a server does not answer in spite of all patience.
    """
    scenes = ledger.used
    tasks = [(scene, band) for scene in scenes for band in bands]

    def look(task: tuple[Scene, WantedBand]) -> Source | tuple[Fate, str]:
        return _look(*task, opener)

    found: dict[tuple[str, str], Source] = {}
    for number, ((scene, band), result) in enumerate(in_threads(look, tasks, opener.threads, progress), start=1):
        if isinstance(result, Source):
            found[scene.id, band.name] = result
        else:
            ledger.drop(scene.id, result[0], f"{band.name}: {result[1]}")
        progress.report(number / len(tasks), f"File {number} of {len(tasks)}")
    if not ledger.used:
        raise InputError(
            f"None of {len(ledger.scenes)} images can be used: {ledger.summary()} ({ledger.first_reason()}).",
            "Choose other dates, more clouds or another area or collection.",
        )
    by_day: dict[date, list[Scene]] = {}
    for scene in ledger.used:
        by_day.setdefault(ledger.days[scene.id], []).append(scene)
    return [
        Day(
            day,
            {
                band.name: tuple(found[scene.id, band.name] for scene in in_mosaic_order(by_day[day], mosaic_rule))
                for band in bands
            },
        )
        for day in sorted(by_day)
    ]


def band_values(band: WantedBand, sources: Sequence[Source]) -> BandValues:
    """Return how a band is stored so that all its files fit without loss.

    Offsets that differ by whole steps become the lowest of them, and the values move by these steps; anything else
    is stored as physical values.
    """
    dtype = str(np.result_type(*{np.dtype(source.header.dtypes[source.number - 1]) for source in sources}))
    encodings = [source.encoding for source in sources]
    scales = {encoding.scale for encoding in encodings}
    scale, offset = encodings[0].scale, min(encoding.offset for encoding in encodings)
    steps = [(encoding.offset - offset) / scale for encoding in encodings]
    is_whole = len(scales) == 1 and all(abs(step - round(step)) < _WHOLE_STEPS for step in steps)
    is_float = np.dtype(dtype).kind == "f"
    if not band.is_class and (not is_whole or (is_float and any(steps))):
        return BandValues("float32", 1.0, 0.0, float("nan"))
    said = Counter(encoding.nodata for encoding in encodings if encoding.nodata is not None)
    return BandValues(dtype, scale, offset, said.most_common(1)[0][0] if said else _unused(dtype))


def _look(scene: Scene, band: WantedBand, opener: Opener) -> Source | tuple[Fate, str]:
    href = asset_address(scene, band)
    if not href:
        return Fate.MISSING, f"the item has no asset '{band.asset}'"
    try:
        address = opener.access.plain(href, scene.address)
    except InputError as error:
        return Fate.METADATA, error.message
    try:
        path = opener.access.lasting_path(address)
        header = opener.files.read(address, lambda dataset: header_of(dataset, path, path))
    except MissingFileError as error:
        return Fate.MISSING, str(error)
    except DamagedFileError as error:
        return Fate.DAMAGED, str(error)
    problem = _header_problem(header, band)
    if problem:
        return Fate.DAMAGED, problem
    encoding = stored_encoding(scene, band, header, opener.known)
    return Source(scene.id, address, header, band.number, _storable(encoding, header.dtypes[band.number - 1]))


def _header_problem(header: RasterHeader, band: WantedBand) -> str:
    if header.crs is None or header.transform == Affine.identity():
        return "it has no georeference"
    if header.transform.b or header.transform.d:
        return "its rows are not parallel to its reference system"
    if band.number > header.count or header.dtypes[band.number - 1] not in GDAL_TYPES:
        return f"it has no usable band {band.number}"
    height, width = header.block_shape
    if height * width > _LARGEST_BLOCK_PX:
        return f"its blocks of {height} x {width} pixels are too large to be read from afar"
    return ""


def _storable(encoding: Encoding, dtype: str) -> Encoding:
    """Leave out a nodata value that the file's type cannot hold."""
    if encoding.nodata is None or np.dtype(dtype).kind == "f":
        return encoding
    limits = np.iinfo(dtype)
    fits = np.isfinite(encoding.nodata) and limits.min <= encoding.nodata <= limits.max
    return encoding if fits and float(encoding.nodata).is_integer() else replace(encoding, nodata=None)


def _unused(dtype: str) -> float:
    kind = np.dtype(dtype)
    if kind.kind == "f":
        return float("nan")
    limits = np.iinfo(kind)
    return float(limits.min if kind.kind == "i" else limits.max)
