"""Run a job in this process: ``python -m cropsample_plugin.jobs run job.json``.

A provenance record is a job file too: running it makes the same outputs again. With ``--supervised`` the
events go to standard output as JSON lines and commands are read from standard input.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
from pathlib import Path

if not __package__:
    # Started by file path in isolated mode: the package's folder goes last, so that no neighbour can shadow a module.
    sys.path.append(str(Path(__file__).resolve().parents[2]))

from cropsample_plugin.jobs.protocol import EXIT_FAILED, MINIMUM_PYTHON, Job, ProtocolError
from cropsample_plugin.jobs.registry import JOBS
from cropsample_plugin.jobs.runner import ConsoleChannel, EventChannel, JsonLinesChannel, run_job


def main(arguments: list[str] | None = None) -> int:
    """Run the command line and return the exit status."""
    options = _parser().parse_args(arguments)
    if options.command == "list":
        sys.stdout.write("\n".join(sorted(JOBS)) + "\n")
        return 0
    channel: EventChannel = JsonLinesChannel() if options.supervised else ConsoleChannel()
    if sys.version_info < MINIMUM_PYTHON:
        channel.fail(
            "python_version",
            f"The engine's Python ({sys.executable}) is {platform.python_version()}; 3.11 or newer is needed.",
            "Name a newer Python in CropSample's options, or create the engine environment there.",
        )
        return EXIT_FAILED
    try:
        job = Job.from_json(Path(options.job).read_text(encoding="utf-8"))
    except (OSError, ProtocolError, UnicodeDecodeError) as error:
        channel.fail("protocol", f"The job file {options.job} cannot be read: {error}")
        return EXIT_FAILED
    return run_job(job, channel)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m cropsample_plugin.jobs", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("list", help="list the jobs")
    run = commands.add_parser("run", help="run a job file or replay a provenance record")
    run.add_argument("job", help="path of the job or record, JSON")
    run.add_argument("--supervised", action="store_true", help="speak JSON lines (used by the plugin)")
    return parser


if __name__ == "__main__":
    status = main()
    sys.stdout.flush()
    sys.stderr.flush()
    # Threads of native libraries must not keep a finished engine alive.
    os._exit(status)
