"""Numbers that users write as text: class values, and a number for each class."""

from __future__ import annotations

from cropsample_plugin.engine.errors import InputError


def whole_numbers(text: str) -> tuple[int, ...]:
    """Return the whole numbers of a text such as ``0, 255``."""
    try:
        return tuple(int(part) for part in _parts(text))
    except ValueError as error:
        raise InputError(
            f"'{text}' are no whole numbers.", "Write them separated by commas, such as 0, 255."
        ) from error


def named_numbers(text: str) -> dict[str, float]:
    """Return the numbers of a text such as ``wheat=0.9, 5=0.7``; names may hold spaces and equal signs."""
    found: dict[str, float] = {}
    for part in _parts(text):
        name, _, value = part.rpartition("=")
        try:
            found[name.strip()] = float(value)
        except ValueError as error:
            raise InputError(f"'{part}' gives no number.", "Write class=number, such as wheat=0.9, 5=0.7.") from error
        if not name.strip():
            raise InputError(f"'{part}' names no class.", "Write class=number, such as wheat=0.9, 5=0.7.")
    return found


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.replace(";", ",").split(",") if part.strip()]
