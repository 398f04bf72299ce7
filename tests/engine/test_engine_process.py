"""Supervision of the engine process: every way it can end gives a result or an error that says why."""

from __future__ import annotations

import math
import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from cropsample_plugin.bridge import engine_process, exit_analysis
from cropsample_plugin.bridge.engine_process import EngineError, run_engine
from cropsample_plugin.bridge.job_folders import new_job_folder
from cropsample_plugin.bridge.live_jobs import is_live, is_paused, pause_live_job, stop_live_job
from cropsample_plugin.jobs.protocol import ErrorEvent, Job, LogEvent, MetricEvent, ProgressEvent, ResultEvent

SUPERVISED = Path(__file__).resolve().parent / "supervised"
PROGRAM = SUPERVISED / "program.py"
ENGINE_PYTHON = os.environ.get("CROPSAMPLE_PYTHON") or sys.executable
LIMIT_S = 5.0

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals and process groups of POSIX")


class Run:
    """One supervised run: its folder, its events, and how it ended."""

    def __init__(self, root, how, path="", cancel_on=None):
        self.job = Job("misbehave", {"how": how, "path": str(path)})
        self.folder = new_job_folder(self.job, root)
        self.events = []
        self._cancel_on = cancel_on
        self.canceled_s = None

    def is_canceled(self):
        if self._cancel_on and any(isinstance(event, self._cancel_on) for event in self.events):
            self.canceled_s = self.canceled_s or time.monotonic()
        return self.canceled_s is not None

    def __call__(self, python=ENGINE_PYTHON):
        return run_engine(self.job, python, self.folder, self.events.append, self.is_canceled, PROGRAM)

    def error(self, python=ENGINE_PYTHON):
        with pytest.raises(EngineError) as caught:
            self(python)
        return caught.value


def is_alive(pid):
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="ascii")
    except OSError:
        return False
    return stat.rsplit(")", 1)[1].split()[0] != "Z"


def wait_until(condition, limit_s=60.0):
    start = time.monotonic()
    while not condition():
        assert time.monotonic() - start < limit_s, "waited too long"
        time.sleep(0.05)


def noted_pids(path):
    wait_until(lambda: path.is_file() and path.read_text(encoding="ascii").count("\n") >= 1, 30)
    return [int(line) for line in path.read_text(encoding="ascii").split()]


def test_a_result_comes_back_and_is_kept(tmp_path):
    run = Run(tmp_path, "succeed")
    assert run().outputs == {"answer": 42}
    assert isinstance(run.events[-1], ResultEvent)
    assert run.folder.read_result() == run.events[-1]
    assert run.folder.read_events() == run.events
    assert run.folder.read_job() == run.job


def test_a_native_crash_is_named_and_its_stack_is_in_the_log(tmp_path):
    run = Run(tmp_path, "crash")
    error = run.error()
    assert error.kind == "crash"
    assert "SIGSEGV" in error.message
    assert error.log_path == str(run.folder.log)
    assert "about to crash" in run.folder.log_tail()
    assert "misbehave.py" in run.folder.log_tail(), "faulthandler writes the stack"
    assert isinstance(run.folder.read_result(), ErrorEvent)


def test_killed_by_the_system_means_memory(tmp_path):
    error = Run(tmp_path, "kill_self").error()
    assert error.kind == "out_of_memory"
    assert "most likely out of memory" in error.message
    assert error.remedy


def test_killed_by_the_system_is_certain_when_it_counts(tmp_path, monkeypatch):
    counts = iter([3, 4])
    monkeypatch.setattr(engine_process, "count_oom_kills", lambda: next(counts))
    error = Run(tmp_path, "kill_self").error()
    assert error.message == "The system killed the engine because memory ran out."


MEMORY_LIMITS = [Path("/sys/fs/cgroup/memory.max"), Path("/sys/fs/cgroup/memory/memory.limit_in_bytes")]


@pytest.fixture
def small_memory_group():
    for root, limit_name in ((path.parent, path.name) for path in MEMORY_LIMITS):
        group = root / f"cropsample-test-{os.getpid()}"
        if not (root / "cgroup.procs").is_file() or not os.access(root, os.W_OK):
            continue
        group.mkdir()
        try:
            if (group / limit_name).is_file():
                (group / limit_name).write_text(str(200 * 1024 * 1024), encoding="ascii")
                yield group
                wait_until(lambda: not (group / "cgroup.procs").read_text(encoding="ascii"))  # noqa: B023
                return
        finally:
            group.rmdir()
    pytest.skip("memory limits of processes cannot be set here")


