"""A sample plan: objects and constraints read from layers, and the sample set chosen for them."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import shapely

from cropsample_plugin.engine.errors import InputError
from cropsample_plugin.engine.sampling.exchange import Constraints
from cropsample_plugin.engine.sampling.object_files import ObjectLayer, read_objects
from cropsample_plugin.engine.sampling.population import Population, build_population
from cropsample_plugin.engine.sampling.representativeness import CriVariant
from cropsample_plugin.engine.sampling.sample_places import (
    AccessibleShapes,
    accessible_shapes,
    distance_costs,
    objects_of_points,
    raster_costs,
    relative_costs,
)

IntArray = npt.NDArray[np.int64]

MOST_OBJECTS = 20_000


@dataclass(frozen=True)
class PlanInputs:
    """Layers and rules of a plan; "" for layers that are not given.

    Attributes:
        objects: object layer.
        stratum_field: its field with the strata.
        existing: samples that exist already.
        no_go: areas not to enter.
        roads: lines or points; the farther from them the costlier.
        cost: raster of costs.
        cost_weight: how much of log CRI the cost of a median object is worth.
        min_distance_m: samples are at least this far apart.
        seed: seed.
    """

    objects: str
    stratum_field: str = "stratum"
    existing: str = ""
    no_go: str = ""
    roads: str = ""
    cost: str = ""
    cost_weight: float = 0.05
    min_distance_m: float = 0.0
    seed: int = 42


@dataclass(frozen=True)
class Plan:
    """Everything a choice of samples needs.

    Attributes:
        layer: the objects as read.
        rows: ``(n,)`` usable objects in the plan: all, or a random part of very many.
        population: those objects as the index sees them.
        places: where samples can be put, for all usable objects.
        constraints: what may be chosen, in population order.
        notes: what the user should know.
    """

    layer: ObjectLayer
    rows: IntArray
    population: Population
    places: AccessibleShapes
    constraints: Constraints
    notes: tuple[str, ...]

    def usable_rows(self, sample: IntArray) -> IntArray:
        """Return the usable objects of positions in the population."""
        found: IntArray = self.rows[self.population.rows[sample]]
        return found


def make_plan(inputs: PlanInputs, variant: CriVariant) -> Plan:
    """Read the layers of a plan and describe the population.

    Raises:
        SamplesError, InputError: a layer cannot be used; the message says which and why.
    """
    if inputs.min_distance_m < 0 or inputs.cost_weight < 0:
        raise InputError("Minimum distance and cost weight cannot be negative.")
    layer = read_objects(inputs.objects, inputs.stratum_field)
    places = accessible_shapes(layer, inputs.no_go, exact=inputs.min_distance_m > 0)
    existing, n_lost = np.empty(0, dtype=np.int64), 0
    if inputs.existing:
        existing, n_lost = objects_of_points(layer, inputs.existing)
    rows = _rows_in_plan(layer.objects.n_objects, existing, inputs.seed)
    objects = layer.objects.subset(rows)
    places_m = places.xy_m[rows]
    objects = replace(objects, xy_m=np.where(np.isfinite(places_m), places_m, objects.xy_m))
    population = build_population(objects, replace(variant.options, seed=inputs.seed))
    constraints = Constraints(
        selectable=places.is_accessible[rows][population.rows],
        existing=np.sort(population.positions_of(np.searchsorted(rows, existing))),
        costs=_costs(inputs, layer, objects.xy_m)[population.rows],
        cost_weight=inputs.cost_weight if inputs.roads or inputs.cost else 0.0,
        min_distance_m=inputs.min_distance_m,
    )
    return Plan(layer, rows, population, places, constraints, _notes(layer, places, rows, n_lost))


def sample_points(plan: Plan, sample: IntArray) -> npt.NDArray[np.object_]:
    """Return the point of each sample in metres: as far from the object's edge as possible, outside no-go areas."""
    from cropsample_plugin.engine.sampling.object_geometry import poles_of_inaccessibility

    rows = plan.usable_rows(sample)
    shapes = plan.places.shapes[rows].copy()
    barred = shapely.is_missing(shapes)
    shapes[barred] = plan.layer.shapes(rows[barred])
    if plan.constraints.min_distance_m > 0 and not barred.any():
        points: npt.NDArray[np.object_] = plan.places.points[rows]
        return points
    poles: npt.NDArray[np.object_] = poles_of_inaccessibility(shapes)
    return poles


def _rows_in_plan(n_objects: int, existing: IntArray, seed: int) -> IntArray:
    if n_objects <= MOST_OBJECTS:
        return np.arange(n_objects, dtype=np.int64)
    drawn = np.random.default_rng(seed).choice(n_objects, MOST_OBJECTS, replace=False)
    return np.union1d(drawn, existing).astype(np.int64)


def _costs(inputs: PlanInputs, layer: ObjectLayer, xy_m: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    total = np.zeros(len(xy_m))
    if inputs.roads:
        total += relative_costs(distance_costs(inputs.roads, xy_m, layer.projection))
    if inputs.cost:
        total += relative_costs(raster_costs(inputs.cost, xy_m, layer.projection))
    return total


def _notes(layer: ObjectLayer, places: AccessibleShapes, rows: IntArray, n_lost: int) -> tuple[str, ...]:
    notes = []
    usable = layer.usable
    if len(usable.dropped_rows):
        notes.append(f"{len(usable.dropped_rows)} objects without values, shape or area were left out.")
    if usable.n_filled:
        notes.append(f"{usable.n_filled} missing feature values were filled with the feature's median.")
    if layer.n_repaired:
        notes.append(f"{layer.n_repaired} invalid shapes were repaired.")
    if len(rows) < layer.objects.n_objects:
        notes.append(f"Of {layer.objects.n_objects} objects a random {len(rows)} stand for all.")
    n_barred = int((~places.is_accessible).sum())
    if n_barred:
        notes.append(f"{n_barred} objects lie in no-go areas; they count, but hold no sample.")
    if n_lost:
        notes.append(f"{n_lost} existing samples lie in no object and were ignored.")
    return tuple(notes)
