"""The part of the import dialog that makes a new session out of what is imported."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import List, Optional

from qgis.core import QgsCoordinateReferenceSystem, QgsProject
from qgis.gui import QgsFileWidget
from qgis.PyQt.QtWidgets import QFormLayout, QGroupBox, QLineEdit, QWidget

from cropsample_plugin.bridge.labeling.imports.candidates import CandidateTable
from cropsample_plugin.bridge.labeling.imports.import_plan import ImportTarget
from cropsample_plugin.bridge.labeling.session_file import SUFFIX, LabelClass, SessionSettings
from cropsample_plugin.bridge.layers import crs_text
from cropsample_plugin.gui.default_folder import default_output_folder
from cropsample_plugin.gui.labeling.class_import import MOST_CLASSES, classes_of_names
from cropsample_plugin.gui.labeling.labeling_keys import load_keys, with_keys
from cropsample_plugin.gui.labeling.new_session_plan import SessionPlan, plan_problems, with_suffix


def classes_of_table(table: CandidateTable, class_field: str) -> List[LabelClass]:
    """Return a class for each text of a field, the most frequent first, with the file's colours and free keys."""
    counts = table.counts(class_field) if class_field else {}
    names = sorted(counts, key=lambda name: -counts[name])[:MOST_CLASSES]
    classes = [replace(item, color=table.colors.get(item.name, item.color)) for item in classes_of_names(names)]
    return with_keys(classes, load_keys().values())


class NewSessionBox(QGroupBox):
    """Name and file of the new session."""

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setTitle(self.tr("New session"))
        self.setObjectName("new_session_box")
        self.name_edit = QLineEdit()
        self.name_edit.setObjectName("session_name_edit")
        self.file_widget = QgsFileWidget()
        self.file_widget.setObjectName("session_file_widget")
        self.file_widget.setStorageMode(QgsFileWidget.StorageMode.SaveFile)
        self.file_widget.setFilter(self.tr("Labeling sessions (*{})").format(SUFFIX))
        form = QFormLayout(self)
        form.addRow(self.tr("Na&me"), self.name_edit)
        form.addRow(self.tr("&Kept in"), self.file_widget)

    def offer(self, title: str) -> None:
        """Offer a name and a file that is not there yet."""
        name = Path(title).stem or self.tr("labels")
        self.name_edit.setText(name)
        stem = re.sub(r"[^\w\- ]+", "_", name)
        folder, number = Path(default_output_folder()), 1
        path = folder / f"{stem}{SUFFIX}"
        while path.exists() or path.with_suffix(".gpkg").exists():
            number += 1
            path = folder / f"{stem}_{number}{SUFFIX}"
        self.file_widget.setFilePath(str(path))

    def plan(
        self,
        table: CandidateTable,
        classes: List[LabelClass],
        labeler: str,
        chosen: Optional[QgsCoordinateReferenceSystem],
    ) -> SessionPlan:
        """Return the session to be made, without samples: the import brings them."""
        path = self.file_widget.filePath().strip()
        crs = table.crs if table.crs.isValid() else chosen
        text = crs_text(crs) if crs is not None and crs.isValid() else ""
        settings = SessionSettings(self.name_edit.text().strip(), "", text, tuple(classes))
        return SessionPlan(with_suffix(path) if path else "", settings, labeler)

    @staticmethod
    def problem(plan: SessionPlan) -> str:
        """Return what keeps the session from being made, "" for nothing."""
        return next(iter(plan_problems(plan, load_keys()).values()), "")


def target_of_plan(plan: SessionPlan) -> ImportTarget:
    """Return a session that is yet to be made as the target of an import."""
    crs = QgsCoordinateReferenceSystem(plan.settings.crs)
    return ImportTarget(crs, QgsProject.instance().transformContext(), plan.labeler.strip())
