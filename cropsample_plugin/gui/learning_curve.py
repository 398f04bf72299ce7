"""The live learning curve; matplotlib is imported when a curve is first shown, and missing matplotlib means text."""

from __future__ import annotations

from typing import Any, Dict, List, Optional, Tuple

from qgis.PyQt.QtCore import QT_VERSION_STR
from qgis.PyQt.QtGui import QPalette
from qgis.PyQt.QtWidgets import QLabel, QVBoxLayout, QWidget

from cropsample_plugin.gui.appearance import hint_label

Curves = Dict[str, List[Tuple[int, float]]]
_LINE_COLORS = ("#2f8f3f", "#d08a1d", "#3a6fb0", "#a34fa0")
_QT_6 = 6


class LearningCurve(QWidget):
    """Shows curves such as training and validation loss by epoch."""

    def __init__(self, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setObjectName("learning_curve")
        self.setAccessibleName(self.tr("Learning curve"))
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._text: QLabel = hint_label("learning_curve_text")
        self._text.setMargin(8)
        self._layout.addWidget(self._text)
        self._canvas: Any = None
        self._has_matplotlib = True
        self._shown: Curves = {}

    def show_curves(self, curves: Curves) -> None:
        """Draw the curves, or say that there is none."""
        if curves == self._shown and self._text.text():
            return
        self._shown = {name: list(points) for name, points in curves.items()}
        has_points = any(curves.values())
        if has_points and self._canvas is None and self._has_matplotlib:
            self._create_canvas()
        draws = has_points and self._canvas is not None
        if self._canvas is not None:
            self._canvas.setVisible(draws)
        self._text.setVisible(not draws)
        self._text.setText(self._summary(curves))
        if draws:
            self._draw(curves)

    def _create_canvas(self) -> None:
        try:
            canvas_type, figure_type = _backend()
        except ImportError:
            self._has_matplotlib = False
            return
        self._canvas = canvas_type(figure_type(constrained_layout=True))
        self._canvas.setObjectName("learning_curve_canvas")
        self._canvas.setMinimumHeight(120)
        self._layout.addWidget(self._canvas, 1)

    def _draw(self, curves: Curves) -> None:
        ground, text = (
            self.palette().color(role).name() for role in (QPalette.ColorRole.Base, QPalette.ColorRole.Text)
        )
        figure = self._canvas.figure
        figure.clear()
        figure.set_facecolor(ground)
        axes = figure.add_subplot()
        axes.set_facecolor(ground)
        for color, (name, points) in zip(_LINE_COLORS * len(curves), sorted(curves.items())):
            if points:
                steps, values = zip(*points)
                marker = "o" if len(points) == 1 else ""
                axes.plot(steps, values, color=color, marker=marker, linewidth=1.6, label=curve_text(name))
        axes.set_xlabel(self.tr("Epoch"), color=text)
        axes.tick_params(colors=text, labelsize="small")
        axes.grid(visible=True, alpha=0.25, linewidth=0.6)
        axes.xaxis.get_major_locator().set_params(integer=True)
        for side in ("top", "right"):
            axes.spines[side].set_visible(False)
        for side in ("left", "bottom"):
            axes.spines[side].set_color(text)
        axes.legend(frameon=False, labelcolor=text, fontsize="small")
        self._canvas.draw_idle()

    def _summary(self, curves: Curves) -> str:
        lines = [
            self.tr("{curve}: {value} at epoch {step}").format(
                curve=curve_text(name), value=f"{points[-1][1]:.4g}", step=points[-1][0]
            )
            for name, points in sorted(curves.items())
            if points
        ]
        if not lines:
            return self.tr("The learning curve appears here while a model trains.")
        if not self._has_matplotlib:
            lines.append(self.tr("Install matplotlib in QGIS's Python to see the curve as a plot."))
        return "\n".join(lines)


def curve_text(name: str) -> str:
    """Return a metric's name as words: ``validation_loss`` becomes ``validation loss``."""
    return name.replace("_", " ").replace("/", ", ")


def _backend() -> Tuple[Any, Any]:
    from matplotlib.figure import Figure

    if int(QT_VERSION_STR.split(".")[0]) >= _QT_6:
        from matplotlib.backends.backend_qtagg import FigureCanvasQTAgg
    else:
        from matplotlib.backends.backend_qt5agg import FigureCanvasQTAgg
    return FigureCanvasQTAgg, Figure
