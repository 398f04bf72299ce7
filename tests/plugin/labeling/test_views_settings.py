"""The dialog of the linked views, and where what was chosen is kept."""

from __future__ import annotations

from dataclasses import replace

import pytest
from known_stacks import days
from qgis.core import QgsRasterLayer
from qgis.PyQt.QtCore import Qt
from stand_ins import delete_now, make_samples
from views_stage import BANDS, FALSE_COLOR, N_DATES, Stage, date_view, make_photo, make_stack, reference

from cropsample_plugin.bridge.labeling.dated_imagery import Preset
from cropsample_plugin.bridge.labeling.label_events import LabelingError
from cropsample_plugin.bridge.labeling.session_file import ViewSettings, read_session_file, write_session_file
from cropsample_plugin.gui.labeling import linked_views_choice
from cropsample_plugin.gui.labeling.linked_views_dialog import LinkedViewsDialog
from cropsample_plugin.gui.labeling.linked_views_editor import ViewKind, stack_choices
from cropsample_plugin.gui.labeling.linked_views_kept import (
    MOST_VIEWS,
    default_views,
    keep_own_views,
    own_views,
    share_views,
)


@pytest.fixture
def stack(project, tmp_path):
    return project.addMapLayer(QgsRasterLayer(make_stack(tmp_path), "Stack"))


@pytest.fixture
def photo(project, tmp_path):
    return project.addMapLayer(QgsRasterLayer(make_photo(tmp_path / "photo.tif"), "Photo"))


@pytest.fixture
def session_path(tmp_path):
    return str(tmp_path / "a.cropsession")


@pytest.fixture
def make_dialog(qgis_app, session_path):
    made = []

    def make(views=()):
        made.append(LinkedViewsDialog(views, stack_choices([], session_path), session_path))
        return made[-1]

    yield make
    for dialog in made:
        dialog.deleteLater()
    delete_now()


@pytest.fixture
def stage(iface, project):
    made = Stage(iface)
    yield made
    made.take_down()
    delete_now()


def choose(combo, value):
    combo.setCurrentIndex(combo.findData(value))


def test_views_are_added_up_to_six_removed_and_ordered(make_dialog, stack):
    dialog = make_dialog([ViewSettings("Map")])
    while dialog.add_button.isEnabled():
        dialog.add_button.click()
    assert len(dialog.views) == MOST_VIEWS == 6
    assert dialog.views[1].bands == FALSE_COLOR
    dialog.list.setCurrentRow(0)
    assert not dialog.up_button.isEnabled()
    dialog.down_button.click()
    assert [view.title for view in dialog.views[:2]] == ["False colour", "Map"]
    for _ in range(5):
        dialog.remove_button.click()
    assert len(dialog.views) == 1
    assert not dialog.remove_button.isEnabled()


def test_layers_are_chosen_in_order(make_dialog, stack, photo, project):
    fields = project.addMapLayer(make_samples(["a"]))
    dialog = make_dialog([ViewSettings("Mine")])
    editor = dialog.editor
    choose(editor.kind_combo, ViewKind.LAYERS)
    rows = {editor.layers_list.item(row).text(): row for row in range(editor.layers_list.count())}
    assert set(rows) == {"Stack", "Photo", fields.name()}
    for name in ("Photo", fields.name()):
        editor.layers_list.item(rows[name]).setCheckState(Qt.CheckState.Checked)
    (view,) = dialog.views
    assert {item.name for item in view.layers} == {"Photo", fields.name()}
    assert (view.date, view.bands) == ("", ())
    again = make_dialog(dialog.views)
    assert [again.editor.layers_list.item(row).checkState() for row in range(3)].count(Qt.CheckState.Checked) == 2
    assert again.views == dialog.views


def test_layers_of_the_view_that_the_project_lacks_stay_chosen(make_dialog, photo):
    view = ViewSettings("Old", (reference("./gone.tif", "Gone"),))
    dialog = make_dialog([view])
    assert dialog.editor.layers_list.item(0).text() == "Gone"
    dialog.editor.title_edit.setText("Old one")
    dialog.editor.title_edit.textEdited.emit("Old one")
    assert dialog.views == (replace(view, title="Old one"),)


def test_dates_presets_and_bands_of_a_stack(make_dialog, stack, session_path):
    dialog = make_dialog([ViewSettings("S")])
    editor = dialog.editor
    choose(editor.kind_combo, ViewKind.DATE)
    choose(editor.preset_combo, Preset.NDVI)
    assert dialog.views[0].bands == ("NDVI",)
    assert editor.preset_combo.findData(Preset.TRUE_COLOR) == -1
    choose(editor.preset_combo, Preset.FALSE_COLOR)
    assert dialog.views[0].bands == FALSE_COLOR
    assert not any(combo.isEnabled() for combo in editor.band_combos)
    choose(editor.preset_combo, 3)
    assert all(combo.isEnabled() for combo in editor.band_combos)
    for combo, name in zip(editor.band_combos, ("B04", "B08", "B03")):
        combo.setCurrentText(name)
    editor.date_combo.setCurrentText(str(days(N_DATES)[9]))
    choose_one = dialog.views[0]
    assert choose_one.bands == ("B04", "B08", "B03")
    assert choose_one.date == str(days(N_DATES)[9])
    assert choose_one.layers[0].source == "./stack.tif"
    choose(editor.preset_combo, 1)
    assert [combo.isEnabled() for combo in editor.band_combos] == [True, False, False]
    assert dialog.views[0].bands == ("B04",)
    assert editor.band_combos[0].count() == len(BANDS) + 1
    again = make_dialog([choose_one])
    assert again.editor.view() == choose_one


