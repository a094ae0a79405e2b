"""DBLP: one hit, several or none; namesakes; venues as words, lists and in braces."""

from __future__ import annotations

from typing import Any

import pytest
from papergraph.errors import SourceError
from papergraph.sources.dblp import Dblp, parse_bib, parse_hits, plain_person

VENUES = [
    ("{IEEE} Conference on Vision, {CVPR} 2016, Las Vegas, NV, USA, June 2016", "CVPR"),
    ("Computer Vision - {ECCV} 2014 - 13th European Conference", "ECCV"),
    (
        "Advances in Neural Information Processing Systems 25: 26th Annual Conference",
        "Advances in Neural Information Processing Systems 25",
    ),
    ("Proceedings of the 32nd Conference, {ICML} 2015, Lille", "ICML"),
]
PEOPLE = [
    ("Xiaopeng Zhang 0009", "Xiaopeng Zhang"),
    ("Kaiming He", "Kaiming He"),
    (r"L{\'{e}}on Bottou", "Léon Bottou"),
]
BIB = """@{kind}{{DBLP:{key},
  author = {{A. Author}},
  title = {{{title}}},
  {venue},
  year = {{2015}},
  url = {{{url}}}
}}"""


def bib(**fields: str) -> str:
    """A record in BibTeX."""
    given = {"kind": "article", "key": "conf/x/Y15", "title": "A title", "url": "", "venue": ""}
    given["venue"] = "journal = {CoRR}"
    return BIB.format(**(given | fields))


def test_a_record_gives_all_fields(recorded: Any) -> None:
    found = Dblp(recorded).paper("dblp:conf/nips/KrizhevskySH12")

    assert found is not None
    record = found.record
    assert record.authors == ("Alex Krizhevsky", "Ilya Sutskever", "Geoffrey E. Hinton")
    assert record.year == 2012
    assert record.identifiers == (
        "dblp:conf/nips/KrizhevskySH12",
        "nips:2012/c399862d3b9d6b76c8436e924a68c45b",
    )


def test_a_hit_gives_identifiers_of_all_its_links(recorded: Any) -> None:
    (record,) = Dblp(recorded).find_title("Deep Residual Learning for Image Recognition")

    assert record.identifiers == (
        *("dblp:conf/cvpr/HeZRS16", "doi:10.1109/cvpr.2016.90", "arxiv:1512.03385"),
    )
    assert record.authors == ("Kaiming He", "Xiangyu Zhang")
    assert record.venue == "CVPR"


def test_one_hit_with_one_author_is_read_like_many(recorded: Any) -> None:
    (record,) = Dblp(recorded).find_title("A review of networks")

    assert (record.authors, record.venue) == (("H. D. Block",), None)


def test_no_hit_has_no_key() -> None:
    assert parse_hits({"result": {"hits": {"@total": "0"}}}) == ()


@pytest.mark.parametrize(("booktitle", "venue"), VENUES)
def test_the_venue_is_written_short(booktitle: str, venue: str) -> None:
    record = parse_bib(bib(venue=f"booktitle = {{{booktitle}}}"))

    assert record is not None
    assert record.venue == venue


@pytest.mark.parametrize(("name", "plain"), PEOPLE)
def test_namesakes_lose_their_number(name: str, plain: str) -> None:
    assert plain_person(name) == plain


def test_a_link_names_the_preprint() -> None:
    record = parse_bib(bib(key="journals/corr/BahdanauCB14", url="http://arxiv.org/abs/1409.0473"))

    assert record is not None
    assert record.identifiers == ("dblp:journals/corr/BahdanauCB14", "arxiv:1409.0473")
    assert record.venue is None


@pytest.mark.parametrize("text", ["", "<html>", "@article{x, title = {A}}", bib()[:60]])
def test_what_is_no_record_is_refused(text: str) -> None:
    with pytest.raises(SourceError, match="BibTeX"):
        parse_bib(text)
