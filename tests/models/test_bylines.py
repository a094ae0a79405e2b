"""Authors and years in prose: the forms people write, and what only looks like them."""

from __future__ import annotations

import pytest
from papergraph.models import Byline, bylines_among, find_bylines, index_bylines

FORMS = [
    ("as Ho et al. 2020 say", "Ho et al. 2020", ("ho",)),
    ("as Ho et al. (2020) say", "Ho et al. (2020)", ("ho",)),
    ("as Ho et al. [2020] say", "Ho et al. [2020]", ("ho",)),
    ("[Ho et al., 2020]", "Ho et al., 2020", ("ho",)),
    ("see ho et al 2020 on it", "ho et al 2020", ("ho",)),
    ("Ho and colleagues (2020)", "Ho and colleagues (2020)", ("ho",)),
    ("by van den Oord et al. 2020", "van den Oord et al. 2020", ("oord",)),
    ("in Sohl-Dickstein et al.'s 2020 work", "Sohl-Dickstein et al.'s 2020", ("dickstein",)),
    ("(Kingma and Ba, 2020)", "Kingma and Ba, 2020", ("kingma", "ba")),
    ("of Kingma & Ba (2020)", "Kingma & Ba (2020)", ("kingma", "ba")),
    ("D. P. Kingma and J. Ba (2020)", "D. P. Kingma and J. Ba (2020)", ("kingma", "ba")),
    ("Levy and Goldberg’s 2020 paper", "Levy and Goldberg’s 2020", ("levy", "goldberg")),
    (
        "Sepp Hoch and Jürgen Schmid (2020)",
        "Sepp Hoch and Jürgen Schmid (2020)",
        ("hoch", "schmid"),
    ),
    ("by Bee, Cee and Dee 2020", "Bee, Cee and Dee 2020", ("bee", "cee", "dee")),
    ("by Bee, Cee, & Dee, 2020", "Bee, Cee, & Dee, 2020", ("bee", "cee", "dee")),
    ("by Bee/Cee 2020", "Bee/Cee 2020", ("bee", "cee")),
    ("Bee & Cee '20 did", "Bee & Cee '20", ("bee", "cee")),
    ("(Bee et al., NIPS 2020)", "Bee et al., NIPS 2020", ("bee",)),
    ("Bee, Cee & Dee (Nature 2020)", "Bee, Cee & Dee (Nature 2020)", ("bee", "cee", "dee")),
    ("as JPEG (Wallace, 2020) does", "Wallace, 2020", ("wallace",)),
    ("Devlin's 2020 paper", "Devlin's 2020", ("devlin",)),
    ("as Graves (2020) says", "Graves (2020)", ("graves",)),
    ("nets (Graves, 2020)", "Graves, 2020", ("graves",)),
    ("Daumé III et al. 2020", "Daumé III et al. 2020", ("daume",)),
]
NOT_FORMS = [
    "in 2020 Ho said",
    "NIPS 2020",
    "(NeurIPS 2020)",
    "Jian Sun, ArXiv, 2020",
    "Proc. CVPR 2020",
    "the summer of '20",
    "Kingma, D. and Ba, J. (2020)",
    "Google's 2020 results",
    "from March 2019 to April 2020",
    "a net of 2020 layers",
    "Jean Dupont (2020)",
]


@pytest.mark.parametrize(("text", "shown", "names"), FORMS)
def test_forms_of_authors_and_year_are_found(text: str, shown: str, names: tuple[str, ...]) -> None:
    (place,) = find_bylines(text)

    assert text[place.start : place.end] == shown
    assert (place.byline.surnames, place.byline.year) == (names, 2020)


@pytest.mark.parametrize("text", NOT_FORMS)
def test_other_words_before_a_year_are_no_byline(text: str) -> None:
    assert find_bylines(text) == ()


def test_several_bylines_in_one_pair_of_brackets_are_all_found() -> None:
    found = find_bylines("(Graves, 2013; Bahdanau, Cho & Bengio, 2014; Ho et al. 2020b)")

    assert [(one.byline.surnames[0], one.byline.mark) for one in found] == [
        ("graves", ""),
        ("bahdanau", ""),
        ("ho", "b"),
    ]


@pytest.mark.parametrize(
    "text", ["[@he2016deep; @ho2020denoising]", "\\citep[see][]{he2016deep, ho2020denoising}"]
)
def test_citation_keys_give_author_year_and_the_beginning_of_the_title(text: str) -> None:
    found = [place.byline for place in find_bylines(text)]

    assert [(one.surnames[0], one.year, one.word) for one in found] == [
        ("he", 2016, "deep"),
        ("ho", 2020, "denoising"),
    ]
    assert find_bylines("write to ann@he2016deep.org or he2016deep") == ()


@pytest.mark.parametrize(
    ("byline", "authors", "fits"),
    [
        (Byline(surnames=("bee", "cee"), year=2020), ("A. Bee", "Cee, B."), True),
        (Byline(surnames=("bee", "cee"), year=2020), ("A. Bee", "B. Cee", "C. Dee"), False),
        (Byline(surnames=("cee",), year=2020, is_open=True), ("A. Bee", "B. Cee", "C. Dee"), False),
        (Byline(surnames=("bee",), year=2020, is_open=True), ("A. Bee", "B. Cee", "C. Dee"), True),
        (Byline(surnames=("bee",), year=2020, is_open=True), ("A. Bee", "B. Cee"), False),
        (Byline(surnames=("bee",), year=2020), ("A. Bee",), True),
        (Byline(surnames=("bee",), year=2020), ("A. Bee", "B. Cee"), False),
        (Byline(surnames=("bee",), year=2020, is_lead=True), ("A. Bee", "B. Cee"), True),
    ],
)
def test_the_number_of_authors_counts(byline: Byline, authors: tuple[str, ...], fits: bool) -> None:
    assert byline.fits(authors) is fits


@pytest.mark.parametrize(
    "text",
    [
        "Ho *et al.* (2020)",
        "[Ho et al.](https://x.org/a) 2020",
        "<b>Ho</b> et al., 2021",
        "`Ho` et al. 2019",
    ],
)
def test_markup_hides_no_byline_from_those_who_look_for_its_key(text: str) -> None:
    wanted = index_bylines(["ho 2020", "ba 2015"])

    assert bylines_among(text, wanted) == {"ho 2020"}
    assert bylines_among("Ho left in 2020; so did Ba.", wanted) == set()
