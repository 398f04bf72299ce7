"""Fixtures of the Processing suite: a tiny farming region, and algorithms run as QGIS runs them."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from osgeo import gdal, osr
from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsFeature,
    QgsGeometry,
    QgsPointXY,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProject,
    QgsRectangle,
    QgsVectorFileWriter,
    QgsVectorLayer,
)

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT))
sys.path.insert(0, str(ROOT / "scripts"))
sys.path.insert(0, str(ROOT / "tests"))

from cropsample_plugin.algorithms.provider import register_provider, unregister_provider  # noqa: E402
from cropsample_plugin.bridge.environment import engine_problem  # noqa: E402

gdal.UseExceptions()

SIZE_PX = 40
PIXEL_SIZE_M = 10.0
LEFT_M, TOP_M = 500_000.0, 5_000_000.0
DATES = ("20230115", "20230315", "20230515", "20230715", "20230915", "20231115")
BANDS = ("red", "nir")
NODATA = 65535
SCALE = 0.0001
WRITES_MODELS_LIKE_OURS = pytest.mark.skipif(
    Qgis.QGIS_VERSION_INT >= 32300,
    reason="model files are written by QGIS 3.22; newer ones name their parts otherwise",
)
CLASS_NAMES = ("blé d'hiver", "forêt", "maïs")
# (class, band, date), stored values.
CURVES = np.array(
    [
        [[900, 700, 400, 1200, 1500, 1200], [1500, 2800, 4500, 2000, 1800, 1600]],
        [[400, 400, 350, 350, 400, 450], [2200, 2400, 3300, 3400, 3000, 2300]],
        [[1400, 1500, 1300, 400, 600, 1500], [1800, 1900, 2100, 4800, 4000, 1900]],
    ]
)
CLASS_FIELD = "classe réelle"
CODE_FIELD = "code"
PARCEL_FIELD = "parcelle"
WEIGHT_FIELD = "poids"


def class_grid() -> np.ndarray:
    """Return (SIZE_PX, SIZE_PX) positions in CLASS_NAMES: forest on top, wheat left, maize right."""
    grid = np.zeros((SIZE_PX, SIZE_PX), dtype=int)
    grid[:, SIZE_PX // 2 :] = 2
    grid[: SIZE_PX // 4] = 1
    return grid


def write_raster(path: Path, stored: np.ndarray, descriptions: tuple[str, ...]) -> str:
    """Write (bands, height, width) as a GeoTIFF on the region's grid."""
    driver = gdal.GetDriverByName("GTiff")
    n_bands, height, width = stored.shape
    dataset = driver.Create(str(path), width, height, n_bands, gdal.GDT_UInt16, ["TILED=YES", "COMPRESS=DEFLATE"])
    dataset.SetGeoTransform((LEFT_M, PIXEL_SIZE_M, 0.0, TOP_M, 0.0, -PIXEL_SIZE_M))
    reference = osr.SpatialReference()
    reference.ImportFromEPSG(32631)
    dataset.SetProjection(reference.ExportToWkt())
    for number, description in enumerate(descriptions, start=1):
        band = dataset.GetRasterBand(number)
        band.WriteArray(stored[number - 1])
        band.SetDescription(description)
        band.SetNoDataValue(NODATA)
        band.SetScale(SCALE)
    dataset.FlushCache()
    return str(path)


def write_products(folder: Path) -> list[str]:
    """Write three products of crop (wheat and maize) against forest in legends of their own, a tenth of each wrong."""
    rng = np.random.default_rng(3)
    is_crop = class_grid() != 1
    paths = []
    for number, (crop, other) in enumerate(((40, 10), (4, 1), (1, 0))):
        said = is_crop ^ (rng.random(is_crop.shape) < 0.1)
        stored = np.where(said, crop, other).astype(np.uint16)
        paths.append(write_raster(folder / f"product_{number}.tif", stored[None], ("class",)))
    return paths


def share_of_cropland_right(path) -> float:
    """Return the share of the region on which a map of crop (1) and non-crop (0) is right."""
    return float(((gdal.Open(str(path)).ReadAsArray() == 1) == (class_grid() != 1)).mean())


