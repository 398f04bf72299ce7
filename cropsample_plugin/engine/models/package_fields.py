"""Read the fields of ``model.json`` one by one; whatever is not as it should be is a `ModelPackageError`."""

from __future__ import annotations

import re
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from cropsample_plugin.engine.errors import ModelPackageError
from cropsample_plugin.engine.models.classes import HIGHEST_CLASS_ID, ClassInfo

Value = TypeVar("Value")
_COLOR = re.compile(r"^#[0-9a-f]{6}$")
_MAX_TEXT = 10_000


def require(document: dict[str, Any], name: str, kind: type[Value]) -> Value:
    """Return a field of a kind."""
    value = document.get(name)
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise ModelPackageError(f"Its model.json has no '{name}' of the kind {kind.__name__}.")
    return value


def read_text(document: dict[str, Any], name: str) -> str:
    """Return a text field."""
    text = require(document, name, str)
    if len(text) > _MAX_TEXT:
        raise ModelPackageError(f"Its model.json has an unreasonably long '{name}'.")
    return text


def read_texts(document: dict[str, Any], name: str) -> tuple[str, ...]:
    """Return a list of distinct texts."""
    items = require(document, name, list)
    if not all(isinstance(item, str) for item in items) or len(set(items)) != len(items):
        raise ModelPackageError(f"Its model.json has a '{name}' that is not a list of distinct texts.")
    return tuple(items)


def read_numbers(document: dict[str, Any], name: str, length: int) -> npt.NDArray[np.float64]:
    """Return a list of finite numbers of a length."""
    items = require(document, name, list)
    if not all(isinstance(item, (int, float)) and not isinstance(item, bool) for item in items) or len(items) != length:
        raise ModelPackageError(f"Its model.json has a '{name}' that is not a list of {length} numbers.")
    numbers = np.array(items, dtype=np.float64)
    if not np.isfinite(numbers).all():
        raise ModelPackageError(f"Its model.json has a '{name}' with numbers that are not finite.")
    return numbers


def read_classes(items: list[Any]) -> tuple[ClassInfo, ...]:
    """Return the classes; ids and labels are distinct."""
    classes = tuple(_read_class(item) for item in items)
    ids = {item.class_id for item in classes}
    labels = {item.label for item in classes}
    if len(classes) < 2 or len(ids) != len(classes) or len(labels) != len(classes):  # noqa: PLR2004 - a model tells classes apart
        raise ModelPackageError("Its model.json does not hold two or more distinct classes.")
    return classes


def _read_class(item: Any) -> ClassInfo:  # noqa: ANN401 - JSON value in
    if not isinstance(item, dict):
        raise ModelPackageError("Its model.json holds a class that is not an object.")
    class_id, label = require(item, "class_id", int), item.get("label")
    name, color = read_text(item, "name"), read_text(item, "color")
    is_label = isinstance(label, (str, int)) and not isinstance(label, bool)
    if not 0 <= class_id <= HIGHEST_CLASS_ID or not is_label or not _COLOR.match(color):
        raise ModelPackageError(f"Its model.json holds an impossible class: {name}.")
    return ClassInfo(class_id, item["label"], name, color)
