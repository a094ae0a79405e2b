"""Mentions of one review become works, and works are linked to papers."""

from __future__ import annotations

import pytest
from papergraph.library import Library
from papergraph.matching import LinkedMention, Work, link_mentions
from papergraph.models import FoundMention
from tests.conftest import add_papers
from tests.matching.conftest import RECORDS

RESNET_TITLE = "Deep Residual Learning for Image Recognition"
NEW_TITLE = "A wholly unknown paper about nothing at all"


def mention(**fields: object) -> FoundMention:
    """A mention with these fields; what is not said is plain."""
    plain = {"line": 1, "column": 1, "text": "it", "sentence": "It is.", "role": "listed"}
    return FoundMention(**{**plain, **fields})


def link(bare: Library, *mentions: FoundMention) -> tuple[LinkedMention, ...]:
    return link_mentions(mentions, bare.catalogue)[0]


def works_of(bare: Library, *mentions: FoundMention) -> tuple[Work, ...]:
    return link_mentions(mentions, bare.catalogue)[1]


@pytest.mark.parametrize(
    ("said", "paper", "status", "how"),
    [
        ({"identifier": "arxiv:1512.03385"}, "resnet", "matched", "identifier"),
        ({"title": RESNET_TITLE}, "resnet", "matched", "title"),
        ({"nickname": "resnet"}, "resnet", "matched", "nickname"),
        (
            {"title": "Deep residual lerning for image recognition"},
            "resnet",
            "matched",
            "near title",
        ),
        ({"title": "Network in network"}, "nin", "matched", "title"),
        ({"title": RESNET_TITLE, "authors": ("He K",), "year": 2016}, "resnet", "matched", "title"),
        ({"title": "Deep learning"}, None, "unsure", "short title"),
        ({"title": "Deep learning", "year": 2016}, None, "unsure", "short title"),
        (
            {"title": "Deep learning", "authors": ("I. Goodfellow",)},
            "book",
            "matched",
            "title",
        ),
        ({"title": "Deep learning", "authors": ("Y. LeCun",)}, "nature", "matched", "title"),
        ({"title": "Deep lerning"}, None, "stub", "title only"),
        ({"title": RESNET_TITLE, "year": 2016}, "resnet", "matched", "title"),
        ({"title": RESNET_TITLE, "year": 2009}, None, "new", "new"),
        ({"title": RESNET_TITLE, "authors": ("Karen Simonyan",)}, None, "new", "new"),
        ({"title": RESNET_TITLE, "authors": ("He, K.",)}, "resnet", "matched", "title"),
        ({"title": "YOLOv4: An Incremental Improvement"}, None, "stub", "title only"),
        ({"title": NEW_TITLE}, None, "stub", "title only"),
        ({"title": NEW_TITLE, "authors": ("N. Body",)}, None, "new", "new"),
        ({"title": NEW_TITLE, "year": 2001}, None, "new", "new"),
        ({"identifier": "arxiv:2001.00001"}, None, "new", "new"),
        ({"url": "https://example.org/p.pdf"}, None, "new", "new"),
        ({"nickname": "NoSuchNet"}, None, "unsure", "name"),
        ({"unresolvable": True}, None, "unsure", "unnamed"),
    ],
)
def test_a_mention_is_linked_by_what_it_says(
    bare: Library,
    papers: dict[str, int],
    said: dict[str, object],
    paper: str | None,
    status: str,
    how: str,
) -> None:
    (linked,) = link(bare, mention(**said))

    assert (linked.paper, linked.status, linked.how) == (papers.get(str(paper)), status, how)


def test_an_identifier_beats_a_title(bare: Library, papers: dict[str, int]) -> None:
    (linked,) = link(bare, mention(identifier="arxiv:1506.01497", title=RESNET_TITLE))

    assert linked.paper == papers["faster"]


def test_another_arxiv_id_beats_an_equal_title(bare: Library, papers: dict[str, int]) -> None:
    (linked,) = link(bare, mention(identifier="arxiv:2101.00001", title=RESNET_TITLE))

    assert (linked.paper, linked.status) == (None, "new")


def test_two_arxiv_ids_are_never_one_work(bare: Library) -> None:
    same = {"title": "Segment everything at once", "nickname": "SEO"}

    works = works_of(
        bare,
        mention(identifier="arxiv:2101.00001", **same),
        mention(identifier="arxiv:2101.00002", **same),
        mention(**same),
    )

    assert [work.mentions for work in works] == [(0, 2), (1,)]


@pytest.mark.parametrize("key", ["identifier", "title", "nickname", "url"])
def test_mentions_with_one_key_are_one_work(bare: Library, key: str) -> None:
    value = {
        "identifier": "arxiv:2101.00001",
        "title": "Segment everything at once",
        "nickname": "SEO",
        "url": "https://example.org/seo",
    }[key]

    linked = link(bare, mention(**{key: value}), mention(line=9, **{key: value}))

    assert linked[0].work == linked[1].work == 0


def test_a_work_gathers_what_its_mentions_say(bare: Library) -> None:
    (work,) = works_of(
        bare,
        mention(role="named", nickname="SEO", title="Segment Everything at once"),
        mention(role="about", title="Segment everything at once", year=2021, summary="Segments."),
        mention(title="segment everything at once", identifier="arxiv:2101.00001"),
    )

    record = work.as_record("review:x")
    assert record.title == "Segment everything at once"
    assert (record.year, record.summary, record.kind) == (2021, "Segments.", "article")
    assert record.identifiers == ("arxiv:2101.00001",)
    assert record.nicknames == ("SEO",)


def test_a_nickname_is_told_which_title_it_stands_for(bare: Library) -> None:
    linked = link(
        bare,
        mention(title="Segment everything at once", nickname="SEO"),
        mention(line=2, nickname="seo", role="named"),
    )

    assert [item.work for item in linked] == [0, 0]


def test_one_witness_serves_all_mentions_of_a_work(bare: Library, papers: dict[str, int]) -> None:
    linked = link(
        bare,
        mention(title="Deep Learning", authors=("Goodfellow, I.",)),
        mention(title="deep learning"),
    )

    assert [item.paper for item in linked] == [papers["book"], papers["book"]]


def test_candidates_are_shown_when_unsure(bare: Library, papers: dict[str, int]) -> None:
    (linked,) = link(bare, mention(title="Deep learning"))

    assert {number for number, _ in linked.candidates} == {papers["nature"], papers["book"]}


def test_an_ambiguous_nickname_is_not_guessed(bare: Library) -> None:
    records = [RECORDS["resnet"], RECORDS["lstm"]]
    named = [type(r)(title=r.title, source=r.source, nicknames=("Net",)) for r in records]
    numbers = add_papers(bare, *named)

    (linked,) = link(bare, mention(nickname="net"))

    assert (linked.paper, linked.status) == (None, "unsure")
    assert [number for number, _ in linked.candidates] == numbers


def test_a_link_without_a_title_is_named_by_its_identifier(bare: Library) -> None:
    arxiv, page = works_of(
        bare,
        mention(identifier="arxiv:2101.00001", url="https://arxiv.org/abs/2101.00001"),
        mention(url="https://example.org/p.pdf"),
    )

    assert arxiv.as_record("review:x").title == "arXiv:2101.00001"
    assert page.as_record("review:x").title == "example.org/p.pdf"


def test_no_mentions_make_no_works(bare: Library) -> None:
    assert link_mentions((), bare.catalogue) == ((), ())
