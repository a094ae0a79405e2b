"""Where the graph's questions get their facts: the arrays, facts of papers, and people's claims."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from papergraph.graph.csr import CitationGraph
from papergraph.models import Claim, PaperFacts

Pair = tuple[int, int]
Meaning = Callable[[int, Sequence[int]], NDArray[np.floating[Any]] | None]


class AncestorSource:
    """Where the facts about papers come from; what was asked once is remembered.

    Parameters
    ----------
    graph
        The citation graph.
    facts
        Gives facts of papers by number; unknown ones are left out.
    claims
        Gives the claims that have one of these papers at either end; None where nobody says
        anything.
    dates
        (n,) float64 years by paper number, infinite where unknown.
    own
        What the reader said: claims, and (later, earlier) pairs that count no more, whoever speaks
        for them.
    meaning
        Gives the cosines of a paper's meaning with those of others, None when it is not known.
    """

    def __init__(
        self,
        graph: CitationGraph,
        facts: Callable[[Collection[int]], Mapping[int, PaperFacts]],
        claims: Callable[[Collection[int]], Iterable[Claim]] | None,
        dates: NDArray[np.float64],
        own: tuple[Collection[Claim], Collection[Pair]] = ((), ()),
        *,
        meaning: Meaning | None = None,
    ) -> None:
        self.graph = graph
        self.dates = dates
        self._load_facts = facts
        self._load_claims = claims
        self._own, self._struck = own
        self._meaning = meaning
        self._facts: dict[int, PaperFacts] = {}
        self._claims: dict[int, list[Claim]] = {}

    @property
    def is_silent(self) -> bool:
        """Is there nobody who says what follows what, so that only citations speak?"""
        return self._load_claims is None and not self._own

    def is_struck(self, later: int, earlier: int) -> bool:
        """Did the reader say that `earlier` is not to be read before `later`?"""
        return (later, earlier) in self._struck

    def meaning(self, number: int, others: Sequence[int]) -> NDArray[np.floating[Any]] | None:
        """Cosines of a paper's meaning with those of others, (n,); None when it is not known."""
        return self._meaning(number, others) if self._meaning else None

    def facts(self, numbers: Collection[int]) -> dict[int, PaperFacts]:
        """Facts of these papers; unknown ones are left out."""
        missing = [number for number in numbers if number not in self._facts]
        if missing:
            self._facts |= self._load_facts(missing)
        return {number: self._facts[number] for number in numbers if number in self._facts}

    def claims(self, number: int) -> list[Claim]:
        """Claims that have `number` at either end."""
        if number not in self._claims:
            self.load_claims([number])
        return self._claims[number]

    def load_claims(self, numbers: Collection[int]) -> None:
        """Ask for the claims of many papers at once, to be remembered."""
        missing = [number for number in dict.fromkeys(numbers) if number not in self._claims]
        if not missing:
            return
        self._claims |= {number: [] for number in missing}
        wanted = set(missing)
        found = self._load_claims(missing) if self._load_claims else ()
        said = (c for c in found if not self.is_struck(c.later, c.earlier))
        for claim in (*said, *self._own):
            for end in {claim.later, claim.earlier} & wanted:
                self._claims[end].append(claim)
