"""Everything a prediction needs before its first block: checked inputs, plan, store, model."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import rasterio

from cropsample_plugin.engine.block_plan import Block, BlockPlan, native_grid, plan_blocks
from cropsample_plugin.engine.mapping.area_mask import AreaMask, read_area
from cropsample_plugin.engine.mapping.input_bands import InputBands, input_bands
from cropsample_plugin.engine.mapping.map_files import (
    MapProduct,
    class_product,
    probability_product,
    uncertainty_product,
)
from cropsample_plugin.engine.mapping.map_values import class_dtype
from cropsample_plugin.engine.mapping.output_paths import check_outputs
from cropsample_plugin.engine.mapping.part_store import FOLDER_SUFFIX, PartLayout, PartStore
from cropsample_plugin.engine.mapping.pixel_predictors import PixelPredictor, choose_device, pixel_predictor
from cropsample_plugin.engine.models.classes import ClassInfo
from cropsample_plugin.engine.models.compatibility import check_stack
from cropsample_plugin.engine.models.missing_values import MissingRule
from cropsample_plugin.engine.models.packages import ModelPackage, load_package
from cropsample_plugin.engine.timeseries.dated_stack import DatedStack
from cropsample_plugin.engine.timeseries.file_identity import file_digest, software_identity, stack_identity


@dataclass(frozen=True)
class MapRequest:
    """What is asked for.

    Attributes:
        model_package: path of the model.
        stack: path of the dated stack.
        area: path of a polygon layer, "" for the whole stack.
        classes, probabilities, uncertainty: paths of the maps, "" for those not wanted; at least one.
        resume: continue with the parts of an earlier run that was stopped.
        max_missing_share: largest share of missing values that is filled, in [0, 1]; None takes the model's.
        season_start: ISO date of the first date to take of a longer stack, "" for all.
        scheduler: a Dask cluster as `read_scheduler` understands it, "" for this process.
        cloud_optimised: lay out every GeoTIFF for readers over the network.
    """

    model_package: str
    stack: str
    area: str = ""
    classes: str = ""
    probabilities: str = ""
    uncertainty: str = ""
    resume: bool = True
    max_missing_share: float | None = None
    season_start: str = ""
    scheduler: str = ""
    cloud_optimised: bool = False


@dataclass(frozen=True)
class Machine:
    """What the prediction may use: processor threads, memory in MiB, and a device as in `JobContext`."""

    threads: int = 1
    memory_mb: int = 1500
    device: str = "cpu"


@dataclass(frozen=True)
class Preparation:
    """A prediction that can start.

    Attributes:
        stack: the stack.
        package: the model as it came.
        bands: what the model takes of it.
        predictor: the model.
        rule: how missing values are treated.
        classes: the classes, in the order of the model's probabilities.
        area: the area, None for the whole stack.
        plan: the blocks.
        layout: the layers of a part.
        store: the finished parts.
        products: the maps.
        identity: what decides the pixels.
        input_files: files read, for the provenance record.
    """

    stack: DatedStack
    package: ModelPackage
    bands: InputBands
    predictor: PixelPredictor
    rule: MissingRule
    classes: tuple[ClassInfo, ...]
    area: AreaMask | None
    plan: BlockPlan
    layout: PartLayout
    store: PartStore
    products: tuple[MapProduct, ...]
    identity: dict[str, Any]
    input_files: tuple[str, ...]

    @property
    def class_ids(self) -> npt.NDArray[np.int64]:
        """``(n_classes,)`` value of each class in the map."""
        return np.array([info.class_id for info in self.classes], dtype=np.int64)

    def blocks_inside(self) -> list[Block]:
        """Return the blocks that the area may touch."""
        area = self.area
        return [block for block in self.plan.blocks() if area is None or area.touches(block)]


def prepare(request: MapRequest, machine: Machine) -> Preparation:
    """Check everything that can be checked before the first block.

    Raises:
        ModelPackageError, StackError, MismatchError, InputError, OutputError: what is wrong, and what to do.
    """
    package = load_package(request.model_package)
    stack = DatedStack.open(request.stack)
    inputs = [request.stack, request.model_package, *([request.area] if request.area else [])]
    wanted = [Path(path) for path in (request.classes, request.probabilities, request.uncertainty) if path]
    check_outputs(wanted, [Path(name) for name in (*inputs, *_files_behind(request.stack))], may_be_mosaics=True)
    rule = _rule(package, request)
    bands = input_bands(stack, check_stack(package, stack, request.season_start))
    area = read_area(request.area, stack) if request.area else None
    predictor = _predictor(package, bands, machine)
    plan = _plan(stack, bands, machine)
    products, layout = _products(request, package)
    identity = {
        "the stack": stack_identity(stack),
        "the model package": file_digest(request.model_package),
        "the area": "" if area is None else area.digest,
        "the rule for missing values": [rule.name, rule.max_missing_share],
        "the season": request.season_start,
        "the outputs wanted": [product.kind for product in products],
        "the memory budget": [plan.row_edges, plan.column_edges],
        "the software": software_identity(predictor.name),
    }
    store = PartStore(wanted[0].with_name(wanted[0].name + FOLDER_SUFFIX), plan, layout)
    return Preparation(
        stack=stack,
        package=package,
        bands=bands,
        predictor=predictor,
        rule=rule,
        classes=package.classes,
        area=area,
        plan=plan,
        layout=layout,
        store=store,
        products=products,
        identity=identity,
        input_files=tuple(inputs),
    )


def _rule(package: ModelPackage, request: MapRequest) -> MissingRule:
    rule = package.expects.missing_rule
    return rule if request.max_missing_share is None else replace(rule, max_missing_share=request.max_missing_share)


def _predictor(package: ModelPackage, bands: InputBands, machine: Machine) -> PixelPredictor:
    model = package.predictor()
    return pixel_predictor(model, bands, choose_device(machine.device, model))


def _plan(stack: DatedStack, bands: InputBands, machine: Machine) -> BlockPlan:
    bytes_per_pixel = max(1, len(bands.indexes)) * bands.dtype.itemsize
    return plan_blocks(stack.width, stack.height, native_grid(stack.path), bytes_per_pixel, machine.memory_mb)


def _products(request: MapRequest, package: ModelPackage) -> tuple[tuple[MapProduct, ...], PartLayout]:
    dtype = class_dtype(np.array([info.class_id for info in package.classes]))
    products = []
    if request.classes:
        products.append(class_product(Path(request.classes), dtype))
    if request.probabilities:
        products.append(probability_product(Path(request.probabilities), [info.name for info in package.classes]))
    if request.uncertainty:
        products.append(uncertainty_product(Path(request.uncertainty)))
    layout = PartLayout(
        class_dtype=dtype if request.classes else "",
        n_probabilities=len(package.classes) if request.probabilities else 0,
        has_uncertainty=bool(request.uncertainty),
    )
    return tuple(replace(product, is_cloud_optimised=request.cloud_optimised) for product in products), layout


def _files_behind(path: str) -> list[str]:
    with rasterio.open(path) as dataset:
        return [str(name) for name in dataset.files]