def test_without_a_dated_stack_no_date_is_offered(make_dialog, photo):
    assert make_dialog().editor.kind_combo.findData(ViewKind.DATE) == -1


def test_a_stack_that_cannot_be_opened_stays_chosen(make_dialog, photo, tmp_path):
    views = [date_view(tmp_path / "gone.tif", days(1)[0]), ViewSettings("Map")]
    dialog = make_dialog(views)
    dialog.list.setCurrentRow(1)
    dialog.list.setCurrentRow(0)
    dialog.editor.title_edit.setText("Renamed")
    dialog.editor.title_edit.textEdited.emit("Renamed")
    assert dialog.views == (replace(views[0], title="Renamed"), views[1])


def test_views_without_title_get_one(make_dialog, photo):
    named = ViewSettings("", (reference("./photo.tif", "Photo"),))
    assert [view.title for view in make_dialog([named, ViewSettings("")]).views] == ["Photo", "View 2"]


def test_own_views_are_kept_in_the_profile_and_forgotten(stack, settings):
    views = (date_view("./stack.tif", days(1)[0]), ViewSettings("Map"))
    assert own_views(settings.session_id) is None
    keep_own_views(settings.session_id, views)
    assert own_views(settings.session_id) == views
    keep_own_views(settings.session_id, None)
    assert own_views(settings.session_id) is None


def test_damaged_own_views_count_as_none(settings):
    from qgis.core import QgsSettings

    for text in ("{", '[{"title": 1}]', "[]", "3"):
        QgsSettings().setValue(f"cropsample/labeling/views/{settings.session_id}", text)
        assert own_views(settings.session_id) is None
    keep_own_views(settings.session_id, None)


def test_shared_views_leave_what_others_have_written(settings, session_path):
    write_session_file(session_path, settings)
    write_session_file(session_path, replace(settings, name="Renamed by another"))
    views = (ViewSettings("Map"),)
    assert share_views(session_path, views).name == "Renamed by another"
    assert read_session_file(session_path) == replace(settings, name="Renamed by another", views=views)
    with pytest.raises(LabelingError, match="has no file yet"):
        share_views("", views)


def test_default_views_suit_the_bands(stack, session_path, qgis_app, tmp_path):
    map_view, colors = default_views(stack, session_path)
    assert map_view.layers == ()
    assert (colors.bands, colors.date) == (FALSE_COLOR, str(days(N_DATES)[N_DATES // 2]))
    assert len(default_views(None, session_path)) == 1


class Answer:
    """Stands in for the dialog: answers at once."""

    def __init__(self, views, *, is_accepted=True, is_reset=False, is_shared=False):
        self.views, self.is_reset = views, is_reset
        self._is_accepted, self._is_shared = is_accepted, is_shared
        self.share_check = self

    def __call__(self, *_arguments):
        return self

    def exec(self):
        return self._is_accepted

    def isChecked(self):
        return self._is_shared

    def deleteLater(self):
        pass


def test_what_the_user_chooses_is_shown_and_comes_back(stage, photo, stack, session_path, monkeypatch):
    sessions = (ViewSettings("Session's"),)
    stage.open(sessions, path=session_path)
    write_session_file(session_path, stage.session.settings)
    settings = stage.session.settings
    mine = (ViewSettings("Mine"), date_view("./stack.tif", days(1)[0], title="Date"))
    monkeypatch.setattr(linked_views_choice, "LinkedViewsDialog", Answer(mine, is_accepted=False))
    stage.views.choose_views()
    assert stage.views.views == sessions
    monkeypatch.setattr(linked_views_choice, "LinkedViewsDialog", Answer(mine))
    stage.views.form.settings_button.click()
    assert [frame.imagery.view for frame in stage.frames] == list(mine)
    assert read_session_file(session_path).views == sessions
    stage.controller.open(stage.session, session_path)
    assert stage.views.views == mine
    monkeypatch.setattr(linked_views_choice, "LinkedViewsDialog", Answer(mine, is_reset=True))
    stage.views.choose_views()
    assert stage.views.views == sessions
    assert own_views(settings.session_id) is None


def test_views_for_everyone_go_into_the_session_file(stage, photo, session_path, monkeypatch):
    stage.open([ViewSettings("Session's")], path=session_path)
    write_session_file(session_path, stage.session.settings)
    mine = (ViewSettings("Mine"),)
    monkeypatch.setattr(linked_views_choice, "LinkedViewsDialog", Answer(mine, is_shared=True))
    stage.views.choose_views()
    assert read_session_file(session_path).views == stage.session.settings.views == mine
    assert own_views(stage.session.settings.session_id) is None


def test_views_that_cannot_be_shared_are_kept_for_the_user(stage, photo, tmp_path, monkeypatch):
    path = str(tmp_path / "none" / "a.cropsession")
    stage.open([ViewSettings("Session's")], path=path)
    mine = (ViewSettings("Mine"),)
    monkeypatch.setattr(linked_views_choice, "LinkedViewsDialog", Answer(mine, is_shared=True))
    stage.views.choose_views()
    assert "cannot be read" in stage.said[-1]
    assert own_views(stage.session.settings.session_id) == mine
    keep_own_views(stage.session.settings.session_id, None)
