"""What the user chose for the polygon tools; kept between sittings."""

from __future__ import annotations

from dataclasses import dataclass, fields

from qgis.core import QgsSettings

GROUP = "cropsample/polygon_tools"


@dataclass
class PolygonOptions:
    """Options of the polygon tools.

    Attributes:
        is_snapping_to_pixels: corners are put on corners of the stack's pixels.
        is_snapping_to_samples: corners are put on borders of other samples.
        is_sizing_in_pixels: growing and shrinking go by whole pixels of the stack, else by whole metres.
        is_repeating_class: what is drawn gets the class given last.
        is_showing_pixels: the pixels of the current sample are outlined.
    """

    is_snapping_to_pixels: bool = False
    is_snapping_to_samples: bool = True
    is_sizing_in_pixels: bool = True
    is_repeating_class: bool = False
    is_showing_pixels: bool = True


def load_options() -> PolygonOptions:
    """Return the options as they were saved last."""
    stored = QgsSettings()
    return PolygonOptions(
        **{item.name: stored.value(f"{GROUP}/{item.name}", item.default, bool) for item in fields(PolygonOptions)}
    )


def save_options(options: PolygonOptions) -> None:
    """Keep the options."""
    stored = QgsSettings()
    for item in fields(PolygonOptions):
        stored.setValue(f"{GROUP}/{item.name}", getattr(options, item.name))
