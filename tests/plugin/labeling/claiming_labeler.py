"""A labeler at a machine of its own: claims samples one by one and labels them, until none has been left for a while.

Run as ``python claiming_labeler.py URI NAME OVERLAP TIMEOUT_S HOLD_AT``: begins when a line arrives, and at its
HOLD_AT-th claim (0: never) says so and waits to be killed.
"""

from __future__ import annotations

import random
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from cropsample_plugin.bridge.labeling.label_events import LABEL, LabelEvent
from cropsample_plugin.bridge.labeling.postgis_store import PostgisStore


def main() -> None:
    uri, name, overlap, timeout_s, hold_at = sys.argv[1:]
    store = PostgisStore(uri)
    rng = random.Random(name)  # noqa: S311 - for pauses
    tell("ready")
    sys.stdin.readline()
    n_claims, none_since = 0, None
    while none_since is None or time.monotonic() - none_since < 2 * float(timeout_s):
        sample_id = store.claim_next(name, int(overlap), float(timeout_s))
        if sample_id is None:
            none_since = none_since or time.monotonic()
            time.sleep(0.1)
            continue
        n_claims, none_since = n_claims + 1, None
        if n_claims == int(hold_at):
            tell(f"holding {sample_id}")
            time.sleep(3600)
        time.sleep(rng.random() * 0.01)
        store.append([LabelEvent(sample_id, name, LABEL, rng.choice(["Wheat", "Cotton"]))])
    tell(f"done {n_claims}")


def tell(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
