"""Other classes for an open session: labels never lose theirs."""

from __future__ import annotations

from dataclasses import replace

import pytest
from panel_layers import CLASSES, point_layer, session_on_disk
from qgis.PyQt.QtWidgets import QInputDialog
from stand_ins import delete_now

from cropsample_plugin.bridge.labeling.label_events import LabelEvent, LabelingError
from cropsample_plugin.bridge.labeling.session_file import LabelClass, read_session_file
from cropsample_plugin.gui.labeling.labeling_controller import LabelingController
from cropsample_plugin.gui.labeling.labeling_keys import load_keys
from cropsample_plugin.gui.labeling.session_classes import change_classes
from cropsample_plugin.gui.labeling.session_classes_dialog import SessionClassesDialog

WHEAT, COTTON, RICE = CLASSES


@pytest.fixture
def opened(settings, tmp_path):
    session, path = session_on_disk(tmp_path, replace(settings, classes=CLASSES), point_layer())
    session.label("Wheat", 75, "ears")
    session.label("Wheat")
    session.label("Cotton")
    yield session, path
    session.close()


@pytest.fixture
def dialog(opened):
    controller = LabelingController()
    controller.open(*opened)
    made = SessionClassesDialog(controller, load_keys())
    yield made
    made.deleteLater()
    delete_now()


def classes_of(session):
    return [session.state(f"p{number}").classes for number in range(3)]


def test_a_class_without_labels_goes(opened):
    session, path = opened
    change_classes(session, path, (WHEAT, COTTON), {})
    assert session.settings.classes == (WHEAT, COTTON)
    assert read_session_file(path).classes == (WHEAT, COTTON)


def test_a_class_that_labels_use_is_not_taken_away(opened):
    session, path = opened
    with pytest.raises(LabelingError, match="2 of your labels use the class 'Wheat'"):
        change_classes(session, path, (COTTON, RICE), {})
    assert read_session_file(path).classes == CLASSES
    session.store.append([LabelEvent("p4", "Ben", "label", "Rice")])
    session.refresh()
    with pytest.raises(LabelingError, match="1 labels by other labelers use the class 'Rice'"):
        change_classes(session, path, (WHEAT, COTTON), {"Rice": "Wheat"})
    assert session.settings.classes == CLASSES


def test_own_labels_are_given_again_in_one_step(opened):
    session, path = opened
    rye = LabelClass("Rye", key="1")
    change_classes(session, path, (rye, COTTON, RICE), {"Wheat": "Rye"})
    assert classes_of(session) == [("Rye",), ("Rye",), ("Cotton",)]
    event = session.state("p0").labels["Ana"]
    assert (event.confidence, event.comment) == (75, "ears")
    assert session.tally.by_class["Rye"] == 2
    session.undo()
    assert classes_of(session) == [("Wheat",), ("Wheat",), ("Cotton",)], "the history is kept"


def test_a_session_file_that_cannot_be_written_changes_nothing(opened, tmp_path):
    session, _path = opened
    with pytest.raises(LabelingError, match="cannot be written"):
        change_classes(session, str(tmp_path / "away" / "day.cropsession"), (WHEAT, COTTON), {})
    assert session.settings.classes == CLASSES


def test_a_renamed_class_takes_its_labels_along(dialog, opened):
    dialog.table.item(0, 1).setText("Winter wheat")
    dialog._give_keys()
    dialog.accept()
    assert classes_of(opened[0]) == [("Winter wheat",), ("Winter wheat",), ("Cotton",)]


def test_the_user_is_asked_what_labels_become(dialog, opened, monkeypatch):
    session, path = opened
    asked = []

    def answer(*arguments):
        asked.append(arguments[2])
        return arguments[3][0 if len(asked) == 1 else 1], True

    monkeypatch.setattr(QInputDialog, "getItem", answer)
    dialog.table.selectRow(0)
    dialog.table.remove_selected()
    dialog.accept()
    assert asked == ["2 of your labels are 'Wheat'. They become:"]
    assert session.settings.classes == CLASSES, "the class is kept"
    dialog.accept()
    assert classes_of(session) == [("Cotton",), ("Cotton",), ("Cotton",)]
    assert [item.name for item in read_session_file(path).classes] == ["Cotton", "Rice"]


def test_two_classes_with_one_key_are_refused(dialog, opened):
    dialog.table.item(1, 2).setText("1")
    dialog.accept()
    assert "The key 1 stands for: Wheat, Cotton" in dialog.message_label.text()
    assert opened[0].settings.classes == CLASSES
