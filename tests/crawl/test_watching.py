"""Looking for news: who cites what is followed, what a category announces, and how seldom."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from papergraph.crawl import watch_papers
from papergraph.errors import UnavailableError
from papergraph.library import Library
from papergraph.models import PaperRecord, SourcedReference
from papergraph.news import follow_category
from tests.crawl.conftest import FakeClock, FakeNetwork, FakeSource

NOW = "2026-01-31T12:00:00Z"
CITING = PaperRecord(
    title="A paper that cites the nets",
    source="source:openalex",
    identifiers=("doi:10.1/citing",),
    year=2026,
)


@dataclass
class Citing(FakeSource):
    """A source that knows who cites a paper, and what is new in a category."""

    citing: tuple[PaperRecord, ...] = ()
    announced: tuple[PaperRecord, ...] = ()
    categories: list[str] = field(default_factory=list)

    def citations(self, identifier: str, *, limit: int = 100) -> tuple[SourcedReference, ...]:
        self._note(f"citations {identifier}")
        said = ("As the nets of [3] show, it works.",)
        return tuple(SourcedReference(record=item, contexts=said) for item in self.citing[:limit])

    def new_papers(self, category: str) -> tuple[PaperRecord, ...]:
        self._note(f"new {category}")
        return self.announced


@pytest.fixture
def read(bare: Library) -> int:
    """A paper that the reader has read."""
    number = bare.papers.add(
        PaperRecord(title="The nets", source="corpus:x", identifiers=("arxiv:2101.00001",)), NOW
    )
    bare.states.put([number], "read", reader="me", now=NOW)
    return number


def test_papers_citing_what_was_read_are_news_with_their_words(
    bare: Library, read: int, make_network: Callable[..., FakeNetwork], clock: FakeClock
) -> None:
    network = make_network(Citing(citing=(CITING,)))

    report = watch_papers(bare, network, clock.as_clock())

    citing = bare.papers.by_identifier(["doi:10.1/citing"])["doi:10.1/citing"]
    (words,) = bare.sourced.contexts_between([(citing, read)])[citing, read]
    assert (report.news, report.new_citations) == (1, 1)
    assert bare.watches.news("") == {citing: [f"cites p{read}"]}
    assert words.contexts == ("As the nets of [3] show, it works.",)


def test_a_paper_is_asked_about_once_a_week_and_a_category_once_a_day(
    bare: Library, read: int, make_network: Callable[..., FakeNetwork], clock: FakeClock
) -> None:
    follow_category(bare, "cs.CV", now=NOW)
    arxiv, citing = Citing(name="arxiv", schemes=()), Citing(citing=(CITING,))
    asked = []
    for day in (0, 0, 1, 7):
        clock.moment = clock.moment.replace(month=2, day=1 + day)
        watch_papers(bare, make_network(arxiv, citing), clock.as_clock())
        asked.append((len(arxiv.asked), len(citing.asked)))

    assert asked == [(1, 1), (1, 1), (2, 1), (3, 2)]


def test_trouble_is_a_warning_and_the_next_look_asks_again(
    bare: Library, read: int, make_network: Callable[..., FakeNetwork], clock: FakeClock
) -> None:
    source = Citing(citing=(CITING,), trouble=[UnavailableError("openalex answered 503")])

    first = watch_papers(bare, make_network(source), clock.as_clock())
    second = watch_papers(bare, make_network(source), clock.as_clock())

    assert (len(first.warnings), first.news) == (1, 0)
    assert (second.warnings, second.news) == ((), 1)
