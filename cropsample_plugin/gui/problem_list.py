"""The lines above the Run button that say what is missing, some with a button that mends it."""

from __future__ import annotations

from typing import Callable, Dict, List, Optional, Tuple

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QStyle, QVBoxLayout, QWidget

from cropsample_plugin.gui.session_texts import problem_text
from cropsample_plugin.gui.train_and_map_session import Problem, ProblemKind

MAXIMUM_LINES = 3

Remedy = Tuple[str, Callable[[], None]]


class ProblemLine(QFrame):
    """One line: a symbol, a text, and perhaps a button."""

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self._symbol = QLabel()
        layout.addWidget(self._symbol, 0, Qt.AlignmentFlag.AlignTop)
        self._text = QLabel()
        self._text.setObjectName("problem_text")
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setWordWrap(True)
        layout.addWidget(self._text, 1)
        self._button = QPushButton()
        self._button.setObjectName("remedy_button")
        self._button.clicked.connect(self._on_clicked)
        layout.addWidget(self._button, 0, Qt.AlignmentFlag.AlignTop)
        self._remedy: Optional[Remedy] = None

    def show_text(self, symbol: QStyle.StandardPixmap, text: str, remedy: Optional[Remedy] = None) -> None:
        """Show a text with one of the style's symbols."""
        size = self.style().pixelMetric(QStyle.PixelMetric.PM_SmallIconSize)
        self._symbol.setPixmap(self.style().standardIcon(symbol).pixmap(size, size))
        self._text.setText(text)
        self._remedy = remedy
        self._button.setText(remedy[0] if remedy else "")
        self._button.setVisible(remedy is not None)

    def text(self) -> str:
        """Return the text shown."""
        return str(self._text.text())

    def _on_clicked(self) -> None:
        if self._remedy is not None:
            self._remedy[1]()


class ProblemList(QWidget):
    """Shows the first problems of a session, or that everything is ready."""

    def __init__(self, remedies: Dict[ProblemKind, Remedy], parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setObjectName("problem_list")
        self._remedies = remedies
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        self._ready_line = ProblemLine()
        self._lines = [ProblemLine() for _ in range(MAXIMUM_LINES)]
        for line in (self._ready_line, *self._lines):
            layout.addWidget(line)

    def show_problems(self, problems: List[Problem], ready: str) -> None:
        """Show the first `MAXIMUM_LINES` problems; ``ready`` is said when none of them is blocking."""
        self._ready_line.show_text(QStyle.StandardPixmap.SP_DialogApplyButton, ready)
        self._ready_line.setVisible(not any(problem.is_blocking for problem in problems))
        for position, line in enumerate(self._lines):
            line.setVisible(position < len(problems))
            if position < len(problems):
                problem = problems[position]
                line.show_text(_symbol(problem), problem_text(problem), self._remedies.get(problem.kind))

    def texts(self) -> List[str]:
        """Return the lines shown."""
        return [line.text() for line in (self._ready_line, *self._lines) if not line.isHidden()]


def _symbol(problem: Problem) -> QStyle.StandardPixmap:
    if problem.is_blocking:
        return QStyle.StandardPixmap.SP_MessageBoxWarning
    return QStyle.StandardPixmap.SP_MessageBoxInformation
