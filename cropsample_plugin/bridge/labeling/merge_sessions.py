"""Several people's labels brought together in one store: nothing lost or twice, however often and in any order."""

from __future__ import annotations

import hashlib
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Dict, List, Mapping, Sequence, Tuple

from cropsample_plugin.bridge.labeling.geopackage_schema import is_same_crs
from cropsample_plugin.bridge.labeling.geopackage_store import GeoPackageStore, create_geopackage_store, discard
from cropsample_plugin.bridge.labeling.label_events import LabelEvent, LabelingError
from cropsample_plugin.bridge.labeling.label_store import LabelStore, NewSample
from cropsample_plugin.bridge.labeling.merge_settings import merge_settings
from cropsample_plugin.bridge.labeling.session_file import read_session_file, write_session_file

_HASH_CHARACTERS = 10


@dataclass(frozen=True)
class MergeCount:
    """What became of one source.

    Attributes:
        source: its name.
        n_samples_taken, n_samples_known: added to the target; there already, at the same place.
        n_events_taken, n_events_known: likewise.
        renamed: new id by old one, of samples whose id another sample, at another place, has in the target.
    """

    source: str
    n_samples_taken: int
    n_samples_known: int
    n_events_taken: int
    n_events_known: int
    renamed: Mapping[str, str]

    def __str__(self) -> str:
        """Return the counts as a sentence."""
        text = (
            f"{self.source}: {self.n_samples_taken} samples and {self.n_events_taken} label events taken, "
            f"{self.n_samples_known} samples and {self.n_events_known} label events there already"
        )
        if not self.renamed:
            return f"{text}."
        pairs = ", ".join(f"{old} as {new}" for old, new in list(self.renamed.items())[:3])
        return f"{text}; {len(self.renamed)} samples have an id that is used at another place: {pairs}."


def merge_session_files(target: str, sources: Sequence[str]) -> Tuple[List[MergeCount], List[str]]:
    """Merge sessions kept in GeoPackages into a new session, with a GeoPackage beside its session file.

    Args:
        target: path of the new session file.
        sources: paths of the session files.

    Returns:
        What became of each source, and in words what differed between their settings and how it was resolved.

    Raises:
        LabelingError: sessions in PostgreSQL or in different coordinate systems, or files that cannot be read or
            written.
    """
    # Merging stores must work without QGIS's layers, in tests of the engine's suite too.
    from cropsample_plugin.bridge.labeling.layer_references import rebased
    from cropsample_plugin.bridge.labeling.open_store import POSTGRES, store_path

    settings = [read_session_file(path) for path in sources]
    merged, notes = merge_settings(settings)
    remote = [path for path, item in zip(sources, settings) if item.store.startswith(POSTGRES)]
    if remote:
        raise LabelingError(
            f"The labels of '{remote[0]}' are kept in PostgreSQL, not in a GeoPackage.",
            "Merge into that session with 'merge_stores', or leave it out.",
        )
    for path in (Path(target), Path(target).with_suffix(".gpkg")):
        if path.exists():
            raise LabelingError(f"'{path}' is there already.", "Choose another name.")
    stores = [store_path(item, path) for item, path in zip(settings, sources)]
    counts = merge_geopackages(str(Path(target).with_suffix(".gpkg")), stores)
    moved = rebased(merged, sources[0], target)
    write_session_file(target, replace(moved, store=Path(target).with_suffix(".gpkg").name))
    return counts, notes


def merge_geopackages(target: str, sources: Sequence[str]) -> List[MergeCount]:
    """Merge GeoPackages of labels into another one, which is made when it is not there.

    The same sources give the same result in whatever order they are named. Each source is one transaction.

    Raises:
        LabelingError: different coordinate systems, or files that cannot be read or written; a target that was not
            there is not there then either.
    """
    with ExitStack() as stack:
        stores = {path: _opened(stack, path) for path in sources}
        ordered = dict(sorted(stores.items(), key=lambda item: item[1].state_id))
        is_new = not Path(target).exists()
        partial = Path(target).with_name(f".{Path(target).stem}.merging.gpkg") if is_new else Path(target)
        try:
            if is_new:
                first = next(iter(stores.values()))
                discard(partial)
                create_geopackage_store(str(partial), first.crs, [], may_be_empty=True).close()
            store = _opened(stack, str(partial))
            _check_crs({target: store.crs, **{path: item.crs for path, item in ordered.items()}})
            counts = {count.source: count for count in merge_stores(store, ordered)}
            store.close()
            partial.rename(target)
        finally:
            if is_new:
                discard(partial)
    return [counts[path] for path in sources]


def merge_stores(target: LabelStore, sources: Mapping[str, LabelStore]) -> List[MergeCount]:
    """Add to a store what it lacks of others, which are not changed.

    A sample whose id another sample at another place has is taken under a new id made of the old one and its geometry,
    the same each time; its events go with it.

    Args:
        target: any store.
        sources: stores by name, in the coordinate system of the target.

    Raises:
        LabelingError: one of them cannot be read or written; sources before it have been taken whole, it not at all.
    """
    counts = []
    for name, source in sources.items():
        new, id_by_old = _new_samples(target, source)
        known = {event.event_id for event in target.read_events()[0]}
        events = source.read_events()[0]
        lacking = [_with_id(event, id_by_old) for event in events if event.event_id not in known]
        if lacking or new:
            target.append(lacking, new)
        renamed = {old: sample_id for old, sample_id in id_by_old.items() if sample_id != old}
        n_samples = len(id_by_old)
        counts.append(
            MergeCount(name, len(new), n_samples - len(new), len(lacking), len(events) - len(lacking), renamed)
        )
    return counts


def _new_samples(target: LabelStore, source: LabelStore) -> Tuple[List[NewSample], Dict[str, str]]:
    """Return the samples that the target lacks, and the id that each sample of the source has in it, by its own."""
    new, id_by_old = [], {}
    for sample in source.read_samples():
        geometry = source.geometry(sample.sample_id)
        if geometry is None:
            continue
        own_name = f"{sample.sample_id}-{hashlib.sha256(geometry).hexdigest()[:_HASH_CHARACTERS]}"
        there = target.geometry(sample.sample_id)
        sample_id = sample.sample_id if there in (None, geometry) else own_name
        id_by_old[sample.sample_id] = sample_id
        if (there if sample_id == sample.sample_id else target.geometry(sample_id)) is None:
            new.append(NewSample(replace(sample, sample_id=sample_id), geometry))
    return new, id_by_old


def _with_id(event: LabelEvent, id_by_old: Mapping[str, str]) -> LabelEvent:
    sample_id = id_by_old.get(event.sample_id, event.sample_id)
    return event if sample_id == event.sample_id else replace(event, sample_id=sample_id)


def _opened(stack: ExitStack, path: str) -> GeoPackageStore:
    store = GeoPackageStore(path)
    stack.callback(store.close)
    return store


def _check_crs(crs_by_path: Mapping[str, str]) -> None:
    (first, wanted), *others = crs_by_path.items()
    for path, crs in others:
        if not is_same_crs(crs, wanted):
            raise LabelingError(
                f"'{path}' is in {crs[:60]}, '{first}' in {wanted[:60]}.",
                "Merge sessions of one coordinate system; import the labels of the other as a layer.",
            )
