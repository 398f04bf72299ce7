"""This software and its work, brought to a cluster whose machines need not have it installed.

Everything here is sent as source and runs before the software is there: it imports nothing of it. ``distributed``
is imported inside functions, so that maps on one machine do without it.
"""

from __future__ import annotations

import hashlib
import importlib
import pickle  # nosec B403 - only of what this program sends to itself
import sys
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_PACKAGE = "cropsample_plugin"
_DIGEST_FILE = "shipped.sha256"


@dataclass(frozen=True)
class SourceCode:
    """The modules a worker needs: path inside the package to content, and the digest of all of them."""

    files: dict[str, bytes]
    digest: str


@dataclass(frozen=True)
class TileWork:
    """One kind of work, sent once to every worker.

    Attributes:
        name: tells it from other work on the same cluster.
        factory: ``module:function`` that makes the runner of tiles out of the payload.
        payload: the pickled argument of the factory: model, settings, paths.
    """

    name: str
    factory: str
    payload: bytes


def read_source(package: Path, metadata: Path) -> SourceCode:
    """Collect the engine and its jobs.

    Args:
        package: folder of the package.
        metadata: the file that states the version.
    """
    paths = [package / "__init__.py", package / "about.py"]
    for room in ("engine", "jobs"):
        paths += sorted((package / room).rglob("*.py"))
    files = {path.relative_to(package).as_posix(): path.read_bytes() for path in paths}
    files["metadata.txt"] = metadata.read_bytes()
    return SourceCode(files, _digest(files))


def _digest(files: dict[str, bytes]) -> str:
    digest = hashlib.sha256()
    for name in sorted(files):
        digest.update(name.encode() + b"\0" + files[name] + b"\0")
    return digest.hexdigest()


def install(code: SourceCode) -> None:
    """Make exactly this code importable in this process; another one that is loaded already is forgotten."""
    if _loaded_digest(code) == code.digest:
        return
    for name in [name for name in sys.modules if name == _PACKAGE or name.startswith(_PACKAGE + ".")]:
        del sys.modules[name]
    folder = Path(tempfile.mkdtemp(prefix="cropsample-"))
    for name, content in code.files.items():
        path = folder / _PACKAGE / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    (folder / _PACKAGE / _DIGEST_FILE).write_text(code.digest, encoding="ascii")
    sys.path.insert(0, str(folder))
    importlib.invalidate_caches()
    importlib.import_module(_PACKAGE)


def _loaded_digest(code: SourceCode) -> str:
    """Return the digest of the code that an import gives now, "" when there is none."""
    try:
        module = importlib.import_module(_PACKAGE)
    except ImportError:
        return ""
    if not module.__file__:
        return ""
    folder = Path(module.__file__).parent
    shipped = folder / _DIGEST_FILE
    if shipped.is_file():
        return shipped.read_text(encoding="ascii")
    found = {}
    for name in code.files:
        path = folder / name if (folder / name).is_file() else folder.parent / name
        found[name] = path.read_bytes() if path.is_file() else b""
    return _digest(found)


def make_worker_plugin(code: SourceCode, work: TileWork) -> Any:  # noqa: ANN401 - a class of distributed
    """Return what every worker, present or to come, gets once: the code and the work."""
    from distributed import WorkerPlugin

    class Tiles(WorkerPlugin):  # type: ignore[misc, unused-ignore]
        name = work.name
        idempotent = False

        def setup(self, worker: Any) -> None:  # noqa: ANN401, ARG002 - signature of distributed
            install(code)
            self.lock = threading.Lock()
            self.runner: Any = None

        def teardown(self, worker: Any) -> None:  # noqa: ANN401, ARG002 - signature of distributed
            close = getattr(self.runner, "close", None)
            if close is not None:
                close()

        def run(self, item: Any) -> Any:  # noqa: ANN401 - what the factory's runner takes and gives
            with self.lock:
                if self.runner is None:
                    module, function = work.factory.split(":")
                    factory = getattr(importlib.import_module(module), function)
                    self.runner = factory(pickle.loads(work.payload))  # noqa: S301 # nosec B301 - ours
            return self.runner(item)

    return Tiles()


def make_scheduler_plugin(code: SourceCode) -> Any:  # noqa: ANN401 - a class of distributed
    """Return what lets the scheduler read our tasks."""
    from distributed import SchedulerPlugin

    class Code(SchedulerPlugin):  # type: ignore[misc, unused-ignore]
        name = f"cropsample-code-{code.digest}"
        idempotent = True

        async def start(self, scheduler: Any) -> None:  # noqa: ANN401, ARG002 - signature of distributed
            install(code)

    return Code()


def describe_worker(modules: tuple[str, ...], files: tuple[str, ...], folder: str, token: str) -> dict[str, Any]:
    """Say what a worker has and sees; runs on the worker.

    Args:
        modules: packages to import.
        files: files that tiles read; names that are no plain paths are left to GDAL.
        folder: where finished tiles go, "" when they come back through the network.
        token: name of a file in that folder, by which a shared folder is known.
    """
    problems = []
    for name in modules:
        try:
            importlib.import_module(name)
        except Exception as error:  # noqa: BLE001 - a broken package can raise anything
            problems.append(f"the package {name} ({error})")
    unseen = [name for name in files if not Path(name).exists()]
    return {"problems": problems, "unseen": unseen, "shares_folder": bool(folder) and (Path(folder) / token).is_file()}
