"""The pieces of mapping one by one: plan, batches, kernels, stored values."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
import rasterio
import rasterio.shutil
from hypothesis import given, settings
from hypothesis import strategies as st
from mapping_cases import make_cube, write_stack
from sklearn.ensemble import RandomForestClassifier

from cropsample_plugin.engine.block_plan import NativeGrid, native_grid, plan_blocks
from cropsample_plugin.engine.mapping import batches, pixel_predictors
from cropsample_plugin.engine.mapping.batches import BatchSize, is_out_of_memory, measure_batch_size, predict_halving
from cropsample_plugin.engine.mapping.fast_forest import CompiledForest, flatten_forest
from cropsample_plugin.engine.mapping.fast_lstm import CompiledLstm
from cropsample_plugin.engine.mapping.folded_lstm import fold
from cropsample_plugin.engine.mapping.input_bands import InputBands
from cropsample_plugin.engine.mapping.lstm_kernel import fast_tanh
from cropsample_plugin.engine.mapping.map_values import normalised_entropy, to_steps
from cropsample_plugin.engine.mapping.missing_dates import spread_order
from cropsample_plugin.engine.mapping.thread_limits import limited_threads
from cropsample_plugin.engine.mapping.torch_lstm import TorchLstm
from cropsample_plugin.engine.models.lstm_weights import LstmPredictor, LstmWeights
from cropsample_plugin.engine.models.scaling import Scaling
from cropsample_plugin.engine.timeseries.dated_stack import DatedStack
from cropsample_plugin.engine.timeseries.file_identity import stack_identity

MIB = 1024 * 1024


def make_bands(n_timesteps=4, n_bands=3, n_static=1, dtype="uint16"):
    n_rows = n_timesteps * n_bands + n_static
    rng = np.random.default_rng(0)
    return InputBands(
        n_timesteps,
        n_bands,
        n_static,
        np.arange(1, n_rows + 1),
        rng.choice([0.0001, 0.0002], n_rows),
        rng.choice([0.0, -0.1], n_rows),
        np.full(n_rows, 65535.0),
        np.arange(n_timesteps) * 30.0,
        np.dtype(dtype),
    )


def make_lstm(bands, n_outputs, hidden=8, n_layers=2):
    rng = np.random.default_rng(1)

    def draw(*shape):
        return rng.normal(0, 0.5, shape).astype(np.float32)

    n_inputs = bands.n_bands + bands.n_static
    sizes = [hidden] * n_layers + [n_outputs]
    head = tuple((draw(after, before), draw(after)) for before, after in zip(sizes, sizes[1:], strict=False))
    weights = LstmWeights(draw(4 * hidden, n_inputs), draw(4 * hidden, hidden), draw(4 * hidden), head)
    scaling = Scaling(np.full(bands.n_bands, 0.3), np.full(bands.n_bands, 0.1), np.full(1, 0.2), np.full(1, 0.3))
    return LstmPredictor(weights, scaling, max(2, n_outputs))


@given(
    width=st.integers(1, 3000),
    height=st.integers(1, 3000),
    grid=st.builds(NativeGrid, st.integers(1, 600), st.integers(1, 3000), st.integers(-500, 0), st.integers(-500, 0)),
    bytes_per_pixel=st.integers(1, 2000),
    memory_mb=st.integers(1, 4000),
)
@settings(max_examples=200, deadline=None)
def test_blocks_cover_every_pixel_once_within_memory(width, height, grid, bytes_per_pixel, memory_mb):
    plan = plan_blocks(width, height, grid, bytes_per_pixel, memory_mb)
    assert sum(block.n_pixels for block in plan.blocks()) == width * height
    assert plan.row_edges[-1] == height
    assert plan.column_edges[-1] == width
    largest = max(block.n_pixels for block in plan.blocks())
    available = max(memory_mb - 700, 0.3 * memory_mb) * MIB
    assert largest <= max(4096, min(64 * MIB, available / 5) / bytes_per_pixel)
    for row in (0, height // 2, height - 1):
        across = sorted((block.column, block.width) for block in plan.blocks_in_rows(row, row + 1))
        assert sum(part for _, part in across) == width


def test_tiles_give_windows_of_whole_tiles():
    plan = plan_blocks(10980, 10980, NativeGrid(256, 256), 288, 1500)
    assert all(edge % 256 == 0 for edge in plan.row_edges[:-1] + plan.column_edges[:-1])


def test_strips_give_windows_of_the_full_width():
    plan = plan_blocks(10980, 10980, NativeGrid(1, 10980), 288, 1500)
    assert plan.column_edges == (0, 10980)


def test_a_huge_native_block_is_cut():
    plan = plan_blocks(20000, 20000, NativeGrid(20000, 20000), 288, 1500)
    assert plan.block(0).n_pixels * 288 <= 64 * MIB


def test_memory_does_not_grow_with_the_raster():
    small = plan_blocks(1000, 1000, NativeGrid(256, 256), 288, 1500)
    large = plan_blocks(100000, 100000, NativeGrid(256, 256), 288, 1500)
    assert large.cache_bytes == small.cache_bytes
    assert large.block(0).n_pixels <= small.block(0).n_pixels * 1.01


def vrt_over(folder, source, column, row):
    """A VRT in which a source begins at a column and row."""
    with rasterio.open(source) as dataset:
        width, height = dataset.width, dataset.height
    path = folder / "moved.vrt"
    rect = f'xSize="{width}" ySize="{height}"'
    path.write_text(
        f'<VRTDataset rasterXSize="{width + column}" rasterYSize="{height + row}">'
        f"<GeoTransform>{600000 - 10 * column}, 10, 0, {5600000 + 10 * row}, 0, -10</GeoTransform>"
        '<VRTRasterBand dataType="UInt16" band="1"><SimpleSource>'
        f'<SourceFilename relativeToVRT="1">{source.name}</SourceFilename><SourceBand>1</SourceBand>'
        f'<SrcRect xOff="0" yOff="0" {rect}/><DstRect xOff="{column}" yOff="{row}" {rect}/>'
        "</SimpleSource></VRTRasterBand></VRTDataset>"
    )
    return path


def test_native_blocks_are_seen_through_a_vrt(tmp_path):
    cube, _ = make_cube(height=100, width=90)
    source = write_stack(tmp_path / "source.tif", cube, block=32)
    assert native_grid(source) == NativeGrid(32, 32)
    assert native_grid(vrt_over(tmp_path, source, 0, 0)) == NativeGrid(32, 32)
    moved = native_grid(vrt_over(tmp_path, source, 5, 40))
    assert moved == NativeGrid(32, 32, row_px=-24, column_px=-27)
    plan = plan_blocks(95, 140, moved, 288, 1)
    assert (plan.row_edges[1] - 40) % 32 == 0
    strips = write_stack(tmp_path / "strips.tif", cube, strips=True, block=4)
    assert native_grid(vrt_over(tmp_path, strips, 0, 0)) == NativeGrid(4, 90)


class Scarce:
    """A model on a device whose memory holds only so many pixels."""

    name, takes_stored, is_parallel = "scarce", True, False
    batch_sizes = (64, 256, 1024, 4096)

    def __init__(self, room, error=MemoryError):
        self.room, self.error, self.sizes = room, error, []

    def predict(self, values, *, is_stored):  # noqa: ARG002
        self.sizes.append(values.shape[1])
        if values.shape[1] > self.room:
            raise self.error("CUDA out of memory")
        return np.stack([values[0], 1 - values[0]]).astype(np.float32)


class OutOfMemoryError(RuntimeError):
    """Named like torch's."""


