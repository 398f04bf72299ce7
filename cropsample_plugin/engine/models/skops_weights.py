"""scikit-learn objects as bytes through skops: the same object gives the same bytes, and loading runs no code.

skops writes memory addresses and the time of writing into its archive; both are replaced, so that training twice
with one seed gives one file. Before loading, every node of the archive is held against an explicit list of node
kinds and types; functions, methods, operators and anything else skops could call are not on it.
"""

from __future__ import annotations

import io
import json
import zipfile
import zlib
from typing import Any, Iterator, Sequence

import numpy as np

from cropsample_plugin.engine.errors import ModelPackageError
from cropsample_plugin.engine.models.archives import ArchiveLimits, read_archive, write_archive

SCHEMA = "schema.json"
NODE_KINDS = frozenset(
    {"DictNode", "JsonNode", "ListNode", "NdArrayNode", "ObjectNode", "TreeNode", "TupleNode", "TypeNode"}
)
_LIMITS = ArchiveLimits(max_bytes=8 * 1024**3, max_members=500_000)


def dump_skops(content: dict[str, Any]) -> bytes:
    """Return a dictionary of scikit-learn objects as the bytes of a skops archive."""
    import skops.io

    members = read_archive(skops.io.dumps(content), _LIMITS)
    schema = json.loads(members.pop(SCHEMA))
    number_by_id: dict[int, int] = {}
    arrays: dict[str, bytes] = {}
    for node in _nodes(schema):
        if "__id__" in node:
            node["__id__"] = number_by_id.setdefault(node["__id__"], len(number_by_id) + 1)
        if isinstance(node.get("file"), str):
            original = node["file"]
            number = number_by_id.setdefault(int(original.split(".")[0]), len(number_by_id) + 1)
            node["file"] = f"{number}.npy"
            arrays[node["file"]] = _without_padding(members[original])
    document = json.dumps(schema, separators=(",", ":")).encode()
    return write_archive({**arrays, SCHEMA: document}, compress=False)


def load_skops(weights: bytes, trusted_types: Sequence[str]) -> dict[str, Any]:
    """Read the dictionary that `dump_skops` wrote.

    Raises:
        ModelPackageError: the bytes are no skops archive, or hold a type or kind of node that is not trusted.
    """
    import skops.io

    members = read_archive(weights, _LIMITS)
    _check_schema(members, frozenset(trusted_types))
    try:
        untrusted = skops.io.get_untrusted_types(data=weights)
        if not set(untrusted) <= set(trusted_types):
            raise ModelPackageError(f"The weights hold types that are not trusted: {', '.join(untrusted)}.")
        content = skops.io.loads(weights, trusted=untrusted)
    except ModelPackageError:
        raise
    except (zipfile.BadZipFile, zlib.error, MemoryError):
        raise ModelPackageError("The weights are damaged.") from None
    except Exception as error:
        raise ModelPackageError(f"The weights are not readable: {type(error).__name__}: {error}") from error
    if not isinstance(content, dict):
        raise ModelPackageError("The weights do not hold what they should.")
    return content


def _without_padding(array_file: bytes) -> bytes:
    """Zero what a compound array holds by chance: padding between its fields, and the unused field of leaves."""
    array = np.load(io.BytesIO(array_file), allow_pickle=False)
    if array.dtype.names is None:
        return array_file
    clean = np.zeros(array.nbytes, dtype=np.uint8).view(array.dtype).reshape(array.shape)
    for name in array.dtype.names:
        clean[name] = array[name]
    if {"left_child", "missing_go_to_left"} <= set(array.dtype.names):
        clean["missing_go_to_left"][clean["left_child"] < 0] = 0
    stream = io.BytesIO()
    np.save(stream, clean, allow_pickle=False)
    return stream.getvalue()


def _check_schema(members: dict[str, bytes], trusted_types: frozenset[str]) -> None:
    try:
        schema = json.loads(members[SCHEMA])
        nodes = list(_nodes(schema))
    except (KeyError, ValueError, RecursionError) as error:
        raise ModelPackageError("The weights are no skops archive.") from error
    for node in nodes:
        if "__loader__" not in node and "__class__" not in node:
            continue
        kind, name = node.get("__loader__"), f"{node.get('__module__')}.{node.get('__class__')}"
        if kind not in NODE_KINDS or name not in trusted_types:
            raise ModelPackageError(f"The weights hold a '{name}' ({kind}), which is not trusted.")


def _nodes(schema: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401 - JSON value in
    """Yield every object of the schema, in a fixed order, without recursion."""
    waiting = [schema]
    while waiting:
        item = waiting.pop()
        if isinstance(item, dict):
            yield item
            waiting.extend(reversed(list(item.values())))
        elif isinstance(item, list):
            waiting.extend(reversed(item))
