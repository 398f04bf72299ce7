"""Two rounds of retraining and proposing with the real engine on a small synthetic region, labels in a GeoPackage."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import numpy as np
import pytest
from osgeo import gdal
from qgis.core import QgsGeometry, QgsVectorLayer
from stand_ins import Iface, delete_now, wait_for

from cropsample_plugin.bridge.labeling.geopackage_store import create_geopackage_store
from cropsample_plugin.bridge.labeling.label_store import LabelingSample, NewSample
from cropsample_plugin.bridge.labeling.session_file import LabelClass, SessionSettings
from cropsample_plugin.gui.job_board import JobBoard
from cropsample_plugin.gui.labeling.labeling_controller import LabelingController
from cropsample_plugin.gui.labeling.labeling_session import LabelingSession
from cropsample_plugin.gui.labeling.retrain_and_propose import RetrainAndPropose
from cropsample_plugin.gui.labeling.retrain_plan import RetrainChoice
from cropsample_plugin.jobs.protocol import Job

ROOT = Path(__file__).resolve().parents[3]

SIZE_PX, MIN_DISTANCE_M, N_PROPOSED, WAIT_S = 120, 60.0, 10, 300.0


def run_job(folder, name, parameters):
    job = folder / f"{name}.json"
    job.write_text(Job(name, parameters).to_json(), encoding="utf-8")
    command = [os.environ["CROPSAMPLE_PYTHON"], "-m", "cropsample_plugin.jobs", "run", str(job)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=WAIT_S)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture
def region(tmp_path):
    if not os.environ.get("CROPSAMPLE_PYTHON"):
        pytest.skip("needs the engine: set CROPSAMPLE_PYTHON")
    run_job(tmp_path, "simulateregion", {"output_folder": str(tmp_path), "size_px": SIZE_PX, "cloud_share": 0.0})
    stack = str(tmp_path / "stack.vrt")
    run_job(tmp_path, "buildtimeseries", {"folder": str(tmp_path / "images"), "output": stack})
    return tmp_path


@pytest.fixture
def desk(qgis_app, region, monkeypatch):
    profile = region / "profile"
    profile.mkdir()
    for module in ("job_folders", "environment"):
        monkeypatch.setattr(f"cropsample_plugin.bridge.{module}.profile_folder", lambda: profile)
    layer = QgsVectorLayer(str(region / "local_samples.gpkg"), "samples", "ogr")
    samples, labels = [], {}
    for feature in list(layer.getFeatures())[:30]:
        point = feature.geometry().asPoint()
        sample_id = str(feature.id())
        labels[sample_id] = feature["class_name"]
        samples.append(NewSample(LabelingSample(sample_id, point.x(), point.y()), bytes(feature.geometry().asWkb())))
    classes = tuple(
        LabelClass(name) for name in [*sorted(layer.uniqueValues(layer.fields().lookupField("class_name"))), "other"]
    )
    settings = SessionSettings("Region", "labels.gpkg", layer.crs().authid(), classes)
    store = create_geopackage_store(str(region / "labels.gpkg"), settings.crs, samples)
    iface, controller = Iface(), LabelingController()
    controller.open(LabelingSession(settings, store, "Ana"), str(region / "s.cropsession"))
    for sample_id, label in labels.items():
        controller.act(lambda session, sample=sample_id: session.go_to(sample))
        controller.act(lambda session, name=label: session.label(name))
    retrain = RetrainAndPropose(controller, iface, JobBoard())
    yield controller, retrain
    retrain.take_down()
    controller.close()
    iface.window.deleteLater()
    delete_now()


def names_by_value(region, truth, transform):
    """Return the class of each value of the reference map, read from the samples."""
    names = {}
    for feature in QgsVectorLayer(str(region / "local_samples.gpkg"), "samples", "ogr").getFeatures():
        point = feature.geometry().asPoint()
        row, column = int((point.y() - transform[3]) / transform[5]), int((point.x() - transform[0]) / transform[1])
        names[int(truth[row, column])] = feature["class_name"]
    return names


def propose(retrain, region):
    ends = []
    retrain.ended.connect(ends.append)
    stack = str(region / "stack.vrt")
    assert retrain.start(RetrainChoice(stack=stack, n_samples=N_PROPOSED, min_distance_m=MIN_DISTANCE_M))
    wait_for(lambda: ends, WAIT_S)
    retrain.ended.disconnect(ends.append)
    assert ends[0] is not None, [item.text() for item in retrain._iface.bar.items()]
    return ends[0]


def test_two_rounds_on_a_synthetic_region(desk, region):
    controller, retrain = desk
    session = controller.session
    reference = gdal.Open(str(region / "reference_map.tif"))
    transform, truth = reference.GetGeoTransform(), reference.ReadAsArray()
    n_rows, n_columns = truth.shape
    names = names_by_value(region, truth, transform)
    for round_number in (1, 2):
        before = np.array([(sample.x, sample.y) for sample in session.samples])
        proposed = propose(retrain, region)
        places = np.array([(new.sample.x, new.sample.y) for new in proposed.new_samples])
        assert len(places) == N_PROPOSED
        apart = np.hypot(*(np.concatenate([before, places])[:, None] - places[None]).transpose(2, 0, 1))
        apart[len(before) :][np.eye(N_PROPOSED, dtype=bool)] = np.inf
        assert apart.min() >= MIN_DISTANCE_M
        column = (places[:, 0] - transform[0]) / transform[1]
        row = (places[:, 1] - transform[3]) / transform[5]
        assert ((column >= 0) & (column < n_columns) & (row >= 0) & (row < n_rows)).all()
        assert all("the model is unsure" in new.sample.reason for new in proposed.new_samples[:3])
        assert list(session.queue)[:N_PROPOSED] == [new.sample.sample_id for new in proposed.new_samples]
        assert session.current.sample_id == proposed.new_samples[0].sample.sample_id
        for number in range(N_PROPOSED):
            name = names.get(int(truth[int(row[number]), int(column[number])]), "other")
            controller.act(lambda open_session, given=name: open_session.label(given))
        assert session.tally.n_labeled == 30 + round_number * N_PROPOSED
    reopened = LabelingSession(session.settings, session.store, "Ana")
    assert len(reopened.samples) == 50
    assert {sample.reason != "" for sample in reopened.samples[30:]} == {True}
    geometry = QgsGeometry()
    geometry.fromWkb(reopened.geometry(reopened.samples[-1].sample_id))
    assert geometry.asPoint().x() == pytest.approx(reopened.samples[-1].x)
