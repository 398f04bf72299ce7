"""Whole sessions in the Labeling panel: opened, closed, labeled as somebody else, merged."""

from __future__ import annotations

from dataclasses import replace

import pytest
from panel_layers import CLASSES, point_layer, session_on_disk
from qgis.core import QgsSettings
from qgis.PyQt.QtWidgets import QInputDialog, QMessageBox, QPushButton
from stand_ins import delete_now

from cropsample_plugin.gui.labeling import labeling_menu
from cropsample_plugin.gui.labeling.labeling_controller import LabelingController
from cropsample_plugin.gui.labeling.labeling_dock import LabelingDock
from cropsample_plugin.gui.labeling.labeling_files import open_session
from cropsample_plugin.gui.labeling.labeling_session import LabelingSession
from cropsample_plugin.gui.labeling.merge_dialog import MergeDialog


@pytest.fixture
def dock(iface, project):
    QgsSettings().remove("cropsample/labeling_recent")
    panel = LabelingDock(LabelingController(iface.window), iface, iface.window)
    yield panel
    panel.take_down()
    panel.deleteLater()
    delete_now()


@pytest.fixture
def path(settings, tmp_path):
    session, path = session_on_disk(tmp_path, replace(settings, classes=CLASSES), point_layer())
    session.label("Wheat")
    session.close()
    return path


@pytest.fixture
def asked(monkeypatch):
    """Answer who labels; return the names that were offered."""
    offered = []

    def answer(dialog):
        offered.append(dialog.textValue())
        dialog.setTextValue(answer.name or dialog.textValue())
        return True

    answer.name = "Ana"
    monkeypatch.setattr(QInputDialog, "exec", answer)
    return answer, offered


def controller(dock):
    return dock._controller


def test_a_session_is_opened_closed_and_opened_again_from_the_recent_ones(dock, path, asked):
    answer, offered = asked
    assert dock.menu.open(path)
    assert controller(dock).session.position == 1
    assert dock.form.pages.currentIndex() == 1
    assert dock.menu.close()
    assert dock.form.pages.currentIndex() == 0
    (recent,) = dock.form.pages.widget(0).findChildren(QPushButton, "labeling_recent")
    answer.name = ""
    recent.click()
    assert offered[-1] == "Ana", "who labeled it here last is offered first"
    assert controller(dock).session.labeler == "Ana"


def test_the_labeler_changes_and_sees_an_own_queue(dock, path, asked):
    answer, _offered = asked
    dock.menu.open(path)
    answer.name = "Ben"
    dock.menu.change_labeler()
    session = controller(dock).session
    assert (session.labeler, session.position) == ("Ben", 0)


def test_a_bad_file_is_told_of_and_the_open_session_stays(dock, path, asked, tmp_path):
    dock.menu.open(path)
    bad = tmp_path / "bad.cropsession"
    bad.write_text("{}", "utf-8")
    assert not dock.menu.open(str(bad))
    assert "is not a session file" in dock.form.message_label.text()
    newer = tmp_path / "newer.cropsession"
    newer.write_text(
        (tmp_path / "day.cropsession").read_text().replace('"cropsample_session": 1', '"cropsample_session": 9')
    )
    assert not dock.menu.open(str(newer))
    assert "newer CropSample" in dock.form.message_label.text()
    assert controller(dock).session is not None


def test_closing_with_unsaved_labels_asks(dock, settings, store, monkeypatch):
    controller(dock).open(LabelingSession(settings, store, "Ana"))
    store.is_broken = True
    controller(dock).act(lambda session: session.label("Wheat"))
    answers = [QMessageBox.StandardButton.Cancel, QMessageBox.StandardButton.Close]
    monkeypatch.setattr(QMessageBox, "warning", lambda *_arguments: answers.pop(0))
    assert not dock.menu.close()
    assert controller(dock).session.pending
    store.is_broken = False
    assert dock.menu.close(), "what can be saved by now is saved without asking"
    assert len(store.events) == 1
    assert len(answers) == 1


def test_sessions_of_two_people_are_merged(dock, path, settings, tmp_path, monkeypatch):
    (tmp_path / "ben").mkdir()
    session, other = session_on_disk(tmp_path / "ben", replace(settings, classes=CLASSES), point_layer(), "Ben")
    session.label("Cotton")
    session.close()
    dialog = MergeDialog([path])
    dialog.merge()
    assert "at least two" in dialog.report.toPlainText()
    dialog.source_list.addItem(other)
    dialog.merge()
    assert "Choose where" in dialog.report.toPlainText()
    dialog.target_widget.setFilePath(str(tmp_path / "both"))
    dialog.merge()
    assert "1 label events taken" in dialog.report.toPlainText()
    merged = open_session(dialog.made, "Ana")
    assert merged.state("p0").classes == ("Cotton", "Wheat")
    merged.close()
    dialog.merge()
    assert "there already" in dialog.report.toPlainText()
    dialog.deleteLater()


def test_everything_of_a_session_needs_one(dock, path, asked):
    dock.menu._show_menu()
    assert not any(action.isEnabled() for action in dock.menu._of_session)
    dock.menu.add("Extra", lambda: None)
    dock.menu.open(path)
    dock.menu._show_menu()
    assert all(action.isEnabled() for action in dock.menu._of_session)
    assert [action.text() for action in dock.menu.menu.actions()].index("Extra") > 0
    assert labeling_menu.recent_sessions() == [path]


def test_what_waits_is_tried_once_more_when_the_plugin_goes(dock, settings, store):
    controller(dock).open(LabelingSession(settings, store, "Ana"))
    store.is_broken = True
    controller(dock).act(lambda session: session.label("Wheat"))
    store.is_broken = False
    controller(dock).close()
    assert [event.class_name for event in store.events] == ["Wheat"]
    assert store.is_closed
