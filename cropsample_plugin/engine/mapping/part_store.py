"""Finished blocks on disk, so that a prediction that was killed continues where it stopped.

Beside the output stands a folder ``<output>.parts`` with ``manifest.json`` and one file per finished block. The
manifest says what is predicted from what (`identity`) and how (`choices`); parts of another identity are thrown
away. A part begins with the SHA-256 of its content, the identity and its number, and ``tiles.jsonl`` lists the
hashes of all, so that a damaged, cut off, foreign or changed file is noticed and that block is predicted again.
Files appear under their name only when complete. Several processes may store parts of one folder.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import uuid
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from cropsample_plugin.engine.block_plan import Block, BlockPlan
from cropsample_plugin.engine.errors import OutputError

FOLDER_SUFFIX = ".parts"
MANIFEST_NAME = "manifest.json"
MANIFEST_VERSION = 1
LEDGER_NAME = "tiles.jsonl"
_DIGEST_BYTES = 32
_COUNTS = np.dtype("<i8")
_HEADER_BYTES = _DIGEST_BYTES + 2 * _COUNTS.itemsize

ShortArray = npt.NDArray[np.uint8] | npt.NDArray[np.uint16]


@dataclass(frozen=True)
class PartLayout:
    """What one part holds: layers of whole blocks, one after another.

    Attributes:
        class_dtype: ``uint8``, ``uint16``, or "" when no class map is wanted.
        n_probabilities: layers of class probabilities, 0 when not wanted.
        has_uncertainty: whether there is a layer of uncertainty.
    """

    class_dtype: str
    n_probabilities: int
    has_uncertainty: bool

    @property
    def bytes_per_pixel(self) -> int:
        """Bytes of one pixel in all layers."""
        class_bytes = np.dtype(self.class_dtype).itemsize if self.class_dtype else 0
        return class_bytes + 2 * (self.n_probabilities + int(self.has_uncertainty))


@dataclass(frozen=True)
class Part:
    """The maps of one block.

    Attributes:
        n_inside: pixels inside the area.
        n_predicted: pixels that got a class.
        classes: ``(height, width)`` class ids, None when not wanted.
        probabilities: ``(n_classes, height, width)`` uint16, None when not wanted.
        uncertainty: ``(height, width)`` uint16, None when not wanted.
    """

    n_inside: int
    n_predicted: int
    classes: ShortArray | None
    probabilities: npt.NDArray[np.uint16] | None
    uncertainty: npt.NDArray[np.uint16] | None

    def content(self) -> list[bytes]:
        """Return the bytes of the counts and layers, in the order in which they are stored."""
        counts = np.array([self.n_inside, self.n_predicted], dtype=_COUNTS).tobytes()
        layers = (self.probabilities, self.uncertainty, self.classes)
        return [counts, *(np.ascontiguousarray(layer).tobytes() for layer in layers if layer is not None)]


@dataclass(frozen=True)
class Manifest:
    """What the parts belong to.

    Attributes:
        identity: everything that decides the pixels: stack, model, area, rule, plan. Plain JSON values.
        choices: what was measured or found out at the start and must stay the same: batch size, method, dates
            that are missing everywhere.
    """

    identity: dict[str, Any]
    choices: dict[str, Any] = field(default_factory=dict)

    def to_json(self) -> str:
        """Return the manifest as text."""
        document = {"version": MANIFEST_VERSION, "identity": self.identity, "choices": self.choices}
        return json.dumps(document, indent=1, sort_keys=True)

    @classmethod
    def read(cls, path: Path) -> Manifest | None:
        """Read a manifest; None when there is none, or it is damaged or of another version."""
        try:
            document = json.loads(path.read_text(encoding="utf-8"))
            if document["version"] != MANIFEST_VERSION:
                return None
            return cls(dict(document["identity"]), dict(document["choices"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None


class PartStore:
    """The folder of parts of one prediction."""

    def __init__(self, folder: Path, plan: BlockPlan, layout: PartLayout) -> None:
        self.folder = folder
        self._plan = plan
        self._layout = layout
        self._identity_text = ""

    def open(self, identity: dict[str, Any], *, resume: bool) -> tuple[Manifest | None, list[str]]:
        """Make the folder ready.

        Args:
            identity: what is to be predicted.
            resume: False throws away whatever is there.

        Returns:
            The manifest of the parts that can be used, None when there is none, and the names of the entries of
            the identity that differ from the parts found, empty when none were found.

        Raises:
            OutputError: the folder cannot be made.
        """
        identity = json.loads(json.dumps(identity))
        self.attach(identity)
        found = Manifest.read(self.folder / MANIFEST_NAME)
        differing = [] if found is None else _differences(found.identity, identity)
        if found is not None and resume and not differing:
            return found, []
        try:
            if self.folder.exists():
                shutil.rmtree(self.folder)
            self.folder.mkdir()
        except OSError as error:
            raise OutputError(
                f"The work folder {self.folder} cannot be made: {error.strerror or error}",
                "Choose an output folder that exists and that you may write to.",
            ) from error
        return None, differing

    def attach(self, identity: dict[str, Any]) -> None:
        """Take part in a folder that another process has opened."""
        self._identity_text = json.dumps(identity, sort_keys=True)

    def write_manifest(self, manifest: Manifest) -> None:
        """Store the manifest."""
        _write_atomically(self.folder / MANIFEST_NAME, [manifest.to_json().encode()])

    def save(self, block: Block, part: Part) -> str:
        """Store a finished block and return its hash."""
        content = part.content()
        digest = self._digest(block.index, content)
        _write_atomically(self.path_of(block), [digest, *content])
        return digest.hex()

    def encode(self, block: Block, part: Part) -> bytes:
        """Return the file of a finished block."""
        content = part.content()
        return b"".join([self._digest(block.index, content), *content])

    def save_bytes(self, block: Block, content: bytes) -> str:
        """Store the file of a finished block and return its hash."""
        _write_atomically(self.path_of(block), [content])
        return content[:_DIGEST_BYTES].hex()

    def note(self, block: Block, digest: str, worker: str = "") -> None:
        """Write a finished block with its hash into the list of tiles; one process only."""
        line = json.dumps({"block": block.index, "sha256": digest, "worker": worker})
        with (self.folder / LEDGER_NAME).open("a", encoding="utf-8") as stream:
            stream.write(line + "\n")

    def load(self, block: Block) -> Part | None:
        """Return a finished block, None when there is none; it stays on disk, and its hash is not checked again."""
        try:
            raw = np.memmap(self.path_of(block), dtype=np.uint8, mode="r")
        except FileNotFoundError:
            return None
        return self._decode(block, raw)

    def is_finished(self, block: Block) -> bool:
        """Return whether a block is there."""
        return self.path_of(block).is_file()

    def remove_damaged(self) -> list[Block]:
        """Check every part against its hash, delete those that fail, and return their blocks."""
        listed = self._listed()
        damaged = []
        for block in self._plan.blocks():
            path = self.path_of(block)
            if not path.is_file():
                continue
            content = path.read_bytes()
            is_listed = listed.get(block.index, content[:_DIGEST_BYTES].hex()) == content[:_DIGEST_BYTES].hex()
            if not (is_listed and self._is_sound(block, content)):
                path.unlink()
                damaged.append(block)
        return damaged

    def _listed(self) -> dict[int, str]:
        """Return the hashes in the list of tiles; of a block predicted twice the last one."""
        found: dict[int, str] = {}
        try:
            lines = (self.folder / LEDGER_NAME).read_text(encoding="utf-8", errors="replace").splitlines()
        except OSError:
            return found
        for line in lines:
            try:
                entry = json.loads(line)
                found[int(entry["block"])] = str(entry["sha256"])
            except (ValueError, KeyError, TypeError):
                # The last line of a killed run may be cut off; its part is still checked against its own hash.
                continue
        return found

    def remove(self) -> None:
        """Delete the folder: the prediction is complete."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def path_of(self, block: Block) -> Path:
        """Return where a block is stored."""
        return self.folder / f"part-{block.index:06d}.bin"

    def class_offset(self, block: Block) -> int:
        """Return where in its file the classes of a block begin."""
        layout = self._layout
        return _HEADER_BYTES + 2 * block.n_pixels * (layout.n_probabilities + int(layout.has_uncertainty))

    def _digest(self, index: int, content: list[bytes]) -> bytes:
        digest = hashlib.sha256(f"{index}|{self._identity_text}".encode())
        for piece in content:
            digest.update(piece)
        return digest.digest()

    def _is_sound(self, block: Block, raw: bytes) -> bool:
        if len(raw) != _HEADER_BYTES + block.n_pixels * self._layout.bytes_per_pixel:
            return False
        return self._digest(block.index, [raw[_DIGEST_BYTES:]]) == raw[:_DIGEST_BYTES]

    def _decode(self, block: Block, raw: npt.NDArray[np.uint8]) -> Part:
        layout = self._layout
        n_inside, n_predicted = (int(count) for count in raw[_DIGEST_BYTES:_HEADER_BYTES].view(_COUNTS))
        rest = raw[_HEADER_BYTES:]
        classes = probabilities = uncertainty = None
        # Layers of 16 bits come first, so that each starts on an even address.
        if layout.n_probabilities:
            size = 2 * block.n_pixels * layout.n_probabilities
            probabilities = rest[:size].view(np.uint16).reshape(layout.n_probabilities, block.height, block.width)
            rest = rest[size:]
        if layout.has_uncertainty:
            size = 2 * block.n_pixels
            uncertainty = rest[:size].view(np.uint16).reshape(block.height, block.width)
            rest = rest[size:]
        if layout.class_dtype:
            classes = rest.view(layout.class_dtype).reshape(block.height, block.width)
        return Part(n_inside, n_predicted, classes, probabilities, uncertainty)


def _differences(found: dict[str, Any], wanted: dict[str, Any]) -> list[str]:
    return sorted(name for name in {*found, *wanted} if found.get(name) != wanted.get(name))


def _write_atomically(path: Path, pieces: list[bytes]) -> None:
    """Write a file that is either complete or not there, even when the process is killed meanwhile."""
    # Two processes may write the same part at a time, when one of them was thought dead.
    unfinished = path.with_name(f"{path.name}.{uuid.uuid4().hex}.unfinished")
    try:
        with unfinished.open("wb") as stream:
            for piece in pieces:
                stream.write(piece)
            stream.flush()
            os.fsync(stream.fileno())
        unfinished.replace(path)
    except OSError:
        unfinished.unlink(missing_ok=True)
        raise
