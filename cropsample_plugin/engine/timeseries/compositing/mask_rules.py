"""Which observations are clear: rules on the values of a cloud mask.

Sources: Sentinel-2 Level-2A scene classification (SCL) and QA60, ESA Sentinel-2 product specification; s2cloudless
probability, Google Earth Engine ``COPERNICUS/S2_CLOUD_PROBABILITY``; Landsat Collection 2 QA_PIXEL, USGS LSDS-1619.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Callable

import numpy as np
import numpy.typing as npt

from cropsample_plugin.engine.errors import InputError
from cropsample_plugin.engine.timeseries.spectral.formula import Formula

BoolArray = npt.NDArray[np.bool_]
FloatArray = npt.NDArray[np.float32]

AUTO = "auto"
RULE = "rule"
PROBABILITY = "s2cloudless"
_CLEAR_SCL = (4, 5, 6, 7)
_QA60_CLOUDS = (1 << 10) | (1 << 11)
# Fill, dilated cloud, cirrus, cloud, cloud shadow, snow.
_QA_PIXEL_UNCLEAR = 0b111111
_KIND_BY_NAME = {
    "scl": "scl",
    "qa60": "qa60",
    "qa_pixel": "qa_pixel",
    "cloud_probability": PROBABILITY,
    "probability": PROBABILITY,
    "msk_cldprb": PROBABILITY,
    "cldprb": PROBABILITY,
    "clp": PROBABILITY,
    "s2cloudless": PROBABILITY,
}


@dataclass(frozen=True)
class MaskRule:
    """What a mask's values mean.

    Attributes:
        kind: one of `MASK_KINDS`.
        rule: for kind ``rule``: condition on ``value`` under which an observation is clear, such as
            ``value < 20`` or ``(value == 4) | (value == 5)``.
        max_probability: for kind ``s2cloudless``: largest probability of cloud of a clear observation, in the
            mask's unit, which is percent.
    """

    kind: str
    rule: str = ""
    max_probability: float = 40.0

    def is_clear(self, mask: npt.NDArray[Any]) -> BoolArray:
        """Return which values of a mask are clear; missing values are not.

        Args:
            mask: stored values, integers or float32 with NaN where missing.
        """
        return MASK_KINDS[self.kind](mask, self)

    def cloudiness(self, mask: npt.NDArray[Any]) -> FloatArray:
        """Return how cloudy an observation is, for choosing the least cloudy one: 0 where the mask only says clear."""
        if self.kind == PROBABILITY:
            values: FloatArray = mask.astype(np.float32)
            return values
        return np.zeros(mask.shape, dtype=np.float32)


def mask_rule(kind: str, band: str, rule: str = "", max_probability: float = 40.0) -> MaskRule:
    """Return the rule of a mask, recognised by the name of its band when the kind is ``auto``.

    Raises:
        InputError: the kind is unknown or cannot be recognised, or a rule is missing or unreadable.
    """
    if kind == AUTO:
        kind = RULE if rule else _KIND_BY_NAME.get(band.casefold(), "")
        if not kind:
            raise InputError(
                f"What the values of the mask band '{band}' mean is not known.",
                f"Choose the kind of mask ({', '.join(MASK_KINDS)}), or give a rule such as 'value < 20'.",
            )
    if kind not in MASK_KINDS:
        raise InputError(f"Unknown kind of cloud mask '{kind}'.", f"Use one of: {', '.join(MASK_KINDS)}.")
    if kind == RULE:
        if not rule:
            raise InputError("The kind of mask is 'rule' but no rule is given.", "Give one such as 'value < 20'.")
        names = Formula(rule).names
        if names != {"value"}:
            raise InputError(f"The rule '{rule}' must be about 'value' alone.", "Write one such as 'value < 20'.")
    return MaskRule(kind, rule, max_probability)


def _whole(mask: npt.NDArray[Any]) -> tuple[npt.NDArray[np.int64], BoolArray]:
    known: BoolArray = np.isfinite(mask) if mask.dtype.kind == "f" else np.ones(mask.shape, dtype=bool)
    return np.where(known, mask, 0).astype(np.int64), known


def _scl(mask: npt.NDArray[Any], rule: MaskRule) -> BoolArray:  # noqa: ARG001 - one signature for all kinds
    clear: BoolArray = np.isin(mask, _CLEAR_SCL)
    return clear


def _qa60(mask: npt.NDArray[Any], rule: MaskRule) -> BoolArray:  # noqa: ARG001 - one signature for all kinds
    values, known = _whole(mask)
    clear: BoolArray = known & ((values & _QA60_CLOUDS) == 0)
    return clear


def _qa_pixel(mask: npt.NDArray[Any], rule: MaskRule) -> BoolArray:  # noqa: ARG001 - one signature for all kinds
    values, known = _whole(mask)
    clear: BoolArray = known & ((values & _QA_PIXEL_UNCLEAR) == 0)
    return clear


def _probability(mask: npt.NDArray[Any], rule: MaskRule) -> BoolArray:
    clear: BoolArray = mask <= rule.max_probability
    return clear


def _by_rule(mask: npt.NDArray[Any], rule: MaskRule) -> BoolArray:
    found = Formula(rule.rule).evaluate({"value": mask})
    clear: BoolArray = np.broadcast_to(np.asarray(found, dtype=bool), mask.shape) & np.isfinite(mask)
    return clear


MASK_KINDS: dict[str, Callable[[npt.NDArray[Any], MaskRule], BoolArray]] = {
    "scl": _scl,
    "qa60": _qa60,
    PROBABILITY: _probability,
    "qa_pixel": _qa_pixel,
    RULE: _by_rule,
}
