"""Bring i18n/*.ts up to date with the texts in the sources, and compile them: ``python3 scripts/translations.py``.

Texts are found on the syntax trees, so that strings over several lines and calls through small functions are read as
Python reads them. The context of a text is

* the class around ``self.tr("...")``,
* the first argument of ``QCoreApplication.translate("Context", "...")``,
* for a function that passes its argument on to ``translate("Context", ...)``: that context,
* for ``tr("...")`` in a function that is given ``tr``: every class that calls the function with ``self.tr``.

Compiling needs Qt's ``lrelease`` (Debian: qttools5-dev-tools).
"""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from plugin_files import PACKAGE, ROOT

ROOMS = ("algorithms", "bridge", "gui")
LRELEASE_NAMES = ("lrelease", "lrelease-qt5", "lrelease6", "lrelease-qt6")
HEADER = '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n'

Texts = dict[str, dict[str, str]]


def main() -> int:
    """Update and compile every translation; return the exit status."""
    texts = collect_texts(source_files())
    print(f"{sum(map(len, texts.values()))} texts in {len(texts)} contexts")
    sources = sorted((ROOT / "i18n").glob("cropsample_*.ts"))
    for path in sources:
        done, total = update_translation(path, texts)
        print(f"{path.name}: {done} of {total} translated")
    lrelease = next((found for name in LRELEASE_NAMES if (found := shutil.which(name))), None)
    if lrelease is None:
        print("Not compiled: Qt's lrelease was not found (Debian: apt-get install qttools5-dev-tools).")
        return 1
    return subprocess.run([lrelease, "-silent", *map(str, sources)], check=False).returncode


def source_files() -> list[Path]:
    """Return the modules whose texts users see."""
    return [PACKAGE / "plugin.py", *(path for room in ROOMS for path in sorted((PACKAGE / room).rglob("*.py")))]


def collect_texts(paths: list[Path]) -> Texts:
    """Return context -> text -> where it stands."""
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in paths}
    contexts_by_function = _contexts_given_by_callers(trees)
    texts: Texts = defaultdict(dict)
    for path, tree in trees.items():
        passing_on = _functions_that_pass_on(tree)
        for call, owner, function in _calls(tree):
            for context, argument in _translated(call, owner, passing_on, contexts_by_function.get(function, set())):
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    place = f"{path.relative_to(ROOT).as_posix() if path.is_relative_to(ROOT) else path.name}"
                    texts[context].setdefault(argument.value, place)
    return {context: texts[context] for context in sorted(texts)}


def _calls(tree: ast.AST, owner: str = "", function: str = "") -> Iterator[tuple[ast.Call, str, str]]:
    """Yield every call with the class and the outermost module-level function around it."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Call):
            yield node, owner, function
        if isinstance(node, ast.ClassDef):
            yield from _calls(node, node.name, function)
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield from _calls(node, owner, function or node.name)
        else:
            yield from _calls(node, owner, function)


def _translated(
    call: ast.Call, owner: str, passing_on: dict[str, str], given: set[str]
) -> Iterator[tuple[str, ast.expr]]:
    """Yield context and text expression of a call that translates."""
    name = _called_name(call)
    if name == "translate" and len(call.args) > 1 and isinstance(call.args[0], ast.Constant):
        yield str(call.args[0].value), call.args[1]
    elif isinstance(call.func, ast.Name) and name in passing_on and call.args:
        yield passing_on[name], call.args[0]
    elif isinstance(call.func, ast.Attribute) and name == "tr" and owner and call.args:
        yield owner, call.args[0]
    elif isinstance(call.func, ast.Name) and name == "tr" and call.args:
        for context in sorted(given):
            yield context, call.args[0]


def _functions_that_pass_on(tree: ast.Module) -> dict[str, str]:
    """Return the functions of a module whose argument becomes the text of ``translate``, with its context."""
    found = {}
    for node in tree.body:
        if not isinstance(node, ast.FunctionDef) or not node.args.args:
            continue
        for call in (inner for inner in ast.walk(node) if isinstance(inner, ast.Call)):
            is_translate = _called_name(call) == "translate" and len(call.args) > 1
            if is_translate and isinstance(call.args[0], ast.Constant) and isinstance(call.args[1], ast.Name):
                found[node.name] = str(call.args[0].value)
    return found


def _contexts_given_by_callers(trees: dict[Path, ast.Module]) -> dict[str, set[str]]:
    """Return function name -> classes that hand it their ``tr``."""
    contexts: dict[str, set[str]] = defaultdict(set)
    for tree in trees.values():
        for call, owner, _ in _calls(tree):
            arguments = [*call.args, *(keyword.value for keyword in call.keywords)]
            if owner and any(isinstance(item, ast.Attribute) and item.attr == "tr" for item in arguments):
                contexts[_called_name(call)].add(owner)
    return contexts


def _called_name(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def update_translation(path: Path, texts: Texts) -> tuple[int, int]:
    """Write a .ts file anew with the texts given, keeping what is translated; return how many are, of how many."""
    language = path.stem.partition("_")[2]
    known = _read_translations(path)
    root = ET.Element("TS", version="2.1", language=language, sourcelanguage="en")
    done = total = 0
    for context, sources in texts.items():
        element = ET.SubElement(root, "context")
        ET.SubElement(element, "name").text = context
        for source, place in sources.items():
            message = ET.SubElement(element, "message")
            ET.SubElement(message, "location", filename=f"../{place}")
            ET.SubElement(message, "source").text = source
            translation = ET.SubElement(message, "translation")
            translation.text = known.get((context, source)) or known.get(("", source))
            if not translation.text:
                translation.set("type", "unfinished")
            total += 1
            done += bool(translation.text)
    ET.indent(root)
    path.write_text(HEADER + ET.tostring(root, encoding="unicode") + "\n", encoding="utf-8")
    return done, total


def _read_translations(path: Path) -> dict[tuple[str, str], str]:
    """Return (context, text) -> translation, and ("", text) for the same text in a context that is new."""
    known: dict[tuple[str, str], str] = {}
    if not path.exists():
        return known
    for context in ET.parse(path).getroot().iter("context"):  # noqa: S314 - a file of this repository
        for message in context.iter("message"):
            source, translation = message.findtext("source", ""), message.findtext("translation") or ""
            if translation:
                known[context.findtext("name", ""), source] = translation
                known.setdefault(("", source), translation)
    return known


if __name__ == "__main__":
    sys.exit(main())
