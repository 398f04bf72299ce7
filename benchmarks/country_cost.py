"""What a map costs: pixels, tiles, bytes, hours and euros for a district, Togo and a continent, checked by simulation.

The model is a few lines of arithmetic; the simulation runs every tile of the map through as many workers as are paid
for, with tiles of uneven length, slow first tiles, tiles that fail, workers that die and a scheduler that hands out one
tile at a time. Prints ``simulated / modelled hours`` (between 0.9 and 1.1) and the table of docs/map_a_country.md.

    python benchmarks/country_cost.py [pixels per second and thread]
"""

from __future__ import annotations

import heapq
import sys
from collections import deque
from dataclasses import dataclass, replace

import numpy as np

from cropsample_plugin.engine.block_plan import NativeGrid, plan_blocks

LIMITS = (0.9, 1.1)
AREAS_KM2 = {"district": 2_500, "Togo": 57_000, "continent": 30_000_000}
WORKERS = {"district": 2, "Togo": 16, "continent": 500}
PIXEL_M = 10.0
N_BANDS = 144
VALUE_BYTES = 2
MEMORY_MB = 1500
TILE_SIDE_PX = 10_980


@dataclass(frozen=True)
class Rates:
    """What was measured or is paid.

    Attributes:
        pixels_per_s: prediction of one thread; the forest of predict_forest.py.
        read_bytes_per_s: what one worker reads, uncompressed.
        compression: stored bytes per byte of pixels.
        write_pixels_per_s: putting the finished map together, once.
        overhead_s: of the scheduler per tile; see cluster_overhead.py.
        euros_per_hour: one worker of one thread and 4 GB.
    """

    pixels_per_s: float = 12_000.0
    read_bytes_per_s: float = 60e6
    compression: float = 0.6
    write_pixels_per_s: float = 12e6
    overhead_s: float = 0.01
    euros_per_hour: float = 0.05


@dataclass(frozen=True)
class Cost:
    """What a map takes; bytes are those stored, euros those of the workers."""

    n_pixels: float
    n_tiles: int
    read_bytes: float
    hours: float
    euros: float


def tile_pixels():
    """Return the pixels of a tile: the block that the memory of a worker allows on a Sentinel-2 tile."""
    plan = plan_blocks(TILE_SIDE_PX, TILE_SIDE_PX, NativeGrid(256, 256), N_BANDS * VALUE_BYTES, MEMORY_MB)
    return TILE_SIDE_PX**2 / plan.n_blocks


def tile_seconds(n_pixels, rates):
    """Return how long a worker is busy with a tile."""
    return n_pixels * (1 / rates.pixels_per_s + N_BANDS * VALUE_BYTES / rates.read_bytes_per_s)


def model(area_km2, n_workers, rates):
    """Return the cost; the scheduler keeps only so many workers busy."""
    n_pixels = area_km2 * 1e6 / PIXEL_M**2
    n_tiles = int(np.ceil(n_pixels / tile_pixels()))
    busy_s = tile_seconds(tile_pixels(), rates)
    computing_s = n_tiles * max((busy_s + rates.overhead_s) / n_workers, rates.overhead_s)
    hours = (computing_s + n_pixels / rates.write_pixels_per_s) / 3600
    read = n_pixels * N_BANDS * VALUE_BYTES * rates.compression
    return Cost(n_pixels, n_tiles, read, hours, n_workers * computing_s / 3600 * rates.euros_per_hour)


def simulate(n_tiles, n_workers, rates, seed):
    """Return the hours until the last tile is done."""
    rng = np.random.default_rng(seed)
    mean_s = tile_seconds(tile_pixels(), rates)
    spread = 0.3
    durations = mean_s * rng.lognormal(-(spread**2) / 2, spread, n_tiles)
    fails = rng.random(n_tiles) < 0.002
    dies = rng.random(n_tiles) < 0.0005
    free = [(0.0, 20.0) for _ in range(n_workers)]
    heapq.heapify(free)
    scheduler_s, last_s = 0.0, 0.0
    waiting = deque(range(n_tiles))
    is_repeated = fails | dies
    while waiting:
        tile = waiting.popleft()
        at, first_s = heapq.heappop(free)
        # One scheduler: the next tile is handed out when it is done with the one before.
        scheduler_s = max(scheduler_s, at) + rates.overhead_s
        ends = scheduler_s + first_s + durations[tile] + (60.0 if dies[tile] else 0.0)
        if is_repeated[tile]:
            is_repeated[tile] = dies[tile] = False
            waiting.append(tile)
        last_s = max(last_s, ends)
        heapq.heappush(free, (ends, 0.0))
    return last_s / 3600


def main():
    rates = Rates()
    if len(sys.argv) > 1:
        rates = replace(rates, pixels_per_s=float(sys.argv[1]))
    print(f"{rates}, {tile_pixels():,.0f} pixels a tile, {tile_seconds(tile_pixels(), rates):.1f} s a tile")
    print(
        f"more workers than {tile_seconds(tile_pixels(), rates) / rates.overhead_s:,.0f} would wait for the scheduler"
    )
    print("| area | km² | pixels | tiles | stored bytes read | workers | hours | euros |")
    print("|---|---|---|---|---|---|---|---|")
    ratios = {}
    for name, area_km2 in AREAS_KM2.items():
        cost = model(area_km2, WORKERS[name], rates)
        writing_h = cost.n_pixels / rates.write_pixels_per_s / 3600
        ratios[name] = (simulate(cost.n_tiles, WORKERS[name], rates, 0) + writing_h) / cost.hours
        print(
            f"| {name} | {area_km2:,} | {cost.n_pixels / 1e6:,.0f} million | {cost.n_tiles:,} "
            f"| {cost.read_bytes / 1e12:,.3g} TB | {WORKERS[name]} | {cost.hours:,.1f} | {cost.euros:,.2f} |"
        )
    for name, ratio in ratios.items():
        print(f"{name}: simulated / modelled hours = {ratio:.2f} (between {LIMITS[0]} and {LIMITS[1]})")
    return 0 if all(LIMITS[0] <= ratio <= LIMITS[1] for ratio in ratios.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
