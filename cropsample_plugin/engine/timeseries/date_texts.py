"""Dates in file names, band descriptions and metadata."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from cropsample_plugin.engine.errors import InputError

_YEAR = r"(?P<year>(?:19|20)\d{2})"
_TIME = r"(?:[T ]?\d{6})?"
_SPELLINGS = (
    re.compile(rf"(?<!\d){_YEAR}(?P<gap>[-_. ]?)(?P<month>\d{{2}})(?P=gap)(?P<day>\d{{2}}){_TIME}(?!\d)"),
    re.compile(rf"(?<![A-Za-z0-9])A{_YEAR}(?P<day_of_year>\d{{3}})(?!\d)"),
    re.compile(rf"(?<!\d){_YEAR}(?P<day_of_year>\d{{3}})T\d{{6}}(?!\d)"),
    re.compile(rf"(?<!\d){_YEAR}[-_](?P<month>\d{{2}})(?![-_]?\d)"),
)
_LOOSE = re.compile(r"^\s*(?P<year>\d{4})[-/](?P<month>\d{1,2})[-/](?P<day>\d{1,2})(?!\d)")
SPELLINGS_TEXT = "YYYY-MM-DD, YYYY_MM_DD, YYYYMMDD, AYYYYDDD (MODIS), YYYYDDDThhmmss (HLS), YYYY-MM"
_DIRECTIVES = {
    "%Y": r"\d{4}",
    "%y": r"\d{2}",
    "%m": r"\d{1,2}",
    "%d": r"\d{1,2}",
    "%j": r"\d{3}",
    "%b": r"[A-Za-z]{3}",
    "%B": r"[A-Za-z]+",
    "%H": r"\d{2}",
    "%M": r"\d{2}",
    "%S": r"\d{2}",
}


@dataclass(frozen=True)
class FoundDate:
    """A date in a text.

    Attributes:
        day: the date.
        start, end: where the text that spells it begins and ends.
    """

    day: date
    start: int
    end: int


def find_dates(text: str, pattern: str = "") -> list[FoundDate]:
    """Return the dates in a text, from left to right.

    Args:
        text: such as a file name.
        pattern: "" for the usual spellings, else a `strptime` pattern such as ``%d%m%Y``, or a regular
            expression with groups ``year``, ``month``, ``day`` (or ``day_of_year``), or three groups in that order.

    Raises:
        InputError: the pattern itself is not usable.
    """
    if pattern:
        found = _by_directives(text, pattern) if "%" in pattern else _by_expression(text, _compiled(pattern, pattern))
    else:
        found = []
        for spelling in _SPELLINGS:
            found += [hit for hit in _by_expression(text, spelling) if not _overlaps(hit, found)]
    return sorted(found, key=lambda hit: hit.start)


def without_dates(text: str, pattern: str = "") -> str:
    """Return a text without the words that hold a date; words are separated by ``_``, ``-``, ``.`` or space."""
    for hit in reversed(find_dates(text, pattern)):
        start, end = hit.start, hit.end
        while end < len(text) and text[end].isalnum():
            end += 1
        text = text[:start].rstrip("_-. ") + "_" + text[end:].lstrip("_-. ")
    return text.strip("_-. ")


def loose_date(text: str) -> date | None:
    """Read a date at the beginning of a text, months and days without leading zeros allowed."""
    match = _LOOSE.match(text)
    return _as_date(match) if match else None


def date_from_text(text: str, name: str) -> date:
    """Read a date parameter; `InputError` names it."""
    found = loose_date(text) or next((hit.day for hit in find_dates(text)), None)
    if found is None:
        raise InputError(f"The {name} '{text}' is not a date.", "Write it as YYYY-MM-DD.")
    return found


def _by_expression(text: str, expression: re.Pattern[str]) -> list[FoundDate]:
    found = []
    for match in expression.finditer(text):
        day = _as_date(match)
        if day is not None:
            found.append(FoundDate(day, match.start(), match.end()))
    return found


def _by_directives(text: str, pattern: str) -> list[FoundDate]:
    pieces = re.split(r"(%[A-Za-z%])", pattern)
    source = "".join(_piece(piece, pattern) for piece in pieces)
    found = []
    for match in _compiled(source, pattern).finditer(text):
        try:
            # A calendar date of the image, no instant: time zones do not apply.
            day = datetime.strptime(match.group(0), pattern).date()  # noqa: DTZ007
        except ValueError:
            continue
        found.append(FoundDate(day, match.start(), match.end()))
    return found


def _piece(piece: str, pattern: str) -> str:
    if not piece.startswith("%"):
        return re.escape(piece)
    if piece not in _DIRECTIVES:
        raise InputError(
            f"The date pattern '{pattern}' has the unknown directive '{piece}'.",
            f"Use {', '.join(_DIRECTIVES)}, or a regular expression.",
        )
    return _DIRECTIVES[piece]


def _compiled(source: str, pattern: str) -> re.Pattern[str]:
    try:
        return re.compile(source)
    except re.error as error:
        raise InputError(
            f"The date pattern '{pattern}' is not a regular expression: {error}.",
            "Write it like '%Y%m%d' or like '(?P<year>\\d{4})(?P<month>\\d{2})(?P<day>\\d{2})'.",
        ) from error


def _as_date(match: re.Match[str]) -> date | None:
    parts = {name: value for name, value in match.groupdict().items() if name != "gap" and value}
    if not parts:
        parts = dict(zip(("year", "month", "day"), (group for group in match.groups() if group)))
    if "year" not in parts:
        return loose_date(match.group(0)) or next((hit.day for hit in find_dates(match.group(0))), None)
    try:
        year = int(parts["year"])
        if "day_of_year" in parts:
            day = date(year, 1, 1) + timedelta(days=int(parts["day_of_year"]) - 1)
            return day if day.year == year else None
        return date(year, int(parts.get("month", 1)), int(parts.get("day", 1)))
    except ValueError:
        return None


def _overlaps(hit: FoundDate, others: list[FoundDate]) -> bool:
    return any(hit.start < other.end and other.start < hit.end for other in others)
