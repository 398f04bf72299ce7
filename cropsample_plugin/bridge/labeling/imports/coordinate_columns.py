"""Which columns of a table hold the places, in which notation, and in which coordinate system."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Callable, Dict, List, Optional, Sequence, Tuple

from cropsample_plugin.bridge.labeling.imports.coordinate_texts import (
    comma_is_decimal,
    read_angle,
    read_number,
)

_X_NAMES = ("lon", "long", "longitude", "lng", "x", "easting", "east", "e", "x_coord", "xcoord", "coord_x", "lon_dd",
            "longitude_dd", "center_lon", "longitud", "utm_e", "utm_x", "pointx", "point_x", "gps_longitude",
            "geolocation_longitude", "decimallongitude")  # fmt: skip
_Y_NAMES = ("lat", "latitude", "y", "northing", "north", "n", "y_coord", "ycoord", "coord_y", "lat_dd", "latitude_dd",
            "center_lat", "latitud", "utm_n", "utm_y", "pointy", "point_y", "gps_latitude",
            "geolocation_latitude", "decimallatitude")  # fmt: skip
_WKT_NAMES = ("sample_geom", "geometry", "geom", "wkt", "the_geom", "wkt_geom", "shape_wkt")
_WKT_STARTS = ("point", "polygon", "multipolygon", "multipoint", "srid=", "linestring", "geometrycollection")
_MOST_LONGITUDE, _MOST_LATITUDE = 180.0, 90.0
_LOOKED_AT = 200

Reader = Callable[[str], Optional[float]]


@dataclass(frozen=True)
class CoordinateColumns:
    """Where the places are.

    Attributes:
        x, y: columns, "" where `wkt` or `trace` says it.
        wkt: column of texts such as ``POINT (1 2)``.
        trace: column of field forms with ``latitude longitude altitude accuracy``, several apart by semicolons.
        read_x, read_y: text to number.
        is_geographic: degrees; False for projected ones, whose system the file does not say.
        is_swapped: the columns' names were the wrong way round; `x` and `y` are right.
        notes: what was recognised, in words.
    """

    x: str = ""
    y: str = ""
    wkt: str = ""
    trace: str = ""
    read_x: Reader = float
    read_y: Reader = float
    is_geographic: bool = True
    is_swapped: bool = False
    notes: Tuple[str, ...] = ()

    @property
    def names(self) -> Tuple[str, ...]:
        """Columns that hold the places."""
        return tuple(name for name in (self.x, self.y, self.wkt, self.trace) if name)


Columns = Dict[str, List[str]]
Nearness = Callable[[float, float], float]


def find_coordinates(columns: Columns, nearness: Optional[Nearness] = None) -> Optional[CoordinateColumns]:
    """Return the columns with the places, None when there are none.

    Args:
        columns: texts by name of the column.
        nearness: how far, in degrees, a longitude and latitude are from where they are expected; None for anywhere.
    """
    filled = {name: [text for text in texts if text][:_LOOKED_AT] for name, texts in columns.items()}
    wkt = _first_named(filled, _WKT_NAMES, _is_wkt) or next((name for name in filled if _is_wkt(filled[name])), "")
    if wkt:
        return CoordinateColumns(wkt=wkt, notes=(f"Places are the geometries in '{wkt}'.",))
    x = _first_named(filled, _X_NAMES, bool)
    y = _first_named(filled, _Y_NAMES, bool)
    if x and y and x != y:
        return _numeric(x, y, filled, nearness)
    trace = next((name for name in filled if _is_trace(filled[name])), "")
    if trace:
        notes = (f"Places are in '{trace}', as field forms write them: latitude longitude altitude accuracy.",)
        return CoordinateColumns(trace=trace, notes=notes)
    return None


def read_trace(text: str) -> Optional[List[Tuple[float, float]]]:
    """Return longitudes and latitudes of ``lat lon [alt [acc]]; ...``; None when the text is none."""
    places = []
    for part in text.replace("\n", ";").split(";"):
        if not part.strip():
            continue
        numbers = [read_number(word, is_comma_decimal=False) for word in part.split()]
        if not 2 <= len(numbers) <= 4 or None in numbers[:2]:  # noqa: PLR2004 - altitude and accuracy may follow
            return None
        places.append((float(numbers[1] or 0), float(numbers[0] or 0)))
    return places or None


def _numeric(x: str, y: str, filled: Columns, nearness: Optional[Nearness]) -> CoordinateColumns:
    notes = []
    readers = {}
    for name in (x, y):
        readers[name], text = _reader(name, filled[name])
        notes += [text] if text else []
    xs, ys = (_read_all(filled[name], readers[name]) for name in (x, y))
    reach_x, reach_y = (max((abs(value) for value in _middle(values)), default=0.0) for values in (xs, ys))
    is_geographic = max(reach_x, reach_y) <= _MOST_LONGITUDE
    is_swapped = is_geographic and ((reach_y > _MOST_LATITUDE >= reach_x) or _is_nearer_swapped(xs, ys, nearness))
    if is_swapped:
        x, y = y, x
        notes.append(f"Longitude and latitude were swapped: longitudes are read from '{x}', latitudes from '{y}'.")
    if not is_geographic:
        notes.append(f"'{x}' and '{y}' are no degrees: their coordinate system has to be chosen.")
    return CoordinateColumns(x, y, "", "", readers[x], readers[y], is_geographic, is_swapped, tuple(notes))


def _reader(name: str, texts: Sequence[str]) -> Tuple[Reader, str]:
    """Return how to read a column, and what is to be said about it."""
    is_comma = comma_is_decimal(texts)

    def read(text: str) -> Optional[float]:
        value = read_number(text, is_comma_decimal=is_comma)
        return read_angle(text) if value is None else value

    n_numbers = sum(read_number(text, is_comma_decimal=is_comma) is not None for text in texts)
    if n_numbers < len(_read_all(texts, read)) / 2:
        return read, f"'{name}' is in degrees, minutes and seconds."
    return read, f"'{name}' has a decimal comma." if is_comma else ""


def _middle(values: Sequence[float]) -> List[float]:
    """Return the values without the twentieth at either end, so that single mistakes decide nothing."""
    ordered = sorted(values)
    cut = len(ordered) // 20
    return ordered[cut : len(ordered) - cut]


def _is_nearer_swapped(xs: Sequence[float], ys: Sequence[float], nearness: Optional[Nearness]) -> bool:
    """Return whether places are where they are expected only with x and y swapped."""
    if nearness is None or not xs or len(xs) != len(ys) or max(abs(value) for value in xs) > _MOST_LATITUDE:
        return False
    middle = len(xs) // 2
    x, y = sorted(xs)[middle], sorted(ys)[middle]
    as_named, swapped = nearness(x, y), nearness(y, x)
    return as_named > 1.0 and swapped < as_named / 10


def _read_all(texts: Sequence[str], read: Reader) -> List[float]:
    return [value for value in map(read, texts) if value is not None]


def _first_named(filled: Columns, names: Sequence[str], is_right: Callable[[List[str]], bool]) -> str:
    by_key = {_key(name): name for name in reversed(list(filled))}
    for name in names:
        found = by_key.get(name)
        if found and is_right(filled[found]):
            return found
    return ""


def _key(name: str) -> str:
    last = name.strip().replace("/", ":").split(":")[-1]
    plain = last.split("(")[0].split("[")[0].strip().casefold()
    return plain.replace(" ", "_").replace("-", "_").strip("_")


def _is_wkt(texts: List[str]) -> bool:
    return bool(texts) and all(text.casefold().lstrip().startswith(_WKT_STARTS) for text in texts[:5])


def _is_trace(texts: List[str]) -> bool:
    readable = [read_trace(text) for text in texts[:20]]
    return bool(readable) and all(readable) and any(" " in text.strip() for text in texts)
