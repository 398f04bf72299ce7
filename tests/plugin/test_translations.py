"""The compiled translations load into Qt and hold what the sources say."""

from __future__ import annotations

import pytest
from qgis.PyQt.QtCore import QTranslator

from cropsample_plugin.about import installation_path


@pytest.mark.parametrize(("text", "translation"), [("Time series", "Séries temporelles"), ("Mapping", "Cartographie")])
def test_french_groups_of_the_toolbox(text, translation):
    translator = QTranslator()
    assert translator.load(str(installation_path("i18n") / "cropsample_fr.qm"))
    assert translator.translate("CropSampleAlgorithm", text) == translation


def test_texts_without_translation_stay_as_they_are():
    translator = QTranslator()
    translator.load(str(installation_path("i18n") / "cropsample_fr.qm"))
    assert not translator.translate("CropSampleAlgorithm", "No such text")
