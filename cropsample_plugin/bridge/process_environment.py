"""The environment variables of the engine: those of QGIS without what would poison another Python; standard library.

QGIS points Python, GDAL, PROJ and the dynamic linker at its own files. The engine's wheels bring their own
GDAL and PROJ and break when they read another version's data or libraries. Proxies, certificates, CUDA,
locale and folders of the user stay.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Dict, List, Mapping, Optional, Sequence

_DROPPED_NAMES = frozenset(
    {
        "GDAL_DATA",
        "GDAL_DRIVER_PATH",
        "GDAL_PYTHON_DRIVER_PATH",
        "OGR_DRIVER_PATH",
        "GEOTIFF_CSV",
        "PROJ_LIB",
        "PROJ_DATA",
        "PROJ_USER_WRITABLE_DIRECTORY",
        "OSGEO4W_ROOT",
        "LD_PRELOAD",
        "OPENSSL_ENGINES",
        "OPENSSL_MODULES",
        "MPLBACKEND",
        "VIRTUAL_ENV",
        "PIP_PREFIX",
        "PIP_REQUIRE_HASHES",
        "PIP_TARGET",
        "PIP_USER",
        "__PYVENV_LAUNCHER__",
    }
)
_DROPPED_PREFIXES = ("PYTHON", "QT_", "QGIS_", "DYLD_", "CONDA_", "GRASS_", "GISBASE")
_SEARCH_PATHS = ("PATH", "LD_LIBRARY_PATH")
_QGIS_FOLDER_MARKS = ("qgis", "osgeo4w")


def engine_environment(
    python: str, inherited: Optional[Mapping[str, str]] = None, qgis_folders: Sequence[str] = ()
) -> Dict[str, str]:
    """Return the environment to start an engine's Python in.

    Args:
        python: the engine's interpreter; a conda one gets its own GDAL and PROJ data folders back.
        inherited: the environment of QGIS; the current one when None.
        qgis_folders: folders of the QGIS installation, removed from the search paths of programs and libraries.
    """
    source = os.environ if inherited is None else inherited
    environment = {name: value for name, value in source.items() if not _is_dropped(name)}
    for name in _SEARCH_PATHS:
        if name in environment:
            environment[name] = _without_qgis(environment[name], qgis_folders)
            if not environment[name]:
                del environment[name]
    environment.update(_conda_variables(Path(python), environment.get("PATH", "")))
    environment["MPLBACKEND"] = "Agg"
    return environment


def _is_dropped(name: str) -> bool:
    upper = name.upper()
    return upper in _DROPPED_NAMES or upper.startswith(_DROPPED_PREFIXES)


def _without_qgis(search_path: str, qgis_folders: Sequence[str]) -> str:
    kept = [entry for entry in search_path.split(os.pathsep) if entry and not _belongs_to_qgis(entry, qgis_folders)]
    return os.pathsep.join(kept)


def _belongs_to_qgis(entry: str, qgis_folders: Sequence[str]) -> bool:
    normal = os.path.normcase(os.path.normpath(entry))
    if any(mark in normal.lower() for mark in _QGIS_FOLDER_MARKS):
        return True
    inside = (os.path.normcase(os.path.normpath(folder)) for folder in qgis_folders if folder)
    return any(normal == folder or normal.startswith(folder + os.sep) for folder in inside)


def _conda_variables(python: Path, search_path: str) -> Dict[str, str]:
    """Return what activating the interpreter's conda environment would set, as far as the engine needs it."""
    is_windows = sys.platform == "win32"
    prefix = python.parent if is_windows else python.parent.parent
    if not (prefix / "conda-meta").is_dir():
        return {}
    library = prefix / "Library" if is_windows else prefix
    programs = [prefix, library / "bin", prefix / "Scripts"] if is_windows else [prefix / "bin"]
    variables = {"PATH": os.pathsep.join(_texts(programs) + ([search_path] if search_path else []))}
    for name, folder in (("GDAL_DATA", library / "share" / "gdal"), ("PROJ_DATA", library / "share" / "proj")):
        if folder.is_dir():
            variables[name] = str(folder)
    return variables


def _texts(paths: Sequence[Path]) -> List[str]:
    return [str(path) for path in paths]
