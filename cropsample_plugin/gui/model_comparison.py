"""From the Train and map panel to the algorithms that compare models, find their settings, or bring them elsewhere."""

from __future__ import annotations

from typing import Any, Dict

from qgis.PyQt.QtCore import QCoreApplication
from qgis.PyQt.QtWidgets import QMenu, QToolButton

from cropsample_plugin.gui.icons import icon
from cropsample_plugin.gui.train_and_map_session import TrainAndMapSession

COMPARE = "cropsample:crossvalidate"
SEARCH = "cropsample:searchhyperparameters"
TRANSFER = "cropsample:transferclassifier"


def _tr(text: str) -> str:
    return QCoreApplication.translate("ModelComparison", text)


def comparison_button() -> QToolButton:
    """Return a button with a menu; the data of its actions are ids of algorithms."""
    button = QToolButton()
    button.setObjectName("compare_button")
    button.setIcon(icon("crossvalidate.svg"))
    button.setToolTip(_tr("Which model, which settings, and would it do elsewhere?"))
    button.setAccessibleName(_tr("Compare models"))
    button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    menu = QMenu(button)
    for name, picture, text in (
        (COMPARE, "crossvalidate.svg", _tr("&Compare models…")),
        (SEARCH, "searchhyperparameters.svg", _tr("&Search hyperparameters…")),
        (TRANSFER, "transferclassifier.svg", _tr("&Bring a model to this place or season…")),
    ):
        menu.addAction(icon(picture), text).setData(name)
    button.setMenu(menu)
    return button


def dialog_parameters(algorithm: str, session: TrainAndMapSession) -> Dict[str, Any]:
    """Return what the panel already knows, as the parameters of an algorithm's dialog."""
    samples, stack = session.samples, session.stack
    known = {
        "SAMPLES": samples.layer_id if samples else None,
        "STACK": stack.layer_id if stack and not session.uses_own_series else None,
        "CLASS_FIELD": session.class_field,
        "GROUP_FIELD": session.group_field,
        "WEIGHT_FIELD": session.weight_field,
    }
    if algorithm != TRANSFER:
        known["DOMAIN_FIELD"] = session.domain_field
        known["PROTOCOL"] = "parcel_groups" if session.group_field else "spatial_blocks"
    if algorithm == COMPARE:
        known["MODELS"] = list(dict.fromkeys(["random_forest", session.model]))
    if algorithm == SEARCH:
        known["MODEL"] = session.model
    return {name: value for name, value in known.items() if value}
