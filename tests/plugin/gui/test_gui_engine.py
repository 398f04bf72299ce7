"""The options page, the probe and the dialog that creates the engine."""

from __future__ import annotations

import sys

import pytest
from qgis.core import QgsSettings
from stand_ins import wait_for

from cropsample_plugin.bridge.engine_errors import EngineError
from cropsample_plugin.bridge.interpreters import Interpreter
from cropsample_plugin.bridge.settings import Settings, load_settings, save_settings
from cropsample_plugin.gui import create_engine_dialog, engine_state
from cropsample_plugin.gui.create_engine_dialog import CreateEngineDialog
from cropsample_plugin.gui.options_page import EngineOptionsFactory, EngineOptionsPage

ANSWER = {
    "python": "3.11.2",
    "executable": "/engine/bin/python",
    "versions": {"torch": "2.13.0", "numpy": "2.4.0"},
    "devices": ["cuda:0 H200", "cpu"],
    "problems": [],
}


@pytest.fixture(autouse=True)
def clean_settings(qgis_app, profile):
    QgsSettings().remove("cropsample")
    yield
    QgsSettings().remove("cropsample")


@pytest.fixture
def dialog(monkeypatch):
    monkeypatch.setattr(
        create_engine_dialog, "find_interpreters", lambda: [Interpreter("/usr/bin/python3.12", (3, 12))]
    )
    made = CreateEngineDialog()
    wait_for(lambda: made._search is None)
    yield made
    wait_for(lambda: made._call is None)
    made.deleteLater()


def test_page_says_what_is_missing():
    page = EngineOptionsPage()
    assert "not installed" in page.state_label.text()


def test_page_keeps_settings():
    save_settings(Settings(engine_python="/conda/bin/python", device="cuda", threads=3, memory_mb=2048, build="cuda"))
    page = EngineOptionsPage()
    assert page.settings() == load_settings()
    page.threads_spin.setValue(5)
    page.device_combo.setCurrentIndex(page.device_combo.findData("cpu"))
    page.apply()
    stored = load_settings()
    assert (stored.threads, stored.device, stored.engine_python) == (5, "cpu", "/conda/bin/python")
    assert stored.build == "cuda"


def test_own_environment_clears_the_named_python():
    save_settings(Settings(engine_python="/conda/bin/python"))
    page = EngineOptionsPage()
    page.python_combo.setCurrentIndex(0)
    page.apply()
    assert load_settings().engine_python == ""


def test_probe_shows_versions_and_devices(monkeypatch):
    save_settings(Settings(engine_python=sys.executable))
    monkeypatch.setattr(engine_state, "probe_engine", lambda _python: ANSWER)
    page = EngineOptionsPage()
    wait_for(lambda: "torch 2.13.0" in page.state_label.text())
    assert "cuda:0 H200" in page.state_label.text()


def test_probe_that_fails_is_told(monkeypatch):
    def fail(_python):
        raise EngineError("missing_package", "No package 'torch'.", "Create the engine again.")

    save_settings(Settings(engine_python=sys.executable))
    monkeypatch.setattr(engine_state, "probe_engine", fail)
    page = EngineOptionsPage()
    wait_for(lambda: "Create the engine again." in page.state_label.text())


def test_page_closed_during_a_probe_is_survived(monkeypatch):
    import threading

    gate = threading.Event()
    save_settings(Settings(engine_python=sys.executable))
    monkeypatch.setattr(engine_state, "probe_engine", lambda _python: gate.wait(5) and ANSWER)
    page = EngineOptionsPage()
    page.deleteLater()
    del page
    gate.set()
    from qgis.core import QgsApplication

    wait_for(lambda: QgsApplication.taskManager().countActiveTasks() == 0)


def test_own_catalogues_are_opened_with_an_example(monkeypatch):
    from cropsample_plugin.bridge.catalogue_names import catalogue_names, own_list_file
    from cropsample_plugin.gui import options_page

    opened = []
    monkeypatch.setattr(options_page.QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    page = EngineOptionsPage()
    page.catalogues_button.click()
    assert opened == [str(own_list_file())]
    assert "My catalogue" in catalogue_names()
    own_list_file().unlink()


def test_factory_makes_pages():
    assert isinstance(EngineOptionsFactory().createWidget(None), EngineOptionsPage)


def test_dialog_shows_the_exact_commands(dialog):
    text = dialog.output_view.toPlainText()
    assert text.startswith("/usr/bin/python3.12 -I -m venv")
    assert "--no-index" not in text
    dialog.wheel_widget.setFilePath("/wheels")
    assert "--no-index --find-links /wheels" in dialog.output_view.toPlainText()
    dialog.python_combo.setEditText("/opt/python3.13")
    assert dialog.output_view.toPlainText().startswith("/opt/python3.13")


def test_dialog_names_space_needed(dialog):
    assert "3 GB" in dialog.space_label.text()
    dialog.build_combo.setCurrentIndex(dialog.build_combo.findData("cuda"))
    assert "8 GB" in dialog.space_label.text()


def test_creation_runs_in_the_background(dialog, monkeypatch):
    def create(options, on_line, on_progress, _is_canceled):
        on_line("$ python -m venv")
        on_progress(0.5)
        return options.folder + "/bin/python"

    monkeypatch.setattr(create_engine_dialog, "create_environment", create)
    made = []
    dialog.created.connect(made.append)
    dialog.create_button.click()
    assert not dialog.create_button.isEnabled()
    wait_for(lambda: made)
    assert made[0].endswith("engine/bin/python")
    assert "$ python -m venv" in dialog.output_view.toPlainText()
    assert "ready" in dialog.message_label.text()


def test_creation_that_fails_says_what_to_do(dialog, monkeypatch):
    def create(*_arguments):
        raise EngineError("disk_full", "The engine needs about 3 GB.", "Free some space.")

    monkeypatch.setattr(create_engine_dialog, "create_environment", create)
    dialog.create_button.click()
    wait_for(lambda: "Free some space." in dialog.message_label.text())
    assert dialog.create_button.isEnabled()


def test_creation_is_cancelled_by_closing(dialog, monkeypatch):
    import time

    def create(_options, _on_line, _on_progress, is_canceled):
        while not is_canceled():
            time.sleep(0.01)
        raise EngineError("canceled", "Canceled.")

    monkeypatch.setattr(create_engine_dialog, "create_environment", create)
    dialog.create_button.click()
    dialog.reject()
    wait_for(lambda: dialog._call is None)
    assert dialog.create_button.isEnabled()
