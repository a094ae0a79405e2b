"""Notes of an Obsidian vault: wiki links, embeds, block references, comments."""

import pytest
from papergraph.readers import read_review
from papergraph.readers.vault import hide_marks

HEAD = "# Reading log\n\nSome words of mine on sheep and hills and so on.\n\n"


def named(text):
    review = read_review((HEAD + text).encode(), "vault/log.md")
    return [(m.role, m.title, m.url) for m in review.mentions]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("see [[SheepNet]] again", [("named", "SheepNet", "SheepNet.md")]),
        ("see [[Papers/SheepNet|that note]]", [("named", "SheepNet", "Papers/SheepNet.md")]),
        ("see [[SheepNet#Results]]", [("named", "SheepNet", "SheepNet.md")]),
        ("see [[SheepNet#^a1b2c3]]", [("named", "SheepNet", "SheepNet.md")]),
        ("![[SheepNet]]", [("named", "SheepNet", "SheepNet.md")]),
        ("- [[SheepNet]]\n- [[HillNet]]", [("named", "SheepNet", "SheepNet.md"),
                                           ("named", "HillNet", "HillNet.md")]),
        ("| a | b |\n|---|---|\n| [[SheepNet\\|S]] | x |", [("named", "SheepNet", "SheepNet.md")]),
        ("see [[#Results]]", []),
        ("![[figure 1.png]]", []),
        ("on [[2024-03-05]]", []),
        ("[[]] and [[ ]] and [[|a]]", []),
        ("%%see [[SheepNet]]%%", []),
    ],
)  # fmt: skip
def test_a_link_to_a_note_names_it(text, found):
    assert named(text) == found


def test_block_marks_and_callouts_are_no_words():
    review = read_review(
        b"> [!note] Good\n\n"
        b"- [Counting Sheep](https://arxiv.org/abs/1512.00001) is fine. ^ab12cd\n",
        "a.md",
    )

    assert review.mentions[0].sentence == "Counting Sheep is fine."
    assert review.text.endswith("^ab12cd\n")


@pytest.mark.parametrize(
    "text", ["x^2 ^ 3", "2 ^10 is a lot", "100%% of it", "a [!x", "[^1]: note", "e = mc^2"]
)
def test_other_uses_of_the_signs_stay(text):
    assert hide_marks(text) == text
