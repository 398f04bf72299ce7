"""Togo's four labelers as four labelers of a session give the consensus of the publication (Kerner et al. 2020)."""

from __future__ import annotations

import csv
import struct
from collections import Counter
from pathlib import Path
from uuid import uuid4

import pytest

from cropsample_plugin.bridge.labeling.agreement import majority
from cropsample_plugin.bridge.labeling.geopackage_store import GeoPackageStore, create_geopackage_store
from cropsample_plugin.bridge.labeling.label_events import LABEL, LabelEvent
from cropsample_plugin.bridge.labeling.label_store import LabelingSample, NewSample
from cropsample_plugin.bridge.labeling.merge_sessions import merge_geopackages, merge_stores
from cropsample_plugin.bridge.labeling.postgis_store import create_postgis_store
from cropsample_plugin.bridge.labeling.session_file import LabelClass, SessionSettings
from cropsample_plugin.gui.labeling.adjudicate_cases import DisputedCases
from cropsample_plugin.gui.labeling.labeling_session import LabelingSession, QueueFilter

TOGO = Path(__file__).resolve().parents[4] / "shared" / "data" / "togo_labels" / "togo_test_4labelers.csv"
LABELERS = ("hrk", "cn", "bb", "bm")
CLASSES = {"0": "non-crop", "1": "crop"}
SETTINGS = SessionSettings(
    "Togo",
    "togo.gpkg",
    "EPSG:4326",
    (LabelClass("crop", key="1"), LabelClass("non-crop", key="2")),
    is_blind=True,
    adjudicators=("Eve",),
)

pytestmark = pytest.mark.skipif(not TOGO.exists(), reason="Togo's labels are not here")


@pytest.fixture
def rows():
    with TOGO.open(newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def samples(rows):
    return [
        NewSample(LabelingSample(row["id"], float(row["lon"]), float(row["lat"])), point(row["lon"], row["lat"]))
        for row in rows
    ]


@pytest.fixture(params=["GeoPackage", "PostGIS", "four GeoPackages merged", "four GeoPackages into PostGIS"])
def togo(request, rows, samples, tmp_path, qgis_app):
    target = str(tmp_path / "togo.gpkg")

    def in_postgis():
        server = request.getfixturevalue("server")
        return create_postgis_store(server.uri, "public", f"togo_{uuid4().hex[:8]}", "EPSG:4326", samples)

    if request.param in {"GeoPackage", "PostGIS"}:
        is_file = request.param == "GeoPackage"
        store = create_geopackage_store(target, "EPSG:4326", samples) if is_file else in_postgis()
        for labeler in LABELERS:
            label_all(store, labeler, rows)
    else:
        paths = [str(tmp_path / f"{labeler}.gpkg") for labeler in LABELERS]
        for path, labeler in zip(paths, LABELERS):
            own = create_geopackage_store(path, "EPSG:4326", samples)
            label_all(own, labeler, rows)
            own.close()
        store = merged(target, paths) if request.param.endswith("merged") else merged_into(in_postgis(), paths)
    yield LabelingSession(SETTINGS, store, "Eve")
    store.close()


def label_all(store, labeler, rows):
    session = LabelingSession(SETTINGS, store, labeler)
    session.do([LabelEvent(row["id"], labeler, LABEL, CLASSES[row[labeler]]) for row in rows])
    assert all(set(session.state(row["id"]).labels) == {labeler} for row in rows)


def merged(target, paths):
    # Twice: what is there already is not taken again.
    for _ in range(2):
        merge_geopackages(target, paths)
    return GeoPackageStore(target)


def merged_into(store, paths):
    for path in (*paths, paths[0]):
        own = GeoPackageStore(path)
        merge_stores(store, {path: own})
        own.close()
    return store


def test_the_published_consensus_comes_out(togo, rows):
    states = {row["id"]: togo.state(row["id"]) for row in rows}
    votes = {sample_id: [event.class_name for event in state.labels.values()] for sample_id, state in states.items()}
    consensus = Counter(majority(names) for names in votes.values())
    assert consensus == {"crop": 106, "non-crop": 200, None: 45}
    for row in rows:
        assert (majority(votes[row["id"]]) or "tie") == row["consensus"]
    togo.set_filter(QueueFilter(is_disputed=True))
    assert len(togo.queue) == 351 - 181


def test_the_adjudicator_sees_the_published_agreement_and_settles_the_ties(togo):
    cases = DisputedCases(togo)
    cases.refresh()
    found = cases.agreement
    agreed = {frozenset((pair.first, pair.second)): pair for pair in found.pairs}
    pairs = ("hrk cn", "hrk bb", "hrk bm", "cn bb", "cn bm", "bb bm")
    assert [agreed[frozenset(pair.split())].n_agreed for pair in pairs] == [229, 248, 249, 274, 273, 278]
    assert [round(agreed[frozenset(pair.split())].kappa, 4) for pair in pairs] == [
        *(0.3536, 0.4452, 0.4491),
        *(0.4743, 0.4725, 0.5269),
    ]
    assert (found.n_several, found.n_unanimous, round(found.fleiss_kappa, 3)) == (351, 181, 0.438)
    disputed = cases.open_ids()
    ties = [sample_id for sample_id in disputed if cases.case(sample_id).by_majority is None]
    assert (len(disputed), len(ties)) == (170, 45)
    least = min(found.reliabilities, key=lambda item: item.share_agreed)
    assert least.labeler == "hrk"
    for sample_id in ties:
        togo.go_to(sample_id)
        togo.settle(cases.case(sample_id).by_reliability or "non-crop", "looked at again")
    cases.refresh()
    assert (len(cases.open_ids()), cases.n_settled) == (125, 45)


def point(x, y):
    return struct.pack("<BIdd", 1, 1, float(x), float(y))