def save_layer(layer: QgsVectorLayer, path: Path) -> str:
    """Write a layer as a GeoPackage and return its path."""
    options = QgsVectorFileWriter.SaveVectorOptions()
    options.driverName = "GPKG"
    context = QgsProject.instance().transformContext()
    assert QgsVectorFileWriter.writeAsVectorFormatV3(layer, str(path), context, options)[0] == 0
    return str(path)


@dataclass(frozen=True)
class Region:
    """The tiny region on disk.

    Attributes:
        images: folder with one file per date.
        stack: one GeoTIFF that is a dated stack.
    """

    folder: Path
    images: Path
    stack: str

    def class_map(self) -> str:
        """Return the classes as a raster of values 0 to 2."""
        return str(self.folder / "classes.tif")

    def record(self) -> str:
        """Return a record of a stack that can be made again."""
        return str(self.folder / "recorded.vrt.cropsample.json")

    def samples(self, crs: str = "EPSG:32631", per_class: int = 40, seed: int = 0) -> QgsVectorLayer:
        """Return a memory layer of labeled points in any CRS."""
        rng = np.random.default_rng(seed)
        grid = class_grid()
        layer = QgsVectorLayer(
            f"Point?crs={crs}&field={CLASS_FIELD}:string&field={CODE_FIELD}:integer&field={PARCEL_FIELD}:integer"
            f"&field={WEIGHT_FIELD}:double",
            "échantillons",
            "memory",
        )
        transform = QgsCoordinateTransform(
            QgsCoordinateReferenceSystem("EPSG:32631"), QgsCoordinateReferenceSystem(crs), QgsProject.instance()
        )
        features = []
        for position, name in enumerate(CLASS_NAMES):
            rows, columns = np.nonzero(grid == position)
            for pixel in rng.choice(len(rows), per_class, replace=False):
                x = LEFT_M + (columns[pixel] + 0.5) * PIXEL_SIZE_M
                y = TOP_M - (rows[pixel] + 0.5) * PIXEL_SIZE_M
                feature = QgsFeature(layer.fields())
                parcel = 1000 * position + 10 * (rows[pixel] // 4) + columns[pixel] // 4
                feature.setAttributes([name, position, int(parcel), 1.0])
                feature.setGeometry(QgsGeometry.fromPointXY(transform.transform(QgsPointXY(x, y))))
                features.append(feature)
        assert layer.dataProvider().addFeatures(features)[0]
        return layer

    def parcels(self) -> QgsVectorLayer:
        """Return squares of 4 x 4 pixels with a class each."""
        layer = QgsVectorLayer(f"Polygon?crs=EPSG:32631&field={CLASS_FIELD}:string", "parcelles", "memory")
        grid = class_grid()
        features = []
        for row in range(0, SIZE_PX, 4):
            for column in range(0, SIZE_PX, 4):
                feature = QgsFeature(layer.fields())
                feature.setAttributes([CLASS_NAMES[grid[row, column]]])
                left, top = LEFT_M + column * PIXEL_SIZE_M, TOP_M - row * PIXEL_SIZE_M
                square = QgsRectangle(left, top - 4 * PIXEL_SIZE_M, left + 4 * PIXEL_SIZE_M, top)
                feature.setGeometry(QgsGeometry.fromRect(square))
                features.append(feature)
        assert layer.dataProvider().addFeatures(features)[0]
        return layer


def make_region(folder: Path) -> Region:
    """Write the tiny region."""
    rng = np.random.default_rng(42)
    images = folder / "images d'été"
    images.mkdir(parents=True)
    stored = CURVES[class_grid()].transpose(3, 2, 0, 1)
    stored = np.clip(stored + rng.normal(0.0, 60.0, stored.shape), 1, 10_000).astype(np.uint16)
    stored[1, :, 30:33, 5:9] = NODATA
    for date, image in zip(DATES, stored):
        write_raster(images / f"scene_{date}.tif", image, BANDS)
    descriptions = tuple(f"{date[:4]}-{date[4:6]}-{date[6:]} {band}" for date in DATES for band in BANDS)
    stack = write_raster(folder / "stack.tif", stored.reshape(-1, SIZE_PX, SIZE_PX), descriptions)
    write_raster(folder / "classes.tif", class_grid()[None].astype(np.uint16), ("class",))
    call = {
        "algorithm": "cropsample:buildtimeseries",
        "parameters": {"FOLDER": {"kind": "file", "value": str(images)}},
        "outputs": {"OUTPUT": str(folder / "recorded.vrt")},
    }
    record = {"output": "recorded.vrt", "job": {"name": "buildtimeseries", "parameters": {}}, "call": call}
    (folder / "recorded.vrt.cropsample.json").write_text(json.dumps(record), encoding="utf-8")
    return Region(folder, images, stack)


@pytest.fixture(scope="session")
def region(tmp_path_factory) -> Region:
    return make_region(tmp_path_factory.mktemp("region"))


@pytest.fixture(scope="session")
def provider(qgis_processing):
    registered = register_provider()
    yield registered
    unregister_provider(registered)


@pytest.fixture
def engine(provider) -> None:
    """Ask for the engine: without one the test cannot say anything."""
    if engine_problem():
        pytest.skip(engine_problem())


class RecordingFeedback(QgsProcessingFeedback):
    """Keeps what an algorithm says."""

    def __init__(self) -> None:
        super().__init__(False)
        self.errors: list[str] = []
        self.warnings: list[str] = []

    def reportError(self, error, fatalError=False):
        self.errors.append(error)

    def pushWarning(self, warning):
        self.warnings.append(warning)


@pytest.fixture
def run(provider, engine):
    """Run an algorithm by its short id, as a script does."""
    import processing

    def run_algorithm(name: str, parameters: dict, feedback=None, context=None):
        return processing.run(f"cropsample:{name}", parameters, feedback=feedback, context=context)

    return run_algorithm


@pytest.fixture
def context() -> QgsProcessingContext:
    made = QgsProcessingContext()
    made.setProject(QgsProject.instance())
    return made


@pytest.fixture
def no_engine(monkeypatch):
    """Hide every engine."""
    for name in ("CROPSAMPLE_PYTHON",):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("cropsample_plugin.bridge.environment.engine_folder", lambda: Path(os.devnull) / "none")


@pytest.fixture(scope="session")
def trained(region, qgis_processing, provider, tmp_path_factory) -> str:
    """Return the model package of a small forest."""
    import processing

    if engine_problem():
        pytest.skip(engine_problem())
    folder = tmp_path_factory.mktemp("model")
    parameters = {
        "SAMPLES": region.samples(),
        "STACK": region.stack,
        "CLASS_FIELD": CLASS_FIELD,
        "MODEL": "random_forest",
        "N_TREES": 20,
        "MODEL_PACKAGE": str(folder / "model.zip"),
    }
    return processing.run("cropsample:trainclassifier", parameters)["MODEL_PACKAGE"]


@pytest.fixture(scope="session")
def cloudy_images(tmp_path_factory) -> Path:
    """Write a folder with an image every 15 days: red, nir, and an SCL in which a third is cloud."""
    folder = tmp_path_factory.mktemp("cloudy")
    rng = np.random.default_rng(0)
    grid = class_grid()
    known = np.linspace(0, 345, CURVES.shape[2])
    for step in range(24):
        day = 15 * step
        curves = np.array([[np.interp(day, known, CURVES[k, band]) for band in range(2)] for k in range(3)])
        bands = curves[grid].transpose(2, 0, 1) + 30 * rng.standard_normal((2, SIZE_PX, SIZE_PX))
        cloudy = np.kron(rng.random((10, 10)) < 0.3, np.ones((4, 4), bool))
        bands[:, cloudy] = 9000
        stored = np.concatenate([bands, np.where(cloudy, 9, 4)[None]]).astype(np.uint16)
        date = str(np.datetime64("2023-01-05") + day).replace("-", "")
        path = write_raster(folder / f"image_{date}.tif", stored, (*BANDS, "SCL"))
        dataset = gdal.Open(path, gdal.GA_Update)
        dataset.GetRasterBand(3).SetScale(1.0)
        dataset = None
    return folder
