"""The zip as users get it: unpacked into a profile, the plugin is found, enabled and lists its algorithms."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
QGIS_PROCESS = shutil.which("qgis_process.bin") or shutil.which("qgis_process")


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """A fresh profile with the plugin unpacked into it; returns a function that runs qgis_process there."""
    if QGIS_PROCESS is None:
        pytest.skip("qgis_process is not on the PATH")
    folder = tmp_path_factory.mktemp("installed")
    sys.path.insert(0, str(ROOT / "scripts"))
    try:
        import package

        archive = package.build_zip(folder)
    finally:
        sys.path.remove(str(ROOT / "scripts"))
    profile = folder / "config" / "profiles" / "default"
    with zipfile.ZipFile(archive) as source:
        source.extractall(profile / "python" / "plugins")
    environment = {name: value for name, value in os.environ.items() if name != "CROPSAMPLE_PYTHON"}
    environment.update(QT_QPA_PLATFORM="offscreen", QGIS_CUSTOM_CONFIG_PATH=str(folder / "config"))
    environment.pop("QGIS_PLUGINPATH", None)

    def run(*arguments):
        # Another folder, so that nothing is imported from this checkout.
        return subprocess.run(
            [QGIS_PROCESS, *arguments],
            env=environment,
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )

    return run


def test_plugin_is_enabled_and_lists_its_algorithms_without_an_engine(installed):
    enabled = installed("plugins", "enable", "cropsample_plugin")
    assert "cropsample_plugin" in enabled.stdout, enabled.stdout + enabled.stderr
    assert "Traceback" not in enabled.stdout + enabled.stderr
    listed = installed("list").stdout
    for name in ("simulateregion", "buildtimeseries", "extracttimeseries", "trainclassifier", "predictmap"):
        assert f"cropsample:{name}" in listed


def test_algorithm_says_what_to_do_without_an_engine(installed):
    installed("plugins", "enable", "cropsample_plugin")
    said = installed("run", "cropsample:simulateregion", "--", "FOLDER=nowhere")
    assert "engine" in (said.stdout + said.stderr).lower()
