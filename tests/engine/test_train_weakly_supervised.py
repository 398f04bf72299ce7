"""The job of weak supervision from file to file: what it learns, other grids, bad input, cancel, the same bytes."""

from __future__ import annotations

import json
import zipfile

import numpy as np
import pytest
import rasterio
from dated_stacks import ListeningProgress
from raster_files import write_raster
from rasterio.transform import from_origin
from rasterio.warp import Resampling, calculate_default_transform, reproject
from safetensors.numpy import load
from weak_scenes import FAST, LEFT, TOP, products_of, stack_of, train, truth_map, write_consensus, write_points

from cropsample_plugin.engine.errors import CanceledError, InputError, OutputError, SamplesError, StackError
from cropsample_plugin.engine.models import checkpoints
from cropsample_plugin.engine.models.missing_values import MissingRule
from cropsample_plugin.engine.models.packages import load_package
from cropsample_plugin.engine.models.weak_supervision import fitting
from cropsample_plugin.engine.models.weak_supervision.label_raster import (
    AlignedRaster,
    LabelReader,
    majority_vote,
    read_label_classes,
)
from cropsample_plugin.engine.models.weak_supervision.patches import PatchGrid, PatchReader, draw_patches
from cropsample_plugin.engine.progress import SilentProgress
from cropsample_plugin.engine.timeseries.dated_stack import DatedStack, read_stored, to_series
from cropsample_plugin.jobs.registry import JobContext, job_module, read_parameters

LEARNS = {**FAST, "max_epochs": 20, "patience_epochs": 20, "learning_rate": 0.01}


class Scene:
    """A stack, its truth, and consensus and agreement of three products of it."""

    def __init__(self, folder):
        self.folder = folder
        self.truth = truth_map()
        self.stack = stack_of(folder / "stack.tif", self.truth)
        self.products = products_of(self.truth)
        self.consensus, self.agreement = write_consensus(folder, self.products)
        self.points = write_points(folder / "points.gpkg", self.truth)


@pytest.fixture(scope="module")
def scene(tmp_path_factory):
    return Scene(tmp_path_factory.mktemp("weak"))


def document_of(folder):
    with zipfile.ZipFile(folder / "model.zip") as package:
        return json.loads(package.read("model.json"))


def predict(folder, stack):
    module = job_module("predictmap")
    values = {"model_package": str(folder / "model.zip"), "stack": stack, "classes": str(folder / "map.tif")}
    module.run(read_parameters(module, values), JobContext(SilentProgress(), 1, 1500, "cpu"))
    with rasterio.open(folder / "map.tif") as mapped:
        return mapped.read(1)


@pytest.mark.parametrize("model", ["temp_cnn", "lstm"])
def test_products_alone_make_a_map_better_than_their_vote(scene, tmp_path, model):
    hyperparameters = LEARNS if model == "temp_cnn" else {"max_epochs": 20, "learning_rate": 0.02, "batch_size": 2}
    result = train(
        tmp_path,
        scene.stack,
        scene.consensus,
        agreement=scene.agreement,
        reference=scene.points,
        class_field="kind",
        model=model,
        hyperparameters=hyperparameters,
    )
    mapped = predict(tmp_path, scene.stack)
    vote = scene.products.sum(axis=0) >= 2
    assert (mapped == scene.truth).mean() > 0.985 > (vote == scene.truth).mean()
    assert result.outputs["reference_macro_f1"] > result.outputs["vote_macro_f1"] > 0.85
    assert result.outputs["n_labels"] < result.outputs["n_pixels"]
    classes = load_package(tmp_path / "model.zip").classes
    assert [(item.class_id, item.name) for item in classes] == [(0, "non-crop"), (1, "crop")]


def test_the_vote_of_the_report_is_that_of_the_products(scene, tmp_path):
    result = train(
        tmp_path, scene.stack, scene.consensus, agreement=scene.agreement, reference=scene.points, class_field="kind"
    )
    rows, columns = np.mgrid[2:64:5, 2:64:5]
    vote = (scene.products.sum(axis=0) >= 2)[rows, columns].ravel()
    truth = scene.truth[rows, columns].ravel() == 1
    f1 = [2 * (vote & truth).sum() / (vote.sum() + truth.sum())]
    f1.append(2 * (~vote & ~truth).sum() / ((~vote).sum() + (~truth).sum()))
    assert result.outputs["vote_macro_f1"] == pytest.approx(np.mean(f1))
    assert majority_vote(np.array([0.0, 0.4, 0.5, 1.0, np.nan], dtype=np.float32)).tolist() == [0, 0, 1, 1, -1]


