"""The Adjudicate panel: walk through the samples on which labelers differ, see what everyone said, and settle."""

from __future__ import annotations

from typing import Any, Callable, Dict, Optional

from qgis.gui import QgsDockWidget
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QFontMetricsF
from qgis.PyQt.QtWidgets import QWidget

from cropsample_plugin.gui.labeling.adjudicate_cases import DisputedCase, DisputedCases
from cropsample_plugin.gui.labeling.adjudicate_form import AdjudicateForm
from cropsample_plugin.gui.labeling.adjudicate_texts import label_text
from cropsample_plugin.gui.labeling.agreement_widget import AgreementWidget
from cropsample_plugin.gui.labeling.labeling_controller import LabelingController
from cropsample_plugin.gui.labeling.labeling_form import plain_button
from cropsample_plugin.gui.labeling.labeling_view import color_icon
from cropsample_plugin.gui.review_keys import ReviewKeys

_ICON_EM = 0.9


class AdjudicateDock(QgsDockWidget):
    """The panel; the linked views and the series follow, for the sample in dispute is the session's current one."""

    def __init__(self, controller: LabelingController, _iface: Any, parent: Optional[QWidget] = None) -> None:  # noqa: ANN401 - QgisInterface or a stand-in
        super().__init__(parent)
        self.setObjectName("cropsample_adjudicate")
        self.setWindowTitle(self.tr("Adjudicate"))
        self._controller = controller
        self._cases: Optional[DisputedCases] = None
        self._class_by_key: Dict[str, str] = {}
        self._commands: Dict[str, Callable[[], object]] = {}
        self.agreement = AgreementWidget(controller)
        self.form = AdjudicateForm(self.agreement)
        self.setWidget(self.form)
        ReviewKeys(self.form, self.press)
        self._connect()
        self._on_session()

    def take_down(self) -> None:
        """Stop following the session; called before the panel is deleted."""
        self.agreement.take_down()
        for signal, slot in self._followed():
            signal.disconnect(slot)

    def press(self, key: str) -> bool:
        """Do what a key stands for; False when it stands for nothing."""
        if key in self._class_by_key:
            self.settle(self._class_by_key[key])
            return True
        command = self._commands.get(key)
        if command is not None:
            command()
        return command is not None

    def walk(self, by: int) -> bool:
        """Go to the next dispute (1) or the previous one (-1); False when there is none."""
        session, cases = self._controller.session, self._cases
        if session is None or cases is None:
            return False
        here = session.current.sample_id if session.current is not None else ""
        wanted = cases.beside(here, by, with_settled=self.form.settled_check.isChecked())
        return wanted is not None and self._controller.act(lambda session: session.go_to(wanted))

    def settle(self, class_name: str) -> None:
        """Settle the dispute that is shown, and go to the next one."""
        case = self._case()
        if case is None or not class_name:
            return
        comment = self.form.comment_edit.text().strip()
        if self._controller.act(lambda session: session.settle(class_name, comment)):
            self.form.comment_edit.clear()
            self.walk(1)

    def settle_by(self, vote: str) -> None:
        """Settle as a vote decides: ``by_majority`` or ``by_reliability``; nothing happens at a tie."""
        self.settle(getattr(self._case(), vote, None) or "")

    def undo(self) -> None:
        """Take back the latest step of this sitting."""
        self._controller.act(lambda session: session.undo())

    def show_case(self) -> None:
        """Show the current sample's dispute."""
        session, cases = self._controller.session, self._cases
        if session is None or cases is None or not self.isVisible():
            return
        cases.refresh()
        self._show_counts(cases)
        case = self._case()
        self.form.case_box.setVisible(case is not None)
        self.form.message_label.setVisible(case is None)
        if case is None:
            n_open = len(cases.open_ids())
            self.form.message_label.setText(
                self.tr("The sample looked at is not in dispute. [N] leads to the next that is.")
                if n_open
                else self.tr("Nothing is in dispute.")
            )
            return
        self._show_title(case)
        self._show_labels(case)
        self._show_votes(case)

    def _case(self) -> Optional[DisputedCase]:
        session = self._controller.session
        if session is None or session.current is None or self._cases is None:
            return None
        return self._cases.case(session.current.sample_id)

    def _followed(self) -> list[tuple[Any, Callable[..., object]]]:
        controller = self._controller
        return [
            (controller.opened, self._on_session),
            (controller.closed, self._on_session),
            (controller.sample_changed, self.show_case),
            (controller.labels_changed, self.show_case),
            (controller.failed, self._on_failed),
        ]

    def _connect(self) -> None:
        for signal, slot in self._followed():
            signal.connect(slot)
        form = self.form
        form.previous_button.clicked.connect(lambda: self.walk(-1))
        form.next_button.clicked.connect(lambda: self.walk(1))
        form.settled_check.toggled.connect(self.show_case)
        form.majority_button.clicked.connect(lambda: self.settle_by("by_majority"))
        form.weighted_button.clicked.connect(lambda: self.settle_by("by_reliability"))
        form.undo_button.clicked.connect(self.undo)
        form.comment_edit.returnPressed.connect(form.setFocus)
        self.visibilityChanged.connect(self._on_visibility)

    def _on_session(self) -> None:
        session, form = self._controller.session, self.form
        may_look = session is not None and session.sees_all
        self._cases = DisputedCases(session) if may_look else None
        for widget in (form.walk_row, form.case_box, form.progress_label, form.agreement_box):
            widget.setVisible(may_look)
        form.message_label.setVisible(not may_look)
        if session is None:
            form.message_label.setText(self.tr("Open a labeling session to settle its disputes."))
        elif not may_look:
            form.message_label.setText(
                self.tr("This session is blind: its disputes are settled by {}.").format(
                    ", ".join(session.settings.adjudicators) or self.tr("nobody, for no adjudicator is named")
                )
            )
        if may_look:
            self._offer_classes()
            self.show_case()

    def _on_visibility(self, is_visible: bool) -> None:  # noqa: FBT001 - the signal's signature
        if is_visible and self._cases is not None:
            self.show_case()
            # So that keys work at once.
            self.form.setFocus()

    def _on_failed(self, text: str) -> None:
        if self._controller.session is not None:
            self.form.message_label.setText(text)
            self.form.message_label.show()

    def _offer_classes(self) -> None:
        session, layout = self._controller.session, self.form.class_layout
        while layout.count():
            layout.takeAt(0).widget().deleteLater()
        self._class_by_key = {}
        size = round(_ICON_EM * QFontMetricsF(self.font(), self).height())
        for item in session.settings.classes:
            key = item.key.casefold()
            button = plain_button(f"adjudicate_class_{item.name}", _with_key(item.name, key))
            button.setIcon(color_icon(item.color, size))
            button.setIconSize(QSize(size, size))
            button.clicked.connect(lambda _checked=False, name=item.name: self.settle(name))
            button.setEnabled(session.may_adjudicate)
            layout.addWidget(button)
            if key and session.may_adjudicate:
                self._class_by_key[key] = item.name
        self._offer_commands(may_settle=session.may_adjudicate)

    def _offer_commands(self, *, may_settle: bool) -> None:
        """Give commands their keys; where a class has such a key, the class keeps it."""
        form = self.form
        taken = {item.key.casefold() for item in self._controller.session.settings.classes}
        shown = {key: "" if key in taken else key for key in "npmwuc"}
        form.previous_button.setText(_with_key("◀", shown["p"] or "left"))
        form.next_button.setText(_with_key("▶", shown["n"] or "right"))
        form.majority_button.setText(_with_key(self.tr("As most say"), shown["m"]))
        form.weighted_button.setText(_with_key(self.tr("As the reliable say"), shown["w"]))
        form.undo_button.setText(_with_key(self.tr("Undo"), shown["u"] or "backspace"))
        form.comment_edit.setPlaceholderText(_with_key(self.tr("Comment; Enter leads back"), shown["c"]))
        for widget in (form.majority_button, form.weighted_button, form.undo_button, form.comment_edit):
            widget.setEnabled(may_settle)
        commands: Dict[str, Callable[[], object]] = {
            **dict.fromkeys(("n", "right", "space"), lambda: self.walk(1)),
            **dict.fromkeys(("p", "left"), lambda: self.walk(-1)),
        }
        if may_settle:
            commands["m"] = lambda: self.settle_by("by_majority")
            commands["w"] = lambda: self.settle_by("by_reliability")
            commands["c"] = form.comment_edit.setFocus
            commands.update(dict.fromkeys(("u", "backspace"), self.undo))
        self._commands = {key: command for key, command in commands.items() if key not in taken}

    def _show_counts(self, cases: DisputedCases) -> None:
        listed = cases.open_ids(with_settled=self.form.settled_check.isChecked())
        current = self._controller.session.current
        here = current.sample_id if current is not None else ""
        place = str(listed.index(here) + 1) if here in listed else "—"
        self.form.count_label.setText(self.tr("{} of {}").format(place, len(listed)))
        self.form.progress_label.setText(
            self.tr("{} in dispute, {} settled").format(len(cases.open_ids()), cases.n_settled)
        )

    def _show_title(self, case: DisputedCase) -> None:
        sample = self._controller.session.current
        parts = [self.tr("Sample {}").format(case.sample_id)]
        if sample.stratum:
            parts.append(self.tr("stratum {}").format(sample.stratum))
        if case.settled is not None:
            parts.append(self.tr("settled as {} by {}").format(case.settled.class_name, case.settled.labeler))
            if case.settled.comment:
                parts.append(f"“{case.settled.comment}”")
        self.form.title_label.setText(" · ".join(parts))

    def _show_labels(self, case: DisputedCase) -> None:
        classes = self._controller.session.settings.classes
        self.form.labels_label.setText(
            "".join(label_text(event, classes, self._cases.reliability(event.labeler)) for event in case.labels)
        )

    def _show_votes(self, case: DisputedCase) -> None:
        tie = self.tr("a tie")
        self.form.votes_label.setText(
            self.tr("Most say: {} · weighted by reliability: {}").format(
                case.by_majority or tie, case.by_reliability or tie
            )
        )
        may_settle = self._controller.session.may_adjudicate
        self.form.majority_button.setEnabled(may_settle and case.by_majority is not None)
        self.form.weighted_button.setEnabled(may_settle and case.by_reliability is not None)


def _with_key(text: str, key: str) -> str:
    signs = {"left": "←", "right": "→", "backspace": "⌫"}
    return f"{text} [{signs.get(key, key.upper())}]" if key else text
