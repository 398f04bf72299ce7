"""The map so far as a layer, while it is being computed: appears with the first block, goes when the job ends."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Dict, List, Optional

from qgis.core import QgsProject, QgsRasterLayer
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QObject

from cropsample_plugin.gui.job_board import JobBoard
from cropsample_plugin.gui.job_record import JobRecord

PREVIEW_JOB = "predictmap"
# What the engine calls them: see `part_store` and `preview`.
_PARTS_SUFFIX = ".parts"
_PREVIEW_PATTERN = "preview-*.vrt"


class MapPreview(QObject):
    """Follows the job board and keeps one layer for each map that is being computed."""

    def __init__(self, board: JobBoard, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self._board = board
        self._layer_by_job: Dict[str, QgsRasterLayer] = {}
        self._file_by_job: Dict[str, str] = {}
        board.changed.connect(self.refresh)

    def refresh(self) -> None:
        """Add layers for maps that have begun, draw those anew that have grown, remove those of jobs that ended."""
        jobs = [job for run in self._board.runs() for job in run.jobs if job.name == PREVIEW_JOB]
        running = {job.folder: job for job in jobs if job.is_running}
        for folder in [folder for folder in self._layer_by_job if folder not in running]:
            self._remove(folder)
        for folder, job in running.items():
            path = preview_file(job)
            if path and path != self._file_by_job.get(folder):
                self._show(folder, path)

    def layers(self) -> List[QgsRasterLayer]:
        """Return the layers that are shown."""
        return [layer for layer in self._layer_by_job.values() if not sip.isdeleted(layer)]

    def shut_down(self) -> None:
        """Remove all layers and stop following."""
        self._board.changed.disconnect(self.refresh)
        for folder in list(self._layer_by_job):
            self._remove(folder)

    def _show(self, folder: str, path: str) -> None:
        is_new = folder not in self._file_by_job
        self._file_by_job[folder] = path
        if is_new:
            name = Path(path).parent.name[: -len(_PARTS_SUFFIX)]
            layer = QgsRasterLayer(path, self.tr("{} (being computed)").format(name))
            if layer.isValid():
                self._layer_by_job[folder] = layer
                QgsProject.instance().addMapLayer(layer)
            return
        layer = self._layer_by_job.get(folder)
        # The user may have removed it; then it stays away.
        if layer is not None and not sip.isdeleted(layer):
            layer.setDataSource(path, layer.name(), "gdal", layer.dataProvider().ProviderOptions())
            layer.triggerRepaint()

    def _remove(self, folder: str) -> None:
        layer = self._layer_by_job.pop(folder)
        if sip.isdeleted(layer):
            return
        parts = Path(layer.source()).parent
        QgsProject.instance().removeMapLayer(layer.id())
        # Where open files cannot be deleted, the engine could not remove what this layer showed.
        if parts.name.endswith(_PARTS_SUFFIX) and not (parts / "manifest.json").is_file():
            shutil.rmtree(parts, ignore_errors=True)


def preview_file(job: JobRecord) -> str:
    """Return where a job keeps the map so far, "" while there is none."""
    classes = str(job.parameters.get("classes") or "")
    found = sorted(Path(classes + _PARTS_SUFFIX).glob(_PREVIEW_PATTERN)) if classes else []
    return str(found[-1]) if found else ""
