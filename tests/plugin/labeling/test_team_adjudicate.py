"""The Adjudicate panel: who may see it, the walk through disputes by keys, settling, undo, and agreement beside."""

from __future__ import annotations

from dataclasses import replace

import pytest
from memory_store import MemoryStore, point_sample
from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtGui import QTextDocument
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QMainWindow

from cropsample_plugin.bridge.labeling.label_events import FLAG, LABEL, REMOVE, LabelEvent
from cropsample_plugin.bridge.labeling.session_file import LabelClass
from cropsample_plugin.gui.labeling.adjudicate_cases import DisputedCases
from cropsample_plugin.gui.labeling.adjudicate_dock import AdjudicateDock
from cropsample_plugin.gui.labeling.labeling_controller import LabelingController
from cropsample_plugin.gui.labeling.labeling_session import LabelingSession

LABELS = {
    "s0": "Wheat Wheat Wheat",
    "s1": "Wheat Cotton Wheat",
    "s2": "Cotton Wheat -",
    "s3": "Rice Rice Rice",
    "s4": "Rice Cotton Cotton",
    "s5": "Cotton - -",
}


def label_events():
    return [
        LabelEvent(sample_id, labeler, LABEL, name, 75, f"{labeler} saw <{name}>", "Mosaic", "2019-06-01", 4.2)
        for sample_id, names in LABELS.items()
        for labeler, name in zip(("Ana", "Ben", "Cyd"), names.split())
        if name != "-"
    ]


@pytest.fixture
def store():
    store = MemoryStore([point_sample(number, stratum="AB"[number % 2]) for number in range(6)])
    store.append(label_events())
    return store


@pytest.fixture
def opened(qgis_app, settings, store):
    made = []

    def make(labeler="Eve", **values):
        controller = LabelingController()
        window = QMainWindow()
        dock = AdjudicateDock(controller, None, window)
        window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, dock)
        window.resize(500, 800)
        window.show()
        made.append((controller, dock, window))
        controller.open(LabelingSession(replace(settings, **values), store, labeler))
        return controller, dock

    yield make
    for controller, dock, window in made:
        dock.take_down()
        controller.close()
        window.close()
        window.deleteLater()


def lines(label):
    document = QTextDocument()
    document.setHtml(label.text())
    return document.toPlainText().replace("\u2028", "\n").split("\n")


def test_disputes_are_walked_and_settled_by_keys(opened, store):
    controller, dock = opened()
    session, form = controller.session, dock.form
    assert "not in dispute" in form.message_label.text()
    QTest.keyClick(form, Qt.Key.Key_N)
    assert session.current.sample_id == "s1"
    assert form.message_label.isHidden()
    said = lines(form.labels_label)
    assert said[0] == "■ Ana (agrees with most in 50 %): Wheat · 75 % sure · 4 s"
    assert said[4] == "Ben saw <Cotton>"
    assert said[5].startswith("Mosaic 2019-06-01 · 20")
    assert form.count_label.text() == "1 of 3"
    QTest.keyClick(form, Qt.Key.Key_C)
    form.comment_edit.setText("ridges")
    QTest.keyClick(form.comment_edit, Qt.Key.Key_Return)
    QTest.keyClick(form, Qt.Key.Key_2)
    assert store.events[-1].comment == "ridges"
    assert (store.events[-1].kind, store.events[-1].class_name, store.events[-1].labeler) == ("settle", "Cotton", "Eve")
    assert session.current.sample_id == "s2"
    assert form.comment_edit.text() == ""
    assert form.progress_label.text() == "2 in dispute, 1 settled"
    QTest.keyClick(form, Qt.Key.Key_Right)
    assert session.current.sample_id == "s4"
    QTest.keyClick(form, Qt.Key.Key_M)
    assert session.history.state("s4").settled.class_name == "Cotton"
    QTest.keyClick(form, Qt.Key.Key_U)
    assert session.history.state("s4").settled is None
    assert session.current.sample_id == "s4"
    QTest.keyClick(form, Qt.Key.Key_P)
    assert session.current.sample_id == "s2"


def test_a_tie_is_not_settled_by_votes(opened, store):
    controller, dock = opened()
    controller.act(lambda session: session.go_to("s2"))
    assert "a tie" in dock.form.votes_label.text()
    assert not dock.form.majority_button.isEnabled()
    n_events = len(store.events)
    dock.press("m")
    assert len(store.events) == n_events


