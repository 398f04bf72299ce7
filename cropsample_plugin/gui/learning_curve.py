"""The live learning curve; matplotlib is imported when a curve is first shown, and missing matplotlib means text."""

from __future__ import annotations

import contextlib
import importlib
import threading
from typing import Any, Dict, List, Optional, Tuple

from qgis.PyQt.QtCore import QT_VERSION_STR, QTimer
from qgis.PyQt.QtGui import QPalette
from qgis.PyQt.QtWidgets import QLabel, QVBoxLayout, QWidget

from cropsample_plugin.gui.appearance import hint_label

Curves = Dict[str, List[Tuple[int, float]]]
_LINE_COLORS = ("#2f8f3f", "#d08a1d", "#3a6fb0", "#a34fa0")
_QT_6 = 6
_POLL_MS = 50
_PREFIX_END = ": "


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
        self._step_text = ""
        self._import: Optional[BackendImport] = None
        self._poll = QTimer(self)
        self._poll.setInterval(_POLL_MS)
        self._poll.timeout.connect(self._on_poll)

    def show_curves(self, curves: Curves, step_text: str = "") -> None:
        """Draw the curves, or say that there is none; ``step_text`` says what a step is, an epoch if empty."""
        self._step_text = step_text or self.tr("Epoch")
        if curves == self._shown and self._text.text():
            return
        self._shown = {name: list(points) for name, points in curves.items()}
        has_points = any(curves.values())
        if has_points and self._canvas is None:
            self._start_import()
        draws = has_points and self._canvas is not None
        if self._canvas is not None:
            self._canvas.setVisible(draws)
        self._text.setVisible(not draws)
        self._text.setText(self._summary(curves))
        if draws:
            self._draw(curves)

    def _start_import(self) -> None:
        """Import matplotlib in a thread: the first import of all can take seconds, for it looks at every font."""
        if self._import is None:
            self._import = BackendImport()
            self._poll.start()

    def _on_poll(self) -> None:
        if self._import is None or self._import.is_running:
            return
        self._poll.stop()
        self._has_matplotlib = self._import.has_succeeded
        if self._has_matplotlib:
            self._create_canvas()
        curves, self._shown = self._shown, {}
        self.show_curves(curves, self._step_text)

    def _create_canvas(self) -> None:
        canvas_type, figure_type = _backend()
        self._canvas = canvas_type(figure_type(constrained_layout=True))
        self._canvas.setObjectName("learning_curve_canvas")
        self._canvas.setMinimumHeight(120)
        self._layout.addWidget(self._canvas, 1)

    def _draw(self, curves: Curves) -> None:
        """Draw losses and scores each in a plot of their own, for they share no scale.

        Of several trainings, such as folds, the latest is drawn in full and the earlier ones faintly.
        """
        figure = self._canvas.figure
        figure.clear()
        figure.set_facecolor(self._color(QPalette.ColorRole.Base))
        families = [family for family in (_losses(curves), _scores(curves)) if family]
        plots = figure.subplots(1, len(families), squeeze=False)[0]
        for axes, family in zip(plots, families):
            self._draw_family(axes, family)
        self._canvas.draw_idle()

    def _draw_family(self, axes: Any, family: Curves) -> None:  # noqa: ANN401 - matplotlib's axes
        text = self._color(QPalette.ColorRole.Text)
        axes.set_facecolor(self._color(QPalette.ColorRole.Base))
        shown = training_of(next(reversed(list(family))))
        measures = sorted({measure_of(name) for name in family})
        for name, points in family.items():
            steps, values = zip(*points)
            is_shown = training_of(name) == shown
            axes.plot(
                steps,
                values,
                color=_LINE_COLORS[measures.index(measure_of(name)) % len(_LINE_COLORS)],
                marker="o" if len(points) == 1 else "",
                linewidth=1.7 if is_shown else 0.9,
                alpha=1.0 if is_shown else 0.35,
                label=curve_text(measure_of(name)) if is_shown else None,
            )
        if shown:
            axes.set_title(shown, color=text, fontsize="small")
        axes.set_xlabel(self._step_text, color=text, fontsize="small")
        axes.set_ylabel(self.tr("Loss") if _losses(family) else self.tr("Score"), color=text, fontsize="small")
        axes.tick_params(colors=text, labelsize="small")
        axes.grid(visible=True, alpha=0.25, linewidth=0.6)
        axes.xaxis.get_major_locator().set_params(integer=True)
        for side, spine in axes.spines.items():
            spine.set_visible(side in ("left", "bottom"))
            spine.set_color(text)
        axes.legend(frameon=False, labelcolor=text, fontsize="small")

    def _color(self, role: QPalette.ColorRole) -> str:
        return str(self.palette().color(role).name())

    def _summary(self, curves: Curves) -> str:
        lines = [
            self.tr("{curve}: {value} at step {step}").format(
                curve=curve_text(name), value=f"{points[-1][1]:.4g}", step=points[-1][0]
            )
            for name, points in curves.items()
            if points
        ]
        if not lines:
            return self.tr("The learning curve appears here while a model trains.")
        if not self._has_matplotlib:
            lines.append(self.tr("Install matplotlib in QGIS's Python to see the curve as a plot."))
        return "\n".join(lines)


class BackendImport:
    """Imports matplotlib's Qt backend in a thread of its own."""

    def __init__(self) -> None:
        self.has_succeeded = False
        self._thread = threading.Thread(target=self._run, name="import matplotlib", daemon=True)
        self._thread.start()

    @property
    def is_running(self) -> bool:
        """True until it is clear whether matplotlib is there."""
        return self._thread.is_alive()

    def _run(self) -> None:
        # A broken installation raises more than ImportError, and is as good as none.
        with contextlib.suppress(Exception):
            _backend()
            # Makes its list of all fonts now and not when the first letter is drawn.
            importlib.import_module("matplotlib.font_manager")
            self.has_succeeded = True


def _losses(curves: Curves) -> Curves:
    return {name: points for name, points in curves.items() if points and "loss" in name}


def _scores(curves: Curves) -> Curves:
    return {name: points for name, points in curves.items() if points and "loss" not in name}


def curve_text(name: str) -> str:
    """Return a metric's name as words: ``validation_loss`` becomes ``validation loss``."""
    return name.replace("_", " ").replace(" f1", " F1")


def training_of(name: str) -> str:
    """Return which of several trainings a metric belongs to: ``fold 2`` of ``fold 2: train_loss``, else nothing."""
    return name.rpartition(_PREFIX_END)[0]


def measure_of(name: str) -> str:
    """Return what a metric measures: ``train_loss`` of ``fold 2: train_loss``."""
    return name.rpartition(_PREFIX_END)[2]


def _backend() -> Tuple[Any, Any]:
    from matplotlib.figure import Figure

    if int(QT_VERSION_STR.split(".")[0]) >= _QT_6:
        from matplotlib.backends.backend_qtagg import FigureCanvasQTAgg
    else:
        from matplotlib.backends.backend_qt5agg import FigureCanvasQTAgg
    return FigureCanvasQTAgg, Figure
