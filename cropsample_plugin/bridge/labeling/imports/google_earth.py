"""KML and KMZ as Google Earth Pro saves them: folders, names, descriptions, own data, colours.

Read here and not by OGR, which puts folders within folders together and loses the colours of shared styles.
"""

from __future__ import annotations

import html
import re
import zipfile
import zlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Dict, List, Optional, Tuple
from xml.etree import ElementTree as ET  # nosec B405 - entities are refused first
from xml.etree.ElementTree import Element  # nosec B405 - a type

from qgis.core import QgsCoordinateReferenceSystem, QgsGeometry

from cropsample_plugin.bridge.labeling.imports.candidates import (
    CandidateRow,
    CandidateTable,
    FieldRoles,
    suggest_roles,
)
from cropsample_plugin.bridge.labeling.imports.kml_shapes import ShapeError, local_name, placemark_shape
from cropsample_plugin.bridge.labeling.imports.kml_styles import KmlStyles
from cropsample_plugin.bridge.labeling.imports.xml_entities import refuse_entities
from cropsample_plugin.bridge.labeling.label_events import LabelingError

FOLDER, FOLDER_PATH, NAME, DESCRIPTION, TIME = "folder", "folder path", "name", "description", "time"
_OWN_FIELDS = (FOLDER, FOLDER_PATH, NAME, DESCRIPTION, TIME)
_LARGEST_BYTES = 1_000_000_000
_NAMESPACE_PREFIX = re.compile(r"(</?|\s)(?!xmlns|xml:)[A-Za-z_][\w.-]*:(?=[A-Za-z_])(?=[\w.-]+[\s=/>])")


@dataclass
class _Found:
    """What was met on the way through the file."""

    rows: List[CandidateRow] = field(default_factory=list)
    colors: List[str] = field(default_factory=list)
    own_fields: List[str] = field(default_factory=list)
    links: List[str] = field(default_factory=list)


def read_google_earth(path: str) -> CandidateTable:
    """Read the placemarks of a KML or KMZ file.

    Raises:
        LabelingError: the file cannot be read, is damaged, or has no placemark.
    """
    root = _parsed(_kml_text(path), path)
    found = _Found()
    _walk(root, (), KmlStyles(root), found)
    if not found.rows:
        reason = "only links to other files, which are not followed" if found.links else "no placemark"
        raise LabelingError(
            f"'{Path(path).name}' has {reason}.", "In Google Earth save the folder with the polygons as KMZ."
        )
    fields = tuple(
        name for name in (*_OWN_FIELDS, *found.own_fields) if any(row.values.get(name) for row in found.rows)
    )
    roles = _roles(found.rows, fields)
    colors: Dict[str, str] = {}
    for row, color in zip(found.rows, found.colors):
        if color and row.values.get(roles.class_field):
            colors.setdefault(row.values[roles.class_field], color)
    notes = [f"{len(found.rows)} placemarks in {len({row.values[FOLDER_PATH] for row in found.rows})} folders."]
    if found.links:
        notes.append(f"Links to other files are not followed: {', '.join(found.links[:3])}.")
    crs = QgsCoordinateReferenceSystem("EPSG:4326")
    return CandidateTable(Path(path).name, crs, fields, tuple(found.rows), tuple(notes), roles, colors)


def _kml_text(path: str) -> bytes:
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        raise LabelingError(f"'{path}' cannot be read: {error.strerror or error}.") from error
    if not (data.startswith(b"PK") or path.casefold().endswith(".kmz")):
        return data
    damaged = LabelingError(f"'{path}' is damaged: it is no complete KMZ file.", "Save it again in Google Earth.")
    try:
        with zipfile.ZipFile(path) as archive:
            inside = [item for item in archive.infolist() if item.filename.casefold().endswith(".kml")]
            if not inside:
                raise LabelingError(f"'{path}' holds no KML file.", "In Google Earth save the place as KMZ.")
            chosen = min(inside, key=lambda item: (item.filename.count("/"), item.filename.casefold() != "doc.kml"))
            if chosen.file_size > _LARGEST_BYTES:
                raise LabelingError(f"'{path}' unpacks to more than a gigabyte.", "Split it in Google Earth.")
            return archive.read(chosen)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError) as error:
        raise damaged from error


