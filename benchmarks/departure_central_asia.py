"""Labels near the start of a survey against as many spread out, on the fields of Central Asia.

Usage: ``python benchmarks/departure_central_asia.py [--data FOLDER] [--models random_forest,temp_cnn]
[--directions 0,1] [--repeats 5] [--out rows.json] [--plot picture.svg]``. Finished models are kept in the file and
skipped. A survey starts in the capital of the province to map and reaches 20, 25 or 30 km; the source model is of the
other province and year. The forest is transferred by ``fill_in``, the network by R1. Scores are of the same half of
the fields beyond 30 km.
"""

from __future__ import annotations

import argparse
import json
import os
from dataclasses import asdict
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np
from pyproj import CRS, Transformer
from transfer_central_asia import DATA, DIRECTIONS, FIELDS, fields_of, load_domains, train_source

from cropsample_plugin.engine.models.cross_validation.ground import survey_places
from cropsample_plugin.engine.models.fitting import FitContext
from cropsample_plugin.engine.models.registry import MODELS
from cropsample_plugin.engine.models.transfer.departure import Departure, DepartureRow, run_departure
from cropsample_plugin.engine.models.transfer.figures import departure_svg
from cropsample_plugin.engine.models.transfer.strategies import TransferOptions
from cropsample_plugin.engine.progress import SilentProgress

STARTS = {2018: ("Karshi", 65.79, 38.86), 2016: ("Samarkand", 66.96, 39.65)}
RADII_KM = (20.0, 25.0, 30.0)
OPTIONS = {"random_forest": TransferOptions("fill_in"), "temp_cnn": TransferOptions("fine_tune", "R1")}


def run(data: Path, model: str, years: tuple[int, int], repeats: int) -> list[DepartureRow]:
    """Train the source model and run the experiment around the start in the target."""
    tables = fields_of(data, years)
    package = train_source(tables[0], model)
    source, target = load_domains(package, tables, FIELDS)
    xy_m, projection = survey_places(tables[1])
    _, longitude, latitude = STARTS[years[1]]
    to_ground = Transformer.from_crs(CRS.from_epsg(4326), projection.projected, always_xy=True)
    away_m = np.hypot(*(xy_m - np.array(to_ground.transform(longitude, latitude))).T)
    departure = Departure(away_m, tuple(1000.0 * radius for radius in RADII_KM), repeats)
    return run_departure(source, target, OPTIONS[model], departure, FitContext(SilentProgress()))


def print_rows(rows: list[DepartureRow], title: str) -> None:
    """Print mean and spread of macro F1 by radius, candidate and placement."""
    print(f"\n{title}: {rows[0].n_test} fields test")
    columns = (
        "within",
        "fields",
        "classes missing",
        "naive",
        "transfer near",
        "spread out",
        "scratch near",
        "spread out",
    )
    print("| " + " | ".join(columns) + " |")
    print("|---" * 8 + "|")
    for radius in RADII_KM:
        here = [row for row in rows if row.radius_km == radius]
        near = next(row for row in here if row.placement.startswith("near"))
        cells = []
        for candidate in ("naive", "transfer", "scratch"):
            for placement in dict.fromkeys(row.placement for row in here):
                scores = [r.macro_f1 for r in here if (r.candidate, r.placement) == (candidate, placement)]
                cells.append(f"{np.mean(scores):.3f} ± {np.std(scores, ddof=1):.3f}")
        del cells[1]
        print(f"| {radius:g} km | {near.n_train} | {len(near.missing)} | " + " | ".join(cells) + " |")


def main() -> None:
    """Run what is missing, then print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--models", default="random_forest,temp_cnn")
    parser.add_argument("--directions", default="0,1")
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--plot", type=Path, help="picture of the first model and direction (.svg)")
    parser.add_argument("--out", type=Path, default=Path("departure_central_asia.json"))
    arguments = parser.parse_args()
    found = json.loads(arguments.out.read_text()) if arguments.out.exists() else {}
    for model in arguments.models.split(","):
        for way in map(int, arguments.directions.split(",")):
            key = f"{model}|{way}|{arguments.repeats}"
            if key not in found:
                found[key] = [asdict(row) for row in run(arguments.data, model, DIRECTIONS[way], arguments.repeats)]
                arguments.out.write_text(json.dumps(found))
            rows = [DepartureRow(**{**row, "missing": tuple(row["missing"])}) for row in found[key]]
            from_year, to_year = DIRECTIONS[way]
            print_rows(rows, f"{MODELS[model].title}, {from_year} to {to_year}, around {STARTS[to_year][0]}")
            if arguments.plot:
                arguments.plot.write_text(departure_svg(rows), encoding="utf-8")
                arguments.plot = None


if __name__ == "__main__":
    main()
