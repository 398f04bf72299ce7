from __future__ import annotations

import pytest

from cropsample_plugin.jobs.protocol import (
    PROTOCOL_VERSION,
    ErrorEvent,
    Job,
    LogEvent,
    MetricEvent,
    ProgressEvent,
    ProtocolError,
    ResultEvent,
    decode_event,
    encode_event,
)

EVENTS = [
    ProgressEvent(0.25, "reading"),
    LogEvent("champ d'été", "warning"),
    MetricEvent("loss", 3, 0.5),
    ResultEvent({"n_dates": 12}, ["a.vrt"]),
    ErrorEvent("disk_full", "full", "free some", "trace\nback"),
]


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.event)
def test_events_survive_the_line(event):
    line = encode_event(event)
    assert "\n" not in line
    assert decode_event(line) == event


def test_job_survives_the_file():
    job = Job("predictmap", {"stack": "/données/stack.vrt", "seed": 42}, "0.1.0", threads=2)
    assert Job.from_json(job.to_json()) == job


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"name": 3}', '{"name": "a", "parameters": []}', "not json"])
def test_broken_jobs_are_refused(text):
    with pytest.raises(ProtocolError):
        Job.from_json(text)


def test_job_of_another_protocol_is_refused():
    text = Job("probe", {}, protocol_version=PROTOCOL_VERSION + 1).to_json()
    with pytest.raises(ProtocolError, match=str(PROTOCOL_VERSION + 1)):
        Job.from_json(text)


@pytest.mark.parametrize("line", ["", "hello", '{"event": "unknown"}', '{"event": "metric", "nam": 1}'])
def test_broken_events_are_refused(line):
    with pytest.raises(ProtocolError):
        decode_event(line)
