"""Ask for a file and save a plot there as a picture or a table."""

from __future__ import annotations

from pathlib import Path
from typing import Callable, Tuple

from qgis.PyQt.QtCore import QCoreApplication
from qgis.PyQt.QtWidgets import QFileDialog, QWidget

from cropsample_plugin.gui.default_folder import default_output_folder
from cropsample_plugin.gui.series_plot import SeriesPlot


def ask_and_save_picture(plot: SeriesPlot, parent: QWidget) -> str:
    """Return why the picture could not be saved, "" when it was, or when the user thought better of it."""
    title = _tr("Save the plot as a picture")
    path = _ask(parent, title, "series.png", "PNG (*.png);;SVG (*.svg)", (".png", ".svg"))
    return _save(plot.save_picture, path) if path else ""


def ask_and_save_table(plot: SeriesPlot, parent: QWidget) -> str:
    """Return why the table could not be saved, "" when it was, or when the user thought better of it."""
    path = _ask(parent, _tr("Save the series as a table"), "series.csv", "CSV (*.csv)", (".csv",))
    return _save(plot.save_table, path) if path else ""


def _ask(parent: QWidget, title: str, name: str, filters: str, suffixes: Tuple[str, ...]) -> str:
    folder = Path(default_output_folder())
    start = folder if folder.is_dir() else folder.parent
    path, chosen = QFileDialog.getSaveFileName(parent, title, str(start / name), filters)
    if path and Path(path).suffix.lower() not in suffixes:
        path += ".svg" if "svg" in chosen else suffixes[0]
    return path


def _save(save: Callable[[str], None], path: str) -> str:
    try:
        save(path)
    except OSError as error:
        return _tr("{} cannot be written: {}").format(path, error.strerror or error)
    return ""


def _tr(text: str) -> str:
    return QCoreApplication.translate("TimeSeriesPanel", text)
