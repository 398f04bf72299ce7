"""What drawing costs among 100,000 polygon samples: one move of the mouse, against 33 ms (30 pictures a second).

Run with QGIS's Python: ``QT_QPA_PLATFORM=offscreen python3 benchmarks/label_polygons.py``. A move is a rectangle of 30
by 30 pixels with its pixels counted and its overlaps named, in a GeoPackage session of 1,000 and of 100,000 fields. The
peer is QGIS asking the same file, through its R-tree, which fields the rectangle overlaps; both name the same ones.
Told too: how long reading where all samples lie takes, and the longest time the window does not answer meanwhile.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
LIMIT_MS, LIMIT_SLICE_MS, LIMIT_GROWTH = 33.0, 50.0, 3.0
SIZES = (1_000, 100_000)
N_MOVES = 200
FIELD_M, STEP_M, PIXEL_M, RECTANGLE_M = 90.0, 100.0, 10.0, 300.0
LEFT, TOP = 500_000.0, 4_400_000.0
SLICE_S, LEAST_SHARE = 0.01, 1e-4


def fields(count: int):
    """Yield square fields in rows, as new samples."""
    from qgis.core import QgsGeometry, QgsRectangle

    from cropsample_plugin.bridge.labeling.label_store import LabelingSample, NewSample

    n_across = round(count**0.5)
    for number in range(count):
        x, y = LEFT + STEP_M * (number % n_across), TOP - STEP_M * (number // n_across)
        geometry = QgsGeometry.fromRect(QgsRectangle(x, y - FIELD_M, x + FIELD_M, y))
        sample = LabelingSample(f"f{number}", x + FIELD_M / 2, y - FIELD_M / 2)
        yield NewSample(sample, bytes(geometry.asWkb()))


def open_session(folder: Path, count: int):
    """Write a GeoPackage of labels and open it as a session."""
    from cropsample_plugin.bridge.labeling.geopackage_store import create_geopackage_store
    from cropsample_plugin.bridge.labeling.session_file import LabelClass, SessionSettings
    from cropsample_plugin.gui.labeling.labeling_session import LabelingSession

    path = str(folder / f"{count}.gpkg")
    store = create_geopackage_store(path, "EPSG:32641", fields(count))
    settings = SessionSettings("Fields", path, "EPSG:32641", (LabelClass("Wheat"),))
    return LabelingSession(settings, store, "Ana"), path


def read_places(index):
    """Return seconds in all and of the longest slice."""
    slices, is_complete = [], False
    while not is_complete:
        start = time.perf_counter()
        is_complete = index.fill(SLICE_S)
        slices.append(time.perf_counter() - start)
    return sum(slices), max(slices)


def moves(count: int):
    """Return rectangles all over the fields."""
    import numpy as np
    from qgis.core import QgsGeometry, QgsRectangle

    width = STEP_M * round(count**0.5)
    places = np.random.default_rng(3).uniform(0.0, max(width - RECTANGLE_M, 1.0), (N_MOVES, 2))
    return [
        QgsGeometry.fromRect(QgsRectangle(LEFT + x, TOP - y - RECTANGLE_M, LEFT + x + RECTANGLE_M, TOP - y))
        for x, y in places
    ]


def measure(folder: Path, count: int) -> dict:
    """Return what one session of so many fields costs, milliseconds."""
    from qgis.core import QgsCoordinateReferenceSystem, QgsFeatureRequest, QgsVectorLayer

    from cropsample_plugin.bridge.labeling.pixel_grid import PixelGrid
    from cropsample_plugin.gui.labeling.polygon_facts import Place, measured
    from cropsample_plugin.gui.labeling.polygon_index import SampleIndex

    session, path = open_session(folder, count)
    index = SampleIndex(session)
    total_s, longest_s = read_places(index)
    crs = QgsCoordinateReferenceSystem("EPSG:32641")
    place = Place(crs, PixelGrid(crs, LEFT, TOP, PIXEL_M, PIXEL_M, 4000, 4000), index)
    layer = QgsVectorLayer(f"{path}|layername=samples", "samples", "ogr")
    own, peer = [], []
    for rectangle in moves(count):
        start = time.perf_counter()
        facts = measured(rectangle, place)
        own.append(time.perf_counter() - start)
        start = time.perf_counter()
        request = QgsFeatureRequest().setFilterRect(rectangle.boundingBox())
        names = {
            feature["sample_id"]
            for feature in layer.getFeatures(request)
            if feature.geometry().intersection(rectangle).area() > LEAST_SHARE * FIELD_M**2
        }
        peer.append(time.perf_counter() - start)
        if {overlap.sample_id for overlap in facts.overlaps} != names:
            raise RuntimeError("QGIS names other overlaps")
    return {
        "own": own,
        "peer": peer,
        "total_s": total_s,
        "longest_ms": 1000 * longest_s,
        "update": update_ms(session, index),
    }


def update_ms(session, index) -> float:
    """Return how long the index takes to follow a sample that was drawn."""
    from qgis.core import QgsGeometry, QgsRectangle

    drawn = QgsGeometry.fromRect(QgsRectangle(LEFT - 500, TOP, LEFT - 400, TOP + 100))
    session.draw(bytes(drawn.asWkb()), (LEFT - 450, TOP + 50))
    start = time.perf_counter()
    index.update()
    spent = time.perf_counter() - start
    if len(index.overlaps(drawn)) != 1:
        raise RuntimeError("the index does not know what was drawn")
    return 1000 * spent


def main() -> int:
    """Print medians, 95th percentiles and ratios; return 1 where a limit is not kept."""
    from qgis.core import QgsApplication

    application = QgsApplication([], False)  # noqa: FBT003 - QGIS takes it by position
    application.initQgis()
    medians, worst = [], 0.0
    with tempfile.TemporaryDirectory() as folder:
        for count in SIZES:
            found = measure(Path(folder), count)
            own, peer = (1000 * statistics.median(found[name]) for name in ("own", "peer"))
            late = 1000 * statistics.quantiles(found["own"], n=20)[-1]
            medians.append(own)
            worst = max(worst, found["longest_ms"])
            print(f"{count:,} samples: a move {own:.2f} ms (95 %: {late:.2f} ms), QGIS's layer {peer:.2f} ms,", end=" ")
            print(f"ratio {own / peer:.2f}, ratio to {LIMIT_MS:.0f} ms {late / LIMIT_MS:.2f}")
            print(f"  places read in {found['total_s']:.2f} s, longest slice {found['longest_ms']:.1f} ms,", end=" ")
            print(f"a drawn sample known after {found['update']:.2f} ms")
    growth = medians[-1] / medians[0]
    print(f"growth from {SIZES[0]:,} to {SIZES[-1]:,} samples: {growth:.2f} times (limit {LIMIT_GROWTH:.0f})")
    return int(late > LIMIT_MS or worst > LIMIT_SLICE_MS or growth > LIMIT_GROWTH)


if __name__ == "__main__":
    status = main()
    sys.stdout.flush()
    # QGIS's global objects may crash the interpreter at its end.
    os._exit(status)
