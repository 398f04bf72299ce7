"""Classes of a session taken from what there is: a layer's style or values, a table, another session."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import Dict, List, Optional, Sequence

from qgis.core import QgsCategorizedSymbolRenderer, QgsVectorLayer
from qgis.PyQt.QtCore import QCoreApplication
from qgis.PyQt.QtGui import QColor

from cropsample_plugin.bridge.labeling.label_events import LabelingError
from cropsample_plugin.bridge.labeling.session_file import SUFFIX, LabelClass, read_session_file
from cropsample_plugin.gui.label_review_layer import text_of

MOST_CLASSES = 200
# Of Okabe and Ito (2008), which all usual forms of colour blindness keep apart, then darker and lighter ones.
COLORS = (
    "#e69f00", "#56b4e9", "#009e73", "#f0e442", "#0072b2", "#d55e00", "#cc79a7", "#999999",
    "#8c510a", "#01665e", "#762a83", "#1b7837", "#b2182b", "#4d4d4d", "#80cdc1", "#f4a582",
)  # fmt: skip
_COLUMNS: Dict[str, Sequence[str]] = {
    "name": ("name", "class", "label", "class_name", "crop"),
    "color": ("color", "colour"),
    "key": ("key", "shortcut"),
    "description": ("description", "notes", "definition"),
    "target": ("target", "count", "wanted"),
}


def next_color(classes: Sequence[LabelClass]) -> str:
    """Return a colour that the classes do not have yet."""
    used = {item.color.lower() for item in classes}
    return next((color for color in COLORS if color not in used), COLORS[len(classes) % len(COLORS)])


def classes_of_names(names: Sequence[str]) -> List[LabelClass]:
    """Return a class for each different name, in their order, with a colour."""
    classes: List[LabelClass] = []
    for name in dict.fromkeys(name.strip() for name in names):
        if name:
            classes.append(LabelClass(name, next_color(classes)))
    return classes


def classes_of_style(layer: QgsVectorLayer) -> List[LabelClass]:
    """Return the categories of a layer's style.

    Raises:
        LabelingError: the layer is not shown by category.
    """
    renderer = layer.renderer()
    if not isinstance(renderer, QgsCategorizedSymbolRenderer):
        raise LabelingError(
            _tr("The layer '{}' is not shown by category.").format(layer.name()),
            _tr("Give it a categorized style, or take the classes from elsewhere."),
        )
    found: Dict[str, LabelClass] = {}
    for category in renderer.categories():
        value = category.value()
        for name in [text_of(part) for part in (value if isinstance(value, list) else [value])]:
            if name and category.symbol() is not None:
                found.setdefault(name, LabelClass(name, category.symbol().color().name()))
    return _checked(list(found.values()), layer.name())


def classes_of_field(layer: QgsVectorLayer, field_name: str) -> List[LabelClass]:
    """Return the different values of a field as classes.

    Raises:
        LabelingError: there is no such field, it is empty, or it has more values than there can be classes.
    """
    place = layer.fields().lookupField(field_name)
    if place < 0:
        raise LabelingError(_tr("Choose the field of the given labels first."))
    values = layer.uniqueValues(place, MOST_CLASSES + 1)
    return _checked(classes_of_names(sorted(text_of(value) for value in values)), f"{layer.name()}, {field_name}")


def classes_of_csv(path: str) -> List[LabelClass]:
    """Return the classes of a table with the column ``name`` and perhaps color, key, description and target.

    Raises:
        LabelingError: the file cannot be read, has no such column, or holds something that is none.
    """
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise LabelingError(
            _tr("The table '{}' cannot be read: {}.").format(path, error), _tr("Save it as CSV in UTF-8.")
        ) from error
    first = text.split("\n", maxsplit=1)[0]
    separator = max(",;\t", key=first.count)
    rows = list(csv.DictReader(text.splitlines(), delimiter=separator))
    headings = {str(heading).strip().casefold(): heading for heading in (rows[0] if rows else {})}
    column = {
        what: next((headings[name] for name in names if name in headings), None) for what, names in _COLUMNS.items()
    }
    if column["name"] is None:
        raise LabelingError(
            _tr("The table '{}' has no column 'name'.").format(path),
            _tr("The first row holds the headings: name, color, key, description, target."),
        )
    classes: List[LabelClass] = []
    for number, row in enumerate(rows, start=2):
        values = {what: str(row.get(heading) or "").strip() for what, heading in column.items() if heading}
        if values["name"]:
            classes.append(_class_of_row(values, classes, number))
    return _checked(classes, path)


def classes_of_session(path: str) -> List[LabelClass]:
    """Return the classes of another session."""
    return list(read_session_file(path).classes)


def classes_of_file(path: str) -> List[LabelClass]:
    """Return the classes of a session file or of a table, whichever it is."""
    return classes_of_session(path) if path.lower().endswith(SUFFIX) else classes_of_csv(path)


def _class_of_row(values: Dict[str, str], before: Sequence[LabelClass], number: int) -> LabelClass:
    color = _color(values.get("color", ""))
    if color is None:
        raise LabelingError(
            _tr("Row {}: '{}' is no colour.").format(number, values["color"]), _tr("Write it as #rrggbb.")
        )
    target = values.get("target") or "0"
    if not re.fullmatch(r"\d{1,9}(\.0*)?", target):
        raise LabelingError(_tr("Row {}: the target '{}' is no number.").format(number, target))
    key = values.get("key", "")
    if len(key) > 1:
        raise LabelingError(
            _tr("Row {}: the key '{}' has more than one character.").format(number, key),
            _tr("A key is one digit or letter."),
        )
    described = values.get("description", "")
    return LabelClass(values["name"], color or next_color(before), key, described, int(float(target)))


def _color(text: str) -> Optional[str]:
    """Return ``#rrggbb``, "" for none, None for what is no colour."""
    if not text:
        return ""
    color = QColor(text)
    return str(color.name()) if color.isValid() else None


def _checked(classes: List[LabelClass], where: str) -> List[LabelClass]:
    if not classes:
        raise LabelingError(_tr("There are no classes in {}.").format(where))
    if len(classes) > MOST_CLASSES:
        raise LabelingError(
            _tr("{} holds more than {} different values.").format(where, MOST_CLASSES),
            _tr("Choose the field that holds the classes."),
        )
    return classes


def _tr(text: str) -> str:
    return QCoreApplication.translate("Labeling", text)
