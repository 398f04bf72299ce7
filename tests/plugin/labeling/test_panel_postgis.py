"""A session in PostGIS from the dialog's plan: samples handed out one by one, reopened on another machine."""

from __future__ import annotations

from dataclasses import replace

import pytest
from panel_layers import CLASSES, point_layer
from qgis.core import QgsSettings

from cropsample_plugin.bridge.labeling.session_file import ASSIGN_CLAIM, Assignment, SessionSettings, read_session_file
from cropsample_plugin.gui.labeling.labeling_files import open_session
from cropsample_plugin.gui.labeling.new_session_plan import SessionPlan, make_session, plan_problems
from cropsample_plugin.gui.labeling.session_samples import guess_sample_fields, samples_of_layer


@pytest.fixture
def plan(server, qgis_app, tmp_path):
    layer = point_layer(4)
    samples = samples_of_layer(layer, guess_sample_fields(layer)).samples
    settings = SessionSettings("Day", "", "EPSG:32641", CLASSES, assignment=Assignment(ASSIGN_CLAIM))
    path = str(tmp_path / "day.cropsession")
    return SessionPlan(path, settings, "Ana", samples, server.uri, "public", is_database_wanted=True)


def test_two_labelers_are_handed_different_samples_and_go_on_another_day(plan):
    assert plan_problems(plan, {}) == {}
    ana, path = make_session(plan)
    assert "password" not in read_session_file(path).store
    ben = open_session(path, "Ben")
    assert ana.current.sample_id != ben.current.sample_id
    ana.label("Wheat")
    ben.label("Cotton")
    assert len({ana.current.sample_id, ben.current.sample_id, *ana.queue, *ben.queue}) == 4
    ana.close()
    again = open_session(path, "Ana")
    assert again.tally.own_by_class == {"Wheat": 1}
    assert len(again.queue) == 2
    again.label("Wheat")
    ben.label("Cotton")
    assert not again.step(1), "none is left"
    again.close()
    ben.close()
    QgsSettings().remove("cropsample/labeling_recent")


def test_a_database_that_is_wanted_has_to_be_chosen(plan):
    assert "Choose a connection" in plan_problems(replace(plan, database=""), {})["database"]
