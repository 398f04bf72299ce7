"""Labels that could not be saved when a session was closed: nothing of them is lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from memory_store import MemoryStore, point_sample

from cropsample_plugin.bridge.labeling.label_events import ADD, LabelEvent, LabelingError
from cropsample_plugin.bridge.labeling.unsaved_labels import forget_unsaved, keep_unsaved, read_unsaved
from cropsample_plugin.gui.labeling import labeling_controller
from cropsample_plugin.gui.labeling.labeling_controller import LabelingController
from cropsample_plugin.gui.labeling.labeling_session import LabelingSession

STEP = (
    [LabelEvent("s9", "Ana", ADD, geometry=b"\x01\x00"), LabelEvent("s9", "Ana", "label", "Blé")],
    [point_sample(9)],
)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(labeling_controller, "profile_folder", lambda: tmp_path)
    return tmp_path / "unsaved_labels"


def test_steps_come_back_as_they_were_and_once(tmp_path):
    keep_unsaved(tmp_path, "a", [STEP])
    keep_unsaved(tmp_path, "a", [STEP])
    assert read_unsaved(tmp_path, "a") == [STEP]
    assert read_unsaved(tmp_path, "b") == []
    forget_unsaved(tmp_path, "a")
    forget_unsaved(tmp_path, "a")
    assert read_unsaved(tmp_path, "a") == []


def test_an_id_cannot_lead_out_of_the_folder(tmp_path):
    assert keep_unsaved(tmp_path / "in", "../../x", [STEP]) == tmp_path / "in" / "x.json"


def test_a_damaged_file_stays_and_keeps_nobody_from_labeling(tmp_path):
    path = Path(tmp_path / "a.json")
    path.write_text("[{", encoding="utf-8")
    assert read_unsaved(tmp_path, "a") == []
    keep_unsaved(tmp_path, "a", [STEP])
    assert read_unsaved(tmp_path, "a") == [STEP]
    assert path.with_suffix(".damaged").read_text(encoding="utf-8") == "[{"


def test_a_label_that_could_not_be_saved_is_there_when_the_session_is_opened_again(qgis_app, folder, settings):
    store, controller = MemoryStore([point_sample(number) for number in range(3)]), LabelingController()
    controller.open(LabelingSession(settings, store, "Ana"))
    store.is_broken = True
    assert not controller.act(lambda session: session.label("Wheat"))
    controller.close()
    assert store.events == []

    told = []
    controller.failed.connect(told.append)
    controller.open(LabelingSession(settings, store, "Ana"))
    assert "disk is full" in told[0]
    assert len(controller.session.pending) == 1
    with pytest.raises(LabelingError):
        controller.session.retry()
    controller.close()

    store.is_broken = False
    controller.open(LabelingSession(settings, store, "Ana"))
    assert controller.session.state("s0").classes == ("Wheat",)
    assert [event.class_name for event in store.events] == ["Wheat"]
    assert list(folder.iterdir()) == []
    controller.close()


def test_another_session_takes_up_nothing(qgis_app, folder, settings):
    keep_unsaved(folder, "another", [STEP])
    store, controller = MemoryStore([point_sample(0)]), LabelingController()
    controller.open(LabelingSession(settings, store, "Ana"))
    assert store.events == []
    controller.close()
    assert read_unsaved(folder, "another") == [STEP]


def test_steps_that_cannot_even_be_kept_are_told_of(qgis_app, folder, settings, caplog):
    folder.write_text("a file in the folder's place", encoding="utf-8")
    store, controller = MemoryStore([point_sample(0)]), LabelingController()
    controller.open(LabelingSession(settings, store, "Ana"))
    store.is_broken = True
    controller.act(lambda session: session.label("Wheat"))
    controller.close()
    assert "1 steps of 'Test' could not be kept" in caplog.text
