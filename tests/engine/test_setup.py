"""scripts/setup.sh on machines that lack this or that, with apt-get, sudo and Python played by small scripts."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TOOLS = ("bash", "cat", "cksum", "dirname", "env", "grep", "mkdir", "mktemp", "rm", "tail", "true", "uname")

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a shell script for Unix")

PYTHON = """#!/bin/sh
echo "$(basename "$(dirname "$(dirname "$0")")")/python $*" >> "$LOG"
case "$*" in
  "-m venv "*) for target in "$@"; do :; done; mkdir -p "$target/bin"; cp "$0" "$target/bin/python" ;;
  *+cpu) case "$*" in *--index-url*) ;; *) exit ${TORCH_STATUS:-0} ;; esac ;;
  *version_info*) exit ${VERSION_STATUS:-0} ;;
  *version*cpu*) exit 1 ;;
  *"import qgis.core"*) exit ${QGIS_STATUS:-0} ;;
esac
"""
DPKG_QUERY = """#!/bin/sh
for name in "$@"; do
  case "$name" in
    -*) ;;
    *) case " $MISSING " in *" $name "*) ;; *) printf '%s=installed ' "$name" ;; esac ;;
  esac
done
"""


class Machine:
    """A checkout and a PATH that holds only what is put there."""

    def __init__(self, folder):
        self.checkout = folder / "checkout"
        self.tools = folder / "tools"
        self.log = folder / "log"
        self.environment = {"PATH": str(self.tools), "LOG": str(self.log), "HOME": str(folder)}
        (self.checkout / "scripts").mkdir(parents=True)
        shutil.copy(ROOT / "scripts" / "setup.sh", self.checkout / "scripts")
        shutil.copytree(ROOT / "requirements", self.checkout / "requirements")
        self.tools.mkdir()
        for name in (*TOOLS, "basename", "cp"):
            (self.tools / name).symlink_to(shutil.which(name))
        self.add("python3", PYTHON)
        self.environment["QGIS_PYTHON"] = str(self.tools / "python3")
        self.add("id", "#!/bin/sh\necho 0\n")
        self.add("apt-get", '#!/bin/sh\necho "apt-get $DEBIAN_FRONTEND $*" >> "$LOG"\n')
        self.add("dpkg-query", DPKG_QUERY)

    def add(self, name, script):
        path = self.tools / name
        path.write_text(script, encoding="utf-8")
        path.chmod(0o755)

    def setup(self, *arguments, **environment):
        """Run the script; return its exit status, what it said, and which commands it ran."""
        self.log.write_text("", encoding="utf-8")
        done = subprocess.run(
            [str(self.tools / "bash"), str(self.checkout / "scripts" / "setup.sh"), *arguments],
            env={**self.environment, **environment},
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
            stdin=subprocess.DEVNULL,
        )
        return done.returncode, done.stdout + done.stderr, self.log.read_text(encoding="utf-8").splitlines()


@pytest.fixture
def machine(tmp_path):
    return Machine(tmp_path)


def test_only_what_is_missing_is_installed(machine):
    status, said, ran = machine.setup(MISSING="xvfb xdotool")
    assert status == 0, said
    assert [line for line in ran if line.startswith("apt-get")] == [
        "apt-get  update",
        "apt-get noninteractive install -y --no-install-recommends xvfb xdotool",
    ]
    assert "installing system packages: xvfb xdotool" in said


def test_nothing_missing_calls_no_apt(machine):
    status, said, ran = machine.setup()
    assert status == 0, said
    assert not [line for line in ran if line.startswith("apt-get")]
    installs = [line for line in ran if "pip install" in line]
    assert [line.split("/")[0] for line in installs] == [".venv-qgis", ".venv-engine", ".venv-engine"]
    assert installs[2].endswith("-r requirements/engine.lock -r requirements/engine-dev.lock")


def test_second_run_does_nothing_and_is_quick(machine):
    machine.setup()
    started = time.monotonic()
    status, said, ran = machine.setup()
    assert status == 0, said
    assert time.monotonic() - started < 5
    assert not [line for line in ran if "pip" in line or "venv " in line]


def test_changed_lock_file_installs_again_into_the_same_environment(machine):
    machine.setup()
    with (machine.checkout / "requirements" / "engine.lock").open("a", encoding="utf-8") as lock:
        lock.write("another==1.0\n")
    _, said, ran = machine.setup()
    assert "installing the engine's packages" in said
    assert not [line for line in ran if "venv --clear" in line]


def test_broken_environment_is_made_again(machine):
    machine.setup()
    (machine.checkout / ".venv-engine" / "bin" / "python").unlink()
    _, _, ran = machine.setup()
    assert [line for line in ran if "venv --clear .venv-engine" in line]


def test_without_root_it_says_what_to_run(machine):
    machine.add("id", "#!/bin/sh\necho 1000\n")
    machine.add("sudo", "#!/bin/sh\nexit 1\n")
    status, said, ran = machine.setup(MISSING="xvfb")
    assert status == 1
    assert "apt-get install xvfb" in said
    assert not [line for line in ran if line.startswith("apt-get")]


def test_sudo_without_questions_is_used(machine):
    machine.add("id", "#!/bin/sh\necho 1000\n")
    machine.add("sudo", '#!/bin/sh\necho "sudo $1" >> "$LOG"\nshift\nexec "$@"\n')
    status, said, ran = machine.setup(MISSING="xvfb")
    assert status == 0, said
    assert "sudo -n" in ran
    assert [line for line in ran if line.startswith("apt-get noninteractive install")]


def test_failing_apt_shows_what_it_said(machine):
    machine.add("apt-get", '#!/bin/sh\necho "E: no space left"\nexit 100\n')
    status, said, _ = machine.setup(MISSING="xvfb")
    assert status == 1
    assert "E: no space left" in said


def test_torch_falls_back_to_its_own_site(machine):
    (machine.tools / "uname").unlink()
    machine.add("uname", "#!/bin/sh\necho Linux\n")
    status, said, ran = machine.setup("engine", TORCH_STATUS="1")
    assert status == 0, said
    torch = [line for line in ran if line.endswith("+cpu")]
    assert len(torch) == 2
    assert "--index-url https://download.pytorch.org/whl/cpu" in torch[1]


def test_torch_is_the_plain_one_on_a_mac(machine):
    (machine.tools / "uname").unlink()
    machine.add("uname", "#!/bin/sh\necho Darwin\n")
    status, said, ran = machine.setup("engine")
    assert status == 0, said
    assert [line for line in ran if "--no-deps torch==" in line]
    assert not [line for line in ran if "+cpu" in line]


def test_other_systems_are_told_what_to_install(machine):
    (machine.tools / "apt-get").unlink()
    status, said, _ = machine.setup(QGIS_STATUS="1")
    assert status == 1
    assert "QGIS 3.22 or newer" in said
    assert "Fedora: dnf install qgis" in said


def test_other_systems_with_everything_go_on(machine):
    (machine.tools / "apt-get").unlink()
    machine.add("qgis_process", "#!/bin/sh\n")
    status, said, _ = machine.setup()
    assert status == 0, said


def test_too_old_python_is_said(machine):
    status, said, _ = machine.setup("engine", VERSION_STATUS="1")
    assert status == 1
    assert "no Python 3.11 to 3.14" in said
