"""Forms that name a paper without a link: headings, quotes, tables, notes of other programs."""

from __future__ import annotations

import pytest
from papergraph.readers import read_review

TITLE = "Going Far With Rockets and Steam"
OTHER = "Coming Back With Parachutes From Far Away"


def papers(text: str, origin: str = "notes.md") -> list[tuple[str | None, int | None]]:
    found = read_review(text.encode(), origin, names=()).mentions
    return [(m.title, m.year) for m in found if m.role != "named"]


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("RocketNet (2012)", [("RocketNet", 2012)]),
        (
            "RocketNet - 2012, Fast RocketNet - 2014",
            [("RocketNet", 2012), ("Fast RocketNet", 2014)],
        ),
        ("R-Net, 2012", [("R-Net", 2012)]),
    ],
)
def test_a_nickname_with_its_year_heads_the_notes_of_a_paper(
    heading: str, expected: list[tuple[str, int]]
) -> None:
    prose = "It burns fuel in many layers and was the first of them all to fly to the moon."

    assert papers(f"# Flights\n\n## {heading}\n\n{prose}\n") == expected


@pytest.mark.parametrize(
    "heading", ["Summer (2012)", "Week 3, 2014", "CVPR 2016", "Results (2015)", "Notes - 2016"]
)
def test_a_heading_with_a_date_is_no_paper(heading: str) -> None:
    prose = "It burns fuel in many layers and was the first of them all to fly to the moon."

    assert papers(f"# Flights\n\n## {heading}\n\n{prose}\n\n## {heading}\n\n{prose}\n") == []


def test_titles_head_the_notes_of_a_page_of_papers() -> None:
    prose = "It burns fuel in many layers and flies."
    text = f"# Papers I read\n\n## {TITLE}\n\n{prose}\n\n## {OTHER}\n\n{prose}\n"

    assert papers(text) == [(TITLE, None), (OTHER, None)]
    assert papers(text.replace("Papers I read", "On flying")) == []


@pytest.mark.parametrize(
    ("quote", "people"),
    [
        (f"“{TITLE}” (Rao et al., CVPR 2016)", ("Rao",)),
        (f'"{TITLE}", Rao & Lindqvist, 2016', ("Rao", "Lindqvist")),
        (f"„{TITLE}“ (Rao u. a., 2016)", ("Rao",)),
        (f"« {TITLE} », Rao, Lindqvist et Oyelaran, 2016", ("Rao", "Lindqvist", "Oyelaran")),
        (f"《{TITLE}》, ICML 2016", ()),
        (f'Rao et al., "{TITLE}", ICML\'16', ("Rao",)),
        (f"「{TITLE}」(NeurIPS 2016)", ()),
    ],
)
@pytest.mark.parametrize("place", ["- {}\n", "For Tuesday please read {}.\n"])
def test_a_quoted_title_with_its_source_is_a_paper(
    place: str, quote: str, people: tuple[str, ...]
) -> None:
    (mention,) = read_review(place.format(quote).encode(), "notes.md", names=()).mentions

    assert (mention.title, mention.year) == (TITLE, 2016)
    assert mention.authors == people
    assert mention.role == ("listed" if place.startswith("-") else "linked")


@pytest.mark.parametrize(
    "text",
    [
        "She said “Going far is what we always wanted” in 2016.\n",
        "The song “Rocket Man in the Long Night” (1972) is good.\n",
    ],
)
def test_other_quotes_are_no_papers(text: str) -> None:
    assert papers(text) == []


def test_rows_of_a_table_of_papers_need_no_link() -> None:
    text = (
        "| Model | Paper | Year |\n|---|---|---|\n"
        f"| A | [{TITLE}](https://arxiv.org/abs/1512.00001) | 2015 |\n| B | {OTHER} | 2016 |\n"
    )

    assert papers(text) == [(TITLE, 2015), (OTHER, 2016)]


@pytest.mark.parametrize("head", ["Paper", "Titel", "Literatur", "Lecture", "Lectura", "Artículo"])
def test_the_column_of_papers_may_be_headed_in_another_language(head: str) -> None:
    text = (
        f"| Nr. | {head} | Wer |\n|---|---|---|\n| 1 | A. Author et al. (2015): {TITLE} | Eva |\n"
    )

    assert papers(text) == [(TITLE, 2015)]


