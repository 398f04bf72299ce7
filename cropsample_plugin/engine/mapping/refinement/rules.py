"""Knowledge from other layers as rules: ``slope > 30 -> grass``, ``crop, rice: water[2] >= 1 -> water``."""

from __future__ import annotations

import operator
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Callable, Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pyproj
import rasterio
from rasterio.windows import Window

from cropsample_plugin.engine.errors import InputError, error_chain
from cropsample_plugin.engine.mapping.map_files import MapGrid
from cropsample_plugin.engine.models.classes import ClassInfo

_COMPARISONS: dict[str, Callable[[Any, Any], Any]] = {
    ">=": operator.ge,
    "<=": operator.le,
    "==": operator.eq,
    "!=": operator.ne,
    "=": operator.eq,
    ">": operator.gt,
    "<": operator.lt,
}
_RULE = re.compile(
    r"(?:(?P<sources>[^:<>=!]+):)?\s*(?P<layer>[^:<>=!\[\]]+?)\s*(?:\[(?P<band>\d+)\])?\s*"
    r"(?P<comparison>>=|<=|==|!=|=|>|<)\s*(?P<value>[-+]?[\d.]+(?:[eE][-+]?\d+)?)\s*->\s*(?P<target>.+)"
)
_HOW = "Write one rule a line: layer > value -> class, or: class, class: layer[band] <= value -> class."


@dataclass(frozen=True)
class Rule:
    """Pixels that one rule decides.

    Attributes:
        text: the rule as written.
        path, band: the raster and its 1-based band.
        comparison, value: what holds there.
        sources: positions of the classes that may change; empty for all.
        target: position of the class that they become.
    """

    text: str
    path: str
    band: int
    comparison: str
    value: float
    sources: tuple[int, ...]
    target: int


def read_rules(text: str, layers: Mapping[str, str], classes: Sequence[ClassInfo]) -> tuple[Rule, ...]:
    """Read rules, one a line or separated by semicolons; later ones win.

    Args:
        text: the rules.
        layers: path of each raster by the name that rules use.
        classes: the legend; rules name classes by name or number.

    Raises:
        InputError: a line that is no rule, an unknown layer or class.
    """
    lines = [line.strip() for line in re.split(r"[\n;]", text) if line.strip()]
    return tuple(_read_rule(line, layers, classes) for line in lines)


def _read_rule(line: str, layers: Mapping[str, str], classes: Sequence[ClassInfo]) -> Rule:
    found = _RULE.fullmatch(line)
    if found is None:
        raise InputError(f"'{line}' is no rule.", _HOW)
    name = found["layer"].strip()
    if name not in layers:
        given = ", ".join(layers) or "none is given"
        raise InputError(f"The rule '{line}' names the layer '{name}'.", f"Layers for rules: {given}.")
    try:
        value = float(found["value"])
    except ValueError as error:
        raise InputError(f"'{found['value']}' in the rule '{line}' is no number.", _HOW) from error
    sources = [item.strip() for item in (found["sources"] or "").split(",") if item.strip()]
    return Rule(
        line,
        layers[name],
        int(found["band"] or 1),
        found["comparison"],
        value,
        tuple(_position(item, classes, line) for item in sources),
        _position(found["target"].strip(), classes, line),
    )


def _position(name: str, classes: Sequence[ClassInfo], line: str) -> int:
    for position, info in enumerate(classes):
        if name in (info.name, str(info.class_id)):
            return position
    names = ", ".join(info.name for info in classes)
    raise InputError(f"The rule '{line}' names the class '{name}', which the map lacks.", f"Classes: {names}.")


class RuleLayer:
    """A raster read at the pixel centres of a map, whatever its own grid: the nearest pixel, exactly.

    Raises:
        InputError: it cannot be read, lacks the band, or cannot be placed on the map.
    """

    def __init__(self, rule: Rule, grid: MapGrid) -> None:
        try:
            self._source = rasterio.open(rule.path)
        except rasterio.errors.RasterioIOError as error:
            raise InputError(f"The layer {rule.path} cannot be read: {error_chain(error)}") from error
        name, source = Path(rule.path).name, self._source
        if rule.band > source.count:
            raise InputError(f"The rule '{rule.text}' wants band {rule.band}; {name} has {source.count}.")
        if (source.crs is None) != (grid.crs is None):
            raise InputError(
                f"{name} cannot be placed on the map: one of them has no coordinate system.",
                "Set it in QGIS (Layer, Set CRS), export the layer, and try again.",
            )
        self._grid = grid
        self._transformer = None
        if source.crs is not None and source.crs != grid.crs:
            both = [pyproj.CRS.from_wkt(crs.to_wkt()) for crs in (grid.crs, source.crs)]
            self._transformer = pyproj.Transformer.from_crs(*both, always_xy=True)

    def read(self, band: int, row: int, height: int) -> tuple[npt.NDArray[Any], npt.NDArray[np.bool_]]:
        """Return ``(height, width)`` values in rows of the map, and where there is one."""
        shape = (height, self._grid.width)
        across, down = np.meshgrid(np.arange(shape[1]) + 0.5, np.arange(row, row + height) + 0.5)
        x, y = self._grid.transform * (across.ravel(), down.ravel())
        if self._transformer is not None:
            x, y = self._transformer.transform(x, y)
        found_columns, found_rows = ~self._source.transform * (x, y)
        with np.errstate(invalid="ignore"):
            there = (found_rows >= 0) & (found_rows < self._source.height)
            there &= (found_columns >= 0) & (found_columns < self._source.width)
        values = np.zeros(height * shape[1], dtype=self._source.dtypes[band - 1])
        if there.any():
            rows, columns = found_rows[there].astype(np.int64), found_columns[there].astype(np.int64)
            top, left = int(rows.min()), int(columns.min())
            window = Window(left, top, int(columns.max()) - left + 1, int(rows.max()) - top + 1)
            block = self._source.read(band, window=window, masked=True)
            values[there] = block.data[rows - top, columns - left]
            there[there] = ~np.ma.getmaskarray(block)[rows - top, columns - left]
        if values.dtype.kind == "f":
            there &= np.isfinite(values)
        return values.reshape(shape), there.reshape(shape)

    def close(self) -> None:
        """Close the raster."""
        self._source.close()


class RuleReader:
    """Evaluates rules on rows of a map."""

    def __init__(self, rules: Sequence[Rule], grid: MapGrid) -> None:
        self._layers = [(rule, RuleLayer(rule, grid)) for rule in rules]

    def decide(self, row: int, positions: npt.NDArray[np.int16]) -> tuple[npt.NDArray[np.int16], npt.NDArray[np.bool_]]:
        """Return ``(height, width)`` class positions after the rules, and which pixels a rule decided.

        Args:
            row: first row.
            positions: ``(height, width)`` class positions, negative outside the map.
        """
        decided = positions.copy()
        fixed = np.zeros(positions.shape, dtype=bool)
        for rule, layer in self._layers:
            values, there = layer.read(rule.band, row, len(positions))
            with np.errstate(invalid="ignore"):
                holds = np.asarray(_COMPARISONS[rule.comparison](values, rule.value)) & there & (positions >= 0)
            if rule.sources:
                holds &= np.isin(decided, rule.sources)
            decided[holds] = rule.target
            fixed |= holds
        return decided, fixed

    def close(self) -> None:
        """Close all layers."""
        for _, layer in self._layers:
            layer.close()
