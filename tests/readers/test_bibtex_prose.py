"""What stands between the entries of a BibTeX file is read, its fields are not."""

from __future__ import annotations

import pytest
from papergraph.readers import read_bibliography_file, read_review
from papergraph.readers.bibtex import read_bibtex

NAMES = ("ResNet", "BERT", "GPT-2", "Adam", "Dropout")
NETS = "@article{nets, title={Counting Sheep With Nets}, year={2015}}\n"
GOATS = "@book{goats,\n  title = {The Book of Goats},\n  abstract = {As BERT does},\n}\n"


def prose(text: str) -> list[str]:
    return [block.text for block in read_bibtex(text).prose]


def named(text: str) -> list[tuple[str, int, int]]:
    found = read_review(text.encode(), "a.bib", names=NAMES).mentions
    return [(one.text, one.line, one.column) for one in found if one.role == "named"]


@pytest.mark.parametrize(
    ("between", "expected"),
    [
        ("After ResNet came more.\n", ["After ResNet came more."]),
        ("% After ResNet\n% came more.\n", ["After ResNet came more."]),
        ("%%%     After ResNet\n", ["After ResNet"]),
        ("% ====\n% On nets\n% ====\n", ["On nets"]),
        ("One.\n\nTwo.\n", ["One.", "Two."]),
        ("- One\n- Two\n", ["One", "Two"]),
        ("Thanks to ann@example.org (me) and @ann (you).\n",
         ["Thanks to ann@example.org (me) and @ann (you)."]),
        ("\n % \n,\n%%%%\n----\n", []),
        ("@comment{After ResNet came more.}\n", []),
        ('@preamble{"After ResNet"}\n', []),
        ('@string{nips = "After {ResNet}"}\n', []),
        ("% Encoding: UTF-8\n", []),
        ("This file was created with JabRef 2.10.\n", []),
        ("%% This BibTeX bibliography file was created using BibDesk.\n", []),
    ],
)  # fmt: skip
def test_text_between_entries_is_kept(between: str, expected: list[str]) -> None:
    assert prose(NETS + between + GOATS) == expected
    assert prose(between + NETS) == expected
    assert prose(NETS + between) == expected
    assert len(read_bibtex(NETS + between + GOATS).entries) == 2


@pytest.mark.parametrize(
    "entry",
    [
        GOATS,
        "@article{a, title={One}, note={a } b}, year = {2015},\n abstract = {As BERT does}\n}\n",
        "@article{a, title={One}}, year = {2015},\n abstract = {As BERT does}\n}\n",
        "@article{a, title={One,\n abstract = {As BERT does},\n",
        "@article{a, title={One},\n abstract = {As BERT does}\n",
        '@article(a, title="One", abstract={As BERT does})\n',
        "@misc{BERT}\n",
    ],
)
def test_what_is_of_an_entry_is_no_prose(entry: str) -> None:
    assert prose(entry + NETS) == []
    assert prose(NETS + entry) == []


def test_papers_named_between_entries_are_mentions_at_their_place() -> None:
    text = f"{NETS}%  It builds on ResNet,\n% as Dropout does.\n{GOATS}See GPT-2 too.\n"

    assert named(text) == [("ResNet", 2, 17), ("Dropout", 3, 6), ("GPT-2", 8, 5)]


def test_links_between_entries_are_mentions_and_no_part_of_an_entry() -> None:
    text = f"{NETS}% https://arxiv.org/abs/1512.03385\n{GOATS}"

    found = read_review(text.encode(), "a.bib").mentions

    assert [(one.role, one.identifier) for one in found] == [
        ("listed", None),
        ("linked", "arxiv:1512.03385"),
        ("listed", None),
    ]


def test_a_heading_between_entries_tells_of_those_below_it() -> None:
    text = f"{NETS}## To read\n{GOATS}"

    assert [one.state for one in read_review(text.encode(), "a.bib").mentions] == [None, "queued"]


def test_an_import_takes_the_entries_only() -> None:
    found = read_bibliography_file(f"{NETS}See ResNet.\n{GOATS}".encode(), "a.bib")

    assert found is not None
    assert [entry.key for entry in found.entries] == ["nets", "goats"]
