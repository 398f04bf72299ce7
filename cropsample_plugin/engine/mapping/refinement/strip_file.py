"""Rows of an image kept in a plain file, so that memory does not grow with the image."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt


class StripFile:
    """Arrays ``(n_layers, height, width)`` written and read by rows.

    Args:
        path: the file, made anew.
        n_layers, width: shape of every row.
        dtype: type of the values.
    """

    def __init__(self, path: Path, n_layers: int, width: int, dtype: str) -> None:
        self._stream = path.open("w+b")
        self._n_layers = n_layers
        self._width = width
        self._dtype = np.dtype(dtype)

    def write(self, row: int, values: npt.NDArray[Any]) -> None:
        """Write ``(n_layers, height, width)`` at a row."""
        self._stream.seek(row * self._row_bytes)
        # Row after row, so that any rows can be read at once.
        self._stream.write(np.ascontiguousarray(values.astype(self._dtype, copy=False).transpose(1, 0, 2)).data)

    def read(self, row: int, height: int) -> npt.NDArray[Any]:
        """Return ``(n_layers, height, width)`` from a row on."""
        self._stream.seek(row * self._row_bytes)
        flat = np.fromfile(self._stream, self._dtype, height * self._n_layers * self._width)
        values: npt.NDArray[Any] = flat.reshape(height, self._n_layers, self._width).transpose(1, 0, 2)
        return values

    def close(self) -> None:
        """Close the file."""
        self._stream.close()

    @property
    def _row_bytes(self) -> int:
        return self._n_layers * self._width * self._dtype.itemsize
