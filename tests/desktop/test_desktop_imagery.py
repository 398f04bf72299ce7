"""A real QGIS window: images of a catalogue on loopback become a layer, by the toolbox dialog."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from qgis_window import drive, make_profile
from stac_server import StacServer, running

HERE = Path(__file__).resolve().parent
WORLD = [-179.0, -89.0, 179.0, 89.0]

pytestmark = pytest.mark.slow


def list_images(server: StacServer, folder: Path) -> int:
    """List every image of the synthetic region in a catalogue; return how many."""
    server.add_collection("region")
    west, south, east, north = WORLD
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    paths = sorted(folder.glob("*.tif"))
    for path in paths:
        year, month, day = re.search(r"(\d{4})-?(\d{2})-?(\d{2})", path.stem).groups()
        server.files[f"/files/{path.name}"] = path.read_bytes()
        server.items.append(
            {
                "type": "Feature",
                "stac_version": "1.0.0",
                "id": path.stem,
                "collection": "region",
                "bbox": WORLD,
                "geometry": {"type": "Polygon", "coordinates": [ring]},
                "properties": {"datetime": f"{year}-{month}-{day}T10:30:00Z", "eo:cloud_cover": 10},
                "assets": {"image": {"href": f"{server.url}/files/{path.name}", "type": "image/tiff"}},
                "links": [],
            }
        )
    return len(paths)


def test_the_dialog_downloads_a_stack(display, region, tmp_path):
    with running(StacServer()) as server:
        n_images = list_images(server, Path(region["images"]))
        first, last = server.items[0], server.items[-1]
        facts = {**region, "catalogue": server.api, "bands": "image",
                 "start": first["properties"]["datetime"], "end": last["properties"]["datetime"]}  # fmt: skip
        answer = drive(HERE / "drive_imagery.py", make_profile(tmp_path), display, facts)
    assert answer.get("error", "") == ""
    assert answer["names"][0] == "Earth Search"
    assert answer["catalogue"] == server.api
    assert answer["layers"] == {"Fields": True, "Dated stack": True, "Images found": True}
    assert len(answer["bands"]) == n_images
    assert answer["outlined"] == "categorizedSymbol"
    assert answer["longest_block_s"] < 2.0, "the window must answer throughout"
