"""How the surfaces of the synthetic region look through the year: green cover curves and Sentinel-2 spectra.

A pixel is a linear mixture of soil, green leaves and dry residue. Green cover follows one or two seasons, each
the difference of two logistic curves (the double logistic of Beck et al. 2006, doi:10.1016/j.rse.2005.10.021).
The end-member spectra are rounded typical surface reflectances, good enough to look and classify like the real thing.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float32]
IntArray = npt.NDArray[np.int64]

BANDS = ("B01", "B02", "B03", "B04", "B05", "B06", "B07", "B08", "B8A", "B09", "B11", "B12")

_SPECTRA: dict[str, tuple[float, ...]] = {
    "soil": (0.08, 0.10, 0.14, 0.18, 0.21, 0.23, 0.25, 0.27, 0.29, 0.30, 0.36, 0.30),
    "residue": (0.07, 0.09, 0.13, 0.19, 0.24, 0.27, 0.29, 0.32, 0.34, 0.35, 0.38, 0.26),
    "leaf": (0.03, 0.03, 0.06, 0.03, 0.09, 0.32, 0.42, 0.45, 0.47, 0.47, 0.20, 0.09),
    "tree": (0.02, 0.025, 0.04, 0.02, 0.06, 0.20, 0.27, 0.30, 0.31, 0.31, 0.13, 0.06),
    "litter": (0.03, 0.04, 0.06, 0.07, 0.10, 0.14, 0.16, 0.18, 0.19, 0.19, 0.20, 0.13),
    "roof": (0.12, 0.14, 0.17, 0.19, 0.21, 0.22, 0.23, 0.25, 0.25, 0.25, 0.28, 0.26),
    "water": (0.06, 0.06, 0.05, 0.04, 0.035, 0.03, 0.025, 0.02, 0.02, 0.015, 0.01, 0.008),
}


@dataclass(frozen=True)
class Season:
    """One season of green cover.

    Attributes:
        start_day, end_day: day of the year when cover passes half of its maximum, upwards and downwards; a day
            below 1 or above 365 belongs to the year before or after.
        rise_days, fall_days: e-folding times of the two logistic curves.
        peak_cover: greatest share of the ground that is green.
    """

    start_day: float
    end_day: float
    rise_days: float
    fall_days: float
    peak_cover: float


@dataclass(frozen=True)
class Surface:
    """What one class looks like.

    Attributes:
        name: class name.
        color: colour of the class on maps, ``#rrggbb``.
        seasons: its seasons of green cover; none for water and roofs.
        ground, green: spectra of bare ground and of green leaves, keys of the spectra above.
        leaf_gain: factor on the near- and short-wave infrared of the leaves.
        permanent_cover: green cover that is always there.
    """

    name: str
    color: str
    seasons: tuple[Season, ...] = ()
    ground: str = "soil"
    green: str = "leaf"
    leaf_gain: float = 1.0
    permanent_cover: float = 0.0


# In alphabetical order, as maps number text classes, so that class k is the k-th from 1.
SURFACES = (
    Surface(
        "barley-soybean",
        "#8c6bb1",
        (Season(-25, 148, 22, 7, 0.85), Season(192, 275, 10, 8, 0.85)),
    ),
    Surface("built-up", "#b0323a", (Season(100, 290, 25, 25, 0.08),), ground="roof"),
    Surface("forest", "#1b6b32", (Season(110, 300, 12, 14, 0.70),), ground="litter", green="tree", permanent_cover=0.2),
    Surface("grassland", "#a6d96a", (Season(75, 310, 25, 30, 0.50),), permanent_cover=0.30),
    Surface("maize", "#f2c14e", (Season(155, 262, 10, 10, 0.92),)),
    Surface("sorghum", "#d9812b", (Season(163, 272, 11, 11, 0.86),), leaf_gain=0.97),
    Surface("sunflower", "#fff04d", (Season(140, 232, 9, 8, 0.85),), leaf_gain=1.06),
    Surface("water", "#3b7dd8", ground="water"),
    Surface("wheat", "#d8b98a", (Season(-10, 176, 25, 7, 0.90),)),
)
CLASS_NAMES = tuple(surface.name for surface in SURFACES)
CROPS = ("barley-soybean", "maize", "sorghum", "sunflower", "wheat")

_RESIDUE_DAYS = 45.0
_RESIDUE_COVER = 0.6
_FIRST_INFRARED_BAND = BANDS.index("B06")


@dataclass(frozen=True)
class RegionTraits:
    """What sets one region apart from another.

    Attributes:
        season_shift_days: how much later every season is.
        shift_spread_days: standard deviation of a field's own shift.
        cover_gain: factor on green cover.
        soil_gain: factor on the reflectance of bare ground.
    """

    season_shift_days: float = 0.0
    shift_spread_days: float = 9.0
    cover_gain: float = 1.0
    soil_gain: float = 1.0


@dataclass(frozen=True)
class Units:
    """Patches of ground that are the same all over: fields, margins, woods; all arrays ``(n_units,)``.

    Attributes:
        surface: index into `SURFACES`.
        shift_days: how much later the unit's seasons are.
        length_gain: factor on the length of its seasons.
        cover_gain: factor on its green cover.
        ground_gain: factor on the reflectance of its bare ground.
    """

    surface: IntArray
    shift_days: FloatArray
    length_gain: FloatArray
    cover_gain: FloatArray
    ground_gain: FloatArray


def draw_units(surface: IntArray, traits: RegionTraits, rng: np.random.Generator) -> Units:
    """Draw the field-to-field variation of units whose surfaces are given, ``(n_units,)``."""
    n_units = len(surface)
    return Units(
        surface=surface,
        shift_days=rng.normal(traits.season_shift_days, traits.shift_spread_days, n_units).astype(np.float32),
        length_gain=rng.normal(1.0, 0.05, n_units).clip(0.8, 1.2).astype(np.float32),
        cover_gain=(traits.cover_gain * rng.normal(1.0, 0.08, n_units)).clip(0.6, 1.2).astype(np.float32),
        ground_gain=(traits.soil_gain * rng.normal(1.0, 0.12, n_units)).clip(0.6, 1.5).astype(np.float32),
    )


def covers(units: Units, day_of_year: float) -> tuple[FloatArray, FloatArray]:
    """Return green and residue cover of each unit on a day, ``(n_units,)`` each, in [0, 1], together at most 1."""
    green = np.zeros(len(units.surface), dtype=np.float64)
    residue = np.zeros_like(green)
    for index, surface in enumerate(SURFACES):
        member = units.surface == index
        green[member], residue[member] = _surface_covers(surface, units, member, day_of_year)
    green = np.clip(green * units.cover_gain, 0.0, 0.97)
    return green.astype(np.float32), np.minimum(residue, 1.0 - green).astype(np.float32)


def _surface_covers(
    surface: Surface, units: Units, member: npt.NDArray[np.bool_], day_of_year: float
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    green = np.full(int(member.sum()), surface.permanent_cover)
    residue = np.zeros_like(green)
    for season in surface.seasons:
        start = season.start_day + units.shift_days[member]
        end = start + (season.end_day - season.start_day) * units.length_gain[member]
        for year_start in (-365.0, 0.0, 365.0):
            day = day_of_year - year_start
            risen = _logistic((day - start) / season.rise_days)
            fallen = _logistic((day - end) / season.fall_days)
            green += season.peak_cover * risen * (1.0 - fallen)
            if surface.permanent_cover == 0.0 and surface.ground == "soil":
                residue += _RESIDUE_COVER * fallen * np.exp(-np.maximum(day - end, 0.0) / _RESIDUE_DAYS)
    return green, residue


def _logistic(position: FloatArray | npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    return 1.0 / (1.0 + np.exp(-np.clip(position.astype(np.float64), -50.0, 50.0)))


def spectra_of_surfaces() -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return ground and leaf spectra of each surface, ``(n_surfaces, n_bands)``, and residue, ``(n_bands,)``."""
    ground = np.array([_SPECTRA[surface.ground] for surface in SURFACES], dtype=np.float32)
    leaf = np.array([_SPECTRA[surface.green] for surface in SURFACES], dtype=np.float32)
    gains = np.array([surface.leaf_gain for surface in SURFACES], dtype=np.float32)
    leaf[:, _FIRST_INFRARED_BAND:] *= gains[:, None]
    return ground, leaf, np.array(_SPECTRA["residue"], dtype=np.float32)


def unit_reflectance(units: Units, day_of_year: float) -> FloatArray:
    """Return the reflectance of each unit on a day without noise, ``(n_units, n_bands)``."""
    return mixed_reflectance(units, *covers(units, day_of_year))


def mixed_reflectance(units: Units, green: FloatArray, residue: FloatArray) -> FloatArray:
    """Mix ground, leaf and residue spectra by cover, ``(n_units,)`` each; returns ``(n_units, n_bands)``."""
    ground, leaf, dry = spectra_of_surfaces()
    bare = (1.0 - green - residue) * units.ground_gain
    mixed = bare[:, None] * ground[units.surface] + green[:, None] * leaf[units.surface] + residue[:, None] * dry
    return np.asarray(mixed, dtype=np.float32)
