"""What holds for every algorithm: input unchanged, same seed same output, wrong input refused, cancel, no engine."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Callable

import numpy as np
import pytest
from conftest import CLASS_FIELD, CLASS_NAMES, CODE_FIELD, LEFT_M, TOP_M, RecordingFeedback, class_grid, write_raster
from imagery_server import catalogue_of
from osgeo import gdal
from qgis.core import QgsProcessingException, QgsVectorLayer

from cropsample_plugin.algorithms.provider import ALGORITHMS
from cropsample_plugin.bridge.fields import make_field

Parameters = dict[str, Any]


@dataclass(frozen=True)
class Case:
    """How to run an algorithm small.

    Attributes:
        inputs: parameters without outputs; takes the region and the trained model.
        outputs: output parameter to file name.
        broken: changes that make the input wrong, and a word that the message must hold.
    """

    inputs: Callable[[Any, str], Parameters]
    outputs: dict[str, str]
    broken: Parameters
    broken_word: str


def objects(region) -> QgsVectorLayer:
    """Return the region's parcels with two features and a stratum each."""
    layer = region.parcels()
    layer.dataProvider().addAttributes([make_field(name, "real") for name in ("NDVI_20230315", "NDVI_20230715")])
    layer.dataProvider().addAttributes([make_field("stratum", "text")])
    layer.updateFields()
    rng = np.random.default_rng(1)
    changes = {
        feature.id(): {1: float(rng.uniform()), 2: float(rng.uniform()), 3: f"kind {feature.id() % 3}"}
        for feature in layer.getFeatures()
    }
    assert layer.dataProvider().changeAttributeValues(changes)
    return layer


def class_map(region) -> str:
    """Return a class map of the region, with a column of wrong pixels."""
    path = region.folder.with_name("class_map.tif")
    if not path.exists():
        grid = class_grid()
        grid[:, ::9] = 1
        write_raster(path, grid[None].astype(np.uint16), ("class",))
    return str(path)


