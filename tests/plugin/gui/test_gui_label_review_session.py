"""A review without any window: filters, walking, decisions on disk, undo, final labels, and what can go wrong."""

from __future__ import annotations

import math
import os
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from cropsample_plugin.bridge.review_decisions import (
    KEEP,
    REJECT,
    RELABEL,
    UNDO,
    Decision,
    DecisionFile,
    ReviewError,
    standing_decisions,
    table_name,
)
from cropsample_plugin.gui.label_review_session import (
    CLASS_KEYS,
    LabelReviewSession,
    ReviewFilter,
    ReviewSample,
)

SAMPLES = [
    ReviewSample(1, "a", "wheat", "Keep", margin=0.4, weight=1.2),
    ReviewSample(2, "b", "wheat", "Suspect", "maize", margin=0.01, weight=0.5),
    ReviewSample(3, "c", "maize", "Remove", "wheat", margin=-0.2, weight=0.0),
    ReviewSample(4, "d", "maize", "Remove", "rape", margin=-0.5, weight=0.0),
    ReviewSample(5, "e", "rape", "DataGap", weight=0.3),
    ReviewSample(6, "f", "", "NA"),
    ReviewSample(7, "g", "maize", "Keep", margin=0.3, weight=0.9),
]


@pytest.fixture
def file(tmp_path):
    return DecisionFile(str(tmp_path / "judged_review.gpkg"), "judged_review")


@pytest.fixture
def session(file):
    return LabelReviewSession(SAMPLES, file, "ana")


def walk(session):
    seen = [session.current.sample_id]
    while session.next():
        seen.append(session.current.sample_id)
    return seen


def test_the_most_contradicted_come_first(session):
    assert walk(session) == ["d", "c", "b"]
    assert session.previous()
    assert session.current.sample_id == "c"
    session.go_to(0)
    assert not session.previous()
    session.go_to(99)
    assert session.current.sample_id == "b"


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (ReviewFilter(("DataGap",)), ["e"]),
        (ReviewFilter(("Remove", "Suspect"), "maize"), ["d", "c"]),
        (ReviewFilter(("Keep", "NA"), sample_ids={"f", "g", "gone"}), ["f", "g"]),
    ],
)
def test_filters(session, wanted, expected):
    session.set_filter(wanted)
    assert walk(session) == expected


def test_a_filter_without_samples_has_no_current_one(session):
    session.set_filter(ReviewFilter(("Remove",), "rape"))
    assert session.current is None
    assert session.progress().n_listed == 0
    with pytest.raises(ReviewError, match="no sample"):
        session.keep()


def test_every_decision_is_on_disk_before_the_next_sample_shows(session, file):
    session.reject("cloud shadow, surely")
    assert session.current.sample_id == "c"
    on_disk = sqlite3.connect(file.path).execute("SELECT sample_id, decision, comment FROM judged_review").fetchall()
    assert on_disk == [("d", REJECT, "cloud shadow, surely")]
    session.relabel("wheat")
    session.keep()
    rows = DecisionFile(file.path, file.table).rows()
    assert [(row.sample_id, row.decision, row.new_class) for row in rows] == [
        ("d", REJECT, ""),
        ("c", RELABEL, "wheat"),
        ("b", KEEP, ""),
    ]
    assert all(row.reviewer == "ana" and row.decided_at.endswith("Z") and row.given_label for row in rows)
    assert session.current.sample_id == "b", "the last one listed stays"


def test_history_is_kept_and_the_latest_decision_stands(session):
    session.keep()
    session.go_to(0)
    session.relabel("rape")
    assert [row.decision for row in session.history("d")] == [KEEP, RELABEL]
    assert session.standing("d").new_class == "rape"
    assert session.undo() == "d"
    assert session.standing("d").decision == KEEP
    assert session.undo() == "d"
    assert session.standing("d") is None
    assert session.undo() is None
    assert [row.decision for row in session.history("d")] == [KEEP, RELABEL, UNDO, UNDO]


def test_undo_goes_back_to_the_sample(session):
    session.keep()
    session.reject()
    assert session.current.sample_id == "b"
    assert session.undo() == "c"
    assert session.current.sample_id == "c"


def test_undo_of_an_earlier_review_takes_back_the_current_sample_only(session, file):
    session.keep()
    again = LabelReviewSession(SAMPLES, file, "bo")
    assert again.current.sample_id == "d"
    assert again.undo() == "d"
    assert again.standing("d") is None
    assert again.undo() is None


def test_the_own_label_again_is_a_keep(session):
    session.relabel("maize")
    assert session.standing("d").decision == KEEP


def test_undecided_samples_are_skipped_once_decided(session):
    session.set_filter(ReviewFilter(is_undecided=True))
    session.go_to(1)
    session.keep()
    session.go_to(0)
    session.keep()
    assert session.current.sample_id == "b"
    session.set_filter(session.filter)
    assert walk(session) == ["b"]
    assert session.progress().counts == {KEEP: 2}


def test_jump_to_a_sample_that_is_not_listed_and_back(session):
    assert session.go_to_id("e")
    assert session.position is None
    session.keep()
    assert session.standing("e").decision == KEEP
    assert session.current.sample_id == "d"
    assert not session.go_to_id("nobody")


def test_classes_have_a_key_each(session):
    session.relabel("tree crop")
    assert session.classes == ("maize", "rape", "tree crop", "wheat")
    assert session.class_keys == {"1": "maize", "2": "rape", "3": "tree crop", "4": "wheat"}
    for command in "krsupncgz":
        assert command not in CLASS_KEYS
    assert len(set(CLASS_KEYS)) == len(CLASS_KEYS)


