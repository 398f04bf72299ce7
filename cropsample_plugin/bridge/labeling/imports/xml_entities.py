"""Entities in files of other people: no KML or GPX needs them, and they could grow without end."""

from __future__ import annotations

from cropsample_plugin.bridge.labeling.label_events import LabelingError


def refuse_entities(data: bytes, path: str) -> None:
    """Raise `LabelingError` where an XML file defines entities, in UTF-8 or UTF-16."""
    if b"<!ENTITY" in data or b"<!ENTITY" in data.replace(b"\0", b""):
        raise LabelingError(f"'{path}' defines entities, which no KML or GPX needs.", "Save it again where it is from.")
