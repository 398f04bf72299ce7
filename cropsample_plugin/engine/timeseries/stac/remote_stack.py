"""A dated stack that refers to files on a server: nothing is copied, every reading goes over the network."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Sequence

from cropsample_plugin.engine.progress import Progress
from cropsample_plugin.engine.timeseries.mosaic_vrt import MosaicBand, MosaicSource, placed
from cropsample_plugin.engine.timeseries.stac.band_assets import WantedBand
from cropsample_plugin.engine.timeseries.stac.day_plan import BandValues, Day, Source
from cropsample_plugin.engine.timeseries.stac.remote_files import RemoteFiles, in_threads
from cropsample_plugin.engine.timeseries.stack_grid import StackGrid
from cropsample_plugin.engine.timeseries.warped_sources import warped_header


class Warping:
    """How files in other reference systems are brought to the grid.

    Attributes:
        folder: where their VRTs go; made when the first is written.
        resampling: of measured bands.
        threads: how many at a time.
    """

    def __init__(self, folder: Path, files: RemoteFiles, resampling: str, threads: int) -> None:
        self.folder = folder
        self.files = files
        self.resampling = resampling
        self.threads = threads

    def warped(self, source: Source, name: str, grid: StackGrid, resampling: str, nodata: float) -> Source:
        """Write the VRT of a file and return the file as it lies on the grid."""
        self.folder.mkdir(exist_ok=True)
        target = self.folder / f"{name}.vrt"
        missing = nodata if source.encoding.nodata is None else source.encoding.nodata
        header = self.files.read(
            source.address, lambda _: warped_header(source.header, grid, target, resampling, missing)
        )
        return replace(source, header=header, encoding=replace(source.encoding, nodata=missing))


def refer_to_days(
    days: Sequence[Day],
    bands: Sequence[tuple[WantedBand, BandValues]],
    grid: StackGrid,
    warping: Warping,
    progress: Progress,
) -> list[MosaicBand]:
    """Return the bands of a stack that refers to the files of all days.

    Files in the grid's reference system are referred to directly, others through small warped VRTs.
    """
    tasks = [(day, band, values) for day in days for band, values in bands if day.sources.get(band.name)]

    def place(task: tuple[Day, WantedBand, BandValues]) -> MosaicBand:
        return _mosaic_band(*task, grid, warping)

    found: dict[str, MosaicBand] = {}
    for _, band in in_threads(place, tasks, warping.threads, progress):
        found[band.description] = band
        progress.report(len(found) / len(tasks), f"Band {len(found)} of {len(tasks)}")
    return [found[f"{day.date} {band.name}"] for day, band, _ in tasks]


def _mosaic_band(day: Day, band: WantedBand, values: BandValues, grid: StackGrid, warping: Warping) -> MosaicBand:
    resampling = "nearest" if band.is_class else warping.resampling
    sources = []
    for number, original in enumerate(day.sources[band.name]):
        source = original
        if source.header.crs != grid.crs:
            name = "".join(c if c.isalnum() or c in "-_" else "-" for c in f"{day.date}_{band.name}_{number}")
            source = warping.warped(source, name, grid, resampling, values.nodata)
        boxes = placed(source.header, grid)
        if boxes is None:
            continue
        ratio, shift = values.change(source.encoding)
        sources.append(
            MosaicSource(source.header, source.number, *boxes, source.encoding.nodata, ratio, shift, resampling)
        )
    description = f"{day.date} {band.name}"
    return MosaicBand(description, values.dtype, values.scale, values.offset, values.nodata, tuple(sources))
