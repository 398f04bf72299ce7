"""Lists that a user writes as text."""

from __future__ import annotations


def separated(text: str, separator: str) -> list[str]:
    """Return the items of a text, without outer spaces; empty ones are left out."""
    return [item.strip() for item in text.split(separator) if item.strip()]


def comma_separated(text: str) -> list[str]:
    """Return the items of a text with commas, or semicolons, between them."""
    return separated(text, ";" if ";" in text else ",")
