"""Which observations are clear, by the value of a cloud mask; the rules are those of *Composite time series*."""

from __future__ import annotations

import math
from typing import Callable, Dict

from cropsample_plugin.bridge.band_formula import BandFormula
from cropsample_plugin.bridge.engine_errors import EngineError

_MAX_PROBABILITY = 40.0
# Vegetation, bare, water, unclassified (Sentinel-2 Level-2A product specification).
_CLEAR_SCL = (4, 5, 6, 7)
_QA60_CLOUDS = (1 << 10) | (1 << 11)
# Fill, dilated cloud, cirrus, cloud, cloud shadow, snow (USGS LSDS-1619).
_QA_PIXEL_UNCLEAR = 0b111111

IsClear = Callable[[float], bool]

_RULES: Dict[str, IsClear] = {
    "scl": lambda value: value in _CLEAR_SCL,
    "qa60": lambda value: int(value) & _QA60_CLOUDS == 0,
    "qa_pixel": lambda value: int(value) & _QA_PIXEL_UNCLEAR == 0,
    "s2cloudless": lambda value: value <= _MAX_PROBABILITY,
}
_KIND_BY_NAME = {
    "scl": "scl",
    "qa60": "qa60",
    "qa_pixel": "qa_pixel",
    "cloud_probability": "s2cloudless",
    "probability": "s2cloudless",
    "msk_cldprb": "s2cloudless",
    "cldprb": "s2cloudless",
    "clp": "s2cloudless",
    "s2cloudless": "s2cloudless",
}


def is_known_mask(band: str) -> bool:
    """Return whether what the values of a mask mean is known by its band's name."""
    return band.casefold() in _KIND_BY_NAME


def clear_rule(band: str, rule: str = "") -> IsClear:
    """Return what says whether an observation is clear, given the value of the mask; NaN never is.

    Args:
        band: name of the mask's band.
        rule: condition on ``value`` such as ``value < 20``; "" recognises the band's name.

    Raises:
        EngineError: kind ``input``: the name is not known and there is no rule, or the rule cannot be read.
    """
    if rule.strip():
        decide = _by_formula(rule)
    elif is_known_mask(band):
        decide = _RULES[_KIND_BY_NAME[band.casefold()]]
    else:
        raise EngineError(
            "input",
            f"What the values of the mask band '{band}' mean is not known.",
            "Say where it is clear, such as 'value < 20'.",
        )
    return lambda value: not math.isnan(value) and decide(value)


def _by_formula(rule: str) -> IsClear:
    formula = BandFormula(rule)
    if formula.names != {"value"}:
        raise EngineError("input", f"The rule '{rule}' must be about 'value' alone.", "Write one such as 'value < 20'.")

    def decide(value: float) -> bool:
        found = formula.evaluate({"value": value})
        return found != 0.0 and not math.isnan(found)

    return decide
