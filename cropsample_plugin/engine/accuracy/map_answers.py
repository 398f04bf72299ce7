"""What several maps say, each with its own legend and grid: at samples, and on the grid of the first one."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Sequence

import numpy as np
import numpy.typing as npt
import rasterio
from rasterio.errors import RasterioError
from rasterio.windows import Window

from cropsample_plugin.engine.accuracy.class_scheme import ClassNames, read_class_names
from cropsample_plugin.engine.accuracy.reference import places_on
from cropsample_plugin.engine.errors import InputError, error_chain
from cropsample_plugin.engine.labels.product_legends import NO_DATA, read_legend
from cropsample_plugin.engine.timeseries.sample_table import SampleTable

Codes = npt.NDArray[np.uint8]

NON_CROP_NAME, CROP_NAME = "noncrop", "crop"
BINARY = (NON_CROP_NAME, CROP_NAME)
_MOST_CLASSES = 15


@dataclass(frozen=True)
class NamedLegend:
    """Values of a map read as classes by their names.

    Attributes:
        code_by_value: value to position of its class.
        other: what `ProductReader` asks for; empty, since no value is taken for anything else.
    """

    code_by_value: dict[int, int]
    other: tuple[tuple[int, int], ...] = ()

    def read(self, values: npt.NDArray[Any], is_valid: npt.NDArray[np.bool_]) -> Codes:
        """Return the class of each value; `NO_DATA` where the map has none, or a value without a name."""
        found = np.full(values.shape, NO_DATA, dtype=np.uint8)
        for value, code in self.code_by_value.items():
            found[(values == value) & is_valid] = code
        return found

    def unknown(self, values: npt.NDArray[Any], is_valid: npt.NDArray[np.bool_]) -> set[int]:
        """Return values without a name."""
        return {int(value) for value in np.unique(values[is_valid])} - set(self.code_by_value)


@dataclass(frozen=True)
class MapSet:
    """Maps to compare.

    Attributes:
        paths: the files.
        names: what they are called, all different.
        legends: how each is read; of `read` alone is made use.
        classes: names of the classes that all are read as.
    """

    paths: tuple[str, ...]
    names: tuple[str, ...]
    legends: tuple[Any, ...]
    classes: tuple[str, ...]

    @property
    def is_binary(self) -> bool:
        """The classes are crop and no crop."""
        return self.classes == BINARY


def read_map_set(
    paths: Sequence[str], names: Sequence[str], crop_values: Sequence[str], layer_names: Sequence[Any]
) -> MapSet:
    """Find out how each map is read: as crop or no crop by its crop values, else by the names of its classes.

    Args:
        paths: two or more rasters.
        names: what each is called; "" or missing for its file name.
        crop_values: per map a preset's name, values or a threshold, see `read_legend`; empty to compare by class names.
        layer_names: per map the pairs of value and name in the legend of its layer.

    Raises:
        InputError: fewer than two maps, legends of another number, or maps without names of classes.
    """
    if len(paths) < 2:  # noqa: PLR2004 - comparing takes two
        raise InputError("Maps are compared with one another: give two or more.")
    titles = _titles(paths, names)
    if crop_values:
        if len(crop_values) != len(paths):
            raise InputError(
                f"{len(paths)} maps, but crop values of {len(crop_values)}.",
                "Give one entry per map, in their order, with semicolons between; or none, to compare by class names.",
            )
        return MapSet(tuple(paths), titles, tuple(read_legend(text) for text in crop_values), BINARY)
    legends = [read_class_names(path, "", found) for path, found in zip(paths, _padded(layer_names, len(paths)))]
    return _named_set(tuple(paths), titles, legends)


def _named_set(paths: tuple[str, ...], titles: tuple[str, ...], legends: list[ClassNames]) -> MapSet:
    for title, legend in zip(titles, legends):
        if not legend.name_by_value:
            raise InputError(
                f"The map '{title}' has no names of classes.",
                "Give crop values for each map, or category names, an attribute table or a style beside the map.",
            )
    spelled: dict[str, str] = {}
    for legend in legends:
        for name in legend.name_by_value.values():
            spelled.setdefault(name.casefold(), name)
    classes = tuple(spelled.values())
    if len(classes) > _MOST_CLASSES:
        raise InputError(
            f"The maps have {len(classes)} classes in all, more than {_MOST_CLASSES}.",
            "Compare crop and no crop: give the crop values of each map.",
        )
    position = {name: code for code, name in enumerate(spelled)}
    read = [
        NamedLegend({value: position[name.casefold()] for value, name in legend.name_by_value.items()})
        for legend in legends
    ]
    return MapSet(paths, titles, tuple(read), classes)


def answers_at_samples(maps: MapSet, table: SampleTable) -> Codes:
    """Return ``(n_rows, n_maps)`` class of each map at each sample, by the pixel of the map's own grid; or `NO_DATA`.

    Raises:
        InputError: a map cannot be read or has no reference system.
        SamplesError: the samples are no points or have no reference system.
    """
    answers = np.full((table.n_rows, len(maps.paths)), NO_DATA, dtype=np.uint8)
    for number, (path, legend) in enumerate(zip(maps.paths, maps.legends)):
        try:
            with rasterio.open(path) as dataset:
                if dataset.crs is None:
                    raise InputError(f"The map {path} has no reference system.", "Assign one in QGIS first.")
                answers[:, number] = _answers(dataset, legend, places_on(table, dataset.crs))
        except RasterioError as error:
            raise InputError(
                f"The map {path} cannot be read: {error_chain(error)}", "Check that it opens in QGIS."
            ) from error
    return answers


def majority(answers: Codes, n_classes: int) -> Codes:
    """Return the class most maps say; of crop and no crop crop where at least half say so.

    Args:
        answers: ``(..., n_maps)`` classes, `NO_DATA` where a map has none.
        n_classes: number of classes; of two, the second wins a tie, of more the one that the earliest map says.
    """
    n_maps = answers.shape[-1]
    best, chosen = np.full(answers.shape[:-1], -1, dtype=np.int32), np.full(answers.shape[:-1], NO_DATA, dtype=np.uint8)
    for code in reversed(range(n_classes)):
        says = answers == code
        votes = says.sum(axis=-1, dtype=np.int32)
        rank = votes * n_maps + (0 if n_classes == len(BINARY) else n_maps - 1 - says.argmax(axis=-1))
        wins = (votes > 0) & (rank > best)
        best[wins], chosen[wins] = rank[wins], code
    return chosen


def _answers(dataset: Any, legend: Any, xy: npt.NDArray[np.float64]) -> Codes:  # noqa: ANN401 - rasterio is untyped
    inverse = ~dataset.transform
    columns = inverse.a * xy[:, 0] + inverse.b * xy[:, 1] + inverse.c
    rows = inverse.d * xy[:, 0] + inverse.e * xy[:, 1] + inverse.f
    inside = np.isfinite(xy).all(axis=1)
    inside &= (columns >= 0) & (columns < dataset.width) & (rows >= 0) & (rows < dataset.height)
    values = np.zeros(len(xy), dtype=dataset.dtypes[0])
    is_valid = np.zeros(len(xy), dtype=bool)
    for place in np.flatnonzero(inside)[np.lexsort((columns[inside], rows[inside]))]:
        window = Window(int(columns[place]), int(rows[place]), 1, 1)
        values[place] = dataset.read(1, window=window)[0, 0]
        is_valid[place] = dataset.read_masks(1, window=window)[0, 0] > 0
    if values.dtype.kind == "f":
        is_valid &= np.isfinite(values)
    found: Codes = legend.read(values, is_valid)
    return found


def _titles(paths: Sequence[str], names: Sequence[str]) -> tuple[str, ...]:
    titles: list[str] = []
    for path, name in zip(paths, _padded(names, len(paths))):
        title = str(name or Path(path).stem)
        titles.append(title if title not in titles else f"{title} ({len(titles) + 1})")
    return tuple(titles)


def _padded(values: Sequence[Any], length: int) -> list[Any]:
    return [*values[:length], *[""] * (length - len(values))]
