"""Tasks run to their end in an event loop, as QGIS does."""

from __future__ import annotations

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QEventLoop, QTimer

WAIT_MS = 20_000


def run_task(task, on_event=None):
    """Hand a task to QGIS as a panel does, keep no reference, and return its outcome."""
    loop = QEventLoop()
    outcomes = []

    def on_finished(outcome):
        outcomes.append(outcome)
        loop.quit()

    task.finished_with.connect(on_finished)
    if on_event is not None:
        task.event_received.connect(on_event)
    QgsApplication.taskManager().addTask(task)
    del task
    QTimer.singleShot(WAIT_MS, loop.quit)
    loop.exec() if hasattr(loop, "exec") else loop.exec_()
    assert outcomes, "the task did not finish"
    return outcomes[0]
