"""Why a paper is proposed: what links it to the papers read last, in words and counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from papergraph.graph import AncestorSource
from papergraph.graph.following import RECENT, LinkCounter, Links
from papergraph.library import Library
from papergraph.models import Evidence
from papergraph.text import counted, of_citers, shorten

_SHOWN = 2
_NEAR = 0.5  # a cosine to a paper that was just read; less is not worth saying
_CITES, _IS_CITED, _SAME_AUTHORS = 0.5, 0.3, 0.4
_MIDDLE, _A_STAR = 3.0, 0.25  # stars of a paper that counts as one not rated, what a star adds
_NAMED = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """What was read, liked and not wanted, and the graph as it stood.

    `liked` is what was read without what was rated low, oldest first. `past` marks who counts as
    citing, (n,) bool.
    """

    library: Library
    source: AncestorSource
    read: Sequence[int]
    liked: Sequence[int]
    unwanted: Sequence[int]
    stars: Mapping[int, float]
    now: float | None
    past: NDArray[np.bool_]
    counts: NDArray[np.int64]

    @property
    def recent(self) -> list[int]:
        """The papers liked last, the last one first: where the reader is going."""
        return list(self.liked[::-1][:RECENT])

    def weight_of(self, number: int) -> float:
        """How much a paper that was liked counts; 1 when it is not rated."""
        return 1.0 + _A_STAR * (self.stars.get(number, _MIDDLE) - _MIDDLE)

    def years_of(self, places: NDArray[np.int64]) -> NDArray[np.float64]:
        """How old papers were, infinite without a time, NaN for those that were not there yet."""
        if self.now is None:
            return np.full(len(places), np.inf)
        dates = np.full(len(places), np.inf)
        inside = places < len(self.source.dates)
        dates[inside] = self.source.dates[places[inside]]
        return np.where(dates <= self.now, self.now - dates, np.nan)

    def meaning_of(self, numbers: Sequence[int]) -> NDArray[np.float32]:
        """Cosines to the papers liked last, (n, k); k is 0 when those have no vectors."""
        found = self.library.vectors.cosines_between(numbers, self.recent)
        return np.zeros((len(numbers), 0), dtype=np.float32) if found is None else found

    def authors_of(self, numbers: Sequence[int]) -> list[dict[str, str]]:
        """The authors of papers: in small letters, and as written."""
        found = self.library.papers.bylines.authors_of(numbers)
        return [{name.casefold(): name for name in found.get(number, ())} for number in numbers]


class Reasons:
    """Says what links the papers chosen to those read last."""

    def __init__(self, here: Moment, chosen: Sequence[int]) -> None:
        self._here, self._recent = here, here.recent
        self._counter = LinkCounter(here.source.graph, here.liked, here.past)
        facts = here.source.facts(self._recent)
        self._names = {number: found.name for number, found in facts.items()}
        rows = {number: row for row, number in enumerate(chosen)}
        self._rows, self._cosines = rows, here.meaning_of(chosen)
        self._authors = dict(zip(chosen, here.authors_of(chosen), strict=True))
        self._read_authors = here.authors_of(self._recent)

    def of(self, number: int) -> list[Evidence]:
        """All that links one of the papers to those read last."""
        found: list[Evidence] = []
        for link in self._counter.links_of(number):
            if link.number in self._names and link.number != number:
                found += _linked(link, self._told(link.number))
        return [*found, *self._by_authors(number), *self._by_meaning(number)]

    def _told(self, number: int) -> str:
        stars = self._here.stars.get(number)
        rated = "" if stars is None else f" (which you gave {stars:g} of 5)"
        return self._names[number] + rated

    def _by_authors(self, number: int) -> list[Evidence]:
        """The paper read last that shares most authors with one."""
        own = self._authors[number]
        shared = [
            (len(keys), other, [own[key] for key in own if key in keys])
            for other, authors in zip(self._recent, self._read_authors, strict=True)
            if other in self._names and (keys := own.keys() & authors.keys())
        ]
        if not shared:
            return []
        _, other, names = max(shared, key=lambda item: item[0])
        others = f" and {counted(len(names) - 2, 'other')}" if len(names) > 2 else ""
        said = ", ".join(names[:2]) if others else " and ".join(names[:2])
        text = f"{said}{others} wrote it and {self._told(other)}"
        return [
            Evidence(kind="title", text=text, source="authors", weight=_SAME_AUTHORS, stated=True)
        ]

    def _by_meaning(self, number: int) -> list[Evidence]:
        """The paper read last that is nearest to one in meaning."""
        cosines = self._cosines[self._rows[number]]
        nearest = int(cosines.argmax()) if len(cosines) else 0
        if not len(cosines) or cosines[nearest] < _NEAR or self._recent[nearest] not in self._names:
            return []
        name = shorten(self._told(self._recent[nearest]), _NAMED)
        text = f"near {name!r} by meaning"
        return [Evidence(kind="embedding", text=text, weight=float(cosines[nearest]))]


def strongest(evidence: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """The reasons worth showing: what is stated, then what weighs most."""
    distinct = list({item.text: item for item in evidence}.values())
    ranked = sorted(distinct, key=lambda item: (not item.stated, -item.weight, item.text))
    return tuple(ranked[:_SHOWN])


def counted_evidence(kind: str, text: str, weight: float, *, stated: bool = False) -> Evidence:
    """Evidence that is counted in the citations of the library."""
    return Evidence(kind=kind, text=text, source="citations", weight=weight, stated=stated)


def _linked(link: Links, name: str) -> list[Evidence]:
    """Say how citations link a paper to one that was read."""
    found: list[Evidence] = []
    if link.shared:
        text = f"cited together with {name} by {of_citers(link.shared, link.citers)}"
        found.append(counted_evidence("cocitation", text, link.shared / link.citers**0.5))
    if link.cites:
        found.append(counted_evidence("citation", f"it cites {name}", _CITES, stated=True))
    if link.is_cited:
        found.append(counted_evidence("citation", f"{name} cites it", _IS_CITED, stated=True))
    if link.common:
        text = f"it cites {link.common} of the {link.references} papers here that {name} cites"
        found.append(counted_evidence("coupling", text, link.common / link.references))
    return found
