"""One box: the known item first, then words, then meaning; odd queries are only text."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from papergraph.embed import embed_papers
from papergraph.errors import InputError
from papergraph.ingest import ingest_review
from papergraph.library import Library
from papergraph.models import PaperRecord, SearchAnswer
from papergraph.search import SearchFilter, prepare_search, search_papers
from tests.conftest import NOW, HashingEmbedder, add_papers

TEXTS = (
    ("Reading zip codes", "Handwritten digits are told apart by shared weights."),
    ("Sorting parcels by hand", "Clerks sort parcels."),
    ("A theory of weights", "Shared weights everywhere, shared again."),
    ("注意力机制综述", "关于注意力的综述"),
    ("Нейронные сети", "Обзор нейронных сетей"),
)


@pytest.fixture
def small(bare: Library) -> Library:
    """Five papers, numbers 1 to 5, of the years 2001 to 2005, embedded by hashed words."""
    records = [
        PaperRecord(title=title, abstract=text, source="starter", year=2001 + n)
        for n, (title, text) in enumerate(TEXTS)
    ]
    add_papers(bare, *records)
    embed_papers(bare, HashingEmbedder())
    return bare


def ids(answer: SearchAnswer) -> list[str | None]:
    return [hit.paper.id for hit in answer.hits]


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("ResNet", "ResNet"),
        ("resnet", "ResNet"),
        ("faster rcnn", "Faster R-CNN"),
        ("arxiv:1512.03385", "ResNet"),
        ("https://arxiv.org/abs/1706.03762", "Transformer"),
        ("Deep Residual Learning for Image Recognition", "ResNet"),
        ("deep residual lerning for image recogniton", "ResNet"),
        ("attention is all you need", "Transformer"),
        ("LSTM", "LSTM"),
    ],
)
def test_the_known_item_comes_first(
    shared_starter: Library, embedder: HashingEmbedder, query: str, name: str
) -> None:
    answer = search_papers(shared_starter, query, embedder=embedder, limit=5)

    assert answer.hits[0].paper.name == name
    assert answer.hits[0].why[0].text.startswith("this is its ")


def test_scores_run_from_one_down_to_zero(shared_starter: Library) -> None:
    scores = [hit.score for hit in search_papers(shared_starter, "image networks").hits]

    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)


def test_words_are_found_in_titles_and_abstracts(small: Library) -> None:
    answer = search_papers(small, "shared weights", mode="words")

    assert set(ids(answer)) == {"p1", "p3"}
    assert any("weights" in why.text for why in answer.hits[0].why)


def test_meaning_ranks_by_the_model(small: Library, embedder: HashingEmbedder) -> None:
    answer = search_papers(small, "clerks sort parcels", embedder=embedder, mode="meaning", limit=1)

    assert ids(answer) == ["p2"]
    assert answer.hits[0].why[-1].kind == "embedding"


def test_meaning_without_a_model_finds_nothing(small: Library) -> None:
    assert search_papers(small, "parcels", mode="meaning").hits == ()


def test_words_and_meaning_are_summed(small: Library, embedder: HashingEmbedder) -> None:
    words = search_papers(small, "shared weights", mode="words")
    both = search_papers(small, "shared weights", embedder=embedder)

    assert set(ids(words)) <= set(ids(both))
    assert set(ids(both)[:2]) == {"p1", "p3"}


def test_papers_not_embedded_yet_are_told(small: Library, embedder: HashingEmbedder) -> None:
    add_papers(small, PaperRecord(title="Too new", source="starter"))

    answer = search_papers(small, "parcels", embedder=embedder)

    assert answer.notes == ("1 papers are not ready for search by meaning yet",)


def test_a_phrase_needs_its_words_in_order(small: Library) -> None:
    assert ids(search_papers(small, '"shared weights"', mode="words")) == ["p3", "p1"]
    assert ids(search_papers(small, '"weights shared"', mode="words")) == []


@pytest.mark.parametrize(
    ("allowed", "papers"),
    [
        (SearchFilter(year_from=2002), {"p3"}),
        (SearchFilter(year_to=2002), {"p1"}),
        (SearchFilter(year_from=2001, year_to=2003), {"p1", "p3"}),
        (SearchFilter(year_from=2009), set()),
        (SearchFilter(state="read"), {"p3"}),
        (SearchFilter(state="unread"), {"p1"}),
        (SearchFilter(state="queued"), set()),
    ],
)
def test_filters_leave_out_papers(small: Library, allowed: SearchFilter, papers: set[str]) -> None:
    small.states.put([3], "read", reader="me", now=NOW)

    assert set(ids(search_papers(small, "shared weights", allowed=allowed))) == papers


def test_filters_are_applied_before_the_limit(bare: Library) -> None:
    records = [
        PaperRecord(title=f"Networks number {n}", source="starter", year=2000 + n // 100)
        for n in range(300)
    ]
    add_papers(bare, *records)

    answer = search_papers(bare, "networks", limit=10, allowed=SearchFilter(year_from=2001))

    assert len(answer.hits) == 10


@pytest.mark.parametrize(
    ("query", "paper"),
    [("注意力机制综述", "p4"), ("нейронные сети", "p5"), ("НЕЙРОННЫЕ", "p5")],
)
def test_other_scripts_are_found(small: Library, query: str, paper: str) -> None:
    assert ids(search_papers(small, query))[0] == paper


@pytest.mark.parametrize(
    "query",
    [
        "",
        "   ",
        "?!",
        '"',
        '""',
        '"unclosed phrase',
        "a* OR b*",
        "NEAR(shared weights, 2)",
        "title: weights",
        "shared AND NOT",
        "'; DROP TABLE papers; --",
        '" OR 1=1; --',
        "%_%",
        "\x00\x01",
        "\ud800",
        "(((((",
        "😀",
        "the of and",
        "p1",
        "p99999999999999999999",
        "http://",
        "https://[broken",
        "doi:",
    ],
)
def test_odd_queries_are_only_text(small: Library, embedder: HashingEmbedder, query: str) -> None:
    for mode in ("hybrid", "words", "meaning"):
        search_papers(small, query, embedder=embedder, mode=mode)

    assert small.papers.count() == 5
    assert small.check() == []


def test_a_very_long_query_is_cut(small: Library, embedder: HashingEmbedder) -> None:
    long = "shared weights " * 1000 + "parcels"

    answer = search_papers(small, long, embedder=embedder)

    assert len(answer.query) <= 10_000
    assert "p3" in ids(answer)
    assert answer.took_ms < 2000


def test_an_empty_library_finds_nothing(bare: Library, embedder: HashingEmbedder) -> None:
    for mode in ("hybrid", "words", "meaning"):
        assert search_papers(bare, "networks", embedder=embedder, mode=mode).hits == ()


def test_an_unknown_mode_is_an_error(bare: Library) -> None:
    with pytest.raises(InputError, match="no search mode 'magic'; known are hybrid"):
        search_papers(bare, "x", mode="magic")


@pytest.mark.parametrize("limit", [0, -1, 501])
def test_a_bad_limit_is_an_error(bare: Library, limit: int) -> None:
    with pytest.raises(InputError, match="from 1 to 500"):
        search_papers(bare, "x", limit=limit)


def test_a_sentence_of_a_review_says_why(starter: Library) -> None:
    text = b"# Notes\n\nVGG is my favourite breakfast network for sleepy mornings.\n"
    ingest_review(starter, text, "/notes.md", now=NOW)

    (hit, *_) = search_papers(starter, "sleepy breakfast mornings", mode="words").hits

    assert hit.paper.name == "VGG"
    quote = next(why for why in hit.why if why.kind == "review")
    assert (quote.where, quote.stated) == ("/notes.md:3", True)


def test_every_hit_says_why(shared_starter: Library, embedder: HashingEmbedder) -> None:
    answer = search_papers(shared_starter, "generative image models", embedder=embedder)

    assert len(answer.hits) == 20
    assert all(hit.why for hit in answer.hits)


def test_search_does_not_depend_on_the_order_of_ingest() -> None:
    found = []
    for order in (TEXTS, TEXTS[::-1]):
        library = Library.open(None)
        records = (PaperRecord(title=t, abstract=a, source="starter") for t, a in order)
        add_papers(library, *records)
        embed_papers(library, HashingEmbedder())
        answer = search_papers(library, "shared weights", embedder=HashingEmbedder())
        found.append([(hit.paper.title, round(hit.score, 4)) for hit in answer.hits])

    assert found[0] == found[1]


def test_a_saved_index_follows_changed_vectors(tmp_path, embedder: HashingEmbedder) -> None:
    library = Library.open(tmp_path / "library.db")
    records = [(str(n), PaperRecord(title=f"Plain {n}", source="corpus:x")) for n in range(2100)]
    library.bulk.add_records("corpus:x", records, NOW)
    embed_papers(library, embedder)
    search_papers(library, "zebra", embedder=embedder, mode="meaning")

    library.papers.put_record(7, PaperRecord(title="Zebra", source="reader:me"), NOW)
    library.refresh_texts([7])
    embed_papers(library, embedder)

    answer = search_papers(library, "zebra", embedder=embedder, mode="meaning", limit=1)
    assert ids(answer) == ["p7"]
    library.close()


def test_indexes_can_be_made_ahead_of_the_first_search(
    tmp_path: Path, embedder: HashingEmbedder
) -> None:
    library = Library.open(tmp_path / "library.db")
    records = [(str(n), PaperRecord(title=f"Plain {n}", source="corpus:x")) for n in range(2100)]
    library.bulk.add_records("corpus:x", records, NOW)
    embed_papers(library, embedder)

    prepare_search(library, embedder)

    made = {item.name.partition("-")[0] for item in (tmp_path / "library.db.cache").iterdir()}
    assert made >= {"lexical", "vectors"}
    library.close()


class Faint(HashingEmbedder):
    """A model to which everything is a little like the one title."""

    def embed(self, texts):
        rows = super().embed(texts) + 0.25 * super().embed(["Odd paper title"])
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)


@pytest.mark.parametrize(("query", "is_guess"), [("zzqx vvkj", True), ("zzqx paper", False)])
def test_what_nothing_speaks_for_is_said_to_be_a_guess(
    bare: Library, query: str, is_guess: bool
) -> None:
    add_papers(bare, PaperRecord(title="Odd paper title", source="starter"))
    embedder = Faint()
    embed_papers(bare, embedder)

    found = search_papers(bare, query, embedder=embedder)

    assert [hit.paper.id for hit in found.hits] == ["p1"]
    notes = found.notes
    assert any("is a guess" in note for note in notes) == is_guess


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("Behavior cloning by optimization", "behaviour cloning"),
        ("Behaviour cloning by optimisation", "behavior"),
        ("A stochastic optimizer", "optimiser"),
        ("Analysing neighbours in colour", "neighbor color"),
        ("Supervised centering of the center", "centre supervised"),
    ],
)
def test_british_and_american_spellings_find_each_other(
    bare: Library, written: str, asked: str
) -> None:
    other = PaperRecord(title="Something else entirely", source="starter")
    add_papers(bare, other, PaperRecord(title=written, source="starter"))

    (hit,) = search_papers(bare, asked).hits

    assert hit.paper.title == written


def test_a_word_in_the_other_spelling_is_said_as_it_stands(bare: Library) -> None:
    add_papers(bare, PaperRecord(title="Analysing neighbours in colour", source="starter"))

    (hit,) = search_papers(bare, "neighbor color of others").hits

    assert hit.why[0].text == "title has colour, neighbours"
