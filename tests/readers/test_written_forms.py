"""Forms in which people write notes and lists: each text, and the papers a reader finds in it."""

from __future__ import annotations

import pytest
from papergraph.models import FoundMention
from papergraph.readers import read_review

TITLE = "Going Far With Rockets and Steam"
OTHER = "Coming Back With Parachutes From Far Away"
LINK = "https://arxiv.org/abs/1512.00001"
ARXIV = "arxiv:1512.00001"
PROSE = "It burns fuel in many layers and was the first of them all to fly to the moon and back."

Found = tuple[str, str | None, str | None]


def mentions(text: str, origin: str = "notes.md") -> list[FoundMention]:
    return [m for m in read_review(text.encode(), origin, names=()).mentions if m.role != "named"]


def found(text: str, origin: str = "notes.md") -> list[Found]:
    return [(m.role, m.title, m.identifier) for m in mentions(text, origin)]


@pytest.mark.parametrize(
    "text",
    [
        f"# Paper Review: {TITLE}\n\n**Author:** Rao\n**Link:** {LINK}\n**Year:** 2016\n\n{PROSE}",
        f"# 论文笔记\uff1aGFR\n\n**论文标题**\uff1a{TITLE}\n**地址**\uff1a{LINK}\n\n{PROSE}\n",
        f"# Fiche\n\nTitre : {TITLE}\nAuteurs : Rao A.\nLien : {LINK}\n\n{PROSE}\n",
        f"# 論文メモ: {TITLE}\n\n- 著者: A. Rao\n- URL: {LINK}\n\n{PROSE}\n",
        f"# 【论文阅读】{TITLE}\n\n论文地址\uff1a{LINK}\n\n{PROSE}\n",
    ],
)
def test_lines_with_keys_tell_of_the_paper_of_the_page(text: str) -> None:
    assert found(text) == [("about", TITLE, ARXIV)]


@pytest.mark.parametrize(
    ("entry", "expected"),
    [
        (f"[1] Rao et al., {TITLE}, ICML 2016", TITLE),
        (f"[1] Rao T Y, Lindqvist A, Oyelaran R, et al. {TITLE}[J]. arXiv preprint, 2017.", TITLE),
        (
            f"[1] Rao T, Lindqvist A. {TITLE}[C]//Proceedings of the conference on flight. 2017",
            TITLE,
        ),
        ("- Steam Networks, Srivastava et al., 2015", "Steam Networks"),
        (f"- „{TITLE}“, Srivastava u. a., 2014", TITLE),
        (f'- "{TITLE}", Srivastava et al., 2014', TITLE),
    ],
)
def test_references_end_their_titles(entry: str, expected: str) -> None:
    assert found(f"# Flying\n\nSome words.\n\n## 参考文献\n\n{entry}\n") == [
        ("listed", expected, None)
    ]


def test_an_address_with_a_number_is_no_part_of_the_reference_above() -> None:
    text = f"Words [1].\n\n----\n[1] Rao et al., {TITLE}, ICML 2016\n[2] {LINK}\n"

    assert found(text, "a.txt") == [("listed", TITLE, None), ("linked", None, ARXIV)]


def test_words_quoted_from_a_page_of_a_paper_are_no_title() -> None:
    assert found("“Rockets of Steam Fly Very Far.” (Rao et al., 2016, p. 3)\n") == []


@pytest.mark.parametrize(
    ("entry", "state"),
    [
        (f"- TODO read [{TITLE}]({LINK})", "queued"),
        (f"- DONE [{TITLE}]({LINK})", "read"),
        (f"- DOING [{TITLE}]({LINK})", "reading"),
        (f"- [{TITLE}]({LINK})", None),
    ],
)
def test_a_task_word_before_an_entry_tells_its_state(entry: str, state: str | None) -> None:
    assert next(m.state for m in mentions(f"# Log\n\n{entry}\n- [{OTHER}]({LINK}2)\n")) == state


@pytest.mark.parametrize(
    "entry",
    [
        f"- (2018) {TITLE}, Rao et al. [[PDF]({LINK})]",
        f"- `ICLR'17` **GFR** {TITLE} [[Paper]({LINK})] [[Code](https://github.com/a/b)]",
        f"- **[GFR]** {TITLE}, **ICLR 2018** [paper]({LINK})",
        f"- *{TITLE}* — Luong et al., 2015 — [enlace]({LINK})",
        f"<li><b>{TITLE}</b><br>A Rao, B Lee<br><i>ICRA 2021</i> [<a href='{LINK}'>arXiv</a>]</li>",
    ],
)
def test_a_title_is_told_from_year_nickname_venue_and_people(entry: str) -> None:
    assert found(f"# Flying\n\n{entry}\n") == [("listed", TITLE, ARXIV)]


def test_the_plan_of_a_course_names_papers_and_other_readings() -> None:
    text = (
        "| Week | Required reading | Optional |\n|---|---|---|\n"
        f'| 1 | Lamport, "{TITLE}", CACM 1978 | |\n'
        f"| 2 | Chapter 3 of the Book | {OTHER} (OSDI 2006) |\n"
        "| 3 | No Class This Week Either | |\n"
    )

    assert [(m.title, m.year) for m in mentions(text)] == [(TITLE, 1978), (OTHER, 2006)]


def test_latex_lists_references() -> None:
    text = (
        "\\documentclass{article}\n\\section{On \\emph{flying}}\n"
        "Nets fly \\cite{rao, lind}. % [9] Nobody. Nothing at All to Say. 2016\n"
        "\\begin{thebibliography}{9}\n"
        f"\\bibitem{{rao}} A. Rao and B. Lindqvist. {TITLE}. In \\emph{{ICML}}, 2016.\n"
        "\\bibitem[{Lind et~al.(2015)Lind,\n Oye}]{lind}\nAda Lindqvist and Bo Oyelaran.\n"
        f"\\newblock {{C}}{OTHER[1:]}.\n\\newblock URL \\url{{{LINK}}}.\n"
    )

    assert found(text, "a.tex") == [("listed", TITLE, None), ("listed", OTHER, ARXIV)]
    assert [m.line for m in mentions(text, "a.tex")] == [5, 9]


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        (f"Rao et al. - 2016 - {TITLE}.md", PROSE, [("about", TITLE, None)]),
        (f"2016 - Rao and Lindqvist - {TITLE}.md", PROSE, [("about", TITLE, None)]),
        (
            f"notes/{TITLE}.md",
            f"{PROSE}\n\nDOI: 10.1000/far\n",
            [("about", TITLE, "doi:10.1000/far")],
        ),
        (f"notes/{TITLE}.md", PROSE, []),
        (f"Rao et al. - 2016 - {TITLE}.md", "# My garden\n\nRoses.\n", []),
        ("2016 - January - Things.md", PROSE, []),
    ],
)
def test_a_file_is_called_after_its_paper(name: str, text: str, expected: list[Found]) -> None:
    assert found(text, name) == expected


def test_a_title_in_quotes_by_somebody_is_a_paper() -> None:
    assert found(f"Today we saw “{TITLE}” by Rao et al. is out.\n") == [("linked", TITLE, None)]


def test_people_of_a_reference_are_not_those_of_the_page() -> None:
    text = "# 202103141529 Steam eases flying\n\nReferences:\nHe, K., Rao, X., & Sun, J. (2016).\n"

    assert found(text) == []
