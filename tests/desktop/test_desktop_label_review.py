"""A real QGIS window: labels are judged through the toolbox, shown by category, and reviewed with real keys."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from qgis_window import drive, make_profile
from togo_stack import LABELERS, write_togo_stack

HERE = Path(__file__).resolve().parent
DATA = HERE.parents[2] / "shared" / "data"
# Where the guide's picture goes when it is to be renewed, such as docs/images/label_review.png.
PICTURE = os.environ.get("CROPSAMPLE_REVIEW_PICTURE", "")

# Thousands of polygons are judged and trained on before the review begins.
LONG_S = 500
SETS = {
    "mato_grosso": {
        "INPUT": str(DATA / "mato_grosso_sits" / "samples_modis_ndvi.gpkg"),
        "CLASS_FIELD": "label",
        "DATE_FIELD": "start_date",
        "START_FIELD": "start_date",
        "END_FIELD": "end_date",
    },
    "central_asia": {
        "INPUT": str(DATA / "central_asia_uz_south" / "central_asia_uz_south.gpkg"),
        "CLASS_FIELD": "label_1",
        "DATE_FIELD": "date",
    },
}

pytestmark = pytest.mark.slow


def check(answer):
    assert answer.get("error", "") == ""
    assert answer["categories"] == ["DataGap", "Keep", "NA", "Remove", "Suspect"]
    assert answer["message"] == ""
    assert answer["moved_on"]
    kinds = [decision for decision, _class, _comment in answer["decisions"]]
    assert kinds[0] == "keep"
    assert kinds[1] in {"relabel", "keep"}
    assert kinds[2:] == ["reject", "undo"]
    assert answer["decisions"][2][2] == "rust"
    assert answer["n_reviewed"] == answer["n_judged"]
    assert "as computed" in answer["applied"]
    assert "Nothing is lost" in answer["after_removal"]
    assert answer["longest_block_s"] < 2.0, "the window must answer throughout"
    assert answer["exit_status"] == 0


@pytest.fixture(autouse=True)
def keys():
    if shutil.which("xdotool") is None:
        pytest.skip("needs xdotool, which presses real keys")


def test_labels_of_a_region_are_reviewed(display, region, tmp_path):
    parameters = {"INPUT": region["samples"], "CLASS_FIELD": "class_name", "STACK": region["stack"], "N_SEEDS": 2}
    facts = {"parameters": parameters, "imagery": region["stack"]}
    check(drive(HERE / "drive_label_review.py", make_profile(tmp_path), display, facts))


@pytest.mark.skipif(not DATA.is_dir(), reason="the real data sets are not beside this checkout")
@pytest.mark.parametrize("name", ["mato_grosso", "central_asia"])
@pytest.mark.parametrize("algorithm", ["samplequality", "judgeandtrain"])
@pytest.mark.usefixtures("engine_python")
def test_published_labels_are_reviewed(display, tmp_path, name, algorithm):
    facts = {"parameters": SETS[name], "algorithm": f"cropsample:{algorithm}", "scale": 25_000}
    if algorithm == "judgeandtrain":
        samples = {"SAMPLES": SETS[name]["INPUT"], "MODEL": "random_forest"}
        facts["parameters"] = {**{key: value for key, value in SETS[name].items() if key != "INPUT"}, **samples}
        facts["parameters"]["trainclassifier:MODEL_PACKAGE"] = str(tmp_path / "model.zip")
        facts["output"] = "samplequality:OUTPUT"
    check(drive(HERE / "drive_label_review.py", make_profile(tmp_path), display, facts, timeout_s=LONG_S))
    assert (tmp_path / "model.zip").is_file() == (algorithm == "judgeandtrain")
    if PICTURE and (name, algorithm) == ("central_asia", "samplequality"):
        shutil.copy(tmp_path / "review.png", PICTURE)


@pytest.mark.skipif(not DATA.is_dir(), reason="the real data sets are not beside this checkout")
@pytest.mark.usefixtures("engine_python")
def test_labels_of_four_labelers_are_merged_judged_and_reviewed(display, tmp_path):
    labels = DATA / "togo_labels" / "togo_test_4labelers.gpkg"
    write_togo_stack(tmp_path / "togo.tif", labels)
    parameters = {
        "SAMPLES": f"{labels}|layername=joined",
        "SAMPLE_ID_FIELD": "id",
        "LABEL_FIELDS": list(LABELERS),
        "STACK": str(tmp_path / "togo.tif"),
        "labelconsensus:OUTPUT": str(tmp_path / "consensus.gpkg"),
    }
    facts = {"parameters": parameters, "algorithm": "cropsample:mergeandjudge", "output": "samplequality:OUTPUT"}
    facts |= {"scale": 500_000, "imagery": parameters["STACK"]}
    check(drive(HERE / "drive_label_review.py", make_profile(tmp_path), display, facts))
