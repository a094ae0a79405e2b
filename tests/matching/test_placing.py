"""Where a source's record belongs: identifiers, titles with witnesses, stubs, conflicts."""

from __future__ import annotations

from typing import Any

import pytest
from papergraph.library import Library
from papergraph.matching import place_record
from papergraph.models import PaperRecord, is_only_named

NOW = "2026-01-31T12:00:00Z"
TITLE = "Deep residual learning for image recognition"


def record(title: str = TITLE, source: str = "source:s2", **values: Any) -> PaperRecord:
    return PaperRecord(**{"title": title, "source": source, **values})


@pytest.mark.parametrize(
    ("stored", "found"),
    [
        ({"identifiers": ("arxiv:1512.03385",)}, {"identifiers": ("arxiv:1512.03385",)}),
        (
            {"title": "arXiv:1512.03385", "identifiers": ("arxiv:1512.03385",)},
            {"identifiers": ("arxiv:1512.03385", "s2:ab")},
        ),
        (
            {"authors": ("Kaiming He",), "year": 2016},
            {"authors": ("K. He", "X. Zhang"), "year": 2015},
        ),
        ({"kind": "stub"}, {"authors": ("Kaiming He",), "identifiers": ("doi:10.1/a",)}),
        ({"authors": ("Kaiming He",), "identifiers": ("doi:10.1/a",)}, {"kind": "stub"}),
        (
            {"authors": ("Kaiming He",), "identifiers": ("doi:10.48550/arxiv.1512.03385",)},
            {"authors": ("Kaiming He",), "identifiers": ("doi:10.1109/cvpr.2016.90",)},
        ),
    ],
    ids=["id", "named by its id", "surname and year", "stub there", "stub comes", "preprint doi"],
)
def test_one_work_is_one_paper(bare: Library, stored: dict[str, Any], found: Any) -> None:
    number = bare.papers.add(record(source="corpus:x", **stored), NOW)

    assert place_record(record(**found), bare.catalogue).paper == number


@pytest.mark.parametrize(
    ("stored", "found"),
    [
        ({"authors": ("Kaiming He",), "year": 2016}, {"authors": ("Ann Other",), "year": 2016}),
        ({"authors": ("Kaiming He",), "year": 2016}, {"authors": ("Kaiming He",), "year": 2020}),
        (
            {"authors": ("Kaiming He",), "identifiers": ("arxiv:1512.03385",)},
            {"authors": ("Kaiming He",), "identifiers": ("arxiv:1603.05027",)},
        ),
        ({"title": "Deep learning", "kind": "stub"}, {"title": "Deep learning", "year": 2015}),
        (
            {"identifiers": ("doi:10.1/a",), "authors": ("K. He",)},
            {"title": "Quantum gravity on a lattice of spins", "identifiers": ("doi:10.1/a",)},
        ),
    ],
    ids=["other author", "years apart", "two arxiv ids", "short title", "wrong doi"],
)
def test_two_works_stay_two_papers(bare: Library, stored: dict[str, Any], found: Any) -> None:
    bare.papers.add(record(**{"source": "corpus:x", **stored}), NOW)

    assert place_record(record(**found), bare.catalogue).paper is None


def test_a_record_with_both_identifiers_joins_two_papers(bare: Library) -> None:
    preprint = bare.papers.add(record(source="a", identifiers=("arxiv:1512.03385",)), NOW)
    printed = bare.papers.add(record(source="b", identifiers=("doi:10.1109/cvpr.2016.90",)), NOW)
    found = record(identifiers=("arxiv:1512.03385", "doi:10.1109/cvpr.2016.90"))

    place = place_record(found, bare.catalogue)

    assert {place.paper, *place.joins} == {preprint, printed}


def test_a_wrong_identifier_is_refused_with_the_reason(bare: Library) -> None:
    one = bare.papers.add(record(source="a", identifiers=("arxiv:1512.03385",)), NOW)
    other = bare.papers.add(
        record("Quantum gravity on a lattice", source="b", identifiers=("doi:10.1/q",)), NOW
    )

    place = place_record(record(identifiers=("arxiv:1512.03385", "doi:10.1/q")), bare.catalogue)

    assert place.paper == one
    assert place.kept == ("arxiv:1512.03385",)
    assert [(number, "titles differ" in reason) for number, reason in place.refused] == [
        (other, True)
    ]


def test_an_answer_belongs_to_the_paper_that_was_asked_about(bare: Library) -> None:
    asked = bare.papers.add(record("my notes on residual nets", source="review:a"), NOW)

    assert place_record(record(), bare.catalogue, asked=asked).paper == asked


@pytest.mark.parametrize(
    ("title", "identifiers", "expected"),
    [
        ("arXiv:1512.03385", ("arxiv:1512.03385",), True),
        ("example.org/a.pdf", ("url:https://example.org/a.pdf",), True),
        ("a paper without a title", (), True),
        (TITLE, ("arxiv:1512.03385",), False),
    ],
)
def test_an_identifier_written_out_is_no_title(
    title: str, identifiers: tuple[str, ...], expected: bool
) -> None:
    assert is_only_named(title, identifiers) is expected
