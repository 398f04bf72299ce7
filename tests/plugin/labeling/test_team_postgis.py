"""A session in PostGIS: events that are only added, names of any kind, lost servers, rights, passwords."""

from __future__ import annotations

import builtins
import json
import struct
import threading
from dataclasses import asdict, replace

import psycopg2
import pytest
from memory_store import point_sample
from qgis.core import QgsDataSourceUri, QgsProviderRegistry, QgsVectorLayer

from cropsample_plugin.bridge.labeling.label_events import (
    ADD,
    LABEL,
    REMOVE,
    SETTLE,
    SHAPE,
    SKIP,
    LabelEvent,
    LabelingError,
)
from cropsample_plugin.bridge.labeling.postgis_login import store_reference
from cropsample_plugin.bridge.labeling.postgis_store import PostgisStore, create_postgis_store
from cropsample_plugin.bridge.labeling.session_file import check_settings
from cropsample_plugin.gui.labeling.labeling_session import LabelingSession

NAMES = ["plain", 'it\'s; DROP TABLE x; --"quoted"', "Täglich %s {x} $body$ культуры"]


@pytest.fixture(scope="module", autouse=True)
def _qgis(qgis_app):
    return qgis_app


@pytest.fixture
def new_store(server, request):
    made = []

    def make(n_samples=4, name="", **values):
        table = name or f"t{len(made)}_{abs(hash(request.node.name)) % 10**8}"
        samples = [point_sample(number, **values) for number in range(n_samples)]
        made.append(create_postgis_store(server.uri, "public", table, "EPSG:32641", samples))
        return made[-1]

    yield make
    for store in made:
        store.close()


@pytest.mark.parametrize("name", NAMES)
def test_samples_and_events_come_back_as_they_were(new_store, name):
    sample = {
        "stratum": "Ä'B",
        "reason": 'un"sure; %s',
        "priority": 2.5,
        "given_label": "Wheat",
        "assigned_to": ("Ü'A",),
    }
    store = new_store(2, name, **sample)
    other = PostgisStore(store.reference)
    assert other.read_samples() == [point_sample(number, **sample).sample for number in range(2)]
    assert other.geometry("s1") == point_sample(1).geometry
    assert other.geometry("'; DROP TABLE x; --") is None
    events = [
        LabelEvent("s0", "Ana'; --", LABEL, 'Ble"u', 80, "50 % of it; {x} 'quoted'", "A; B", "2020-01-01", 1.25),
        LabelEvent("s1", "Ben", SHAPE, geometry=point_sample(7).geometry),
    ]
    store.append(events)
    found, place = other.read_events()
    assert found == events
    assert other.read_events(place) == ([], place)
    other.close()


def test_a_retry_doubles_nothing(new_store):
    store = new_store()
    event = LabelEvent("drawn", "Ana", ADD, geometry=point_sample(9).geometry)
    new = replace(point_sample(9), sample=replace(point_sample(9).sample, sample_id="drawn"))
    for _ in range(3):
        store.append([event], [new])
    assert [sample.sample_id for sample in store.read_samples()].count("drawn") == 1
    assert store.read_events()[0] == [event]
    moved = replace(new, geometry=point_sample(8).geometry)
    with pytest.raises(LabelingError, match="another sample 'drawn' at another place"):
        store.append([], [moved])


def test_all_of_an_append_is_kept_or_nothing(new_store):
    store = new_store()
    events = [LabelEvent("s0", "Ana", LABEL, "Wheat"), LabelEvent("nowhere", "Ana", LABEL, "Wheat")]
    with pytest.raises(LabelingError, match="no such sample"):
        store.append(events)
    assert store.read_events()[0] == []
    for broken in (replace(events[0], comment="a\0b"), replace(events[0], created_at="yesterdayish")):
        with pytest.raises(LabelingError):
            store.append([events[0], broken])
    with pytest.raises(LabelingError, match="refuses"):
        store.append([replace(events[0], geometry=b"no wkb")])
    assert store.read_events()[0] == []


def test_events_can_only_be_added(new_store, server):
    store = new_store(name="onlyadded")
    store.append([LabelEvent("s0", "Ana", LABEL, "Wheat")])
    for text in ("UPDATE {} SET class_name = 'Rice'", "DELETE FROM {}", "TRUNCATE {}"):
        with pytest.raises(psycopg2.errors.RaiseException, match="only ever added"):
            server.sql(text.format("onlyadded_events"))
    assert store.read_events()[0][0].class_name == "Wheat"