def test_a_real_out_of_memory_kill_spares_the_supervisor(tmp_path, small_memory_group):
    program = (
        f"open({str(small_memory_group / 'cgroup.procs')!r}, 'w').write('0')\n"
        f"import sys; sys.argv[1:] = ['eat_memory', '', {str(tmp_path)!r}]\n"
        f"import runpy\n"
        f"try: runpy.run_path({str(SUPERVISED / 'parent.py')!r})\n"
        f"except Exception as error: print('supervisor alive:', error.kind, error.message)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False, timeout=60)
    assert "supervisor alive: out_of_memory" in done.stdout, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("how", "kind", "words"),
    [
        ("quota", "disk_full", "/home/user/map.tif"),
        ("need_package", "missing_package", "package_that_nobody_has"),
        ("no_memory", "out_of_memory", "of the test"),
        ("deliberate", "input", "été"),
        ("defect", "crash", "KeyError"),
        ("odd_result", "crash", "JobResult"),
        ("system_exit", "crash", "leaving"),
        ("leave_silently", "crash", "status 7"),
    ],
)
def test_failures_are_told_apart(tmp_path, how, kind, words):
    run = Run(tmp_path, how)
    error = run.error()
    assert error.kind == kind
    assert words in error.message
    assert error.remedy
    assert Path(error.log_path).is_file()
    assert str(run.folder.log) in str(error)
    if how != "leave_silently":
        assert "Traceback" in run.folder.log_tail()


def test_a_full_disk_is_named(tmp_path):
    mount = tmp_path / "small"
    mount.mkdir()
    options = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(mount)]
    if subprocess.run(options, capture_output=True, check=False).returncode != 0:
        pytest.skip("a small file system cannot be mounted here")
    try:
        error = Run(tmp_path / "jobs", "fill_disk", mount / "map.tif").error()
    finally:
        subprocess.run(["umount", str(mount)], check=True)
    assert error.kind == "disk_full"
    assert error.remedy


def test_job_folder_on_a_full_disk_does_not_lose_the_result(tmp_path):
    run = Run(tmp_path, "succeed")
    run.folder.events.mkdir()
    run.folder.result.mkdir()
    assert run().outputs == {"answer": 42}


def test_a_job_folder_that_cannot_be_written_is_an_error(tmp_path):
    (tmp_path / "jobs").write_text("a file", encoding="ascii")
    with pytest.raises(EngineError, match="cannot be written") as caught:
        new_job_folder(Job("probe", {}), tmp_path / "jobs")
    assert caught.value.kind == "output"


def test_numbers_that_are_not_finite_survive(tmp_path):
    run = Run(tmp_path, "odd_values")
    outputs = run().outputs
    assert math.isnan(outputs["score"])
    assert outputs["limit"] == -math.inf
    assert outputs["3"] == {"1": "a"}
    metrics = [event for event in run.events if isinstance(event, MetricEvent)]
    assert math.isnan(metrics[0].value)
    assert metrics[1].value == math.inf
    assert not any(isinstance(event, ProgressEvent) and math.isnan(event.fraction) for event in run.events)


def test_a_record_that_cannot_be_written_does_not_lose_the_result(tmp_path):
    run = Run(tmp_path, "unwritable_record", tmp_path)
    assert run().outputs == {"answer": 42}
    assert any(isinstance(event, LogEvent) and event.level == "warning" for event in run.events)


def test_noise_of_libraries_goes_to_the_log_and_no_event_is_lost(tmp_path):
    run = Run(tmp_path, "print_much")
    run()
    assert sum(isinstance(event, LogEvent) for event in run.events) == 5000
    log = run.folder.log.read_text(encoding="utf-8")
    assert "native noise" in log


def test_cancel_is_answered_by_a_polite_job_within_a_second(tmp_path):
    run = Run(tmp_path, "wait_politely", cancel_on=ProgressEvent)
    error = run.error()
    assert error.kind == "canceled"
    assert error.is_canceled
    assert time.monotonic() - run.canceled_s < 1.0


