"""Formulas, indices, cloud rules, names of bands and fields: they agree with the engine's, and refuse the same."""

from __future__ import annotations

import math
from datetime import date

import numpy as np
import pytest

from cropsample_plugin.bridge.band_formula import BandFormula, plain_name
from cropsample_plugin.bridge.clear_rule import clear_rule, is_known_mask
from cropsample_plugin.bridge.dated_bands import parse_band_names
from cropsample_plugin.bridge.engine_errors import EngineError
from cropsample_plugin.bridge.measures import find_measure, measures_among, offered_measures
from cropsample_plugin.bridge.season_bands import season_numbers, seasons_at
from cropsample_plugin.bridge.series_fields import AxisKind, find_series_fields
from cropsample_plugin.bridge.spectral_bands import INDICES, band_roles
from cropsample_plugin.engine.errors import InputError
from cropsample_plugin.engine.timeseries.compositing.mask_rules import mask_rule
from cropsample_plugin.engine.timeseries.series import find_series_columns
from cropsample_plugin.engine.timeseries.spectral import band_roles as engine_roles
from cropsample_plugin.engine.timeseries.spectral.formula import Formula

FORMULAS = [
    "(a - b) / (a + b)",
    "2.5 * (a - b) / (a + 6 * b - 7.5 * c + 1)",
    "-a ** 2 + abs(b)",
    "sqrt(a * b) + log(a) - log10(b) + exp(-c)",
    "minimum(a, b) / maximum(a, c)",
    "sin(a) + tanh(b) * cos(c)",
    "(a > b) & (b >= c)",
    "(a < 0.1) | (c != 0.5)",
    "not a > b",
    "a > b and b > c or c > a",
    "0.1 < a < 0.9",
    "a ** 0.5 + b ** -1",
]


@pytest.mark.parametrize("text", FORMULAS)
def test_formulas_agree_with_the_engine(text):
    rng = np.random.default_rng(7)
    values = {name: rng.uniform(0.01, 1, 200) for name in "abc"}
    expected = np.broadcast_to(np.asarray(Formula(text).evaluate(values), dtype=float), 200)
    formula = BandFormula(text)
    for row in range(200):
        found = formula.evaluate({name: float(column[row]) for name, column in values.items()})
        assert found == pytest.approx(expected[row], rel=1e-12)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a +",
        "__import__('os').system('true')",
        "a.__class__",
        "open('x')",
        "(lambda: 1)()",
        "[a for a in b]",
        "'text'",
        "a if b else c",
        "abs(a, b)",
        "abs(x=a)",
        "a[0]",
        "True",
        "a % b",
        "a // b",
        "f'{a}'",
        "(a := b)",
        "a @ b",
        "a in b",
        "(" * 300 + "a" + ")" * 300,
        "a" * 3000,
    ],
)
def test_what_is_no_arithmetic_is_refused_as_by_the_engine(text):
    with pytest.raises(EngineError) as told:
        BandFormula(text)
    assert told.value.kind == "input"
    assert told.value.remedy
    with pytest.raises(InputError):
        Formula(text)


@pytest.mark.parametrize(
    ("text", "value"), [("a / b", 0.0), ("log(b)", 0.0), ("sqrt(b)", -1.0), ("a ** 1000", 2.0), ("exp(b)", 1e6)]
)
def test_what_cannot_be_computed_is_missing(text, value):
    assert math.isnan(BandFormula(text).evaluate({"a": 1.5, "b": value}))


def test_missing_band_is_missing():
    assert math.isnan(BandFormula("a + b").evaluate({"a": math.nan, "b": 1.0}))


@pytest.mark.parametrize(
    ("band", "name"), [("B04", "B04"), ("S2 B04", "S2_B04"), ("8A", "_8A"), ("nir-mean", "nir_mean")]
)
def test_names_in_formulas(band, name):
    assert plain_name(band) == name
    assert find_measure(f"{name} * 2", [band]).bands == (band,)


BAND_SETS = [
    ["B02", "B03", "B04", "B08", "B11", "B12"],
    ["B2", "B3", "B4", "B8A"],
    ["B2", "B3", "B4", "B5"],
    ["SR_B2", "SR_B3", "SR_B4", "SR_B5", "SR_B6"],
    ["SR_B1", "SR_B3", "SR_B4"],
    ["sur_refl_b01", "sur_refl_b02", "sur_refl_b03"],
    ["red", "nir", "mir", "blue"],
    ["NIR08", "Red", "swir16", "swir22", "Green"],
    ["VV", "VH"],
    ["LAI"],
]


@pytest.mark.parametrize("bands", BAND_SETS, ids=" ".join)
def test_roles_agree_with_the_engine(bands):
    expected = {role: band for role, band in engine_roles.band_roles(bands).items() if role in "BGRNS1S2"}
    assert band_roles(bands) == expected


@pytest.mark.parametrize("index", INDICES, ids=lambda index: index.name)
def test_indices_are_those_of_awesome_spectral_indices(index):
    """Values worked out by hand from the published formulas at one pixel."""
    pixel = {"B": 0.04, "G": 0.08, "R": 0.05, "N": 0.45, "S1": 0.2}
    expected = {
        "NDVI": 0.4 / 0.5,
        "EVI": 2.5 * 0.4 / (0.45 + 0.3 - 0.3 + 1),
        "NDWI": -0.37 / 0.53,
        "NDMI": 0.25 / 0.65,
    }
    assert BandFormula(index.formula).evaluate(pixel) == pytest.approx(expected[index.name])


