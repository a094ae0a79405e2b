"""The words a mention quotes: whole sentences of prose, remarks of notes."""

from __future__ import annotations

import pytest
from papergraph.readers import read_review

NAMES = ("ResNet", "AlexNet", "VGG")
WRAPPED = (
    "It is well known by now that a deep net is hard to train without any shortcuts, as\n"
    "ResNet has them, and that\nAlexNet is not deep enough for anybody to notice it at\n"
    "all, while VGG needs much patience and a good seed.\n"
)


def quoted(text: str, origin: str) -> dict[str, str]:
    found = read_review(text.encode(), origin, names=NAMES).mentions
    return {mention.text: mention.sentence for mention in found}


@pytest.mark.parametrize(
    ("text", "name", "sentence"),
    [
        ("resnet dec 10\nbought milk, and some bread for the week\nVGG wins\n", "VGG", "VGG wins"),
        ("Tom  9:15 AM\nlet us do ResNet next week I think\nLena  9:40 AM\n", "ResNet",
         "let us do ResNet next week I think"),
        ("=== 2014 ===\nthen ResNet came with its shortcuts\n=== 2015 ===\n", "ResNet",
         "then ResNet came with its shortcuts"),
    ],
)  # fmt: skip
def test_a_remark_of_plain_notes_is_quoted_by_itself(text: str, name: str, sentence: str) -> None:
    assert quoted(text, "a.txt")[name] == sentence


@pytest.mark.parametrize("origin", ["a.txt", "a.md"])
def test_wrapped_prose_is_quoted_by_the_sentence(origin: str) -> None:
    text = "I know of a net that is deep but that nobody has ever read\nof, and ResNet is its name."

    assert quoted(f"{text}\n", origin)["ResNet"] == " ".join(text.split())


def test_lines_of_markdown_are_no_remarks() -> None:
    assert quoted(WRAPPED, "a.md")["AlexNet"] == " ".join(WRAPPED.split())


def test_an_address_without_a_scheme_can_be_opened() -> None:
    (mention,) = read_review(b"See arxiv.org/abs/1512.03385 for more.\n", "a.txt").mentions

    assert (mention.text, mention.url) == (
        "arxiv.org/abs/1512.03385",
        "https://arxiv.org/abs/1512.03385",
    )
