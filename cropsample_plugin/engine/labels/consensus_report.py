"""The report on a consensus of labelers."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Mapping

import numpy as np

from cropsample_plugin.engine.labels.agreement import PairAgreement
from cropsample_plugin.engine.labels.consensus import Consensus, ConsensusOptions
from cropsample_plugin.engine.labels.html_report import write_html
from cropsample_plugin.engine.labels.label_sets import VoteReading
from cropsample_plugin.engine.labels.votes import NO_LABEL
from cropsample_plugin.engine.timeseries.table_output import OutputTable

TEMPLATE = "consensus.html.j2"
_SHOWN_SAMPLES = 30


@dataclass(frozen=True)
class ConsensusReport:
    """What the report tells of.

    Attributes:
        reading: the labels, and those not counted.
        consensus: what was decided.
        options: how it was decided.
        pairs: agreement of every two labelers.
        labelers: the table of labelers.
        numbers: the job's numeric outputs by name.
        is_ordered: the classes are ordered.
    """

    reading: VoteReading
    consensus: Consensus
    options: ConsensusOptions
    pairs: list[PairAgreement]
    labelers: OutputTable
    numbers: Mapping[str, float]
    is_ordered: bool


def write_consensus_report(told: ConsensusReport, path: str | Path) -> None:
    """Write the report as HTML.

    Raises:
        OutputError: the folder may not be written to.
    """
    write_html(TEMPLATE, _context(told), path)


def _context(told: ConsensusReport) -> dict[str, Any]:
    votes, consensus = told.reading.votes, told.consensus
    names = list(told.labelers.fields)
    decided = Counter(consensus.codes[consensus.codes != NO_LABEL].tolist())
    return {
        "n_labelers": len(votes.labelers),
        "n_samples": votes.n_samples,
        **{name: told.numbers[name] for name in ("n_consensus", "n_ties", "n_unanimous")},
        **{name: told.numbers[name] for name in ("fleiss_kappa", "krippendorff_alpha")},
        "states": Counter(consensus.status.tolist()).most_common(),
        "classes": [(label, decided[code]) for code, label in enumerate(votes.classes)],
        "labelers": [dict(zip(names, values)) for values in zip(*told.labelers.fields.values())],
        "pairs": told.pairs,
        "is_ordered": told.is_ordered,
        "relabel": _relabel_rows(told),
        "lost": Counter(item.reason for item in told.reading.lost).most_common(),
        "notes": told.reading.notes,
        "settings": {**asdict(told.options), "classes_in_order": ", ".join(map(str, votes.classes)) * told.is_ordered},
    }


def _relabel_rows(told: ConsensusReport) -> list[dict[str, Any]]:
    votes, ranks = told.reading.votes, told.consensus.relabel_rank
    ranked = np.flatnonzero((ranks > 0) & (ranks <= _SHOWN_SAMPLES))
    rows = []
    for row in ranked[np.argsort(ranks[ranked])]:
        given = [
            f"{labeler}: {votes.classes[code]}"
            for labeler, code in zip(votes.labelers, votes.codes[row])
            if code != NO_LABEL
        ]
        rows.append(
            {
                "rank": int(ranks[row]),
                "sample_id": votes.sample_ids[row],
                "status": told.consensus.status[row],
                "labels": "; ".join(given),
            }
        )
    return rows
