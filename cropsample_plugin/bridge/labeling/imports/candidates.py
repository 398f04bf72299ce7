"""What a file or layer offers for import: rows with a geometry and texts, and what was understood of them."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from typing import Dict, Iterable, Optional, Tuple

from qgis.core import QgsCoordinateReferenceSystem, QgsGeometry


@dataclass(frozen=True)
class FieldRoles:
    """Which field says what; "" where none does.

    Attributes:
        class_field: the class.
        id_field: what the sample is called there.
        labeler_field: who labeled it.
        date_field: when it was labeled.
        confidence_field: how sure the labeler was.
        comment_field: in the labeler's words.
        imagery_field: what was looked at.
        seconds_field: how long it took.
        flag_field: whether it was flagged.
    """

    class_field: str = ""
    id_field: str = ""
    labeler_field: str = ""
    date_field: str = ""
    confidence_field: str = ""
    comment_field: str = ""
    imagery_field: str = ""
    seconds_field: str = ""
    flag_field: str = ""


ROLES = tuple(item.name for item in fields(FieldRoles))


@dataclass(frozen=True)
class CandidateRow:
    """One row of a file, placemark or feature.

    Attributes:
        number: as the user counts: line of a text file (1 is the header), else feature from 1.
        geometry: in the table's coordinate system, None where there is none.
        values: text by field, "" for nothing.
        problem: why it cannot be a sample, "" when it can.
        problem_value: the text that is at fault.
    """

    number: int
    geometry: Optional[QgsGeometry]
    values: Dict[str, str]
    problem: str = ""
    problem_value: str = ""


@dataclass(frozen=True)
class CandidateTable:
    """Everything that a file or layer offers.

    Attributes:
        title: of the file or layer.
        crs: of the geometries; invalid when the user has to say it.
        fields: names in the order of the file.
        rows: all of them, those with a problem too.
        notes: what was recognised and assumed, one sentence each.
        roles: the fields that most likely say what a label consists of.
        colors: ``#rrggbb`` by class, of formats that have colours.
    """

    title: str
    crs: QgsCoordinateReferenceSystem
    fields: Tuple[str, ...]
    rows: Tuple[CandidateRow, ...]
    notes: Tuple[str, ...] = ()
    roles: FieldRoles = FieldRoles()
    colors: Dict[str, str] = field(default_factory=dict)

    def counts(self, field_name: str) -> Dict[str, int]:
        """Return how often each text stands in a field, in order of appearance; "" is left out."""
        found: Dict[str, int] = {}
        for row in self.rows:
            value = row.values.get(field_name, "")
            if value:
                found[value] = found.get(value, 0) + 1
        return found


_NAMES_BY_ROLE = {
    "class_field": ("class", "label", "crop", "crop_type", "croptype", "land_cover", "landcover", "lulc", "klass",
                    "classe", "clase", "klasse", "culture", "cultivo", "cultura", "kultur", "fruchtart", "category",
                    "type", "code"),
    "id_field": ("sample_id", "sampleid", "id", "plot_id", "plotid", "uuid", "_uuid", "fid", "pid", "name", "key",
                 "meta-instanceid", "_id", "instanceid"),
    "labeler_field": ("labeler", "labeller", "email", "analyst", "interpreter", "enumerator", "observer", "user",
                      "username", "_submitted_by", "surveyor", "collector", "author", "user_id"),
    "date_field": ("collection_time", "created_at", "labeled_at", "date", "datetime", "time", "timestamp", "today",
                   "start", "_submission_time", "submissiondate", "survey_date", "visit_date", "end"),
    "confidence_field": ("confidence", "certainty", "conf", "sureness", "confidence_percent"),
    "comment_field": ("comment", "comments", "confidence_comment", "remark", "remarks", "note", "notes",
                      "description", "desc", "cmt", "observation", "observations"),
}  # fmt: skip


def with_likely_class(table: CandidateTable) -> CandidateTable:
    """Return a table whose class field is, where no name told it, the one with the fewest texts that repeat."""
    if table.roles.class_field:
        return table
    taken = set(vars(table.roles).values())
    found = []
    for name in table.fields:
        counts = table.counts(name)
        if name not in taken and 1 < len(counts) <= sum(counts.values()) / 2 and not all(map(_is_number, counts)):
            found.append((len(counts), name))
    if not found:
        return table
    return replace(table, roles=replace(table.roles, class_field=min(found)[1]))


def suggest_roles(names: Iterable[str]) -> FieldRoles:
    """Return the roles that fields have by their names; each field has one role at most."""
    by_key = {_key(name): name for name in reversed(list(names))}
    chosen: Dict[str, str] = {}
    for role, usual in _NAMES_BY_ROLE.items():
        for name in usual:
            found = by_key.get(_key(name))
            if found is not None and found not in chosen.values():
                chosen[role] = found
                break
    return FieldRoles(**chosen)


def _key(name: str) -> str:
    last = name.strip().replace("/", ":").split(":")[-1]
    return last.casefold().replace(" ", "_").replace("-", "_").strip("_")


def _is_number(text: str) -> bool:
    return not any(letter.isalpha() for letter in text)
