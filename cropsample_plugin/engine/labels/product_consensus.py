"""Where land-cover products agree on crop or no crop, with pixels whose surroundings agree as well."""

from __future__ import annotations

from collections import deque
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Callable, Iterable, Iterator, TypeVar

import numpy as np
import numpy.typing as npt
import rasterio
from rasterio.windows import Window

from cropsample_plugin.engine.errors import InputError
from cropsample_plugin.engine.labels.product_legends import CROP, NO_DATA, NON_CROP
from cropsample_plugin.engine.labels.product_reader import ProductGrid, ProductReader
from cropsample_plugin.engine.labels.product_votes import (
    Bytes,
    Combinations,
    StripVotes,
    class_counts,
    count_votes,
    pure_rows,
)
from cropsample_plugin.engine.output_files import replaced_when_done
from cropsample_plugin.engine.progress import Progress, raise_if_canceled

CLASS_NAMES = {NON_CROP: "non-crop", CROP: "crop"}
_ROWS = 512
_MAP_COLORS = {NON_CROP: (189, 189, 189, 255), CROP: (77, 146, 33, 255)}


@dataclass(frozen=True)
class ProductSettings:
    """When products agree.

    Attributes:
        min_agreement: products that must say the same; 0 for all of them.
        purity_window_px: side of the square that must agree with its centre; 1 for the pixel alone.
        n_per_class: weak samples to draw of each class; 0 for none.
        seed: seed of the draw.
    """

    min_agreement: int = 0
    purity_window_px: int = 1
    n_per_class: int = 500
    seed: int = 42

    def check(self, n_products: int) -> None:
        """Raise `InputError` when a setting is impossible."""
        if not 0 <= self.min_agreement <= n_products:
            raise InputError(f"{self.min_agreement} of {n_products} products cannot agree.", "Ask for fewer.")
        if self.purity_window_px < 1 or self.purity_window_px % 2 == 0:
            raise InputError("The purity window must be an odd number of pixels.", "Use 1, 3, 5 ...")


@dataclass
class ProductOutcome:
    """What was counted and drawn.

    Attributes:
        tables: ``(n_products, n_products, 2, 2)`` pixels by what either of two products says.
        n_valid: pixels with data in every product.
        counts: pixels of each class in the consensus, after the purity window.
        picked: class to ``(n, 4)`` key, row, column and crop votes of the pixels drawn.
    """

    tables: npt.NDArray[np.float64]
    n_valid: int = 0
    n_agreed: int = 0
    counts: dict[int, int] = field(default_factory=lambda: dict.fromkeys(CLASS_NAMES, 0))
    picked: dict[int, npt.NDArray[np.float64]] = field(
        default_factory=lambda: {code: np.empty((0, 4)) for code in CLASS_NAMES}
    )


def find_consensus(
    reader: ProductReader, settings: ProductSettings, consensus: str, agreement: str, progress: Progress
) -> ProductOutcome:
    """Write the consensus, and the agreement raster when a path is given, strip by strip.

    Args:
        reader: the products.
        settings: when they agree.
        consensus: GeoTIFF: 0 non-crop, 1 crop, 255 no consensus or no data.
        agreement: GeoTIFF with the bands "votes for crop" and "products with data"; "" for none.
        progress: told the share done, asked about cancelling.
    """
    n_products = len(reader.legends)
    settings.check(n_products)
    combinations = Combinations.of(n_products, settings.min_agreement or n_products)
    counter = _Counter(reader, settings, combinations, has_votes=bool(agreement))
    grid, halo = reader.grid, settings.purity_window_px // 2
    strips = [Strip.at(row, grid.height, halo) for row in range(0, grid.height, _ROWS)]
    with ExitStack() as stack:
        writers = [_writer(stack, path, grid, bands) for path, bands in ((consensus, 1), (agreement, 2)) if path]
        reading, counting, writing = (stack.enter_context(ThreadPoolExecutor(1)) for _ in range(3))
        read = _one_ahead(reading, lambda strip: (strip, reader.read(strip.top, strip.n_read)), strips)
        counted = _one_ahead(counting, counter.count, read)
        for strip, bands in _one_ahead(writing, lambda item: _write(writers, *item), map(counter.draw, counted)):
            raise_if_canceled(progress)
            progress.report((strip.row + len(bands[0])) / grid.height)
    reader.note_values(counter.seen)
    return counter.outcome()


@dataclass(frozen=True)
class Strip:
    """Rows of the grid: those that count, and those that are read, with the rows around that the window needs."""

    row: int
    n_rows: int
    top: int
    n_read: int

    @classmethod
    def at(cls, row: int, height: int, halo: int) -> Strip:
        """Return the strip that starts at a row."""
        n_rows = min(_ROWS, height - row)
        top = max(0, row - halo)
        return cls(row, n_rows, top, min(height, row + n_rows + halo) - top)

    @property
    def inner(self) -> slice:
        """The rows that count among those that are read."""
        return slice(self.row - self.top, self.row - self.top + self.n_rows)


@dataclass(frozen=True)
class _Counted:
    """A strip, the raw values of its inner rows, their votes, and the consensus with counts after the purity window."""

    strip: Strip
    raw: Bytes
    votes: StripVotes
    pure: Bytes
    per_row: npt.NDArray[np.int64]


