"""PDF: text, links, the reference list of an article, and what cannot be read."""

import sys

import pytest
from papergraph.errors import ReadingError
from papergraph.readers import read_review
from papergraph.readers.blocks import Block, Inline
from papergraph.readers.pdf import parse_reference


def _escape(line):
    return line.encode("latin-1").replace(b"(", b"\\(").replace(b")", b"\\)")


def make_pdf(*pages):
    """A PDF of pages in 10-point lines; a page is (lines, links), a link (row, from, to, url)."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", b""]
    objects[2] = b"<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>"
    kids = []
    for lines, links in pages:
        shown = [_escape(line) for line in lines]
        body = (
            b"BT /F1 10 Tf 12 TL 50 800 Td " + b" ".join(b"(%s) Tj T*" % s for s in shown) + b" ET"
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(body), body))
        content = len(objects)
        for row, left, right, url in links:
            y, x0, x1 = 800 - 12 * row, 50 + 6 * left, 50 + 6 * right
            objects.append(
                b"<< /Type /Annot /Subtype /Link /Rect [%d %d %d %d] /A << /S /URI /URI (%s) >> >>"
                % (x0, y - 2, x1, y + 8, url.encode())
            )
        marks = b" ".join(b"%d 0 R" % n for n in range(content + 1, len(objects) + 1))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R"
            b" >> >> /Contents %d 0 R /Annots [%s] >>" % (content, marks)
        )
        kids.append(len(objects))
    listed = b" ".join(b"%d 0 R" % kid for kid in kids)
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), listed)
    data, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    rows = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    tail = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
    return data + head + rows + tail % (len(objects) + 1, len(data))


ARTICLE = make_pdf(
    (
        [
            "Goats at Noon, Seen From Afar",
            "Dora Third",
            "We count goats with networks that are small. We build on Counting Sheep,",
            "and show that goats are as countable as they look from afar at night.",
        ],
        [(2, 57, 71, "https://arxiv.org/abs/1512.00001"), (3, 0, 3, "mailto:ann@example.org")],
    ),
    (
        [
            "References",
            "[1] A. Author and B. Writer. Counting sheep with small net-",
            "works. In Meadow Conference, 2016.",
            "[2] C. Other. Networks of hills. Journal of Farming,",
            "12(3):4-5, 2014. doi:10.1000/hills.1",
            "7",
            '[3] D. Third, "Goats considered," in Proc. ICML, 2013, pp. 3-4.',
            "Appendix",
            "[4] This is no reference.",
        ],
        [],
    ),
)


def test_the_reference_list_is_listed():
    review = read_review(ARTICLE, "goats.pdf")

    assert [
        (m.title, m.year, m.authors, m.identifier) for m in review.mentions if m.role == "listed"
    ] == [
        ("Counting sheep with small networks", 2016, ("A. Author", "B. Writer"), None),
        ("Networks of hills", 2014, ("C. Other",), "doi:10.1000/hills.1"),
        ("Goats considered", 2013, ("D. Third",), None),
    ]


def test_links_lie_on_their_words():
    review = read_review(ARTICLE, "goats.pdf")
    (mention,) = [m for m in review.mentions if m.role == "linked"]

    assert (mention.title, mention.identifier) == ("Counting Sheep", "arxiv:1512.00001")


def test_lines_run_through_the_text_in_which_pages_begin_with_their_number():
    review = read_review(ARTICLE, "goats.pdf")
    lines = review.text.split("\n")

    assert [line for line in lines if line.startswith("page")] == ["page 1", "page 2"]
    for mention in review.mentions:
        begin = lines[mention.line - 1][mention.column - 1 :]
        assert begin.startswith((mention.sentence[:8], mention.text[:8]))
    assert (review.format, review.title) == ("pdf", "Goats at Noon, Seen From Afar")


NAMED = make_pdf(
    (
        [
            "Bibliography",
            "Ann Author and Bob Writer. 2016. Counting sheep with small",
            "networks. In Meadow Conference.",
            "Other, C., & Third, D. (2014). Networks of hills.",
            "Journal of Farming, 12, 4-5.",
            "Carl Other. Goats considered by others. arXiv preprint",
            "arXiv:1509.00001, 2015.",
        ],
        [],
    )
)


def test_references_without_numbers_are_parted_by_their_names():
    review = read_review(NAMED, "list.pdf")

    assert [(m.title, m.year) for m in review.mentions if m.role == "listed"] == [
        ("Counting sheep with small networks", 2016),
        ("Networks of hills", 2014),
        ("Goats considered by others", 2015),
    ]


def test_a_pdf_that_is_no_article_is_read_as_text():
    notes = make_pdf((["My notes on sheep papers", "- see arXiv:1512.00001 for the small one"], []))

    (mention,) = read_review(notes, "notes.pdf").mentions

    assert (mention.identifier, mention.line) == ("arxiv:1512.00001", 3)


AGAIN = "Counting sheep again"


@pytest.mark.parametrize(
    ("mark", "rest", "title", "year"),
    [
        ("[12] ", "A. Author, et al. Counting sheep again. arXiv:1512.00001, 2015.", AGAIN, 2015),
        ("3. ", "Author A, Writer B (2016) Counting sheep again. Nature 5:1-2", AGAIN, 2016),
        ("[AW16] ", "Ann Author and Bob Writer. Counting sheep again. 2016.", AGAIN, 2016),
        ("[4] ", "https://doi.org/10.1000/hills.1", None, None),
    ],
)
def test_references_are_parted_into_title_and_year(mark, rest, title, year):
    block = Block(kind="item", inline=Inline(text=mark + rest, anchors=((0, 1, 1),)))
    paper = parse_reference(block, 0)

    assert paper is not None
    assert (paper.title, paper.year) == (title, year)


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"%PDF-1.4\nnot much", "a damaged PDF document"),
        (ARTICLE[:200], "a damaged PDF document"),
        (make_pdf(([], [])), "a PDF document without text"),
        (b"%PDF-1.7\n" + bytes(range(256)) * 40, "a damaged PDF document"),
    ],
    ids=range(4),
)
def test_what_cannot_be_read_is_a_clear_error(data, found):
    with pytest.raises(ReadingError, match=rf"{found} was found in 'a\.pdf'"):
        read_review(data, "a.pdf")


def test_without_the_extra_the_error_names_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "pypdfium2", None)

    with pytest.raises(ReadingError, match=r"install 'papergraph-reader\[pdf\]'"):
        read_review(ARTICLE, "a.pdf")
