"""Retrain and propose: a snapshot of the labels, three jobs in the background, proposals that come next."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from memory_store import MemoryStore
from qgis.core import QgsCoordinateReferenceSystem as Crs
from qgis.core import (
    QgsFeature,
    QgsField,
    QgsFields,
    QgsGeometry,
    QgsPointXY,
    QgsProject,
    QgsVectorFileWriter,
    QgsVectorLayer,
    QgsWkbTypes,
)
from qgis.PyQt.QtCore import QVariant
from stand_ins import FakeEngine, Iface, delete_now, wait_for

from cropsample_plugin.bridge.engine_errors import EngineError
from cropsample_plugin.bridge.labeling.label_events import ADD, LabelEvent, LabelingError
from cropsample_plugin.bridge.labeling.proposals import PROPOSER, ProposalTarget, take_proposals
from cropsample_plugin.gui.job_board import JobBoard
from cropsample_plugin.gui.labeling.labeling_controller import LabelingController
from cropsample_plugin.gui.labeling.labeling_session import LabelingSession
from cropsample_plugin.gui.labeling.retrain_and_propose import RetrainAndPropose
from cropsample_plugin.gui.labeling.retrain_plan import FROM_MAP, FROM_MODEL, RetrainChoice, take_snapshot

ROOT = Path(__file__).resolve().parents[3]

CHOICE = RetrainChoice(stack="stack.tif", n_samples=3, min_distance_m=50.0)
PLACES = [(500050.0, 4400500.0), (500150.0, 4400500.0), (500250.0, 4400500.0)]


def write_proposals(path, places, crs="EPSG:32641"):
    fields = QgsFields()
    for name, kind in (("rank", QVariant.Int), ("reason", QVariant.String), ("stratum", QVariant.String)):
        fields.append(QgsField(name, kind))
    options = QgsVectorFileWriter.SaveVectorOptions()
    context = QgsProject.instance().transformContext()
    writer = QgsVectorFileWriter.create(path, fields, QgsWkbTypes.Point, Crs(crs), context, options)
    for rank, (x, y) in reversed(list(enumerate(places, start=1))):
        feature = QgsFeature(fields)
        feature.setAttributes([rank, f"reason {rank}", "hill"])
        feature.setGeometry(QgsGeometry.fromPointXY(QgsPointXY(x, y)))
        writer.addFeature(feature)
    del writer


class ProposingEngine(FakeEngine):
    """Also writes the proposals that it was asked for."""

    def __init__(self):
        super().__init__()
        self.places = PLACES
        self.labels = []

    def run(self, job, *arguments, **options):
        if job.name == "trainclassifier":
            layer = QgsVectorLayer(job.parameters["samples"], "labels", "ogr")
            self.labels = sorted((feature["sample_id"], feature["class"]) for feature in layer.getFeatures())
        last = super().run(job, *arguments, **options)
        if job.name == "proposesamples":
            write_proposals(job.parameters["output"], self.places)
        return last


@pytest.fixture
def engine(monkeypatch, tmp_path):
    folder = tmp_path / "profile"
    folder.mkdir()
    for module in ("job_folders", "environment"):
        monkeypatch.setattr(f"cropsample_plugin.bridge.{module}.profile_folder", lambda: folder)
    fake = ProposingEngine()
    monkeypatch.setattr("cropsample_plugin.bridge.task.run_engine", fake.run)
    monkeypatch.setattr("cropsample_plugin.bridge.task._find_python", lambda: ("python", None))
    yield fake
    fake.gate.set()


@pytest.fixture
def session(settings, store):
    session = LabelingSession(settings, store, "Ana")
    for class_name in ("Wheat", "Cotton", "Wheat"):
        session.label(class_name)
    return session


class Desk:
    """A controller, an interface, and what retrains."""

    def __init__(self, session, folder):
        self.iface = Iface()
        self.board = JobBoard()
        self.controller = LabelingController()
        self.controller.open(session, str(folder / "s.cropsession"))
        self.retrain = RetrainAndPropose(self.controller, self.iface, self.board)
        self.ends = []
        self.retrain.ended.connect(self.ends.append)

    @property
    def session(self):
        return self.controller.session

    def messages(self):
        return [item.text() for item in self.iface.bar.items()]

    def run(self, choice=CHOICE):
        assert self.retrain.start(choice)
        wait_for(lambda: self.ends)
        return self.ends[-1]


@pytest.fixture
def desk(qgis_app, engine, session, tmp_path):
    desk = Desk(session, tmp_path)
    yield desk
    desk.retrain.take_down()
    desk.iface.window.deleteLater()
    delete_now()


def test_labels_are_trained_with_and_proposals_come_next(desk, engine, session):
    assert session.current.sample_id == "s3"
    proposed = desk.run()
    assert [job.name for job in engine.jobs] == ["trainclassifier", "predictmap", "proposesamples"]
    assert engine.labels == [("s0", "Wheat"), ("s1", "Cotton"), ("s2", "Wheat")]
    asked = engine.jobs[2].parameters
    assert (asked["n_samples"], asked["min_distance"], asked["class_field"]) == (3, 50.0, "class")
    ids = [new.sample.sample_id for new in proposed.new_samples]
    assert [sample.reason for sample in session.samples[6:]] == ["reason 1", "reason 2", "reason 3"]
    assert session.samples[6].stratum == "hill"
    assert list(session.queue)[:3] == ids
    assert session.current.sample_id == "s3"
    desk.controller.act(lambda open_session: open_session.label("Rice"))
    assert session.current.sample_id == ids[0]
    for expected in (*ids[1:], "s4"):
        desk.controller.act(lambda open_session: open_session.label("Rice"))
        assert session.current.sample_id == expected
    added = [event for event in session.store.events if event.kind == ADD]
    assert {event.labeler for event in added} == {PROPOSER}
    assert "3 proposed samples come next" in desk.messages()[-1]


def test_labeling_goes_on_meanwhile_and_undo_stays_the_labelers(desk, engine, session):
    engine.gate.clear()
    desk.retrain.start(CHOICE)
    wait_for(lambda: engine.jobs)
    desk.controller.act(lambda open_session: open_session.label("Rice"))
    engine.gate.set()
    wait_for(lambda: desk.ends)
    assert engine.labels == [("s0", "Wheat"), ("s1", "Cotton"), ("s2", "Wheat")]
    desk.controller.act(lambda open_session: open_session.undo())
    assert session.state("s3").classes == ()
    assert not any(session.state(new.sample.sample_id).is_removed for new in desk.ends[0].new_samples)


def test_the_run_is_shown_in_the_jobs_panel_as_one(desk, engine):
    engine.gate.clear()
    desk.retrain.start(CHOICE)
    wait_for(lambda: engine.jobs and desk.board.runs() and desk.board.runs()[0].jobs)
    run = desk.board.runs()[0]
    assert run.title == "Retrain and propose: Test"
    assert tuple(run.step_names) == ("trainclassifier", "predictmap", "proposesamples")
    assert not desk.retrain.retrain_action.isEnabled()
    assert desk.retrain.stop_action.isEnabled()
    assert not desk.retrain.start(CHOICE)
    engine.gate.set()
    wait_for(lambda: desk.ends)


def test_no_sample_is_proposed_where_one_is_or_was_added_meanwhile(desk, engine, session):
    engine.gate.clear()
    desk.retrain.start(CHOICE)
    wait_for(lambda: engine.jobs)
    wkb = bytes(QgsGeometry.fromWkt("Point (500150 4400530)").asWkb())
    desk.controller.act(lambda open_session: open_session.draw(wkb, (500150.0, 4400530.0)))
    engine.gate.set()
    wait_for(lambda: desk.ends)
    assert [new.sample.reason for new in desk.ends[0].new_samples] == ["reason 1", "reason 3"]
    assert "1 more lie where samples were added meanwhile" in desk.messages()[-1]
    n_before = len(session.samples)
    desk.ends.clear()
    assert desk.run().new_samples == ()
    assert len(session.samples) == n_before


def test_cancel_leaves_everything_as_it_was(desk, engine, session):
    engine.gate.clear()
    desk.retrain.start(CHOICE)
    wait_for(lambda: engine.jobs)
    n_events = len(session.store.events)
    desk.retrain.cancel()
    wait_for(lambda: desk.ends)
    assert desk.ends == [None]
    assert len(session.store.events) == n_events
    assert "labels are as they were" in desk.messages()[-1]
    assert desk.retrain.retrain_action.isEnabled()


def test_a_failure_is_told_and_loses_nothing(desk, engine, session):
    engine.errors["predictmap"] = EngineError("stack", "The stack is gone.", "Choose another.")
    assert desk.run() is None
    assert "The stack is gone. Choose another. The labels are as they were." in desk.messages()[-1]
    assert len(session.samples) == 6
    engine.errors.clear()
    desk.ends.clear()
    assert len(desk.run().new_samples) == 3


def test_a_session_closed_meanwhile_gets_its_proposals_when_it_is_opened_again(desk, engine, session, settings):
    engine.gate.clear()
    desk.retrain.start(CHOICE)
    wait_for(lambda: engine.jobs)
    store = session.store
    desk.controller.close()
    engine.gate.set()
    wait_for(lambda: desk.ends)
    assert desk.ends == [None]
    assert "when it is opened again" in desk.messages()[-1]
    other = LabelingSession(replace(settings, session_id="other"), MemoryStore(), "Ana")
    desk.controller.open(other)
    assert not other.samples
    desk.controller.open(LabelingSession(settings, store, "Ana"))
    assert [sample.reason for sample in desk.session.samples[6:]] == ["reason 1", "reason 2", "reason 3"]
    desk.controller.open(LabelingSession(settings, store, "Ana"))
    assert len(desk.session.samples) == 9


def test_proposals_that_cannot_be_saved_wait(desk, engine, session, settings):
    session.store.is_broken = True
    assert desk.run() is None
    assert "could not be added" in desk.messages()[-1]
    session.store.is_broken = False
    desk.controller.open(LabelingSession(settings, session.store, "Ana"))
    assert len(desk.session.samples) == 9


def test_propose_from_a_map_or_a_model_asks_for_no_training(desk, engine, tmp_path):
    desk.run(replace(CHOICE, mode=FROM_MAP, probabilities="p.tif"))
    assert [job.name for job in engine.jobs] == ["proposesamples"]
    assert engine.jobs[0].parameters["probabilities"] == "p.tif"
    assert engine.jobs[0].parameters["class_field"] == ""
    package = tmp_path / "model.zip"
    package.write_bytes(b"x")
    desk.ends.clear()
    desk.run(replace(CHOICE, mode=FROM_MODEL, model_package=str(package)))
    assert engine.jobs[1].parameters["model_package"] == str(package)


@pytest.mark.parametrize(
    ("choice", "message"),
    [
        (replace(CHOICE, stack=""), "needs a dated stack"),
        (replace(CHOICE, mode=FROM_MODEL, model_package="none.zip"), "no such model package"),
        (replace(CHOICE, mode=FROM_MAP), "no map to propose from"),
    ],
)
def test_missing_inputs_are_told(desk, engine, choice, message):
    assert not desk.retrain.start(choice)
    assert message in desk.messages()[-1]
    assert not engine.jobs


def test_labels_of_one_class_do_not_train(settings, store):
    session = LabelingSession(settings, store, "Ana")
    session.label("Wheat")
    with pytest.raises(LabelingError, match="two classes or more"):
        take_snapshot(session, CHOICE)


def test_a_snapshot_holds_what_the_labeler_may_know(settings, store):
    store.append([LabelEvent("s0", "Ben", "label", "Rice"), LabelEvent("s1", "Ben", "label", "Cotton")])
    store.append([LabelEvent("s0", "Ana", "label", "Wheat"), LabelEvent("s2", "Ana", "label", "Rice")])
    store.append([LabelEvent("s5", "Ana", "remove")])
    seeing = take_snapshot(LabelingSession(settings, store, "Ana"), CHOICE)
    assert {(label.sample_id, label.class_name) for label in seeing.labels} == {("s1", "Cotton"), ("s2", "Rice")}
    assert (seeing.n_without_class, len(seeing.places)) == (1, 5)
    blind = take_snapshot(LabelingSession(replace(settings, is_blind=True), store, "Ana"), CHOICE)
    assert {(label.sample_id, label.class_name) for label in blind.labels} == {("s0", "Wheat"), ("s2", "Rice")}
    assert {place.class_name for place in blind.places} == {"Wheat", "Rice", ""}


def test_a_file_that_holds_no_proposals_is_refused(qgis_app, tmp_path):
    target = ProposalTarget(Crs("EPSG:32641"), QgsProject.instance().transformContext(), ())
    with pytest.raises(LabelingError, match="holds no proposed samples"):
        take_proposals(str(tmp_path / "none.gpkg"), target, 0.0)


def test_proposals_in_degrees_come_into_the_sessions_system(qgis_app, tmp_path, store):
    path = str(tmp_path / "p.gpkg")
    write_proposals(path, [(63.0, 39.75), (63.01, 39.75)], "EPSG:4326")
    target = ProposalTarget(Crs("EPSG:32641"), QgsProject.instance().transformContext(), store.read_samples(), ("Ana",))
    proposed = take_proposals(path, target, 200.0)
    assert proposed.n_too_near == 1
    sample = proposed.new_samples[0].sample
    assert (sample.x, sample.y) == pytest.approx((500856.6, 4400010.7), abs=1.0)
    assert (sample.assigned_to, sample.priority) == (("Ana",), -2.0)
