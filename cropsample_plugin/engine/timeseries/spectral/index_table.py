"""Indices by name, from the table of Awesome Spectral Indices, and formulas of the user's own.

The table and its constants come with the package ``spyndex`` (Montero et al. 2023, Scientific Data 10, 197). Its
formulas are evaluated here by `Formula`, block by block in single precision: spyndex would run them as code.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from cropsample_plugin.engine.errors import InputError, MissingPackageError
from cropsample_plugin.engine.timeseries.spectral.band_roles import ROLES, require_roles
from cropsample_plugin.engine.timeseries.spectral.formula import Formula, evaluate_float

FloatArray = npt.NDArray[np.float32]

RADAR = frozenset({"VV", "VH", "HH", "HV"})
_NAME = re.compile(r"^[A-Za-z][A-Za-z0-9_]*$")
_PLAIN_NAME = re.compile(r"[^A-Za-z0-9_]+")
_KERNEL_LETTERS = re.compile(r"^k([A-Z])([A-Z])$")
_KERNEL_SIGMA = 0.5
_MOST_SIMILAR = 8


@dataclass(frozen=True)
class Index:
    """One index to compute.

    Attributes:
        name: name of the band it gives.
        formula: the formula.
        band_by_name: name in the formula to band of the series.
        constants: name in the formula to number.
        kernels: name in the formula to the pair of names whose Gaussian kernel it is.
    """

    name: str
    formula: Formula
    band_by_name: dict[str, str]
    constants: dict[str, float]
    kernels: dict[str, tuple[str, str]]

    @property
    def bands(self) -> tuple[str, ...]:
        """The bands that are read."""
        return tuple(dict.fromkeys(self.band_by_name.values()))

    @property
    def is_radar(self) -> bool:
        """Whether it takes radar backscatter."""
        return bool(RADAR & set(self.band_by_name))

    def compute(self, values: Mapping[str, FloatArray]) -> FloatArray:
        """Return the index of arrays given by band name, NaN where it is not defined."""
        inputs: dict[str, Any] = {name: values[band] for name, band in self.band_by_name.items()}
        inputs |= self.constants
        for name, (first, second) in self.kernels.items():
            difference = inputs[first] - inputs[second]
            inputs[name] = np.exp(-(difference * difference) / np.float32(2.0 * _KERNEL_SIGMA**2))
        return evaluate_float(self.formula, {name: inputs[name] for name in self.formula.names})


def parse_indices(texts: Sequence[str], bands: Sequence[str], roles: Mapping[str, str]) -> list[Index]:
    """Read names of indices and formulas.

    Args:
        texts: such as ``NDVI``, ``EVI2``, ``(B08 - B04) / (B08 + B04)`` or ``mine = B08 / B04``. Names in a formula
            are bands, or else roles.
        bands: names of the bands there are.
        roles: role to band.

    Raises:
        InputError: unknown index, band or role, a formula that cannot be read, or a name given twice.
        MissingPackageError: spyndex is not installed and a name was given.
    """
    indices = [_parse(text, bands, roles) for text in texts if text.strip()]
    if not indices:
        raise InputError("No index is named.", "Name some, such as 'NDVI, EVI2', or give a formula.")
    names = [index.name for index in indices]
    repeated = sorted({name for name in names if names.count(name) > 1})
    if repeated:
        raise InputError(f"The index {', '.join(repeated)} is named twice.", "Give each formula a name: 'name = ...'.")
    return indices


def split_indices(text: str) -> list[str]:
    """Split a list of indices at commas, semicolons and line ends outside brackets."""
    parts, depth, current = [], 0, ""
    for character in text:
        depth += (character == "(") - (character == ")")
        if character in ",;\n" and depth <= 0:
            parts.append(current)
            current = ""
        else:
            current += character
    return [part.strip() for part in (*parts, current) if part.strip()]


def _parse(text: str, bands: Sequence[str], roles: Mapping[str, str]) -> Index:
    name, separator, body = text.partition("=")
    is_assignment = bool(separator) and not body.startswith("=") and not name.rstrip().endswith(("<", ">", "!"))
    if is_assignment:
        return _own_formula(_PLAIN_NAME.sub("_", name.strip()), body, bands, roles)
    if _NAME.match(text.strip()) and text.strip() not in bands:
        return _from_table(text.strip(), bands, roles)
    return _own_formula(_PLAIN_NAME.sub("_", text.strip()).strip("_")[:40], text, bands, roles)


def _own_formula(name: str, text: str, bands: Sequence[str], roles: Mapping[str, str]) -> Index:
    formula = Formula(text)
    used = {item: item if item in bands else roles[item] for item in formula.names if item in bands or item in roles}
    unknown = sorted(formula.names - set(used))
    if unknown:
        raise InputError(
            f"The formula '{formula.text}' names {', '.join(unknown)}, which is no band: {', '.join(bands)}.",
            "Use names of bands, or roles such as N and R, and set the band roles.",
        )
    if not name or not used:
        raise InputError(f"The formula '{formula.text}' uses no band.", "Write one such as (B08 - B04) / (B08 + B04).")
    return Index(name, formula, used, {}, {})


def _from_table(name: str, bands: Sequence[str], roles: Mapping[str, str]) -> Index:
    table, constants = _table()
    found = {known.casefold(): known for known in table}.get(name.casefold())
    if found is None:
        similar = [known for known in table if name.casefold()[:3] in known.casefold()][:_MOST_SIMILAR]
        hint = f" Similar names: {', '.join(similar)}." if similar else ""
        raise InputError(
            f"There is no index '{name}'.",
            f"Use a name of Awesome Spectral Indices or a formula such as (B08 - B04) / (B08 + B04).{hint}",
        )
    # Exact spelling wins where two names differ by case alone.
    found = name if name in table else found
    formula = Formula(table[found])
    kernels = _kernels(formula.names)
    needed = (formula.names - set(kernels)) | {part for pair in kernels.values() for part in pair}
    used_roles = sorted(item for item in needed if item in ROLES)
    values = {item: value for item in needed if item not in ROLES and (value := constants.get(item)) is not None}
    unknown = sorted(needed - set(used_roles) - set(values))
    if unknown:
        raise InputError(
            f"The index {found} needs {', '.join(unknown)}, which has no usual value.",
            f"Write it as a formula with a number instead: {found} = {formula.text}",
        )
    require_roles(roles, used_roles, bands, f"The index {found}")
    return Index(found, formula, {role: roles[role] for role in used_roles}, values, kernels)


def _kernels(names: set[str]) -> dict[str, tuple[str, str]]:
    """Return which names are kernels ``kNR`` of two bands; sigma is 0.5 as in the table."""
    matches = {name: _KERNEL_LETTERS.match(name) for name in names}
    return {name: (match.group(1), match.group(2)) for name, match in matches.items() if match}


@lru_cache(maxsize=1)
def _table() -> tuple[dict[str, str], dict[str, float | None]]:
    """Return the formula of every index and the value of every constant, read once."""
    try:
        import spyndex
    except ImportError as error:
        raise MissingPackageError(
            "The package spyndex, which holds the table of indices, is not installed.",
            "Update the engine's environment, or write the index as a formula.",
        ) from error
    formulas = {name: str(item.formula) for name, item in spyndex.indices.items()}
    constants = {name: item.default for name, item in spyndex.constants.items()}
    return formulas, constants