def test_predictmap_gives_what_the_package_predicts(scene, tmp_path):
    train(tmp_path, scene.stack, scene.consensus)
    stack = DatedStack.open(scene.stack)
    with rasterio.open(scene.stack) as dataset:
        stored = read_stored(dataset)
    values, _, static = to_series(stack, stored.reshape(len(stored), -1))
    own = load_package(tmp_path / "model.zip").predictor().predict_probabilities(values, static).argmax(axis=1)
    assert (predict(tmp_path, scene.stack).ravel() == own).all()


def test_the_same_seed_gives_the_same_bytes_whatever_memory_there_is(scene, tmp_path):
    folders = [tmp_path / name for name in ("first", "second", "other")]
    for folder, seed, memory_mb in zip(folders, (1, 1, 2), (2000, 0, 2000)):
        folder.mkdir()
        train(folder, scene.stack, scene.consensus, seed=seed, memory_mb=memory_mb)
    first, second, other = (folder.joinpath("model.zip").read_bytes() for folder in folders)
    assert first == second
    assert first != other


def test_the_report_shows_the_ablation_on_request(scene, tmp_path):
    train(tmp_path, scene.stack, scene.consensus)
    assert "What each term is worth" not in (tmp_path / "report.html").read_text(encoding="utf-8")
    train(
        tmp_path,
        scene.stack,
        scene.consensus,
        agreement=scene.agreement,
        ablation=True,
        reference=scene.points,
        class_field="kind",
    )
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    for name in ("as asked", "without visual similarity", "without spatial aggregation", "labels alone (lambda 0)"):
        assert page.count(name) >= 2, "a row of the table and a curve"
    assert "Majority vote of the products" in page
    assert "<script" not in page
    assert "src=" not in page


def test_the_package_says_how_it_was_made(scene, tmp_path):
    result = train(tmp_path, scene.stack, scene.consensus, strength=0.05)
    provenance = document_of(tmp_path)["provenance"]
    assert provenance["weak_supervision"]["strength"] == 0.05
    assert provenance["training_samples"]["n_used"] == result.outputs["n_labels"]
    assert provenance["protocol"]["name"] == "held_out_patches"
    assert not (tmp_path / "model.training").exists()


def test_a_consensus_on_another_grid_and_system_is_read_on_that_of_the_stack(scene, tmp_path):
    with rasterio.open(scene.consensus) as source:
        transform, width, height = calculate_default_transform(
            source.crs, "EPSG:4326", source.width, source.height, *source.bounds
        )
        values = np.full((1, height * 3, width * 3), 255, dtype=np.uint8)
        transform = transform @ transform.scale(1 / 3, 1 / 3)
        reproject(
            source.read(),
            values,
            src_transform=source.transform,
            src_crs=source.crs,
            dst_transform=transform,
            dst_crs="EPSG:4326",
            src_nodata=255,
            dst_nodata=255,
            resampling=Resampling.nearest,
        )
    other = write_raster(tmp_path / "other.tif", values, crs="EPSG:4326", transform=transform, nodata=255)
    progress = ListeningProgress()
    result = train(tmp_path, scene.stack, other, progress)
    same = train(tmp_path, scene.stack, scene.consensus)
    assert "lies on another grid" in " ".join(message for _, message in progress.logged)
    assert result.outputs["n_labels"] == pytest.approx(same.outputs["n_labels"], rel=0.05)


def test_a_smaller_consensus_leaves_the_rest_without_labels(scene, tmp_path):
    with rasterio.open(scene.consensus) as source:
        part = source.read()[:, :32, :32]
    smaller = write_raster(tmp_path / "part.tif", part, nodata=255)
    result = train(tmp_path, scene.stack, smaller, n_patches=64)
    assert "have no label" in (tmp_path / "report.html").read_text(encoding="utf-8")
    assert result.outputs["n_labels"] <= (part != 255).sum()


