"""What a model expects of a stack: bands, static bands, time axis, scaling, value ranges, rule for missing values."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from cropsample_plugin.engine.errors import InputError, ModelPackageError
from cropsample_plugin.engine.models.missing_values import MissingRule
from cropsample_plugin.engine.models.package_fields import read_numbers, read_text, read_texts, require
from cropsample_plugin.engine.models.scaling import Scaling
from cropsample_plugin.engine.timeseries.series import AxisKind, TimeAxis

FloatArray = npt.NDArray[np.float32]
_PERCENTILES = (0.0, 1.0, 50.0, 99.0, 100.0)


@dataclass(frozen=True)
class ValueRange:
    """Values of a band in the training samples, in its physical unit, missing values left out."""

    band: str
    minimum: float
    percentile_1: float
    median: float
    percentile_99: float
    maximum: float

    @property
    def magnitude(self) -> float:
        """The larger absolute value of the 1st and the 99th percentile."""
        return max(abs(self.percentile_1), abs(self.percentile_99))


@dataclass(frozen=True)
class Expectations:
    """What a model expects of a stack.

    Attributes:
        bands: names of the dated bands, in the order of the model's input.
        static_bands: names of the static bands, in order.
        axis: the time axis that the model was trained on.
        scaling: applied by the predictor; identity for trees.
        missing_rule: how missing values are treated.
        value_ranges: of the dated bands, then of the static bands.
        preprocessing: what was done to the series, see `processing_history`; None when that is not known.
    """

    bands: tuple[str, ...]
    static_bands: tuple[str, ...]
    axis: TimeAxis
    scaling: Scaling
    missing_rule: MissingRule
    value_ranges: tuple[ValueRange, ...] = ()
    preprocessing: str | None = None


def measure_ranges(
    values: FloatArray, static_values: FloatArray, bands: tuple[str, ...], static_bands: tuple[str, ...]
) -> tuple[ValueRange, ...]:
    """Measure the ranges of ``(n, n_timesteps, n_bands)`` and ``(n, n_static)`` values; NaN is left out."""
    dated = [_measure(name, values[..., position].ravel()) for position, name in enumerate(bands)]
    static = [_measure(name, static_values[:, position]) for position, name in enumerate(static_bands)]
    return (*dated, *static)


def expectations_to_json(expects: Expectations) -> dict[str, Any]:
    """Return plain JSON values."""
    scaling = expects.scaling
    return {
        "bands": list(expects.bands),
        "static_bands": list(expects.static_bands),
        "axis": {"kind": expects.axis.kind.value, "labels": list(expects.axis.labels)},
        "scaling": {
            "formula": "(value - mean) / deviation * step weight",
            "means": scaling.means.tolist(),
            "deviations": scaling.deviations.tolist(),
            "static_means": scaling.static_means.tolist(),
            "static_deviations": scaling.static_deviations.tolist(),
            "step_weights": None if scaling.step_weights is None else scaling.step_weights.tolist(),
        },
        "missing_values": asdict(expects.missing_rule),
        "value_ranges": [asdict(item) for item in expects.value_ranges],
        "preprocessing": expects.preprocessing,
    }


def expectations_from_json(document: dict[str, Any]) -> Expectations:
    """Read what `expectations_to_json` wrote.

    Raises:
        ModelPackageError: a field is missing or impossible.
    """
    bands, static_bands = read_texts(document, "bands"), read_texts(document, "static_bands")
    if not bands:
        raise ModelPackageError("Its model.json names no bands.")
    ranges = require(document, "value_ranges", list)
    try:
        missing = require(document, "missing_values", dict)
        rule = MissingRule(
            read_text(missing, "name"),
            float(read_numbers({"share": [missing.get("max_missing_share")]}, "share", 1)[0]),
        )
    except InputError as error:
        raise ModelPackageError(f"Its rule for missing values is not known: {error.message}") from error
    axis = _read_axis(require(document, "axis", dict))
    return Expectations(
        bands,
        static_bands,
        axis,
        _read_scaling(require(document, "scaling", dict), len(bands), len(static_bands), len(axis)),
        rule,
        tuple(_read_range(item) for item in ranges),
        _read_preprocessing(document.get("preprocessing")),
    )


def _read_preprocessing(value: object) -> str | None:
    """Return what was done to the series; packages from before it was recorded do not know."""
    if value is not None and not isinstance(value, str):
        raise ModelPackageError("Its preprocessing is no text.")
    return value


def _measure(name: str, column: FloatArray) -> ValueRange:
    known = column[np.isfinite(column)]
    numbers = np.percentile(known.astype(np.float64), _PERCENTILES) if len(known) else np.zeros(len(_PERCENTILES))
    return ValueRange(name, *(float(number) for number in numbers))


def _read_axis(document: dict[str, Any]) -> TimeAxis:
    labels = read_texts(document, "labels")
    try:
        axis = TimeAxis(AxisKind(read_text(document, "kind")), labels)
        increases = bool(np.all(np.diff(axis.positions_days()) > 0))
    except (ValueError, IndexError) as error:
        raise ModelPackageError(f"Its time axis is not readable: {error}") from error
    if not increases:
        raise ModelPackageError("The steps of its time axis are not in order.")
    return axis


def _read_scaling(document: dict[str, Any], n_bands: int, n_static: int, n_timesteps: int) -> Scaling:
    has_weights = document.get("step_weights") is not None
    scaling = Scaling(
        read_numbers(document, "means", n_bands),
        read_numbers(document, "deviations", n_bands),
        read_numbers(document, "static_means", n_static),
        read_numbers(document, "static_deviations", n_static),
        read_numbers(document, "step_weights", n_timesteps) if has_weights else None,
    )
    if not (np.all(scaling.deviations > 0) and np.all(scaling.static_deviations > 0)):
        raise ModelPackageError("Its scaling has deviations that are not positive.")
    if scaling.step_weights is not None and scaling.step_weights.min() < 0:
        raise ModelPackageError("Its scaling has step weights that are negative.")
    return scaling


def _read_range(item: Any) -> ValueRange:  # noqa: ANN401 - JSON value in
    if not isinstance(item, dict):
        raise ModelPackageError("Its model.json holds a value range that is not an object.")
    names = ("minimum", "percentile_1", "median", "percentile_99", "maximum")
    numbers = read_numbers({"value_ranges": [item.get(name) for name in names]}, "value_ranges", len(names))
    return ValueRange(read_text(item, "band"), *(float(number) for number in numbers))