CASES = {
    "objectstratification": Case(
        lambda region, _model: {"STACK": region.stack, "OBJECT_SIZE": 25, "N_STRATA": 3},
        {"OBJECTS": "objects.gpkg", "STRATA": "strata.tif"},
        {"STACK": "/nowhere/stack.tif"},
        "/nowhere/stack.tif",
    ),
    "representativesamples": Case(
        lambda region, _model: {"OBJECTS": objects(region), "N_SAMPLES": 9, "N_CANDIDATE_SETS": 20},
        {"OUTPUT": "samples.gpkg", "GPX": "samples.gpx", "REPORT": "report.html"},
        {"N_SAMPLES": 1_000},
        "1000",
    ),
    "evaluaterepresentativeness": Case(
        lambda region, _model: {"SAMPLES": region.samples(per_class=5), "OBJECTS": objects(region), "N_ADDITIONAL": 3},
        {"UNDERREPRESENTED": "under.gpkg", "ADDITIONAL": "more.gpkg"},
        {"SAMPLES": "/nowhere/samples.gpkg"},
        "/nowhere/samples.gpkg",
    ),
    "departuresamples": Case(
        lambda region, _model: {
            "OBJECTS": objects(region),
            "START_POINT": f"{LEFT_M},{TOP_M} [EPSG:32631]",
            "RADII": "0.3",
            "N_SAMPLES": 6,
        },
        {"OUTPUT": "samples.gpkg"},
        {"RADII": "near"},
        "near",
    ),
    "samplesize": Case(
        lambda region, _model: {"OBJECTS": objects(region)},
        {"TABLE": "sizes.gpkg"},
        {"OBJECTS": None, "CLASS_MAP": "/nowhere/map.tif"},
        "/nowhere/map.tif",
    ),
    "probabilitysamples": Case(
        lambda region, _model: {"AREA": region.parcels(), "CELL_SIZE": 10, "DESIGN": "balanced", "N_SAMPLES": 20},
        {"OUTPUT": "samples.gpkg"},
        {"N_SAMPLES": 900_000},
        "900000",
    ),
    "buildtimeseries": Case(
        lambda region, _model: {"FOLDER": str(region.images)},
        {"OUTPUT": "stack.vrt"},
        {"FOLDER": "", "INPUT": ["/nowhere/at all.tif"]},
        "at all.tif",
    ),
    "stactimeseries": Case(
        lambda region, _model: catalogue_of(region),
        {"OUTPUT": "imagery.vrt", "ITEMS": "items.gpkg"},
        {"COLLECTION": "no-such-collection"},
        "no-such-collection",
    ),
    "extracttimeseries": Case(
        lambda region, _model: {"INPUT": region.parcels(), "STACK": region.stack, "PIXELS_PER_POLYGON": 3},
        {"OUTPUT": "series.gpkg", "DROPPED": "dropped.gpkg"},
        {"STACK": "/nowhere/stack.tif"},
        "/nowhere/stack.tif",
    ),
    "compositetimeseries": Case(
        lambda region, _model: {"STACK": region.stack, "PERIOD_DAYS": 90, "N_PERIODS": 0},
        {"OUTPUT": "composites.tif", "OBSERVATIONS": "observations.tif"},
        {"CLOUD_MASK": "/nowhere/mask.tif"},
        "/nowhere/mask.tif",
    ),
    "preprocesstimeseries": Case(
        lambda region, _model: {"STACK": region.stack, "METHOD": "7_day_linear_whittaker"},
        {"OUTPUT": "regular.tif"},
        {"PERIOD_DAYS": 350},
        "350",
    ),
    "spectralindices": Case(
        lambda region, _model: {"STACK": region.stack, "INDICES": "ratio = nir / red"},
        {"OUTPUT": "indices.tif"},
        {"INDICES": "ratio = nir / blue"},
        "blue",
    ),
    "detectseasons": Case(
        lambda region, _model: {"STACK": region.stack, "INDEX": "nir"},
        {"OUTPUT": "seasons.tif", "SEASON_IDS": "ids.tif", "SEASON_TABLE": "seasons.gpkg"},
        {"INDEX": "no_such_band + 1"},
        "no_such_band",
    ),
    "polygonstosamples": Case(
        lambda region, _model: {
            "INPUT": region.parcels(),
            "STACK": region.stack,
            "MODE": "random",
            "PIXELS_PER_POLYGON": 3,
        },
        {"OUTPUT": "points.gpkg", "DROPPED": "dropped.gpkg"},
        {"STACK": "/nowhere/stack.tif"},
        "/nowhere/stack.tif",
    ),
    "proposesamples": Case(
        lambda region, model: {"MODEL_PACKAGE": model, "STACK": region.stack, "N_SAMPLES": 8, "MIN_DISTANCE": 30},
        {"OUTPUT": "proposed.gpkg"},
        {"MODEL_PACKAGE": __file__},
        "model",
    ),
    "labelconsensus": Case(
        lambda region, _model: {"INPUT": region.samples(), "LABEL_FIELDS": [CLASS_FIELD, CODE_FIELD], "TIES": "keep"},
        {"OUTPUT": "consensus.gpkg", "LABELERS": "labelers.gpkg", "PAIRS": "pairs.gpkg", "DROPPED": "dropped.gpkg"},
        {"LABEL_FIELDS": ["no such field"]},
        "no such field",
    ),
    "productconsensus": Case(
        lambda region, _model: {
            "PRODUCTS": [region.stack, region.stack],
            "CROP_VALUES": "0-1200; 0-1100",
            "N_PER_CLASS": 20,
        },
        {"CONSENSUS": "consensus.tif", "AGREEMENT": "agreement.tif", "SAMPLES": "weak.gpkg", "PAIRS": "pairs.gpkg"},
        {"CROP_VALUES": "wheat; 40"},
        "wheat",
    ),
    "trustedsamples": Case(
        lambda region, _model: {
            "CROP_LAYER": region.stack,
            "HOMOGENEITY_WINDOW": 1,
            "INNER_BUFFER": 0,
            "N_PER_CLASS": 2,
        },
        {"OUTPUT": "trusted.gpkg", "COUNTS": "counts.gpkg"},
        {"CLASSES": "maize"},
        "maize",
    ),
    "samplequality": Case(
        lambda region, _model: {
            "INPUT": region.samples(),
            "STACK": region.stack,
            "CLASS_FIELD": CLASS_FIELD,
            "MAX_GAP_DAYS": 400,
            "PEAK_DAYS": 400,
            "N_SEEDS": 2,
        },
        {"OUTPUT": "judged.gpkg", "SEASONS": "seasons.gpkg", "INDICES": "indices.gpkg", "LEDGER": "ledger.gpkg"},
        {"CLASS_FIELD": "no such field"},
        "no such field",
    ),
    "trainclassifier": Case(
        lambda region, _model: {
            "SAMPLES": region.samples(),
            "STACK": region.stack,
            "CLASS_FIELD": CLASS_FIELD,
            "N_TREES": 10,
        },
        {"MODEL_PACKAGE": "model.zip", "REPORT": "report.html"},
        {"CLASS_FIELD": "no such field"},
        "no such field",
    ),
    "trainweaklysupervised": Case(
        lambda region, _model: {
            "STACK": region.stack,
            "CONSENSUS": class_map(region),
            "CLASSES": "0: wheat; 1: forest; 2: maize",
            "PATCH_SIZE": 8,
            "MAX_EPOCHS": 2,
            "N_FILTERS": 4,
            "DENSE_SIZE": 4,
        },
        {"MODEL_PACKAGE": "model.zip", "REPORT": "report.html"},
        {"CLASSES": "5: rice; 6: cotton"},
        "rice",
    ),
    "crossvalidate": Case(
        lambda region, _model: {
            "SAMPLES": region.samples(),
            "STACK": region.stack,
            "CLASS_FIELD": CLASS_FIELD,
            "PROTOCOL": "k_fold",
            "N_FOLDS": 2,
            "LEARNING_CURVE": False,
        },
        {"TABLE": "scores.gpkg", "REPORT": "report.html"},
        {"CLASS_FIELD": "no such field"},
        "no such field",
    ),
    "searchhyperparameters": Case(
        lambda region, _model: {
            "SAMPLES": region.samples(),
            "STACK": region.stack,
            "CLASS_FIELD": CLASS_FIELD,
            "PROTOCOL": "k_fold",
            "N_FOLDS": 2,
            "N_TRIALS": 2,
        },
        {"HYPERPARAMETERS": "found.json", "REPORT": "report.html"},
        {"CLASS_FIELD": "no such field"},
        "no such field",
    ),
    "transferclassifier": Case(
        lambda region, model: {
            "MODEL_PACKAGE": model,
            "SAMPLES": region.samples(),
            "STACK": region.stack,
            "CLASS_FIELD": CLASS_FIELD,
            "N_REPEATS": 2,
        },
        {"OUTPUT": "model.zip", "REPORT": "report.html", "TABLE": "scores.gpkg"},
        {"MODEL_PACKAGE": __file__},
        "model",
    ),
    "predictmap": Case(
        lambda region, model: {"MODEL_PACKAGE": model, "STACK": region.stack},
        {"CLASSES": "classes.tif", "PROBABILITIES": "probabilities.tif", "UNCERTAINTY": "uncertainty.tif"},
        {"MODEL_PACKAGE": __file__},
        "model",
    ),
    "assessaccuracy": Case(
        lambda region, _model: {
            "MAP": class_map(region),
            "ZERO": "class",
            "REFERENCE": region.samples(),
            "CLASS_FIELD": CLASS_FIELD,
            "CLASS_NAMES": ", ".join(f"{value}={name}" for value, name in enumerate(CLASS_NAMES)),
            "DESIGN": "simple_random",
            "BOOTSTRAP_REPEATS": 50,
        },
        {"TABLE": "accuracy.gpkg", "MATRIX": "matrix.gpkg", "REPORT": "report.html", "PUBLICATION": "table.csv"},
        {"CLASS_FIELD": "no such field"},
        "no such field",
    ),
    "comparemaps": Case(
        lambda region, _model: {
            "MAPS": [class_map(region), region.stack],
            "CROP_VALUES": "0, 2; 0-1200",
            "REFERENCE": region.samples(),
            "CLASS_FIELD": CODE_FIELD,
            "CROP_LABELS": "0, 2",
            "DESIGN": "simple_random",
        },
        {
            "TABLE": "scores.gpkg",
            "PAIRS": "pairs.gpkg",
            "CHANGES": "changes.gpkg",
            "REPORT": "report.html",
            "AGREEMENT": "agreement.tif",
            "ENSEMBLE": "ensemble.tif",
            "DIFFERENCE": "difference.tif",
        },
        {"CROP_VALUES": "wheat; 40"},
        "wheat",
    ),
    "refinemap": Case(
        lambda region, _model: {"CLASSES": region.class_map(), "MIN_MAPPING_UNIT": 0.05, "ZERO": "class"},
        {"OUTPUT": "refined.tif"},
        {"RULES": "slope > 3 -> 1"},
        "slope",
    ),
    "replay": Case(
        lambda region, _model: {"RECORD": region.record()},
        {"FOLDER": "again", "PAGE": "page.html"},
        {"RECORD": __file__},
        "record",
    ),
    "simulateregion": Case(lambda _region, _model: {"SIZE": 120}, {"FOLDER": "region"}, {"SIZE": 3}, "SIZE"),
    "mapproject": Case(
        lambda region, _model: {"LAYERS": [region.stack], "RESOLUTION": 50},
        {"PROJECT": "map.qgz", "PICTURE": "map.png"},
        {"LAYERS": ["/nowhere/map.tif"]},
        "layers",
    ),
}
EVERY_CASE = sorted(CASES)
ENGINE_CASES = [name for name in EVERY_CASE if name != "mapproject"]


