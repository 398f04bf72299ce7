"""What a cluster costs per tile: 10,000 simulated tiles that do nothing, over two workers of this machine.

Prints the seconds between handing out the first tile and having noted the last one, per tile (limit 20 ms). Each is
handed out, answered, put into the list of finished tiles and into the estimate of the time left, as those of a map are.

    python benchmarks/cluster_overhead.py [tiles]
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from cropsample_plugin.engine.block_plan import BlockPlan
from cropsample_plugin.engine.cluster.connection import connected
from cropsample_plugin.engine.cluster.tile_farm import WorkerNeeds, tile_farm
from cropsample_plugin.engine.mapping.part_store import PartLayout, PartStore
from cropsample_plugin.engine.progress import SilentProgress
from cropsample_plugin.engine.remaining_time import RemainingTime

LIMIT_MS = 20.0
N_TILES = 10_000
TILE_PX = 512
DIGEST = "0" * 64


def main():
    n_tiles = int(sys.argv[1]) if len(sys.argv) > 1 else N_TILES
    plan = BlockPlan((0, TILE_PX), tuple(range(0, TILE_PX * (n_tiles + 1), TILE_PX)), 0)
    progress = SilentProgress()
    with (
        tempfile.TemporaryDirectory() as folder,
        connected("local:2", 2, progress) as client,
        tile_farm(client, "functools:partial", time.sleep, WorkerNeeds(), progress) as farm,
    ):
        store = PartStore(Path(folder), plan, PartLayout("uint8", 0, has_uncertainty=False))
        remaining = RemainingTime(n_tiles, 2)
        list(farm.run([0.0] * 20, progress))
        started = time.perf_counter()
        for place, (_, done) in enumerate(farm.run([0.0] * n_tiles, progress)):
            store.note(plan.block(place), DIGEST, done.worker)
            remaining.add(1, done.seconds, done.worker)
        milliseconds = 1000 * (time.perf_counter() - started) / n_tiles
    print(f"{n_tiles:,} simulated tiles: {milliseconds:.2f} ms per tile (below {LIMIT_MS:.0f})")
    return 0 if milliseconds < LIMIT_MS else 1


if __name__ == "__main__":
    sys.exit(main())
