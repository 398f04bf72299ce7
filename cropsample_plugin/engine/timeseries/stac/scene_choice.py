"""Which of the listed scenes are used: inside area and dates, clear enough, each once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Mapping, Sequence

import shapely

from cropsample_plugin.engine.timeseries.stac.ledger import Fate, Ledger
from cropsample_plugin.engine.timeseries.stac.scenes import Scene, read_scene

MOSAIC_RULES = ("least_cloudy", "first", "last")
_SAME_MOMENT_S = 60.0
_SAME_PLACE = 0.9


@dataclass(frozen=True)
class SceneRules:
    """What a scene must be like.

    Attributes:
        area: where, in degrees.
        start, end: first and last day.
        max_cloud: largest share of clouds in percent; scenes that do not say theirs are taken.
        day_rule: ``solar`` or ``utc``; see `Scene.day`.
        mosaic_rule: which scene of a day lies on top: the least cloudy, the first or the last.
    """

    area: shapely.Geometry
    start: date
    end: date
    max_cloud: float = 100.0
    day_rule: str = "solar"
    mosaic_rule: str = "least_cloudy"


def choose_scenes(items: Sequence[Mapping[str, Any]], rules: SceneRules) -> Ledger:
    """Return the ledger of all items: what is used, and why the rest is not."""
    ledger = Ledger()
    longitude = float(rules.area.centroid.x)
    for position, item in enumerate(items):
        try:
            scene = read_scene(item)
        except ValueError as error:
            ledger.drop(str(item.get("id") or f"item {position + 1}"), Fate.METADATA, str(error))
            continue
        day = scene.day(rules.day_rule, longitude)
        ledger.take(scene, day)
        if not rules.start <= day <= rules.end:
            ledger.drop(scene.id, Fate.OUTSIDE_DATES, f"{day} is not in {rules.start} to {rules.end}")
        elif not shapely.intersects(scene.footprint, rules.area):
            ledger.drop(scene.id, Fate.OUTSIDE, "its footprint does not touch the area")
        elif scene.cloud is not None and scene.cloud > rules.max_cloud:
            ledger.drop(scene.id, Fate.CLOUDY, f"{scene.cloud:.1f} % clouds")
    _drop_other_versions(ledger)
    return ledger


def in_mosaic_order(scenes: Sequence[Scene], rule: str) -> list[Scene]:
    """Return scenes of one day, the one that lies on top first."""
    if rule == "least_cloudy":
        return sorted(scenes, key=lambda s: (100.0 if s.cloud is None else s.cloud, s.time, s.id))
    return sorted(scenes, key=lambda s: (s.time, s.id), reverse=rule == "last")


def _drop_other_versions(ledger: Ledger) -> None:
    """Keep the newest processing of each scene: same satellite, tile and minute, and the same ground."""
    kept: dict[tuple[str, str], list[Scene]] = {}
    for scene in sorted(ledger.used, key=lambda item: item.version, reverse=True):
        alike = kept.setdefault((scene.platform, scene.tile), [])
        twin = next((other for other in alike if _is_same(scene, other)), None)
        if twin is None:
            alike.append(scene)
        else:
            ledger.drop(scene.id, Fate.DUPLICATE, f"{twin.id} is a newer version")


def _is_same(first: Scene, second: Scene) -> bool:
    if abs((first.time - second.time).total_seconds()) > _SAME_MOMENT_S:
        return False
    # The two halves of a tile at the seam of two data strips share a moment but not the ground.
    union = shapely.union(first.footprint, second.footprint).area
    return bool(union > 0 and shapely.intersection(first.footprint, second.footprint).area / union >= _SAME_PLACE)
