"""The Labeling panel: shows the open session and passes on what the labeler decides; holds no labels of its own."""

from __future__ import annotations

from typing import Any, Callable, Dict, List, Optional

from qgis.gui import QgsDockWidget
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QAction, QToolButton, QWidget

from cropsample_plugin.gui.labeling.labeling_controller import LabelingController
from cropsample_plugin.gui.labeling.labeling_form import CONFIDENCES, LabelingForm
from cropsample_plugin.gui.labeling.labeling_keys import Command, LabelingKeys, commands, load_keys
from cropsample_plugin.gui.labeling.labeling_keys_dialog import LabelingKeysDialog
from cropsample_plugin.gui.labeling.labeling_menu import LabelingMenu
from cropsample_plugin.gui.labeling.labeling_queue import QueueFilter
from cropsample_plugin.gui.labeling.labeling_session import LabelingSession
from cropsample_plugin.gui.labeling.labeling_texts import DISPUTED, FLAGGED, UNLABELED
from cropsample_plugin.gui.labeling.labeling_view import LabelingView
from cropsample_plugin.gui.review_marker import ReviewMarker


class LabelingDock(QgsDockWidget):
    """The panel.

    Attributes:
        shows_place: whether samples are to be outlined on QGIS's own map; False while linked views do that.
        centered: the labeler wants to go back to the sample.
    """

    centered = pyqtSignal()

    def __init__(self, controller: LabelingController, iface: Any, parent: Optional[QWidget] = None) -> None:  # noqa: ANN401 - QgisInterface or a stand-in
        super().__init__(parent)
        self.setObjectName("cropsample_labeling")
        self.setWindowTitle(self.tr("Labeling"))
        self.shows_place: Callable[[], bool] = self.isVisible
        self._controller = controller
        self._canvas = iface.mapCanvas()
        self._confidence: Optional[int] = None
        self._awaiting = ""
        self._shown_id = ""
        self.form = LabelingForm()
        self.setWidget(self.form)
        self.view = LabelingView(self.form, ReviewMarker(self._canvas), controller)
        self.menu = LabelingMenu(controller, iface, self)
        self._commands = self._make_commands()
        self.keys: Dict[str, str] = {}
        self._command_by_key: Dict[str, Command] = {}
        self.key_filter = LabelingKeys(self.form, self.press, self.is_meant)
        self.key_filter.watch(self._canvas)
        self._connect()
        self.use_keys(load_keys())
        self._on_closed()

    def take_down(self) -> None:
        """Close the session and leave the map as it was; called before the panel is deleted."""
        self.key_filter.release(self._canvas)
        self._canvas.destinationCrsChanged.disconnect(self.show_place)
        self._controller.close()
        self.view.marker.remove()

    def add_actions(self, actions: List[QAction]) -> None:
        """Show tools in the panel's row of tools."""
        for action in actions:
            button = QToolButton()
            button.setDefaultAction(action)
            if action.menu() is not None:
                button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.setAutoRaise(not action.icon().isNull())
            self.form.tools_layout.addWidget(button)
        self.form.tools_row.show()

    def use_keys(self, keys: Dict[str, str]) -> None:
        """Let these keys stand for the commands."""
        self.keys = keys
        self._command_by_key = {keys[item.name].casefold(): item for item in commands() if keys[item.name]}
        self.view.show_keys(keys)
        self.view.offer_confidences(keys, self.choose_confidence)

    def is_meant(self, key: str, is_panel: bool) -> bool:  # noqa: FBT001 - the callback's signature
        """Return whether a key means something, in the panel or on a map."""
        if self._controller.session is None or not self.isVisible():
            return False
        if key.casefold() in self._class_by_key():
            return True
        command = self._command_by_key.get(key.casefold())
        return command is not None and (is_panel or command.is_everywhere)

    def press(self, key: str) -> bool:
        """Do what a key stands for; False when it stands for nothing. Classes come before commands."""
        name = self._class_by_key().get(key.casefold())
        if name is not None:
            self.choose_class(name)
            return True
        command = self._command_by_key.get(key.casefold())
        if command is None:
            return False
        self._commands[command.name]()
        return True

    def choose_class(self, name: str) -> None:
        """Label the current sample, once everything that the session asks for is given."""
        session = self._controller.session
        if session is None or session.current is None:
            return
        settings = session.settings
        if settings.needs_confidence and self._confidence is None:
            self._await(name, self.tr("{}: how sure are you? Choose a confidence.").format(name))
            return
        if settings.needs_comment and not self.form.comment_edit.text().strip():
            self._await(name, self.tr("{}: say what you saw, then press Enter.").format(name))
            self.form.comment_edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return
        confidence, comment = self._confidence, self.form.comment_edit.text().strip()
        self._act(lambda open_session: open_session.label(name, confidence, comment))

    def choose_confidence(self, percent: int) -> None:
        """Set the confidence of the next label, or give the label that waits for it."""
        self._confidence = None if self._confidence == percent and not self._awaiting else percent
        self.view.show_confidence(self._confidence)
        if self._awaiting:
            self.choose_class(self._awaiting)

    def walk(self, by: int) -> None:
        """Go to the next sample (1) or the previous one (-1)."""
        self._controller.act(lambda session: session.step(by))

    def center(self) -> None:
        """Go back to the sample."""
        self.centered.emit()
        self.show_place()

    def show_place(self, *_value: object, is_moved: bool = True) -> None:
        """Outline the sample on QGIS's map and centre the map on it, unless somebody else does."""
        if self.shows_place():
            self.view.show_place(self.form.scale_widget.scale(), is_moved=is_moved)
        else:
            self.view.marker.hide()

    def filter(self, *_value: object) -> None:
        """List the samples that the labeler wants to walk through."""
        form = self.form
        kind = form.filter_combo.currentData()
        wanted = QueueFilter(
            is_unlabeled=kind == UNLABELED,
            is_disputed=kind == DISPUTED,
            is_flagged=kind == FLAGGED,
            stratum=str(form.stratum_combo.currentData() or ""),
            class_name=str(form.class_combo.currentData() or ""),
        )
        self._controller.act(lambda session: session.set_filter(wanted))

    def show_keys_dialog(self) -> None:
        """List the keys, and take over what the user changes."""
        session = self._controller.session
        dialog = LabelingKeysDialog(self.keys, session.settings.classes if session else (), self)
        if dialog.exec():
            self.use_keys(load_keys())
        dialog.deleteLater()

    def _make_commands(self) -> Dict[str, Callable[[], object]]:
        controller = self._controller

        def acting(action: Callable[[LabelingSession], object]) -> Callable[[], object]:
            return lambda: controller.act(action)

        confidences = {
            f"confidence_{number}": lambda value=percent: self.choose_confidence(value)
            for number, percent in enumerate(CONFIDENCES, start=1)
        }
        return {
            "next": lambda: self.walk(1),
            "previous": lambda: self.walk(-1),
            "next_unlabeled": self._to_unlabeled,
            "jump": self._to_number,
            "skip": lambda: self._act(lambda session: session.skip(self.form.comment_edit.text().strip())),
            "flag": acting(lambda session: session.toggle_flag(self.form.comment_edit.text().strip())),
            "undo": acting(lambda session: session.undo()),
            "redo": acting(lambda session: session.redo()),
            "comment": lambda: self.form.comment_edit.setFocus(Qt.FocusReason.ShortcutFocusReason),
            "center": self.center,
            "retry": controller.retry,
            "keys": self.show_keys_dialog,
            **confidences,
        }

    def _connect(self) -> None:
        form, controller = self.form, self._controller
        controller.opened.connect(self._on_opened)
        controller.closed.connect(self._on_closed)
        controller.sample_changed.connect(self._on_sample)
        controller.labels_changed.connect(self._on_labels)
        controller.failed.connect(self.view.tell)
        for name, button in (
            ("previous", form.previous_button),
            ("next", form.next_button),
            ("next_unlabeled", form.unlabeled_button),
            ("skip", form.skip_button),
            ("flag", form.flag_button),
            ("undo", form.undo_button),
            ("redo", form.redo_button),
            ("retry", form.retry_button),
            ("keys", form.keys_button),
        ):
            button.clicked.connect(lambda _checked=False, command=name: self._commands[command]())
        for combo in (form.filter_combo, form.stratum_combo, form.class_combo):
            combo.currentIndexChanged.connect(self.filter)
            combo.activated.connect(lambda _index: form.setFocus())
        form.position_spin.valueChanged.connect(self._on_number)
        form.position_spin.editingFinished.connect(form.setFocus)
        form.comment_edit.returnPressed.connect(self._on_comment)
        form.scale_widget.scaleChanged.connect(self.show_place)
        self._canvas.destinationCrsChanged.connect(self.show_place)
        self.visibilityChanged.connect(self.show_place)

    def _class_by_key(self) -> Dict[str, str]:
        session = self._controller.session
        return {item.key.casefold(): item.name for item in session.settings.classes if item.key} if session else {}

    def _act(self, action: Callable[[LabelingSession], object]) -> None:
        """Do something that a comment and a confidence belong to; they stay where it failed."""
        self._awaiting = ""
        if self._controller.act(action):
            self._confidence = None
            self.form.comment_edit.clear()
            self.view.show_confidence(None)

    def _await(self, name: str, text: str) -> None:
        self._awaiting = name
        self.view.tell(text)

    def _to_unlabeled(self) -> None:
        found: List[bool] = []
        self._controller.act(lambda session: found.append(session.next_unlabeled()))
        if found == [False]:
            self.view.tell(self.tr("Every sample listed has your label."))

    def _to_number(self) -> None:
        self.form.position_spin.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.form.position_spin.selectAll()

    def _on_number(self, number: int) -> None:
        session = self._controller.session
        if session is not None and 0 < number <= len(session.queue):
            sample_id = session.queue[number - 1]
            self._controller.act(lambda open_session: open_session.go_to(sample_id))

    def _on_comment(self) -> None:
        self.form.setFocus()
        if self._awaiting:
            self.choose_class(self._awaiting)

    def _on_opened(self) -> None:
        session = self._controller.session
        self._confidence, self._awaiting, self._shown_id = None, "", ""
        self.form.scale_widget.blockSignals(True)  # noqa: FBT003 - Qt takes it by position
        self.form.scale_widget.setScale(session.settings.scale)
        self.form.scale_widget.blockSignals(False)  # noqa: FBT003 - the same
        self.view.offer_filters(session)
        self.view.offer_classes(session, self.choose_class)
        self.view.show_confidence(None)
        self.view.tell("")
        self.view.show_session()
        self.setUserVisible(True)
        self.form.setFocus()

    def _on_closed(self) -> None:
        self.view.tell("")
        self.view.show_session()
        self.menu.list_recent()

    def _on_sample(self) -> None:
        self._awaiting = ""
        self.view.show_session()
        session = self._controller.session
        sample_id = session.current.sample_id if session is not None and session.current is not None else ""
        # Neither a sample that was drawn where one looks nor one whose border was changed moves the map.
        is_moved = sample_id != self._shown_id and not (session is not None and session.is_just_drawn)
        self._shown_id = sample_id
        self.show_place(is_moved=is_moved)

    def _on_labels(self) -> None:
        session = self._controller.session
        if session is None:
            return
        self.view.offer_classes(session, self.choose_class)
        self.view.tell("")
        self.view.show_session()
