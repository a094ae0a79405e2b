"""Small graphs drawn in a test: papers are letters, "c>a" has c cite a, or rest on it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from papergraph.library import Library, StoredRelation
from papergraph.models import (
    Lineage,
    OrderedPapers,
    Paper,
    PaperRecord,
    ReadingPath,
    Recommendation,
    paper_id,
)
from papergraph.reading import (
    find_lineage,
    find_ready,
    order_papers,
    plan_reading,
    strike_prerequisite,
)
from papergraph.recommend import recommend_next
from tests.conftest import NOW, add_papers


@dataclass(frozen=True, kw_only=True)
class Drawing:
    """A library of drawn papers, asked and answered in letters."""

    library: Library
    numbers: dict[str, int]

    def ids(self, letters: Iterable[str]) -> list[str]:
        """Ids of papers."""
        return [paper_id(self.numbers[letter]) for letter in letters]

    def letters(self, papers: Iterable[Paper]) -> str:
        """Write papers as letters."""
        named = {paper_id(number): letter for letter, number in self.numbers.items()}
        return "".join(named[str(paper.id)] for paper in papers)

    def path(self, targets: str, known: str = "", **budget: float) -> ReadingPath:
        """Plan a path to the targets."""
        return plan_reading(self.library, self.ids(targets), known=self.ids(known), **budget)

    def steps(self, targets: str, known: str = "", **budget: float) -> str:
        """Letters of the steps of a path, first to last."""
        return self.letters(step.paper for step in self.path(targets, known, **budget).steps)

    def ordered(self, letters: str) -> OrderedPapers:
        """Put papers in order."""
        return order_papers(self.library, self.ids(letters))

    def order(self, letters: str) -> str:
        """Letters of papers in order."""
        return self.letters(self.ordered(letters).order)

    def lineage(self, letter: str) -> Lineage:
        """Trace the lineage of a paper."""
        return find_lineage(self.library, *self.ids(letter))

    def chain(self, letter: str) -> str:
        """Letters of the chain of a lineage, oldest first."""
        return self.letters(link.paper for link in self.lineage(letter).chain)

    def recommended(self, known: str, **asked: object) -> tuple[Recommendation, ...]:
        """Recommend what to read next."""
        return recommend_next(self.library, self.ids(known), **asked)

    def next(self, known: str, **asked: object) -> str:
        """Letters of what to read next, best first."""
        return self.letters(item.paper for item in self.recommended(known, **asked))

    def strike(self, later: str, earlier: str) -> None:
        """Have the reader say that one is not to be read before the other."""
        strike_prerequisite(self.library, *self.ids((later, earlier)), now=NOW)

    def ready(self, known: str) -> str:
        """Letters of what is ready."""
        return self.letters(item.paper for item in find_ready(self.library, self.ids(known)))


def draw(
    library: Library,
    papers: str,
    *,
    cites: str = "",
    says: str = "",
    kinds: dict[str, str] | None = None,
    titles: dict[str, str] | None = None,
) -> Drawing:
    """Store drawn papers: `papers` "a:2010-01 b:2011 c" with dates, the others as pairs "b>a".

    `says` has a curator say that one extends the other; titles are "Paper A" unless given.
    """
    dated = [part.partition(":") for part in papers.split()]
    numbers = add_papers(
        library,
        *(
            PaperRecord(
                title=(titles or {}).get(letter, f"Paper {letter.upper()}"),
                source="starter",
                published=date or None,
                year=int(date[:4]) if date else None,
                kind=(kinds or {}).get(letter, "article"),
            )
            for letter, _, date in dated
        ),
    )
    named = {letter: number for (letter, _, _), number in zip(dated, numbers, strict=True)}
    source = library.papers.add_source("starter", "curated", NOW)
    library.citations.add(list(_pairs(cites, named)), source)
    library.reviews.add_relations(
        [
            StoredRelation(
                later=later,
                earlier=earlier,
                kind="extends",
                origin_kind="curated",
                source="starter",
                text="a step further",
            )
            for later, earlier in _pairs(says, named)
        ],
        source,
    )
    library.touch_graph()
    return Drawing(library=library, numbers=named)


def _pairs(text: str, named: dict[str, int]) -> Iterable[tuple[int, int]]:
    for pair in text.split():
        later, _, earlier = pair.partition(">")
        for letter in earlier:
            yield named[later], named[letter]
