"""From the keystroke that labels a sample until the next one is shown: limits of 150 ms (median) and 300 ms (95 %).

Run with QGIS's Python: ``python3 benchmarks/labeling_latency.py``; it needs ``xvfb-run``. A real window on a virtual
screen of 1600 x 1000: the panel with its keys and tools, the main map, two linked views (an orthophoto; a date of a
stack of 72 dates x 6 bands in false colour) and the plot of the sample's series. Labels go into a GeoPackage, on disk
before the next sample is shown. A sample counts as shown when each map has been drawn and painted and the plot has
been painted with its series. With 10,000 samples in the queue it must not take longer than with 100.
"""

from __future__ import annotations

import os
import statistics
import struct
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
from osgeo import gdal, osr
from qgis.core import QgsApplication, QgsCoordinateReferenceSystem, QgsProject, QgsRasterLayer
from qgis.gui import QgsMapCanvas, QgsMessageBar
from qgis.PyQt.QtCore import QCoreApplication, QEvent, QEventLoop, QObject, Qt, QTimer
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QMainWindow

ROOT = Path(__file__).resolve().parents[1]
for place in (ROOT, ROOT / "benchmarks"):
    sys.path.insert(0, str(place))

from panel_pixel import make_stack  # noqa: E402

from cropsample_plugin.bridge.labeling.geopackage_store import create_geopackage_store  # noqa: E402
from cropsample_plugin.bridge.labeling.label_store import LabelingSample, NewSample  # noqa: E402
from cropsample_plugin.bridge.labeling.session_file import (  # noqa: E402
    LabelClass,
    LayerReference,
    SessionSettings,
    ViewSettings,
)
from cropsample_plugin.gui.job_board import JobBoard  # noqa: E402
from cropsample_plugin.gui.labeling.labeling_panels import LabelingPanels  # noqa: E402
from cropsample_plugin.gui.labeling.labeling_session import LabelingSession  # noqa: E402
from cropsample_plugin.gui.time_series_dock import TimeSeriesDock  # noqa: E402

gdal.UseExceptions()

MEDIAN_LIMIT_S, LATE_LIMIT_S = 0.150, 0.300
MOST_GROWTH = 1.25
N_KEYS, N_WARM = 90, 8
SIZES = (100, 10_000)
PAUSES_S = (0.5, 0.0)
PHOTO_PX, PHOTO_PIXEL_M = 5120, 2.0
SIZE_M = 10_240
MARGIN_M = 300
WAIT_S = 10.0
BEAT_MS = 10


