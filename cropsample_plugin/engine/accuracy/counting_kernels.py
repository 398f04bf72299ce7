"""Compiled loops that count the classes of a map, row by row."""

from __future__ import annotations

from typing import Any

import numpy as np

from cropsample_plugin.engine.compilation import compiled_lazily


def _count_rows(codes: Any, edges: Any, counts: Any) -> None:  # noqa: ANN401 - any whole-number array
    """Add to ``counts`` how often each code occurs in each row and chunk of columns.

    Neighbours are mostly of one class, so runs are counted rather than pixels.

    Args:
        codes: ``(n_rows, width)`` codes from 0.
        edges: ``(n_chunks + 1,)`` edges of the chunks of columns.
        counts: ``(n_rows, n_chunks, n_codes)``, added to.
    """
    for row in range(codes.shape[0]):
        for chunk in range(len(edges) - 1):
            start = edges[chunk]
            run_of = codes[row, start]
            run_from = start
            for column in range(start + 1, edges[chunk + 1]):
                code = codes[row, column]
                if code != run_of:
                    counts[row, chunk, run_of] += column - run_from
                    run_of = code
                    run_from = column
            counts[row, chunk, run_of] += edges[chunk + 1] - run_from


_count_compiled = compiled_lazily(_count_rows)


def count_rows(codes: Any, edges: Any, counts: Any) -> None:  # noqa: ANN401 - any whole-number array
    """Add to ``counts`` how often each code occurs in each row and chunk of columns; see `_count_rows`."""
    _count_compiled(np.ascontiguousarray(codes), edges, counts)
