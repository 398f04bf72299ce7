"""The plugin's settings: one dataclass is the schema, one reader, one writer."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Any

from qgis.core import QgsSettings

from cropsample_plugin.jobs.protocol import DEVICES

GROUP = "cropsample"


@dataclass(frozen=True)
class Settings:
    """What the user can set; the defaults work.

    Attributes:
        engine_python: interpreter of the engine, "" to use the environment that the plugin owns.
        device: ``auto``, ``cpu``, ``cuda`` or ``mps``.
        threads: processor threads of the engine, 0 for all.
        memory_mb: memory the engine stays below in MiB, 0 for its default.
        wheel_folder: folder of wheels to create the engine from without network, "" to use the network.
        build: build of the engine's PyTorch, ``cpu`` or ``cuda``.
        base_python: interpreter to create the engine with, "" to find one.
        last_folder: folder that file dialogs open in.
    """

    engine_python: str = ""
    device: str = "auto"
    threads: int = 0
    memory_mb: int = 0
    wheel_folder: str = ""
    build: str = "cpu"
    base_python: str = ""
    last_folder: str = ""


def load_settings() -> Settings:
    """Read the settings; a value of the wrong type or out of range is replaced by its default."""
    stored = QgsSettings()
    values = {}
    for item in dataclasses.fields(Settings):
        text = stored.value(f"{GROUP}/{item.name}", item.default)
        values[item.name] = _checked(item.name, _typed(text, item.default))
    return Settings(**values)


def save_settings(settings: Settings) -> None:
    """Write the settings."""
    stored = QgsSettings()
    for item in dataclasses.fields(Settings):
        stored.setValue(f"{GROUP}/{item.name}", getattr(settings, item.name))


def _typed(value: Any, default: Any) -> Any:  # noqa: ANN401 - whatever QgsSettings holds
    # bool before int: a bool is an int too.
    if isinstance(default, bool):
        return str(value).lower() in {"true", "1"}
    if isinstance(default, int):
        try:
            return int(value)
        except (TypeError, ValueError):
            return default
    return default if value is None else str(value)


def _checked(name: str, value: Any) -> Any:  # noqa: ANN401 - any setting
    if name in {"threads", "memory_mb"}:
        return max(0, value)
    if name == "device":
        return value if value in DEVICES else "auto"
    if name == "build":
        return value if value in {"cpu", "cuda"} else "cpu"
    return value
