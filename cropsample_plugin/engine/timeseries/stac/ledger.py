"""What became of every image that a catalogue listed: used, or left out and why."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from pathlib import Path

import numpy as np
import shapely

from cropsample_plugin.engine.timeseries.stac.scenes import Scene
from cropsample_plugin.engine.timeseries.table_output import OutputTable, write_table

USED = "used"


class Fate(Enum):
    """Why an image is left out."""

    METADATA = "unusable metadata"
    OUTSIDE = "outside the area"
    OUTSIDE_DATES = "outside the dates"
    CLOUDY = "too cloudy"
    DUPLICATE = "another version of the same scene"
    MISSING = "missing file"
    DAMAGED = "damaged file"
    EMPTY = "no data in the area"


@dataclass
class Ledger:
    """The fate of every scene; a scene that is not left out is used."""

    scenes: dict[str, Scene] = field(default_factory=dict)
    days: dict[str, date] = field(default_factory=dict)
    fates: dict[str, tuple[Fate, str]] = field(default_factory=dict)

    def take(self, scene: Scene, day: date) -> None:
        """Note a scene with the day it counts for."""
        self.scenes[scene.id] = scene
        self.days[scene.id] = day

    def drop(self, scene_id: str, fate: Fate, details: str) -> None:
        """Note that a scene is left out."""
        self.fates.setdefault(scene_id, (fate, details))

    @property
    def used(self) -> list[Scene]:
        """Scenes that are not left out."""
        return [scene for name, scene in self.scenes.items() if name not in self.fates]

    @property
    def n_dropped(self) -> int:
        """How many are left out."""
        return len(self.fates)

    def summary(self) -> str:
        """Return counts by reason in words, such as ``12 too cloudy, 1 missing file``."""
        counts = Counter(fate.value for fate, _ in self.fates.values())
        return ", ".join(f"{count} {reason}" for reason, count in counts.most_common())

    def first_reason(self) -> str:
        """Return why the first scene is left out, with its id; "" when none is."""
        return next((f"{name}: {details}" for name, (_, details) in self.fates.items()), "")

    def write(self, target: Path) -> None:
        """Write the table: one row per item, with the footprint as polygon (WGS 84)."""
        names = [*self.scenes, *(name for name in self.fates if name not in self.scenes)]
        scenes = [self.scenes.get(name) for name in names]
        fates = [self.fates.get(name) for name in names]

        def texts(values: list[str | None]) -> np.ndarray:
            return np.array(values, dtype=object)

        fields = {
            "item": texts(list(names)),
            "date": np.array([self.days.get(name, "NaT") for name in names], dtype="datetime64[D]"),
            "acquired": texts([scene.time.isoformat() if scene else None for scene in scenes]),
            "cloud_cover": np.array([np.nan if s is None or s.cloud is None else s.cloud for s in scenes], float),
            "tile": texts([scene.tile if scene else None for scene in scenes]),
            "platform": texts([scene.platform if scene else None for scene in scenes]),
            "status": texts([USED if fate is None else fate[0].value for fate in fates]),
            "reason": texts(["" if fate is None else fate[1] for fate in fates]),
            "address": texts([scene.address if scene else None for scene in scenes]),
        }
        shapes = [
            None if scene is None else shapely.to_wkb(shapely.multipolygons(shapely.get_parts(scene.footprint)))
            for scene in scenes
        ]
        geometry = np.array(shapes, dtype=object)
        write_table(
            OutputTable(fields, geometry=geometry, crs="EPSG:4326", geometry_type="MultiPolygon"), target, "items"
        )
