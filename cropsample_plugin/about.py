"""Where this installation lives and which version it is; standard library only, used by both processes."""

from __future__ import annotations

import configparser
from functools import lru_cache
from pathlib import Path

PACKAGE_FOLDER = Path(__file__).resolve().parent


def installation_path(name: str) -> Path:
    """Return the path of a shipped file or folder such as ``metadata.txt`` or ``resources/icons``.

    The installable zip holds these beside the modules, a development checkout one folder up.
    """
    shipped = PACKAGE_FOLDER / name
    return shipped if shipped.exists() else PACKAGE_FOLDER.parent / name


@lru_cache(maxsize=1)
def plugin_version() -> str:
    """Return the version stated in ``metadata.txt``, the only place that states it."""
    metadata = configparser.ConfigParser(interpolation=None)
    metadata.read(installation_path("metadata.txt"), encoding="utf-8")
    return metadata.get("general", "version", fallback="unknown")
