"""The main job on a synthetic region, through qgis_process alone: images and samples in, a styled map in QGIS out.

Run by ``make demo``. Everything goes to demo_output/, QGIS runs with a profile of its own inside it.
"""

from __future__ import annotations

import argparse
import html
import json
import os
import re
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import rasterio
from plugin_files import NAME, ROOT, link_plugin

# On Debian `qgis_process` is a shell wrapper around the first of these.
PROGRAM_NAMES = ("qgis_process.bin", "qgis_process", "qgis_process-qgis", "qgis_process-qgis-ltr")
PROFILE = "qgis_profile"
N_PROOF_SAMPLES = 600


class StepError(Exception):
    """A step of the demo failed; the message is what QGIS said."""


@dataclass(frozen=True)
class Demo:
    """Where the demo runs and what with.

    Attributes:
        folder: everything the demo writes.
        program: path of qgis_process.
        size_px: side of the region in pixels.
        model: what to train.
    """

    folder: Path
    program: str
    size_px: int
    model: str

    def path(self, name: str) -> str:
        """Return the absolute path of a file of the demo."""
        return str(self.folder / name)


def main(arguments: list[str] | None = None) -> int:
    """Run the demo, print where things are and how good the map is, and return the exit status."""
    options = _parser().parse_args(arguments)
    program = next((found for name in PROGRAM_NAMES if (found := shutil.which(name))), None)
    if program is None:
        print(
            "demo: qgis_process was not found; run `make setup`, or put QGIS's programs on the PATH.", file=sys.stderr
        )
        return 1
    folder = Path(options.output).resolve()
    if folder.exists() and not (folder / PROFILE).is_dir():
        print(f"demo: {folder} exists and is no output of an earlier demo; name another folder.", file=sys.stderr)
        return 1
    shutil.rmtree(folder, ignore_errors=True)
    (folder / PROFILE).mkdir(parents=True, mode=0o700)
    demo = Demo(folder, program, options.size, options.model)
    started = time.monotonic()
    try:
        _enable_plugin(demo)
        scores = _run_main_job(demo)
    except StepError as error:
        print(f"demo: {error}", file=sys.stderr)
        return 1
    _print_summary(demo, scores, time.monotonic() - started)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--output", default=str(ROOT / "demo_output"), help="folder to write to; an earlier demo in it is removed"
    )
    parser.add_argument("--size", type=int, default=600, help="side of the region in pixels of 10 m")
    parser.add_argument("--model", default="multi_head_lstm", help="random_forest, svm, lstm or multi_head_lstm")
    return parser


def _run_main_job(demo: Demo) -> dict[str, Any]:
    region = _step(
        demo,
        "a farming region with its images",
        "cropsample:simulateregion",
        FOLDER=demo.path("region"),
        SIZE=demo.size_px,
    )
    stack = _step(
        demo, "a dated stack", "cropsample:buildtimeseries", FOLDER=region["IMAGES"], OUTPUT=demo.path("stack.vrt")
    )["OUTPUT"]
    _step(
        demo,
        "the series at the samples",
        "cropsample:extracttimeseries",
        INPUT=region["LOCAL_SAMPLES"],
        STACK=stack,
        OUTPUT=demo.path("local_series.gpkg"),
    )
    _step(
        demo,
        "the local series and those of another region together",
        "native:mergevectorlayers",
        LAYERS=[demo.path("local_series.gpkg"), region["GLOBAL_SAMPLES"]],
        OUTPUT=demo.path("training_series.gpkg"),
    )
    scores = _step(
        demo,
        "a trained model",
        "cropsample:trainclassifier",
        SAMPLES=demo.path("training_series.gpkg"),
        CLASS_FIELD="class_name",
        GROUP_FIELD="parcel_id",
        DOMAIN_FIELD="domain",
        MODEL=demo.model,
        MODEL_PACKAGE=demo.path("model.zip"),
        REPORT=demo.path("report.html"),
    )
    maps = _step(
        demo,
        "the map",
        "cropsample:predictmap",
        MODEL_PACKAGE=demo.path("model.zip"),
        STACK=stack,
        CLASSES=demo.path("crop_map.tif"),
        PROBABILITIES=demo.path("probabilities.tif"),
        UNCERTAINTY=demo.path("uncertainty.tif"),
    )
    _step(
        demo,
        "a QGIS project and a picture",
        "cropsample:mapproject",
        LAYERS=[
            region["CHECK_SAMPLES"],
            maps["CLASSES"],
            maps["UNCERTAINTY"],
            maps["PROBABILITIES"],
            region["REFERENCE"],
            stack,
        ],
        CLASS_FIELD="class_name",
        TITLE="CropSample demo: crops of a synthetic region",
        PROJECT=demo.path("demo.qgz"),
        PICTURE=demo.path("map.png"),
    )
    proof = _prove(demo, maps["CLASSES"], region)
    return {**scores, **maps, "quality": _map_quality(maps["CLASSES"], region), "proof": proof}


