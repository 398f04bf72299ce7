"""The plugin object: creates everything in initGui and destroys it in reverse in unload."""

from __future__ import annotations

from typing import Any


class CropSamplePlugin:
    """What QGIS holds of CropSample while it is enabled."""

    def __init__(self, iface: Any) -> None:  # noqa: ANN401 - None under qgis_process
        self._iface = iface

    def initProcessing(self) -> None:
        """Add the Processing provider; also called on its own by qgis_process."""

    def initGui(self) -> None:
        """Create provider, actions, panels and options page."""
        self.initProcessing()

    def unload(self) -> None:
        """Destroy what initGui created, in reverse."""
