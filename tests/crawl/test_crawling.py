"""What a crawl asks, stores, waits for and reports, with sources that answer from values."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from papergraph.crawl import Budget, CrawlReport, crawl_papers
from papergraph.errors import OfflineError, RefusedError, SourceError, UnavailableError
from papergraph.ingest import forget_review, ingest_review
from papergraph.library import Library
from papergraph.models import PaperRecord, ReferenceList, SourcedPaper, SourcedReference
from papergraph.show import show_paper
from tests.conftest import dump_tables
from tests.crawl.conftest import FakeClock, FakeNetwork, FakeSource

NOW = "2026-01-31T12:00:00Z"
MakeNetwork = Callable[..., FakeNetwork]
REVIEW = b"# Notes\n\n- [A net of nets](https://arxiv.org/abs/2101.00001)\n"


def record(title: str, *identifiers: str, source: str = "openalex", **values: Any) -> PaperRecord:
    return PaperRecord(title=title, source=f"source:{source}", identifiers=identifiers, **values)


def references(*records: PaperRecord, state: str = "complete") -> ReferenceList:
    return ReferenceList(
        state=state, references=tuple(SourcedReference(record=item) for item in records)
    )


NET = record("A net of nets", "arxiv:2101.00001", authors=("Ann Example",), year=2021)
BASE = record("The base of nets that came before", "doi:10.1/base", authors=("Bo Base",), year=2019)
STUB = PaperRecord(title="A book known by its title alone", source="source:openalex", kind="stub")


@pytest.fixture
def noted(bare: Library) -> Library:
    """A bare library with one review that names one paper."""
    ingest_review(bare, REVIEW, "notes.md", now=NOW)
    return bare


def crawl(library: Library, network: FakeNetwork, clock: FakeClock, **options: Any) -> CrawlReport:
    return crawl_papers(library, network, clock.as_clock(), **options)


def number_of(library: Library, identifier: str) -> int:
    return library.papers.by_identifier([identifier])[identifier]


def test_a_named_paper_gets_its_metadata_references_and_stubs(
    noted: Library, make_network: MakeNetwork, clock: FakeClock
) -> None:
    answer = SourcedPaper(record=NET, references=references(BASE, STUB))
    network = make_network(FakeSource(known={"arxiv:2101.00001": answer}))

    report = crawl(noted, network, clock)

    number = number_of(noted, "arxiv:2101.00001")
    paper = noted.papers.get([number])[number]
    cited = noted.papers.get(noted.citations.cited_by(number))
    assert (paper.authors, paper.year, paper.references_known) == (
        ("Ann Example",),
        2021,
        "complete",
    )
    assert sorted((card.title, card.kind) for card in cited.values()) == [
        (STUB.title, "stub"),
        (BASE.title, "article"),
    ]
    assert (report.resolved, report.new_papers, report.new_citations) == (1, 2, 2)


def test_a_second_crawl_asks_nothing(
    noted: Library, make_network: MakeNetwork, clock: FakeClock
) -> None:
    source = FakeSource(known={"arxiv:2101.00001": SourcedPaper(record=NET)})
    crawl(noted, make_network(source), clock)
    source.asked.clear()

    crawl(noted, make_network(source), clock)

    assert source.asked == []


def test_a_short_trouble_is_waited_out(
    noted: Library, make_network: MakeNetwork, clock: FakeClock
) -> None:
    source = FakeSource(
        known={"arxiv:2101.00001": SourcedPaper(record=NET)},
        trouble=[UnavailableError("openalex answered 503"), UnavailableError("again")],
    )

    report = crawl(noted, make_network(source), clock)

    assert (report.resolved, report.left) == (1, 0)
    assert clock.slept


def test_a_long_trouble_is_gone_around_and_reported(
    noted: Library, make_network: MakeNetwork, clock: FakeClock
) -> None:
    until = "2026-02-01T00:00:00Z"
    arxiv = FakeSource(name="arxiv", trouble=[UnavailableError("arxiv answered 429", until=until)])

    report = crawl(noted, make_network(arxiv), clock)

    (item,) = report.unsettled
    assert (report.left, item.state, item.until) == (1, "waiting", until)
    assert dict(item.answers)["arxiv"].startswith("waiting: arxiv answered 429")


def test_a_refused_source_does_not_stop_the_others(
    noted: Library, make_network: MakeNetwork, clock: FakeClock
) -> None:
    refusing = FakeSource(name="arxiv", trouble=[RefusedError("no")])
    other = FakeSource(known={"arxiv:2101.00001": SourcedPaper(record=NET)})

    report = crawl(noted, make_network(refusing, other), clock)

    assert (report.resolved, report.failed) == (1, 0)


def test_being_offline_stops_the_crawl_and_frees_its_papers(
    noted: Library, make_network: MakeNetwork, clock: FakeClock
) -> None:
    with pytest.raises(OfflineError):
        crawl(noted, make_network(FakeSource(trouble=[OfflineError("off")])), clock)

    assert noted.frontier.counts("paper") == {"waiting": 1}


def test_one_bad_identifier_does_not_spoil_the_batch(
    bare: Library, make_network: MakeNetwork, clock: FakeClock
) -> None:
    both = REVIEW + b"- [Another net of nets](https://arxiv.org/abs/2101.00002)\n"
    ingest_review(bare, both, "notes.md", now=NOW)
    other = record("Another net of nets", "arxiv:2101.00002", authors=("Cy Other",))
    known = {
        "arxiv:2101.00001": SourcedPaper(record=NET),
        "arxiv:2101.00002": SourcedPaper(record=other),
    }
    source = FakeSource(known=known, trouble=[SourceError("one id is bad")])

    assert crawl(bare, make_network(source), clock).resolved == 2


NAMED = b"# Papers\n\n- [1] A. Example. A net of very many nets. In NIPS, 2021.\n"


def test_a_title_is_looked_for_and_what_is_not_it_is_turned_down_with_the_reason(
    bare: Library, make_network: MakeNetwork, clock: FakeClock
) -> None:
    ingest_review(bare, NAMED, "n.md", now=NOW)
    wrong = record("A pond of very many frogs", "doi:10.1/wrong", year=2021)
    right = record("A Net of Very Many Nets", "doi:10.1/right", authors=("A. Example",), year=2021)
    source = FakeSource(titles={"A net of very many nets": (wrong, right)})

    crawl(bare, make_network(source), clock)

    assert number_of(bare, "doi:10.1/right")
    (rejection,) = bare.sourced.rejected()
    assert (rejection.offered, rejection.source) == ("doi:10.1/wrong", "source:openalex")


@pytest.mark.parametrize(
    ("found", "known", "listed"),
    [
        (references(state="withheld"), "none", "withheld"),
        (references(BASE, state="partial"), "partial", "partial"),
        (references(state="empty"), "none", "empty"),
    ],
)
def test_withheld_partial_and_empty_lists_are_told_apart(
    noted: Library,
    make_network: MakeNetwork,
    clock: FakeClock,
    found: ReferenceList,
    known: str,
    listed: str,
) -> None:
    source = FakeSource(
        known={"arxiv:2101.00001": SourcedPaper(record=NET)}, lists={"arxiv:2101.00001": found}
    )

    crawl(noted, make_network(source), clock)

    number = number_of(noted, "arxiv:2101.00001")
    assert noted.papers.get([number])[number].references_known == known
    assert [item.state for item in noted.sourced.lists_of([number])[number]] == [listed]


def test_a_list_that_failed_is_no_empty_list(
    noted: Library, make_network: MakeNetwork, clock: FakeClock
) -> None:
    whole = SourcedPaper(record=NET)
    crossref = FakeSource(name="crossref", trouble=[SourceError("crossref sent half a body")])
    network = make_network(FakeSource(known={"arxiv:2101.00001": whole}), crossref)

    crawl(noted, network, clock)

    number = number_of(noted, "arxiv:2101.00001")
    (failed,) = noted.sourced.lists_of([number])[number]
    assert (failed.state, failed.detail) == ("failed", "crossref sent half a body")


def test_depth_two_looks_up_what_the_named_papers_cite(
    noted: Library, make_network: MakeNetwork, clock: FakeClock
) -> None:
    source = FakeSource(
        known={
            "arxiv:2101.00001": SourcedPaper(record=NET, references=references(BASE)),
            "doi:10.1/base": SourcedPaper(record=BASE, references=references(STUB)),
        }
    )

    report = crawl(noted, make_network(source), clock, depth=2)

    assert report.resolved == 2
    assert len(noted.citations.cited_by(number_of(noted, "doi:10.1/base"))) == 1


TWO = REVIEW + b"- [Another net of nets](https://arxiv.org/abs/2101.00002)\n"


def test_a_limit_of_papers_stops_and_the_next_crawl_goes_on(
    bare: Library, make_network: MakeNetwork, clock: FakeClock
) -> None:
    ingest_review(bare, TWO, "notes.md", now=NOW)
    network = make_network(FakeSource(known={"arxiv:2101.00001": SourcedPaper(record=NET)}))

    first = crawl(bare, network, clock, budget=Budget(papers=1))
    second = crawl(bare, network, clock)

    assert (first.left, first.stopped_by) == (1, "the limit of 1 papers")
    assert (second.left, second.stopped_by) == (0, None)


def test_a_limit_of_minutes_stops_between_batches(
    noted: Library, make_network: MakeNetwork, clock: FakeClock
) -> None:
    network = make_network(FakeSource(trouble=[UnavailableError("try later") for _ in range(3)]))

    report = crawl(noted, network, clock, budget=Budget(minutes=1 / 60))

    assert (report.left, report.stopped_by) == (1, "the limit of 0.0166667 minutes")


def test_with_a_key_semantic_scholar_is_asked_first_and_without_one_last(
    noted: Library, make_network: MakeNetwork, clock: FakeClock
) -> None:
    answer = SourcedPaper(record=NET, references=references(BASE))
    order: list[str] = []

    class Noting(FakeSource):
        def _note(self, what: str) -> None:
            order.append(self.name)

    sources = [Noting(name=name, known={"arxiv:2101.00001": answer}) for name in ("openalex", "s2")]
    crawl(noted, make_network(*sources, keyed=("s2",)), clock)

    assert order == ["s2"]


def test_the_same_answers_in_another_order_end_in_the_same_library(
    bare: Library, make_network: MakeNetwork, clock: FakeClock
) -> None:
    known = {
        "arxiv:2101.00001": SourcedPaper(record=NET, references=references(BASE, STUB)),
        "doi:10.1/base": SourcedPaper(record=BASE, references=references(STUB)),
    }
    text = REVIEW + b"- [The base of nets that came before](https://doi.org/10.1/base)\n"
    ends = []
    for limit in (1, 50):
        library = Library.open(None)
        ingest_review(library, text, "notes.md", now=NOW)
        for _ in range(3):
            crawl(
                library, make_network(FakeSource(known=known)), clock, budget=Budget(papers=limit)
            )
        ends.append(dump_tables(library)["citations"])
        library.close()

    assert ends[0] == ends[1]


def test_open_copies_and_code_are_asked_for_when_it_is_wished(
    noted: Library, make_network: MakeNetwork, clock: FakeClock
) -> None:
    found = record("A net of nets", "arxiv:2101.00001", source="hf", code="https://example.org/c")
    hf = FakeSource(name="hf", known={"arxiv:2101.00001": SourcedPaper(record=found)})
    network = make_network(FakeSource(known={"arxiv:2101.00001": SourcedPaper(record=NET)}), hf)

    crawl(noted, network, clock)
    before = list(hf.asked)
    crawl(noted, network, clock, links=True)
    crawl(noted, network, clock, links=True)

    number = number_of(noted, "arxiv:2101.00001")
    codes = [item.code for item in noted.papers.records([number])[number] if item.code]
    assert (before, hf.asked, codes) == ([], ["arxiv:2101.00001"], ["https://example.org/c"])


def test_a_forgotten_review_takes_what_was_looked_up_for_it_along(
    noted: Library, make_network: MakeNetwork, clock: FakeClock
) -> None:
    answer = SourcedPaper(record=NET, references=references(BASE, STUB))
    crawl(noted, make_network(FakeSource(known={"arxiv:2101.00001": answer})), clock)
    kept = b"# Notes\n\n- [The base of nets that came before](https://doi.org/10.1/base)\n"
    ingest_review(noted, kept, "other.md", now=NOW)

    forget_review(noted, "notes.md")

    cards = noted.papers.get(range(1, 10)).values()
    assert [card.title for card in cards] == [BASE.title]


def test_the_words_of_those_who_cite_a_paper_are_shown(
    noted: Library, make_network: MakeNetwork, clock: FakeClock
) -> None:
    said = SourcedReference(
        record=BASE, contexts=("We build on [3].",), intents=("methodology",), is_influential=True
    )
    listed = ReferenceList(state="complete", references=(said,))
    answer = SourcedPaper(record=NET, references=listed)
    crawl(noted, make_network(FakeSource(known={"arxiv:2101.00001": answer})), clock)

    (quote,) = show_paper(noted, "doi:10.1/base").quotes

    assert (quote["text"], quote["intents"], quote["influential"]) == (
        "We build on [3].",
        ["methodology"],
        True,
    )
    assert quote["paper"]["title"] == NET.title