@pytest.mark.parametrize("how", ["ignore_everything", "hold_interpreter"])
def test_cancel_ends_a_deaf_job_and_its_children_within_five_seconds(tmp_path, how):
    pids = tmp_path / "pids"
    run = Run(tmp_path / "jobs", how, pids, cancel_on=ProgressEvent)
    assert run.error().kind == "canceled"
    assert time.monotonic() - run.canceled_s < LIMIT_S
    wait_until(lambda: not any(is_alive(pid) for pid in noted_pids(pids)), 1)


def test_children_of_a_finished_job_are_ended(tmp_path):
    pids = tmp_path / "pids"
    assert Run(tmp_path / "jobs", "leave_child", pids)().outputs == {"answer": 42}
    wait_until(lambda: not any(is_alive(pid) for pid in noted_pids(pids)), 1)


def test_an_exception_of_the_listener_ends_the_engine(tmp_path):
    pids = tmp_path / "pids"
    run = Run(tmp_path / "jobs", "ignore_everything", pids)

    def fail(event):
        raise RuntimeError(event.event)

    with pytest.raises(RuntimeError):
        run_engine(run.job, ENGINE_PYTHON, run.folder, fail, lambda: False, PROGRAM)
    wait_until(lambda: not any(is_alive(pid) for pid in noted_pids(pids)), 1)


@pytest.mark.parametrize("how", ["ignore_everything", "hold_interpreter", "native_call"])
def test_the_engine_and_its_children_end_when_the_supervisor_is_killed(tmp_path, how):
    pids = tmp_path / "pids"
    command = [ENGINE_PYTHON, str(SUPERVISED / "parent.py"), how, str(pids), str(tmp_path / "jobs")]
    parent = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        engine, child = noted_pids(pids)
        assert is_alive(engine)
        assert is_alive(child)
    finally:
        parent.send_signal(signal.SIGKILL)
        parent.wait()
    wait_until(lambda: not is_alive(engine) and not is_alive(child))


def test_a_stop_from_elsewhere_ends_the_job(tmp_path):
    run = Run(tmp_path, "wait_politely")

    def stop(_event):
        assert is_live(run.folder.path)
        assert stop_live_job(run.folder.path)

    with pytest.raises(EngineError) as caught:
        run_engine(run.job, ENGINE_PYTHON, run.folder, stop, lambda: False, PROGRAM)
    assert caught.value.is_canceled
    assert not is_live(run.folder.path)
    assert not stop_live_job(run.folder.path)


def test_a_job_is_paused_and_goes_on(tmp_path):
    run = Run(tmp_path, "wait_politely")
    steps = []

    def listen(event):
        if isinstance(event, ProgressEvent):
            steps.append(event.fraction)
            if len(steps) == 2:
                assert pause_live_job(run.folder.path, is_paused=True)

    def is_still():
        n_steps = len(steps)
        time.sleep(1.0)
        return len(steps) == n_steps

    def drive():
        try:
            wait_until(lambda: len(steps) >= 2 and is_paused(run.folder.path))
            wait_until(is_still)
            n_steps = len(steps)
            pause_live_job(run.folder.path, is_paused=False)
            wait_until(lambda: len(steps) > n_steps + 2)
            pause_live_job(run.folder.path, is_paused=True)
            wait_until(is_still)
        finally:
            # Cancelling ends a pause; nothing else would.
            stop_live_job(run.folder.path)

    driver = ThreadPoolExecutor(1)
    driven = driver.submit(drive)
    with pytest.raises(EngineError) as caught:
        run_engine(run.job, ENGINE_PYTHON, run.folder, listen, lambda: False, PROGRAM)
    driven.result()
    driver.shutdown()
    assert caught.value.is_canceled
    assert not is_paused(run.folder.path)
    assert not pause_live_job(run.folder.path, is_paused=True)


