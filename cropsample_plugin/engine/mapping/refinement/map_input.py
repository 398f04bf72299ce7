"""The map to refine: classes, probabilities or both, read by rows with what is outside said explicitly."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Sequence
from xml.etree import ElementTree as ET  # nosec B405 - reads names from a side file

import numpy as np
import numpy.typing as npt
import rasterio
from rasterio.windows import Window

from cropsample_plugin.engine.errors import InputError, StackError, error_chain
from cropsample_plugin.engine.mapping.map_values import NODATA_UINT16
from cropsample_plugin.engine.models.class_colors import class_colors
from cropsample_plugin.engine.models.classes import ClassInfo, describe_classes

NODATA = -1
TREATMENTS = ("ask", "class", "outside")
_MOST_CLASSES = 65536
_STRIP_ROWS = 256
_STEP = 0.0001


@dataclass(frozen=True)
class OutsideRules:
    """What pixels without a class are.

    Attributes:
        zero: what value 0 is: ``class``, ``outside`` (kept as it is), or ``ask``: an error when there are any.
        unclassified: values that mean "not classified"; such pixels stay as they are.
        nodata: value that means nodata, None for the file's own.
    """

    zero: str = "ask"
    unclassified: tuple[int, ...] = ()
    nodata: float | None = None


class MapInput:
    """Opens and checks a map.

    Attributes:
        classes: the legend; positions in it are what rows are read as.
        kept_values: values outside the legend that stay as they are.

    Raises:
        InputError: neither raster given, different grids or legends, not a class map, zeros nobody spoke of.
    """

    def __init__(self, classes: str, probabilities: str, rules: OutsideRules) -> None:
        if not classes and not probabilities:
            raise InputError("No map is given.", "Give a class map, probabilities, or both.")
        if rules.zero not in TREATMENTS:
            raise InputError(f"'{rules.zero}' is no treatment of pixels.", f"Choose one of {', '.join(TREATMENTS)}.")
        self._classes: Any = _open(classes) if classes else None
        self._probabilities: Any = _open(probabilities) if probabilities else None
        first: Any = self._classes or self._probabilities
        self.width, self.height = first.width, first.height
        self.transform, self.crs = first.transform, first.crs
        self._rules = rules
        self.kept_values: tuple[int, ...] = ()
        if self._classes is not None and self._probabilities is not None:
            _require_same_grid(self._classes, self._probabilities)
        if self._probabilities is not None:
            _require_probabilities(self._probabilities)
        self.classes = self._legend()
        self._position_by_value = self._positions()

    @property
    def has_probabilities(self) -> bool:
        """Whether probabilities are given."""
        return self._probabilities is not None

    def read_steps(self, row: int, height: int) -> npt.NDArray[np.uint16]:
        """Return ``(n_classes, height, width)`` probabilities in steps of 0.0001, 65535 where missing."""
        source = self._probabilities
        try:
            raw = source.read(window=Window(0, row, self.width, height))
        except rasterio.errors.RasterioIOError as error:
            raise StackError(f"{source.name} cannot be read at row {row}: {error_chain(error)}") from error
        if raw.dtype == np.uint16 and np.isclose(source.scales[0], _STEP):
            missing = (raw == NODATA_UINT16).any(axis=0) if source.nodata == NODATA_UINT16 else raw[0] < 0
            steps = raw
        else:
            values = raw.astype(np.float64) * source.scales[0] + source.offsets[0]
            missing = ~np.isfinite(values).all(axis=0)
            if source.nodata is not None and np.isfinite(source.nodata):
                missing |= (raw == source.nodata).any(axis=0)
            steps = np.rint(np.where(missing, 0.0, np.clip(values, 0.0, 1.0)) / _STEP).astype(np.uint16)
        if (steps.max(axis=0, initial=0)[~missing] > 10_000).any():  # noqa: PLR2004 - certainty in steps
            raise InputError(f"{source.name} has probabilities above 1.", "Give a raster of class probabilities.")
        steps[:, missing] = NODATA_UINT16
        return np.asarray(steps)

    def read_positions(self, row: int, height: int) -> npt.NDArray[np.int32]:
        """Return ``(height, width)`` class positions, -1 for nodata, ``-2 - value`` for kept values."""
        raw = self._read_classes(row, height)
        found: npt.NDArray[np.int32] = self._position_by_value[raw]
        return found

    @property
    def has_classes(self) -> bool:
        """Whether a class map is given."""
        return self._classes is not None

    def close(self) -> None:
        """Close both rasters."""
        for dataset in (self._classes, self._probabilities):
            if dataset is not None:
                dataset.close()

    def _read_classes(self, row: int, height: int) -> npt.NDArray[Any]:
        try:
            raw: npt.NDArray[Any] = self._classes.read(1, window=Window(0, row, self.width, height))
        except rasterio.errors.RasterioIOError as error:
            raise StackError(f"{self._classes.name} cannot be read at row {row}: {error_chain(error)}") from error
        return raw

    def _legend(self) -> tuple[ClassInfo, ...]:
        if self._classes is None:
            return describe_classes([_label(name, place) for place, name in enumerate(self._band_names(), start=1)])
        if np.dtype(self._classes.dtypes[0]) not in (np.dtype("uint8"), np.dtype("uint16")):
            raise InputError(f"{self._classes.name} is of type {self._classes.dtypes[0]}.", "Give a map of classes.")
        values = self._values()
        names = _category_names(self._classes)
        classes = _described(values, names, self._classes)
        if self._probabilities is None:
            return classes
        by_name = {info.name: info for info in classes}
        wanted = self._band_names()
        extra = [info.name for info in classes if info.name not in wanted]
        if extra or any(name not in by_name and name not in names.values() for name in wanted):
            raise InputError(
                f"The classes ({', '.join(by_name)}) and the bands of the probabilities ({', '.join(wanted)}) differ.",
                "Give the two rasters of one map, and say which values are unclassified.",
            )
        id_by_name = {name: value for value, name in names.items()} | {info.name: info.class_id for info in classes}
        return _described([id_by_name[name] for name in wanted], names, self._classes)

    def _band_names(self) -> list[str]:
        source = self._probabilities
        return [name or f"class {place}" for place, name in enumerate(source.descriptions, start=1)]

    def _values(self) -> list[int]:
        """Return the class values on the map; finds out what is outside."""
        counts = np.zeros(_MOST_CLASSES, dtype=np.int64)
        for row in range(0, self.height, _STRIP_ROWS):
            raw = self._read_classes(row, min(_STRIP_ROWS, self.height - row))
            counts[: 1 + int(raw.max())] += np.bincount(raw.ravel())
        nodata = self._nodata()
        present = [int(value) for value in np.flatnonzero(counts) if value != nodata]
        kept = [value for value in present if value in self._rules.unclassified]
        if 0 in present and 0 not in kept:
            if self._rules.zero == "ask":
                raise InputError(
                    f"{Path(self._classes.name).name} has {counts[0]:,} pixels of value 0.",
                    "Say whether 0 is a class or lies outside the map.",
                )
            if self._rules.zero == "outside":
                kept.append(0)
        self.kept_values = tuple(sorted(kept))
        values = [value for value in present if value not in kept]
        if not values:
            raise InputError(f"{self._classes.name} holds no class.", "Check nodata and the unclassified values.")
        return values

    def _nodata(self) -> float | None:
        return self._classes.nodata if self._rules.nodata is None else self._rules.nodata

    def _positions(self) -> npt.NDArray[np.int32]:
        table = np.full(_MOST_CLASSES, NODATA, dtype=np.int32)
        for position, info in enumerate(self.classes):
            table[info.class_id] = position
        for value in self.kept_values:
            table[value] = -2 - value
        return table


def _open(path: str) -> Any:  # noqa: ANN401 - a dataset
    try:
        return rasterio.open(path)
    except rasterio.errors.RasterioIOError as error:
        raise InputError(
            f"The map {path} cannot be read: {error_chain(error)}", "Check that it opens in QGIS."
        ) from error


def _require_same_grid(classes: Any, probabilities: Any) -> None:  # noqa: ANN401 - datasets
    same = (classes.width, classes.height, classes.crs) == (
        probabilities.width,
        probabilities.height,
        probabilities.crs,
    )
    if not same or not classes.transform.almost_equals(probabilities.transform):
        raise InputError("The class map and the probabilities lie on different grids.", "Give those of one map.")


def _require_probabilities(source: Any) -> None:  # noqa: ANN401 - a dataset
    if source.count < 2:  # noqa: PLR2004 - one class needs no choice
        raise InputError(f"{source.name} has one band.", "Give a raster with the probability of each class.")


def _label(name: str, place: int) -> str | int:
    return int(name) if name.isdigit() else name or place


def _described(values: Sequence[int], names: dict[int, str], source: Any) -> tuple[ClassInfo, ...]:  # noqa: ANN401
    texts = [names.get(value, str(value)) for value in values]
    colors = class_colors(texts)
    try:
        table = source.colormap(1)
        colors = ["#{:02x}{:02x}{:02x}".format(*table[value][:3]) for value in values]
    except (ValueError, KeyError):
        pass
    return tuple(ClassInfo(value, name, name, color) for value, name, color in zip(values, texts, colors))


def _category_names(source: Any) -> dict[int, str]:  # noqa: ANN401 - a dataset
    """Return the names of the values, as GDAL keeps them beside the file."""
    path = Path(source.name + ".aux.xml")
    try:
        document = ET.fromstring(path.read_text(encoding="utf-8"))  # noqa: S314 # nosec B314 - names only
    except (OSError, ET.ParseError, UnicodeDecodeError):
        return {}
    items = document.findall("./PAMRasterBand[@band='1']/CategoryNames/Category")
    return {value: item.text for value, item in enumerate(items) if item.text}
