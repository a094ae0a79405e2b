"""Which words that are spelt like a known title are meant as it, in any writing."""

from __future__ import annotations

from collections.abc import Callable, Collection

import pytest
from papergraph.models import Review
from papergraph.readers import read_review
from papergraph.text import TitleKey, is_long_title, title_key

TITLES = (
    "A survey of deep learning",
    "Advances in Neural Information Processing Systems",
    "Auto-Encoding Variational Bayes",
    "Curriculum learning for speech recognition",
    "Deep learning for computer vision",
    "Deep Learning for Recommender Systems",
    "Gaussian processes for machine learning",
    "Generalization in Deep Learning",
    "Is robustness the cost of accuracy",
    "Learning to rank for information retrieval",
    "mixup: Beyond Empirical Risk Minimization",
    "Network in network",
    "Partially Observable Markov Decision Processes",
    "Physics 101: learning physical object properties from unlabeled videos",
    "Rethinking the inception architecture for computer vision",
    "The problem of overfitting",
    "Unsupervised representation learning by predicting image rotations",
)
LOWER = "all of this page is written in small letters, as some people do, and it says little. " * 3


def lookup(
    beginnings: Collection[str], rows: Callable[[], Collection[TitleKey]]
) -> Collection[TitleKey]:
    del rows
    keys = {title_key(title) for title in TITLES if is_long_title(title)}
    return {key for key in keys if key[:20] in beginnings}


def read(text: str, origin: str = "a.md") -> Review:
    return read_review(text.encode(), origin, titles=lookup)


def named(text: str) -> list[str]:
    return [mention.text for mention in read(text).mentions if mention.role == "named"]


@pytest.mark.parametrize(
    "sentence",
    [
        "Today I read {Curriculum learning for speech recognition}, it is fine.",
        "Today I read {Curriculum Learning for Speech Recognition} and liked it.",
        "Today I read {Curriculum Learning\nfor Speech Recognition} and liked it.",
        'It begins with "{Auto-Encoding Variational Bayes}" and goes on.',
        "It begins with “{Auto-encoding variational Bayes}” and goes on.",
        "Es beginnt mit „{Auto-Encoding Variational Bayes}“ und geht weiter.",
        "Hier, j'ai lu {Curriculum learning for speech recognition} et c'est bien.",
        "오늘은 {Rethinking the inception architecture for computer vision}논문을 읽었다.",
        "今天读了《{Auto-Encoding Variational Bayes}》这篇论文。",
        "The {Unsupervised Representation Learning by Predicting Image Rotations} idea is old.",
        "For Rot: {Unsupervised Representation Learning by Predicting Image Rotations}.",
        "RotNet ({Unsupervised representation learning by predicting image rotations}) is old.",
        "{Curriculum learning for speech recognition} (2016) is fine.",
        "In {Physics 101 – Learning Physical Object Properties from Unlabeled Videos} it falls.",
        "The best of them is {mixup: beyond empirical risk minimization}.",
        "The paper {Partially observable Markov decision processes} is long.",
        "2024-10-02: {Auto-Encoding Variational Bayes}, on the train.",
        "{Auto-Encoding Variational Bayes} ★★★★☆ is my favourite.",
        "On the train I finished {Auto-Encoding Variational Bayes} at last.",
        "Das {Unsupervised-Representation-Learning-by-Predicting-Image-Rotations}-Paper.",
        'Das "{Auto-Encoding Variational Bayes}"-Paper ist gut.',
        "We liked Kim's {Curriculum Learning for Speech Recognition} most.",
    ],
)  # fmt: skip
def test_a_title_is_found_where_it_is_set_off(sentence: str) -> None:
    title = sentence[sentence.index("{") + 1 : sentence.index("}")]

    assert named(sentence.replace("{", "").replace("}", "")) == [title.replace("\n", " ")]


