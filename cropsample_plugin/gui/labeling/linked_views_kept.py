"""Which views a labeler sees: those of the session file, or the labeler's own, kept in the QGIS profile."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from typing import Optional, Tuple

from qgis.core import QgsRasterLayer, QgsSettings
from qgis.PyQt.QtCore import QCoreApplication

from cropsample_plugin.bridge.dated_bands import dated_bands
from cropsample_plugin.bridge.labeling.dated_imagery import DateView, Preset, preset_bands
from cropsample_plugin.bridge.labeling.label_events import LabelingError
from cropsample_plugin.bridge.labeling.layer_references import reference_to
from cropsample_plugin.bridge.labeling.session_file import (
    LayerReference,
    SessionSettings,
    ViewSettings,
    read_session_file,
    write_session_file,
)
from cropsample_plugin.bridge.settings import GROUP

MOST_VIEWS = 6

Views = Tuple[ViewSettings, ...]


def own_views(session_id: str) -> Optional[Views]:
    """Return the views that this user has chosen for a session, None where the session's own are to be shown."""
    text = QgsSettings().value(_key(session_id), "")
    try:
        items = json.loads(text) if text else None
        views = tuple(_view(item) for item in items) if items else None
    except (ValueError, KeyError, TypeError):
        return None
    return views[:MOST_VIEWS] if views else None


def keep_own_views(session_id: str, views: Optional[Views]) -> None:
    """Keep a user's views of a session in the profile; None forgets them."""
    if views is None:
        QgsSettings().remove(_key(session_id))
    else:
        QgsSettings().setValue(_key(session_id), json.dumps([asdict(view) for view in views]))


def share_views(session_path: str, views: Views) -> SessionSettings:
    """Write views into the session file, for everybody; all else stays as others have written it meanwhile.

    Raises:
        LabelingError: the file cannot be read or written.
    """
    if not session_path:
        raise LabelingError(_tr("This session has no file yet."), _tr("Save the session first."))
    settings = replace(read_session_file(session_path), views=views)
    write_session_file(session_path, settings)
    return settings


def default_views(stack: Optional[QgsRasterLayer], session_path: str) -> Views:
    """Return the views of a session that names none: the map, and the stack's middle date where there is a stack."""
    views = [ViewSettings(_tr("Map"))]
    if stack is not None:
        made = preset_view(stack, reference_to(stack, session_path))
        views += [made] if made is not None else []
    return tuple(views)


def preset_view(stack: QgsRasterLayer, reference: LayerReference) -> Optional[ViewSettings]:
    """Return a view of a stack's middle date in the colours that its bands allow; None where it has no dates."""
    bands = dated_bands(stack)
    texts = {
        Preset.FALSE_COLOR: _tr("False colour"),
        Preset.TRUE_COLOR: _tr("True colour"),
        Preset.NDVI: _tr("NDVI"),
    }
    for preset, title in texts.items():
        shown = preset_bands(preset, bands.bands)
        dates = DateView(stack.source(), bands, shown).dates if shown else ()
        if dates:
            return ViewSettings(title, (reference,), dates[len(dates) // 2].isoformat(), shown)
    if not bands.dates:
        return None
    return ViewSettings(reference.name, (reference,), bands.dates[len(bands.dates) // 2].isoformat(), bands.bands[:1])


def _key(session_id: str) -> str:
    return f"{GROUP}/labeling/views/{session_id}"


def _view(item: dict) -> ViewSettings:
    layers = tuple(LayerReference(**layer) for layer in item["layers"])
    return ViewSettings(item["title"], layers, item["date"], tuple(item["bands"]))


def _tr(text: str) -> str:
    return QCoreApplication.translate("LinkedViewsKept", text)