class _Counter:
    """Counts and draws, strip by strip."""

    def __init__(
        self, reader: ProductReader, settings: ProductSettings, combinations: Combinations, *, has_votes: bool
    ) -> None:
        n_products = len(reader.legends)
        self._settings = settings
        self._combinations = combinations
        self._has_votes = has_votes
        self._places = combinations.places(reader.tables)
        self._rng = np.random.default_rng(settings.seed)
        self._counts = np.zeros(len(combinations.decided), dtype=np.int64)
        self._outcome = ProductOutcome(np.zeros((n_products, n_products, 2, 2)))
        self.seen = np.zeros(reader.tables.shape, dtype=np.bool_)

    def count(self, item: tuple[Strip, Bytes]) -> _Counted:
        """Count the votes of a strip of raw values."""
        strip, raw = item
        found = count_votes(raw, self._places, self._combinations, strip.inner, has_votes=self._has_votes)
        pure = pure_rows(found.decided, self._settings.purity_window_px, strip.inner)
        return _Counted(strip, raw[:, strip.inner], found, pure, class_counts(pure))

    def draw(self, counted: _Counted) -> tuple[Strip, list[Bytes]]:
        """Add a strip to the counts and draw from it; return its consensus, votes for crop and products with data."""
        strip, found = counted.strip, counted.votes
        self._counts += found.counts
        self.seen |= found.seen
        self._draw(counted)
        return strip, [counted.pure, found.votes[strip.inner], found.with_data[strip.inner]]

    def _draw(self, counted: _Counted) -> None:
        """Count the pixels of each class, and keep those with the smallest random keys over all strips."""
        wanted, outcome = self._settings.n_per_class, self._outcome
        for code, per_row in zip((NON_CROP, CROP), counted.per_row):
            total = int(per_row.sum())
            outcome.counts[code] += total
            if not wanted or not total:
                continue
            kept = outcome.picked[code]
            keys, places = self._keys(kept, total)
            rows, columns = _located(counted.pure, code, per_row, places)
            numbers = sum(place[values[rows, columns]] for place, values in zip(self._places, counted.raw))
            found = np.stack([keys, rows + counted.strip.row, columns, self._combinations.votes[numbers]], axis=1)
            both = np.concatenate([kept, found])
            outcome.picked[code] = both[np.argsort(both[:, 0], kind="stable")[:wanted]]

    def _keys(self, kept: npt.NDArray[np.float64], total: int) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.int64]]:
        """Return random keys that may be among the smallest of all, and which of the pixels have them."""
        wanted = self._settings.n_per_class
        if len(kept) >= wanted:
            # Of uniform keys, as many lie below the largest one kept as a binomial says; the others never count.
            largest = float(kept[:, 0].max())
            places = self._rng.choice(total, self._rng.binomial(total, largest), replace=False)
            return self._rng.random(len(places)) * largest, places
        keys = self._rng.random(total)
        places = np.argpartition(keys, wanted - 1)[:wanted] if wanted < total else np.arange(total)
        return keys[places], places

    def outcome(self) -> ProductOutcome:
        """Return what was counted, with the agreement of every two products."""
        says, outcome = self._combinations.says, self._outcome
        outcome.n_valid = int(self._counts[(says != NO_DATA).all(axis=1)].sum())
        outcome.n_agreed = int(self._counts[self._combinations.decided != NO_DATA].sum())
        for first in range(says.shape[1]):
            for second in range(first + 1, says.shape[1]):
                for one in (NON_CROP, CROP):
                    for other in (NON_CROP, CROP):
                        is_both = (says[:, first] == one) & (says[:, second] == other)
                        outcome.tables[first, second, one, other] = self._counts[is_both].sum()
        return outcome


Item = TypeVar("Item")
Made = TypeVar("Made")


def _one_ahead(executor: Executor, function: Callable[[Item], Made], items: Iterable[Item]) -> Iterator[Made]:
    """Yield what a function makes of each item, in order; the next one is made meanwhile."""
    pending: deque[Future[Made]] = deque()
    for item in items:
        pending.append(executor.submit(function, item))
        if len(pending) > 1:
            yield pending.popleft().result()
    while pending:
        yield pending.popleft().result()


def _write(writers: list[Any], strip: Strip, bands: list[Bytes]) -> tuple[Strip, list[Bytes]]:
    window = Window(0, strip.row, bands[0].shape[1], len(bands[0]))
    writers[0].write(bands[0], 1, window=window)
    if len(writers) > 1:
        writers[1].write(bands[1], 1, window=window)
        writers[1].write(bands[2], 2, window=window)
    return strip, bands


def _writer(stack: ExitStack, path: str, grid: ProductGrid, n_bands: int) -> Any:  # noqa: ANN401 - rasterio is untyped
    partial = stack.enter_context(replaced_when_done(Path(path)))
    writer = stack.enter_context(
        rasterio.open(
            partial,
            "w",
            driver="GTiff",
            dtype="uint8",
            count=n_bands,
            width=grid.width,
            height=grid.height,
            crs=grid.crs,
            transform=grid.transform,
            nodata=NO_DATA,
            compress="deflate",
            zlevel=1,
            tiled=True,
            blockxsize=512,
            blockysize=512,
            bigtiff="if_safer",
            interleave="band",
        )
    )
    if n_bands == 1:
        writer.set_band_description(1, "consensus")
        writer.write_colormap(1, _MAP_COLORS)
    else:
        writer.set_band_description(1, "votes for crop")
        writer.set_band_description(2, "products with data")
    return writer


def _located(
    classes: Bytes, code: int, per_row: npt.NDArray[np.int64], places: npt.NDArray[np.int64]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return row and column of the pixels that stand at some places among all of their class."""
    ends = np.cumsum(per_row)
    rows = np.searchsorted(ends, places, side="right")
    columns = np.empty(len(places), dtype=np.int64)
    for row in np.unique(rows):
        here = rows == row
        columns[here] = np.flatnonzero(classes[row] == code)[places[here] - (ends[row] - per_row[row])]
    return rows, columns
