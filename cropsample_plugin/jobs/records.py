"""The provenance record written beside every output: what made it, from what, and how to make it again."""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import platform
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from cropsample_plugin.about import plugin_version
from cropsample_plugin.jobs.protocol import RECORD_SUFFIX, Job, plain_value
from cropsample_plugin.jobs.registry import JobResult

_HASHED_BYTES = 64 * 1024 * 1024
_CHUNK_BYTES = 1024 * 1024
_RECORDED_PACKAGES = ("numpy", "scikit-learn", "torch", "rasterio", "pyogrio")


def write_records(job: Job, result: JobResult) -> list[str]:
    """Write one record beside each file of a result and return the records' paths."""
    inputs = {path: _fingerprint(Path(path)) for path in result.inputs if Path(path).is_file()}
    written = []
    for file_name in result.files:
        record = {
            "output": Path(file_name).name,
            "job": json.loads(job.to_json()),
            "outputs": plain_value(result.outputs),
            "inputs": inputs,
            "versions": _versions(),
            "written": datetime.now(timezone.utc).isoformat(timespec="seconds"),
        }
        target = Path(file_name + RECORD_SUFFIX)
        target.write_text(json.dumps(record, indent=2, ensure_ascii=False), encoding="utf-8")
        written.append(str(target))
    return written


def _versions() -> dict[str, str]:
    versions = {"cropsample": plugin_version(), "python": platform.python_version()}
    for name in _RECORDED_PACKAGES:
        try:
            versions[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            continue
    return versions


def _fingerprint(path: Path) -> dict[str, Any]:
    """Return size and SHA-256 of a file; of a file over 64 MiB only the head is hashed, and said so."""
    digest = hashlib.sha256()
    remaining = _HASHED_BYTES
    with path.open("rb") as stream:
        while remaining > 0 and (chunk := stream.read(min(_CHUNK_BYTES, remaining))):
            digest.update(chunk)
            remaining -= len(chunk)
    size = path.stat().st_size
    return {"bytes": size, "sha256": digest.hexdigest(), "hashed_bytes": min(size, _HASHED_BYTES)}
