"""One class for each object or parcel: the sum of its pixels' probabilities, or the majority of their classes."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import rasterio.features
import rasterio.windows
import shapely
from rasterio.windows import Window

from cropsample_plugin.engine.mapping.area_mask import read_area
from cropsample_plugin.engine.mapping.map_files import MapGrid
from cropsample_plugin.engine.mapping.refinement.smoothing_kernels import share_out

IntArray = npt.NDArray[np.int64]


class ObjectVote:
    """Counts the votes of pixels, strip by strip, then says what each object is.

    Args:
        path: polygons in any coordinate system.
        grid: the map.
        n_classes: classes of the map.
    """

    def __init__(self, path: str, grid: MapGrid, n_classes: int) -> None:
        area = read_area(path, grid)
        self._polygons = area.polygons
        self._tree = shapely.STRtree(area.polygons)
        self._transform = grid.transform
        self._votes = np.zeros((len(self._polygons) + 1, n_classes), dtype=np.int64)
        self._counts = np.zeros(len(self._polygons) + 1, dtype=np.int64)

    def burn(self, row: int, shape: tuple[int, int]) -> npt.NDArray[np.int32]:
        """Return ``(height, width)`` object of each pixel, 0 outside all; where they overlap the later one."""
        window = Window(0, row, shape[1], shape[0])
        bounds = rasterio.windows.bounds(window, self._transform)
        near = np.sort(self._tree.query(shapely.box(*bounds), predicate="intersects"))
        if len(near) == 0:
            return np.zeros(shape, dtype=np.int32)
        burnt: npt.NDArray[np.int32] = rasterio.features.rasterize(
            ((self._polygons[position], int(position) + 1) for position in near),
            out_shape=shape,
            transform=rasterio.windows.transform(window, self._transform),
            dtype=np.int32,
        )
        return burnt

    def count(self, row: int, positions: npt.NDArray[np.int16], steps: npt.NDArray[np.uint16] | None) -> None:
        """Take in a strip: class positions, negative outside, and the steps of probability where there are any."""
        objects = self.burn(row, positions.shape)
        inside = (objects > 0) & (positions >= 0)
        numbers = objects[inside]
        np.add.at(self._counts, numbers, 1)
        if steps is None:
            np.add.at(self._votes, (numbers, positions[inside]), 1)
            return
        for position in range(self._votes.shape[1]):
            votes = np.bincount(numbers, weights=steps[position][inside], minlength=len(self._counts))
            # Sums of whole numbers below 2**53 are exact.
            self._votes[:, position] += votes.astype(np.int64)

    def winners(self) -> npt.NDArray[np.int16]:
        """Return ``(n_objects + 1,)`` the class position of each object, -1 where it has no pixel."""
        winners: npt.NDArray[np.int16] = np.where(self._counts > 0, self._votes.argmax(axis=1), -1).astype(np.int16)
        return winners

    def steps(self) -> npt.NDArray[np.uint16]:
        """Return ``(n_objects + 1, n_classes)`` mean probabilities in steps that add up exactly."""
        steps = np.zeros(self._votes.shape, dtype=np.uint16)
        for number in np.flatnonzero(self._counts):
            share_out(self._votes[number].astype(np.float64), steps[number])
        return steps
