"""What a map will take, said before it starts; what cannot fit is refused with the numbers."""

from __future__ import annotations

import contextlib
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Sequence

from cropsample_plugin.engine.errors import InputError, OutputError
from cropsample_plugin.engine.remaining_time import duration_text

_MIB = 1024 * 1024
_GIB = 1024 * _MIB


@dataclass(frozen=True)
class Estimate:
    """What a run is going to take.

    Attributes:
        n_tiles, n_pixels: still to predict.
        read_bytes: bytes of pixels to read, before compression.
        seconds: time on this machine.
        part_bytes: disk for the parts still to come, given back at the end.
        map_bytes: disk for the maps.
        memory_bytes: memory for blocks, beside what the engine itself takes.
    """

    n_tiles: int
    n_pixels: int
    read_bytes: int
    seconds: float
    part_bytes: int
    map_bytes: int
    memory_bytes: int

    def text(self) -> str:
        """Return the estimate as a sentence."""
        return (
            f"Estimate: {self.n_tiles} tiles, {self.n_pixels:,} pixels, {size_text(self.read_bytes)} to read, about "
            f"{duration_text(self.seconds)} on this machine, {size_text(self.part_bytes + self.map_bytes)} of disk at "
            f"the most, {size_text(self.memory_bytes)} of memory for blocks."
        )


def check_estimate(estimate: Estimate, folders: Sequence[Path]) -> None:
    """Refuse a run that cannot fit.

    Args:
        estimate: what it takes.
        folders: where it writes: the parts first, then each map.

    Raises:
        OutputError: a disk has too little room.
        InputError: the machine has too little memory.
    """
    needed = estimate.part_bytes + estimate.map_bytes
    for folder in dict.fromkeys(folders):
        free = shutil.disk_usage(folder).free
        if free < needed:
            raise OutputError(
                f"The disk of {folder} has {size_text(free)}; {size_text(needed)} are needed meanwhile "
                f"({size_text(estimate.part_bytes)} for tiles, {size_text(estimate.map_bytes)} for maps).",
                "Free some space, choose another folder, or ask for fewer outputs (probabilities are the largest).",
            )
    memory = available_memory_bytes()
    if memory is not None and memory < estimate.memory_bytes:
        raise InputError(
            f"The machine has {size_text(memory)} of free memory; blocks need {size_text(estimate.memory_bytes)}.",
            "Close other programs, or lower the memory budget in CropSample's options: blocks become smaller.",
        )


def available_memory_bytes() -> int | None:
    """Return the memory that programs can still take, None where the system does not say."""
    with contextlib.suppress(OSError, ValueError, IndexError):
        for line in Path("/proc/meminfo").read_text(encoding="ascii").splitlines():
            if line.startswith("MemAvailable:"):
                return int(line.split()[1]) * 1024
    return None


def size_text(n_bytes: float) -> str:
    """Return a size in MiB or GiB."""
    return f"{n_bytes / _GIB:,.1f} GiB" if n_bytes >= _GIB else f"{n_bytes / _MIB:,.1f} MiB"
