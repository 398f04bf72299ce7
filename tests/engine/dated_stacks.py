"""Dated stacks with known content, and what is read back of the stacks made from them."""

from __future__ import annotations

import numpy as np
import rasterio
from raster_files import write_raster

from cropsample_plugin.engine.progress import SilentProgress
from cropsample_plugin.engine.timeseries.dated_stack import DatedStack, read_stored, to_series


class ListeningProgress(SilentProgress):
    """Keeps what the user is told; cancels after some reports."""

    def __init__(self, cancel_after=None):
        self.logged = []
        self.reports = 0
        self.cancel_after = cancel_after

    def report(self, fraction, message=""):
        self.reports += 1

    def log(self, message, level="info"):
        self.logged.append((level, message))

    def is_canceled(self):
        return self.cancel_after is not None and self.reports >= self.cancel_after

    @property
    def warnings(self):
        return " ".join(message for level, message in self.logged if level == "warning")


def dates_every(n, days, start="2020-01-03"):
    return [str(np.datetime64(start) + k * days) for k in range(n)]


def write_stack(path, cube, dates, bands, *, scale=0.0001, nodata=65535, **options):
    """Write ``(n_timesteps, n_bands, height, width)`` stored values."""
    names = [f"{date} {band}" for date in dates for band in bands]
    flat = np.asarray(cube).reshape(-1, *np.shape(cube)[2:])
    return str(write_raster(path, flat, descriptions=names, scale=scale, nodata=nodata, **options))


def read_series(path):
    """Return ``(height * width, n_timesteps, n_bands)`` physical values, dates as text, and the stack."""
    stack = DatedStack.open(path)
    with rasterio.open(path) as dataset:
        stored = read_stored(dataset)
    values, _, _ = to_series(stack, stored.reshape(len(stored), -1))
    return values, [str(date) for date in stack.dates], stack
