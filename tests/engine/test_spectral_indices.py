"""Formulas, the table of indices, band roles, radar units."""

from __future__ import annotations

import numpy as np
import pytest
from dated_stacks import ListeningProgress, dates_every, read_series, write_stack

from cropsample_plugin.engine.errors import InputError
from cropsample_plugin.engine.progress import SilentProgress
from cropsample_plugin.engine.timeseries.index_stack import IndexSettings, index_stack
from cropsample_plugin.engine.timeseries.spectral.backscatter import convert, find_unit
from cropsample_plugin.engine.timeseries.spectral.band_roles import band_roles
from cropsample_plugin.engine.timeseries.spectral.formula import Formula
from cropsample_plugin.engine.timeseries.spectral.index_table import parse_indices, split_indices
from cropsample_plugin.engine.timeseries.stacks.block_run import RunOptions

SENTINEL_2 = ("B01", "B02", "B03", "B04", "B05", "B06", "B07", "B08", "B8A", "B09", "B11", "B12")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("(a - b) / (a + b)", (3.0 - 2.0) / 5.0),
        ("a ** 2 - -b", 11.0),
        ("sqrt(a) + maximum(a, b) * 2", 3.0**0.5 + 6.0),
        ("where(a > b, 1, 0)", 1.0),
        ("(a < 2) or (b >= 2)", 1.0),
        ("2 ** a", 8.0),
        ("log10(a) * 10", 10 * np.log10(3.0)),
        ("1 < b < 3", 1.0),
    ],
)
def test_formulas_are_arithmetic(text, expected):
    values = {"a": np.array([3.0]), "b": np.array([2.0])}
    assert float(np.asarray(Formula(text).evaluate(values)).item()) == pytest.approx(expected)


@pytest.mark.parametrize(
    "text",
    [
        "__import__('os').system('ls')",
        "a.__class__",
        "(lambda: 1)()",
        "[a for a in b]",
        "a[0]",
        "'text'",
        "open(a)",
        "a if b else 3",
        "a; b",
        "",
        "a +",
        "sqrt(a, b)",
        "a @ b",
        "(" * 500 + "a" + ")" * 500,
        "True",
    ],
)
def test_nothing_else_is(text):
    with pytest.raises(InputError):
        Formula(text)


def test_powers_cannot_run_away():
    with pytest.raises(InputError, match="power"):
        Formula("9 ** 9 ** 9").evaluate({})


@pytest.mark.parametrize(
    ("bands", "role", "band"),
    [
        (SENTINEL_2, "N", "B08"),
        (SENTINEL_2, "N2", "B8A"),
        (("B2", "B3", "B4", "B8"), "R", "B4"),
        (("SR_B4", "SR_B5", "SR_B6"), "N", "SR_B5"),
        (("SR_B3", "SR_B4", "SR_B7"), "R", "SR_B3"),
        (("sur_refl_b01", "sur_refl_b02"), "N", "sur_refl_b02"),
        (("red", "nir", "swir1"), "S1", "swir1"),
        (("VV", "VH"), "VH", "VH"),
    ],
)
def test_bands_are_recognised(bands, role, band):
    assert band_roles(bands)[role] == band


def test_bands_that_could_be_of_any_sensor_are_not_guessed():
    assert "N" not in band_roles(("B2", "B3", "B4", "B5"))
    assert band_roles(("B2", "B3", "B4", "B5"), "landsat-8-9")["N"] == "B5"
    assert band_roles(("B2", "B3", "B4", "B5"), "modis")["N"] == "B2"
    assert band_roles(("x", "y"), "auto", "N=x, R=y") == {"N": "x", "R": "y"}
    for given in ("N=z", "NIR=x", "x"):
        with pytest.raises(InputError):
            band_roles(("x", "y"), "auto", given)


def test_named_indices_equal_spyndex():
    spyndex = pytest.importorskip("spyndex")
    roles = band_roles(SENTINEL_2)
    rng = np.random.default_rng(0)
    values = {band: (0.02 + 0.5 * rng.random((4, 50))).astype(np.float32) for band in SENTINEL_2}
    n_compared = 0
    for name in spyndex.indices:
        try:
            index = parse_indices([name], SENTINEL_2, roles)[0]
        except InputError:
            continue
        if index.kernels:
            continue
        arguments = {key: values[band].astype(float) for key, band in index.band_by_name.items()} | index.constants
        expected = np.asarray(spyndex.computeIndex(name, arguments), dtype=float)
        found = index.compute(values)
        known = np.isfinite(expected) & (np.abs(expected) < 1e3)
        np.testing.assert_allclose(found[known], expected[known], rtol=2e-3, atol=2e-3, err_msg=name)
        n_compared += 1
    assert n_compared > 200
    kernel = parse_indices(["kNDVI"], SENTINEL_2, roles)[0].compute(values)
    similarity = np.exp(-((values["B08"] - values["B04"]) ** 2) / 0.5)
    np.testing.assert_allclose(kernel, (1 - similarity) / (1 + similarity), rtol=1e-4)


