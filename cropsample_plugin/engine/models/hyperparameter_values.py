"""Checks and reading of hyperparameter values, shared by the settings of all models."""

from __future__ import annotations

import dataclasses
import math
from typing import Any, Collection, Mapping, TypeVar

from cropsample_plugin.engine.errors import InputError

SettingsType = TypeVar("SettingsType")


def check_range(name: str, value: float | str, low: float, high: float) -> None:
    """Raise `InputError` unless a number lies within its bounds."""
    if isinstance(value, str) or not low <= value <= high:
        raise InputError(f"The hyperparameter {name} is {value}.", f"It must lie in {low:g}..{high:g}.")


def check_choice(name: str, value: str, choices: Collection[str]) -> None:
    """Raise `InputError` unless a text is one of those there are."""
    if value not in choices:
        raise InputError(f"The hyperparameter {name} is '{value}'.", f"Choose one of: {', '.join(choices)}.")


def read_settings(settings_type: type[SettingsType], values: Mapping[str, Any]) -> SettingsType:
    """Build the settings of a model from plain JSON values.

    Raises:
        InputError: an unknown name, a value of the wrong type or outside its range.
    """
    known = {item.name: item for item in dataclasses.fields(settings_type)}  # type: ignore[arg-type] # a dataclass
    unknown = sorted(set(values) - set(known))
    if unknown:
        raise InputError(f"Unknown hyperparameters: {', '.join(unknown)}.", f"Known: {', '.join(known)}.")
    typed: dict[str, Any] = {name: _typed(name, value, str(known[name].type)) for name, value in values.items()}
    return settings_type(**typed)


def _typed(name: str, value: Any, expected: str) -> str | int | float:  # noqa: ANN401 - JSON value in
    """Turn a JSON value into the annotated type; numbers may come as text, as a QGIS table gives them."""
    kinds = [kind.strip() for kind in expected.split("|")]
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        raise InputError(f"The hyperparameter {name} is {value!r}.", f"It must be: {expected}.")
    try:
        number = float(value)
    except ValueError:
        if "str" in kinds and isinstance(value, str):
            return value.strip()
        raise InputError(f"The hyperparameter {name} is '{value}'.", "It must be a number.") from None
    if not math.isfinite(number):
        raise InputError(f"The hyperparameter {name} is {value}.", "It must be a finite number.")
    if "float" in kinds:
        return number
    if not number.is_integer():
        raise InputError(f"The hyperparameter {name} is {value}.", "It must be a whole number.")
    return int(number)