def parameters_of(name: str, region, model: str, folder: Path) -> Parameters:
    case = CASES[name]
    folder.mkdir(parents=True, exist_ok=True)
    outputs = {output: str(folder / file_name) for output, file_name in case.outputs.items()}
    return (
        {**case.inputs(region, model), "SEED": 7, **outputs}
        if name != "mapproject"
        else {
            **case.inputs(region, model),
            **outputs,
        }
    )


def model_for(name: str, request) -> str:
    needs_model = ("predictmap", "proposesamples", "transferclassifier")
    return request.getfixturevalue("trained") if name in needs_model else ""


def fingerprint(path: Path) -> Any:
    """Return what a file says, so that equal content is equal whatever time it was written at."""
    if path.suffix == ".gpkg":
        layer = QgsVectorLayer(str(path), "", "ogr")
        skip = set(layer.primaryKeyAttributes())
        rows = [
            (feature.geometry().asWkt(3), [str(value) for i, value in enumerate(feature.attributes()) if i not in skip])
            for feature in layer.getFeatures()
        ]
        return [field.name() for field in layer.fields()], rows
    if path.suffix == ".vrt":
        dataset = gdal.Open(str(path))
        names = [dataset.GetRasterBand(number + 1).GetDescription() for number in range(dataset.RasterCount)]
        return names, hashlib.sha256(np.ascontiguousarray(dataset.ReadAsArray())).hexdigest()
    return hashlib.sha256(path.read_bytes()).hexdigest()


