"""Numbers and angles as people write them: decimal comma, thousands, degrees with minutes and seconds."""

from __future__ import annotations

import re
from typing import Iterable, Optional

_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?")
_SPACES = re.compile(r"[\s\u00a0\u202f']+")
# Degree signs, letters, and what stands for minutes and seconds: primes, quotation marks, accents.
_ANGLE_MARKS = re.compile("[\u00b0\u00ba\u02dadDmM\u2032\u2019\u00b4'\"\u2033\u201d\u201c:]")
# No O: it is west in Spanish, French and Italian, and east in German.
_HEMISPHERE = re.compile(r"[NSEW]", re.IGNORECASE)
_NEGATIVE = frozenset("SW")
_SIXTY = 60.0


def comma_is_decimal(texts: Iterable[str]) -> bool:
    """Return whether commas in a column of numbers stand before decimals rather than between thousands."""
    with_comma = [text for text in texts if "," in text]
    if not with_comma:
        return False
    return not any(text.count(",") > 1 or text.rfind(",") < text.rfind(".") for text in with_comma)


def read_number(text: str, *, is_comma_decimal: bool) -> Optional[float]:
    """Return a number, None when the text is none."""
    plain = _SPACES.sub("", text).replace("\u2212", "-")
    if is_comma_decimal:
        plain = plain.replace(".", "") if "," in plain else plain
        plain = plain.replace(",", ".")
    else:
        plain = plain.replace(",", "")
    return float(plain) if _NUMBER.fullmatch(plain) else None


def read_angle(text: str) -> Optional[float]:
    """Return decimal degrees of ``12°34'56.7"S``, ``S 12 34.945``, ``12:34:56 W``; None when the text is no angle."""
    letters = _HEMISPHERE.findall(re.sub(r"[dDmM]", " ", text))
    if len(letters) > 1:
        return None
    rest = _HEMISPHERE.sub(" ", text).replace("\u2212", "-").replace(",", ".")
    is_negative = "-" in rest
    parts = _ANGLE_MARKS.sub(" ", rest.replace("-", " ").replace("+", " ")).split()
    if not 1 <= len(parts) <= 3 or not all(re.fullmatch(r"\d+(\.\d*)?", part) for part in parts):  # noqa: PLR2004
        return None
    values = [float(part) for part in parts]
    if any(value >= _SIXTY for value in values[1:]) or any(value % 1 for value in values[:-1]):
        return None
    degrees = sum(value / _SIXTY**power for power, value in enumerate(values))
    points_back = bool(letters) and letters[0].upper() in _NEGATIVE
    return -degrees if is_negative or points_back else degrees
