"""Every real recording of venues, PubMed, OpenCitations and others is parsed or refused.

What is hard in them has a named row each. Reads the development data beside the repository, and is
skipped where that is not present. The same shapes, made up, stand in the tests of each source.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pytest
from papergraph.errors import SourceError
from papergraph.sources import acl, cvf, hf, nips, opencitations, openreview, pmlr, unpaywall
from papergraph.sources import pubmed_answers as pubmed
from papergraph.sources.challenges import is_challenge, refuse_challenge
from papergraph.sources.meta_tags import read_meta
from papergraph.sources.source import Reply
from papergraph.sources.statuses import check_status
from tests.sources import test_every_recording as others
from tests.sources.test_every_recording import (
    NOT_ASKED,
    NOTHING,
    PAPERS,
    REFUSED,
    SAYS_NO,
    UNKNOWN,
    Route,
    read,
    records_in,
)

pytestmark = pytest.mark.shared

Make = Callable[..., Any]
Record = Mapping[str, Any]


def read_page(reply: Reply, _: Record) -> Any:
    """A publisher's page: it is not crawled, and only must not be taken for another thing."""
    refuse_challenge(reply)
    return read_meta(reply.text).get("citation_title")


NIPS_PAGE, NIPS_BIB, POST, PMLR_PAGE, CVF_PAGE, ACL_PAGE, ACL_XML, NOTES = (
    lambda reply, _: nips.parse_page(reply),
    lambda reply, _: nips.parse_bib(reply.text),
    lambda reply, _: pmlr.parse_post(reply.text, "v37/made-up15"),
    lambda reply, _: pmlr.parse_page(reply, "v37/made-up15"),
    lambda reply, _: cvf.parse_page(reply),
    lambda reply, record: acl.parse_page(reply, record["url"].rstrip("/").rpartition("/")[2]),
    lambda reply, _: acl.parse_collection(reply.body),
    lambda reply, _: openreview.parse_notes(reply.json()),
)
ARTICLES, SUMMARIES, ARCHIVED, FOUND, LINKED, CONVERTED, CITED, CITING, COPY, COPIES, DAY, CODE = (
    lambda reply, _: pubmed.parse_articles(reply.body),
    lambda reply, _: pubmed.parse_summaries(reply.body),
    lambda reply, _: pubmed.parse_pmc_summaries(pubmed.check_answer(reply.json())),
    lambda reply, _: pubmed.parse_ids(reply.body),
    lambda reply, _: pubmed.parse_links(reply.body, "pubmed_pubmed"),
    lambda reply, _: pubmed.parse_conversion(reply.json()),
    lambda reply, _: opencitations.parse_edges(reply.json(), "cited"),
    lambda reply, _: opencitations.parse_edges(reply.json(), "citing"),
    lambda reply, _: unpaywall.parse_answer(reply.json()),
    lambda reply, _: unpaywall.parse_results(reply.json()),
    lambda reply, _: hf.parse_day(reply.json()),
    lambda reply, _: hf.parse_paper(reply.json()),
)

