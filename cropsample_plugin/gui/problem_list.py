"""The lines above the Run button that say what is missing, some with a button that mends it."""

from __future__ import annotations

from typing import Callable, Dict, List, Optional, Tuple

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QStyle, QVBoxLayout, QWidget

from cropsample_plugin.gui.session_texts import problem_text
from cropsample_plugin.gui.train_and_map_session import Problem, ProblemKind

MAXIMUM_LINES = 3

Remedy = Tuple[str, Callable[[], None]]


class ProblemList(QWidget):
    """Shows the first problems of a session, or that everything is ready."""

    def __init__(self, remedies: Dict[ProblemKind, Remedy], parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setObjectName("problem_list")
        self._remedies = remedies
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(4)

    def show_problems(self, problems: List[Problem], ready: str) -> None:
        """Show the first `MAXIMUM_LINES` problems; ``ready`` is said when none of them is blocking."""
        self._clear()
        if not any(problem.is_blocking for problem in problems):
            self._add_line(QStyle.StandardPixmap.SP_DialogApplyButton, ready, None)
        for problem in problems[:MAXIMUM_LINES]:
            is_blocking = problem.is_blocking
            symbol = (
                QStyle.StandardPixmap.SP_MessageBoxWarning
                if is_blocking
                else QStyle.StandardPixmap.SP_MessageBoxInformation
            )
            self._add_line(symbol, problem_text(problem), self._remedies.get(problem.kind))

    def texts(self) -> List[str]:
        """Return the lines shown, for tests and screen readers."""
        return [label.text() for label in self.findChildren(QLabel, "problem_text")]

    def _clear(self) -> None:
        while self._layout.count():
            widget = self._layout.takeAt(0).widget()
            widget.setParent(None)
            widget.deleteLater()

    def _add_line(self, symbol: QStyle.StandardPixmap, text: str, remedy: Optional[Remedy]) -> None:
        line = QFrame()
        layout = QHBoxLayout(line)
        layout.setContentsMargins(0, 0, 0, 0)
        size = self.style().pixelMetric(QStyle.PixelMetric.PM_SmallIconSize)
        mark = QLabel()
        mark.setPixmap(self.style().standardIcon(symbol).pixmap(size, size))
        layout.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        label = QLabel(text)
        label.setObjectName("problem_text")
        label.setWordWrap(True)
        layout.addWidget(label, 1)
        if remedy is not None:
            button = QPushButton(remedy[0])
            button.setObjectName("remedy_button")
            button.clicked.connect(remedy[1])
            layout.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        self._layout.addWidget(line)
