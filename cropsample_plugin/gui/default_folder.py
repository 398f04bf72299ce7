"""Where results go unless the user says otherwise."""

from __future__ import annotations

from pathlib import Path

from qgis.core import QgsProject
from qgis.PyQt.QtCore import QStandardPaths

FOLDER_NAME = "CropSample"


def default_output_folder() -> str:
    """Return a folder beside the project, or in the user's documents while the project is unsaved."""
    home = QgsProject.instance().homePath()
    if not home:
        home = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return str((Path(home) if home else Path.home()) / FOLDER_NAME)
