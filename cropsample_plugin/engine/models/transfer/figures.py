"""Pictures of the transfer report as SVG text, drawn without a display."""

from __future__ import annotations

import numpy as np

from cropsample_plugin.engine.models.report_figures import new_figure, svg_text
from cropsample_plugin.engine.models.transfer.departure import NEAR, DepartureRow
from cropsample_plugin.engine.models.transfer.trial import CANDIDATES, Trial

_COLORS = {"naive": "#6b6b6b", "transfer": "#1b6ca8", "scratch": "#d1495b"}


def trial_svg(trial: Trial) -> str:
    """Draw macro F1 of every repeat, the means as strokes."""
    names = [name for name in CANDIDATES if name in trial.candidates]
    figure = new_figure(6.2, 0.45 * len(names) + 1.0)
    axes = figure.subplots()
    for position, name in enumerate(names):
        scores = [item.macro_f1 for item in trial.candidates[name].repeats]
        axes.scatter(scores, np.full(len(scores), position), s=24, color=_COLORS[name])
        axes.plot([np.nanmean(scores)] * 2, [position - 0.2, position + 0.2], color="#1c2321")
    axes.set_yticks(range(len(names)), names, fontsize=8)
    axes.set_ylim(len(names) - 0.5, -0.5)
    axes.set_xlabel("macro F1 of each repeat; the stroke is their mean")
    axes.grid(visible=True, axis="x", alpha=0.3)
    return svg_text(figure)


def departure_svg(rows: list[DepartureRow]) -> str:
    """Draw mean macro F1 and its spread against the radius: near the start filled, spread out hollow and dashed."""
    figure = new_figure(6.6, 3.2)
    axes = figure.subplots()
    for candidate in CANDIDATES:
        for placement in dict.fromkeys(row.placement for row in rows):
            own = [row for row in rows if row.candidate == candidate and row.placement == placement]
            if not own or (candidate == "naive" and placement != NEAR):
                continue
            radii = sorted({row.radius_km for row in own})
            scores = [[row.macro_f1 for row in own if row.radius_km == radius] for radius in radii]
            is_near = placement == NEAR
            axes.errorbar(
                radii,
                [float(np.nanmean(item)) for item in scores],
                [float(np.nanstd(item)) for item in scores],
                color=_COLORS[candidate],
                marker="o",
                markerfacecolor=_COLORS[candidate] if is_near else "none",
                linestyle="-" if is_near else "--",
                capsize=2,
                label=candidate if candidate == "naive" else f"{candidate}, {placement}",
            )
    axes.set_xlabel("radius around the starting point [km]")
    axes.set_ylabel("macro F1 beyond the largest radius")
    axes.grid(visible=True, alpha=0.3)
    axes.legend(fontsize=7, frameon=False)
    return svg_text(figure)
