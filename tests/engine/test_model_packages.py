"""Model packages: what is written is read back; what is unsafe or damaged is refused without running it."""

from __future__ import annotations

import hashlib
import io
import json
import os
import pickle
import zipfile

import numpy as np
import pytest
import skops.io
from safetensors.numpy import load as load_tensors
from safetensors.numpy import save as save_tensors
from training_factories import QUICK, make_package, make_training_set, quick_fit

from cropsample_plugin.engine.errors import ModelPackageError, OutputError
from cropsample_plugin.engine.models.archives import ArchiveLimits, read_archive, write_archive
from cropsample_plugin.engine.models.packages import (
    DOCUMENT,
    FORMAT_VERSION,
    load_package,
    package_bytes,
    save_package,
)
from cropsample_plugin.engine.models.skops_weights import dump_skops, load_skops

MODELS = list(QUICK)
LIMITS = ArchiveLimits(10**9, 10**5)


class Malicious:
    """Leaves a file behind when it is unpickled."""

    def __init__(self, marker):
        self.marker = str(marker)

    def __reduce__(self):
        return os.mkdir, (self.marker,)


@pytest.fixture(scope="module")
def forest_package():
    return make_package("random_forest")


@pytest.fixture
def saved(tmp_path, forest_package):
    path = tmp_path / "model.zip"
    save_package(forest_package, path)
    return path


def repacked(path, change):
    """Change the members of a package and write it again."""
    members = read_archive(path.read_bytes(), LIMITS)
    members = change(members) or members
    path.write_bytes(write_archive(members, compress=True))
    return path


def with_document(path, change):
    def changed(members):
        document = json.loads(members[DOCUMENT])
        change(document)
        members[DOCUMENT] = json.dumps(document).encode()

    return repacked(path, changed)


def with_weights(path, weights, name=None):
    """Replace the weights and correct their hash: a tamperer who knows the format."""

    def changed(members):
        document = json.loads(members[DOCUMENT])
        old = document["weights"]["file"]
        document["weights"] |= {"sha256": hashlib.sha256(weights).hexdigest(), "file": name or old}
        return {DOCUMENT: json.dumps(document).encode(), name or old: weights}

    return repacked(path, changed)


@pytest.mark.parametrize("model", MODELS)
def test_a_package_read_back_predicts_the_same_bytes(tmp_path, model):
    samples = make_training_set(n_static=2, share_local=0.6)
    package = make_package(model, samples)
    save_package(package, tmp_path / "model.zip")
    loaded = load_package(tmp_path / "model.zip")
    assert loaded.classes == package.classes
    assert loaded.settings == package.settings
    assert loaded.expects.axis == package.expects.axis
    assert loaded.expects.bands == package.expects.bands
    assert loaded.expects.value_ranges == package.expects.value_ranges
    assert np.array_equal(loaded.expects.scaling.means, package.expects.scaling.means)
    first = package.predictor().predict_probabilities(samples.values, samples.static_values)
    again = loaded.predictor().predict_probabilities(samples.values, samples.static_values)
    assert first.tobytes() == again.tobytes()
    assert package_bytes(loaded) == package_bytes(package)


@pytest.mark.parametrize("model", MODELS)
def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(model):
    first, again = package_bytes(make_package(model)), package_bytes(make_package(model))
    assert first == again
    if model not in ("svm", "gradient_boosting"):
        samples = make_training_set()
        assert quick_fit(model, samples, seed=3)[0].dump() != quick_fit(model, samples, seed=4)[0].dump()


