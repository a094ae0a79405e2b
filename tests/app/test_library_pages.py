"""Pages about the library, what is new, and the facts a crawl brought to a paper's page."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest
from papergraph.ingest import ingest_review
from papergraph.library import Library, Rejection, StoredList
from papergraph.models import PaperRecord

NOW = "2026-01-31T12:00:00Z"
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def library(app) -> Library:
    """The library behind the pages."""
    return app.extensions["papergraph"].library


@pytest.fixture
def crawled(library) -> int:
    """A paper as a crawl leaves it: retracted, with an open copy, code and two reference lists."""
    record = PaperRecord(
        title="A <b>bold</b> claim",
        source="source:s2",
        identifiers=("doi:10.1/bold",),
        pdf="https://example.org/bold.pdf",
        code="javascript:alert(1)",
        tags=("retracted",),
    )
    number = library.papers.add(record, NOW)
    for name, state, found, expected, detail in (
        ("source:s2", "partial", 3, 9, None),
        ("source:crossref", "failed", 0, None, "crossref sent half a body"),
    ):
        source = library.papers.add_source(name, "source", NOW)
        stored = StoredList(
            paper=number, source=name, state=state, found=found, expected=expected,
            detail=detail, fetched_at=NOW,
        )  # fmt: skip
        library.sourced.put_list(stored, source)
    return number


def test_a_paper_tells_its_lists_its_open_copy_and_that_it_was_retracted(client, crawled):
    page = client.get(f"/papers/p{crawled}").text

    assert "Semantic Scholar: in part, 3 of 9, 31 Jan 2026" in page
    assert "Crossref: could not be fetched" in page
    assert "crossref sent half a body" in page
    assert '<span class="tag warn">retracted</span>' in page
    assert 'href="https://example.org/bold.pdf"' in page
    assert 'href="javascript:' not in page
    assert 'data from <a href="https://www.semanticscholar.org/"' in page


def test_about_tells_what_waits_and_what_was_turned_down(client, library, crawled):
    source = library.papers.add_source("source:dblp", "source", NOW)
    library.sourced.reject(
        [
            Rejection(
                asked="Bold", source="source:dblp", offered="Cold", reason="titles differ", at=NOW
            )
        ],
        {"source:dblp": source},
    )
    library.frontier.add("paper", {crawled: 1.0}, depth=0, now=NOW)
    (item,) = library.frontier.lease("paper", owner="a", until=NOW, now=NOW, most=1, deepest=0)
    library.frontier.settle(
        item,
        "waiting",
        {"arxiv": "waiting: arxiv rests"},
        now=NOW,
        not_before="2026-02-01T08:00:00Z",
    )

    page = client.get("/about").text

    assert "DBLP offered Cold: titles differ" in page
    assert "waits until 2026-02-01 08:00 · waiting: arxiv rests" in page
    assert "the starter library" in page


def test_news_are_shown_as_a_page_a_feed_and_json(client, library, crawled):
    library.watches.put_news({crawled: "category cs.CV"}, "2999-01-01T00:00:00Z")

    page = client.get("/new").text
    feed = client.get("/new.atom")
    found = client.get("/api/v1/new").get_json()["recommendations"]

    root = ET.fromstring(feed.data)
    assert "A &lt;b&gt;bold&lt;/b&gt; claim" in page
    assert "New in cs.CV" in page
    assert feed.mimetype == "application/atom+xml"
    assert [entry.findtext(f"{ATOM}title") for entry in root.iter(f"{ATOM}entry")] == [
        "A <b>bold</b> claim"
    ]
    assert [len(root.findall(f"{ATOM}{name}")) for name in ("id", "title", "updated")] == [1, 1, 1]
    assert [item["paper"]["id"] for item in found] == [f"p{crawled}"]


def test_a_category_is_followed_and_left(client, library, send):
    followed = send("/categories", page="/new", category="cs.CV")
    page = client.get("/new").text
    left = send("/categories", page="/new", unfollow="cs.CV")

    assert (followed.status_code, left.status_code) == (303, 303)
    assert re.search(r'<span class="id">cs\.CV</span>', page)
    assert library.watches.all("category") == []


@pytest.mark.parametrize("category", ["", "CV", "<b>"])
def test_what_is_no_category_is_refused(send, category):
    assert send("/categories", page="/new", category=category).status_code == 400


@pytest.mark.parametrize(
    ("origin", "name"),
    [("/home/ann/rlhf.txt", "rlhf.txt"), ("/home/ann/nets/README.md", "nets/README.md")],
)
def test_a_text_without_a_title_is_called_by_its_file(
    client, library: Library, origin: str, name: str
) -> None:
    ingest_review(library, b"We compare with ResNet and VGG.\n", origin, now=NOW)

    page = client.get("/reviews").text

    assert f">{name}</a>" in page
    assert origin in page
