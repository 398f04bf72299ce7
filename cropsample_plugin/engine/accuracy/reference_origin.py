"""Where reference samples come from: a probability design, or a set that proves nothing."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Mapping, Sequence

import numpy as np

from cropsample_plugin.engine.accuracy.designs import (
    BALANCED,
    CLUSTER,
    SIMPLE_RANDOM,
    STRATIFIED,
    SYSTEMATIC,
    UNEQUAL,
)
from cropsample_plugin.engine.accuracy.reference import PlacedSamples, places_on
from cropsample_plugin.engine.accuracy.strata_sources import DesignFields
from cropsample_plugin.engine.errors import CropSampleError, SamplesError
from cropsample_plugin.engine.timeseries.sample_table import SampleTable

RECORD_SUFFIX = ".cropsample.json"
DESIGN_KEY = "cropsample:design="
DRAWN_DESIGNS = (SIMPLE_RANDOM, STRATIFIED, SYSTEMATIC, CLUSTER, BALANCED)
FROM_REFERENCE = "from_reference"
_DRAWN_FIELDS = {
    "stratum": "stratum",
    "stratum_size": "stratum_pixels",
    "weight": "design_weight",
    "probability": "inclusion_probability",
    "cluster": "cluster",
}
_NO_PROOF = ("not a probability sample", "not observed")
_JOBS_WITHOUT_PROOF = {
    "representativesamples": "chosen to be representative (CRI)",
    "evaluaterepresentativeness": "chosen to be representative (CRI)",
    "departuresamples": "chosen near a starting point",
    "proposesamples": "proposed for labeling where the map is uncertain",
    "trustedsamples": "taken from a crop layer where it can be trusted",
    "productconsensus": "taken where land-cover products agree",
}
_ORIGIN_FIELDS = ("design", "origin")
_EARLIER_MAPS = ("map_classes", "map_probabilities")
_LONGEST_CHAIN = 10
_SHARED_SHARE = 0.25
_SAMPLES_OF_CALL = re.compile(r"'SAMPLES':\s*'([^']+)'")


@dataclass(frozen=True)
class Origin:
    """What is known of a reference.

    Attributes:
        design: design that it says it was drawn by; "" when it does not say.
        doubts: why it proves nothing; empty when nothing speaks against it.
    """

    design: str
    doubts: tuple[str, ...]


def warning_of(doubts: tuple[str, ...], *, accepted: bool) -> str:
    """Return the warning that every output carries; "" without doubts.

    Raises:
        SamplesError: there are doubts, and the user did not accept such samples.
    """
    if not doubts:
        return ""
    if not accepted:
        raise SamplesError(
            f"The reference proves nothing about the map: {'; '.join(doubts)}.",
            "Draw a probability sample with 'Probability samples'. To see the numbers all the same, allow samples that "
            "are no probability sample; every output will say so.",
        )
    return f"NOT A PROBABILITY SAMPLE: {'; '.join(doubts)}"


def origin_of(table: SampleTable, source: str, keywords: Sequence[str]) -> Origin:
    """Read design and doubts from the reference's fields, its layer's keywords and the record beside its file.

    Args:
        table: the reference.
        source: path of the user's layer, "" when it is no file.
        keywords: of the layer's metadata.

    Raises:
        SamplesError: samples of several designs in one layer.
    """
    doubts: list[str] = []
    designs: set[str] = set()
    for name in _ORIGIN_FIELDS:
        texts = {str(value).strip() for value in table.fields.get(name, ()) if isinstance(value, str) and value.strip()}
        doubts += [f"its field '{name}' says '{text}'" for text in sorted(texts) if _is_no_proof(text)]
        designs |= {text for text in texts if text in DRAWN_DESIGNS and name == "design"}
    for keyword in keywords:
        if keyword.strip().startswith(DESIGN_KEY):
            text = keyword.strip()[len(DESIGN_KEY) :].strip()
            designs |= {text} & set(DRAWN_DESIGNS)
            if text not in DRAWN_DESIGNS:
                doubts.append(f"its metadata say '{text}'")
        elif _is_no_proof(keyword):
            doubts.append(f"its metadata say '{keyword.strip()}'")
    job = str(_record(source).get("job", {}).get("name", ""))
    if job in _JOBS_WITHOUT_PROOF:
        doubts.append(f"it was {_JOBS_WITHOUT_PROOF[job]} by '{job}'")
    if len(designs) > 1:
        raise SamplesError(
            f"The reference holds samples of several designs: {', '.join(sorted(designs))}.",
            "Assess with one at a time; weights of different designs cannot be put together.",
        )
    return Origin(next(iter(designs), ""), tuple(dict.fromkeys(doubts)))


@dataclass(frozen=True)
class TrainingOverlap:
    """Reference samples at the pixels of training samples of the map.

    Attributes:
        n_shared: how many.
        n_samples: of how many.
        map_text: which map, in words.
    """

    n_shared: int
    n_samples: int
    map_text: str = "the map"

    @property
    def doubts(self) -> tuple[str, ...]:
        """A doubt when the reference is largely made of training samples."""
        if self.n_shared < _SHARED_SHARE * self.n_samples or not self.n_shared:
            return ()
        return (f"{self.n_shared} of its {self.n_samples} samples are training samples of {self.map_text}",)

    @property
    def notes(self) -> tuple[str, ...]:
        """A note when some samples coincide, as they may by chance."""
        if not self.n_shared or self.doubts:
            return ()
        note = (
            f"{self.n_shared} of the {self.n_samples} samples lie at training samples of {self.map_text}. Drawn by "
            "chance they do no harm; picked for training they would flatter the map."
        )
        return (note,)


def training_overlap(
    samples: PlacedSamples, map_path: str, grid: tuple[Any, Any], map_text: str = "the map"
) -> TrainingOverlap:
    """Count reference samples that are training samples of the map, as far as the map's record leads to them.

    Args:
        samples: the reference.
        map_path: the map; its record names the model package, whose record names the training samples. The record of a
            refined map names the map it was made of.
        grid: reference system and transform of the pixels that the samples were put on.
        map_text: what to call the map in words.
    """
    nothing = TrainingOverlap(0, len(samples.kept), map_text)
    training = _training_layer(map_path)
    if not training:
        return nothing
    try:
        xy = places_on(SampleTable.read(training), grid[0])
    except CropSampleError:
        return nothing
    xy = xy[np.isfinite(xy).all(axis=1)]
    inverse = ~grid[1]
    columns = np.floor(inverse.a * xy[:, 0] + inverse.b * xy[:, 1] + inverse.c)
    rows = np.floor(inverse.d * xy[:, 0] + inverse.e * xy[:, 1] + inverse.f)
    trained = set(zip(rows.tolist(), columns.tolist()))
    shared = sum(pixel in trained for pixel in zip(samples.rows.tolist(), samples.columns.tolist()))
    return TrainingOverlap(shared, len(samples.kept), map_text)


def design_fields(design: str, origin: Origin, table: SampleTable, given: DesignFields) -> DesignFields:
    """Return the fields of the design: those the user names, else those that 'Probability samples' writes."""
    if not origin.design or design not in (origin.design, UNEQUAL):
        return given
    named = vars(given)
    left_out = {"stratum", "stratum_size", "cluster"} if design == UNEQUAL else set()
    drawn = {key: name for key, name in _DRAWN_FIELDS.items() if name in table.fields and key not in left_out}
    return DesignFields(**{key: value or drawn.get(key, "") for key, value in named.items()})


def chosen_design(wanted: str, origin: Origin) -> str:
    """Return the design to estimate with.

    Raises:
        SamplesError: the reference was to say it, and does not.
    """
    if wanted != FROM_REFERENCE:
        return wanted
    if not origin.design:
        raise SamplesError(
            "The reference does not say how it was drawn: it has no field 'design' of 'Probability samples'.",
            "Choose the design by which the samples were drawn. If they were not drawn at random, they prove nothing.",
        )
    return origin.design


def _is_no_proof(text: str) -> bool:
    return any(sign in text.casefold() for sign in _NO_PROOF)


def _record(path: str) -> Mapping[str, Any]:
    """Return the record beside a file; empty when there is none that can be read."""
    try:
        found = json.loads(Path(path.split("|", maxsplit=1)[0] + RECORD_SUFFIX).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _training_layer(map_path: str) -> str:
    package = _model_package(map_path)
    if not package:
        return ""
    record = _record(package)
    named = _SAMPLES_OF_CALL.search(str(record.get("processing_command", "")))
    candidates = [record.get("job", {}).get("parameters", {}).get("samples", ""), named.group(1) if named else ""]
    found = (path for path in candidates if isinstance(path, str) and path)
    return next((path for path in found if Path(path.split("|", maxsplit=1)[0]).is_file()), "")


def _model_package(map_path: str) -> str:
    """Return the model package that the map's record, or those of the maps it was made of, name; "" for none."""
    path, package = map_path, ""
    for _ in range(_LONGEST_CHAIN):
        parameters = _record(path).get("job", {}).get("parameters", {})
        package = parameters.get("model_package", "")
        path = next((parameters[name] for name in _EARLIER_MAPS if parameters.get(name)), "")
        if package or not isinstance(path, str) or not path:
            break
    return package if isinstance(package, str) else ""