def test_a_package_holds_no_time_and_no_pickle(saved):
    with zipfile.ZipFile(saved) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.namelist() == [DOCUMENT, "weights.skops"]
        inner = zipfile.ZipFile(io.BytesIO(archive.read("weights.skops")))
    assert {info.date_time for info in inner.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert all(name.endswith((".npy", "schema.json")) for name in inner.namelist())
    for name in inner.namelist():
        if name.endswith(".npy"):
            np.load(io.BytesIO(inner.read(name)), allow_pickle=False)


def test_truncated_files_are_refused(saved):
    content = saved.read_bytes()
    for length in (0, 3, 30, len(content) // 2, len(content) - 1):
        saved.write_bytes(content[:length])
        with pytest.raises(ModelPackageError):
            load_package(saved)


def test_a_single_changed_byte_is_noticed(saved):
    content = bytearray(saved.read_bytes())
    for position in range(60, len(content), len(content) // 25):
        changed = content.copy()
        changed[position] ^= 0xFF
        saved.write_bytes(bytes(changed))
        with pytest.raises(ModelPackageError):
            load_package(saved)


def test_changed_weights_are_refused_by_their_hash(saved):
    repacked(saved, lambda members: {**members, "weights.skops": members["weights.skops"] + b" "})
    with pytest.raises(ModelPackageError, match="damaged or changed"):
        load_package(saved)


def test_missing_file_and_folder_are_named(tmp_path):
    with pytest.raises(ModelPackageError, match=r"nowhere\.zip"):
        load_package(tmp_path / "nowhere.zip")
    with pytest.raises(ModelPackageError):
        load_package(tmp_path)


@pytest.mark.parametrize("name", ["model.zip", "model.pkl"])
def test_a_pickle_is_refused_and_not_run(tmp_path, name):
    path = tmp_path / name
    path.write_bytes(pickle.dumps(Malicious(tmp_path / "owned")))
    with pytest.raises(ModelPackageError, match="no model package"):
        load_package(path)
    assert not (tmp_path / "owned").exists()


@pytest.mark.parametrize("inner", ["model.pkl", "weights.joblib", "data.PT", "setup.py"])
def test_a_zip_with_a_pickle_or_program_inside_is_refused(saved, tmp_path, inner):
    payload = pickle.dumps(Malicious(tmp_path / "owned"))
    repacked(saved, lambda members: {**members, inner: payload})
    with pytest.raises(ModelPackageError, match="can run code"):
        load_package(saved)
    assert not (tmp_path / "owned").exists()


@pytest.mark.parametrize("model", MODELS)
def test_a_pickle_in_place_of_the_weights_is_refused(tmp_path, model):
    path = tmp_path / "model.zip"
    save_package(make_package(model), path)
    with_weights(path, pickle.dumps(Malicious(tmp_path / "owned")))
    with pytest.raises(ModelPackageError):
        load_package(path).predictor()
    assert not (tmp_path / "owned").exists()


def test_an_object_array_with_a_pickle_inside_is_refused(saved, tmp_path):
    def poisoned(weights):
        members = read_archive(weights, LIMITS)
        stream = io.BytesIO()
        np.save(stream, np.array([Malicious(tmp_path / "owned")], dtype=object), allow_pickle=True)
        name = next(name for name in members if name.endswith(".npy"))
        return write_archive({**members, name: stream.getvalue()}, compress=False)

    weights = read_archive(saved.read_bytes(), LIMITS)["weights.skops"]
    with_weights(saved, poisoned(weights))
    with pytest.raises(ModelPackageError):
        load_package(saved).predictor()
    assert not (tmp_path / "owned").exists()


def test_foreign_types_in_the_weights_are_refused(saved):
    from sklearn.ensemble import ExtraTreesClassifier

    other = ExtraTreesClassifier(2).fit([[0.0], [1.0]], [0, 1])
    with_weights(saved, skops.io.dumps({"forest": other}))
    with pytest.raises(ModelPackageError, match="not trusted"):
        load_package(saved).predictor()


@pytest.mark.parametrize(
    "node",
    [
        {"__class__": "mkdir", "__module__": "os", "__loader__": "FunctionNode", "content": "mkdir"},
        {"__class__": "methodcaller", "__module__": "operator", "__loader__": "OperatorFuncNode", "attrs": {}},
        {"__class__": "method", "__module__": "builtins", "__loader__": "MethodNode", "content": {}},
        {"__class__": "dict", "__module__": "builtins", "__loader__": "PartialNode", "content": {}},
    ],
)
def test_nodes_that_could_call_something_are_refused_wherever_they_stand(saved, node):
    members = read_archive(read_archive(saved.read_bytes(), LIMITS)["weights.skops"], LIMITS)
    schema = json.loads(members["schema.json"])
    schema["content"]["forest"]["content"]["content"]["n_jobs"] = node
    members["schema.json"] = json.dumps(schema).encode()
    with_weights(saved, write_archive(members, compress=False))
    with pytest.raises(ModelPackageError, match="not trusted"):
        load_package(saved).predictor()


@pytest.mark.parametrize(
    ("field", "value"),
    [("left_child", 10**6), ("left_child", 0), ("right_child", -7), ("feature", 999), ("feature", -1)],
)
def test_trees_that_point_outside_themselves_are_refused(field, value, forest_package):
    from cropsample_plugin.engine.models.forest import TRUSTED_TYPES, load

    forest = load_skops(forest_package.weights, TRUSTED_TYPES)["forest"]
    tree = forest.estimators_[0].tree_
    state = tree.__getstate__()
    nodes = state["nodes"].copy()
    nodes[field][0] = value
    # Written past scikit-learn's own checks, the way a tampered file would hold it.
    tree.__setstate__({**state, "nodes": nodes})
    with pytest.raises(ModelPackageError, match="damaged"):
        load(
            dump_skops({"forest": forest}),
            forest_package.shape,
            forest_package.settings,
            forest_package.expects.scaling,
        )


def test_names_that_leave_the_archive_are_refused(saved, tmp_path):
    for name in ("../escaped.json", "/etc/escaped", "a/b.json", "C:\\x", "..\\x", ".hidden"):
        content = write_archive({**read_archive(saved.read_bytes(), LIMITS), name: b"{}"}, compress=True)
        path = tmp_path / "bad.zip"
        path.write_bytes(content)
        with pytest.raises(ModelPackageError):
            load_package(path)
    assert not (tmp_path.parent / "escaped.json").exists()


def test_bombs_and_crowds_are_refused_before_they_unpack(saved, tmp_path):
    bomb = tmp_path / "bomb.zip"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(DOCUMENT, b"0" * 50_000_000)
    with pytest.raises(ModelPackageError):
        load_package(bomb)
    crowd = {f"file{number}.json": b"" for number in range(50)}
    bomb.write_bytes(write_archive(crowd, compress=False))
    with pytest.raises(ModelPackageError, match="50 files"):
        load_package(bomb)
    with pytest.raises(ModelPackageError, match="unpacks to"):
        read_archive(saved.read_bytes(), ArchiveLimits(max_bytes=100, max_members=8))


def test_a_file_stored_twice_is_refused(saved):
    with zipfile.ZipFile(saved, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr(DOCUMENT, b"{}")
    with pytest.raises(ModelPackageError, match="twice"):
        load_package(saved)


def test_extra_files_are_refused(saved):
    repacked(saved, lambda members: {**members, "readme.txt": b"hello"})
    with pytest.raises(ModelPackageError, match="other files"):
        load_package(saved)


def test_a_newer_format_asks_for_an_update(saved):
    with_document(saved, lambda document: document.update(format_version=FORMAT_VERSION + 1))
    with pytest.raises(ModelPackageError, match="Update CropSample"):
        load_package(saved)


def drop(*keys):
    def change(document):
        for key in keys[:-1]:
            document = document[key]
        del document[keys[-1]]

    return change


def put(value, *keys):
    def change(document):
        for key in keys[:-1]:
            document = document[key]
        document[keys[-1]] = value

    return change


CHANGES = [
    drop("model"),
    drop("weights", "sha256"),
    drop("expects", "bands"),
    drop("gives", "classes"),
    put("other", "format"),
    put("1", "format_version"),
    put("neural_oracle", "model", "name"),
    put({"n_trees": "many"}, "model", "hyperparameters"),
    put({"surprise": 1}, "model", "hyperparameters"),
    put("weights.pkl", "weights", "file"),
    put("pickle", "weights", "format"),
    put([], "expects", "bands"),
    put(["B1", "B1"], "expects", "bands"),
    put([1.0], "expects", "scaling", "means"),
    put([0.0, 1.0], "expects", "scaling", "deviations"),
    put([float("nan"), 1.0], "expects", "scaling", "means"),
    put({"kind": "date", "labels": ["2020-13-01"] * 1}, "expects", "axis"),
    put({"kind": "date", "labels": ["2020-02-01", "2020-01-01"]}, "expects", "axis"),
    put({"kind": "moon", "labels": ["1"]}, "expects", "axis"),
    put({"kind": "step", "labels": []}, "expects", "axis"),
    put({"name": "guess", "max_missing_share": 0.3}, "expects", "missing_values"),
    put({"name": "linear", "max_missing_share": 3}, "expects", "missing_values"),
    put([3], "expects", "value_ranges"),
    put([], "gives", "classes"),
    put([{"class_id": 1, "label": "a", "name": "a", "color": "#000000"}] * 2, "gives", "classes"),
    put([{"class_id": 70000, "label": "a", "name": "a", "color": "#000000"}], "gives", "classes"),
    put("<script>", "gives", "classes"),
    put("2", "model", "n_global_classes"),
    put([], "provenance"),
]


@pytest.mark.parametrize("change", CHANGES)
def test_a_broken_document_is_a_clear_error(saved, change):
    with_document(saved, change)
    with pytest.raises(ModelPackageError) as caught:
        load_package(saved)
    assert str(saved) in caught.value.message


def test_a_document_of_another_shape_than_the_weights_is_noticed(saved):
    with_document(saved, put({"kind": "step", "labels": ["1", "2", "3"]}, "expects", "axis"))
    with pytest.raises(ModelPackageError, match="features"):
        load_package(saved).predictor()


@pytest.mark.parametrize("model", ["svm", "lstm", "multi_head_lstm"])
def test_safetensors_of_other_shapes_or_values_are_refused(tmp_path, model):
    package = make_package(model)
    arrays = load_tensors(package.weights)
    name = "support_vectors" if model == "svm" else "head.0.weight"
    for changed in (
        {**arrays, name: arrays[name][:, :-1].copy()},
        {**arrays, name: np.full_like(arrays[name], np.nan)},
        {key: value for key, value in arrays.items() if key != name},
        {**arrays, "extra": arrays[name]},
    ):
        save_package(package, tmp_path / "model.zip")
        with_weights(tmp_path / "model.zip", save_tensors(changed))
        with pytest.raises(ModelPackageError):
            load_package(tmp_path / "model.zip").predictor()


def test_weights_of_another_scikit_learn_that_cannot_be_read_name_the_versions(saved):
    with_weights(saved, write_archive({"schema.json": b"{}"}, compress=False))
    with_document(saved, put({"scikit-learn": "0.1"}, "provenance", "versions"))
    with pytest.raises(ModelPackageError, match=r"written with scikit-learn 0\.1, the engine has"):
        load_package(saved).predictor()


def test_saving_leaves_the_old_file_alone_when_it_fails(tmp_path, forest_package, monkeypatch):
    path = tmp_path / "model.zip"
    path.write_bytes(b"old")

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.write_bytes", full)
    with pytest.raises(OSError, match="No space"):
        save_package(forest_package, path)
    monkeypatch.undo()
    assert path.read_bytes() == b"old"
    assert [item.name for item in tmp_path.iterdir()] == ["model.zip"]


def test_saving_into_a_missing_folder_is_an_error(tmp_path, forest_package):
    with pytest.raises((OutputError, OSError)):
        save_package(forest_package, tmp_path / "missing" / "model.zip")
