"""Small stacks with products of them, for tests of weak supervision."""

from __future__ import annotations

import numpy as np
import pyogrio.raw
import shapely
from dated_stacks import dates_every, write_stack
from raster_files import write_raster

from cropsample_plugin.engine.progress import SilentProgress
from cropsample_plugin.jobs.registry import JobContext, job_module, read_parameters

SIDE = 64
LEFT, TOP = 500_000.0, 4_000_000.0
FAST = {"n_filters": 8, "dense_size": 16, "max_epochs": 3, "patience_epochs": 3, "batch_size": 4}


def truth_map(side=SIDE):
    """Return fields of 8 pixels, every second of them crop, in rows that are shifted."""
    rows, columns = np.mgrid[:side, :side]
    return (((rows // 8) + (columns // 8)) % 2).astype(np.uint8)


def stack_of(path, truth, *, seed=0, missing_date=None, noise=300, **options):
    """Write a stack of six dates and two bands in which crop greens up in the middle of the season."""
    rng = np.random.default_rng(seed)
    course = np.array([0, 500, 2500, 3500, 1500, 200])
    cube = np.empty((6, 2, *truth.shape))
    cube[:, 0] = 3000 - 0.5 * course[:, None, None] * truth
    cube[:, 1] = 2000 + course[:, None, None] * truth
    cube = (cube + rng.normal(0.0, noise, cube.shape)).clip(1, 60_000).astype(np.uint16)
    if missing_date is not None:
        cube[missing_date] = 65535
    return write_stack(path, cube, dates_every(6, 30), ("red", "nir"), **options)


def products_of(truth, *, n=3, share=0.15, seed=1):
    """Return ``(n, height, width)`` products, each wrong on so much of the pixels."""
    rng = np.random.default_rng(seed)
    return np.array([np.where(rng.random(truth.shape) < share, 1 - truth, truth) for _ in range(n)]).astype(np.uint8)


def write_consensus(folder, products):
    """Write consensus and agreement as `productconsensus` does; return their paths."""
    votes, n = products.sum(axis=0), len(products)
    consensus = np.where(votes == 0, 0, np.where(votes == n, 1, 255)).astype(np.uint8)
    agreement = np.stack([votes, np.full_like(votes, n)]).astype(np.uint8)
    paths = (folder / "consensus.tif", folder / "agreement.tif")
    write_raster(paths[0], consensus[None], nodata=255)
    write_raster(paths[1], agreement, nodata=255)
    return str(paths[0]), str(paths[1])


def write_points(path, truth, *, step=5, names=("non-crop", "crop")):
    """Write the true class of every so many pixels as points."""
    rows, columns = np.mgrid[2 : truth.shape[0] : step, 2 : truth.shape[1] : step]
    rows, columns = rows.ravel(), columns.ravel()
    points = shapely.points(LEFT + 10.0 * (columns + 0.5), TOP - 10.0 * (rows + 0.5))
    labels = np.array([names[value] for value in truth[rows, columns]], dtype=object)
    pyogrio.raw.write(
        path, np.array(shapely.to_wkb(points)), [labels], ["kind"], geometry_type="Point", crs="EPSG:32631"
    )
    return str(path)


def train(folder, stack, consensus, progress=None, memory_mb=2000, **parameters):
    """Run the job small; return its outputs."""
    values = {
        "stack": str(stack),
        "consensus": str(consensus),
        "model_package": str(folder / "model.zip"),
        "report": str(folder / "report.html"),
        "patch_size_px": 8,
        "n_patches": 40,
        "hyperparameters": FAST,
        **parameters,
    }
    module = job_module("trainweaklysupervised")
    context = JobContext(progress or SilentProgress(), 1, memory_mb, "cpu")
    return module.run(read_parameters(module, values), context)
