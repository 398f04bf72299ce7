"""Dates, confidences and durations as files write them."""

from __future__ import annotations

import re
from datetime import datetime, timezone
from typing import Callable, Iterable, List, Optional, Tuple

from cropsample_plugin.bridge.labeling.imports.coordinate_texts import comma_is_decimal, read_number

_TRUE = frozenset({"true", "t", "yes", "y", "1", "flagged"})
_NUMERIC_DATE = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})(?:[ T,]+(\d{1,2}:\d{2}(?::\d{2})?))?")
_ISO_DATE = re.compile(
    r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})"
    r"(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*(Z|UTC|[+-]\d{2}:?\d{2})?)?"
)
_MONTHS = 12
_PERCENT = 100.0

DateReader = Callable[[str], Optional[str]]


def is_true(text: str) -> bool:
    """Return whether a text says yes."""
    return text.strip().casefold() in _TRUE


def read_seconds(text: str) -> float:
    """Return a duration such as ``61.6 secs``; 0 where there is none or it is negative."""
    found = re.search(r"-?\d+(?:\.\d+)?", text)
    return max(0.0, float(found.group())) if found else 0.0


def date_reader(texts: Iterable[str]) -> Tuple[DateReader, str]:
    """Return how to read the dates of a column as UTC, ISO 8601 with microseconds, and what is to be said about it.

    ISO dates are always read, times without a zone as UTC. Of ``3/4/2023`` the column has to show whether the day or
    the month comes first; where it does not, they are not read. ``3.4.2023`` starts with the day.
    """
    numeric = [found for found in map(_NUMERIC_DATE.fullmatch, (text.strip() for text in texts)) if found]
    firsts, seconds = [int(found[1]) for found in numeric], [int(found[3]) for found in numeric]
    is_day_first: Optional[bool] = None
    if any(first > _MONTHS for first in firsts) or any(found[2] == "." for found in numeric):
        is_day_first = True
    elif any(second > _MONTHS for second in seconds):
        is_day_first = False
    note = ""
    if numeric:
        note = {
            True: "Dates are read as day, month, year.",
            False: "Dates are read as month, day, year.",
            None: "Dates are not read: it cannot be told whether the day or the month comes first.",
        }[is_day_first]

    def read(text: str) -> Optional[str]:
        return _utc_text(_iso_parts(text.strip()) or _numeric_parts(text.strip(), is_day_first=is_day_first))

    return read, note


def confidence_reader(texts: Iterable[str]) -> Tuple[Callable[[str], Optional[int]], str]:
    """Return how to read a column of confidences as percent, and what is to be said about it.

    Columns with a decimal number and nothing above 1 hold shares.
    """
    plain = [text.replace("%", "").strip() for text in texts if text.strip()]
    is_comma = comma_is_decimal(plain)
    numbers = [
        number for number in (read_number(text, is_comma_decimal=is_comma) for text in plain) if number is not None
    ]
    is_share = bool(numbers) and max(numbers) <= 1 and any(number % 1 for number in numbers)

    def read(text: str) -> Optional[int]:
        number = read_number(text.replace("%", ""), is_comma_decimal=is_comma)
        if number is None:
            return None
        percent = number * _PERCENT if is_share else number
        return round(percent) if 0 <= percent <= _PERCENT else None

    return read, "Confidences are read as shares of 1." if is_share else ""


def _iso_parts(text: str) -> Optional[datetime]:
    found = _ISO_DATE.fullmatch(text)
    if not found:
        return None
    year, month, day, hour, minute, second, fraction, zone = found.groups()
    numbers: List[int] = [int(part or 0) for part in (year, month, day, hour, minute, second)]
    microseconds = int((fraction or "0").ljust(6, "0")[:6])
    try:
        if zone in (None, "Z", "UTC"):
            return datetime(*numbers, microseconds, tzinfo=timezone.utc)  # type: ignore[misc, arg-type]
        offset = datetime.strptime(zone.replace(":", ""), "%z").tzinfo
        return datetime(*numbers, microseconds, tzinfo=offset)  # type: ignore[misc, arg-type]
    except ValueError:
        return None


def _numeric_parts(text: str, *, is_day_first: Optional[bool]) -> Optional[datetime]:
    found = _NUMERIC_DATE.fullmatch(text)
    if not found or is_day_first is None:
        return None
    day, month = (found[1], found[3]) if is_day_first else (found[3], found[1])
    return _iso_parts(f"{found[4]}-{month}-{day} {found[5] or '0:00'}")


def _utc_text(moment: Optional[datetime]) -> Optional[str]:
    if moment is None:
        return None
    try:
        return moment.astimezone(timezone.utc).isoformat(timespec="microseconds").replace("+00:00", "Z")
    except OverflowError:
        return None
