"""Objects: the fields, segments or parcels that a sample set is to represent."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from cropsample_plugin.engine.errors import SamplesError

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Objects:
    """Objects with what is known of them.

    Attributes:
        ids: ``(n_objects,)`` the user's or our object ids.
        features: ``(n_objects, n_features)`` in any unit; NaN where missing.
        areas_ha: ``(n_objects,)`` positive.
        xy_m: ``(n_objects, 2)`` a point of each object in metres.
        stratum_names: ``(n_objects,)`` stratum of each object, text or integer; None when there are none yet.
    """

    ids: npt.NDArray[Any]
    features: FloatArray
    areas_ha: FloatArray
    xy_m: FloatArray
    stratum_names: npt.NDArray[Any] | None = None

    @property
    def n_objects(self) -> int:
        """Number of objects."""
        return len(self.ids)

    def subset(self, rows: npt.NDArray[Any]) -> Objects:
        """Return the objects that an index or boolean array picks."""
        names = None if self.stratum_names is None else self.stratum_names[rows]
        return Objects(self.ids[rows], self.features[rows], self.areas_ha[rows], self.xy_m[rows], names)


@dataclass(frozen=True)
class UsableObjects:
    """Objects that can be compared, and what had to be done for it.

    Attributes:
        objects: the usable objects, their features without missing values.
        rows: ``(n_usable,)`` their rows in the objects given.
        dropped_rows: rows of objects without any feature value, position or area.
        n_filled: number of missing feature values that were filled with the feature's median.
        dropped_features: positions of features that no object has.
    """

    objects: Objects
    rows: IntArray
    dropped_rows: IntArray
    n_filled: int
    dropped_features: IntArray


def usable_objects(objects: Objects) -> UsableObjects:
    """Drop objects that nothing is known of and fill the remaining gaps with the feature's median.

    Raises:
        SamplesError: nothing usable is left, or the arrays do not fit.
    """
    _check_shapes(objects)
    finite = np.isfinite(objects.features)
    known = finite.any(axis=1) & np.isfinite(objects.xy_m).all(axis=1)
    known &= np.isfinite(objects.areas_ha) & (objects.areas_ha > 0)
    if not known.any():
        raise SamplesError(
            "No object has features, a position and an area.", "Check that the objects overlap the stack."
        )
    rows = np.flatnonzero(known).astype(np.int64)
    kept = objects.subset(rows)
    has_values = np.isfinite(kept.features).any(axis=0)
    features = kept.features[:, has_values].astype(np.float64)
    missing = ~np.isfinite(features)
    if missing.any():
        features[missing] = np.nan
        medians = np.nanmedian(features, axis=0)
        features[missing] = np.broadcast_to(medians, features.shape)[missing]
    return UsableObjects(
        replace(kept, features=features),
        rows,
        np.flatnonzero(~known).astype(np.int64),
        int(missing.sum()),
        np.flatnonzero(~has_values).astype(np.int64),
    )


def canonical_order(objects: Objects) -> IntArray:
    """Return the order of the objects that does not depend on the order they were given in.

    They are sorted by features, then position, then area, so that the same objects give the same strata and the
    same sample set whatever the order of the rows in their file.
    """
    keys = (objects.areas_ha, *objects.xy_m.T[::-1], *objects.features.T[::-1])
    return np.lexsort(keys).astype(np.int64)


def _check_shapes(objects: Objects) -> None:
    n_objects = objects.n_objects
    if n_objects == 0:
        raise SamplesError("There are no objects.", "Choose a layer with objects, or segment the stack first.")
    shapes_fit = objects.features.ndim == 2 and objects.features.shape[1] > 0  # noqa: PLR2004 - objects and features
    lengths = {len(objects.features), len(objects.areas_ha), len(objects.xy_m), n_objects}
    if not shapes_fit or len(lengths) != 1 or objects.xy_m.shape[1:] != (2,):
        raise SamplesError("Objects, features, areas and positions do not belong together.")
