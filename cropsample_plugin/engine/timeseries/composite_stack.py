"""Composite a whole stack: one clear observation per pixel and period, block by block."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Sequence

import numpy as np
import numpy.typing as npt

from cropsample_plugin.engine.errors import InputError
from cropsample_plugin.engine.progress import Progress
from cropsample_plugin.engine.timeseries.compositing.composites import LEAST_CLOUDY, MAX_NDVI, METHODS, composite
from cropsample_plugin.engine.timeseries.compositing.mask_source import NO_MASK, MaskRequest, StackMask, open_mask
from cropsample_plugin.engine.timeseries.compositing.periods import Periods, make_periods
from cropsample_plugin.engine.timeseries.date_texts import date_from_text
from cropsample_plugin.engine.timeseries.dated_stack import DatedStack
from cropsample_plugin.engine.timeseries.processing_history import stack_tags
from cropsample_plugin.engine.timeseries.spectral.band_roles import AUTO, band_roles, require_roles
from cropsample_plugin.engine.timeseries.stacks.block_run import RunOptions, check_raster_outputs, run_blocks
from cropsample_plugin.engine.timeseries.stacks.stack_bands import StackBands, StoredArray
from cropsample_plugin.engine.timeseries.stacks.static_bands import has_room_for_static, with_static_bands
from cropsample_plugin.engine.timeseries.stacks.tile_store import Layers, RasterOutput

FloatArray = npt.NDArray[np.float32]
NO_MASK_WARNING = "No cloud mask is given: every observation counts as clear."
_COUNT_NODATA = 65535
_UNUSED = {"uint8": 255, "uint16": 65535, "int16": -32768, "int32": -2147483648, "uint32": 4294967295}


@dataclass(frozen=True)
class CompositeSettings:
    """Method and periods.

    Attributes:
        method: one of `METHODS`.
        start_date: ISO date on which the first period starts; "" for the first date.
        period_days: length of a period.
        n_periods: number of periods; 0 for as many as the series has.
        sensor, roles: which bands are red and near infrared, for ``max_ndvi``; see `band_roles`.
    """

    method: str = LEAST_CLOUDY
    start_date: str = ""
    period_days: int = 30
    n_periods: int = 12
    sensor: str = AUTO
    roles: str = ""

    @property
    def signature(self) -> str:
        """Method and settings that change values, for the metadata."""
        return f"composite_{self.method}(period_days={self.period_days})"


@dataclass(frozen=True)
class CompositeRequest:
    """What is asked for: input stack, composite, layer of observations and gaps ("" for none), mask, settings."""

    stack: str
    output: str
    observations: str = ""
    settings: CompositeSettings = CompositeSettings()
    mask: MaskRequest = NO_MASK


@dataclass(frozen=True)
class CompositeSummary:
    """What came out.

    Attributes:
        dates: first day of each period.
        bands: of the composite.
        gap_shares: of each period, share of pixels without a clear observation.
        mean_observations: of each period, clear observations per pixel.
        history: what was done, as it stands in the metadata.
    """

    dates: tuple[str, ...]
    bands: tuple[str, ...]
    gap_shares: tuple[float, ...]
    mean_observations: tuple[float, ...]
    history: str


class CompositeOperation:
    """The blocks of a composite."""

    def __init__(
        self, stack: DatedStack, request: CompositeRequest, mask: StackMask | None, progress: Progress
    ) -> None:
        settings = request.settings
        names = [band for band in stack.bands if mask is None or request.mask.path or band != mask.bands.bands[0]]
        if not names:
            raise InputError(f"{stack.path} has no band beside the mask.", "Give a stack with bands to composite.")
        self._bands = StackBands.of(stack, names)
        self._mask = mask
        self._method = settings.method
        if settings.method not in METHODS:
            raise InputError(f"Unknown compositing method '{settings.method}'.", f"Use one of: {', '.join(METHODS)}.")
        self._greenness = greenness_rows(self._bands.bands, settings) if settings.method == MAX_NDVI else None
        self._periods: Periods = make_periods(
            self._bands.positions_days, first_day(settings), settings.period_days, settings.n_periods, progress
        )
        self._stays_stored = _is_alike(self._bands) and has_room_for_static(stack, self._bands.dtype)
        self.sources = (self._bands,) if mask is None else (self._bands, mask.bands)
        self.outputs = self._outputs(stack, request)
        self.working_values = (0 if self._stays_stored else 2 * self._bands.n_rows) + 6 * self._periods.n_periods
        self.parameters: dict[str, Any] = {
            "settings": asdict(settings),
            "mask": None if mask is None else asdict(mask.rule),
            "observations": bool(request.observations),
        }

    @property
    def bands(self) -> tuple[str, ...]:
        """Names of the bands of the composite."""
        return self._bands.bands

    @property
    def dates(self) -> tuple[str, ...]:
        """First day of each period."""
        days = self._periods.starts_days.astype(np.int64).astype("datetime64[D]")
        return tuple(str(day) for day in days)

    def compute(self, stored: Sequence[StoredArray]) -> tuple[list[Layers], dict[str, Any]]:
        """Return the composite of a block, its numbers of observations, and their sums."""
        height, width = stored[0].shape[1:]
        flat = stored[0].reshape(self._bands.n_rows, -1)
        usable, scores = self._usable(flat, stored)
        values = flat if self._stays_stored else self._bands.to_cube(stored[0])
        cube = values.reshape(len(self._bands.dates), len(self._bands.bands), -1)
        if self._greenness is not None:
            scores = self._minus_ndvi(flat)
        nodata = self.outputs[0].nodata
        result, counts = composite(cube, usable, self._periods, self._method, scores, nodata)
        summary = {
            "n_pixels": height * width,
            "gaps": np.count_nonzero(counts == 0, axis=1).tolist(),
            "observations": counts.sum(axis=1, dtype=np.int64).tolist(),
        }
        layers: list[Layers] = [result.reshape(-1, height, width)]
        if len(self.outputs) > 1:
            numbers = np.stack([counts, self._periods.gaps(counts)], axis=1)
            layers.append(numbers.reshape(-1, height, width))
        return layers, summary

    def _usable(
        self, flat: StoredArray, stored: Sequence[StoredArray]
    ) -> tuple[npt.NDArray[np.bool_], FloatArray | None]:
        """Return which observations are clear and complete, and how cloudy they are where the mask says."""
        n_bands = len(self._bands.bands)
        usable = np.ones((len(self._bands.dates), flat.shape[1]), dtype=bool)
        scores = None
        if self._mask is not None:
            usable, cloudiness = self._mask.read(stored[1])
            scores = cloudiness if self._method == LEAST_CLOUDY else None
        for row in range(self._bands.n_rows):
            missing = self._bands.missing(flat[row], row)
            if missing is not None:
                usable[row // n_bands] &= ~missing
        return usable, scores

    def _minus_ndvi(self, flat: StoredArray) -> FloatArray:
        """Return ``(n_timesteps, n_pixels)`` of -NDVI, infinite where it is not defined."""
        near_infrared, red = self._greenness or (0, 0)
        n_bands = len(self._bands.bands)
        pair = []
        for band in (near_infrared, red):
            rows = flat[band::n_bands].astype(np.float32)
            rows *= self._bands.scales[band::n_bands, None].astype(np.float32)
            rows += self._bands.offsets[band::n_bands, None].astype(np.float32)
            pair.append(rows)
        with np.errstate(all="ignore"):
            scores = (pair[1] - pair[0]) / (pair[0] + pair[1])
        scores[~np.isfinite(scores)] = np.inf
        found: FloatArray = scores
        return found

    def _outputs(self, stack: DatedStack, request: CompositeRequest) -> tuple[RasterOutput, ...]:
        bands, n_bands = self._bands, len(self._bands.bands)
        tags = stack_tags(stack.tags, request.settings.signature)
        n_periods = self._periods.n_periods
        names = tuple(f"{date} {band}" for date in self.dates for band in bands.bands)
        dtype, nodata, scales, offsets = "float32", float("nan"), (1.0,) * len(names), (0.0,) * len(names)
        if self._stays_stored:
            found = bands.nodata[0]
            dtype, nodata = bands.dtype, float(_UNUSED[bands.dtype] if np.isnan(found) else found)
            scales = tuple(bands.scales[:n_bands].tolist()) * n_periods
            offsets = tuple(bands.offsets[:n_bands].tolist()) * n_periods
        main = RasterOutput(Path(request.output), names, dtype, nodata, scales, offsets, tags)
        if not request.observations:
            return (main,)
        counted = tuple(f"{date} {name}" for date in self.dates for name in ("observations", "gaps"))
        ones, zeros = (1.0,) * len(counted), (0.0,) * len(counted)
        counts = RasterOutput(Path(request.observations), counted, "uint16", _COUNT_NODATA, ones, zeros)
        return main, counts


def composite_stack(request: CompositeRequest, options: RunOptions, progress: Progress) -> CompositeSummary:
    """Composite a stack into a new one.

    Raises:
        CropSampleError: what is wrong with stack, mask, settings or output; finished blocks are kept.
        CanceledError: the user cancelled; likewise.
    """
    outputs = [request.output, *([request.observations] if request.observations else [])]
    check_raster_outputs(outputs, [request.stack, *([request.mask.path] if request.mask.path else [])])
    stack = DatedStack.open(request.stack)
    mask = open_mask(stack, request.mask)
    if mask is None and request.settings.method == LEAST_CLOUDY:
        progress.log(NO_MASK_WARNING, "warning")
    operation = CompositeOperation(stack, request, mask, progress)
    counts = run_blocks(with_static_bands(operation, stack, progress), stack, options, progress)
    n_pixels = sum(count["n_pixels"] for count in counts)
    gaps = np.sum([count["gaps"] for count in counts], axis=0)
    observations = np.sum([count["observations"] for count in counts], axis=0)
    if np.all(gaps == n_pixels):
        progress.log("No pixel has a single clear observation: the composite is empty.", "warning")
    return CompositeSummary(
        dates=operation.dates,
        bands=operation.bands,
        gap_shares=tuple((gaps / n_pixels).tolist()),
        mean_observations=tuple((observations / n_pixels).tolist()),
        history=operation.outputs[0].tags["CROPSAMPLE_PREPROCESSING"],
    )


def first_day(settings: CompositeSettings) -> float | None:
    """Return the first day of the first period in days since 1970-01-01, None for the first date."""
    if not settings.start_date:
        return None
    return float(np.datetime64(date_from_text(settings.start_date, "start date"), "D").astype(np.int64))


def greenness_rows(bands: Sequence[str], settings: CompositeSettings) -> tuple[int, int]:
    """Return the rows of near infrared and red among bands; `InputError` when they are not known."""
    roles = band_roles(bands, settings.sensor, settings.roles)
    require_roles(roles, ("N", "R"), bands, "The composite of maximum NDVI")
    return bands.index(roles["N"]), bands.index(roles["R"])


def _is_alike(bands: StackBands) -> bool:
    """Return whether stored values can be moved from any date to any period as they are."""
    if np.dtype(bands.dtype).kind not in "iu" or bands.dtype not in _UNUSED or np.any(bands.numbers == 0):
        return False
    n_bands = len(bands.bands)
    per_band = [values.reshape(-1, n_bands) for values in (bands.scales, bands.offsets)]
    nodata = np.nan_to_num(bands.nodata, nan=_UNUSED[bands.dtype])
    return all(bool(np.all(values == values[0])) for values in per_band) and len(np.unique(nodata)) == 1
