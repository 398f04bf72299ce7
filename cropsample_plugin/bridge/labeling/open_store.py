"""Find and open the place where a session keeps its labels, also after the session was moved."""

from __future__ import annotations

from pathlib import Path, PureWindowsPath

from qgis.PyQt.QtCore import QCoreApplication

from cropsample_plugin.bridge.labeling.geopackage_store import GeoPackageStore
from cropsample_plugin.bridge.labeling.label_events import LabelingError
from cropsample_plugin.bridge.labeling.label_store import LabelStore
from cropsample_plugin.bridge.labeling.session_file import SessionSettings, resolved

POSTGRES = "postgres:"


def open_store(settings: SessionSettings, session_path: str) -> LabelStore:
    """Return the store of a session.

    Raises:
        LabelingError: it is neither where the session file says nor beside it, or it cannot be opened.
    """
    if settings.store.startswith(POSTGRES):
        from cropsample_plugin.bridge.labeling.postgis_login import ask_login
        from cropsample_plugin.bridge.labeling.postgis_store import PostgisStore

        return PostgisStore(settings.store, ask_login)
    return GeoPackageStore(store_path(settings, session_path))


def store_path(settings: SessionSettings, session_path: str) -> str:
    """Return the GeoPackage of a session: where the session file says, else of the same name beside it.

    Raises:
        LabelingError: there is none.
    """
    named = resolved(settings.store, session_path)
    # A path of Windows is taken apart on every system.
    beside = Path(session_path).parent / PureWindowsPath(settings.store).name
    for path in (Path(named), beside):
        if path.is_file():
            return str(path)
    raise LabelingError(
        QCoreApplication.translate("Labeling", "The labels of this session were not found: {} is missing.").format(
            named
        ),
        QCoreApplication.translate("Labeling", "Put the GeoPackage beside the session file, then open it again."),
    )
