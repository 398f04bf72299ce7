"""The model package: one zip with ``model.json`` and the weights, written to repeat and read with suspicion.

``model.json`` says what the model expects (bands, static bands, time axis, scaling, value ranges, the rule for
missing values), what it gives (classes) and how it was made. Weights are safetensors or skops, never a pickle, and
``model.json`` holds their SHA-256. The same training gives the same bytes: nothing in the package tells the time.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import math
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from cropsample_plugin.engine.errors import InputError, ModelPackageError
from cropsample_plugin.engine.models.archives import ArchiveLimits, check_framing, read_archive, write_archive
from cropsample_plugin.engine.models.calibration import TemperedPredictor
from cropsample_plugin.engine.models.class_factors import FactoredPredictor, Factors
from cropsample_plugin.engine.models.classes import ClassInfo
from cropsample_plugin.engine.models.expectations import Expectations, expectations_from_json, expectations_to_json
from cropsample_plugin.engine.models.fitting import ModelShape, Predictor
from cropsample_plugin.engine.models.hyperparameter_values import read_settings
from cropsample_plugin.engine.models.package_fields import read_classes, read_numbers, read_text, require
from cropsample_plugin.engine.models.registry import MODELS, SKOPS, ModelSpec
from cropsample_plugin.engine.models.settings import Settings
from cropsample_plugin.engine.output_files import replaced_when_done

FORMAT = "cropsample-model"
FORMAT_VERSION = 3
_TEMPERED_VERSION = 2
_PLAIN_VERSION = 1
DOCUMENT = "model.json"
_LIMITS = ArchiveLimits(max_bytes=8 * 1024**3, max_members=8)
_MAX_DOCUMENT_BYTES = 16 * 1024**2
_HOTTEST = 1000.0
_ZIP_START = b"PK\x03\x04"


@dataclass(frozen=True)
class ModelPackage:
    """A trained model with all that is needed to use it rightly.

    Attributes:
        model: name of the model, a key of `MODELS`.
        settings: its hyperparameters.
        expects: what it expects of a stack.
        classes: what it gives, in the order of the columns of its probabilities.
        weights: the weights as bytes.
        n_global_classes: classes of the global head, 0 without one.
        provenance: how it was made: training-sample hash, protocol, scores, settings, versions, licence.
        temperature: that its probabilities are brought to; 1 changes nothing.
        class_factors: that its probabilities are multiplied by after that, see `class_factors`; () changes nothing.
    """

    model: str
    settings: Settings
    expects: Expectations
    classes: tuple[ClassInfo, ...]
    weights: bytes = field(repr=False)
    n_global_classes: int = 0
    provenance: dict[str, Any] = field(default_factory=dict)
    temperature: float = 1.0
    class_factors: Factors = ()

    @property
    def spec(self) -> ModelSpec:
        """The model's entry in the registry."""
        return MODELS[self.model]

    @property
    def shape(self) -> ModelShape:
        """The sizes of the model's input and output."""
        expects = self.expects
        return ModelShape(
            len(expects.axis), len(expects.bands), len(expects.static_bands), len(self.classes), self.n_global_classes
        )

    def predictor(self) -> Predictor:
        """Return the model in memory, ready to predict.

        Raises:
            ModelPackageError: the weights do not hold what ``model.json`` says.
        """
        try:
            model = self.spec.load(self.weights, self.shape, self.settings, self.expects.scaling)
        except ModelPackageError as error:
            raise ModelPackageError(error.message, error.remedy or self._version_remedy()) from error
        model = model if self.temperature == 1.0 else TemperedPredictor(model, self.temperature)
        return FactoredPredictor(model, self.class_factors) if self.class_factors else model

    def _version_remedy(self) -> str:
        written = self.provenance.get("versions")
        name = "scikit-learn" if self.spec.weights_format == SKOPS else "safetensors"
        if not isinstance(written, dict) or written.get(name) in (None, importlib.metadata.version(name)):
            return "Get the package again from where it came, or train the model again."
        return (
            f"It was written with {name} {written[name]}, the engine has {importlib.metadata.version(name)}: "
            "train the model again, or create the engine environment anew."
        )


def save_package(package: ModelPackage, path: str | Path) -> None:
    """Write a package; the file appears complete or not at all.

    Raises:
        OutputError: the folder may not be written to.
    """
    with replaced_when_done(Path(path)) as partial:
        partial.write_bytes(package_bytes(package))


def package_bytes(package: ModelPackage) -> bytes:
    """Return the package as the bytes of its zip; the same package gives the same bytes."""
    weights_name = f"weights.{package.spec.weights_format}"
    document = {
        "format": FORMAT,
        "format_version": _format_version(package),
        "model": {
            "name": package.model,
            "hyperparameters": asdict(package.settings),
            "n_global_classes": package.n_global_classes,
        },
        "weights": {
            "file": weights_name,
            "format": package.spec.weights_format,
            "bytes": len(package.weights),
            "sha256": hashlib.sha256(package.weights).hexdigest(),
        },
        "expects": expectations_to_json(package.expects),
        "gives": _gives(package),
        "provenance": package.provenance,
    }
    text = json.dumps(document, indent=2, sort_keys=True, ensure_ascii=False, allow_nan=False)
    return write_archive({DOCUMENT: text.encode("utf-8"), weights_name: package.weights}, compress=True)


