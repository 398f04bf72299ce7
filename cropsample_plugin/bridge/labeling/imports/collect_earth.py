"""Exports of Collect Earth Online: a row per sample with its answers, or per plot with the shares of answers.

The columns are those of the server's exports since 2018: ``plot_id`` (later ``plotid``) or ``PLOT_ID``, ``sample_id``,
``lon``, ``lat`` or ``center_lon``, ``center_lat``, ``email``, ``flagged``, ``collection_time``, ``analysis_duration``
(``61.6 secs``), ``imagery_title``, ``sample_geom`` (WKT), then columns of the plots' and samples' own attributes with
``pl_`` and ``smpl_`` before them, then one per question; in plot exports one per question and answer,
``Question:Answer``, with the percentage of the plot's samples that were given it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Dict, List, Sequence, Tuple

from cropsample_plugin.bridge.labeling.imports.candidates import CandidateRow, CandidateTable, FieldRoles
from cropsample_plugin.bridge.labeling.imports.coordinate_columns import find_coordinates
from cropsample_plugin.bridge.labeling.imports.coordinate_texts import read_number
from cropsample_plugin.bridge.labeling.imports.field_forms import table_of
from cropsample_plugin.bridge.labeling.imports.text_tables import TextTable, read_text_table
from cropsample_plugin.bridge.labeling.label_events import LabelingError

PLOT_AND_SAMPLE = "plot and sample"
_SAMPLE_MARKS = ({"plotid", "sampleid"}, {"lon"}, {"lat"})
_PLOT_MARKS = ({"plotid"}, {"centerlon"}, {"centerlat"})
_OWN_COLUMNS = frozenset(
    {
        "plotid", "sampleid", "sampleinternalid", "lon", "lat", "centerlon", "centerlat", "sizem", "shape",
        "samplepoints", "email", "userid", "labeler", "analyst", "username", "flagged", "flaggedreason", "analyses",
        "confidence", "confidencecomment", "collectiontime", "analysisduration", "imagerytitle", "imagerydate",
        "imageryattributions", "imageryattributes", "samplegeom", "plotgeom", "usedgeodash", "usedkml",
        "commonsecurewatchdate", "totalsecurewatchdates", "assigned",
    }
)  # fmt: skip
_ATTRIBUTES = ("pl_", "smpl_")


def is_collect_earth(names: Sequence[str]) -> bool:
    """Return whether columns are those of an export of Collect Earth Online."""
    return _is_sample_export(names) or _is_plot_export(names)


def read_collect_earth(path: str) -> CandidateTable:
    """Read a plot or sample export.

    Raises:
        LabelingError: the file cannot be read, or is no such export.
    """
    table = read_text_table(path)
    if not is_collect_earth(table.names):
        raise LabelingError(f"'{path}' is no export of Collect Earth Online.", "Read it as a table with coordinates.")
    by_name = {name: [row.values[place] for row in table.rows] for place, name in enumerate(table.names)}
    columns = find_coordinates(by_name)
    if columns is None:
        raise LabelingError(f"'{path}' holds no places.", "Export it again with its coordinates.")
    candidates = table_of(path, table, columns)
    questions = _questions(table.names)
    if _is_sample_export(table.names):
        return _sample_table(candidates, table, questions)
    return _plot_table(candidates, questions)


def _sample_table(candidates: CandidateTable, table: TextTable, questions: Sequence[str]) -> CandidateTable:
    named = {_key(name): name for name in table.names}
    plot, sample = named["plotid"], named["sampleid"]
    rows = tuple(_with(row, PLOT_AND_SAMPLE, _joined(row.values[plot], row.values[sample])) for row in candidates.rows)
    answered = [name for name in questions if any(row.values.get(name) for row in rows)]
    note = f"An export of samples from Collect Earth Online with {_counted(len(questions), 'question')}."
    return replace(
        candidates,
        fields=(PLOT_AND_SAMPLE, *candidates.fields),
        rows=rows,
        notes=(note, *candidates.notes),
        roles=_roles(named, PLOT_AND_SAMPLE, (answered or [*questions, ""])[0]),
    )


def _plot_table(candidates: CandidateTable, questions: Sequence[str]) -> CandidateTable:
    """Return the plots with a column per question: the answer of most of the plot's samples."""
    answers: Dict[str, List[Tuple[str, str]]] = {}
    for name in questions:
        question, _, answer = name.rpartition(":")
        if question and answer:
            answers.setdefault(question, []).append((answer, name))
    rows = []
    for row in candidates.rows:
        chosen = {question: _most_frequent(row, offered) for question, offered in answers.items()}
        rows.append(replace(row, values={**row.values, **chosen}))
    named = {_key(name): name for name in candidates.fields}
    used = {name for offered in answers.values() for _, name in offered}
    note = "An export of plots from Collect Earth Online: each plot has the answer that most of its samples were given."
    return replace(
        candidates,
        fields=(*answers, *(name for name in candidates.fields if name not in used)),
        rows=tuple(rows),
        notes=(note, *candidates.notes),
        roles=_roles(named, named["plotid"], next(iter(answers), "")),
    )


def _most_frequent(row: CandidateRow, offered: Sequence[Tuple[str, str]]) -> str:
    """Return the answer with the highest number; several that are equal joined, which are then no class by chance."""
    numbers = [(read_number(row.values[name], is_comma_decimal=False) or 0.0, answer) for answer, name in offered]
    most = max(number for number, _ in numbers)
    return " = ".join(answer for number, answer in numbers if number == most) if most > 0 else ""


def _roles(named: Dict[str, str], id_field: str, question: str) -> FieldRoles:
    def first(*keys: str) -> str:
        return next((named[key] for key in keys if key in named), "")

    return FieldRoles(
        class_field=question,
        id_field=id_field,
        labeler_field=first("email", "labeler", "analyst", "username", "userid"),
        date_field=first("collectiontime"),
        confidence_field=first("confidence"),
        comment_field=first("confidencecomment", "flaggedreason"),
        imagery_field=first("imagerytitle"),
        seconds_field=first("analysisduration"),
        flag_field=first("flagged"),
    )


def _questions(names: Sequence[str]) -> List[str]:
    return [name for name in names if _key(name) not in _OWN_COLUMNS and not name.casefold().startswith(_ATTRIBUTES)]


def _is_sample_export(names: Sequence[str]) -> bool:
    keys = {_key(name) for name in names}
    return all(mark <= keys for mark in _SAMPLE_MARKS)


def _is_plot_export(names: Sequence[str]) -> bool:
    keys = {_key(name) for name in names}
    return all(mark <= keys for mark in _PLOT_MARKS)


def _key(name: str) -> str:
    return name.casefold().replace("_", "")


def _joined(plot: str, sample: str) -> str:
    return f"{plot}.{sample}" if plot and sample else plot or sample


def _with(row: CandidateRow, name: str, value: str) -> CandidateRow:
    return replace(row, values={**row.values, name: value})


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