def test_a_missing_date_is_filled_and_told(scene, tmp_path):
    stack = stack_of(tmp_path / "stack.tif", scene.truth, missing_date=2)
    progress = ListeningProgress()
    train(tmp_path, stack, scene.consensus, progress)
    assert "Dates without any value" in " ".join(message for _, message in progress.logged)
    assert set(np.unique(predict(tmp_path, stack))) <= {0, 1}


def test_pixels_without_series_are_neither_learned_from_nor_counted(scene, tmp_path):
    clear = train(tmp_path, scene.stack, scene.consensus, n_patches=64)
    with rasterio.open(scene.stack) as source:
        values, names = source.read(), source.descriptions
    values[:, :16] = 65535
    cut = write_raster(tmp_path / "cut.tif", values, descriptions=names, scale=0.0001, nodata=65535)
    result = train(tmp_path, cut, scene.consensus, n_patches=64)
    assert result.outputs["n_pixels"] < clear.outputs["n_pixels"]
    assert "without a usable pixel" in (tmp_path / "report.html").read_text(encoding="utf-8")


def test_static_bands_are_learned_from_too(scene, tmp_path):
    with rasterio.open(scene.stack) as source:
        values, names = source.read(), source.descriptions
    values = np.concatenate([values, np.arange(64 * 64, dtype=np.uint16).reshape(1, 64, 64) + 1])
    both = write_raster(tmp_path / "static.tif", values, descriptions=[*names, "elevation"], scale=0.0001, nodata=65535)
    train(tmp_path, both, scene.consensus)
    assert document_of(tmp_path)["expects"]["static_bands"] == ["elevation"]
    assert set(np.unique(predict(tmp_path, str(both)))) == {0, 1}


def test_patches_beyond_the_budget_are_read_anew_and_are_the_same(scene):
    stack = DatedStack.open(scene.stack)
    grid = PatchGrid.over(stack, 16)
    with AlignedRaster(scene.consensus, stack, "The consensus") as raster:
        labels = LabelReader(raster, read_label_classes("0: non-crop; 1: crop"))
        size = PatchReader(stack, grid, labels, None, MissingRule(), 0).read(0).n_bytes
        reader = PatchReader(stack, grid, labels, None, MissingRule(), 3 * size)
        first = [reader.read(index) for index in range(len(grid))]
        again = [reader.read(index) for index in range(len(grid))]
    assert [one is other for one, other in zip(first, again)] == [True] * 3 + [False] * 13
    for one, other in zip(first, again):
        np.testing.assert_array_equal(one.values, other.values)
        np.testing.assert_array_equal(one.labels, other.labels)


def test_more_than_two_classes(scene, tmp_path):
    with rasterio.open(scene.consensus) as source:
        values = source.read()
    values[:, :, :24][values[:, :, :24] == 0] = 7
    three = write_raster(tmp_path / "three.tif", values, nodata=255)
    train(tmp_path, scene.stack, three, classes="0: other; 1: crop; 7: forest", n_patches=64)
    assert [item.name for item in load_package(tmp_path / "model.zip").classes] == ["other", "crop", "forest"]
    with pytest.raises(InputError, match="votes for class 1 against 0"):
        train(tmp_path, scene.stack, three, classes="0: other; 1: crop; 7: forest", agreement=scene.agreement)


def one_class(values):
    return np.where(values == 1, 1, 255)


def no_class(values):
    return np.full_like(values, 255)


def other_values(values):
    return np.where(values == 255, 255, values + 40)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (one_class, "labels of some classes only: 0 (non-crop)"),
        (no_class, "No pixel of the consensus"),
        (other_values, "Values that are no class: 40, 41"),
    ],
)
def test_a_consensus_of_one_class_or_none_is_refused(scene, tmp_path, change, words):
    with rasterio.open(scene.consensus) as source:
        values = change(source.read()).astype(np.uint8)
    consensus = write_raster(tmp_path / "consensus.tif", values, nodata=255)
    with pytest.raises(SamplesError) as caught:
        train(tmp_path, scene.stack, consensus)
    assert words in caught.value.message
    assert caught.value.remedy
    assert not (tmp_path / "model.zip").exists()


