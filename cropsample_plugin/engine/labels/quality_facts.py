"""What a judgement of labels hands on to training: facts to keep with the model, and weights of the time steps.

A step counts fully inside the growing season of any class, and less outside of all of them: there the series say
little about the crop. The season of a class is cut at the quartiles of its supported samples, so that single samples
with odd seasons do not widen it. Source: the growing-season feature weights of TISQE, methods.md 2.3.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from cropsample_plugin.engine.errors import InputError
from cropsample_plugin.engine.labels.quality_input import QualitySamples
from cropsample_plugin.engine.labels.quality_result import CATEGORIES, KEEP, SUSPECT, QualityResult
from cropsample_plugin.engine.labels.sample_seasons import NO_SEASON, SampleSeasons
from cropsample_plugin.engine.labels.votes import NO_LABEL, Column, FloatArray
from cropsample_plugin.engine.output_files import replaced_when_done
from cropsample_plugin.engine.timeseries.series import SeriesArray, TimeAxis

FORMAT = "cropsample-label-quality"
FORMAT_VERSION = 1
_LEAST_SAMPLES = 5
_QUARTILES = (25.0, 75.0)
_MAX_BYTES = 4 * 1024**2
_REMEDY = "Choose the quality facts that 'Sample quality' wrote for these samples."


@dataclass(frozen=True)
class QualityFacts:
    """Facts as read from a file.

    Attributes:
        document: all of them, as plain JSON values.
        step_weights: ``(n_timesteps,)`` weight of each step of the series that were judged.
        axis_kind, axis_labels: their time axis.
        sha256: hash of the judged labels and series, see `series_hash`.
    """

    document: dict[str, Any]
    step_weights: FloatArray
    axis_kind: str
    axis_labels: tuple[str, ...]
    sha256: str

    def check_axis(self, axis: TimeAxis) -> None:
        """Raise `InputError` unless the series to train on have the steps that were judged."""
        if axis.kind.value != self.axis_kind or tuple(axis.labels) != self.axis_labels:
            raise InputError(
                f"The quality facts are of series with {len(self.axis_labels)} steps ({self.axis_labels[0]} to "
                f"{self.axis_labels[-1]}), the samples have {len(axis)} ({axis.labels[0]} to {axis.labels[-1]}).",
                _REMEDY,
            )


def describe_quality(
    samples: QualitySamples,
    seasons: SampleSeasons,
    result: QualityResult,
    thresholds: dict[str, Any],
    outside_weight: float,
) -> dict[str, Any]:
    """Return the facts as plain JSON values; nothing in them tells the time or the place.

    Args:
        samples: the judged samples.
        seasons: their seasons.
        result: what was found.
        thresholds: the settings used.
        outside_weight: weight of steps outside of every growing season, 0 to 1.

    Raises:
        InputError: see `check_outside_weight`.
    """
    check_outside_weight(outside_weight)
    rows = season_rows(samples, seasons, result, outside_weight)
    weights = [row["step_weights"] for row in rows] or [[1.0] * len(samples.positions)]
    counts = Counter(zip(samples.codes.tolist(), result.category.tolist()))
    labels = np.array([*samples.classes, None], dtype=object)[samples.codes]
    return {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "samples": {"n_samples": samples.n_samples, "sha256": series_hash(labels, samples.series)},
        "categories": {name: int((result.category == name).sum()) for name in CATEGORIES},
        "per_class": [
            {"label": label, **{name: counts[code, name] for name in CATEGORIES}}
            for code, label in enumerate(samples.classes)
        ],
        "thresholds": thresholds,
        "axis": {"kind": samples.series.axis.kind.value, "labels": list(samples.series.axis.labels)},
        "season_weights": {
            "outside": outside_weight,
            "steps": np.max(weights, axis=0).tolist(),
            "seasons": rows,
        },
    }


def check_outside_weight(weight: float) -> None:
    """Raise `InputError` for a weight that steps outside of the season cannot have."""
    if not 0.0 <= weight <= 1.0:
        raise InputError(f"The weight of dates out of season is {weight:g}.", "It lies in 0 to 1.")


def season_rows(
    samples: QualitySamples, seasons: SampleSeasons, result: QualityResult, outside_weight: float
) -> list[dict[str, Any]]:
    """Return the growing season of each class in each season, and the weight of each step in it.

    Days are counted from the first step of the series. A class needs five samples there that are Keep or Suspect.
    """
    supported = np.isin(result.category, (KEEP, SUSPECT)) & (seasons.kinds != NO_SEASON) & (samples.codes != NO_LABEL)
    keys = np.stack([samples.codes, seasons.years, seasons.kinds], axis=1)
    rows = []
    for code, year, kind in np.unique(keys[supported], axis=0):
        here = supported & (keys == (code, year, kind)).all(axis=1)
        if here.sum() < _LEAST_SAMPLES:
            continue
        start = float(np.percentile(seasons.starts[here], _QUARTILES[0]))
        end = float(np.percentile(seasons.ends[here], _QUARTILES[1]))
        inside = (samples.positions >= start) & (samples.positions <= end)
        rows.append(
            {
                "label": samples.classes[code],
                "season": f"{year} season {kind + 1}",
                "n_samples": int(here.sum()),
                "first_day": start,
                "last_day": end,
                "step_weights": np.where(inside, 1.0, outside_weight).tolist(),
            }
        )
    return rows


def series_hash(labels: Column, series: SeriesArray) -> str:
    """Return a hash of labels and series, the same wherever the layer is read."""
    digest = hashlib.sha256()
    told = [[None if label is None else str(label) for label in labels], list(series.axis.labels), list(series.bands)]
    digest.update(json.dumps(told, ensure_ascii=True).encode())
    digest.update(np.ascontiguousarray(series.values, dtype="<f4").tobytes())
    return digest.hexdigest()


def write_quality_facts(document: dict[str, Any], path: str | Path) -> None:
    """Write the facts as JSON.

    Raises:
        OutputError: the folder may not be written to.
    """
    with replaced_when_done(Path(path)) as partial:
        partial.write_text(json.dumps(document, indent=1, ensure_ascii=False, allow_nan=False), encoding="utf-8")


def read_quality_facts(path: str | Path) -> QualityFacts:
    """Read what `write_quality_facts` wrote.

    Raises:
        InputError: the file is missing, no such file, damaged or of a newer version.
    """
    try:
        content = Path(path).read_bytes()
        if len(content) > _MAX_BYTES:
            raise InputError(f"{path} is {len(content):,} bytes long; no quality facts are.", _REMEDY)
        document = json.loads(content.decode("utf-8"))
        if document["format"] != FORMAT:
            raise InputError(f"{path} holds no quality facts.", _REMEDY)
        if document["format_version"] > FORMAT_VERSION:
            raise InputError(f"{path} was written by a newer version.", "Update CropSample.")
        labels = tuple(str(label) for label in document["axis"]["labels"])
        weights = np.array(document["season_weights"]["steps"], dtype=np.float64)
        facts = QualityFacts(document, weights, document["axis"]["kind"], labels, document["samples"]["sha256"])
    except OSError as error:
        raise InputError(f"The quality facts {path} cannot be read: {error.strerror}.", _REMEDY) from error
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise InputError(f"{path} holds no readable quality facts: {error!r}", _REMEDY) from error
    is_sound = weights.shape == (len(labels),) and np.isfinite(weights).all() and weights.min() >= 0
    if not is_sound or weights.max() == 0:
        raise InputError(f"{path} holds impossible weights of the time steps.", _REMEDY)
    return facts
