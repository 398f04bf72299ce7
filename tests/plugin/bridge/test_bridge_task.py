"""Jobs as background tasks and for algorithms: outcome, cancel, project change, QGIS alive."""

from __future__ import annotations

import gc
import threading
import time

import pytest
from qgis.core import QgsApplication, QgsFeedback, QgsProcessingFeedback
from qgis.PyQt.QtCore import QCoreApplication
from task_runs import run_task

from cropsample_plugin.bridge import task as task_module
from cropsample_plugin.bridge.engine_errors import EngineError
from cropsample_plugin.bridge.job_folders import past_jobs
from cropsample_plugin.bridge.running import describe_job, run_job
from cropsample_plugin.bridge.settings import Settings
from cropsample_plugin.bridge.task import EngineStep, EngineTask, cancel_all_tasks, stop_all_tasks
from cropsample_plugin.jobs.protocol import LogEvent, MetricEvent, ProgressEvent


def step(how, path=""):
    return EngineStep("misbehave", {"how": how, "path": str(path)}, how)


def wait_for(condition, seconds=10.0):
    start = time.monotonic()
    while not condition():
        assert time.monotonic() - start < seconds, "waited too long"
        QCoreApplication.processEvents()
        time.sleep(0.01)


def test_steps_run_one_after_another(engine):
    started = []
    task = EngineTask("two", [step("succeed"), step("odd_values")])
    task.step_started.connect(started.append)
    events = []
    outcome = run_task(task, events.append)
    assert outcome.error is None
    assert [sorted(outputs) for outputs in outcome.outputs] == [["answer"], ["3", "limit", "score", "set"]]
    assert started == [0, 1]
    assert sum(isinstance(event, MetricEvent) for event in events) == 2
    assert [folder.read_result() is not None for folder in outcome.folders] == [True, True]
    assert sorted(folder.path for folder in past_jobs()) == sorted(folder.path for folder in outcome.folders)


def test_a_failing_step_ends_the_task_with_its_error_and_keeps_earlier_outputs(engine):
    outcome = run_task(EngineTask("three", [step("succeed"), step("crash"), step("succeed")]))
    assert outcome.error.kind == "crash"
    assert outcome.outputs == [{"answer": 42}]
    assert len(outcome.folders) == 2
    assert not outcome.is_canceled


def test_signals_arrive_on_the_main_thread(engine):
    threads = set()
    run_task(EngineTask("one", [step("print_much")]), lambda _event: threads.add(threading.current_thread()))
    assert threads == {threading.main_thread()}


def test_cancel_while_running(engine):
    task = EngineTask("wait", [step("wait_politely"), step("succeed")])

    def on_event(event):
        if isinstance(event, ProgressEvent):
            cancel_all_tasks()

    outcome = run_task(task, on_event)
    assert outcome.is_canceled
    assert outcome.outputs == []


def test_cancel_before_the_start(engine):
    manager = QgsApplication.taskManager()
    outcomes = []
    task = EngineTask("never", [step("succeed")])
    task.finished_with.connect(outcomes.append)
    blocker = EngineTask("blocker", [step("wait_politely")])
    manager.addTask(blocker)
    task.addSubTask(blocker, [], task.SubTaskDependency.ParentDependsOnSubTask)
    manager.addTask(task)
    cancel_all_tasks()
    wait_for(lambda: outcomes)
    assert outcomes[0].is_canceled
    assert outcomes[0].outputs == []
    wait_for(lambda: not task_module._alive)


def test_all_tasks_are_stopped_at_once_for_the_unload(engine):
    outcomes = []
    for name in ("first", "second"):
        task = EngineTask(name, [step("wait_politely")])
        task.finished_with.connect(outcomes.append)
        QgsApplication.taskManager().addTask(task)
    wait_for(task_module._is_any_running)
    start = time.monotonic()
    assert stop_all_tasks()
    assert time.monotonic() - start < 3.0
    assert not task_module._is_any_running()
    wait_for(lambda: len(outcomes) == 2)
    assert all(outcome.is_canceled for outcome in outcomes)


def test_the_project_may_be_closed_during_a_job(engine, project):
    def on_event(event):
        if isinstance(event, LogEvent) and event.message == "line 100":
            project.clear()
            gc.collect()

    outcome = run_task(EngineTask("survivor", [step("print_much")]), on_event)
    assert outcome.outputs == [{"answer": 42}]


def test_nobody_listens_and_the_window_stays_responsive(engine):
    manager = QgsApplication.taskManager()
    manager.addTask(EngineTask("alone", [step("print_much")]))
    gc.collect()
    longest = 0.0
    wait_for(lambda: task_module._alive)
    while task_module._alive:
        start = time.monotonic()
        QCoreApplication.processEvents()
        longest = max(longest, time.monotonic() - start)
        time.sleep(0.001)
    assert longest < 0.5


def test_without_an_engine_the_task_says_so(profile, monkeypatch):
    monkeypatch.setattr("cropsample_plugin.bridge.running.engine_problem", lambda: "No engine.")
    outcome = run_task(EngineTask("no engine", [step("succeed")]))
    assert outcome.error.kind == "not_started"
    assert outcome.error.message == "No engine."


def test_a_defect_in_the_task_does_not_take_qgis_along(engine, monkeypatch):
    monkeypatch.setattr("cropsample_plugin.bridge.task.run_engine", lambda *_args, **_options: 1 / 0)
    outcome = run_task(EngineTask("defect", [step("succeed")]))
    assert outcome.error.kind == "crash"
    assert "ZeroDivisionError" in outcome.error.message


def test_an_algorithm_gets_outputs_and_its_feedback_is_told(engine):
    feedback = QgsProcessingFeedback()
    shares = []
    feedback.progressChanged.connect(shares.append)
    assert run_job("misbehave", {"how": "print_much"}, feedback) == {"answer": 42}
    assert "line 4999" in feedback.textLog()
    assert shares[-1] == 100.0


def test_an_algorithm_without_texts_works_too(engine):
    assert run_job("misbehave", {"how": "print_much"}, QgsFeedback()) == {"answer": 42}


def test_an_algorithm_can_be_canceled(engine):
    feedback = QgsProcessingFeedback()
    feedback.progressChanged.connect(lambda _share: feedback.cancel())
    with pytest.raises(EngineError) as caught:
        run_job("misbehave", {"how": "wait_politely"}, feedback)
    assert caught.value.is_canceled


def test_a_preparation_runs_before_the_steps_and_may_fail(engine):
    class Prepared(EngineTask):
        def prepare(self):
            raise EngineError("output", "The folder cannot be written.")

    outcome = run_task(Prepared("prepared", [step("succeed")]))
    assert outcome.error.kind == "output"
    assert outcome.folders == []


def test_settings_reach_the_job(qgis_app):
    job = describe_job("probe", {}, Settings(threads=3, memory_mb=900, device="cpu"))
    assert (job.threads, job.memory_mb, job.device) == (3, 900, "cpu")
