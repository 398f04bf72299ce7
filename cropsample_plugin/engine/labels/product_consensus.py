"""Where land-cover products agree on crop or no crop, with pixels whose surroundings agree as well."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import rasterio
from rasterio.windows import Window

from cropsample_plugin.engine.errors import InputError
from cropsample_plugin.engine.labels.product_legends import CROP, NO_DATA, NON_CROP
from cropsample_plugin.engine.labels.product_reader import ProductGrid, ProductReader
from cropsample_plugin.engine.output_files import replaced_when_done
from cropsample_plugin.engine.progress import Progress, raise_if_canceled

CLASS_NAMES = {NON_CROP: "non-crop", CROP: "crop"}
_ROWS = 512
_MAP_COLORS = {NON_CROP: (189, 189, 189, 255), CROP: (77, 146, 33, 255)}
Bytes = npt.NDArray[np.uint8]


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
    outcome = ProductOutcome(np.zeros((n_products, n_products, 2, 2)))
    halo = settings.purity_window_px // 2
    grid = reader.grid
    rng = np.random.default_rng(settings.seed)
    with ExitStack() as stack:
        writers = [_writer(stack, path, grid, bands) for path, bands in ((consensus, 1), (agreement, 2)) if path]
        for row in range(0, grid.height, _ROWS):
            raise_if_canceled(progress)
            n_rows = min(_ROWS, grid.height - row)
            top, bottom = max(0, row - halo), min(grid.height, row + n_rows + halo)
            layers = reader.read(top, bottom - top)
            inner = slice(row - top, row - top + n_rows)
            votes = np.add.reduce(layers == CROP, axis=0, dtype=np.uint8)
            with_data = np.add.reduce(layers != NO_DATA, axis=0, dtype=np.uint8)
            decided = decide_pixels(votes, with_data, settings.min_agreement or n_products)
            pure = keep_pure(decided, settings.purity_window_px)[inner]
            window = Window(0, row, grid.width, n_rows)
            writers[0].write(pure, 1, window=window)
            if agreement:
                writers[1].write(votes[inner], 1, window=window)
                writers[1].write(with_data[inner], 2, window=window)
            _count(layers[:, inner], decided[inner], pure, outcome)
            _draw(pure, votes[inner], row, settings.n_per_class, outcome, rng)
            progress.report((row + n_rows) / grid.height)
    return outcome


def decide_pixels(votes: Bytes, with_data: Bytes, least: int) -> Bytes:
    """Return the class that at least so many products give and more products than the other; else `NO_DATA`."""
    against = with_data - votes
    is_crop = (votes >= least) & (votes > against)
    is_other = (against >= least) & (against > votes)
    return np.where(is_crop, np.uint8(CROP), np.where(is_other, np.uint8(NON_CROP), np.uint8(NO_DATA)))


def keep_pure(classes: Bytes, window_px: int) -> Bytes:
    """Return the classes of pixels whose whole window is of the same class; beyond the edge nothing disagrees."""
    if window_px == 1:
        return classes
    low, high = classes, classes
    for axis in (0, 1):
        low = _running(np.minimum, low, window_px, axis)
        high = _running(np.maximum, high, window_px, axis)
    return np.where(low == high, classes, np.uint8(NO_DATA))


def _running(extreme: np.ufunc, values: Bytes, window_px: int, axis: int) -> Bytes:
    """Return the extreme of each window along an axis; slices of bytes are many times faster than a filter."""
    half, length = window_px // 2, values.shape[axis]
    padded = np.pad(values, [(half, half) if axis == number else (0, 0) for number in (0, 1)], mode="edge")
    result = (padded[:, :length] if axis else padded[:length]).copy()
    for start in range(1, window_px):
        part = padded[:, start : start + length] if axis else padded[start : start + length]
        extreme(result, part, out=result)
    return result


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


def _count(layers: Bytes, decided: Bytes, pure: Bytes, outcome: ProductOutcome) -> None:
    n_products = len(layers)
    outcome.n_valid += int((layers != NO_DATA).all(axis=0).sum())
    outcome.n_agreed += int((decided != NO_DATA).sum())
    for code in CLASS_NAMES:
        outcome.counts[code] += int((pure == code).sum())
    says = [(layer == NON_CROP, layer == CROP) for layer in layers]
    for first in range(n_products):
        for second in range(first + 1, n_products):
            for one in (NON_CROP, CROP):
                for other in (NON_CROP, CROP):
                    both = np.count_nonzero(says[first][one] & says[second][other])
                    outcome.tables[first, second, one, other] += both


def _draw(pure: Bytes, votes: Bytes, row: int, wanted: int, outcome: ProductOutcome, rng: np.random.Generator) -> None:
    """Keep the pixels with the smallest random keys of each class, over all strips."""
    for code in CLASS_NAMES:
        places = np.flatnonzero(pure == code)
        if not wanted or not len(places):
            continue
        kept = outcome.picked[code]
        if len(kept) >= wanted:
            # Of uniform keys, as many lie below the largest one kept as a binomial says; the others never count.
            largest = float(kept[:, 0].max())
            places = rng.choice(places, rng.binomial(len(places), largest), replace=False)
            keys = rng.random(len(places)) * largest
        else:
            keys = rng.random(len(places))
        rows, columns = np.divmod(places, pure.shape[1])
        found = np.stack([keys, rows + row, columns, votes.ravel()[places]], axis=1)
        both = np.concatenate([kept, found])
        outcome.picked[code] = both[np.argsort(both[:, 0], kind="stable")[:wanted]]