def test_class_numbers_are_in_the_order_of_numbers(file):
    many = [ReviewSample(n, str(n), str(n % 40), "Keep") for n in range(81)]
    session = LabelReviewSession(many, file)
    assert session.classes[:3] == ("0", "1", "2")
    assert len(session.class_keys) == len(CLASS_KEYS)
    assert "0" in session.class_keys.values(), "the most frequent class has a key"


def test_suggestion_missing(session):
    session.go_to_id("a")
    with pytest.raises(ReviewError, match="suggested"):
        session.relabel("")


def test_final_labels_account_for_every_sample(session):
    session.reject("mixed pixel")  # d
    session.relabel("wheat")  # c
    session.keep()  # b
    final = session.final_labels()
    assert set(final) == {sample.feature_id for sample in SAMPLES}
    assert (final[4].label, final[4].weight, final[4].comment) == ("", 0.0, "mixed pixel")
    assert (final[3].label, final[3].weight) == ("wheat", 1.2), "as the supported labels of the class"
    assert (final[2].label, final[2].weight) == ("wheat", 1.2)
    assert (final[1].label, final[1].weight, final[1].decision) == ("wheat", 1.2, "")
    assert (final[5].label, final[5].weight) == ("rape", 0.3)
    assert (final[6].label, final[6].weight) == ("", 0.0)


def test_decisions_for_samples_no_longer_there_are_told_and_kept(session, file):
    session.keep()
    session.reject()
    rest = [replace(sample, label="soy") if sample.sample_id == "c" else sample for sample in SAMPLES[:3]]
    again = LabelReviewSession(rest, file)
    progress = again.progress()
    assert progress.unknown_ids == ("d",)
    assert progress.changed_ids == ("c",)
    assert again.final_labels()[3].decision == "", "a decision on another label does not count"
    assert len(file.rows()) == 2


def test_ids_that_repeat_are_refused(file):
    with pytest.raises(ReviewError, match="more than once"):
        LabelReviewSession([SAMPLES[0], replace(SAMPLES[1], sample_id="a")], file)


def test_a_folder_that_may_not_be_written_to_loses_nothing(tmp_path):
    blocker = tmp_path / "file"
    blocker.write_text("in the way")
    session = LabelReviewSession(SAMPLES, DecisionFile(str(blocker / "x.gpkg"), "x"))
    with pytest.raises(ReviewError, match="could not be saved"):
        session.keep()
    assert session.current.sample_id == "d"
    assert session.standing("d") is None


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_file(session, file):
    session.keep()
    Path(file.path).chmod(0o444)
    with pytest.raises(ReviewError, match="may write to"):
        session.keep()


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (sqlite3.OperationalError("database or disk is full"), "disk of .* is full"),
        (sqlite3.OperationalError("database is locked"), "another program"),
        (sqlite3.OperationalError("attempt to write a readonly database"), "may write to"),
        (OSError(28, "No space left on device"), "disk of .* is full"),
    ],
)
def test_a_decision_that_is_not_saved_does_not_count(session, monkeypatch, error, message):
    def fail(_self, **_options):
        raise error

    session.keep()
    monkeypatch.setattr(DecisionFile, "_open", fail)
    with pytest.raises(ReviewError, match=message):
        session.reject()
    assert session.current.sample_id == "c"
    assert session.standing("c") is None
    monkeypatch.undo()
    session.reject()
    assert [row.decision for row in session.decisions.rows()] == [KEEP, REJECT]


def test_a_full_disk_for_real(session, file, monkeypatch):
    """SQLite itself refuses to grow the file: what was there stays readable."""
    session.keep()
    opened = DecisionFile._open

    def tiny(self, **options):
        connection = opened(self, **options)
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count = {pages}")
        return connection

    monkeypatch.setattr(DecisionFile, "_open", tiny)
    with pytest.raises(ReviewError, match="is full"):
        session.reject("x" * 100_000)
    assert session.current.sample_id == "c"
    assert [row.decision for row in file.rows()] == [KEEP]


def test_a_file_that_is_no_geopackage(tmp_path):
    path = tmp_path / "judged_review.gpkg"
    path.write_text("not a database, just words that fill a line or two\n" * 40)
    with pytest.raises(ReviewError, match="cannot be read"):
        LabelReviewSession(SAMPLES, DecisionFile(str(path), "x"))
    assert path.read_text().startswith("not a database")


def test_tables_of_several_layers_share_a_file(tmp_path):
    path = str(tmp_path / "all.gpkg")
    names = [table_name(name) for name in ('Jugés "2023"', "b; DROP TABLE x", "...")]
    for name in names:
        DecisionFile(path, name).add(Decision("1", KEEP))
    assert [len(DecisionFile(path, name).rows()) for name in names] == [1, 1, 1]
    assert names == ["Jugés_2023_review", "b_DROP_TABLE_x_review", "labels_review"]


def test_two_reviewers_at_once(session, file):
    other = LabelReviewSession(SAMPLES, file, "bo")
    session.keep()
    other.reject()
    session.read_decisions()
    assert session.standing("d").reviewer == "bo"
    assert [row.reviewer for row in session.history("d")] == ["ana", "bo"]


def test_undo_of_nothing_changes_nothing():
    rows = [Decision("a", UNDO), Decision("a", KEEP), Decision("b", REJECT), Decision("b", UNDO)]
    assert {key: row.decision for key, row in standing_decisions(rows).items()} == {"a": KEEP}


def test_evidence_may_be_missing():
    assert math.isnan(ReviewSample(1, "a", "x", "NA").margin)
