"""Maps in the sampling reports: what is on them can be seen, whatever the size and the extent of the fields."""

from __future__ import annotations

import base64
import io
import re

import matplotlib.image
import numpy as np
import pytest
import shapely

from cropsample_plugin.engine.sampling.report_pictures import map_svg

N_FIELDS = 40
RED = np.array([1.0, 0.0, 0.0])


def fields(side_m, extent_m, height_m):
    rng = np.random.default_rng(3)
    places = rng.uniform((0, 0), (extent_m, height_m), (N_FIELDS, 2))
    return shapely.box(places[:, 0], places[:, 1], places[:, 0] + side_m, places[:, 1] + side_m)


def drawn(shapes):
    colors = np.full(len(shapes), "#ff0000", dtype=object)
    return map_svg(shapes, colors, shapely.get_coordinates(shapely.centroid(shapes))[:3])


def red_pixels(svg):
    picture = re.search(r"data:image/png;base64,\s*([^\"]+)", svg).group(1)
    pixels = matplotlib.image.imread(io.BytesIO(base64.b64decode(picture)))
    return int(((pixels[..., 3] > 0.5) & (np.abs(pixels[..., :3] - RED).max(axis=2) < 0.1)).sum())


def test_small_fields_far_apart_can_be_seen():
    """Hundred-metre fields along 150 km of road would be a fifth of a point wide each."""
    assert red_pixels(drawn(fields(100.0, 150_000.0, 100_000.0))) > 8 * N_FIELDS


def test_large_fields_keep_their_shapes():
    few_hundred = red_pixels(drawn(fields(100.0, 2_000.0, 2_000.0)))
    assert few_hundred > 100 * N_FIELDS


@pytest.mark.parametrize(("height_m", "share"), [(500.0, 2.6 / 6.4), (16_000.0, None), (90_000.0, 1.0)])
def test_the_picture_takes_the_shape_of_the_region(height_m, share):
    shapes = fields(50.0, 20_000.0, height_m)
    west, south, east, north = shapely.total_bounds(shapes)
    width, height = (float(re.search(rf'{side}="([\d.]+)pt"', drawn(shapes)).group(1)) for side in ("width", "height"))
    assert height / width == pytest.approx(share or (north - south) / (east - west), abs=0.01)