@pytest.mark.parametrize("error", [MemoryError, OutOfMemoryError, RuntimeError])
def test_batches_are_halved_when_memory_runs_out(error):
    values = np.random.default_rng(0).random((3, 1000))
    model, batch = Scarce(130, error), BatchSize(1000)
    found = predict_halving(model, values, batch, is_stored=True)
    assert np.allclose(found[0], values[0])
    assert batch.n_pixels == 125
    assert model.sizes[:4] == [1000, 500, 250, 125]


def test_memory_too_small_for_any_batch_is_an_error():
    with pytest.raises(MemoryError):
        predict_halving(Scarce(10), np.zeros((3, 1000)), BatchSize(1000), is_stored=True)


def test_other_errors_are_not_taken_for_memory():
    assert not is_out_of_memory(RuntimeError("shapes do not match"))
    with pytest.raises(ValueError, match="bad"):
        predict_halving(Scarce(0, lambda _: ValueError("bad")), np.zeros((3, 100)), BatchSize(100), is_stored=True)


def test_measured_batches_fit_the_memory():
    size, rate = measure_batch_size(Scarce(300), np.zeros((3, 50)), is_stored=True)
    assert size in (64, 256)
    assert rate > 0
    assert measure_batch_size(Scarce(10), np.zeros((3, 50)), is_stored=True) == (64, 0.0)


