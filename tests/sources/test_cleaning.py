"""What services write becomes plain text: TeX, HTML, MathML, entities, mojibake, line breaks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from papergraph.sources.cleaning import clean_abstract, clean_name, clean_title
from papergraph.sources.meta_tags import read_meta

TITLES = [
    ("Attention is All you Need.", "Attention is All you Need"),
    ("To be continued..", "To be continued.."),
    ("0", "0"),
    ("", ""),
    ("  two\r\n  lines ", "two lines"),
    # HTML, also with blanks inside and escaped twice
    ("Lessons from <i>C. elegans</i>", "Lessons from C. elegans"),
    ("<i>c</i><sub><i>p</i></sub> and C<sub>v</sub>", "cp and Cv"),
    ("p110α (\n   <i>PIK3CA</i>\n   )", "p110α ( PIK3CA )"),
    ("<h1>Eastern questionnaire</h1>", "Eastern questionnaire"),
    ("a<br/>b", "a b"),
    ("AT&amp;T and M&amp;uuml;nster", "AT&T and Münster"),
    ("&lt;i&gt;K&lt;/i&gt;-means", "K-means"),
    # what only looks like markup
    ("Is x <y and z> w?", "Is x <y and z> w?"),
    ("Effects at p < 0.05", "Effects at p < 0.05"),
    ("A $100 bill and a $200 note", "A $100 bill and a $200 note"),
    ("50% of R&D #1", "50% of R&D #1"),
    # MathML keeps the formula and drops its TeX twin
    (
        "On <mml:math><mml:mi>k</mml:mi><mml:annotation>$k$</mml:annotation></mml:math>-cuts",
        "On k-cuts",
    ),
    # TeX
    ("$p$-adic Limit", "p-adic Limit"),
    ("$ω$Test: WebView", "ωTest: WebView"),
    (r"Yields of $\pi^{\pm}$, $K^{\pm}$ and protons", "Yields of π^±, K^± and protons"),
    (r"Treewidth $O(\log^{3} n)$", "Treewidth O(log^3 n)"),
    (r"Mader's $\mathcal{S}$-Path", "Mader's S-Path"),
    (r"A Zero Path in $ \mathbb{Z}_{3}$ -Labeled Graphs", "A Zero Path in Z_3 -Labeled Graphs"),
    (r"M\"{o}bius and {\v{C}}apek on {CNN}s", "Möbius and Čapek on CNNs"),
    (r"50\% of {BERT} & more", "50% of BERT & more"),
    (r"Cut \frac{1", "Cut 1"),
    # mojibake and Windows quotes that lost their table
    ("WÃ¤rme", "Wärme"),
    ("\x93iron law\x94 \x96 local", "“iron law” – local"),
    # direction overrides and controls
    ("left\u202eright\x00", "leftright"),
]
ABSTRACTS = [
    (
        "<jats:title>Abstract</jats:title>\n<jats:p>We show</jats:p><jats:p>it.</jats:p>",
        "We show it.",
    ),
    ("  We study\nwater.  ", "We study water."),
    ("Abstract: We show it.", "We show it."),
    ("Abstract machines run code.", "Abstract machines run code."),
    ("<p>At p &lt; 0.05.</p>", "At p < 0.05."),
]
NAMES = [
    ("Heibi, Ivan", "Ivan Heibi"),
    ("M&uuml;ndel, Toby", "Toby Mündel"),
    (r"\'Edgar Rold\'an", "Édgar Roldán"),
    ("Geoffrey E. Hinton", "Geoffrey E. Hinton"),
    ("King, Jr.", "King, Jr."),
    ("Smith, J., Jr.", "Smith, J., Jr."),
    ("(:Unav)", ""),
    (":null", ""),
    ("None", ""),
    ("  ", ""),
    ("OpenAI", "OpenAI"),
]


@pytest.mark.parametrize(("text", "plain"), TITLES)
def test_a_title_becomes_plain_text(text: str, plain: str) -> None:
    assert clean_title(text) == plain


@pytest.mark.parametrize(("text", "plain"), ABSTRACTS)
def test_an_abstract_becomes_one_paragraph(text: str, plain: str) -> None:
    assert clean_abstract(text) == plain


@pytest.mark.parametrize(("text", "plain"), NAMES)
def test_a_name_is_written_given_name_first(text: str, plain: str) -> None:
    assert clean_name(text) == plain


@given(st.text(max_size=80) | st.text(alphabet="$\\{}<>&;i/ ~^_'\"a", max_size=40))
def test_any_text_is_cleaned_to_one_line(text: str) -> None:
    for clean in (clean_title, clean_abstract, clean_name):
        assert "\n" not in clean(text)


def test_meta_tags_are_read_in_any_spelling() -> None:
    page = """<html><META content='He, K. &amp; co' NAME="Citation_Author" />
        <meta name="citation_author" content="Sun, J."><meta property="og:title" content="R">
        <meta charset="utf-8"><meta name="empty" content="">"""

    found = read_meta(page)

    assert found == {"citation_author": ("He, K. & co", "Sun, J."), "og:title": ("R",)}
