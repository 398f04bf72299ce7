"""The probe tells versions, devices and what is wrong, also in a broken environment."""

from __future__ import annotations

import sys

import pytest

from cropsample_plugin.engine.errors import CanceledError
from cropsample_plugin.engine.progress import SilentProgress
from cropsample_plugin.jobs import probe
from cropsample_plugin.jobs.registry import JobContext


class Canceled(SilentProgress):
    def is_canceled(self):
        return True


def run(progress=None):
    return probe.run(probe.Parameters(), JobContext(progress or SilentProgress(), 1, 500, "cpu")).outputs


def test_a_complete_engine_has_no_problems():
    for module in probe.REQUIRED_PACKAGES.values():
        pytest.importorskip(module)
    report = run()
    assert report["problems"] == []
    assert set(report["versions"]) == set(probe.REQUIRED_PACKAGES)
    assert report["devices"][-1] == "cpu"
    assert report["executable"] == sys.executable


def test_a_missing_package_is_a_problem(monkeypatch):
    monkeypatch.setitem(probe.REQUIRED_PACKAGES, "nothing", "package_that_nobody_has")
    assert any("nothing" in problem for problem in run()["problems"])


def test_a_package_that_fails_to_load_is_a_problem(monkeypatch, tmp_path):
    (tmp_path / "broken_wheel.py").write_text("raise OSError('libcudart.so.13: cannot open')", encoding="ascii")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(probe, "REQUIRED_PACKAGES", {"broken": "broken_wheel"})
    assert "broken: libcudart.so.13: cannot open" in run()["problems"]


def test_a_package_that_loads_but_does_not_work_is_a_problem(monkeypatch):
    pytest.importorskip("numpy")

    def fail():
        raise RuntimeError("proj.db is of another version")

    monkeypatch.setattr(probe, "REQUIRED_PACKAGES", {"numpy": "numpy"})
    monkeypatch.setattr(probe, "_TRIALS", {"numpy": fail, "rasterio": fail})
    assert run()["problems"] == ["numpy is installed but does not work: proj.db is of another version"]


def test_a_device_that_fails_is_a_problem_and_not_offered(monkeypatch):
    torch = pytest.importorskip("torch")
    monkeypatch.setattr(torch.cuda, "device_count", lambda: 1)
    monkeypatch.setattr(torch.cuda, "get_device_name", lambda _index: "Old GPU")
    monkeypatch.setattr(probe, "REQUIRED_PACKAGES", {"torch": "torch"})
    report = run()
    assert report["devices"] == ["cpu"]
    assert "cuda:0 Old GPU cannot be used" in report["problems"][0]


def test_an_old_python_is_a_problem(monkeypatch):
    monkeypatch.setattr(probe, "MINIMUM_PYTHON", (9, 0))
    monkeypatch.setattr(probe, "REQUIRED_PACKAGES", {})
    assert "too old" in run()["problems"][0]


def test_the_probe_can_be_canceled():
    with pytest.raises(CanceledError):
        run(Canceled())
