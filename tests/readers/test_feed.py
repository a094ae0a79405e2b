"""RSS and Atom: entries, links, escaped content, broken feeds."""

import time

import pytest
from papergraph.readers import read_review
from papergraph.readers.feed import read_feed

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>A log of sheep</title><link>https://example.org</link>
<item>
  <title>Counting Sheep &amp; Goats</title>
  <link>https://arxiv.org/abs/1512.00001</link>
  <description>&lt;p&gt;It follows
    &lt;a href="https://doi.org/10.1000/hills.1"&gt;Networks of Hills&lt;/a&gt;.</description>
</item>
<item>
  <title><![CDATA[My <b>day</b> out]]></title>
  <guid>https://example.org/day</guid>
  <content:encoded><![CDATA[<p>No papers.</p>
<p>But <a href="https://arxiv.org/abs/1509.00001">Networks of Lakes</a>.</p>]]></content:encoded>
</item>
</channel></rss>
"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Query</title><author><name>Ann</name></author>
<entry><id>http://arxiv.org/abs/1512.00001v1</id>
<title>Counting Sheep
  With Small Networks</title><summary>We count sheep.</summary>
<link href="http://arxiv.org/pdf/1512.00001v1" rel="related" type="application/pdf"/>
<link href="http://arxiv.org/abs/1512.00001v1" rel="alternate" type="text/html"/>
</entry></feed>
"""


def test_entries_and_the_links_in_their_text_are_found():
    review = read_review(RSS.encode(), "feed.xml")

    assert [(m.role, m.title, m.identifier) for m in review.mentions] == [
        ("listed", "Counting Sheep & Goats", "arxiv:1512.00001"),
        ("linked", "Networks of Hills", "doi:10.1000/hills.1"),
        ("linked", "Networks of Lakes", "arxiv:1509.00001"),
    ]
    assert (review.format, review.title) == ("feed", "A log of sheep")


def test_every_title_stands_at_its_place():
    lines = RSS.split("\n")

    for mention in read_review(RSS.encode(), "feed.xml").mentions:
        assert lines[mention.line - 1][mention.column - 1 :].startswith(mention.title[:8])


def test_atom_gives_the_alternate_link_and_the_author():
    review = read_review(ATOM.encode(), "query.atom")

    assert [(m.title, m.identifier, m.line) for m in review.mentions] == [
        ("Counting Sheep With Small Networks", "arxiv:1512.00001", 3)
    ]
    assert review.author == "Ann"


@pytest.mark.parametrize(
    "text",
    [
        "<rss><item><title>never closed",
        "<rss><item><title/><link/></item>",
        "<feed><entry><title>&unknown; &#x110000;</title></entry>",
        '<!DOCTYPE x [<!ENTITY a "b"><!ENTITY c "&a;&a;">]><rss><item><title>&c;</title></item>',
        "<rss>" + "<item>" * 10_000,
        "<feed>" + "<entry><title>a</title><link " * 5_000,
        "<rss><item><title><![CDATA[" + "<" * 50_000,
    ],
    ids=range(7),
)
def test_broken_feeds_are_read_as_far_as_they_go(text):
    start = time.process_time()

    read_feed(text)
    read_review(text.encode(), "feed.xml")

    assert time.process_time() - start < 5
