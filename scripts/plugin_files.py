"""Which files make up the installed plugin; the one list that packaging, linking and the demo share."""

from __future__ import annotations

import configparser
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
NAME = "cropsample_plugin"
PACKAGE = ROOT / NAME
BESIDE_MODULES = ("metadata.txt", "LICENSE", "CHANGELOG.md", "resources", "i18n", "requirements/engine.lock")


def plugin_version() -> str:
    """Return the version stated in metadata.txt."""
    metadata = configparser.ConfigParser(interpolation=None)
    metadata.read(ROOT / "metadata.txt", encoding="utf-8")
    return metadata["general"]["version"]


def link_plugin(folder: Path) -> Path:
    """Fill ``folder/cropsample_plugin`` with links to the sources, so that QGIS finds the plugin there.

    Where the system allows no links (Windows without developer mode) files are copied; link again after a change.
    """
    target = folder / NAME
    target.mkdir(parents=True, exist_ok=True)
    for old in target.iterdir():
        if old.is_symlink():
            old.unlink()
    for source in PACKAGE.iterdir():
        if source.name != "__pycache__":
            _link(source, target / source.name)
    for name in BESIDE_MODULES:
        if (ROOT / name).exists():
            (target / name).parent.mkdir(exist_ok=True)
            _link(ROOT / name, target / name)
    return target


def _link(source: Path, target: Path) -> None:
    if target.is_symlink():
        target.unlink()
    try:
        target.symlink_to(source, target_is_directory=source.is_dir())
    except OSError:
        _copy(source, target)


def _copy(source: Path, target: Path) -> None:
    if source.is_dir():
        target.mkdir(exist_ok=True)
        for child in source.iterdir():
            if child.name != "__pycache__":
                _copy(child, target / child.name)
    else:
        target.write_bytes(source.read_bytes())