def test_labels_on_too_few_patches_are_refused(scene, tmp_path):
    values = np.full((1, 64, 64), 255, dtype=np.uint8)
    values[0, 8:10, 8:10], values[0, 10:12, 8:10] = 0, 1
    consensus = write_raster(tmp_path / "consensus.tif", values, nodata=255)
    with pytest.raises(SamplesError, match="Too few of the"):
        train(tmp_path, scene.stack, consensus)


def test_a_consensus_elsewhere_is_refused(scene, tmp_path):
    away = write_raster(
        tmp_path / "away.tif", np.ones((1, 64, 64), np.uint8), transform=from_origin(LEFT + 90_000.0, TOP, 10, 10)
    )
    with pytest.raises(InputError, match="does not overlap"):
        train(tmp_path, scene.stack, away)


def test_a_consensus_without_a_system_is_refused(scene, tmp_path):
    bare = write_raster(tmp_path / "bare.tif", np.ones((1, 64, 64), np.uint8), crs=None)
    with pytest.raises(InputError, match="no reference system"):
        train(tmp_path, scene.stack, bare)


def test_an_agreement_that_says_nothing_for_the_labels_is_refused(scene, tmp_path):
    with rasterio.open(scene.agreement) as source:
        values = source.read()
    values[0], values[1] = 0, 3
    never = write_raster(tmp_path / "never.tif", values, nodata=255)
    with pytest.raises(SamplesError, match="All labels of crop have the weight 0"):
        train(tmp_path, scene.stack, scene.consensus, agreement=str(never))


def test_an_agreement_of_one_band_is_refused(scene, tmp_path):
    with pytest.raises(InputError, match="1 bands"):
        train(tmp_path, scene.stack, scene.consensus, agreement=scene.consensus)


def test_a_patch_larger_than_the_stack_leaves_nothing_to_check(scene, tmp_path):
    with pytest.raises(InputError, match="room for 1 patches"):
        train(tmp_path, scene.stack, scene.consensus, patch_size_px=128)


@pytest.mark.parametrize(
    ("values", "word"),
    [
        ({"consensus": "/nowhere/consensus.tif"}, "/nowhere/consensus.tif"),
        ({"model": "random_forest"}, "random_forest"),
        ({"similarity": 0.0, "aggregation": 0.0}, "weights of the regulariser"),
        ({"class_weights": "some"}, "some"),
        ({"classes": "0: non-crop"}, "two or more"),
        ({"classes": "crop; non-crop"}, "crop"),
        ({"classes": "0: a; 0: b"}, "repeat"),
        ({"hyperparameters": {"max_epoch": 3}}, "max_epoch"),
    ],
)
def test_impossible_parameters_are_refused(scene, tmp_path, values, word):
    chosen = {"consensus": scene.consensus, **values}
    with pytest.raises(InputError, match=word):
        train(tmp_path, scene.stack, **chosen)


def test_a_stack_that_is_none_is_refused(scene, tmp_path):
    with pytest.raises(StackError, match="not a dated stack"):
        train(tmp_path, scene.consensus, scene.consensus)


def test_outputs_may_not_replace_inputs(scene, tmp_path):
    with pytest.raises(OutputError, match="zip"):
        train(tmp_path, scene.stack, scene.consensus, model_package=scene.consensus)


def test_diverging_training_is_stopped_and_the_best_weights_are_kept(scene, tmp_path, monkeypatch):
    train_epoch, calls = fitting._train_epoch, []

    def broken(*arguments):
        calls.append(arguments)
        loss = train_epoch(*arguments)
        return float("nan") if len(calls) == 3 else loss

    monkeypatch.setattr(fitting, "_train_epoch", broken)
    progress = ListeningProgress()
    train(tmp_path, scene.stack, scene.consensus, progress, hyperparameters={**FAST, "max_epochs": 9})
    assert len(calls) == 3
    assert "diverged in epoch 3" in progress.warnings
    assert "diverged in epoch 3" in (tmp_path / "report.html").read_text(encoding="utf-8")
    with zipfile.ZipFile(tmp_path / "model.zip") as package:
        assert all(np.isfinite(array).all() for array in load(package.read("weights.safetensors")).values())


