"""The plugin's icons, by file name."""

from __future__ import annotations

from qgis.PyQt.QtGui import QIcon

from cropsample_plugin.about import installation_path


def icon(name: str) -> QIcon:
    """Return the icon in ``resources/icons`` of that file name."""
    return QIcon(str(installation_path("resources") / "icons" / name))
