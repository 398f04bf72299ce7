"""Votes of products counted fast: every combination of what the products say is a number, looked up once a pixel.

With ``k`` products there are ``3^k`` combinations of crop, non-crop and no data. What a combination decides is worked
out beforehand, and how often each occurs says all that is to be known of agreement.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from cropsample_plugin.engine.compilation import compiled, has_compiler
from cropsample_plugin.engine.errors import InputError
from cropsample_plugin.engine.labels.product_legends import CROP, NO_DATA, NON_CROP

MOST_PRODUCTS = 12
Bytes = npt.NDArray[np.uint8]
_STATES = np.array([NON_CROP, CROP, NO_DATA], dtype=np.uint8)
_MIXED = 254
_BYTES = 256
_kernels: dict[str, Any] = {}


@dataclass(frozen=True)
class Combinations:
    """What each combination means.

    Attributes:
        says: ``(n_combinations, n_products)`` crop, non-crop or no data.
        votes, with_data: ``(n_combinations,)`` products for crop, products with data.
        decided: ``(n_combinations,)`` class, or no data.
    """

    says: Bytes
    votes: Bytes
    with_data: Bytes
    decided: Bytes

    @classmethod
    def of(cls, n_products: int, least: int) -> Combinations:
        """Work out the combinations of some products, of which at least so many must agree.

        Raises:
            InputError: more products than can be counted.
        """
        if n_products > MOST_PRODUCTS:
            raise InputError(f"{n_products} products are too many.", f"Give at most {MOST_PRODUCTS}.")
        numbers = np.arange(3**n_products)
        digits = (numbers[:, None] // 3 ** np.arange(n_products)) % 3
        says: Bytes = _STATES[digits]
        votes = (says == CROP).sum(axis=1).astype(np.uint8)
        with_data = (says != NO_DATA).sum(axis=1).astype(np.uint8)
        return cls(says, votes, with_data, decide_pixels(votes, with_data, least))

    def places(self, tables: Bytes) -> npt.NDArray[np.uint32]:
        """Return ``(n_products, 256)`` what each value of a product adds to the number of the combination.

        Args:
            tables: ``(n_products, 256)`` crop, non-crop or no data of each value.
        """
        digits = np.where(tables == NO_DATA, 2, tables.astype(np.int32))
        return (digits * 3 ** np.arange(len(tables))[:, None]).astype(np.uint32)


@dataclass(frozen=True)
class StripVotes:
    """What was counted in a strip.

    Attributes:
        decided: ``(n_rows, width)`` class of each pixel, the rows around included.
        votes, with_data: the same as numbers of products; ``(0, 0)`` where they were not wanted.
        counts: ``(n_combinations,)`` pixels of each combination in the inner rows.
        seen: ``(n_products, 256)`` values without a meaning that occur.
    """

    decided: Bytes
    votes: Bytes
    with_data: Bytes
    counts: npt.NDArray[np.int64]
    seen: npt.NDArray[np.bool_]


def decide_pixels(votes: Bytes, with_data: Bytes, least: int) -> Bytes:
    """Return the class that at least so many products give and more products than the other; else `NO_DATA`."""
    against = with_data - votes
    is_crop = (votes >= least) & (votes > against)
    is_other = (against >= least) & (against > votes)
    return np.where(is_crop, np.uint8(CROP), np.where(is_other, np.uint8(NON_CROP), np.uint8(NO_DATA)))


def count_votes(
    raw: Bytes, places: npt.NDArray[np.uint32], combinations: Combinations, inner: slice, *, has_votes: bool = True
) -> StripVotes:
    """Count the votes of a strip.

    Args:
        raw: ``(n_products, n_rows, width)`` values as they are in the products.
        places: see `Combinations.places`.
        combinations: what each combination means.
        inner: the rows that count.
        has_votes: give the votes of each pixel too.
    """
    _, n_rows, width = raw.shape
    shape = (n_rows, width) if has_votes else (0, 0)
    decided = np.empty((n_rows, width), dtype=np.uint8)
    votes, with_data = (np.empty(shape, dtype=np.uint8) for _ in range(2))
    counts = np.zeros(len(combinations.decided), dtype=np.int64)
    seen = np.zeros(places.shape, dtype=np.bool_)
    meanings = (combinations.decided, combinations.votes, combinations.with_data)
    if has_compiler():
        _kernel("votes", _count_votes)(
            raw, places, meanings, (inner.start, inner.stop), (decided, votes, with_data), counts, seen
        )
        return StripVotes(decided, votes, with_data, counts, seen)
    numbers = np.zeros(decided.shape, dtype=np.uint32)
    for product in range(len(raw)):
        table: npt.NDArray[np.uint32] = places[product]
        numbers += table[raw[product]]
        is_there = np.bincount(raw[product].ravel(), minlength=_BYTES) > 0
        seen[product] = is_there & (places[product] == 2 * 3**product)
    counts += np.bincount(numbers[inner].ravel(), minlength=len(counts))
    decided, votes, with_data = (meaning[numbers] for meaning in meanings)
    return StripVotes(decided, votes, with_data, counts, seen)


def pure_rows(decided: Bytes, window_px: int, inner: slice) -> Bytes:
    """Return the inner rows of `keep_pure`."""
    if window_px == 1 or not has_compiler():
        return keep_pure(decided, window_px)[inner]
    pure = np.empty((inner.stop - inner.start, decided.shape[1]), dtype=np.uint8)
    _kernel("pure", _pure_rows)(decided, window_px // 2, inner.start, pure)
    return pure


def class_counts(classes: Bytes) -> npt.NDArray[np.int64]:
    """Return ``(2, n_rows)`` pixels of non-crop and crop in each row."""
    if not has_compiler():
        return np.stack([(classes == code).sum(axis=1) for code in (NON_CROP, CROP)])
    counts = np.zeros((2, len(classes)), dtype=np.int64)
    _kernel("classes", _count_classes)(classes, (NON_CROP, CROP), counts)
    return counts


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


def _kernel(name: str, function: Any) -> Any:  # noqa: ANN401 - numba is untyped
    if name not in _kernels:
        _kernels[name] = compiled(function)
    return _kernels[name]


def _count_votes(raw, places, meanings, inner, results, counts, seen):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN202, C901, PLR0913, PLR0917 - compiled
    """Look up a row at a time; equal neighbours are counted together, for adding to one place over and over is slow."""
    decided_by, votes_by, data_by = meanings
    decided, votes, with_data = results
    n_products, n_rows, width = raw.shape
    numbers = np.empty(width, dtype=np.uint32)
    for row in range(n_rows):
        numbers[:] = 0
        for product in range(n_products):
            values, place, nothing = raw[product, row], places[product], np.uint32(2 * 3**product)
            has_nothing = False
            for column in range(width):
                found = place[values[column]]
                numbers[column] += found
                has_nothing |= found == nothing
            if has_nothing:
                for column in range(width):
                    seen[product, values[column]] |= place[values[column]] == nothing
        for column in range(width):
            decided[row, column] = decided_by[numbers[column]]
        if votes.size > 0:
            for column in range(width):
                votes[row, column] = votes_by[numbers[column]]
                with_data[row, column] = data_by[numbers[column]]
        if inner[0] <= row < inner[1]:
            start = 0
            for column in range(1, width + 1):
                if column == width or numbers[column] != numbers[start]:
                    counts[numbers[start]] += column - start
                    start = column


def _count_classes(classes, codes, counts):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN202 - compiled
    for row in range(len(classes)):
        first, second = 0, 0
        for column in range(classes.shape[1]):
            first += classes[row, column] == codes[0]
            second += classes[row, column] == codes[1]
        counts[0, row], counts[1, row] = first, second


def _pure_rows(decided, half, first, pure):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN202 - compiled
    """Count, down each column, rows in a run whose pixels are pure along the row; the run must fill the window."""
    n_rows, width = decided.shape
    runs = np.zeros(width, dtype=np.int64)
    above = np.full(width, _MIXED, dtype=np.uint8)
    along = np.empty(width, dtype=np.uint8)
    for row in range(n_rows + half):
        if row < n_rows:
            start = 0
            while start < width:
                value, end = decided[row, start], start + 1
                while end < width and decided[row, end] == value:
                    end += 1
                along[start:end] = _MIXED
                low = 0 if start == 0 else start + half
                high = width if end == width else end - half
                if low < high:
                    along[low:high] = value
                start = end
            for column in range(width):
                is_same = along[column] == above[column] and along[column] != _MIXED
                runs[column] = runs[column] + 1 if is_same else (0 if along[column] == _MIXED else 1)
                above[column] = along[column]
        middle = row - half
        place = middle - first
        if place < 0 or place >= pure.shape[0]:
            continue
        wanted = min(row, n_rows - 1) - max(0, middle - half) + 1
        for column in range(width):
            pure[place, column] = above[column] if runs[column] >= wanted else NO_DATA