def test_any_qgis_user_can_open_the_tables(new_store):
    store = new_store()
    store.append(
        [LabelEvent("s0", "Ana", LABEL, "Wheat"), LabelEvent("s0", "Ana", LABEL, "Rice"), LabelEvent("s1", "Ben", SKIP)]
    )
    uri = QgsDataSourceUri(store.reference.split(":", 1)[1])
    samples = QgsVectorLayer(uri.uri(), "samples", "postgres")
    assert (samples.isValid(), samples.featureCount(), samples.crs().authid()) == (True, 4, "EPSG:32641")
    uri.setDataSource("public", f"{uri.table()}_labels", "geom", "", "seq")
    uri.setSrid("32641")
    labels = QgsVectorLayer(uri.uri(), "labels", "postgres")
    assert [(f["sample_id"], f["labeler"], f["class_name"]) for f in labels.getFeatures()] == [("s0", "Ana", "Rice")]


def test_a_session_works_in_it_and_says_what_stands(new_store, server, settings):
    store = new_store(6, "whole")
    session = LabelingSession(settings, store, "Ana")
    session.label("Wheat")
    session.label("Cotton")
    for _ in range(3):
        session.undo()
        session.redo()
    session.undo()
    drawn = session.draw(point_sample(9).geometry, (500900.0, 4400000.0), "Rice")
    again = LabelingSession(settings, PostgisStore(store.reference), "Ana")
    states = {sample.sample_id: again.state(sample.sample_id).classes for sample in again.samples}
    assert states == {"s0": ("Wheat",), "s1": (), "s2": (), "s3": (), "s4": (), "s5": (), drawn: ("Rice",)}
    assert again.geometry(drawn) == point_sample(9).geometry
    assert server.sql("SELECT sample_id, class_name FROM whole_labels ORDER BY 1") == [(drawn, "Rice"), ("s0", "Wheat")]
    again.store.close()


def test_postgis_and_tables_may_stand_in_schemas_of_their_own(server, settings):
    server.sql("CREATE DATABASE elsewhere", "postgres")
    server.sql('CREATE SCHEMA gis; CREATE EXTENSION postgis SCHEMA gis; CREATE SCHEMA "team\'s"', "elsewhere")
    uri = server.uri.replace("'labels'", "'elsewhere'")
    store = create_postgis_store(uri, "team's", "fields", "EPSG:32641", [point_sample(1)])
    session = LabelingSession(settings, store, "Ana")
    assert store.claim_next("Ana", 1, 900.0) == "s1"
    session.label("Wheat")
    session.reshape("s1", point_sample(2).geometry)
    again = PostgisStore(store.reference)
    assert again.geometry("s1") == point_sample(1).geometry
    assert again.read_events()[0][1].geometry == point_sample(2).geometry
    again.close()
    store.close()


def test_what_labelers_hold_follows_what_they_do(new_store, settings):
    store = new_store(3)
    session = LabelingSession(settings, store, "Ana")
    assert [store.claim_next("Ana", 1, 900.0) for _ in range(2)] == ["s0", "s0"]
    assert store.claim_next("Ben", 1, 900.0) == "s1"
    session.label("Wheat")
    assert store.claim_next("Ana", 1, 900.0) == "s2"
    assert store.claim_next("Cyd", 1, 900.0) is None
    session.undo()
    assert store.claim_next("Cyd", 1, 900.0) is None
    store.release("Ana")
    assert store.claim_next("Cyd", 1, 900.0) == "s0"
    store.append([LabelEvent("s0", "Cyd", SKIP)])
    assert store.claim_next("Cyd", 1, 900.0) == "s2"
    assert store.claim_next("Ana", 1, 900.0) == "s0"


def test_settled_removed_and_assigned_samples_are_not_handed_out(new_store):
    store = new_store(4)
    store.append([LabelEvent("s0", "Eve", SETTLE, "Wheat"), LabelEvent("s1", "Eve", REMOVE)])
    store.assign([("s2", ("Ben",))])
    assert store.read_samples()[2].assigned_to == ("Ben",)
    assert store.claim_next("Ana", 2, 900.0) == "s3"
    assert store.claim_next("Ben", 2, 900.0) == "s2"
    with pytest.raises(LabelingError, match="no sample 'x'"):
        store.assign([("s3", ("Ana",)), ("x", ("Ana",))])
    assert store.read_samples()[3].assigned_to == ()


def test_a_claim_times_out_by_the_servers_clock(new_store):
    store = new_store(1)
    assert store.claim_next("Ana", 1, 900.0) == "s0"
    assert store.claim_next("Ben", 1, 900.0) is None
    assert store.claim_next("Ben", 1, 0.0) == "s0"