def written_files(folder: Path) -> dict[str, Any]:
    ignored = (".json", ".qgz", ".xml", ".html")
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() and path.suffix not in ignored)
    return {str(path.relative_to(folder)): fingerprint(path) for path in files}


def hashes(folder: Path) -> dict[str, str]:
    """Return the content of every file; statistics that QGIS itself caches beside a raster are left out."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.endswith(".aux.xml")
    }


def test_every_algorithm_has_a_case():
    assert sorted(algorithm.ID for algorithm in ALGORITHMS) == EVERY_CASE


@pytest.mark.parametrize("name", EVERY_CASE)
def test_input_is_unchanged_and_the_same_seed_gives_the_same_output(run, request, region, tmp_path, name):
    model = model_for(name, request)
    before = hashes(region.folder)
    first, second = tmp_path / "a", tmp_path / "b"
    results = [run(name, parameters_of(name, region, model, folder)) for folder in (first, second)]
    assert hashes(region.folder) == before
    assert written_files(first)
    assert written_files(first) == written_files(second)
    for output in CASES[name].outputs:
        assert Path(results[0][output]).exists()
    timings = {"PIXELS_PER_SECOND"}
    numbers = [
        {k: v for k, v in result.items() if isinstance(v, (int, float)) and k not in timings} for result in results
    ]
    assert numbers[0] == numbers[1]


@pytest.mark.parametrize("name", EVERY_CASE)
def test_wrong_input_is_refused_with_our_message(run, request, region, tmp_path, name):
    parameters = {**parameters_of(name, region, model_for(name, request), tmp_path), **CASES[name].broken}
    with pytest.raises(QgsProcessingException) as caught:
        run(name, parameters)
    message = str(caught.value)
    assert CASES[name].broken_word.lower() in message.lower()
    assert "Traceback" not in message
    assert "Unexpected" not in message


@pytest.mark.parametrize("name", EVERY_CASE)
def test_cancel_stops_it_quietly(run, request, region, tmp_path, name):
    feedback = RecordingFeedback()
    feedback.cancel()
    results = run(name, parameters_of(name, region, model_for(name, request), tmp_path), feedback=feedback)
    assert not any(output in results for output in CASES[name].outputs)
    assert feedback.errors == []


@pytest.mark.parametrize("name", ENGINE_CASES)
def test_without_an_engine_it_says_so(provider, no_engine, region, tmp_path, name):
    import processing

    model = tmp_path / "model.zip"
    model.touch()
    with pytest.raises(QgsProcessingException, match=r"(?i)engine"):
        processing.run(f"cropsample:{name}", parameters_of(name, region, str(model), tmp_path))
    assert [path.name for path in tmp_path.iterdir()] == ["model.zip"]