# The first that fits a recording is taken.
ROUTES = (
    Route("nips", r"\.bib", PAPERS, NIPS_BIB),
    Route("nips", r"/hash/", PAPERS, NIPS_PAGE),
    Route("pmlr", r"/_posts/", PAPERS, POST),
    Route("pmlr", r"mlr\.press/", PAPERS, PMLR_PAGE),
    Route("cvf", r"/html/", PAPERS, CVF_PAGE),
    Route("acl", r"\.xml", PAPERS, ACL_XML),
    Route("acl", r"", PAPERS, ACL_PAGE),
    Route("openreview", r"/notes\?id=", PAPERS, NOTES),
    Route("openreview", r"/notes", SAYS_NO, NOTES, 403, why="no login"),
    Route("pubmed", r"/efetch", PAPERS, ARTICLES),
    Route("pubmed", r"/esummary\.fcgi\?db=pubmed", PAPERS, SUMMARIES),
    Route("pubmed", r"/esummary\.fcgi\?$", REFUSED, SUMMARIES, why="an error inside a 200"),
    Route("pubmed", r"/esummary\.fcgi\?db=pmc", PAPERS, ARCHIVED),
    Route("pubmed", r"/esummary", REFUSED, ARCHIVED, 414),
    Route("pubmed", r"/esearch.*abcXYZ", NOTHING, FOUND, why="a phrase that is not found"),
    Route("pubmed", r"/esearch", PAPERS, FOUND),
    Route("pubmed", r"/elink.*medgen", NOTHING, LINKED),
    Route("pubmed", r"/elink", PAPERS, LINKED),
    Route("pubmed", r"/einfo", REFUSED, FOUND, why="XML that breaks off"),
    Route("pubmed", r"/epost", REFUSED, FOUND, why="an error inside a 200"),
    Route("pubmed", r"/espell", REFUSED, FOUND, why=NOT_ASKED),
    Route("pubmed", r"/idconv", PAPERS, CONVERTED),
    Route("pubmed", r"/idconv", UNKNOWN, CONVERTED, 404),
    Route("opencitations", r"/references/", PAPERS, CITED),
    Route("opencitations", r"/citations?/", PAPERS, CITING),
    Route("opencitations", r"/metadata/|/sparql", REFUSED, CITED, why=NOT_ASKED),
    Route("unpaywall", r"/search.*PaperQA", NOTHING, COPIES),
    Route("unpaywall", r"/search", PAPERS, COPIES),
    Route("unpaywall", r"", PAPERS, COPY),
    Route("unpaywall", r"", REFUSED, COPY, 422, why="no mail address"),
    Route("hf", r"date=2026-09-13", NOTHING, DAY),
    Route("hf", r"/daily_papers", PAPERS, DAY),
    Route("hf", r"/api/papers/", UNKNOWN, CODE, 404),
    Route("hf", r"/papers/", REFUSED, CODE, why=NOT_ASKED),
    Route("web", r"", SAYS_NO, read_page, 403, why="only browsers are let through"),
    Route("web", r"ieeexplore|dl\.acm", NOTHING, read_page, why="no citation_ tags"),
    Route("web", r"", PAPERS, read_page),
)
SOURCES = sorted({route.source for route in ROUTES})
PAGES = (NIPS_PAGE, PMLR_PAGE, CVF_PAGE, ACL_PAGE, read_page)


def find_route(record: Record) -> Route | None:
    return next((route for route in ROUTES if route.fits(record)), None)


@pytest.mark.parametrize("source", SOURCES)
def test_every_recording_is_read_as_it_should(source: str, recordings_of: Make) -> None:
    service = recordings_of()
    mine = [record for record in service.records if record["source"] == source]

    wrong = [
        f"{record['status']} {record['url'][:100]}: {came}, not {route.outcome}"
        for record in mine
        if (route := find_route(record)) is not None
        and (came := read(route, service.reply(record), record)) != route.outcome
    ]

    assert wrong == []
    assert [record["url"] for record in mine if find_route(record) is None] == []
    assert service.used == {record["folder"] / record["body_file"] for record in mine}


def test_every_route_leads_somewhere(recordings_of: Make) -> None:
    taken = {find_route(record) for record in recordings_of().records}

    assert [route for route in ROUTES if route not in taken] == []


def test_no_recording_of_any_source_is_left_unread(recordings_of: Make) -> None:
    told = {record["source"] for record in recordings_of().records}

    assert told == {*SOURCES, *others.SOURCES}


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
@pytest.mark.parametrize("source", SOURCES)
def test_a_real_answer_that_breaks_off_is_refused(
    source: str, share: float, recordings_of: Make
) -> None:
    service = recordings_of()

    taken = [
        record["url"]
        for record in service.records
        if record["source"] == source
        and (route := find_route(record)) is not None
        and route.outcome == PAPERS
        and route.parse not in (*PAGES, POST)  # these may hold all that is read in their first part
        for reply in [service.reply(record)]
        for cut in [replace(reply, body=reply.body[: int(len(reply.body) * share)])]
        if read(route, cut, record) == PAPERS
    ]

    assert taken == []