def test_settled_ones_can_be_walked_too_and_settled_otherwise(opened):
    controller, dock = opened()
    dock.walk(1)
    dock.settle("Wheat")
    assert controller.session.current.sample_id == "s2"
    assert not dock.walk(-1)
    dock.form.settled_check.setChecked(True)
    assert dock.walk(-1)
    assert "settled as Wheat by Eve" in dock.form.title_label.text()
    dock.settle("Cotton")
    assert controller.session.history.state("s1").settled.class_name == "Cotton"


def test_a_class_keeps_its_key(opened, settings):
    classes = (LabelClass("Maize", key="m"), *settings.classes, LabelClass("Nuts", key="n"))
    controller, dock = opened(classes=classes)
    dock.walk(1)
    dock.press("m")
    assert controller.session.history.state("s1").settled.class_name == "Maize"
    assert "[M]" not in dock.form.majority_button.text()
    assert dock.form.next_button.text() == "▶ [→]"


@pytest.mark.parametrize(("labeler", "may_look", "may_settle"), [("Ana", False, False), ("Eve", True, True)])
def test_blind_sessions_are_for_adjudicators(opened, store, labeler, may_look, may_settle):
    _controller, dock = opened(labeler, is_blind=True, adjudicators=("Eve",))
    form = dock.form
    assert form.walk_row.isHidden() != may_look
    assert ("settled by Eve" in form.message_label.text()) != may_look
    assert dock.walk(1) == may_look
    n_events = len(store.events)
    for key in ("1", "m", "w", "u"):
        dock.press(key)
    assert (len(store.events) > n_events) == may_settle
    dock.agreement.show()
    dock.agreement.show_agreement()
    assert (dock.agreement.tree.topLevelItemCount() > 0) == may_look


def test_who_may_not_settle_may_look_in_an_open_session(opened, store):
    _controller, dock = opened("Ana", adjudicators=("Eve",))
    assert dock.walk(1)
    n_events = len(store.events)
    assert not dock.press("1")
    dock.settle("Wheat")
    assert "adjudicators" in dock.form.message_label.text()
    assert len(store.events) == n_events


def test_a_decision_that_is_not_saved_is_kept_with_its_comment(opened, store):
    controller, dock = opened()
    dock.walk(1)
    store.is_broken = True
    dock.form.comment_edit.setText("ridges")
    dock.settle("Cotton")
    assert "disk is full" in dock.form.message_label.text()
    assert dock.form.comment_edit.text() == "ridges"
    assert controller.session.pending
    store.is_broken = False
    assert controller.retry()
    assert controller.session.history.state("s1").settled.comment == "ridges"


def test_agreement_is_shown_live(opened, store):
    controller, dock = opened()
    widget = dock.agreement
    widget.show_agreement()
    assert widget.summary_label.text().startswith("5 samples with several labels, 2 of them unanimous")
    pairs = widget.tree.topLevelItem(1)
    assert [pairs.child(0).text(column) for column in range(2)] == ["Ana · Ben", "2/5 = 40 %"]
    controller.act(lambda session: session.do([LabelEvent("s2", "Ben", LABEL, "Cotton")]))
    for _ in range(100):
        QTest.qWait(20)
        if widget.summary_label.text().startswith("5 samples with several labels, 3"):
            break
    assert widget.tree.topLevelItem(1).child(0).text(1) == "3/5 = 60 %"


def test_nothing_is_left_of_a_closed_session(opened):
    controller, dock = opened()
    dock.walk(1)
    controller.close()
    assert "Open a labeling session" in dock.form.message_label.text()
    assert dock.agreement.tree.topLevelItemCount() == 0
    assert not dock.walk(1)
    assert not dock.press("1") or dock._case() is None


def test_cases_follow_labels_settlements_and_removals(session, store):
    cases = DisputedCases(session)
    cases.refresh()
    assert cases.open_ids() == ["s1", "s2", "s4"]
    assert (cases.case("s1").by_majority, cases.case("s2").by_majority, cases.case("s0")) == ("Wheat", None, None)
    session.do(
        [LabelEvent("s1", "Ben", LABEL, "Wheat"), LabelEvent("s2", "Ana", REMOVE), LabelEvent("s3", "Ben", FLAG)]
    )
    assert cases.refresh()
    assert cases.open_ids() == ["s4"]
    session.undo()
    cases.refresh()
    assert cases.open_ids() == ["s1", "s2", "s4"]
    assert not cases.refresh()