def test_two_engines_at_once(tmp_path):
    results = []
    runs = [Run(tmp_path, "print_much") for _ in range(2)]
    threads = [threading.Thread(target=lambda run=run: results.append(run().outputs)) for run in runs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [{"answer": 42}] * 2


def test_odd_folder_names(tmp_path):
    assert Run(tmp_path / "dossier d'été (1)", "succeed")().outputs == {"answer": 42}


def test_the_guardian_ends_with_the_engine(tmp_path):
    run = Run(tmp_path, "succeed")
    run()
    mark = str(run.folder.job).encode()
    wait_until(lambda: not any(mark in command for command in all_commands()))


def all_commands():
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            yield path.read_bytes()
        except OSError:
            continue


def test_no_python_there(tmp_path):
    error = Run(tmp_path, "succeed").error(str(tmp_path / "nowhere" / "python"))
    assert error.kind == "not_started"
    assert "There is no Python at" in error.message


def script(path, text, mode=0o755):
    path.write_text(text, encoding="utf-8")
    path.chmod(mode)
    return str(path)


def test_a_python_that_may_not_be_run(tmp_path):
    error = Run(tmp_path, "succeed").error(script(tmp_path / "python", "#!/bin/sh\n", 0o644))
    assert error.kind == "not_started"
    assert "not a program that you may run" in error.message


def test_a_file_that_is_no_program(tmp_path):
    error = Run(tmp_path, "succeed").error(script(tmp_path / "python", "\x00\x01 nothing"))
    assert error.kind == "not_started"
    assert "not a program for this computer" in error.message


def test_a_program_that_is_no_python(tmp_path):
    error = Run(tmp_path, "succeed").error(script(tmp_path / "python", "#!/bin/sh\nexit 0\n"))
    assert error.kind == "protocol"
    assert "not CropSample's engine" in error.message


def test_qgis_itself_is_never_started(tmp_path):
    mark = tmp_path / "started"
    error = Run(tmp_path, "succeed").error(script(tmp_path / "qgis-bin.exe", f"#!/bin/sh\ntouch {mark}\n"))
    assert error.kind == "not_started"
    assert "QGIS itself" in error.message
    assert not mark.exists()


def test_an_old_python_says_so(tmp_path):
    text = f"""#!/bin/sh
exec {ENGINE_PYTHON} -c "
import sys
sys.version_info = (3, 9, 0)
sys.argv = ['jobs', 'run', '$5', '--supervised']
import runpy
sys.path.insert(0, '{SUPERVISED.parents[2]}')
runpy.run_path('{SUPERVISED.parents[2]}/cropsample_plugin/jobs/__main__.py', run_name='__main__')
"
"""
    text = text.replace("'$5'", "'$6'")
    error = Run(tmp_path, "succeed").error(script(tmp_path / "python", text))
    assert error.kind == "python_version", error.details
    assert "3.11 or newer" in error.message


@pytest.mark.parametrize(
    "complaint",
    [
        "Unknown option: -I",
        "SyntaxError: future feature annotations is not defined",
        "ImportError: cannot import name 'Protocol' from 'typing' (/usr/lib/python3.7/typing.py)",
    ],
    ids=["2.7", "3.6", "3.7"],
)
def test_a_very_old_python_says_so(tmp_path, complaint):
    text = f'#!/bin/sh\necho "{complaint}" >&2\nexit 1\n'
    error = Run(tmp_path, "succeed").error(script(tmp_path / "python", text))
    assert error.kind == "python_version"


@pytest.mark.parametrize("version", ["2.7", "3.6", "3.7", "3.8", "3.9", "3.10"])
def test_old_pythons_of_this_machine_say_so(tmp_path, version):
    candidates = [*Path.home().glob(f".pyenv/versions/{version}.*/bin/python"), Path(f"/usr/bin/python{version}")]
    python = next((str(path) for path in candidates if path.is_file()), "")
    if not python:
        pytest.skip(f"there is no Python {version} here")
    job = Job("probe", {})
    with pytest.raises(EngineError) as caught:
        run_engine(job, python, new_job_folder(job, tmp_path), lambda _event: None, lambda: False)
    assert caught.value.kind == "python_version"


def test_another_protocol_is_refused_by_the_engine(tmp_path):
    run = Run(tmp_path, "succeed")
    object.__setattr__(run.job, "protocol_version", 99)
    error = run.error()
    assert error.kind == "protocol"
    assert "99" in error.message


@pytest.mark.parametrize(
    ("status", "kind"), [(0xC0000005, "crash"), (-1073741819, "crash"), (0xC0000135, "missing_package"), (-4, "crash")]
)
def test_exit_statuses_of_windows_and_signals(status, kind):
    error = exit_analysis.explain_exit(exit_analysis.EngineExit(status, "", "engine.log"))
    assert error.kind == kind
    assert error.remedy


def test_oom_kills_are_counted_on_linux():
    if not Path("/proc/vmstat").is_file():
        pytest.skip("not Linux")
    assert exit_analysis.count_oom_kills() is not None