def test_real_records_are_plain(recordings_of: Make) -> None:
    service = recordings_of()
    markup = re.compile(r"[\n\x80-\x9f\ufffc\ufffd]|</?\w+>|&\w+;|\(cid:|\\[a-z]+\{|\$.*\$")

    odd = [
        (record.title, text)
        for row in service.records
        if (route := find_route(row)) is not None and route.outcome == PAPERS
        for record in records_in(route.parse(service.reply(row), row))
        for text in (record.title, record.abstract or "", *record.authors)
        if markup.search(text) and "\\url{" not in text
    ]

    assert odd == []


def is_refused(record: Record, reply: Reply) -> bool:
    try:
        check_status(reply)
    except SourceError:
        return True
    return reply.status == 404


def is_told_by_its_body(record: Record, reply: Reply) -> bool:
    return is_challenge(reply.body)


def articles(reply: Reply) -> list[Any]:
    return [paper.record for paper in pubmed.parse_articles(reply.body)]


def has_no_abstract(record: Record, reply: Reply) -> bool:
    return all(item.abstract is None and item.title for item in articles(reply))


def has_plain_title(record: Record, reply: Reply) -> bool:
    wanted = {"29106400": "variants at the TERT gene region", "30108519": "Blood Relationship"}
    number = next(number for number in wanted if number in record["url"])
    (found,) = articles(reply)
    return wanted[number] in found.title and "<" not in found.title


def has_plain_results(record: Record, reply: Reply) -> bool:
    found = unpaywall.parse_results(reply.json())
    rows = reply.json()["results"]
    return len(found) == len(rows) and not any("<" in item.title for item in found)


def finds_nothing(record: Record, reply: Reply) -> bool:
    return unpaywall.parse_results(reply.json()) == ()


# By source and tag of the index; those of "error" are refused by their status.
HARD: dict[tuple[str, str], Callable[[Record, Reply], bool]] = {
    ("openreview", "error"): is_refused,
    ("hf", "error"): is_refused,
    ("pubmed", "error"): is_refused,
    ("pubmed", "no-abstract"): has_no_abstract,
    ("pubmed", "html-in-title"): has_plain_title,
    ("unpaywall", "error"): is_refused,
    ("unpaywall", "html-in-title"): has_plain_results,
    ("unpaywall", "empty-result"): finds_nothing,
    ("web", "error"): is_refused,
    ("web", "blocked"): is_told_by_its_body,
}
PLAIN_TAGS = {"unicode-title", "retraction"}


@pytest.mark.parametrize(("source", "tag"), HARD, ids=[f"{source}-{tag}" for source, tag in HARD])
def test_what_is_hard_is_read_as_it_must_be(source: str, tag: str, recordings_of: Make) -> None:
    service = recordings_of()
    rows = [r for r in service.records if r["source"] == source and tag in r.get("tags", ())]

    assert rows
    assert [row["url"] for row in rows if not HARD[source, tag](row, service.reply(row))] == []


def test_every_hard_tag_has_a_row(recordings_of: Make) -> None:
    tags = {
        (row["source"], tag)
        for row in recordings_of().records
        if row["source"] in SOURCES
        for tag in row.get("tags", ())
        if tag not in PLAIN_TAGS
    }

    assert tags == set(HARD)


def test_pages_that_are_let_through_are_no_challenges(recordings_of: Make) -> None:
    service = recordings_of()
    pages = [row for row in service.records if row["body_file"].endswith(".html")]

    taken = {row["url"] for row in pages if is_challenge(service.reply(row).body)}
    blocked = {row["url"] for row in pages if row["source"] == "web" and row["status"] == 403}

    assert taken == blocked


def test_scans_and_formulas_are_mended(recordings_of: Make) -> None:
    service = recordings_of()
    scan = next(r for r in service.records if "006f52e9102a8d3be2fe5614f42ba989" in r["url"])
    maths = next(r for r in service.records if "id=29963580" in r["url"])

    abstract = nips.parse_page(service.reply(scan)).abstract
    (found,) = articles(service.reply(maths))

    assert "plays a key role in actively controlling" in abstract
    assert "<" not in found.abstract