def test_offered_measures_are_indices_then_bands():
    assert [measure.name for measure in offered_measures(["B04", "B08", "SCL"])] == ["NDVI", "B04", "B08", "SCL"]
    assert [measure.name for measure in offered_measures(["ndvi", "red", "nir"])] == ["ndvi", "red", "nir"]


def test_measures_of_other_bands():
    wanted = [find_measure("NDVI", ["B04", "B08"]), find_measure("B08", ["B04", "B08"])]
    assert [(item.name, item.bands) for item in measures_among(wanted, ["NDVI"])] == [("NDVI", ("NDVI",))]
    assert [item.name for item in measures_among(wanted, ["B08"])] == ["B08"]
    assert measures_among(wanted, ["VV"]) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("NDVI", "needs the bands R"),
        ("B09 * 2", "no band B09"),
        ("2 + 2", "no band at all"),
        ("B08 ==", "cannot be read"),
    ],
)
def test_unusable_measures_say_why(text, words):
    with pytest.raises(EngineError, match=words):
        find_measure(text, ["B08"])


def test_named_formula():
    measure = find_measure("ratio = B08 / B04", ["B04", "B08"])
    assert (measure.name, measure.bands) == ("ratio", ("B04", "B08"))
    assert measure.of({"B04": [1.0, 0.0], "B08": [3.0, 2.0]})[0] == 3.0


def test_forgotten_scale_is_noticed_only_where_it_matters():
    bands = ["B02", "B04", "B08"]
    values = {"B02": [400.0], "B04": [500.0], "B08": [math.nan]}
    assert find_measure("EVI", bands).is_beyond_reflectance(values)
    assert not find_measure("NDVI", bands).is_beyond_reflectance(values)


@pytest.mark.parametrize("band", ["SCL", "QA60", "QA_PIXEL", "cloud_probability", "MSK_CLDPRB"])
def test_cloud_rules_agree_with_the_engine(band):
    values = np.unique(np.concatenate([np.arange(0, 200), [1024, 2048, 3072, 21824, 22280, 55052, 65535]]))
    expected = mask_rule("auto", band).is_clear(values)
    decide = clear_rule(band)
    assert is_known_mask(band)
    assert [decide(float(value)) for value in values] == expected.tolist()
    assert not decide(math.nan)


def test_cloud_rule_of_the_user():
    decide = clear_rule("mask", "(value == 0) | (value == 3)")
    assert [decide(value) for value in (0.0, 1.0, 3.0, math.nan)] == [True, False, True, False]


@pytest.mark.parametrize(("band", "rule", "words"), [("mask", "", "not known"), ("mask", "B04 < 2", "'value' alone")])
def test_unusable_cloud_rules_say_why(band, rule, words):
    with pytest.raises(EngineError, match=words):
        clear_rule(band, rule)


def test_band_names_in_any_language():
    names = [
        "Band 001: 2021-01-05 B04",
        "Bande 2 : 2021-01-05 B08",
        "2020-12-26 B04",
        "Band 4: elevation",
        "Band 5",
        "Band 6: 2021-13-45 B04",
        "Band 7: 2021-01-05 B04",
    ]
    bands = parse_band_names(names)
    assert bands.dates == (date(2020, 12, 26), date(2021, 1, 5))
    assert bands.bands == ("B04", "B08")
    assert bands.number(date(2021, 1, 5), "B04") == 1
    assert bands.number(date(2020, 12, 26), "B08") is None
    assert bands.others["elevation"] == 4


FIELD_SETS = [
    ["id", "B04_20210105", "B08_20210105", "B04_20210115", "static_elevation"],
    ["B04_2021_01_05", "B04-2021-01-15", "class"],
    ["ndvi_d005", "ndvi_d015", "ndvi_d365", "ndvi_d400"],
    ["NDVI_t01", "NDVI_t02", "EVI_t01", "label"],
    ["NDVI_t01", "B04_20210105", "B04_20210115"],
    ["B04_20211305", "B04_20210105", "B04_20210106"],
]


@pytest.mark.parametrize("names", FIELD_SETS, ids=" ".join)
def test_series_fields_agree_with_the_engine(names):
    expected = find_series_columns(names)
    found = find_series_fields(names)
    assert found.kind.value == expected.axis.kind.value
    assert [str(label) for label in found.labels] == list(expected.axis.labels)
    assert found.bands == expected.bands
    for label, row in zip(found.labels, expected.names):
        assert tuple(found.names.get((label, band)) for band in found.bands) == row


def test_layers_without_a_series():
    assert find_series_fields(["id", "label", "B04_20210105"]) is None
    assert find_series_fields(["NDVI_t01", "NDVI_t02"]).kind is AxisKind.STEP


def test_seasons_of_a_pixel():
    bands = parse_band_names([f"Band {n}: season {s} {part}" for n, (s, part) in enumerate(
        [(s, part) for s in (1, 2) for part in ("start", "peak", "end", "length", "amplitude")], start=1)]
        + ["Band 11: seasons"])  # fmt: skip
    numbers = season_numbers(bands)
    values = {1: 18700.0, 2: 18760.0, 3: 18820.0, 6: math.nan, 7: math.nan, 8: math.nan}
    (season,) = seasons_at(numbers, values)
    assert (season.number, season.start, season.peak, season.end) == (
        1,
        date(2021, 3, 14),
        date(2021, 5, 13),
        date(2021, 7, 12),
    )
    assert season_numbers(parse_band_names(["2021-01-05 B04"])) == {}
