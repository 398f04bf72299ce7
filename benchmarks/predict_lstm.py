"""LSTM-64 from file to file, against the bare model on data in memory and against the published loop.

Prints ``file_to_file / bare`` (limit 0.7) and ``file_to_file / published`` (limit 5), two threads.

    python benchmarks/predict_lstm.py [size_px]
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import rasterio
import torch
from large_stack import N_BANDS, N_DATES, band_names, dates, write_stack
from safetensors.numpy import save as save_tensors

from cropsample_plugin.engine.mapping.prediction import predict_map
from cropsample_plugin.engine.mapping.prediction_setup import Machine, MapRequest
from cropsample_plugin.engine.models import lstm_multi
from cropsample_plugin.engine.models.classes import describe_classes
from cropsample_plugin.engine.models.expectations import Expectations
from cropsample_plugin.engine.models.fitting import ModelShape
from cropsample_plugin.engine.models.lstm import initialise
from cropsample_plugin.engine.models.missing_values import MissingRule
from cropsample_plugin.engine.models.network_settings import LstmSettings
from cropsample_plugin.engine.models.packages import ModelPackage, save_package
from cropsample_plugin.engine.models.scaling import Scaling
from cropsample_plugin.engine.progress import SilentProgress
from cropsample_plugin.engine.timeseries.series import AxisKind, TimeAxis

THREADS = 2
LIMIT_OF_BARE = 0.7
LIMIT_OF_PUBLISHED = 5.0
N_BARE_PX = 120_000
PUBLISHED_SIZE_PX = 400


def make_package(path):
    """Save a multi-headed LSTM of the published shape with drawn weights."""
    settings = LstmSettings()
    network = lstm_multi.build(ModelShape(N_DATES, N_BANDS, 0, 2, 2), settings)
    initialise(network, torch.Generator().manual_seed(0))
    weights = save_tensors({name: tensor.numpy() for name, tensor in network.state_dict().items()})
    empty = np.zeros(0)
    scaling = Scaling(np.full(N_BANDS, 0.25), np.full(N_BANDS, 0.1), empty, empty)
    axis = TimeAxis(AxisKind.DATE, tuple(dates()))
    expects = Expectations(band_names(), (), axis, scaling, MissingRule())
    save_package(
        ModelPackage("multi_head_lstm", settings, expects, describe_classes(("crop", "other")), weights, 2), path
    )
    return network


def bare_rate(network):
    """Pixels per second of ``torch.nn.LSTM`` with the same weights and the local head, best of several batch sizes."""
    size = network.cell.hidden_size
    order = np.arange(4 * size).reshape(4, size)[[0, 1, 3, 2]].ravel()
    lstm = torch.nn.LSTM(N_BANDS, size, batch_first=True)
    with torch.no_grad():
        gates = network.cell.gates
        lstm.weight_ih_l0.copy_(gates.weight[order, :N_BANDS])
        lstm.weight_hh_l0.copy_(gates.weight[order, N_BANDS:])
        lstm.bias_ih_l0.copy_(gates.bias[order])
        lstm.bias_hh_l0.zero_()
    series = torch.randn(N_BARE_PX, N_DATES, N_BANDS)

    def run(batch):
        return [torch.sigmoid(network.head(lstm(piece)[0][:, -1])) for piece in series.split(batch)]

    with torch.inference_mode():
        run(1024)
        own = network.cell(series[:1000], None)
        assert torch.allclose(own, lstm(series[:1000])[0][:, -1], atol=1e-5)
        return max(rate(lambda batch=batch: run(batch), N_BARE_PX) for batch in (256, 512, 1024, 2048, 4096))


class PublishedCell(torch.nn.Module):
    """The structure of the published cell: one linear layer a gate, applied step by step."""

    def __init__(self, n_inputs, size):
        super().__init__()
        self.gates = torch.nn.ModuleList(torch.nn.Linear(n_inputs + size, size) for _ in range(4))
        self.size = size

    def forward(self, series):
        """Return the last hidden vector of ``(n, n_timesteps, n_inputs)``."""
        hidden = torch.zeros(len(series), self.size)
        memory = torch.zeros(len(series), self.size)
        for step in range(series.shape[1]):
            joined = torch.cat([series[:, step], hidden], dim=-1)
            forget, enter, cell, leave = (gate(joined) for gate in self.gates)
            memory = torch.sigmoid(forget) * memory + torch.sigmoid(enter) * torch.tanh(cell)
            hidden = torch.sigmoid(leave) * torch.tanh(memory)
        return hidden


def published_rates(network, folder):
    """Pixels per second of the published structure on a tile: file to file, and its loop alone on data in memory.

    The whole tile is read at once, turned into float64 series and scaled, predicted in batches of 64, and written.
    """
    cell = PublishedCell(N_BANDS, network.cell.hidden_size)
    stack = write_stack(Path(folder), PUBLISHED_SIZE_PX)
    n_pixels = PUBLISHED_SIZE_PX**2

    def read():
        with rasterio.open(stack) as dataset:
            tile = dataset.read().reshape(N_DATES, N_BANDS, n_pixels)
        return (tile.transpose(2, 0, 1) * 0.0001 - 0.25) / 0.1

    def predict(series):
        results = []
        for start in range(0, len(series), 64):
            batch = torch.from_numpy(series[start : start + 64]).float()
            results.append(torch.sigmoid(network.head(cell(batch))).numpy())
        return np.concatenate(results)

    def write(probabilities):
        with rasterio.open(stack) as dataset:
            profile = {"driver": "GTiff", "width": dataset.width, "height": dataset.height, "count": 1}
            place = {"crs": dataset.crs, "transform": dataset.transform, "dtype": "float32", "compress": "deflate"}
        with rasterio.open(Path(folder) / "published.tif", "w", **profile, **place) as target:
            target.write(probabilities.reshape(PUBLISHED_SIZE_PX, PUBLISHED_SIZE_PX), 1)

    with torch.inference_mode():
        series = read()
        return rate(lambda: write(predict(read())), n_pixels), rate(lambda: predict(series), n_pixels)


def rate(run, n_pixels):
    """Pixels per second, best of two runs."""
    seconds = []
    for _ in range(2):
        started = time.perf_counter()
        run()
        seconds.append(time.perf_counter() - started)
    return n_pixels / min(seconds)


def file_to_file_rate(folder, size_px):
    """Pixels per second from the call to the finished files: classes, probabilities and uncertainty."""
    folder = Path(folder)
    stack = write_stack(folder, size_px)
    outputs = {name: str(folder / f"{name}.tif") for name in ("classes", "probabilities", "uncertainty")}
    request = MapRequest(str(folder / "model.zip"), str(stack), **outputs)
    started = time.perf_counter()
    summary = predict_map(request, Machine(THREADS), SilentProgress())
    seconds = time.perf_counter() - started
    print(f"  prediction alone {summary.pixels_per_second:,.0f} px/s, {seconds:.1f} s in all, {summary.method}")
    return size_px**2 / seconds


def main():
    size_px = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    torch.set_num_threads(THREADS)
    with tempfile.TemporaryDirectory() as folder:
        network = make_package(Path(folder) / "model.zip")
        bare = bare_rate(network)
        with tempfile.TemporaryDirectory() as small:
            published, published_loop = published_rates(network, small)
            make_package(Path(small) / "model.zip")
            file_to_file_rate(small, 256)
        mapped = file_to_file_rate(folder, size_px)
    print(f"file to file {mapped:,.0f} px/s; bare model in memory {bare:,.0f} px/s")
    print(
        f"published structure file to file {published:,.0f} px/s, its loop alone in memory {published_loop:,.0f} px/s"
    )
    print(f"file_to_file / bare = {mapped / bare:.2f} (at least {LIMIT_OF_BARE})")
    print(f"file_to_file / published file to file = {mapped / published:.1f} (at least {LIMIT_OF_PUBLISHED})")
    print(f"file_to_file / published loop alone = {mapped / published_loop:.1f}")
    return 0 if mapped >= LIMIT_OF_BARE * bare and mapped >= LIMIT_OF_PUBLISHED * published else 1


if __name__ == "__main__":
    sys.exit(main())
