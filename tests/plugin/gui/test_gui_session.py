"""The rules of the Train and map panel, without any widget."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from cropsample_plugin.gui.input_facts import (
    FieldFacts,
    FieldKind,
    GeometryKind,
    SamplesFacts,
    StackFacts,
    guess_class_field,
    guess_domain_field,
    guess_group_field,
)
from cropsample_plugin.gui.run_plan import RunPaths, plan_steps, run_folder
from cropsample_plugin.gui.train_and_map_session import Area, ProblemKind, TrainAndMapSession

STACK = StackFacts("stack", "Sinop", "/data/sinop.vrt", ("2013-09-14", "2014-08-29"), ("NDVI",))
LABEL = FieldFacts("label", FieldKind.TEXT, n_distinct=9, n_rows=1218)
PARCEL = FieldFacts("parcel_id", FieldKind.INTEGER, n_distinct=400, n_rows=1218)
SAMPLES = SamplesFacts("samples", "Samples", 1218, GeometryKind.POINT, True, (LABEL, PARCEL), True)


@pytest.fixture
def session(tmp_path):
    ready = TrainAndMapSession(stack=STACK, folder=str(tmp_path))
    ready.choose_samples(SAMPLES)
    return ready


def kinds(session):
    return [problem.kind for problem in session.problems()]


def test_everything_given_is_ready(session):
    assert session.problems() == []
    assert session.can_run()
    assert (session.class_field, session.group_field) == ("label", "parcel_id")


def test_nothing_given_says_what_is_needed():
    assert set(kinds(TrainAndMapSession(engine_problem="no engine"))) == {
        ProblemKind.ENGINE_MISSING,
        ProblemKind.NO_STACK,
        ProblemKind.NO_SAMPLES,
        ProblemKind.NO_FOLDER,
    }


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        ({"engine_problem": "gone"}, ProblemKind.ENGINE_MISSING),
        ({"stack": None}, ProblemKind.NO_STACK),
        ({"stack": replace(STACK, path="")}, ProblemKind.STACK_NOT_FILE),
        ({"stack": replace(STACK, dates=())}, ProblemKind.STACK_NOT_DATED),
        ({"stack": replace(STACK, has_crs=False)}, ProblemKind.STACK_NO_CRS),
        ({"samples": None}, ProblemKind.NO_SAMPLES),
        ({"samples": replace(SAMPLES, n_features=0)}, ProblemKind.SAMPLES_EMPTY),
        ({"samples": replace(SAMPLES, geometry=GeometryKind.NONE)}, ProblemKind.SAMPLES_NO_GEOMETRY),
        ({"samples": replace(SAMPLES, has_crs=False)}, ProblemKind.SAMPLES_NO_CRS),
        ({"samples": replace(SAMPLES, overlaps_stack=False)}, ProblemKind.NO_OVERLAP),
        ({"class_field": ""}, ProblemKind.NO_CLASS_FIELD),
        ({"class_field": "renamed away"}, ProblemKind.NO_CLASS_FIELD),
        ({"weight_field": "label"}, ProblemKind.FIELD_USED_TWICE),
        ({"area": Area.LAYER}, ProblemKind.NO_AREA_LAYER),
        ({"folder": ""}, ProblemKind.NO_FOLDER),
        ({"folder": str(Path(__file__) / "below a file")}, ProblemKind.FOLDER_NOT_WRITABLE),
    ],
)
def test_each_blocking_problem_is_named(session, change, kind):
    for name, value in change.items():
        setattr(session, name, value)
    assert kinds(session) == [kind]
    assert not session.can_run()


def test_one_class_is_refused(session):
    session.choose_samples(replace(SAMPLES, fields=(replace(LABEL, n_distinct=1),)))
    session.class_field = "label"
    assert kinds(session) == [ProblemKind.ONE_CLASS]


def test_warnings_do_not_block(session):
    session.model = "multi_head_lstm"
    session.choose_samples(replace(SAMPLES, n_features=120, fields=(replace(LABEL, n_empty=3), PARCEL)))
    assert set(kinds(session)) == {ProblemKind.NO_DOMAIN_FIELD, ProblemKind.FEW_SAMPLES, ProblemKind.EMPTY_LABELS}
    assert session.can_run()


def test_own_series_need_no_place(session):
    series = tuple(FieldFacts(f"NDVI_t{step:02d}", FieldKind.NUMBER) for step in range(1, 13))
    session.choose_samples(
        replace(SAMPLES, geometry=GeometryKind.NONE, has_crs=False, overlaps_stack=False, fields=(LABEL, *series))
    )
    assert session.uses_own_series
    assert session.can_run()
    assert [step.name for step in plan_steps(session, RunPaths(Path("/run")))] == ["trainclassifier", "predictmap"]


def test_choices_survive_another_layer_that_offers_them(session):
    session.class_field = "parcel_id"
    session.choose_samples(SAMPLES)
    assert session.class_field == "parcel_id"
    session.choose_samples(replace(SAMPLES, fields=(replace(LABEL, name="crop"),)))
    assert (session.class_field, session.group_field) == ("crop", "")


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ([("id", "integer", 9), ("label", "text", 9)], "label"),
        ([("name", "text", 100), ("code", "integer", 5)], "code"),
        ([("crop_class", "integer", 5), ("comment", "text", 20)], "crop_class"),
        ([("fid", "integer", 100), ("elevation", "number", 7)], ""),
        ([("NDVI_t01", "integer", 3), ("NDVI_t02", "integer", 3)], ""),
        ([("parcel_class_id", "integer", 50), ("cultura", "text", 7)], "cultura"),
        ([("label", "text", 1)], ""),
        ([("label", "text", 100)], ""),
    ],
)
def test_class_field_is_guessed(fields, expected):
    facts = tuple(FieldFacts(name, FieldKind(kind), distinct, 100) for name, kind, distinct in fields)
    assert guess_class_field(replace(SAMPLES, fields=facts)) == expected


def test_group_field_must_repeat():
    once = FieldFacts("parcel", FieldKind.INTEGER, n_distinct=100, n_rows=100)
    assert guess_group_field(replace(SAMPLES, fields=(once,))) == ""
    assert guess_group_field(replace(SAMPLES, fields=(replace(once, n_distinct=40),))) == "parcel"


def test_domain_field_has_two_values():
    domain = FieldFacts("domain", FieldKind.TEXT, n_distinct=2, n_rows=100)
    assert guess_domain_field(replace(SAMPLES, fields=(LABEL, domain))) == "domain"
    assert guess_domain_field(replace(SAMPLES, fields=(LABEL, replace(domain, n_distinct=7)))) == ""


def test_plan_hands_files_from_step_to_step(session):
    session.model = "multi_head_lstm"
    session.domain_field = "parcel_id"
    session.wants_probabilities = True
    paths = RunPaths(Path("/run"))
    extract, train, predict = (step.parameters for step in plan_steps(session, paths))
    assert extract["samples"] == paths.samples
    assert extract["stack"] == predict["stack"] == STACK.path
    assert train["samples"] == extract["output"]
    assert train["class_field"] == "label"
    assert train["domain_field"] == "parcel_id"
    assert predict["model_package"] == train["model_package"]
    assert predict["area"] == ""
    assert predict["probabilities"].endswith("probabilities.tif")


def test_plan_leaves_out_what_was_not_asked_for(session):
    session.wants_uncertainty = False
    session.area = Area.EXTENT
    *_, train, predict = (step.parameters for step in plan_steps(session, RunPaths(Path("/run"))))
    assert train["domain_field"] == ""
    assert predict["uncertainty"] == predict["probabilities"] == ""
    assert predict["area"] == str(Path("/run/area.gpkg"))


def test_run_folders_never_meet(tmp_path):
    first = run_folder(str(tmp_path), "Blé d'hiver / 2023")
    assert first == tmp_path / "ble_d_hiver_2023"
    first.mkdir()
    assert run_folder(str(tmp_path), "Blé d'hiver / 2023") == tmp_path / "ble_d_hiver_2023_2"
    assert run_folder(str(tmp_path), "作物").name == "run"


def test_default_name_tells_stack_and_model(session):
    assert session.title() == "Sinop random forest"
    session.run_name = "  My map "
    assert session.title() == "My map"
