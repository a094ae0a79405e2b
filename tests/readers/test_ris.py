"""RIS as reference managers write it; records that never end are not lost."""

import pytest
from papergraph.readers import read_review
from papergraph.readers.ris import is_ris, read_ris

TEXT = """TY  - JOUR
ID  - sheep16
AU  - Author, Ann
AU  - Writer, Bob
TI  - Counting Sheep With
Small Networks
PY  - 2016/12/01/
T2  - Journal of Meadows
AB  - We count sheep.
DO  - 10.1000/sheep.1
KW  - sheep
KW  - to-read
N1  - <p>Good for <b>hills</b> too.</p>
L1  - files/1/sheep.pdf
ER  -

TY  - CONF
T1  - Networks of Hills
A1  - Other, C.
Y1  - 2015
UR  - https://arxiv.org/abs/1509.00001
ER  -
"""


def test_a_record_keeps_all_that_it_states():
    found = read_ris(TEXT).entries[0]

    assert (found.key, found.title) == ("sheep16", "Counting Sheep With Small Networks")
    assert found.authors == ("Ann Author", "Bob Writer")
    assert (found.year, found.published, found.venue) == (2016, "2016-12", "Journal of Meadows")
    assert (found.identifiers, found.abstract) == (("doi:10.1000/sheep.1",), "We count sheep")
    assert (found.tags, found.state) == (("sheep", "to-read"), "queued")
    assert (found.note, found.files) == ("Good for hills too.", ("files/1/sheep.pdf",))


def test_a_review_lists_the_records_at_their_titles():
    review = read_review(TEXT.encode(), "notes.txt")

    assert [(m.line, m.column, m.title, m.identifier) for m in review.mentions] == [
        (5, 7, "Counting Sheep With Small Networks", "doi:10.1000/sheep.1"),
        (18, 7, "Networks of Hills", "arxiv:1509.00001"),
    ]
    assert (review.format, review.mentions[0].state) == ("ris", "queued")


@pytest.mark.parametrize(
    ("text", "titles", "lines"),
    [
        ("TY  - JOUR\nTI  - A B\nTY  - JOUR\nTI  - C D\n", ["A B", "C D"], [1, 3]),
        ("TY  - JOUR\nTI  - A B\nER  -\nTI  - C D\nER  - \n", ["A B", "C D"], []),
        ("TY  - JOUR\nER  - \n", [], [1]),
        ("TY  -JOUR\nTI  -A B\nER  -", ["A B"], []),
        ("TY - JOUR\nTI - A B\nER - \n", ["A B"], []),
        ("\n\nTY  - JOUR\nTI  - A B\nER  - \n", ["A B"], []),
    ],
)
def test_damage_is_told_and_costs_no_other_record(text, titles, lines):
    found = read_ris(text)

    assert [entry.title for entry in found.entries] == titles
    assert [damage.line for damage in found.damages] == lines


@pytest.mark.parametrize(
    ("text", "origin", "is_so"),
    [
        ("TY  - JOUR\n", "stdin", True),
        ("Provider: somebody\nTY  - JOUR\n", "a.ris", True),
        ("see\nTY  - JOUR\n", "a.md", False),
        ("no records", "a.ris", False),
    ],
)
def test_ris_is_told_from_other_writing(text, origin, is_so):
    assert is_ris(text, origin) is is_so
