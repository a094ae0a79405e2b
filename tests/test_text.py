from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from papergraph.text import (
    clean_title,
    compare_form,
    name_key,
    printable,
    shorten,
    split_authors,
    surname,
    title_key,
    title_words,
)


@pytest.mark.parametrize(
    ("written", "clean"),
    [
        ("Deep Residual Learning for Image Recognition.", "Deep Residual Learning for Image"),
        ("{ImageNet} Classification", "ImageNet Classification"),
        ("Attention is <b>all</b> you need", "Attention is all you need"),
        ("Going deeper\n   with convolutions", "Going deeper with convolutions"),
        ("Q&amp;A systems", "Q&A systems"),
        (r"\textit{Adam}: a method", "Adam: a method"),
        ("x < y and y > z", "x < y and y > z"),
        ("To be continued...", "To be continued..."),
        ("bad\u202eorder\u200b", "badorder"),
    ],
)
def test_titles_lose_markup_only(written: str, clean: str) -> None:
    assert clean_title(written).startswith(clean)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("U-Net: Convolutional Networks", "u-net convolutional networks."),
        ("Schrödinger's Equation", "SCHRODINGERS EQUATION"),
        ("Straße", "STRASSE"),
        ("Auto-Encoding Variational Bayes", "Autoencoding variational bayes"),
        ("ﬁne tuning", "fine tuning"),
    ],
)
def test_spellings_of_a_title_have_one_key(one: str, other: str) -> None:
    assert title_key(one) == title_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("YOLOv3: An Incremental Improvement", "YOLOv4: An Incremental Improvement"),
        ("注意力机制", "卷积网络"),
        ("Deep learning", "Deep learning 2"),
    ],
)
def test_different_titles_have_different_keys(one: str, other: str) -> None:
    assert title_key(one) != title_key(other)
    assert title_key(one) != ""


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ("Faster R-CNN", "faster rcnn", True),
        ("GPT-2", "GPT 2", True),
        ("GPT-2", "GPT-3", False),
        ("UNet", "UNet++", False),
        ("C++", "C", False),
    ],
)
def test_nicknames_agree_but_for_figures_and_plus_signs(one: str, other: str, agree: bool) -> None:
    assert (name_key(one) == name_key(other)) is agree


@pytest.mark.parametrize("text", ["", "...", "$$", "\u202e", "\ud800"])
def test_a_title_without_letters_has_an_empty_key(text: str) -> None:
    assert title_key(text) == ""


def test_words_of_a_title_keep_figures_and_lose_accents() -> None:
    assert title_words("Naïve YOLO9000, faster") == ("naive", "yolo9000", "faster")
    assert compare_form("R-CNN: rich  features") == "r cnn rich features"


@pytest.mark.parametrize(
    ("author", "family"),
    [
        ("Yann LeCun", "lecun"),
        ("LeCun, Y.", "lecun"),
        ("Laurens van der Maaten", "maaten"),
        ("LeCun Y", "lecun"),
        ("Rao T. Y.", "rao"),
        ("Wei LI", "li"),
        ("Jürgen Schmidhuber", "schmidhuber"),
        ("", ""),
        (",", ""),
        ("...", ""),
    ],
)
def test_surname_is_the_family_name(author: str, family: str) -> None:
    assert surname(author) == family


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("K. Simonyan and A. Zisserman", ("K. Simonyan", "A. Zisserman")),
        ("Kaiming He, Xiangyu Zhang et al.", ("Kaiming He", "Xiangyu Zhang et al.")),
        ("Ross Girshick; Jeff Donahue", ("Ross Girshick", "Jeff Donahue")),
        ("Simonyan, K. & Zisserman, A.", ("Simonyan, K.", "Zisserman, A.")),
        ("He, et al.", ("He",)),
        ("", ()),
    ],
)
def test_author_lists_are_split(written: str, names: tuple[str, ...]) -> None:
    assert split_authors(written) == names


def test_printable_drops_what_could_harm_a_terminal() -> None:
    assert printable("a\x1b[31mb\x00c\ttab\nline\ud800") == "a[31mbc\ttab\nline"


@given(st.text(max_size=60), st.integers(min_value=1, max_value=40))
def test_shortened_text_fits(text: str, limit: int) -> None:
    assert len(shorten(text, limit)) <= limit


@given(st.text(max_size=60))
def test_keys_do_not_change_when_taken_again(text: str) -> None:
    assert title_key(title_key(text)) == title_key(text)
    assert name_key(name_key(text)) == name_key(text)


@given(st.text(max_size=60))
def test_clean_titles_can_be_encoded_and_stand_on_one_line(text: str) -> None:
    clean = clean_title(text)

    assert clean.encode() is not None
    assert "\n" not in clean
