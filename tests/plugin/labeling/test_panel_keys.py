"""Keys of labeling sessions: listed, changed, remembered, never claimed twice."""

from __future__ import annotations

import pytest
from panel_layers import CLASSES
from qgis.core import QgsSettings
from qgis.PyQt.QtCore import QEvent, Qt
from qgis.PyQt.QtGui import QKeyEvent
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QDialogButtonBox
from stand_ins import delete_now

from cropsample_plugin.bridge.labeling.session_file import LabelClass
from cropsample_plugin.gui.labeling.labeling_keys import (
    GROUP,
    commands,
    key_conflicts,
    key_text,
    load_keys,
    save_keys,
    with_keys,
)
from cropsample_plugin.gui.labeling.labeling_keys_dialog import LabelingKeysDialog

NONE, SHIFT, CONTROL = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
)


@pytest.fixture(autouse=True)
def usual_keys(qgis_app):
    QgsSettings().remove(GROUP)
    yield
    QgsSettings().remove(GROUP)


@pytest.fixture
def dialog(qgis_app):
    made = LabelingKeysDialog(load_keys(), CLASSES)
    made.show()
    yield made
    made.deleteLater()
    delete_now()


def ok_button(dialog):
    return dialog.buttons.button(QDialogButtonBox.StandardButton.Ok)


def test_the_usual_keys_are_all_different_and_leave_the_digits_to_classes():
    keys = load_keys()
    assert set(keys) == {item.name for item in commands()}
    assert key_conflicts(keys) == []
    assert not any(key.isdigit() for key in keys.values())


@pytest.mark.parametrize(
    ("key", "modifiers", "text", "called"),
    [
        (Qt.Key.Key_1, NONE, "1", "1"),
        (Qt.Key.Key_1, Qt.KeyboardModifier.KeypadModifier, "1", "1"),
        # The digits of a French keyboard need Shift.
        (Qt.Key.Key_1, SHIFT, "1", "1"),
        (Qt.Key.Key_A, SHIFT, "A", "a"),
        (Qt.Key.Key_Question, SHIFT, "?", "?"),
        (Qt.Key.Key_Z, CONTROL, "\x1a", "Ctrl+Z"),
        (Qt.Key.Key_Right, NONE, "", "Right"),
        (Qt.Key.Key_Space, NONE, " ", "Space"),
        (Qt.Key.Key_F5, SHIFT, "", "Shift+F5"),
        (Qt.Key.Key_Shift, SHIFT, "", ""),
    ],
)
def test_keys_are_called_by_what_they_write(key, modifiers, text, called):
    assert key_text(QKeyEvent(QEvent.Type.KeyPress, key, modifiers, text)) == called


def test_a_key_is_changed_and_remembered(dialog):
    QTest.keyClick(dialog.edits["skip"], Qt.Key.Key_K)
    dialog.accept()
    assert load_keys()["skip"] == "k"
    assert QgsSettings().value(f"{GROUP}/flag") is None, "what is as usual is not stored"
    save_keys({item.name: item.key for item in commands()})
    assert load_keys()["skip"] == "s"


def test_a_key_that_is_taken_is_shown_as_a_conflict(dialog):
    assert dialog.conflict_label.isHidden()
    QTest.keyClick(dialog.edits["skip"], Qt.Key.Key_F)
    assert dialog.conflict_label.text() == "F stands for: Skip, Flag, or take the flag away"
    assert not ok_button(dialog).isEnabled()
    QTest.keyClick(dialog.edits["skip"], Qt.Key.Key_1)
    assert dialog.conflict_label.text() == "1 stands for: Skip, Wheat"
    QTest.keyClick(dialog.edits["skip"], Qt.Key.Key_Delete)
    assert ok_button(dialog).isEnabled()
    assert dialog.keys()["skip"] == ""
    dialog.restore()
    assert dialog.keys() == {item.name: item.key for item in commands()}


def test_classes_get_digits_then_letters_that_no_command_has():
    classes = [LabelClass(f"c{number}") for number in range(14)]
    classes[3] = LabelClass("c3", key="2")
    keys = [item.key for item in with_keys(classes, load_keys().values())]
    assert keys[:4] == ["1", "3", "4", "2"]
    assert keys[10:] == ["a", "b", "d", "h"]
    assert key_conflicts(load_keys(), with_keys(classes, load_keys().values())) == []
    many = with_keys([LabelClass(f"c{number}") for number in range(60)], load_keys().values())
    n_letters = sum(len(key) == 1 and key.isalpha() for key in load_keys().values())
    assert sum(bool(item.key) for item in many) == 36 - n_letters
