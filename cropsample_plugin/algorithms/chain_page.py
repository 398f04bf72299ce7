"""The way from imagery and labels to a map as a readable page."""

from __future__ import annotations

import json
from html import escape
from pathlib import Path
from typing import Any

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QCoreApplication

from cropsample_plugin.algorithms.call_record import CALL_KEY
from cropsample_plugin.algorithms.record_chain import CHANGED, MISSING, SAME, ChainLink

_STYLE = (
    "body{font:15px/1.5 sans-serif;margin:2em auto;max-width:60em;padding:0 1em;color:#222}"
    "h1{font-size:1.5em}h2{font-size:1.15em;margin:0}section{border-left:4px solid #62b357;padding:.4em 1em;"
    "margin:1.4em 0;background:#f7f9f5}table{border-collapse:collapse;margin:.5em 0}td,th{text-align:left;"
    "padding:.15em .8em .15em 0;vertical-align:top}code{font-size:.85em;word-break:break-all}"
    ".same{color:#2f7d3b}.changed,.missing{color:#b3261e;font-weight:bold}.muted{color:#666}"
)


def chain_page(chain: ChainLink, comparison: list[tuple[str, str]]) -> str:
    """Return the page.

    Args:
        chain: the output and what it was made from.
        comparison: name of each output that was made again, and what came of it; empty when nothing was.
    """
    title = _tr("Where {} comes from").format(chain.path.name)
    parts = [f"<h1>{escape(title)}</h1>", f"<p>{escape(_summary(chain))}</p>"]
    if comparison:
        rows = "".join(f"<tr><td><b>{escape(name)}</b></td><td>{escape(said)}</td></tr>" for name, said in comparison)
        parts.append(f"<h2>{escape(_tr('Made again'))}</h2><table>{rows}</table>")
    parts += [_section(link) for link in chain.walk()]
    head = f'<meta charset="utf-8"><title>{escape(title)}</title><style>{_STYLE}</style>'
    return f"<!DOCTYPE html><html><head>{head}</head><body>{''.join(parts)}</body></html>\n"


def _summary(chain: ChainLink) -> str:
    links = list(chain.walk())
    states = [state.state for link in links for state in link.inputs]
    return _tr("{} steps, {} input files: {} unchanged, {} changed, {} missing.").format(
        len(links), len(states), states.count(SAME), states.count(CHANGED), states.count(MISSING)
    )


def _section(link: ChainLink) -> str:
    record = link.record
    call = record.get(CALL_KEY, {})
    algorithm = QgsApplication.processingRegistry().algorithmById(call.get("algorithm", ""))
    title = algorithm.displayName() if algorithm else record["job"].get("name", "?")
    versions = ", ".join(f"{name} {version}" for name, version in record.get("versions", {}).items())
    lines = [
        f'<section id="{escape(link.path.name)}"><h2>{escape(link.path.name)}</h2>',
        f"<p>{escape(_tr('Made by'))} <b>{escape(title)}</b>, {escape(str(record.get('written', '')))}</p>",
        f'<p class="muted">{escape(versions)}</p>',
        _inputs(link),
        _parameters(call, record),
        _numbers(record),
        "</section>",
    ]
    return "".join(lines)


def _inputs(link: ChainLink) -> str:
    words = {SAME: _tr("unchanged"), CHANGED: _tr("changed since"), MISSING: _tr("missing")}
    linked = {str(source.path): source.path.name for source in link.sources}
    rows = []
    for state in link.inputs:
        name = escape(Path(state.path).name)
        shown = f'<a href="#{escape(linked[state.path])}">{name}</a>' if state.path in linked else name
        rows.append(
            f'<tr><td>{shown}</td><td class="{state.state}">{escape(words[state.state])}</td>'
            f"<td><code>{state.recorded[:16]}</code></td><td class='muted'><code>{escape(state.path)}</code></td></tr>"
        )
    if not rows:
        return f"<p>{escape(_tr('No input files.'))}</p>"
    heads = (_tr("Input"), _tr("Now"), _tr("SHA-256"), _tr("Path"))
    return f"<table><tr>{''.join(f'<th>{escape(head)}</th>' for head in heads)}</tr>{''.join(rows)}</table>"


def _parameters(call: dict[str, Any], record: dict[str, Any]) -> str:
    given = call.get("parameters") or {
        name: {"value": value} for name, value in record["job"].get("parameters", {}).items()
    }
    rows = "".join(
        f"<tr><td>{escape(name)}</td><td><code>{escape(_text(described))}</code></td></tr>"
        for name, described in given.items()
    )
    return f"<details><summary>{escape(_tr('Parameters'))}</summary><table>{rows}</table></details>"


def _text(described: dict[str, Any]) -> str:
    if "items" in described:
        return "; ".join(_text(item) for item in described["items"])
    notes = [described[key] for key in ("subset", "filter") if described.get(key)]
    notes += [_tr("selected features only")] if described.get("selected_only") else []
    shown = described.get("source") or described.get("value")
    text = shown if isinstance(shown, str) else json.dumps(shown, ensure_ascii=False)
    return f"{text} ({', '.join(notes)})" if notes else text


def _numbers(record: dict[str, Any]) -> str:
    numbers = {
        name: value
        for name, value in record.get("outputs", {}).items()
        if isinstance(value, (int, float)) and not isinstance(value, bool)
    }
    rows = "".join(f"<tr><td>{escape(name)}</td><td>{value:,.6g}</td></tr>" for name, value in numbers.items())
    return f"<details><summary>{escape(_tr('Results'))}</summary><table>{rows}</table></details>" if rows else ""


def _tr(text: str) -> str:
    return QCoreApplication.translate("ChainPage", text)