def test_a_label_stays_pending_while_the_server_is_down_and_is_saved_on_retry(new_store, server, settings):
    session = LabelingSession(settings, new_store(), "Ana")
    session.label("Wheat")
    server.stop()
    try:
        with pytest.raises(LabelingError, match="cannot be reached"):
            session.label("Cotton")
        with pytest.raises(LabelingError, match="cannot be reached"):
            session.retry()
        assert (session.current.sample_id, len(session.pending)) == ("s1", 1)
        assert not session.store.has_changed()
    finally:
        server.start()
    session.retry()
    assert not session.pending
    assert [event.class_name for event in session.store.read_events()[0]] == ["Wheat", "Cotton"]


def test_a_restart_between_two_labels_is_not_noticed(new_store, server, settings):
    session = LabelingSession(settings, new_store(), "Ana")
    server.stop()
    server.start()
    session.label("Wheat")
    assert [event.class_name for event in session.store.read_events()[0]] == ["Wheat"]


def test_a_server_that_does_not_answer_is_given_up_and_asking_for_changes_never_waits(
    new_store, server, settings, monkeypatch
):
    monkeypatch.setattr("cropsample_plugin.bridge.labeling.postgis_store.ANSWER_S", 1)
    session = LabelingSession(settings, new_store(name="slow"), "Ana")
    blocker = psycopg2.connect(dbname="labels", host=str(server.folder), port=server.port, user="owner")
    with blocker.cursor() as cursor:
        cursor.execute("LOCK TABLE slow_events IN ACCESS EXCLUSIVE MODE")
        # Would wait for the lock, and so for ever, if it did not return at once.
        assert not session.store.has_changed()
        assert not session.store.has_changed()
        with pytest.raises(LabelingError, match="did not answer within 1 s"):
            session.label("Wheat")
    blocker.rollback()
    blocker.close()
    session.retry()
    assert len(session.store.read_events()[0]) == 1


def test_a_server_that_hangs_is_given_up_too(new_store, server, settings, monkeypatch):
    monkeypatch.setattr("cropsample_plugin.bridge.labeling.postgis_store.ANSWER_S", 1)
    session = LabelingSession(settings, new_store(), "Ana")
    server.freeze(is_frozen=True)
    try:
        assert not session.store.has_changed()
        with pytest.raises(LabelingError, match="did not answer within 1 s"):
            session.label("Wheat")
        assert len(session.pending) == 1
    finally:
        server.freeze(is_frozen=False)
    session.retry()
    assert [event.class_name for event in session.store.read_events()[0]] == ["Wheat"]


def test_labels_of_others_are_read_ahead_in_the_background(new_store):
    store = new_store()
    other = PostgisStore(store.reference)
    _events, place = store.read_events()
    event = LabelEvent("s0", "Ben", LABEL, "Wheat")
    other.append([event])
    for _ in range(500):
        if store.has_changed():
            break
        threading.Event().wait(0.02)
    other.close()
    store._connection.close()
    store._connection.run = None  # what comes now was read ahead
    assert store.read_events(place)[0] == [event]
    del store._connection.run


def test_a_reader_misses_nothing_of_writers_that_end_in_another_order(new_store, server):
    store = new_store(name="order_of_ends")
    slow = psycopg2.connect(dbname="labels", host=str(server.folder), port=server.port, user="owner")
    with slow.cursor() as cursor:
        cursor.execute(
            "INSERT INTO order_of_ends_events (event_id, sample_id, labeler, kind, class_name, comment, imagery, "
            "imagery_date, seconds_spent, undoes, group_id, created_at) "
            "VALUES ('slow', 's0', 'Ben', 'label', 'Rice', '', '', '', 0, '', '', now())"
        )
        writer = threading.Thread(target=store.append, args=([LabelEvent("s1", "Ana", LABEL, "Wheat")],))
        writer.start()
        reader = PostgisStore(store.reference)
        assert reader.read_events() == ([], 0)
        slow.commit()
    writer.join()
    slow.close()
    events, _place = reader.read_events()
    assert [event.labeler for event in events] == ["Ben", "Ana"]
    reader.close()


def test_a_labeler_needs_few_rights(new_store, server):
    new_store(name="rights")
    server.sql("CREATE ROLE labeler LOGIN")
    uri = server.uri.replace("'owner'", "'labeler'") + ' table="public"."rights" (geom)'
    with pytest.raises(LabelingError, match=r"does not let you.*Label as a team"):
        PostgisStore(uri).read_samples()
    server.sql("GRANT SELECT, INSERT ON rights, rights_events TO labeler")
    server.sql("GRANT SELECT, UPDATE ON rights_claims TO labeler")
    store = PostgisStore(uri)
    assert store.claim_next("Ana", 1, 900.0) == "s0"
    store.append([LabelEvent("s0", "Ana", LABEL, "Wheat")])
    assert store.claim_next("Ana", 1, 900.0) == "s1"
    with pytest.raises(LabelingError, match="does not let you"):
        store.assign([("s0", ("Ana",))])
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        server.sql("DELETE FROM rights_events", user="labeler")
    store.close()


