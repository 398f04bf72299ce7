"""The plugin's own folder inside the QGIS user profile."""

from __future__ import annotations

from pathlib import Path

FOLDER_NAME = "cropsample"


def profile_folder() -> Path:
    """Return ``<QGIS profile>/cropsample``; it need not exist yet."""
    # Imported here so that everything that takes a folder as argument is testable without QGIS.
    from qgis.core import QgsApplication

    return Path(QgsApplication.qgisSettingsDirPath()) / FOLDER_NAME
