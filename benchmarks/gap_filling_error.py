"""Error of every preprocessing method against clear observations that were hidden from it.

A fifth of the clear observations of each series is hidden in blocks of consecutive dates, as clouds come; every
method then says what it would have been, at the hidden dates. Real data: Belgium (Sentinel-2 NDVI, monthly), Italy
(Sentinel-2 LAI, irregular), dtwSat Mato Grosso (MODIS NDVI, 16 days), Central Asia (MODIS NDVI of fields). Noise is
in the hidden values too, so that no method can reach an error of 0.

    python benchmarks/gap_filling_error.py [folder_of_data_sets]
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import rasterio

from cropsample_plugin.engine.timeseries.sample_table import SampleTable, series_of
from cropsample_plugin.engine.timeseries.smoothing.methods import SmoothingSettings, preprocess, target_days

HIDDEN_SHARE = 0.2
BLOCK_DATES = 3
MOST_SERIES = 4000
SPARSE = {"belgium": 1, "central asia": 2}
METHODS = {
    "raw": SmoothingSettings("raw"),
    "raw + Whittaker, 10": SmoothingSettings("raw_whittaker"),
    "raw + Whittaker, 1": SmoothingSettings("raw_whittaker", smoothness=1.0),
    "coarse linear": SmoothingSettings("coarse_linear"),
    "7-day linear": SmoothingSettings("7_day_linear"),
    "7-day linear + Whittaker, 10": SmoothingSettings("7_day_linear_whittaker"),
    "7-day linear + Whittaker, 100": SmoothingSettings("7_day_linear_whittaker", smoothness=100.0),
    "7-day linear + peak alignment": SmoothingSettings("7_day_linear_peak_alignment"),
    "Savitzky-Golay, 7 steps": SmoothingSettings("savitzky_golay"),
    "Savitzky-Golay, 13 steps": SmoothingSettings("savitzky_golay", window_steps=13),
    "harmonic, 2 waves": SmoothingSettings("harmonic"),
}
SHARED_DATA = Path(__file__).resolve().parents[2] / "shared" / "data"


def belgium(folder):
    """NDVI of the monthly composites; two months are wholly missing."""
    layers, days = [], []
    for path in sorted((folder / "belgium_s1s2" / "monthly").glob("S2_L2A_*.tif")):
        with rasterio.open(path) as dataset:
            names = list(dataset.descriptions)
            red, nir = (dataset.read(names.index(name) + 1).astype(float) for name in ("B04", "B08"))
            missing = dataset.read(1) == 65535
        with np.errstate(all="ignore"):
            ndvi = (nir - red) / (nir + red)
        ndvi[missing] = np.nan
        layers.append(ndvi.ravel())
        days.append(float(np.datetime64(path.stem[-10:], "D").astype(int)))
    return np.array(days), np.array(layers)


def italy(folder):
    """LAI at the dates that are not wholly cloudy, three years of them."""
    import json

    path = next((folder / "italy_terra_timeseries").glob("*.tif"))
    texts = json.loads(Path(str(path) + ".aux.json").read_text())["time"]
    texts = ["-".join(part.zfill(2) for part in text.split("-")) for text in texts]
    with rasterio.open(path) as dataset:
        stored = dataset.read().reshape(dataset.count, -1)
    values = np.where(stored == 65535, np.nan, stored * 0.001)
    days = np.array(texts, dtype="datetime64[D]").astype(float)
    chosen = (days >= 17532) & (days < 18628) & np.isfinite(values).any(axis=1)
    return days[chosen], values[chosen]


def mato_grosso(folder):
    """MODIS NDVI of 2007 to 2013."""
    with rasterio.open(folder / "dtwsat_mato_grosso" / "MOD13Q1_ndvi.tif") as dataset:
        values = np.where(dataset.read() == -30000, np.nan, dataset.read() * 0.0001).reshape(dataset.count, -1)
        days = np.array(dataset.descriptions, dtype="datetime64[D]").astype(float)
    return days, values


def central_asia(folder):
    """MODIS NDVI of fields, with real gaps."""
    series = series_of(SampleTable.read(next((folder / "central_asia_uz_south").glob("*.gpkg"))))
    return series.axis.positions_days() + 1.0, series.values[:, :, 0].T.astype(float)


DATA = {"belgium": belgium, "italy": italy, "mato grosso": mato_grosso, "central asia": central_asia}


def hide(columns, block_dates, rng):
    """Hide blocks of consecutive observations until a fifth of the clear ones is hidden; the ends stay."""
    shown = columns.copy()
    hidden = np.zeros(columns.shape, dtype=bool)
    for series in range(columns.shape[1]):
        clear = np.flatnonzero(np.isfinite(columns[:, series]))
        if len(clear) < 6:
            continue
        wanted = max(1, round(HIDDEN_SHARE * len(clear)))
        inner = clear[1:-1]
        while hidden[:, series].sum() < wanted:
            start = rng.integers(0, len(inner))
            hidden[inner[start : start + block_dates], series] = True
    shown[hidden] = np.nan
    return shown, hidden


def error_of(settings, days, shown, truth, hidden):
    """Root mean square and 95th percentile of the error at the hidden observations, and the share it can answer."""
    cube = shown[:, None].astype(np.float32)
    targets = target_days(days, settings)
    found = preprocess(cube, days, settings, 0)[:, 0]
    if len(targets) != len(days) or np.any(targets != days):
        position = np.clip(np.searchsorted(targets, days, side="right") - 1, 0, len(targets) - 2)
        share = ((days - targets[position]) / (targets[position + 1] - targets[position]))[:, None]
        found = found[position] * (1 - share) + found[position + 1] * share
    errors = (found - truth)[hidden]
    known = errors[np.isfinite(errors)]
    if not len(known):
        return float("nan"), float("nan"), 0.0
    return float(np.sqrt(np.mean(known**2))), float(np.percentile(np.abs(known), 95)), len(known) / len(errors)


def main():
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else SHARED_DATA
    if not folder.is_dir():
        print("The real data sets are not beside this checkout; name their folder.")
        return 0
    table = {}
    for name, read in DATA.items():
        rng = np.random.default_rng(0)
        days, columns = read(folder)
        enough = np.isfinite(columns).sum(axis=0) >= 6
        columns = columns[:, enough][:, rng.permutation(int(enough.sum()))[:MOST_SERIES]]
        shown, hidden = hide(columns, SPARSE.get(name, BLOCK_DATES), rng)
        deviation = np.nanstd(columns)
        print(f"{name}: {len(days)} dates, {columns.shape[1]} series, standard deviation {deviation:.3f}")
        for method, settings in METHODS.items():
            table[method, name] = error_of(settings, days, shown, columns, hidden)
    print("\nRoot mean square error at hidden observations (95th percentile of the absolute error)")
    print("| method | " + " | ".join(DATA) + " |")
    print("|---|" + "---|" * len(DATA))
    for method in METHODS:
        cells = [
            f"{rmse:.4f} ({high:.3f})" if share else "no answer"
            for rmse, high, share in (table[method, name] for name in DATA)
        ]
        print(f"| {method} | " + " | ".join(cells) + " |")
    answered = {method: min(table[method, name][2] for name in DATA) for method in METHODS}
    print("least share answered:", {method: round(share, 2) for method, share in answered.items()})
    return 0


if __name__ == "__main__":
    sys.exit(main())
