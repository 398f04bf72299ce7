"""How texts are found in the sources, and that translations survive an update."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

MODULE = """
def _tr(text):
    return QCoreApplication.translate("Checks", text)

def labels(tr):
    return {"a": tr("Label")}

class Panel:
    def build(self):
        self.tr("One, "
                "over two lines")
        self.tr("With {}").format(3)
        labels(self.tr)
        _tr("Passed on")

def outside():
    QCoreApplication.translate("Direct", "Said directly")
    not_translated("Nothing")
"""


@pytest.fixture(scope="module")
def translations():
    sys.path.insert(0, str(ROOT / "scripts"))
    try:
        import translations

        yield translations
    finally:
        sys.path.remove(str(ROOT / "scripts"))


@pytest.fixture
def module(tmp_path):
    path = tmp_path / "panel.py"
    path.write_text(MODULE, encoding="utf-8")
    return path


def test_texts_are_found_in_their_contexts(translations, module):
    texts = translations.collect_texts([module])
    assert {context: set(found) for context, found in texts.items()} == {
        "Panel": {"One, over two lines", "With {}", "Label"},
        "Checks": {"Passed on"},
        "Direct": {"Said directly"},
    }


def test_an_update_keeps_translations_and_drops_texts_that_are_gone(translations, module, tmp_path):
    target = tmp_path / "cropsample_fr.ts"
    texts = translations.collect_texts([module])
    assert translations.update_translation(target, texts) == (0, 5)
    content = target.read_text(encoding="utf-8")
    content = content.replace(
        '<source>Label</source>\n      <translation type="unfinished" />',
        "<source>Label</source>\n      <translation>\N{LATIN CAPITAL LETTER E WITH ACUTE}tiquette</translation>",
    )
    target.write_text(content, encoding="utf-8")
    module.write_text(MODULE.replace("class Panel", "class Board").replace("Said directly", "Said"), encoding="utf-8")
    assert translations.update_translation(target, translations.collect_texts([module])) == (1, 5)
    updated = target.read_text(encoding="utf-8")
    assert "<name>Board</name>" in updated, "a class that is renamed keeps its translations"
    assert "Said directly" not in updated


def test_placeholders_survive_translation(translations):
    placeholder = re.compile(r"\{\w*(?::[^}]*)?\}|%[Ymdj]")
    for path in (ROOT / "i18n").glob("*.ts"):
        for (_, source), translation in translations._read_translations(path).items():
            assert sorted(placeholder.findall(source)) == sorted(placeholder.findall(translation)), source
