import pytest
from papergraph.readers.titles import (
    clean_entry_title,
    clean_page_title,
    is_generic_heading,
    is_title_like,
    label_kind,
    nickname_of,
)


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("pdf", "paper"),
        ("[arXiv]", "paper"),
        ("Link to the paper", "paper"),
        ("https://arxiv.org/abs/1", "weak"),
        ("논문 링크", "paper"),
        ("here", "weak"),
        ("the", "weak"),
        (":scroll:", "weak"),
        ("GitHub", "other"),
        ("code2", "other"),
        ("our slides", "other"),
        ("The implementation is detailed here", "weak"),
        ("Details can be found in the paper.", "weak"),
        ("All you need is here: a survey of it", None),
        ("Mask R-CNN", None),
        ("Deep Learning", None),
    ],
)
def test_labels_are_told_from_titles(words, kind):
    assert label_kind(words) == kind


@pytest.mark.parametrize(
    ("written", "clean"),
    [
        ("1. Deep Nets Go Deep (Oral)", "Deep Nets Go Deep"),
        ("[3] “Deep Nets” (2015)", "Deep Nets"),
        ("**:star: Deep Nets**", "Deep Nets"),
        ("Paper 2: Deep Nets.", "Deep Nets"),
        ("Deep Nets [pdf]", "Deep Nets"),
        ("📄 Deep Nets - Review", "Deep Nets"),
        ("How Deep Is Deep?", "How Deep Is Deep?"),
        ("Deep Nets Go Deep Code: x.org/y", "Deep Nets Go Deep"),
        ("Data and code: Fast indexing with graphs", "Data and code: Fast indexing with graphs"),
    ],
)
def test_what_stands_around_a_title_is_taken_off(written, clean):
    assert clean_entry_title(written) == clean


@pytest.mark.parametrize(
    ("written", "clean"),
    [
        ("[Paper Review] Mask R-CNN", "Mask R-CNN"),
        ("Mask R-CNN 논문 리뷰", "Mask R-CNN"),
        ("Paper Summary: Deep Nets Go Deep", "Deep Nets Go Deep"),
    ],
)
def test_a_blogger_adds_words_to_a_title(written, clean):
    assert clean_page_title(written) == clean


@pytest.mark.parametrize(
    "text", ["Summary", "Key points:", "2. Related Work", "Week 3", "References"]
)
def test_parts_of_a_page_are_no_titles(text):
    assert is_generic_heading(text)
    assert not is_title_like(text)


@pytest.mark.parametrize(
    "text",
    [
        "I read this and I think you should too",
        "see https://a.b",
        "first we look at what this post is",
    ],
)
def test_sentences_are_no_titles(text):
    assert not is_title_like(text)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("SegNet: Nets for Segments", "SegNet"),
        ("Deep Nets (DNN)", "DNN"),
        ("Results: a study", None),
    ],
)
def test_a_title_may_give_a_nickname(title, name):
    assert nickname_of(title) == name
