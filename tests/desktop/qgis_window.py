"""Start a real QGIS window on a virtual display, with a profile of its own, and let a script drive it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SCREEN = "1600x900x24"
ANSWER_FILE = "answer.json"

# Dialogs, news, other plugins and version checks of a first start would cover what the test looks at.
SETTINGS = """[PythonPlugins]
cropsample_plugin=true
processing=true
db_manager=false
MetaSearch=false
grassprovider=false
sagaprovider=false
otbprovider=false

[Plugins]
libgeometry_checkerplugin=false
libtopolplugin=false

[app]
projections\\unknownCrsBehavior=NoAction

[core]
NewsFeed\\httpsfeedqgisorg\\disabled=true

[qgis]
checkVersion=false
firstRunVersion=99999
newProject\\projectDefault=false
enableMacros=Never
iconSize=22
askToSaveProjectChanges=false

[UI]
locale\\userLocale=en
"""


def can_open_window() -> bool:
    """Return True where QGIS, a virtual display and ImageMagick are installed."""
    return all(shutil.which(program) for program in ("qgis", "Xvfb", "import"))


@contextmanager
def virtual_display(screen: str = SCREEN):
    """Yield the name of a display of our own."""
    read_end, write_end = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write_end), "-screen", "0", screen, "-nolisten", "tcp"],
        pass_fds=[write_end],
        stderr=subprocess.DEVNULL,
    )
    os.close(write_end)
    try:
        with os.fdopen(read_end) as stream:
            number = stream.readline().strip()
        yield f":{number}"
    finally:
        server.terminate()
        server.wait(10)


def make_profile(folder: Path, more_settings: str = "") -> Path:
    """Make a profiles folder whose default profile has the plugin linked and enabled; return it.

    Args:
        folder: where it is made.
        more_settings: lines for QGIS's settings, of the group UI unless they begin another one.
    """
    from plugin_files import NAME, link_plugin

    profile = folder / "profiles" / "default"
    (profile / "QGIS").mkdir(parents=True)
    (profile / "QGIS" / "QGIS3.ini").write_text(SETTINGS + more_settings, encoding="utf-8")
    plugins = profile / "python" / "plugins"
    plugins.mkdir(parents=True)
    (plugins / NAME).symlink_to(link_plugin(folder / "link"), target_is_directory=True)
    return folder


def drive(script: Path, folder: Path, display: str, facts: dict, timeout_s: float = 240.0) -> dict:
    """Run QGIS with a script that drives it; return what it answered, and QGIS's exit status, None if it hung.

    Args:
        script: runs inside QGIS; reads ``facts`` and writes `ANSWER_FILE`.
        folder: profiles folder, also where the answer and the pictures go.
        display: name of the X display.
        facts: what the script needs to know, plain JSON.
        timeout_s: when to give up.
    """
    facts_file = folder / "facts.json"
    facts_file.write_text(json.dumps({**facts, "folder": str(folder)}), encoding="utf-8")
    environment = {
        **os.environ,
        "DISPLAY": display,
        "QT_QPA_PLATFORM": "xcb",
        "CROPSAMPLE_DESKTOP_FACTS": str(facts_file),
        "CROPSAMPLE_DESKTOP_SCRIPTS": str(Path(__file__).resolve().parent),
        "LC_ALL": "C.UTF-8",
    }
    log = folder / "qgis.log"
    with log.open("wb") as stream:
        process = subprocess.Popen(
            ["qgis", "--nologo", "--noversioncheck", "--profiles-path", str(folder), "--code", str(script)],
            env=environment,
            stdout=stream,
            stderr=stream,
        )
        try:
            _wait(process, folder / ANSWER_FILE, log, timeout_s)
        finally:
            status = process.poll()
            if status is None:
                time.sleep(0.5)
                process.kill()
            process.wait(10)
    answer = folder / ANSWER_FILE
    if not answer.is_file():
        raise AssertionError(f"QGIS gave no answer:\n{log.read_text(encoding='utf-8', errors='replace')[-4000:]}")
    return {**json.loads(answer.read_text(encoding="utf-8")), "exit_status": status}


def _wait(process: subprocess.Popen, answer: Path, log: Path, timeout_s: float) -> None:
    """Wait for the answer, then for QGIS to close by itself; a script that cannot even be read is not waited for."""
    deadline = time.monotonic() + timeout_s
    while time.monotonic() < deadline and process.poll() is None and not answer.is_file():
        time.sleep(0.2)
        if b"An error occurred during execution" in log.read_bytes():
            return
    deadline = time.monotonic() + 30.0
    while answer.is_file() and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.2)
