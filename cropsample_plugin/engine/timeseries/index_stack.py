"""Spectral indices of a whole stack, and radar bands in another unit, block by block."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from cropsample_plugin.engine.block_plan import Block
from cropsample_plugin.engine.errors import InputError
from cropsample_plugin.engine.progress import Progress
from cropsample_plugin.engine.timeseries.dated_stack import DatedStack
from cropsample_plugin.engine.timeseries.processing_history import BACKSCATTER_TAG, stack_tags
from cropsample_plugin.engine.timeseries.spectral.backscatter import LINEAR, POLARISATIONS, UNITS, convert, find_unit
from cropsample_plugin.engine.timeseries.spectral.band_roles import AUTO, OPTICAL_ROLES, band_roles
from cropsample_plugin.engine.timeseries.spectral.index_table import Index, parse_indices, split_indices
from cropsample_plugin.engine.timeseries.stacks.block_run import RunOptions, check_raster_outputs, run_blocks
from cropsample_plugin.engine.timeseries.stacks.stack_bands import BandReader, StackBands, StoredArray
from cropsample_plugin.engine.timeseries.stacks.static_bands import has_room_for_static, with_static_bands
from cropsample_plugin.engine.timeseries.stacks.stored_values import FLOAT32, LIKE_INPUT, encoding_for
from cropsample_plugin.engine.timeseries.stacks.tile_store import Layers, RasterOutput

FloatArray = npt.NDArray[np.float32]

AS_IS = "as_is"
RADAR_OUTPUTS = (AS_IS, *UNITS)
_UNSCALED = 2.0
_SAMPLE_PX = 64


@dataclass(frozen=True)
class IndexSettings:
    """Which indices, and what the bands are.

    Attributes:
        indices: names and formulas, separated by commas.
        keep_bands: write the bands of the input too.
        sensor, roles: which band plays which part; see `band_roles`.
        radar_unit: unit of the radar bands, or ``auto``; see `find_unit`.
        radar_output: unit in which kept radar bands are written; ``as_is`` leaves them.
    """

    indices: str = "NDVI"
    keep_bands: bool = False
    sensor: str = AUTO
    roles: str = ""
    radar_unit: str = "auto"
    radar_output: str = AS_IS


@dataclass(frozen=True)
class IndexPlan:
    """What is computed from which bands.

    Attributes:
        indices: the indices.
        kept: bands that are written too.
        radar_bands: polarisation bands among those that are used.
        unit: their unit; "" without radar bands.
        radar_output: unit in which kept radar bands are written.
    """

    indices: tuple[Index, ...]
    kept: tuple[str, ...]
    radar_bands: tuple[str, ...]
    unit: str
    radar_output: str

    @property
    def read(self) -> tuple[str, ...]:
        """Names of all bands that are read."""
        return tuple(dict.fromkeys([*self.kept, *(band for index in self.indices for band in index.bands)]))

    @property
    def written(self) -> tuple[str, ...]:
        """Names of all bands of the result."""
        return (*self.kept, *(index.name for index in self.indices))

    def compute(self, cube: FloatArray) -> FloatArray:
        """Return ``(n_timesteps, written bands, n_pixels)`` of ``(n_timesteps, read bands, n_pixels)``."""
        values = {band: cube[:, row] for row, band in enumerate(self.read)}
        linear = dict(values)
        for band in self.radar_bands:
            if any(index.is_radar for index in self.indices):
                linear[band] = convert(values[band], self.unit, LINEAR)
            if band in self.kept:
                values[band] = convert(values[band], self.unit, self.radar_output)
        layers = [values[band] for band in self.kept]
        layers += [index.compute(linear if index.is_radar else values) for index in self.indices]
        return np.stack(layers, axis=1)

    def steps(self) -> str:
        """Return what the history says: the unit of radar bands; indices leave the bands as they are."""
        keeps_radar = bool(set(self.kept) & set(self.radar_bands))
        return f"backscatter_{self.radar_output}" if keeps_radar and self.radar_output in UNITS else ""

    def tags(self) -> dict[str, str]:
        """Return metadata of the result beside its history."""
        named = {index.name: index.formula.text for index in self.indices}
        texts = {"CROPSAMPLE_INDICES": "; ".join(f"{name} = {text}" for name, text in named.items())} if named else {}
        if self.radar_bands:
            texts[BACKSCATTER_TAG] = self.radar_output if set(self.kept) & set(self.radar_bands) else self.unit
        return texts


def plan_indices(
    bands: Sequence[str], settings: IndexSettings, tags: Mapping[str, str], sample: Mapping[str, FloatArray]
) -> IndexPlan:
    """Decide what is computed.

    Args:
        bands: names of the bands there are.
        settings: what is asked for.
        tags: metadata of the stack.
        sample: some values of every band, to tell units.

    Raises:
        InputError: unknown index, band, role or unit, or nothing to do.
    """
    if settings.radar_output not in RADAR_OUTPUTS:
        raise InputError(f"Unknown radar unit '{settings.radar_output}'.", f"Use one of: {', '.join(RADAR_OUTPUTS)}.")
    roles = band_roles(bands, settings.sensor, settings.roles)
    texts = split_indices(settings.indices)
    is_conversion = settings.radar_output != AS_IS
    if not texts and not is_conversion:
        raise InputError("No index is named.", "Name some, such as 'NDVI, EVI2', or give a formula.")
    indices = tuple(parse_indices(texts, bands, roles)) if texts else ()
    radar = tuple(roles[role] for role in POLARISATIONS if role in roles)
    kept = tuple(bands) if settings.keep_bands else (radar if is_conversion else ())
    clash = {index.name for index in indices} & set(kept)
    if clash:
        raise InputError(f"The stack already has a band {', '.join(sorted(clash))}.", "Do not keep the bands.")
    used = {*kept, *(band for index in indices for band in index.bands)}
    radar = tuple(band for band in radar if band in used)
    if is_conversion and not radar:
        raise InputError("There are no radar bands VV, VH, HH or HV to convert.", "Set their band roles.")
    unit = ""
    if radar and (is_conversion or any(index.is_radar for index in indices)):
        unit = find_unit(settings.radar_unit, tags, np.concatenate([sample[band].ravel() for band in radar]))
    elif radar:
        unit = tags.get(BACKSCATTER_TAG, "") or "unknown"
    output = settings.radar_output if is_conversion else unit
    return IndexPlan(indices, kept, radar, unit, output)


def unscaled_warning(roles: Mapping[str, str], sample: Mapping[str, FloatArray]) -> str:
    """Return a warning when reflectance looks as if its scale was forgotten, "" otherwise."""
    for role, band in roles.items():
        if role not in OPTICAL_ROLES or band not in sample:
            continue
        known = sample[band][np.isfinite(sample[band])]
        if len(known) and float(np.percentile(known, 90)) > _UNSCALED:
            return (
                f"The band '{band}' has values up to {float(known.max()):,.0f} where 0 to 1 is expected: "
                "was the scale forgotten? Indices with constants, such as EVI and SAVI, will be wrong. Build the stack "
                "again with a scale such as 0.0001."
            )
    return ""


class IndexOperation:
    """The blocks of a computation of indices."""

    def __init__(self, stack: DatedStack, plan: IndexPlan, output: str, encoding: str) -> None:
        self._bands = StackBands.of(stack, plan.read)
        self._plan = plan
        chosen = encoding_for(encoding, self._bands)
        has_room = has_room_for_static(stack, chosen.dtype)
        # Indices have other ranges than the bands: they never share the bands' integers.
        self._encoding = FLOAT32 if encoding == LIKE_INPUT and (plan.indices or not has_room) else chosen
        self.sources = (self._bands,)
        names = tuple(f"{date} {band}" for date in stack.dates for band in plan.written)
        kind = self._encoding
        tags = stack_tags(stack.tags, plan.steps(), **plan.tags())
        ones, zeros = (kind.scale,) * len(names), (kind.offset,) * len(names)
        self.outputs = (RasterOutput(Path(output), names, kind.dtype, kind.nodata, ones, zeros, tags),)
        self.working_values = 3 * self._bands.n_rows + 3 * len(names)
        self.parameters: dict[str, Any] = {
            "indices": [[index.name, index.formula.text, index.band_by_name] for index in plan.indices],
            "written": list(plan.written),
            "radar": [list(plan.radar_bands), plan.unit, plan.radar_output],
            "encoding": asdict(kind) | {"nodata": str(kind.nodata)},
        }

    def compute(self, stored: Sequence[StoredArray]) -> tuple[list[Layers], dict[str, Any]]:
        """Return the indices of a block and how many values are missing."""
        found = self._plan.compute(self._bands.to_cube(stored[0]))
        counts = {"n_values": int(found.size), "n_gaps": int(np.isnan(found).sum())}
        return [self._encoding.encode(found).reshape(-1, *stored[0].shape[1:])], counts


@dataclass(frozen=True)
class IndexSummary:
    """What came out: bands written, share of missing values, radar unit ("" without radar)."""

    bands: tuple[str, ...]
    gap_share: float
    radar_unit: str


def index_stack(
    paths: tuple[str, str], settings: IndexSettings, encoding: str, options: RunOptions, progress: Progress
) -> IndexSummary:
    """Compute indices of a stack.

    Args:
        paths: input stack and output raster.
        settings: which indices.
        encoding: how values are stored; see `encoding_for`.
        options: threads, memory, resume.
        progress: where to report.

    Raises:
        CropSampleError: what is wrong with stack, indices, roles or output; finished blocks are kept.
        CanceledError: the user cancelled; likewise.
    """
    check_raster_outputs([paths[1]], [paths[0]])
    stack = DatedStack.open(paths[0])
    sample = sample_values(stack)
    plan = plan_indices(stack.bands, settings, stack.tags, sample)
    warning = unscaled_warning(band_roles(stack.bands, settings.sensor, settings.roles), sample)
    if warning and any(not index.is_radar for index in plan.indices):
        progress.log(warning, "warning")
    operation = with_static_bands(IndexOperation(stack, plan, paths[1], encoding), stack, progress)
    counts = run_blocks(operation, stack, options, progress)
    n_values = sum(count["n_values"] for count in counts)
    return IndexSummary(plan.written, sum(count["n_gaps"] for count in counts) / max(1, n_values), plan.radar_output)


def sample_values(stack: DatedStack) -> dict[str, FloatArray]:
    """Return the values of every band in a window in the middle of a stack."""
    width, height = min(_SAMPLE_PX, stack.width), min(_SAMPLE_PX, stack.height)
    block = Block(0, (stack.height - height) // 2, (stack.width - width) // 2, height, width)
    bands = StackBands.of(stack)
    reader = BandReader(bands)
    try:
        cube = bands.to_cube(reader.read(block))
    finally:
        reader.close()
    return {band: cube[:, row] for row, band in enumerate(bands.bands)}
