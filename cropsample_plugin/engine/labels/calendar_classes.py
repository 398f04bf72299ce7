"""Which entry of a crop calendar each class has, as the user writes it."""

from __future__ import annotations

from cropsample_plugin.engine.errors import InputError

ALL_CLASSES = "*"
ClassCalendars = dict[str, list[str]]


def read_class_calendars(text: str) -> ClassCalendars:
    """Read ``class = entry; class = entry``; a class may stand several times, ``*`` is every class not named.

    An entry is a crop of the calendar, or a pair of fields or bands, ``start:end``.

    Raises:
        InputError: a part that is no ``class = entry``.
    """
    found: ClassCalendars = {}
    for part in text.split(";"):
        if not part.strip():
            continue
        name, separator, entry = part.partition("=")
        if not separator or not name.strip() or not entry.strip():
            raise InputError(
                f"'{part.strip()}' assigns no calendar to a class.",
                "Write 'class = crop' or 'class = start:end', with semicolons between them.",
            )
        found.setdefault(name.strip(), []).append(entry.strip())
    return found
