"""A job that does what its parameter says: every way in which an engine can end."""
# ruff: noqa: ARG001, T201 - every way has the signature of a job, and one of them prints

from __future__ import annotations

import ctypes
import errno
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from cropsample_plugin.engine.errors import InputError
from cropsample_plugin.engine.progress import raise_if_canceled
from cropsample_plugin.jobs.registry import JobResult


@dataclass(frozen=True)
class Parameters:
    how: str
    path: str = ""


def run(parameters, context):
    return WAYS[parameters.how](parameters, context)


def note_pids(parameters, *others):
    Path(parameters.path).write_text("\n".join(str(pid) for pid in (os.getpid(), *others)), encoding="ascii")


def start_child():
    return subprocess.Popen([sys.executable, "-c", "import time; time.sleep(120)"])


def succeed(parameters, context):
    return JobResult({"answer": 42})


def crash(parameters, context):
    sys.stderr.write("about to crash\n")
    ctypes.string_at(0)


def kill_self(parameters, context):
    os.kill(os.getpid(), signal.SIGKILL)


def wait_politely(parameters, context):
    for step in range(1200):
        context.progress.report(step / 1200, "waiting")
        raise_if_canceled(context.progress)
        time.sleep(0.1)


def ignore_everything(parameters, context):
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    note_pids(parameters, start_child().pid)
    context.progress.report(0.5, "deaf")
    while True:
        time.sleep(1)


def hold_interpreter(parameters, context):
    note_pids(parameters, start_child().pid)
    context.progress.report(0.5, "native")
    ctypes.PyDLL(None).sleep(120)


def native_call(parameters, context):
    note_pids(parameters, start_child().pid)
    context.progress.report(0.5, "native")
    ctypes.CDLL(None).sleep(120)


def leave_child(parameters, context):
    note_pids(parameters, start_child().pid)
    return JobResult({"answer": 42})


def leave_silently(parameters, context):
    os._exit(7)


def system_exit(parameters, context):
    sys.exit("leaving")


def fill_disk(parameters, context):
    with Path(parameters.path).open("wb") as stream:
        for _ in range(64):
            stream.write(bytes(1024 * 1024))
            stream.flush()


def quota(parameters, context):
    raise OSError(errno.EDQUOT, "Disk quota exceeded", "/home/user/map.tif")


def need_package(parameters, context):
    import package_that_nobody_has  # noqa: F401


def eat_memory(parameters, context):
    eaten = [bytearray(os.urandom(1024) * 16384) for _ in range(64)]
    return JobResult({"eaten_mb": 16 * len(eaten)})


def no_memory(parameters, context):
    raise MemoryError("of the test")


def deliberate(parameters, context):
    raise InputError("The field 'été' is empty.", "Fill it.")


def defect(parameters, context):
    return {}["missing"]


def odd_result(parameters, context):
    return {"not": "a result"}


def odd_values(parameters, context):
    context.progress.metric("loss", 1, float("nan"))
    context.progress.metric("loss", 2, float("inf"))
    context.progress.report(float("nan"), "nothing")
    return JobResult({"score": float("nan"), "limit": float("-inf"), 3: {1: Path("a")}, "set": {1}})


def unwritable_record(parameters, context):
    return JobResult({"answer": 42}, files=[str(Path(parameters.path) / "missing" / "map.tif")])


def print_much(parameters, context):
    print("library noise")
    os.write(1, b"native noise\n")
    for number in range(5000):
        context.progress.log(f"line {number}")
    return JobResult({"answer": 42})


WAYS = {way.__name__: way for way in list(globals().values()) if callable(way) and way.__module__ == __name__}
