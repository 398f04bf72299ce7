"""Request headers whose values come from the environment, so that no file of a job holds a key."""

from __future__ import annotations

import os
import re
from typing import Iterable

from cropsample_plugin.engine.errors import InputError

_LINE = re.compile(r"^([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([^\r\n]*)$")
_REFERENCE = re.compile(r"\$\{(\w+)\}")


def read_headers(lines: Iterable[str]) -> dict[str, str]:
    """Return header names and values; ``${NAME}`` in a value stands for a variable of the environment.

    Raises:
        InputError: a line is no header, or a variable is not set.
    """
    headers: dict[str, str] = {}
    for line in filter(None, (text.strip() for text in lines)):
        match = _LINE.match(line)
        if match is None:
            raise InputError(
                f"The request header '{line.partition(':')[0][:40]}' cannot be read.",
                "Write one on each line, such as 'X-Api-Key: ${MY_KEY}'.",
            )
        headers[match.group(1)] = _REFERENCE.sub(_value, match.group(2).strip())
    return headers


def _value(match: re.Match[str]) -> str:
    value = os.environ.get(match.group(1), "")
    if not value or "\n" in value or "\r" in value:
        raise InputError(
            f"The environment variable {match.group(1)}, which a request header refers to, is not set.",
            "Set it before QGIS or the engine is started, or give the key as AUTHENTICATION.",
        )
    return value
