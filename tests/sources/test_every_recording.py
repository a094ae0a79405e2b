"""Every real recording of these services is parsed, or refused with the right error.

Reads the development data beside the repository, and is skipped where that is not present.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

import pytest
from papergraph.errors import RefusedError, SourceError, UnavailableError
from papergraph.models import PaperRecord
from papergraph.sources import arxiv, crossref, datacite, dblp, doi, openalex, s2
from papergraph.sources.shapes import is_missing
from papergraph.sources.source import Reply
from papergraph.sources.statuses import check_status

pytestmark = pytest.mark.shared

DATE = "2026-01-31"
PAPERS, NOTHING, REFUSED, WAITS, SAYS_NO, UNKNOWN = (
    *("papers", "nothing", "refused", "waits", "says no", "unknown"),
)
ERRORS = {WAITS: UnavailableError, SAYS_NO: RefusedError}


@dataclass(frozen=True)
class Route:
    """Which recordings are read how, and what must come of it."""

    source: str
    url: str
    outcome: str
    parse: Callable[[Reply, Mapping[str, Any]], Any]
    status: int = 200
    why: str = ""

    def fits(self, record: Mapping[str, Any]) -> bool:
        parts = urlsplit(record["url"])
        place = f"{parts.netloc}{parts.path}?{parts.query}"
        return (
            self.source == record["source"]
            and self.status == record["status"]
            and re.search(self.url, place) is not None
        )


def _batch(reply: Reply, record: Mapping[str, Any]) -> list[Any]:
    ids = json.loads(record["request_body"])["ids"]
    return [paper for paper in s2.parse_batch(reply.json(), len(ids), DATE) if paper]


def _openalex_works(reply: Reply, _: Any) -> list[Any]:
    rows = openalex.parse_works(reply.json())
    return [found for row in rows if (found := openalex.parse_record(row, DATE))]


def _openalex_work(reply: Reply, _: Any) -> Any:
    return openalex.parse_record(openalex.parse_work(reply.json()), DATE)


# What a route reads its recordings with: the reply, and the record of the index.
FEED, PAGE, MATCH, PAPER, BATCH, CITED, CITING, WORK, WORKS, ONE, MANY, DATA, HITS, BIB, CSL = (
    lambda reply, _: arxiv.parse_feed(reply.body),
    lambda reply, _: arxiv.parse_page(reply.text),
    lambda reply, _: s2.parse_matches(reply.json(), DATE),
    lambda reply, _: s2.parse_paper(reply.json(), DATE),
    _batch,
    lambda reply, _: s2.parse_references(reply.json())[0].references,
    lambda reply, _: s2.parse_citations(reply.json())[0],
    _openalex_work,
    _openalex_works,
    lambda reply, _: crossref.parse_answer(reply.json(), DATE),
    lambda reply, _: crossref.parse_answers(reply.json(), DATE),
    lambda reply, _: datacite.parse_answer(reply.json()),
    lambda reply, _: dblp.parse_hits(reply.json()),
    lambda reply, _: dblp.parse_bib(reply.text),
    lambda reply, _: doi.parse_csl(reply.json()),
)
NOT_ASKED = "not asked for by papergraph"

# The first that fits a recording is taken.
ROUTES = (
    Route("arxiv", r"oaipmh|internal-abs", REFUSED, FEED, why=NOT_ASKED),
    Route("arxiv", r"/abs/", PAPERS, PAGE),
    Route("arxiv", r"start=5000", WAITS, FEED, why="an empty body"),
    Route("arxiv", r"id_list=(0000\.0000|0808\.05394)&", NOTHING, FEED, why="an unknown id"),
    Route("arxiv", r"/api/query", PAPERS, FEED),
    Route("arxiv", r"id_list=abc", REFUSED, FEED, 400, why="the service's own error in a feed"),
    Route("arxiv", r"/api/query", WAITS, FEED, 406, why="the edge of arXiv"),
    Route("arxiv", r"/api/query", WAITS, FEED, 429),
    Route("s2", r"/author/search|/snippet/", NOTHING, MATCH, why=NOT_ASKED),
    Route("s2", r"/author/|/authors\?|/recommendations/", REFUSED, PAPER, why=NOT_ASKED),
    Route("s2", r"/citations\?", PAPERS, CITING),
    Route("s2", r"2022\.2149024/references", NOTHING, CITED, why="withheld"),
    Route("s2", r"/references\?", PAPERS, CITED),
    Route("s2", r"empty\+results|n0\+r3sult", NOTHING, MATCH),
    Route(
        "s2",
        r"/search.*(fields=(?!title|auth|ext)|minCitationCount)",
        NOTHING,
        MATCH,
        why="rows without a title",
    ),
    Route("s2", r"/search", PAPERS, MATCH),
    Route("s2", r"/batch\?fields=(authors|ref)", NOTHING, BATCH, why="rows without a title"),
    Route("s2", r"/paper/batch", PAPERS, BATCH),
    Route("s2", r"/paper/", PAPERS, PAPER),
    Route("s2", r"/(paper|author)/", UNKNOWN, PAPER, 404),
    Route("s2", r"", REFUSED, PAPER, 400),
    Route("s2", r"/paper/batch", SAYS_NO, PAPER, 403),
    Route("s2", r"/paper/search", WAITS, MATCH, 429),
    Route("openalex", r"select=open_access,doi", NOTHING, WORK, why="a row without a title"),
    Route("openalex", r"jspfsm\.56\.60", NOTHING, WORK, why="a work without a title"),
    Route("openalex", r"/autocomplete", NOTHING, WORKS, why=NOT_ASKED),
    Route("openalex", r"/works\?", PAPERS, WORKS),
    Route("openalex", r"/works/", PAPERS, WORK),
    Route("openalex", r"", UNKNOWN, PAPER, 404),
    Route("openalex", r"", REFUSED, WORKS, 400),
    Route("openalex", r"", WAITS, WORKS, 429),
    Route("crossref", r"csl\+json", PAPERS, CSL),
    Route("crossref", r"/transform|/works/10\.1175\?", REFUSED, ONE, why=NOT_ASKED),
    Route("crossref", r"/agency", NOTHING, ONE, why=NOT_ASKED),
    Route("crossref", r"/members\?", NOTHING, MANY, why=NOT_ASKED),
    Route("crossref", r"rows=0|abs12032|askldjrq|query=adfaaf", NOTHING, MANY),
    Route("crossref", r"sample=1$", NOTHING, MANY, why="a work without a title"),
    Route("crossref", r"/works\?", PAPERS, MANY),
    Route("crossref", r"/works/", PAPERS, ONE),
    Route("crossref", r"", REFUSED, ONE, 301, why="the client follows it"),
    Route("crossref", r"", REFUSED, ONE, 400),
    Route("crossref", r"", UNKNOWN, PAPER, 404),
    Route("crossref", r"", WAITS, ONE, 500),
    Route("datacite", r"/dois\?", PAPERS, lambda reply, _: datacite.parse_answers(reply.json())),
    Route("datacite", r"/dois/", PAPERS, DATA),
    Route("datacite", r"", UNKNOWN, PAPER, 404),
    Route("dblp", r"zzzzqqqq", NOTHING, HITS),
    Route("dblp", r"/search/", PAPERS, HITS),
    Route("dblp", r"\.bib", PAPERS, BIB),
    Route("dblp", r"\.xml", REFUSED, BIB, why=NOT_ASKED),
    Route("doi", r"/ra/", REFUSED, CSL, why=NOT_ASKED),
    Route("doi", r"", PAPERS, CSL),
    Route("doi", r"", REFUSED, CSL, 301, why="the client follows it"),
    Route("doi", r"", REFUSED, CSL, 302, why="the client follows it"),
    Route("doi", r"", UNKNOWN, PAPER, 404),
    Route("doi", r"", REFUSED, CSL, 400),
)
SOURCES = sorted({route.source for route in ROUTES})


def find_route(record: Mapping[str, Any]) -> Route | None:
    return next((route for route in ROUTES if route.fits(record)), None)


def read(route: Route, reply: Reply, record: Mapping[str, Any]) -> str:
    """What comes of a recording; a 404 is for the source to see, and never parsed."""
    try:
        check_status(reply, accept=(301, 302, 400))
        if is_missing(reply):
            return UNKNOWN
        found = route.parse(reply, record)
    except RefusedError:
        return SAYS_NO
    except UnavailableError:
        return WAITS
    except SourceError:
        return REFUSED
    return PAPERS if found else NOTHING


@pytest.mark.parametrize("source", SOURCES)
def test_every_recording_comes_to_what_its_route_says(
    source: str, recordings_of: Callable[..., Any]
) -> None:
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


def test_every_route_leads_somewhere(recordings_of: Callable[..., Any]) -> None:
    taken = {find_route(record) for record in recordings_of().records}

    assert [route for route in ROUTES if route not in taken] == []


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
@pytest.mark.parametrize("source", SOURCES)
def test_a_real_answer_that_breaks_off_is_refused(
    source: str, share: float, recordings_of: Callable[..., Any]
) -> None:
    service = recordings_of()
    whole = [
        (route, record, reply)
        for record in service.records
        if record["source"] == source
        and (route := find_route(record)) is not None
        and route.outcome == PAPERS
        and route.parse is not PAGE  # a page may hold all its tags in its first part
        for reply in [service.reply(record)]
    ]

    taken = [
        record["url"]
        for route, record, reply in whole
        for cut in [replace(reply, body=reply.body[: int(len(reply.body) * share)])]
        if read(route, cut, record) == PAPERS
    ]

    assert whole
    assert taken == []


def test_titles_of_real_answers_are_plain(recordings_of: Callable[..., Any]) -> None:
    service = recordings_of()
    markup = re.compile(
        r"[\n\x80-\x9f\ufffd]|</?(?:i|b|sub|sup|h1|p|jats:\w+)>|&\w+;|\\[a-z]+\{|\$.*\$"
    )

    odd = [
        record.title
        for row in service.records
        if row["source"] in SOURCES
        and (route := find_route(row)) is not None
        and route.outcome == PAPERS
        for record in records_in(route.parse(service.reply(row), row))
        if markup.search(record.title)
    ]

    assert odd == []


def records_in(found: Any) -> list[PaperRecord]:
    """All records inside whatever a parser returned."""
    if isinstance(found, PaperRecord):
        return [found]
    if isinstance(found, list | tuple):
        return [record for item in found for record in records_in(item)]
    inside = [getattr(found, name, None) for name in ("record", "references")]
    return [record for item in inside if item is not None for record in records_in(item)]
