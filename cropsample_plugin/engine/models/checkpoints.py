"""The state of an unfinished training as one safetensors file: an interrupted training goes on from its last epoch.

The file is named by what it is the state of (samples, settings, seed), so that a state of anything else is left
alone. It is written after an epoch when the last writing is some seconds ago, and appears complete or not at all.
"""

from __future__ import annotations

import hashlib
import json
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file

from cropsample_plugin.engine.models.fitting import CurveRow
from cropsample_plugin.engine.models.network_settings import NetworkSettings
from cropsample_plugin.engine.models.training_set import TrainingSet
from cropsample_plugin.engine.output_files import replaced_when_done

_INTERVAL_S = 5.0


def checkpoint_path(folder: Path | None, samples: TrainingSet, settings: NetworkSettings, seed: int) -> Path | None:
    """Return the file for the state of one training, named by a hash of all that decides its outcome."""
    if folder is None:
        return None
    digest = hashlib.sha256(repr((type(settings).__name__, settings, seed, torch.__version__)).encode())
    for array in (samples.values, samples.static_values, samples.class_indices, samples.weights, samples.is_local):
        digest.update(repr((array.shape, array.dtype.str)).encode())
        digest.update(np.ascontiguousarray(array).tobytes())
    digest.update(repr(None if samples.step_weights is None else samples.step_weights.tolist()).encode())
    for array in (samples.global_class_indices, samples.groups):
        digest.update(np.ascontiguousarray(array).tobytes())
    return folder / f"{digest.hexdigest()[:32]}.safetensors"


@dataclass
class TrainingState:
    """Where a training stands.

    Attributes:
        curve: one row an epoch so far.
        best_loss, best_epoch: lowest loss so far, and its epoch, from 1.
        best_weights: the network's weights of that epoch.
        is_finished: True once the training has ended.
        diverged_epoch: epoch whose loss was no number, 0 for none.
    """

    best_weights: dict[str, torch.Tensor]
    curve: list[CurveRow] = field(default_factory=list)
    best_loss: float = float("inf")
    best_epoch: int = 0
    is_finished: bool = False
    diverged_epoch: int = 0


class Checkpoint:
    """One file with the state of one training.

    Args:
        path: where to write, as `checkpoint_path` names it; None to write nothing.
        parts: the network, optimiser, schedule and random generator whose states are kept, by name.
    """

    def __init__(self, path: Path | None, parts: dict[str, Any]) -> None:
        self._path = path
        self._parts = parts
        self._written_s = time.monotonic()

    def save(self, state: TrainingState) -> None:
        """Write the state, unless the last writing was a moment ago."""
        if self._path is None or time.monotonic() - self._written_s < _INTERVAL_S:
            return
        tensors = {f"best.{name}": value for name, value in state.best_weights.items()}
        plain: dict[str, Any] = {}
        for name, part in self._parts.items():
            held = part.get_state() if isinstance(part, torch.Generator) else part.state_dict()
            plain[name] = _split(held, name, tensors)
        tensors["global_random"] = torch.get_rng_state()
        told = {name: getattr(state, name) for name in _PLAIN_FIELDS}
        metadata = {"parts": json.dumps(plain), "state": json.dumps(told)}
        copies = {name: value.detach().cpu().contiguous().clone() for name, value in tensors.items()}
        self._path.parent.mkdir(exist_ok=True)
        with replaced_when_done(self._path) as partial:
            save_file(copies, partial, metadata)
        self._written_s = time.monotonic()

    def load(self, state: TrainingState) -> bool:
        """Bring the parts and the state back to where they were; False when there is nothing to go on from."""
        if self._path is None or not self._path.is_file():
            return False
        try:
            with safe_open(self._path, framework="pt") as stored:
                metadata = stored.metadata() or {}
                tensors = {name: stored.get_tensor(name) for name in stored.keys()}  # noqa: SIM118 - no mapping
            plain, told = json.loads(metadata["parts"]), json.loads(metadata["state"])
        except (SafetensorError, OSError, ValueError, KeyError):
            return False
        for name, part in self._parts.items():
            held = _join(plain[name], tensors)
            if isinstance(part, torch.Generator):
                part.set_state(held)
            else:
                part.load_state_dict(held)
        torch.set_rng_state(tensors["global_random"])
        for name in _PLAIN_FIELDS:
            setattr(state, name, told[name])
        for name, value in state.best_weights.items():
            value.copy_(tensors[f"best.{name}"])
        return True


_PLAIN_FIELDS = ("curve", "best_loss", "best_epoch", "is_finished", "diverged_epoch")
_TENSOR, _MAPPING = "tensor", "mapping"


def _split(held: Any, name: str, tensors: dict[str, torch.Tensor]) -> Any:  # noqa: ANN401 - states of any form
    """Return a state as JSON values; tensors are put aside under their names."""
    if isinstance(held, torch.Tensor):
        tensors[name] = held
        return {_TENSOR: name}
    if isinstance(held, dict):
        return {_MAPPING: [[key, _split(value, f"{name}.{key}", tensors)] for key, value in held.items()]}
    if isinstance(held, (list, tuple)):
        return [_split(value, f"{name}.{position}", tensors) for position, value in enumerate(held)]
    return held


def _join(plain: Any, tensors: dict[str, torch.Tensor]) -> Any:  # noqa: ANN401 - as above
    if isinstance(plain, dict):
        if _TENSOR in plain:
            return tensors[plain[_TENSOR]]
        return {key: _join(value, tensors) for key, value in plain[_MAPPING]}
    if isinstance(plain, list):
        return [_join(value, tensors) for value in plain]
    return plain
