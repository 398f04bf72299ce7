"""The plugin's words in the language that QGIS is set to."""

from __future__ import annotations

from typing import Optional

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QCoreApplication, QLocale, QTranslator

from cropsample_plugin.about import installation_path


def install_translator() -> Optional[QTranslator]:
    """Install the translation for QGIS's language and return it, for the caller to keep; None where there is none."""
    return _install(QgsApplication.instance().locale())


def remove_translator(translator: Optional[QTranslator]) -> None:
    """Take an installed translation away again."""
    if translator is not None:
        QCoreApplication.removeTranslator(translator)


def _install(locale: str) -> Optional[QTranslator]:
    translator = QTranslator()
    if not translator.load(QLocale(locale), "cropsample", "_", str(installation_path("i18n"))):
        return None
    QCoreApplication.installTranslator(translator)
    return translator