def test_an_interrupted_training_goes_on_and_ends_the_same(scene, tmp_path, monkeypatch):
    monkeypatch.setattr(checkpoints, "_INTERVAL_S", 0.0)
    whole, broken = tmp_path / "whole", tmp_path / "broken"
    whole.mkdir()
    broken.mkdir()
    chosen = {"hyperparameters": {**FAST, "max_epochs": 6}}
    train(whole, scene.stack, scene.consensus, **chosen)
    with pytest.raises(CanceledError):
        train(broken, scene.stack, scene.consensus, CancelsInEpoch(4), **chosen)
    assert len(list((broken / "model.training").iterdir())) == 1
    progress = ListeningProgress()
    train(broken, scene.stack, scene.consensus, progress, **chosen)
    assert "goes on after epoch 3" in " ".join(message for _, message in progress.logged)
    assert (whole / "model.zip").read_bytes() == (broken / "model.zip").read_bytes()


class CancelsInEpoch(SilentProgress):
    """Cancels as soon as the epoch before is told."""

    def __init__(self, epoch):
        self.epoch = epoch
        self.last = 0

    def metric(self, name, step, value):  # noqa: ARG002 - the shape of a progress
        self.last = step

    def is_canceled(self):
        return self.last == self.epoch - 1


def test_cancelling_leaves_no_package(scene, tmp_path):
    with pytest.raises(CanceledError):
        train(tmp_path, scene.stack, scene.consensus, ListeningProgress(cancel_after=12))
    assert not (tmp_path / "model.zip").exists()


def test_reference_samples_of_other_classes_are_counted(scene, tmp_path):
    points = write_points(tmp_path / "points.gpkg", scene.truth, names=("meadow", "crop"))
    train(tmp_path, scene.stack, scene.consensus, reference=points, class_field="kind")
    assert "reference samples were left out because the class is none of the model" in (
        tmp_path / "report.html"
    ).read_text(encoding="utf-8").replace("&#39;", "'")
    points = write_points(tmp_path / "points.gpkg", scene.truth, names=("meadow", "field"))
    with pytest.raises(SamplesError, match="field, meadow"):
        train(tmp_path, scene.stack, scene.consensus, reference=points, class_field="kind")
    with pytest.raises(InputError, match="no class field"):
        train(tmp_path, scene.stack, scene.consensus, reference=points)


def test_rare_kinds_are_drawn_as_often_as_common_ones():
    counts = np.zeros((200, 3), dtype=np.int64)
    counts[:, 0] = 100
    counts[:10, 1] = 5
    counts[10:30, 2] = 50
    drawn = draw_patches(counts, 30, np.random.default_rng(0))
    assert len(set(drawn.tolist())) == 30
    assert (counts[drawn, 1] > 0).sum() == 10
    assert (counts[drawn, 2] > 0).sum() >= 10
    assert draw_patches(counts, 500, np.random.default_rng(0)).tolist() == list(range(200))


def test_classes_are_read_in_the_order_of_their_values():
    found = read_label_classes("40 = crop; 10: trees, shrubs")
    assert [(item.value, item.name) for item in found] == [(10, "trees, shrubs"), (40, "crop")]


def test_with_flipped_labels_lambda_above_zero_is_better_than_zero(tmp_path):
    truth = truth_map()
    f1 = {0.0: [], 0.1: []}
    for seed in (1, 2, 3):
        stack = stack_of(tmp_path / "stack.tif", truth, noise=1500, seed=seed)
        is_wrong = np.random.default_rng(seed).random(truth.shape) < 0.15
        labels = write_raster(tmp_path / "labels.tif", np.where(is_wrong, 1 - truth, truth)[None].astype(np.uint8))
        for strength, scores in f1.items():
            train(tmp_path, stack, labels, strength=strength, seed=seed, n_patches=64, hyperparameters=LEARNS)
            mapped = predict(tmp_path, stack)
            scores.append(2 * ((mapped == 1) & (truth == 1)).sum() / ((mapped == 1).sum() + (truth == 1).sum()))
    assert np.mean(f1[0.1]) > np.mean(f1[0.0])
    assert np.mean(f1[0.1]) > 0.93