def test_the_day_of_a_meeting_is_no_year_of_publication() -> None:
    text = (
        "| Date | Paper | Where |\n|---|---|---|\n"
        f"| March 7, 2024 | {TITLE} | Room 2016 B |\n"
        f"| Spring 2024 | [{OTHER}](https://arxiv.org/abs/1512.00001) | IEEE ICIP 2016 |\n"
    )

    assert papers(text) == [(TITLE, None), (OTHER, 2016)]


def test_a_vote_on_what_to_read_is_no_title() -> None:
    text = "| Date | Paper |\n|---|---|\n| May 4 | Rockets or Balloons? vote in the channel |\n"

    assert papers(text) == []


def test_org_headings_keep_their_state_and_address() -> None:
    text = (
        f"* DONE {TITLE} :steam:\n  :PROPERTIES:\n  :ID: 12\n"
        "  :URL: https://arxiv.org/abs/1512.00001\n  :END:\n"
        f"* TODO [[https://arxiv.org/abs/1601.00002][{OTHER}]]\n"
    )

    found = read_review(text.encode(), "log.org", names=()).mentions

    assert [(m.title, m.identifier, m.state) for m in found] == [
        (TITLE, "arxiv:1512.00001", "read"),
        (OTHER, "arxiv:1601.00002", "queued"),
    ]


def test_citations_of_restructured_text_are_references() -> None:
    text = (
        "Flights\n=======\n\nAs in [Rao2016]_.\n\n"
        f".. [Rao2016] Rao, A., Lindqvist, B.: {TITLE}. In: CVPR (2016)\n"
        f".. [Lind15] Lindqvist, B. (2015). {OTHER}. JMLR\n"
    )

    assert papers(text, "notes.rst") == [(TITLE, 2016), (OTHER, 2015)]


def test_a_bold_first_line_is_the_title_of_the_links_below_it() -> None:
    text = (
        f"<ul><li><b>{TITLE}</b><br>Anil Rao, Britta Lindqvist<br>NeurIPS 2016 "
        '<a href="https://arxiv.org/abs/1512.00001">paper</a></li></ul>'
    )

    (mention,) = read_review(text.encode(), "list.html", names=()).mentions

    assert (mention.title, mention.identifier) == (TITLE, "arxiv:1512.00001")
    assert mention.authors == ("Anil Rao", "Britta Lindqvist")


def test_bare_addresses_in_a_list_are_a_paper_each() -> None:
    text = (
        f'Rao & Lindqvist, "{TITLE}", 2016\n\n* https://openreview.net/forum?id=ryQu7f-RZ\n'
        "* 10.1162/neco.1997.9.8.1735\n* https://proceedings.mlr.press/v37/ioffe15.html\n"
    )

    assert len(papers(text)) == 4


def test_a_wiki_link_to_a_dated_title_is_a_paper() -> None:
    assert papers(f"[[{TITLE}]] (JMLR 2014)\n", "vault/log.md") == [(TITLE, 2014)]


@pytest.mark.parametrize(
    ("entry", "title", "year"),
    [
        (f"{TITLE} - Rao et al - NIPS 2017 - https://arxiv.org/abs/1512.00001", TITLE, 2017),
        (f"{TITLE} (Rao 2018)", TITLE, 2018),
        (f"{TITLE}, Rao et al, 2018", TITLE, 2018),
        (f"(ICLR'18) {TITLE} [[paper](https://arxiv.org/abs/1512.00001)]", TITLE, 2018),
        (
            f"2018-06 | Rocket | {TITLE} | [ICCV 2018](https://arxiv.org/abs/1512.00001)",
            TITLE,
            2018,
        ),
        (f"**{TITLE}**\n  Rao, Lindqvist. CVPR 2018", TITLE, 2018),
    ],
)
def test_an_entry_tells_its_title_from_its_source(entry: str, title: str, year: int | None) -> None:
    assert papers(f"# Papers of the month\n\n- {entry}\n") == [(title, year)]


def test_a_subtitle_after_the_link_of_a_heading_belongs_to_the_title() -> None:
    text = (
        "## [RocketNet](https://arxiv.org/abs/1512.00001): far travel with little steam\n\nGood.\n"
    )

    assert papers(text) == [("RocketNet: far travel with little steam", None)]


def test_the_front_matter_may_shorten_the_title_of_the_first_heading() -> None:
    text = f"---\ntitle: Notes on Going Far\narxiv: 1512.00001\n---\n# {TITLE}\n\nIt flies.\n"

    assert papers(text) == [(TITLE, None)]
