"""A real QGIS window: images of a catalogue on loopback become a stack, layers and composites, by toolbox dialogs."""

from __future__ import annotations

from pathlib import Path

import pytest
from qgis_window import drive, make_profile
from region_catalogue import BANDS, COLLECTION, list_region
from stac_server import StacServer, running

HERE = Path(__file__).resolve().parent

pytestmark = pytest.mark.slow


def test_the_dialog_downloads_a_stack(display, region, tmp_path):
    with running(StacServer()) as server:
        n_dates = list_region(server, Path(region["images"]))
        facts = {
            **region,
            "catalogue": server.api,
            "collection": COLLECTION,
            "bands": ", ".join(BANDS),
            "start": server.items[0]["properties"]["datetime"],
            "end": server.items[-1]["properties"]["datetime"],
        }
        answer = drive(HERE / "drive_imagery.py", make_profile(tmp_path), display, facts)
    assert answer.get("error", "") == ""
    assert answer["names"][0] == "Earth Search"
    assert answer["catalogue"] == server.api
    assert answer["layers"] == {"Fields": True, "Dated stack": True, "Images found": True}
    # Two granules a day become one date; the two cloudiest days are left out.
    assert len(answer["bands"]) == (n_dates - 2) * (len(BANDS) + 1)
    assert answer["status"] == {"used": 2 * (n_dates - 2), "too cloudy": 4}
    assert [name.split()[1] for name in answer["shown"]] == ["B04", "B03", "B02"]
    assert answer["outlined"] == "categorizedSymbol"
    assert answer["longest_block_s"] < 2.0, "the window must answer throughout"
    assert answer["composite"] == {"Composites": True, "Observations and gaps": True}