def write_photo(folder: Path) -> str:
    """Write an orthophoto of three bands with overviews over the same area as the stack; return its path."""
    reference = osr.SpatialReference()
    reference.ImportFromEPSG(32631)
    path = str(folder / "photo.tif")
    options = ["TILED=YES", "COMPRESS=DEFLATE", "PHOTOMETRIC=RGB"]
    image = gdal.GetDriverByName("GTiff").Create(path, PHOTO_PX, PHOTO_PX, 3, gdal.GDT_Byte, options)
    image.SetGeoTransform((500_000, PHOTO_PIXEL_M, 0, 5_000_000, 0, -PHOTO_PIXEL_M))
    image.SetProjection(reference.ExportToWkt())
    rng = np.random.default_rng(2)
    fields = rng.integers(40, 200, (3, PHOTO_PX // 128, PHOTO_PX // 128)).astype(np.uint8)
    for row in range(0, PHOTO_PX, 1024):
        part = fields[:, row // 128 : row // 128 + 8].repeat(128, axis=1).repeat(128, axis=2)
        image.WriteRaster(0, row, PHOTO_PX, 1024, (part + rng.integers(0, 40, part.shape, np.uint8)).tobytes())
    image.BuildOverviews("AVERAGE", [2, 4, 8])
    image = None
    return path


def make_store(path: Path, n_samples: int):
    """Return a GeoPackage of polygons of 40 m at random places."""
    rng = np.random.default_rng(n_samples)
    samples = []
    for number in range(n_samples):
        x = 500_000 + rng.uniform(MARGIN_M, SIZE_M - MARGIN_M)
        y = 5_000_000 - rng.uniform(MARGIN_M, SIZE_M - MARGIN_M)
        corners = [(x - 20, y - 20), (x + 20, y - 20), (x + 20, y + 20), (x - 20, y + 20), (x - 20, y - 20)]
        ring = b"".join(struct.pack("<dd", *corner) for corner in corners)
        geometry = struct.pack("<BIII", 1, 3, 1, len(corners)) + ring
        samples.append(NewSample(LabelingSample(f"s{number}", x, y), geometry))
    return create_geopackage_store(str(path), "EPSG:32631", samples)


class Interface:
    """As much of QGIS's interface as the panels use, over a real window."""

    def __init__(self) -> None:
        self.window = QMainWindow()
        self.canvas = QgsMapCanvas(self.window)
        self.canvas.setCachingEnabled(True)
        self.canvas.setParallelRenderingEnabled(True)
        self.bar = QgsMessageBar(self.window)
        self.window.setCentralWidget(self.canvas)
        self.window.resize(1600, 960)

    def mainWindow(self):  # noqa: N802 - QGIS's name
        """Return the window."""
        return self.window

    def mapCanvas(self):  # noqa: N802 - QGIS's name
        """Return the main map."""
        return self.canvas

    def messageBar(self):  # noqa: N802 - QGIS's name
        """Return the bar for messages."""
        return self.bar


class PaintClock(QObject):
    """Notes when each map has been painted after it was drawn, and the plot with the sample's series."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._plot, self._session = desk.series.form.plot, desk.series.session
        self._drawn, self._painted = set(), set()
        self.latest = 0.0
        self.sample_id = ""
        self._canvases = [desk.iface.canvas, *(frame.canvas for frame in desk.views.frames)]
        self._slots = [self._noter(canvas) for canvas in self._canvases]
        for canvas, slot in zip(self._canvases, self._slots):
            canvas.mapCanvasRefreshed.connect(slot)
            canvas.viewport().installEventFilter(self)
        self._plot.installEventFilter(self)

    @property
    def is_complete(self) -> bool:
        """Whether all has been painted."""
        return len(self._painted) == len(self._canvases) + 1

    def stop(self) -> None:
        """Listen no longer."""
        for canvas, slot in zip(self._canvases, self._slots):
            canvas.mapCanvasRefreshed.disconnect(slot)
            canvas.viewport().removeEventFilter(self)
        self._plot.removeEventFilter(self)

    def eventFilter(self, watched, event) -> bool:  # noqa: N802 - Qt's name
        """Note a painting."""
        is_new = event.type() == QEvent.Type.Paint and watched not in self._painted
        if is_new and (watched in self._drawn or self._is_plotted(watched)):
            self._painted.add(watched)
            self.latest = time.perf_counter()
        return False

    def _noter(self, canvas):
        return lambda: self._drawn.add(canvas.viewport())

    def _is_plotted(self, watched) -> bool:
        points = self._session.points
        return (
            watched is self._plot
            and bool(self.sample_id)
            and bool(points)
            and points[0].name.endswith(f" {self.sample_id}")
            and bool(points[0].values)
            and bool(self._plot.charts)
        )


class Desk:
    """The window with its panels, and the clock that tells when a sample is shown."""

    def __init__(self, stack: str, photo: str) -> None:
        self.iface = Interface()
        project = QgsProject.instance()
        self.layers = [QgsRasterLayer(photo, "Orthophoto"), QgsRasterLayer(stack, "Stack")]
        project.addMapLayers(self.layers)
        project.setCrs(QgsCoordinateReferenceSystem("EPSG:32631"))
        self.iface.canvas.setDestinationCrs(project.crs())
        self.iface.canvas.setLayers(self.layers[:1])
        window, areas = self.iface.window, Qt.DockWidgetArea
        self.series = TimeSeriesDock(self.iface.canvas, window)
        self.panels = LabelingPanels(self.iface, JobBoard(parent=window), self.series, window)
        self.controller, self.panel, self.views = self.panels.controller, self.panels.dock, self.panels.views
        for dock, area in (
            (self.panel, areas.LeftDockWidgetArea),
            (self.views, areas.RightDockWidgetArea),
            (self.series, areas.BottomDockWidgetArea),
        ):
            window.addDockWidget(area, dock)
            dock.show()
        window.show()
        window.resizeDocks([self.views], [700], Qt.Orientation.Horizontal)
        self.controller.failed.connect(print)
        self._beat = QTimer()
        self._beat.start(BEAT_MS)

    def open(self, path: Path, stack: str, photo: str, n_samples: int) -> None:
        """Open a session of so many samples."""
        reference = LayerReference("Stack", "gdal", stack)
        views = (
            ViewSettings("Orthophoto", (LayerReference("Orthophoto", "gdal", photo),)),
            ViewSettings("False colour", (reference,), "2021-07-01", ("B07", "B04", "B03")),
        )
        classes = (LabelClass("Wheat", "#c8a020", "1"), LabelClass("Cotton", "#4060c0", "2"))
        settings = SessionSettings(
            "Benchmark", path.name, "EPSG:32631", classes, views=views, stack=(reference,), scale=3000.0
        )
        self.controller.open(LabelingSession(settings, make_store(path, n_samples), "Ana"))
        self.wait(lambda: all(frame.imagery.layers for frame in self.views.frames))
        self.wait(lambda: bool(self.series.form.plot.charts))
        self.pause(1.0)

    def label(self) -> float:
        """Press the key of a class; return the seconds until the next sample is shown."""
        clock = PaintClock(self)
        start = time.perf_counter()
        QTest.keyClick(self.panel.form, Qt.Key.Key_1)
        clock.sample_id = self.controller.session.current.sample_id
        self.wait(lambda: clock.is_complete)
        clock.stop()
        return clock.latest - start

    def wait(self, condition) -> None:
        """Let Qt work until a condition holds."""
        deadline = time.perf_counter() + WAIT_S
        while not condition():
            if time.perf_counter() > deadline:
                raise RuntimeError("the sample was not shown")
            # A timer ends the waiting now and then; a loop without waiting would take the processor from the maps.
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)

    def pause(self, seconds: float) -> None:
        """Look at the sample for a while."""
        until = time.perf_counter() + seconds
        self.wait(lambda: time.perf_counter() >= until)


def run_in_window() -> int:
    """Measure, print, and return 1 when a limit is not kept."""
    application = QgsApplication([], True)  # noqa: FBT003 - QGIS takes it by position
    application.initQgis()
    is_short = False
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        stack, photo = make_stack(folder), write_photo(folder)
        desk = Desk(stack, photo)
        for pause in PAUSES_S:
            medians = []
            for size in SIZES:
                desk.open(folder / f"{size}_{pause}.gpkg", stack, photo, size)
                times = []
                for _ in range(N_KEYS):
                    times.append(desk.label())
                    desk.pause(pause)
                is_short |= tell(size, pause, times[N_WARM:])
                medians.append(statistics.median(times[N_WARM:]))
            growth = medians[1] / medians[0]
            is_short |= growth > MOST_GROWTH
            print(f"  {SIZES[1]:,} against {SIZES[0]:,} samples: ratio {growth:.2f} (limit {MOST_GROWTH})", flush=True)
        desk.controller.close()
    return int(is_short)


def tell(size: int, pause: float, times: list) -> bool:
    """Print one line; return whether a limit is not kept."""
    median = statistics.median(times)
    late = statistics.quantiles(times, n=20)[-1]
    print(
        f"{size:>6,} samples, {pause:.1f} s to look: median {1000 * median:.0f} ms, 95 % below {1000 * late:.0f} ms, "
        f"longest {1000 * max(times):.0f} ms; ratio to the limits {median / MEDIAN_LIMIT_S:.2f}, "
        f"{late / LATE_LIMIT_S:.2f}",
        flush=True,
    )
    return median > MEDIAN_LIMIT_S or late > LATE_LIMIT_S


def main() -> int:
    """Run this file again in a window on a virtual screen."""
    if "--window" in sys.argv:
        status = run_in_window()
        sys.stdout.flush()
        # QGIS's global objects may crash the interpreter when it takes them apart.
        os._exit(status)
    command = ["xvfb-run", "-a", "-s", "-screen 0 1600x1000x24", sys.executable, __file__, "--window"]
    environment = {**os.environ, "QT_QPA_PLATFORM": "xcb"}
    return subprocess.run(command, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