def test_a_slow_model_is_not_measured_with_large_batches(monkeypatch):
    clock = [0.0]
    monkeypatch.setattr(batches.time, "perf_counter", lambda: clock[0])

    class Slow(Scarce):
        def predict(self, values, *, is_stored):
            clock[0] += values.shape[1] / 500
            return super().predict(values, is_stored=is_stored)

    model = Slow(10_000)
    size, rate = measure_batch_size(model, np.zeros((3, 50)), is_stored=True)
    assert size in (64, 256)
    assert rate == pytest.approx(500)
    assert max(model.sizes) == 256


def test_torch_has_one_thread_in_each_thread_of_a_pool_and_as_many_as_before_afterwards():
    torch = pytest.importorskip("torch")
    before = torch.get_num_threads()
    torch.set_num_threads(2)
    try:
        with limited_threads(1), ThreadPoolExecutor(2) as pool:
            assert torch.get_num_threads() == 1
            assert list(pool.map(lambda _: torch.get_num_threads(), range(4))) == [1] * 4
        assert torch.get_num_threads() == 2
        with ThreadPoolExecutor(1) as pool:
            assert pool.submit(torch.get_num_threads).result() == 2
    finally:
        torch.set_num_threads(before)


def test_compiled_tanh_is_accurate():
    values = np.linspace(-20, 20, 100001, dtype=np.float32)
    found = np.array([fast_tanh(value) for value in values])
    assert np.abs(found - np.tanh(values.astype(np.float64))).max() < 6e-7


@pytest.mark.parametrize("n_outputs", [1, 4])
@pytest.mark.parametrize("n_layers", [1, 2, 3])
@pytest.mark.parametrize("is_stored", [True, False])
def test_every_lstm_says_the_same(n_outputs, n_layers, is_stored):
    bands = make_bands()
    model = make_lstm(bands, n_outputs, n_layers=n_layers)
    stored = np.random.default_rng(2).integers(0, 10000, (13, 333)).astype(np.uint16)
    physical = bands.to_physical(stored)
    expected = model.predict_probabilities(*bands.split(physical)).T
    folded = [fold(model.weights, model.scaling, bands, is_stored=flag) for flag in (True, False)]
    values = stored if is_stored else physical
    for fast in (CompiledLstm(*folded), TorchLstm(*folded, "cpu")):
        assert np.abs(fast.predict(values, is_stored=is_stored) - expected).max() < 2e-5


def test_a_short_batch_after_a_long_one_sees_nothing_of_it():
    bands = make_bands()
    model = make_lstm(bands, 3)
    folded = [fold(model.weights, model.scaling, bands, is_stored=flag) for flag in (True, False)]
    stored = np.random.default_rng(2).integers(0, 10000, (13, 333)).astype(np.uint16)
    fast = CompiledLstm(*folded)
    whole = fast.predict(stored, is_stored=True)
    assert (fast.predict(stored[:, :7], is_stored=True) == whole[:, :7]).all()
    assert (CompiledLstm(*folded).predict(stored[:, :7], is_stored=True) == whole[:, :7]).all()


@pytest.mark.parametrize("n_pixels", [1, 7, 8, 500])
@pytest.mark.parametrize("max_depth", [1, None])
def test_the_compiled_forest_equals_scikit_learn(n_pixels, max_depth):
    rng = np.random.default_rng(0)
    classes = rng.integers(0, 3, 300)
    features = (rng.normal(size=(300, 20)) + classes[:, None] * 0.4).round(2)
    forest = RandomForestClassifier(25, random_state=0, max_depth=max_depth)
    forest.fit(features, classes, sample_weight=rng.random(300))
    flat = flatten_forest([tree.tree_ for tree in forest.estimators_], 5, np.array([0, 2, 4]))
    # Values that lie exactly on thresholds decide whether <= is kept.
    samples = features[rng.integers(0, 300, n_pixels)].astype(np.float32)
    samples[::2] = (samples[::2] + features[rng.integers(0, 300, len(samples[::2]))]) / 2
    found = CompiledForest(flat).predict(samples.T, is_stored=False)
    assert found[[1, 3]].max() == 0
    expected = forest.predict_proba(samples).astype(np.float32)
    assert np.array_equal(found[[0, 2, 4]].T, expected)


