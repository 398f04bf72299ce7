"""Seasons of a whole stack: parameters of each pixel's seasons as rasters, and the table of seasons found."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Sequence

import numpy as np

from cropsample_plugin.engine.progress import Progress, StepProgress
from cropsample_plugin.engine.timeseries.dated_stack import DatedStack
from cropsample_plugin.engine.timeseries.index_stack import sample_values
from cropsample_plugin.engine.timeseries.processing_history import history_of
from cropsample_plugin.engine.timeseries.seasons.detection import detect_seasons
from cropsample_plugin.engine.timeseries.seasons.season_curves import (
    CurveSettings,
    is_smoothed,
    plan_curve,
    season_curve,
    unscaled_warning,
)
from cropsample_plugin.engine.timeseries.seasons.season_data import REASON_TEXTS, Reason, Seasons, SeasonSettings
from cropsample_plugin.engine.timeseries.seasons.season_table import SeasonTable, SeasonTally, make_season_table
from cropsample_plugin.engine.timeseries.stacks.block_run import RunOptions, check_raster_outputs, run_blocks
from cropsample_plugin.engine.timeseries.stacks.stack_bands import StackBands, StoredArray
from cropsample_plugin.engine.timeseries.stacks.tile_store import Layers, RasterOutput

PARTS = ("start", "peak", "end", "length", "amplitude")
_PER_SEASON = len(PARTS)
_WORKING_PER_STEP = 6
_DAYS_UNIT = "days since 1970-01-01"


@dataclass(frozen=True)
class SeasonRequest:
    """What is asked for: stack, raster of seasons, raster of season ids ("" for none), curve and settings."""

    stack: str
    output: str
    season_ids: str
    curve: CurveSettings
    settings: SeasonSettings


@dataclass(frozen=True)
class SeasonSummary:
    """What came out.

    Attributes:
        table: the seasons found.
        n_with_season: pixels or rows with a season.
        reasons: text of each reason to number of pixels or rows.
        season_counts: number of seasons to number of pixels or rows.
    """

    table: SeasonTable
    n_with_season: int
    reasons: dict[str, int]
    season_counts: dict[int, int]


class SeasonOperation:
    """The blocks of a detection of seasons."""

    def __init__(self, stack: DatedStack, request: SeasonRequest) -> None:
        request.settings.check()
        sample = sample_values(stack)
        self._plan = plan_curve(stack.bands, request.curve, stack.tags, sample)
        self.warning = unscaled_warning(self._plan, sample)
        self._bands = StackBands.of(stack, self._plan.read)
        self._request = request
        self._smooth = is_smoothed(request.curve, history_of(stack.tags))
        # Fails here, not in a thread, where the step does not go with the dates.
        season_curve(np.zeros((stack.n_timesteps, 1), np.float32), self._bands.positions_days, request.curve,
                     smooth=self._smooth)  # fmt: skip
        self.sources = (self._bands,)
        self.n_kept = request.settings.n_kept(self._bands.positions_days)
        names = season_band_names(self.n_kept)
        tags = {
            "CROPSAMPLE_SEASON_INDEX": self._plan.indices[0].name,
            "CROPSAMPLE_DATES": _DAYS_UNIT,
            "CROPSAMPLE_REASONS": "; ".join(f"{int(reason)} = {text}" for reason, text in REASON_TEXTS.items()),
        }
        ones, zeros = (1.0,) * len(names), (0.0,) * len(names)
        self.outputs = (RasterOutput(Path(request.output), names, "float32", float("nan"), ones, zeros, tags),)
        self.working_values = _WORKING_PER_STEP * self._bands.n_rows + 4 * len(names)
        self.parameters: dict[str, Any] = {
            "curve": asdict(request.curve),
            "settings": asdict(request.settings),
            "formula": self._plan.indices[0].formula.text,
        }

    def compute(self, stored: Sequence[StoredArray]) -> tuple[list[Layers], dict[str, Any]]:
        """Return the layers of a block, and its seasons counted."""
        index = self._plan.compute(self._bands.to_cube(stored[0]))[:, 0]
        curve, days = season_curve(index, self._bands.positions_days, self._request.curve, smooth=self._smooth)
        seasons = detect_seasons(curve, days, self._request.settings)
        layers = season_layers(seasons).reshape(-1, *stored[0].shape[1:])
        return [layers], count_seasons(seasons)


class SeasonIdOperation:
    """The blocks of the raster of season ids, made from the raster of seasons."""

    def __init__(self, seasons: DatedStack, output: str, table: SeasonTable, n_kept: int) -> None:
        numbers = [[1 + _PER_SEASON * k, 3 + _PER_SEASON * k] for k in range(n_kept)]
        n_rows = 2 * n_kept
        self._table = table
        self.sources = (
            StackBands(
                seasons.path, np.arange(n_kept).astype("datetime64[D]"), ("start", "end"), np.array(numbers),
                np.ones(n_rows), np.zeros(n_rows), np.full(n_rows, np.nan), "float32",
            ),
        )  # fmt: skip
        names = tuple(f"season {k + 1} id" for k in range(n_kept))
        ones, zeros = (1.0,) * n_kept, (0.0,) * n_kept
        self.outputs = (RasterOutput(Path(output), names, "uint16", 0, ones, zeros),)
        self.working_values = 8 * n_rows
        self.parameters: dict[str, Any] = {"rows": table.rows}

    def compute(self, stored: Sequence[StoredArray]) -> tuple[list[Layers], dict[str, Any]]:
        """Return the ids of a block."""
        days = stored[0].astype(np.float64)
        return [self._table.ids(days[0::2], days[1::2])], {}


def detect_in_stack(request: SeasonRequest, options: RunOptions, progress: Progress) -> SeasonSummary:
    """Find the seasons of every pixel of a stack.

    Raises:
        CropSampleError: what is wrong with stack, index, settings or outputs; finished blocks are kept.
        CanceledError: the user cancelled; likewise.
    """
    outputs = [request.output, *([request.season_ids] if request.season_ids else [])]
    check_raster_outputs(outputs, [request.stack])
    stack = DatedStack.open(request.stack)
    operation = SeasonOperation(stack, request)
    if operation.warning:
        progress.log(operation.warning, "warning")
    share = 0.9 if request.season_ids else 1.0
    counts = run_blocks(operation, stack, options, StepProgress(progress, 0.0, share))
    tally = SeasonTally.from_rows([row for count in counts for row in count["seasons"]])
    table = make_season_table(tally)
    if request.season_ids:
        numbering = SeasonIdOperation(
            DatedStack(**{**vars(stack), "path": request.output}), request.season_ids, table, operation.n_kept
        )
        run_blocks(numbering, stack, options, StepProgress(progress, share, 1.0))
    return summarise(table, counts, operation.n_kept, progress)


def summarise(table: SeasonTable, counts: Sequence[dict[str, Any]], n_kept: int, progress: Progress) -> SeasonSummary:
    """Add up what blocks counted, and tell the user when there is no season at all, or more than are kept."""
    reasons = {
        text: total
        for reason, text in REASON_TEXTS.items()
        if (total := sum(count["reasons"].get(str(int(reason)), 0) for count in counts))
    }
    numbers: dict[int, int] = {}
    for count in counts:
        for number, total in count["numbers"].items():
            numbers[int(number)] = numbers.get(int(number), 0) + total
    n_with = reasons.get(REASON_TEXTS[Reason.FOUND], 0)
    if not n_with:
        progress.log(f"No season was found: {', '.join(f'{text}: {n}' for text, n in reasons.items())}.", "warning")
    n_cut = sum(total for number, total in numbers.items() if number > n_kept)
    if n_cut:
        progress.log(
            f"{n_cut:,} of {sum(numbers.values()):,} series have more than {n_kept} seasons: their most prominent ones "
            "are kept.",
            "warning",
        )
    return SeasonSummary(table, n_with, reasons, dict(sorted(numbers.items())))


def season_band_names(n_kept: int) -> tuple[str, ...]:
    """Return the names of the layers of `season_layers`."""
    names = [f"season {number} {part}" for number in range(1, n_kept + 1) for part in PARTS]
    return (*names, "seasons", "reason")


def season_layers(seasons: Seasons) -> Layers:
    """Return ``(n_kept * 5 + 2, n_series)``: parts of each season, number of seasons, reason."""
    parts = np.stack([seasons.starts, seasons.peaks, seasons.ends, seasons.lengths, seasons.amplitudes], axis=1)
    layers = parts.reshape(-1, parts.shape[2])
    layers = np.concatenate([layers, seasons.counts[None], seasons.reasons[None]]).astype(np.float32)
    no_data = seasons.reasons == Reason.NO_DATA
    layers[:-1, no_data] = np.nan
    return layers


def count_seasons(seasons: Seasons) -> dict[str, Any]:
    """Return plain JSON values: seasons in bins of start and end, reasons, numbers of seasons."""
    tally = SeasonTally.of(seasons.starts, seasons.peaks, seasons.ends, seasons.amplitudes)
    reasons, reason_counts = np.unique(seasons.reasons, return_counts=True)
    numbers, number_counts = np.unique(seasons.counts, return_counts=True)
    return {
        "seasons": tally.rows(),
        "reasons": {str(int(reason)): int(total) for reason, total in zip(reasons, reason_counts)},
        "numbers": {str(int(number)): int(total) for number, total in zip(numbers, number_counts)},
    }
