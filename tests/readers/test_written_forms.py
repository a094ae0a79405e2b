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