def test_passwords_are_used_but_never_told(new_store, server, settings):
    new_store(name="secret")
    server.sql("CREATE ROLE keyholder LOGIN PASSWORD 'wh3at''s key'")
    server.sql("GRANT SELECT, INSERT ON secret, secret_events TO keyholder")
    place = f"dbname='labels' host=127.0.0.1 port={server.port} user='keyholder'"
    table = ' table="public"."secret" (geom)'
    store = PostgisStore(f"{place} password='wh3at\\'s key'{table}")
    assert len(store.read_samples()) == 4
    for told in (store.reference, json.dumps(asdict(replace(settings, store=store.reference)))):
        assert "password" not in told
        assert "wh3at" not in told
    with pytest.raises(LabelingError, match="never holds a password"):
        check_settings(replace(settings, store=f"postgres:{place} password='x'{table}"))
    store.close()
    with pytest.raises(LabelingError, match=r"cannot be reached: .*password"):
        PostgisStore(store.reference)
    asked = []
    store = PostgisStore(store.reference, lambda uri: asked.append(uri) or ("keyholder", "wh3at's key"))
    assert len(store.read_samples()) == len(asked) * 4
    store._connection.close()
    assert len(store.read_samples()) == len(asked) * 4
    store.close()


@pytest.mark.parametrize("named", ["saver", "coordinator", ""])
def test_a_connection_saved_in_qgis_brings_its_login(new_store, server, named):
    new_store(name=f"saved{named}")
    server.sql("DROP ROLE IF EXISTS saver")
    server.sql(f"CREATE ROLE saver LOGIN PASSWORD 'kept'; GRANT SELECT ON saved{named} TO saver")
    place = f"dbname='labels' host=127.0.0.1 port={server.port}"
    metadata = QgsProviderRegistry.instance().providerMetadata("postgres")
    uri = f"{place} user='saver' password='kept'"
    connection = metadata.createConnection(uri, {"saveUsername": True, "savePassword": True})
    metadata.saveConnection(connection, "cropsample test")
    user = f"user='{named}'" if named else ""
    try:
        store = PostgisStore(store_reference(f'{place} {user} table="public"."saved{named}" (geom)'))
        assert len(store.read_samples()) == 4
        store.close()
    finally:
        metadata.deleteConnection("cropsample test")
        server.sql("DROP OWNED BY saver")


def test_what_cannot_be_opened_or_made_is_said(new_store, server, monkeypatch):
    new_store(name="there")
    for make, message in (
        (
            lambda: PostgisStore(f'{server.uri} table="public"."nothing" (geom)'),
            "no labeling session 'public'.'nothing'",
        ),
        (
            lambda: create_postgis_store(server.uri, "public", "there", "EPSG:4326"),
            "a session 'there' in 'public' already",
        ),
        (lambda: create_postgis_store(server.uri, "no schema", "x", "EPSG:4326"), "no schema"),
        (lambda: create_postgis_store(server.uri, "public", "x" * 60, "EPSG:4326"), "too long"),
        (lambda: create_postgis_store(server.uri, "public", " ", "EPSG:4326"), "needs the name"),
        (
            lambda: create_postgis_store(server.uri, "public", "d", "EPSG:4326", [point_sample(1), point_sample(1)]),
            "Two samples have the id 's1'",
        ),
        (
            lambda: create_postgis_store(server.uri.replace("'labels'", "'postgres'"), "public", "d", "EPSG:4326"),
            "no PostGIS",
        ),
        (lambda: PostgisStore(server.uri.replace("'labels'", "'nowhere'") + ' table="public"."x" (geom)'), "nowhere"),
    ):
        with pytest.raises(LabelingError, match=message):
            make()
    server.sql("COMMENT ON TABLE there IS 'CropSample labeling session, format 2'")
    with pytest.raises(LabelingError, match="newer CropSample"):
        PostgisStore(f'{server.uri} table="public"."there" (geom)')
    monkeypatch.setattr(builtins, "__import__", _without_psycopg2(builtins.__import__))
    with pytest.raises(LabelingError, match=r"psycopg2.*GeoPackage"):
        PostgisStore(f'{server.uri} table="public"."there" (geom)')


def test_deep_geometries_lose_only_their_height(new_store):
    store = new_store()
    tall = struct.pack("<BIddd", 1, 1001, 500000.0, 4400000.0, 7.0)
    store.append([LabelEvent("s0", "Ana", SHAPE, geometry=tall)])
    assert store.read_events()[0][0].geometry == point_sample(0).geometry


def _without_psycopg2(original):
    def look(name, *arguments, **options):
        if name.split(".")[0] == "psycopg2":
            raise ImportError(name)
        return original(name, *arguments, **options)

    return look
