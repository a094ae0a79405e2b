"""What holds for every form of writing, whatever stands in it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from papergraph.errors import ReadingError
from papergraph.models import RELATION_KINDS, ROLES
from papergraph.readers import read_review

FORMS = {
    "note.md": "# [Mask R-CNN](https://arxiv.org/abs/1703.06870)\n\nIt extends "
    "Faster R-CNN with masks.\n",
    "list.md": "# Papers\n\n- **Deep Nets Go Deep** (2015), A. Author et al. "
    "[[pdf]](http://arxiv.org/pdf/1512.03385)\n",
    "page.html": "<html><body><h2><a href='https://arxiv.org/abs/1512.03385'>Deep Nets</a></h2>"
    "<p>They are deep, and easy to train with shortcuts.</p></body></html>",
    "post.md": "---\ntitle: Deep Nets Go Deep\n---\n<div>\nSee the <a href='https://arxiv.org/abs/"
    "1512.03385'>paper</a>.\n</div>\n",
    "hugo.md": '+++\ntitle = "Deep Nets Go Deep"\n+++\n\nThis [paper](https://arxiv.org/abs/1512.03385).\n',
    "notes.org": "#+TITLE: Notes\n* Deep Nets Go Deep\n  [[https://arxiv.org/abs/1512.03385][arXiv]]\n",
    "notes.rst": "Deep Nets Go Deep\n=================\n\n`pdf <https://arxiv.org/abs/1512.03385>`_\n",
    "refs.bib": "@misc{k, title={Deep {N}ets}, eprint={1512.03385}, annote={It extends VGG.}}\n",
    "refs.ris": "TY  - JOUR\nTI  - Deep Nets\nUR  - https://arxiv.org/abs/1512.03385\nER  -\n",
    "refs.json": '[{"id": 1, "type": "article",\n"title": "Nets", "number": "arXiv:1512.03385"}]',
    "notes.ipynb": '{"cells": [{"cell_type": "markdown",\n"source": ["# \\"Nets\\"\\n", '
    '"See [Deep Nets](https://arxiv.org/abs/1512.03385)."]}]}',
    "marks.html": "<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<DL><DT><H3>a</H3><DL>\n"
    '<DT><A HREF="https://arxiv.org/abs/1512.03385">Deep Nets</A>\n</DL></DL>\n',
    "mail.eml": "From: a@b.c\nTo: d@e.f\nSubject: Nets\n\nPaper: Deep Nets\n"
    "Link: https://arxiv.org/abs/1512.03385\n",
    "feed.xml": "<rss><channel><title>a</title>\n<item><title>Deep Nets</title>"
    "<link>https://arxiv.org/abs/1512.03385</link></item></channel></rss>\n",
    "rows.csv": "Title,Authors,Link\nDeep Nets,Ann Doe,https://arxiv.org/abs/1512.03385\n",
    "plain.txt": "Deep Nets Go Deep\nhttps://arxiv.org/abs/1512.03385\n",
    "dump.txt": "[1]deep nets (2015)\n\n   a [2]paper about nets.\n\nReferences\n\n"
    "   1. https://arxiv.org/pdf/1512.03385\n   2. https://arxiv.org/pdf/1409.1556\n",
}

SUFFIXES = (
    ".md",
    ".html",
    ".txt",
    ".org",
    ".rst",
    ".bib",
    ".ris",
    ".json",
    ".ipynb",
    ".eml",
    ".xml",
    ".csv",
)


def check(review, text):
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for mention in review.mentions:
        assert mention.role in ROLES
        assert 1 <= mention.line <= len(lines)
        assert 1 <= mention.column <= len(lines[mention.line - 1]) + 1
        assert mention.sentence or mention.url
    for relation in review.relations:
        assert relation.kind in RELATION_KINDS
        assert relation.later != relation.earlier
        assert max(relation.later, relation.earlier) < len(review.mentions)
        assert 1 <= relation.line <= len(lines)


@pytest.mark.parametrize("origin", FORMS)
def test_every_form_names_its_paper_at_its_place(origin):
    review = read_review(FORMS[origin].encode(), origin, names=["Faster R-CNN"])

    check(review, FORMS[origin])
    assert any(mention.identifier for mention in review.mentions)


@pytest.mark.parametrize("origin", FORMS)
def test_reading_twice_gives_the_same(origin):
    data = FORMS[origin].encode()

    assert read_review(data, origin) == read_review(data, origin)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=400), st.sampled_from(SUFFIXES).map("a".__add__))
def test_no_text_is_too_odd(text, origin):
    try:
        review = read_review(text.encode("utf-8", errors="replace"), origin, names=["ResNet"])
    except ReadingError:
        return

    check(review, review.text)


SIGNS = ["# ", "[", "]", "(", ")", "**", "`", "<a href='", "'>", "</a>", "\n", "- ", "> ", "1. "]
MARKUP = st.lists(
    st.sampled_from(
        [
            *SIGNS,
            "|",
            "<!--",
            "---\n",
            "[1] ",
            "https://arxiv.org/abs/1512.03385",
            "Deep Nets",
            " uses ",
            "ResNet",
        ]
    ),
    max_size=60,
).map("".join)


@settings(max_examples=120, deadline=None)
@given(MARKUP)
def test_no_markup_is_too_odd(text):
    check(read_review(text.encode(), "a.md", names=["ResNet", "VGG"]), text)


PIECES = {
    "a.bib": (
        "@",
        "article",
        "string",
        "comment",
        "{",
        "}",
        '"',
        "=",
        "#",
        ",",
        "title",
        "\n",
        "\\'e",
    ),
    "a.ris": ("TY  - ", "TI  - ", "ER  -", "AU  - ", "N1  - ", "\n", "Deep Nets", ", ", "UR  - "),
    "a.json": ("[", "]", "{", "}", '"', ":", ",", "title", "type", "id", "issued", "\\u00e9", "1"),
    "a.ipynb": (
        '{"cells": [',
        '{"cell_type": "markdown", "source": ',
        "[",
        "]",
        '"',
        "\\n",
        "}",
        ",",
    ),
    "a.eml": (
        "From: a\n",
        "To: b\n",
        "Subject: c\n",
        "\n",
        "Paper: Deep",
        "> ",
        "=C3",
        "=\n",
        "Link: ",
    ),
    "a.xml": (
        "<rss>",
        "<item>",
        "<title>",
        "</title>",
        "<link>",
        "<![CDATA[",
        "]]>",
        "&lt;",
        "a",
        "\n",
    ),
    "a.html": (
        "<!DOCTYPE NETSCAPE-Bookmark-file-1>",
        "<DL>",
        "</DL>",
        "<DT>",
        "<H3>",
        "<A HREF=",
        "a",
    ),
}
STARTED = {"a.html": "<!DOCTYPE NETSCAPE-Bookmark-file-1>", "a.bib": "@misc{k, ", "a.xml": "<rss>"}


@settings(max_examples=150, deadline=None)
@given(st.data(), st.sampled_from(sorted(PIECES)))
def test_no_file_of_any_form_is_too_odd(data, origin):
    pieces = st.sampled_from([*PIECES[origin], "https://arxiv.org/abs/1512.03385", " "])
    text = STARTED.get(origin, "") + "".join(data.draw(st.lists(pieces, max_size=50)))
    try:
        review = read_review(text.encode(), origin, names=["ResNet"])
    except ReadingError:
        return

    check(review, text)


@given(st.binary(max_size=300))
@settings(max_examples=60, deadline=None)
def test_bytes_are_read_or_refused(data):
    try:
        read_review(data, "upload")
    except ReadingError as error:
        message = str(error)
    else:
        message = ""

    assert "\n" not in message
