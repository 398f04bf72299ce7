"""Translated text of Processing algorithms."""

from __future__ import annotations

from qgis.PyQt.QtCore import QCoreApplication


class Translated:
    """Gives a class its ``tr``; the context is the class in which the text stands, as pylupdate records it."""

    def tr(self, text: str) -> str:
        """Translate a text of this class or of one it inherits from."""
        for owner in type(self).__mro__:
            translated = QCoreApplication.translate(owner.__name__, text)
            if translated != text:
                return translated
        return text
