"""Write the installable zip and check it as the official QGIS plugin repository does.

The repository unpacks an upload and runs Bandit over all of it, ``detect-secrets scan --all-files`` (metadata.txt
excluded), flake8 with lines of 120 characters, and refuses executables and hidden files
(qgis/QGIS-Plugins-Website, qgis-app/plugins/security_scanner.py and validator.py, read in 2026).
"""

from __future__ import annotations

import configparser
import json
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from plugin_files import BESIDE_MODULES, NAME, PACKAGE, ROOT, plugin_version

LARGEST_ZIP_BYTES = 25 * 1024 * 1024
FIXED_TIME = (2024, 1, 1, 0, 0, 0)
REQUIRED_METADATA = (
    "name",
    "description",
    "about",
    "version",
    "qgisMinimumVersion",
    "author",
    "email",
    "tracker",
    "repository",
)
REFUSED_SUFFIXES = {
    ".pyc",
    ".pyo",
    ".so",
    ".dll",
    ".pyd",
    ".exe",
    ".dylib",
    ".bat",
    ".sh",
    ".ps1",
    ".cmd",
    ".zip",
    ".whl",
}
# B404 is off in the repository. B603 is a warning there: an engine started with a list of arguments is our design.
BANDIT_SKIPS = "B404,B603"
# QGIS hands iface to classFactory and to the plugin object; QGS105 means every other place.
FLAKE8_EXCEPTIONS = f"{NAME}/__init__.py:QGS105,{NAME}/plugin.py:QGS105"


def main() -> int:
    """Build, check, and return the exit status."""
    archive = build_zip(ROOT / "dist")
    print(f"{archive.relative_to(ROOT)}: {archive.stat().st_size / 1024:.0f} KiB")
    problems = check_zip(archive)
    for problem in problems:
        print(f"PROBLEM: {problem}")
    print("The package passes the checks of the QGIS repository." if not problems else "The package was refused.")
    return 1 if problems else 0


def build_zip(folder: Path) -> Path:
    """Write ``cropsample_plugin-<version>.zip``; the same sources give the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    archive = folder / f"{NAME}-{plugin_version()}.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as target:
        for source, name in sorted(packaged_files(), key=lambda item: item[1]):
            entry = zipfile.ZipInfo(f"{NAME}/{name}", FIXED_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o100644 << 16
            target.writestr(entry, source.read_bytes())
    return archive


def packaged_files() -> Iterator[tuple[Path, str]]:
    """Yield every file of the installed plugin with its place in the plugin's folder."""
    for path in PACKAGE.rglob("*"):
        if path.is_file() and "__pycache__" not in path.parts:
            yield path, path.relative_to(PACKAGE).as_posix()
    for name in BESIDE_MODULES:
        source = ROOT / name
        if not source.exists():
            continue
        for path in source.rglob("*") if source.is_dir() else [source]:
            # Translators need the .ts files, users only the compiled ones.
            if path.is_file() and path.suffix != ".ts":
                yield path, path.relative_to(ROOT).as_posix()


def check_zip(archive: Path) -> list[str]:
    """Return everything the repository would object to."""
    problems = []
    if archive.stat().st_size > LARGEST_ZIP_BYTES:
        problems.append(f"the zip has {archive.stat().st_size} bytes, 25 MiB are allowed")
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(archive) as source:
        problems += _check_names(source.namelist())
        source.extractall(folder)
        for check in CHECKS:
            problems += check(Path(folder))
    return problems


def _check_names(names: list[str]) -> list[str]:
    problems = [f"{name}: this type of file is not allowed" for name in names if Path(name).suffix in REFUSED_SUFFIXES]
    problems += [f"{name}: hidden files are not allowed" for name in names if Path(name).name.startswith(".")]
    problems += [f"{name}: tests do not belong into the package" for name in names if "/tests/" in name]
    needed = ("__init__.py", "metadata.txt", "LICENSE", "requirements/engine.lock")
    return problems + [f"{name} is missing" for name in needed if f"{NAME}/{name}" not in names]


def check_metadata(folder: Path) -> list[str]:
    """Check the manifest: everything that is required, and an icon that is there."""
    metadata = configparser.ConfigParser(interpolation=None)
    metadata.read(folder / NAME / "metadata.txt", encoding="utf-8")
    general = metadata["general"]
    problems = [f"metadata.txt lacks {name}" for name in REQUIRED_METADATA if not general.get(name)]
    if "plugin" in general.get("name", "").lower():
        problems.append("metadata.txt: the name must not say 'plugin'")
    if not (folder / NAME / general.get("icon", "no icon")).is_file():
        problems.append(f"metadata.txt names an icon that is not there: {general.get('icon')}")
    return problems


def check_bandit(folder: Path) -> list[str]:
    """Run Bandit over the unpacked plugin."""
    output = _output_of("bandit", ["-r", ".", "-f", "json", "--quiet", "--skip", BANDIT_SKIPS], folder)
    report = json.loads(output)
    found = [
        f"{item['filename']}:{item['line_number']}: {item['test_id']} {item['issue_text']}"
        for item in report["results"]
    ]
    return found + [f"Bandit could not read {item['filename']}: {item['reason']}" for item in report["errors"]]


def check_hidden_strings(folder: Path) -> list[str]:
    """Run detect-secrets over the unpacked plugin."""
    output = _output_of("detect_secrets", ["scan", "--all-files", "--exclude-files", r"metadata\.txt", "."], folder)
    results = json.loads(output)["results"]
    return [f"{name}:{item['line_number']}: {item['type']}" for name, items in results.items() for item in items]


def check_flake8(folder: Path) -> list[str]:
    """Run flake8 with the QGIS rules over the unpacked plugin."""
    arguments = [
        "--isolated",
        "--max-line-length=120",
        "--extend-ignore=E203",
        f"--per-file-ignores={FLAKE8_EXCEPTIONS}",
        ".",
    ]
    return _output_of("flake8", arguments, folder).splitlines()


CHECKS: tuple[Callable[[Path], list[str]], ...] = (check_metadata, check_bandit, check_hidden_strings, check_flake8)


def _output_of(tool: str, arguments: list[str], folder: Path) -> str:
    """Return what a tool prints; status 1 means that it found something, more that it could not work."""
    done = subprocess.run(
        [sys.executable, "-m", tool, *arguments], cwd=folder, capture_output=True, text=True, check=False
    )
    if done.returncode > 1 or (done.returncode == 1 and not done.stdout):
        sys.exit(f"{tool} could not run: {done.stderr}")
    return done.stdout


if __name__ == "__main__":
    sys.exit(main())
