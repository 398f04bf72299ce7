"""The result of a consensus as tables: samples, labels not counted, labelers, pairs of labelers."""

from __future__ import annotations

from typing import Any, Sequence

import numpy as np
import pyproj
import shapely

from cropsample_plugin.engine.labels.agreement import PairAgreement
from cropsample_plugin.engine.labels.consensus import (
    CONSENSUS,
    THIRD_OPINION,
    Consensus,
    agreement_with_consensus,
)
from cropsample_plugin.engine.labels.label_sets import LabelSet, LostLabel, VoteReading
from cropsample_plugin.engine.labels.votes import NO_LABEL, Column, LabelVotes, is_unanimous
from cropsample_plugin.engine.timeseries.sample_table import SampleTable
from cropsample_plugin.engine.timeseries.table_output import OutputTable

DECIDED = (CONSENSUS, THIRD_OPINION)
ALL_CLASSES = "all"
_LONLAT = "EPSG:4326"
_LABEL_PREFIX = "label_"


def sample_table(sets: Sequence[LabelSet], reading: VoteReading, consensus: Consensus, rows: Column) -> OutputTable:
    """Return the samples in the given rows, with their place, their labels and what came of them."""
    votes = reading.votes
    fields: dict[str, Column] = {
        "sample_id": votes.sample_ids[rows],
        "consensus": class_column(consensus.codes[rows], votes),
        "status": consensus.status[rows],
        "n_labels": votes.n_labels[rows],
        "unanimous": is_unanimous(votes)[rows].astype(np.int32),
        "confidence": consensus.confidence[rows],
        "relabel_rank": np.where(consensus.relabel_rank == 0, np.nan, consensus.relabel_rank)[rows],
    }
    for code, label in enumerate(votes.classes):
        fields[_free(f"share_{label}", fields)] = consensus.shares[rows, code]
    for column, labeler in enumerate(votes.labelers):
        fields[_free(f"{_LABEL_PREFIX}{labeler}", fields)] = class_column(votes.codes[rows, column], votes)
    geometry, crs, kind = _places(sets, reading.first_rows[rows])
    return OutputTable(fields, {"relabel_rank": "int32", "consensus": "int64"}, geometry, crs, kind)


def class_column(codes: Column, votes: LabelVotes) -> Column:
    """Return class labels as text, or as numbers with NaN for none where all classes are numbers."""
    if all(isinstance(label, int) for label in votes.classes):
        numbers = np.array([*votes.classes, np.nan], dtype=np.float64)
        return numbers[codes]
    texts = np.array([*(str(label) for label in votes.classes), None], dtype=object)
    return texts[codes]


def lost_table(lost: Sequence[LostLabel], reading: VoteReading, consensus: Consensus) -> OutputTable:
    """Return every label that was not counted, and every sample without a consensus, each with the reason."""
    undecided = np.flatnonzero(~np.isin(consensus.status, DECIDED))
    ids = [item.sample_id for item in lost] + [str(reading.votes.sample_ids[row]) for row in undecided]
    reasons = [item.reason for item in lost] + [f"no consensus: {consensus.status[row]}" for row in undecided]
    padding: list[Any] = [None] * len(undecided)
    fids = np.array([float(item.source_fid) for item in lost] + [np.nan] * len(undecided))
    fields = {
        "source_fid": fids,
        "sample_id": _objects(ids),
        "labeler": _objects([item.labeler for item in lost] + padding),
        "label": _objects([item.label or None for item in lost] + padding),
        "reason": _objects(reasons),
    }
    return OutputTable(fields, {"source_fid": "int64"})


def labeler_table(votes: LabelVotes, consensus: Consensus) -> OutputTable:
    """Return how reliable each labeler is, over all classes and for each class."""
    n_common, n_agreed = agreement_with_consensus(votes, consensus)
    rows: list[dict[str, Any]] = []
    modelled = _modelled_accuracy(consensus)
    for position, name in enumerate(votes.labelers):
        given = votes.codes[:, position]
        for code, label in [(NO_LABEL, ALL_CLASSES), *enumerate(votes.classes)]:
            chosen = slice(None) if code == NO_LABEL else slice(code, code + 1)
            common, agreed = int(n_common[position, chosen].sum()), int(n_agreed[position, chosen].sum())
            n_labels = int((given != NO_LABEL).sum() if code == NO_LABEL else (given == code).sum())
            rows.append(
                {
                    "labeler": name,
                    "class": str(label),
                    "n_labels": n_labels,
                    "n_compared": common,
                    "n_agreed": agreed,
                    "agreement": agreed / common if common else np.nan,
                    "reliability": modelled.get(name, {}).get(code, np.nan),
                }
            )
    return _table(rows)