def _prove(demo: Demo, class_map: str, region: dict[str, Any]) -> list[dict[str, Any]]:
    """Draw a probability sample on the map, label it with the truth, and return the area of each class."""
    _step(
        demo,
        "a probability sample of the map",
        "cropsample:probabilitysamples",
        CLASS_MAP=class_map,
        ZERO="class",
        DESIGN="stratified",
        N_SAMPLES=N_PROOF_SAMPLES,
        MINIMUM_PER_STRATUM=30,
        OUTPUT=demo.path("proof_samples.gpkg"),
    )
    samples = pyogrio.read_dataframe(demo.path("proof_samples.gpkg"))
    truth, predicted = _class_names_of_pixels(region["REFERENCE"]), _class_names_of_pixels(class_map)
    samples["label"] = truth[samples["row"], samples["col"]]
    pyogrio.write_dataframe(samples, demo.path("proof_samples.gpkg"))
    _step(
        demo,
        "accuracy and areas with intervals",
        "cropsample:assessaccuracy",
        MAP=class_map,
        ZERO="class",
        REFERENCE=demo.path("proof_samples.gpkg"),
        CLASS_FIELD="label",
        TABLE=demo.path("accuracy.gpkg"),
        MATRIX=demo.path("error_matrix.gpkg"),
        REPORT=demo.path("accuracy.html"),
        PUBLICATION=demo.path("area_table.csv"),
    )
    rows = pyogrio.read_dataframe(demo.path("accuracy.gpkg"))
    with rasterio.open(class_map) as dataset:
        pixel_ha = abs(dataset.transform.a * dataset.transform.e) / 10_000
    mapped = predicted != ""
    return [
        {**row, "true_ha": float((truth[mapped] == row["class"]).sum()) * pixel_ha}
        for row in rows[rows["class"] != "all classes"].to_dict("records")
    ]


def _enable_plugin(demo: Demo) -> None:
    link_plugin(ROOT / "build" / "link")
    said = _qgis_process(demo, "plugins", "enable", NAME)
    if NAME not in said.stdout:
        raise StepError(f"QGIS does not find the plugin:\n{said.stdout}\n{said.stderr}")


def _step(demo: Demo, title: str, algorithm: str, **parameters: Any) -> dict[str, Any]:  # noqa: ANN401 - any JSON value
    """Run one algorithm, say how long it took, and return its outputs."""
    started = time.monotonic()
    print(f"demo: {title} ({algorithm}) ...", end="", flush=True)
    given = [
        f"{name}={item}"
        for name, value in parameters.items()
        for item in (value if isinstance(value, list) else [value])
    ]
    said = _qgis_process(demo, "--json", "run", algorithm, "--", *given)
    print(f" {time.monotonic() - started:.0f} s", flush=True)
    (demo.folder / "logs").mkdir(exist_ok=True)
    log = demo.folder / "logs" / f"{algorithm.partition(':')[2]}.log"
    log.write_text(said.stdout + said.stderr, encoding="utf-8")
    try:
        results: dict[str, Any] = json.loads(said.stdout[said.stdout.index("{") :])["results"]
    except (ValueError, KeyError):
        raise StepError(f"{algorithm} failed; all it said is in {log}\n{said.stderr[-2000:]}") from None
    return results


