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


@pytest.mark.parametrize(
    "text",
    [
        "Adam joined the lab.",
        "Adam (the intern) starts on Monday.",
        "Presenter: Adam",
        "Adam: I trained for the marathon.",
        "Adam, Ben and I trained a lot.",
        "- Adam\n- Eve",
        "Attendees: Eve, Ben and Adam",
        "My friend Adam trains a lot.",
        "Buddenbrooks by Thomas Mann is long.",
        "Ernie and Bert live together.",
        "We watched Inception on Friday.",
        "The Transformer hums in the basement.",
        "A Caffe latte, please. The Mamba is a snake. Not all Gemini horoscopes are true.",
        "The SSD disk is full.",
        "The MAE error was 3.",
        "It was NICE weather today.",
        "My PPO plan costs a lot.",
        "We saw Coco and drank Bleu.",
    ],
)
def test_a_text_about_no_paper_names_none(shared_starter: Library, text: str) -> None:
    assert named(shared_starter, text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We train it with Adam.", ["Adam"]),
        ("I read Inception.", ["Inception"]),
        ("It trains with Adam, not as ResNet does.", ["Adam", "ResNet"]),
        ("ResNet was there. Then Adam.", ["ResNet", "Adam"]),
        ("# A paper a week\n\nAdam is next.", ["Adam"]),
        ("- [ ] Adam\n- [x] Dropout", ["Adam", "Dropout"]),
        ("今天读了 Transformer。", ["Transformer"]),
        ("The loss fell. Its gradients did, too. It was an epoch ago, by Adam.", ["Adam"]),
        ("DDIM is fast.", ["DDIM"]),
        ("We take the class token of Bert.", ["Bert"]),
        ("Combine Bert and a baseline.", ["Bert"]),
    ],
)
def test_a_weak_name_counts_where_papers_are_spoken_of(
    shared_starter: Library, text: str, expected: list[str]
) -> None:
    assert named(shared_starter, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Adam mentioned ResNet.", ["ResNet"]),
        ("I told Adam about ResNet.", ["ResNet"]),
        ("Adam presented ResNet. It was good of Adam.", ["ResNet"]),
        ("Adam presented ResNet. We optimise with Adam.", ["ResNet", "Adam"]),
    ],
)
def test_people_are_no_papers(shared_starter: Library, text: str, expected: list[str]) -> None:
    assert named(shared_starter, text) == expected


def test_a_title_with_capitals_is_the_title(shared_starter: Library) -> None:
    title = "Deep Residual Learning for Image Recognition"

    assert named(shared_starter, f"I read {title} today.") == [title]
