"""Text files with a header and delimited values, whatever their encoding and delimiter; what was found is said."""

from __future__ import annotations

import codecs
import csv
import io
from dataclasses import dataclass
from pathlib import Path
from typing import List, Sequence, Tuple

from cropsample_plugin.bridge.labeling.label_events import LabelingError

_DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "vertical bar"}
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
_ROWS_LOOKED_AT = 50
_BYTES_LOOKED_AT = 4096
_NULL_SHARE = 0.2
_EXCEL_HINT = "sep="
_LONGEST_VALUE = 10_000_000


@dataclass(frozen=True)
class TextRow:
    """Line on which a row starts (1 is the first of the file), its values, and why it cannot be read, or ""."""

    line: int
    values: Tuple[str, ...]
    problem: str = ""


@dataclass(frozen=True)
class TextTable:
    """Names of the columns, each only once; rows as long as them; what was recognised, in words."""

    names: Tuple[str, ...]
    rows: Tuple[TextRow, ...]
    notes: Tuple[str, ...]


def read_text_table(path: str) -> TextTable:
    """Read a delimited text file; blank lines are passed over, rows of another length keep a problem.

    Raises:
        LabelingError: the file cannot be read, is empty, or is no table.
    """
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        raise LabelingError(f"'{path}' cannot be read: {error.strerror or error}.") from error
    text, encoding, is_guessed = _decoded(data, path)
    lines_before = 0
    delimiter = ""
    first = text.split("\n", 1)[0].strip().casefold()
    if first.startswith(_EXCEL_HINT) and len(first) <= len(_EXCEL_HINT) + 1:
        delimiter = text.lstrip()[len(_EXCEL_HINT) : len(_EXCEL_HINT) + 1].replace("\r", "")
        text, lines_before = text.split("\n", 1)[-1], 1
    if not text.strip():
        raise LabelingError(f"'{path}' is empty.", "Choose a file with a header and rows.")
    delimiter = delimiter or _find_delimiter(text, path)
    names, rows = _records(text, delimiter, lines_before, path)
    notes = [f"Values are separated by {_DELIMITERS.get(delimiter, delimiter)}; the text is {encoding}."]
    if is_guessed:
        notes.append("The text is no UTF-8: where letters with accents look wrong, save the file as UTF-8.")
    return TextTable(names, rows, tuple(notes))


def _decoded(data: bytes, path: str) -> Tuple[str, str, bool]:
    """Return the text, the name of its encoding, and whether that is a guess."""
    for mark, codec, name in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _decoded_as(data, codec, path), name, False
    start = data[:_BYTES_LOOKED_AT]
    for codec, offset in (("utf-16-le", 1), ("utf-16-be", 0)):
        if start and start[offset::2].count(0) > _NULL_SHARE * len(start) / 2:
            return _decoded_as(data, codec, path), "UTF-16", False
    if b"\0" in start:
        raise LabelingError(f"'{path}' is no text file.", "Save the table as CSV.")
    try:
        return data.decode("utf-8"), "UTF-8", False
    except UnicodeDecodeError:
        # Bytes that Windows-1252 leaves undefined still mean something in Latin-1.
        decoded = data.decode("cp1252", errors="replace")
        return (decoded if "\ufffd" not in decoded else data.decode("latin-1")), "Western European (Latin-1)", True


def _decoded_as(data: bytes, codec: str, path: str) -> str:
    try:
        return data.decode(codec)
    except UnicodeDecodeError as error:
        message = f"'{path}' is damaged: its text breaks off or is mixed ({codec}, byte {error.start})."
        raise LabelingError(message, "Save the file again as UTF-8.") from error


def _find_delimiter(text: str, path: str) -> str:
    """Return the delimiter by which most rows have as many values as the header, at least two."""
    best, best_score = "", (0.0, 0)
    for delimiter in _DELIMITERS:
        lengths = [len(row) for row in _first_rows(text, delimiter)]
        if not lengths or lengths[0] < 2:  # noqa: PLR2004 - a table has two columns
            continue
        score = (sum(length == lengths[0] for length in lengths) / len(lengths), lengths[0])
        if score > best_score:
            best, best_score = delimiter, score
    if not best:
        raise LabelingError(
            f"'{path}' is no table: its first line holds no comma, semicolon, tab or vertical bar.",
            "Choose a CSV file whose first line names the columns.",
        )
    return best


def _first_rows(text: str, delimiter: str) -> List[Sequence[str]]:
    rows: List[Sequence[str]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            if any(value.strip() for value in row):
                rows.append(row)
            if len(rows) > _ROWS_LOOKED_AT:
                break
    except csv.Error:
        return []
    return rows


def _records(text: str, delimiter: str, lines_before: int, path: str) -> Tuple[Tuple[str, ...], Tuple[TextRow, ...]]:
    csv.field_size_limit(_LONGEST_VALUE)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    names: Tuple[str, ...] = ()
    rows: List[TextRow] = []
    line = lines_before + 1
    try:
        for values in reader:
            start, line = line, lines_before + reader.line_num + 1
            if not any(value.strip() for value in values):
                continue
            if not names:
                names = _distinct(values)
                continue
            rows.append(_row(start, values, len(names)))
    except csv.Error as error:
        raise LabelingError(f"'{path}' is damaged at line {line}: {error}.", "Save the table again as CSV.") from error
    return names, tuple(rows)


def _row(line: int, values: Sequence[str], n_names: int) -> TextRow:
    while len(values) > n_names and not values[-1].strip():
        values = values[:-1]
    if len(values) == n_names:
        return TextRow(line, tuple(value.strip() for value in values))
    problem = f"the row has {len(values)} values, the header {n_names}"
    filled = [*values[:n_names], *[""] * (n_names - len(values))]
    return TextRow(line, tuple(value.strip() for value in filled), problem)


def _distinct(names: Sequence[str]) -> Tuple[str, ...]:
    """Return the names, those missing numbered, and those given twice with a number behind them."""
    found: List[str] = []
    for place, name in enumerate(names, start=1):
        base = name.strip().lstrip("\ufeff").strip('"') or f"column {place}"
        shown, count = base, 2
        while shown in found:
            shown, count = f"{base} ({count})", count + 1
        found.append(shown)
    return tuple(found)
