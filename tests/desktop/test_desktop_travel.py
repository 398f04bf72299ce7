"""A real QGIS window: the dialogs that compare models, move one elsewhere and learn from products alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from qgis_window import drive, make_profile

HERE = Path(__file__).resolve().parent
CROPS = "1,5,6,7,9"
SIZE_PX = 320

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def travel(engine_job, region, tmp_path_factory):
    """Return the region's paths with the package of a model of another region, and where products agree on crop."""
    folder = tmp_path_factory.mktemp("elsewhere")
    engine_job(folder, "simulateregion", {"output_folder": str(folder), "size_px": SIZE_PX, "seed": 7})
    stack, source = str(folder / "stack.vrt"), str(folder / "source.zip")
    engine_job(folder, "buildtimeseries", {"folder": str(folder / "images"), "output": stack})
    training = {"samples": str(folder / "local_samples.gpkg"), "stack": stack, "class_field": "class_name"}
    engine_job(folder, "trainclassifier", {**training, "model": "random_forest", "model_package": source})
    truth, consensus = str(Path(region["stack"]).with_name("reference_map.tif")), str(folder / "consensus.tif")
    products = {"products": [truth, truth], "crop_values": [CROPS, CROPS], "consensus": consensus}
    engine_job(folder, "productconsensus", products)
    return {**region, "source": source, "consensus": consensus}


def test_a_model_travels_and_products_teach(display, travel, tmp_path):
    answer = drive(HERE / "drive_travel.py", make_profile(tmp_path), display, travel, timeout_s=400)
    assert answer.get("error", "") == ""
    assert 0.2 < answer["comparison"]["MACRO_F1"] <= 1
    assert 0 < answer["transfer"]["NAIVE_MACRO_F1"] <= 1
    assert 0 < answer["transfer"]["SCRATCH_MACRO_F1"] <= 1
    assert answer["weak"]["LABEL_AGREEMENT"] > 0.5
    assert answer["weak"]["N_PATCHES"] > 0
    assert answer["longest_block_s"] < 2.0, "the window must answer throughout"
    assert answer["exit_status"] == 0
    for name in ("compared.gpkg", "compared.html", "moved.zip", "moved.html", "weak.zip", "weak.html"):
        assert (tmp_path / name).is_file()
