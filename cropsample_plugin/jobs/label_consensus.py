"""Merge the labels of several labelers into one label per sample, and say how far they agree."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from cropsample_plugin.engine.errors import InputError
from cropsample_plugin.engine.labels.agreement import fleiss_kappa, krippendorff_alpha, pair_agreements
from cropsample_plugin.engine.labels.consensus import TIE, Consensus, ConsensusOptions, decide
from cropsample_plugin.engine.labels.consensus_report import ConsensusReport, write_consensus_report
from cropsample_plugin.engine.labels.consensus_tables import (
    DECIDED,
    labeler_table,
    lost_table,
    pair_table,
    sample_table,
)
from cropsample_plugin.engine.labels.label_sets import (
    LabelSet,
    VoteFields,
    VoteReading,
    id_texts,
    is_collect_earth,
    read_votes,
)
from cropsample_plugin.engine.labels.votes import Column, is_unanimous
from cropsample_plugin.engine.output_files import check_output
from cropsample_plugin.engine.timeseries.sample_table import SampleTable
from cropsample_plugin.engine.timeseries.table_output import write_table
from cropsample_plugin.jobs.registry import JobContext, JobResult


@dataclass(frozen=True)
class Parameters:
    """Parameters of ``labelconsensus``.

    Attributes:
        input: layer or table of labels.
        output: GeoPackage of samples with their consensus.
        more_sets: further layers of labels, such as a second export of Collect Earth Online.
        set_names: name of each layer, the first one's first; "" or missing: its file name.
        samples: layer of the samples; labels of other ids are not counted. "" when every id is a sample.
        samples_id_field: id in that layer; "" for the same name as `sample_id_field`.
        sample_id_field, labeler_field, class_field, label_fields, confidence_field: see `VoteFields`; `class_field`
            holds the label of a row.
        class_fields_of_sets: class field of each further layer; "" or missing: the same as `class_field`.
        ordered_classes: the classes from low to high; empty when they have no order.
        merge_names: take class names that differ in capitals or spaces alone for one.
        method, ties, arbiter, min_labels, min_share: see `ConsensusOptions`.
        labelers, pairs, dropped, report: files to write; "" for none.
    """

    input: str
    output: str
    more_sets: tuple[str, ...] = ()
    set_names: tuple[str, ...] = ()
    samples: str = ""
    samples_id_field: str = ""
    sample_id_field: str = ""
    labeler_field: str = ""
    class_field: str = ""
    label_fields: tuple[str, ...] = ()
    class_fields_of_sets: tuple[str, ...] = ()
    confidence_field: str = ""
    ordered_classes: tuple[str, ...] = ()
    merge_names: bool = False
    method: str = "majority"
    ties: str = "drop"
    arbiter: str = ""
    min_labels: int = 2
    min_share: float = 0.0
    labelers: str = ""
    pairs: str = ""
    dropped: str = ""
    report: str = ""

    def options(self) -> ConsensusOptions:
        """Return how to decide."""
        return ConsensusOptions(self.method, self.ties, self.arbiter, self.min_labels, self.min_share)

    def inputs(self) -> list[str]:
        """Return the layers read."""
        return [path for path in (self.input, *self.more_sets, self.samples) if path]

    def files(self) -> list[str]:
        """Return the files to write."""
        return [path for path in (self.output, self.labelers, self.pairs, self.dropped, self.report) if path]


def run(parameters: Parameters, context: JobContext) -> JobResult:
    """Read the labels, decide, and write samples, labelers, pairs, labels not counted and the report."""
    _check_outputs(parameters)
    sets = _label_sets(parameters)
    fields = VoteFields(
        parameters.sample_id_field, parameters.labeler_field, parameters.label_fields, parameters.confidence_field
    )
    places = _sample_places(parameters, sets)
    reading = read_votes(
        sets,
        fields,
        known_ids=None if places is None else frozenset(places.row_by_id),
        merge_names=parameters.merge_names,
        ordered_classes=parameters.ordered_classes,
    )
    for note in reading.notes:
        context.progress.log(note, "warning")
    context.progress.report(0.4, "Finding the consensus")
    consensus = decide(reading.votes, parameters.options(), context.progress)
    context.progress.report(0.8, "Writing the results")
    outputs = _numbers(reading, consensus, is_ordered=bool(parameters.ordered_classes))
    if places is not None:
        sets = [LabelSet(places.table, "samples")]
        reading = replace(reading, first_rows=_rows_in(places, reading))
    _write(parameters, sets, reading, consensus, outputs)
    return JobResult(
        outputs={**outputs, "output": parameters.output, "dropped": parameters.dropped},
        files=parameters.files(),
        inputs=parameters.inputs(),
    )


def _check_outputs(parameters: Parameters) -> None:
    inputs = parameters.inputs()
    for path in (parameters.output, parameters.labelers, parameters.pairs, parameters.dropped):
        if path or path == parameters.output:
            check_output(path, inputs, (".gpkg",))
    if parameters.report:
        check_output(parameters.report, inputs, (".html",))


def _label_sets(parameters: Parameters) -> list[LabelSet]:
    paths = [parameters.input, *parameters.more_sets]
    if parameters.label_fields and len(paths) > 1:
        raise InputError(
            "A column per labeler and several layers were given.", "Give one of the two: label fields or more layers."
        )
    names = _padded(parameters.set_names, len(paths))
    classes = [parameters.class_field, *_padded(parameters.class_fields_of_sets, len(paths) - 1)]
    sets: list[LabelSet] = []
    for path, name, class_field in zip(paths, names, classes):
        taken = {item.name for item in sets}
        base = name or Path(path.split("|", maxsplit=1)[0]).stem
        unique = base if base not in taken else f"{base} ({len(sets) + 1})"
        sets.append(LabelSet(SampleTable.read(path), unique, class_field or parameters.class_field))
    return sets


def _padded(values: tuple[str, ...], length: int) -> list[str]:
    return [*values[:length], *[""] * (length - len(values))]


@dataclass(frozen=True)
class _Places:
    """The layer of the samples, and the row of each id."""

    table: SampleTable
    row_by_id: dict[str, int]


def _sample_places(parameters: Parameters, sets: list[LabelSet]) -> _Places | None:
    if not parameters.samples:
        return None
    table = SampleTable.read(parameters.samples)
    name = parameters.samples_id_field or parameters.sample_id_field
    if not name and is_collect_earth(sets[0].table):
        name = "plotid"
    return _Places(table, {text: row for row, text in enumerate(id_texts(table, name)) if text})


def _rows_in(places: _Places, reading: VoteReading) -> Column:
    return np.array([(0, places.row_by_id[sample_id]) for sample_id in reading.votes.sample_ids], dtype=np.int64)


def _numbers(reading: VoteReading, consensus: Consensus, *, is_ordered: bool) -> dict[str, float | int]:
    votes = reading.votes
    return {
        "n_samples": votes.n_samples,
        "n_labelers": len(votes.labelers),
        "n_consensus": consensus.count(*DECIDED),
        "n_ties": consensus.count(TIE),
        "n_unanimous": int(is_unanimous(votes).sum()),
        "n_lost": len(reading.lost),
        "fleiss_kappa": fleiss_kappa(votes),
        "krippendorff_alpha": krippendorff_alpha(votes, is_ordered=is_ordered),
    }


def _kept_rows(parameters: Parameters, consensus: Consensus) -> Column:
    if parameters.ties == "drop":
        return np.flatnonzero(np.isin(consensus.status, DECIDED))
    return np.arange(len(consensus.status))


def _write(
    parameters: Parameters,
    sets: list[LabelSet],
    reading: VoteReading,
    consensus: Consensus,
    numbers: dict[str, float | int],
) -> None:
    is_ordered = bool(parameters.ordered_classes)
    pairs = pair_agreements(reading.votes, is_ordered=is_ordered)
    labelers = labeler_table(reading.votes, consensus)
    kept = _kept_rows(parameters, consensus)
    write_table(sample_table(sets, reading, consensus, kept), Path(parameters.output), "samples")
    if parameters.labelers:
        write_table(labelers, Path(parameters.labelers), "labelers")
    if parameters.pairs:
        write_table(pair_table(pairs), Path(parameters.pairs), "pairs")
    if parameters.dropped:
        write_table(lost_table(reading.lost, reading, consensus), Path(parameters.dropped), "dropped")
    if parameters.report:
        told = ConsensusReport(reading, consensus, parameters.options(), pairs, labelers, numbers, is_ordered)
        write_consensus_report(told, parameters.report)
