"""Compiled kernels of the local pivotal method: a k-d tree from which units are taken as they are decided."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numba import njit

_LEAF_UNITS = 32
_STACK_NODES = 128
_DECIDED = 1e-9


class UnitTree(NamedTuple):
    """A k-d tree over units; leaves are slices of ``points``.

    ``lows`` and ``highs`` are the bounding boxes, ``starts`` and ``counts`` the slices (of the units left),
    ``lefts``, ``rights`` and ``parents`` the nodes' relatives (-1 for none), ``units`` the unit at each slot,
    ``slots`` the slot of each unit and ``leaves`` the leaf of each slot.
    """

    points: Any
    units: Any
    slots: Any
    leaves: Any
    lows: Any
    highs: Any
    starts: Any
    counts: Any
    lefts: Any
    rights: Any
    parents: Any


@njit(cache=True)
def build_tree(points: Any, units: Any) -> Any:  # pragma: no cover - compiled
    """Build the tree of some units of ``points (n_units, n_dimensions)``."""
    n_left, n_dimensions = units.shape[0], points.shape[1]
    n_nodes = max(3, 4 * (n_left // _LEAF_UNITS + 1))
    lows, highs = np.empty((n_nodes, n_dimensions), np.float32), np.empty((n_nodes, n_dimensions), np.float32)
    starts, counts = np.zeros(n_nodes, np.int64), np.zeros(n_nodes, np.int64)
    lefts, rights = np.full(n_nodes, -1, np.int64), np.full(n_nodes, -1, np.int64)
    parents = np.full(n_nodes, -1, np.int64)
    order = units.copy()
    leaves = np.zeros(n_left, np.int64)
    counts[0], used, node = n_left, 1, 0
    while node < used:
        start, end = starts[node], starts[node] + counts[node]
        widest = _box(points, order[start:end], lows[node], highs[node])
        if counts[node] <= _LEAF_UNITS or highs[node, widest] <= lows[node, widest]:
            leaves[start:end] = node
        else:
            middle = start + counts[node] // 2
            order[start:end] = order[start:end][np.argsort(points[order[start:end], widest])]
            lefts[node], rights[node] = used, used + 1
            parents[used], parents[used + 1] = node, node
            starts[used], counts[used] = start, middle - start
            starts[used + 1], counts[used + 1] = middle, end - middle
            used += 2
        node += 1
    slots = np.full(points.shape[0], -1, np.int64)
    for slot in range(n_left):
        slots[order[slot]] = slot
    return UnitTree(points[order], order, slots, leaves, lows, highs, starts, counts, lefts, rights, parents)


@njit(cache=True)
def _box(points: Any, units: Any, low: Any, high: Any) -> int:  # pragma: no cover - compiled
    """Write the bounding box of some units and return its widest dimension."""
    low[:], high[:] = points[units[0]], points[units[0]]
    for unit in units:
        for dimension in range(points.shape[1]):
            low[dimension] = min(low[dimension], points[unit, dimension])
            high[dimension] = max(high[dimension], points[unit, dimension])
    return int(np.argmax(high - low))


@njit(fastmath={"reassoc", "contract", "nsz"}, cache=True)
def nearest_left(tree: Any, unit: int) -> int:  # pragma: no cover - compiled
    """Return the unit nearest to a unit among those left, -1 if it is the last."""
    target = tree.points[tree.slots[unit]]
    best, best_unit = np.float32(np.inf), -1
    nodes, bounds = np.empty(_STACK_NODES, np.int64), np.empty(_STACK_NODES, np.float32)
    nodes[0], bounds[0], depth = 0, np.float32(0.0), 1
    while depth > 0:
        depth -= 1
        node = nodes[depth]
        if bounds[depth] >= best or tree.counts[node] == 0:
            continue
        if tree.lefts[node] < 0:
            for slot in range(tree.starts[node], tree.starts[node] + tree.counts[node]):
                total = np.float32(0.0)
                for dimension in range(target.shape[0]):
                    difference = tree.points[slot, dimension] - target[dimension]
                    total += difference * difference
                if total < best and tree.units[slot] != unit:
                    best, best_unit = total, tree.units[slot]
            continue
        near, far = tree.lefts[node], tree.rights[node]
        near_bound, far_bound = _to_box(tree, near, target), _to_box(tree, far, target)
        if near_bound > far_bound:
            near, far, near_bound, far_bound = far, near, far_bound, near_bound
        nodes[depth], bounds[depth] = far, far_bound
        nodes[depth + 1], bounds[depth + 1] = near, near_bound
        depth += 2
    return best_unit


@njit(cache=True)
def _to_box(tree: Any, node: int, target: Any) -> Any:  # pragma: no cover - compiled
    total = np.float32(0.0)
    for dimension in range(target.shape[0]):
        value = target[dimension]
        gap = max(tree.lows[node, dimension] - value, value - tree.highs[node, dimension])
        if gap > 0:
            total += gap * gap
    return total


@njit(cache=True)
def _take_out(tree: Any, unit: int) -> None:  # pragma: no cover - compiled
    """Remove a unit: the last of its leaf takes its slot."""
    slot = tree.slots[unit]
    leaf = tree.leaves[slot]
    last = tree.starts[leaf] + tree.counts[leaf] - 1
    moved = tree.units[last]
    tree.points[slot], tree.units[slot], tree.slots[moved] = tree.points[last], moved, slot
    tree.slots[unit] = -1
    node = leaf
    while node >= 0:
        tree.counts[node] -= 1
        node = tree.parents[node]


@njit(cache=True)
def pivotal_steps(points: Any, probabilities: Any, seed: int) -> None:  # pragma: no cover - compiled
    """Decide every unit: ``probabilities`` become 0 or 1 in place.

    A random undecided unit and its nearest undecided neighbour fight until one of them is decided
    (LPM2 of Grafstroem, Lundstroem & Schelin 2012, Biometrics 68:514).
    """
    np.random.seed(seed)  # noqa: NPY002 - compiled code has no Generator of its own
    left = np.flatnonzero((probabilities > _DECIDED) & (probabilities < 1.0 - _DECIDED))
    places = np.full(points.shape[0], -1, np.int64)
    places[left] = np.arange(left.shape[0])
    n_left, n_in_tree = left.shape[0], left.shape[0]
    if n_left == 0:
        return
    tree = build_tree(points, left)
    while n_left > 1:
        if 2 * n_left < n_in_tree and n_left > _LEAF_UNITS:
            tree, n_in_tree = build_tree(points, left[:n_left].copy()), n_left
        unit = left[np.random.randint(n_left)]  # noqa: NPY002 - as above
        neighbour = nearest_left(tree, unit)
        _fight(probabilities, unit, neighbour)
        for decided in (unit, neighbour):
            value = probabilities[decided]
            if value <= _DECIDED or value >= 1.0 - _DECIDED:
                probabilities[decided] = np.rint(value)
                _take_out(tree, decided)
                n_left -= 1
                moved, place = left[n_left], places[decided]
                left[place], places[moved] = moved, place
    if n_left == 1:
        last = left[0]
        probabilities[last] = 1.0 if np.random.random() < probabilities[last] else 0.0  # noqa: NPY002 - as above


@njit(cache=True)
def _fight(probabilities: Any, one: int, two: int) -> None:  # pragma: no cover - compiled
    first, second = probabilities[one], probabilities[two]
    total = first + second
    if total < 1.0:
        one_wins = np.random.random() * total < first  # noqa: NPY002 - as above
        probabilities[one], probabilities[two] = (total, 0.0) if one_wins else (0.0, total)
    else:
        one_wins = np.random.random() * (2.0 - total) < 1.0 - second  # noqa: NPY002 - as above
        probabilities[one], probabilities[two] = (1.0, total - 1.0) if one_wins else (total - 1.0, 1.0)
