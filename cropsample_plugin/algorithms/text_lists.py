"""Lists that a user writes as text."""

from __future__ import annotations


def comma_separated(text: str) -> list[str]:
    """Return the items of a text with commas, or semicolons, between them."""
    separator = ";" if ";" in text else ","
    return [item.strip() for item in text.split(separator) if item.strip()]