def _qgis_process(demo: Demo, *arguments: str) -> subprocess.CompletedProcess[str]:
    private = demo.folder / PROFILE
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "QGIS_PLUGINPATH": str(ROOT / "build" / "link"),
        "QGIS_CUSTOM_CONFIG_PATH": str(private),
        "XDG_RUNTIME_DIR": str(private),
    }
    environment.setdefault("CROPSAMPLE_PYTHON", sys.executable)
    return subprocess.run(
        [demo.program, *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )


def _map_quality(class_map: str, region: dict[str, Any]) -> dict[str, float]:
    """Compare the map with the truth: share of all pixels, and share of the check samples, that are right."""
    predicted = _class_names_of_pixels(class_map)
    truth = _class_names_of_pixels(region["REFERENCE"])
    mapped = predicted != ""
    samples = pyogrio.read_dataframe(region["CHECK_SAMPLES"])
    with rasterio.open(class_map) as dataset:
        rows, columns = rasterio.transform.rowcol(dataset.transform, samples.geometry.x, samples.geometry.y)
    labels = samples["class_name"].to_numpy(dtype=str)
    at_samples = predicted[rows, columns]
    return {
        "mapped_share": float(mapped.mean()),
        "pixel_accuracy": float((predicted[mapped] == truth[mapped]).mean()),
        "sample_accuracy": float((at_samples == labels)[at_samples != ""].mean()),
        "n_samples": int((at_samples != "").sum()),
    }


def _class_names_of_pixels(raster: str) -> np.ndarray[Any, np.dtype[np.str_]]:
    """Return the class name of each pixel of a map by its category names, ``(height, width)``; "" for nodata."""
    side_file = Path(f"{raster}.aux.xml").read_text(encoding="utf-8")
    names = [
        html.unescape(name) for name in re.findall(r"<Category>(.*?)</Category>|<Category/>", side_file, re.DOTALL)
    ]
    with rasterio.open(raster) as dataset:
        values = dataset.read(1)
        nodata = dataset.nodata
    table = np.array([*names, *[""] * (int(values.max()) + 1 - len(names))])
    return np.where(values == nodata, "", table[values])


def _print_summary(demo: Demo, scores: dict[str, Any], seconds: float) -> None:
    quality = scores["quality"]
    areas = "\n".join(
        f"  {row['class']:<16} {row['mapped_ha']:10,.1f} {row['area_ha']:10,.1f} "
        f"{row['area_low_ha']:10,.1f} to {row['area_high_ha']:<8,.1f} {row['true_ha']:10,.1f}"
        for row in scores["proof"]
    )
    n_held = sum(row["area_low_ha"] <= row["true_ha"] <= row["area_high_ha"] for row in scores["proof"])
    print(f"""
The map is done, {seconds:.0f} s after the start. How good it is:
  {quality["pixel_accuracy"]:.1%} of mapped pixels are right ({quality["mapped_share"]:.1%} of the region is mapped)
  {quality["sample_accuracy"]:.1%} of {quality["n_samples"]} independent check samples are right
  {scores["OVERALL_ACCURACY"]:.1%} of the held-out training samples are right, macro F1 {scores["MACRO_F1"]:.2f}
Areas in hectares, from {N_PROOF_SAMPLES} samples drawn on the map and labeled with the truth:
  {"class":<16} {"mapped":>10} {"estimated":>10} {"95 % interval":>22} {"true":>10}
{areas}
  {n_held} of {len(scores["proof"])} intervals hold the true area
Where things are:
  {demo.path("map.png")}  picture of the map
  {demo.path("demo.qgz")}  QGIS project with everything styled: qgis {demo.path("demo.qgz")}
  {demo.path("report.html")}  report of the training
  {demo.path("accuracy.html")}  report on accuracy and areas; area_table.csv is the table to print
  {demo.path("crop_map.tif")}  the map; probabilities.tif and uncertainty.tif beside it
  {demo.path("model.zip")}  the model, ready to map another stack""")


if __name__ == "__main__":
    sys.exit(main())
