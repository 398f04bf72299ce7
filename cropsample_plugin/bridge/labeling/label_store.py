"""What every place that keeps a session's samples and events can do; GeoPackage and PostGIS are two of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import List, Optional, Protocol, Sequence, Tuple

from cropsample_plugin.bridge.labeling.label_events import LabelEvent


@dataclass(frozen=True)
class LabelingSample:
    """One sample to label, without its geometry, which is read when it is looked at.

    Attributes:
        sample_id: unique in the session, as text.
        x, y: a point inside it, in the session's coordinate system.
        stratum: "" for none.
        reason: why it was proposed, in words, "" for none.
        priority: smaller comes first; ties keep the order of the samples.
        given_label: the class that it came with, "" for none.
        assigned_to: labelers who are to label it; empty for everyone.
    """

    sample_id: str
    x: float
    y: float
    stratum: str = ""
    reason: str = ""
    priority: float = 0.0
    given_label: str = ""
    assigned_to: Tuple[str, ...] = ()


@dataclass(frozen=True)
class NewSample:
    """A sample with its geometry (WKB in the session's coordinate system), to be added to a store."""

    sample: LabelingSample
    geometry: bytes


class LabelStore(Protocol):
    """Samples and events of one session. Every method raises `LabelingError` with what is wrong and what to do."""

    def read_samples(self) -> List[LabelingSample]:
        """Return every sample, drawn and appended ones included, in the order of addition."""

    def geometry(self, sample_id: str) -> Optional[bytes]:
        """Return the WKB that a sample came with; None when there is no such sample."""

    def read_events(self, after: int = 0) -> Tuple[List[LabelEvent], int]:
        """Return the events added since a place (0: all), oldest first, and the place to ask from next time."""

    def append(self, events: Sequence[LabelEvent], new_samples: Sequence[NewSample] = ()) -> None:
        """Add events, and the samples they are about, in one transaction; on disk when this returns.

        Events whose id is there already are passed over, so that a retry after an unclear failure doubles nothing.
        When it raises, nothing of it has been kept.
        """

    def assign(self, assigned: Sequence[Tuple[str, Tuple[str, ...]]]) -> None:
        """Set who is to label which samples."""

    def has_changed(self) -> bool:
        """Return, cheaply, whether somebody may have added something since the last reading."""

    def close(self) -> None:
        """Let go of files and connections; nothing is lost when it is never called."""


class ClaimingStore(LabelStore, Protocol):
    """A store that hands out samples one by one to labelers at different machines."""

    def claim_next(self, labeler: str, overlap: int, timeout_s: float) -> Optional[str]:
        """Reserve a sample that fewer than ``overlap`` others have labeled or hold; None when none is left."""

    def release(self, labeler: str) -> None:
        """Give back what a labeler holds and has not labeled."""
