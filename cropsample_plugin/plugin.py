"""The plugin object: creates everything in initGui and destroys it in reverse in unload."""

from __future__ import annotations

from typing import Any

from cropsample_plugin.algorithms.provider import CropSampleProvider, register_provider, unregister_provider


class CropSamplePlugin:
    """What QGIS holds of CropSample while it is enabled."""

    def __init__(self, iface: Any) -> None:  # noqa: ANN401 - None under qgis_process
        self._iface = iface
        self._provider: CropSampleProvider | None = None

    def initProcessing(self) -> None:
        """Add the Processing provider; also called on its own by qgis_process."""
        self._provider = register_provider()

    def initGui(self) -> None:
        """Create provider, actions, panels and options page."""
        self.initProcessing()

    def unload(self) -> None:
        """Destroy what initGui created, in reverse."""
        if self._provider is not None:
            unregister_provider(self._provider)
            self._provider = None