def _parsed(data: bytes, path: str) -> Element:
    refuse_entities(data, path)
    try:
        return ET.fromstring(data)  # noqa: S314 # nosec B314 - entities are refused above
    except ET.ParseError as error:
        problem = error
    text = _text(data)
    try:
        # Files put together by hand lack the declaration of gx: or of another prefix.
        return ET.fromstring(_NAMESPACE_PREFIX.sub(r"\1", text))  # noqa: S314 # nosec B314 - entities are refused above
    except ET.ParseError:
        line = problem.position[0]
        raise LabelingError(
            f"'{path}' is damaged at line {line}: {problem}.", "Save it again in Google Earth."
        ) from problem


def _text(data: bytes) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("latin-1")
    return re.sub(r"^\s*<\?xml[^>]*\?>", "", text)


def _walk(element: Element, folders: Tuple[str, ...], styles: KmlStyles, found: _Found) -> None:
    for child in element:
        name = local_name(child)
        if name == "Placemark":
            _take(child, folders, styles, found)
        elif name == "Folder":
            _walk(child, (*folders, _child_text(child, NAME)), styles, found)
        elif name in ("Document", "kml"):
            _walk(child, folders, styles, found)
        elif name == "NetworkLink":
            found.links.append(_child_text(child, NAME) or "a link without a name")


def _take(placemark: Element, folders: Tuple[str, ...], styles: KmlStyles, found: _Found) -> None:
    values = dict.fromkeys(_OWN_FIELDS, "")
    values[FOLDER], values[FOLDER_PATH] = folders[-1] if folders else "", " / ".join(folders)
    values[NAME] = _child_text(placemark, NAME)
    values[DESCRIPTION] = _plain(_child_text(placemark, DESCRIPTION))
    times = (element for element in placemark.iter() if local_name(element) in ("when", "begin"))
    values[TIME] = next(((element.text or "").strip() for element in times), "")
    for name, value in _own_data(placemark):
        shown = name if name not in _OWN_FIELDS else f"{name} (data)"
        values[shown] = value
        if shown not in found.own_fields:
            found.own_fields.append(shown)
    number = len(found.rows) + 1
    geometry: Optional[QgsGeometry] = None
    problem = value = ""
    try:
        geometry = placemark_shape(placemark)
    except ShapeError as error:
        problem, value = error.problem, error.value or values[NAME]
    found.rows.append(CandidateRow(number, geometry, values, problem, value))
    found.colors.append(styles.color(placemark))


def _own_data(placemark: Element) -> List[Tuple[str, str]]:
    pairs = []
    for element in placemark.iter():
        if local_name(element) == "Data":
            pairs.append((element.get("name", ""), _child_text(element, "value")))
        elif local_name(element) == "SimpleData":
            pairs.append((element.get("name", ""), (element.text or "").strip()))
    return [(name, value) for name, value in pairs if name]


def _roles(rows: List[CandidateRow], fields: Tuple[str, ...]) -> FieldRoles:
    """Return the roles: folders are classes where there are several, else a field named so, else names that repeat."""
    roles = suggest_roles(name for name in fields if name not in _OWN_FIELDS)
    class_field = roles.class_field
    if len({row.values[FOLDER] for row in rows if row.values[FOLDER]}) > 1:
        class_field = FOLDER
    elif not class_field:
        names = [row.values[NAME] for row in rows if row.values[NAME]]
        class_field = NAME if len(set(names)) < len(names) else (FOLDER if FOLDER in fields else NAME)
    comment = roles.comment_field or (DESCRIPTION if DESCRIPTION in fields else "")
    return FieldRoles(
        class_field=class_field,
        id_field=roles.id_field if roles.id_field != class_field else "",
        labeler_field=roles.labeler_field,
        date_field=roles.date_field or (TIME if TIME in fields else ""),
        confidence_field=roles.confidence_field,
        comment_field=comment if comment != class_field else "",
    )


def _child_text(element: Element, name: str) -> str:
    return next(((child.text or "").strip() for child in element if local_name(child) == name), "")


def _plain(text: str) -> str:
    """Return the words of a description, which may be HTML."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", text)).split())
