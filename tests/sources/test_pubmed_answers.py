"""What NCBI answers: markup, dates, retractions, errors inside a 200."""

from __future__ import annotations

from typing import Any

import pytest
from papergraph.errors import SourceError
from papergraph.models import SourcedPaper
from papergraph.sources.pubmed_answers import (
    check_answer,
    parse_articles,
    parse_conversion,
    parse_ids,
    parse_links,
    parse_pmc_summaries,
    parse_summaries,
)


def article(title: str = "On Nets.", *, inside: str = "", cited: str = "", data: str = "") -> bytes:
    return (
        "<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>26017442</PMID><Article>"
        f"<ArticleTitle>{title}</ArticleTitle>{inside}</Article>{cited}</MedlineCitation>"
        f"<PubmedData>{data}</PubmedData></PubmedArticle></PubmedArticleSet>"
    ).encode()


def read(body: bytes) -> SourcedPaper:
    (paper,) = parse_articles(body)
    return paper


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("Variants at the <i>TERT</i> region.", "Variants at the TERT region"),
        ("H<sub>2</sub>O &amp; CO<sup>2</sup>", "H2O & CO2"),
        ("p &lt; 0.05", "p < 0.05"),
        ("[On water in a lake].", "On water in a lake"),
        ("[On] water", "[On] water"),
        ("RETRACTED: On water.", "On water"),
        ("On <mml:math><mml:mi>x</mml:mi></mml:math> in bloom", "On x in bloom"),
    ],
)
def test_titles_are_plain(written: str, title: str) -> None:
    assert read(article(written)).record.title == title


@pytest.mark.parametrize(
    ("date", "year", "month"),
    [
        ("<Year>2015</Year><Month>May</Month>", 2015, "2015-05"),
        ("<Year>2015</Year><Month>05</Month>", 2015, "2015-05"),
        ("<Year>2015</Year>", 2015, None),
        ("<Year>2015</Year><Season>Spring</Season>", 2015, None),
        ("<MedlineDate>1998 Dec-1999 Jan</MedlineDate>", 1998, "1998-12"),
        ("<MedlineDate>Winter</MedlineDate>", None, None),
        ("", None, None),
    ],
)
def test_dates(date: str, year: int | None, month: str | None) -> None:
    inside = f"<Journal><JournalIssue><PubDate>{date}</PubDate></JournalIssue></Journal>"

    record = read(article(inside=inside)).record

    assert (record.year, record.published) == (year, month)


def test_an_abstract_in_parts_is_one_text() -> None:
    inside = (
        "<Abstract><AbstractText Label='AIM'>One <i>x</i>.</AbstractText>"
        "<AbstractText>Two.</AbstractText><AbstractText/></Abstract>"
    )

    assert read(article(inside=inside)).record.abstract == "One x. Two."


@pytest.mark.parametrize(
    ("inside", "cited", "tags"),
    [
        (("<PublicationTypeList><PublicationType>Retracted Publication</PublicationType>"
         "</PublicationTypeList>"), "", ("retracted",)),
        ("", ('<CommentsCorrectionsList><CommentsCorrections RefType="RetractionIn"/>'
         "</CommentsCorrectionsList>"), ("retracted",)),
        (("<PublicationTypeList><PublicationType>Retraction of Publication</PublicationType>"
         "</PublicationTypeList>"), "", ()),
        ("", ('<CommentsCorrectionsList><CommentsCorrections RefType="RetractionOf"/>'
         "</CommentsCorrectionsList>"), ()),
    ],
)  # fmt: skip
def test_what_was_taken_back_is_tagged_and_its_notice_is_not(
    inside: str, cited: str, tags: tuple[str, ...]
) -> None:
    assert read(article(inside=inside, cited=cited)).record.tags == tags


NAMED = (
    '<Reference><ArticleIdList><ArticleId IdType="pubmed">9</ArticleId></ArticleIdList></Reference>'
)
BARE = "<Reference><Citation>A book. 1990.</Citation></Reference>"
CITES = '<CommentsCorrections RefType="Cites"><PMID>8</PMID></CommentsCorrections>'


