"""Bookmarks files: folders, links, descriptions."""

import time

from papergraph.readers import read_review
from papergraph.readers.bookmarks import read_bookmarks

TEXT = """<!DOCTYPE NETSCAPE-Bookmark-file-1>
<!-- This is an automatically generated file.
     Do Not Edit! -->
<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=UTF-8">
<TITLE>Bookmarks</TITLE>
<H1>Bookmarks</H1>
<DL><p>
    <DT><H3 ADD_DATE="14" LAST_MODIFIED="15">Papers</H3>
    <DL><p>
        <DT><A HREF="https://arxiv.org/abs/1512.00001" ADD_DATE="1" ICON="data:image/png;base64,A"
>[1512.00001] Counting Sheep With Small Networks</A>
        <DD>The one with the shepherd
        <DT><A HREF="https://openreview.net/forum?id=abcDEF1234">Networks of Hills | OpenReview</A>
        <DT><H3>Old</H3>
        <DL><p>
            <DT><A HREF="https://doi.org/10.1000/goat.1">Goats Considered</A>
        </DL><p>
    </DL><p>
    <DT><A HREF="https://example.org/soup">Soup</A>
    <DT><A HREF="javascript:alert(1)">Click</A>
</DL><p>
"""


def test_papers_are_listed_under_their_folders():
    review = read_review(TEXT.encode(), "bookmarks.html")

    assert [(m.role, m.title, m.identifier, m.heading) for m in review.mentions] == [
        ("listed", "Counting Sheep With Small Networks", "arxiv:1512.00001", "Papers"),
        ("listed", "Networks of Hills", "openreview:abcDEF1234", "Papers"),
        ("listed", "Goats Considered", "doi:10.1000/goat.1", "Old"),
    ]
    assert (review.format, review.title) == ("bookmarks", "Bookmarks")


def test_every_title_stands_at_its_place():
    lines = TEXT.split("\n")

    for mention in read_review(TEXT.encode(), "b.html").mentions:
        assert lines[mention.line - 1][mention.column - 1 :].startswith(mention.title)


def test_folders_keep_their_depth():
    headings = [
        (block.text, block.level)
        for block in read_bookmarks(TEXT).blocks
        if block.kind == "heading"
    ]

    assert headings == [("Bookmarks", 1), ("Papers", 2), ("Old", 3)]


def test_deep_folders_and_open_tags_do_no_harm():
    text = "<!DOCTYPE NETSCAPE-Bookmark-file-1>" + "<DL><DT><H3>a</H3>" * 20_000 + "<DT><A HREF="
    start = time.process_time()

    read_review(text.encode(), "b.html")

    assert time.process_time() - start < 5
