"""Mail and notes with labelled lines: headers, encodings, quoted replies."""

import base64
import quopri

import pytest
from papergraph.readers import read_review

HEADERS = (
    "From: =?utf-8?q?Ann_Gro=C3=9F?= <ann@example.org>\n"
    "To: reading-group@example.org\n"
    "Subject: Re: [group] Sheep papers\n"
    "Date: Mon, 05 Oct 2020 10:00:00 +0200\n"
)
BODY = """
Hello all,

Paper: Counting Sheep With Small Networks
Authors: Ann Author, Bob Writer
Link: https://arxiv.org/abs/1512.00001

> Did anybody read this one?
> Title: Networks of Hills
> Authors: Other, C. and Third, D.
> Venue: Meadow Conference 2014

See also https://doi.org/10.1000/goat.1 for goats.

--
Ann, https://arxiv.org/abs/1512.00009
"""


def test_labelled_papers_and_links_are_found():
    review = read_review((HEADERS + BODY).encode(), "mail.eml")

    assert [(m.role, m.title, m.identifier) for m in review.mentions][:2] == [
        ("listed", "Counting Sheep With Small Networks", "arxiv:1512.00001"),
        ("listed", "Networks of Hills", None),
    ]
    assert review.mentions[0].authors == ("Ann Author", "Bob Writer")
    assert (review.mentions[1].authors, review.mentions[1].year) == (("C. Other", "D. Third"), 2014)
    assert review.mentions[2].identifier == "doi:10.1000/goat.1"


def test_the_message_tells_title_author_and_date():
    review = read_review((HEADERS + BODY).encode(), "mail.eml")

    assert (review.title, review.author, review.written_on) == (
        "Sheep papers",
        "Ann Groß",
        "2020-10-05",
    )
    assert review.format == "mail"


def test_every_title_stands_at_its_place():
    text = HEADERS + BODY
    lines = text.split("\n")

    for mention in read_review(text.encode(), "mail.eml").mentions[:2]:
        assert lines[mention.line - 1][mention.column - 1 :].startswith(mention.title)


def test_quoted_printable_keeps_its_lines():
    words = (
        "Grüße,\n\nPaper: Größere Netze zählen die Schafe in einer sehr langen Nacht, immer wieder"
        "\nLink: https://arxiv.org/abs/1512.00001\n"
    )
    packed = quopri.encodestring(words.encode()).decode()
    head = "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n"
    text = f"{HEADERS}{head}\n{packed}"

    (mention,) = read_review(text.encode(), "mail.eml").mentions

    assert mention.title.startswith("Größere Netze zählen")
    assert text.split("\n")[mention.line - 1][mention.column - 1 :].startswith("Gr=C3=B6")


def test_of_alternatives_the_plain_text_is_read_also_when_packed():
    packed = base64.encodebytes(
        b"Paper: Networks of Hills\nLink: https://arxiv.org/abs/1512.00001\n"
    )
    text = (
        f'{HEADERS}Content-Type: multipart/alternative; boundary="b1"\n\nnot this\n'
        "--b1\nContent-Type: text/plain\nContent-Transfer-Encoding: base64\n\n"
        f"{packed.decode()}\n--b1\nContent-Type: text/html\n\n"
        "<p>Paper: Networks of Hills</p>\n--b1--\n"
    )

    (mention,) = read_review(text.encode(), "mail.eml").mentions

    assert (mention.title, mention.identifier) == ("Networks of Hills", "arxiv:1512.00001")
    assert text.split("\n")[mention.line - 1].startswith(packed.decode()[:20])


def test_a_mailbox_gives_the_papers_of_all_messages():
    one = "Paper: {}\nLink: https://arxiv.org/abs/1512.0000{}\n"
    text = "".join(
        f"From ann@example.org Mon Oct  5 10:00:00 2020\n{HEADERS}\n{one.format(title, number)}\n"
        for number, title in enumerate(("Counting Sheep", "Networks of Hills"), 1)
    )

    review = read_review(text.encode(), "group.mbox")

    assert [m.title for m in review.mentions] == ["Counting Sheep", "Networks of Hills"]


NOTES = (
    "Title: Counting Sheep With Small Networks\nAuthors: A. Author et al.\nYear: 2016\n\n"
    "A network that is small and counts sheep at night, and the counting works very well indeed.\n"
    "\n**Paper**: Networks of Hills\n**Link**: <https://arxiv.org/abs/1512.00001>\n"
    "**Status**: to read\n"
)


def test_notes_with_several_labelled_papers_are_read_alike():
    review = read_review(NOTES.encode(), "notes.txt")

    assert [(m.role, m.title, m.year, m.state) for m in review.mentions] == [
        ("about", "Counting Sheep With Small Networks", 2016, None),
        ("listed", "Networks of Hills", None, "queued"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "From: nobody",
        HEADERS,
        HEADERS + "Content-Type: multipart/mixed; boundary=x\n\n" + "--x\n" * 5_000,
        HEADERS + "Content-Transfer-Encoding: base64\n\n!!!!\n",
        HEADERS + "Content-Type: text/plain; charset=nonsense\n\nhello\n",
        HEADERS.replace("Mon, 05 Oct 2020", "sometime") + "\nhello\n",
    ],
)
def test_odd_mail_is_read_or_left(text):
    assert read_review(text.encode(), "a.eml").mentions == ()
