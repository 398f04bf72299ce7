"""Make this checkout appear as a plugin in a QGIS profile: ``python3 scripts/link.py [profile folder]``."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from plugin_files import NAME, ROOT, link_plugin


def main(arguments: list[str]) -> int:
    """Link the plugin into the profile given, or into the default profile, and return the exit status."""
    profile = Path(arguments[0]).expanduser() if arguments else default_profile()
    built = link_plugin(ROOT / "build" / "link")
    place = profile / "python" / "plugins" / NAME
    if place.exists() and not place.is_symlink():
        print(f"{place} is an installed plugin; remove it in QGIS's plugin manager first.", file=sys.stderr)
        return 1
    place.parent.mkdir(parents=True, exist_ok=True)
    place.unlink(missing_ok=True)
    place.symlink_to(built, target_is_directory=True)
    print(f"{place} -> {built}\nEnable CropSample in QGIS: Plugins > Manage and Install Plugins > Installed.")
    return 0


def default_profile() -> Path:
    """Return the default profile of the newest QGIS that has been started here."""
    settings = {
        "win32": Path(os.environ.get("APPDATA", Path.home())) / "QGIS",
        "darwin": Path.home() / "Library" / "Application Support" / "QGIS",
    }.get(sys.platform, Path(os.environ.get("XDG_DATA_HOME", Path.home() / ".local" / "share")) / "QGIS")
    started = [settings / name for name in ("QGIS4", "QGIS3") if (settings / name).is_dir()]
    return (started or [settings / "QGIS3"])[0] / "profiles" / "default"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