def pair_table(pairs: Sequence[PairAgreement]) -> OutputTable:
    """Return the agreement of every two labelers."""
    rows = [
        {
            "first": pair.first,
            "second": pair.second,
            "n_common": pair.n_common,
            "n_agreed": pair.n_agreed,
            "agreement": pair.share_agreed,
            "kappa": pair.kappa,
            "weighted_kappa": pair.weighted_kappa,
        }
        for pair in pairs
    ]
    names = ("first", "second", "n_common", "n_agreed", "agreement", "kappa", "weighted_kappa")
    return _table(rows or [dict.fromkeys(names)])


def _modelled_accuracy(consensus: Consensus) -> dict[str, dict[int, float]]:
    """Probability that a labeler is right, over all classes (`NO_LABEL`) and for each; the arbiter has none."""
    shares = consensus.model.class_shares
    result = {}
    for name, confusion in zip(consensus.voters, consensus.model.confusion):
        hits = np.diagonal(confusion)
        by_class = {code: float(hit) for code, hit in enumerate(hits)}
        result[name] = {NO_LABEL: float(hits @ shares), **by_class}
    return result


def _places(sets: Sequence[LabelSet], first_rows: Column) -> tuple[Column | None, str, str]:
    """Return the geometry of each sample in the reference system of the first layer that has one."""
    located = [item.table if item.table.geometry_type else _located(item.table) for item in sets]
    crs = next((table.crs for table in located if table.geometry_type), "")
    if not any(table.geometry_type for table in located):
        return None, "", ""
    geometry = np.full(len(first_rows), None, dtype=object)
    for position, table in enumerate(located):
        here = first_rows[:, 0] == position
        geometry[here] = _reprojected(table, crs).geometry[first_rows[here, 1]]
    kinds = {table.geometry_type for table in located if table.geometry_type}
    return geometry, crs, kinds.pop() if len(kinds) == 1 else "Unknown"


def _located(table: SampleTable) -> SampleTable:
    """Return a table with points made of its lon and lat columns, as Collect Earth Online exports have."""
    names = {name.casefold(): name for name in table.fields}
    if not {"lon", "lat"} <= set(names):
        return table
    try:
        lon, lat = (np.array(table.fields[names[name]], dtype=object).astype(np.float64) for name in ("lon", "lat"))
    except (TypeError, ValueError):
        return table
    points = np.full(table.n_rows, None, dtype=object)
    known = np.isfinite(lon) & np.isfinite(lat)
    points[known] = shapely.to_wkb(shapely.points(lon[known], lat[known]))
    return SampleTable(table.fields, points, _LONLAT, table.fids, table.dtypes, "Point", table.source)


def _reprojected(table: SampleTable, crs: str) -> SampleTable:
    if not table.crs or not crs or pyproj.CRS(table.crs) == pyproj.CRS(crs):
        return table
    move = pyproj.Transformer.from_crs(table.crs, crs, always_xy=True).transform
    known = np.array([geometry is not None for geometry in table.geometry])
    moved = np.full(table.n_rows, None, dtype=object)
    shapes = shapely.from_wkb(table.geometry[known])
    moved[known] = shapely.to_wkb(
        shapely.transform(shapes, lambda points: np.column_stack(move(points[:, 0], points[:, 1])))
    )
    return SampleTable(table.fields, moved, crs, table.fids, table.dtypes, table.geometry_type, table.source)


def _table(rows: Sequence[dict[str, Any]]) -> OutputTable:
    fields = {}
    for name in rows[0]:
        values = [row[name] for row in rows]
        numeric = all(value is None or isinstance(value, (int, float)) for value in values)
        fields[name] = (
            np.array([np.nan if value is None else value for value in values]) if numeric else _objects(values)
        )
    return OutputTable(fields)


def _objects(values: Sequence[Any]) -> Column:
    column = np.full(len(values), None, dtype=object)
    column[:] = values
    return column


def _free(name: str, fields: dict[str, Column]) -> str:
    taken = {item.casefold() for item in fields}
    candidate, number = name, 1
    while candidate.casefold() in taken:
        number += 1
        candidate = f"{name}_{number}"
    return candidate
