"""Jobs run and replayed outside QGIS: ``python -m cropsample_plugin.jobs``."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cropsample_plugin.jobs.protocol import EXIT_CANCELED, EXIT_FAILED, EXIT_OK, Job, plain_value
from cropsample_plugin.jobs.records import RECORD_SUFFIX, write_records
from cropsample_plugin.jobs.registry import JobResult

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = Path(__file__).resolve().parent / "supervised" / "program.py"


def jobs(*arguments, program=("-m", "cropsample_plugin.jobs"), **options):
    command = [sys.executable, *program, *map(str, arguments)]
    return subprocess.run(
        command, capture_output=True, text=True, check=False, cwd=ROOT, encoding="utf-8", timeout=60, **options
    )


def write_job(folder, how="succeed", **fields):
    path = folder / "job.json"
    path.write_text(Job("misbehave", {"how": how}, **fields).to_json(), encoding="utf-8")
    return path


def run_program(*arguments, **options):
    return jobs(*arguments, program=(str(PROGRAM),), **options)


def test_the_jobs_are_listed():
    assert "probe" in jobs("list").stdout.split()


def test_a_result_goes_to_standard_output(tmp_path):
    done = run_program("run", write_job(tmp_path))
    assert done.returncode == EXIT_OK
    assert json.loads(done.stdout) == {"answer": 42}


def test_an_error_goes_to_standard_error_with_remedy(tmp_path):
    done = run_program("run", write_job(tmp_path, "deliberate"))
    assert done.returncode == EXIT_FAILED
    assert "ERROR (input): The field 'été' is empty. Fill it." in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize("text", [None, "", "{}", "[1]", '{"name": "probe", "parameters": {}, "protocol_version": 99}'])
def test_a_job_file_that_is_none_is_named(tmp_path, text):
    path = tmp_path / "job.json"
    if text is not None:
        path.write_text(text, encoding="utf-8")
    done = jobs("run", path)
    assert done.returncode == EXIT_FAILED
    assert str(path) in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("name", "parameters", "word"),
    [("nothing", {}, "nothing"), ("probe", {"colour": 1}, "colour"), ("misbehave", {}, "how")],
)
def test_wrong_names_and_parameters_are_named(tmp_path, name, parameters, word):
    path = tmp_path / "job.json"
    path.write_text(Job(name, parameters).to_json(), encoding="utf-8")
    done = run_program("run", path)
    assert done.returncode == EXIT_FAILED
    assert word in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="Ctrl+C by signal")
def test_control_c_asks_for_a_clean_stop(tmp_path):
    command = [sys.executable, str(PROGRAM), "run", str(write_job(tmp_path, "wait_politely"))]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert "waiting" in process.stderr.readline()
    start = time.monotonic()
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=10)
    assert process.returncode == EXIT_CANCELED
    assert "canceled" in errors
    assert time.monotonic() - start < 2.0


def test_a_record_is_a_job_that_runs_again(tmp_path):
    output = tmp_path / "map.tif"
    output.write_bytes(b"map")
    (tmp_path / "stack.vrt").write_bytes(b"stack")
    job = Job("misbehave", {"how": "succeed"}, "0.1.0", threads=2)
    result = JobResult({"score": float("nan")}, [str(output)], [str(tmp_path / "stack.vrt")])
    record = Path(write_records(job, result)[0])
    assert record.name == "map.tif" + RECORD_SUFFIX
    written = json.loads(record.read_text(encoding="utf-8"))
    assert written["inputs"][str(tmp_path / "stack.vrt")]["bytes"] == 5
    assert written["outputs"]["score"] != written["outputs"]["score"], "NaN survives"
    assert Job.from_json(record.read_text(encoding="utf-8")) == job
    assert json.loads(run_program("run", record).stdout) == {"answer": 42}


@pytest.mark.parametrize("changes", [{"threads": -1}, {"threads": "two"}, {"memory_mb": 1.5}, {"device": "tpu"}])
def test_a_job_with_impossible_settings_is_refused(tmp_path, changes):
    document = {**json.loads(Job("probe", {}).to_json()), **changes}
    (tmp_path / "job.json").write_text(json.dumps(document), encoding="utf-8")
    done = jobs("run", tmp_path / "job.json")
    assert done.returncode == EXIT_FAILED
    assert next(iter(changes)) in done.stderr


def test_values_of_arrays_become_plain():
    numpy = pytest.importorskip("numpy")
    value = {
        numpy.int64(3): numpy.float32(0.5),
        "array": numpy.arange(3),
        "flag": numpy.bool_(True),  # noqa: FBT003 - the value is the point
        "path": Path("a"),
        "date": numpy.datetime64("2020-01-02"),
    }
    assert plain_value(value) == {"3": 0.5, "array": [0, 1, 2], "flag": True, "path": "a", "date": "2020-01-02"}


def test_a_job_that_needs_no_torch_imports_none(tmp_path):
    program = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r})\n"
        "from cropsample_plugin.jobs.__main__ import main\n"
        "assert main(['list']) == 0\n"
        "heavy = {'torch', 'sklearn', 'numpy', 'rasterio'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    subprocess.run([sys.executable, "-I", "-c", program], check=True, cwd=tmp_path, capture_output=True)
