"""Which catalogues users can choose by name: those of the shipped list and of their own; standard library only."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Dict, List

from cropsample_plugin.about import installation_path
from cropsample_plugin.bridge.profile import profile_folder

FILE_NAME = "stac_catalogues.json"
_EXAMPLE = """{
  "version": 1,
  "catalogues": [
    {
      "name": "My catalogue",
      "url": "https://example.org/stac",
      "access": "open",
      "collections": [
        {
          "id": "sentinel-2-l2a",
          "bands": {"B04": "red", "B08": "nir", "SCL": "scl"},
          "roles": {"B04": "R", "B08": "N"},
          "class_bands": ["SCL"],
          "mask_band": "SCL",
          "scale": 0.0001,
          "nodata": 0
        }
      ]
    }
  ]
}
"""


def own_list_file() -> Path:
    """Return where the user's own list is, or would be."""
    return profile_folder() / FILE_NAME


def own_list_path() -> str:
    """Return the path of the user's own list, "" when there is none."""
    return str(own_list_file()) if own_list_file().is_file() else ""


def make_own_list() -> Path:
    """Write an example to begin with where the user has no list, and return the list's path."""
    path = own_list_file()
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_EXAMPLE, encoding="utf-8")
    return path


def catalogue_names() -> List[str]:
    """Return the names of the shipped catalogues, then the user's own; a damaged own list counts as empty."""
    return list(dict.fromkeys(_addresses()))


def catalogue_address(text: str) -> str:
    """Return the address of a catalogue given by name or address."""
    wanted = text.strip().casefold()
    known = {name.casefold(): address for name, address in _addresses().items()}
    return known.get(wanted, text.strip())


def _addresses() -> Dict[str, str]:
    found: Dict[str, str] = {}
    for path in (installation_path(f"resources/{FILE_NAME}"), own_list_file()):
        try:
            document = json.loads(path.read_text(encoding="utf-8"))
            found.update({str(item["name"]): str(item["url"]) for item in document["catalogues"]})
        except (OSError, ValueError, KeyError, TypeError):
            # The engine says what is wrong with it when it is used.
            continue
    return found
