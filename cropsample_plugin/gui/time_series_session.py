"""What the Time series panel looks at: layers, measures, clouds, points; knows which bands are needed."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import Dict, List, Optional, Sequence, Tuple

from cropsample_plugin.bridge.clear_rule import IsClear, clear_rule
from cropsample_plugin.bridge.dated_bands import DatedBands
from cropsample_plugin.bridge.measures import Measure, find_measure, measures_among, offered_measures
from cropsample_plugin.bridge.season_bands import season_numbers
from cropsample_plugin.gui.picked_point import PickedPoint
from cropsample_plugin.gui.series_chart import ClassProfile, SeasonSpan

_PREFERRED = ("NDVI", "ndvi", "EVI2", "LAI")


class Arrangement(Enum):
    """How several points are shown."""

    OVERLAID = "overlaid"
    SIDE_BY_SIDE = "side_by_side"


@dataclass(frozen=True)
class StackChoice:
    """A raster layer that was chosen.

    Attributes:
        layer_id, name: of the layer.
        bands: which band is which.
    """

    layer_id: str
    name: str
    bands: DatedBands


@dataclass
class TimeSeriesSession:
    """The state of the panel, plain data.

    Attributes:
        stack: the stack of observations.
        processed: a stack made of it, drawn as a line.
        mask: a stack whose band says where clouds are; None when it is a band of the stack itself.
        seasons: a raster of seasons.
        mask_band: the band that says where clouds are, "" for none.
        mask_rule: condition on ``value`` for clear, "" to recognise the band.
        measure_names: names of bands and indices to show.
        formula: one more measure as a formula, "" for none.
        arrangement: how several points are shown.
        points: the points looked at.
        profiles: measure name to the classes to draw behind.
        sample_seasons: point number to seasons that its sample's fields hold.
        gone: name of a layer that was removed while in use.
    """

    stack: Optional[StackChoice] = None
    processed: Optional[StackChoice] = None
    mask: Optional[StackChoice] = None
    seasons: Optional[StackChoice] = None
    mask_band: str = ""
    mask_rule: str = ""
    measure_names: Tuple[str, ...] = ()
    formula: str = ""
    arrangement: Arrangement = Arrangement.OVERLAID
    points: List[PickedPoint] = field(default_factory=list)
    profiles: Dict[str, List[ClassProfile]] = field(default_factory=dict)
    sample_seasons: Dict[int, List[SeasonSpan]] = field(default_factory=dict)
    gone: str = ""

    def choose_stack(self, stack: Optional[StackChoice]) -> None:
        """Take another stack; measures that it lacks give way to the one looked at most."""
        self.stack = stack
        bands = stack.bands.bands if stack else ()
        offered = [measure.name for measure in offered_measures(bands)]
        self.measure_names = tuple(name for name in self.measure_names if name in offered)
        if not self.measure_names and offered:
            self.measure_names = (next((name for name in _PREFERRED if name in offered), offered[0]),)
        if self.mask is None and self.mask_band not in bands:
            self.mask_band = ""

    def measures(self) -> List[Measure]:
        """Return what is shown, in order.

        Raises:
            EngineError: the formula cannot be used.
        """
        if self.stack is None:
            return []
        bands = self.stack.bands.bands
        found = [find_measure(name, bands) for name in self.measure_names]
        return [*found, find_measure(self.formula, bands)] if self.formula.strip() else found

    def measures_of(self, stack: StackChoice) -> List[Measure]:
        """Return what of it another stack has too; a stack of an index has it as a band."""
        return measures_among(self.measures(), stack.bands.bands)

    def rule(self) -> Optional[IsClear]:
        """Return what tells clear from cloudy, None where there is no mask.

        Raises:
            EngineError: the mask's meaning is not known, or the rule cannot be read.
        """
        return clear_rule(self.mask_band, self.mask_rule) if self.mask_band else None

    def mask_stack(self) -> Optional[StackChoice]:
        """Return the stack that holds the mask's band, None where there is no mask."""
        return (self.mask or self.stack) if self.mask_band else None

    def needed(self) -> Dict[str, Tuple[int, ...]]:
        """Return layer id to the numbers of the bands to read.

        Raises:
            EngineError: the formula cannot be used.
        """
        wanted: Dict[str, List[int]] = {}
        for stack in (self.stack, self.processed):
            if stack is not None and stack.bands.dates:
                names = [band for measure in self.measures_of(stack) for band in measure.bands]
                wanted.setdefault(stack.layer_id, []).extend(_numbers(stack.bands, names))
        mask = self.mask_stack()
        if mask is not None:
            wanted.setdefault(mask.layer_id, []).extend(_numbers(mask.bands, [self.mask_band]))
        if self.seasons is not None:
            wanted.setdefault(self.seasons.layer_id, []).extend(season_numbers(self.seasons.bands).values())
        return {layer_id: tuple(dict.fromkeys(numbers)) for layer_id, numbers in wanted.items() if numbers}

    def forget_layer(self, layer_id: str) -> None:
        """Forget a layer that is being removed, and say so when it was the stack."""
        for role in ("stack", "processed", "mask", "seasons"):
            choice = getattr(self, role)
            if choice is not None and choice.layer_id == layer_id:
                self.gone = choice.name if role == "stack" else self.gone
                setattr(self, role, None)
        for point in self.points:
            point.values.pop(layer_id, None)
            point.outside.pop(layer_id, None)


def _numbers(bands: DatedBands, names: Sequence[str]) -> List[int]:
    found = (bands.number(day, name) for name in dict.fromkeys(names) for day in bands.dates)
    return [number for number in found if number is not None]