def _format_version(package: ModelPackage) -> int:
    """Return the oldest format that holds all of a package."""
    if package.class_factors:
        return FORMAT_VERSION
    is_plain = package.expects.scaling.step_weights is None and package.temperature == 1.0
    return _PLAIN_VERSION if is_plain else _TEMPERED_VERSION


def _gives(package: ModelPackage) -> dict[str, Any]:
    gives: dict[str, Any] = {
        "classes": [asdict(item) for item in package.classes],
        "temperature": package.temperature,
    }
    return {**gives, "class_factors": list(package.class_factors)} if package.class_factors else gives


def load_package(path: str | Path) -> ModelPackage:
    """Read a package and check it; nothing in it is run, and the weights are not yet interpreted.

    Raises:
        ModelPackageError: the file is missing, no package, damaged, changed, unsafe, or of a newer version.
    """
    try:
        size = Path(path).stat().st_size
        if size > _LIMITS.max_bytes:
            raise ModelPackageError(f"{path} is {size:,} bytes long; no model package is.")
        content = Path(path).read_bytes()
    except OSError as error:
        raise ModelPackageError(f"The model package {path} cannot be read: {error.strerror}.") from error
    if not content.startswith(_ZIP_START):
        raise ModelPackageError(
            f"{path} is no model package: it is not a zip archive. It was not opened.",
            "Choose a package that CropSample wrote; pickles and other model files are refused, they can run code.",
        )
    try:
        return _read(content)
    except (ModelPackageError, InputError) as error:
        raise ModelPackageError(f"{path}: {error.message}", error.remedy) from error


def _read(content: bytes) -> ModelPackage:
    members = read_archive(content, _LIMITS)
    document = _read_document(members)
    version = document.get("format_version")
    if document.get("format") != FORMAT or not isinstance(version, int):
        raise ModelPackageError("It is not a CropSample model package.")
    if version > FORMAT_VERSION:
        raise ModelPackageError(
            f"It was written in format {version}; this version of CropSample reads up to {FORMAT_VERSION}.",
            "Update CropSample.",
        )
    check_framing(content)
    model = require(document, "model", dict)
    name = read_text(model, "name")
    if name not in MODELS:
        raise ModelPackageError(f"It holds the model '{name}', which this version does not know.", "Update CropSample.")
    gives = require(document, "gives", dict)
    return ModelPackage(
        model=name,
        settings=read_settings(MODELS[name].settings_type, require(model, "hyperparameters", dict)),
        expects=expectations_from_json(require(document, "expects", dict)),
        classes=read_classes(require(gives, "classes", list)),
        weights=_read_weights(document, members, MODELS[name]),
        n_global_classes=int(require(model, "n_global_classes", int)),
        provenance=require(document, "provenance", dict),
        temperature=_read_temperature(gives),
        class_factors=_read_factors(gives),
    )


def _read_temperature(gives: dict[str, Any]) -> float:
    """Return the temperature; packages written before there was one have none."""
    value = gives.get("temperature", 1.0)
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0.0 < value < _HOTTEST:
        raise ModelPackageError("Its model.json has an impossible temperature.")
    return float(value)


def _read_factors(gives: dict[str, Any]) -> Factors:
    """Return the class factors; most packages have none."""
    found = gives.get("class_factors", [])
    if found == []:
        return ()
    n_classes = len(require(gives, "classes", list))
    factors = tuple(float(value) for value in read_numbers(gives, "class_factors", n_classes))
    if min(factors) < 0 or not 0 < max(factors) < math.inf:
        raise ModelPackageError("Its model.json has impossible class factors.")
    return factors


def _read_document(members: dict[str, bytes]) -> dict[str, Any]:
    if DOCUMENT not in members:
        raise ModelPackageError(f"It holds no {DOCUMENT}.", "Choose a package that CropSample wrote.")
    if len(members[DOCUMENT]) > _MAX_DOCUMENT_BYTES:
        raise ModelPackageError(f"Its {DOCUMENT} is unreasonably large.")
    try:
        document = json.loads(members[DOCUMENT].decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise ModelPackageError(f"Its {DOCUMENT} is not readable: {error}") from error
    if not isinstance(document, dict):
        raise ModelPackageError(f"Its {DOCUMENT} is not an object.")
    return document


def _read_weights(document: dict[str, Any], members: dict[str, bytes], spec: ModelSpec) -> bytes:
    entry = require(document, "weights", dict)
    name = read_text(entry, "file")
    if read_text(entry, "format") != spec.weights_format or name != f"weights.{spec.weights_format}":
        raise ModelPackageError(f"Its weights are not in the format {spec.weights_format}; they were not opened.")
    if set(members) != {DOCUMENT, name}:
        raise ModelPackageError("It holds other files than model.json and its weights; none of them was opened.")
    if hashlib.sha256(members[name]).hexdigest() != entry.get("sha256"):
        raise ModelPackageError(
            "Its weights are not those that model.json describes: the file was damaged or changed.",
            "Get the package again from where it came, or train the model again.",
        )
    return members[name]
