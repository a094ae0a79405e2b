"""What a title search offers is accepted or turned down with a reason."""

from __future__ import annotations

import pytest
from papergraph.models import PaperRecord
from papergraph.sources.accepting import judge_title

RESNET = "Deep Residual Learning for Image Recognition"
ACCEPTED = [
    # asked, author, year; offered title, authors, year
    (RESNET, None, None, RESNET.upper() + ".", (), None),
    (RESNET, "Kaiming He", 2015, RESNET, ("K. He",), 2016),
    (RESNET, "Kaiming He", None, RESNET, (), None),
    ("Deep Residual Lerning for Image Recogniton", None, None, RESNET, ("K. He",), 2016),
    ("Deep Residual Lerning for Image Recogniton", "He, K.", None, RESNET, ("Kaiming He",), 2016),
    ("Deep learning", "LeCun", None, "Deep Learning", ("Yann LeCun", "Y. Bengio"), None),
    ("Deep learning", None, 2015, "Deep Learning", (), 2015),
    (
        "ImageNet  classification with deep CNNs",
        None,
        None,
        "ImageNet Classification with Deep CNNs",
        (),
        1,
    ),
    ("U-Net: Convolutional Networks", None, 2015, "U-Net : Convolutional networks", (), 2015),
]
REJECTED = [
    (
        "Gravity hill",
        None,
        None,
        "Explanation of Gravity Hill of Mainpat by digital modeling",
        "differ",
    ),
    (
        "mining association rules between",
        None,
        None,
        "Mining association rules between sets of items in large databases",
        "differ",
    ),
    (
        "Attention is all you need",
        None,
        None,
        "Attentional Transfer is All You Need: Layouts",
        "differ",
    ),
    ("Deep learning", None, None, "Deep learning", "needs an author or a year"),
    ("Deep learning", "LeCun", 2015, "Deep learning", "'LeCun' is not among the authors"),
    ("Deep learning", None, 2012, "Deep learning", "the year is 2016, not 2012"),
    (RESNET, "Hinton", 1998, RESNET, "'Hinton' is not among the authors I. Goodfellow"),
    (
        "Deep Residual Lerning for Image Recognition",
        "Hinton",
        None,
        RESNET,
        "not among the authors",
    ),
    ("A theory of learning, part I", None, None, "A theory of learning, part II", "numbers differ"),
    ("YOLO9000 better faster stronger", None, None, "YOLO9001 better faster stronger", "numbers"),
    ("", None, None, RESNET, "no words"),
    (RESNET, None, None, "!!!", "no words"),
]


@pytest.mark.parametrize(("asked", "author", "year", "title", "authors", "found_year"), ACCEPTED)
def test_the_paper_asked_for_is_accepted(
    asked: str,
    author: str | None,
    year: int | None,
    title: str,
    authors: tuple[str, ...],
    found_year: int | None,
) -> None:
    record = PaperRecord(title=title, source="source:s2", authors=authors, year=found_year)

    assert judge_title(asked, record, author=author, year=year) is None


@pytest.mark.parametrize(("asked", "author", "year", "title", "reason"), REJECTED)
def test_another_paper_is_rejected_with_a_reason(
    asked: str, author: str | None, year: int | None, title: str, reason: str
) -> None:
    record = PaperRecord(title=title, source="source:s2", authors=("I. Goodfellow",), year=2016)

    assert reason in str(judge_title(asked, record, author=author, year=year))
