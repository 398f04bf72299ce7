"""The rooms and the directions of import, proved on the syntax trees and by blocking packages."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "cropsample_plugin"
QGIS_PACKAGES = {"qgis", "PyQt5", "PyQt6", "osgeo"}
ENGINE_PACKAGES = {
    "torch",
    "sklearn",
    "minisom",
    "rasterio",
    "skimage",
    "scipy",
    "pyogrio",
    "geopandas",
    "pandas",
    "dask",
    "shapely",
    "joblib",
    "jinja2",
    "skops",
    "safetensors",
    "numba",
}
SHARED = {"cropsample_plugin.jobs.protocol", "cropsample_plugin.about"}
ALLOWED_ROOMS = {
    "engine": {"engine", "about"},
    "jobs": {"jobs", "engine", "about"},
    "bridge": {"bridge", "about"},
    "algorithms": {"algorithms", "bridge", "about"},
    "gui": {"gui", "bridge", "about"},
    "plugin": {"plugin", "gui", "algorithms", "bridge", "about"},
    "about": set(),
    "__init__": {"plugin"},
}
TOPIC_ORDER = ["timeseries", "sampling", "labels", "active", "models", "mapping", "accuracy"]
TOPIC_RANK = {
    "timeseries": 0,
    "sampling": 1,
    "labels": 1,
    "active": 1,
    "models": 2,
    "mapping": 3,
    "accuracy": 4,
}
MODULES = sorted(PACKAGE.rglob("*.py"))


def module_name(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported_names(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            names.add(node.module or "")
            names.update(f"{node.module}.{alias.name}" for alias in node.names)
    return names


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


@pytest.mark.parametrize("path", MODULES, ids=module_name)
def test_packages_stay_on_their_side(path):
    top_level = {name.split(".")[0] for name in imported_names(path)}
    forbidden = QGIS_PACKAGES if room_of(path) in {"engine", "jobs", "about"} else ENGINE_PACKAGES
    assert not top_level & forbidden
    assert not top_level & {"PyQt5", "PyQt6"}, "Qt is imported through qgis.PyQt"


@pytest.mark.parametrize("path", MODULES, ids=module_name)
def test_rooms_import_one_way(path):
    for name in imported_names(path):
        if not name.startswith("cropsample_plugin."):
            continue
        if any(name == shared or name.startswith(shared + ".") for shared in SHARED):
            continue
        assert name.split(".")[1] in ALLOWED_ROOMS[room_of(path)], f"{module_name(path)} imports {name}"


@pytest.mark.parametrize("path", sorted((PACKAGE / "engine").rglob("*/*.py")), ids=module_name)
def test_engine_topics_import_downwards(path):
    topic = path.relative_to(PACKAGE / "engine").parts[0]
    for name in imported_names(path):
        parts = name.split(".")
        if name.startswith("cropsample_plugin.engine.") and parts[2] in TOPIC_RANK and parts[2] != topic:
            assert TOPIC_RANK[parts[2]] < TOPIC_RANK[topic], f"{module_name(path)} imports {name}"


@pytest.mark.parametrize("path", MODULES, ids=module_name)
def test_modules_have_a_subject(path):
    assert path.stem not in {"utils", "helpers", "common", "misc", "manager"}


def run_blocked(blocked: set[str], statement: str) -> subprocess.CompletedProcess[str]:
    program = f"""
import importlib.abc, sys
class Blocker(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.split('.')[0] in {blocked!r}:
            raise ImportError('blocked: ' + name)
sys.meta_path.insert(0, Blocker())
{statement}
"""
    return subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, cwd=PACKAGE.parent, check=False, timeout=120
    )


def test_engine_and_jobs_import_with_qgis_blocked():
    names = [module_name(path) for path in MODULES if room_of(path) in {"engine", "jobs"}]
    names.remove("cropsample_plugin.jobs.__main__")
    done = run_blocked(QGIS_PACKAGES, f"import importlib\nfor name in {names!r}: importlib.import_module(name)")
    assert done.returncode == 0, done.stderr


def test_protocol_needs_only_the_standard_library():
    done = run_blocked({"numpy"} | ENGINE_PACKAGES | QGIS_PACKAGES, "import cropsample_plugin.jobs.protocol")
    assert done.returncode == 0, done.stderr


def test_job_modules_without_torch_load_with_torch_blocked():
    statement = (
        "import importlib\n"
        "from cropsample_plugin.jobs.registry import JOBS\n"
        "for name in JOBS.values(): importlib.import_module(name)"
    )
    done = run_blocked({"torch"}, statement)
    assert done.returncode == 0, done.stderr
