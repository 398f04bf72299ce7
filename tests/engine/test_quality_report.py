"""The report on label quality: counts that add up, samples on the maps of neurons, examples of each category."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from cropsample_plugin.engine.labels.quality import METHODS, QualitySettings, judge_labels
from cropsample_plugin.engine.labels.quality_figures import map_svg, series_svg
from cropsample_plugin.engine.labels.quality_input import QualityFields, read_quality_samples
from cropsample_plugin.engine.labels.quality_report import write_quality_report
from cropsample_plugin.engine.labels.quality_result import CATEGORIES, MapPicture
from cropsample_plugin.engine.labels.som_evidence import SomSettings
from cropsample_plugin.engine.labels.tisqe import TisqeSettings
from cropsample_plugin.engine.progress import SilentProgress
from cropsample_plugin.engine.timeseries.sample_table import SampleTable

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"


def picture(n_samples, side=4, seed=0):
    rng = np.random.default_rng(seed)
    neurons, codes = rng.integers(0, side * side, n_samples), rng.integers(0, 3, n_samples)
    counts = np.zeros((side * side, 3))
    np.add.at(counts, (neurons, codes), 1.0)
    return MapPicture("whole year: NDVI", side, counts, np.arange(n_samples), neurons), codes


def n_marks(svg):
    return len(re.findall(r"<use ", svg))


def test_every_sample_lies_on_the_map():
    shown, codes = picture(60)
    categories = np.array(["Keep"] * 60, dtype=object)
    empty = n_marks(
        map_svg(MapPicture("", 4, shown.counts, np.arange(0), np.arange(0)), ("a", "b", "c"), codes, categories)
    )
    assert n_marks(map_svg(shown, ("a", "b", "c"), codes, categories)) - empty == 60


def test_contradicted_samples_are_crosses_with_an_edge_and_always_drawn():
    shown, codes = picture(5000)
    categories = np.array(["Keep"] * 5000, dtype=object)
    few = n_marks(map_svg(shown, ("a", "b", "c"), codes, categories))
    assert few < 1300, "of many samples a part is drawn"
    categories[::50] = "Remove"
    assert n_marks(map_svg(shown, ("a", "b", "c"), codes, categories)) - few == 100


def test_a_sample_is_drawn_inside_the_square_of_its_neuron():
    from cropsample_plugin.engine.labels.quality_figures import _spots

    spots = _spots(np.repeat(np.arange(5), 40))
    assert np.abs(spots).max() < 0.5
    assert len(np.unique(spots[:40].round(6), axis=0)) == 40


def test_season_and_profiles_are_named():
    grid = np.arange(0.0, 100.0, 10.0)
    quartiles = np.stack([grid, grid + 1, grid + 2])
    svg = series_svg(grid, grid, [("wheat & rye", quartiles), ("maize", quartiles)], (20.0, 60.0))
    assert "wheat &amp; rye" in svg
    assert "maize" in svg
    assert "#e7ebe9" in svg
    assert "#e7ebe9" not in series_svg(grid, grid, [("maize", quartiles)])


@pytest.mark.skipif(not DATA.is_dir(), reason="the real data sets are not beside this checkout")
@pytest.mark.parametrize("method", METHODS)
def test_report_of_published_samples(tmp_path, method):
    table = SampleTable.read(str(DATA / "mato_grosso_sits" / "samples_modis_ndvi.gpkg"))
    samples = read_quality_samples(table, QualityFields("label", "start_date", "start_date", "end_date"))
    settings = QualitySettings(method=method, tisqe=TisqeSettings(som=SomSettings(n_seeds=2)))
    settings = replace(settings, sits=replace(settings.sits, n_rounds=5))
    outcome = judge_labels(samples, settings, np.zeros(samples.n_samples, dtype=np.int64), SilentProgress())
    for shown in outcome.result.maps:
        assert shown.counts.sum() == len(shown.rows) == len(shown.neurons)
        counted = Counter(zip(shown.neurons.tolist(), samples.codes[shown.rows].tolist()))
        assert all(shown.counts[neuron, code] == count for (neuron, code), count in counted.items())
    write_quality_report(samples, outcome, settings, tmp_path / "report.html")
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    counts = Counter(outcome.result.category.tolist())
    for name in CATEGORIES:
        assert f'<div class="card">{name}<b>{counts[name]}</b></div>' in page
    for name, total in Counter(table.labels("label")).items():
        assert f'<td>{name}</td><td class="n">{total}</td>' in page
    order = [page.find(f"<h3>{name}</h3>") for name in ("Remove", "Suspect", "Keep") if counts[name]]
    assert order == sorted(order)
    assert -1 not in order
    assert ("Maps of neurons" in page) == bool(outcome.result.maps)
