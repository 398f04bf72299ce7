"""Whether a GeoPackage of labels is whole and holds what was confirmed."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from cropsample_plugin.bridge.labeling.geopackage_store import GeoPackageStore
from cropsample_plugin.bridge.labeling.label_events import LabelHistory


def check(path, confirmed):
    """Assert that a file is whole and holds every confirmed label once, and that its layer of labels agrees.

    Returns:
        How many labels it holds.
    """
    store = GeoPackageStore(str(path))
    samples, (events, _) = store.read_samples(), store.read_events()
    store.close()
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        shown = connection.execute("SELECT sample_id, labeler, event_id FROM labels").fetchall()
    comments = [event.comment for event in events if event.comment]
    assert len(comments) == len(set(comments))
    assert set(confirmed) <= set(comments)
    history = LabelHistory(events)
    standing = [history.state(sample.sample_id).labels for sample in samples]
    wanted = [(event.sample_id, event.labeler, event.event_id) for labels in standing for event in labels.values()]
    assert sorted(shown) == sorted(wanted)
    return len(comments)
