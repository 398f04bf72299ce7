"""The installable zip: what is inside, that the QGIS repository's checks pass, and that they would notice."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = ROOT / "scripts"
NAME = "cropsample_plugin"


@pytest.fixture(scope="module")
def package():
    sys.path.insert(0, str(SCRIPTS))
    try:
        import package

        yield package
    finally:
        sys.path.remove(str(SCRIPTS))


@pytest.fixture(scope="module")
def archive(package, tmp_path_factory):
    return package.build_zip(tmp_path_factory.mktemp("dist"))


def entries(archive):
    with zipfile.ZipFile(archive) as source:
        return source.namelist()


def test_everything_a_user_needs_is_inside(archive):
    names = set(entries(archive))
    for name in (
        "__init__.py",
        "metadata.txt",
        "LICENSE",
        "requirements/engine.lock",
        "resources/icons/cropsample.png",
    ):
        assert f"{NAME}/{name}" in names
    for module in (ROOT / NAME).rglob("*.py"):
        assert f"{NAME}/{module.relative_to(ROOT / NAME).as_posix()}" in names
    for compiled in (ROOT / "i18n").glob("*.qm"):
        assert f"{NAME}/i18n/{compiled.name}" in names


def test_nothing_else_is_inside(archive):
    names = entries(archive)
    assert all(name.startswith(f"{NAME}/") for name in names)
    assert not [name for name in names if name.endswith((".pyc", ".so", ".dll", ".ts")) or "tests" in name]
    assert archive.stat().st_size < 25 * 1024 * 1024


def test_same_sources_same_bytes(package, archive, tmp_path):
    assert package.build_zip(tmp_path).read_bytes() == archive.read_bytes()


def test_checks_of_the_repository_pass(package, archive):
    assert package.check_zip(archive) == []


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("loader.py", "import pickle\nmodel = pickle.load(open('model.pkl', 'rb'))\n", "B301"),
        ("runner.py", "def run(text):\n    return eval(text)\n", "B307"),
        ("network.py", 'aws = "AKIAIOSFODNN7EXAMPLF"\n', "AWS"),
        ("layer.py", "from PyQt5.QtCore import Qt\n\n_ = Qt\n", "QGS"),
        ("fast.so", "", "not allowed"),
        (".hidden", "", "hidden"),
    ],
)
def test_checks_would_notice(package, archive, tmp_path, name, content, expected):
    bad = tmp_path / archive.name
    with zipfile.ZipFile(archive) as source, zipfile.ZipFile(bad, "w") as target:
        target.writestr(f"{NAME}/metadata.txt", source.read(f"{NAME}/metadata.txt"))
        target.writestr(f"{NAME}/{name}", content)
    problems = package.check_zip(bad)
    assert any(expected in problem and name in problem for problem in problems), problems


def test_link_makes_the_plugin_appear_in_a_profile(tmp_path):
    for _ in range(2):
        done = subprocess.run(
            [sys.executable, SCRIPTS / "link.py", tmp_path], capture_output=True, text=True, check=False, timeout=60
        )
        assert done.returncode == 0, done.stderr
    plugin = tmp_path / "python" / "plugins" / NAME
    assert (plugin / "metadata.txt").read_text(encoding="utf-8") == (ROOT / "metadata.txt").read_text(encoding="utf-8")
    assert (plugin / "engine" / "errors.py").is_file()
    assert (plugin / "requirements" / "engine.lock").is_file()


def test_link_leaves_an_installed_plugin_alone(tmp_path):
    installed = tmp_path / "python" / "plugins" / NAME
    installed.mkdir(parents=True)
    (installed / "metadata.txt").write_text("installed", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, SCRIPTS / "link.py", tmp_path], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 1
    assert "installed plugin" in done.stderr
    assert (installed / "metadata.txt").read_text(encoding="utf-8") == "installed"