@pytest.mark.parametrize(
    "sentence",
    [
        "We use curriculum learning for speech recognition here.",
        "Curriculum learning for speech recognition is what they do.",
        "Learning to rank for information retrieval is an old field.",
        "It is a survey of deep learning and of what followed.",
        "A survey of deep learning was due.",
        "They apply Gaussian processes for machine learning at scale.",
        "Deep Learning for Computer Vision is a good course.",
        "Wide & Deep Learning for Recommender Systems won.",
        "I read Rethinking Generalization in Deep Learning again.",
        'They wrote "On the Problem of Generalization in Deep Learning" then.',
        "A robot solves Partially Observable Markov Decision Processes all day.",
        "I read Curriculum Learning for Speech Recognition with Transformers today.",
        "I read Curriculum Learning for Speech Recognition: A Review of Ten Years.",
        "Krizhevsky, Advances in Neural Information Processing Systems, volume 25.",
        "We met the problem of overfitting again.",
        "Das Unsupervised-Representation-Learning-by-Predicting-Image-Rotations-Kit.",
        "See notes/Curriculum-learning-for-speech-recognition.md and the rest.",
        "See https://a.org/Curriculum-learning-for-speech-recognition/ and the rest.",
        "See my_Curriculum_learning_for_speech_recognition_notes and the rest.",
        "We stack it Network in network, layer by layer.",
    ],
)
def test_words_that_only_read_like_a_title_are_left_alone(sentence: str) -> None:
    assert named(f"# Notes\n\nSome Words Here. {sentence}\n") == []


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("we use curriculum learning for speech recognition here.", []),
        ("curriculum learning for speech recognition is what they do.", []),
        (f'i read "{TITLES[-1].lower()}".', [TITLES[-1]]),
        ("physics 101: learning physical object properties from unlabeled videos is fun.",
         [TITLES[-4]]),
        ("a survey of deep learning is due.", []),
    ],
)  # fmt: skip
def test_small_letters_need_more_to_be_a_title(sentence: str, expected: list[str]) -> None:
    assert [title_key(name) for name in named(f"{LOWER}{sentence}\n")] == [
        title_key(title) for title in expected
    ]


def test_the_sentence_is_the_evidence() -> None:
    text = "Hi.\n\nIt rains. Today I read Auto-Encoding Variational Bayes again.\n"
    (found,) = read(text).mentions

    assert (found.line, found.column, found.role) == (3, 24, "named")
    assert found.sentence == "Today I read Auto-Encoding Variational Bayes again."


def test_a_title_is_named_once_a_section() -> None:
    text = 'Both "Auto-Encoding Variational Bayes" and "Auto-encoding variational bayes".\n'

    assert len(named(f"# One\n\n{text}\n# Two\n\n{text}")) == 2


def test_a_paper_with_an_entry_of_its_own_is_not_named_besides() -> None:
    text = "- [Auto-Encoding Variational Bayes](https://arxiv.org/abs/1312.6114)\n"
    prose = '\nThe best is "Auto-Encoding Variational Bayes".\n'

    assert [mention.role for mention in read(text + prose).mentions] == ["listed"]


def test_a_known_name_within_a_title_is_not_named_besides() -> None:
    prose = 'They wrote "mixup: Beyond Empirical Risk Minimization" and trained mixup.\n'
    review = read_review(prose.encode(), "a.md", names=("mixup",), titles=lookup)

    assert [mention.text for mention in review.mentions] == [
        "mixup: Beyond Empirical Risk Minimization",
        "mixup",
    ]


def test_a_title_in_a_statement_is_related_like_a_name() -> None:
    prose = '# Notes\n\nResNet extends "Auto-Encoding Variational Bayes".\n'
    review = read_review(prose.encode(), "a.md", names=("ResNet",), titles=lookup)

    ((later, earlier),) = [(found.later, found.earlier) for found in review.relations]
    assert review.mentions[later].text == "ResNet"
    assert review.mentions[earlier].text == "Auto-Encoding Variational Bayes"


def test_only_beginnings_that_stand_in_the_text_are_looked_up() -> None:
    asked: list[str] = []

    def keep(
        beginnings: Collection[str], rows: Callable[[], Collection[TitleKey]]
    ) -> Collection[TitleKey]:
        asked.extend(beginnings)
        assert all(row[:20] in beginnings for row in rows())
        return ()

    read_review(b"We read On the origin of all the species today.", "a.md", titles=keep)

    assert sorted(asked) == ["ontheoriginofallthes", "wereadontheoriginofa"]
