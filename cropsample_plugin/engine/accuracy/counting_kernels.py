"""Compiled loops that count the classes of a map, row by row."""

from __future__ import annotations

from typing import Any

import numpy as np

from cropsample_plugin.engine.compilation import compiled_lazily


def _count_rows(codes: Any, edges: Any, counts: Any) -> None:  # noqa: ANN401 - any whole-number array
    """Add to ``counts`` how often each code occurs in each row and chunk of columns.

    Four tables take turns, so that neighbours of one class do not wait for each other.

    Args:
        codes: ``(n_rows, width)`` codes from 0.
        edges: ``(n_chunks + 1,)`` edges of the chunks of columns.
        counts: ``(n_rows, n_chunks, n_codes)``, added to.
    """
    n_codes = counts.shape[2]
    first = np.zeros(n_codes, dtype=np.int64)
    second = np.zeros(n_codes, dtype=np.int64)
    third = np.zeros(n_codes, dtype=np.int64)
    fourth = np.zeros(n_codes, dtype=np.int64)
    for row in range(codes.shape[0]):
        line = codes[row]
        for chunk in range(len(edges) - 1):
            start, stop = edges[chunk], edges[chunk + 1]
            whole = start + (stop - start) // 4 * 4
            for column in range(start, whole, 4):
                first[line[column]] += 1
                second[line[column + 1]] += 1
                third[line[column + 2]] += 1
                fourth[line[column + 3]] += 1
            for column in range(whole, stop):
                first[line[column]] += 1
            for code in range(n_codes):
                counts[row, chunk, code] += first[code] + second[code] + third[code] + fourth[code]
                first[code] = second[code] = third[code] = fourth[code] = 0


_count_compiled = compiled_lazily(_count_rows)


def count_rows(codes: Any, edges: Any, counts: Any) -> None:  # noqa: ANN401 - any whole-number array
    """Add to ``counts`` how often each code occurs in each row and chunk of columns; see `_count_rows`."""
    _count_compiled(np.ascontiguousarray(codes), edges, counts)
