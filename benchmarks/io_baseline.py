"""What reading and writing rasters alone takes: the limit that operations on stacks are measured against."""

from __future__ import annotations

import time

import numpy as np
import rasterio

from cropsample_plugin.engine.block_plan import native_grid
from cropsample_plugin.engine.timeseries.stacks.tile_plan import Budget, plan_tiles


def write_clouded_stack(path, size_px, dates, bands, cloud_share=0.3, mask_band=""):
    """Write a season with noise and clouds as tiled uint16 with scale 0.0001; a mask band holds SCL 9 or 4."""
    rng = np.random.default_rng(0)
    profile = {
        "driver": "GTiff", "width": size_px, "height": size_px, "dtype": "uint16", "nodata": 65535, "tiled": True,
        "count": len(dates) * (len(bands) + bool(mask_band)), "blockxsize": 256, "blockysize": 256,
        "compress": "deflate", "zlevel": 1, "predictor": 2, "BIGTIFF": "IF_SAFER", "crs": "EPSG:32631",
        "transform": rasterio.Affine(10, 0, 5e5, 0, -10, 4e6), "interleave": "band",
    }  # fmt: skip
    names = [f"{date} {band}" for date in dates for band in (*bands, *([mask_band] if mask_band else []))]
    peak = 20 + 8 * rng.random((size_px, size_px)).astype(np.float32)
    with rasterio.open(path, "w", num_threads=2, **profile) as dataset:
        number = 1
        for step in range(len(dates)):
            green = np.exp(-(((step - peak * len(dates) / 48) / 6) ** 2))
            # Clouds come in patches, as they do.
            coarse = rng.random((size_px // 16 + 1, size_px // 16 + 1)) < cloud_share
            cloudy = np.kron(coarse, np.ones((16, 16), bool))[:size_px, :size_px]
            for position in range(len(bands)):
                values = 1000 + 300 * position + 2500 * green + 40 * rng.standard_normal(green.shape, dtype=np.float32)
                stored = values.astype(np.uint16)
                if not mask_band:
                    stored[cloudy] = 65535
                dataset.write(stored, number)
                number += 1
            if mask_band:
                dataset.write(np.where(cloudy, 9, 4).astype(np.uint16), number)
                number += 1
        dataset.descriptions = names
        dataset.scales = [1.0 if mask_band and name.endswith(mask_band) else 0.0001 for name in names]
    return path


def read_and_write_seconds(source, target, n_out):
    """Read all bands, write as many as the operation writes, block after block, GDAL on two threads."""
    with rasterio.open(source) as given:
        profile = given.profile | {"count": n_out, "zlevel": 1, "predictor": 2, "BIGTIFF": "IF_SAFER", "tiled": True}
        profile |= {"blockxsize": 256, "blockysize": 256, "num_threads": 2}
        plan = plan_tiles(given.width, given.height, native_grid(source), Budget(2, 1500, 4 * given.count)).blocks
        started = time.perf_counter()
        with rasterio.open(source, num_threads=2) as reader, rasterio.open(target, "w", **profile) as writer:
            for block in plan.blocks():
                values = reader.read(window=block.window)
                if n_out > len(values):
                    values = np.concatenate([values] * -(-n_out // len(values)))
                writer.write(values[:n_out], window=block.window)
        return time.perf_counter() - started


def dates_every(n, days):
    """Return ISO dates."""
    return [str(np.datetime64("2021-01-01") + days * k) for k in range(n)]
