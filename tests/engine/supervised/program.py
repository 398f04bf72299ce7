"""The engine's program with one job more, which misbehaves on request; the package itself holds no test code."""

from __future__ import annotations

import os
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parents[2])]

from cropsample_plugin.jobs import registry  # noqa: E402 - after the path is set
from cropsample_plugin.jobs.__main__ import main  # noqa: E402

registry.JOBS["misbehave"] = "misbehave"

if __name__ == "__main__":
    os._exit(main())
