"""The Train and map panel over real layers, and its runs with an engine that only pretends."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsFeature,
    QgsGeometry,
    QgsProject,
    QgsRasterLayer,
    QgsVectorLayer,
)
from qgis.PyQt.QtWidgets import QPushButton
from stand_ins import make_raster, make_samples, wait_for

from cropsample_plugin.algorithms.provider import ALGORITHMS
from cropsample_plugin.bridge.engine_errors import EngineError
from cropsample_plugin.gui import layer_facts
from cropsample_plugin.gui.input_facts import FieldKind, GeometryKind
from cropsample_plugin.gui.job_record import JobState
from cropsample_plugin.gui.panels import Panels
from cropsample_plugin.gui.train_and_map_session import ProblemKind

LEGEND = [
    {"class_id": 1, "name": "maize", "color": "#ffcc00"},
    {"class_id": 2, "name": "wheat", "color": "#aa7733"},
]


@pytest.fixture
def panels(iface, engine, ready_engine, stack, samples, tmp_path):
    made = Panels(iface)
    iface.window.resize(1200, 800)
    iface.window.show()
    made.train_dock.show()
    made.train_dock.form.folder_widget.setFilePath(str(tmp_path / "results"))
    engine.outputs = {
        "trainclassifier": {"model_package": "/m.zip"},
        "predictmap": {
            "classes": make_raster(tmp_path / "classes.tif", ["class"]),
            "uncertainty": make_raster(tmp_path / "uncertainty.tif", ["entropy"]),
            "legend": LEGEND,
        },
    }
    yield made
    engine.gate.set()
    made.close()


def kinds(panels):
    return [problem.kind for problem in panels.train_dock.session.problems()]


def groups():
    return [group.name() for group in QgsProject.instance().layerTreeRoot().findGroups()]


def finish(panels, engine):
    panels.train_dock.form.run_button.click()
    wait_for(lambda: not panels.train_dock._is_running)
    return panels.board.runs()[0]


def test_panel_fills_itself_in(panels):
    session, form = panels.train_dock.session, panels.train_dock.form
    assert session.stack.dates == ("2023-01-15", "2023-06-15", "2023-12-15")
    assert session.stack.bands == ("red", "nir")
    assert form.class_combo.currentField() == "crop"
    assert form.group_combo.currentField() == "parcel"
    assert "24 samples" in form.samples_hint.text()
    assert "3 classes" in form.samples_hint.text()
    assert form.run_button.isEnabled()


def test_layers_opened_later_are_picked_up(iface, engine, ready_engine, project, tmp_path):
    panels = Panels(iface)
    iface.window.show()
    panels.train_dock.show()
    assert ProblemKind.NO_STACK in kinds(panels)
    names = [f"2023-{month:02d}-15 ndvi" for month in (1, 6)]
    project.addMapLayer(QgsRasterLayer(make_raster(tmp_path / "stack.tif", names), "Stack"))
    project.addMapLayer(make_samples(["a", "b"] * 3))
    wait_for(lambda: panels.train_dock.session.stack and panels.train_dock.session.samples)
    assert panels.train_dock.form.class_combo.currentField() == "crop"
    panels.close()


def test_facts_of_a_layer(samples, stack):
    facts = layer_facts.samples_facts(samples, stack)
    assert facts.geometry is GeometryKind.POINT
    assert facts.overlaps_stack is True
    assert facts.field("crop").kind is FieldKind.TEXT
    assert facts.field("crop").n_distinct == 3
    assert facts.field("parcel").kind is FieldKind.INTEGER
    assert facts.field("weight").kind is FieldKind.NUMBER


def test_null_and_empty_labels_are_counted(project):
    facts = layer_facts.samples_facts(make_samples(["wheat", None, "", "maize", "  "]))
    assert facts.field("crop").n_empty == 3
    assert facts.field("crop").n_distinct == 2


def test_class_zero_is_a_class(project):
    layer = make_samples([0, 1, 0, 1], fields="field=crop:integer")
    assert layer_facts.samples_facts(layer).field("crop").n_distinct == 2


def test_samples_far_away_are_told(panels, project):
    far = make_samples(["a", "b"] * 3, x_m=700_000)
    project.addMapLayer(far)
    panels.train_dock.form.samples_combo.setLayer(far)
    assert ProblemKind.NO_OVERLAP in kinds(panels)
    assert not panels.train_dock.form.run_button.isEnabled()


def test_samples_in_another_crs_overlap(panels, project, stack):
    degrees = QgsCoordinateReferenceSystem("EPSG:4326")
    center = QgsCoordinateTransform(stack.crs(), degrees, project).transform(stack.extent().center())
    layer = QgsVectorLayer("Point?crs=EPSG:4326&field=crop:string", "degrees", "memory")
    for label in ("a", "b", "a"):
        feature = QgsFeature(layer.fields())
        feature.setAttributes([label])
        feature.setGeometry(QgsGeometry.fromPointXY(center))
        layer.dataProvider().addFeatures([feature])
    layer.updateExtents()
    project.addMapLayer(layer)
    panels.train_dock.form.samples_combo.setLayer(layer)
    assert kinds(panels) == []


def test_undated_raster_offers_to_build(panels, project, tmp_path):
    raster = QgsRasterLayer(make_raster(tmp_path / "plain.tif", ["red", "nir"]), "plain")
    project.addMapLayer(raster)
    panels.train_dock.form.stack_combo.setLayer(raster)
    assert kinds(panels) == [ProblemKind.STACK_NOT_DATED]
    buttons = panels.train_dock.problem_list.findChildren(QPushButton, "remedy_button")
    (button,) = [button for button in buttons if button.isVisible()]
    asked = []
    panels.train_dock.build_requested.disconnect(panels.show_build_dialog)
    panels.train_dock.build_requested.connect(lambda: asked.append(True))
    button.click()
    assert asked


def test_the_panel_hands_on_what_it_knows_to_compare_models(panels, project):
    layer = make_samples(["a", "b"] * 6, fields="field=crop:string&field=parcel:integer")
    project.addMapLayer(layer)
    form = panels.train_dock.form
    form.samples_combo.setLayer(layer)
    form.class_combo.setField("crop")
    form.group_combo.setField("parcel")
    form.model_combo.setCurrentIndex(form.model_combo.findData("svm"))
    stack = form.stack_combo.currentLayer()
    asked = {}
    panels.train_dock.dialog_requested.disconnect(panels.show_dialog)
    panels.train_dock.dialog_requested.connect(asked.__setitem__)
    for action in form.compare_button.menu().actions():
        action.trigger()
    common = {"SAMPLES": layer.id(), "STACK": stack.id(), "CLASS_FIELD": "crop", "GROUP_FIELD": "parcel"}
    assert asked == {
        "cropsample:crossvalidate": {**common, "PROTOCOL": "parcel_groups", "MODELS": ["random_forest", "svm"]},
        "cropsample:searchhyperparameters": {**common, "PROTOCOL": "parcel_groups", "MODEL": "svm"},
        "cropsample:transferclassifier": common,
    }
    for algorithm, parameters in asked.items():
        made = {f"cropsample:{item.ID}": item for item in ALGORITHMS}[algorithm]()
        made.initAlgorithm()
        known = {item.name() for item in made.parameterDefinitions()}
        assert set(parameters) <= known


def test_fields_of_series_are_not_offered(panels, project):
    layer = make_samples(["a", "b"] * 3, fields="field=crop:string&field=NDVI_t01:double&field=NDVI_t02:double")
    project.addMapLayer(layer)
    form = panels.train_dock.form
    form.samples_combo.setLayer(layer)
    assert [field.name() for field in form.class_combo.fields()] == ["crop"]
    assert form.own_series_check.isVisible()
    assert panels.train_dock.session.uses_own_series


def test_removed_layer_leaves_the_panel_usable(panels, project, samples):
    project.removeMapLayer(samples.id())
    panels.train_dock.refresh()
    assert ProblemKind.NO_SAMPLES in kinds(panels)


def test_domain_field_shows_for_the_model_that_uses_it(panels):
    form = panels.train_dock.form
    assert not form.domain_combo.isVisible()
    form.model_combo.setCurrentIndex(form.model_combo.findData("multi_head_lstm"))
    assert form.domain_combo.isVisible()
    assert panels.train_dock.session.model == "multi_head_lstm"


def test_run_loads_styled_layers_in_a_group(panels, engine, project):
    panels.train_dock.form.name_edit.setText("Été 2023")
    run = finish(panels, engine)
    assert [job.name for job in engine.jobs] == ["extracttimeseries", "trainclassifier", "predictmap"]
    assert run.state is JobState.DONE
    assert groups() == ["Été 2023"]
    group = project.layerTreeRoot().findGroup("Été 2023")
    classes, uncertainty = (node.layer() for node in group.findLayers())
    assert [entry.label for entry in classes.renderer().classes()] == ["maize", "wheat"]
    assert uncertainty.renderer().type() == "singlebandpseudocolor"
    assert Path(classes.source()).with_suffix(".qml").is_file()
    assert panels.train_dock.form.run_button.isEnabled()
    assert not panels.train_dock.form.progress_bar.isVisible()


def test_samples_reach_the_engine_with_all_fields(panels, engine, tmp_path):
    finish(panels, engine)
    path = engine.jobs[0].parameters["samples"]
    exported = QgsVectorLayer(path, "exported", "ogr")
    names = [field.name() for field in exported.fields()]
    assert exported.featureCount() == 24
    assert {"source_fid", "crop", "parcel", "weight"} <= set(names)
    assert Path(path).parent == tmp_path / "results" / "my_stack_random_forest"


def test_unsaved_edits_reach_the_engine(panels, engine, samples):
    samples.startEditing()
    samples.deleteFeature(next(samples.getFeatures()).id())
    finish(panels, engine)
    assert QgsVectorLayer(engine.jobs[0].parameters["samples"], "exported", "ogr").featureCount() == 23
    assert samples.isEditable()
    samples.rollBack()


def test_second_run_keeps_the_first(panels, engine):
    finish(panels, engine)
    finish(panels, engine)
    folders = {Path(job.parameters["output"]).parent.name for job in engine.jobs if "output" in job.parameters}
    assert folders == {"my_stack_random_forest", "my_stack_random_forest_2"}
    assert len(panels.board.runs()) == 2


def test_run_is_shown_while_it_runs(panels, engine):
    engine.gate.clear()
    panels.train_dock.form.run_button.click()
    wait_for(lambda: panels.train_dock.form.progress_bar.value() == 250)
    assert not panels.train_dock.form.run_button.isEnabled()
    (run,) = panels.board.runs()
    assert run.is_running
    assert run.step_names == ("extracttimeseries", "trainclassifier", "predictmap")
    assert panels.jobs_dock.current_run_id() == run.run_id
    engine.gate.set()
    wait_for(lambda: not panels.train_dock._is_running)


@pytest.mark.parametrize("button", ["panel", "jobs"])
def test_cancel_stops_the_whole_run(panels, engine, button):
    engine.gate.clear()
    panels.train_dock.form.run_button.click()
    wait_for(lambda: len(engine.jobs) == 1 and panels.jobs_dock.cancel_button.isVisible())
    (panels.train_dock.form if button == "panel" else panels.jobs_dock).cancel_button.click()
    wait_for(lambda: not panels.train_dock._is_running)
    assert len(engine.jobs) == 1
    assert panels.board.runs()[0].state is JobState.CANCELED
    assert groups() == []
    assert panels.train_dock.form.run_button.isEnabled()


def test_failure_says_what_and_what_to_do(panels, engine, iface):
    engine.errors["trainclassifier"] = EngineError("samples", "Class 'rape' has one sample.", "Add some.")
    run = finish(panels, engine)
    assert run.state is JobState.FAILED
    assert run.error_text == "Class 'rape' has one sample. Add some."
    assert "Add some." in iface.bar.currentItem().text()
    assert groups() == []


def test_closed_project_gets_nothing_unless_asked(panels, engine, iface, project):
    engine.gate.clear()
    panels.train_dock.form.run_button.click()
    wait_for(lambda: len(engine.jobs) == 1)
    project.clear()
    engine.gate.set()
    wait_for(lambda: not panels.train_dock._is_running)
    assert panels.board.runs()[0].state is JobState.DONE
    assert project.mapLayers() == {}
    iface.bar.currentItem().findChild(QPushButton).click()
    assert groups() == ["My stack random forest"]


def test_closed_panels_do_not_stop_a_run(panels, engine):
    engine.gate.clear()
    panels.train_dock.form.run_button.click()
    wait_for(lambda: len(engine.jobs) == 1)
    panels.train_dock.close()
    panels.jobs_dock.close()
    engine.gate.set()
    wait_for(lambda: not panels.train_dock._is_running)
    assert groups() == ["My stack random forest"]


def test_loading_twice_adds_nothing(panels, engine, project):
    run = finish(panels, engine)
    n_layers = len(project.mapLayers())
    panels.load(run.run_id)
    assert len(project.mapLayers()) == n_layers


def test_outputs_deleted_since_are_not_offered(panels, engine):
    run = finish(panels, engine)
    for name in ("classes", "uncertainty"):
        Path(run.outputs[name]).unlink()
    panels.jobs_dock.refresh()
    assert not panels.jobs_dock.load_button.isEnabled()


def test_folder_that_cannot_be_made_fails_clearly(panels, engine, tmp_path, monkeypatch):
    monkeypatch.setattr(Path, "mkdir", _refuse(Path.mkdir, "my_stack"))
    panels.train_dock.form.run_button.click()
    wait_for(lambda: not panels.train_dock._is_running)
    assert engine.jobs == []
    assert panels.train_dock.form.run_button.isEnabled()


def _refuse(original, stem):
    def mkdir(self, *arguments, **options):
        if self.name.startswith(stem):
            raise PermissionError(13, "Permission denied", str(self))
        return original(self, *arguments, **options)

    return mkdir


def test_window_answers_while_many_samples_are_written(panels, engine, project):
    layer = make_samples([("a", "b")[number % 2] for number in range(20_000)])
    project.addMapLayer(layer)
    panels.train_dock.form.samples_combo.setLayer(layer)
    panels.train_dock.form.run_button.click()
    longest, last = 0.0, time.monotonic()
    while panels.runner.run_id:
        from qgis.PyQt.QtCore import QCoreApplication

        QCoreApplication.processEvents()
        longest, last = max(longest, time.monotonic() - last), time.monotonic()
    assert longest < 0.5


def test_extent_becomes_a_polygon_in_the_window_s_crs(panels, engine, iface, stack):
    form = panels.train_dock.form
    iface.canvas.setDestinationCrs(stack.crs())
    iface.canvas.setExtent(stack.extent())
    form.area_combo.setCurrentIndex(form.area_combo.findData("extent"))
    finish(panels, engine)
    area = QgsVectorLayer(engine.jobs[-1].parameters["area"], "area", "ogr")
    assert area.featureCount() == 1
    assert area.crs() == stack.crs()
    assert area.extent().contains(stack.extent())


def test_field_that_must_be_renamed_is_followed(panels, engine, project):
    layer = make_samples(["a", "b"] * 6, fields="field=cropsample_row:string&field=parcel:integer")
    project.addMapLayer(layer)
    form = panels.train_dock.form
    form.samples_combo.setLayer(layer)
    form.class_combo.setField("cropsample_row")
    finish(panels, engine)
    train = next(job for job in engine.jobs if job.name == "trainclassifier")
    exported = QgsVectorLayer(engine.jobs[0].parameters["samples"], "exported", "ogr")
    assert exported.fields().lookupField(train.parameters["class_field"]) >= 0
    assert set(exported.uniqueValues(exported.fields().lookupField(train.parameters["class_field"]))) == {"a", "b"}


def test_membership_is_noted_for_later(panels, engine, profile):
    finish(panels, engine)
    noted = [json.loads(path.read_text(encoding="utf-8")) for path in profile.rglob("run.json")]
    assert len(noted) == 3
    assert {item["title"] for item in noted} == {"My stack random forest"}


def test_every_widget_has_a_name_and_can_be_reached(panels):
    from qgis.PyQt.QtCore import Qt
    from qgis.PyQt.QtWidgets import QCheckBox, QComboBox, QLabel, QLineEdit

    form = panels.train_dock.form
    inputs = [form.stack_combo, form.samples_combo, form.class_combo, form.model_combo, form.area_combo, form.name_edit]
    for widget in inputs:
        assert widget.objectName()
        assert widget.accessibleName()
        assert widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    letters = [
        item.text().replace("&&", "").partition("&")[2][:1].lower()
        for kind in (QLabel, QCheckBox, QPushButton)
        for item in form.findChildren(kind)
        if "&" in item.text()
    ]
    assert len(letters) == len(set(letters)), letters
    assert isinstance(form.model_combo, QComboBox)
    assert isinstance(form.name_edit, QLineEdit)
