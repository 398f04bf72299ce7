"""Which class a map value and a reference label mean: names of values, and labels matched with them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any, Mapping, Sequence

import pyogrio

from cropsample_plugin.engine.errors import InputError, SamplesError, StackError

Label = str | int
_PAIR = re.compile(r"^\s*(-?\d+)\s*=\s*(.+?)\s*$")
_CATEGORIES = re.compile(r"<CategoryNames>(.*?)</CategoryNames>", re.DOTALL)
_CATEGORY = re.compile(r"<Category>(.*?)</Category>|<Category\s*/>", re.DOTALL)
_TABLE = re.compile(r"<GDALRasterAttributeTable.*?</GDALRasterAttributeTable>", re.DOTALL)
_COLUMN = re.compile(r"<FieldDefn.*?<Name>(.*?)</Name>.*?<Usage>(\d+)</Usage>.*?</FieldDefn>", re.DOTALL)
_ROW = re.compile(r"<Row.*?</Row>", re.DOTALL)
_CELL = re.compile(r"<F>(.*?)</F>|<F\s*/>", re.DOTALL)
_PALETTE = re.compile(r"<paletteEntry\b([^>]*)/?>")
_ATTRIBUTE = re.compile(r'(\w+)="([^"]*)"')
_NAME_USAGE, _MIN_USAGE, _MIN_MAX_USAGE = "2", "3", "5"
_VALUE_NAMES = ("value", "class_id", "code", "id")
_NAME_NAMES = ("name", "class_name", "class", "label", "category")


@dataclass(frozen=True)
class ClassNames:
    """Names of map values.

    Attributes:
        name_by_value: value to name; empty when the map names none.
        source: where they come from, for the report.
    """

    name_by_value: dict[int, str]
    source: str

    def name(self, value: Any) -> str:  # noqa: ANN401 - a number
        """Return the name of a value, the value itself where it has none."""
        return self.name_by_value.get(value) or f"{value:g}"


@dataclass(frozen=True)
class ClassScheme:
    """The classes of map and reference together.

    Attributes:
        names: ``(n_classes,)``.
        code_by_value: map value to position in ``names``; values of one name are one class.
        is_mapped: ``(n_classes,)`` the map has the class.
    """

    names: tuple[str, ...]
    code_by_value: dict[Any, int]
    is_mapped: tuple[bool, ...]


def read_class_names(path: str, written: str, from_layer: Sequence[Sequence[Any]] = ()) -> ClassNames:
    """Find the names of a map's values.

    Looked for in this order: what the user wrote (``1=maize, 5=wheat``, or a CSV file or table with a column of values
    and one of names); the raster's category names or attribute table (``.aux.xml``, ``.vat.dbf``); the style beside
    it (``.qml``); the legend of the layer in QGIS.

    Raises:
        InputError: the text or the table cannot be understood.
    """
    if written.strip():
        names = _table_names(written) if Path(written.split("|", maxsplit=1)[0]).is_file() else _written_names(written)
        return ClassNames(names, "given by the user")
    readers = (
        ("category names of the raster", _category_names),
        ("attribute table of the raster", _attribute_table),
        ("attribute table beside the raster", _value_table),
        ("style beside the raster", _style_names),
    )
    for source, reader in readers:
        names = {value: name for value, name in reader(path).items() if name}
        if names:
            return ClassNames(names, source)
    names = {int(value): str(name) for value, name in from_layer if str(name).strip() and str(name) != f"{value:g}"}
    return ClassNames(names, "legend of the layer" if names else "none: map values stand for themselves")


def make_scheme(values: Sequence[Any], names: ClassNames, labels: Sequence[Label]) -> ClassScheme:
    """Put the classes of the map and those that only the reference has into one list.

    Args:
        values: values of the map that are classes.
        names: their names.
        labels: distinct reference labels.

    Raises:
        SamplesError: no label is a class of the map: names are missing, or written otherwise.
    """
    ordered: list[str] = []
    code_by_value: dict[Any, int] = {}
    for value in sorted(values):
        name = names.name(value)
        if name not in ordered:
            ordered.append(name)
        code_by_value[value] = ordered.index(name)
    n_mapped = len(ordered)
    draft = ClassScheme(tuple(ordered), code_by_value, (True,) * n_mapped)
    unknown = [label for label in labels if label_code(label, draft) is None]
    if labels and len(unknown) == len(labels):
        raise SamplesError(
            f"No class of the reference ({_listed(labels)}) is a class of the map ({_listed(ordered)}).",
            "Give the names of the map's values, such as 1=maize, 5=wheat, or choose another class field.",
        )
    ordered += [str(label) for label in unknown]
    return ClassScheme(tuple(ordered), code_by_value, (True,) * n_mapped + (False,) * len(unknown))


def label_code(label: Label, scheme: ClassScheme) -> int | None:
    """Return the class of a reference label: by name in any capitals, else by map value; None if there is none."""
    text = str(label).strip()
    if text in scheme.names:
        return scheme.names.index(text)
    folded = [name.casefold() for name in scheme.names]
    if folded.count(text.casefold()) == 1:
        return folded.index(text.casefold())
    try:
        return scheme.code_by_value.get(int(text))
    except ValueError:
        return None


def _listed(names: Sequence[Any]) -> str:
    shown = ", ".join(str(name) for name in names[:12])
    return f"{shown}, ..." if len(names) > 12 else shown  # noqa: PLR2004 - enough to see what is meant


def _written_names(written: str) -> dict[int, str]:
    names = {}
    for part in re.split(r"[;,\n]\s*(?=-?\d+\s*=)", written.strip().strip(",;")):
        match = _PAIR.match(part)
        if match is None:
            raise InputError(
                f"'{part}' names no class.", "Write value=name with commas between, such as 1=maize, 5=wheat."
            )
        names[int(match.group(1))] = match.group(2)
    return names


def _table_names(path: str) -> dict[int, str]:
    try:
        table = pyogrio.read_dataframe(path, read_geometry=False)
    except pyogrio.errors.DataSourceError as error:
        raise InputError(f"The table of classes {path} cannot be read: {error}", "Save it as CSV.") from error
    columns = {str(name).casefold(): str(name) for name in table.columns}
    value = next((columns[name] for name in _VALUE_NAMES if name in columns), None)
    name = next((columns[text] for text in _NAME_NAMES if text in columns), None)
    if value is None or name is None:
        raise InputError(
            f"The table of classes {path} has the columns {', '.join(map(str, table.columns))}.",
            "It needs one called 'value' and one called 'name'.",
        )
    try:
        return {int(float(number)): str(text).strip() for number, text in zip(table[value], table[name])}
    except ValueError as error:
        raise InputError(f"The table of classes {path} has values that are no numbers.") from error


def _side_file(path: str) -> str:
    side = Path(f"{path}.aux.xml")
    return side.read_text(encoding="utf-8", errors="replace") if side.is_file() else ""


def _category_names(path: str) -> dict[int, str]:
    match = _CATEGORIES.search(_side_file(path))
    if match is None:
        return {}
    return {value: unescape(name).strip() for value, name in enumerate(_CATEGORY.findall(match.group(1)))}


def _attribute_table(path: str) -> dict[int, str]:
    match = _TABLE.search(_side_file(path))
    if match is None:
        return {}
    usages = [usage for _, usage in _COLUMN.findall(match.group(0))]
    titles = [name.casefold() for name, _ in _COLUMN.findall(match.group(0))]
    value = next((usages.index(usage) for usage in (_MIN_MAX_USAGE, _MIN_USAGE) if usage in usages), None)
    if value is None:
        value = next((titles.index(name) for name in _VALUE_NAMES if name in titles), None)
    if value is None or _NAME_USAGE not in usages:
        return {}
    name = usages.index(_NAME_USAGE)
    cells = [_CELL.findall(row) for row in _ROW.findall(match.group(0))]
    return {int(float(row[value])): unescape(row[name]).strip() for row in cells if len(row) > max(value, name)}


def _value_table(path: str) -> dict[int, str]:
    side = next((found for ending in (".vat.dbf", ".VAT.DBF") if (found := Path(f"{path}{ending}")).is_file()), None)
    if side is None:
        return {}
    try:
        return _table_names(str(side))
    except InputError:
        return {}


def _style_names(path: str) -> dict[int, str]:
    side = Path(path).with_suffix(".qml")
    if not side.is_file():
        return {}
    names = {}
    for entry in _PALETTE.findall(side.read_text(encoding="utf-8", errors="replace")):
        found = dict(_ATTRIBUTE.findall(entry))
        label = unescape(found.get("label", "")).strip()
        value = found.get("value", "")
        if label and label != value and re.fullmatch(r"-?\d+(\.0+)?", value):
            names[int(float(value))] = label
    return names


def class_values(
    values: Sequence[Any], zero: str, unclassified: Mapping[str, Any], nodata: float | None
) -> tuple[list[Any], dict[Any, str]]:
    """Return the map values that are classes, and the reason for each of the others.

    Args:
        values: values that occur on the map.
        zero: what 0 is: ``class``, ``outside`` or ``ask``.
        unclassified: ``values`` and ``treatment`` of unclassified pixels.
        nodata: the map's nodata value.

    Raises:
        InputError: 0 or unclassified values occur and nothing was said about them, or no class is left.
    """
    classes, reasons = [], {}
    for value in values:
        if value != value or (nodata is not None and value == nodata):  # noqa: PLR0124 - NaN
            reasons[value] = "the map has no data there"
            continue
        is_unclassified = value in unclassified["values"]
        treatment = unclassified["treatment"] if is_unclassified else zero if value == 0 else "class"
        described = "unclassified" if is_unclassified else "of value 0"
        if treatment == "ask":
            raise InputError(
                f"The map has pixels {described}.",
                "Say whether they are a class of their own or lie outside the area to assess.",
            )
        if treatment == "outside":
            reasons[value] = f"the map is {described} there, which was said to be outside"
        else:
            classes.append(value)
    if not classes:
        raise StackError("No pixel of the map is left to assess.", "Check nodata and the classes left out.")
    return classes, reasons
