"""Words of everyday writing that are spelt like papers of the starter library."""

from __future__ import annotations

import pytest
from papergraph.ingest.placing import names_to_find, titles_to_find
from papergraph.library import Library
from papergraph.models import Review
from papergraph.readers import read_review


def read(library: Library, text: str) -> Review:
    names, titles = names_to_find(library), titles_to_find(library)
    return read_review(text.encode(), "a.md", names=names, titles=titles)


def named(library: Library, text: str) -> list[str]:
    return [mention.text for mention in read(library, text).mentions if mention.role == "named"]


@pytest.mark.parametrize(
    "text",
    [
        "We use convolutional neural networks for sentence classification.",
        "We need deep residual learning for image recognition.",
        "We try continuous control with deep reinforcement learning in our robots.",
        "Learning from delayed rewards is hard for dogs.",
        "It is a neural algorithm of artistic style.",
        "Our language models are few-shot learners.",
        "He is visualizing and understanding convolutional networks.",
        "On Friday it is show and tell for the kids.",
    ],
)
def test_words_in_small_letters_are_no_title(shared_starter: Library, text: str) -> None:
    assert named(shared_starter, text) == []


def test_a_title_with_capitals_is_the_title(shared_starter: Library) -> None:
    title = "Deep Residual Learning for Image Recognition"

    assert named(shared_starter, f"I read {title} today.") == [title]
