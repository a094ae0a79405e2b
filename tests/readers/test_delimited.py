"""Tables of papers as CSV and TSV, as reference managers and spreadsheets export; own samples."""

from __future__ import annotations

import pytest
from papergraph.readers import is_writing, read_bibliography_file, read_review
from papergraph.readers.bibliography import Entry

ZOTERO = (
    '"Key","Item Type","Publication Year","Author","Title","DOI","Url","Date","Manual Tags",'
    '"Notes"\n'
    '"A1","preprint","2015","Example, Ann; Other, Bo","Deep nets, and how far they go",'
    '"10.48550/arXiv.1512.03385","https://arxiv.org/abs/1512.03385","2015-12-10","nets; to-read",'
    '"<p>it extends AlexNet</p>"\n'
    '"A2","webpage","2020","Example, Ann","A Page on the Nets of the Web","","https://a.org","","",""\n'
)


def entries(text: str, name: str = "a.csv") -> tuple[Entry, ...]:
    found = read_bibliography_file(text.encode(), name)
    return found.entries if found else ()


def test_a_row_of_zotero_states_its_paper() -> None:
    entry = entries(ZOTERO)[0]

    assert (entry.title, entry.authors) == (
        "Deep nets, and how far they go",
        ("Ann Example", "Bo Other"),
    )
    assert (entry.identifiers[0], entry.year) == ("arxiv:1512.03385", 2015)
    assert (entry.tags, entry.state, entry.line) == (("nets", "to-read"), "queued", 2)


def test_a_web_page_in_a_table_is_no_paper() -> None:
    review = read_review(ZOTERO.encode(), "a.csv", names=["AlexNet"])

    assert [mention.role for mention in review.mentions] == ["listed", "named"]


LINK = "https://arxiv.org/abs/1512.03385"


@pytest.mark.parametrize(
    ("head", "row", "expected"),
    [
        ("Titel;Autoren;Jahr;Gelesen", "Nets;Doe, Ann;2015;ja", ("Nets", 2015, "read")),
        ("date\ttitle\tlink", f"2022-01-11\tNets of Old\t{LINK}", ("Nets of Old", None, None)),
        ("Name,Authors,Status,Link", f"DNet,Ann Doe,Done,{LINK}", ("DNet", None, "read")),
        ("PMID,Title,Journal/Book,Publication Year", "7,Nets,Nature,2015", ("Nets", 2015, None)),
        ("Paper,Read?", "Deep Nets of Old,no", ("Deep Nets of Old", None, "queued")),
    ],
)  # fmt: skip
def test_columns_are_known_by_their_heads(
    head: str, row: str, expected: tuple[str, int | None, str | None]
) -> None:
    entry = entries(f"{head}\n{row}\n")[0]

    assert (entry.title, entry.year, entry.state) == expected


@pytest.mark.parametrize(
    "text",
    [
        "name,year,mpg\nFord Torino of Old,1970,17\n",
        "title,director,year\nThe Great Big Film of All,Ann Doe,1990\n",
        "Book Id,Title,Author,ISBN,Year Published\n1,The Long Road To Somewhere,Ann Doe,1,1990\n",
        "a,b\n1,2\n",
        "",
    ],
)
def test_other_tables_are_no_bibliographies(text: str) -> None:
    assert entries(text) == ()
    assert not is_writing(text.encode(), "folder/a.csv")


@pytest.mark.parametrize(
    "row", ["(cancelled),", "Buy a new projector for the room,", "TODO find more,", ","]
)
def test_rows_that_name_no_paper_are_passed_over(row: str) -> None:
    assert entries(f"Name,Link\nDNet,https://arxiv.org/abs/1512.03385\n{row}\n")[1:] == ()


def test_a_cell_of_several_lines_moves_the_rows_below() -> None:
    text = 'Title,Authors,Abstract\n"Deep nets",A. Doe,"two\nlines"\n"Wide ""nets""",B. Roe,\n'

    assert [(entry.title, entry.line, entry.column) for entry in entries(text)] == [
        ("Deep nets", 2, 2),
        ('Wide "nets"', 4, 2),
    ]


def test_a_damaged_table_is_read_as_far_as_it_goes() -> None:
    text = f"Title,Authors,DOI\nDeep nets,A. Doe,\nWide nets,B. Roe,{'x' * 1_100_000}\n"
    found = read_bibliography_file(text.encode(), "a.csv")

    assert found is not None
    assert [entry.title for entry in found.entries] == ["Deep nets"]
    assert [damage.line for damage in found.damages] == [3]