def test_without_compiler_maps_are_made_by_the_model_itself(monkeypatch):
    monkeypatch.setattr(pixel_predictors, "has_compiler", lambda: False)
    bands = make_bands()
    assert isinstance(pixel_predictors.pixel_predictor(make_lstm(bands, 2), bands, "cpu"), TorchLstm)


def test_the_device_is_the_processor_where_there_is_no_other():
    model = make_lstm(make_bands(), 2)
    assert pixel_predictors.choose_device("cuda", object()) == "cpu"
    assert pixel_predictors.choose_device("auto", model) in ("cpu", "cuda")
    assert pixel_predictors.choose_device("cpu", model) == "cpu"


@pytest.mark.parametrize(
    ("dtype", "nodata", "stored", "expected"),
    [
        ("uint16", 65535.0, [1, 65535], [False, True]),
        ("uint16", -9999.0, [1, 65535], None),
        ("uint16", np.nan, [1, 65535], None),
        ("int16", -3000.0, [-3000, -3001], [True, False]),
        ("float64", np.nan, [1.0, np.nan], [False, True]),
        ("float32", -9999.0, [-9999.0, np.inf], [True, True]),
    ],
)
def test_missing_values_are_found(dtype, nodata, stored, expected):
    bands = make_bands(1, 1, 0, dtype)
    bands = InputBands(**{**bands.__dict__, "nodata": np.array([nodata])})
    found = bands.missing(np.array([stored], dtype=dtype))
    assert found is None if expected is None else found[0].tolist() == expected


def test_entropy_runs_from_zero_to_one():
    probabilities = np.array([[1.0, 0.25, 0.5], [0.0, 0.25, 0.5], [0.0, 0.25, 0.0], [0.0, 0.25, 0.0]], dtype=np.float32)
    assert np.allclose(normalised_entropy(probabilities), [0.0, 1.0, 0.5])
    assert to_steps(np.array([0.0, 0.00006, 1.0], dtype=np.float32)).tolist() == [0, 1, 10000]
    assert normalised_entropy(np.ones((1, 3), dtype=np.float32)).tolist() == [0, 0, 0]


@given(st.integers(0, 300))
def test_the_spread_order_names_every_block_once(n_blocks):
    assert sorted(spread_order(n_blocks)) == list(range(n_blocks))


def test_looking_at_a_stack_in_qgis_does_not_change_it(tmp_path):
    write_stack(tmp_path / "stack.tif", make_cube()[0])
    bare, described = tmp_path / "bare.vrt", tmp_path / "described.vrt"
    rasterio.shutil.copy(tmp_path / "stack.tif", bare, driver="VRT")
    text = bare.read_text(encoding="utf-8")
    statistics = '<Metadata>\n  <MDI key="STATISTICS_MEAN">3.5</MDI>\n</Metadata>\n<Histograms><HistItem/></Histograms>'
    described.write_text(text.replace("<Description>", f"{statistics}<Description>", 1), encoding="utf-8")
    before = stack_identity(DatedStack.open(bare))
    bare.write_bytes(described.read_bytes())
    assert stack_identity(DatedStack.open(bare)) == before
    # GDAL writes all of it anew, and in its own way.
    foreign = text.replace(' blockXSize="16"', "").replace("<SRS>", '<SRS dataAxisToSRSAxisMapping="1,2">')
    bare.write_text(foreign.replace("<NoDataValue>0<", "<NoDataValue>0.0<"), encoding="utf-8")
    assert stack_identity(DatedStack.open(bare)) == before
    bare.write_text(text.replace('<SrcRect xOff="0"', '<SrcRect xOff="1"', 1), encoding="utf-8")
    assert stack_identity(DatedStack.open(bare)) != before
    bare.write_text(text.replace("0.0001", "0.001", 1), encoding="utf-8")
    assert stack_identity(DatedStack.open(bare)) != before
