"""Text becomes words that compare: no case, no accents, no endings, any script."""

from __future__ import annotations

import pytest
from papergraph.lexical import comparable_words, is_question, query_stems, stem_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", []),
        ("?!", []),
        ("R-CNN", ["r", "cnn"]),
        ("Schrödinger", ["schrodinger"]),
        ("STRASSE straße", ["strasse", "strasse"]),
        ("нейронные Сети", ["неиронные", "сети"]),
        ("图", ["图"]),
        ("图像识别", ["图像", "像识", "识别"]),
        ("BERT模型", ["bert", "模型"]),
    ],
)
def test_words_compare(text: str, words: list[str]) -> None:
    assert comparable_words(text) == words


@pytest.mark.parametrize(
    ("one", "other"),
    [("networks", "network"), ("learning", "learned"), ("policies", "policy")],
)
def test_forms_of_a_word_have_one_stem(one: str, other: str) -> None:
    assert stem_of(one) == stem_of(other)


@pytest.mark.parametrize(
    ("query", "asked"),
    [
        ("Which papers train a hypernetwork?", True),
        ("what is attention", True),
        ("how transformers work in practice", True),
        ("attention is all you need", False),
        ("how to", False),
        ("", False),
    ],
)
def test_questions_are_told_from_words(query: str, asked: bool) -> None:
    assert is_question(query) is asked


@pytest.mark.parametrize(
    ("query", "stems"),
    [
        ("the networks of the network", ("network",)),
        ("to be or not to be", ("not",)),
        ("the of", ("the", "of")),
        ("which papers study pruning?", ("prune",)),
        ("", ()),
    ],
)
def test_empty_words_count_only_when_alone(query: str, stems: tuple[str, ...]) -> None:
    found = query_stems(query)

    assert [stem for stem in found if stem != "be"] == list(stems)
