from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from papergraph.models import (
    CitationCount,
    PaperRecord,
    merge_records,
    record_from_json,
    record_to_json,
)

CORPUS = PaperRecord(
    title="deep residual learning",
    source="corpus:ml",
    authors=("K. He",),
    year=2016,
    venue="CVPR",
    identifiers=("doi:10.1109/cvpr.2016.90",),
    references_known="partial",
)
REVIEW = PaperRecord(
    title="ResNet paper",
    source="review:/notes.md",
    year=1999,
    published="2015-12",
    identifiers=("arxiv:1512.03385",),
    nicknames=("ResNet",),
    kind="stub",
)
STARTER = PaperRecord(
    title="Deep Residual Learning for Image Recognition",
    source="starter",
    year=2015,
    nicknames=("ResNet", "residual net"),
    tags=("vision",),
)

words = st.sampled_from(["a", "B", "Deep learning", "deep nets"])
records = st.builds(
    PaperRecord,
    title=words,
    source=st.sampled_from(
        ["reader:me", "starter", "source:arxiv", "corpus:a", "corpus:b", "review:x", "review:y"]
    ),
    authors=st.lists(words, max_size=2).map(tuple),
    year=st.none() | st.integers(1990, 2020),
    published=st.none() | st.sampled_from(["2015-12", "2014-01"]),
    venue=st.none() | words,
    abstract=st.none() | words,
    kind=st.sampled_from(["article", "stub", "survey", "dataset"]),
    summary=st.none() | words,
    identifiers=st.lists(
        st.sampled_from(["arxiv:1512.03385", "doi:10.1/x", "url:https://a.org"]), max_size=3
    ).map(tuple),
    nicknames=st.lists(words, max_size=2).map(tuple),
    tags=st.lists(words, max_size=2).map(tuple),
    references_known=st.sampled_from(["complete", "partial", "none"]),
)
one_a_source = st.lists(records, min_size=1, max_size=6, unique_by=lambda r: r.source)


@given(one_a_source, st.randoms())
def test_merging_does_not_depend_on_the_order(given_records, random) -> None:
    shuffled = list(given_records)
    random.shuffle(shuffled)

    assert merge_records(shuffled) == merge_records(given_records)


@given(records.filter(lambda record: bool(record.title)))
def test_a_record_is_read_back_as_written(record: PaperRecord) -> None:
    text = record_to_json(record)

    assert record_from_json(text, source=record.source, abstract=record.abstract) == record


def test_counts_elsewhere_are_read_back_as_written() -> None:
    count = CitationCount(count=7, source="openalex", date="2026-01-01")
    record = PaperRecord(title="A", source="source:openalex", citations_elsewhere=count)

    assert record_from_json(record_to_json(record), source=record.source) == record


def test_the_better_source_decides_each_field() -> None:
    merged = merge_records([REVIEW, CORPUS, STARTER])

    assert merged.title == "Deep Residual Learning for Image Recognition"
    assert (merged.year, merged.venue, merged.authors) == (2015, "CVPR", ("K. He",))
    assert merged.kind == "article"


def test_the_reader_outranks_everybody() -> None:
    reader = PaperRecord(title="My title", source="reader:me", year=2014)

    merged = merge_records([STARTER, reader])

    assert (merged.title, merged.year) == ("My title", 2014)


def test_identifiers_nicknames_and_tags_are_united() -> None:
    merged = merge_records([REVIEW, CORPUS, STARTER])

    assert merged.identifiers == ("arxiv:1512.03385", "doi:10.1109/cvpr.2016.90")
    assert merged.nicknames == ("ResNet", "residual net")
    assert merged.tags == ("vision",)


def test_the_earliest_date_counts() -> None:
    later = PaperRecord(title="A", source="starter", published="2016-06")

    assert merge_records([later, REVIEW]).published == "2015-12"


def test_known_references_are_those_of_the_best_informed() -> None:
    complete = PaperRecord(title="A", source="review:z", references_known="complete")

    assert merge_records([CORPUS, complete]).references_known == "complete"


def test_a_stub_title_gives_way_within_one_rank() -> None:
    stub = PaperRecord(title="yolo thing", source="review:a", kind="stub")
    known = PaperRecord(title="You Only Look Once", source="review:b", year=2015)

    merged = merge_records([stub, known])

    assert (merged.title, merged.kind) == ("You Only Look Once", "article")


def test_nothing_cannot_be_merged() -> None:
    with pytest.raises(ValueError, match="at least one record"):
        merge_records([])


def said_by(source: str, **values: Any) -> PaperRecord:
    return PaperRecord(**{"title": "Deep nets", "source": f"source:{source}", **values})


@pytest.mark.parametrize(
    ("field", "values", "chosen"),
    [
        ("title", {"s2": "Deep Nets.", "arxiv": "Deep nets", "crossref": "Deep Nets"}, "Deep Nets"),
        ("authors", {"crossref": ("K. He",), "arxiv": ("Kaiming He",)}, ("Kaiming He",)),
        ("venue", {"s2": "Comput. Vis.", "openalex": "CVPR", "dblp": "CVPR 2016"}, "CVPR 2016"),
        ("year", {"arxiv": 2015, "dblp": 2016}, 2016),
        ("abstract", {"s2": "Short.", "openalex": "Whole."}, "Whole."),
        ("pdf", {"s2": "https://a.example/a", "unpaywall": "https://b.example/b"}, None),
    ],
)
def test_each_field_comes_from_the_service_that_knows_it_best(
    field: str, values: dict[str, Any], chosen: Any
) -> None:
    records = [said_by(source, **{field: value}) for source, value in values.items()]

    merged = {getattr(merge_records(order), field) for order in permutations(records)}

    assert merged == {chosen or "https://b.example/b"}


def test_the_readers_word_outranks_every_service() -> None:
    mine = PaperRecord(title="My title", source="reader:me", venue="My venue")

    shown = merge_records([said_by("dblp", venue="CVPR"), mine, said_by("crossref")])

    assert (shown.title, shown.venue) == ("My title", "My venue")
