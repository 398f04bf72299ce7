"""The provenance record of a job completed with the Processing call that asked for it."""

from __future__ import annotations

import json
import logging
from pathlib import Path
from typing import Any

from cropsample_plugin.algorithms.call_record import CALL_KEY, keep_inputs
from cropsample_plugin.algorithms.file_hash import output_digest
from cropsample_plugin.jobs.protocol import RECORD_SUFFIX

LOGGER = logging.getLogger(__name__)
COMMAND_KEY = "processing_command"
DIGEST_KEY = "digest"


def complete_record(written: str, final: str, command: str, call: dict[str, Any]) -> None:
    """Put the record of a file that the engine wrote beside the file the user gets, with the call that made it.

    Args:
        written: the engine's file.
        final: the user's file; the same one, or what the features were copied into.
        command: the Processing call as Python.
        call: see `describe_call`; inputs that no lasting file holds are kept beside the output.
    """
    source = Path(written + RECORD_SUFFIX)
    if not source.is_file():
        return
    try:
        record = json.loads(source.read_text(encoding="utf-8"))
        record["output"] = Path(final).name
        record[COMMAND_KEY] = command
        record[CALL_KEY] = keep_inputs(call, final)
        if Path(final).is_file():
            record[DIGEST_KEY] = output_digest(final)
        Path(final + RECORD_SUFFIX).write_text(json.dumps(record, indent=2, ensure_ascii=False), encoding="utf-8")
    except (OSError, ValueError) as error:
        # The output matters more than its record.
        LOGGER.warning("The record of %s could not be written: %s", final, error)
