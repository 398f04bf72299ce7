"""Process trees: the Windows side with a stand-in for its kernel, as its calls are the contract."""

from __future__ import annotations

import ctypes
import subprocess
import sys
import time

import pytest

from cropsample_plugin.bridge import process_tree
from cropsample_plugin.bridge.windows_job import ExtendedLimits, hold_in_job


class Kernel:
    """Notes the calls that Windows would get."""

    def __init__(self, refused=""):
        self.calls = []
        self._refused = refused

    def __getattr__(self, name):
        def call(*arguments):
            self.calls.append((name, *arguments))
            return 0 if name == self._refused else 77

        return call

    def names(self):
        return [call[0] for call in self.calls]


def test_the_structure_has_the_size_that_windows_expects():
    assert ctypes.sizeof(ExtendedLimits) == (144 if ctypes.sizeof(ctypes.c_void_p) == 8 else 112)


def test_a_process_is_held_and_ended_with_its_job():
    kernel = Kernel()
    job = hold_in_job(5, kernel)
    assert kernel.names() == ["CreateJobObjectW", "SetInformationJobObject", "AssignProcessToJobObject"]
    assert kernel.calls[2] == ("AssignProcessToJobObject", 77, 5)
    limits = kernel.calls[1][3]._obj
    assert limits.basic.limit_flags == 0x2000
    job.end()
    job.end()
    assert kernel.names()[3:] == ["TerminateJobObject", "CloseHandle"]


@pytest.mark.parametrize("refused", ["CreateJobObjectW", "SetInformationJobObject", "AssignProcessToJobObject"])
def test_windows_may_refuse(refused):
    kernel = Kernel(refused)
    assert hold_in_job(5, kernel) is None
    assert ("CloseHandle" in kernel.names()) == (refused != "CreateJobObjectW")


@pytest.fixture
def sleeper():
    process = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    yield process
    process.kill()
    process.wait()


@pytest.mark.parametrize("refused", ["", "AssignProcessToJobObject"])
def test_windows_ends_a_tree_by_job_or_by_taskkill(sleeper, monkeypatch, refused):
    kernel, killed = Kernel(refused), []
    monkeypatch.setattr(process_tree, "IS_WINDOWS", True)
    monkeypatch.setattr(process_tree, "hold_in_job", lambda handle: hold_in_job(handle, kernel))
    monkeypatch.setattr(process_tree, "_taskkill", killed.append)
    monkeypatch.setattr(sleeper, "_handle", 5, raising=False)
    process_tree._hold(sleeper)
    process_tree.kill_tree(sleeper)
    assert sleeper.wait(5) != 0
    assert killed == ([sleeper] if refused else [])
    assert ("TerminateJobObject" in kernel.names()) == (not refused)


@pytest.mark.skipif(sys.platform == "win32", reason="process groups of POSIX")
def test_an_ended_head_keeps_its_id_until_it_is_waited_for():
    process = process_tree.start_process([sys.executable, "-c", "pass"], {})
    start = time.monotonic()
    while not process_tree.has_ended(process):
        assert time.monotonic() - start < 10
        time.sleep(0.01)
    assert process.returncode is None
    process_tree.kill_tree(process)
    assert process.wait() == 0
    process_tree.close_pipes(process)