def test_unknown_names_bands_and_roles_are_explained():
    pytest.importorskip("spyndex")
    with pytest.raises(InputError, match="no index 'NDVIX'"):
        parse_indices(["NDVIX"], SENTINEL_2, band_roles(SENTINEL_2))
    with pytest.raises(InputError, match="needs S1"):
        parse_indices(["LSWI"], ("B04", "B08"), band_roles(("B04", "B08")))
    with pytest.raises(InputError, match="R=x"):
        parse_indices(["NDVI"], ("x", "B08"), {"N": "B08"})
    with pytest.raises(InputError, match="B99"):
        parse_indices(["(B99 - B04) / B04"], SENTINEL_2, {})
    with pytest.raises(InputError, match="twice"):
        parse_indices(["a = B04 / B08", "a = B08 / B04"], SENTINEL_2, {})
    with pytest.raises(InputError, match="no usual value"):
        parse_indices(["NIRvP"], SENTINEL_2, band_roles(SENTINEL_2))
    assert split_indices("NDVI, mine = maximum(B04, B08); EVI2") == ["NDVI", "mine = maximum(B04, B08)", "EVI2"]


def test_indices_of_a_stack(tmp_path):
    pytest.importorskip("spyndex")
    rng = np.random.default_rng(0)
    cube = rng.integers(1, 6000, (5, 2, 30, 20)).astype(np.uint16)
    cube[2, 0, 3, 4] = 65535
    path = write_stack(tmp_path / "in.tif", cube, dates_every(5, 8), ("B04", "B08"))
    out = str(tmp_path / "out.tif")
    settings = IndexSettings("NDVI, ratio = B08 / B04", keep_bands=True)
    progress = ListeningProgress()
    summary = index_stack((path, out), settings, "float32", RunOptions(), progress)
    assert summary.bands == ("B04", "B08", "NDVI", "ratio")
    values, _, stack = read_series(out)
    assert stack.bands == summary.bands
    red, near_infrared = (values[..., k].astype(float) for k in (0, 1))
    np.testing.assert_allclose(values[..., 2], (near_infrared - red) / (near_infrared + red), rtol=1e-4, atol=1e-6)
    assert np.isnan(values[..., 2]).sum() == 1
    assert not progress.warnings
    unscaled = write_stack(tmp_path / "unscaled.tif", cube, dates_every(5, 8), ("B04", "B08"), scale=None)
    index_stack((unscaled, out), IndexSettings("NDVI"), "float32", RunOptions(), progress)
    assert "scale forgotten" in progress.warnings


def test_radar_units():
    linear = np.array([0.01, 0.1, 1.0], dtype=np.float32)
    decibel = convert(linear, "linear", "db")
    np.testing.assert_allclose(decibel, [-20, -10, 0], atol=1e-5)
    np.testing.assert_allclose(convert(decibel, "db", "linear"), linear, rtol=1e-5)
    numbers = convert(decibel, "db", "digital_number")
    np.testing.assert_allclose(20 * np.log10(numbers) - 83, decibel, atol=1e-4)
    assert np.isnan(convert(np.array([0.0, -1.0], np.float32), "linear", "db")).all()
    assert find_unit("auto", {}, decibel) == "db"
    assert find_unit("auto", {}, linear) == "linear"
    assert find_unit("auto", {}, numbers) == "digital_number"
    with pytest.raises(InputError, match="metadata"):
        find_unit("linear", {"CROPSAMPLE_BACKSCATTER": "db"}, decibel)
    with pytest.raises(InputError, match="cannot be told"):
        find_unit("auto", {}, np.full(3, np.nan, np.float32))


def test_the_radar_ratio_is_linear_whatever_the_unit_and_conversion_is_recorded(tmp_path):
    pytest.importorskip("spyndex")
    rng = np.random.default_rng(0)
    decibel = -20 + 10 * rng.random((3, 2, 20, 20))
    linear = 10 ** (decibel / 10)
    dates = dates_every(3, 6)
    options = {"scale": None, "nodata": -9999.0}
    paths = {
        "db": write_stack(tmp_path / "db.tif", decibel.astype("float32"), dates, ("VV", "VH"), **options),
        "linear": write_stack(tmp_path / "lin.tif", linear.astype("float32"), dates, ("VV", "VH"), **options),
    }
    for unit, path in paths.items():
        out = str(tmp_path / f"out_{unit}.tif")
        index_stack((path, out), IndexSettings("VHVVR", radar_output="db"), "float32", RunOptions(), SilentProgress())
        values, _, stack = read_series(out)
        by_name = dict(zip(stack.bands, np.moveaxis(values, -1, 0)))
        ratio = linear[:, 1] / linear[:, 0]
        np.testing.assert_allclose(by_name["VHVVR"].T.reshape(3, 20, 20), ratio, rtol=1e-3)
        np.testing.assert_allclose(by_name["VV"].T.reshape(3, 20, 20), decibel[:, 0], atol=1e-3)
        assert stack.tags["CROPSAMPLE_BACKSCATTER"] == "db"
        assert stack.tags["CROPSAMPLE_PREPROCESSING"] == "backscatter_db"
