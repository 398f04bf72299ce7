"""The Jobs panel: jobs followed by their folders, grouped into runs, shown, stopped and removed."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QMessageBox
from stand_ins import wait_for

from cropsample_plugin.bridge.engine_errors import EngineError
from cropsample_plugin.bridge.job_folders import new_job_folder
from cropsample_plugin.bridge.live_jobs import is_paused
from cropsample_plugin.gui.job_board import JobBoard
from cropsample_plugin.gui.job_reader import Membership
from cropsample_plugin.gui.job_record import JobState, readable_duration
from cropsample_plugin.gui.jobs_dock import JobsDock
from cropsample_plugin.gui.learning_curve import LearningCurve
from cropsample_plugin.gui.run_list_model import DETAIL_ROLE, FRACTION_ROLE
from cropsample_plugin.gui.run_texts import steps_text
from cropsample_plugin.jobs.protocol import (
    ErrorEvent,
    Job,
    LogEvent,
    MetricEvent,
    ProgressEvent,
    ResultEvent,
    RowEvent,
    encode_event,
)


@pytest.fixture
def board(profile):
    made = JobBoard()
    yield made
    made.shut_down()


@pytest.fixture
def dock(board, iface):
    made = JobsDock(board, iface.window)
    iface.addDockWidget(Qt.DockWidgetArea.BottomDockWidgetArea, made)
    iface.window.resize(900, 700)
    iface.window.show()
    made.show()
    return made


def write_job(name="trainclassifier", events=(), last=None, membership=None):
    folder = new_job_folder(Job(name, {"model": "lstm"}))
    folder.log.touch()
    with folder.events.open("a", encoding="utf-8") as stream:
        stream.writelines(encode_event(event) + "\n" for event in events)
    if last is not None:
        folder.result.write_text(encode_event(last), encoding="utf-8")
    if membership is not None:
        membership.write(folder.path)
    return folder


def only_run(board):
    board.refresh()
    (run,) = board.runs()
    return run


def test_no_jobs_no_trouble(board, dock):
    board.refresh()
    assert board.runs() == []
    assert not dock.empty_label.isHidden()
    assert not dock.cancel_button.isVisible()


def test_past_job_is_read_back(board):
    events = [LogEvent("900 samples"), MetricEvent("train_loss", 1, 0.7), MetricEvent("train_loss", 2, 0.4)]
    write_job(events=events, last=ResultEvent({"report": "/r.html", "overall_accuracy": 0.9}))
    run = only_run(board)
    assert run.state is JobState.DONE
    assert run.metrics == {}, "events of past jobs are read when somebody looks at them"
    board.load_details(run)
    assert run.metrics == {"train_loss": [(1, 0.7), (2, 0.4)]}
    assert run.report == "/r.html"
    assert board.log_text(run) == "900 samples"
    assert run.fraction == 1.0


def trial(number, score, state="done", **values):
    return RowEvent("trials", {"trial": number, "state": state, "macro_f1": score, "seconds": 0.5, **values})


def test_trials_of_a_search_are_a_live_table(board, dock):
    first = [trial(1, 0.7, max_features="sqrt"), trial(2, 0.9, max_features=0)]
    folder = write_job("searchhyperparameters", events=[*first, MetricEvent("best_macro_f1", 2, 0.9)])
    board.refresh()
    dock.refresh()
    table = dock.trials
    assert dock.tabs.tabText(0).replace("&", "") == "Trials"
    assert dock.tabs.currentWidget() is table
    heads = [table.horizontalHeaderItem(column).text() for column in range(table.columnCount())]
    assert heads == ["trial", "state", "macro F1", "seconds", "max features"]
    assert [table.item(row, 0).text() for row in range(2)] == ["1", "2"]
    assert [table.item(row, 2).font().bold() for row in range(2)] == [False, True]
    table.sortItems(2, Qt.SortOrder.DescendingOrder)
    with folder.events.open("a", encoding="utf-8") as stream:
        stream.write(encode_event(trial(3, float("nan"), "failed", max_features="log2")) + "\n")
        stream.write(encode_event(trial(4, 0.8, max_features="log2")) + "\n")
    board.refresh()
    dock.refresh()
    assert table.rowCount() == 4
    assert [table.item(row, 0).text() for row in range(3)] == ["2", "4", "1"], "still sorted by score"
    assert table.item(0, 2).font().bold()


def test_jobs_without_trials_have_no_such_tab(board, dock):
    write_job("searchhyperparameters", events=[trial(1, 0.7)], last=ResultEvent({}))
    write_job(last=ResultEvent({}))
    board.refresh()
    dock.refresh()
    shown = {}
    for row in range(dock.model.rowCount()):
        dock.list_view.setCurrentIndex(dock.model.index(row))
        shown[dock.title_label.text()] = dock.tabs.indexOf(dock.trials) >= 0
    assert sorted(shown.values()) == [False, True]


def test_crash_that_wrote_no_event_is_told(board):
    folder = write_job(last=ErrorEvent("killed", "The engine was killed.", "Try again."))
    folder.log.write_text("Segmentation fault", encoding="utf-8")
    run = only_run(board)
    assert run.state is JobState.FAILED
    assert run.error_text == "The engine was killed. Try again."
    board.load_details(run)
    assert board.log_text(run).endswith("Segmentation fault")


def test_job_of_a_qgis_that_died_is_interrupted(board):
    folder = write_job(events=[ProgressEvent(0.4, "epoch 4")])
    an_hour_ago = time.time() - 3600
    for path in folder.path.iterdir():
        os.utime(path, (an_hour_ago, an_hour_ago))
    assert only_run(board).state is JobState.INTERRUPTED


def test_half_written_and_foreign_lines_are_survived(board):
    folder = write_job(events=[ProgressEvent(0.2, "one")])
    with folder.events.open("a", encoding="utf-8") as stream:
        stream.write('not json\n{"event": "progress", "fra')
    assert only_run(board).fraction == 0.2
    with folder.events.open("a", encoding="utf-8") as stream:
        stream.write('ction": 0.5, "message": ""}\n')
    assert only_run(board).fraction == 0.5


def test_new_job_of_the_toolbox_appears_by_itself(board, dock, engine):
    engine.gate.clear()
    folder = new_job_folder(Job("predictmap", {}))
    worker = threading.Thread(
        target=engine.run, args=(Job("predictmap", {}), "", folder, lambda _event: None, lambda: False)
    )
    worker.start()
    wait_for(lambda: dock.model.rowCount() == 1 and dock.progress_bar.value() == 750)
    assert dock.cancel_button.isVisible()
    engine.gate.set()
    wait_for(lambda: not dock.cancel_button.isVisible())
    worker.join()
    assert only_run(board).state is JobState.DONE


def test_toolbox_job_is_cancelled_from_the_panel(board, dock, engine):
    engine.gate.clear()
    folder = new_job_folder(Job("predictmap", {}))
    errors = []

    def work():
        try:
            engine.run(Job("predictmap", {}), "", folder, lambda _event: None, lambda: False)
        except EngineError as error:
            errors.append(error)

    worker = threading.Thread(target=work)
    worker.start()
    wait_for(lambda: dock.cancel_button.isVisible() and dock.cancel_button.isEnabled())
    dock.cancel_button.click()
    worker.join(5)
    assert errors[0].is_canceled
    wait_for(lambda: only_run(board).state is JobState.CANCELED)


def test_toolbox_job_is_paused_from_the_panel(board, dock, engine):
    engine.gate.clear()
    folder = new_job_folder(Job("predictmap", {}))
    worker = threading.Thread(
        target=engine.run, args=(Job("predictmap", {}), "", folder, lambda _event: None, lambda: False)
    )
    worker.start()
    wait_for(lambda: dock.pause_button.isVisible() and dock.pause_button.isEnabled())
    dock.pause_button.click()
    assert is_paused(folder.path)
    assert dock.pause_button.text() == "&Continue"
    dock.pause_button.click()
    assert not is_paused(folder.path)
    assert dock.pause_button.text() == "&Pause"
    engine.gate.set()
    wait_for(lambda: not dock.pause_button.isVisible())
    worker.join()


def test_steps_of_one_run_are_one_line(board, dock):
    member = Membership("/out/run", "My run", ("extracttimeseries", "trainclassifier", "predictmap"))
    write_job("extracttimeseries", last=ResultEvent({"n_samples": 9}), membership=member)
    write_job("trainclassifier", [ProgressEvent(0.5, "epoch 5")], membership=member)
    board.refresh()
    dock.refresh()
    assert dock.model.rowCount() == 1
    run = only_run(board)
    assert run.is_running
    assert run.fraction == pytest.approx(0.5)
    index = dock.model.index(0)
    assert index.data() == "My run"
    assert "(2/3)" in index.data(DETAIL_ROLE)
    assert index.data(FRACTION_ROLE) == pytest.approx(0.5)
    assert steps_text(run).count("\u2713") == 1
    assert "\u25cb predictmap" in steps_text(run)


def test_run_that_stopped_between_steps_is_interrupted(board):
    member = Membership("/out/run", "My run", ("trainclassifier", "predictmap"))
    write_job("trainclassifier", last=ResultEvent({}), membership=member)
    assert only_run(board).state is JobState.INTERRUPTED


def test_remove_keeps_outputs(board, dock, tmp_path, monkeypatch):
    output = tmp_path / "classes.tif"
    output.write_bytes(b"map")
    folder = write_job("predictmap", last=ResultEvent({"classes": str(output)}))
    board.refresh()
    monkeypatch.setattr(QMessageBox, "question", lambda *_: QMessageBox.StandardButton.Yes)
    dock.remove_button.click()
    assert not folder.path.exists()
    assert output.exists()
    assert dock.model.rowCount() == 0


def test_running_job_cannot_be_removed(board):
    folder = write_job(events=[ProgressEvent(0.1)])
    board.remove(only_run(board).run_id)
    assert folder.path.exists()


def test_selection_stays_when_jobs_come_and_go(board, dock):
    first = write_job("trainclassifier", last=ResultEvent({}))
    write_job("predictmap", last=ResultEvent({}))
    board.refresh()
    dock.choose(str(first.path))
    write_job("buildtimeseries", last=ResultEvent({}))
    board.refresh()
    assert dock.current_run_id() == str(first.path)
    assert dock.model.rowCount() == 3


def test_damaged_job_folder_is_survived(board):
    folder = write_job(last=ResultEvent({}))
    folder.job.write_text("{", encoding="utf-8")
    (folder.path / "run.json").write_text("[]", encoding="utf-8")
    assert only_run(board).jobs[0].name == "trainclassifier"


def test_curve_is_drawn_with_matplotlib(qgis_app):
    curve = LearningCurve()
    curve.show_curves({"train_loss": [(1, 0.7), (2, 0.4)], "validation_accuracy": [(1, 0.5), (2, 0.8)]})
    wait_for(lambda: curve._canvas is not None)
    assert [line.get_label() for line in curve._canvas.figure.axes[1].lines] == ["validation accuracy"]
    titles = [axes.get_ylabel() for axes in curve._canvas.figure.axes]
    assert len(titles) == 2
    assert len(curve._canvas.figure.axes[0].lines) == 1
    curve.show_curves({})
    assert not curve._canvas.isVisibleTo(curve)


def test_latest_training_stands_out_from_the_folds(qgis_app):
    curve = LearningCurve()
    curve.show_curves({"fold 1: train_loss": [(1, 0.7), (2, 0.4)], "train_loss": [(1, 0.6)]})
    wait_for(lambda: curve._canvas is not None)
    fold, final = curve._canvas.figure.axes[0].lines
    assert fold.get_alpha() < final.get_alpha()
    assert fold.get_color() == final.get_color()


def test_curve_without_matplotlib_is_text(qgis_app, monkeypatch):
    def fail():
        raise ImportError("no matplotlib")

    monkeypatch.setattr("cropsample_plugin.gui.learning_curve._backend", fail)
    curve = LearningCurve()
    curve.show_curves({"train_loss": [(1, 0.75), (2, 0.5)]})
    wait_for(lambda: not curve._has_matplotlib)
    assert "0.5" in curve._text.text()
    assert "matplotlib" in curve._text.text()


def test_matplotlib_is_not_imported_before_a_curve_is_shown():
    program = (
        f"import sys; sys.path.insert(0, {str(Path(__file__).resolve().parents[3])!r})\n"
        "from qgis.core import QgsApplication\n"
        "app = QgsApplication([], True); app.initQgis()\n"
        "from cropsample_plugin.gui import panels\n"
        "from cropsample_plugin.gui.learning_curve import LearningCurve\n"
        "LearningCurve().show_curves({})\n"
        "assert 'matplotlib' not in sys.modules\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(("seconds", "text"), [(0, "0:00"), (61.9, "1:01"), (3725, "1:02:05")])
def test_durations_are_readable(seconds, text):
    assert readable_duration(seconds) == text
