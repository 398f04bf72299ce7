"""What is to be known about a polygon before it becomes a sample: pixels, mixed pixels, overlaps, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Collection, List, Optional, Sequence, Tuple

from qgis.core import QgsCoordinateReferenceSystem, QgsGeometry
from qgis.PyQt.QtCore import QCoreApplication

from cropsample_plugin.bridge.labeling.label_events import LabelingError
from cropsample_plugin.bridge.labeling.pixel_grid import PixelCover, PixelGrid, cover
from cropsample_plugin.bridge.labeling.polygon_shapes import area_m2, crossing, transformed
from cropsample_plugin.gui.labeling.polygon_index import Overlap, SampleIndex

# Where more of a sample's pixels than this hold something else too, its series is not that of its crop.
MOST_MIXED = 0.5
_SMALLEST_TOLD = 0.01
_MOST_NAMED = 3
_HECTARE_M2 = 10_000.0


@dataclass(frozen=True)
class Place:
    """Where a session's polygons are measured.

    Attributes:
        crs: of the session's geometries.
        grid: of the stack, None where there is none.
        index: of the session's samples.
        minimum_pixels: that a drawn polygon has to hold.
    """

    crs: QgsCoordinateReferenceSystem
    grid: Optional[PixelGrid]
    index: SampleIndex
    minimum_pixels: int = 1


@dataclass(frozen=True)
class PolygonFacts:
    """Facts about one polygon; cover is None without a stack, or where the stack has no such place."""

    area_m2: float
    cover: Optional[PixelCover]
    overlaps: Tuple[Overlap, ...]
    minimum_pixels: int
    wrong: str = ""

    @property
    def is_too_small(self) -> bool:
        """Whether it holds fewer pixels than wanted."""
        return self.cover is not None and self.cover.n_pixels < self.minimum_pixels


def measured(geometry: QgsGeometry, place: Place, but: Collection[str] = ()) -> PolygonFacts:
    """Return the facts about a polygon (or point) in the session's coordinate system.

    Args:
        geometry: of the sample.
        place: where it is measured.
        but: samples that it may overlap, such as itself.
    """
    wrong = crossing(geometry)
    return PolygonFacts(
        area_m2=area_m2(geometry, place.crs),
        cover=None if wrong else pixel_cover(geometry, place),
        overlaps=() if wrong else tuple(place.index.overlaps(geometry, but)),
        minimum_pixels=place.minimum_pixels,
        wrong=wrong,
    )


def pixel_cover(geometry: QgsGeometry, place: Place) -> Optional[PixelCover]:
    """Return the pixels of a geometry, None without a stack, or where the stack's system has no such place."""
    if place.grid is None:
        return None
    try:
        return cover(transformed(geometry, place.crs, place.grid.crs), place.grid)
    except LabelingError:
        return None


def refuse_if_too_small(geometry: QgsGeometry, place: Place) -> None:
    """Raise `LabelingError` for a polygon that holds fewer pixels of the stack than the session asks for."""
    found = pixel_cover(geometry, place)
    if found is not None and found.n_pixels < place.minimum_pixels:
        raise LabelingError(
            _tr("The polygon holds {} pixels of the stack; this session asks for at least {}.").format(
                found.n_pixels, place.minimum_pixels
            ),
            _tr("Make it larger, or lower the minimum in the session's settings."),
        )


def described(several: Sequence[PolygonFacts], amount: str = "") -> Tuple[str, bool]:
    """Return what to say of the polygons that a gesture would make, and whether they would be refused.

    Args:
        several: facts of each polygon.
        amount: by how much it was grown, in words, "" for not.
    """
    sizes = "\n".join(text for text in map(size_text, several) if text)
    found = dict.fromkeys(f"⚠ {text}" for facts in several for text in warnings(facts))
    lines = [amount, sizes, *found]
    is_refused = any(facts.wrong or facts.is_too_small for facts in several)
    return "\n".join(line for line in lines if line), is_refused


def size_text(facts: PolygonFacts) -> str:
    """Return area and pixels in words; "" where the border crosses itself and neither means anything."""
    parts: List[str] = []
    if facts.wrong:
        return ""
    if facts.area_m2 > 0.0:
        parts.append(_tr("{} ha").format(f"{facts.area_m2 / _HECTARE_M2:.3g}"))
    if facts.cover is not None:
        parts.append(_tr("{} pixels").format(facts.cover.n_pixels))
        if facts.cover.n_cut:
            parts.append(_tr("{} % cut by the border").format(round(100 * facts.cover.mixed_share)))
    return " · ".join(parts)


def warnings(facts: PolygonFacts) -> List[str]:
    """Return what is not as it should be, in words, the worst first."""
    if facts.wrong:
        return [_tr("The border crosses itself.")]
    found = []
    if facts.is_too_small:
        found.append(_tr("Fewer than {} pixels").format(facts.minimum_pixels))
    found += _overlap_texts(facts.overlaps)
    if facts.cover is not None:
        if facts.cover.n_outside and facts.cover.n_outside == facts.cover.n_pixels:
            found.append(_tr("Outside of the stack"))
        elif facts.cover.n_outside:
            found.append(_tr("{} pixels outside of the stack").format(facts.cover.n_outside))
        if facts.cover.n_cut and facts.cover.mixed_share > MOST_MIXED:
            found.append(_tr("Mostly mixed pixels"))
    return found


def _overlap_texts(overlaps: Tuple[Overlap, ...]) -> List[str]:
    if not overlaps:
        return []
    named = [f"{item.sample_id} ({_percent(item.share)} %)" for item in overlaps[:_MOST_NAMED]]
    more = len(overlaps) - len(named)
    text = _tr("Overlaps {}").format(", ".join(named))
    return [text + (_tr(" and {} more").format(more) if more else "")]


def _percent(share: float) -> str:
    return f"{100 * share:.0f}" if share >= _SMALLEST_TOLD else "< 1"


def _tr(text: str) -> str:
    return QCoreApplication.translate("PolygonFacts", text)
