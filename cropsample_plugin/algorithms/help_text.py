"""The help of an algorithm, put together from its description and the help of each parameter."""

from __future__ import annotations

import html
from typing import Callable

from qgis.core import (
    QgsProcessingAlgorithm,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterEnum,
    QgsProcessingParameterNumber,
)

_LARGEST_SHOWN = 1e9


def with_bounds(parameter: QgsProcessingParameterDefinition, help_text: str, tr: Callable[[str], str]) -> str:
    """Return a parameter's help, with its bounds or choices and its default said at the end."""
    facts = [help_text]
    if isinstance(parameter, QgsProcessingParameterNumber):
        facts.append(_bounds(parameter, tr))
    elif isinstance(parameter, QgsProcessingParameterEnum):
        facts.append(tr("Choices: {}.").format(", ".join(parameter.options())))
    default = parameter.defaultValue()
    if default not in (None, "") and not parameter.isDestination():
        facts.append(tr("Default: {}.").format(default))
    return " ".join(fact for fact in facts if fact)


def _bounds(parameter: QgsProcessingParameterNumber, tr: Callable[[str], str]) -> str:
    low, high = parameter.minimum(), parameter.maximum()
    if abs(low) >= _LARGEST_SHOWN and abs(high) >= _LARGEST_SHOWN:
        return ""
    if abs(high) >= _LARGEST_SHOWN:
        return tr("At least {}.").format(f"{low:g}")
    return tr("From {} to {}.").format(f"{low:g}", f"{high:g}")


def html_help(algorithm: QgsProcessingAlgorithm, description: str) -> str:
    """Return the help shown beside the dialog: description first, then one paragraph a parameter."""
    paragraphs = [f"<p>{html.escape(part, quote=False)}</p>" for part in description.split("\n\n")]
    paragraphs += [_paragraph(parameter) for parameter in algorithm.parameterDefinitions()]
    numbers = [item for item in algorithm.outputDefinitions() if item.type() == "outputNumber"]
    if numbers:
        rows = "".join(f"<li>{item.name()}: {html.escape(item.description())}</li>" for item in numbers)
        paragraphs.append(f"<ul>{rows}</ul>")
    return "".join(paragraphs)


def _paragraph(parameter: QgsProcessingParameterDefinition) -> str:
    title = html.escape(parameter.description(), quote=False)
    return f"<p><b>{title}</b> ({parameter.name()})<br>{html.escape(parameter.help(), quote=False)}</p>"
