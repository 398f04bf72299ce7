"""Processing models that ship with the plugin, offered like any other algorithm."""

from __future__ import annotations

from pathlib import Path

from qgis.core import QgsProcessingAlgorithm, QgsProcessingModelAlgorithm
from qgis.PyQt.QtGui import QIcon

from cropsample_plugin.about import installation_path
from cropsample_plugin.bridge.environment import engine_problem

MODELS_FOLDER = "resources/models"
MODEL_SUFFIX = ".model3"


class ShippedModel(QgsProcessingModelAlgorithm):
    """A model read from a file of the plugin; its id is the file's name in lower case without underscores."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        self.fromFile(str(path))

    def name(self) -> str:
        """Return the id."""
        return self._path.stem.replace("_", "").lower()

    def createInstance(self) -> QgsProcessingAlgorithm:
        """Return a fresh copy, read from the file."""
        copy = ShippedModel(self._path)
        copy.setProvider(self.provider())
        return copy

    def groupId(self) -> str:
        """Return the id of the toolbox group, the one that the group's algorithms have."""
        return self.group().replace(" ", "").lower()

    def tags(self) -> list[str]:
        """Return the words the toolbox search finds the model by."""
        return ["cropsample", "crop", "model", "chain", "workflow"]

    def icon(self) -> QIcon:
        """Return the plugin's icon."""
        return QIcon(str(installation_path("resources/icons/cropsample.svg")))

    def canExecute(self) -> tuple[bool, str]:
        """Return False with what to do while there is no usable engine."""
        problem = engine_problem()
        return (False, problem) if problem else super().canExecute()


def load_shipped_models() -> list[ShippedModel]:
    """Read every model in the plugin's model folder."""
    return [ShippedModel(path) for path in sorted(installation_path(MODELS_FOLDER).glob("*" + MODEL_SUFFIX))]
