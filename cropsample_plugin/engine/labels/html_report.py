"""Reports on labels as one HTML file with everything inside, readable without a network."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any, Mapping

from cropsample_plugin.about import installation_path, plugin_version
from cropsample_plugin.engine.output_files import replaced_when_done

_TEMPLATES = "resources/reports"
_NOT_DEFINED = "n/a"


def write_html(template: str, told: Mapping[str, Any], path: str | Path) -> None:
    """Fill a template of `resources/reports` and write it; every text of the user's is escaped.

    Raises:
        OutputError: the folder may not be written to.
    """
    document = render_html(template, told)
    with replaced_when_done(Path(path)) as partial:
        partial.write_text(document, encoding="utf-8")


def render_html(template: str, told: Mapping[str, Any]) -> str:
    """Return a filled template."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(installation_path(_TEMPLATES)),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["share"] = format_share
    environment.filters["number"] = format_number
    return environment.get_template(template).render(version=plugin_version(), **told)


def format_share(value: float) -> str:
    """Return a share as a percentage with one decimal."""
    return f"{100.0 * value:.1f} %" if math.isfinite(value) else _NOT_DEFINED


def format_number(value: float) -> str:
    """Return a number with three decimals."""
    return f"{value:.3f}" if math.isfinite(value) else _NOT_DEFINED
