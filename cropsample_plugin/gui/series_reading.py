"""Read the series of points and the profiles of classes in the background; only the latest wish counts."""

from __future__ import annotations

from typing import Any, Callable, Dict, List, Optional, Sequence, Tuple

from qgis.core import QgsProject, QgsRasterLayer
from qgis.PyQt.QtCore import QObject, pyqtSignal

from cropsample_plugin.bridge.engine_errors import EngineError
from cropsample_plugin.bridge.pixel_reader import PixelReader
from cropsample_plugin.gui.background_call import BackgroundCall
from cropsample_plugin.gui.picked_point import PickedPoint

Job = Callable[[BackgroundCall], Any]


class LatestCall(QObject):
    """Runs one function at a time in the background; of those asked for meanwhile only the last is run.

    Attributes:
        done: result and `EngineError` of a function, one of them None; cancelled ones are not told.
    """

    done = pyqtSignal(object, object)

    def __init__(self, description: str, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self._description = description
        self._running: Optional[BackgroundCall] = None
        self._next: Optional[Job] = None
        self._is_shut_down = False

    @property
    def is_busy(self) -> bool:
        """Whether something is running."""
        return self._running is not None

    def start(self, job: Job) -> None:
        """Run a function; cancels the one that runs."""
        self._next = job
        if self._running is not None:
            self._running.cancel()
        else:
            self._run_next()

    def shut_down(self) -> None:
        """Cancel, and tell nothing any more."""
        self._is_shut_down = True
        self._next = None
        if self._running is not None:
            self._running.cancel()

    def _run_next(self) -> None:
        job, self._next = self._next, None
        if job is None or self._is_shut_down:
            return
        call = BackgroundCall(self._description, job)
        call.done.connect(self._on_done)
        self._running = call
        call.start()

    def _on_done(self, result: Any, error: Optional[EngineError]) -> None:  # noqa: ANN401 - what the function returns
        self._running = None
        if self._is_shut_down:
            return
        if self._next is not None:
            self._run_next()
        elif error is None or not error.is_canceled:
            self.done.emit(result, error)


Wish = Tuple[PickedPoint, str, Any, Tuple[int, ...]]


class PointReading(QObject):
    """Fills the values of points.

    Attributes:
        filled: points have new values.
        failed: words about what could not be read.
    """

    filled = pyqtSignal()
    failed = pyqtSignal(str)

    def __init__(self, parent: Optional[QObject] = None) -> None:
        super().__init__(parent)
        self._readers: Dict[str, PixelReader] = {}
        self._offered: Dict[str, QgsRasterLayer] = {}
        self._is_ahead = False
        self._key: Tuple[List[int], Dict[str, Tuple[int, ...]]] = ([], {})
        self._call = LatestCall(self.tr("Read the time series of points"), self)
        self._call.done.connect(self._on_done)

    @property
    def is_busy(self) -> bool:
        """Whether points are being read."""
        return self._call.is_busy

    def read(
        self, points: Sequence[PickedPoint], needed: Dict[str, Tuple[int, ...]], *, is_ahead: bool = False
    ) -> None:
        """Read the bands that points lack of layers; main thread.

        Args:
            points: the points; they are filled.
            needed: layer id to numbers of bands.
            is_ahead: nobody looks at these points yet, so that `filled` is not told.
        """
        key = ([id(point) for point in points], needed)
        if self.is_busy and key == self._key:
            # What is read ahead is looked at now: starting anew would lose what has been read.
            self._is_ahead = self._is_ahead and is_ahead
            return
        wishes: List[Wish] = []
        for layer_id, numbers in needed.items():
            reader = self._reader(layer_id)
            if reader is None:
                continue
            for point in points:
                if not point.known(layer_id, numbers):
                    wishes.extend(_wish(reader, point, layer_id, numbers))
        self._is_ahead, self._key = is_ahead, key
        if not wishes:
            self._tell()
            return
        readers = dict(self._readers)
        self._call.start(lambda task: [_read(readers[wish[1]], wish, task) for wish in wishes])

    def offer(self, layer: QgsRasterLayer) -> None:
        """Take in a layer that the project does not have; the one taken in before is forgotten."""
        for layer_id in self._offered:
            self.forget(layer_id)
        self._offered = {layer.id(): layer}

    def forget(self, layer_id: str) -> None:
        """Give back a layer that is being removed."""
        self._readers.pop(layer_id, None)

    def shut_down(self) -> None:
        """Stop, and tell nothing any more."""
        self._call.shut_down()
        self._readers.clear()
        self._offered.clear()

    def _reader(self, layer_id: str) -> Optional[PixelReader]:
        if layer_id not in self._readers:
            layer = QgsProject.instance().mapLayer(layer_id) or self._offered.get(layer_id)
            if not isinstance(layer, QgsRasterLayer):
                return None
            try:
                self._readers[layer_id] = PixelReader(layer)
            except EngineError as error:
                self.failed.emit(str(error))
                return None
        return self._readers[layer_id]

    def _on_done(self, found: Optional[List[Tuple[Wish, Dict[int, float]]]], error: Optional[EngineError]) -> None:
        if error is not None:
            self.failed.emit(str(error))
            return
        for (point, layer_id, _, _), values in found or ():
            if layer_id in self._readers:
                point.values.setdefault(layer_id, {}).update(values)
        self._tell()

    def _tell(self) -> None:
        if not self._is_ahead:
            self.filled.emit()


def _wish(reader: PixelReader, point: PickedPoint, layer_id: str, numbers: Tuple[int, ...]) -> List[Wish]:
    place = reader.locate(point.point, point.crs)
    point.outside[layer_id] = place is None
    if place is None:
        return []
    read = point.values.get(layer_id, {})
    return [(point, layer_id, place, tuple(number for number in numbers if number not in read))]


def _read(reader: PixelReader, wish: Wish, task: BackgroundCall) -> Tuple[Wish, Dict[int, float]]:
    return wish, reader.read(wish[2], wish[3], task.isCanceled)
