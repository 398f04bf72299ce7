"""What imagery a labeler has seen of the sample looked at, in the words that are written with the label."""

from __future__ import annotations

from typing import Iterable, List, Tuple

_SEPARATOR = "; "


class SeenImagery:
    """Gathers titles and dates while one sample is looked at."""

    def __init__(self) -> None:
        self._titles: List[str] = []
        self._dates: List[str] = []

    def start(self) -> None:
        """Forget: another sample is shown."""
        self._titles, self._dates = [], []

    def add(self, shown: Iterable[Tuple[str, str]]) -> None:
        """Take in what is shown now: title and ISO date, "" where that is unknown, of each view."""
        for title, day in shown:
            if title and title not in self._titles:
                self._titles.append(title)
            if day and day not in self._dates:
                self._dates.append(day)

    @property
    def imagery(self) -> str:
        """The titles, in order of appearance."""
        return _SEPARATOR.join(self._titles)

    @property
    def imagery_date(self) -> str:
        """The dates, oldest first."""
        return _SEPARATOR.join(sorted(self._dates))
