"""Sessions are made, opened, changed and closed: the Session menu and the start page of the Labeling panel."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Callable, Optional

from qgis.PyQt.QtCore import QObject
from qgis.PyQt.QtWidgets import (
    QAction,
    QCompleter,
    QFileDialog,
    QInputDialog,
    QLineEdit,
    QMenu,
    QMessageBox,
    QPushButton,
)

from cropsample_plugin.bridge.labeling.label_events import LabelingError
from cropsample_plugin.bridge.labeling.session_file import SUFFIX, read_session_file
from cropsample_plugin.gui.default_folder import default_output_folder
from cropsample_plugin.gui.labeling.labeling_controller import LabelingController
from cropsample_plugin.gui.labeling.labeling_files import open_session, recent_sessions, remember, usual_labeler
from cropsample_plugin.gui.labeling.merge_dialog import MergeDialog
from cropsample_plugin.gui.labeling.new_session_dialog import NewSessionDialog
from cropsample_plugin.gui.labeling.session_classes_dialog import SessionClassesDialog
from cropsample_plugin.gui.labeling.session_samples import dropped_text

if TYPE_CHECKING:
    from cropsample_plugin.gui.labeling.labeling_dock import LabelingDock


class LabelingMenu(QObject):
    """What can be done with whole sessions."""

    def __init__(self, controller: LabelingController, iface: Any, dock: LabelingDock) -> None:  # noqa: ANN401 - QgisInterface or a stand-in
        super().__init__(dock)
        self._controller = controller
        self._iface = iface
        self._dock = dock
        form = dock.form
        self.menu = QMenu(form)
        self.menu.addAction(self.tr("New labeling session…"), self.make)
        self.menu.addAction(self.tr("Open a session…"), self.ask)
        self.menu.addAction(self.tr("Merge sessions…"), self.merge)
        self._recent = self.menu.addMenu(self.tr("Recent sessions"))
        self.menu.addSeparator()
        self._of_session = [
            self.menu.addAction(self.tr("Change classes…"), self.change_classes),
            self.menu.addAction(self.tr("Label as somebody else…"), self.change_labeler),
            self.menu.addAction(self.tr("Look for labels of others"), controller.look_for_others),
            self.menu.addAction(self.tr("Close the session"), self.close),
        ]
        self.menu.addSeparator()
        self.menu.addAction(self.tr("Keys…"), dock.show_keys_dialog)
        self.menu.aboutToShow.connect(self._show_menu)
        form.session_button.setMenu(self.menu)
        form.new_button.clicked.connect(self.make)
        form.open_button.clicked.connect(self.ask)

    def add(self, text: str, do: Callable[[], object], *, needs_session: bool = True) -> None:
        """Offer something else that can be done, with the open session or without one."""
        action = QAction(text, self.menu)
        action.triggered.connect(lambda _checked=False: do())
        self.menu.insertAction(self._of_session[-1] if needs_session else self._recent.menuAction(), action)
        if needs_session:
            self._of_session.insert(-1, action)

    def make(self) -> None:
        """Ask what a new session is made of, make it and open it."""
        if not self._may_close():
            return
        dialog = NewSessionDialog(self._iface, self._dock)
        if dialog.exec() and dialog.made is not None:
            session, path = dialog.made
            remember(path, session.settings.session_id, session.labeler)
            self._controller.open(session, path)
            self._dock.view.tell(dropped_text(dialog.taken))
        dialog.deleteLater()

    def ask(self) -> None:
        """Ask for a session file, and open it."""
        recent = recent_sessions()
        start = str(Path(recent[0]).parent) if recent else default_output_folder()
        kind = self.tr("Labeling sessions (*{})").format(SUFFIX)
        path, _filter = QFileDialog.getOpenFileName(self._dock, self.tr("Open a labeling session"), start, kind)
        if path:
            self.open(path)

    def open(self, path: str, labeler: str = "") -> bool:
        """Open a session file; whoever labels is asked for where nobody labeled it on this machine before."""
        if not self._may_close():
            return False
        try:
            labeler = labeler or self._labeler(path)
            if labeler:
                self._controller.open(open_session(path, labeler), path)
        except LabelingError as error:
            self._dock.view.tell(str(error))
            return False
        return bool(labeler)

    def close(self) -> bool:
        """Close the session; False where the user keeps it because of what is not saved."""
        if not self._may_close():
            return False
        self._controller.close()
        return True

    def merge(self) -> None:
        """Ask which sessions to merge; the merged one is opened."""
        path = self._controller.session_path
        dialog = MergeDialog([path] if path else [], self._dock)
        dialog.exec()
        if dialog.made:
            self.open(dialog.made)
        dialog.deleteLater()

    def change_labeler(self) -> None:
        """Ask who labels, and open the session anew for them."""
        session, path = self._controller.session, self._controller.session_path
        if session is None or not self._may_close():
            return
        name = self._ask_name(session.labeler, session.settings.assignment.labelers)
        if name and name != session.labeler:
            self.open(path, name)

    def change_classes(self) -> None:
        """Ask for other classes of the open session."""
        if self._controller.session is None:
            return
        dialog = SessionClassesDialog(self._controller, self._dock.keys, self._dock)
        dialog.exec()
        dialog.deleteLater()

    def list_recent(self) -> None:
        """List the latest sessions on the start page."""
        layout = self._dock.form.recent_layout
        while layout.count():
            layout.takeAt(0).widget().deleteLater()
        recent = recent_sessions()
        self._dock.form.recent_label.setVisible(bool(recent))
        for path in recent:
            button = QPushButton(Path(path).stem)
            button.setObjectName("labeling_recent")
            button.setToolTip(path)
            button.clicked.connect(lambda _checked=False, chosen=path: self.open(chosen))
            layout.addWidget(button)

    def _show_menu(self) -> None:
        for action in self._of_session:
            action.setEnabled(self._controller.session is not None)
        self._recent.clear()
        for path in recent_sessions():
            action = self._recent.addAction(Path(path).stem, lambda chosen=path: self.open(chosen))
            action.setToolTip(path)
        self._recent.setEnabled(not self._recent.isEmpty())

    def _labeler(self, path: str) -> str:
        settings = read_session_file(path)
        return self._ask_name(usual_labeler(settings.session_id), settings.assignment.labelers)

    def _ask_name(self, usual: str, names: tuple[str, ...]) -> str:
        """Return the name that the user types, "" for none; Enter takes the usual one."""
        dialog = QInputDialog(self._dock)
        dialog.setWindowTitle(self.tr("Who labels?"))
        known = self.tr("Name of the labeler ({}):").format(", ".join(names))
        dialog.setLabelText(known if names else self.tr("Name of the labeler:"))
        dialog.setTextValue(usual)
        edit = dialog.findChild(QLineEdit)
        edit.setCompleter(QCompleter(list(dict.fromkeys([usual, *names])), edit))
        name = str(dialog.textValue()).strip() if dialog.exec() else ""
        dialog.deleteLater()
        return name

    def _may_close(self) -> bool:
        """Return whether the open session can go: everything is saved, or the user leaves what is not for later."""
        session = self._controller.session
        if session is None or not session.pending or self._controller.retry():
            return True
        button: Optional[QMessageBox.StandardButton] = QMessageBox.warning(
            self._dock,
            self.tr("Not saved"),
            self.tr("{} steps are not saved. They wait in your QGIS profile until you open this session again.").format(
                len(session.pending)
            ),
            QMessageBox.StandardButton.Close | QMessageBox.StandardButton.Cancel,
            QMessageBox.StandardButton.Cancel,
        )
        return button == QMessageBox.StandardButton.Close