@pytest.mark.parametrize(
    ("data", "cited", "state", "count", "expected"),
    [
        (f"<ReferenceList>{NAMED}</ReferenceList>", "", "complete", 1, 1),
        (f"<ReferenceList>{NAMED}{BARE}</ReferenceList>", "", "partial", 1, 2),
        ("", f"<CommentsCorrectionsList>{CITES}</CommentsCorrectionsList>", "partial", 1, 1),
    ],
)
def test_a_list_says_how_whole_it_is(
    data: str, cited: str, state: str, count: int, expected: int
) -> None:
    found = read(article(data=data, cited=cited)).references

    assert found is not None
    assert (found.state, len(found.references), found.expected) == (state, count, expected)


def test_without_a_list_nothing_is_known() -> None:
    assert read(article()).references is None


def test_identifiers_of_what_is_cited_are_not_those_of_the_paper() -> None:
    own = '<ArticleIdList><ArticleId IdType="doi">10.1038/nature14539</ArticleId></ArticleIdList>'

    record = read(article(data=f"{own}<ReferenceList>{NAMED}</ReferenceList>")).record

    assert record.identifiers == ("pmid:26017442", "doi:10.1038/nature14539")


@pytest.mark.parametrize(
    "body",
    [
        b"<eFetchResult><ERROR>ID list is empty!</ERROR></eFetchResult>",
        b"<PubmedArticleSet><ERROR>Unable to obtain query</ERROR></PubmedArticleSet>",
        b"<html/>",
        b"<PubmedArticleSet>",
        b"",
    ],
)
def test_an_error_is_no_article(body: bytes) -> None:
    with pytest.raises(SourceError):
        parse_articles(body)


def test_an_empty_error_is_none() -> None:
    assert parse_ids(b"<eSearchResult><IdList><Id>7</Id></IdList><ERROR/></eSearchResult>") == (
        "7",
    )


def test_a_phrase_not_found_is_no_result() -> None:
    body = (
        b"<eSearchResult><Count>0</Count><IdList/><ErrorList><PhraseNotFound>x</PhraseNotFound>"
        b"</ErrorList></eSearchResult>"
    )

    assert parse_ids(body) == ()


def test_only_links_of_the_name_are_taken() -> None:
    body = (
        b"<eLinkResult><LinkSet><LinkSetDb><LinkName>a</LinkName><Link><Id>1</Id></Link></LinkSetDb>"
        b"<LinkSetDb><LinkName>b</LinkName><Link><Id>2</Id></Link></LinkSetDb></LinkSet>"
        b"</eLinkResult>"
    )

    assert parse_links(body, "b") == ("2",)


@pytest.mark.parametrize(
    "data",
    [
        None,
        [],
        {"status": "error", "message": "mismatch"},
        {"error": "API rate limit exceeded"},
        {"esummaryresult": ["Invalid uid"]},
    ],
)
def test_an_error_in_json_is_one(data: Any) -> None:
    with pytest.raises(SourceError):
        check_answer(data)


def test_a_conversion_without_a_number_of_pubmed_is_left_out() -> None:
    rows = [{"pmcid": "PMC1", "pmid": 7}, {"pmcid": "PMC2"}, {"pmcid": "PMC3", "status": "error"}]

    assert parse_conversion({"status": "ok", "records": rows}) == {"pmcid:PMC1": "pmid:7"}


def test_a_row_with_its_own_error_is_left_out() -> None:
    rows = {"uids": ["1"], "1": {"uid": "1", "error": "cannot get document summary"}, "2": None}

    assert parse_pmc_summaries({"result": rows}) == ()


def test_a_summary_without_title_is_left_out() -> None:
    assert parse_summaries(b"<eSummaryResult><DocSum><Id>1</Id></DocSum></eSummaryResult>") == ()
