"""Which paper is meant: without an arXiv id, by a wrong one, by one that nothing answers to."""

from __future__ import annotations

import pytest
from papergraph.errors import AmbiguousError, NotFoundError
from papergraph.exchange import import_bibliography
from papergraph.ingest import ingest_review
from papergraph.library import Library
from papergraph.models import PaperRecord
from papergraph.reading import order_papers, plan_reading
from papergraph.recommend import recommend_next
from tests.conftest import NOW, add_papers

WRONG = "arxiv:1011.1669"
TITLES = (
    "Learning several layers of features from tiny pictures",
    "Gradient descent applied to the recognition of documents",
    "Reading house numbers in natural scenes without labels",
    "A database of handwritten digits",
)


def bibliography(titles: tuple[str, ...]) -> bytes:
    """Entries that a reference manager gave one wrong arXiv id."""
    entries = (
        f"@article{{k{n}, title={{{title}}}, author={{Author, {chr(65 + n)}.}},"
        f" year={{{1998 + n}}},"
        f" eprint={{1011.1669}}, archivePrefix={{arXiv}}}}"
        for n, title in enumerate(titles)
    )
    return "\n".join(entries).encode()


def stored_titles(library: Library) -> set[str]:
    return {paper.title for paper in library.papers.get(range(1, 20)).values()}


@pytest.mark.parametrize("enter", ["ingest", "import"])
def test_an_id_that_three_different_titles_claim_is_nobodys(bare: Library, enter: str) -> None:
    if enter == "ingest":
        ingest_review(bare, bibliography(TITLES), "/refs.bib", now=NOW)
    else:
        import_bibliography(bare, bibliography(TITLES), "refs.bib", now=NOW)

    assert stored_titles(bare) == set(TITLES)
    with pytest.raises(NotFoundError):
        plan_reading(bare, [WRONG])
    ordered = order_papers(bare, TITLES[::-1])
    assert [paper.title for paper in ordered.order] == list(TITLES)


@pytest.mark.parametrize("enter", ["ingest", "import"])
def test_an_id_that_one_title_claims_in_three_spellings_is_its_own(
    bare: Library, enter: str
) -> None:
    one = "Gradient descent applied to the recognition of documents"
    spelt = (one, one.upper(), f"{one}: an introduction")
    if enter == "ingest":
        ingest_review(bare, bibliography(spelt), "/refs.bib", now=NOW)
    else:
        import_bibliography(bare, bibliography(spelt), "refs.bib", now=NOW)

    assert plan_reading(bare, [WRONG]).targets[0].title.casefold().startswith(one.casefold())


LSTM = "Long short-term memory"


@pytest.fixture
def memory(bare: Library) -> Library:
    """A paper of 1997 without an arXiv id, and two called Adam."""
    add_papers(
        bare,
        PaperRecord(
            title=LSTM,
            source="starter",
            authors=("Sepp Hochreiter",),
            year=1997,
            nicknames=("LSTM",),
        ),
        PaperRecord(title="Adam", source="starter", authors=("A. Gardener",), year=1950),
        PaperRecord(title="Adam", source="corpus:x", authors=("D. Kingma",), year=2014),
    )
    return bare


@pytest.mark.parametrize("text", [LSTM, LSTM.upper(), "Long Short Term Memory.", "LSTM", "p1"])
def test_a_paper_without_an_arxiv_id_answers_to_its_title_and_names(
    memory: Library, text: str
) -> None:
    assert plan_reading(memory, [text]).targets[0].id == "p1"


@pytest.mark.parametrize(
    ("entry", "is_known"),
    [
        ("title={Long Short-Term Memory}, author={Hochreiter, S.}, year={1997}", True),
        ("title={Long Short-Term Memory}, author={Hochreiter, S.}, year={1998}", True),
        ("title={Long Short-Term Memory}, author={Somebody, E.}, year={2017}", False),
        ("title={Adam}, author={Kingma, D.}, year={2014}", True),
        ("title={Adam}, author={Smith, E.}, year={1776}", False),
    ],
)
def test_title_author_and_year_are_the_key_without_an_id(
    memory: Library, entry: str, is_known: bool
) -> None:
    import_bibliography(memory, f"@article{{k, {entry}}}".encode(), "refs.bib", now=NOW)

    assert len(memory.papers.get(range(1, 20))) == (3 if is_known else 4)


def test_a_title_that_two_papers_have_is_not_guessed(memory: Library) -> None:
    with pytest.raises(AmbiguousError, match="2 papers answer to 'Adam'"):
        plan_reading(memory, ["Adam"])


@pytest.mark.parametrize("text", ["p99", "arxiv:2001.00001", "Deep memories of short-term gardens"])
def test_what_is_unknown_is_refused_by_every_verb(memory: Library, text: str) -> None:
    for ask in (
        lambda: plan_reading(memory, [text]),
        lambda: plan_reading(memory, ["LSTM"], known=[text]),
        lambda: order_papers(memory, ["LSTM", text]),
        lambda: recommend_next(memory, [text]),
    ):
        with pytest.raises(NotFoundError, match="no paper answers") as caught:
            ask()
        assert len(caught.value.nearest) <= 3
